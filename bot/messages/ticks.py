"""Which times are labelled on a time axis: round ones, few enough to be read.

Charts take them; the phrasebook writes their days and months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.language.texts import Phrasebook

MAX_TICKS = 5

_HOURS, _DAYS, _MONTHS = (1, 3, 6, 12), (1, 2, 3, 7, 14), (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 1000)


def choose_ticks(first: datetime, last: datetime, phrases: Phrasebook) -> tuple[tuple[datetime, str], ...]:
    """Return at most MAX_TICKS times with labels, from first to last: the finest round ones that fit."""

    def hour(at: datetime) -> str:
        return f"{at:%H:%M}" if at.hour else day(at)

    def day(at: datetime) -> str:
        return phrases.write_day_of_year(at.date())

    def month(at: datetime) -> str:
        return phrases.write_month(at.date())

    for steps, walk, write in (
        (_HOURS, _step_hours, hour),
        (_DAYS, _step_days, day),
        (_MONTHS, _step_months, month),
        (_YEARS, _step_years, lambda at: str(at.year)),
    ):
        for step in steps:
            found = _take(walk(first, step), first, last)
            if found is not None:
                return tuple((at, write(at)) for at in found)
    return ()


def _take(times: Iterator[datetime], first: datetime, last: datetime) -> list[datetime] | None:
    """Return the times from first to last; None where they are too many."""
    found: list[datetime] = []
    for at in times:
        if at > last:
            return found
        if at >= first:
            found.append(at)
        if len(found) > MAX_TICKS:
            return None
    return found


def _step_hours(first: datetime, step: int) -> Iterator[datetime]:
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        yield at
        at += timedelta(hours=step)


def _step_days(first: datetime, step: int) -> Iterator[datetime]:
    """Yield every day that is a multiple of `step` days; for weeks, every Monday."""
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    at -= timedelta(days=(at.toordinal() - 1) % step)
    while True:
        yield at
        at += timedelta(days=step)


def _step_months(first: datetime, step: int) -> Iterator[datetime]:
    """Yield the first days of every `step` months; at the calendar's end there is no more."""
    months = (first.year * 12 + first.month - 1) // step * step
    while months // 12 <= 9999:
        if months >= 12:
            yield datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
        months += step


def _step_years(first: datetime, step: int) -> Iterator[datetime]:
    return _step_months(first, 12 * step)
