"""The ledger: rounds of marks, each mark in the round in which it was first seen."""

from __future__ import annotations

from contextlib import asynccontextmanager

from bot.memory import ledger as module
from bot.memory.ledger import Ledger
from bot.memory.state import State


@asynccontextmanager
async def keeping_ledger(folder):
    state = State(folder, 30)
    await state.open()
    yield Ledger(state)
    await state.close()


async def test_marks_keep_their_first_round(tmp_path):
    """A mark that comes again stays where it was; a round without a new mark is no round."""
    async with keeping_ledger(tmp_path) as ledger:
        assert await ledger.latest() == 0
        assert await ledger.note(["a", "b", "a"]) == 1
        assert await ledger.note(["b", "c"]) == 2
        assert await ledger.note(["a"]) == 2
        assert await ledger.list_after(0) == {"a", "b", "c"}
        assert await ledger.list_after(1) == {"c"}
        assert await ledger.list_after(2) == frozenset()


async def test_many_marks_go_in_by_portions(tmp_path, monkeypatch):
    """However many transactions they take, the marks of one call are of one round, also after a restart."""
    monkeypatch.setattr(module, "_ROWS", 3)
    async with keeping_ledger(tmp_path) as ledger:
        assert await ledger.note(str(n) for n in range(10)) == 1
    async with keeping_ledger(tmp_path) as ledger:
        assert len(await ledger.list_after(0)) == 10
        assert await ledger.note(["new"]) == 2


async def test_two_that_note_the_same_lose_nothing(tmp_path):
    """A second process that notes what the first has noted adds only what is new to both."""
    async with keeping_ledger(tmp_path) as one, keeping_ledger(tmp_path) as two:
        await one.note(["a"])
        assert await two.note(["a", "b"]) == 2
        assert await one.list_after(1) == {"b"}
