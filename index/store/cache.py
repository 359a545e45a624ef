"""The vector cache: vectors and details by model and by the hash of the text that was embedded.

Building asks it before embedding, so that a text is embedded once per model, whatever generation it is in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding import Vectors
from index.interaction import Detail
from index.store.database import Database, Migrations, name_damage, open_database

_VARIABLES_PER_QUERY = 500

migrations = Migrations("vector-cache")


@migrations()
def m001_vectors(database: Database) -> None:
    """Vectors as little-endian float32 bytes."""
    database.table("vectors").create({"model": str, "hash": bytes, "vector": bytes}, pk=("model", "hash"))


@migrations()
def m002_details(database: Database) -> None:
    """Details as little-endian bytes: int32 starts and counts, int8 sentences and tokens, row by row."""
    database.table("details").create(
        {"model": str, "hash": bytes, "starts": bytes, "counts": bytes, "sentences": bytes, "tokens": bytes},
        pk=("model", "hash"),
    )


def discard_cache(path: Path) -> None:
    """Remove a cache's file, with its write-ahead log: all that it holds can be made anew."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def hash_text(text: str) -> bytes:
    """Return the 16 bytes that stand for an embedded text: the first half of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


class VectorCache:
    """One SQLite file of vectors, written by one build at a time; belongs to the thread that opened it.

    Every method raises CorruptIndexError where the file turns out to be damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = open_database(path, migrations)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def find(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors that are known, each (d,) float32, by hash."""
        rows = self._select("vectors", "hash, vector", model, hashes)
        return {row[0]: np.frombuffer(row[1], dtype="<f4") for row in rows}

    def missing(self, model: str, hashes: Iterable[bytes], *, detail: str = "") -> list[bytes]:
        """Return the hashes, each once and in order, whose vectors are not known.

        With `detail`, the identity of what makes details, those as well whose details are not known.
        """
        wanted = list(dict.fromkeys(hashes))
        known = {row[0] for row in self._select("vectors", "hash", model, wanted)}
        if detail:
            known &= {row[0] for row in self._select("details", "hash", detail, wanted)}
        return [key for key in wanted if key not in known]

    def _select(
        self, table: str, columns: str, model: str, hashes: Sequence[bytes]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of some hashes, in any order."""
        for start in range(0, len(hashes), _VARIABLES_PER_QUERY):
            part = hashes[start : start + _VARIABLES_PER_QUERY]
            marks = ",".join("?" * len(part))
            with name_damage(self._path):
                yield from self._database.execute(
                    f"select {columns} from {table} where model = ? and hash in ({marks})", [model, *part]
                ).fetchall()

    def store(self, model: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Keep (n, d) vectors under n hashes, in one transaction."""
        rows = [(model, key, row.astype("<f4").tobytes()) for key, row in zip(hashes, vectors, strict=True)]
        with name_damage(self._path), self._database.atomic():
            self._database.conn.executemany("insert or replace into vectors values (?, ?, ?)", rows)

    def find_detail(self, model: str, key: bytes) -> Detail:
        """Return the detail of one text, which must be known."""
        (row,) = self._select("details", "starts, counts, sentences, tokens", model, [key])
        starts, counts = (np.frombuffer(column, dtype="<i4") for column in row[:2])
        sentences, tokens = (np.frombuffer(column, dtype=np.int8) for column in row[2:])
        return Detail(
            starts,
            counts,
            sentences.reshape(len(starts), -1) if len(starts) else sentences.reshape(0, 0),
            tokens.reshape(int(counts.sum()), -1) if len(starts) else tokens.reshape(0, 0),
        )

    def store_details(self, model: str, hashes: Sequence[bytes], details: Sequence[Detail]) -> None:
        """Keep n details under n hashes, in one transaction."""
        rows = [
            (
                model,
                key,
                detail.starts.astype("<i4").tobytes(),
                detail.counts.astype("<i4").tobytes(),
                detail.sentences.tobytes(),
                detail.tokens.tobytes(),
            )
            for key, detail in zip(hashes, details, strict=True)
        ]
        with name_damage(self._path), self._database.atomic():
            self._database.conn.executemany("insert or replace into details values (?, ?, ?, ?, ?, ?)", rows)

    def keep_only(self, hashes: Iterable[bytes]) -> None:
        """Drop the vectors and details of all other texts, of every model."""
        with name_damage(self._path), self._database.atomic():
            self._database.execute("create temp table wanted (hash blob primary key)")
            self._database.conn.executemany(
                "insert or ignore into wanted values (?)", ((key,) for key in hashes)
            )
            for table in ("vectors", "details"):
                self._database.execute(f"delete from {table} where hash not in (select hash from wanted)")
            self._database.execute("drop table wanted")
