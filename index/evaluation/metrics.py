"""Measures of a ranked list against evidence of several pieces, each held by any of some items.

Used by the retrieval measure and by the training of the ranking; plain functions of ids.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

DEPTH = 10


@dataclass(frozen=True, slots=True)
class RankingScore:
    """Means over questions, each in [0, 1].

    Attributes:
        hits_at_4, hits_at_10: share of questions with any evidence among the first 4 or 10.
        mrr_at_10: mean reciprocal rank of the first evidence, 0 beyond rank 10 (Voorhees 1999).
        evidence_recall_at_10: mean share of a question's evidence that the first 10 hold.
        all_evidence_at_10: share of questions all of whose evidence the first 10 hold.
    """

    questions: int
    hits_at_4: float
    hits_at_10: float
    mrr_at_10: float
    evidence_recall_at_10: float
    all_evidence_at_10: float


def find_first(ranked: Sequence[int], evidence: Sequence[Collection[int]], depth: int = DEPTH) -> int | None:
    """Return the place, from 0, of the first item that holds any evidence, None if not within `depth`."""
    for place, item in enumerate(ranked[:depth]):
        if any(item in holders for holders in evidence):
            return place
    return None


def share_found(ranked: Sequence[int], evidence: Sequence[Collection[int]], depth: int = DEPTH) -> float:
    """Return the share of the pieces of evidence that the first `depth` items hold, in [0, 1].

    A piece that nothing holds counts as not found; without evidence there is nothing to find (ValueError).
    """
    if not evidence:
        raise ValueError("a question without evidence has no recall")
    top = set(ranked[:depth])
    return sum(1 for holders in evidence if top.intersection(holders)) / len(evidence)


def score_rankings(
    ranked: Sequence[Sequence[int]], evidence: Sequence[Sequence[Collection[int]]]
) -> RankingScore:
    """Return the means over questions: their ranked items, and for each piece of evidence its holders."""
    if not ranked:
        return RankingScore(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    firsts = [find_first(items, pieces) for items, pieces in zip(ranked, evidence, strict=True)]
    shares = [share_found(items, pieces) for items, pieces in zip(ranked, evidence, strict=True)]
    count = len(ranked)
    return RankingScore(
        questions=count,
        hits_at_4=sum(first is not None and first < 4 for first in firsts) / count,
        hits_at_10=sum(first is not None for first in firsts) / count,
        mrr_at_10=sum(1 / (first + 1) for first in firsts if first is not None) / count,
        evidence_recall_at_10=sum(shares) / count,
        all_evidence_at_10=sum(share == 1 for share in shares) / count,
    )
