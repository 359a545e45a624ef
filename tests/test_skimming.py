"""Which sentences the parser reads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Span
from index.speech.cues import load_cues
from index.speech.narration import read_paragraphs
from index.speech.parsing import Parse
from index.speech.quotations import find_quotations, split_paragraphs
from index.speech.skimming import choose_pieces

COMMON = frozenset({"the", "he", "she", "it", "a", "in", "on", "was", "they"})


class FlatParser:
    """Splits at white space, hangs every word on the first, and remembers what it was given."""

    language = "en"
    function_words = COMMON

    def __init__(self):
        self.given = []

    def split_words(self, text):
        return tuple(Span(*word.span()) for word in re.finditer(r"\S+", text))

    def parse_words(self, sequences):
        for each in sequences:
            size = len(each.words)
            self.given.append(" ".join(each.words))
            yield Parse(each.words, ("NN",) * size, ("dep",) * size, (0,) * size)


def choose(text):
    paragraphs = split_paragraphs(text)
    outer = [each for each in find_quotations(text, paragraphs) if each.depth == 0]
    return choose_pieces(text, paragraphs, outer, load_cues(), COMMON)


def read(text):
    return [text[slice(*piece.span)] for inside in choose(text) for piece in inside if piece.read]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. The mayor said it was late. Boats left.", ["The mayor said it was late."]),
        ("Rain fell. It was “late”. Boats left.", ["It was “late”."]),
        ("“It is late.” — Jane Roe", ["“It is late.” — Jane Roe"]),
        ("She nodded. “It is late.”", ["She nodded. “It is late.”"]),
        ("The report was late. Two claims fell.", []),
        ("Officials report delays.", ["Officials report delays."]),
        ("She laughed and went on.", []),
        ("This is what they wrote:\n\nRain fell.", ["This is what they wrote:"]),
    ],
)
def test_sentences_that_can_hold_a_statement_are_read(text, expected):
    """A cue, a quotation, its neighbours or a colon make a sentence worth parsing; a noun does not."""
    assert read(text) == expected


@pytest.mark.parametrize(
    "fuller",
    [
        "Oleksiy Danilov was late.",
        "Rain kept Oleksiy Danilov at home.",
    ],
)
def test_fuller_names_are_read(fuller):
    """A sentence that gives a speaker's name in full is read, wherever it stands, and only the first."""
    text = f"Danilov said so.\n\nRain fell.\n\n{fuller}\n\nRain fell again.\n\n{fuller}"
    assert read(text) == ["Danilov said so.", fuller]


def test_roles_are_read():
    """A sentence that says who holds the speaker's office is read."""
    text = "The mayor said so.\n\nRain fell.\n\nJane Roe is mayor of Sellmar.\n\nThe mayor slept."
    assert read(text) == ["The mayor said so.", "Jane Roe is mayor of Sellmar."]


def test_whom_a_pronoun_may_stand_for_is_read():
    """The nearest sentences before a pronoun that name somebody are read, and none further off."""
    far = [f"Rain met Ann{letter} Roe." for letter in "abcd"]
    text = " ".join([*far, "Rain fell.", "He said so."])
    assert " ".join(read(text)) == " ".join([*far[1:], "He said so."])


def test_a_stop_stands_for_what_is_left_out():
    """A sentence that is not parsed is one word without a tag, a root of its own; offsets stay true."""
    text = "Rain fell. The mayor said so. Boats left."
    paragraphs = split_paragraphs(text)
    parser = FlatParser()
    (narration,) = read_paragraphs(text, paragraphs, (), parser, load_cues())
    assert parser.given == ["The mayor said so."]
    assert narration.words == (".", "The", "mayor", "said", "so.", ".")
    assert narration.tags[0] == narration.tags[-1] == ""
    assert narration.heads == (0, 1, 1, 1, 1, 5)
    assert [text[slice(*narration.spans[word])] for word in (0, 2)] == ["Rain fell.", "mayor"]


@given(st.lists(st.sampled_from(["“", "”", '"', "said", "Jane Roe", ".", "?", "he", "\n\n", "mayor", ":"])))
def test_pieces_cover_every_paragraph_in_order(parts):
    """Pieces lie in their paragraph, in order, and leave out nothing but white space."""
    text = " ".join(parts)
    paragraphs = split_paragraphs(text)
    for paragraph, inside in zip(paragraphs, choose(text), strict=True):
        at = paragraph.start
        for piece in inside:
            assert not text[at : piece.span.start].strip()
            assert piece.span.start < piece.span.end <= paragraph.end
            at = piece.span.end
        assert at == paragraph.end or not text[at : paragraph.end].strip()
