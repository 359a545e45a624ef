"""Learns a ranking from questions with evidence: weights of features that put evidence first.

Used by `python -m index.evaluation.train_ranking`; the ranking itself only multiplies and adds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.embedding import Embedder
from index.evaluation.folds import split_articles, split_questions
from index.evaluation.metrics import RankingScore, score_rankings
from index.evaluation.retrieval import Located, find_candidates, list_articles
from index.search.features import FEATURES, WHOLE, compute_features
from index.search.ranking import LinearModel, RankingModel
from index.search.retrieval import Column
from index.settings import IndexSettings
from index.store.generations import Generation

FOLDS = 5
PENALTY = 3e-3
"""Of the squared weights of standardised features, beside the mean loss of a piece of evidence."""

PLAIN_SHARE = 0.3
"""Weight of all plain questions among those of several parts, and of the reverse."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question with its candidates.

    Attributes:
        parts: of the question.
        ids: (n,) passage ids.
        values: (n, f) features.
        holders: for each piece of evidence the passages that hold it.
        articles: of the evidence.
    """

    parts: int
    ids: NDArray[np.int64]
    values: Column
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
        features = compute_features(candidates, passages, titles)
        lessons.append(
            Lesson(
                parts=features.part_fit.shape[1],
                ids=candidates.ids,
                values=features.values,
                holders=item.holders,
                articles=frozenset(list_articles(table, item.holders)),
            )
        )
    return tuple(lessons)


def fit_ranking(several: Sequence[Lesson], plain: Sequence[Lesson]) -> RankingModel:
    """Return the models for questions of one part and of several, learned from two sets.

    Weights for one part are not negative and only of the whole question's features: they must hold for any
    plain question. Those for several parts are free, and learn from the plain set as well, so that they lean
    less on the manner in which one set words its questions.
    """
    whole = np.array([name in WHOLE for name in FEATURES], dtype=np.float64)
    one = [lesson for lesson in several if lesson.parts == 1]
    many = [lesson for lesson in several if lesson.parts > 1]
    return RankingModel(
        one=_fit_linear([(plain, 1.0), (one, PLAIN_SHARE)], whole, rising=True),
        several=_fit_linear([(many, 1.0), (plain, PLAIN_SHARE)], np.ones(len(FEATURES)), rising=False),
    )


def _fit_linear(
    groups: Sequence[tuple[Sequence[Lesson], float]], mask: Floats, *, rising: bool
) -> LinearModel:
    """Return weights that maximise the likelihood of evidence among a question's candidates.

    A softmax over each question's candidates (ListNet, Cao et al. 2007, with one piece of evidence at a
    time); then the scores are brought to log-odds by a logistic regression on the score alone (Platt 1999).
    A passage that answers many questions would outweigh all others, so each piece of evidence weighs the
    same, however many questions it serves.
    """
    values, targets, weights, sizes = _stack_lessons(groups)
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    standard = (values - mean) / scale * mask

    def loss(theta: Floats) -> tuple[float, Floats]:
        scores = standard @ theta
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        sums = np.add.reduceat(odds, starts)
        gain = (weights[owner] * targets * (scores - np.log(sums)[owner])).sum()
        slope = (odds / sums[owner] - targets) * weights[owner]
        return float(PENALTY * theta @ theta - gain), standard.T @ slope + 2 * PENALTY * theta

    bounds = [(0, None)] * len(FEATURES) if rising else None
    theta = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", bounds=bounds).x
    own = theta * mask / scale
    slope, bias = _fit_odds(values @ own, targets > 0, weights[owner] / np.array(sizes)[owner])
    return LinearModel((slope * own).astype(np.float32), bias)


def _stack_lessons(
    groups: Sequence[tuple[Sequence[Lesson], float]],
) -> tuple[Floats, Floats, Floats, list[int]]:
    """Return (c, f) features and (c,) targets of all candidates, (q,) weights and sizes of the questions.

    A question's targets sum to 1, its weight is that of its evidence; weights sum to 1 over all.
    """
    values, targets, weights, sizes = [], [], [], list[int]()
    for lessons, share in groups:
        served = Counter(holders for lesson in lessons for holders in lesson.holders)
        own = []
        for lesson in lessons:
            target = np.zeros(len(lesson.ids))
            for holders in lesson.holders:
                held = np.isin(lesson.ids, list(holders))
                target += held / max(1, held.sum()) / served[holders]
            if target.any():
                values.append(lesson.values)
                targets.append(target / target.sum())
                own.append(float(target.sum()))
                sizes.append(len(lesson.ids))
        weights += [share * weight / sum(own) for weight in own]
    if not sizes:
        raise ValueError("none of the questions has evidence among its candidates")
    total = np.array(weights)
    return np.concatenate(values).astype(np.float64), np.concatenate(targets), total / total.sum(), sizes


def _fit_odds(scores: Floats, labels: NDArray[np.bool_], weights: Floats) -> tuple[float, float]:
    """Return slope and bias of the log-odds that a candidate of this score holds evidence."""
    signs = np.where(labels, 1.0, -1.0)
    centre, spread = float(scores.mean()), float(scores.std()) + 1e-9
    standard = (scores - centre) / spread

    def loss(theta: Floats) -> tuple[float, Floats]:
        margin = signs * (theta[0] * standard + theta[1])
        slope = -signs * weights / (1 + np.exp(np.clip(margin, -50, 50)))
        gradient = np.array([(slope * standard).sum(), slope.sum()])
        return float(weights @ np.logaddexp(0, -margin) + 1e-6 * theta @ theta), gradient + 2e-6 * theta

    theta = minimize(loss, np.array([1.0, -3.0]), jac=True, method="L-BFGS-B").x
    return float(theta[0] / spread), float(theta[1] - theta[0] * centre / spread)


def rank_lesson(lesson: Lesson, model: RankingModel) -> list[int]:
    """Return the passage ids of a question's candidates, best first."""
    scores = model.choose(lesson.parts).score(lesson.values)
    return [int(number) for number in lesson.ids[np.argsort(-scores, kind="stable")]]


def cross_validate(several: Sequence[Lesson], plain: Sequence[Lesson]) -> tuple[RankingScore, RankingScore]:
    """Return the scores of the two sets over folds that share no article.

    Questions whose evidence lies in two folds are left out of the judging.
    """
    return (
        _judge_folds(several, lambda learned: fit_ranking(learned, plain)),
        _judge_folds(plain, lambda learned: fit_ranking(several, learned)),
    )


def _judge_folds(lessons: Sequence[Lesson], fit: Callable[[Sequence[Lesson]], RankingModel]) -> RankingScore:
    uses = [lesson.articles for lesson in lessons]
    fold_of = split_articles(uses, FOLDS)
    ranked, evidence = [], []
    for fold in range(FOLDS):
        learned, judged = split_questions(uses, fold_of, fold)
        if judged:
            model = fit([lessons[number] for number in learned])
            ranked += [rank_lesson(lessons[number], model) for number in judged]
            evidence += [lessons[number].holders for number in judged]
    return score_rankings(ranked, evidence)
