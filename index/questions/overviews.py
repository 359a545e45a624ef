"""Questions for an overview ("What happened in Lindover?", "any news?"): of a topic, or of whatever there is.

Part of parsing a question. The words around a topic stand in no report: search and quoting hold the topic
alone against the texts, and quoting then prefers the sentences that open the reports on it. Where there is no
topic at all, no words are searched: days.py lists what was published on the days and by the outlets named.
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
_NOTHING = re.compile("")
_UNSPOKEN = re.compile(r"[^\w']+")
_NAMES = frozenset({"will", "may"})  # question words that names begin with as well
_DAY, _OUTLET = "_d_", "_o_"  # stand for a date and an outlet in a question without a topic
_LEADS = (("published", _OUTLET), ("dating", _DAY))  # the lists of what leads up to them


class _Patterns(NamedTuple):
    """The patterns of all languages; a word of one is seldom one of another, and never a whole question."""

    opener: re.Pattern[str]
    bare: re.Pattern[str]
    bare_of: tuple[tuple[str, re.Pattern[str]], ...]
    slotted: re.Pattern[str]
    dated: re.Pattern[str]
    more: re.Pattern[str]
    slots: re.Pattern[str]
    closer: re.Pattern[str]
    narrower: re.Pattern[str]


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
    if opener is None or patterns.narrower.search(undated, opener.end()):
        return ""
    return patterns.closer.sub("", rest[opener.end() :]).strip(" ,:")


def _blank_out(text: str, dates: Sequence[Span]) -> str:
    """Return the text with commas for its dates, which the patterns let stand before a preposition."""
    for start, end in dates:
        text = text[:start] + "," * (end - start) + text[end:]
    return text


def asks_for_anything(text: str) -> bool:
    """Return whether a question is for an overview and names no topic ("what's new?", "tell me more")."""
    patterns = _load_patterns()
    frames = _list_frames(text) if len(text) <= _LONGEST else ()
    return any(patterns.bare.fullmatch(frame) or patterns.more.fullmatch(frame) for frame in frames)


def asks_for_news(text: str, dates: Sequence[Span], outlets: Sequence[Span]) -> bool:
    """Return whether a question asks for the news, whatever it is about: of days, of outlets, or of neither.

    "What's new?", "news of 8 May", "What did the Courier report last week?"; a day or an outlet alone is such
    a question too. Any text is accepted.

    Args:
        dates, outlets: where the text names days and outlets, half-open; none overlaps another.
    """
    if len(text) > _LONGEST:
        return False
    marked = text
    for (start, end), mark in sorted(
        [(span, _DAY) for span in dates] + [(span, _OUTLET) for span in outlets], reverse=True
    ):
        marked = f"{marked[:start]} {mark} {marked[end:]}"
    patterns = _load_patterns()
    fitting = [patterns.bare]
    if dates or outlets:
        fitting += [patterns.slotted, _NOTHING]
    if dates:
        fitting.append(patterns.dated)
    frames = [" ".join(patterns.slots.sub(" ", f" {frame} ").split()) for frame in _list_frames(marked)]
    return any(pattern.fullmatch(frame) for pattern in fitting for frame in frames)


def name_language(text: str) -> str:
    """Return the language in which a question asks for the news of any day; English where none is known."""
    frames = _list_frames(text[:_LONGEST])
    named = _load_patterns().bare_of
    return next((name for name, bare in named if any(map(bare.fullmatch, frames))), "english")


def _list_frames(text: str) -> tuple[str, str]:
    """Return a question without marks and what is polite at its end, with and without what leads into it.

    What leads into a follow-up may begin a question for the news as well: "¿qué hay de nuevo?".
    """
    asked = _EDGES.sub("", text)
    spoken = (_UNSPOKEN.sub(" ", each.replace("’", "'")).strip() for each in (asked, split_lead(asked)[0]))
    whole, rest = (_load_patterns().closer.sub("", each) for each in spoken)
    return whole, rest


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
    languages = table.values()
    lists = {
        name: "|".join(pattern for language in languages for pattern in language[name])
        for name in ("openers", "bare", "slotted", "dated", "more", "closers")
    }
    words = {
        name: "|".join("|".join(language[name].split()) for language in languages)
        for name in ("clauses", "bounds")
    }
    slots = "|".join(f"{language[name]}{mark}" for language in languages for name, mark in _LEADS)
    return _Patterns(
        opener=re.compile(rf"(?:{lists['openers']})\s+", re.IGNORECASE),
        bare=re.compile(lists["bare"], re.IGNORECASE),
        bare_of=tuple(
            (name, re.compile("|".join(words["bare"]), re.IGNORECASE)) for name, words in table.items()
        ),
        slotted=re.compile(lists["slotted"], re.IGNORECASE),
        dated=re.compile(lists["dated"], re.IGNORECASE),
        more=re.compile(lists["more"], re.IGNORECASE),
        slots=re.compile(rf"(?<= )(?:{slots})(?: 's)?(?= )", re.IGNORECASE),
        closer=re.compile(rf"(?:,?\s+(?:{lists['closers']}))+$", re.IGNORECASE),
        narrower=re.compile(
            rf"\b(?:{words['clauses']})\b|\b(?:{words['bounds']})\s+(?!(?:the\s+)?\d|[A-ZÁÉÍÓÚÑА-ЯЁІЇЄҐ])"
        ),
    )
