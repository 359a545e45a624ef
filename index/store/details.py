"""The details of passages on disk: sentence and token vectors as bytes, mapped into memory, read by passage.

Written by building beside the vector index, read by retrieval for the candidates of a question. About 10 KB
a passage of six sentences. Derived data: it can always be rebuilt from the vector cache.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import CorruptIndexError
from index.interaction import Detail, Details, Places, restore_rows

_TABLE = "details.npz"
_SENTENCES = "sentences.i8"
_TOKENS = "tokens.i8"


class DetailIndex:
    """Details by passage id; safe to read from several threads."""

    def __init__(
        self,
        ids: Places,
        bounds: Places,
        firsts: Places,
        starts: NDArray[np.int32],
        sentences: NDArray[np.int8],
        tokens: NDArray[np.int8],
    ) -> None:
        self._ids = ids  # (n,), ascending
        self._bounds = bounds  # (n + 1,), the first sentence of each passage, and the number of sentences
        self._firsts = firsts  # (s + 1,), the first token of each sentence, and the number of tokens
        self._starts = starts  # (s,)
        self._sentences = sentences  # (s, d)
        self._tokens = tokens  # (t, k)

    def __len__(self) -> int:
        return len(self._ids)

    def read(self, ids: Places) -> Details:
        """Return the details of passages in the order of `ids`; raise CorruptIndexError if one is missing."""
        rows = np.searchsorted(self._ids, ids)
        if len(ids) and (rows.max() >= len(self._ids) or not np.array_equal(self._ids[rows], ids)):
            raise CorruptIndexError("the sentence vectors lack a passage; run `python -m index build`")
        sentences = _join_ranges(self._bounds[rows], self._bounds[rows + 1])
        tokens = _join_ranges(self._firsts[self._bounds[rows]], self._firsts[self._bounds[rows + 1]])
        counts = self._firsts[sentences + 1] - self._firsts[sentences]
        return Details(
            bounds=np.concatenate([[0], np.cumsum(self._bounds[rows + 1] - self._bounds[rows])]),
            firsts=np.cumsum(counts) - counts,
            starts=self._starts[sentences],
            sentences=restore_rows(self._sentences[sentences]),
            tokens=restore_rows(self._tokens[tokens]),
        )

    @classmethod
    def open(cls, folder: Path) -> DetailIndex | None:
        """Read the files of a generation; None if it has none. Raises CorruptIndexError."""
        if not (folder / _TABLE).is_file():
            return None
        try:
            with (folder / _TABLE).open("rb") as file, np.load(file) as table:
                ids, bounds, firsts, starts, shape = (
                    table[name] for name in ("ids", "bounds", "firsts", "starts", "shape")
                )
            dimension, width = (int(size) for size in shape)
            return cls(
                ids,
                bounds,
                firsts,
                starts,
                _map_rows(folder / _SENTENCES, int(bounds[-1]), dimension),
                _map_rows(folder / _TOKENS, int(firsts[-1]), width),
            )
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise CorruptIndexError(
                f"{folder / _TABLE}: cannot be read: {error}; run `python -m index build`"
            ) from error


def write_details(folder: Path, ids: Places, details: Iterable[Detail]) -> None:
    """Write the details of passages, in the ascending order of their ids, one at a time."""
    counts, sizes, starts = [], [], []
    shape = (0, 0)
    with (folder / _SENTENCES).open("wb") as sentences, (folder / _TOKENS).open("wb") as tokens:
        for detail in details:
            counts.append(len(detail.starts))
            sizes.append(detail.counts)
            starts.append(detail.starts)
            if len(detail.starts):  # one without a sentence knows no width
                shape = detail.sentences.shape[1], detail.tokens.shape[1]
            sentences.write(detail.sentences.tobytes())
            tokens.write(detail.tokens.tobytes())
    none = [np.zeros(0, np.int32)]
    np.savez(
        folder / _TABLE,
        ids=ids,
        bounds=np.cumsum([0, *counts], dtype=np.int64),
        firsts=np.concatenate([[0], np.cumsum(np.concatenate(sizes or none), dtype=np.int64)]),
        starts=np.concatenate(starts or none),
        shape=np.array(shape),
    )


def _map_rows(path: Path, count: int, width: int) -> NDArray[np.int8]:
    """Return (count, width) bytes of a file, read as they are needed."""
    if not count * width:
        return np.zeros((count, width), dtype=np.int8)
    return np.memmap(path, dtype=np.int8, mode="r", shape=(count, width))


def _join_ranges(firsts: Places, lasts: Places) -> Places:
    """Return the numbers of all half-open ranges, one range after the other."""
    sizes = lasts - firsts
    offsets = np.repeat(firsts - np.cumsum(sizes) + sizes, sizes)
    return np.asarray(offsets + np.arange(len(offsets)), dtype=np.int64)
