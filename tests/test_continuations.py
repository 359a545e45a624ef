"""Paragraphs that are one quotation and name no speaker, on invented texts."""

import pytest

from index.speech.attribution import attribute_text


def list_statements(text, parser):
    return [
        ([text[s:e] for s, e in each.content], text[slice(*each.speaker)] if each.speaker else None)
        for each in attribute_text(text, parser)
    ]


WORDS = "“The boats will stay in the harbour.”"


def test_a_quotation_goes_on_below_its_cue(parser):
    """A paragraph of quotation goes on with the statement whose cue ends the paragraph above."""
    text = f"“The quay is shut,” said Jane Roe.\n\n{WORDS}\n\n“We will mend it when the summer comes.”"
    assert list_statements(text, parser) == [
        (["“The quay is shut,”", WORDS, "“We will mend it when the summer comes.”"], "Jane Roe")
    ]


@pytest.mark.parametrize(
    "above",
    [
        "“The quay is shut,” said Jane Roe. “It is not,” said John Doe.",
        "“The quay is shut,” said Jane Roe. The crowd went home before the rain.",
    ],
)
def test_a_quotation_of_nobody_plain_is_left_alone(above, parser):
    """No words below two speakers or below other news are given to a speaker above."""
    text = f"{above}\n\n{WORDS}"
    assert all(WORDS not in content for content, _ in list_statements(text, parser))


@pytest.mark.parametrize(
    "below",
    ["“THE BOATS WILL STAY IN THE HARBOUR”", "“Boats stay in.”", "“We know the quay is not safe.”"],
)
def test_a_headline_in_marks_is_not_said_again(below, parser):
    """Words in capitals, a few words, and words that repeat others of the text are not what follows."""
    text = (
        "“Trust me. We know the quay is not safe. Keep out,” said Jane Roe.\n\n"
        f"{below}\n\nIt has been shut since May."
    )
    assert all(below not in content for content, _ in list_statements(text, parser))
