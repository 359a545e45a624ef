"""Updates of one bot over two processes: each handled once, in order within a chat, also after a death."""

from __future__ import annotations

import asyncio

import pytest

from bot.memory import arrivals as module
from bot.memory.arrivals import DEAD_SECONDS, KEPT_SECONDS, Arrivals, Claim
from bot.memory.state import State
from tests.telegram_checks import ANN, BEN


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


UPDATE = '{"update_id": 5, "message": "Is the bridge lost?"}'


async def ignore(content):
    """Take over nothing."""


@pytest.fixture
def clock():
    """A clock that stands still."""
    return Clock()


@pytest.fixture
async def pair(tmp_path, clock):
    """Two workers over one folder, each with a connection of its own, both at work."""
    states = [State(tmp_path, 30), State(tmp_path, 30)]
    for state in states:
        await state.open()
    one, two = (Arrivals(state, clock) for state in states)
    async with one.at_work(ignore), two.at_work(ignore):
        yield one, two
    for state in states:
        await state.close()


async def test_an_update_that_reaches_both_is_handled_once(pair):
    """Of two workers that are handed one update at once, one handles it, and the other never does."""
    one, two = pair
    assert await one.claim(5, ANN, UPDATE) is Claim.MINE
    assert await two.claim(5, ANN, UPDATE) is Claim.ELSEWHERE
    await one.leave(5)
    assert await two.claim(5, ANN, UPDATE) is Claim.DONE
    assert await two.claim(6, None, UPDATE) is Claim.MINE


async def test_an_update_of_a_dead_worker_is_taken_over(pair, clock):
    """What a worker had under way when it died is handled when Telegram delivers it again."""
    one, two = pair
    assert await one.claim(5, ANN, UPDATE) is Claim.MINE
    assert await two.claim(5, ANN, UPDATE) is Claim.ELSEWHERE
    clock.now += DEAD_SECONDS + 1
    await two._beat()
    assert await two.claim(5, ANN, UPDATE) is Claim.MINE


async def test_a_chat_is_in_order_over_both(pair):
    """A worker waits for an earlier update of its chat that another one has; not for a later one."""
    one, two = pair
    await one.claim(5, ANN, UPDATE)
    await one.claim(9, ANN, UPDATE)
    await two.claim(7, ANN, UPDATE)
    await two.claim(8, BEN, UPDATE)
    assert not await two.begin(7, ANN)
    assert await two.begin(8, BEN)
    assert await one.begin(5, ANN)
    await one.leave(5)
    assert not await one.begin(9, ANN)
    assert await two.begin(7, ANN)
    assert not await one.begin(9, ANN)
    await two.leave(7)
    assert await one.begin(9, ANN)


async def test_an_update_that_comes_late_waits_for_what_was_begun(pair):
    """A later update that was begun first is not joined by an earlier one that came to another worker."""
    one, two = pair
    await two.claim(7, ANN, UPDATE)
    assert await two.begin(7, ANN)
    await one.claim(5, ANN, UPDATE)
    assert not await one.begin(5, ANN)
    await two.leave(7)
    assert await one.begin(5, ANN)


async def test_what_was_begun_is_nobody_s_once_its_worker_is_dead(pair, clock):
    """An update that a dead worker had begun and a living one adopts keeps no earlier one waiting."""
    one, two = pair
    await two.claim(7, ANN, UPDATE)
    assert await two.begin(7, ANN)
    await one.claim(5, ANN, UPDATE)
    clock.now += DEAD_SECONDS + 1
    third = Arrivals(one._state, clock)
    await one._beat()
    assert len(await third._state.run(third._adopt)) == 1
    assert await one.begin(5, ANN)


async def test_a_dead_worker_is_not_waited_for(pair, clock):
    """A chat goes on a few seconds after the worker that had its update died."""
    one, two = pair
    await one.claim(5, ANN, UPDATE)
    await two.claim(6, ANN, UPDATE)
    assert not await two.begin(6, ANN)
    clock.now += DEAD_SECONDS + 1
    await two._beat()
    assert await two.begin(6, ANN)
    assert await two.count_workers() == 1


async def test_updates_are_forgotten_after_a_day(pair, clock):
    """Nothing is kept of an update longer than Telegram could deliver it again."""
    one, _ = pair
    await one.claim(5, ANN, UPDATE)
    await one.leave(5)
    clock.now += KEPT_SECONDS + 1
    await one._beat()
    query = "select count(*) from arrivals"
    assert await one._state.read(lambda database: database.execute(query).fetchone()) == (0,)


async def test_a_worker_that_ends_is_counted_no_more(tmp_path):
    """While it works a worker gives signs of life, and when it ends it says so."""
    state = State(tmp_path, 30)
    await state.open()
    arrivals = Arrivals(state)
    async with arrivals.at_work(ignore):
        assert await arrivals.count_workers() == 1
    assert await arrivals.count_workers() == 0
    await state.close()


async def test_a_restart_answers_what_was_left_and_nothing_twice(tmp_path, clock):
    """After a crash the updates that Telegram delivers again are those that were not finished."""
    state = State(tmp_path, 30)
    await state.open()
    crashed = Arrivals(state, clock)
    await crashed._beat()
    await crashed.claim(5, ANN, UPDATE)
    await crashed.leave(5)
    await crashed.claim(6, ANN, UPDATE)
    clock.now += DEAD_SECONDS + 1
    restarted = Arrivals(state, clock)
    claims = [await restarted.claim(number, ANN, UPDATE) for number in (5, 6, 7)]
    assert claims == [Claim.DONE, Claim.MINE, Claim.MINE]
    await state.close()


async def test_what_a_dead_worker_left_is_taken_over_once(tmp_path, clock, monkeypatch):
    """What a process left unfinished is handed to one of the others, without Telegram, oldest first."""
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.01)
    states = [State(tmp_path, 30) for _ in range(3)]
    for state in states:
        await state.open()
    dead, *living = (Arrivals(state, clock) for state in states)
    await dead._beat()
    for number, content in ((7, "seven"), (5, "five"), (6, "six")):
        await dead.claim(number, ANN, content)
    await dead.leave(6)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"seven" not in stored
    taken = []

    async def take(content):
        taken.append(content)
        if content == "five":
            raise RuntimeError("unforeseen")

    async with living[0].at_work(take), living[1].at_work(take):
        await asyncio.sleep(0.1)
        assert taken == []
        clock.now += DEAD_SECONDS + 1
        for worker in living:
            await worker._beat()
        await asyncio.sleep(0.2)
    assert taken == ["five", "seven"]
    for state in states:
        await state.close()


async def test_an_update_that_kills_is_not_tried_for_ever(pair, clock):
    """An update that was begun twice and never finished is left alone, even when it is delivered again."""
    one, two = pair
    assert await one.claim(5, ANN, UPDATE) is Claim.MINE
    clock.now += DEAD_SECONDS + 1
    await two._beat()
    assert await two.claim(5, ANN, UPDATE) is Claim.MINE
    clock.now += DEAD_SECONDS + 1
    await one._beat()
    assert await one._state.run(one._adopt) == []
    assert await one.claim(5, ANN, UPDATE) is Claim.DONE
    query = "select content, chat from arrivals"
    left = await one._state.read(lambda database: database.execute(query).fetchall())
    assert left == [(None, None)], "what will never be answered is not kept"


async def test_nothing_is_left_of_what_was_handled(pair):
    """Once an update is handled only its number stays."""
    one, _ = pair
    await one.claim(5, ANN, UPDATE)
    await one.leave(5)
    query = "select content, chat from arrivals"
    assert await one._state.read(lambda database: database.execute(query).fetchall()) == [(None, None)]
