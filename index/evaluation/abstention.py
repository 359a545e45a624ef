"""How well confidence tells questions that the index answers from those that it does not.

One of the measures of `python -m index.evaluation`, and what the weights of the confidence are learned from.
Unanswerable questions are the answerable ones, asked again with what answers them taken out of the index, so
that nothing in their wording gives them away: their articles, or, which is harder to tell, only the passages
that answer. Where only a paragraph is given, they are those of the set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from index.answering import Answerer
from index.datatypes import Passage
from index.embedding import Embedder
from index.evaluation.data import AskedQuestion, squeeze
from index.evaluation.hiding import hide_articles, hide_passages
from index.quotes.answer_types import find_names
from index.quotes.terms import Rarity, split_terms
from index.search.words import split_words
from index.settings import IndexSettings
from index.store.generations import Generation

_FIRST = 4
_BINS = 10
COVERAGES = (0.5, 0.7, 0.8, 0.9)


class Hidden(StrEnum):
    """What was taken out of the index before a question was asked."""

    NOTHING = "nothing"
    OTHERS = "others"
    ARTICLES = "articles"
    PASSAGES = "passages"
    NAME = "name"


_WITHOUT_ANSWER = frozenset({Hidden.ARTICLES, Hidden.PASSAGES, Hidden.NAME})


@dataclass(frozen=True, slots=True)
class Judged:
    """One question as it was answered.

    Attributes:
        number: its place in the set.
        articles: of its evidence.
        answerable: whether the index, as it was, holds the answer.
        right: whether one of the first four passages holds words that answer.
        hidden: its articles, only the passages in them that answer, its articles and all that hold its
            rarest name, or all articles but its own.
        evidence: the features of the confidence.
        confidence: as an answer would have had it.
    """

    number: int
    articles: frozenset[str]
    answerable: bool
    right: bool
    hidden: Hidden
    several: bool
    evidence: dict[str, float]
    confidence: float

    @property
    def taken(self) -> bool:
        """Whether what answers was taken out of the index."""
        return self.hidden in _WITHOUT_ANSWER


@dataclass(frozen=True, slots=True)
class Separation:
    """Figures in [0, 1] about questions as asked and others that nothing answers, as in `AbstentionScore`."""

    auroc: float
    auroc_found: float
    calibration: float


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
        near: the same where only the passages that answer were taken out; None where none were.
    """

    questions: int
    auroc: float
    auroc_found: float
    risks: tuple[float, ...]
    calibration: float
    near: Separation | None


def judge_questions(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> Iterator[Judged]:
    """Yield each question as answered, and each answerable one again without its articles or answers."""
    whole = Answerer(settings, embedder, generation)
    for number, asked in enumerate(questions):
        yield _judge(number, asked, whole, Hidden.NOTHING)
        if asked.answerable:
            without = hide_articles(generation, _articles(asked))
            yield _judge(number, asked, Answerer(settings, embedder, without), Hidden.ARTICLES)
            beside = hide_passages(generation, find_holders(generation, asked))
            yield _judge(number, asked, Answerer(settings, embedder, beside), Hidden.PASSAGES)


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
            without = hide_articles(generation, hidden)
            yield _judge(number, asked, Answerer(settings, embedder, without), Hidden.NAME)


def find_holders(generation: Generation, asked: AskedQuestion) -> frozenset[int]:
    """Return the ids of the passages of a question's articles that hold words that answer it."""
    catalogue = generation.catalogue
    passages = (passage for article in _articles(asked) for passage in catalogue.passages_of(article))
    return frozenset(passage.id for passage in passages if _holds_answer(asked, passage))


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
        given = hide_articles(generation, everything - _articles(asked))
        yield _judge(number, asked, Answerer(settings, embedder, given), Hidden.OTHERS)


def score_abstention(judged: Sequence[Judged]) -> AbstentionScore:
    """Return the figures; null questions count among the wrong answers, and in no AUROC where others do."""
    confidence = np.array([item.confidence for item in judged])
    answerable = np.array([item.answerable for item in judged])
    right = np.array([item.right for item in judged])
    as_asked = _mark(judged, Hidden.NOTHING) | _mark(judged, Hidden.OTHERS)

    def compare(unanswerable: NDArray[np.bool_]) -> Separation:
        both = as_asked | unanswerable
        return Separation(
            auroc=measure_auroc(confidence[answerable], confidence[unanswerable]),
            auroc_found=measure_auroc(confidence[right], confidence[unanswerable]),
            calibration=measure_calibration(confidence[both], right[both]),
        )

    without, beside = _mark(judged, Hidden.ARTICLES), _mark(judged, Hidden.PASSAGES)
    far = compare(without if without.any() else as_asked & ~answerable)
    return AbstentionScore(
        questions=int(as_asked.sum()),
        auroc=far.auroc,
        auroc_found=far.auroc_found,
        risks=tuple(measure_risk(confidence[as_asked], right[as_asked], share) for share in COVERAGES),
        calibration=far.calibration,
        near=compare(beside) if beside.any() else None,
    )


def _mark(judged: Sequence[Judged], hidden: Hidden) -> NDArray[np.bool_]:
    return np.array([item.hidden is hidden for item in judged], dtype=bool)


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


def _judge(number: int, asked: AskedQuestion, answerer: Answerer, hidden: Hidden) -> Judged:
    explained = answerer.explain(asked.text)
    taken = hidden in _WITHOUT_ANSWER
    first = [hit.passage for hit in explained.answer.hits[:_FIRST]]
    return Judged(
        number=number,
        articles=_articles(asked),
        answerable=asked.answerable and not taken,
        right=asked.answerable and any(_holds_answer(asked, passage) for passage in first),
        hidden=hidden,
        several=len(explained.answer.question.parts) > 1,
        evidence=dict(explained.evidence),
        confidence=explained.answer.confidence,
    )


def _articles(asked: AskedQuestion) -> frozenset[str]:
    return frozenset(item.article for item in asked.evidence)


def _holds_answer(asked: AskedQuestion, passage: Passage) -> bool:
    """Whether a passage of one of the question's articles holds its evidence, white space and case aside."""
    if passage.article not in _articles(asked):
        return False
    text = squeeze(passage.text).lower()
    return any(squeeze(item.quote).lower() in text for item in asked.evidence if item.quote)
