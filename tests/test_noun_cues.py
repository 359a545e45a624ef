"""Statements reported by nouns, on invented texts."""

import pytest

from index.datatypes import Label
from index.speech.attribution import attribute_text


def find_statement(text, cue, parser):
    return next((each for each in attribute_text(text, parser) if text[slice(*each.cue)] == cue), None)


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "content"),
    [
        (
            "Roe lost votes over her remark that “there is a place in the mud” for the quay.",
            "remark",
            "her",
            "that “there is a place in the mud” for the quay",
        ),
        (
            "The crowd laughed at John Doe’s claim that the quay was “quite safe”.",
            "claim",
            "John Doe",
            "that the quay was “quite safe”",
        ),
        (
            "The boats stayed out after the suggestion by the mayor that they “ought to be sold”.",
            "suggestion",
            "the mayor",
            "that they “ought to be sold”",
        ),
        (
            "The town was alarmed by Doe’s promise to be “neutral” in talks about the quay.",
            "promise",
            "Doe",
            "to be “neutral” in talks about the quay",
        ),
        ("The town was stirred by Doe’s call for a “revolution”.", "call", "Doe", "for a “revolution”"),
        (
            "The crowd laughed at Jane Doe's “dead fish” remark on the quay.",
            "remark",
            "Jane Doe",
            "“dead fish”",
        ),
        (
            "“We shall see,” Roe said of Doe’s claim that the quay had sunk.",
            "claim",
            "Doe",
            "that the quay had sunk",
        ),
    ],
)
def test_a_noun_reports_what_its_owner_said(text, cue, speaker, content, parser):
    """A noun of saying is a cue: whose it is speaks, and the clause or phrase beside it is what was said."""
    found = find_statement(text, cue, parser)
    assert found is not None
    assert text[slice(*found.speaker)] == speaker
    assert [text[start:end] for start, end in found.content] == [content]


def test_a_noun_sets_the_label(parser):
    """What is called a claim is claimed, and what is called an accusation is alleged."""
    claimed = find_statement("The crowd laughed at Doe’s claim that the quay was “safe”.", "claim", parser)
    alleged = find_statement(
        "The crowd laughed at Doe’s accusation that the quay was “unsafe”.", "accusation", parser
    )
    assert (claimed.label, alleged.label) == (Label.CLAIMED, Label.ALLEGED)


@pytest.mark.parametrize(
    "text",
    [
        "The claim that the quay was “safe” went round the town.",
        "Nobody saw Doe’s call for a cab.",
        "Doe’s promise to mend the quay was kept in May.",
    ],
)
def test_a_noun_of_nobody_or_of_a_deed_makes_no_statement(text, parser):
    """A claim that is nobody's, and a promise or a call that quotes nothing, are not statements."""
    assert [each for each in attribute_text(text, parser) if each.speaker is not None] == []
