"""Ranges of days that a question asks about: "last week", "before October 2023", "с 3 по 5 марта".

Used by question.py; what a period is stands in periods.py, its words in periods.toml. (How reports print
their own dates is another matter: dates.py.)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.answers import Dates
from index.questions.periods import Calendar
from index.questions.stretches import Period

_TABLE = Path(__file__).with_name("periods.toml")
_REACH = 40  # code points before a date in which the words that govern it are looked for
_REPORT_REACH = 90
_SEVERAL_DAYS = re.compile(r"\d{1,2}\D")  # of one month, where the period is longer than a day


@dataclass(frozen=True, slots=True)
class DateMention:
    """A range of days in a text, and the half-open offsets of the words that give it."""

    dates: Dates
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words around a period that change its meaning, compiled; those before it end where it begins.

    Two periods are a range with one of `joins_range` between them, and with one of `joins_pair` ("and")
    where `opens_range` leads up to the first.
    """

    week: re.Pattern[str]
    before: re.Pattern[str]
    until: re.Pattern[str]
    after: re.Pattern[str]
    since: re.Pattern[str]
    inside: re.Pattern[str]
    opens_range: re.Pattern[str]
    joins_range: re.Pattern[str]
    joins_pair: re.Pattern[str]
    report: re.Pattern[str]
    content: re.Pattern[str]


def find_dates(text: str, now: datetime, newest: date | None = None) -> tuple[DateMention, ...]:
    """Return the ranges of days that `text` names, in its order.

    A day or month without a year is the last one that is not after `newest` (or `now`), unless another
    date of the text gives a year. A bound is None where the words leave it open ("since March"). A range
    is `published` where the words tie it to a report ("the article of 8 February"); otherwise it is when
    something happened. Any text is accepted.
    """
    calendar, grammar = _load_words()
    today = now.date()
    found = calendar.find_periods(text, today, min(newest, today) if newest else today)
    return tuple(_read_ranges(text, grammar, found))


def write_year(text: str, year: int, now: datetime) -> str | None:
    """Return a text with a year behind its last day or month that lacks one, None where none does.

    "In October" becomes "in October 2022"; "last week" and "on Tuesday" are of no year.
    """
    for mention in reversed(find_dates(text, now)):
        dated = f"{text[: mention.end]} {year}{text[mention.end :]}"
        found = [one.dates for one in find_dates(dated, now) if one.start == mention.start]
        if found and mention.dates.phrase != found[0].phrase and str(year) in found[0].phrase:
            return dated
    return None


def write_day(day: date, language: str) -> str:
    """Return a day as `find_dates` reads it, in a language of periods.toml ("8 May 2025", "8 мая 2025")."""
    table = _read_table()
    months = table["months"].get(language, table["months"]["english"])
    of = table["of"].get(language, " ")
    return f"{day.day}{of}{months[day.month - 1].split()[0]}{of}{day.year}"


def _read_ranges(
    text: str, grammar: _Grammar, found: tuple[tuple[int, int, Period], ...]
) -> Iterator[DateMention]:
    """Join two periods to a range ("from A to B"), and open the bounds that words before one open."""
    position = 0
    while position < len(found):
        start, end, period = found[position]
        position += 1
        lead = text[max(0, start - _REACH) : start]
        opener = grammar.opens_range.search(lead)
        follower = found[position] if position < len(found) else None
        if follower and _is_range(text, grammar, end, follower[0], opened=opener is not None):
            end = follower[1]
            position += 1
            joined = period.join(follower[2])
            first: date | None = joined.first
            last: date | None = joined.last
            word = opener
        elif opener and _SEVERAL_DAYS.match(text, start) and period.first < period.last:
            first, last, word = period.first, period.last, opener
        else:
            first, last, word = _bound_period(period, lead, grammar)
            word = word or opener
        if word:
            start -= len(lead) - word.start()
        yield DateMention(
            Dates(first, last, _is_publication(text, grammar, start, end), text[start:end]), start, end
        )


def _is_range(text: str, grammar: _Grammar, start: int, end: int, *, opened: bool) -> bool:
    """Return whether the words between two periods, from `start` to `end`, make a range of them."""
    joints = (grammar.joins_range, grammar.joins_pair) if opened else (grammar.joins_range,)
    return any(joint.fullmatch(text, start, end) for joint in joints)


def _bound_period(
    period: Period, lead: str, grammar: _Grammar
) -> tuple[date | None, date | None, re.Match[str] | None]:
    """Return the bounds that the words before a period make of it, and those words."""
    one_day = timedelta(days=1)
    if word := grammar.week.search(lead):
        monday = period.first - timedelta(days=period.first.weekday())
        return monday, max(period.last, monday + timedelta(days=6)), word
    if word := grammar.before.search(lead):
        return None, max(period.first, date.min + one_day) - one_day, word
    if word := grammar.until.search(lead):
        return None, period.last, word
    if word := grammar.after.search(lead):
        return min(period.last, date.max - one_day) + one_day, None, word
    if word := grammar.since.search(lead):
        return period.first, None, word
    return period.first, period.last, grammar.inside.search(lead)


def _is_publication(text: str, grammar: _Grammar, start: int, end: int) -> bool:
    """Return whether a report-word governs the date: just after it, or before it, nothing told between."""
    if grammar.report.match(text[end : end + _REACH].lstrip(" ,'’s")):
        return True
    clause = re.split(r"[.;:?!\n]", text[max(0, start - _REPORT_REACH) : start])[-1]
    words = list(grammar.report.finditer(clause))
    return bool(words) and not grammar.content.search(clause, words[-1].end())


@lru_cache(maxsize=1)
def _load_words() -> tuple[Calendar, _Grammar]:
    table = _read_table()
    words = {name: _any_of(values) for name, values in table["words"].items()}
    leads = {
        name: re.compile(rf"\b(?:{words[name]})\s+(?:the\s+)?$", re.IGNORECASE)
        for name in ("week", "before", "until", "after", "since", "inside", "opens_range")
    }
    grammar = _Grammar(
        **leads,
        joins_range=_compile_joint(rf"[-–—]|\b(?:{words['joins_range']})\b"),
        joins_pair=_compile_joint(rf"\b(?:{words['joins_pair']})\b"),
        report=re.compile(rf"\b(?:{words['report']})\b", re.IGNORECASE),
        content=re.compile(rf"\b(?:{words['content']})\b", re.IGNORECASE),
    )
    joints = "|".join(words[name] for name in ("joins_range", "joins_pair", "joins_days"))
    moving = {form.casefold(): english for english, forms in table["moving"].items() for form in forms}
    months, weekdays = _number_names(table["months"]), _number_names(table["weekdays"])
    return Calendar(months, weekdays, joints, moving), grammar


@lru_cache(maxsize=1)
def _read_table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _compile_joint(words: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{words})\s*(?:the\s+)?", re.IGNORECASE)


def _number_names(table: dict[str, list[str]]) -> dict[str, int]:
    """Return each form of a name with its number from 1, over all languages of a table."""
    return {
        form: number
        for language in table.values()
        for number, forms in enumerate(language, start=1)
        for form in forms.casefold().split()
    }


def _any_of(words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
