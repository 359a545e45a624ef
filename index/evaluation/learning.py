"""Learns a ranking from questions with evidence: a logistic regression over the features of candidates.

Used by `python -m index.evaluation.train_ranking`; the ranking itself only multiplies and adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.embedding import Embedder
from index.evaluation.folds import split_articles, split_questions
from index.evaluation.metrics import RankingScore, score_rankings
from index.evaluation.retrieval import Located, find_candidates, list_articles
from index.features import FEATURES, compute_features
from index.generations import Generation
from index.ranking import RankingModel
from index.retrieval import Column
from index.settings import IndexSettings

FOLDS = 5
PENALTY = 3e-3
"""Of the squared weights of standardised features, beside the mean log-loss."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question with its candidates.

    Attributes:
        ids: (n,) passage ids.
        values: (n, f) features.
        labels: (n,) whether the passage holds evidence.
        holders: for each piece of evidence the passages that hold it.
        articles: of the evidence.
    """

    ids: NDArray[np.int64]
    values: Column
    labels: NDArray[np.bool_]
    holders: tuple[frozenset[int], ...]
    articles: frozenset[str]


def make_lessons(
    generation: Generation, located: Sequence[Located], embedder: Embedder, settings: IndexSettings
) -> tuple[Lesson, ...]:
    """Return the answerable questions of a set with the features of their candidates."""
    table = generation.catalogue.passage_table()
    lessons = []
    for item in located:
        candidates = find_candidates(item.asked.text, generation, embedder, settings)
        passages = generation.catalogue.passages([int(number) for number in candidates.ids])
        titles = [table.titles[table.articles[place]] for place in candidates.places]
        held = frozenset().union(*item.holders)
        lessons.append(
            Lesson(
                ids=candidates.ids,
                values=compute_features(candidates, passages, titles).values,
                labels=np.array([int(number) in held for number in candidates.ids], dtype=bool),
                holders=item.holders,
                articles=frozenset(list_articles(table, item.holders)),
            )
        )
    return tuple(lessons)


def fit_model(lessons: Sequence[Lesson], weights: Sequence[float], penalty: float = PENALTY) -> RankingModel:
    """Return the logistic regression over all candidates; `weights` are of the questions.

    Each question's candidates share its weight. Features are standardised for the penalty, and the weights
    brought back to their own scale.
    """
    values = np.concatenate([lesson.values for lesson in lessons]).astype(np.float64)  # (n, f)
    signs = np.where(np.concatenate([lesson.labels for lesson in lessons]), 1.0, -1.0)
    share = np.concatenate(
        [np.full(len(lesson.ids), w / len(lesson.ids)) for lesson, w in zip(lessons, weights, strict=True)]
    )
    share /= share.sum()
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-9
    standard = (values - mean) / scale

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (standard @ theta[:-1] + theta[-1])
        slope = -signs * share / (1 + np.exp(np.clip(margin, -50, 50)))
        gradient = np.append(standard.T @ slope + 2 * penalty * theta[:-1], slope.sum())
        return float(share @ np.logaddexp(0, -margin) + penalty * theta[:-1] @ theta[:-1]), gradient

    theta = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, method="L-BFGS-B").x
    own = theta[:-1] / scale
    return RankingModel(own.astype(np.float32), float(theta[-1] - mean @ own))


def rank_lesson(lesson: Lesson, model: RankingModel) -> list[int]:
    """Return the passage ids of a question's candidates, best first."""
    return [int(number) for number in lesson.ids[np.argsort(-model.score(lesson.values), kind="stable")]]


def cross_validate(
    lessons: Sequence[Lesson], others: Sequence[Lesson] = (), weight: float = 0.0, penalty: float = PENALTY
) -> RankingScore:
    """Return the score over folds that share no article; `others`, of another set, are always learned from.

    Questions whose evidence lies in two folds are left out of the judging.
    """
    uses = [lesson.articles for lesson in lessons]
    fold_of = split_articles(uses, FOLDS)
    ranked, evidence = [], []
    for fold in range(FOLDS):
        learned, judged = split_questions(uses, fold_of, fold)
        chosen = [lessons[number] for number in learned]
        model = fit_model([*chosen, *others], weigh_lessons(chosen, others, weight), penalty)
        ranked += [rank_lesson(lessons[number], model) for number in judged]
        evidence += [lessons[number].holders for number in judged]
    return score_rankings(ranked, evidence)


def weigh_lessons(lessons: Sequence[Lesson], others: Sequence[Lesson], weight: float) -> list[float]:
    """Return the weight of each question, so that the other set's weigh `weight` times as much in sum."""
    each = weight * len(lessons) / len(others) if others else 0.0
    return [1.0] * len(lessons) + [each] * len(others)
