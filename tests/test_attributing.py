"""Whose a quote is: the statement that its sentence belongs to, and through whom it came."""

import pytest

from index.answers import Citation, Quote
from index.datatypes import Span
from index.quotes.attributing import attribute_quote, find_statement
from index.speech.attribution import attribute_text


def attribute(text, parser):
    """Return a whole text as one quote with its speaker."""
    span = Span(0, len(text))
    statement = find_statement(attribute_text(text, parser), span)
    quote = Quote(Citation("a", "Title", None, None, None, None), *span, text, 1.0)
    return attribute_quote(quote, statement, text)


@pytest.mark.parametrize(
    ("text", "speaker", "chain", "told"),
    [
        ("“We shall dig on,” Jane Roe told Reuters on Monday.", "Jane Roe", ("Reuters",), True),
        ("“We shall dig on,” Reuters quoted Jane Roe as saying.", "Jane Roe", ("Reuters",), False),
        ("Jane Roe said: “The quay is safe,” Varn News reported.", "Jane Roe", ("Varn News",), False),
        ("The board has said that the quay is safe, Varn News reported.", "The board", ("Varn News",), False),
        ("Varn News reported that the quay was safe.", "Varn News", (), False),
    ],
)
def test_whoever_says_it_speaks_and_a_medium_is_named_as_it_served(text, speaker, chain, told, parser):
    """Somebody told it something, or it passed on what somebody said."""
    quote = attribute(text, parser)
    assert (quote.speaker, quote.chain, quote.told) == (speaker, chain, told)
