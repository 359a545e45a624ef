"""Features of candidates that a person can check: one table of named numbers, one row a candidate.

Between retrieval, whose scores it takes up, and ranking, whose weights it is multiplied with. No feature
depends on a passage's length or on where in its article it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Passage
from index.retrieval import Candidates, Column, Query
from index.words import split_words

WHOLE = (
    "dense", "lexical", "fused", "cover", "sentence_cover", "title_cover", "names", "numbers",
    "rank", "outlet", "outlet_rank", "date", "article",
)  # fmt: skip
"""Of the whole question. Cosine; BM25; both fused; share of the question's word weight that the passage,
its best sentence and the headline hold; share of its names and of its numbers; closeness to the top of the
fused list and of its outlet's; whether outlet and date fit; best fused score in the same article."""

PART = (
    "dense", "lexical", "cover", "sentence_cover", "title_cover", "rank", "outlet", "date"
)  # fmt: skip
"""The same of one part: of the part that fits best ("best_"), and the greatest over the parts ("top_")."""

FEATURES = (*WHOLE, *(f"best_{name}" for name in PART), *(f"top_{name}" for name in PART))
"""Names of the columns."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-zß-öø-ÿа-яё][\w’'-]*")


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Features of n candidates.

    Attributes:
        values: (n, f) float32, columns as in `FEATURES`, all in [0, 1] but cosines.
        part_fit: (n, p) float32, how well each candidate fits each part (or the whole, if p is 1).
    """

    values: Column
    part_fit: Column

    def describe(self, row: int) -> Mapping[str, float]:
        """Return the features of one candidate by name."""
        return {name: round(float(value), 4) for name, value in zip(FEATURES, self.values[row], strict=True)}


def compute_features(
    candidates: Candidates, passages: Sequence[Passage], titles: Sequence[str]
) -> FeatureTable:
    """Return the features of candidates, given their passages and their articles' headlines in order."""
    texts = [_TextWords.read(p.text, title) for p, title in zip(passages, titles, strict=True)]
    queries = [_QueryWords.weigh(query, candidates.rarity) for query in candidates.queries]
    cover = [[query.cover(text.words) for text in texts] for query in queries]
    sentence = [[max(map(query.cover, text.sentences), default=0.0) for text in texts] for query in queries]
    title = [[query.cover(text.title) for text in texts] for query in queries]
    shared = {
        "dense": candidates.dense,
        "lexical": candidates.lexical,
        "cover": np.array(cover),
        "sentence_cover": np.array(sentence),
        "title_cover": np.array(title),
        "rank": 1 / (1 + candidates.ranks / 3),
        "outlet": candidates.outlet_fit,
        "date": candidates.date_fit,
    }  # each (m, n)
    names, numbers = _pick_names(candidates.queries[0]), _pick_numbers(candidates.queries[0])
    whole = {name: values[0] for name, values in shared.items()} | {
        "fused": candidates.fused[0],
        "names": _share_held(names, texts),
        "numbers": _share_held(numbers, texts),
        "outlet_rank": np.where(candidates.outlet_ranks < 0, 0, 1 / (1 + candidates.outlet_ranks / 3)),
        "article": candidates.neighbours,
    }
    parts = slice(1, None) if len(candidates.queries) > 1 else slice(0, 1)
    fit = _fit_parts(candidates.fused[parts], {name: values[parts] for name, values in shared.items()})
    best = fit.argmax(axis=0)  # (n,)
    columns = [whole[name] for name in WHOLE]
    columns += [np.take_along_axis(shared[name][parts], best[None, :], axis=0)[0] for name in PART]
    columns += [shared[name][parts].max(axis=0) for name in PART]
    return FeatureTable(np.stack(columns, axis=1).astype(np.float32), fit.T.astype(np.float32))


def _fit_parts(fused: Column, shared: Mapping[str, Column]) -> Column:
    """Return (p, n): which part a passage answers, told by its words and by outlet and date."""
    return np.asarray(
        fused + 0.3 * shared["sentence_cover"] + 0.3 * shared["outlet"] + 0.2 * shared["date"], np.float32
    )


@dataclass(frozen=True, slots=True)
class _TextWords:
    """The words of a passage: all, sentence by sentence, and those of the headline."""

    words: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    title: frozenset[str]

    @classmethod
    def read(cls, text: str, title: str) -> _TextWords:
        sentences = tuple(frozenset(split_words(piece)) for piece in _SENTENCE_END.split(text) if piece)
        return cls(frozenset().union(*sentences), sentences, frozenset(split_words(title)))


@dataclass(frozen=True, slots=True)
class _QueryWords:
    """The words of a query with their rarity, and its sum."""

    weights: Mapping[str, float]
    total: float

    @classmethod
    def weigh(cls, query: Query, rarity: Mapping[str, float]) -> _QueryWords:
        weights = {word: rarity.get(word, 0.0) for word in query.words}
        return cls(weights, sum(weights.values()))

    def cover(self, held: frozenset[str]) -> float:
        """Return the share of the weight that stands in `held`, in [0, 1]."""
        if self.total <= 0:
            return 0.0
        return sum(self.weights[word] for word in self.weights.keys() & held) / self.total


def _pick_names(query: Query) -> frozenset[str]:
    capitalised = {word for match in _CAPITALISED.finditer(query.text) for word in split_words(match.group())}
    outlets = {word for name in query.outlets for word in split_words(name)}
    return frozenset(query.words) & (capitalised - outlets)


def _pick_numbers(query: Query) -> frozenset[str]:
    return frozenset(word for word in query.words if word[0].isdigit())


def _share_held(wanted: frozenset[str], texts: Sequence[_TextWords]) -> NDArray[np.float64]:
    if not wanted:
        return np.zeros(len(texts))
    return np.array([len(wanted & (text.words | text.title)) / len(wanted) for text in texts])
