"""Whether quotes state the number or the name that a question asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers import Citation, Quote
from index.datatypes import Moment
from index.quotes.relevance import prepare_question
from index.quotes.stating import knows_named_year, states_asked, tells_named_act
from index.quotes.terms import Rarity

RARITY = Rarity(100, lambda word: 1)


def states(question, *texts, title="The lock", before=()):
    citation = Citation("a", title, "The Courier", None, None, None)
    quotes = [Quote(citation, 0, len(text), text, 0.0) for text in texts]
    return states_asked(prepare_question(question, RARITY), quotes, before)


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("How much did the Ledger pay for the tape?", "The Ledger paid 5,000 crowns for it.", True),
        ("How much did the Ledger pay for the tape?", "The Ledger did not say who made the tape.", False),
        ("How much did the Ledger pay for the tape?", "Twelve guests sat 9 metres from the tape.", False),
        ("How heavy was the trunk?", "The trunk, an alder of nine metres, lay there.", False),
        ("How heavy was the trunk?", "The trunk, an alder, weighed 2 tonnes.", True),
        ("How tall were the limes?", "They found 31 of the 46 limes lying in the road.", False),
        ("How tall were the limes?", "The limes were 20 metres tall.", True),
        ("How many guards left?", "The guards left at noon.", False),
        ("How many guards left?", "Of the guards 140 had gone.", True),
        ("How long will the lock be shut?", "The lock will be shut for weeks.", True),
        ("How long will the lock be shut?", "The lock was shut by its owner.", False),
        ("Who shut the lock?", "The lock was shut by its owner.", True),
        ("Why was the lock shut?", "It was old.", True),
    ],
)
def test_a_number_that_is_asked_for_must_stand_in_a_quote(question, text, stated):
    """Of the unit that is asked for, with a word of the question; nothing else is asked to stand there."""
    assert states(question, text) is stated


@pytest.mark.parametrize(
    ("text", "before", "stated"),
    [
        ("Imelda Foss, 51, is its head.", "", True),
        ("A 27-year-old man died, police said.", "", False),
        ("She is 51 years old.", "Imelda Foss leads the school. ", True),
        ("“Those scratches are ten years old,” said Piers Andvik.", "Imelda Foss saw it. ", False),
        ("Imelda Foss said the first child was ill.", "", False),
        ("Imelda Foss and Piers Andvik, 27, left.", "", False),
        ("Andvik, 27; Imelda Foss, 51; and two others left.", "", True),
        ("Imelda Foss saw the 27-year-old driver Piers Andvik.", "", False),
        ("The 51-year-old joined Varn City in May from Lund United.", "They lost Imelda Foss. ", True),
        (
            "The 27-year-old joined Varn City in May from Lund United.",
            "Imelda Foss met Piers Andvik. ",
            False,
        ),
    ],
)
def test_an_age_is_of_whom_the_question_names(text, before, stated):
    """Whoever else is of an age does not answer, and neither does what somebody else says."""
    assert states("How old is Imelda Foss?", text, before=[before]) is stated


def test_what_is_asked_right_before_a_quote_says_what_its_number_is_of():
    """An interviewed person need not repeat the question."""
    asked = "Post: How many people have lost their jobs? "
    assert states("How many people lost their jobs?", "Nance: All twenty-three.", before=[asked])
    assert not states("How many people lost their jobs?", "Nance: All twenty-three.", before=["Jobs went. "])


def test_an_age_of_nobody_by_name_needs_a_word_of_the_question():
    """Where the question names nobody, whom it is of stands beside it."""
    assert states("How old was the driver?", "The driver, 41, was unhurt.")
    assert not states("How old was the driver?", "The driver was unhurt.")


def test_one_of_the_quotes_is_enough():
    """They are read together."""
    assert states("How old is Imelda Foss?", "Imelda Foss was there.", "Foss, 51, left.")


def test_a_name_that_is_asked_for_is_none_of_the_question():
    """That somebody gave a first name only does not tell the surname."""
    question = "What is the surname of Pavlo the gunner?"
    assert not states(question, "A gunner who gave only his first name, Pavlo, disagreed.")
    assert states(question, "The gunner, Pavlo Rudin, disagreed.")
    assert states("Why did he refuse? (what is the surname of Pavlo)", "It was not safe, he said.")


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("What is the name of the nurse in Varn?", "A nurse told Ada Voss to leave.", False),
        ("What is the name of the nurse in Varn?", "A nurse, Ada Voss, told them to leave.", True),
        ("What is the name of the nurse in Varn?", "It was Ada Voss, a senior nurse, who told them.", True),
        ("What is the name of the nurse in Varn?", "The nurse was not named. Ada Voss called.", False),
        ("What is the nurse's full name?", "The nurse left when Ada Voss called.", False),
        ("What was the name of Roe's half brother?", "Roe's half-brother Mark Lind lives in Varn.", True),
        ("What is the name of the attorney?", "His lawyer, Ada Voss, was there.", True),
        ("What is the name of the ship?", "She came to Varn on the Corrie Maud.", True),
        ("What is Roe's real name?", "Roe was born Ada Voss.", True),
        ("What are the two brothers called?", "Two brothers were held. Ada Voss said so.", False),
        ("What are the two brothers called?", "The brothers, Jan and Ole Lind, were held.", True),
    ],
)
def test_whoever_is_to_be_named_has_the_name_beside(question, text, stated):
    """Another's name in the sentence names nobody else; of things it is told in too many ways."""
    assert states(question, text) is stated


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("Who bought the kitchen?", "The kitchen was shut on Tuesday, when children fell ill.", False),
        ("Who bought the kitchen?", "Ada Voss purchased the kitchen.", True),
        ("Who has bought the kitchen?", "Ada Voss buys the kitchen.", True),
        ("Who was bought by the owner?", "The kitchen was shut on Tuesday, when children fell ill.", True),
        ("Who denied the sale?", "He called it an insult.", True),
        ("Who grommeted the kitchen?", "The kitchen was shut on Tuesday, when children fell ill.", True),
    ],
)
def test_who_did_something_is_told_where_it_was_done(question, text, stated):
    """By the verb or one somewhat like it; denials are worded otherwise, and odd words are like none."""
    assert states(question, text) is stated


def test_a_headline_may_tell_who_did_it():
    """The quote then names them."""
    quote = "The kitchen is now that of Ada Voss."
    assert not states("Who bought the kitchen?", quote)
    assert states("Who bought the kitchen?", quote, title="Voss buys kitchen")


def test_a_common_verb_may_be_put_in_other_words():
    """Who "made" a deal has "signed" it."""
    common = Rarity(100, lambda word: 50)
    quote = Quote(Citation("a", "", "The Courier", None, None, None), 0, 18, "Ada Voss signed it.", 0.0)
    assert states_asked(prepare_question("Who trained the dogs?", common), [quote])


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_question_and_any_text_are_read(question, text):
    """None of them is an error."""
    assert states(question, text) in (True, False)


def test_a_word_in_brackets_is_not_what_is_counted():
    """It says what a follow-up is about; a number beside it is of something else."""
    said = "The army says it shot down an SU-25 and 2 drones over Kupyan."
    assert not states("How many guards were hurt? (why did the army leave Kupyan)", said)
    assert states("How many drones were lost? (why did the army leave Kupyan)", said)


@pytest.mark.parametrize(
    ("question", "text", "stated"),
    [
        ("Who is the mayor of Varn?", "The withdrawal from Varn surprised Ada Lund.", False),
        ("Who is the mayor of Varn?", "Mayor Ada Lund spoke in Varn.", True),
        ("Who was Varn's mayor?", "The mayor left Varn.", False),
        ("Who is Karel Weber?", "Karel Weber keeps the lock.", True),
        ("Who is leading the review of the lock?", "A professor, Ada Lund, leads it.", True),
        ("Which two clerks left the office?", "Two clerks have left the office.", False),
        ("Which two clerks left the office?", "Ada Lund and Ivo Brandt have left the office.", True),
        ("Which clerks left the office?", "Two clerks have left the office.", True),
        ("What was the dog called?", "A dog was hurt.", False),
        ("What was the dog called?", "The dog, Bruno, was hurt.", True),
    ],
)
def test_who_holds_an_office_or_is_one_of_several_must_be_named(question, text, stated):
    """By a name that the question does not hold, and an office by its noun; who somebody is needs neither."""
    assert states(question, text) is stated


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("How many children died in Varn?", "Seven children in Varn were treated at the clinic.", False),
        ("How many children died in Varn?", "Seven children were killed in Varn.", True),
        ("How many children died in Varn?", "The toll in Varn is seven children.", True),
        ("How many guards were killed in Varn?", "Of the guards, 140 had left Varn.", False),
        ("How many people were hurt in Varn?", "The storm in Varn injured 14 people.", True),
        ("How many people were hurt in Varn?", "The storm in Varn delayed 14 people.", False),
        ("How many people were arrested in Varn?", "The police in Varn took 14 people into custody.", True),
        ("How many children slept in Varn?", "Seven children in Varn were treated.", True),
        ("Who died in Varn?", "The ministry in Varn denied that Ada Voss had left.", False),
        ("Who died in Varn? (who was hurt)", "Ada Voss was killed in Varn.", True),
    ],
)
def test_what_befell_those_who_are_counted_must_be_told(question, text, told):
    """In whatever words: a toll, the injured, whoever was detained."""
    assert states(question, text) is told


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Why was Ada Voss arrested?", "Ada Voss, who teaches in Varn, wrote the certificates.", False),
        ("Why was Ada Voss arrested?", "Ada Voss was detained for theft of the certificates.", True),
        ("When did Ada Voss confess?", "Ada Voss was asleep in the longboat.", False),
        ("When did Ada Voss confess?", "Ada Voss admitted on Monday that she was asleep.", True),
        ("Where has Ada Voss been arrested?", "Ada Voss was asleep in the longboat.", False),
        ("Why was the teacher arrested?", "The teacher was asleep in the longboat.", True),
        ("What did Ada Voss confess?", "Ada Voss was asleep in the longboat.", True),
    ],
)
def test_what_a_named_one_is_taken_to_have_done_must_be_told(question, text, told):
    """By the verb or one somewhat like it; of whom no name tells, and of what, nothing is asked."""
    citation = Citation("a", "The lock", "The Courier", None, None, None)
    quotes = [Quote(citation, 0, len(text), text, 0.0)]
    assert tells_named_act(prepare_question(question, RARITY), quotes) is told


@pytest.mark.parametrize(
    ("question", "text", "day", "known"),
    [
        ("How much is the 2026 budget?", "The budget is 12 million.", 2023, False),
        ("How much is the 2026 budget?", "The budget for 2026 is 12 million.", 2023, True),
        ("How much is the 2026 budget?", "The budget is 12 million.", 2025, True),
        ("How much is the budget for 2026?", "The budget is 12 million.", 2023, False),
        ("How much is the budget?", "The budget is 12 million.", 2023, True),
        ("How much is the 2026 budget?", "The budget is 12 million.", None, True),
    ],
)
def test_a_year_that_tells_which_is_meant_must_be_known(question, text, day, known):
    """By the words, or by when the report came out; of a report without a day nothing is known."""
    published = None if day is None else Moment(date(day, 5, 6))
    citation = Citation("a", "The lock", "The Courier", None, published, None)
    quotes = [Quote(citation, 0, len(text), text, 0.0)]
    assert knows_named_year(prepare_question(question, RARITY), quotes) is known
