"""Reports that grammar shows to be none, or to be somebody else's, put right before quotations are given out.

`speech.attribution` asks between `speech.reports`, which reads one cue at a time, and `speech.assignment`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.datatypes import Label
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.passing_on import find_quoted, find_quoting
from index.speech.relative_clauses import part_relatives
from index.speech.reports import SpeechReport, sort_report
from index.speech.set_phrases import cut_behind
from index.speech.speakers import DAYS, find_agent

_CLAIMS = frozenset({"claim", "claims", "claimed"})
_LIVES = frozenset({"life", "lives", "victim", "victims"})
_NEAR_NOUN = 4  # words behind a verb, its object's noun among them
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})


def reread_reports(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Return a paragraph's reports with what "was quoted as saying" and "as Roe put it" really tell."""
    said = [
        each
        for each in _drop_quoted(narration, reports)
        if not _holds_thing(narration, each)
        and not _sets_condition(narration, each)
        and not _names_day(narration, each)
    ]
    own = _drop_quoting(narration, said)
    reread = [_take_as_quoted(narration, _cut_put(narration, report)) for report in own]
    return part_relatives(narration, reread)


def _drop_quoted(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Leave out cues that somebody else says: “… as long as you say what he wants to hear”.

    Not so the reporter's own "They “strongly agree” that …", which marks no more than the cue.
    """
    return [
        report
        for report in reports
        if narration.quotation[report.verb] < 0
        or narration.quotation[report.verb]
        not in {narration.quotation[word] for word in (*report.content, *report.speaker)}
    ]


def _cut_put(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Leave the reporter's words before "as Roe put it, “…”" out of what Roe said."""
    if report.pattern != "as-put":
        return report
    last = max(narration.subtree(report.verb))
    return replace(report, content=cut_behind(narration, last, report.content))


def _holds_thing(narration: Narration, report: SpeechReport) -> bool:
    """Whether a verb is of a thing: "holds that title", "claims it as its own", "claimed 19 lives"."""
    if narration.lower[report.verb] in _CLAIMS and report.form == "finite":
        first = report.verb + 1
        behind = narration.lower[first : first + _NEAR_NOUN]
        lives = next((first + at for at, word in enumerate(behind) if word in _LIVES), None)
        counted = lives is not None and "that" not in behind and not _goes_on(narration, lives)
        if counted or behind[:1] == ("as",):
            return True
    if report.frames != {"clause"} or not report.content:
        return False
    words = [word for word in report.content if narration.relations[word].startswith("nsubj")]
    beside = min(report.content) == report.verb + 1
    return not words or not beside or narration.lower[report.verb + 1] != "that"


def _goes_on(narration: Narration, noun: int) -> bool:
    """Whether a verb follows a noun: "claimed lives *were* at risk"."""
    return noun + 1 < len(narration.words) and narration.tags[noun + 1].startswith(("VB", "MD"))


def _sets_condition(narration: Narration, report: SpeechReport) -> bool:
    """Whether all that is behind a cue is when it holds: "They *agreed*, if she *promised* to work"."""
    if not report.content or "ask" in report.frames:
        return False
    first = report.content[0]
    words = [word for word in report.content if narration.words[word][0].isalnum()]
    if report.pattern == "parenthesis" and len(words) == 1:
        return narration.is_verb(first) and narration.quotation[first] < 0
    clause = narration.heads[first]
    alone = narration.lower[first] == "if" and narration.heads[clause] == report.verb
    return alone and first == report.verb + 2 and narration.words[first - 1] == ","


def _names_day(narration: Narration, report: SpeechReport) -> bool:
    """Whether a day would speak: "according to the Sunday, Oct. 5, outlook"."""
    words = {narration.lower[word].rstrip(".") for word in report.speaker} - {"the", ",", ""}
    dated = (word.isdigit() or word in DAYS or word[:3] in _MONTHS for word in words)
    return bool(words & DAYS) and all(dated)


def _drop_quoting(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Leave out "was quoted" in "Roe was quoted by Halyard as saying …", which reports nothing of its own.

    "Halyard quoted Roe as saying …" reports that Roe does; not so "“…,” Halyard quoted Roe as saying", whose
    quotation is Roe's.
    """
    quoting = {find_quoting(narration, report.verb) for report in reports}
    dropped = {
        report.verb: report
        for report in reports
        if report.verb in quoting and find_quoted(narration, report.verb) not in report.content
    }
    kept = []
    for report in reports:
        under = find_quoting(narration, report.verb)
        by = None if under is None else dropped.get(under)
        if by is not None and by.content and not report.content:
            kept.append(replace(report, content=by.content, pattern=by.pattern))
        elif report.verb not in dropped:
            kept.append(report)
    return kept


def _take_as_quoted(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Read "Roe was quoted as saying … by Halyard" as said by Roe, at second hand."""
    quoting = find_quoting(narration, report.verb)
    if quoting is None:
        return report
    quoted = find_quoted(narration, quoting)
    if quoted is not None:
        speaker = tuple(trim_mention(narration, quoted))
        outside = tuple(word for word in report.content if word not in speaker)
        report = sort_report(narration, replace(report, speaker=speaker, content=outside))
    agent = find_agent(narration, report.verb)
    by = set() if agent is None else set(narration.subtree(narration.heads[agent]))
    content = tuple(word for word in report.content if word not in by)
    pattern = report.pattern if content else "none"
    return replace(report, content=content, pattern=pattern, label=Label.SECOND_HAND, form="finite")
