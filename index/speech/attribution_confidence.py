"""How sure an attribution is: the measured precision of its construction, as a documented table.

`speech.attribution` gives each statement this figure, drops those below `KEPT`, and lets replies name the
speaker only of those at or above `SHOWN`. The figures are shares, rounded, of statements of each kind that
were right in content and speaker on news articles annotated by hand (PolNeAR, train; Newell and others,
LREC 2018).
"""

from __future__ import annotations

from index.datatypes import Label
from index.speech.reports import SpeechReport

SHOWN = 0.85
KEPT = 0.4

# Construction: precision for statements with a quotation, and for those without, where a name or "he" is
# the subject of a finite verb.
_CONSTRUCTIONS = {
    "clause-before": (0.975, 0.90),
    "clause": (0.95, 0.93),
    "parenthesis": (0.965, 0.89),
    "beside": (0.88, 0.80),
    "according": (0.91, 0.91),
    "naming": (0.86, 0.67),
    "object": (0.84, 0.73),
    "request": (0.87, 0.81),
    "matter": (0.74, 0.62),
    "act": (0.82, 0.40),
    "noun": (0.80, 0.55),
    "noun-act": (0.70, 0.30),
    "as": (0.74, 0.55),
    "as-put": (0.88, 0.86),
    "listed": (0.80, 0.40),
    "governed": (0.54, 0.40),
    "governed-clause": (0.64, 0.40),
    "unlisted": (0.82, 0.30),
    "adjacent": (0.70, 0.50),
    "dash": (0.80, 0.60),
    "colon": (0.70, 0.50),
    "colon-clause": (0.80, 0.50),
    "lead": (0.70, 0.40),
}
# "The board denied the report": as sure as its speaker, since a reply quotes the whole sentence. Of 64 the
# annotators have 54, with that speaker in each, and with that content in 53.
_DENYING = 0.90
_DENIED = frozenset({"object", "matter"})
# What the mention, the verb's form, and words of the reporter's inside a quotation's content do to the odds.
_MENTIONS = {"named": 1.0, "pronoun": 0.9, "nominal": 0.5, "relative": 0.3, "thing": 0.15, "none": 0.01}
# "..., the board said": right in 50 of 54 of the train part, where "..., the poll says" is in 13 of 25.
# "..., it said", of a body named before: in 18 of 19.
_SAYING_PEOPLE = 1.0
# "…, critics argue." is right as often as with a name, 19 of 21; "…, a supporter asked people to …" is not.
_TRAILING_NOMINAL = 1.0
_ACTING = 0.15
_FORMS = {
    "finite": 1.0,
    "participle": 0.5,
    "infinitive": 0.3,
    "modal": 0.25,
    "passive": 0.3,
    "question": 0.02,
}
# "It was called “…”" without a name: the annotators mostly name nobody either. "Called … by Roe" names one.
_UNNAMED_PASSIVE = 0.1
_UNNAMED_QUOTED = 0.11
_UNNAMED = frozenset({"clause", "naming", "request"})
_BY_SPEAKER = 0.7
_MIXED = 0.2
# "I", "we", "you": somebody's own words that lost their quotation marks, mostly.
_OWN_WORDS = 0.25
# Less than five words are often a name, a title or the wrong part of the sentence.
_SHORT = 0.45
# "he called", "she opposed": the pronoun's own sentence is often somebody's speech already.
_LOOSE_PRONOUN = 0.5
# As many words between the mention and the verb: the verb may be another's.
_FAR = 26
_FAR_MENTION = 0.3
_MIXED_PRONOUN = 0.6
_UNLISTED = frozenset({"governed-clause", "unlisted"})
_LOOSE = frozenset({"naming", "act"})
_PLAIN = frozenset({"clause-before", "clause", "parenthesis", "beside", "according"})


def weigh_report(
    report: SpeechReport,
    *,
    quoted: bool,
    mixed: bool,
    short: bool = False,
    own: bool = False,
    people: bool = False,
    said: bool = False,
    itself: bool = False,
    trailing: bool = False,
    acting: bool = False,
) -> float:
    """Return the probability in (0, 1) that a report's content and speaker are both right.

    Args:
        report: what was read at a cue.
        quoted: whether its content holds a quotation.
        mixed: whether its content holds words outside the quotation marks as well.
        short: whether its content has fewer than five words.
        own: whether the mention is "I", "we" or "you".
        people: whether the mention is a noun for somebody, or for a body.
        said: whether the cue is "said" or "told".
        itself: whether the mention is "it".
        trailing: whether cue and mention end the sentence, behind a comma and what was said.
        acting: whether the verb has an object behind it instead, so that it may report nothing.
    """
    share = _CONSTRUCTIONS[report.pattern][0 if quoted else 1]
    if not quoted and (people or report.mention == "named") and _denies_thing(report):
        return _DENYING
    odds = share / (1 - share)
    if report.mention == "none" and report.form == "passive" and (not quoted or report.pattern in _UNNAMED):
        odds *= _UNNAMED_QUOTED if quoted else _UNNAMED_PASSIVE
    else:
        sure = people and said and not quoted and report.pattern == "clause-before"
        sure = sure or (itself and said and report.form == "finite")
        told = trailing and not quoted and report.mention == "nominal" and (people or not said)
        odds *= _SAYING_PEOPLE if sure else _TRAILING_NOMINAL if told else _MENTIONS[report.mention]
        odds *= _weigh_form(report)
    odds *= _ACTING if acting and not quoted and not said else 1.0
    if mixed and report.pattern in ("clause-before", "parenthesis"):
        odds *= _MIXED * (_MIXED_PRONOUN if report.mention == "pronoun" else 1.0)
    if quoted and short:
        odds *= _SHORT
    gap = min((abs(word - report.verb) for word in report.speaker), default=0)
    odds *= _FAR_MENTION if gap >= _FAR else 1.0
    if own:
        odds *= _OWN_WORDS
    elif report.mention == "pronoun" and _is_loose(report, quoted=quoted):
        odds *= _LOOSE_PRONOUN
    return round(odds / (1 + odds), 2)


def _weigh_form(report: SpeechReport) -> float:
    if report.pattern == "according":
        return 1.0
    behind = bool(report.speaker) and report.speaker[0] > report.verb
    return _BY_SPEAKER if report.form == "passive" and behind else _FORMS[report.form]


def _denies_thing(report: SpeechReport) -> bool:
    """Whether a thing is denied, and no clause."""
    return report.label is Label.DENIED and report.pattern in _DENIED and report.form == "finite"


def _is_loose(report: SpeechReport, *, quoted: bool) -> bool:
    """Whether a pronoun's statement is likely a part of somebody's speech already."""
    if quoted and report.pattern not in _UNLISTED:
        return report.pattern in _LOOSE and report.form == "finite"
    return report.pattern not in _PLAIN
