"""Whether the words of whom a question asks to hear are on what it asks them about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering import Answerer
from index.answers import Answer, Citation, NoAnswer, Question, Quote, Reason
from index.building import build_index
from index.datatypes import Span, Statement
from index.quotes.heard_matter import MatterHeard, measure_matter_heard
from index.quotes.relevance import prepare_question
from index.quotes.terms import Rarity

from .test_days import write_reports

RARITY = Rarity(100, lambda word: 1)
CITATION = Citation("a", "The lock", "The Courier", None, None, None)
ALL = MatterHeard()


def measure(text, *said, before=""):
    """`said` are pairs of a speaker and their words."""
    quotes = [Quote(CITATION, 0, len(words), words, 0.0, speaker=speaker) for speaker, words in said]
    question = Question(text, text)
    return measure_matter_heard(question, prepare_question(text, RARITY), quotes, [before] * len(quotes))


def test_words_on_the_matter_meet_it():
    """In the word itself, or another form of it."""
    assert measure("What did Ada Voss say about the alarm?", ("Ada Voss", "Two alarms rang.")) == (1, 1)


def test_words_on_something_else_do_not_meet_it():
    """However much a neighbour's words do; what stands before the words counts apart."""
    said = [("Ada Voss", "The tea was cold."), ("Piers Andvik", "The alarm rang.")]
    heard = measure("What did Ada Voss say about the alarm?", *said)
    assert max(heard) < 0.4
    heard = measure("What did Ada Voss say about the alarm?", *said, before="Of the alarm Andvik knew all.")
    assert heard.within < 0.4
    assert heard.around == 1


def test_words_of_nobody_known_may_be_theirs():
    """A sentence without a speaker beside words of theirs is of the reporter, who tells what they said."""
    said = [("Ada Voss", "The tea was cold."), (None, "She also spoke of the alarm.")]
    assert measure("What did Ada Voss say about the alarm?", *said).within == 1


def test_who_has_others_speak_may_have_spoken_elsewhere():
    """A state's ministry is quoted on something else; its minister, not known to be its own, may be on it."""
    heard = measure("What did Varn say about the alarm?", ("Varn's defence ministry", "The tea was cold."))
    assert heard.within < 0.4
    assert heard.around == 1


def test_a_number_tells_of_the_number_of():
    """A count seldom says that it is one."""
    said = ("the union", "Nobody left, and two of them are hurt.")
    assert measure("What does the union say about the number of hurt?", said).within == 1


@pytest.mark.parametrize(
    "question",
    [
        "What did Ada Voss say?",
        "What did Ada Voss say about it?",
        "What did Bo Lind say about the alarm?",
        "What did Voss's Courier report about the alarm?",
        "Who said anything about the alarm?",
        "Was the alarm broken?",
    ],
)
def test_nothing_is_missing_where_nobody_is_asked_about_anything(question):
    """Nor of a medium, all of whose report is told, nor where none of the quotes is known to be theirs."""
    assert measure(question, ("Ada Voss", "The tea was cold.")) == ALL


@given(st.text(max_size=40), st.text(max_size=40))
def test_shares_are_shares(matter, words):
    """Whatever is asked, and whatever is said."""
    heard = measure(f"What did Ada Voss say about {matter}?", ("Ada Voss", words))
    assert all(0 <= share <= 1 + 1e-6 for share in heard)
    assert heard.within <= heard.around + 1e-6


def test_who_says_nothing_of_the_matter_is_not_quoted_on_it(tmp_path):
    """It is declined; with the matter just before their words it is an unsure answer."""
    near = (
        "The siren at Varn lock was silent on Monday. “The tea was cold,” said Piers Andvik at Varn lock. "
        "The owner of Varn lock has sold it to a bank for a large sum, and the town is angry, since it was "
        "never asked and had paid for the gates of the lock, the paint and the oil over the years. "
        "Ada Voss likes Varn lock. “The paint is dry,” said Ada Voss at Varn lock."
    )

    def attribute(article):
        for name, words in (("Piers Andvik", "The tea was cold"), ("Ada Voss", "The paint is dry")):
            start = near.index(words)
            place = near.rindex(name) if name == "Ada Voss" else near.index(name)
            speaker = Span(place, place + len(name))
            span = Span(start, start + len(words))
            yield Statement(article.id, (span,), None, speaker, name, confidence=0.9)

    builder = write_reports(tmp_path, {"lock": ("Varn lock", "The Courier", "2025-05-02", near)})
    builder = replace(builder, attribute=lambda article: tuple(attribute(article)))
    build_index(builder)
    answerer = Answerer.open(builder.settings, builder.embedder)
    unsure = answerer.answer("What did Piers Andvik say about the siren at Varn lock?")
    declined = answerer.answer("What did Ada Voss say about the siren at Varn lock?")
    assert isinstance(declined, NoAnswer)
    assert declined.reason is Reason.NOT_STATED
    assert isinstance(unsure, Answer)
    assert not unsure.sure
