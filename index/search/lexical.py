"""Okapi BM25 of several queries over all passages at once, from the postings of the full-text index.

Used by retrieval: each word's postings are read once, and serve the whole question and each of its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.postings import PassageTable, Postings
from index.store.catalogue import Catalogue

TITLE_WEIGHT = 1.0
"""Weight of a word in the headline beside one in the passage."""

_SATURATION = 1.2  # k1 and b of Okapi BM25 (Robertson and Zaragoza 2009), as SQLite's bm25() has them
_LENGTH_NORM = 0.75
_MAX_POSTINGS = 600_000  # read for one question, rarest words first: bounds its time over large indexes


@dataclass(frozen=True, slots=True)
class WordScores:
    """How well the words of m queries match n passages.

    Attributes:
        scores: (m, n) float32, BM25, not negative; n in the order of the passage table.
        rarity: each word of the queries with its inverse document frequency, positive; a word that
            stands nowhere has the greatest.
    """

    scores: NDArray[np.float32]
    rarity: Mapping[str, float]


def score_words(catalogue: Catalogue, queries: Sequence[Sequence[str]]) -> WordScores:
    """Score folded words (see words.py) against every passage; a word counts once in a query."""
    table = catalogue.passage_table()
    words = list(dict.fromkeys(word for query in queries for word in query))
    postings = _read_postings(catalogue, words, len(table))
    count = len(table)
    rarity: dict[str, float] = {}
    gains: dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
    norm = _SATURATION * (1 - _LENGTH_NORM + _LENGTH_NORM * table.lengths / max(1.0, _mean(table.lengths)))
    for word in words:
        found = postings.get(word)
        holders = catalogue.count_passages_with(word) if found is None else len(found.ids)
        rarity[word] = float(np.log1p((count - holders + 0.5) / (holders + 0.5)))
        if found is not None and holders:
            places = np.searchsorted(table.ids, found.ids)
            often = found.in_passage + TITLE_WEIGHT * found.in_title
            gain = rarity[word] * often * (_SATURATION + 1) / (often + norm[places])
            gains[word] = places, gain.astype(np.float32)
    scores = np.zeros((len(queries), count), dtype=np.float32)  # (m, n)
    for row, query in zip(scores, queries, strict=True):
        for word in dict.fromkeys(query):
            if word in gains:
                places, gain = gains[word]
                row[places] += gain
    return WordScores(scores, rarity)


def _read_postings(catalogue: Catalogue, words: Sequence[str], count: int) -> dict[str, Postings]:
    """Return the postings of all words or, over a large index, of the rarest that fit the bound."""
    if len(words) * count <= _MAX_POSTINGS:
        return {word: catalogue.find_word(word) for word in words}
    holders = {word: catalogue.count_passages_with(word) for word in words}
    found: dict[str, Postings] = {}
    room = _MAX_POSTINGS
    for word in sorted(words, key=lambda word: holders[word]):
        room -= holders[word]
        if found and room < 0:
            break
        found[word] = catalogue.find_word(word)
    return found


def _mean(lengths: NDArray[np.float32]) -> float:
    return float(lengths.mean()) if len(lengths) else 1.0


def table_places(table: PassageTable, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of passage ids in the table; every id must be there."""
    return np.searchsorted(table.ids, ids)
