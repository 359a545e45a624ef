"""Datelines: the place, day and agency that a wire report opens with, which are no part of what it says.

Quoting leaves them out at the head of a quote; they stay in the article's text.
"""

from __future__ import annotations

import re

_PLACE = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][A-ZÀ-ÞА-ЯЁІЇЄҐ .'’/-]{2,30}"
_NAME = r"[A-Z][\w.’'-]+(?:,? [A-Z][\w.’'-]+){0,3}"
_DASH = r"(?:--|[—–−―‒-])"
_DATELINE = re.compile(
    rf"{_PLACE}(?:, ?[\w .’'-]{{2,24}}?){{0,2}}"  # LONDON; PORT SELLMAR, Velmark, May 6; MOSCOW, February 8
    r"(?:"
    rf"(?:,? ?\([^)\n]{{2,40}}\))? ?{_DASH}\s+"  # (Reuters) -
    r"| ?\([A-ZÀ-Þ][^)\n]{1,40}\)\.\s+(?=[A-ZÀ-Þ“\"«])"  # (Zentra). The
    r"|[.a-z] ?—(?=[A-ZÀ-Þ“\"])"  # MIRAMAR BEACH, Fla.—When
    r"|\.? ?/[^/\n]{2,30}/\.?\s+"  # . /TASS/.
    r")"
    rf"|{_NAME} ?\([A-Z][\w .]{{1,20}}\) ?{_DASH}\s+"  # Elmstone, Velmark (Hexley) -
)


def drop_dateline(sentence: str) -> str:
    """Return a sentence without the dateline at its head."""
    return sentence[skip_dateline(sentence, 0, len(sentence)) :]


def skip_dateline(text: str, start: int, end: int) -> int:
    """Return where the words of `text[start:end]` begin: behind a dateline that stands at a paragraph's head.

    Returns `start` where there is none.
    """
    if start and text[start - 1] != "\n":
        return start
    found = _DATELINE.match(text, start, min(len(text), end + 1))
    return found.end() if found else start
