"""How the words of a sentence are arranged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Span
from index.quotes.arrangement import holds_verb, measure_lead, measure_nearness, share_in_order
from index.quotes.sought import Fitting
from index.quotes.terms import split_terms
from index.texts.stems import stem_word

WEIGHTS = {stem_word("gate"): 2.0, stem_word("broke"): 1.0}


def near(text, word, fit=1.0):
    start = text.index(word)
    found = [Fitting(Span(start, start + len(word)), fit)]
    return measure_nearness(WEIGHTS, split_terms(text), found)


def test_what_stands_beside_the_questions_words_is_nearer():
    """And counts by how well it fits."""
    assert near("9 men saw the gate 11", "11") > near("9 men saw the gate 11", "9")
    assert near("the gate 11", "11", 0.5) == pytest.approx(near("the gate 11", "11") / 2)
    assert measure_nearness(WEIGHTS, split_terms("the gate 11"), []) == 0


def test_words_in_the_questions_order_count():
    """The other way round only one of two does."""
    asked = split_terms("gate broke")
    assert share_in_order(asked, WEIGHTS, split_terms("The gate broke.")) == 1
    assert share_in_order(asked, WEIGHTS, split_terms("It broke the gate.")) == 0.5


def test_a_lead_is_early_and_of_some_length():
    """A teaser is short, the end of a report late."""
    assert measure_lead(0, 25) == 1
    assert measure_lead(0, 5) < 0.5
    assert measure_lead(2_000, 25) < 0.01


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("In April, Binance.", False),
        ("The Harbour, at Noon", False),
        ("He was 41.", True),
        ("Ada left.", True),
        ("Sixty metres.", True),
    ],
)
def test_a_fragment_holds_nothing_that_may_be_a_verb(text, held):
    """Only names, numbers and little words."""
    assert holds_verb(text) is held


@given(st.text(max_size=100), st.text(max_size=100))
def test_shares_stay_shares(asked, text):
    """Whatever the texts."""
    ours = split_terms(asked)
    weights = {term.stem: 1.0 for term in ours}
    found = [Fitting(Span(0, 1), 1.0)] if text else []
    assert 0 <= share_in_order(ours, weights, split_terms(text)) <= 1
    assert 0 <= measure_nearness(weights, split_terms(text), found) <= 1
