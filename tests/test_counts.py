import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.events.counts import find_measures, find_replaced, oppose_measures
from index.texts.stems import stem_word


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
        ("Seven heart patients died at the hospital.", "16 patients were treated, he said."),
        ("Seven people were hurt.", "A spokeswoman for the hospital put the number at 16."),
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
    ("sentence", "expected"),
    [
        (
            "The ministry raised the number of injured from 31 to 38 and apologised.",
            [("hurt", 31), ("hurt", 38)],
        ),
        ("Forty Velmarkers were hurt.", [("hurt", 40)]),
        ("He fell on a nine-yard run and was treated for 20 yards.", [("yard", 9), ("yard", 20)]),
        (
            "It is an insult to four hundred volunteers, given the missing ballots.",
            [(stem_word("volunteer"), 400)],
        ),
        ("A lead of 41 votes became a lead of 12 touchdowns.", [("lead", 41), ("touchdown", 12)]),
        ("“I counted patients. There were forty-three,” she said.", [("hurt", 43)]),
        ("Nine deaths were counted in Elmstone.", [("dead", 9)]),
        ("About 1,300 missing postal votes lay there.", [(stem_word("vote"), 1300)]),
    ],
)
def test_of_an_event_people_are_counted_and_nothing_else(sentence, expected):
    """Yards, points and volunteers near a word for an event do not count it; a bare number does."""
    assert [(each.kind, each.value) for each in find_measures(sentence)] == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_opposition_of_numbers_is_symmetric_and_no_text_opposes_itself(one, two):
    """The order of two texts does not matter, and a text never opposes itself."""
    assert oppose_numbers(one, two) == oppose_numbers(two, one)
    assert not oppose_numbers(one, one)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Four grey sacks lay in the long corridor.", [("sack", 4)]),
        ("Not four sacks but only two were stored there.", [("sack", 2)]),
        ("Not 14 people but 17 were hurt.", [("hurt", 17)]),
        ("It was not four sacks, and two men left.", [("sack", 4)]),
        (
            "Brinscombe Hospital told the Courier early on a Friday that it had seen 26 people.",
            [("hurt", 26)],
        ),
        ("The guide said that he had seen 26 people.", []),
        (
            "Brinscombe Hospital told the Courier early on a Friday that its halls once held 26 people.",
            [],
        ),
        ("Three long hours passed.", []),
    ],
)
def test_what_is_counted_is_the_noun_and_what_is_denied_is_not(sentence, expected):
    """Adjectives count nothing, "not four but two" are two, and whom a hospital has seen are the hurt."""
    assert [(each.kind, each.value) for each in find_measures(sentence)] == expected


def test_who_were_seen_so_far_may_grow_and_never_shrink():
    """A count "since midnight" opposes a lower one and no higher one."""
    seen = "The clinic had treated 26 people since midnight."
    assert oppose_numbers(seen, "Only nine people were hurt.")
    assert not oppose_numbers(seen, "In all 43 people were hurt.")


def test_of_a_changed_number_the_old_one_is_replaced():
    """A rise from 31 to 38 replaces 31; what is at one place and at another replaces nothing."""
    assert find_replaced("It raised the number of injured from 31 people to about 38.") == {31}
    assert find_replaced("Not four sacks but two lay there, and nine men.") == {4}
    assert not find_replaced("It took 31 men from Elmstone to 38 villages.")
