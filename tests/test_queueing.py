"""The queue of questions: chats take turns, and the place that is told is true."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.queueing import FairQueue


@asynccontextmanager
async def called(queue, ticket):
    """Hold a place for the block."""
    await ticket.wait()
    try:
        yield
    finally:
        queue.finish()


async def work(queue, ticket, order, name):
    """Hold a place for one turn of the loop, and take note of when it was called."""
    async with called(queue, ticket):
        order.append(name)
        await asyncio.sleep(0)


async def test_a_chat_with_fifty_questions_delays_nobody():
    """However many questions one chat has waiting, another chat's is the second to be called."""
    queue, order = FairQueue(1), []
    busy = [work(queue, queue.join(1), order, f"busy {number}") for number in range(50)]
    other = queue.join(2)
    assert other.place == 2
    await asyncio.gather(*busy, work(queue, other, order, "other"))
    assert order.index("other") == 2
    assert [name for name in order if name != "other"] == [f"busy {number}" for number in range(50)]
    assert (queue.waiting, queue.at_work) == (0, 0)


async def test_never_more_at_work_than_places():
    """As many questions are at work at once as there are places, and no fewer while others wait."""
    queue, most = FairQueue(3), []

    async def hold(ticket):
        async with called(queue, ticket):
            most.append(queue.at_work)
            await asyncio.sleep(0.001)

    await asyncio.gather(*(hold(queue.join(number)) for number in range(20)))
    assert max(most) == 3
    assert queue.at_work == 0


@given(st.lists(st.integers(1, 4), min_size=1, max_size=25), st.integers(1, 3))
def test_the_place_that_is_told_is_the_place(keys, places):
    """Whoever is told a place is called when as many have been called, if nobody else joins."""

    async def play():
        queue, order = FairQueue(places), []
        tickets = [queue.join(key) for key in keys]
        told = [ticket.place for ticket in tickets]
        await asyncio.gather(*(work(queue, ticket, order, n) for n, ticket in enumerate(tickets)))
        waiting = [number for number in order if told[number]]
        assert [told[number] for number in waiting] == list(range(1, len(waiting) + 1))

    asyncio.run(play())


async def test_a_question_that_is_given_up_makes_room():
    """A question that is cancelled while it waits, or just as it is called, takes nobody's place."""
    queue = FairQueue(1)
    first, second, third = (queue.join(key) for key in (1, 2, 2))
    entered = asyncio.Event()

    async def hold(ticket):
        async with called(queue, ticket):
            entered.set()
            await asyncio.Event().wait()

    holding, waiting, last = (asyncio.create_task(hold(one)) for one in (first, second, third))
    await entered.wait()
    waiting.cancel()
    await asyncio.sleep(0)
    assert (queue.waiting, third.place) == (1, 1)
    holding.cancel()
    await asyncio.sleep(0)
    last.cancel()  # it may have been called already, and not know it yet
    for task in (holding, waiting, last):
        with pytest.raises(asyncio.CancelledError):
            await task
    assert (queue.waiting, queue.at_work) == (0, 0)


async def test_a_failure_at_work_makes_room():
    """A question that fails leaves its place to the next."""
    queue = FairQueue(1)
    failing, following = queue.join(1), queue.join(2)
    with pytest.raises(LookupError):
        async with called(queue, failing):
            raise LookupError
    async with called(queue, following):
        assert queue.at_work == 1
