"""Which worker handles which update, where several processes serve one bot over one data folder.

The update processor enters every update here that concerns the bot: one that is delivered to two processes
is handled once, the updates of one chat are handled in order whichever process they came to, and what a
process had not finished when it died is handled by another, or by itself after a restart.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from enum import Enum

from bot.memory.schema import Database
from bot.memory.state import State

_LOG = logging.getLogger(__name__)

BEAT_SECONDS = 3.0
"""Between two signs of life of a worker."""

DEAD_SECONDS = 30.0
"""After the last sign of life, a worker's unfinished updates may be taken over and are not waited for."""

KEPT_SECONDS = 86_400.0
"""How long an update is remembered; Telegram keeps what it could not deliver for a day."""

TRIES = 2
"""How often an update is begun at most, so that one that kills its process does not kill all, for ever."""

LOOK_SECONDS = 0.1
"""Between two looks at what another process is at."""


class Claim(Enum):
    """Whose an update is: this worker's to handle, nobody's any more, or another living worker's."""

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
        self._held: set[int] = set()  # its own that it has not left, even where that could not be written

    async def claim(self, number: int, chat: int | None, content: str) -> Claim:
        """Take an update, if it is to be had, and return whose it is.

        What another worker has is asked for again: once that worker is done it is nobody's any more; where
        the worker dies before, it is this one's.

        Args:
            number: of the update, as Telegram counts them; within a chat later ones are greater.
            chat: whose updates are to be handled in order; None for no order.
            content: the update; kept, encrypted, until it is handled.
        """
        content = self._state.seal(content)
        key = None if chat is None else self._state.hash_number(chat)
        claim = await self._state.run(lambda database: self._claim(database, number, key, content))
        if claim is Claim.MINE:
            self._held.add(number)
        return claim

    async def begin(self, number: int, chat: int) -> bool:
        """Begin to handle an update, and say whether it is its turn.

        It is not while a living worker has an earlier update of the chat, or has begun a later one that came
        to it first.
        """
        key = self._state.hash_number(chat)
        return await self._state.run(lambda database: self._begin(database, number, key))

    async def leave(self, number: int) -> None:
        """Note that an update has been handled; only its number is kept on."""
        self._held.discard(number)
        query = "update arrivals set done = 1, content = null, chat = null where number = ?"
        await self._state.run(lambda database: database.execute(query, [number]))

    @asynccontextmanager
    async def at_work(self, take_over: Callable[[str], Awaitable[None]]) -> AsyncIterator[None]:
        """Give signs of life while the block runs; then say that this worker is gone.

        Args:
            take_over: is handed the content of each update that a dead worker has left unfinished; it must
                claim it here again.
        """
        await self._beat()
        beating = asyncio.create_task(self._keep_beating(take_over))
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

    async def _keep_beating(self, take_over: Callable[[str], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                left = await self._state.run(self._adopt)
            except sqlite3.Error:  # the next sign of life is a few seconds away
                _LOG.exception("no sign of life could be given")
                continue
            for content in left:
                try:
                    await take_over(self._state.unseal(content))
                except Exception:  # whatever one brings about, the others are answered and the signs go on
                    _LOG.exception("an update that another worker left could not be taken over")

    async def _beat(self) -> None:
        await self._state.run(lambda database: self._give_sign(database, self._clock()))

    def _give_sign(self, database: Database, now: float) -> None:
        """Give a sign of life, and forget what is past its time."""
        database.table("workers").upsert({"worker": self._worker, "beat": now}, pk="worker")
        database.execute("delete from workers where beat < ?", [now - KEPT_SECONDS])
        database.execute("delete from arrivals where at < ?", [now - KEPT_SECONDS])

    def _claim(self, database: Database, number: int, key: str | None, content: str) -> Claim:
        now = self._clock()
        query = (
            "select done, arrivals.worker = ? or coalesce(beat, 0) <= ?, tries from arrivals"
            " left join workers on workers.worker = arrivals.worker where number = ?"
        )
        row = database.execute(query, [self._worker, now - DEAD_SECONDS, number]).fetchone()
        done, free, tries = row or (0, 1, 0)
        if done or (free and tries >= TRIES):
            return Claim.DONE
        if not free:
            return Claim.ELSEWHERE
        taken = {"number": number, "chat": key, "worker": self._worker, "at": now, "done": 0, "begun": 0}
        database.table("arrivals").upsert({**taken, "content": content, "tries": tries + 1}, pk="number")
        return Claim.MINE

    def _adopt(self, database: Database) -> list[str]:
        """Take the unfinished updates of dead workers, oldest first, and return their contents.

        A sign of life goes with it: what this worker takes, no other one takes from it at once.
        """
        now = self._clock()
        self._give_sign(database, now)
        query = (  # what will not be begun again is not kept either
            "update arrivals set done = 1, content = null, chat = null where done = 0 and tries >= ?"
            " and worker not in (select worker from workers where beat > ?)"
        )
        database.execute(query, [TRIES, now - DEAD_SECONDS])
        query = (
            "select number, content from arrivals left join workers on workers.worker = arrivals.worker"
            " where done = 0 and content is not null and tries < ? and coalesce(beat, 0) <= ?"
            " and arrivals.worker <> ? order by number"
        )
        rows = database.execute(query, [TRIES, now - DEAD_SECONDS, self._worker]).fetchall()
        for number, _ in rows:
            query = "update arrivals set worker = ?, begun = 0 where number = ?"
            database.execute(query, [self._worker, number])
        return [content for _, content in rows]

    def _begin(self, database: Database, number: int, key: str) -> bool:
        query = (
            "select number, arrivals.worker from arrivals join workers on workers.worker = arrivals.worker"
            " where chat = ? and done = 0 and number <> ? and (number < ? or begun = 1) and beat > ?"
        )
        values = [key, number, number, self._clock() - DEAD_SECONDS]
        before = database.execute(query, values).fetchall()
        if any(worker != self._worker or other in self._held for other, worker in before):
            return False
        database.execute("update arrivals set begun = 1 where number = ?", [number])
        return True
