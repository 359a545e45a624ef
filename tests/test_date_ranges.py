"""Dates in a question become inclusive ranges of days, told apart as published or happened."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.date_ranges import find_dates, write_day, write_year

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday


def ranges(text, newest=None):
    return [
        (str(m.dates.first or ""), str(m.dates.last or ""), m.dates.published)
        for m in find_dates(text, NOW, newest)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What happened on 8 February?", "2026-02-08", "2026-02-08"),
        ("What happened on 8 December?", "2025-12-08", "2025-12-08"),
        ("what happened in Aprİl", "2026-04-01", "2026-04-30"),
        ("on FRıDAY", "2026-11-20", "2026-11-20"),
        ("on 8 Aprıl", "2026-04-08", "2026-04-08"),
        ("on the 8th of February 2023", "2023-02-08", "2023-02-08"),
        ("February 8-10, 2023", "2023-02-08", "2023-02-10"),
        ("8 to 10 February 2023", "2023-02-08", "2023-02-10"),
        ("2023-02-08", "2023-02-08", "2023-02-08"),
        ("8.2.2023", "2023-02-08", "2023-02-08"),
        ("on 15/08/2023", "2023-08-15", "2023-08-15"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("что случилось вчера", "2026-11-21", "2026-11-21"),
        ("¿qué pasó anteayer?", "2026-11-20", "2026-11-20"),
        ("Минулого тижня", "2026-11-09", "2026-11-15"),
        ("на прошлой  неделе", "2026-11-09", "2026-11-15"),
        ("на прошлой неделе", "2026-11-09", "2026-11-15"),
        ("el mes pasado", "2026-10-01", "2026-10-31"),
        ("за выходные", "2026-11-21", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("in the past three days", "2026-11-19", "2026-11-22"),
        ("two weeks ago", "2026-11-05", "2026-11-11"),
        ("on Monday", "2026-11-16", "2026-11-16"),
        ("last Sunday", "2026-11-15", "2026-11-15"),
        ("before October 2023", "", "2023-09-30"),
        ("until 5 May 2023", "", "2023-05-05"),
        ("after 31 October 2023", "2023-11-01", ""),
        ("since March 2022", "2022-03-01", ""),
        ("in early 2022", "2022-01-01", "2022-05-04"),
        ("mid-October 2023", "2023-10-11", "2023-10-21"),
        ("in the second half of 2022", "2022-07-02", "2022-12-31"),
        ("in the winter of 2022", "2022-12-01", "2023-02-28"),
        ("in Q3 2023", "2023-07-01", "2023-09-30"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in May", "2026-05-01", "2026-05-31"),
        ("from October 2022 to March 2023", "2022-10-01", "2023-03-31"),
        ("between January and March 2023", "2023-01-01", "2023-03-31"),
        ("on 29 February", "2024-02-29", "2024-02-29"),
        ("что случилось 8 февраля 2023 года", "2023-02-08", "2023-02-08"),
        ("después del 3 de marzo de 2022", "2022-03-04", ""),
        ("с 3 по 5 марта", "2026-03-03", "2026-03-05"),
        ("с 5 марта", "2026-03-05", ""),
        ("з 5 березня", "2026-03-05", ""),
        ("с марта по май", "2026-03-01", "2026-05-31"),
        ("desde 3 al 5 de marzo", "2026-03-03", "2026-03-05"),
        ("между 3 и 5 марта 2023", "2023-03-03", "2023-03-05"),
        ("del 3 al 5 de marzo de 2023", "2023-03-03", "2023-03-05"),
        ("між 3 і 5 березня 2023", "2023-03-03", "2023-03-05"),
        ("between March 3 and 5, 2023", "2023-03-03", "2023-03-05"),
        ("on 1 or 2 May", "2026-05-01", "2026-05-02"),
        ("1 May to 3 June 2023", "2023-05-01", "2023-06-03"),
        ("from December 30 to January 3", "2025-12-30", "2026-01-03"),
        ("30 December 2022 - 3 January", "2022-12-30", "2023-01-03"),
        ("30 December - 3 January 2023", "2022-12-30", "2023-01-03"),
        ("between December and February", "2025-12-01", "2026-02-28"),
        ("from january to march", "2026-01-01", "2026-03-31"),
        ("from Friday to Monday", "2026-11-13", "2026-11-16"),
        ("in the last 24 hours", "2026-11-21", "2026-11-22"),
        ("in the past 48 hours", "2026-11-20", "2026-11-22"),
        ("last night", "2026-11-21", "2026-11-22"),
        ("this evening", "2026-11-22", "2026-11-22"),
        ("over the weekend", "2026-11-21", "2026-11-22"),
        ("at the end of May 2023", "2023-05-21", "2023-05-31"),
        ("late May", "2026-05-21", "2026-05-31"),
        ("mid-May", "2026-05-11", "2026-05-21"),
        ("the second half of May", "2026-05-17", "2026-05-31"),
        ("in the week of 19 May", "2026-05-18", "2026-05-24"),
        ("en mars 2023", "2023-03-01", "2023-03-31"),
        ("в декабре", "2025-12-01", "2025-12-31"),
    ],
)
def test_dates_are_resolved(text, first, last):
    """Each way of writing a date gives its first and last day, an open bound being None."""
    assert [(a, b) for a, b, _ in ranges(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2023",
        "on 02/08/2023",
        "the 2024 election",
        "2500 people",
        "You may march on",
        "Who resigned and may run again?",
        "Who planned to march on the capital?",
        "When does the mission to Mars begin?",
        "Mars",
        "compared to the previous year",
        "when is Black Friday?",
        "who was shot on Bloody Sunday",
        "What did the Sunday Times report?",
        "",
    ],
)
def test_no_date_is_made_up(text):
    """What is no date, does not exist or could be two dates gives none."""
    assert ranges(text) == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("the Courier report published on October 1, 2023", True),
        ("the Courier's December 15, 2023, article on floods", True),
        ("After the report by the Courier on October 22, 2023, claiming", True),
        ("Did TASS report that units left on 8 February 2023?", False),
        ("Who left on 8 February 2023?", False),
        ("the article about the strike on 8 February 2023", False),
    ],
)
def test_publication_is_told_from_event(text, published):
    """A date is of publication where a report-word governs it and nothing reported stands between."""
    assert [flag for *_, flag in ranges(text)] == [published]


def test_a_range_may_run_over_new_year():
    """Asked on 2 January, it ends in the year after the one that it begins in, and never before it begins."""
    now = datetime(2026, 1, 2, 12, tzinfo=UTC)
    for text in ("from December 30 to January 3", "30 December - 3 January", "between Dec 30 and Jan 3"):
        (mention,) = find_dates(text, now)
        assert (mention.dates.first, mention.dates.last) == (date(2025, 12, 30), date(2026, 1, 3))
    (mention,) = find_dates("from December to February", datetime(2024, 1, 2, tzinfo=UTC))
    assert (mention.dates.first, mention.dates.last) == (date(2023, 12, 1), date(2024, 2, 29))


def test_a_missing_year_is_taken_from_another_date():
    """Where one date of a question gives a year, those without take it."""
    assert ranges("from 3 May, or on 8 June 2021")[0][0] == "2021-05-03"


def test_a_missing_year_is_the_last_that_the_index_can_hold():
    """An archive that ends in 2023 is not asked about a day of 2026."""
    assert ranges("on 8 February", date(2023, 3, 1)) == [("2023-02-08", "2023-02-08", False)]
    assert ranges("yesterday", date(2023, 3, 1)) == [("2026-11-21", "2026-11-21", False)]


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    """No text makes it fail, and every phrase is a slice of the text."""
    for mention in find_dates(text, NOW):
        assert text[mention.start : mention.end] == mention.dates.phrase


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 12, 31)))
def test_a_written_day_comes_back(day):
    """A day written out, in several ways, is that day."""
    for written in (f"{day:%-d %B %Y}", f"{day:%B %-d, %Y}", f"{day:%d.%m.%Y}", day.isoformat()):
        assert [(m.dates.first, m.dates.last) for m in find_dates(f"on {written}", NOW)] == [(day, day)]


@pytest.mark.parametrize("language", ["english", "spanish", "russian", "ukrainian", "latin"])
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_written_as_it_is_read(language, day):
    """Whatever the language, a written day is one date, of that day."""
    (found,) = find_dates(write_day(day, language), NOW)
    assert (found.dates.first, found.dates.last) == (day, day)


def test_a_day_is_written_as_people_write_it():
    """With the month in the case of the language, and with what stands between in Spanish."""
    written = [write_day(date(2025, 5, 8), language) for language in ("english", "spanish", "russian")]
    assert written == ["8 May 2025", "8 de mayo de 2025", "8 мая 2025"]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Who left in October?", "Who left in October 2022?"),
        ("Who left on 3 October, and why?", "Who left on 3 October 2022, and why?"),
        ("from 3 to 5 October", "from 3 to 5 October 2022"),
        ("3 октября?", "3 октября 2022?"),
        ("Who left in October 2021?", None),
        ("Who left last week?", None),
        ("Who left on Tuesday?", None),
        ("Who left?", None),
    ],
)
def test_a_year_is_written_behind_what_lacks_one(text, dated):
    """Days and months without a year take one; a year that is there, and days of the moment, stay."""
    assert write_year(text, 2022, NOW) == dated


@given(st.text(max_size=80), st.integers(1990, 2030))
def test_a_year_is_written_into_any_text(text, year):
    """What is written is the text with the year put in, or nothing."""
    dated = write_year(text, year, NOW)
    assert dated is None or dated.replace(f" {year}", "", 1) == text or f" {year}" in text
