import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.events.contraries import may_oppose, negates, oppose_words


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
    assert not oppose_words(one, one)
    assert may_oppose(one) or not negates(one)
