"""Tags that close a sentence without marks: "The road is open, its head, Jane Roe, told Halyard".

The parser may join such a tag to its sentence as a second clause, or take whoever speaks for a part of the
first. `speech.word_order` asks for every cue.
"""

from __future__ import annotations

from dataclasses import replace

from index.speech.narration import Narration
from index.speech.people import load_people
from index.speech.reports import SpeechReport, sort_report

_SAYING = frozenset({"said", "says", "told", "tells", "added", "adds"})
_TELLING = frozenset({"told", "tells"})
_LEADS = frozenset({"when", "if", "as", "after", "while", "because", "although", "before", "since", "once"})
_STOPS = frozenset({".", "!", "?", ";", ":"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_ROLE = ("DT", "PRP$", "NN", "JJ", "POS")
_LONG_ROLE = 8  # words


def settle_closing(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give a cue that closes its sentence what stands before the comma of its subject."""
    verb = report.verb
    if report.form != "finite" or report.cue != (verb,) or narration.lower[verb] not in _SAYING:
        return report
    first, end = _find_sentence(narration, verb)
    if any(narration.quotation[word] >= 0 for word in range(first, end)) or narration.lower[first] in _LEADS:
        return report
    plain = verb + 1 == end or narration.tags[verb + 1].startswith(("IN", "TO", "NNP", "RB"))
    if narration.lower[verb] not in _TELLING and not plain:
        return report  # "the mayor said nothing"
    if any(narration.tags[word].startswith((*_FINITE, "TO", "VBG")) for word in range(verb + 1, end)):
        return report
    speaker = report.speaker if _is_joined(narration, report) else _read_named_role(narration, first, verb)
    if not speaker or speaker[0] <= first + 1 or narration.words[speaker[0] - 1] != ",":
        return report
    before = range(first, speaker[0] - 1)
    if not any(narration.tags[word].startswith(_FINITE) for word in before):
        return report
    settled = replace(report, speaker=tuple(speaker), content=tuple(before), pattern="clause-before")
    return sort_report(narration, settled)


def _is_joined(narration: Narration, report: SpeechReport) -> bool:
    """Whether a cue was read as a second clause, which a comma alone joins to the first."""
    verb = report.verb
    head = narration.heads[verb]
    joined = any(
        narration.relations[child] == "cc" and head < child < verb for child in narration.children[head]
    )
    return narration.relations[verb] == "conj" and not joined and max(report.speaker, default=verb) < verb


def _read_named_role(narration: Narration, first: int, verb: int) -> tuple[int, ...]:
    """Return "its chair, Ada Aune" before ", said", () where no role and full name stand there."""
    if narration.words[verb - 1] != ",":
        return ()
    name = verb - 1
    while name > first and narration.tags[name - 1].startswith("NNP"):
        name -= 1
    if verb - 1 - name < 2 or narration.words[name - 1] != ",":
        return ()
    role = name - 1
    while role > first and narration.words[role - 1] != "," and name - role <= _LONG_ROLE:
        role -= 1
    words = range(role, name - 1)
    told = bool(words) and all(narration.tags[word].startswith((*_ROLE, "IN")) for word in words)
    own = told and narration.tags[role] in ("DT", "PRP$")
    nouns = (word for word in words if narration.tags[word] == "NN")
    return tuple(range(role, verb - 1)) if own and _is_role(narration, next(nouns, role)) else ()


def _is_role(narration: Narration, word: int) -> bool:
    people, noun = load_people(), narration.lower[word]
    return people.is_role(noun) or noun in people.persons


def _find_sentence(narration: Narration, word: int) -> tuple[int, int]:
    """Return where the sentence of a word begins and ends, half-open."""
    first = end = word
    while first > 0 and narration.words[first - 1] not in _STOPS:
        first -= 1
    while end < len(narration.words) and narration.words[end] not in _STOPS:
        end += 1
    return first, end
