"""What refers to nothing: "Who denied it?" is asked back as a first question and answered as a follow-up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering import Answerer
from index.answers import NoAnswer, Reason
from index.building import build_index
from index.questions.question import parse_question
from index.questions.referring import refers_to_nothing
from index.questions.turns import Turn

from .test_days import write_reports

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
OUTLETS = ("The Courier",)
BRIDGE = ("Bridge shut", "The Courier", "2025-05-02", "The bridge at Varn is shut. Mayor Ada Voss denied it.")
FAIR = (
    "Apple fair",
    "The Lantern",
    "2025-05-09",
    "The apple fair in Lund has nine growers and a brass band.",
)


def refers(text, *, alone=True):
    return refers_to_nothing(parse_question(text, NOW, OUTLETS, {}), alone=alone)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Who denied it?", True),
        ("Is it true?", True),
        ("What did she say?", True),
        ("and when did that happen", True),
        ("What do the police say about it?", True),
        ("¿Quién lo negó?", True),
        ("Was the bridge shut when he said it?", False),
        ("Did Voss deny it?", False),
        ("Is it true that teachers left?", False),
        ("How many people were hurt?", False),
        ("What did the mayor say?", False),
        ("What did he say on 5 May?", False),
        ("What did the Courier say about it?", False),
    ],
)
def test_a_word_that_points_back_needs_something_to_point_at(text, nothing):
    """A name, a matter, a day or an outlet is something; a question that points at nothing is left alone."""
    assert refers(text) is nothing


def test_whoever_was_spoken_of_is_known_by_an_office():
    """Within a conversation "the mayor" is somebody, and a mere "it" still nothing."""
    assert not refers("What did the mayor say about it?", alone=False)
    assert refers("Is it true?", alone=False)


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read(text, alone):
    """None of them is an error."""
    assert refers(text, alone=alone) in (True, False)


def open_answerer(folder, reports):
    builder = write_reports(folder, reports)
    build_index(builder)
    return Answerer.open(builder.settings, builder.embedder)


def asks_back(answerer, turns=(), about=None):
    answer = answerer.answer("Who denied it?", now=NOW, turns=turns, about=about)
    return isinstance(answer, NoAnswer) and answer.reason is Reason.NOTHING_MEANT


def test_only_a_first_question_is_asked_back(tmp_path):
    """After a question, or on selected words, "it" is what they are about."""
    answerer = open_answerer(tmp_path, {"bridge": BRIDGE, "fair": FAIR})
    assert asks_back(answerer)
    assert not asks_back(answerer, turns=[Turn("Was the bridge at Varn shut?", ("Varn",))])
    assert not asks_back(answerer, about="The bridge at Varn is shut.")
    assert asks_back(answerer, turns=[Turn("Is it true?", answered=False)])


def test_where_there_is_one_story_it_is_meant(tmp_path):
    """Of an index of one story nothing else can be asked."""
    assert not asks_back(open_answerer(tmp_path, {"bridge": BRIDGE}))
