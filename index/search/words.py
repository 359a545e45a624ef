"""A text's words, folded exactly as the catalogue's full-text index folds them.

Retrieval looks these words up, and ranking counts them in passages; both must see what SQLite saw.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def split_words(text: str) -> list[str]:
    """Return the words of `text` in order: runs of letters and digits, folded; never fails, for any text.

    It is SQLite's tokenizer `unicode61 remove_diacritics 2`: simple case folding, and marks taken off
    Latin letters only, so that "й" and "ё" stay what they are.
    """
    if not text.isascii():
        text = _FOREIGN.sub(_fold_run, unicodedata.normalize("NFC", text))
    return _WORD.findall(text.lower())


def _fold_run(run: re.Match[str]) -> str:
    return "".join(map(_fold_letter, run.group()))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    lower = letter.lower()
    base = unicodedata.normalize("NFD", lower)[0]
    if base.isascii() and base.isalpha():
        return base
    return lower.replace("ς", "σ")
