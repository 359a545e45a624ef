"""Questions for an overview ("What happened in Lindover?", "latest on the recount"), read as their topic.

Part of parsing a question. The words around the topic stand in no report: search and quoting hold the topic
alone against the texts, and quoting then prefers the sentences that open the reports on it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).with_suffix(".toml")
_LONGEST = 200  # code points of a question that may ask for an overview


class _Patterns(NamedTuple):
    opener: re.Pattern[str]
    more: re.Pattern[str]


def find_overview(text: str) -> str:
    """Return the topic of which a question asks for an overview, a slice of it; "" for any other question.

    A name alone ("Kestrel Lock"), or a single word, is such a question too. Any text is accepted.
    """
    asked = text.strip(" \t\n?!.…")
    if not asked or len(asked) > _LONGEST:
        return ""
    words = asked.split()
    if len(words) == 1 or all(word[0].isupper() for word in words):
        return asked
    patterns = _load_patterns()
    match = patterns.opener.match(asked)
    topic = asked[match.end() :].strip(" ,:") if match else ""
    return "" if patterns.more.search(topic) else topic


@cache
def _load_patterns() -> _Patterns:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    openers = "|".join(table["openers"])
    clauses, bounds = ("|".join(table[name].split()) for name in ("clauses", "bounds"))
    return _Patterns(
        re.compile(rf"(?:{openers})\s+", re.IGNORECASE),
        re.compile(rf"\b(?:(?:{clauses})\b|(?:{bounds})\s+(?!(?:the\s+)?\d|[A-Z]))"),
    )
