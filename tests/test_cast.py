"""Who is a person, and who of those that an article names is meant by "he" and "she", on invented texts."""

import pytest

from index.speech.attribution import attribute_text

from .speech import name_last


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The parser takes "Spears" for things.
        (
            "Ada Spears sings. Tilda Marrow sings too, Marrow said.\n\nSpears hit back at her husband in a "
            "letter. “It saddens me,” she wrote.",
            "Ada Spears",
        ),
        # It takes "Can" for a verb.
        (
            "They heard Varn’s former lawyer Can Sunn. “It is late,” he said.",
            "Can Sunn",
        ),
        # And one that may be a verb begins a sentence.
        ("Will Roe left. “It is late,” he said.", "Will Roe"),
        # A given name may have a hyphen.
        ("The first was a victim: Marc-Antoine Julliard. “It is late,” he said.", "Marc-Antoine Julliard"),
        # Or be a word for a thing, and a last name that of an institution.
        ("Varn Tyres’ Bill Niaura sat there. “It is late,” he said.", "Bill Niaura"),
        ("The pilot, Jack White, sat there. “It is late,” he said.", "Jack White"),
        # Young or old, it is the same person.
        ("Young Tilda Marrow left. Young Tilda sang. “It is late,” she said.", "Tilda Marrow"),
    ],
)
def test_people_are_known_by_name(text, name, parser):
    """A name is read as one whatever the parser takes its words for."""
    assert name_last(text, parser) == name


@pytest.mark.parametrize(
    "thing",
    ["Australia Airs", "Halyard Mobility Solutions", "Ohio Vale", "Varn Summit", "Sellmar Blog"],
)
def test_places_and_firms_are_nobody(thing, parser):
    """A name that holds a country's or a firm's word is not meant by "he"."""
    text = f"Ulrich Stern was there.\n\n{thing} opened on Friday. “It is late,” he said."
    assert name_last(text, parser) == "Ulrich Stern"


def test_a_name_of_which_nothing_is_known_is_not_shown(parser):
    """Words with capitals that nothing shows to be a person's name have no "he"; a role shows it."""
    text = "{} opened on Friday. There are rules. “It is late,” he said."
    assert name_last(text.format("New Rules"), parser) is None
    assert name_last(text.format("Nyor Rulens"), parser) == "Nyor Rulens"
    assert name_last(text.format("The pilot, Nyor Rulens,"), parser) == "Nyor Rulens"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The subject of the pronoun's own paragraph comes before the last speaker of the one above.
        (
            "“It is late,” said Kenya Parham, a baker. “Rain fell.”\n\nAnne Griffin can attest to that. She "
            "is a pilot. She came last year. The quay is what she likes. “It is early,” she told us.",
            "Anne Griffin",
        ),
        # Not where that speaker is named again since.
        (
            "“It is late,” said Ulrich Stern, a baker.\n\nIvo Brandt left the port, and Stern made many "
            "points of it: He called it “a ruin”.",
            "Ulrich Stern",
        ),
        (
            "Markus Vogel felt bad. “It is late,” Vogel said. In a twist, defender Karl Dean broke a foot, "
            "so that they took Vogel back. “It is early,” he said.",
            "Markus Vogel",
        ),
        (
            "The minister, Lionel Harpe, opened the lock. It rained. He left.\n\nDario Venn of the union "
            "sees it another way. “It is late,” he said.",
            "Dario Venn",
        ),
        # Nobody writes to herself by name.
        (
            "“It is late,” Ilka Montag said. Tilda Awad went home. She slept.\n\nOn Tuesday she wrote to "
            "Montag, saying: “It is early.”",
            "Tilda Awad",
        ),
        # One of several may have no name.
        (
            "“It is late,” said Tilda Marrow.\n\nOne of the pilots cried when she saw it. “It is early,” she "
            "said.",
            "One of the pilots",
        ),
        (
            "Ada Zampen met the actor, Will Smith, and their son, Trey Smith, who was there. Speaking to the "
            "crowd, Will said that it was late.\n\n“Can you show up?” he asked.",
            "Will Smith",
        ),
        # Of two with one last name, the one whose place is better.
        (
            "Karl Pohl, the actor, has a son, Trey Pohl, who was there.\n\nPohl was asked of his son Trey "
            "Pohl. “It is early,” he said.",
            "Pohl",
        ),
    ],
)
def test_whom_the_text_speaks_of(text, name, parser):
    """A pronoun stands for whom the text has come to, not for whoever spoke last."""
    assert name_last(text, parser) == name


def test_a_given_name_read_as_a_modal_speaks_for_sure(parser):
    """In "Will said" somebody spoke; nobody will speak."""
    text = "Ada Zampen met the actor, Will Smith. Speaking to the crowd, Will said that it was late."
    (statement,) = attribute_text(text, parser)
    assert statement.confidence >= 0.85
