"""What the bot itself keeps: answers behind buttons, and votes, in one SQLite file.

People are known here only by a keyed hash of their id. Each migration is a numbered function that is
never edited; a change is a new one.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlite_utils import Database, Migrations

from bot.buttons import View, Vote
from index.datatypes import Answer, NoAnswer, Quote

ResultT = TypeVar("ResultT")

DATABASE_FILE = "bot.db"
KEY_FILE = "bot.key"

_DAY = 86_400.0  # seconds
_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
_NO_ANSWER: TypeAdapter[NoAnswer] = TypeAdapter(NoAnswer)

migrations = Migrations("bot")


@migrations()
def m001_answers(database: Database) -> None:
    """Answers, as long as their buttons are to work."""
    database.table("answers").create(
        {"token": str, "created": float, "asker": str, "answered": int, "shown": int, "content": str},
        pk="token",
        not_null={"created", "asker", "answered", "shown", "content"},
    )
    database.table("answers").create_index(["created"])
    database.table("answers").create_index(["asker"])


@migrations()
def m002_votes(database: Database) -> None:
    """Votes, with the question and the quotes they are about."""
    database.table("votes").create(
        {"token": str, "voter": str, "vote": str, "created": float, "question": str, "quotes": str},
        pk=("token", "voter"),
        not_null={"vote", "created", "question", "quotes"},
    )
    database.table("votes").create_index(["voter"])


@migrations()
def m003_chats(database: Database) -> None:
    """What chats have chosen; here the chat's id itself is needed."""
    database.table("chats").create({"chat": int, "choices": str}, pk="chat", not_null={"choices"})


@migrations()
def m004_opens(database: Database) -> None:
    """The view that an answer's message opens with: the answer itself, or what somebody said."""
    database.table("answers").add_column("opens", str, not_null_default=View.ANSWER.value)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer behind buttons.

    Attributes:
        token: names it in callback data; cannot be guessed.
        result: without the passages that were ranked.
        shown: number of quotes that the answer shows at first.
        opens: the view that its message opens with; SAID for a list of what somebody said.
    """

    token: str
    result: Answer | NoAnswer
    shown: int
    opens: View = View.ANSWER

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All its quotes; of a "no answer", the nearest ones."""
        return self.result.quotes if isinstance(self.result, Answer) else self.result.nearest


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How much is kept."""

    answers: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `State.forget_person` deleted."""

    answers: int
    votes: int


class State:
    """The bot's own database; every method may be awaited from the event loop.

    Its connection lives in one thread of its own, since a SQLite connection belongs to one thread.
    """

    def __init__(self, folder: Path, retention_days: int) -> None:
        self._folder = folder
        self._retention = retention_days * _DAY
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="state")
        self._database: Database | None = None
        self._key = b""

    async def open(self) -> None:
        """Open the file, creating and migrating it as needed, and delete what is past its time."""
        await self._run(self._open)
        await self.purge()

    async def close(self) -> None:
        """Close the file."""
        await self._run(lambda: self._database.close() if self._database is not None else None)
        self._thread.shutdown()

    async def keep_answer(
        self, asker: int, result: Answer | NoAnswer, shown: int, opens: View = View.ANSWER
    ) -> KeptAnswer:
        """Keep an answer for its buttons and return it with its token."""
        kept = KeptAnswer(secrets.token_urlsafe(9), replace(result, hits=()), shown, opens)
        await self._run(lambda: self._keep_answer(asker, kept))
        return kept

    async def find_answer(self, token: str) -> KeptAnswer | None:
        """Return a kept answer, or None for one that is gone."""
        return await self._run(lambda: self._find_answer(token))

    async def cast_vote(self, kept: KeptAnswer, voter: int, vote: Vote) -> bool:
        """Keep a person's vote on an answer in place of an earlier one; False where the same took it back."""
        return await self._run(lambda: self._cast_vote(kept, voter, vote))

    async def forget_person(self, person: int) -> Forgotten:
        """Delete everything that was kept about a person."""
        return await self._run(lambda: self._forget_person(person))

    async def list_votes(self) -> list[dict[str, Any]]:
        """Return every vote as `{question, quotes: [[article, start, end], ...], vote}`, oldest first."""
        return await self._run(self._list_votes)

    async def list_chats(self) -> dict[int, dict[str, Any]]:
        """Return the choices of every chat that has made any."""
        return await self._run(self._list_chats)

    async def keep_chat(self, chat: int, choices: dict[str, Any]) -> None:
        """Keep a chat's choices in place of earlier ones."""
        row = {"chat": chat, "choices": json.dumps(choices)}
        await self._run(lambda: self._write(lambda: self._db.table("chats").upsert(row, pk="chat")))

    async def forget_chat(self, chat: int) -> bool:
        """Delete a chat's choices and say whether there were any."""
        query = "delete from chats where chat = ?"
        return await self._run(lambda: self._write(lambda: self._db.execute(query, [chat]).rowcount > 0))

    async def count(self) -> StateCounts:
        """Return how much is kept."""
        return await self._run(self._count)

    async def purge(self) -> int:
        """Delete answers that are past their time and return how many they were."""
        return await self._run(self._purge)

    async def _run(self, function: Callable[[], ResultT]) -> ResultT:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    @property
    def _db(self) -> Database:
        assert self._database is not None, "State.open comes first"
        return self._database

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._key = _load_key(self._folder / KEY_FILE)
        self._database = Database(sqlite3.connect(self._folder / DATABASE_FILE, timeout=30.0))
        self._database.enable_wal()
        self._database.execute("PRAGMA synchronous = NORMAL")  # a crash loses the last answers, not the file
        self._database.execute("PRAGMA secure_delete = ON")  # deleted means overwritten
        migrations.apply(self._database)

    def _hash(self, person: int) -> str:
        return hashlib.blake2b(str(person).encode(), key=self._key, digest_size=16).hexdigest()

    def _keep_answer(self, asker: int, kept: KeptAnswer) -> None:
        answered = isinstance(kept.result, Answer)
        content = _ANSWER.dump_json(kept.result) if answered else _NO_ANSWER.dump_json(kept.result)  # type: ignore[arg-type]
        row = {
            "token": kept.token,
            "created": time.time(),
            "asker": self._hash(asker),
            "answered": int(answered),
            "shown": kept.shown,
            "opens": kept.opens.value,
            "content": content.decode(),
        }
        with self._db.atomic():
            self._db.table("answers").insert(row)

    def _find_answer(self, token: str) -> KeptAnswer | None:
        row = self._first("select answered, shown, opens, content from answers where token = ?", token)
        if row is None:
            return None
        answered, shown, opens, content = row
        result = _ANSWER.validate_json(content) if answered else _NO_ANSWER.validate_json(content)
        return KeptAnswer(token, result, shown, View(opens))

    def _cast_vote(self, kept: KeptAnswer, voter: int, vote: Vote) -> bool:
        key = (kept.token, self._hash(voter))
        earlier = self._first("select vote from votes where token = ? and voter = ?", *key)
        with self._db.atomic():
            if earlier is not None and earlier[0] == vote.value:
                self._db.table("votes").delete(key)
                return False
            spans = [[quote.citation.article, quote.start, quote.end] for quote in kept.quotes[: kept.shown]]
            row = {
                "token": kept.token,
                "voter": key[1],
                "vote": vote.value,
                "created": time.time(),
                "question": kept.result.question.text,
                "quotes": json.dumps(spans),
            }
            self._db.table("votes").upsert(row, pk=("token", "voter"))
        return True

    def _forget_person(self, person: int) -> Forgotten:
        digest = self._hash(person)
        with self._db.atomic():
            answers = self._db.execute("delete from answers where asker = ?", [digest]).rowcount
            votes = self._db.execute("delete from votes where voter = ?", [digest]).rowcount
        return Forgotten(answers, votes)

    def _count(self) -> StateCounts:
        answers = self._first("select count(*) from answers")
        up = self._first("select count(*) from votes where vote = ?", Vote.UP.value)
        down = self._first("select count(*) from votes where vote = ?", Vote.DOWN.value)
        return StateCounts(*(row[0] if row else 0 for row in (answers, up, down)))

    def _purge(self) -> int:
        with self._db.atomic():
            limit = time.time() - self._retention
            return int(self._db.execute("delete from answers where created < ?", [limit]).rowcount)

    def _list_votes(self) -> list[dict[str, Any]]:
        rows = self._db.execute("select question, quotes, vote from votes order by created, token, voter")
        return [
            {"question": question, "quotes": json.loads(quotes), "vote": Vote(vote).name.lower()}
            for question, quotes, vote in rows.fetchall()
        ]

    def _list_chats(self) -> dict[int, dict[str, Any]]:
        rows = self._db.execute("select chat, choices from chats").fetchall()
        return {chat: json.loads(choices) for chat, choices in rows}

    def _write(self, function: Callable[[], ResultT]) -> ResultT:
        with self._db.atomic():
            return function()

    def _first(self, query: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(query, list(values)).fetchone()
        return row


def _load_key(path: Path) -> bytes:
    """Return the key of the hashes, made on the first run and readable by its owner only."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        key = secrets.token_bytes(32)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        return key
