"""Questions for an overview ("What happened in Lindover?", "latest on the recount"), read as their topic.

Part of parsing a question. The words around the topic stand in no report: search and quoting hold the topic
alone against the texts, and quoting then prefers the sentences that open the reports on it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.datatypes import Span
from index.questions.replacing import BRACKETED
from index.questions.wording import choose_lexicon, fold_words, split_lead

_TABLE = Path(__file__).with_suffix(".toml")
_LONGEST = 200  # code points of a question that may ask for an overview
_EDGES = re.compile(r"^[^\w\"'“‘«(]+|[^\w\"'”’»)%]+$")
_NAMES = frozenset({"will", "may"})  # question words that names begin with as well


class _Patterns(NamedTuple):
    opener: re.Pattern[str]
    bare: re.Pattern[str]
    closer: re.Pattern[str]
    more: re.Pattern[str]


def find_overview(text: str, dates: Sequence[Span] = ()) -> str:
    """Return the topic of which a question asks for an overview, a slice of it; "" for any other question.

    A name alone ("Kestrel Lock"), or a single word, is such a question too, and so is one that was completed
    from its conversation ("Any news? (the recount)"). Any text is accepted.

    Args:
        dates: where the text names days, with what leads up to them: no part of what is asked.
    """
    if about := BRACKETED.search(text):
        head = _blank_out(text, dates)[: about.start()]
        return about["topic"].strip() if asks_for_anything(head) else ""
    asked = _EDGES.sub("", text)
    if not asked or len(asked) > _LONGEST or asks_for_anything(asked):
        return ""
    patterns = _load_patterns()
    rest, led, _ = split_lead(asked)
    if _is_name(asked):
        return asked
    if led and rest and _is_name(rest):
        return rest
    begins = text.index(asked) + len(asked) - len(rest)
    undated = _blank_out(text, dates)[begins : begins + len(rest)]
    opener = patterns.opener.match(undated) or patterns.opener.match(rest)
    if opener is None or patterns.more.search(undated, opener.end()):
        return ""
    return patterns.closer.sub("", rest[opener.end() :]).strip(" ,:")


def _blank_out(text: str, dates: Sequence[Span]) -> str:
    """Return the text with commas for its dates, which the patterns let stand before a preposition."""
    for start, end in dates:
        text = text[:start] + "," * (end - start) + text[end:]
    return text


def asks_for_anything(text: str) -> bool:
    """Return whether a question is one for an overview that names no topic ("what's new?", "any news?")."""
    rest, _, _ = split_lead(_EDGES.sub("", text[: _LONGEST + 1]))
    return bool(_load_patterns().bare.fullmatch(rest))


def _is_name(asked: str) -> bool:
    """Return whether the words are a name, or one word: all capitalised, and none of them asks."""
    asking = choose_lexicon(asked).asking - _NAMES
    words = asked.split()
    told = words if asked.isupper() else words[:1]  # capitals throughout make no name of a question
    if any(fold_words(word) in asking for word in told):
        return False
    return len(words) == 1 or all(word[0].isupper() for word in words)


@cache
def _load_patterns() -> _Patterns:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    openers, bare, closers = ("|".join(table[name]) for name in ("openers", "bare", "closers"))
    clauses, bounds = ("|".join(table[name].split()) for name in ("clauses", "bounds"))
    return _Patterns(
        re.compile(rf"(?:{openers})\s+", re.IGNORECASE),
        re.compile(rf"(?:{bare})(?: ,+)*", re.IGNORECASE),
        re.compile(rf"(?:,?\s+(?:{closers}))+$", re.IGNORECASE),
        re.compile(rf"\b(?:{clauses})\b|\b(?:{bounds})\s+(?!(?:the\s+)?\d|[A-Z])"),
    )
