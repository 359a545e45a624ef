"""Names that are typed without capitals, or in capitals throughout, are told by the reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.casing import restore_capitals
from index.questions.spelling import make_vocabulary
from index.search.words import split_words

REPORTS = (
    "On Tuesday the gate of the Kestrel Lock at Port Sellmar broke, and Ilse Calloran spoke of a recount.",
    "In June it rained. In June!",
    "Then Taylor Swift told the NCAA that Sam Bankman-Fried and OpenAI were late; a taylor, a swift answer.",
    "Later Taylor Swift and the NCAA met Bankman-Fried, but only Sam of OpenAI stayed with Swift and Taylor.",
    "The dredger lay at the Kestrel Lock, and the mayor of Port Sellmar asked Calloran for the recount.",
)


def find_reports(word):
    """The places of the reports that hold a word."""
    return [place for place, text in enumerate(REPORTS) if word in split_words(text)]


VOCABULARY = make_vocabulary(
    {word: 1 for text in REPORTS for word in split_words(text)},
    ["Torpress"],
    find_reports,
    lambda word: [REPORTS[place] for place in find_reports(word)],
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who is calloran", "who is Calloran"),
        ("did it rain in june", "did it rain in June"),
        ("kestrel lock", "Kestrel Lock"),
        (
            "what broke at the kestrel lock in port sellmar?",
            "what broke at the Kestrel Lock in Port Sellmar?",
        ),
        ("WHO BROKE THE KESTREL LOCK?", "who broke the Kestrel Lock?"),
        ("was there a recount", "was there a recount"),
        ("where was the dredger", "where was the dredger"),
        ("did calloran's lock break", "did Calloran's lock break"),
        ("see www.calloran.example and @calloran", "see www.calloran.example and @calloran"),
        ("who is sam bankman-fried", "who is Sam Bankman-Fried"),
        ("did taylor swift talk to the ncaa", "did Taylor Swift talk to the NCAA"),
        ("who runs openai", "who runs OpenAI"),
        ("a swift answer", "a swift answer"),
        ("Who is calloran?", "Who is calloran?"),
        ("NATO", "NATO"),
        ("", ""),
    ],
)
def test_names_get_their_capitals_back(typed, meant):
    """A name by itself, and common words where they are part of one; what has a capital is left."""
    assert restore_capitals(typed, VOCABULARY) == meant


@given(st.text(max_size=120))
def test_nothing_else_changes(typed):
    """Any text keeps its letters."""
    assert restore_capitals(typed, VOCABULARY).casefold() == typed.casefold()
