"""How many questions a person and a chat may ask within a minute.

Asking consults it before the answerer is called; a refusal is told once, not every time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from enum import Enum

WINDOW = 60.0
"""Seconds within which questions are counted."""

_KEYS = 10_000  # above so many, those with nothing in the window are dropped


class Verdict(Enum):
    """What becomes of a question."""

    ADMITTED = "admitted"
    REFUSED = "refused"  # and to be told so
    REFUSED_AGAIN = "refused again"  # has been told already


class Limiter:
    """Counts questions by key over a sliding window.

    Args:
        limit: questions within the window; 0 for no limit.
        clock: seconds that only grow.
    """

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._times: dict[int, deque[float]] = {}
        self._told: set[int] = set()

    def admit(self, key: int) -> Verdict:
        """Count a question of a person or a chat, and say whether it may be answered."""
        if not self._limit:
            return Verdict.ADMITTED
        now = self._clock()
        if len(self._times) > _KEYS:
            self._drop_idle(now)
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        if len(times) < self._limit:
            times.append(now)
            self._told.discard(key)
            return Verdict.ADMITTED
        if key in self._told:
            return Verdict.REFUSED_AGAIN
        self._told.add(key)
        return Verdict.REFUSED

    def _drop_idle(self, now: float) -> None:
        idle = [key for key, times in self._times.items() if not times or times[-1] <= now - WINDOW]
        for key in idle:
            del self._times[key]
            self._told.discard(key)
