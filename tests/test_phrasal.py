"""Two-word verbs are read as plain ones where the reports hold those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.phrasal import read_plainly

HELD = {"downed", "resign", "withdrew", "closed", "broke out", "detained"}


def count(words):
    return int(words.lower() in HELD)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("What was shot down?", "What was downed?"),
        ("Is Quenell going to step down?", "Is Quenell going to resign?"),
        ("Who stepped  down?", "Who resigned?"),
        ("Are they pulling out?", "Are they withdrawing?"),
        ("Was the plant closed down?", "Was the plant closed?"),
        ("Where was Roe picked up?", "Where was Roe detained?"),
        ("Where has fire broken out?", "Where has fire broken out?"),
        ("When did the fire that broke out end?", "When did the fire that broke out end?"),
        ("Who was blown up?", "Who was blown up?"),
        ("Who stood downwind of the shot?", "Who stood downwind of the shot?"),
    ],
)
def test_a_phrase_is_read_as_the_verb_that_reports_have(asked, read):
    """The fitting form takes the phrase's place; a phrase that reports hold, or nothing of, stays."""
    assert read_plainly(asked, count) == read


@given(st.text())
def test_a_text_without_a_phrase_that_reports_can_match_is_left_alone(text):
    """Whatever is written, nothing is changed where the reports hold none of the verbs."""
    assert read_plainly(text, lambda words: 0) == text
