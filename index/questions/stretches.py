"""Stretches of days: whole months and their shares, and what words that move with the day of asking mean.

Used by periods.py, which reads them off a question, and by date_ranges.py, which joins them.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

SHARES = {
    "early": (0.0, 0.34),
    "beginning": (0.0, 0.34),
    "start": (0.0, 0.34),
    "mid": (0.33, 0.67),
    "middle": (0.33, 0.67),
    "late": (0.66, 1.0),
    "end": (0.66, 1.0),
    "first half": (0.0, 0.5),
    "second half": (0.5, 1.0),
}
"""How much of a period its parts are, from and to, in [0, 1]; thirds overlap, since they are vague."""

DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
"""Days of a unit, as far as they are counted from today."""

_UNITS = frozenset({"week", "weekend", "month", "quarter", "year"})  # that "this" and "last" stand before


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both included.

    Attributes:
        every: "year" or "week" where the words leave open in which one; else "".
    """

    first: date
    last: date
    every: str = ""

    def move_years(self, years: int) -> Period:
        """Return the same days of the calendar so many years later; a whole month stays whole."""
        whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]

        def move(day: date, wanted: int) -> date:
            ends = monthrange(day.year + years, day.month)[1]
            return date(day.year + years, day.month, min(wanted, ends))

        return Period(
            move(self.first, self.first.day), move(self.last, 31 if whole else self.last.day), self.every
        )

    def join(self, other: Period) -> Period:
        """Return the days from this period to another, which begins after it wherever the words allow that.

        "From 30 December to 3 January" ends in the next year; "Friday to Monday" began in the week before.
        """
        first, last = self, other
        if last.first < first.first:
            if last.every == "year":
                last = last.move_years(1)
            elif first.every == "year":
                first = first.move_years(-1)
            elif first.every == "week":
                first = Period(first.first - timedelta(weeks=1), first.last - timedelta(weeks=1))
        return Period(min(first.first, last.first), max(first.last, last.last))


def month_period(index: int) -> Period:
    """Return the month that lies so many months after January of the year 0."""
    year, month = index // 12, index % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def take_share(period: Period, part: str | None) -> Period:
    """Return the early, middle or late share of a period; thirds overlap by a day, since they are vague."""
    if not part:
        return period
    begin, end = SHARES[part.casefold()]
    days = (period.last - period.first).days + 1
    first = period.first + timedelta(days=round(begin * days))
    return Period(first, period.first + timedelta(days=max(1, round(end * days)) - 1), period.every)


def name_days(name: str, today: date) -> Period:
    """Resolve "last week" to the week before this one, from Monday; "past week" to seven days.

    "The weekend" is the last that has begun; a word that is not known is today.
    """
    which, _, unit = name.partition(" ")
    if unit not in _UNITS:
        back = {"last night": 1, "yesterday": 1, "day before yesterday": 2}.get(name, 0)
        day = today - timedelta(days=back)
        return Period(day, today if name == "last night" else day)
    if which == "past" and unit != "weekend":
        return Period(today - timedelta(days=DAYS[unit]), today)
    begun = which == "the" and today.weekday() >= 5
    step = 0 if begun else {"this": 0, "next": 1}.get(which, -1)
    if unit in {"week", "weekend"}:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    index = ((today.year * 12 + today.month - 1) // months + step) * months
    return Period(month_period(index).first, month_period(index + months - 1).last)
