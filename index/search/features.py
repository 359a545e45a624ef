"""Features of candidates that a person can check: one table of named numbers, one row a candidate.

Between retrieval, whose scores it takes up, and ranking, whose weights it is multiplied with. No feature
depends on a passage's length or on where in its article it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Passage
from index.interaction import Places
from index.quotes.likeness import load_table
from index.search.retrieval import Candidates, Column, Query
from index.search.words import split_words
from index.texts.stems import stem_word

WHOLE = (
    "dense", "sentence_dense", "lexical", "fused", "cover", "window_cover", "sentence_cover", "sentence_like",
    "late", "sentence_late", "title_cover", "names", "numbers", "rank", "outlet", "outlet_rank", "date",
    "article",
)  # fmt: skip
"""Of the whole question. Cosine of the passage and of its nearest sentence; BM25; cosine and BM25 fused;
share of the question's word weight that the passage, its best two neighbouring sentences, its best sentence,
and that sentence when like words count in part hold; how well the question's tokens are met in the passage
and in its best sentence; what the headline holds; share of its names and of its numbers; closeness to the top
of the fused list and of its outlet's; whether outlet and date fit; best fused score in the same article."""

PART = (
    "dense", "sentence_dense", "lexical", "cover", "window_cover", "sentence_cover", "sentence_like",
    "late", "sentence_late", "title_cover", "rank", "outlet", "date",
)  # fmt: skip
"""The same of one part: of the part that fits best ("best_"), and the greatest over the parts ("top_")."""

FEATURES = (*WHOLE, *(f"best_{name}" for name in PART), *(f"top_{name}" for name in PART))
"""Names of the columns."""

_PASSAGES_KEPT = 2_000  # read sentences in memory, some 10 KB a passage
_WORDS_KEPT = 100_000
_STOP_WEIGHT = 0.5  # of a word without matter, beside the rarity of others, in nats
_WORD = re.compile(r"[^\W_]+")
_LIKE_DISCOUNT = 0.9  # a like word counts for at most this much of the word itself
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
    if not len(candidates):
        parts = max(1, len(candidates.queries) - 1)
        return FeatureTable(np.zeros((0, len(FEATURES)), np.float32), np.zeros((0, parts), np.float32))
    held = _HeldWords.read(candidates, passages, titles)
    weights = _weigh_queries(candidates, held.words)  # (m, w)
    liked = held.best_sentence(weights @ held.like_sentence.T)
    late, sentence_late = _meet_tokens(candidates, liked)
    shared = {
        "dense": candidates.dense,
        "sentence_dense": candidates.sentence_dense,
        "lexical": candidates.lexical,
        "cover": weights @ held.in_passage.T,
        "window_cover": held.best_sentence(weights @ held.in_window.T),
        "sentence_cover": held.best_sentence(weights @ held.in_sentence.T),
        "sentence_like": liked,
        "late": late,
        "sentence_late": sentence_late,
        "title_cover": weights @ held.in_title.T,
        "rank": 1 / (1 + candidates.ranks / 3),
        "outlet": candidates.outlet_fit,
        "date": candidates.date_fit,
    }  # each (m, n)
    anywhere = np.maximum(held.in_passage, held.in_title)  # (n, w)
    whole = {name: values[0] for name, values in shared.items()} | {
        "fused": candidates.fused[0],
        "names": anywhere @ _even_weights(held.words, _pick_names(candidates.queries[0])),
        "numbers": anywhere @ _even_weights(held.words, {w for w in held.words if w[0].isdigit()}),
        "outlet_rank": np.where(candidates.outlet_ranks < 0, 0, 1 / (1 + candidates.outlet_ranks / 3)),
        "article": candidates.neighbours,
    }
    kept = slice(1, None) if len(candidates.queries) > 1 else slice(0, 1)
    fit = _fit_parts(candidates.fused[kept], {name: values[kept] for name, values in shared.items()})
    best = fit.argmax(axis=0)  # (n,)
    columns = [whole[name] for name in WHOLE]
    columns += [np.take_along_axis(shared[name][kept], best[None, :], axis=0)[0] for name in PART]
    columns += [shared[name][kept].max(axis=0) for name in PART]
    return FeatureTable(np.stack(columns, axis=1).astype(np.float32), fit.T.astype(np.float32))


def _fit_parts(fused: Column, shared: Mapping[str, Column]) -> Column:
    """Return (p, n): which part a passage answers, told by its words and by outlet and date."""
    return np.asarray(
        fused + 0.3 * shared["sentence_cover"] + 0.3 * shared["outlet"] + 0.2 * shared["date"], np.float32
    )


@dataclass(frozen=True, slots=True)
class _HeldWords:
    """Which of the question's w words stand where, over n passages with s sentences in all.

    Attributes:
        starts: (n,) the first sentence of each passage; each has at least one.
        in_sentence, in_window: (s, w), 1 where the word stands in the sentence, in it or the next one.
        in_passage, in_title: (n, w), 1 where the word stands there.
        like_sentence: (s, w), 1 where the word stands there, else how alike the most alike word is.
    """

    words: tuple[str, ...]
    starts: NDArray[np.intp]
    in_sentence: Column
    in_window: Column
    in_passage: Column
    in_title: Column
    like_sentence: Column

    @classmethod
    def read(cls, candidates: Candidates, passages: Sequence[Passage], titles: Sequence[str]) -> _HeldWords:
        words = tuple(dict.fromkeys(word for query in candidates.queries for word in query.words))
        read = [_read_sentences(passage.text) for passage in passages]
        at = np.cumsum([0, *(len(each.rows) for each in read)], dtype=np.intp)
        in_sentence = np.zeros((int(at[-1]), len(words)), dtype=np.float32)
        for each, first in zip(read, at.tolist(), strict=False):
            for column, word in enumerate(words):
                if mask := each.held.get(word):
                    places = [place for place in range(len(each.rows)) if mask >> place & 1]
                    in_sentence[[first + place for place in places], column] = 1
        starts = at[:-1]
        in_window = in_sentence.copy()
        followed = np.setdiff1d(np.arange(len(in_sentence) - 1), starts[1:] - 1)  # by one of its passage
        in_window[followed] = np.maximum(in_sentence[followed], in_sentence[followed + 1])
        folded = [set(split_words(title)) for title in titles]
        return cls(
            words=words,
            starts=starts,
            in_sentence=in_sentence,
            in_window=in_window,
            in_passage=np.maximum.reduceat(in_sentence, starts, axis=0),
            in_title=np.array([[word in title for word in words] for title in folded], dtype=np.float32),
            like_sentence=np.maximum(
                in_sentence,
                _LIKE_DISCOUNT * _liken_words([rows for each in read for rows in each.rows], words),
            ),
        )

    def best_sentence(self, scores: Column) -> Column:
        """Return (m, n), the greatest of (m, s) scores over the sentences of each passage."""
        return np.maximum.reduceat(scores, self.starts, axis=1)


class _Sentences(NamedTuple):
    """The s sentences of a passage.

    Attributes:
        held: which of them hold a word: the bit `1 << place` for each.
        rows: (s,), the rows of each one's words in the table of word vectors.
    """

    held: Mapping[str, int]
    rows: Sequence[Sequence[int]]


@lru_cache(maxsize=_PASSAGES_KEPT)
def _read_sentences(text: str) -> _Sentences:
    """Return what is counted in a passage.

    Passages come again from question to question, and reading them anew is a tenth of an answer's time.
    """
    held: dict[str, int] = {}
    rows = []
    for place, piece in enumerate(_SENTENCE_END.split(text)):
        words = split_words(piece)
        for word in words:
            held[word] = held.get(word, 0) | 1 << place
        rows.append([row for row in map(_find_row, words) if row is not None])
    return _Sentences(held, rows)


@lru_cache(maxsize=_WORDS_KEPT)
def _find_row(word: str) -> int | None:
    """Return a word's row in the table of word vectors; None if it has none."""
    return load_table().rows.get(stem_word(word))


def _liken_words(held: Sequence[Sequence[int]], words: Sequence[str]) -> Column:
    """Return (s, w) in [0, 1]: how alike each word is to the most alike word of each sentence.

    `held` are the rows of the sentences' words in the table of word vectors. Late interaction (MaxSim) after
    Khattab and Zaharia, "ColBERT", 2020, over word vectors without context.
    """
    table = load_table()
    asked = [(place, row) for place, word in enumerate(words) if (row := _find_row(word)) is not None]
    filled = [place for place, rows in enumerate(held) if rows]
    out = np.zeros((len(held), len(words)), dtype=np.float32)
    if not asked or not filled:
        return out
    flat = np.array([row for rows in held for row in rows], dtype=np.intp)
    distinct, inverse = np.unique(flat, return_inverse=True)
    likeness = table.vectors[distinct] @ table.vectors[[row for _, row in asked]].T  # (distinct, asked)
    starts = np.cumsum([0, *(len(held[place]) for place in filled[:-1])])
    nearest = np.maximum.reduceat(likeness[inverse], starts, axis=0)  # (filled, asked)
    out[np.ix_(filled, [place for place, _ in asked])] = np.clip(nearest, 0, 1)
    return out


def _meet_tokens(candidates: Candidates, liked: Column) -> tuple[Column, Column]:
    """Return (m, n) twice: how well each query's tokens are met in a passage and in its best sentence.

    The cosine of each token with the nearest one there (MaxSim), weighed by the rarity of its word; `liked`,
    the same over word vectors without context, where tokens have no vectors.
    """
    interaction = candidates.interaction
    filled = np.diff(interaction.bounds) > 0 if interaction else np.zeros(0, dtype=bool)
    if interaction is None or not filled.any():
        return liked, liked
    weights = _weigh_tokens(candidates, interaction.spans)  # (m, t)
    firsts = interaction.bounds[:-1][filled]
    late, sentence_late = liked.copy(), liked.copy()
    late[:, filled] = weights @ np.maximum.reduceat(interaction.met, firsts, axis=0).T
    sentence_late[:, filled] = np.maximum.reduceat(weights @ interaction.met.T, firsts, axis=1)
    return late, sentence_late


def _weigh_tokens(candidates: Candidates, spans: Places) -> Column:
    """Return (m, t): the share of each token in its query's weight, its word's by rarity; rows sum to 1."""
    whole = candidates.queries[0].text
    word_of = np.full(len(whole) + 1, -1)
    words: list[list[str]] = []
    for match in _WORD.finditer(whole):
        word_of[match.start() : match.end()] = len(words)
        words.append(split_words(match.group()))
    tokens = word_of[np.minimum(spans[:, 1] - 1, len(whole))]  # (t,), -1 for a mark
    out = np.zeros((len(candidates.queries), len(spans)), dtype=np.float32)
    for row, query in zip(out, candidates.queries, strict=True):
        asked = set(query.words)
        gains = [
            max((candidates.rarity.get(w, 0.0) for w in word if w in asked), default=_STOP_WEIGHT)
            for word in words
        ]
        inside = (tokens >= 0) & (spans[:, 0] >= query.start) & (spans[:, 1] <= query.start + len(query.text))
        row[inside] = np.array([*gains, 0.0], dtype=np.float32)[tokens[inside]]
    return np.asarray(out / np.maximum(out.sum(axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _weigh_queries(candidates: Candidates, words: Sequence[str]) -> Column:
    """Return (m, w): the share of each word in its query's weight, by rarity; rows sum to 1, or to 0."""
    out = np.zeros((len(candidates.queries), len(words)), dtype=np.float32)
    for row, query in zip(out, candidates.queries, strict=True):
        asked = set(query.words)
        row[:] = [candidates.rarity.get(word, 0.0) if word in asked else 0.0 for word in words]
    return np.asarray(out / np.maximum(out.sum(axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _even_weights(words: Sequence[str], wanted: set[str]) -> Column:
    """Return (w,) that sums to 1 over the wanted words; zeros where none is."""
    chosen = np.array([word in wanted for word in words], dtype=np.float32)
    return chosen / max(1.0, float(chosen.sum()))


def _pick_names(query: Query) -> set[str]:
    capitalised = {word for match in _CAPITALISED.finditer(query.text) for word in split_words(match.group())}
    outlets = {word for name in query.outlets for word in split_words(name)}
    return set(query.words) & (capitalised - outlets)
