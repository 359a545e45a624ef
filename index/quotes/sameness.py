"""When two quotes say the same, and what becomes of the second one: its outlet carries the first.

Used by quoting, so that no answer says one thing twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.answers import Citation, Quote
from index.datatypes import Span
from index.quotes.answer_types import find_names
from index.quotes.terms import split_terms

_SAME_SHARE = 0.8  # of two quotes' stems in common, of the shorter one's, from which they say the same
_SAME_LEAST = 4  # content stems; shorter quotes are the same only if equal


def say_the_same(one: Quote, other: Quote) -> bool:
    """Return whether two quotes overlap in a text, or share nearly all of the shorter one's words.

    Two that differ in a name or a number say different things, however alike they are.
    """
    if overlap(one, other):
        return True
    shorter, longer = sorted(
        (_split_quote(quote.text) for quote in (one, other)), key=lambda words: len(words[0])
    )
    if len(shorter[0]) < _SAME_LEAST:
        return shorter[0] == longer[0]
    return (
        len(shorter[0] & longer[0]) >= _SAME_SHARE * len(shorter[0])
        and len(shorter[0]) >= 0.5 * len(longer[0])
        and shorter[1] <= longer[0]
    )


def overlap(one: Quote, other: Quote) -> bool:
    """Return whether two quotes share characters of one article."""
    same = one.citation.article == other.citation.article
    return same and one.start < other.end and other.start < one.end


def widen_quote(quote: Quote, longer: Quote) -> Quote | None:
    """Return a longer quote in the place of one of its article that it holds whole, else None.

    What answers in the first stays marked. None as well where the first is by somebody else, since their
    words would be shown as those of another.
    """
    inside = longer.start <= quote.start and quote.end <= longer.end
    if quote.citation.article != longer.citation.article or not inside or quote.text == longer.text:
        return None
    if quote.speaker is not None and quote.speaker != longer.speaker:
        return None
    moved = quote.start - longer.start
    marked = tuple(Span(span.start + moved, span.end + moved) for span in quote.highlights)
    return replace(longer, score=quote.score, highlights=marked or longer.highlights, citation=quote.citation)


def _split_quote(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of a quote's words with meaning, and those of its names and numbers."""
    terms = [term for term in split_terms(text) if not term.stop]
    names = tuple(find_names(text))
    particular = (
        term.stem
        for term in terms
        if term.stem[0].isdigit() or any(span.start <= term.start < span.end for span in names)
    )
    return frozenset(term.stem for term in terms), frozenset(particular)


def add_carrier(quote: Quote, copy: Citation) -> Quote:
    """Return the quote with the outlets of a copy among its carriers."""
    if copy.article == quote.citation.article:
        return quote
    outlets: Iterable[str] = (*quote.citation.carriers, *filter(None, [copy.outlet]), *copy.carriers)
    carriers = tuple(dict.fromkeys(outlet for outlet in outlets if outlet != quote.citation.outlet))
    return replace(quote, citation=replace(quote.citation, carriers=carriers))
