"""How a statement reached the reader: its label, and the chain of media that passed it on.

`speech.attribution` asks for each statement; both follow from the reporting words and their table alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.datatypes import Label
from index.speech.media import MediaWords
from index.speech.narration import Narration
from index.speech.passing_on import find_passer, find_quoting
from index.speech.people import PeopleTable
from index.speech.reports import SpeechReport
from index.speech.speakers import find_agent

_POINTING = frozenset({"this", "that", "it", "them", "these", "such"})
_HEARERS = ("dobj", "dative", "iobj", "oprd")


def find_label(narration: Narration, report: SpeechReport, media: MediaWords, *, unnamed: bool) -> Label:
    """Return how a statement was made.

    The verb decides where it denies, confirms, alleges or claims; who calls "the reports" something denies
    them, unless the word is one of acceptance. Then an unnamed source is anonymous; then "reportedly", "it
    was reported" and what a medium reports are second-hand; all else is stated.

    Args:
        narration: the paragraph.
        report: what was read at the cue.
        media: how to tell a medium.
        unnamed: whether the speaker's name is withheld or not told.
    """
    if report.label not in (Label.STATED, Label.SECOND_HAND):
        return report.label
    if _is_negated(narration, report):
        return Label.STATED
    if "call" in report.frames and _calls_reports(narration, report, media.people):
        return Label.DENIED
    if unnamed:
        return Label.ANONYMOUS
    if report.label is Label.SECOND_HAND:
        return report.label
    verb = narration.lower[report.verb]
    if report.form == "passive" and not report.speaker and "say" in report.frames:
        return Label.SECOND_HAND
    if verb in ("report", "reports", "reported", "reporting") and media.is_medium(narration, report.speaker):
        return Label.SECOND_HAND
    return Label.STATED


def find_chain(narration: Narration, report: SpeechReport, media: MediaWords) -> tuple[int, ...]:
    """Return the words of the medium that a statement was made to ("told TASS") or quoted by, or ()."""
    quoting = find_quoting(narration, report.verb)
    agents = [] if quoting is None else [find_passer(narration, quoting), find_agent(narration, report.verb)]
    for agent in agents:
        words = () if agent is None else _name_medium(narration, agent, media)
        if words:
            return words
    for child in narration.children[report.verb]:
        relation = narration.relations[child]
        if relation in _HEARERS and "tell" in report.frames:
            words = _name_medium(narration, child, media)
            if words:
                return words
        if relation == "prep" and narration.lower[child] in ("in", "to", "on", "with", "during"):
            for noun in narration.subtree(child):
                if narration.relations[noun] == "pobj":
                    words = _name_medium(narration, noun, media)
                    if words and not set(words) & set(report.content):
                        return words
    return ()


def find_cited(narration: Narration, report: SpeechReport, media: MediaWords) -> int | None:
    """Return the head of the source that a medium cites: "Reuters reported, quoting a source in the port"."""
    if not media.is_medium(narration, report.speaker):
        return None
    for child in narration.children[report.verb]:
        if narration.lower[child] in ("quoting", "citing"):
            for noun in narration.children[child]:
                if narration.relations[noun] == "dobj" and narration.is_noun(noun):
                    return None if media.is_medium(narration, (noun,)) else noun
    return None


def name_medium(narration: Narration, words: Sequence[int], media: MediaWords) -> tuple[int, ...]:
    """Return the words of the medium's proper name within a mention, () where it has none."""
    runs: list[list[int]] = []
    for word in words:
        if not narration.tags[word].startswith("NNP") or narration.relations[word] == "poss":
            continue
        if runs and runs[-1][-1] == word - 1:
            runs[-1].append(word)
        elif runs and runs[-1][-1] == word - 2 and narration.is_tied(word - 1):
            runs[-1] += [word - 1, word]  # "KVRN-TV"
        else:
            runs.append([word])
    return next((tuple(run) for run in runs if media.is_medium(narration, run)), ())


def _name_medium(narration: Narration, noun: int, media: MediaWords) -> tuple[int, ...]:
    """Return the proper name of a medium in whose phrase a noun is the head, "the broadcaster Halyard"."""
    if narration.lower[noun] in media.people.media_words and narration.tags[noun] == "NN":
        beside = (
            child
            for child in narration.children[noun]
            if narration.relations[child] == "appos" and narration.tags[child].startswith("NNP")
        )
        noun = next(beside, noun)
    if not narration.tags[noun].startswith("NNP") or narration.quotation[noun] >= 0:
        return ()
    words = [noun]
    while (
        words[0] > 0
        and narration.tags[words[0] - 1].startswith("NNP")
        and narration.heads[words[0] - 1] in words
    ):
        words.insert(0, words[0] - 1)
    return tuple(words) if media.is_medium(narration, words) else ()


def _is_negated(narration: Narration, report: SpeechReport) -> bool:
    return any(narration.relations[child] == "neg" for child in narration.children[report.verb])


def _calls_reports(narration: Narration, report: SpeechReport, people: PeopleTable) -> bool:
    objects = [
        child
        for child in narration.children[report.verb]
        if narration.relations[child] in ("dobj", "nsubj", "ccomp", "oprd") and child > report.verb
    ]
    if any(narration.lower[word] in people.accepted for word in report.content):
        return False
    pointing = any(
        narration.lower[word] in _POINTING and (word in objects or narration.heads[word] in objects)
        for word in report.content
    )
    if pointing and any(narration.lower[word] in people.dismissive for word in report.content):
        return True
    named = [child for child in report.content if narration.lower[child] in people.reports]
    return any(child in objects or narration.heads[child] in (report.verb, *objects) for child in named)
