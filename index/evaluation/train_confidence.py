"""Learns how sure an answer is: `python -m index.evaluation.train_confidence FOLDER`.

FOLDER holds the sets squad2 (CC BY-SA 4.0) and multihop_rag (ODC-BY 1.0), whose licences let what is learned
from them be shipped with attribution. Sentences and ranking are learned before, since confidence reads both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from index.evaluation.abstention import (
    Hidden,
    Judged,
    judge_given,
    judge_questions,
    judge_unnamed,
    score_abstention,
)
from index.evaluation.commands import command_over_sets
from index.evaluation.data import MAIN_SET, PLAIN_SET
from index.evaluation.folds import split_articles, split_questions
from index.evaluation.weights import measure_spread, round_weights, write_weights
from index.evaluation.workbench import Workbench
from index.quotes import confidence
from index.settings import IndexSettings

FEATURES = {
    "one": (
        "relevance", "matter", "near", "ahead", "ahead_elsewhere", "passage_late", "together_names", "chance",
        "rest", "nearest_sentence", "outlets",
    ),
    "several": (
        "matter", "passage_late", "parts", "together", "together_pairs", "together_names", "together_least",
        "spread", "chance", "outlets", "dates",
    ),
}  # fmt: skip
"""What each table weighs, chosen for what holds beyond the set that weights are learned from."""

UNNAMED_STEP = 2
"""Every second plain question is asked again without all that holds its rarest name. Questions of several
parts are not: their confidence is less true with them, .061 against .047 of calibration error."""

MAIN_STEP = 2
"""Every second question of the main set: as many again move no weight by more than chance does."""

FOLDS = 5
_PENALTY = 0.1
_LOWERING = frozenset({"spread"})  # against an answer; all else is for one

ABOUT = (
    "Log-odds that the first four passages hold the answer: see quotes/confidence.py. Learned by `python -m "
    "index.evaluation.train_confidence` from MultiHop-RAG (Tang and Yang 2024, ODC-BY 1.0) and SQuAD 2.0 "
    "(Rajpurkar et al. 2018, CC BY-SA 4.0): from answerable questions as asked, with their articles and with "
    "only the passages that answer taken out; from those of SQuAD with all taken out that holds their rarest "
    "name; and from all of SQuAD's with only their paragraph. Scale and bias are set without those that lost "
    "passages alone."
)

Column = NDArray[np.float64]
Table = dict[str, float]


@command_over_sets
def main(folder: Path, settings: IndexSettings, work: Path) -> None:
    """Learn the weights from the sets in FOLDER and write them into the package."""
    bench = Workbench(folder, work, settings)
    judged: list[Judged] = []
    for name in (PLAIN_SET, MAIN_SET):
        generation, questions = bench.index(name), bench.questions(name)
        answerable = tuple(asked for asked in questions if asked.answerable)
        answerable = answerable[::MAIN_STEP] if name == MAIN_SET else answerable
        judged += judge_questions(generation, answerable, bench.embedder, settings)
        if name == PLAIN_SET:
            judged += judge_unnamed(generation, answerable[::UNNAMED_STEP], bench.embedder, settings)
            judged += judge_given(generation, questions, bench.embedder, settings)
    write_tables(judged)


def write_tables(judged: Iterable[Judged]) -> None:
    """Learn both tables, say how they do on folds that share no article, and write them."""
    known = [item for item in judged if item.evidence]
    tables = {}
    for name, names in FEATURES.items():
        lessons = [item for item in known if item.several == (name == "several")]
        held = cross_validate(lessons, names)
        for label, given in (("over all", False), ("article given", True)):
            part = [item for item in held if (item.hidden is Hidden.OTHERS) == given]
            click.echo(f"{name}, {label}, folds that share no article: {score_abstention(part)}")
        tables[name] = learn_confidence(lessons, names)
    path = Path(confidence.__file__).with_name(confidence.WEIGHTS)
    write_weights(path, ABOUT, {"weights": {name: round_weights(table) for name, table in tables.items()}})


def learn_confidence(judged: Sequence[Judged], names: Sequence[str]) -> Table:
    """Return the weight of each named feature of the evidence, and the bias.

    The weights' proportions come from a logistic regression with a strong penalty, which keeps features that
    say much the same side by side. Their scale and the bias, which the penalty moves, are set anew after
    Platt, "Probabilistic outputs for support vector machines", 1999: without the questions of which only the
    passages were taken out, or most of the lessons, and so most of what is asked, would have no answer.
    """
    signs = np.array([-1.0 if name in _LOWERING else 1.0 for name in names])
    weights, _ = fit_logistic(_read(judged, names) * signs, _label(judged))
    weights = weights * signs
    level = [item for item in judged if item.hidden is not Hidden.PASSAGES]
    scores = _read(level, names) @ weights
    scale, bias = fit_logistic(scores[:, None], _label(level), penalty=0.0)
    return {"bias": bias, **dict(zip(names, map(float, weights * scale[0]), strict=True))}


def fit_logistic(
    values: Column, labels: NDArray[np.bool_], penalty: float = _PENALTY
) -> tuple[Column, float]:
    """Return (f,) weights, none below 0, and the bias of a logistic regression.

    Weights of standardised features are penalised by their squares. None may be negative, so that evidence
    for an answer never counts against it in a corpus that is denser or smaller than the one learned from.
    """
    mean, scale = values.mean(axis=0), measure_spread(values)
    standard = (values - mean) / scale

    def loss(theta: Column) -> tuple[float, Column]:
        scores = standard @ theta[:-1] + theta[-1]
        slope = (expit(scores) - labels) / len(labels)
        total = float(np.mean(np.logaddexp(0, scores) - labels * scores) + penalty * theta[:-1] @ theta[:-1])
        return total, np.append(standard.T @ slope + 2 * penalty * theta[:-1], slope.sum())

    bounds = [(0.0, None)] * values.shape[1] + [(None, None)]
    theta = minimize(loss, np.zeros(values.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = theta[:-1] / scale
    return np.asarray(weights), float(theta[-1] - mean @ weights)


def cross_validate(judged: Sequence[Judged], names: Sequence[str]) -> list[Judged]:
    """Return questions with the confidence learned without any of their articles.

    Questions whose articles lie in several folds are left out.
    """
    uses = [item.articles for item in judged]
    fold_of = split_articles(uses, FOLDS)
    found: list[Judged] = []
    for fold in range(FOLDS):
        learned, held = split_questions(uses, fold_of, fold)
        table = learn_confidence([judged[number] for number in learned], names)
        items = (judged[number] for number in held)
        found += (replace(item, confidence=estimate(table, item.evidence)) for item in items)
    return found


def estimate(table: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """Return the probability that a table of weights gives to evidence; 0 without any."""
    if not evidence:
        return 0.0
    return float(expit(table["bias"] + sum(table.get(name, 0.0) * value for name, value in evidence.items())))


def _read(judged: Sequence[Judged], names: Sequence[str]) -> Column:
    """Return the (n, f) features of n questions."""
    return np.array([[item.evidence[name] for name in names] for item in judged], dtype=np.float64)


def _label(judged: Sequence[Judged]) -> NDArray[np.bool_]:
    return np.array([item.right for item in judged], dtype=bool)


if __name__ == "__main__":
    main()
