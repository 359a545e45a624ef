"""What people write to a bot that is no question: a call for help, "stop", "are you sure?", "thanks".

Handlers look here before a question is searched for; what such words are stands in remarks.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_NUMBER = re.compile(r"\d{1,3}(?:[ .,]\d{3})*|\d+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


class Remark(StrEnum):
    """A kind of what is no question."""

    HELP = "help"
    STOP = "stop"
    DOUBT = "doubt"
    COURTESY = "courtesy"
    NUMBER = "number"


def find_remark(text: str) -> Remark | None:
    """Return what kind of remark a text is, in whichever of the bot's languages; None for a question.

    A year by itself is none: it asks the last question anew, for that year.
    """
    words = _AROUND.sub("", " ".join(text.split())).casefold().replace("’", "'")
    if _NUMBER.fullmatch(words) and not _YEAR.fullmatch(words):
        return Remark.NUMBER
    return _load_remarks().get(words)


@cache
def _load_remarks() -> Mapping[str, Remark]:
    table = tomllib.loads(files("bot.language").joinpath("remarks.toml").read_text(encoding="utf-8"))
    return {words: Remark(kind) for kind, listed in table.items() for words in listed}
