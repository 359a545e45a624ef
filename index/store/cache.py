"""The vector cache: vectors by model and by the hash of the text that was embedded.

Building asks it before embedding, so that a text is embedded once per model, whatever generation it is in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.embedding import Vectors
from index.store.database import Database, Migrations, open_database

_VARIABLES_PER_QUERY = 500

migrations = Migrations("vector-cache")


@migrations()
def m001_vectors(database: Database) -> None:
    """Vectors as little-endian float32 bytes."""
    database.table("vectors").create({"model": str, "hash": bytes, "vector": bytes}, pk=("model", "hash"))


def hash_text(text: str) -> bytes:
    """Return the 16 bytes that stand for an embedded text: the first half of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


class VectorCache:
    """One SQLite file of vectors, written by one build at a time; belongs to the thread that opened it."""

    def __init__(self, path: Path) -> None:
        self._database = open_database(path, migrations)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def find(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors that are known, each (d,) float32, by hash."""
        found: dict[bytes, Vectors] = {}
        for start in range(0, len(hashes), _VARIABLES_PER_QUERY):
            part = hashes[start : start + _VARIABLES_PER_QUERY]
            rows = self._database.execute(
                f"select hash, vector from vectors where model = ? and hash in ({','.join('?' * len(part))})",
                [model, *part],
            )
            found.update((row[0], np.frombuffer(row[1], dtype="<f4")) for row in rows)
        return found

    def missing(self, model: str, hashes: Iterable[bytes]) -> list[bytes]:
        """Return the hashes, each once and in order, whose vectors are not known."""
        wanted = list(dict.fromkeys(hashes))
        known: set[bytes] = set()
        for start in range(0, len(wanted), _VARIABLES_PER_QUERY):
            part = wanted[start : start + _VARIABLES_PER_QUERY]
            rows = self._database.execute(
                f"select hash from vectors where model = ? and hash in ({','.join('?' * len(part))})",
                [model, *part],
            )
            known.update(row[0] for row in rows)
        return [key for key in wanted if key not in known]

    def store(self, model: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Keep (n, d) vectors under n hashes, in one transaction."""
        rows = [(model, key, row.astype("<f4").tobytes()) for key, row in zip(hashes, vectors, strict=True)]
        with self._database.atomic():
            self._database.conn.executemany("insert or replace into vectors values (?, ?, ?)", rows)

    def keep_only(self, hashes: Iterable[bytes]) -> None:
        """Drop the vectors of all other texts, of every model."""
        with self._database.atomic():
            self._database.execute("create temp table wanted (hash blob primary key)")
            self._database.conn.executemany(
                "insert or ignore into wanted values (?)", ((key,) for key in hashes)
            )
            self._database.execute("delete from vectors where hash not in (select hash from wanted)")
            self._database.execute("drop table wanted")
