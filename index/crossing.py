"""Questions in another language than the reports: found, ranked and quoted by their vectors alone.

Answering turns here, with a model that spans languages, where a question's words are not those of the index.
Words would mislead there: "en" or "no" of a Spanish question stand in English reports by accident only.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from index.answers import Hit, Question
from index.datatypes import Span
from index.embedding import Embedder, Vectors
from index.questions.framing import unframe_question
from index.quotes.candidates import Source
from index.quotes.terms import STOP_WORDS
from index.search.features import FEATURES
from index.search.ranking import LinearModel, RankingModel
from index.search.words import split_words
from index.settings import RetrievalSettings
from index.store.catalogue import Catalogue
from index.store.generations import Generation
from index.texts.sentences import split_sentences

# A question is foreign where few of its words, names aside, are common in the index, and not many more occur
# there at all: every language is mostly made of its own function words, so that no list of them is needed.
# docs/decisions/languages.md says how often that is wrong.
_COMMON = 0.02  # share of passages from which a word is common
_LEAST_COMMON = 0.3  # of the question's words
_LEAST_KNOWN = 0.85
_FEW_PASSAGES = 20  # below which nothing is common; then nearly all words must be unknown
_LEAST_KNOWN_OF_FEW = 0.2
_ENGLISH = ("the", "of", "and", "was", "that")  # which hardly any report in English is without
_LEAST_ENGLISH = 3
_TELLING = (
    3  # words, names aside, from which a reader may be told of it; a topic of two rare words is no language
)
_WORD = re.compile(r"[^\W_]+")

Patterns = tuple[tuple[str, re.Pattern[str]], ...]

# Log-odds that the passages nearest to a question hold its answer: by how far its greatest cosine stands
# above the mean over the index, as a share of what is left to 1, less what chance brings among more passages.
# The share is the same whether or not a model's vectors have a part in common. Fitted on questions in two
# languages with the answering passages in the index and taken out.
_PER_RISE = 19.9
_PER_DOUBLING = -0.36
_BIAS = -2.86
_SAMPLE = 512  # passages, evenly spaced, that the mean is taken over
_GREATEST_MEAN = 0.95  # an index of one passage has no room above its mean

_HITS_NARROWED = 4  # passages whose sentences are read
_PASSAGE_SHARE = 0.25  # of a sentence's score that its passage gives
_STEP = 4.0  # by which a rise from the mean to 1 counts beside what quoting weighs


@dataclass(frozen=True, slots=True)
class ForeignQuestion:
    """A question in another language than the reports.

    Attributes:
        row: (d,) float32, its unit vector.
        mean: of its cosines with the passages of the index, < 1.
        ranking: ranks by cosine; gives the log-odds that a passage holds the answer.
    """

    row: Vectors
    mean: float
    ranking: RankingModel


def is_foreign(text: str, catalogue: Catalogue) -> bool:
    """Whether a question is in another language than the passages of an index, by the words they share."""
    words = _list_words(text)
    if not words:
        return False
    held = [catalogue.count_passages_with(word) for word in words]
    known = sum(count > 0 for count in held) / len(words)
    passages = catalogue.count_passages()
    if passages < _FEW_PASSAGES:
        return known < _LEAST_KNOWN_OF_FEW and not _share_english(words, catalogue)
    common = sum(count >= _COMMON * passages for count in held) / len(words)
    return common < _LEAST_COMMON and known < _LEAST_KNOWN


def _share_english(words: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether a question and a small index are both in English, though they may have no word in common.

    "What did she say about it?" has none of a short report's words, and is made of English ones alone.
    """
    held = sum(catalogue.count_passages_with(word) > 0 for word in _ENGLISH)
    english = sum(word in STOP_WORDS for word in words)
    return held >= _LEAST_ENGLISH and 2 * english >= len(words)


def is_told_foreign(text: str, catalogue: Catalogue) -> bool:
    """Whether a question is foreign to an index, and long enough for its asker to be told so."""
    asked = unframe_question(text)
    return len(_list_words(asked)) >= _TELLING and is_foreign(asked, catalogue)


def read_foreign(question: Question, generation: Generation, embedder: Embedder) -> ForeignQuestion | None:
    """Return a question that is foreign to an index, as it was asked or as completed; None where it is not.

    A follow-up may be in one language and what it follows up in another.
    """
    asked = unframe_question(question.asked)
    if not any(is_foreign(text, generation.catalogue) for text in {asked, question.text}):
        return None
    row = embedder.embed_questions([question.text])[0]
    ids = generation.catalogue.passage_table().ids
    sample = ids[:: max(1, math.ceil(len(ids) / _SAMPLE))]
    mean = min(float((generation.vectors.vectors(sample) @ row).mean()), _GREATEST_MEAN)
    rise = _PER_RISE / (1 - mean)
    weights = np.zeros(len(FEATURES), dtype=np.float32)
    weights[FEATURES.index("dense")] = rise
    linear = LinearModel(weights, _BIAS + _PER_DOUBLING * math.log2(max(2, len(ids))) - rise * mean)
    return ForeignQuestion(row, mean, RankingModel(linear, linear))


def search_by_vectors(settings: RetrievalSettings) -> RetrievalSettings:
    """Return the settings of a search that minds no words."""
    return settings.model_copy(update={"dense_weight": 1.0, "lexical_weight": 0.0})


def ask_in_english(question: Question) -> Question:
    """Return a foreign question as far as quoting can tell it: what it asks for, and which stance.

    "¿Quién negó que …?" becomes "Who denied?". The words of other languages than those of crossing.toml say
    nothing, and then the question stays as it is. Names are left to the vectors: in another script they are
    spelt otherwise, and in the same one they would pull quotes to sentences that merely repeat them.
    """
    asks, stances = _load_patterns()
    found = [
        next((english for english, pattern in table if pattern.search(question.text)), "")
        for table in (asks, stances)
    ]
    words = " ".join(word for word in found if word)
    return replace(question, text=f"{words}?", parts=()) if words else question


def narrow_hits(
    question: ForeignQuestion,
    hits: Sequence[Hit],
    cosines: Sequence[float],
    sources: Mapping[str, Source],
    embedder: Embedder,
) -> tuple[tuple[Hit, ...], tuple[float, ...]]:
    """Return the sentences of the first hits as hits of their own, best first, with their likeness.

    Args:
        cosines: of the question with each hit, in the order of the hits.
        sources: by `Article.id`, for every article that a hit comes from.

    A sentence's score is its cosine with a share of its passage's; likeness is its rise above the mean, for
    quoting to weigh beside the little else that it can tell of a foreign question.
    """
    found: dict[tuple[str, Span], tuple[Hit, float]] = {}
    for hit, cosine in zip(hits[:_HITS_NARROWED], cosines, strict=False):
        passage = hit.passage
        for sentence in split_sentences(sources[passage.article].article.text):
            if passage.start <= sentence.start and sentence.end <= passage.end:
                text = sources[passage.article].article.text[sentence.start : sentence.end]
                narrow = replace(passage, start=sentence.start, end=sentence.end, text=text)
                found.setdefault((passage.article, sentence), (Hit(narrow, hit.score), cosine))
    if not found:
        return tuple(hits), tuple(cosines)
    rows = embedder.embed_passages([hit.passage.text for hit, _ in found.values()])
    near = rows @ question.row  # (n,)
    scored = [
        (hit, _PASSAGE_SHARE * cosine + (1 - _PASSAGE_SHARE) * float(own))
        for (hit, cosine), own in zip(found.values(), near, strict=True)
    ]
    scored.sort(key=lambda pair: -pair[1])
    likeness = tuple(_STEP * (score - question.mean) / (1 - question.mean) for _, score in scored)
    return tuple(hit for hit, _ in scored), likeness


@cache
def _load_patterns() -> tuple[Patterns, Patterns]:
    table = tomllib.loads(files("index").joinpath("crossing.toml").read_text(encoding="utf-8"))
    asks, stances = (
        tuple((row["english"], re.compile(row["pattern"], re.IGNORECASE)) for row in table[name])
        for name in ("asks", "stances")
    )
    return asks, stances


def _list_words(text: str) -> tuple[str, ...]:
    """Return the distinct folded words of a question without its numbers and its names."""
    plain = [
        match.group()
        for match in _WORD.finditer(text)
        if match.group().isalpha() and (match.start() == 0 or not match.group()[0].isupper())
    ]
    return tuple(dict.fromkeys(word for one in plain for word in split_words(one)))
