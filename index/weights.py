"""Files of model weights, told by their hash: what is loaded is what was pinned.

The embedders check theirs before they load a model.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.errors import ModelError


def hash_file(path: Path, remedy: str = "run `make setup`") -> str:
    """Return a file's SHA-256 in hexadecimal; raise ModelError, which names the remedy."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}; {remedy}") from error
