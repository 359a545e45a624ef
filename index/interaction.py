"""Late interaction: how well each token of a question is met by the sentences of passages.

Between embedding, which reads a text once and hands over what its tokens came to, and ranking, quoting and
confidence, which weigh the tokens. After Khattab and Zaharia, "ColBERT", 2020, over a model's own tokens in
their 48 principal components, and Günther et al., "Late Chunking", 2024, for the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Span

Column = NDArray[np.float32]
Bytes = NDArray[np.int8]
Places = NDArray[np.int64]

BASIS = "token_basis.npz"
"""Principal components of the packaged model's tokens over the project's own sample articles."""

DETAIL_VERSION = 1
"""Raised whenever the same passage would get other details; part of the manifest."""

_LEAST_NORM = 1e-9


class Detail(NamedTuple):
    """What one pass over a passage gives of its s sentences and their t tokens.

    Attributes:
        starts: (s,) int32, where each sentence begins, in code points of the passage's text.
        counts: (s,) int32, tokens of each sentence, at least 1.
        sentences: (s, d) int8, the mean of each sentence's tokens, scaled by its greatest component.
        tokens: (t, k) int8, the tokens in few dimensions, scaled likewise; k is 0 without a basis.
    """

    starts: NDArray[np.int32]
    counts: NDArray[np.int32]
    sentences: Bytes
    tokens: Bytes


class Details(NamedTuple):
    """The details of n passages, one after the other: s sentences and t tokens in all.

    Attributes:
        bounds: (n + 1,) the first sentence of each passage, and s.
        firsts: (s,) the first token of each sentence.
        starts: (s,) as in `Detail`.
        sentences: (s, d) float32, unit rows.
        tokens: (t, k) float32, unit rows.
    """

    bounds: Places
    firsts: Places
    starts: NDArray[np.int32]
    sentences: Column
    tokens: Column


class QuestionVectors(NamedTuple):
    """What one pass over a question gives.

    Attributes:
        rows: (1 + p, d) float32 unit rows, the question and each of its parts.
        tokens: (t, k) float32 unit rows in the dimensions of the passages' tokens; t may be 0.
        spans: (t, 2) int64, half-open ranges of the question's text.
    """

    rows: Column
    tokens: Column
    spans: Places


@dataclass(frozen=True, slots=True)
class Interaction:
    """How well each of a question's t tokens is met by each of the s sentences of n passages.

    Attributes:
        spans: (t, 2) half-open ranges of the question's text.
        places: passage id to its place among the n.
        bounds: (n + 1,) the first sentence of each passage, and s.
        starts: (s,) where each sentence begins, in code points of its passage's text.
        met: (s, t) float32, cosine in [-1, 1] of the token with the nearest token of the sentence.
    """

    spans: Places
    places: dict[int, int]
    bounds: Places
    starts: NDArray[np.int32]
    met: Column

    def match_words(self, words: Sequence[Span], offset: int = 0) -> WordMatches | None:
        """Return how well words of the question are met: the mean over the tokens of each.

        `words` are half-open ranges of the question's text from `offset` on. None where a word has no token,
        since the model did not read so far.
        """
        begins, ends = self.spans[:, 0] - offset, self.spans[:, 1] - offset
        held = np.zeros((len(self.spans), len(words)), dtype=np.float32)  # (t, w)
        for column, (start, end) in enumerate(words):
            inside = (begins < end) & (ends > start)
            if not inside.any():
                return None
            held[inside, column] = 1 / inside.sum()
        return WordMatches(self, self.met @ held)


@dataclass(frozen=True, slots=True)
class WordMatches:
    """How well each of w words of a question is met by each sentence; `met` is (s, w), rows as there."""

    interaction: Interaction
    met: Column

    def of_passage(self, number: int) -> Column | None:
        """Return (w,), the best of each word over a passage's sentences; None for an unknown passage."""
        rows = self._rows(number)
        return None if rows is None else np.asarray(self.met[rows].max(axis=0))

    def of_sentence(self, number: int, start: int, end: int) -> Column | None:
        """Return (w,), the same over the sentences of a passage that begin in a half-open range of its text.

        Where none begins there, the one that stands there counts.
        """
        rows = self._rows(number)
        if rows is None:
            return None
        begun = self.interaction.starts[rows]
        first = int(np.searchsorted(begun, start, side="left"))
        last = int(np.searchsorted(begun, end, side="left"))
        if first == last:
            first, last = max(0, last - 1), max(1, last)
        return np.asarray(self.met[rows][first:last].max(axis=0))

    def of_previous(self, number: int, start: int) -> Column | None:
        """Return (w,) of a passage's sentence before the one that begins at `start`; None for none."""
        rows = self._rows(number)
        if rows is None:
            return None
        place = int(np.searchsorted(self.interaction.starts[rows], start, side="left")) - 1
        return np.asarray(self.met[rows][place]) if place >= 0 else None

    def _rows(self, number: int) -> slice | None:
        place = self.interaction.places.get(number)
        if place is None:
            return None
        first, last = int(self.interaction.bounds[place]), int(self.interaction.bounds[place + 1])
        return slice(first, last) if last > first else None


def make_interaction(asked: QuestionVectors, ids: Places, details: Details | None) -> Interaction | None:
    """Return how the tokens of a question are met in n passages; None without token vectors of both."""
    if details is None or not len(asked.tokens) or not details.tokens.shape[1] or not len(details.firsts):
        return None
    cosines = details.tokens @ asked.tokens.T  # (tokens, t)
    met = np.maximum.reduceat(cosines, details.firsts, axis=0)  # (s, t)
    places = {int(number): place for place, number in enumerate(ids)}
    return Interaction(asked.spans, places, details.bounds, details.starts, met)


def make_detail(tokens: Column, offsets: Places, sentences: Sequence[Span], basis: Column) -> Detail:
    """Return the detail of one passage.

    Args:
        tokens: (t, d), special ones too.
        offsets: (t, 2) half-open ranges of the embedded text; empty for special tokens.
        sentences: half-open ranges of the same text, in order; the first begins the passage.
        basis: (d, k).
    """
    kept, counts, means, rows = [], [], [], []
    written = offsets[:, 1] > offsets[:, 0]
    for start, end in sentences:
        inside = tokens[written & (offsets[:, 0] >= start) & (offsets[:, 0] < end)]
        if len(inside):
            kept.append(start - sentences[0][0])
            counts.append(len(inside))
            means.append(inside.mean(axis=0))
            rows.append(inside)
    none = np.zeros((0, tokens.shape[1]), np.float32)
    return Detail(
        np.array(kept, dtype=np.int32),
        np.array(counts, dtype=np.int32),
        shrink_rows(np.stack(means) if means else none),
        shrink_rows(project_tokens(np.concatenate(rows) if rows else none, basis)),
    )


def project_tokens(tokens: Column, basis: Column) -> Column:
    """Return (t, k) unit rows of (t, d) tokens; k is 0 for an empty basis."""
    return scale_rows(tokens @ basis)


def shrink_rows(rows: Column) -> Bytes:
    """Return rows as int8, each scaled by its greatest component; their directions stay."""
    most = np.abs(rows).max(axis=1, keepdims=True, initial=_LEAST_NORM)
    return np.asarray(np.rint(rows / most * 127), dtype=np.int8)


def restore_rows(rows: Bytes) -> Column:
    """Return int8 rows as float32 unit rows."""
    return scale_rows(rows.astype(np.float32))


def scale_rows(rows: Column) -> Column:
    """Return rows of length one."""
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.maximum(norms, _LEAST_NORM), dtype=np.float32)


@cache
def load_basis() -> Column:
    """Return the (d, k) components that the packaged model's tokens are projected on."""
    with as_file(files("index").joinpath(BASIS)) as path, np.load(path) as stored:
        return np.asarray(stored["basis"], dtype=np.float32)
