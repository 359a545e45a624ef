"""Dates and times as reports print them, read without guessing.

Readers and cleaning turn printed dates into `Moment`s here. Month names in any language are left to
dateparser; which digits make up a date, and when a date is not to be believed, is decided here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dateparser

from index.datatypes import Moment, Span

FUTURE_LIMIT = timedelta(days=2)
"""A report dated further ahead of its reading than clocks and zones explain is not believed."""

EARLIEST_YEAR = 1600

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)  # what sites write for a date that they do not know

ZONES: dict[str, str | float | None] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "GST": 4, "PKT": 5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8,
    "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    # These mean different zones on different continents, so a time beside them is not believed.
    "IST": None, "CST": None, "AST": None,
}  # fmt: skip
"""Zone abbreviations to hours east of UTC or an IANA name; None where the abbreviation is ambiguous."""

_MONTH_WORD = r"[^\W\d_]{3,12}"
_DATE = re.compile(
    rf"""
    (?<![\w/.-])(?:
      (?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?![\d/-])
    | (?P<cjk_year>\d{{4}})\s?年\s?(?P<cjk_month>\d{{1,2}})\s?月\s?(?P<cjk_day>\d{{1,2}})\s?日
    | (?P<first>\d{{1,2}})(?P<mark2>[-/.])(?P<second>\d{{1,2}})(?P=mark2)(?P<last_year>\d{{4}})(?![\d/-])
    | (?P<word_day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of\s+|de\s+)?
      (?P<word_month>{_MONTH_WORD})[.,]?[\s-]+(?:del?\s+)?(?P<word_year>\d{{4}})(?!\d)
    | (?P<us_month>{_MONTH_WORD})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>\d{{4}})(?![\d:])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"""
    (?:(?<=\d)T|(?<![\w:.,/-]))(?:
      (?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)
      (?:\s?(?P<half>[ap])\.?\s?m\b\.?)?
    | (?P<half_hour>\d{1,2})(?:\.(?P<half_minute>\d{2}))?\s?(?P<half_alone>[ap])\.?\s?m\b\.?
    )
    (?:\s?h(?:rs?|ours)?\b)?
    (?:\s?\(?(?P<zone>(?:UTC|GMT)?\s?[+\-−]\d{1,2}:?(?:\d{2})?|(?-i:[A-Z]{1,4}T)|[ECMP][SD]?T|CES?T|GMT|BST
                     |UTC|MSK|MEZ|MESZ|WIB|Z)(?![\w:])\)?)?
    (?![\w:])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?)?")
_ADDRESS_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d{2})(?P<mark>[-/_.])(?P<month>\d{2}|[a-z]{3})(?P=mark)(?P<day>\d{2})(?=[/_-])",
    re.IGNORECASE,
)  # "/2024/05/12/flood", "/2024/may/12/flood", "/2024-05-12-flood.md"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)
_DATEPARSER_SETTINGS = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}


class FoundMoment(NamedTuple):
    """A date in a line, with its time where it has one, and the half-open offsets of the date alone."""

    moment: Moment
    date_span: Span


def parse_moment(
    text: str, zone: str = "UTC", *, now: datetime | None = None, day_first: bool | None = None
) -> Moment | None:
    """Return the moment that a metadata value such as "Wed, 08 Feb 2023 11:44:00 +0200" states, or None.

    None is also the answer to relative dates ("2 hours ago"), to dates without a year, to dates more than
    `FUTURE_LIMIT` after `now`, and to 03/04/2023 unless `day_first` says which number is the day.

    Args:
        text: a date as written, in any language that dateparser knows.
        zone: IANA name, for a time that is printed without a zone.
        now: when the report is read, aware; the present by default.
        day_first: whether the day comes first in numeric dates; None where that is unknown.
    """
    text = " ".join(text.split())
    if not text or len(text) > 120:
        return None
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, offset = compact.groups()
        text = f"{year}-{month}-{day}" + (f" {hour}:{minute}:{second or '00'}{offset or ''}" if hour else "")
    found = find_moments(text, zone, now=now, day_first=day_first)
    return found[0].moment if found else None


def find_moments(
    text: str, zone: str = "UTC", *, now: datetime | None = None, day_first: bool | None = None
) -> tuple[FoundMoment, ...]:
    """Return every believable date in a line, each with the nearest time that no other date is nearer to."""
    latest = (now or datetime.now(UTC)) + FUTURE_LIMIT
    days = [
        (day, Span(*match.span())) for match in _DATE.finditer(text) if (day := _read_day(match, day_first))
    ]
    times = [
        match for match in _TIME.finditer(text) if not any(_overlap(match.span(), span) for _, span in days)
    ]
    owners = {
        min(range(len(days)), key=lambda i: _distance(days[i][1], match.span())): match
        for match in reversed(times)
        if days
    }
    found = []
    for number, (day, span) in enumerate(days):
        match = owners.get(number)
        moment = Moment(day) if match is None else _join_time(day, match, zone)
        if moment.sort_key() <= latest:
            found.append(FoundMoment(moment, span))
    return tuple(found)


def find_time_spans(text: str) -> tuple[Span, ...]:
    """Return the half-open offsets of everything in a line that is printed as a time of day."""
    return tuple(Span(*match.span()) for match in _TIME.finditer(text))


def find_address_date(address: str) -> Moment | None:
    """Return the day that a URL or a path is filed under: "news.example/2024/05/12/flood", or None."""
    match = _ADDRESS_DATE.search(f"/{address}")
    if match is None:
        return None
    month = match["month"].lower()
    number = month if month.isdigit() else 1 + _MONTHS.index(month) if month in _MONTHS else 0
    day = _build_day(match["year"], number, match["day"])
    return Moment(day) if day else None


def believe_moment(moment: Moment | None, now: datetime | None = None) -> Moment | None:
    """Return the moment unless it lies too far ahead, before `EARLIEST_YEAR`, or is the zero of clocks."""
    if moment is None or moment.day.year < EARLIEST_YEAR or moment.instant == _ZERO:
        return None
    return moment if moment.sort_key() <= (now or datetime.now(UTC)) + FUTURE_LIMIT else None


def _read_day(match: re.Match[str], day_first: bool | None) -> date | None:
    """Return the day of a date match, None where it is ambiguous or no day of the calendar."""
    part = match.groupdict()
    if part["year"]:
        return _build_day(part["year"], part["month"], part["day"])
    if part["cjk_year"]:
        return _build_day(part["cjk_year"], part["cjk_month"], part["cjk_day"])
    if part["last_year"]:
        first, second = int(part["first"]), int(part["second"])
        if day_first is None and first != second and max(first, second) <= 12:
            return None
        if first > 12 or (second <= 12 and day_first):
            first, second = second, first
        return _build_day(part["last_year"], first, second)
    prefix = "word" if part["word_day"] else "us"
    return _parse_worded(part[f"{prefix}_day"], part[f"{prefix}_month"], part[f"{prefix}_year"])


def _build_day(year: str | int, month: str | int, day: str | int) -> date | None:
    """Return a calendar day, None where there is none such or it is too early to be believed."""
    try:
        built = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return built if built.year >= EARLIEST_YEAR else None


@lru_cache(maxsize=4096)
def _parse_worded(day: str, month: str, year: str) -> date | None:
    """Return the day of a date whose month is a word, in English or else in whatever language fits."""
    for languages in (["en"], None):
        parsed = dateparser.parse(f"{day} {month} {year}", languages=languages, settings=_DATEPARSER_SETTINGS)
        # dateparser may read a stray word as something else; the digits must survive it.
        if parsed and (parsed.day, parsed.year) == (int(day), int(year)):
            return _build_day(parsed.year, parsed.month, parsed.day)
    return None


def _join_time(day: date, match: re.Match[str], zone: str) -> Moment:
    """Return the moment of a day and a printed time; the day alone where the time cannot be placed."""
    part = match.groupdict()
    hour = int(part["hour"] or part["half_hour"])
    minute = int(part["minute"] or part["half_minute"] or 0)
    half = (part["half"] or part["half_alone"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return Moment(day)
        hour = hour % 12 + (12 if half == "p" else 0)
    place = _read_zone(part["zone"]) if part["zone"] else _load_zone(zone)
    if place is None:
        return Moment(day)
    try:
        return Moment.at(
            datetime(day.year, day.month, day.day, hour, minute, int(part["second"] or 0), tzinfo=place)
        )
    except (ValueError, OverflowError):
        return Moment(day)


def _read_zone(name: str) -> tzinfo | None:
    """Return the zone of a printed offset or abbreviation; None where it is unknown or ambiguous."""
    if offset := _OFFSET.fullmatch(name.strip()):
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if offset["sign"] in "-−" else minutes))
    known = ZONES.get(name.strip().upper())
    if known is None or isinstance(known, str):
        return _load_zone(known) if known else None
    return timezone(timedelta(hours=known))


def _load_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, None where there is none such."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1])
