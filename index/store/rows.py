"""Rows of the catalogue's tables as articles, statements and disputes.

The catalogue reads them for questions, the draft for building.
"""

from __future__ import annotations

import json
from typing import Any

from index.datatypes import Article, Dispute, DisputeKind, Label, Moment, Span, Statement

ARTICLE_COLUMNS = "id, title, text, source, outlet, author, published, url, origin, credits, embeds"
"""The columns of an article's row, in the order that `to_article` takes them."""

STATEMENT_COLUMNS = "article, content, cue, speaker, name, role, chain, label, confidence, parent"
"""The columns of a statement's row, in the order that `to_statement` takes them."""

DISPUTE_COLUMNS = (
    "claim_article, claim_start, claim_end, denial_article, denial_start, denial_end, kind, confidence"
)
"""The columns of a dispute's row, in the order that `to_dispute` takes them."""


def to_moment(text: str | None) -> Moment | None:
    """Return the moment that a column holds."""
    return None if text is None else Moment.parse(text)


def _to_span(text: str | None) -> Span | None:
    return None if text is None else Span(*json.loads(text))


def to_article(row: tuple[Any, ...]) -> Article:
    """Return the article of a row of `ARTICLE_COLUMNS`."""
    return Article(
        id=row[0],
        title=row[1],
        text=row[2],
        source=row[3],
        outlet=row[4],
        author=row[5],
        published=to_moment(row[6]),
        url=row[7],
        origin=row[8],
        credits=tuple(json.loads(row[9])),
        embeds=tuple(json.loads(row[10])),
    )


def to_statement(row: tuple[Any, ...]) -> Statement:
    """Return the statement of a row of `STATEMENT_COLUMNS`."""
    return Statement(
        article=row[0],
        content=tuple(Span(*pair) for pair in json.loads(row[1])),
        cue=_to_span(row[2]),
        speaker=_to_span(row[3]),
        name=row[4],
        role=row[5],
        chain=tuple(json.loads(row[6])),
        label=Label(row[7]),
        confidence=row[8],
        parent=row[9],
    )


def to_dispute(row: tuple[Any, ...]) -> Dispute:
    """Return the dispute of a row of `DISPUTE_COLUMNS`."""
    return Dispute(row[0], Span(row[1], row[2]), row[3], Span(row[4], row[5]), DisputeKind(row[6]), row[7])
