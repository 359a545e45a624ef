"""Speakers behind a cue without quotation marks: "Prices, says the bank, will rise", "No, says the mayor".

The parser may take what stands before the cue for who speaks. `speech.word_order` asks for every cue.
"""

from __future__ import annotations

from dataclasses import replace

from index.speech.narration import Narration
from index.speech.people import load_people
from index.speech.reports import SpeechReport, sort_report
from index.speech.speakers import DAYS

_MENTION = ("DT", "NN", "PRP$", "JJ", "POS")
_STOPS = frozenset({".", "!", "?", ";", ":", ")"})
_PLACING = frozenset({"in", "at", "on", "near"})


def settle_inverted(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give a cue between a comma and somebody's name or role, with a mark behind it, that speaker."""
    verb = report.verb
    told = report.form == "finite" and "say" in report.frames and report.cue == (verb,)
    read = bool(report.content) and report.speaker[:1] == (verb + 1,)
    told = told and narration.tags[verb] in ("VBD", "VBZ")
    if not told or read or verb < 2 or narration.words[verb - 1] != "," or narration.quotation[verb - 1] >= 0:
        return report
    if any(word < verb and _is_person(narration, report, word) for word in report.speaker):
        return report  # "Roe, the mayor, said the minister, Ann Doe, had left": Roe says it
    end = verb + 1
    while end < len(narration.words) and _belongs(narration, end):
        end += 1
    speaker = tuple(range(verb + 1, end))
    marked = end >= len(narration.words) or narration.words[end] in {",", *_STOPS}
    if not speaker or not marked or not _is_somebody(narration, speaker[-1]):
        return report
    first = verb - 1
    while first > 0 and narration.words[first - 1] not in _STOPS and not narration.is_folded(first - 1):
        first -= 1
    if first and narration.is_folded(first - 1):
        return report
    before = range(first, verb - 1)
    beside = {
        word
        for child in narration.children[speaker[-1]]
        if child > speaker[-1] and narration.relations[child] == "appos"
        for word in narration.subtree(child)
    }  # "said Roe, a clerk at the port, will fail"
    content = {word for word in report.content if word not in speaker and word not in beside} | set(before)
    pattern = "parenthesis" if any(word > verb for word in content) else "clause-before"
    settled = replace(report, speaker=speaker, content=tuple(sorted(content)), pattern=pattern)
    return sort_report(narration, settled)


def _belongs(narration: Narration, word: int) -> bool:
    return narration.quotation[word] < 0 and narration.tags[word].startswith(_MENTION)


def _is_person(narration: Narration, report: SpeechReport, word: int) -> bool:
    """Whether a word of a speaker is the name at its head, or beside it: not Varn in "the plan of Varn".

    Where another comma stands before the cue, any name in it may be: "The mayor of Varn, who left, said …".
    """
    if not narration.tags[word].startswith("NNP") or narration.lower[narration.heads[word]] in _PLACING:
        return False
    alone = narration.heads[word] not in report.speaker or narration.relations[word] == "appos"
    between = range(report.speaker[-1] + 1, report.verb - 1)
    return alone or any(narration.words[each] == "," for each in between)


def _is_somebody(narration: Narration, word: int) -> bool:
    """Whether a noun is a name, a role or a body: not "goodbye" in "came in, said goodbye, and left"."""
    people, noun = load_people(), narration.lower[word]
    if noun in DAYS:
        return False
    known = people.is_role(noun) or noun in people.persons or noun in people.institutions
    return known or noun in people.bodies or narration.tags[word].startswith("NNP")
