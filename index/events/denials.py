"""Sentences that dispute something: the words that do it and what those words are about.

Reads one sentence at a time; `events.disputes` finds the claims that its findings are about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from index.datatypes import Span
from index.events.denial_rules import Correction, Reference, Rules, load_rules
from index.events.particulars import find_quantities
from index.events.unsaid import is_unsaid

_WORD = re.compile(r"[\w’'-]+")
_PLAIN_WORD = re.compile(r"\w+")
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|this|that|any|no|in|of|beyond|without|legal|pay|labour|labor|trade|land|border|under|into|"
    r"his|her|their|its|key|open|big|every|one|another)\W+$",
    re.IGNORECASE,
)
_DEPRIVED = re.compile(
    r"\W+(?:him|them|us|me|you|(?!The\b|That\b|Any\b|It\b)[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,2}|"
    r"(?:the|his|their|her|its) \w+) (?:a|an|the|their|his|her|its|any|access|entry|more)\b"
)
_RULED = re.compile(
    r"\b(?:judges?|courts?|motions?|petitions?|appeals?|requests?|applications?)\b", re.IGNORECASE
)
_COURT = re.compile(r"\b(?:judges?|courts?|magistrates?|tribunals?|prosecutors?|jury)\b", re.IGNORECASE)
_CHARGES = frozenset(["charge", "charges", "counts"])
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|gets?|got)\W+(?:\w+\W+)?$", re.IGNORECASE)
_AS = re.compile(r"\bas\b", re.IGNORECASE)
_CONCEDED = re.compile(r"^\W*(?:while|although|though|even though|whereas)\b[^.;]{20,},", re.IGNORECASE)
_REPORTED_OF = re.compile(
    r"\b(?:who|which) (?:was|were|is|are|had been|has been|have been) (?:\w+ly )?"
    r"(?:reported|said|alleged|rumou?red|claimed) to (?:have )?[^,;.]{3,90}, $",
    re.IGNORECASE,
)  # "Brandt, who was reported to have said goodbye, *denied* it"
_CALL_ON = re.compile(r"\W+(?:on|for|off|up|in|out|from|at)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;!?](?:\s|$)|, (?:and|but|saying|adding|while|which|who)\b")
_MERE_TALK = re.compile(r"\btalk\b(?! (?:of|about|that)\b)", re.IGNORECASE)
_CLOSING = re.compile(r"[,.]?[”»\"]")
_QUOTED = re.compile(r"(?:[“«„\"]|(?<!\w)[‘'])\s*([^”»“\"’']{2,120})[”»“\"’']")
_CONTRADICTED = re.compile(
    r"\b(contradict(?:s|ed|ing)?|at odds with) [^,.;“”\"]{2,60}, (?:who|which) (?:\w+ ){0,2}?"
    r"(?:sa(?:id|ys)|claim(?:s|ed)|maintain(?:s|ed)|insist(?:s|ed)|stat(?:es|ed)|argu(?:es|ed))\b"
    r"[^,.;“”\"]{0,40}? that "
)
_OF_SOMEBODY = re.compile(
    r"\W*(?:the |these |those )?"
    r"(?:findings?|conclusions?|report|accounts?|statements?|accusations?|allegations?|claims?) "
    r"(?:of|by|from) (?:the )?[A-Z]"
)
_POINTING_LAST = re.compile(
    r"\b(?:(?:that|this|it)|(?:our|my|its|his|her|their|the) (?:first|earlier|initial|previous|original) "
    r"(?:statement|report|account|version|announcement|claim))\W*$",
    re.IGNORECASE,
)  # "writes that this was an error"
_TOLD_BY = re.compile(r", (?:[^,.;]{2,60} )?(?:said|says|insist(?:s|ed)|told|according to)\b")
_SAID_IT = re.compile(
    r"\b(?:said|says|insist(?:s|ed)|repl(?:ies|ied)) (?:that )?(?:it|that|this)$", re.IGNORECASE
)
_POINTING = 6  # words behind a cue among which it names the claim that it is about
_AT_LENGTH = 20  # words before a cue from which they tell the claim themselves
_NEAR = 40  # characters before one in which a number is what it is about
_NAMED = 4  # the same, behind a verb that gives the claim a name
_SUBJECT = 12  # words before one among which it does
PLAIN_DENIAL = 0.75
"""Confidence from which a sentence that disputes something is no mere statement ("There is no plan")."""

_PLEADED = 0.9  # confidence that "pleaded not guilty" answers an accusation
_STATING = frozenset(["that", "of", "about", "by", "from", "over", "he", "she", "they"])  # behind "the claim"
_STANDING = frozenset(["in", "made", "contained", "on", "at"])
_DETERMINERS = frozenset(
    ["the", "this", "that", "these", "those", "such", "any", "his", "her", "their", "its"]
)
_ALL_OF = frozenset(["almost", "all", "most", "much", "nearly", "both", "some", "of"])
_DETERMINING = frozenset(["that", "this", "these", "those"])
_STATING_BARE = frozenset(["the", "a", "an", "its", "his", "her", "their", "it", "any"])


@dataclass(frozen=True, slots=True)
class Denial:
    """The words of one sentence that dispute something.

    Attributes:
        cue: the disputing words, half-open offsets into the sentence.
        about: the words that say what is disputed; empty where only the context says it.
        reference: whether those words point back at a claim or an amount, or state the matter themselves.
        correction: set where the sentence puts an earlier report right.
        confidence: probability in [0, 1] that the sentence disputes something that was said.
    """

    cue: Span
    about: Span
    reference: Reference
    correction: Correction | None = None
    confidence: float = 0.9


def find_denial(sentence: str) -> Denial | None:
    """Return how a sentence disputes something, or None; of several ways the plainest counts."""
    rules = load_rules()
    words = frozenset(_PLAIN_WORD.findall(sentence.casefold()))
    if words.isdisjoint(rules.watched) or sentence.isupper():
        return None  # a headline between paragraphs, in capitals, sums up; it is no report of its own
    found = _match_correction(sentence, words, rules) or _match_contradiction(sentence)
    if found is None and not words.isdisjoint(rules.names):
        found = _match_naming(sentence, rules)
    if found is None and not words.isdisjoint(rules.verbs):
        found = _match_verb(sentence, rules)
    return found or _match_saying(sentence, words, rules)


def _match_correction(sentence: str, words: frozenset[str], rules: Rules) -> Denial | None:
    for phrase in rules.corrections:
        if phrase.holds.isdisjoint(words):
            continue
        match = phrase.pattern.search(sentence)
        if match is None or is_unsaid(sentence[: match.start()]):
            continue
        if phrase.of_claims and not _is_claim(sentence[: match.start()], rules):
            continue
        place, cue = Correction(phrase.place), Span(*match.span())
        about = Span(cue.end, len(sentence)) if place is Correction.ITSELF else Span(0, len(sentence))
        reference = Reference.CONTENT if place is Correction.ITSELF else _classify(match.group(), rules)
        if phrase.of_claims and _POINTING_LAST.search(sentence[: match.start()]):
            reference = Reference.CLAIM
        return Denial(cue, about, reference, place, 0.85)
    return None


def _match_contradiction(sentence: str) -> Denial | None:
    """Find what somebody said being contradicted ("appears to contradict Vane, who said that ...")."""
    match = _CONTRADICTED.search(sentence)
    if match is None:
        return None
    clause = _CLAUSE_END.split(sentence[match.end() :], maxsplit=1)[0]
    return Denial(
        Span(*match.span(1)), Span(match.end(), match.end() + len(clause)), Reference.CONTENT, None, 0.85
    )


def _match_naming(sentence: str, rules: Rules) -> Denial | None:
    """Find a claim that is given a bad name: "called the reports “an information attack”"."""
    for match in rules.naming.finditer(sentence):
        before, rest = sentence[: match.start()], sentence[match.end() :]
        if _CALL_ON.match(rest) or _NOUN_BEFORE.search(before) or is_unsaid(before):
            continue
        quoted = _QUOTED.search(rest[:240])
        clause = _CLAUSE_END.split(rest[: quoted.start()] if quoted else rest, maxsplit=1)[0][:240]
        if quoted is not None and len(clause) < quoted.start():
            quoted = None  # the quotation belongs to another clause
        head = clause
        name = {word.casefold() for word in _WORD.findall(quoted.group(1) if quoted else clause)}
        leading = set(_list_words(head)[:_NAMED])
        if match.group().casefold() in rules.naming_as and not _AS.search(head):
            continue  # "dismissed suggestions that it was “a coup”" quotes the suggestions
        points = leading & (rules.reports | rules.amounts | rules.pronouns)
        if not points or (quoted is None and not name & rules.false):
            continue
        if quoted is not None and (name & rules.true) and not name & rules.false:
            continue
        plain = bool(name & rules.false)
        if not plain and not rules.remarks.isdisjoint(leading):
            continue  # "called his remark “cheap”"
        if not plain and not leading & (rules.reports | rules.amounts):
            continue  # "called it “a long day”" disputes nothing
        about = Span(match.end(), match.end() + len(head))
        cue = Span(match.start(), match.end() + (quoted.end() if quoted else len(clause.rstrip())))
        return Denial(cue, about, _classify(head, rules), None, 0.92 if plain else 0.8)
    return None


def _match_verb(sentence: str, rules: Rules) -> Denial | None:
    """Find a verb that denies: anything ("denied that …"), or a claim ("rejected the account")."""
    for pattern, strong in ((rules.strong, True), (rules.weak, False), (rules.scornful, False)):
        for match in pattern.finditer(sentence):
            before, after = sentence[: match.start()], sentence[match.end() :]
            if not before.strip(" •–—-") or _NOUN_BEFORE.search(before) or is_unsaid(before):
                continue
            clause = _CLAUSE_END.split(after, maxsplit=1)[0]
            words = _list_words(clause)
            passive = bool(_PASSIVE.search(before))
            told = _REPORTED_OF.search(before)
            if told is not None:
                return Denial(Span(*match.span()), Span(*told.span()), Reference.CONTENT, None, 0.8)
            if _holds_claim(before, passive or not words, strong, rules):
                return Denial(Span(*match.span()), Span(0, match.start()), Reference.CONTENT, None, 0.8)
            if strong and (
                _is_refusal(words, passive, rules)
                or _DEPRIVED.match(after)
                or (not words and _RULED.search(before))
            ):
                continue
            if not strong and (not _points(words, rules) or _is_ruling(before, words)):
                continue
            if pattern is rules.scornful and (passive or not _opens_with_claim(words, rules)):
                continue
            about = Span(match.end(), match.end() + len(clause.rstrip()))
            reference = Reference.CLAIMS if _OF_SOMEBODY.match(clause) else _classify(clause, rules)
            return Denial(Span(*match.span()), about, reference, None, 0.92 if strong else 0.85)
    return None


def _match_saying(sentence: str, words: frozenset[str], rules: Rules) -> Denial | None:
    for phrase in rules.sayings:
        if phrase.holds.isdisjoint(words):
            continue
        match = phrase.pattern.search(sentence)
        if match is None or is_unsaid(sentence[: match.start()]):
            continue
        subject = sentence[: match.start()]
        if phrase.of_claims and not _is_claim(subject, rules):
            continue
        cue = Span(*match.span())
        if phrase.place == "claim":
            near = " ".join(subject.split()[-_SUBJECT:])
            reference = Reference.CLAIM if _SAID_IT.search(near) else _classify(near, rules)
            if reference is Reference.CONTENT and not rules.reports.isdisjoint(_list_words(near)[-1:]):
                reference = Reference.CLAIM  # "The party's campaign said on Friday that the Echo's report"
            return Denial(cue, Span(0, match.start()), reference, None, phrase.confidence)
        if phrase.place == "after":
            said = (
                _CLOSING.split(sentence[match.end() :], maxsplit=1)
                if _is_quoted(sentence[: match.end()])
                else ()
            )
            clause = _CLAUSE_END.split(said[0] if said else sentence[match.end() :], maxsplit=1)[0]
            clause = _TOLD_BY.split(clause, maxsplit=1)[0] if phrase.confidence < PLAIN_DENIAL else clause
            about = Span(match.end(), match.end() + len(clause))
            reference = _classify(clause, rules)
            if phrase.confidence < PLAIN_DENIAL:
                reference = Reference.CONTENT  # "There was no meeting"
            return Denial(cue, about, reference, None, phrase.confidence)
        if phrase.place == "such":
            noun = _PLAIN_WORD.match(sentence, match.end())
            about = Span(match.end(), noun.end() if noun else match.end())
            return Denial(cue, about, Reference.CLAIM, None, phrase.confidence)
        if phrase.place == "accusation":
            return Denial(cue, Span(match.end(), match.end()), Reference.ACCUSATION, None, _PLEADED)
        counts = not rules.amounts.isdisjoint(_PLAIN_WORD.findall(match.group().casefold()))
        reference = Reference.AMOUNT if counts else Reference.CLAIM
        return Denial(cue, Span(match.end(), match.end()), reference, None, phrase.confidence)
    return None


def _is_quoted(before: str) -> bool:
    """Return whether what stands before a place opens a quotation that it does not close."""
    opened = before.count("“") + before.count("«") > before.count("”") + before.count("»")
    return opened or before.count('"') % 2 == 1


def _list_words(text: str) -> list[str]:
    """Return the words of a text in lower case; "talk" says that something was said only before "of"."""
    return [word.casefold() for word in _WORD.findall(_MERE_TALK.sub("", text))]


def _is_claim(subject: str, rules: Rules) -> bool:
    """Return whether a subject is something said or counted: a map or a certificate can be wrong as well."""
    words = [word.casefold() for word in _WORD.findall(subject)]
    pointing = rules.reports | rules.amounts | rules.pronouns
    if not pointing.isdisjoint(words[-_SUBJECT:]) or not rules.things.isdisjoint(words[-_AT_LENGTH:]):
        return True
    return any(True for _ in find_quantities(subject[-_NEAR:]))


def _holds_claim(before: str, follows: bool, strong: bool, rules: Rules) -> bool:
    """Return whether the words before a cue hold the claim ("reports that … were refuted").

    `follows` says whether the cue is about what stands before it by its grammar, `strong` whether it denies
    anything.
    """
    words = [word.casefold() for word in _WORD.findall(before)]
    at_length = follows or len(words) > _AT_LENGTH
    return (strong and bool(_CONCEDED.match(before))) or (at_length and not rules.reports.isdisjoint(words))


def _points(words: Sequence[str], rules: Rules) -> bool:
    """Return whether the words after a weak verb are about something that was said."""
    if words[:1] == ["that"] and len(words) > 3:
        return True
    if words[:1] in (["from"], ["at"], ["into"]):
        return False
    pointing = rules.reports | rules.amounts
    words = list(dropwhile(_ALL_OF.__contains__, words))
    if not pointing.isdisjoint(words[:_POINTING]) or not rules.remarks.isdisjoint(words[:_POINTING]):
        return True
    if words[:1] and words[0] in _DETERMINING and words[1:2] and words[1] not in rules.following:
        return False  # "rejected those days"
    return not rules.pronouns.isdisjoint(words[:2])


def _opens_with_claim(words: Sequence[str], rules: Rules) -> bool:
    """Return whether words begin with something said: "the claim", "those earlier reports", "claims that"."""
    leading = words[1:3] if not _DETERMINERS.isdisjoint(words[:1]) else words[:1]
    return not rules.reports.isdisjoint(leading)


def _is_refusal(words: list[str], passive: bool, rules: Rules) -> bool:
    """Return whether "denied" refuses a thing ("was denied entry", "denied him bail")."""
    leading = words[:3]
    if passive and "by" not in words[:2]:
        return True
    if not rules.reports.isdisjoint(leading):
        return False
    return bool(rules.refusals & set(leading)) and "that" not in leading and "it" not in leading[:1]


def _is_ruling(before: str, words: Sequence[str]) -> bool:
    """Return whether a court drops a case ("a judge dismissed the charges"), which it does not dispute."""
    return not _CHARGES.isdisjoint(words[:_POINTING]) and bool(_COURT.search(before))


def _classify(about: str, rules: Rules) -> Reference:
    """Return what the words after (or before) the cue point at: what they name first decides."""
    words = _list_words(about)
    for place, word in enumerate(words[:6]):
        if word == "that" and place + 2 < len(words):
            return Reference.CONTENT
        if word in rules.amounts:
            return Reference.AMOUNT
        if word in rules.reports:
            tail = words[place + 1 :]
            if tail[:1] and tail[0] in _STATING and len(tail) > 2:
                return Reference.CONTENT
            if tail[:1] and tail[0] in _STANDING and "that" in tail[1:_POINTING]:
                return Reference.CONTENT  # "denied a claim in the report that it had known"
            if tail[:1] and tail[0] in _STATING_BARE and len(tail) > 3:
                return Reference.CONTENT  # "rejected claims the pixel breaches privacy laws"
            return Reference.CLAIMS if word.endswith("s") else Reference.CLAIM
        if word in rules.pronouns and len(words) <= 4:
            return Reference.CLAIM
    return Reference.CONTENT if len(words) > 1 else Reference.CLAIM
