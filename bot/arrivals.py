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

from bot.schema import Database
from bot.state import State
from bot.vault import VaultError

_LOG = logging.getLogger(__name__)

BEAT_SECONDS = 3.0
"""Between two signs of life of a worker."""

DEAD_SECONDS = 30.0
"""After the last sign of life, a worker's unfinished updates may be taken over and are not waited for."""

KEPT_SECONDS = 86_400.0
"""How long an update is remembered; Telegram keeps what it could not deliver for a day."""

TRIES = 2
"""How often an update is begun at most, so that one that kills its process does not kill all, for ever."""

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

    async def enter(self, number: int, chat: int | None, content: str) -> bool:
        """Take an update, and return whether it is this worker's to handle.

        An update that another worker has taken is waited for: once that worker is done it is nobody's any
        more; where the worker dies before, it is this one's.

        Args:
            number: of the update, as Telegram counts them; within a chat later ones are greater.
            chat: whose updates are to be handled in order; None for no order.
            content: the update; kept, encrypted, until it is handled.
        """
        content = self._state.seal(content)
        key = None if chat is None else self._state.hash_number(chat)
        while True:
            claim = await self._state.run(lambda database: self._claim(database, number, key, content))
            if claim is not _Claim.ELSEWHERE:
                return claim is _Claim.MINE
            await asyncio.sleep(_LOOK_SECONDS)

    async def await_turn(self, number: int, chat: int) -> None:
        """Wait until no other living worker has an earlier update of the chat under way."""
        key = self._state.hash_number(chat)
        while await self._state.read(lambda database: self._count_earlier(database, number, key)):
            await asyncio.sleep(_LOOK_SECONDS)

    async def leave(self, number: int) -> None:
        """Note that an update has been handled; only its number is kept on."""
        query = "update arrivals set done = 1, content = null, chat = null where number = ?"
        await self._state.run(lambda database: database.execute(query, [number]))

    @asynccontextmanager
    async def at_work(self, take_over: Callable[[str], Awaitable[None]]) -> AsyncIterator[None]:
        """Give signs of life while the block runs; then say that this worker is gone.

        Args:
            take_over: is handed the content of each update that a dead worker has left unfinished; it must
                enter it here again.
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
                for content in await self._state.run(self._adopt):
                    await take_over(self._state.unseal(content))
            except (sqlite3.Error, VaultError):  # the next sign of life is a few seconds away
                _LOG.exception("no sign of life could be given")

    async def _beat(self) -> None:
        await self._state.run(lambda database: self._give_sign(database, self._clock()))

    def _give_sign(self, database: Database, now: float) -> None:
        """Give a sign of life, and forget what is past its time."""
        database.table("workers").upsert({"worker": self._worker, "beat": now}, pk="worker")
        database.execute("delete from workers where beat < ?", [now - KEPT_SECONDS])
        database.execute("delete from arrivals where at < ?", [now - KEPT_SECONDS])

    def _claim(self, database: Database, number: int, key: str | None, content: str) -> _Claim:
        now = self._clock()
        query = (
            "select done, arrivals.worker = ? or coalesce(beat, 0) <= ?, tries from arrivals"
            " left join workers on workers.worker = arrivals.worker where number = ?"
        )
        row = database.execute(query, [self._worker, now - DEAD_SECONDS, number]).fetchone()
        done, free, tries = row or (0, 1, 0)
        if done or (free and tries >= TRIES):
            return _Claim.DONE
        if not free:
            return _Claim.ELSEWHERE
        taken = {"number": number, "chat": key, "worker": self._worker, "at": now, "done": 0}
        database.table("arrivals").upsert({**taken, "content": content, "tries": tries + 1}, pk="number")
        return _Claim.MINE

    def _adopt(self, database: Database) -> list[str]:
        """Take the unfinished updates of dead workers, oldest first, and return their contents.

        A sign of life goes with it: what this worker takes, no other one takes from it at once.
        """
        now = self._clock()
        self._give_sign(database, now)
        query = (
            "select number, content from arrivals left join workers on workers.worker = arrivals.worker"
            " where done = 0 and content is not null and tries < ? and coalesce(beat, 0) <= ?"
            " and arrivals.worker <> ? order by number"
        )
        rows = database.execute(query, [TRIES, now - DEAD_SECONDS, self._worker]).fetchall()
        for number, _ in rows:
            database.execute("update arrivals set worker = ? where number = ?", [self._worker, number])
        return [content for _, content in rows]

    def _count_earlier(self, database: Database, number: int, key: str) -> int:
        query = (
            "select count(*) from arrivals join workers on workers.worker = arrivals.worker"
            " where chat = ? and done = 0 and number < ? and arrivals.worker <> ? and beat > ?"
        )
        values = [key, number, self._worker, self._clock() - DEAD_SECONDS]
        return int(database.execute(query, values).fetchone()[0])
