"""Where questions name who says something, and of what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.lexicons import load_lexicons
from index.questions.speaking import find_descriptions, find_speaker, find_told, is_personal
from index.questions.wording import read_wording

ENGLISH = load_lexicons()[0]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did the mayor of Varn say about the strike?", "the mayor of Varn"),
        ("why does the minister's lawyer deny it", "the minister's lawyer"),
        ("How many were hurt according to the union?", "the union"),
        ("What did the driver tell police? (the crash)", "the driver"),
        ("¿Qué dijo el alcalde sobre la huelga?", "el alcalde"),
        ("Что сказал мэр Варны о забастовке?", "мэр Варны"),
        ("Що сказав мер про страйк?", "мер"),
        ("Who shot the driver?", None),
    ],
)
def test_who_speaks_is_found_as_a_whole(question, speaker):
    """With what belongs to the name, and without the verb and what is spoken of."""
    span = find_speaker(question)
    assert (question[slice(*span)] if span else None) == speaker


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Lund say about the strike?", "the strike"),
        ("¿Qué dijo Lund sobre la huelga?", "la huelga"),
        ("Were about 20 people hurt?", None),
    ],
)
def test_what_is_spoken_of_is_found(question, told):
    """Behind "about", where no number follows."""
    span = find_told(question)
    assert (question[slice(*span)] if span else None) == told


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("did the opposition leader resign", ["the opposition leader"]),
        ("what does Tobin Marr's mother say", ["Tobin Marr's mother"]),
        ("is the mayor of Varn there", ["the mayor of Varn"]),
        ("was the gun found", []),
    ],
)
def test_persons_are_described_as_a_whole(text, described):
    """With the owner, the modifiers and the place."""
    assert [text[slice(*span)] for span in find_descriptions(text, ENGLISH)] == described


@pytest.mark.parametrize(
    ("fragment", "personal"),
    [
        ("the police", True),
        ("her lawyer", True),
        ("the bakers", True),
        ("the head of the mission", True),
        ("the letter", False),
        ("the eggs", False),
        ("the footage", False),
    ],
)
def test_persons_and_things_are_told_apart(fragment, personal):
    """By the noun that is described."""
    wording = read_wording(fragment, ENGLISH, led=True, names=(), hidden=())
    assert is_personal(wording, fragment) is personal


@given(st.text(max_size=100))
def test_spans_lie_within_any_text(text):
    """Whatever is found is a slice that is not empty."""
    found = [find_speaker(text), find_told(text), *find_descriptions(text, ENGLISH)]
    assert all(0 <= span.start < span.end <= len(text) for span in found if span)
