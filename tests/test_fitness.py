"""How well words of the asked kind fit a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotes.answer_types import AnswerType
from index.quotes.fitness import find_fitting
from index.quotes.relevance import prepare_question
from index.quotes.sought import read_sought
from index.quotes.terms import Rarity, stem_words

RARITY = Rarity(100, lambda word: 1)


def fits(question, text):
    """What fits at least as well as not, best first."""
    found = find_fitting(prepare_question(question, RARITY).sought, text)
    best = sorted(found, key=lambda one: -one.fit)
    return [text[one.span.start : one.span.end] for one in best if one.fit >= 0.4]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How heavy was the gate?", "It cost $4 million, weighs 92 tonnes and hurt 11.", ["92 tonnes"]),
        (
            "How far away was the ship?",
            "At 5.38 the ship was sixty metres off, with 9 men.",
            ["sixty metres"],
        ),
        ("How fast was the train going?", "Its 12 cars did 140 mph.", ["140 mph"]),
        ("How hot was it?", "In 3 towns it was 41 degrees.", ["41 degrees"]),
        ("How much styrene leaked?", "900 litres of styrene, worth $2,000, in 3 hours.", ["900 litres"]),
        ("How much did the repair cost?", "The 30 men took 2 million marks.", ["2 million marks"]),
        ("What does the mayor earn?", "She has served 9 years and earns €5,000.", ["€5,000"]),
        ("What was the turnout?", "Turnout in 38 wards was 58.3 per cent.", ["58.3 per cent"]),
        ("What is the population of Varn?", "Varn has 12,000 inhabitants and lies 70 km away.", ["12,000"]),
        ("How many litres leaked?", "The 3 tanks lost 900 litres.", ["900 litres"]),
        ("How many guards left?", "Over 9 hours, 140 guards left for $400 each.", ["140"]),
        (
            "How much did it spend?",
            "It spent over 100 billion dollars in 9 years.",
            ["over 100 billion dollars"],
        ),
        ("How much did oil rise?", "Oil rose by less than two percent.", ["less than two percent"]),
        ("What is the fine for speed racing?", "At 100 mph it is $627 a car.", ["$627"]),
        ("How many of the guards came?", "Of the guards 51.6% came.", ["51.6%"]),
        ("How long did it last?", "It lasted for decades, in 9 towns.", ["decades"]),
        ("How long did they rule?", "They ruled thousands of years, in 9 towns.", ["thousands of years"]),
        ("How often did they warn?", "The 38 men warned eleven times.", ["eleven times"]),
    ],
)
def test_only_a_number_of_what_is_measured_or_counted_fits(question, text, found):
    """Tonnes are heavy, metres far, and of two numbers the one with the noun is it."""
    assert fits(question, text) == found


def test_a_number_without_its_unit_takes_that_of_another_one():
    """The second sum of two is money too."""
    assert fits("How much was the budget?", "It fell from 2 million marks to 900,000.") == [
        "2 million marks",
        "900,000",
    ]


def test_what_is_like_the_counted_fits_better_than_what_is_not():
    """Inhabitants are people."""
    text = "The town of 12,000 inhabitants has 30 bridges."
    found = {
        text[s.start : s.end]: fit for s, fit in find_fitting(sought("How many people live there?"), text)
    }
    assert found["12,000"] > found["30"]


def sought(question):
    return prepare_question(question, RARITY).sought


@pytest.mark.parametrize(
    "text", ["It sounded at 9.22pm.", "The 3rd battalion left.", "On the A40 road.", "Flight PK447."]
)
def test_half_a_word_is_no_number(text):
    """Digits within a time, an ordinal or a name count nothing."""
    assert fits("How many sirens sounded?", text) == []


def test_over_belongs_to_the_verb_before_it():
    """What is handed over is not more than that."""
    assert fits("How many ballots were there?", "Post handed over 9,412 ballots.") == ["9,412"]
    assert fits("How many ballots were there?", "There were over 9,412 ballots.") == ["over 9,412"]


def test_a_day_that_ends_something_tells_how_long_it_will_be():
    """Until a day, as well as for a number of days; not how long after something else."""
    question = "How long will the lock be closed?"
    assert fits(question, "It will stay closed until 20 May.") == ["20 May"]
    assert fits(question, "It will stay closed for three days.") == ["three days"]
    assert fits(question, "It failed seven weeks after the other one.") == []
    assert fits(question, "It was idle before last week’s accident.") == []


def test_what_time_asks_for_the_clock():
    """Not for the day."""
    assert fits("What time did it start?", "On Monday it started at 9.15 pm.") == ["9.15 pm"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The EU’s commissioner Thierry Breton wrote it in Brussels.", ["Thierry Breton"]),
        ("A source told Halyard of it.", []),
        ("They watched “The Eras Tour” with Sam Wrench, 48.", ["Sam Wrench"]),
        ("(CNN) -- A German museum wrote it.", []),
        ("The Sunday’s paper wrote it.", []),
    ],
)
def test_who_is_a_person(text, found):
    """Not an owner, a place, a title, a people's adjective, a dateline, or whoever was told."""
    assert fits("Who wrote the letter?", text) == found


def test_the_name_asked_about_answers_nothing_with_its_titles_either():
    """Whoever is asked about is known."""
    assert fits("Where does Merrick Garland live?", "U.S. Attorney General Merrick Garland spoke.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mayor Owen Tressel lives in Quillby.", ["Quillby"]),
        ("It begins on Tuesday in the old tram depot.", ["the old tram depot"]),
        ("Major Ilse Brandic was at the Mill Street barracks.", ["Mill Street"]),
    ],
)
def test_where_is_a_place(text, found):
    """A name behind *in*, a name of a street, or a common noun that tells where."""
    assert fits("Where does it happen?", text) == found


def test_which_team_asks_for_no_person():
    """But for a name of a body, or any name that no title stands before; and an adjective names a country."""
    assert fits("Which company owns it?", "Its captain Ada Reed left Varn Corp in May.")[0] == "Varn Corp"
    assert "Ada Reed" not in fits("Which company owns it?", "Its captain Ada Reed left Varn Corp in May.")
    assert "French" in fits("Which country won?", "The French team won.")
    assert "French" not in fits("Where was it?", "The French team won.")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people were hurt when the gate broke?", AnswerType.NUMBER),
        ("Was anybody there when the gate burst?", AnswerType.OTHER),
        ("What happened when the gate burst?", AnswerType.OTHER),
        ("Until when is it closed?", AnswerType.DATE),
        ("The gate burst when?", AnswerType.DATE),
        ("And when was that?", AnswerType.DATE),
    ],
)
def test_when_within_a_question_asks_for_no_date(question, kind):
    """It only tells the time of what is asked."""
    assert read_sought(question, stem_words(question), frozenset()).kind is kind


QUESTIONS = [
    "Who left?",
    "How many guards left?",
    "How long will it last?",
    "Where?",
    "How much was it?",
    "When?",
]


@given(st.sampled_from(QUESTIONS), st.text(max_size=200) | st.text("0123 .:,$€%’s-ABab“”untilm", max_size=80))
def test_what_fits_is_inside_the_text(question, text):
    """Whatever the text, spans are non-empty slices in order of their beginning, and fits are shares."""
    reached = 0
    for span, fit in find_fitting(sought(question), text):
        assert reached <= span.start < span.end <= len(text)
        assert 0 < fit <= 1
        reached = span.start
