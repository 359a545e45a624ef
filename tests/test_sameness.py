"""When two quotes say the same, and which of them stays."""

import pytest

from index.answers import Citation, Quote
from index.datatypes import Span
from index.quotes.sameness import add_carrier, overlap, say_the_same, widen_quote

TEXT = "Greta Noll saw it too. “It just folded,” she told me. Nobody else did."


def quote(start, end, article="a", **more):
    citation = Citation(article, "Title", "The Courier", None, None, None, ())
    return Quote(citation, start, end, TEXT[start:end], more.pop("score", 1.0), **more)


FIRST, WHOLE = quote(0, 22, highlights=(Span(0, 10),)), quote(0, 53, score=0.5, speaker="Greta Noll")


def test_the_longer_quote_stands_in_the_place_of_the_one_that_it_holds():
    """With its own speaker, and with what answered in the first one marked."""
    wide = widen_quote(FIRST, WHOLE)
    assert wide is not None
    assert (wide.text, wide.speaker, wide.score) == (WHOLE.text, "Greta Noll", FIRST.score)
    assert [wide.text[span.start : span.end] for span in wide.highlights] == ["Greta Noll"]


def test_what_is_marked_moves_with_the_words_put_before_it():
    """Offsets are into the longer text."""
    wide = widen_quote(quote(23, 53, highlights=(Span(4, 8),)), quote(0, 53))
    assert wide is not None
    assert [wide.text[span.start : span.end] for span in wide.highlights] == ["just"]


@pytest.mark.parametrize(
    "longer",
    [quote(5, 53), FIRST, quote(0, 53, "b"), quote(0, 12)],
    ids=["cuts it", "itself", "another article", "shorter"],
)
def test_no_other_quote_takes_its_place(longer):
    """What the reader was to see would be lost, or nothing be gained."""
    assert widen_quote(FIRST, longer) is None


def test_the_words_of_one_are_not_shown_as_another_s():
    """A quote by somebody stays apart from a longer one by somebody else."""
    assert widen_quote(quote(0, 22, speaker="Otto Brauner"), WHOLE) is None


def test_quotes_that_share_characters_of_one_article_say_the_same():
    """Neighbours do not."""
    assert overlap(FIRST, WHOLE)
    assert say_the_same(FIRST, WHOLE)
    assert not overlap(FIRST, quote(23, 53))


def test_the_outlet_of_a_copy_becomes_a_carrier():
    """Once, and never its own."""
    copy = Citation("b", "Title", "The Lantern", None, None, None, ("The Courier",))
    assert add_carrier(FIRST, copy).citation.carriers == ("The Lantern",)
    assert add_carrier(FIRST, FIRST.citation) == FIRST
