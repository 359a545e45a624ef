"""Pairing of sentences of opposed content: other numbers for one thing, a fact and its negation.

Part of `events.disputes`. What numbers and words oppose is told by `events.contraries`; here their
sentences are found in a story, and held apart by who says them and by what they are about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from index.datatypes import DisputeKind
from index.events.contraries import list_events, may_oppose, oppose_measures, oppose_words, read_words
from index.events.denials import Correction
from index.events.retelling import Pair, Retelling
from index.events.utterances import Utterance, share_party

_SAME_COUNT = 0.3  # cosine of two sentences that count one thing
_SAME_EVENT = 0.15  # the same, where what is counted is a kind of event: the injured, the dead
_OPPOSED = 0.55  # cosine of two sentences, one of which negates the other
_MOST_COUNTS = 200  # sentences that count one thing, held against each other


def pair_contraries(story: Retelling) -> list[Pair]:
    """Pair the sentences of a story that cannot both be right, by their numbers or their words."""
    return [*_pair_numbers(story), *_pair_words(story)]


def _pair_numbers(story: Retelling) -> Iterator[Pair]:
    counting: dict[str, list[Utterance]] = defaultdict(list)
    for sentence in story.sentences:
        for kind in sorted({measure.kind for measure in sentence.measures}):
            counting[kind].append(sentence)
    for kind, group in counting.items():
        is_event = kind in list_events()
        least = _SAME_EVENT if is_event else _SAME_COUNT
        for one, two in combinations(group[:_MOST_COUNTS], 2):
            if not oppose_measures(one.measures, two.measures) or not _are_apart(one, two):
                continue
            if not is_event and not (one.party and two.party and one.terms & two.terms):
                continue
            likeness = story.compare(one, two)
            if likeness >= least:
                corrects = two.denial is not None and two.denial.correction is Correction.EARLIER
                found_as = DisputeKind.CORRECTION if corrects else DisputeKind.CONTRARY
                yield Pair(one.number, two.number, found_as, min(0.9, 0.56 + 0.4 * (likeness - least)))


def _pair_words(story: Retelling) -> Iterator[Pair]:
    holding: dict[str, list[Utterance]] = defaultdict(list)
    for sentence in story.sentences:
        if sentence.claims and not sentence.past:
            for stem in read_words(sentence.core).plain:
                holding[stem].append(sentence)
    for one in story.sentences:
        if not one.claims or one.past or not may_oppose(one.core):
            continue
        shared: dict[int, int] = defaultdict(int)
        stems = read_words(one.core).plain
        for stem in stems:
            for two in holding[stem]:
                shared[two.number] += 1
        for row, common in shared.items():
            two = story.sentences[row]
            if common < 2 or not _are_apart(one, two) or not one.terms & two.terms:
                continue
            if oppose_words(one.core, two.core):
                likeness = story.compare(one, two)
                if likeness >= _OPPOSED:
                    first, second = sorted((one.number, row))
                    surety = min(0.9, 0.54 + 0.5 * (likeness - _OPPOSED))
                    yield Pair(first, second, DisputeKind.CONTRARY, surety)


def _are_apart(one: Utterance, two: Utterance) -> bool:
    """Return whether two sentences are claims of two sides about the story's own time.

    Within one article both must name who says it: a reporter does not dispute himself.
    """
    if one.twin == two.twin or one.past or two.past or not (one.claims and two.claims):
        return False
    if one.article == two.article and not (one.party and two.party):
        return False
    return not share_party(one, two)
