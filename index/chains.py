"""How a statement reached the reader: its label, and the chain of media that passed it on.

`index.attribution` asks for each statement; both follow from the reporting words and their table alone.
"""

from __future__ import annotations

from index.datatypes import Label
from index.narration import Narration
from index.people import PeopleTable
from index.reports import Report

_HEARERS = ("dobj", "dative", "iobj", "oprd")


def find_label(narration: Narration, report: Report, people: PeopleTable) -> Label:
    """Return how a statement was made.

    The table of cues labels the verb and its adverb. A plain verb is read with the words beside it: sources
    are anonymous, "it was reported" and what a medium reports are second-hand, and who calls "the reports"
    something denies them, unless the word is one of acceptance.
    """
    if report.label is not Label.STATED or _is_negated(narration, report):
        return report.label
    if "call" in report.frames and _calls_reports(narration, report, people):
        return Label.DENIED
    if any(narration.lower[word] in people.anonymous for word in report.speaker):
        return Label.ANONYMOUS
    verb = narration.lower[report.verb]
    if report.form == "passive" and not report.speaker and "say" in report.frames:
        return Label.SECOND_HAND
    if verb in ("report", "reports", "reported", "reporting") and is_medium(
        narration, report.speaker, people
    ):
        return Label.SECOND_HAND
    return Label.STATED


def find_chain(narration: Narration, report: Report, people: PeopleTable) -> tuple[int, ...]:
    """Return the words of the medium that a statement was made to ("told TASS"), or ()."""
    for child in narration.children[report.verb]:
        relation = narration.relations[child]
        if relation in _HEARERS and "tell" in report.frames:
            words = _name_medium(narration, child, people)
            if words:
                return words
        if relation == "prep" and narration.lower[child] in ("in", "to", "on", "with", "during"):
            for noun in narration.subtree(child):
                if narration.relations[noun] == "pobj":
                    words = _name_medium(narration, noun, people)
                    if words and not set(words) & set(report.content):
                        return words
    return ()


def is_medium(narration: Narration, words: tuple[int, ...], people: PeopleTable) -> bool:
    """Whether a mention is a newspaper, an agency, a broadcaster."""
    return any(
        narration.words[word] in people.media_names or narration.lower[word] in people.media_words
        for word in words
    )


def _name_medium(narration: Narration, noun: int, people: PeopleTable) -> tuple[int, ...]:
    """Return the proper name of a medium whose phrase has this noun at its head."""
    if not narration.tags[noun].startswith("NNP") or narration.quotation[noun] >= 0:
        return ()
    words = [noun]
    while (
        words[0] > 0
        and narration.tags[words[0] - 1].startswith("NNP")
        and narration.heads[words[0] - 1] in words
    ):
        words.insert(0, words[0] - 1)
    named = narration.words[noun] in people.media_names
    return tuple(words) if named or is_medium(narration, tuple(words), people) else ()


def _is_negated(narration: Narration, report: Report) -> bool:
    return any(narration.relations[child] == "neg" for child in narration.children[report.verb])


def _calls_reports(narration: Narration, report: Report, people: PeopleTable) -> bool:
    objects = [
        child for child in narration.children[report.verb] if narration.relations[child] in ("dobj", "nsubj")
    ]
    named = [child for child in report.content if narration.lower[child] in people.reports]
    if not named or not any(
        child in objects or narration.heads[child] in (report.verb, *objects) for child in named
    ):
        return False
    return not any(narration.lower[word] in people.accepted for word in report.content)
