"""Encryption of what is kept about people's questions, and where its keys come from.

The state seals every column that holds content before it is written, and opens it after it is read. The
keys stand in the environment or in a file of their own, never in the database or its folder by default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from index.errors import OnrecordError

KEY_VARIABLE = "ONRECORD_KEY"
KEY_FILE = "onrecord.key"

_FIRST = "gAAAA"  # what every Fernet token begins with: its version and the high bytes of its time


class VaultError(OnrecordError):
    """The keys are missing, malformed, or not those that the data was encrypted with."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Where the keys are.

    Attributes:
        file: holds one key a line, newest first; used where the variable is empty.
        variable: the value of ONRECORD_KEY: keys with commas between them, newest first.
    """

    file: Path
    variable: str = field(default="", repr=False)

    @classmethod
    def of(cls, file: Path, environ: Mapping[str, str]) -> KeyRing:
        """Return the key ring of an environment."""
        return cls(file, environ.get(KEY_VARIABLE, "").strip())

    @property
    def origin(self) -> str:
        """Where the keys are read from, in words for the operator."""
        return f"the variable {KEY_VARIABLE}" if self.variable else str(self.file)

    def read(self) -> tuple[str, ...]:
        """Return the keys, newest first; none where there is no file yet. Raise VaultError for no keys."""
        if self.variable:
            text = self.variable.replace(",", "\n")
        else:
            try:
                text = self.file.read_text(encoding="ascii")
            except FileNotFoundError:
                return ()
            except (OSError, UnicodeDecodeError) as error:
                raise VaultError(f"{self.file}: the key cannot be read: {error}") from error
        keys = tuple(line.strip() for line in text.splitlines() if line.strip())
        if not keys:
            raise VaultError(f"{self.origin} holds no key; `python run_bot.py --new-key` prints one")
        return keys

    def write(self, keys: Sequence[str]) -> None:
        """Write the file anew, readable by its owner only, in one step; else raise VaultError."""
        try:
            self._write(keys)
        except OSError as error:
            raise VaultError(
                f"{self.file}: the key cannot be written: {error.strerror or error}. Name another file "
                f"([bot] key_file), or put a key into {KEY_VARIABLE}."
            ) from error

    def _write(self, keys: Sequence[str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        written = self.file.with_name(f"{self.file.name}.new")
        written.unlink(missing_ok=True)
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("".join(f"{key}\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        written.replace(self.file)


class Vault:
    """Seals and opens texts with authenticated encryption (Fernet: AES-128-CBC with HMAC-SHA256).

    Args:
        keys: 32 random bytes each, in URL-safe base64, newest first. The first seals; every one opens.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError as error:
            raise VaultError(
                "a key is malformed: it is 32 random bytes in URL-safe base64, 44 characters; "
                "`python run_bot.py --new-key` prints one"
            ) from error
        self._first = fernets[0]
        self._all = MultiFernet(fernets)

    def seal(self, text: str) -> str:
        """Return a text encrypted with the newest key."""
        return self._first.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return what was sealed; raise VaultError where no key opens it."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise VaultError("none of the keys opens what is stored") from error

    def renew(self, stored: str) -> str:
        """Return a stored text sealed with the newest key, whether it was sealed before or plain."""
        if not is_sealed(stored):
            return self.seal(stored)
        return self.seal(self.unseal(stored))

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key sealed a text."""
        try:
            self._first.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True


def is_sealed(stored: str) -> bool:
    """Whether a stored text has the shape of a sealed one."""
    return stored.startswith(_FIRST)


def make_key() -> str:
    """Return a new random key."""
    return Fernet.generate_key().decode()
