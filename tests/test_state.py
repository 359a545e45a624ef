"""The state's connection: transactions of other modules, undone when they fail."""

from __future__ import annotations

import pytest

from bot.memory.state import State
from index.errors import DataFolderError


@pytest.fixture
async def state(tmp_path):
    """A state in a folder of its own."""
    opened = State(tmp_path, 30)
    await opened.open()
    yield opened
    await opened.close()


async def test_statements_of_other_modules_run_on_the_states_thread(state):
    """A function that is handed to run may write, and one that is handed to read sees it."""
    insert = "insert into workers (worker, beat) values ('w', 5.0)"
    assert (await state.run(lambda database: database.execute(insert).rowcount)) == 1
    query = "select worker, beat from workers"
    assert await state.read(lambda database: database.execute(query).fetchall()) == [("w", 5.0)]


async def test_a_failing_transaction_leaves_nothing(state):
    """What a function wrote before it raised is undone, and the next one goes on."""

    def fail(database):
        database.execute("insert into workers (worker, beat) values ('w', 5.0)")
        raise LookupError("stop")

    with pytest.raises(LookupError):
        await state.run(fail)
    query = "select count(*) from workers"
    assert await state.read(lambda database: database.execute(query).fetchone()) == (0,)
    await state.keep_chat(6, {"quotes": 2})
    assert await state.find_choices(6, 7) == {6: {"quotes": 2}, 7: {}}


async def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    """With what to do about it, and no traceback."""
    (tmp_path / "file").write_text("x")
    closed = State(tmp_path / "file" / "data", 30)
    with pytest.raises(DataFolderError, match=r"data: cannot be written: .*\[bot\] data"):
        await closed.open()
