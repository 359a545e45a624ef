"""A question is taken apart into outlets, names, dates and the parts that it asks about."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.question import content_words, parse_question

NOW = datetime(2024, 1, 10, 12, tzinfo=UTC)
OUTLETS = ("The Courier", "Lantern", "Harbour Daily")


def parse(text):
    return parse_question(text, NOW, OUTLETS, {"Lantern": ("the Lamp",)})


def test_a_plain_question_is_one_part():
    """What asks one thing is searched for as it stands."""
    question = parse("Who denied the withdrawal from Varn?")
    assert [part.text for part in question.parts] == [question.text]
    assert question.people == ("Varn",)
    assert (question.outlets, question.dates, question.latest) == ((), None, False)


def test_each_outlet_gets_its_own_clause():
    """Where outlets are asked different things, each part holds its own outlet and date."""
    question = parse(
        "Did the Courier report on October 1, 2023 that the bridge at Varn had fallen, while the Lamp "
        "claimed that only one lane was closed?"
    )
    assert [part.outlets for part in question.parts] == [("The Courier",), ("Lantern",)]
    assert question.parts[0].dates.first == date(2023, 10, 1)
    assert question.parts[1].dates is None
    assert question.outlets == ("The Courier", "Lantern")


def test_outlets_in_a_list_are_asked_everything():
    """A list of outlets belongs to every part that names none of its own."""
    question = parse(
        "Who closed the bridge at Varn, and was later accused of hiding the engineers' warnings, "
        "as reported by both Lantern and the Courier?"
    )
    assert len(question.parts) == 2
    assert all(set(part.outlets) == {"The Courier", "Lantern"} for part in question.parts)


def test_an_attribution_is_no_part_of_its_own():
    """Words that only say who reported stay with what was reported."""
    question = parse("Which company closed its mill in Varn, according to the Courier?")
    assert len(question.parts) == 1


def test_dates_span_all_parts():
    """The range of the whole question runs from the first report to the last."""
    question = parse(
        "Did the Courier report of October 1, 2023 on the mill agree with "
        "the Lantern report of 4 October 2023?"
    )
    assert (question.dates.first, question.dates.last) == (date(2023, 10, 1), date(2023, 10, 4))
    assert question.dates.published


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("What is the latest on Varn?", True),
        ("Who spoke last?", False),
        ("Что нового? последние новости", True),
    ],
)
def test_the_newest_is_asked_for(text, latest):
    """Words for the newest reports are recognised."""
    assert parse(text).latest is latest


def test_an_overview_is_asked_of_its_topic():
    """The topic stands for the question, with its dates and names; what was typed is kept."""
    question = parse("What is the latest on Varn in March 2023?")
    assert (question.text, question.overview) == ("Varn in March 2023", True)
    assert question.asked == "What is the latest on Varn in March 2023?"
    assert question.latest
    assert question.people == ("Varn",)
    assert question.dates.first == date(2023, 3, 1)
    assert not parse("Who denied the withdrawal from Varn?").overview


def test_names_are_neither_outlets_nor_dates():
    """Names keep their words together and leave out outlets, months and the opening word."""
    question = parse("Did Andriy Kanashevych's office tell the Courier on 8 February about Varn?")
    assert question.people == ("Andriy Kanashevych", "Varn")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("What's Harrow's answer?", ("Harrow",)),
        ("Didn't Mira Sand resign?", ("Mira Sand",)),
        ("Who's O'Brien?", ("O'Brien",)),
        ("Did May resign?", ("May",)),
        ("Кто закрыл мост?", ()),
        ("¿Quién cerró el puente de Varn?", ("Varn",)),
        ("WHO DENIED THE WITHDRAWAL FROM VARN?", ()),
        ("NATO", ("NATO",)),
    ],
)
def test_what_begins_a_question_is_no_name(text, people):
    """Neither with a clitic, nor in another language, nor in capitals throughout."""
    assert parse(text).people == people


def test_the_days_of_an_overview_are_read_in_the_whole_question():
    """A month is known by the word before it, which the topic may have lost; so is what follows it up."""
    question = parse("What happened in March in Varn?")
    assert (question.text, question.overview) == ("Varn", True)
    assert (question.dates.first, question.people) == (date(2023, 3, 1), ("Varn",))
    assert question.complete == "What happened in March in Varn?"
    assert parse("what happened yesterday in Varn?").dates.first == date(2024, 1, 9)
    assert parse("any news from Varn since last week?").text == "Varn since last week"
    assert parse("Who closed the bridge?").complete == ""


def test_function_words_carry_no_meaning():
    """Only words with meaning are searched for, unless there is no other."""
    assert content_words("What did the mayor say about the bridge?") == ["mayor", "bridge"]
    assert content_words("What did they say?") == ["what", "did", "they", "say"]
    assert content_words("?!") == []


def test_a_day_within_a_name_dates_nothing():
    """Black Friday is no Friday, and the outlet Business Today not of today."""
    assert parse("What did Varn sell on Black Friday?").dates is None
    assert parse("What did Varn sell on Friday?").dates is not None
    named = parse_question("Did Business Today report on Varn?", NOW, ("Business Today",), {})
    assert (named.outlets, named.dates) == (("Business Today",), None)


@given(st.text(max_size=300))
def test_any_text_is_understood(text):
    """No text makes it fail; it stays as it is, or is cut to its topic; parts keep its words with meaning."""
    question = parse(text)
    assert question.asked == text
    assert question.text == text or (question.overview and question.text in text)
    text, reached = question.text, 0
    for part in question.parts:
        reached = text.index(part.text, reached) + len(part.text)
    kept = [word for part in question.parts for word in content_words(part.text)]
    if len(question.parts) > 1:
        assert set(content_words(text)) <= set(kept)


def test_a_very_long_question_is_bounded():
    """A question of a hundred thousand letters is read, into a handful of parts, without delay."""
    question = parse("and, while the Courier said that Varn fell, " * 3000)
    assert 1 <= len(question.parts) <= 6
