"""Quiet hours: when a chat wants no alerts, and how often at most it wants them.

The settings menu offers these choices; alerting asks them before it sends anything.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.language.texts import Phrasebook
from bot.memory.preferences import ChatPreferences

QUIET_HOURS = ("", "22-7", "23-8", "21-9", "0-6", "18-9")
"""Hours of the day, in the chat's own time, half-open: from the first until the second; empty for none."""

ALERT_HOURS = (0, 1, 6, 24)
"""Least hours between two alerts of one watch; 0 for one after each refresh."""

UTC_OFFSETS = (
    0, 60, 120, 180, 210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 540, 570, 600, 660, 720, 780,
    -660, -600, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60,
)  # fmt: skip
"""Minutes that the clocks of a place are ahead of UTC."""


def is_quiet(chosen: ChatPreferences, now: datetime) -> bool:
    """Whether an aware moment lies within a chat's quiet hours."""
    if not chosen.quiet_hours:
        return False
    first, last = map(int, chosen.quiet_hours.split("-"))
    hour = tell_local_time(chosen.utc_offset, now).hour
    return first <= hour < last if first < last else hour >= first or hour < last


def is_too_soon(chosen: ChatPreferences, told: float, now: datetime) -> bool:
    """Whether the last alert, in seconds since 1970 (0 for none yet), was too short a time ago."""
    return bool(told) and now.timestamp() - told < chosen.alert_hours * 3600


def tell_local_time(offset: int, now: datetime) -> datetime:
    """Return what clocks show that are `offset` minutes ahead of UTC."""
    return now.astimezone(UTC).replace(tzinfo=None) + timedelta(minutes=offset)


def write_offset(offset: int) -> str:
    """Return `UTC`, `UTC+2`, `UTC−3:30`."""
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset), 60)
    sign = "+" if offset > 0 else "−"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


def write_quiet_hours(hours: str) -> str:
    """Return `22:00–7:00` for `22-7`."""
    first, _, last = hours.partition("-")
    return f"{first}:00–{last}:00"


def describe_alerts(chosen: ChatPreferences, phrases: Phrasebook) -> str:
    """Return in a sentence when alerts come: how often at most, and when not."""
    often = phrases.say(f"alerts.often.{chosen.alert_hours}")
    if not chosen.quiet_hours:
        return phrases.say("alerts.any_hour", often=often)
    hours, zone = write_quiet_hours(chosen.quiet_hours), write_offset(chosen.utc_offset)
    return phrases.say("alerts.quiet", often=often, hours=hours, zone=zone)
