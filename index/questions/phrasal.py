"""Verbs of two words read as the plain verb that the reports have: "shot down" as "downed".

Answering does this to a question before it is parsed. The words of a phrase mean little apart: neither search
nor quoting finds "resign" by "step down".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("phrasal.toml")

Plain = tuple[tuple[str, ...], ...]
"""The forms of each verb that says what a phrase says, the form that fits first."""


def read_plainly(text: str, count: Callable[[str], int]) -> str:
    """Return a question with its two-word verbs as plain ones, where the reports hold those and not these.

    Args:
        text: any text; what is not in the table is left as it is.
        count: how many passages hold a word or phrase, as written.
    """
    phrases, pattern = _load_phrases()

    def replace(match: re.Match[str]) -> str:
        plain = phrases[" ".join(match.group().lower().split())]
        if count(match.group()):
            return match.group()
        return next((forms[0] for forms in plain if any(map(count, forms))), match.group())

    return pattern.sub(replace, text)


@cache
def _load_phrases() -> tuple[Mapping[str, Plain], re.Pattern[str]]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    phrases: dict[str, Plain] = {}
    for name, verbs in table["verbs"].items():
        head, particle = name.split()
        verbs_forms = [(verb, *table["plain"][verb].split()) for verb in verbs]
        for slot, form in enumerate((head, *table["forms"][head].split())):
            fitting = tuple((forms[slot], *forms) for forms in verbs_forms)
            phrases.setdefault(f"{form} {particle}", fitting)
    words = "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)
    return phrases, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
