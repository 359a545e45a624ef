"""What the bot itself keeps, in one SQLite file: its connection, its thread, its keys.

Handlers await its methods; a module with tables of its own hands its statements to `State.run`. People and
chats are known here by a keyed hash of their number, and what they asked and chose is encrypted.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from bot.memory import keeping
from bot.memory.keeping import KeptAnswer, PersonCounts, StateCounts
from bot.memory.schema import Database, migrations
from bot.memory.sealing import PLAIN_KEY_FILE, Unlocked, unlock
from bot.memory.vault import KEY_FILE, KeyRing
from bot.messages.presses import View, Vote
from index.answers import Answer, NoAnswer
from index.errors import DataFolderError

ResultT = TypeVar("ResultT")

DATABASE_FILE = "bot.db"

_BUSY_SECONDS = 30.0  # how long a statement waits for another process's
_DAY = 86_400.0  # seconds


class State:
    """The bot's own database; every method may be awaited from the event loop.

    Its connection lives in one thread of its own, since a SQLite connection belongs to one thread. Several
    processes of one machine may share the file.

    Args:
        retention_days: that an answer is kept for its buttons.
        vote_days: that a vote is kept.
        keys: of the encryption; by default a file in the folder, which a service does better to keep apart.
    """

    def __init__(
        self, folder: Path, retention_days: int, *, vote_days: int = 365, keys: KeyRing | None = None
    ) -> None:
        self._folder = folder
        self._retention = retention_days * _DAY
        self._vote_retention = vote_days * _DAY
        self._ring = keys or KeyRing(folder / KEY_FILE)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="state")
        self._database: Database | None = None
        self._unlocked: Unlocked | None = None
        self._closed = False

    async def open(self) -> None:
        """Open the file, creating and migrating it as needed, and delete what is past its time.

        Raises:
            VaultError: where its key is missing or another one.
        """
        await self._work(self._open)
        await self.purge()

    async def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
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

    def hash_number(self, number: int) -> str:
        """Return what stands for a person's or a chat's number in every table."""
        return self._open_vault.hash_number(number)

    def seal(self, text: str) -> str:
        """Return a text encrypted, as content is stored; the column belongs into `SEALED`."""
        return self._open_vault.vault.seal(text)

    def unseal(self, sealed: str) -> str:
        """Return a stored text; raise VaultError for one that is damaged."""
        return self._open_vault.vault.unseal(sealed)

    async def keep_answer(
        self, asker: int, result: Answer | NoAnswer, shown: int, opens: View = View.ANSWER
    ) -> KeptAnswer:
        """Keep an answer for its buttons and return it with its token."""
        kept = KeptAnswer(secrets.token_urlsafe(9), replace(result, hits=()), shown, opens)
        vault, person = self._open_vault.vault, self.hash_number(asker)
        await self.run(lambda database: keeping.insert_answer(database, vault, person, kept))
        return kept

    async def find_answer(self, token: str) -> KeptAnswer | None:
        """Return a kept answer, or None for one that is gone."""
        vault = self._open_vault.vault
        return await self.read(lambda database: keeping.read_answer(database, vault, token))

    async def cast_vote(self, kept: KeptAnswer, voter: int, vote: Vote) -> bool:
        """Keep a person's vote on an answer in place of an earlier one; False where the same took it back."""
        vault, person = self._open_vault.vault, self.hash_number(voter)
        return await self.run(lambda database: keeping.write_vote(database, vault, kept, person, vote))

    async def count_person(self, person: int) -> PersonCounts:
        """Return how many answers and votes are kept about a person."""
        return await self.read(lambda database: keeping.count_person(database, self.hash_number(person)))

    async def forget_person(self, person: int) -> PersonCounts:
        """Delete the answers and votes that were kept about a person."""
        return await self.run(lambda database: keeping.delete_person(database, self.hash_number(person)))

    async def list_votes(self) -> list[dict[str, Any]]:
        """Return votes: `{question, quotes: [[article, start, end, words], ...], vote}`, oldest first."""
        vault = self._open_vault.vault
        return await self.read(lambda database: keeping.read_votes(database, vault))

    async def find_choices(self, *chats: int) -> dict[int, dict[str, Any]]:
        """Return the choices of chats, an empty table for a chat that has made none."""
        vault, keys = self._open_vault.vault, {chat: self.hash_number(chat) for chat in chats}
        return await self.read(
            lambda database: {chat: keeping.read_choices(database, vault, key) for chat, key in keys.items()}
        )

    async def keep_chat(self, chat: int, choices: dict[str, Any]) -> None:
        """Keep a chat's choices in place of earlier ones."""
        vault, key = self._open_vault.vault, self.hash_number(chat)
        await self.run(lambda database: keeping.write_choices(database, vault, key, choices))

    async def forget_chat(self, chat: int) -> bool:
        """Delete a chat's choices and say whether there were any."""
        return await self.run(lambda database: keeping.delete_choices(database, self.hash_number(chat)))

    async def keep_secret(self, name: str, value: str) -> str:
        """Keep a secret of the installation unless there is one of that name; return the one that is kept."""
        vault = self._open_vault.vault
        return await self.run(lambda database: keeping.keep_fact(database, vault, name, value))

    async def count(self) -> StateCounts:
        """Return how much is kept."""
        return await self.read(keeping.count_rows)

    async def purge(self) -> int:
        """Delete answers and votes that are past their time, for good, and return how many they were."""
        now = time.time()
        answers, votes = now - self._retention, now - self._vote_retention
        gone = await self.run(lambda database: keeping.delete_before(database, answers, votes))
        await self._work(self._empty_log)
        return gone

    async def _work(self, function: Callable[[], ResultT]) -> ResultT:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    @property
    def _db(self) -> Database:
        assert self._database is not None, "State.open comes first"
        return self._database

    @property
    def _open_vault(self) -> Unlocked:
        assert self._unlocked is not None, "State.open comes first"
        return self._unlocked

    def _open(self) -> None:
        try:
            self._prepare()
        except OSError as error:
            raise DataFolderError(
                f"{self._folder}: cannot be written: {error.strerror or error}; "
                "make room there, or name another folder in [bot] data"
            ) from error

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self._folder / f"{DATABASE_FILE}.lock"):  # one process migrates, the others wait
            connection = sqlite3.connect(
                self._folder / DATABASE_FILE, timeout=_BUSY_SECONDS, isolation_level=None
            )
            self._database = Database(connection)
            self._database.enable_wal()
            self._database.execute("PRAGMA synchronous = NORMAL")  # a crash may lose the last answers
            self._database.execute("PRAGMA secure_delete = ON")  # deleted means overwritten
            migrations.apply(self._database)
            self._unlocked = self._transact(lambda database: unlock(database, self._ring, self._folder))
            self._empty_log()
            (self._folder / PLAIN_KEY_FILE).unlink(missing_ok=True)

    def _empty_log(self) -> None:
        """Let nothing that is deleted, or was stored in plain or under an old key, stay in the log."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

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
