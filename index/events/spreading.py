"""Spreading of a dispute to the other sentences of its story that make the same claim.

Part of `events.disputes`: what disputes a claim disputes it wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.datatypes import DisputeKind
from index.events.contraries import negates
from index.events.retelling import Pair, Retelling
from index.events.utterances import Utterance

_SAME_CLAIM = 0.58  # cosine of two sentences that make one claim ...
_SAME_TERMS = 0.3  # ... and the share, weighted by rarity, of the terms of the shorter that both hold
_COMPARED = 40  # sentences that a claim is compared with, at most
_MOST_CLAIMS = 12  # of one denial


def spread_pairs(story: Retelling, pairs: Iterable[Pair]) -> list[Pair]:
    """Return what follows from `pairs`; numbers have been held against every sentence already."""
    alike: dict[int, list[tuple[float, Utterance]]] = {}
    spread: list[Pair] = []
    for pair in pairs:
        corrected = pair.kind is DisputeKind.CORRECTION and story.sentences[pair.denial].numbers
        if pair.kind is DisputeKind.CONTRARY or corrected:
            continue
        if pair.claim not in alike:
            alike[pair.claim] = _find_same(story, story.sentences[pair.claim])
        disputing = story.sentences[pair.denial]
        same = [
            Pair(other.number, pair.denial, pair.kind, pair.confidence * likeness**0.5)
            for likeness, other in alike[pair.claim]
            if story.may_claim(other, disputing)
            and (other.article == disputing.article or not story.holds_copy(other.article, disputing))
        ]
        spread += same[:_MOST_CLAIMS]
    return spread


def _find_same(story: Retelling, claim: Utterance) -> list[tuple[float, Utterance]]:
    """Return the sentences that make the same claim, each with its likeness, the likest first."""
    shared = story.find_sharing(claim.terms)
    negated = negates(claim.core)
    same: list[tuple[float, Utterance]] = []
    compared = 0
    for row in sorted(shared, key=lambda row: (-shared[row], row)):
        other = story.sentences[row]
        if row == claim.number or not other.claims or other.past or other.denial is not None:
            continue
        if story.share_terms(claim, other) < _SAME_TERMS or negates(other.core) != negated:
            continue
        compared += 1
        if compared > _COMPARED:
            break
        likeness = story.compare(claim, other)
        if likeness >= _SAME_CLAIM:
            same.append((likeness, other))
    return sorted(same, key=lambda item: (-item[0], item[1].number))
