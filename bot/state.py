"""What the bot itself keeps, in one SQLite file: its connection, its thread, and who may be read from it.

Handlers await its methods; a module with tables of its own hands its statements to `State.run`. People are
known here only by a keyed hash of their id.
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
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from bot import keeping
from bot.buttons import View, Vote
from bot.keeping import Forgotten, KeptAnswer, StateCounts
from bot.schema import Database, migrations
from index.datatypes import Answer, NoAnswer

ResultT = TypeVar("ResultT")

DATABASE_FILE = "bot.db"
KEY_FILE = "bot.key"

_BUSY_SECONDS = 30.0  # how long a statement waits for another process's
_DAY = 86_400.0  # seconds


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
        await self._work(self._open)
        await self.purge()

    async def close(self) -> None:
        """Close the file."""
        await self._work(lambda: self._database.close() if self._database is not None else None)
        self._thread.shutdown()

    async def run(self, function: Callable[[Database], ResultT]) -> ResultT:
        """Run statements as one transaction, and return what the function returns.

        An exception that the function raises undoes all that it did. Several processes may share the file:
        while the function runs, no other one writes, so it should be short and wait for nothing.
        """
        return await self._work(lambda: self._transact(function))

    async def read(self, function: Callable[[Database], ResultT]) -> ResultT:
        """Run a function that only reads; it waits for no other process."""
        return await self._work(lambda: function(self._db))

    def hash_person(self, person: int) -> str:
        """Return what stands for a person, or an anonymous admin's group, in every table."""
        return hashlib.blake2b(str(person).encode(), key=self._key, digest_size=16).hexdigest()

    async def keep_answer(
        self, asker: int, result: Answer | NoAnswer, shown: int, opens: View = View.ANSWER
    ) -> KeptAnswer:
        """Keep an answer for its buttons and return it with its token."""
        kept = KeptAnswer(secrets.token_urlsafe(9), replace(result, hits=()), shown, opens)
        await self.run(lambda database: keeping.insert_answer(database, self.hash_person(asker), kept))
        return kept

    async def find_answer(self, token: str) -> KeptAnswer | None:
        """Return a kept answer, or None for one that is gone."""
        return await self.read(lambda database: keeping.read_answer(database, token))

    async def cast_vote(self, kept: KeptAnswer, voter: int, vote: Vote) -> bool:
        """Keep a person's vote on an answer in place of an earlier one; False where the same took it back."""
        person = self.hash_person(voter)
        return await self.run(lambda database: keeping.write_vote(database, kept, person, vote))

    async def forget_person(self, person: int) -> Forgotten:
        """Delete the answers and votes that were kept about a person."""
        return await self.run(lambda database: keeping.delete_person(database, self.hash_person(person)))

    async def list_votes(self) -> list[dict[str, Any]]:
        """Return every vote as `{question, quotes: [[article, start, end], ...], vote}`, oldest first."""
        return await self.read(keeping.read_votes)

    async def list_chats(self) -> dict[int, dict[str, Any]]:
        """Return the choices of every chat that has made any."""
        query = "select chat, choices from chats"
        rows = await self.read(lambda database: database.execute(query).fetchall())
        return {chat: json.loads(choices) for chat, choices in rows}

    async def keep_chat(self, chat: int, choices: dict[str, Any]) -> None:
        """Keep a chat's choices in place of earlier ones."""
        row = {"chat": chat, "choices": json.dumps(choices)}
        await self.run(lambda database: database.table("chats").upsert(row, pk="chat"))

    async def forget_chat(self, chat: int) -> bool:
        """Delete a chat's choices and say whether there were any."""
        query = "delete from chats where chat = ?"
        return await self.run(lambda database: database.execute(query, [chat]).rowcount > 0)

    async def count(self) -> StateCounts:
        """Return how much is kept."""
        return await self.read(keeping.count_rows)

    async def purge(self) -> int:
        """Delete answers that are past their time and return how many they were."""
        limit = time.time() - self._retention
        return await self.run(lambda database: keeping.delete_answers_before(database, limit))

    async def _work(self, function: Callable[[], ResultT]) -> ResultT:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    @property
    def _db(self) -> Database:
        assert self._database is not None, "State.open comes first"
        return self._database

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self._folder / f"{DATABASE_FILE}.lock"):  # one process migrates, the others wait
            self._key = _load_key(self._folder / KEY_FILE)
            connection = sqlite3.connect(
                self._folder / DATABASE_FILE, timeout=_BUSY_SECONDS, isolation_level=None
            )
            self._database = Database(connection)
            self._database.enable_wal()
            self._database.execute("PRAGMA synchronous = NORMAL")  # a crash may lose the last answers
            self._database.execute("PRAGMA secure_delete = ON")  # deleted means overwritten
            migrations.apply(self._database)

    def _transact(self, function: Callable[[Database], ResultT]) -> ResultT:
        # A transaction that begins by reading cannot become a writing one once another process has written.
        self._db.execute("BEGIN IMMEDIATE")
        try:
            result = function(self._db)
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()
        return result


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
