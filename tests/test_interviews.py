"""Answers of interviews are statements of who is interviewed, questions are nobody's; on invented texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speech.attribution import attribute_text
from index.speech.interviews import find_interview
from index.speech.quotations import split_paragraphs

LEAD = "Jane Roe, head of the port, has not spoken since the fire. She met the Courier in her office."
QUESTIONS = ("Was the crane broken?", "Who knew of it?", "Will you go?", "What do you tell the crew?")
ANSWERS = (
    "It was. I was told on Monday that it was safe.",
    "All of us.",
    "No. The board said “stay”.",
    "Nothing yet.",
)


def write(asking, answering, count=4, lead=LEAD):
    """Return an interview with so many questions and answers behind these words."""
    turns = [
        line
        for question, answer in list(zip(QUESTIONS, ANSWERS, strict=True))[:count]
        for line in (asking + question, answering + answer)
    ]
    return "\n\n".join([lead, *turns, "Her lawyer sat beside her."])


def read(text, parser):
    """Return the content, name, role and cue of each statement."""
    return [
        (
            " … ".join(text[slice(*span)] for span in each.content),
            each.name,
            each.role,
            text[slice(*each.cue)] if each.cue else None,
        )
        for each in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("asking", "answering", "cue"),
    [("Courier: ", "Roe: ", ":"), ("Q: ", "A: ", ":"), ("", "", None)],
)
def test_answers_are_of_who_is_interviewed(asking, answering, cue, parser):
    """By the label's name or the lead's, with name and role as in the lead; questions are nobody's."""
    assert read(write(asking, answering), parser) == [
        (answer, "Jane Roe", "head of the port", cue) for answer in ANSWERS
    ]


def test_order_alone_is_less_sure_than_a_label(parser):
    """A reply names the speaker of either."""
    labelled = {each.confidence for each in attribute_text(write("Courier: ", "Roe: "), parser)}
    plain = {each.confidence for each in attribute_text(write("", ""), parser)}
    assert 0.85 <= max(plain) < min(labelled)


@pytest.mark.parametrize(
    "text",
    [
        write("Courier: ", "Roe: ", count=2),
        write("", "", count=2),
        write("", "", lead="Jane Roe met the Courier with Ann Doe."),
        write("", "", lead="Jane Roe is head of the port."),
        write("", "").replace("All of us.", "All of us.\n\nI mean it."),
        write("Courier: ", "Roe: ").replace("Courier: Will", "Doe: Will"),
        write("Roe: ", "Doe: ").replace("?", "."),
    ],
)
def test_less_makes_no_interview(text, parser):
    """Few turns, two people in the lead, no meeting, a paragraph too many, a third voice, no questions."""
    assert not set(ANSWERS) & {content for content, *_ in read(text, parser)}


@given(st.lists(st.sampled_from(["Q: a?", "A: b.", "Roe: c", "why?", "so.", ":", "?", ""]), max_size=12))
def test_any_paragraphs_are_read(lines):
    """Turns are paragraphs of the text, in order, and hold words."""
    text = "\n\n".join(lines)
    paragraphs = split_paragraphs(text)
    interview = find_interview(text, paragraphs)
    turns = () if interview is None else interview.turns
    assert [turn.paragraph for turn in turns] == sorted(turn.paragraph for turn in turns)
    assert all(turn.paragraph in paragraphs and text[slice(*turn.content)].strip() for turn in turns)
