"""A question names outlets by their indexed names, aliases, short forms and domains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.outlets import find_outlets

HELD = (
    "The Verge",
    "TechCrunch",
    "BBC News - Technology",
    "BBC News - World",
    "Wired",
    "The Age",
    "CBSSports.com",
)
ALIASES = {"TechCrunch": ("TC",)}


def held_in(text):
    return [mention.outlets for mention in find_outlets(text, HELD, ALIASES) if mention.outlets]


def unheld_in(text):
    return [mention.name for mention in find_outlets(text, HELD, ALIASES) if not mention.outlets]


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("What did the Verge report?", ("The Verge",)),
        ("what did 'THE VERGE' say", ("The Verge",)),
        ("according to theverge.com", ("The Verge",)),
        ("the TC article", ("TechCrunch",)),
        ("What does the BBC say?", ("BBC News - Technology", "BBC News - World")),
        ("a story in Wired magazine", ("Wired",)),
        ("according to wired", ("Wired",)),
        ("CBSSports says", ("CBSSports.com",)),
    ],
)
def test_an_outlet_goes_by_its_names(text, outlets):
    """Any name of an outlet finds it; a name that several share finds them all."""
    assert held_in(text) == [outlets]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("what did the courier report?", "The Anser Valley Courier"),
        ("Who left, according to the Valley Courier?", "The Anser Valley Courier"),
        ("The Courier on the lock", "The Anser Valley Courier"),
        ("Courier reports on the lock", "The Anser Valley Courier"),
        ("Does Radio Haldren say so?", "Radio Haldren International"),
        ("What is the courier doing?", None),
        ("What did the courier carry?", None),
        ("What did the baker say about the courier?", None),
        ("What did the Daily Courier report?", None),
        ("Who won the Courier Cup?", None),
        ("the Anser Valley", None),
        ("What happened in Haldren?", None),
    ],
)
def test_a_piece_of_a_name_stands_for_its_outlet_where_it_reports(text, outlet):
    """The last words of a name, or those before "International"; no courier at work is meant."""
    held = ("The Anser Valley Courier", "Radio Haldren International")
    found = [mention.outlets for mention in find_outlets(text, held, {}) if mention.outlets]
    assert found == ([(outlet,)] if outlet else [])


@pytest.mark.parametrize("text", ["the richest in the age group", "How is it wired?", "on the verge of war"])
def test_common_words_are_no_outlets(text):
    """A name that is also a word needs a capital or reporting words."""
    assert held_in(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Did Reuters report it?", "Reuters"),
        ("according to the Kyiv Post", "Kyiv Post"),
        ("The Times of India says", "The Times of India"),
        ("published on example.org", "example.org"),
    ],
)
def test_outlets_that_are_not_held_are_named(text, name):
    """An outlet that the index lacks is reported as such, never mistaken for one that it holds."""
    assert unheld_in(text) == [name]
    assert held_in(text) == []


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_and_any_names_are_taken(text, outlets):
    """No question and no outlet's name makes it fail; mentions are slices in order."""
    mentions = find_outlets(text, outlets, {})
    assert [mention.start for mention in mentions] == sorted(mention.start for mention in mentions)
    assert all(text[mention.start : mention.end] == mention.name for mention in mentions)
