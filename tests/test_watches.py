"""Watches as they are kept: added once, stopped and restored, advanced by one process only."""

from __future__ import annotations

from contextlib import asynccontextmanager

from bot.memory.state import State
from bot.memory.watches import UNDO_SECONDS, Refusal, Watch, Watches


@asynccontextmanager
async def keeping_watches(folder, now=lambda: 1_000_000.0):
    """Open the watches of a folder."""
    state = State(folder, 30)
    await state.open()
    yield Watches(state, now)
    await state.close()


async def add(watches, topic, chat=5, thread=None, seen=1, limit=9):
    return await watches.add(chat, thread, topic, language="en", seen=seen, limit=limit)


async def test_watch_survives_a_restart(tmp_path):
    """A watch comes back as it was kept, from another process too."""
    async with keeping_watches(tmp_path) as watches:
        kept = await add(watches, "Varn bridge", chat=-100, thread=7, seen=3)
    async with keeping_watches(tmp_path) as watches:
        assert await watches.list_chat(-100) == (kept,)
        assert (kept.thread, kept.topic, kept.seen, kept.told) == (7, "Varn bridge", 3, 0.0)


async def test_same_topic_in_the_same_place_is_refused(tmp_path):
    """Case, spaces and a question mark make no other topic; another thread or chat makes another watch."""
    async with keeping_watches(tmp_path) as watches:
        assert isinstance(await add(watches, "Varn bridge"), Watch)
        assert await add(watches, " varn  Bridge? ") is Refusal.KNOWN
        assert isinstance(await add(watches, "Varn bridge", thread=2), Watch)
        assert isinstance(await add(watches, "Varn bridge", chat=6), Watch)
        assert await add(watches, "flood", limit=2) is Refusal.FULL


async def test_stopped_watch_is_out_of_sight_until_restored(tmp_path):
    """A stopped watch is neither listed nor told, and comes back with its place in the news."""
    async with keeping_watches(tmp_path) as watches:
        kept = await add(watches, "Varn bridge", seen=3)
        assert await watches.stop(6, kept.token) is None  # another chat's
        assert await watches.stop(5, kept.token) == kept
        assert await watches.stop(5, kept.token) is None
        assert await watches.list_behind(99) == ()
        assert not await watches.advance(kept, 4, told=True)
        assert await watches.restore(5, kept.token) == kept
        assert await watches.list_behind(99) == (kept,)


async def test_restoring_makes_no_duplicate(tmp_path):
    """A watch that was stopped and begun again is not brought back beside itself."""
    async with keeping_watches(tmp_path) as watches:
        first = await add(watches, "Varn bridge")
        await watches.stop(5, first.token)
        await add(watches, "Varn bridge")
        assert await watches.restore(5, first.token) is None
        assert await watches.count() == 1


async def test_stopped_watches_are_deleted_in_time(tmp_path):
    """After an hour a stopped watch is gone from the file; one that is on stays."""
    now = [1_000_000.0]
    async with keeping_watches(tmp_path, lambda: now[0]) as watches:
        kept = await add(watches, "Varn bridge")
        await add(watches, "flood")
        await watches.stop(5, kept.token)
        now[0] += UNDO_SECONDS + 1
        await watches.purge()
        assert await watches.restore(5, kept.token) is None
        assert await watches.count() == 1


async def test_only_one_advances_a_watch(tmp_path):
    """Of two that saw the same watch behind, the first may tell and the second may not."""
    async with keeping_watches(tmp_path) as watches:
        kept = await add(watches, "Varn bridge")
        (one,) = await watches.list_behind(2)
        assert await watches.advance(one, 2, told=True)
        assert not await watches.advance(kept, 2, told=True)
        (told,) = await watches.list_chat(5)
        assert (told.seen, told.told) == (2, 1_000_000.0)
        assert await watches.list_behind(2) == ()


async def test_putting_back_undoes_the_advance(tmp_path):
    """What surely did not arrive is news again, with the failures counted; a later advance is not undone."""
    async with keeping_watches(tmp_path) as watches:
        kept = await add(watches, "Varn bridge")
        await watches.advance(kept, 2, told=True)
        await watches.put_back(kept, 2, 1)
        (back,) = await watches.list_behind(2)
        assert (back.seen, back.told, back.failures) == (1, 0.0, 1)
        await watches.advance(back, 3, told=True)
        await watches.put_back(kept, 2, 5)
        (later,) = await watches.list_chat(5)
        assert (later.seen, later.failures) == (3, 1)
        await watches.forgive(later)
        assert (await watches.list_chat(5))[0].failures == 0


async def test_moving_keeps_everything_but_the_chat(tmp_path):
    """A chat that moved is told in its new place what it watched, the place in the news unchanged."""
    async with keeping_watches(tmp_path) as watches:
        kept = await add(watches, "Varn bridge", chat=-5, seen=3)
        await watches.move(-5, -1005)
        await watches.move(-5, -1005)
        (moved,) = await watches.list_chat(-1005)
        assert moved == Watch(kept.token, -1005, None, "Varn bridge", "en", 3)
        assert await watches.list_chat(-5) == ()


async def test_forgetting_a_chat_deletes_what_was_stopped_too(tmp_path):
    """Nothing of a chat is left, and the count is of what was still on."""
    async with keeping_watches(tmp_path) as watches:
        stopped = await add(watches, "Varn bridge")
        await add(watches, "flood")
        await add(watches, "flood", chat=6)
        await watches.stop(5, stopped.token)
        assert await watches.forget_chat(5) == 1
        assert await watches.restore(5, stopped.token) is None
        assert await watches.count() == 1
