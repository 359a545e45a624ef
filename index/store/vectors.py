"""The vector index: which passages lie nearest to a question; the one module that imports faiss.

Built by building, searched by retrieval. Derived data: it can always be rebuilt from the vector cache.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import faiss  # noqa: TID251 - this is the one module
import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.errors import CorruptIndexError, MismatchError

EXACT_LIMIT = 200_000
"""Vectors up to which an exact scan answers within some tens of milliseconds on two cores."""

_LISTS_PER_ROOT = 4  # FAISS's guideline: between 4 and 16 times the square root of n inverted lists
_PROBE_SHARE = 0.06


class Neighbours(NamedTuple):
    """For each question its nearest passages, best first; missing places hold id -1 and score -inf."""

    scores: Vectors  # (m, k) float32, cosine in [-1, 1]
    ids: NDArray[np.int64]  # (m, k)


class VectorIndex:
    """Unit vectors by passage id, with exact search up to `EXACT_LIMIT` and inverted lists beyond."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, ids: NDArray[np.int64]) -> VectorIndex:
        """Return an index of (n, d) unit rows under n distinct positive ids; raise MismatchError."""
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise MismatchError(f"vectors of shape {vectors.shape} do not fit {len(ids)} ids")
        if len(np.unique(ids)) != len(ids):
            raise MismatchError(
                f"{len(ids) - len(np.unique(ids))} passage ids occur twice; expected distinct ids"
            )
        count, dimension = vectors.shape
        store = faiss.IndexFlatIP(dimension) if count <= EXACT_LIMIT else _train_lists(vectors)
        index = faiss.IndexIDMap2(store)
        index.add_with_ids(vectors, ids)
        return cls(index)

    @property
    def dimension(self) -> int:
        """Number of columns."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, questions: Vectors, k: int, allowed: NDArray[np.int64] | None = None) -> Neighbours:
        """Return the k nearest passages of each of (m, d) questions, among `allowed` ids where given.

        A restricted search scans exactly the allowed vectors, since a graph or list search under a
        selective filter loses hits silently. Raises MismatchError when the dimensions differ.
        """
        if questions.shape[1] != self.dimension:
            raise MismatchError(
                f"the question has {questions.shape[1]} dimensions, the index {self.dimension}: they come "
                "from different models; run `python -m index build`"
            )
        if allowed is not None:
            return self._scan(questions, k, allowed)
        k = min(k, len(self))
        if k == 0:
            return _nothing(len(questions))
        scores, ids = self._index.search(questions, k)
        return Neighbours(scores, ids)

    def vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """Return the (n, d) rows of the given ids; raise CorruptIndexError if one is missing."""
        try:
            return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)
        except RuntimeError as error:
            raise CorruptIndexError(
                f"the vector index lacks a passage: {error}; run `python -m index build`"
            ) from error

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def open(cls, path: Path, dimension: int, count: int) -> VectorIndex:
        """Read an index; raise CorruptIndexError or MismatchError unless it holds what is expected."""
        try:
            index = faiss.deserialize_index(np.frombuffer(path.read_bytes(), np.uint8))
        except (OSError, RuntimeError) as error:
            raise CorruptIndexError(
                f"{path}: cannot be read: {error}; run `python -m index build`"
            ) from error
        opened = cls(index)
        if opened.dimension != dimension or len(opened) != count:
            raise MismatchError(
                f"{path}: holds {len(opened)} vectors of {opened.dimension} dimensions, expected {count} of "
                f"{dimension}; run `python -m index build`"
            )
        return opened

    def _scan(self, questions: Vectors, k: int, allowed: NDArray[np.int64]) -> Neighbours:
        if len(allowed) == 0:
            return _nothing(len(questions))
        k = min(k, len(allowed))
        scores = questions @ self.vectors(allowed).T  # (m, len(allowed))
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]  # (m, k)
        return Neighbours(np.take_along_axis(scores, order, axis=1), allowed[order])


def _train_lists(vectors: Vectors) -> faiss.IndexIVFFlat:
    """Return an empty index of inverted lists, trained on the vectors, after FAISS's own guidelines."""
    count, dimension = vectors.shape
    lists = int(_LISTS_PER_ROOT * count**0.5)
    store = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    store.train(vectors)
    store.nprobe = max(16, int(lists * _PROBE_SHARE))
    store.make_direct_map()
    return store


def _nothing(rows: int) -> Neighbours:
    return Neighbours(np.zeros((rows, 0), dtype=np.float32), np.zeros((rows, 0), dtype=np.int64))
