"""Quiet hours: half-open, across midnight, in the chat's own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.texts import find_phrasebook
from bot.memory.preferences import ChatPreferences
from bot.memory.quiet_hours import (
    ALERT_HOURS,
    QUIET_HOURS,
    UTC_OFFSETS,
    describe_alerts,
    is_quiet,
    is_too_soon,
    tell_local_time,
    write_offset,
)

NOON = datetime(2025, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "offset", "minutes", "quiet"),
    [
        ("", 0, 0, False),
        ("22-7", 0, 9 * 60 + 59, False),
        ("22-7", 0, 10 * 60, True),  # 22:00 is the first quiet moment
        ("22-7", 0, 18 * 60 + 59, True),
        ("22-7", 0, 19 * 60, False),  # 7:00 is not quiet any more
        ("22-7", 120, 8 * 60, True),  # 20:00 UTC is 22:00 there
        ("22-7", -60, 10 * 60, False),
        ("0-6", 330, 6 * 60 + 29, False),
        ("0-6", 330, 6 * 60 + 30, True),  # half past six in the evening is midnight in Delhi
    ],
)
def test_hours_are_half_open_and_local(hours, offset, minutes, quiet):
    """The first hour is quiet, the last is not, and both are those of the chat's clock."""
    chosen = ChatPreferences(quiet_hours=hours, utc_offset=offset)
    assert is_quiet(chosen, NOON + timedelta(minutes=minutes)) is quiet


@given(
    st.sampled_from([hours for hours in QUIET_HOURS if hours]),
    st.sampled_from(UTC_OFFSETS),
    st.integers(0, 10**7),
)
def test_quiet_hours_always_end(hours, offset, minutes):
    """Whatever the hours and the zone, within a day there is a moment that is not quiet."""
    chosen = ChatPreferences(quiet_hours=hours, utc_offset=offset)
    day = [NOON + timedelta(minutes=minutes + 15 * step) for step in range(96)]
    quiet = sum(is_quiet(chosen, one) for one in day)
    first, last = map(int, hours.split("-"))
    assert quiet == 4 * ((last - first) % 24)


def test_first_alert_is_never_too_soon():
    """A watch that has told nothing yet may tell at once; the next waits for its hours."""
    chosen = ChatPreferences(alert_hours=6)
    assert not is_too_soon(chosen, 0.0, NOON)
    assert is_too_soon(chosen, NOON.timestamp() - 6 * 3600 + 1, NOON)
    assert not is_too_soon(chosen, NOON.timestamp() - 6 * 3600, NOON)


@pytest.mark.parametrize(
    ("offset", "written"), [(0, "UTC"), (120, "UTC+2"), (345, "UTC+5:45"), (-210, "UTC−3:30")]
)
def test_offsets_are_written_as_people_write_them(offset, written):
    """Whole hours without minutes, and the minus is a minus."""
    assert write_offset(offset) == written


def test_zones_cover_the_day_each_once():
    """Every choice of zone is another one, and pressing on comes round."""
    assert len(set(UTC_OFFSETS)) == len(UTC_OFFSETS)
    assert all(-720 < offset <= 840 for offset in UTC_OFFSETS)
    assert f"{tell_local_time(345, NOON):%H:%M}" == "17:45"


@pytest.mark.parametrize("hours", ALERT_HOURS)
def test_every_choice_is_said_in_words(hours):
    """Each choice of how often has its sentence, with quiet hours and without."""
    phrases = find_phrasebook("en")
    plain = describe_alerts(ChatPreferences(alert_hours=hours), phrases)
    quiet = describe_alerts(ChatPreferences(alert_hours=hours, quiet_hours="22-7"), phrases)
    assert plain.startswith("Alerts come a")
    assert plain.endswith(", at any hour.")
    assert "22:00–7:00 (UTC)" in quiet
