"""SQLite files: opened, migrated and read; the one module under index/ that imports sqlite_utils.

The catalogue of a generation and the vector cache both stand on it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlite_utils import Database, Migrations  # noqa: TID251 - this is the one module

from index.errors import CorruptIndexError

__all__ = ["Database", "Migrations", "ReadOnlyDatabase", "copy_database", "name_damage", "open_database"]

_BUSY_TIMEOUT = 30.0  # seconds that a writer waits for another one


def open_database(path: Path, migrations: Migrations) -> Database:
    """Open a file for writing in WAL mode, creating and migrating it as needed.

    The connection belongs to the calling thread. Raises CorruptIndexError if the file is no database, and
    sqlite3.OperationalError where the disk is full or the file cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT)
    try:
        with name_damage(path):
            database = Database(connection)
            database.execute("pragma secure_delete = on")  # what is forgotten leaves no trace in free pages
            database.enable_wal()
            migrations.apply(database)
    except BaseException:
        connection.close()
        raise
    return database


@contextmanager
def name_damage(path: Path) -> Iterator[None]:
    """Raise CorruptIndexError for what SQLite says of a torn file; what the disk refuses is not its fault."""
    try:
        yield
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise CorruptIndexError(f"{path}: is damaged: {error}") from error


def copy_database(source: Path, target: Path) -> None:
    """Copy a database file consistently, whatever its readers do; raise CorruptIndexError.

    It is damaged where it is missing, empty, no database, or torn inside.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            ((verdict,),) = new.execute("pragma quick_check(1)")
            ((tables,),) = new.execute("select count(*) from sqlite_master")
    except sqlite3.DatabaseError as error:
        raise CorruptIndexError(f"{source}: cannot be copied: {error}") from error
    if verdict != "ok" or not tables:
        raise CorruptIndexError(f"{source}: is damaged: {verdict if tables else 'holds nothing'}")


class ReadOnlyDatabase:
    """A database file that nobody writes any more, read from any number of threads.

    Each thread gets a connection of its own, so that questions do not wait for each other. Where the file
    has been removed since it was opened, threads that come later share the first one, which still reads it.
    """

    def __init__(self, path: Path, on_connect: Sequence[str] = ()) -> None:
        """Open a file; each connection begins with the statements `on_connect` (temporary tables)."""
        if not path.is_file():
            raise CorruptIndexError(f"{path}: is missing; run `python -m index build`")
        self._on_connect = tuple(on_connect)
        self._uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        with self._name_failure():
            self._connection()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query; values go in as parameters only. Raises CorruptIndexError."""
        with self._name_failure():
            return self._connection().execute(sql, parameters).fetchall()

    def close(self) -> None:
        """Close the connections of all threads; no query may be running."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # Closed by close(), from another thread than the one that opened it.
            try:
                connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
            except sqlite3.OperationalError:
                with self._lock:
                    if self._path.exists() or not self._connections:
                        raise
                    connection = self._connections[0]
            else:
                with self._lock:
                    self._connections.append(connection)
                for statement in self._on_connect:
                    connection.execute(statement)
            self._local.connection = connection
        return connection

    @contextmanager
    def _name_failure(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise CorruptIndexError(f"{self._path}: {error}; run `python -m index build`") from error
