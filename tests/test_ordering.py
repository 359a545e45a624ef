"""The update processor: chats side by side, each in order, no chat in another one's way."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.memory.arrivals import Arrivals
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.scheduling.ordering import OrderedUpdateProcessor
from tests.telegram_checks import ANN, BEN, make_message


def message(number, chat):
    """Return an update with a message in a private chat."""
    return Update.de_json({"update_id": number, "message": make_message(chat, chat, "x", number)}, None)


class Handling:
    """Coroutines that take note of when they run and wait until they are let go."""

    def __init__(self):
        self.begun = []
        self.gate = asyncio.Event()

    async def handle(self, name):
        self.begun.append(name)
        await self.gate.wait()

    def start(self, processor, number, chat):
        name = f"{chat}/{number}"
        return asyncio.create_task(processor.process_update(message(number, chat), self.handle(name)))


async def settle():
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_waits_for_its_chat_takes_no_place():
    """A chat with many waiting updates holds one place, so that another chat's is handled at once."""
    processor, handling = OrderedUpdateProcessor(2), Handling()
    tasks = [handling.start(processor, number, ANN) for number in range(50)]
    tasks.append(handling.start(processor, 50, BEN))
    await settle()
    assert handling.begun == [f"{ANN}/0", f"{BEN}/50"]
    handling.gate.set()
    await asyncio.gather(*tasks)
    assert [name for name in handling.begun if name.startswith(f"{ANN}/")] == [
        f"{ANN}/{number}" for number in range(50)
    ]


async def test_places_bound_the_work_over_all_chats():
    """As many updates are at work at once as there are places."""
    processor, handling = OrderedUpdateProcessor(3), Handling()
    tasks = [handling.start(processor, number, 100 + number) for number in range(9)]
    await settle()
    assert len(handling.begun) == 3
    handling.gate.set()
    await asyncio.gather(*tasks)
    assert len(handling.begun) == 9


async def test_nothing_is_kept_of_chats_that_are_done():
    """When a chat's updates are done its lock is gone, and a failing handler keeps nobody waiting."""
    processor = OrderedUpdateProcessor(3)

    async def fail():
        raise LookupError

    failing = asyncio.create_task(processor.process_update(message(1, ANN), fail()))
    handling = Handling()
    handling.gate.set()
    following = handling.start(processor, 2, ANN)
    await asyncio.wait({failing, following})
    assert isinstance(failing.exception(), LookupError)
    assert handling.begun == [f"{ANN}/2"]
    assert not processor._locks


async def has_arrived(state, number):
    """Wait until an update is known to all processes: what has not arrived cannot be waited for."""
    query = "select count(*) from arrivals where number = ?"
    while not await state.read(lambda database: database.execute(query, [number]).fetchone()[0]):
        await asyncio.sleep(0.001)


async def ignore(content):
    """Take over nothing."""


async def test_an_update_that_comes_late_to_its_process_keeps_nobody_for_ever(tmp_path):
    """Where a process is handed 7 before 3, and another has 5 in between, all are handled, in order."""
    states = [State(tmp_path, 30), State(tmp_path, 30)]
    for state in states:
        await state.open()
    one, two = (Arrivals(state) for state in states)
    first, second = (OrderedUpdateProcessor(8, Preferences(each._state), each) for each in (one, two))
    handled, gate = [], asyncio.Event()

    async def handle(number):
        await gate.wait()
        handled.append(number)

    async with one.at_work(ignore), two.at_work(ignore):
        tasks = []
        for number, processor in ((1, first), (7, second), (5, first), (3, second)):
            tasks.append(asyncio.create_task(processor.process_update(message(number, ANN), handle(number))))
            await has_arrived(states[0], number)
        gate.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 20)
    assert handled == [1, 3, 5, 7]
    for state in states:
        await state.close()


async def test_two_processes_handle_an_update_once_and_a_chat_in_order(tmp_path):
    """Over one folder, updates that go now here, now there, and some to both, are handled once, in order."""
    states = [State(tmp_path, 30), State(tmp_path, 30)]
    for state in states:
        await state.open()
    arrivals = [Arrivals(state) for state in states]
    processors = [OrderedUpdateProcessor(8, Preferences(s), a) for s, a in zip(states, arrivals, strict=True)]
    handled, at_work = [], set()

    async def handle(number, chat):
        assert chat not in at_work, "two updates of one chat at once"
        at_work.add(chat)
        await asyncio.sleep(0.01)
        handled.append((chat, number))
        at_work.discard(chat)

    async with arrivals[0].at_work(ignore), arrivals[1].at_work(ignore):
        tasks = []
        for number in range(1, 25):
            chat = (ANN, BEN)[number // 2 % 2]
            for which in (0, 1) if number % 5 == 0 else (number % 2,):
                processing = processors[which].process_update(message(number, chat), handle(number, chat))
                tasks.append(asyncio.create_task(processing))
            await has_arrived(states[0], number)
        await asyncio.wait_for(asyncio.gather(*tasks), 20)
    for chat in (ANN, BEN):
        numbers = [number for where, number in handled if where == chat]
        assert numbers == [number for number in range(1, 25) if (ANN, BEN)[number // 2 % 2] == chat]
    for state in states:
        await state.close()


async def test_without_its_file_an_update_is_handled_all_the_same(tmp_path, caplog):
    """Where the state cannot be written, an update is rather handled twice than not at all."""
    state = State(tmp_path, 30)
    await state.open()
    await state.run(lambda database: database.execute("drop table arrivals"))
    processor, handling = OrderedUpdateProcessor(2, Preferences(state), Arrivals(state)), Handling()
    handling.gate.set()
    await handling.start(processor, 1, ANN)
    assert handling.begun == [f"{ANN}/1"]
    assert "could not be entered" in caplog.text
    await state.close()


async def test_of_what_is_not_for_the_bot_nothing_is_kept(tmp_path):
    """Chatter in a group is passed on to the handlers, and leaves not even its number behind."""
    state = State(tmp_path, 30)
    await state.open()
    kept = []
    processor = OrderedUpdateProcessor(
        2, Preferences(state), Arrivals(state), lambda update: update.message.message_id == 2
    )

    async def look():
        query = "select number, content is null from arrivals where done = 0"
        kept.append(await state.read(lambda database: database.execute(query).fetchall()))

    await processor.process_update(message(1, ANN), look())
    await processor.process_update(message(2, ANN), look())
    assert kept == [[], [(2, 0)]]
    await state.close()
