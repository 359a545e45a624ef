import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.events.contraries import may_oppose, negates, oppose_quantified, oppose_words


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


BALLOTS = "1,300 postal ballots had not been counted"


def test_all_and_none_oppose_what_is_said_of_some():
    """What is said of every one is opposed where it is denied of some, and the other way round."""
    assert oppose_quantified(BALLOTS, "Every ballot received in time had been counted")
    assert oppose_quantified("Not one post was abandoned", "The guards abandoned a post on Friday")
    assert oppose_quantified("Two posts were abandoned", "Not one post was abandoned")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (BALLOTS, "Every ballot was sealed"),
        (BALLOTS, "Every vote of the ballot was counted"),
        (
            "Ballots of the Elmstone mill were not counted by Brandt",
            "Every ballot in Harrowby was counted by its observers",
        ),
        (BALLOTS, "Not one ballot was counted"),
        (BALLOTS, "Every vote in Elmstone was counted, and the ballots lay there"),
        ("The bank defrauded all its customers", "The bank did not have enough for its customers"),
        ("The bank robbed every customer", "Customers would not be robbed if the bank closed"),
        ("", "every"),
    ],
)
def test_other_predicates_things_and_conditions_are_not_opposed_by_all(one, two):
    """The thing and what is said of it must both stand in the other sentence, which must deny it."""
    assert not oppose_quantified(one, two)
    assert not oppose_quantified(two, one)
