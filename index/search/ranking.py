"""Candidates into hits: a small linear model over named features, best passages first.

Follows retrieval and precedes quoting. The weights stand in ranking.json, which `python -m
index.evaluation.train_ranking` writes; docs/decisions/ tells from what data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answers import Hit
from index.datatypes import Passage
from index.embedding import ScorePairs
from index.errors import CorruptIndexError
from index.search.features import FEATURES, FeatureTable, compute_features
from index.search.retrieval import Candidates, Column
from index.store.catalogue import Catalogue

WEIGHTS_FILE = Path(__file__).with_suffix(".json")

Places = NDArray[np.intp]

MAX_HITS = 10
_CROSS_DEPTH = 40  # candidates that a cross-encoder reads, the best by features


@dataclass(frozen=True, slots=True)
class LinearModel:
    """The log-odds that a candidate holds what the question asks for, as a weighted sum.

    Attributes:
        weights: (f,) float32, in the order of `features.FEATURES`.
    """

    weights: Column
    bias: float

    def score(self, values: Column) -> Column:
        """Return (n,) log-odds of (n, f) features."""
        return np.asarray(values @ self.weights + self.bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class RankingModel:
    """One linear model for questions of one part and one for questions of several."""

    one: LinearModel
    several: LinearModel

    def choose(self, parts: int) -> LinearModel:
        """Return the model for a question of so many parts."""
        return self.several if parts > 1 else self.one


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate with the reasons for its place, for `ask --explain`.

    Attributes:
        score: what it is ranked by.
        features: its features by name.
        contributions: each feature's weight times its value, in log-odds; largest magnitude first.
        part: the part of the question that it fits best, from 0.
        chosen: its place among the hits, from 0; None for one that is not among them.
    """

    passage: Passage
    score: float
    features: Mapping[str, float]
    contributions: Mapping[str, float]
    part: int
    chosen: int | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates in their order, and what made it.

    Attributes:
        hits: at most ten, best first; a hit's score is the probability, in (0, 1), that it holds evidence.
        order: candidate rows, best first; the first ten are the hits.
        passages, scores, table: of all candidates, by row.
    """

    hits: tuple[Hit, ...]
    order: tuple[int, ...]
    passages: tuple[Passage, ...]
    scores: Column
    table: FeatureTable
    model: LinearModel

    def explain(self, count: int = 20) -> tuple[RankedCandidate, ...]:
        """Return the best `count` candidates with all that went into their scores."""
        explained = []
        for place, row in enumerate(self.order[:count]):
            gains = self.table.values[row] * self.model.weights
            by_size = sorted(range(len(FEATURES)), key=lambda i: -abs(float(gains[i])))
            explained.append(
                RankedCandidate(
                    passage=self.passages[row],
                    score=float(self.scores[row]),
                    features=self.table.describe(row),
                    contributions={FEATURES[i]: round(float(gains[i]), 3) for i in by_size if gains[i]},
                    part=int(self.table.part_fit[row].argmax()),
                    chosen=place if place < len(self.hits) else None,
                )
            )
        return tuple(explained)


def rank(
    candidates: Candidates,
    catalogue: Catalogue,
    model: RankingModel | None = None,
    cross_encoder: ScorePairs | None = None,
) -> Ranking:
    """Return the candidates best first; the first ten are the hits.

    Args:
        model: the weights; those of ranking.json if None.
        cross_encoder: scores the best candidates anew where one is configured.
    """
    table = catalogue.passage_table()
    passages = catalogue.passages([int(i) for i in candidates.ids])
    titles = [table.titles[table.articles[place]] for place in candidates.places]
    features = compute_features(candidates, passages, titles)
    linear = (model or load_model()).choose(features.part_fit.shape[1])
    scores = linear.score(features.values)
    order = np.argsort(-scores, kind="stable")
    if cross_encoder and len(order):
        scores, order = _score_anew(candidates.queries[0].text, passages, scores, order, cross_encoder)
    chosen = [int(row) for row in order]
    chances = 1 / (1 + np.exp(-scores))
    hits = tuple(Hit(passages[row], float(chances[row])) for row in chosen[:MAX_HITS])
    return Ranking(hits, tuple(chosen), passages, scores, features, linear)


def _score_anew(
    question: str, passages: Sequence[Passage], scores: Column, order: Places, cross_encoder: ScorePairs
) -> tuple[Column, Places]:
    """Put the cross-encoder's order of the best candidates before the rest."""
    best = order[:_CROSS_DEPTH]
    fresh = np.full(len(scores), -np.inf, dtype=np.float32)
    fresh[best] = cross_encoder(question, [passages[row].text for row in best])
    rest = order[_CROSS_DEPTH:]
    fresh[rest] = fresh[best].min() - 1 - np.arange(len(rest), dtype=np.float32)
    return fresh, np.argsort(-fresh, kind="stable")


@lru_cache(maxsize=1)
def load_model() -> RankingModel:
    """Return the model of ranking.json; raise CorruptIndexError if it does not fit the features."""
    table = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return RankingModel(_read_linear(table["one part"]), _read_linear(table["several parts"]))


def _read_linear(table: dict[str, Any]) -> LinearModel:
    """Return a model from its bias and its weights by feature; a feature that is not named weighs nothing."""
    weights: dict[str, float] = table["weights"]
    unknown = sorted(weights.keys() - set(FEATURES))
    if unknown:
        raise CorruptIndexError(
            f"{WEIGHTS_FILE}: weighs {', '.join(unknown)}, and there are no such features; run "
            "`python -m index.evaluation.train_ranking`"
        )
    return LinearModel(
        np.array([weights.get(name, 0.0) for name in FEATURES], dtype=np.float32), float(table["bias"])
    )
