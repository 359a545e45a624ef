"""How alike two words are in meaning, from a small table of word vectors that ships with the code.

Lets relevance credit a sentence for saying "murdered" where a question says "killed". The table serves any
embedding model, since nothing in it depends on the one in use, and costs no time when an index is built.

The vectors are all-MiniLM-L6-v2's (Apache License 2.0) for the whole words of its vocabulary, each embedded
alone, averaged over the words of one stem, centred, and reduced to their 64 principal components.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TABLE = "word_vectors.npz"
_DISCOUNT = 0.9
"""A word of like meaning counts for at most this much of the word itself."""


class WordTable(NamedTuple):
    """Word vectors by stem."""

    rows: Mapping[str, int]
    vectors: NDArray[np.float32]  # (n, 64) unit rows


@cache
def load_table() -> WordTable:
    """Return the table; read from the package once."""
    with as_file(files("index.quotes").joinpath(TABLE)) as path, np.load(path) as stored:
        stems = str(stored["stems"]).split("\n")
        vectors = stored["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return WordTable({stem: row for row, stem in enumerate(stems)}, vectors)


class AskedWords:
    """The weighted words of one question, ready to be held against many sentences."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        table = load_table()
        self._weights = weights
        self._total = sum(weights.values())
        self._known = [stem for stem in weights if stem in table.rows]

    @cached_property
    def _likeness(self) -> NDArray[np.float32] | None:
        """(n, m): every word of the table against every word asked for; None where it knows none of them."""
        table = load_table()
        rows = [table.rows[stem] for stem in self._known]
        return np.clip(table.vectors @ table.vectors[rows].T, 0.0, 1.0) if rows else None

    def cover(self, held: Iterable[str]) -> float:
        """Return the weighted share of the question's words that a sentence's stems match, in [0, 1].

        A word counts fully where its stem occurs, and otherwise by the most alike word that does: late
        interaction (MaxSim) as in Khattab and Zaharia, "ColBERT", 2020, over vectors without context.
        """
        held = set(held)
        score = sum(weight for stem, weight in self._weights.items() if stem in held)
        if self._likeness is not None:
            rows = [row for row in map(load_table().rows.get, held) if row is not None]
            if rows:
                nearest = self._likeness[rows].max(axis=0)  # (m,)
                score += _DISCOUNT * sum(
                    float(nearest[column]) * self._weights[stem]
                    for column, stem in enumerate(self._known)
                    if stem not in held
                )
        return score / self._total if self._total else 0.0


def compare_stems(one: str, other: str) -> float:
    """Return the cosine of two stems' vectors, in [-1, 1]; 0 where one has none."""
    table = load_table()
    rows = [table.rows.get(stem) for stem in (one, other)]
    if rows[0] is None or rows[1] is None:
        return float(one == other)
    return float(table.vectors[rows[0]] @ table.vectors[rows[1]])
