"""The other side: quotes of an answer that are disputed get the words that dispute them beside them.

Follows quoting: a disputed claim is never shown without the dispute that the corpus holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.datatypes import Dispute, DisputeKind, Quote, Span
from index.disputes import find_opposing

SHOWN_CONFIDENCE = 0.7
"""Least confidence of a dispute that is shown."""

CLAIM_SIDE, DENIAL_SIDE = 0, 1

MakeQuote = Callable[[str, Span], Quote]
"""Returns the attributed quote around a sentence of an article."""


def show_both_sides(
    quotes: Sequence[Quote],
    disputes_of: Callable[[str], Sequence[Dispute]],
    report_of: Callable[[str], str],
    make_quote: MakeQuote,
    most: int,
) -> tuple[Quote, ...]:
    """Return the quotes with the other side of each dispute, and their sides marked.

    At most `most` quotes are returned: a quote with its counterpart goes before further quotes. Copies of
    a counterpart are not shown again. Quotes that nothing disputes have no side.
    """
    shown: list[Quote] = []
    for quote in quotes:
        if len(shown) >= most:
            break
        known = _find(shown, quote)
        if known is not None:
            continue
        opposing = _choose_opposing(quote, disputes_of, report_of)
        if opposing is None:
            shown.append(quote)
            continue
        dispute, is_claim = opposing
        side = CLAIM_SIDE if is_claim else DENIAL_SIDE
        other_article, other_span = (
            (dispute.denial_article, dispute.denial) if is_claim else (dispute.claim_article, dispute.claim)
        )
        other = _find_span([*shown, *quotes], other_article, other_span) or make_quote(
            other_article, other_span
        )
        shown.append(replace(quote, side=side))
        if _find(shown, other) is None:
            shown.append(replace(other, side=1 - side, score=min(other.score, quote.score)))
    return tuple(shown)


def _choose_opposing(
    quote: Quote, disputes_of: Callable[[str], Sequence[Dispute]], report_of: Callable[[str], str]
) -> tuple[Dispute, bool] | None:
    """Return the surest dispute that touches a quote, one within its own report before others."""
    article = quote.citation.article
    touching = [
        (dispute, is_claim)
        for dispute, is_claim in find_opposing(disputes_of(article), article, quote.start, quote.end)
        if dispute.confidence >= SHOWN_CONFIDENCE
        and not (dispute.claim_article == dispute.denial_article and _covers_both(quote, dispute))
    ]
    if not touching:
        return None

    def preference(item: tuple[Dispute, bool]) -> tuple[bool, bool, float]:
        dispute, _ = item
        same_article = dispute.claim_article == dispute.denial_article
        corrected = dispute.kind is DisputeKind.CORRECTION
        same_report = report_of(dispute.claim_article) == report_of(dispute.denial_article)
        return (not corrected, not (same_article or same_report), -dispute.confidence)

    return min(touching, key=preference)


def _covers_both(quote: Quote, dispute: Dispute) -> bool:
    """Whether one quote holds the claim and its denial already."""
    return all(
        quote.start <= span.start and span.end <= quote.end for span in (dispute.claim, dispute.denial)
    )


def _find(quotes: Sequence[Quote], wanted: Quote) -> Quote | None:
    return _find_span(quotes, wanted.citation.article, Span(wanted.start, wanted.end))


def _find_span(quotes: Sequence[Quote], article: str, span: Span) -> Quote | None:
    """Return the quote of an article that overlaps a span, if there is one."""
    for quote in quotes:
        if quote.citation.article == article and quote.start < span.end and span.start < quote.end:
            return quote
    return None
