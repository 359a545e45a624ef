"""What chats watch: topics, each with the place to tell it in and how far its news has been told.

The handlers of /watch keep watches here, alerting goes through them, membership moves and deletes them. A
chat is known by a hash; its number, needed to write to it, is sealed with the topic. No person is kept.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.memory.schema import Database
from bot.memory.state import State

UNDO_SECONDS = 3600.0
"""How long a watch that was stopped can be brought back; then it is deleted."""

_COLUMNS = "token, content, seen, told, failures"


@dataclass(frozen=True, slots=True)
class Watch:
    """A topic that a chat watches.

    Attributes:
        token: names it in callback data.
        thread: the forum topic that is told, None outside topics.
        language: code of the language to tell it in where the chat has chosen none; may be empty.
        seen: the ledger's round whose news has been told.
        told: when it was last told anything, in seconds since 1970; 0 for never.
        failures: alerts in a row that could not be delivered.
    """

    token: str
    chat: int
    thread: int | None
    topic: str
    language: str = ""
    seen: int = 0
    told: float = 0.0
    failures: int = 0


class Refusal(Enum):
    """Why a watch was not added."""

    KNOWN = "known"
    FULL = "full"


class Watches:
    """The watches of all chats."""

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    async def add(
        self, chat: int, thread: int | None, topic: str, *, language: str, seen: int, limit: int
    ) -> Watch | Refusal:
        """Keep a watch, unless the same one is there or the chat has as many as it may have.

        Args:
            seen: the round from which on things are news to it.
        """
        watch = Watch(secrets.token_urlsafe(9), chat, thread, topic, language, seen)
        row = {
            "token": watch.token,
            "chat": self._state.hash_number(chat),
            "content": self._seal(watch),
            "seen": seen,
            "told": 0.0,
            "failures": 0,
            "created": self._clock(),
        }

        def insert(database: Database) -> Watch | Refusal:
            held = self._read(database, "chat = ? and stopped is null", [row["chat"]])
            if any(_is_same(watch, other) for other in held):
                return Refusal.KNOWN
            if len(held) >= limit:
                return Refusal.FULL
            database.table("watches").insert(row)
            return watch

        return await self._state.run(insert)

    async def list_chat(self, chat: int) -> tuple[Watch, ...]:
        """Return a chat's watches, oldest first."""
        values = [self._state.hash_number(chat)]
        return await self._state.read(
            lambda database: self._read(database, "chat = ? and stopped is null", values)
        )

    async def list_behind(self, round_: int) -> tuple[Watch, ...]:
        """Return the watches that have not been told up to a round, longest untold first."""
        return await self._state.read(
            lambda database: self._read(database, "seen < ? and stopped is null", [round_], "told, created")
        )

    async def count(self) -> int:
        """Return the number of watches."""
        query = "select count(*) from watches where stopped is null"
        return await self._state.read(lambda database: int(database.execute(query).fetchone()[0]))

    async def find(self, chat: int, thread: int | None, topic: str) -> Watch | None:
        """Return the watch of a topic in a place, if there is one."""
        wanted = Watch("", chat, thread, topic)
        return next((watch for watch in await self.list_chat(chat) if _is_same(watch, wanted)), None)

    async def stop(self, chat: int, token: str) -> Watch | None:
        """Stop a chat's watch and return it; None where it is not there. For an hour it can be restored."""
        values = [token, self._state.hash_number(chat)]
        query = "update watches set stopped = ? where token = ?"

        def mark(database: Database) -> Watch | None:
            found = self._read(database, "token = ? and chat = ? and stopped is null", values)
            if not found:
                return None
            database.execute(query, [self._clock(), token])
            return found[0]

        return await self._state.run(mark)

    async def restore(self, chat: int, token: str) -> Watch | None:
        """Bring a stopped watch of a chat back and return it; None where it is gone or watched anew."""
        values = [token, self._state.hash_number(chat)]

        def clear(database: Database) -> Watch | None:
            found = self._read(database, "token = ? and chat = ? and stopped is not null", values)
            held = self._read(database, "chat = ? and stopped is null", values[1:])
            if not found or any(_is_same(found[0], other) for other in held):
                return None
            database.execute("update watches set stopped = null where token = ?", [token])
            return found[0]

        return await self._state.run(clear)

    async def advance(self, watch: Watch, seen: int, *, told: bool) -> bool:
        """Note that a watch's news has been told up to a round, before it is told.

        False, and then nothing may be told, where it was stopped or another process has been faster.
        """
        when = self._clock() if told else watch.told
        query = "update watches set seen = ?, told = ? where token = ? and seen = ? and stopped is null"
        values = [seen, when, watch.token, watch.seen]
        return await self._state.run(lambda database: database.execute(query, values).rowcount == 1)

    async def put_back(self, watch: Watch, seen: int, failures: int) -> None:
        """Note that what was told up to a round has surely not arrived, so that it is told later.

        Args:
            failures: alerts in a row that could not be delivered, this one counted where it is to count.
        """
        query = "update watches set seen = ?, told = ?, failures = ? where token = ? and seen = ?"
        values = [watch.seen, watch.told, failures, watch.token, seen]
        await self._state.run(lambda database: database.execute(query, values).rowcount)

    async def forgive(self, watch: Watch) -> None:
        """Note that an alert arrived, so that earlier failures no longer count."""
        if watch.failures:
            query = "update watches set failures = 0 where token = ?"
            await self._state.run(lambda database: database.execute(query, [watch.token]).rowcount)

    async def drop(self, watch: Watch) -> None:
        """Delete a watch for good."""
        query = "delete from watches where token = ?"
        await self._state.run(lambda database: database.execute(query, [watch.token]).rowcount)

    async def forget_chat(self, chat: int) -> int:
        """Delete a chat's watches, the stopped ones too, and return how many were still on."""
        values = [self._state.hash_number(chat)]

        def delete(database: Database) -> int:
            count = "select count(*) from watches where chat = ? and stopped is null"
            (live,) = database.execute(count, values).fetchone()
            database.execute("delete from watches where chat = ?", values)
            return int(live)

        return await self._state.run(delete)

    async def move(self, old: int, new: int) -> None:
        """Carry a group's watches over to the supergroup that it became; a second call changes nothing."""
        before, after = self._state.hash_number(old), self._state.hash_number(new)

        def rewrite(database: Database) -> None:
            for watch in self._read(database, "chat = ?", [before]):
                moved = self._seal(Watch(watch.token, new, watch.thread, watch.topic, watch.language))
                database.execute(
                    "update watches set chat = ?, content = ? where token = ?", [after, moved, watch.token]
                )

        await self._state.run(rewrite)

    async def purge(self) -> None:
        """Delete the stopped watches that are past their time."""
        limit = [self._clock() - UNDO_SECONDS]
        query = "delete from watches where stopped < ?"
        await self._state.run(lambda database: database.execute(query, limit).rowcount)

    def _read(
        self, database: Database, where: str, values: list[Any], order: str = "created, rowid"
    ) -> tuple[Watch, ...]:
        rows = database.execute(f"select {_COLUMNS} from watches where {where} order by {order}", values)
        return tuple(self._open(*row) for row in rows.fetchall())

    def _seal(self, watch: Watch) -> str:
        return self._state.seal(json.dumps([watch.chat, watch.thread, watch.topic, watch.language]))

    def _open(self, token: str, content: str, seen: int, told: float, failures: int) -> Watch:
        chat, thread, topic, language = json.loads(self._state.unseal(content))
        return Watch(token, chat, thread, topic, language, seen, told, failures)


def _is_same(one: Watch, two: Watch) -> bool:
    """Whether two watches tell the same topic in the same place."""
    topics = {" ".join(watch.topic.casefold().split()).rstrip("?.! ") for watch in (one, two)}
    return (one.chat, one.thread) == (two.chat, two.thread) and len(topics) == 1
