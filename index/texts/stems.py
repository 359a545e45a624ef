"""The stem of an English word, by which its forms are one.

Used wherever words are compared: ranking and quoting, stories, copies and disputes.
"""

from __future__ import annotations

import re
from functools import lru_cache

_POSSESSIVE = re.compile(r"['’]s?$")
_SUFFIXES = (
    ("ational", "at"), ("ization", "iz"), ("isation", "iz"), ("fulness", "ful"), ("iveness", "iv"),
    ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ations", "at"), ("ation", "at"),
    ("ators", "at"), ("ator", "at"), ("ities", ""), ("ity", ""), ("ions", ""), ("ion", ""), ("ingly", ""),
    ("edly", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ances", ""), ("ance", ""),
    ("ences", ""), ("ence", ""), ("ers", ""), ("ors", ""), ("er", ""), ("or", ""), ("ed", ""), ("es", ""),
    ("ly", ""), ("al", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST_STEM = 3


@lru_cache(maxsize=100_000)
def stem_word(word: str) -> str:
    """Return a word's stem: lower case, without a possessive and one common English suffix.

    Coarser than Porter's stemmer on purpose ("evacuated", "evacuation" and "evacuees" should meet), and
    idempotent only for words, not for stems. Numbers lose their thousands separators.
    """
    word = _POSSESSIVE.sub("", word.lower())
    if any(letter.isdigit() for letter in word):
        return word.replace(",", "").rstrip(".")
    for suffix, ending in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) + len(ending) >= _SHORTEST_STEM:
            word = word[: len(word) - len(suffix)] + ending
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == "i":
        word = word[:-1] + "y"
    return word
