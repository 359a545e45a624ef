"""A question as it is understood: outlets, names and dates in it, and the parts that it asks about.

The first step of reading; retrieval searches each part, and ranking makes the ten best passages cover them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from index.answers import Dates, Part, Question
from index.datatypes import Span
from index.questions.date_ranges import DateMention, find_dates
from index.questions.outlets import OutletMention, find_outlets
from index.questions.overviews import asks_for_news, find_overview
from index.questions.wording import choose_lexicon
from index.search.words import split_words

M = TypeVar("M", DateMention, OutletMention)

_TABLE = Path(__file__).with_suffix(".toml")
_LONGEST_TEXT = 4_000  # code points that are understood; the rest is searched for as plain words
_MAX_PARTS = 6
_MIN_WORDS = 3  # words with meaning that a part holds at least

_WORD = re.compile(r"\w+(?:['’&.-]\w+)*")
_CLITIC = re.compile(r"(?:n't|'(?:s|re|ll|ve|d|m))$")
_NAMED_DAY = re.compile(r"\b(?:Black|Cyber|Giving|Good|Ash|Palm|Holy|Easter|Maundy|Shrove|Super|Bloody)\s+$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of question.toml, compiled."""

    hollow: frozenset[str]
    latest: re.Pattern[str]
    boundary: re.Pattern[str]
    joint: re.Pattern[str]
    weak_joint: re.Pattern[str]


def parse_question(
    text: str,
    now: datetime,
    outlets: Sequence[str],
    aliases: Mapping[str, Sequence[str]],
    newest: date | None = None,
) -> Question:
    """Return what `text` asks for; any text of any length and script is accepted.

    Args:
        text: the question, complete in itself.
        now: aware time of asking, which "last week" is resolved against.
        outlets: the indexed names of outlets.
        aliases: further names of indexed outlets, by indexed name.
        newest: day of the newest report; a day without a year is the last one not after it.
    """
    words = _load_words()
    asked, head = text, text[:_LONGEST_TEXT]
    mentions = find_outlets(head, outlets, aliases)
    latest = words.latest.search(_blank_out(head, mentions))
    dated = find_dates(head, now, newest)
    days = [one for one in dated if not _is_named(head, one, mentions)]
    topic = find_overview(text, _spans_of(dated))
    anything = asks_for_news(text, _spans_of(days), _spans_of(mentions))
    if topic:
        start = text.rindex(topic)
        dated = tuple(_move_to_topic(dated, start))
        mentions = tuple(_move_to_topic(mentions, start))
        text = head = topic
    dates = [one for one in dated if not _is_named(head, one, mentions)]
    return Question(
        text=text,
        asked=asked,
        outlets=_unique(name for mention in mentions for name in mention.outlets),
        unknown_outlets=_unique(mention.name for mention in mentions if not mention.outlets),
        people=_find_names(head, mentions, dates),
        dates=_merge_dates([mention.dates for mention in dates]),
        parts=_split_parts(text, mentions, dates),
        latest=bool(latest),
        overview=bool(topic),
        complete=asked if topic else "",
        anything=anything,
    )


def _move_to_topic(found: Iterable[M], start: int) -> Iterator[M]:
    """Yield what a question names by offsets in its topic, empty ones for what stands before it."""
    for mention in found:
        yield replace(mention, start=max(0, mention.start - start), end=max(0, mention.end - start))


def _is_named(text: str, date: DateMention, mentions: Sequence[OutletMention]) -> bool:
    """Return whether a date is part of an outlet's name ("Business Today") or of a day's ("Black Friday")."""
    within = any(mention.start < date.end and date.start < mention.end for mention in mentions)
    return within or bool(_NAMED_DAY.search(text[: date.start]))


def content_words(text: str) -> list[str]:
    """Return the folded words of `text` that carry meaning, or all of them if none does."""
    hollow = _load_words().hollow
    words = split_words(text)
    return [word for word in words if word not in hollow] or words


def _find_names(
    text: str, mentions: Sequence[OutletMention], dates: Sequence[DateMention]
) -> tuple[str, ...]:
    """Return runs of capitalised words that are neither an outlet nor a date, nor what begins a question.

    A question that is written in capitals throughout names nobody that could be told: ().
    """
    hidden = _spans_of(mentions) + _spans_of(dates)
    opening = _load_words().hollow | choose_lexicon(text).asking - {"may"}  # a name, more often than not
    if text.isupper() and any(_drop_clitic(match.group()) in opening for match in _WORD.finditer(text)):
        return ()
    found: list[str] = []
    run: list[re.Match[str]] = []

    def close() -> None:
        while run and _drop_clitic(run[0].group()) in opening:
            run.pop(0)
        if run:
            name = text[run[0].start() : run[-1].end()]
            found.append(re.sub(r"['’]s$", "", name))
        run.clear()

    for match in _WORD.finditer(text):
        word = match.group()
        visible = not any(span.start < match.end() and match.start() < span.end for span in hidden)
        named = visible and word[0].isupper()
        if run and (
            not named or text[run[-1].end() : match.start()].strip() or run[-1].group().endswith(("'s", "’s"))
        ):
            close()
        if named:
            run.append(match)
    close()
    return _unique(found)


def _split_parts(
    text: str, mentions: Sequence[OutletMention], dates: Sequence[DateMention]
) -> tuple[Part, ...]:
    """Cut a question where it asks the next thing; a cut never leaves a part without meaning of its own.

    A part takes the outlets and dates that stand in it; outlets in a list ("as reported by A and B") go to
    every part that names none of its own.
    """
    words = _load_words()
    head = text[:_LONGEST_TEXT]
    protected = _spans_of(mentions) + _spans_of(dates)
    cuts = {0, *_cuts_between_outlets(head, mentions, words)}
    for match in words.boundary.finditer(head):
        cut = match.start() + (1 if match.group()[0] in ",;.?!" else 0)
        if not any(span.start < cut < span.end for span in protected):
            cuts.add(cut)
    starts = sorted(cuts)
    pieces = [Span(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    shared = _find_shared(head, mentions, words)
    merged: list[Span] = []
    for piece in pieces:
        if merged and not (
            _stands_alone(text, piece, protected, words) and _stands_alone(text, merged[-1], protected, words)
        ):
            merged[-1] = Span(merged[-1].start, piece.end)
        else:
            merged.append(piece)
    while len(merged) > _MAX_PARTS:
        shortest = min(range(1, len(merged)), key=lambda i: merged[i].end - merged[i - 1].start)
        merged[shortest - 1 : shortest + 1] = [Span(merged[shortest - 1].start, merged[shortest].end)]
    parts = []
    for piece in merged:
        own = tuple(name for name in _outlets_in(piece, mentions) if name not in shared)
        inside = [item.dates for item in dates if piece.start <= item.start < piece.end]
        parts.append(Part(text[slice(*piece)].strip(" ,;\n\t"), own or shared, _merge_dates(inside)))
    return tuple(parts) if len(parts) > 1 else (Part(text, _outlets_in(Span(0, len(text)), mentions), None),)


def _cuts_between_outlets(text: str, mentions: Sequence[OutletMention], words: _Words) -> Iterator[int]:
    """Yield a cut between outlets that are asked different things, at the last joint before the second."""
    for first, second in pairwise(mentions):
        between = Span(first.end, second.start)
        if _count_meaning(text, between, (), words) < _MIN_WORDS:
            continue
        joints = [match.start() for match in words.joint.finditer(text, *between)]
        joints = joints or [match.start() for match in words.weak_joint.finditer(text, *between)]
        if joints:
            yield joints[-1]


def _find_shared(text: str, mentions: Sequence[OutletMention], words: _Words) -> tuple[str, ...]:
    """Return the outlets that stand in one list ("A, B and C"): the whole question is asked of them."""
    shared: list[str] = []
    for first, second in pairwise(mentions):
        between = Span(first.end, second.start)
        if between.end - between.start < 12 and not _count_meaning(text, between, (), words):
            shared += [*first.outlets, *second.outlets]
    return _unique(shared)


def _stands_alone(text: str, piece: Span, protected: Sequence[Span], words: _Words) -> bool:
    """Return whether a piece asks something by itself: fewer words do beside an outlet or a date."""
    needed = 2 if any(piece.start <= span.start < piece.end for span in protected) else _MIN_WORDS
    return _count_meaning(text, piece, protected, words) >= needed


def _outlets_in(piece: Span, mentions: Sequence[OutletMention]) -> tuple[str, ...]:
    return _unique(
        name for item in mentions if piece.start <= item.start < piece.end for name in item.outlets
    )


def _count_meaning(text: str, piece: Span, protected: Sequence[Span], words: _Words) -> int:
    """Return the number of words in a piece that are no function word, reporting word, outlet or date."""
    return sum(
        1
        for match in _WORD.finditer(text, piece.start, piece.end)
        if _lower(match.group()) not in words.hollow
        and not any(span.start < match.end() and match.start() < span.end for span in protected)
    )


def _merge_dates(found: Sequence[Dates]) -> Dates | None:
    """Return the range that spans all, or all that bound publication where some do."""
    if not found:
        return None
    kept = [dates for dates in found if dates.published] or list(found)
    firsts, lasts = [dates.first for dates in kept], [dates.last for dates in kept]
    return Dates(
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
        kept[0].published,
        " … ".join(_unique(dates.phrase for dates in kept)),
    )


def _spans_of(items: Sequence[OutletMention] | Sequence[DateMention]) -> list[Span]:
    return [Span(item.start, item.end) for item in items]


def _blank_out(text: str, mentions: Sequence[OutletMention]) -> str:
    """Return the text with outlets' names replaced by blanks of the same length."""
    for item in mentions:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text


def _lower(word: str) -> str:
    return word.casefold().replace("’", "'")


def _drop_clitic(word: str) -> str:
    """Return a word in lower case without what is joined to it: "what" for "What's", "did" for "Didn't"."""
    return _CLITIC.sub("", _lower(word))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _compile_joint(joints: str, others: str) -> re.Pattern[str]:
    return re.compile(rf"{others}\s+(?=(?:{'|'.join(joints.split())})\s)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _load_words() -> _Words:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    boundary = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in table["boundaries"])
    openers = "|".join(re.escape(word) for word in table["openers"].split())
    return _Words(
        hollow=frozenset(table["hollow"].split()),
        latest=re.compile(rf"\b(?:{'|'.join(table['latest'])})\b", re.IGNORECASE),
        boundary=re.compile(
            rf"(?:,|;)\s+(?=(?:and\s+|or\s+|but\s+)?(?:{openers})\b)|(?:,|;)\s+(?=and\s)|[;?!]\s+(?=\w)|\.\s+(?=[A-Z])"
            rf"|(?<=[\w,'’\"”])\s+(?=(?:{boundary})\b)|(?<=[\w'’\"”])\s+(?=and\s+(?:{openers})\b)",
            re.IGNORECASE,
        ),
        joint=_compile_joint(table["joints"], r"(?<=,)\s+|"),
        weak_joint=_compile_joint(table["weak_joints"], ""),
    )
