"""What a question's outlets and dates let through, and whether that is still about what is asked."""

from datetime import date

import pytest

from index.answers import Dates, Part, Question
from index.datatypes import Article, Moment
from index.quotes.restrictions import fits_dates, is_within, keep_to_matter, names_all
from index.quotes.terms import Rarity, stem_words

RARITY = Rarity(100, lambda word: {"bridge": 4, "crack": 2, "mayor": 9}.get(word, 0))
REPORTS = {
    "on it": stem_words("The bridge at Ostrand is closed because of a crack, the mayor said"),
    "beside it": stem_words("The mayor of Ostrand opened a fair"),
}


@pytest.mark.parametrize(
    ("text", "allowed", "kept"),
    [
        ("What did The Post report about the crack in the bridge?", ("on it",), True),
        ("What did The Post report about the crack in the bridge?", ("beside it",), False),
        ("What did The Post say about the mayor?", ("beside it",), True),
        ("What did The Post write about the crack in the bridge on 3 May?", (), False),
    ],
)
def test_an_outlets_reports_must_be_on_the_matter(text, allowed, kept):
    """Reports of a named outlet that lack the words that other reports hold are not on what is asked."""
    question = Question(text, text, outlets=("The Post",))
    assert keep_to_matter(question, RARITY, REPORTS, allowed) is kept


def test_a_question_that_names_no_outlet_keeps_to_its_matter():
    """Without an outlet nothing was left out for its sake."""
    assert keep_to_matter(Question("the crack", "the crack"), RARITY, REPORTS, ("beside it",))


def test_what_nobody_reports_is_left_to_the_confidence():
    """Where no report holds a word of the matter, the outlet is not at fault."""
    text = "What did The Post report about volcanoes?"
    assert keep_to_matter(Question(text, text, outlets=("The Post",)), RARITY, REPORTS, ("beside it",))


@pytest.mark.parametrize(
    ("first", "last", "published", "within"),
    [
        (None, date(2025, 5, 9), False, False),
        (None, date(2025, 5, 10), False, True),
        (date(2025, 5, 1), date(2025, 5, 3), False, True),
        (date(2025, 5, 8), date(2025, 5, 8), False, True),
        (date(2025, 5, 1), date(2025, 5, 1), False, False),
        (date(2025, 4, 1), date(2025, 4, 1), False, False),
        (date(2025, 5, 1), date(2025, 5, 1), True, False),
        (date(2025, 5, 11), None, False, False),
    ],
)
def test_reports_of_an_event_appear_after_it_and_not_after_an_end(first, last, published, within):
    """A dated event is reported for a while after it; what was so "before" a day was reported before it."""
    article = Article("a", "Title", "Text.", source="a.txt", published=Moment(date(2025, 5, 10)))
    assert is_within(Dates(first, last, published), article) is within


def test_a_report_without_a_date_may_tell_of_any_day():
    """Unless the question bounds when it was published."""
    day = date(2023, 2, 8)
    undated = Article("a", "Bridge", "The bridge fell.", source="a.txt")
    for published, fits in ((False, True), (True, False)):
        question = Question("q", "q", dates=Dates(day, day, published, "on 8 February"))
        assert fits_dates(question.dates, undated, undated.text) is fits


@pytest.mark.parametrize(
    ("text", "day", "within"),
    [
        ("The bridge fell on Tuesday.", date(2025, 5, 6), True),
        ("The bridge fell on Tuesday.", date(2025, 5, 7), False),
        ("The bridge fell on Thursday.", date(2025, 5, 1), False),
        ("The bridge fell on 1 May.", date(2025, 5, 1), True),
        ("The bridge fell on May 1st.", date(2025, 5, 1), True),
        ("The bridge fell on May 12.", date(2025, 5, 1), False),
        ("The bridge fell on 11 May.", date(2025, 5, 1), False),
        ("The bridge fell on 1 April.", date(2025, 4, 1), False),
    ],
)
def test_a_later_report_tells_of_a_day_that_it_names(text, day, within):
    """By its date within two weeks, by its weekday within one; a report of the next two days need not."""
    article = Article("a", "Title", text, source="a.txt", published=Moment(date(2025, 5, 10)))
    assert is_within(Dates(day, day, False, ""), article) is within


@pytest.mark.parametrize(
    ("text", "people", "named"),
    [
        ("What did Harpe say about Brennica?", ("Harpe", "Brennica"), False),
        ("What did Harpe say about Ostrand?", ("Harpe", "Ostrand"), True),
        ("What did Minister Lionel Harp say?", ("Minister Lionel Harp",), True),
        ("What does Ostrand do?", ("Ostrander",), True),
        ("What did the EU say?", ("EU",), True),
        ("What did nobody in particular say?", (), True),
    ],
)
def test_one_report_must_know_all_that_is_named(text, people, named):
    """Two reports that know one name each state nothing of both; spellings and forms may differ."""
    reports = [
        Article("a", "Lock", "Lionel Harpe told parliament in Ostrand.", source="a.txt"),
        Article("b", "Guards", "They left Brennica.", source="b.txt"),
    ]
    assert names_all(Question(text, text, people=people), reports) is named


def test_names_in_several_parts_may_stand_in_several_reports():
    """Each part of a question has its own names."""
    text = "Did Harpe resign, and who left Brennica?"
    question = Question(
        text, text, people=("Harpe", "Brennica"), parts=(Part("Did Harpe resign"), Part(text))
    )
    assert names_all(question, ())


@pytest.mark.parametrize(
    ("first", "last", "published", "fits"),
    [
        (date(2022, 10, 1), date(2022, 10, 31), False, True),
        (date(2022, 9, 1), date(2022, 9, 30), False, False),
        (None, date(2022, 10, 31), False, False),
        (date(2022, 10, 1), date(2022, 10, 31), True, False),
    ],
)
def test_a_report_of_later_months_tells_of_the_days_that_it_names(first, last, published, fits):
    """A day without a year in a report of February is of the year before; publication is by its own date."""
    text = "On October 3, five villages were freed."
    article = Article("a", "Title", text, source="a.txt", published=Moment(date(2023, 2, 8)))
    assert fits_dates(Dates(first, last, published, ""), article, text) is fits
