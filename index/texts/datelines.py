"""Datelines: the place, day and agency that a wire report opens with, which are no part of what it says.

Quoting leaves them out at the head of a quote; they stay in the article's text.
"""

from __future__ import annotations

import re

_PLACE = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][A-ZÀ-ÞА-ЯЁІЇЄҐ .'’/-]{2,30}"
_DATELINE = re.compile(
    _PLACE + r"(?:, ?[\w .’'-]{2,24}?){0,2}"  # LONDON; PORT SELLMAR, Velmark, May 6; MOSCOW, February 8
    r"(?:"
    r"(?: ?\([^)\n]{2,40}\))? ?(?:--|[—–-])"  # (Reuters) -
    r"|\.? ?/[^/\n]{2,30}/\.?"  # . /TASS/.
    r")\s+"
)


def skip_dateline(text: str, start: int, end: int) -> int:
    """Return where the words of `text[start:end]` begin: behind a dateline that stands at a paragraph's head.

    Returns `start` where there is none.
    """
    if start and text[start - 1] != "\n":
        return start
    found = _DATELINE.match(text, start, min(len(text), end + 1))
    return found.end() if found else start
