"""Conversations: the last questions of each person in each place, for as long as a follow-up may come.

Kept encrypted in the state, so that every process of the bot knows them. Asking recalls turns before a
question and remembers one after it; /forgetme, the bot's removal from a chat, and time delete them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import NamedTuple

from pydantic import TypeAdapter

from bot.memory.schema import Database
from bot.memory.state import State
from index.questions.turns import Turn

MAX_TURNS = 6
"""Turns kept of one conversation; older ones are forgotten."""

_TURN: TypeAdapter[Turn] = TypeAdapter(Turn)


class Conversing(NamedTuple):
    """Whose conversation it is: one person's, in one topic of one chat (None outside topics)."""

    chat: int
    thread: int | None
    person: int


class Conversations:
    """Turns by conversation, bounded in number and in time.

    Args:
        minutes: how long a turn is kept; 0 keeps none.
        since: turns from before are not recalled; for a front end that numbers its messages from one at
            each start.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        state: State,
        minutes: float = 30.0,
        *,
        since: float = -math.inf,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._state = state
        self._seconds = minutes * 60.0
        self._since = since
        self._clock = clock

    async def recall(self, who: Conversing) -> tuple[Turn, ...]:
        """Return the turns of a conversation, newest last."""
        query = (
            "select content from turns where chat = ? and thread is ? and person = ? and at > ?"
            " order by number desc limit ?"
        )
        values = [*self._name(who), self._limit(), MAX_TURNS]
        rows = await self._state.read(lambda database: database.execute(query, values).fetchall())
        return tuple(self._unseal(content) for (content,) in reversed(rows))

    async def find_answered(self, chat: int, answer: int) -> Turn | None:
        """Return the turn that a message of the bot answered, whoever asked; None where it is forgotten."""
        query = (
            "select content from turns where chat = ? and answer = ? and at > ? order by number desc limit 1"
        )
        values = [self._state.hash_number(chat), answer, self._limit()]
        row = await self._state.read(lambda database: database.execute(query, values).fetchone())
        return self._unseal(row[0]) if row is not None else None

    async def remember(self, who: Conversing, turn: Turn, answer: int) -> None:
        """Keep a turn as its conversation's newest.

        Args:
            answer: number of the message that answered it; numbers are unique within a chat.
        """
        if self._seconds <= 0:
            return
        chat, thread, person = self._name(who)
        content = self._state.seal(_TURN.dump_json(turn).decode())
        row = {"chat": chat, "thread": thread, "person": person, "answer": answer, "at": self._clock()}
        surplus = (
            "delete from turns where chat = ? and thread is ? and person = ? and number not in"
            " (select number from turns where chat = ? and thread is ? and person = ?"
            " order by number desc limit ?)"
        )

        def keep(database: Database) -> None:
            database.table("turns").insert({**row, "content": content})
            database.execute(surplus, [chat, thread, person, chat, thread, person, MAX_TURNS])

        await self._state.run(keep)

    async def count_person(self, person: int) -> int:
        """Return the number of turns that are kept of a person's conversations, wherever they were."""
        query = "select count(*) from turns where person = ? and at > ?"
        values = [self._state.hash_number(person), self._clock() - self._seconds]
        return await self._state.read(lambda database: int(database.execute(query, values).fetchone()[0]))

    async def forget_person(self, person: int) -> int:
        """Delete a person's conversations, wherever they were, and return the number of turns."""
        await self.purge()
        return await self._delete("person = ?", self._state.hash_number(person))

    async def forget_chat(self, chat: int) -> int:
        """Delete all conversations of a chat and return the number of turns."""
        return await self._delete("chat = ?", self._state.hash_number(chat))

    async def purge(self) -> int:
        """Delete the turns that are past their time and return how many they were."""
        return await self._delete("at <= ?", self._clock() - self._seconds)

    def _limit(self) -> float:
        return max(self._clock() - self._seconds, self._since)

    def _name(self, who: Conversing) -> tuple[str, int | None, str]:
        return self._state.hash_number(who.chat), who.thread, self._state.hash_number(who.person)

    def _unseal(self, content: str) -> Turn:
        return _TURN.validate_json(self._state.unseal(content))

    async def _delete(self, condition: str, value: str | float) -> int:
        query = f"delete from turns where {condition}"
        return int(await self._state.run(lambda database: database.execute(query, [value]).rowcount))
