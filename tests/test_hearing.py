"""Whether quotes hold the words of whom a question asks to hear, or somebody else's on the same matter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering import Answerer
from index.answers import Answer, Citation, NoAnswer, Quote, Reason
from index.building import build_index
from index.datatypes import Article, Span, Statement
from index.quotes.candidates import Source
from index.quotes.hearing import Wanted, hears_wanted, read_wanted
from index.quotes.relevance import prepare_question
from index.quotes.terms import Rarity, stem_words
from index.texts.stems import stem_word

from .test_days import write_reports

RARITY = Rarity(100, lambda word: 1)
LOCK = (
    "“The lock is safe,” energy minister Ada Voss said. Piers Andvik has run the town of Varn since May. "
    "The mayor likes coffee. “The lock leaks,” Andvik told us. The owner later admitted the leak. "
    "Ilse Brandt built the lock. Brandt does not want it shut, her spokesman said. "
    "“Brandt said nothing,” Ada Voss added."
)


def ask(question):
    return prepare_question(question, RARITY)


def find(words):
    start = LOCK.index(words)
    return Span(start, start + len(words))


VOSS = Statement(
    "a", (find("The lock is safe"),), None, find("Ada Voss"), "Ada Voss", "energy minister", confidence=0.9
)
ANDVIK = Statement("a", (find("The lock leaks"),), None, None, "Piers Andvik", confidence=0.9)
SPOKESMAN = Statement(
    "a", (find("Brandt does not want it shut"),), None, find("her spokesman"), confidence=0.9
)


ADDED = replace(VOSS, content=(find("Brandt said nothing"),))


def hears(question, *words):
    citation = Citation("a", "The lock", "The Courier", None, None, None)
    source = Source(Article("a", "The lock", LOCK, "a.txt"), citation, (VOSS, ANDVIK, SPOKESMAN, ADDED))
    quotes = [Quote(citation, find(one).start, find(one).end, one, 0.0) for one in words]
    return hears_wanted(ask(question), quotes, [source] * len(quotes))


SILENT = "“Brandt said nothing,” Ada Voss added."
SAFE = "“The lock is safe,” energy minister Ada Voss said."
LEAKS = "“The lock leaks,” Andvik told us."
SORRY = "The owner later admitted the leak."
BUILT = "Ilse Brandt built the lock."
SHUT = "Brandt does not want it shut, her spokesman said."


@pytest.mark.parametrize(
    ("question", "quote", "heard"),
    [
        ("What did Ada Voss say about the lock?", SAFE, True),
        ("What did Piers Andvik say about the lock?", SAFE, False),
        ("What did the energy minister say about the lock?", SAFE, True),
        ("What did the health minister say about the lock?", SAFE, False),
        ("What did the minister say about the lock?", SAFE, True),
        ("What did Varn's minister of energy say about the lock?", SAFE, True),
        ("What did the nurse say about the lock?", SAFE, False),
        ("What did the mayor say about the lock?", LEAKS, True),
        ("What did the nurse say about the lock?", LEAKS, False),
        ("What did the owner say about the lock?", SORRY, True),
        ("What did Ilse Brandt say about the lock?", BUILT, False),
        ("What did Ilse Brandt say about the lock?", SHUT, True),
        ("What did Ilse Brandt say about the lock?", SILENT, False),
    ],
)
def test_the_words_are_of_whom_the_question_names(question, quote, heard):
    """By name or office; one of a known office has no other, and one of none may be the mayor told of."""
    assert hears(question, quote) is heard


@pytest.mark.parametrize(
    ("question", "text", "heard"),
    [
        ("What did Ilse Brandt say?", "Police on Monday charged Ilse Brandt with theft.", False),
        ("What did Ilse Brandt say?", "Ilse Brandt was called to the lock.", False),
        (
            "What did Ilse Brandt say?",
            "On the fine of Ilse Brandt, the umpire said that it was cheap.",
            False,
        ),
        ("What did Ilse Brandt say?", "Ilse Brandt, who built the lock, said that it was sound.", True),
        ("What did Ilse Brandt say?", "The lock was sound, according to Ilse Brandt.", True),
    ],
)
def test_who_is_told_of_has_not_spoken(question, text, heard):
    """A name beside a word that reports is heard only where that word is its owner's."""
    citation = Citation("a", "The lock", "The Courier", None, None, None)
    source = Source(Article("a", "The lock", text + LOCK, "a.txt"), citation, (VOSS,))
    quote = Quote(citation, 0, len(text), text, 0.0)
    assert hears_wanted(ask(question), [quote], [source]) is heard


@pytest.mark.parametrize(
    ("mention", "heard"), [("a spokesman for Brandt", True), ("a spokesman for the court", False)]
)
def test_who_speaks_for_somebody_else_does_not_speak_for_the_wanted(mention, heard):
    """Though the words are on the one whom the question names."""
    text = f"Brandt is held without bail, said {mention}."
    said = Statement("a", (Span(0, 28),), None, Span(text.index(mention), len(text) - 1), confidence=0.9)
    citation = Citation("a", "The lock", "The Courier", None, None, None)
    source = Source(Article("a", "The lock", text, "a.txt"), citation, (said,))
    quote = Quote(citation, 0, len(text), text, 0.0)
    assert hears_wanted(ask("What did Brandt say?"), [quote], [source]) is heard


@pytest.mark.parametrize(
    "question",
    [
        "Who said that the lock is safe?",
        "What did she say about the lock?",
        "What did the police say about the lock?",
        "What did the border guards say about the lock?",
        "What does an expert say about the lock?",
        "What did the official call the lock?",
        "How many letters did the nurse say there were?",
        "Is the lock safe?",
    ],
)
def test_who_is_nobody_or_many_is_heard_in_any_words(question):
    """A body speaks by many names, and a pronoun is nobody's."""
    assert read_wanted(ask(question)) is None
    assert hears(question, LEAKS)


def test_whose_words_are_wanted_is_read_from_the_question():
    """A name behind an office is the one; an owner and a place say which office it is."""
    whose = ("energy minister Ada Lind", "Lund's deputy nurse", "the king of Varn")
    assert read_wanted(ask("What did the princess say?")) == Wanted(office=(stem_word("princess"),))
    assert [read_wanted(ask(f"What did {one} say?")) for one in whose] == [
        Wanted(name=stem_words("Ada Lind")),
        Wanted(office=("deputy", "nurs"), place=("Lund's",)),
        Wanted(office=("king",), place=("Varn",)),
    ]


@pytest.mark.parametrize(
    ("question", "heard"),
    [
        ("What did the minister of Brandt say?", True),
        ("What did the energy minister of Sweden say about the lock?", False),
        ("What did Sweden's energy minister say about the lock?", False),
    ],
)
def test_an_office_is_of_a_place_that_the_report_knows(question, heard):
    """The minister in a report that never speaks of Sweden is no minister of Sweden."""
    assert hears(question, SAFE) is heard


def test_one_of_the_quotes_is_enough():
    """They are read together."""
    assert hears("What did Ada Voss say about the lock?", LEAKS, SAFE)


def test_a_report_without_statements_rules_nobody_out():
    """Where it is not known who says what, nothing tells that it is somebody else."""
    citation = Citation("a", "The lock", "The Courier", None, None, None)
    quote = Quote(citation, find(SAFE).start, find(SAFE).end, SAFE, 0.0)
    bare = Source(Article("a", "The lock", LOCK, "a.txt"), citation)
    assert hears_wanted(ask("What did Piers Andvik say about the lock?"), [quote], [bare])


@given(st.text(max_size=60))
def test_any_question_is_read(text):
    """None of them is an error."""
    assert hears(f"What did {text} say?", LEAKS) in (True, False)


def test_somebody_elses_words_are_no_answer(tmp_path):
    """They are offered as the nearest; an outlet that is asked is no speaker."""
    text = "Ada Voss opened the lock at Varn on Monday. “The lock at Varn is safe,” said Piers Andvik."
    begins = text.index("The lock")
    content = (Span(begins, text.index(",”")),)

    def attribute(article):
        return (Statement(article.id, content, name="Piers Andvik", confidence=0.9),)

    builder = write_reports(tmp_path, {"lock": ("Lock at Varn", "The Courier", "2025-05-02", text)})
    builder = replace(builder, attribute=attribute)
    build_index(builder)
    answerer = Answerer.open(builder.settings, builder.embedder)
    assert isinstance(answerer.answer("What did Piers Andvik say about the lock at Varn?"), Answer)
    assert isinstance(answerer.answer("What did The Courier say about the lock at Varn?"), Answer)
    declined = answerer.answer("What did Ada Voss say about the lock at Varn?")
    assert isinstance(declined, NoAnswer)
    assert declined.reason is Reason.NOT_STATED
    assert declined.nearest
