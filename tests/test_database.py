"""A database that nobody writes any more is read from every thread, whatever becomes of its file."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.errors import CorruptIndexError
from index.store.database import ReadOnlyDatabase


@pytest.fixture
def path(tmp_path):
    """A file with one number in it."""
    path = tmp_path / "numbers.db"
    connection = sqlite3.connect(path)
    connection.execute("create table numbers (number int)")
    connection.execute("insert into numbers values (7)")
    connection.commit()
    connection.close()
    return path


def ask_elsewhere(database, sql="select number from numbers"):
    """The rows of a query, asked from a thread that never asked before."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(database.rows, sql).result()


def test_each_thread_reads_with_the_tables_that_a_connection_begins_with(path):
    """What a connection makes for itself is there in every thread."""
    database = ReadOnlyDatabase(
        path, ["create temp table doubled as select 2 * number as number from numbers"]
    )
    assert database.rows("select number from doubled") == [(14,)]
    assert ask_elsewhere(database, "select number from doubled") == [(14,)]
    database.close()


def test_a_removed_file_is_read_on_from_every_thread(path):
    """Forgetting removes a generation that a reader holds; threads that come to it later finish too."""
    database = ReadOnlyDatabase(path)
    path.unlink()
    assert database.rows("select number from numbers") == [(7,)]
    assert ask_elsewhere(database) == [(7,)]
    database.close()


def test_a_file_that_is_no_database_is_named_when_it_is_read(path):
    """Neither a missing nor a torn file passes for an empty one."""
    path.write_bytes(b"no database" * 100)
    with pytest.raises(CorruptIndexError, match=r"numbers\.db: .*python -m index build"):
        ReadOnlyDatabase(path).rows("select number from numbers")
    path.unlink()
    with pytest.raises(CorruptIndexError, match="is missing"):
        ReadOnlyDatabase(path)
