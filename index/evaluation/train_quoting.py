"""Learns the weights of sentences and of confidence: `python -m index.evaluation.train_quoting FOLDER`.

FOLDER holds evaluation sets. Sentences are learned from squad2 (CC BY-SA 4.0), confidence from squad2 and
multihop_rag (ODC-BY 1.0), whose licences let what is learned from them be shipped with attribution.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from index.embedding import Embedder, load_embedder
from index.evaluation.abstention import (
    Judged,
    judge_questions,
    judge_unnamed,
    measure_auroc,
    measure_calibration,
)
from index.evaluation.data import AskedQuestion, build_set, read_questions, squeeze
from index.evaluation.folds import split_articles, split_questions
from index.evaluation.quoting import make_rarity, read_sources
from index.evaluation.retrieval import find_candidates, read_question
from index.quotes import confidence, relevance
from index.quotes.quoting import select_quotes
from index.search.ranking import rank
from index.settings import IndexSettings, load_index_settings
from index.store.generations import Generation

PLAIN_SET, MAIN_SET = "squad2", "multihop_rag"
HAND_SET = {
    "early": 2.0, "title": 0.0, "least": 0.0, "said_by": 3.0, "stance": 2.0, "attributed": 1.0, "lead": 4.0,
    "recent": 6.0, "asks": -4.0, "heading": -5.0, "fragment": -5.0, "answer": 0.0,
}  # fmt: skip
"""Weights that squad2 cannot teach: in its lone paragraphs place and headline tell nothing, nobody speaks.
What is met the least adds nothing to `late` there, nor that there is an answer to how well it fits; both
are kept for the confidence."""

DOUBLED = ("fit_name", "fit_number")
"""Features that weigh twice what squad2 teaches: nearly every sentence of an encyclopedia holds names and
numbers, while news repeats the words of a question in many a sentence that holds none."""

UNNAMED_STEP = 2
"""Every second plain question is asked again without all that holds its rarest name. Questions of several
parts are not: their confidence is less true with them, .061 against .047 of calibration error."""

FOLDS = 5
_LISTWISE_PENALTY = 1e-3
_LOGISTIC_PENALTY = 5e-3
_LOWERING = frozenset({"missing", "lacks", "unmet", "unmet_here"})  # against an answer; all else is for one
_CONSTANT = 1e-6  # spread below which a feature is the same everywhere, and teaches nothing

SENTENCES_ABOUT = (
    "Log-odds that one sentence rather than another answers: see quotes/relevance.py. Learned by `python -m "
    "index.evaluation.train_quoting` from SQuAD 2.0 (Rajpurkar et al. 2018, CC BY-SA 4.0); set by hand: "
    + ", ".join(HAND_SET)
    + "; doubled: "
    + ", ".join(DOUBLED)
)
CONFIDENCE_ABOUT = (
    "Log-odds that the first four passages hold the answer: see quotes/confidence.py. Learned by `python -m "
    "index.evaluation.train_quoting` from the answerable questions of MultiHop-RAG (Tang and Yang 2024, "
    "ODC-BY 1.0) and SQuAD 2.0 (CC BY-SA 4.0), as asked and with their articles taken out; those of "
    "SQuAD also with all taken out that holds their rarest name."
)

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SentenceLesson:
    """The sentences found for one question: (n, f) features, and which of the n hold the answer."""

    values: Column
    labels: NDArray[np.bool_]


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), default=Path("config.toml"), show_default=True)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("data/evaluation"),
    show_default=True,
    help="Where the sets are indexed; vectors found there are used again.",
)
def main(folder: Path, config: Path, work: Path) -> None:
    """Learn the weights from the sets in FOLDER and write them into the package."""
    settings = load_index_settings(config)
    embedder = load_embedder(settings.embedding, settings.base)
    judged: list[Judged] = []
    for name in (PLAIN_SET, MAIN_SET):
        generation = build_set(folder / name, work / name, settings, embedder)
        questions = read_questions(folder / name / "questions.jsonl.gz")
        if name == PLAIN_SET:
            weights = learn_sentences(generation, questions, embedder, settings)
            _write(Path(relevance.__file__).with_name(relevance.WEIGHTS), SENTENCES_ABOUT, weights)
            relevance.load_weights.cache_clear()
        questions = tuple(asked for asked in questions if asked.answerable)
        found = tuple(judge_questions(generation, questions, embedder, settings))
        auroc, calibration = cross_validate(found)
        click.echo(
            f"{name}, folds that share no article: AUROC {auroc:.3f}, calibration error {calibration:.3f}"
        )
        judged += found
        if name == PLAIN_SET:
            judged += judge_unnamed(generation, questions[::UNNAMED_STEP], embedder, settings)
    table = {
        "one": learn_confidence([item for item in judged if not item.several]),
        "several": learn_confidence([item for item in judged if item.several]),
    }
    _write(Path(confidence.__file__).with_name(confidence.WEIGHTS), CONFIDENCE_ABOUT, table)


def learn_sentences(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> dict[str, float]:
    """Return the weight of each feature of a sentence, with those set by hand."""
    names = [name for name in relevance.load_weights() if name not in HAND_SET]
    lessons = [
        lesson
        for lesson in make_sentence_lessons(generation, questions, embedder, settings, names)
        if lesson.labels.any()
    ]
    weights = dict(zip(names, map(float, fit_listwise(lessons)), strict=True))
    return weights | {name: 2 * weights[name] for name in DOUBLED} | HAND_SET


def make_sentence_lessons(
    generation: Generation,
    questions: Iterable[AskedQuestion],
    embedder: Embedder,
    settings: IndexSettings,
    names: Sequence[str],
) -> Iterator[SentenceLesson]:
    """Yield, for each answerable question, the sentences of the passages that are found for it."""
    rarity = make_rarity(generation)
    for asked in questions:
        if not asked.answerable:
            continue
        candidates = find_candidates(asked.text, generation, embedder, settings)
        ranking = rank(candidates, generation.catalogue)
        sources = read_sources(generation, {hit.passage.article for hit in ranking.hits})
        question = read_question(asked.text, generation)
        found = select_quotes(
            question, ranking.hits, sources, rarity, interaction=candidates.interaction
        ).candidates
        answers = [(item.article, squeeze(item.quote).lower()) for item in asked.evidence if item.quote]
        labels = []
        for sentence in found:
            text = squeeze(sources[sentence.article].article.text[slice(*sentence.sentence)]).lower()
            labels.append(any(article == sentence.article and answer in text for article, answer in answers))
        rows = [[sentence.features[name] for name in names] for sentence in found]
        yield SentenceLesson(
            np.array(rows, dtype=np.float64).reshape(len(rows), len(names)), np.array(labels, dtype=bool)
        )


def fit_listwise(lessons: Sequence[SentenceLesson], penalty: float = _LISTWISE_PENALTY) -> Column:
    """Return (f,) weights under which a softmax over each article's sentences picks those that answer.

    The loss is ListNet's top-one cross entropy (Cao et al. 2007) with a penalty on the squared weights of
    standardised features.
    """
    scale = _spread(np.concatenate([lesson.values for lesson in lessons]))
    standard = [lesson.values / scale for lesson in lessons]

    def loss(theta: Column) -> tuple[float, Column]:
        total, gradient = penalty * float(theta @ theta), 2 * penalty * theta
        for values, lesson in zip(standard, lessons, strict=True):
            scores = values @ theta
            total += (logsumexp(scores) - logsumexp(scores[lesson.labels])) / len(lessons)
            everywhere = np.exp(scores - logsumexp(scores))
            inside = np.where(lesson.labels, np.exp(scores - logsumexp(scores[lesson.labels])), 0.0)
            gradient = gradient + values.T @ (everywhere - inside) / len(lessons)
        return float(total), gradient

    found = minimize(loss, np.zeros(standard[0].shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def learn_confidence(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the weight of each feature of the evidence, and the bias."""
    known = [item for item in judged if item.evidence]
    names = [name for name in known[0].evidence if name not in {"several", "stance"}]
    values = np.array([[item.evidence[name] for name in names] for item in known])
    labels = np.array([item.right for item in known])
    signs = np.array([-1.0 if name in _LOWERING else 1.0 for name in names])
    weights, bias = fit_logistic(values * signs, labels)
    weights = weights * signs
    return {"bias": bias, **dict(zip(names, map(float, weights), strict=True))}


def fit_logistic(
    values: Column, labels: NDArray[np.bool_], penalty: float = _LOGISTIC_PENALTY
) -> tuple[Column, float]:
    """Return (f,) weights, none below 0, and the bias of a logistic regression.

    Weights of standardised features are penalised by their squares. None may be negative, so that evidence
    for an answer never counts against it in a corpus that is denser or smaller than the one learned from.
    """
    mean, scale = values.mean(axis=0), _spread(values)
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


def cross_validate(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return AUROC of right against taken out, and calibration error, over folds that share no article."""
    uses = [item.articles for item in judged]
    fold_of = split_articles(uses, FOLDS)
    chances, right, taken = [], [], []
    for fold in range(FOLDS):
        learned, held = split_questions(uses, fold_of, fold)
        weights = learn_confidence([judged[number] for number in learned])
        for number in held:
            item = judged[number]
            chances.append(_estimate(weights, item.evidence))
            right.append(item.right)
            taken.append(item.taken)
    chance, is_right, is_taken = np.array(chances), np.array(right), np.array(taken)
    return measure_auroc(chance[is_right], chance[is_taken]), measure_calibration(chance, is_right)


def _spread(values: Column) -> Column:
    """Return the standard deviation of each feature, 1 for one that never changes."""
    spread = values.std(axis=0)
    return np.where(spread > _CONSTANT, spread, 1.0)


def _estimate(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    if not evidence:
        return 0.0
    return float(
        expit(weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in evidence.items()))
    )


def _write(path: Path, about: str, weights: Mapping[str, float] | Mapping[str, Mapping[str, float]]) -> None:
    """Write weights as JSON, with where they come from."""
    rounded = {
        name: round(value, 3)
        if isinstance(value, float)
        else {key: round(one, 3) for key, one in value.items()}
        for name, value in weights.items()
    }
    table = {"about": about, "weights": rounded}
    path.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"written: {path}")


if __name__ == "__main__":
    main()
