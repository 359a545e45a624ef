"""The days, months and years that a report names, told by its publication: "On October 3", "on Tuesday".

A later report tells of days that are asked about where it names them. (What days a question asks about is
read in questions/date_ranges.py; a report's own date in texts/dates.py.)
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from index.datatypes import Span
from index.questions.stretches import Period, month_period

_MONTHS = {name[:3]: number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
_WEEK = timedelta(days=7)  # how long a weekday's name alone means that day
_MONTH = timedelta(days=31)
_AHEAD = timedelta(days=183)  # how far ahead a report may name a day without its year

_MONTH_NAME = "|".join(
    rf"{name[:3]}\.|{name[:4]}\.|{name}" if name == "September" else rf"{name[:3]}\.|{name}"
    for name in calendar.month_name
    if name
)
_NAMED = re.compile(
    rf"""(?<![\w-])(?:
      (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?|(?P<lead>(?i:in|last|early|mid|late|since)[ -]))?
      (?P<month>{_MONTH_NAME})
      (?:\ (?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:.]\d|\d))?
      (?:,?\ (?P<year>(?:19|20)\d\d))?
    | (?P<alone>(?:19|20)\d\d)
    | (?P<weekday>{"|".join(_WEEKDAYS)})
    )(?![\w-]*\w)""",
    re.VERBOSE,
)


def names_within(first: date, last: date, text: str, published: date | None) -> bool:
    """Whether a text names a day, month or year that lies whole in a range.

    What stands without a year is the last such before the report's publication or, within half a year, the
    next one; it tells nothing in a report without a date. A weekday is that of the seven days before it.
    """
    return any(first <= period.first and period.last <= last for period in _read_periods(text, published))


def find_naming(
    first: date, last: date, text: str, sentences: Iterable[Span], published: date | None
) -> Span | None:
    """Return the first sentence that names a day, month or year within a range, None where none does."""
    return next((one for one in sentences if names_within(first, last, text[slice(*one)], published)), None)


def list_names(first: date, last: date) -> tuple[str, ...]:
    """Return what to search days by: names of each of a week or less, of a whole month or year; else ()."""
    if last - first < _WEEK:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return tuple(name for day in days for name in _list_day_names(day))
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return ()
    if after - first <= _MONTH:
        month = calendar.month_name[first.month]
        return (f"{month} {first.year}", month)
    return (str(first.year),) if first.month == after.month == 1 and first.year == last.year else ()


def _list_day_names(day: date) -> tuple[str, ...]:
    month = calendar.month_name[day.month]
    return f"{day.day} {month}", f"{month} {day.day}", calendar.day_name[day.weekday()]


def _read_periods(text: str, published: date | None) -> Iterator[Period]:
    for match in _NAMED.finditer(text):
        try:
            yield from _resolve(match, published)
        except ValueError:  # 31 February, or 29 February of another year
            continue


def _resolve(match: re.Match[str], published: date | None) -> Iterator[Period]:
    if match["alone"]:
        year = int(match["alone"])
        yield Period(date(year, 1, 1), date(year, 12, 31))
    elif match["weekday"]:
        if published:
            back = (published.weekday() - _WEEKDAYS[match["weekday"]]) % 7
            yield _single(published - timedelta(days=back))
    elif match["year"]:
        yield _take(match, int(match["year"]))
    elif published and (match["day"] or match["after"] or match["lead"]):
        this = _take(match, published.year)
        yield this if this.first <= published else this.move_years(-1)
        following = this if this.first > published else this.move_years(1)
        if following.first <= published + _AHEAD:
            yield following


def _take(match: re.Match[str], year: int) -> Period:
    """Return the day or the month that a match names, in a year; raise ValueError for one that is not."""
    month = _MONTHS[match["month"][:3]]
    day = match["day"] or match["after"]
    return _single(date(year, month, int(day))) if day else month_period(year * 12 + month - 1)


def _single(day: date) -> Period:
    return Period(day, day)
