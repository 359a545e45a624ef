"""Which days, months and years a report names, told by when it was published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering import Answerer
from index.answers import Answer, NoAnswer, Reason
from index.building import build_index
from index.datatypes import Span
from index.quotes.named_days import find_naming, list_names, names_within

from .test_days import write_reports

PUBLISHED = date(2023, 2, 8)  # a Wednesday
DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "named"),
    [
        ("On October 3, five villages were freed.", date(2022, 10, 1), date(2022, 10, 31), True),
        ("On October 3, five villages were freed.", date(2021, 10, 1), date(2021, 10, 31), False),
        ("On October 3, five villages were freed.", date(2022, 10, 3), date(2022, 10, 3), True),
        ("On October 3, five villages were freed.", date(2022, 10, 4), date(2022, 10, 4), False),
        ("On October 3, 2021, they fell.", date(2022, 10, 1), date(2022, 10, 31), False),
        ("It fell in October.", date(2022, 10, 1), date(2022, 10, 31), True),
        ("It fell in October.", date(2022, 10, 3), date(2022, 10, 3), False),
        ("It fell in October.", date(2022, 1, 1), date(2022, 12, 31), True),
        ("It fell on the 3rd of Oct. 2022.", date(2022, 10, 3), date(2022, 10, 3), True),
        ("It fell on Sept. 11.", date(2022, 9, 1), date(2022, 9, 30), True),
        ("The trial begins on 10 March.", date(2023, 3, 10), date(2023, 3, 10), True),
        ("The trial begins on 10 March.", date(2022, 3, 1), date(2022, 3, 31), True),
        ("They may march; May was glad, August too.", date(2022, 3, 1), date(2022, 8, 31), False),
        ("It fell in 2022.", date(2022, 1, 1), date(2022, 12, 31), True),
        ("It fell in 2022.", date(2022, 10, 1), date(2022, 10, 31), False),
        ("Room 2022-b.", date(2022, 1, 1), date(2022, 12, 31), False),
        ("It fell on Tuesday.", date(2023, 2, 7), date(2023, 2, 7), True),
        ("It fell on Tuesday.", date(2023, 1, 31), date(2023, 1, 31), False),
        ("It fell on 30 February.", date(2022, 2, 1), date(2022, 2, 28), False),
        ("It grew by March 15.5 per cent.", date(2022, 3, 15), date(2022, 3, 15), False),
    ],
)
def test_days_are_named_by_the_publication_of_their_report(text, first, last, named):
    """Without a year it is the last such day or, within half a year, the next; weekdays are of one week."""
    assert names_within(first, last, text, PUBLISHED) is named


def test_a_report_without_a_date_names_only_what_has_a_year():
    """Which October 3 it means, nothing tells."""
    assert names_within(date(2022, 10, 3), date(2022, 10, 3), "On October 3, 2022, it fell.", None)
    assert not names_within(date(2022, 10, 3), date(2022, 10, 3), "On October 3 it fell on Monday.", None)


@given(day=DAYS, later=st.integers(0, 360), form=st.sampled_from(["{0} {1}", "{1} {0}", "{0} {1} {2}"]))
def test_every_day_is_known_for_a_year(day, later, form):
    """Whatever the day and however it is written, a report of the year after it names it and not the next."""
    text = f"On {form.format(day.day, day.strftime('%B'), day.year)} it fell."
    published = day + timedelta(days=later)
    if (day.month, day.day) != (2, 29) or str(day.year) in text:
        assert names_within(day, day, text, published)
    assert not names_within(day + timedelta(days=1), day + timedelta(days=1), text, published)


@given(text=st.text(), first=DAYS, length=st.integers(0, 800), published=st.none() | DAYS)
def test_any_text_is_read(text, first, length, published):
    """No text breaks it."""
    names_within(first, first + timedelta(days=length), text, published)


def test_the_first_sentence_that_names_the_days_is_found():
    """Its offsets are returned, None where no sentence names them."""
    text = "It fell. On October 3 it was mended."
    sentences = [Span(0, 8), Span(9, len(text))]
    october = date(2022, 10, 1), date(2022, 10, 31)
    assert find_naming(*october, text, sentences, PUBLISHED) == sentences[1]
    assert find_naming(*october, text, sentences[:1], PUBLISHED) is None


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (date(2025, 5, 7), date(2025, 5, 7), ("7 May", "May 7", "Wednesday")),
        (date(2022, 3, 1), date(2022, 3, 31), ("March 2022", "March")),
        (date(1975, 1, 1), date(1975, 12, 31), ("1975",)),
        (date(1975, 1, 1), date(1975, 3, 31), ()),
        (date(1975, 1, 2), date(1975, 2, 1), ()),
    ],
)
def test_days_are_searched_by_their_names(first, last, names):
    """A week or less by each of its days, a month and a year by their names, another range by none."""
    assert list_names(first, last) == names


def test_a_month_of_a_year_without_reports_is_of_the_year_before(tmp_path):
    """What is open to the end is not, where reports are known that are so late: those of it would be, too."""
    reports = {
        "lock": (
            "Lock at Varn bursts",
            "The Courier",
            "2024-05-02",
            "The gate of the lock at Varn burst, said Ada Voss.",
        ),
        "fair": ("Fair at Lund", "The Courier", "2025-08-01", "The apple fair in Lund has a brass band."),
    }
    builder = write_reports(tmp_path, reports)
    build_index(builder)
    answerer = Answerer.open(builder.settings, builder.embedder)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    told = answerer.answer("Did the gate of the lock at Varn burst in May?", now=now)
    assert isinstance(told, Answer)
    assert told.question.understood.endswith("in May 2024?")
    declined = answerer.answer("Did the gate of the lock at Varn burst after 10 June?", now=now)
    assert isinstance(declined, NoAnswer)
    assert declined.reason is Reason.NOTHING_IN_DATES
