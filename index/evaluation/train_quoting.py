"""Learns the weights of sentences: `python -m index.evaluation.train_quoting FOLDER`.

FOLDER holds the set squad2 (CC BY-SA 4.0), whose licence lets what is learned from it be shipped with
attribution. Confidence reads the scores of sentences, so that `train_confidence` is run after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from index.embedding import Embedder
from index.evaluation.commands import command_over_sets
from index.evaluation.data import PLAIN_SET, AskedQuestion, squeeze
from index.evaluation.quoting import make_rarity, read_sources
from index.evaluation.retrieval import find_candidates, read_question
from index.evaluation.weights import measure_spread, round_weights, write_weights
from index.evaluation.workbench import Workbench
from index.quotes import relevance
from index.quotes.quoting import select_quotes
from index.search.ranking import rank
from index.settings import IndexSettings
from index.store.generations import Generation

HAND_SET = {
    "early": 2.0, "said_by": 3.0, "stance": 2.0, "attributed": 1.0, "lead": 4.0,
    "recent": 6.0, "asks": -4.0, "heading": -5.0, "fragment": -5.0,
}  # fmt: skip
"""Weights that squad2 cannot teach: in its lone paragraphs the place tells nothing, and nobody speaks."""

DOUBLED = ("fit_name", "fit_number")
"""Features that weigh twice what squad2 teaches: nearly every sentence of an encyclopedia holds names and
numbers, while news repeats the words of a question in many a sentence that holds none."""

_LISTWISE_PENALTY = 1e-3

SENTENCES_ABOUT = (
    "Log-odds that one sentence rather than another answers: see quotes/relevance.py. Learned by `python -m "
    "index.evaluation.train_quoting` from SQuAD 2.0 (Rajpurkar et al. 2018, CC BY-SA 4.0); set by hand: "
    + ", ".join(HAND_SET)
    + "; doubled: "
    + ", ".join(DOUBLED)
)

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SentenceLesson:
    """The sentences found for one question: (n, f) features, and which of the n hold the answer."""

    values: Column
    labels: NDArray[np.bool_]


@command_over_sets
def main(folder: Path, settings: IndexSettings, work: Path) -> None:
    """Learn the weights from the sets in FOLDER and write them into the package."""
    bench = Workbench(folder, work, settings)
    weights = learn_sentences(bench.index(PLAIN_SET), bench.questions(PLAIN_SET), bench.embedder, settings)
    path = Path(relevance.__file__).with_name(relevance.WEIGHTS)
    write_weights(path, SENTENCES_ABOUT, {"weights": round_weights(weights)})


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
    """Return (f,) weights under which a softmax over each question's sentences picks those that answer.

    The loss is ListNet's top-one cross entropy (Cao et al. 2007) with a penalty on the squared weights of
    standardised features.
    """
    scale = measure_spread(np.concatenate([lesson.values for lesson in lessons]))
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


if __name__ == "__main__":
    main()
