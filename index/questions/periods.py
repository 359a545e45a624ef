"""Days, months and other periods that a question names, each resolved to its first and last day.

Used by date_ranges.py, which adds what the words around a period make of it ("before", "from ... to").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_SHARES = {
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
_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNTS |= {"eight": 8, "nine": 9, "ten": 10, "couple of": 2, "few": 4, "several": 4}
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_VERBS = frozenset(
    {"may", "march"}
)  # months that are verbs behind these words, unless written with a capital
_BEFORE_VERBS = frozenset({"to", "and", "this"})


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


@dataclass(frozen=True, slots=True)
class _Context:
    """What a form is resolved against.

    Attributes:
        today: the day of asking, for relative forms.
        latest: a day without a year is the last such day not after this one.
        year: the year that another date of the same text gives, or None.
    """

    today: date
    latest: date
    year: int | None
    months: Mapping[str, int]
    weekdays: Mapping[str, int]


_Resolver = Callable[[re.Match[str], _Context], Period | None]


class Calendar:
    """The forms in which dates are written, for given names of months (1 to 12) and weekdays (1 to 7).

    `joints` is a regular expression of the words that stand between two days of one month.
    """

    def __init__(self, months: Mapping[str, int], weekdays: Mapping[str, int], joints: str) -> None:
        self._months = months
        self._weekdays = weekdays
        self._forms = tuple(
            (re.compile(pattern, re.IGNORECASE), resolve)
            for pattern, resolve in _list_forms(_any_of(months), _any_of(weekdays), joints)
        )

    def find_periods(self, text: str, today: date, latest: date) -> tuple[tuple[int, int, Period], ...]:
        """Return (start, end, period) in the order of `text`, half-open and disjoint.

        Where several forms fit the same words the earliest and then the longest wins. A date without a
        year takes the last year that the text gives elsewhere. Days that do not exist are passed over.
        """
        found = tuple(self._match_forms(text, today, latest, None))
        years = [period.first.year for _, _, period in found if period.every != "year"]
        if not years or len(years) == len(found):
            return found
        return tuple(self._match_forms(text, today, latest, years[-1]))

    def _match_forms(
        self, text: str, today: date, latest: date, year: int | None
    ) -> Iterator[tuple[int, int, Period]]:
        context = _Context(today, latest, year, self._months, self._weekdays)
        matches = sorted(
            (
                (*match.span("date"), order, match)
                for order, (form, _) in enumerate(self._forms)
                for match in form.finditer(text)
            ),
            key=lambda item: (item[0], -item[1], item[2]),
        )
        reached = 0
        for start, end, order, match in matches:
            if start < reached:
                continue
            try:
                period = self._forms[order][1](match, context)
            except (ValueError, OverflowError):  # 31 February, or a day before the year 1
                period, reached = None, end
            if period:
                reached = end
                yield start, end, period


def _list_forms(month: str, weekday: str, joints: str) -> list[tuple[str, _Resolver]]:
    """Return regular expressions with a group `date`, and what resolves a match of each."""
    count = r"\d{1,3}|(?:a\s+)?couple of|a few|" + "|".join(_COUNTS)
    year = r"(?P<year>(?:19|20)\d\d)"
    ordinal = r"(?:st|nd|rd|th|\.|-?го|er|º)?"
    of = r"(?:\s+(?:of|de|del))?"
    with_year = rf"(?:\.?,?{of}\s+{year}\b)?"
    part = rf"(?:(?:the\s+)?(?P<part>{'|'.join(_SHARES)})(?:[- ]| of (?:the )?))?"
    joint = rf"\s*(?:-|–|—|(?<=\s)(?:{joints})(?=\s))\s*"
    ends = r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|at|near)\b)"  # what follows a day, not a number of something
    governor = (
        r"\b(?:in|since|before|after|until|till|during|from|to|by|between|and|of|year|last|this|early|late|mid"
        r"|в|с|до|после|по|en|de|desde|depuis|avant|im|seit|vor|nach)\s+"
    )
    return [
        (r"\b(?P<date>today|tonight|this (?:morning|afternoon|evening)|last night|yesterday"
         r"|day before yesterday)\b", _resolve_near),
        (r"\b(?P<date>(?P<which>the)\s+(?P<unit>weekend))\b(?!\s+of\b)", _resolve_unit),
        (r"\b(?P<date>(?P<which>this|last|past|next)\s+(?P<unit>week|weekend|month|quarter|year))\b",
         _resolve_unit),
        (rf"\b(?P<date>(?:last|past)\s+(?P<count>{count})\s+(?P<unit>hour|day|week|month|year)s?)\b",
         _resolve_past),
        (rf"\b(?P<date>(?P<count>{count})\s+(?P<unit>day|week|month|year)s?\s+ago)\b", _resolve_ago),
        (rf"\b(?P<date>(?:(?P<which>last|this)\s+)?(?P<weekday>{weekday}))\b(?!,?\s+(?:\d|{month}))",
         _resolve_weekday),
        (r"\b(?P<date>(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d))\b", _resolve_day),
        (rf"\b(?P<date>(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{year})\b", _resolve_day),
        (rf"\b(?P<date>(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{year})\b", _resolve_slashes),
        (rf"\b(?P<date>(?P<day>\d{{1,2}}){ordinal}{joint}(?P<until>\d{{1,2}}){ordinal}{of}\s+"
         rf"(?P<month>{month})\b{with_year})", _resolve_day),
        (rf"\b(?P<date>(?P<day>\d{{1,2}}){ordinal}{of}\s+(?P<month>{month})\b{with_year})", _resolve_day),
        (rf"\b(?P<date>(?P<month>{month})\b\.?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?!\d){ordinal}"
         rf"(?:(?:\s*(?:-|–|to)\s*|{joint}(?=\d+{ordinal}{ends}))(?P<until>\d{{1,2}})(?!\d){ordinal})?"
         rf"(?:,?\s+{year}\b)?)", _resolve_day),
        (rf"\b(?P<date>{part}(?P<month>{month})\b\.?,?{of}\s+{year})\b", _resolve_month),
        (rf"{governor}(?!mars\b)(?P<date>{part}(?P<month>{month}))\b(?!\.?\s+\d)", _resolve_month),
        (r"\b(?:en|de|depuis|avant)\s+(?P<date>(?P<month>mars))\b(?!\.?\s+\d)", _resolve_month),  # no planet
        (rf"\b(?P<date>(?P<part>early|mid|late)[- ](?P<month>{month}))\b(?!\.?\s+\d)", _resolve_month),
        (rf"\b(?P<date>(?:the\s+)?(?P<part>{'|'.join(_SHARES)})\s+of\s+(?P<month>{month}))\b(?!\.?\s+\d)",
         _resolve_month),
        (rf"\b(?P<date>{part}(?P<season>{'|'.join(_SEASONS)})\s+(?:of\s+)?{year})\b", _resolve_season),
        (rf"\b(?P<date>Q(?P<quarter>[1-4])\s+(?:of\s+)?{year})\b", _resolve_quarter),
        (r"\b(?P<date>(?:the\s+)?(?P<decade>(?:19|20)\d0)s)\b", _resolve_decade),
        (rf"{governor}(?P<date>{part}{year})\b(?!-\d|\s+[a-z]+s\b)", _resolve_year),
        (rf"\b(?P<date>(?P<part>early|late|mid)[- ](?:in\s+)?{year})\b", _resolve_year),
        (rf"(?<=\()(?P<date>{year})(?=\))", _resolve_year),
    ]  # fmt: skip


def _any_of(names: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _month_period(index: int) -> Period:
    """Return the month that lies so many months after January of the year 0."""
    year, month = index // 12, index % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _take_share(period: Period, part: str | None) -> Period:
    """Return the early, middle or late share of a period; thirds overlap by a day, since they are vague."""
    if not part:
        return period
    begin, end = _SHARES[part.casefold()]
    days = (period.last - period.first).days + 1
    first = period.first + timedelta(days=round(begin * days))
    return Period(first, period.first + timedelta(days=max(1, round(end * days)) - 1), period.every)


def _resolve_near(match: re.Match[str], context: _Context) -> Period:
    back = {"last night": 1, "yesterday": 1, "day before yesterday": 2}.get(match["date"].casefold(), 0)
    day = context.today - timedelta(days=back)
    return Period(day, context.today if match["date"].casefold() == "last night" else day)


def _resolve_unit(match: re.Match[str], context: _Context) -> Period:
    """Resolve "last week" to the week before this one, from Monday; "past week" to seven days.

    "The weekend" is the last that has begun.
    """
    today, which, unit = context.today, match["which"].casefold(), match["unit"].casefold()
    if which == "past" and unit != "weekend":
        return Period(today - timedelta(days=_DAYS[unit]), today)
    begun = which == "the" and today.weekday() >= 5
    step = 0 if begun else {"this": 0, "next": 1}.get(which, -1)
    if unit in {"week", "weekend"}:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    index = ((today.year * 12 + today.month - 1) // months + step) * months
    return Period(_month_period(index).first, _month_period(index + months - 1).last)


def _count_of(match: re.Match[str]) -> int:
    words = " ".join(match["count"].casefold().split())
    return int(words) if words.isdigit() else _COUNTS[words if words == "a" else words.removeprefix("a ")]


def _resolve_past(match: re.Match[str], context: _Context) -> Period:
    unit, count = match["unit"].casefold(), _count_of(match)
    days = -(-count // 24) if unit == "hour" else _DAYS[unit] * count
    return Period(context.today - timedelta(days=days), context.today)


def _resolve_ago(match: re.Match[str], context: _Context) -> Period:
    """The day so many days ago; a week, month or year ago is as wide as its unit, around that day."""
    unit = match["unit"].casefold()
    middle = context.today - timedelta(days=_DAYS[unit] * _count_of(match))
    slack = timedelta(days=_DAYS[unit] // 2)
    return Period(middle - slack, min(middle + slack, context.today))


def _resolve_weekday(match: re.Match[str], context: _Context) -> Period:
    """The last such day; today itself counts unless it says "last"."""
    back = (context.today.isoweekday() - context.weekdays[match["weekday"].casefold()]) % 7
    if back == 0 and (match["which"] or "").casefold() == "last":
        back = 7
    day = context.today - timedelta(days=back)
    return Period(day, day, "week")


def _resolve_slashes(match: re.Match[str], _: _Context) -> Period | None:
    """Day and month where one order only is possible; 02/08/2023 could be either and is passed over."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    if a != b and a <= 12 and b <= 12:
        return None
    day, month = (b, a) if b > 12 else (a, b)
    return Period(date(year, month, day), date(year, month, day))


def _month_number(match: re.Match[str], context: _Context) -> int:
    number = match.groupdict().get("number")
    return int(number) if number else context.months[match["month"].casefold()]


def _resolve_day(match: re.Match[str], context: _Context) -> Period:
    """A day of a month, or several days; without any year the last that is not after `latest`."""
    groups = match.groupdict()
    month, first = _month_number(match, context), int(groups["day"])
    last = max(first, int(groups.get("until") or first))
    dated = bool(groups.get("year"))
    year = int(groups["year"]) if dated else context.year
    if year is None:
        latest = context.latest
        year = latest.year if (month, first) <= (latest.month, latest.day) else latest.year - 1
        while (month, first) == (2, 29) and monthrange(year, 2)[1] < 29:
            year -= 1
    return Period(date(year, month, first), date(year, month, last), "" if dated else "year")


def _is_verb(match: re.Match[str], context: _Context) -> bool:
    """Return whether "may" or "march" is no month ("and may run", but not "from January to march")."""
    governor = match.string[match.start() : match.start("date")].strip().lower()
    before = match.string[: match.start()].split()[-1:]
    dated = any(word.isdigit() or word.casefold() in context.months for word in before)
    return match["month"] in _VERBS and governor in _BEFORE_VERBS and not dated


def _resolve_month(match: re.Match[str], context: _Context) -> Period | None:
    if _is_verb(match, context):
        return None
    month = _month_number(match, context)
    written = match.groupdict().get("year")
    year = int(written) if written else context.year
    if year is None:
        year = context.latest.year if month <= context.latest.month else context.latest.year - 1
    whole = _month_period(year * 12 + month - 1)
    every = "" if written else "year"
    return _take_share(Period(whole.first, whole.last, every), match.groupdict().get("part"))


def _resolve_season(match: re.Match[str], _: _Context) -> Period:
    """Meteorological seasons of the northern hemisphere; the winter of 2022 begins in December 2022."""
    first, last = _SEASONS[match["season"].casefold()]
    start = int(match["year"]) * 12 + first - 1
    end = start + (last - first) % 12
    return _take_share(Period(_month_period(start).first, _month_period(end).last), match["part"])


def _resolve_quarter(match: re.Match[str], _: _Context) -> Period:
    start = int(match["year"]) * 12 + (int(match["quarter"]) - 1) * 3
    return Period(_month_period(start).first, _month_period(start + 2).last)


def _resolve_decade(match: re.Match[str], _: _Context) -> Period:
    return Period(date(int(match["decade"]), 1, 1), date(int(match["decade"]) + 9, 12, 31))


def _resolve_year(match: re.Match[str], _: _Context) -> Period:
    year = int(match["year"])
    return _take_share(Period(date(year, 1, 1), date(year, 12, 31)), match.groupdict().get("part"))
