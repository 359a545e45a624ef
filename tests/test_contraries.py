import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.events.contraries import find_measures, may_oppose, negates, oppose_measures, oppose_words


def oppose_numbers(one, two):
    return oppose_measures(find_measures(one), find_measures(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("14 people were injured, police said.", "Only nine people were hurt, the ministry said."),
        ("The town says 900 litres ran out.", "At least 4,000 litres left the tank."),
        ("Forty lorries crossed the bridge.", "No more than 12 lorries crossed."),
    ],
)
def test_other_numbers_for_one_thing_are_opposed(one, two):
    """Different counts of the injured, of litres or of lorries cannot both be right."""
    assert oppose_numbers(one, two)
    assert oppose_numbers(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("14 people were injured.", "Two people died."),
        ("At least 40 people were hurt.", "43 people were hurt."),
        ("About 400 tents were burnt.", "Some 410 tents were burnt."),
        ("Nine people were injured in all.", "Seven children were injured."),
        ("It happened on October 3 in 2019.", "It happened on October 5 in 2021."),
        ("The pass lies 110 kilometres away.", "The town is 40 kilometres away."),
        ("140 people sat in lorries.", "60 lorries were seen."),
        ("14 people were injured, not 17 people.", "17 people were injured."),
    ],
)
def test_numbers_that_can_both_be_right_are_not_opposed(one, two):
    """Other kinds of things, bounds, rounding, parts, dates and distances oppose nothing."""
    assert not oppose_numbers(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Soldiers opened fire on the crowd", "Soldiers did not open fire on the crowd"),
        ("The rebels captured the Brenner mill", "The Brenner mill was never captured by rebels"),
        ("The gates of Harrowby market stayed open", "The gates of Harrowby market were closed"),
    ],
)
def test_a_fact_and_its_negation_are_opposed(one, two):
    """A negated verb or an opposite word about the same things opposes."""
    assert oppose_words(one, two)
    assert oppose_words(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Soldiers opened fire on the crowd", "The mayor did not attend the fair"),
        ("Soldiers did not open fire on the crowd", "Soldiers never opened fire on the crowd"),
        ("Soldiers opened fire on the crowd", "Soldiers would not open fire on the crowd if it left"),
        ("The market is open", "The mill was closed"),
        ("", "not"),
    ],
)
def test_other_matters_agreement_and_conditions_are_not_opposed(one, two):
    """Sentences on other matters, two negations of one thing, and what is only supposed oppose nothing."""
    assert not oppose_words(one, two)


@given(st.text(max_size=200), st.text(max_size=200))
def test_opposition_is_symmetric_and_no_text_opposes_itself(one, two):
    """The order of two texts does not matter, and a text never opposes itself."""
    assert oppose_words(one, two) == oppose_words(two, one)
    assert oppose_numbers(one, two) == oppose_numbers(two, one)
    assert not oppose_words(one, one)
    assert not oppose_numbers(one, one)
    assert may_oppose(one) or not negates(one)
