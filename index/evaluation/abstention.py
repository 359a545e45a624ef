"""How well confidence tells questions that the index answers from those that it does not.

One of the measures of `python -m index.evaluation`, and what the weights of the confidence are learned from.
Unanswerable questions are the answerable ones, asked again with their articles taken out of the index, so
that nothing in their wording gives them away; and, where only a paragraph is given, those of the set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from index.answering import Answerer
from index.embedding import Embedder
from index.evaluation.data import AskedQuestion, squeeze
from index.evaluation.hiding import hide_articles
from index.quotes.answer_types import find_names
from index.quotes.terms import Rarity, split_terms
from index.search.words import split_words
from index.settings import IndexSettings
from index.store.generations import Generation

_FIRST = 4
_BINS = 10
COVERAGES = (0.5, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Judged:
    """One question as it was answered.

    Attributes:
        number: its place in the set.
        articles: of its evidence.
        answerable: whether the index, as it was, holds the answer.
        right: whether one of the first four passages holds words that answer.
        taken: whether its articles were taken out of the index.
        evidence: the features of the confidence.
        confidence: as an answer would have had it.
    """

    number: int
    articles: frozenset[str]
    answerable: bool
    right: bool
    taken: bool
    several: bool
    evidence: dict[str, float]
    confidence: float


@dataclass(frozen=True, slots=True)
class AbstentionScore:
    """Figures in [0, 1] about how confidence tells right from wrong.

    Attributes:
        auroc: chance that an answerable question gets more confidence than one whose articles were taken out.
        auroc_found: the same of answerable ones of which the first four passages hold the answer.
        risks: share of wrong answers among the most confident .5, .7, .8 and .9 of the questions of the set;
            wrong is an answer without the answer in the first four passages, and any to a null question.
        calibration: expected calibration error over ten bins of equal size (Naeini et al. 2015), of being
            right, over the questions as asked and with their articles taken out.
    """

    questions: int
    auroc: float
    auroc_found: float
    risks: tuple[float, ...]
    calibration: float


def judge_questions(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> Iterator[Judged]:
    """Yield each question as answered, and each answerable one again with its articles taken out."""
    for number, asked in enumerate(questions):
        articles = frozenset(item.article for item in asked.evidence)
        yield _judge(number, asked, Answerer(settings, embedder, generation), taken=False)
        if asked.answerable:
            yield _judge(
                number, asked, Answerer(settings, embedder, hide_articles(generation, articles)), taken=True
            )


def judge_unnamed(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> Iterator[Judged]:
    """Yield each answerable question with its articles and all that hold its rarest name taken out.

    Confidence learns from them that an index which does not know the name has no answer. In a set whose
    articles share their subjects, taking a question's own articles out leaves its names in the others.
    """
    catalogue = generation.catalogue
    table = catalogue.passage_table()
    rarity = Rarity(len(table), catalogue.count_passages_with)
    for number, asked in enumerate(questions):
        name = find_rarest(asked.text, rarity)
        if asked.answerable and name:
            held = [catalogue.find_word(word).ids for word in split_words(name)]
            places = table.articles[np.searchsorted(table.ids, np.concatenate(held))] if held else ()
            hidden = {table.article_ids[place] for place in places}
            hidden |= {item.article for item in asked.evidence}
            yield _judge(
                number, asked, Answerer(settings, embedder, hide_articles(generation, hidden)), taken=True
            )


def find_rarest(text: str, rarity: Rarity) -> str:
    """Return the rarest word of a question's names or, where it has none, of all its words with meaning."""
    terms = [term for term in split_terms(text) if not term.stop]
    names = tuple(find_names(text))
    named = [term for term in terms if any(span.start <= term.start < span.end for span in names)]
    words = [text[term.start : term.end] for term in named or terms]
    return max(words, key=rarity.weigh, default="")


def judge_given(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> Iterator[Judged]:
    """Yield each question as answered from the articles of its evidence alone."""
    everything = frozenset(generation.catalogue.passage_table().article_ids)
    for number, asked in enumerate(questions):
        others = everything - {item.article for item in asked.evidence}
        yield _judge(
            number, asked, Answerer(settings, embedder, hide_articles(generation, others)), taken=False
        )


def score_abstention(judged: Sequence[Judged]) -> AbstentionScore:
    """Return the figures; null questions count among the wrong answers, and not in the first two figures."""
    confidence = np.array([item.confidence for item in judged])
    answerable = np.array([item.answerable for item in judged])
    right = np.array([item.right for item in judged])
    taken = np.array([item.taken for item in judged])
    unanswerable = taken if taken.any() else ~answerable
    as_asked = ~taken
    return AbstentionScore(
        questions=int(as_asked.sum()),
        auroc=measure_auroc(confidence[answerable], confidence[unanswerable]),
        auroc_found=measure_auroc(confidence[right], confidence[unanswerable]),
        risks=tuple(measure_risk(confidence[as_asked], right[as_asked], share) for share in COVERAGES),
        calibration=measure_calibration(confidence, right),
    )


def measure_auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Return the chance that a positive lies above a negative, ties half; 0.5 without one of them."""
    if not len(positive) or not len(negative):
        return 0.5
    ranks = rankdata(np.concatenate([positive, negative]))[: len(positive)]
    return float((ranks.sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def measure_risk(confidence: NDArray[np.float64], right: NDArray[np.bool_], share: float) -> float:
    """Return the share of wrong ones among the most confident `share`, in (0, 1], of the questions."""
    given = np.argsort(-confidence, kind="stable")[: max(1, round(share * len(confidence)))]
    return float(1 - right[given].mean()) if len(given) else 0.0


def measure_calibration(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over bins of equal size, in [0, 1]."""
    order = np.argsort(confidence, kind="stable")
    bins = [part for part in np.array_split(order, _BINS) if len(part)]
    gaps = [len(part) * abs(confidence[part].mean() - right[part].mean()) for part in bins]
    return float(sum(gaps) / max(1, len(confidence)))


def _judge(number: int, asked: AskedQuestion, answerer: Answerer, *, taken: bool) -> Judged:
    explained = answerer.explain(asked.text)
    quotes = [squeeze(item.quote).lower() for item in asked.evidence if item.quote]
    articles = frozenset(item.article for item in asked.evidence)
    first = [
        squeeze(hit.passage.text).lower()
        for hit in explained.answer.hits[:_FIRST]
        if hit.passage.article in articles
    ]
    return Judged(
        number=number,
        articles=articles,
        answerable=asked.answerable and not taken,
        right=asked.answerable and any(quote in text for quote in quotes for text in first),
        taken=taken,
        several=len(explained.answer.question.parts) > 1,
        evidence=dict(explained.evidence),
        confidence=explained.answer.confidence,
    )
