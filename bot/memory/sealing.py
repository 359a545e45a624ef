"""Unlocking the database: the vault for its keys, what is stored in plain sealed, old keys replaced.

The state does this once, when it opens the file, while no other process does.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.memory.schema import SEALED, Database
from bot.memory.vault import KeyRing, Vault, VaultError, make_key

_LOG = logging.getLogger(__name__)

PLAIN_KEY_FILE = "bot.key"
"""Where releases before encryption kept the key of the hashes."""

_PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What reading and writing the database takes.

    Attributes:
        people: the key of the hashes that stand for people and chats.
    """

    vault: Vault
    people: bytes

    def hash_number(self, number: int) -> str:
        """Return what stands for a person's or a chat's number; the same for both, 32 characters."""
        return hashlib.blake2b(str(number).encode(), key=self.people, digest_size=16).hexdigest()


def unlock(database: Database, ring: KeyRing, folder: Path) -> Unlocked:
    """Return the vault that opens a migrated database, within a transaction of the caller.

    The first time, a key is made where there is none, and all that is stored is sealed. Later, where the
    newest key is not the one that things are sealed with, all are sealed anew.

    Raises:
        VaultError: where the keys are missing or others than those that the data was sealed with.
    """
    keys = ring.read()
    row = database.execute("select value from facts where name = ?", [_PEOPLE]).fetchone()
    if row is None:
        return _seal_first(database, Vault(keys or _make_keys(ring)), folder)
    what = f"What is stored in {folder} is encrypted, and "
    remedy = (
        "Put the right key back. To give up instead what is stored there (answers behind buttons, votes, "
        "settings, watches), delete its files bot.db*."
    )
    if not keys:
        raise VaultError(f"{what}the key that was in {ring.origin} is missing. {remedy}")
    vault = Vault(keys)
    try:
        people = bytes.fromhex(vault.unseal(row[0]))
    except VaultError as error:
        raise VaultError(f"{what}the key in {ring.origin} does not open it. {remedy}") from error
    if not vault.is_newest(row[0]):
        count = seal_stored(database, vault)
        _LOG.info("%d stored texts are now sealed with the newest key", count)
    return Unlocked(vault, people)


def _make_keys(ring: KeyRing) -> tuple[str, ...]:
    from_now_on = (make_key(),)
    ring.write(from_now_on)
    _LOG.info("made a key in %s: keep a copy apart from the data; without it the data is lost", ring.file)
    return from_now_on


def _seal_first(database: Database, vault: Vault, folder: Path) -> Unlocked:
    plain = folder / PLAIN_KEY_FILE
    people = plain.read_bytes() if plain.exists() else secrets.token_bytes(32)
    unlocked = Unlocked(vault, people)
    for chat, choices in database.execute("select chat, choices from chats").fetchall():
        database.table("choices").insert({"chat": unlocked.hash_number(chat), "content": choices})
    database.table("chats").drop()
    database.table("facts").insert({"name": _PEOPLE, "value": people.hex()})
    seal_stored(database, vault)
    return unlocked


def seal_stored(database: Database, vault: Vault) -> int:
    """Seal every text of the sealed columns with the newest key and return how many they were."""
    count = 0
    for table, columns in SEALED.items():
        names = ", ".join(columns)
        settings = ", ".join(f"{column} = ?" for column in columns)
        for number, *stored in database.execute(f"select rowid, {names} from {table}").fetchall():
            renewed = [None if text is None else vault.renew(text) for text in stored]
            database.execute(f"update {table} set {settings} where rowid = ?", [*renewed, number])
            count += len(renewed)
    return count
