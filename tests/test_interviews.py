"""Where a text asks and its next paragraph answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotes.interviews import find_question, goes_on, leads_to_question
from index.texts.sentences import split_sentences

from .test_quoting import quotes, source

TALK = (
    "Post: You said for weeks that it was a virus. Do you still think so?\n\n"
    "Nance: Never. I was wrong about it.\n\n"
    "Post: Was the fridge broken?\n\n"
    "Nance: From the Thursday to the Monday. I was told of the fridge on Monday night."
)
SPOKEN = (
    "Ada Voss was angry. “Does this look like a town that has been left?”\n\nThe bridge at Sellmar is shut."
)


def read(text, start):
    sentences = split_sentences(text)
    index = next(i for i, span in enumerate(sentences) if text[span.start :].startswith(start))
    return text, sentences, index


@pytest.mark.parametrize(
    ("text", "start", "question"),
    [
        (TALK, "Nance: Never", "Post: You said for weeks that it was a virus. Do you still think so?"),
        (TALK, "Nance: From", "Post: Was the fridge broken?"),
        (TALK, "I was wrong", None),
        (TALK, "Post: Was", None),
        (TALK, "Post: You", None),
        (SPOKEN, "The bridge", None),
        ("Who is Ada Voss?\n\nThe mayor of Sellmar.", "The mayor", "Who is Ada Voss?"),
    ],
)
def test_the_next_paragraph_answers_what_is_asked(text, start, question):
    """An interviewer or a heading asks; a question that the report quotes is answered by nobody."""
    found = find_question(*read(text, start))
    assert (found and text[slice(*found)]) == question


def test_what_leads_to_a_question_is_asked_too():
    """What an interviewer says before the question is no statement."""
    assert leads_to_question(*read(TALK, "Post: You said"))
    assert not leads_to_question(*read(TALK, "Nance: Never"))
    assert not leads_to_question(*read(SPOKEN, "Ada Voss"))


def test_a_short_answer_goes_on():
    """One word tells little; a longer answer stands alone."""
    assert goes_on(*read(TALK, "Nance: Never"))
    assert not goes_on(*read(TALK, "I was wrong"))
    assert not goes_on(*read("Rain fell on Monday.\n\nIt rained. It poured.", "It rained"))


def test_the_answer_is_quoted_and_not_the_question():
    """It need not repeat a word of what is asked."""
    found = quotes("Was the fridge broken?", source(TALK))
    assert found[0].startswith("Nance: From the Thursday to the Monday.")
    assert not any("Was the fridge" in quote for quote in found)


def test_a_short_answer_is_quoted_with_what_follows():
    """And what the interviewer said before asking is not quoted in its place."""
    assert quotes("Was it a virus?", source(TALK))[0] == "Nance: Never. I was wrong about it."


@given(st.lists(st.sampled_from(["It rained.", "Why?", "Post: Who? ", "\n\n", " ", "“So?”"]), max_size=12))
def test_any_text_is_read(pieces):
    """A question found is of the text before the sentence, and ends in what asks."""
    text = "".join(pieces)
    sentences = split_sentences(text)
    for index in range(len(sentences)):
        leads_to_question(text, sentences, index)
        goes_on(text, sentences, index)
        found = find_question(text, sentences, index)
        if found is not None:
            assert found.end <= sentences[index].start
            assert text[slice(*found)].rstrip().endswith("?")
