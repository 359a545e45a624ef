"""Days, months and other periods that a question names, each resolved to its first and last day.

Used by date_ranges.py, which adds what the words around a period make of it ("before", "from ... to").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from index.questions.stretches import DAYS, SHARES, Period, month_period, name_days, take_share

_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNTS |= {"eight": 8, "nine": 9, "ten": 10, "couple of": 2, "few": 4, "several": 4}
_VERBS = frozenset({"may", "march"})  # months that are verbs behind these, unless written with a capital
_BEFORE_VERBS = frozenset({"to", "and", "this"})


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
    moving: Mapping[str, str]


_NAMED_DAYS = (
    "ash",
    "black",
    "bloody",
    "cyber",
    "easter",
    "giving",
    "good",
    "maundy",
    "palm",
    "shrove",
    "super",
    "whit",
)
"""Words before a weekday that make a name of it: "Black Friday" is asked about, and is no day to search."""

_ASCII = str.maketrans("İı", "Ii")  # which regular expressions take for an i, and casefold() does not

_Resolver = Callable[[re.Match[str], _Context], Period | None]


class Calendar:
    """The forms in which dates are written, for given names of months (1 to 12) and weekdays (1 to 7).

    `joints` is a regular expression of the words that stand between two days of one month; `moving` gives the
    English for what other languages call days by the day of asking ("вчера": "yesterday").
    """

    def __init__(
        self,
        months: Mapping[str, int],
        weekdays: Mapping[str, int],
        joints: str,
        moving: Mapping[str, str],
    ) -> None:
        self._months = months
        self._weekdays = weekdays
        self._moving = moving
        self._forms = tuple(
            (re.compile(pattern, re.IGNORECASE), resolve)
            for pattern, resolve in _list_forms(
                _any_of(months), _any_of(weekdays), joints, _any_of(moving).replace(r"\ ", r"\s+")
            )
        )

    def find_periods(self, text: str, today: date, latest: date) -> tuple[tuple[int, int, Period], ...]:
        """Return (start, end, period) in the order of `text`, half-open and disjoint.

        Where several forms fit the same words the earliest and then the longest wins. A date without a
        year takes the last year that the text gives elsewhere. Days that do not exist are passed over.
        """
        text = text.translate(_ASCII)
        found = tuple(self._match_forms(text, today, latest, None))
        years = [period.first.year for _, _, period in found if period.every != "year"]
        if not years or len(years) == len(found):
            return found
        return tuple(self._match_forms(text, today, latest, years[-1]))

    def _match_forms(
        self, text: str, today: date, latest: date, year: int | None
    ) -> Iterator[tuple[int, int, Period]]:
        context = _Context(today, latest, year, self._months, self._weekdays, self._moving)
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


def _list_forms(month: str, weekday: str, joints: str, moving: str) -> list[tuple[str, _Resolver]]:
    """Return regular expressions with a group `date`, and what resolves a match of each."""
    count = r"\d{1,3}|(?:a\s+)?couple of|a few|" + "|".join(_COUNTS)
    year = r"(?P<year>(?:19|20)\d\d)"
    ordinal = r"(?:st|nd|rd|th|\.|-?го|er|º)?"
    of = r"(?:\s+(?:of|de|del))?"
    with_year = rf"(?:\.?,?{of}\s+{year}\b)?"
    part = rf"(?:(?:the\s+)?(?P<part>{'|'.join(SHARES)})(?:[- ]| of (?:the )?))?"
    joint = rf"\s*(?:-|–|—|(?<=\s)(?:{joints})(?=\s))\s*"
    ends = r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|at|near)\b)"  # what follows a day, not a number of something
    governor = (
        r"\b(?:in|since|before|after|until|till|during|from|to|by|between|and|of|year|last|this|early|late|mid"
        r"|в|с|до|после|по|en|de|desde|depuis|avant|im|seit|vor|nach)\s+"
    )
    named = "".join(rf"(?<!\b{word}\s)" for word in _NAMED_DAYS)
    return [
        (r"\b(?P<date>today|tonight|this (?:morning|afternoon|evening)|last night|yesterday"
         r"|day before yesterday)\b", _resolve_near),
        (rf"\b(?P<date>{moving})\b", _resolve_moving),
        (r"\b(?P<date>(?P<which>the)\s+(?P<unit>weekend))\b(?!\s+of\b)", _resolve_unit),
        (r"\b(?P<date>(?P<which>this|last|past|next)\s+(?P<unit>week|weekend|month|quarter|year))\b",
         _resolve_unit),
        (rf"\b(?P<date>(?:last|past)\s+(?P<count>{count})\s+(?P<unit>hour|day|week|month|year)s?)\b",
         _resolve_past),
        (rf"\b(?P<date>(?P<count>{count})\s+(?P<unit>day|week|month|year)s?\s+ago)\b", _resolve_ago),
        (rf"\b(?P<date>(?:(?P<which>last|this)\s+)?{named}(?P<weekday>{weekday}))\b(?!,?\s+(?:\d|{month}))"
         r"(?!\s+(?:times|telegraph|mirror|express|mail)\b)", _resolve_weekday),
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
        (rf"\b(?P<date>(?:the\s+)?(?P<part>{'|'.join(SHARES)})\s+of\s+(?P<month>{month}))\b(?!\.?\s+\d)",
         _resolve_month),
        (rf"\b(?P<date>{part}(?P<season>{'|'.join(_SEASONS)})\s+(?:of\s+)?{year})\b", _resolve_season),
        (rf"\b(?P<date>Q(?P<quarter>[1-4])\s+(?:of\s+)?{year})\b", _resolve_quarter),
        (r"\b(?P<date>(?:the\s+)?(?P<decade>(?:19|20)\d0)s)\b", _resolve_decade),
        (rf"{governor}(?P<date>{part}{year})\b(?!-\d|\s+[a-z]+s\b)", _resolve_year),
        (rf"\b(?P<date>(?P<part>early|late|mid)[- ](?:in\s+)?{year})\b", _resolve_year),
        (rf"(?<=\()(?P<date>{year})(?=\))", _resolve_year),
    ]  # fmt: skip


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _resolve_near(match: re.Match[str], context: _Context) -> Period:
    return name_days(match["date"].casefold(), context.today)


def _resolve_unit(match: re.Match[str], context: _Context) -> Period:
    return name_days(f"{match['which']} {match['unit']}".casefold(), context.today)


def _resolve_moving(match: re.Match[str], context: _Context) -> Period:
    return name_days(context.moving[" ".join(match["date"].casefold().split())], context.today)


def _count_of(match: re.Match[str]) -> int:
    words = " ".join(match["count"].casefold().split())
    return int(words) if words.isdigit() else _COUNTS[words if words == "a" else words.removeprefix("a ")]


def _resolve_past(match: re.Match[str], context: _Context) -> Period:
    unit, count = match["unit"].casefold(), _count_of(match)
    days = -(-count // 24) if unit == "hour" else DAYS[unit] * count
    return Period(context.today - timedelta(days=days), context.today)


def _resolve_ago(match: re.Match[str], context: _Context) -> Period:
    """The day so many days ago; a week, month or year ago is as wide as its unit, around that day."""
    unit = match["unit"].casefold()
    middle = context.today - timedelta(days=DAYS[unit] * _count_of(match))
    slack = timedelta(days=DAYS[unit] // 2)
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
    whole = month_period(year * 12 + month - 1)
    every = "" if written else "year"
    return take_share(Period(whole.first, whole.last, every), match.groupdict().get("part"))


def _resolve_season(match: re.Match[str], _: _Context) -> Period:
    """Meteorological seasons of the northern hemisphere; the winter of 2022 begins in December 2022."""
    first, last = _SEASONS[match["season"].casefold()]
    start = int(match["year"]) * 12 + first - 1
    end = start + (last - first) % 12
    return take_share(Period(month_period(start).first, month_period(end).last), match["part"])


def _resolve_quarter(match: re.Match[str], _: _Context) -> Period:
    start = int(match["year"]) * 12 + (int(match["quarter"]) - 1) * 3
    return Period(month_period(start).first, month_period(start + 2).last)


def _resolve_decade(match: re.Match[str], _: _Context) -> Period:
    return Period(date(int(match["decade"]), 1, 1), date(int(match["decade"]) + 9, 12, 31))


def _resolve_year(match: re.Match[str], _: _Context) -> Period:
    year = int(match["year"])
    return take_share(Period(date(year, 1, 1), date(year, 12, 31)), match.groupdict().get("part"))
