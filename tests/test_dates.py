from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Moment
from index.texts.dates import believe_moment, find_address_date, find_moments, parse_moment

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-11-27 08:45:59.000000000Z", "2023-11-27T08:45:59Z"),
        ("2023-02-08T11:44:00+02:00", "2023-02-08T09:44:00Z"),
        ("2023-02-08T11:44:00-0500", "2023-02-08T16:44:00Z"),
        ("20240303T141500Z", "2024-03-03T14:15:00Z"),
        ("20240303", "2024-03-03"),
        ("2023/08/23", "2023-08-23"),
        ("Wed, 08 Feb 2023 11:44:00 +0200", "2023-02-08T09:44:00Z"),
        ("March 3, 2024 4:15 PM EST", "2024-03-03T21:15:00Z"),
        ("14:02 BST, 3 June 2024", "2024-06-03T13:02:00Z"),
        ("Sunday 12th March 2023 at 8 p.m. ET", "2023-03-13T00:00:00Z"),
        ("3 Mar 2024 9.30am GMT", "2024-03-03T09:30:00Z"),
        ("8 Feb 2023, 11:44 Print", "2023-02-08T11:44:00Z"),
        ("8 Feb 2023, 11:44 at Port Ellis", "2023-02-08T11:44:00Z"),
        ("8 Feb 2023, 11:44 pm est", "2023-02-09T04:44:00Z"),
        ("13/04/2023", "2023-04-13"),
        ("04/13/2023", "2023-04-13"),
        ("05/05/2023", "2023-05-05"),
        ("8 февраля 2023 г., 11:44 (MSK)", "2023-02-08T08:44:00Z"),
        ("8 лютого 2023", "2023-02-08"),
        ("8 de febrero de 2023", "2023-02-08"),
        ("8. Februar 2023", "2023-02-08"),
        ("2023年2月8日", "2023-02-08"),
    ],
)
def test_reads_dates_as_newsrooms_write_them(text: str, expected: str) -> None:
    """Dates in the shapes that feeds, pages and bylines use are read, with their zone, into UTC."""
    assert str(parse_moment(text, now=NOW)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 hours ago",
        "yesterday",
        "Monday",
        "August 2023",
        "February 30, 2023",
        "8 February",
        "11:44",
        "1,234,567",
        "11 people 2023",
        "10.50 - 2023",
        "x" * 500,
    ],
)
def test_does_not_guess_what_is_no_full_date(text: str) -> None:
    """What is relative, incomplete, impossible or no date at all is no moment."""
    assert parse_moment(text, now=NOW) is None


def test_numeric_dates_need_a_locale() -> None:
    """03/04/2023 is two days, and only a known order of day and month tells which."""
    assert parse_moment("03/04/2023", now=NOW) is None
    assert parse_moment("03/04/2023", now=NOW, day_first=True) == Moment(date(2023, 4, 3))
    assert parse_moment("03/04/2023", now=NOW, day_first=False) == Moment(date(2023, 3, 4))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://news.example/world/2024/05/12/flood-in-varn", date(2024, 5, 12)),
        ("https://news.example/world/2024/may/12/flood-in-varn", date(2024, 5, 12)),
        ("2024-05-12-flood.md", date(2024, 5, 12)),
        ("https://news.example/2024-05-12/flood", date(2024, 5, 12)),
        ("https://news.example/2024/13/12/flood", None),
        ("https://news.example/2024/xyz/12/flood", None),
        ("https://news.example/2024/05/flood", None),
        ("flood-2024-05-12.md", None),
        ("scan20240512-1.txt", None),
    ],
)
def test_reads_the_day_that_an_address_is_filed_under(address: str, expected: date | None) -> None:
    """Only a whole date between slashes, or at the beginning of a file's name, is one."""
    assert find_address_date(address) == (Moment(expected) if expected else None)


def test_the_future_is_not_believed() -> None:
    """A report cannot have been published more than two days after it was read."""
    assert parse_moment("2026-01-12", now=NOW) == Moment(date(2026, 1, 12))
    assert parse_moment("2026-01-13", now=NOW) is None
    assert believe_moment(Moment(date(2026, 1, 13)), NOW) is None
    assert believe_moment(Moment(date(1066, 10, 14)), NOW) is None
    assert believe_moment(parse_moment("1970-01-01T00:00:00Z"), NOW) is None
    assert believe_moment(parse_moment("1970-01-01"), NOW) == Moment(date(1970, 1, 1))


def test_ambiguous_zones_leave_the_day() -> None:
    """IST is Dublin, Jerusalem or Delhi, so the time beside it is dropped and the day kept."""
    assert parse_moment("2023-02-08 11:44 IST", now=NOW) == Moment(date(2023, 2, 8))


def test_settings_give_the_zone_that_print_does_not() -> None:
    """A time without a zone is taken in the configured one, with its summer time."""
    assert str(parse_moment("8 Feb 2023 11:44", "Europe/Madrid", now=NOW)) == "2023-02-08T10:44:00Z"
    assert str(parse_moment("8 Aug 2023 11:44", "Europe/Madrid", now=NOW)) == "2023-08-08T09:44:00Z"
    assert parse_moment("8 Feb 2023 11:44", "Nowhere/Land", now=NOW) == Moment(date(2023, 2, 8))


def test_each_time_belongs_to_its_nearest_date() -> None:
    """Two dates with a time each keep their own times."""
    found = find_moments("Published 3 March 2024 14:02, updated 4 March 2024 09:15", now=NOW)
    assert [str(item.moment) for item in found] == ["2024-03-03T14:02:00Z", "2024-03-04T09:15:00Z"]


@given(
    st.text(max_size=80)
    | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{1,4}[T ][0-9:.+Zap m]{0,12}")
)
@settings(deadline=None)
def test_reading_never_raises_and_never_lies_ahead(text: str) -> None:
    """Whatever is written where a date should be, the result is a moment of the past or none."""
    moment = parse_moment(text, now=NOW)
    assert moment is None or moment.day <= date(2026, 1, 12)
