import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.events.particulars import (
    extract_particulars,
    find_quantities,
    is_common,
    is_year,
    list_terms,
    parse_figures,
)
from index.texts.stems import stem_word


def values(text):
    return [quantity.value for quantity in find_quantities(text)]


def test_numbers_are_read_in_figures_and_in_words():
    """Figures, grouped figures, words and magnitudes all become one value each."""
    assert values("14 hurt, twenty-five missing, 1,200 homes, $3.5 million, nine dead") == [
        14, 25, 1200, 3_500_000, 9,
    ]  # fmt: skip


def test_figures_with_odd_separators_still_have_a_value():
    """Separators that follow no rule neither raise nor change the order of size."""
    assert parse_figures("1,234,567.5") == 1_234_567.5
    assert parse_figures("1.2.3") == 12.3
    assert parse_figures("3,5") == 3.5


def test_a_year_is_no_count():
    """Four figures between 1900 and 2099 are a year; 1,999 written with a comma is a number."""
    found = extract_particulars("In 2019 the town sold 1,999 tickets and 3000 meals")
    assert found.years == frozenset({2019})
    assert set(found.numbers) == {1999.0, 3000.0}
    assert not any(is_year("1,999", quantity) for quantity in find_quantities("1,999"))


def test_a_name_is_written_with_a_capital_and_never_without():
    """A word that opens a sentence and also stands in lower case is no name."""
    found = extract_particulars("Floods hit Harrowby. The floods reached Harrowby Bridge.")
    assert set(found.names) == {"harrowby", stem_word("Bridge")}
    assert found.words["flood"] == 2


def test_terms_are_the_stems_of_all_but_the_commonest_words():
    """Common words and single letters are left out; a form of a word is the word."""
    assert is_common("The")
    assert not is_common("flood")
    assert list_terms("The floods, it said: a FLOOD!") == {stem_word("flood")}


@given(st.text(max_size=400))
def test_any_text_has_particulars_and_offsets_that_fit(text):
    """No text raises, and every number's offsets slice the words it was read from."""
    extract_particulars(text)
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One hundred and twenty went out and one hundred and thirty came in.", [120, 130]),
        ("A thousand boats, two hundred and five of them new.", [1000, 205]),
        ("A thousand and one nights; one of 300 and five more.", [1000, 300, 5]),
        ("Hundreds of them, and one boat.", []),
    ],
)
def test_one_and_a_are_numbers_before_a_magnitude_only(text, expected):
    """So "one hundred and twenty" is one number; "300 and five" are two, and "one boat" is none."""
    assert values(text) == expected
