"""Which worker handles which update, where several processes serve one bot over one data folder.

The update processor enters every update here: one that is delivered to two processes is handled once, and
the updates of one chat are handled in order whichever process they came to.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from enum import Enum

from bot.schema import Database
from bot.state import State

BEAT_SECONDS = 3.0
"""Between two signs of life of a worker."""

DEAD_SECONDS = 12.0
"""After the last sign of life, a worker's unfinished updates may be taken over and are not waited for."""

KEPT_SECONDS = 86_400.0
"""How long an update is remembered; Telegram keeps what it could not deliver for a day."""

_LOOK_SECONDS = 0.1  # between two looks at what another process is at


class _Claim(Enum):
    MINE = "mine"
    DONE = "done"
    ELSEWHERE = "elsewhere"


class Arrivals:
    """One worker's view of the updates that all workers have taken.

    Args:
        clock: seconds since 1970, the same for all processes.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock
        self._worker = secrets.token_hex(8)

    async def enter(self, number: int, chat: int | None) -> bool:
        """Take an update, and return whether it is this worker's to handle.

        An update that another worker has taken is waited for: once that worker is done it is nobody's any
        more; where the worker dies before, it is this one's.

        Args:
            number: of the update, as Telegram counts them; within a chat later ones are greater.
            chat: whose updates are to be handled in order; None for no order.
        """
        key = None if chat is None else self._state.hash_number(chat)
        while True:
            claim = await self._state.run(lambda database: self._claim(database, number, key))
            if claim is not _Claim.ELSEWHERE:
                return claim is _Claim.MINE
            await asyncio.sleep(_LOOK_SECONDS)

    async def await_turn(self, number: int, chat: int) -> None:
        """Wait until no other living worker has an earlier update of the chat under way."""
        key = self._state.hash_number(chat)
        while await self._state.read(lambda database: self._count_earlier(database, number, key)):
            await asyncio.sleep(_LOOK_SECONDS)

    async def leave(self, number: int) -> None:
        """Note that an update has been handled."""
        query = "update arrivals set done = 1 where number = ?"
        await self._state.run(lambda database: database.execute(query, [number]))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Give signs of life while the block runs; then say that this worker is gone."""
        await self._beat()
        beating = asyncio.create_task(self._keep_beating())
        try:
            yield
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
            query = "delete from workers where worker = ?"
            await self._state.run(lambda database: database.execute(query, [self._worker]))

    async def count_workers(self) -> int:
        """Return how many processes serve the bot at present, this one included."""
        query, alive = "select count(*) from workers where beat > ?", self._clock() - DEAD_SECONDS
        return int(await self._state.read(lambda database: database.execute(query, [alive]).fetchone()[0]))

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self._beat()

    async def _beat(self) -> None:
        """Give a sign of life, and forget what is past its time."""
        now = self._clock()

        def beat(database: Database) -> None:
            database.table("workers").upsert({"worker": self._worker, "beat": now}, pk="worker")
            database.execute("delete from workers where beat < ?", [now - KEPT_SECONDS])
            database.execute("delete from arrivals where at < ?", [now - KEPT_SECONDS])

        await self._state.run(beat)

    def _claim(self, database: Database, number: int, key: str | None) -> _Claim:
        now = self._clock()
        query = (
            "select done, arrivals.worker = ? or coalesce(beat, 0) <= ? from arrivals"
            " left join workers on workers.worker = arrivals.worker where number = ?"
        )
        row = database.execute(query, [self._worker, now - DEAD_SECONDS, number]).fetchone()
        if row is not None:
            done, free = row
            if done:
                return _Claim.DONE
            if not free:
                return _Claim.ELSEWHERE
        taken = {"number": number, "chat": key, "worker": self._worker, "at": now, "done": 0}
        database.table("arrivals").upsert(taken, pk="number")
        return _Claim.MINE

    def _count_earlier(self, database: Database, number: int, key: str) -> int:
        query = (
            "select count(*) from arrivals join workers on workers.worker = arrivals.worker"
            " where chat = ? and done = 0 and number < ? and arrivals.worker <> ? and beat > ?"
        )
        values = [key, number, self._worker, self._clock() - DEAD_SECONDS]
        return int(database.execute(query, values).fetchone()[0])
