"""What a question allows to be quoted: reports of the outlets and the days that it names.

Ranking orders all candidates; answering quotes only from those that are let through here, and says so when
none is left.
"""

from __future__ import annotations

import calendar
from datetime import timedelta

from index.datatypes import Article, Dates, Question

AFTERMATH = timedelta(days=14)
"""How long after an event its reports may be published, when a question dates the event."""


def fits_outlets(question: Question, article: Article) -> bool:
    """Whether an article is by an outlet that the question names; any is if it names none."""
    if question.outlets:
        return article.outlet in question.outlets
    return not question.unknown_outlets


def fits_dates(question: Question, article: Article, passage: str) -> bool:
    """Whether a passage can tell of the days asked about: it names them, or its article is of that time.

    Where a question bounds publication, only the article's own date counts.
    """
    dates = question.dates
    if dates is None or is_within(dates, article):
        return True
    return not dates.published and any(name in passage for name in _name_range(dates))


def _name_range(dates: Dates) -> tuple[str, ...]:
    """Return the names that a text may call a day, a month or a year by; none for another range."""
    first, last = dates.first, dates.last
    if first is None or last is None:
        return ()
    month = calendar.month_name[first.month]
    if first == last:
        return (f"{first.day} {month}", f"{month} {first.day}")
    if (first.year, first.month) == (last.year, last.month):
        return (f"{month} {first.year}",)
    return (str(first.year),) if first.year == last.year else ()


def is_within(dates: Dates, article: Article) -> bool:
    """Whether an article was published in the range or, for a dated event, soon enough after it."""
    if article.published is None:
        return False
    day = article.published.day
    last = dates.last
    if last is not None and not dates.published:
        last += AFTERMATH
    return (dates.first is None or dates.first <= day) and (last is None or day <= last)
