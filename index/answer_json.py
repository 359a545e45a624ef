"""Answers, statuses and build summaries as plain JSON objects, for machines.

The command line prints them; their fields are a promise to scripts, so they are written out here one by one.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from index.answers import Answer, Hit, NoAnswer, Quote
from index.datatypes import BuildSummary, IndexStatus


def describe_answer(answer: Answer | NoAnswer, identifier: str | None = None) -> dict[str, Any]:
    """Return an answer, or the reason why there is none, as one object; null where nothing is known."""
    answered = isinstance(answer, Answer)
    return {
        "id": identifier,
        "question": answer.question.asked,
        "answered": answered,
        "reason": None if isinstance(answer, Answer) else answer.reason.value,
        "confidence": round(answer.confidence, 4),
        "sure": isinstance(answer, Answer) and answer.sure,
        "disputed": isinstance(answer, Answer) and answer.disputed,
        "reports": answer.reports if isinstance(answer, Answer) else 0,
        "quotes": [describe_quote(quote) for quote in answer.quotes] if isinstance(answer, Answer) else [],
        "nearest": [] if isinstance(answer, Answer) else [describe_quote(quote) for quote in answer.nearest],
        "passages": [describe_hit(hit) for hit in answer.hits],
    }


def describe_quote(quote: Quote) -> dict[str, Any]:
    """Return a quote with its citation and attribution; offsets are half-open, into the article's text."""
    citation = quote.citation
    return {
        "text": quote.text,
        "article": citation.article,
        "start": quote.start,
        "end": quote.end,
        "outlet": citation.outlet,
        "title": citation.title,
        "author": citation.author,
        "url": citation.url,
        "published_at": None if citation.published is None else str(citation.published),
        "carriers": list(citation.carriers),
        "origin": citation.origin,
        "speaker": quote.speaker,
        "role": quote.role,
        "mention": quote.mention,
        "chain": list(quote.chain),
        "told": quote.told,
        "cue": quote.cue,
        "label": None if quote.label is None else quote.label.value,
        "side": quote.side,
        "pair": quote.pair,
        "corrects": quote.corrects,
        "highlights": [list(span) for span in quote.highlights],
        "score": round(quote.score, 4),
    }


def describe_hit(hit: Hit) -> dict[str, Any]:
    """Return a passage and its score."""
    return {
        "text": hit.passage.text,
        "article": hit.passage.article,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }


def describe_status(status: IndexStatus) -> dict[str, Any]:
    """Return what the live generation holds."""
    return {
        "articles": status.articles,
        "passages": status.passages,
        "statements": status.statements,
        "generation": status.generation,
        "model": status.model,
        "built": status.built.isoformat(),
        "oldest": None if status.oldest is None else str(status.oldest),
        "newest": None if status.newest is None else str(status.newest),
        "added": list(status.added),
    }


def describe_summary(summary: BuildSummary) -> dict[str, Any]:
    """Return what a build changed."""
    return asdict(summary) | {"failures": [asdict(failure) for failure in summary.failures]}
