"""Pairwise precision, recall and F1 of a grouping: how many pairs of members it joins rightly.

Serves the evaluation of copies, stories and disputes.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class PairScore:
    """Counts of pairs: rightly found, wrongly found, missed. Shares are in [0, 1]."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the found pairs that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the true pairs that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def score_pairs(found: Iterable[Collection[Hashable]], true: Iterable[Collection[Hashable]]) -> PairScore:
    """Return the score of the pairs that `found` groups join, against those that `true` groups join."""
    ours, theirs = _list_pairs(found), _list_pairs(true)
    return PairScore(len(ours & theirs), len(ours - theirs), len(theirs - ours))


def _list_pairs(groups: Iterable[Collection[Hashable]]) -> set[frozenset[Hashable]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}
