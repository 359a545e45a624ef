"""The queue of questions: so many at work at once, and chats that wait take turns.

The answer service lets every question wait here before it goes to a thread; asking tells the place in it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque


class Ticket:
    """One question's place in the queue.

    Attributes:
        key: the chat or the person that asks.
    """

    def __init__(self, queue: FairQueue, key: int) -> None:
        self._queue = queue
        self.key = key
        self._called: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def place(self) -> int:
        """How many questions will have been called once this one is, itself included; 0 once it is called."""
        return 0 if self._called.done() else self._queue.find_place(self)

    async def wait(self) -> None:
        """Wait to be called; from then on a place is taken, until `FairQueue.finish`."""
        try:
            await self._called
        except asyncio.CancelledError:
            self._queue.give_up(self, called=self._called.done() and not self._called.cancelled())
            raise

    def call(self) -> None:
        """Let it go ahead."""
        self._called.set_result(None)


class FairQueue:
    """Calls waiting questions, one of each chat after another, however many one chat has waiting.

    Args:
        places: questions at work at once.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._places = places
        self._waiting: OrderedDict[int, deque[Ticket]] = OrderedDict()  # the chat that is called next first

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return sum(len(tickets) for tickets in self._waiting.values())

    @property
    def at_work(self) -> int:
        """How many questions are being answered."""
        return self._places - self._free

    def join(self, key: int) -> Ticket:
        """Return a ticket at the end of its chat's line; it must be waited for."""
        ticket = Ticket(self, key)
        self._waiting.setdefault(key, deque()).append(ticket)
        self._call_next()
        return ticket

    def find_place(self, ticket: Ticket) -> int:
        """Return the place of a waiting ticket, counted from 1, if nobody else joins."""
        before = self._waiting[ticket.key].index(ticket)
        place, passed = 0, False
        for key, tickets in self._waiting.items():
            passed = passed or key == ticket.key  # chats after it in line come once less often before it
            place += min(len(tickets), before if passed else before + 1)
        return place + 1

    def give_up(self, ticket: Ticket, *, called: bool) -> None:
        """Take a ticket out whose question is not asked any more."""
        if called:
            self.finish()
            return
        tickets = self._waiting[ticket.key]
        tickets.remove(ticket)
        if not tickets:
            del self._waiting[ticket.key]

    def finish(self) -> None:
        """Note that a question has been answered, and call the next."""
        self._free += 1
        self._call_next()

    def _call_next(self) -> None:
        while self._free and self._waiting:
            key, tickets = next(iter(self._waiting.items()))
            ticket = tickets.popleft()
            if tickets:
                self._waiting.move_to_end(key)
            else:
                del self._waiting[key]
            self._free -= 1
            ticket.call()
