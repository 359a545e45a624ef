"""The other side: quotes of an answer that are disputed get the words that dispute them beside them.

Follows quoting: a disputed claim is never shown without the dispute that the corpus holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.answers import Quote
from index.datatypes import Dispute, DisputeKind, Span
from index.events.disputes import find_opposing
from index.quotes.answer_types import NAMING_TYPES
from index.quotes.fitness import find_fitting
from index.quotes.relevance import AskedQuestion
from index.quotes.sameness import say_the_same
from index.quotes.terms import stem_words

SHOWN_CONFIDENCE = 0.5
"""Least confidence of a dispute that is shown."""

CLAIM_SIDE, DENIAL_SIDE = 0, 1

_MATTER_MARGIN = 2.5  # log-odds below the best quote from which a disputed one is beside the matter

MakeQuote = Callable[[str, Span], Quote]
"""Returns the attributed quote around a sentence of an article."""


def show_both_sides(
    quotes: Sequence[Quote],
    disputes_of: Callable[[str], Sequence[Dispute]],
    report_of: Callable[[str], str],
    make_quote: MakeQuote,
    most: int,
    leads: Callable[[Quote], bool] = lambda _: True,
) -> tuple[Quote, ...]:
    """Return the quotes, each disputed one followed by the other side, with their sides marked.

    At most `most` quotes are returned, or one more where the last is disputed. Where one side corrects the
    other, it stands first, where it `leads`, since it tells of what is asked. Quotes that nothing disputes
    have no side; one that holds both sides stands on the denial's, in no pair. No other side is shown twice,
    in the words of a copy.
    """
    shown: list[Quote] = []
    pairs = 0
    for quote in quotes:
        if len(shown) >= most:
            break
        if _find_span(shown, quote.citation.article, Span(quote.start, quote.end)):
            continue
        opposing = _choose_opposing(quote, disputes_of, report_of)
        if opposing is None:
            held = _holds_dispute(quote, disputes_of)
            shown.append(replace(quote, side=DENIAL_SIDE) if held else quote)
            continue
        dispute, is_claim = opposing
        article, span = (
            (dispute.denial_article, dispute.denial) if is_claim else (dispute.claim_article, dispute.claim)
        )
        known = _find_span(shown, article, span)
        if known:
            shown.append(replace(quote, side=CLAIM_SIDE if is_claim else DENIAL_SIDE, pair=known.pair))
            continue
        other = _find_span(quotes, article, span) or make_quote(article, span)
        twin = next((one for one in shown if one.pair is not None and say_the_same(one, other)), None)
        if twin is not None:  # a copy's words, or another report in the same ones
            shown.append(replace(quote, side=CLAIM_SIDE if is_claim else DENIAL_SIDE, pair=twin.pair))
            continue
        corrects = dispute.kind is DisputeKind.CORRECTION
        if _covers_both(other, dispute):  # the same words twice would be no second side
            shown.append(replace(other, side=DENIAL_SIDE, corrects=corrects))
            continue
        claim, denial = (quote, other) if is_claim else (other, quote)
        claim = replace(claim, side=CLAIM_SIDE, pair=pairs)
        denial = replace(denial, side=DENIAL_SIDE, pair=pairs, corrects=corrects)
        shown += [claim, denial] if is_claim and not (corrects and leads(denial)) else [denial, claim]
        pairs += 1
    return tuple(shown)


def answers_too(asked: AskedQuestion, quote: Quote) -> bool:
    """Whether a correction tells of what is asked, and not of a detail beside it.

    It holds a number where one is counted, the words of whom the question asks to hear or, else, a word of
    the question. An overview asks for what happened, of which any correction is a detail.
    """
    if asked.overview:
        return False
    if asked.kind in NAMING_TYPES:
        return bool(find_fitting(asked.sought, quote.text))
    if asked.subject:
        said_by = stem_words(" ".join(filter(None, (quote.speaker, quote.role, quote.mention))))
        return not asked.subject.isdisjoint(said_by)
    return not stem_words(quote.text).isdisjoint(asked.weights)


def disputes_matter(
    shown: Sequence[Quote], chosen: Sequence[Quote], matters: Sequence[frozenset[str]]
) -> bool:
    """Return whether what is shown disputes what is asked, and not only something beside it.

    A pair does where its chosen quote is nearly as good as the best, and it holds a word of the matter.

    Args:
        shown: the quotes with their sides, as `show_both_sides` returns them.
        chosen: the quotes that were chosen for the question; their scores say how good they are.
        matters: stems of what each part of the question is about, names aside; any words are about a part
            that is made of names alone.
    """
    best = max((quote.score for quote in chosen), default=0.0)
    near = {_place(quote) for quote in chosen if quote.score >= best - _MATTER_MARGIN}
    pairs: dict[int, list[Quote]] = {}
    alone = []
    for quote in shown:
        if quote.pair is not None:
            pairs.setdefault(quote.pair, []).append(quote)
        elif quote.side is not None:
            alone.append([quote])
    for pair in (*pairs.values(), *alone):
        held = frozenset().union(*(stem_words(quote.text) for quote in pair))
        if any(_place(quote) in near for quote in pair) and any(not one or one & held for one in matters):
            return True
    return False


def _place(quote: Quote) -> tuple[str, int, int]:
    return quote.citation.article, quote.start, quote.end


def _choose_opposing(
    quote: Quote, disputes_of: Callable[[str], Sequence[Dispute]], report_of: Callable[[str], str]
) -> tuple[Dispute, bool] | None:
    """Return the dispute to show with a quote: a correction, else one within its report, else the surest."""
    article = quote.citation.article
    touching = [
        (dispute, is_claim)
        for dispute, is_claim in find_opposing(disputes_of(article), article, quote.start, quote.end)
        if dispute.confidence >= SHOWN_CONFIDENCE and not _covers_both(quote, dispute)
    ]

    def preference(item: tuple[Dispute, bool]) -> tuple[bool, bool, float]:
        dispute, _ = item
        same_report = report_of(dispute.claim_article) == report_of(dispute.denial_article)
        return (dispute.kind is not DisputeKind.CORRECTION, not same_report, -dispute.confidence)

    return min(touching, key=preference, default=None)


def _holds_dispute(quote: Quote, disputes_of: Callable[[str], Sequence[Dispute]]) -> bool:
    """Whether a quote holds a claim and its denial by itself."""
    article = quote.citation.article
    touching = find_opposing(disputes_of(article), article, quote.start, quote.end)
    return any(one.confidence >= SHOWN_CONFIDENCE and _covers_both(quote, one) for one, _ in touching)


def _covers_both(quote: Quote, dispute: Dispute) -> bool:
    """Whether one quote holds the claim and its denial already."""
    return dispute.claim_article == dispute.denial_article and all(
        quote.start <= span.start and span.end <= quote.end for span in (dispute.claim, dispute.denial)
    )


def _find_span(quotes: Sequence[Quote], article: str, span: Span) -> Quote | None:
    """Return the quote of an article that overlaps a span, if there is one."""
    for quote in quotes:
        if quote.citation.article == article and quote.start < span.end and span.start < quote.end:
            return quote
    return None
