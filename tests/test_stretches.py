"""Stretches of days by the day of asking, and how they are joined."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.stretches import Period, month_period, name_days, take_share

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(DAYS, st.sampled_from(["week", "weekend", "month", "quarter", "year"]))
def test_last_ends_before_this_begins(today, unit):
    """The last week, month or year runs up to this one, which holds today."""
    last, this = name_days(f"last {unit}", today), name_days(f"this {unit}", today)
    assert last.first <= last.last < this.first
    if unit != "weekend":
        assert last.last + timedelta(days=1) == this.first <= today <= this.last


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", date(2026, 11, 22), date(2026, 11, 22)),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21)),
        ("last night", date(2026, 11, 21), date(2026, 11, 22)),
        ("past week", date(2026, 11, 15), date(2026, 11, 22)),
        ("the weekend", date(2026, 11, 21), date(2026, 11, 22)),
    ],
)
def test_days_are_named_from_today(name, first, last):
    """Of a Sunday."""
    assert name_days(name, date(2026, 11, 22)) == Period(first, last)


def test_a_range_over_new_year_moves_the_year_that_is_open():
    """What would end before it begins ends in the next year; a whole February stays whole."""
    december, january = Period(date(2025, 12, 30), date(2025, 12, 30)), month_period(2025 * 12)
    joined = december.join(Period(january.first, january.last, "year"))
    assert (joined.first, joined.last) == (date(2025, 12, 30), date(2026, 1, 31))
    assert month_period(2023 * 12 + 1).move_years(1).last == date(2024, 2, 29)


def test_a_share_of_a_month():
    """The end of May is its last third."""
    assert take_share(month_period(2023 * 12 + 4), "End") == Period(date(2023, 5, 21), date(2023, 5, 31))
