"""Where one person's words end and another's begin, on invented texts."""

import pytest

from index.speech.attribution import attribute_text


def read(text, parser):
    """Return (speaker, content) of each statement, contents as one string."""
    return [
        (
            text[slice(*each.speaker)] if each.speaker else None,
            " … ".join(text[slice(*span)] for span in each.content),
        )
        for each in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The mayor, Jane Roe, said the dam was safe; Tom Doe, an engineer, said it had cracks in March.",
            [("The mayor, Jane Roe", "the dam was safe"), ("Tom Doe, an engineer", "it had cracks in March")],
        ),
        (
            "Jane Roe said the plan was “reckless”; Tom Doe said it was “the best we have”.",
            [("Jane Roe", "the plan was “reckless”"), ("Tom Doe", "it was “the best we have”")],
        ),
        (
            "“It is dead,” Roe said; Doe called it “alive and well”.",
            [("Roe", "“It is dead,”"), ("Doe", "“alive and well”")],
        ),
        (
            "Roe said, “We will go”; Doe has said that it should stay open.",
            [("Roe", "“We will go”"), ("Doe", "that it should stay open")],
        ),
        (
            "Roe denied the charge; Doe pleaded guilty, his lawyer said.",
            [("Roe", "the charge"), ("his lawyer", "Doe pleaded guilty")],
        ),
    ],
)
def test_a_semicolon_parts_two_speakers(text, told, parser):
    """Neither is made to say that the other said something."""
    assert read(text, parser) == told


def test_a_semicolon_within_somebodys_words_parts_nothing(parser):
    """Where nobody else spoke before it, both clauses are of who is named at the end."""
    text = "The road will be closed; the bridge stays open, police said."
    assert read(text, parser) == [("police", "The road will be closed; the bridge stays open")]
