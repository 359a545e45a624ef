"""Measures the pairing of disputes against labelled pairs, such as those of the sample corpus.

Part of the evaluation command; reads rows {id, matter, story, kind, claim, denial} in which both sides are
{article, quote, carried}, the article named by its URL or its source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.datatypes import Article, Dispute, DisputeKind, Span
from index.evaluation.pairs import PairScore

Side = tuple[tuple[str, Span], ...]
"""A sentence and its copies in articles that carry the same text, each as article id and offsets."""


@dataclass(frozen=True, slots=True)
class DisputeScore:
    """How disputes were paired.

    Attributes:
        pairs: over all labelled pairs of sentences; copies of a sentence are one.
        matters: share of the disputed matters of which at least one pair was found, in [0, 1].
        claims: share of the disputed sentences that were paired with one that does dispute them: a reader
            who is shown one of the others is not told of the dispute.
        denials: share of the disputing sentences that were paired with a claim that they do dispute.
        false: share of the found pairs that no label has, and whose sides are not of one matter.
    """

    pairs: PairScore
    matters: float
    claims: float
    denials: float
    false: float


@dataclass(frozen=True, slots=True)
class _Gold:
    matter: str
    claim: Side
    denial: Side
    symmetric: bool


def evaluate_disputes(
    articles: Sequence[Article], found: Sequence[Dispute], rows: Sequence[Mapping[str, Any]]
) -> DisputeScore:
    """Return the scores of disputes found among `articles` against labelled rows."""
    known = {
        name: article for article in articles for name in (article.url, article.source, article.id) if name
    }
    gold = [_read_row(row, known) for row in rows]
    return _score_disputes(found, [pair for pair in gold if pair is not None])


def _score_disputes(found: Sequence[Dispute], gold: Sequence[_Gold]) -> DisputeScore:
    """Score found disputes; a side is right where it overlaps the labelled sentence."""
    right: set[int] = set()
    wrong = strayed = 0
    for dispute in found:
        matching = {number for number, pair in enumerate(gold) if _matches(dispute, pair)}
        right |= matching
        if not matching:
            wrong += 1
            strayed += not any(_within_matter(dispute, gold))
    hits = [gold[number] for number in sorted(right)]

    def share(part: Callable[[_Gold], object]) -> float:
        return len(set(map(part, hits))) / max(1, len(set(map(part, gold))))

    return DisputeScore(
        PairScore(len(right), wrong, len(gold) - len(right)),
        matters=share(lambda pair: pair.matter),
        claims=share(lambda pair: pair.claim),
        denials=share(lambda pair: pair.denial),
        false=strayed / max(1, len(found)),
    )


def _read_row(row: Mapping[str, Any], known: Mapping[str, Article]) -> _Gold | None:
    claim, denial = _locate(row["claim"], known), _locate(row["denial"], known)
    if not claim or not denial:
        return None
    return _Gold(str(row["matter"]), claim, denial, row["kind"] == DisputeKind.CONTRARY)


def _locate(side: Mapping[str, Any], known: Mapping[str, Article]) -> Side:
    places = []
    for place in (side, *(side.get("carried") or ())):
        article = known.get(place["article"])
        start = article.text.find(place["quote"]) if article else -1
        if article and start >= 0:
            places.append((article.id, Span(start, start + len(place["quote"]))))
    return tuple(places)


def _matches(dispute: Dispute, pair: _Gold) -> bool:
    claim, denial = (dispute.claim_article, dispute.claim), (dispute.denial_article, dispute.denial)
    if _stands_in(claim, pair.claim) and _stands_in(denial, pair.denial):
        return True
    return pair.symmetric and _stands_in(claim, pair.denial) and _stands_in(denial, pair.claim)


def _within_matter(dispute: Dispute, gold: Sequence[_Gold]) -> list[str]:
    claim, denial = (dispute.claim_article, dispute.claim), (dispute.denial_article, dispute.denial)
    of_claim = {p.matter for p in gold if _stands_in(claim, p.claim) or _stands_in(claim, p.denial)}
    of_denial = {p.matter for p in gold if _stands_in(denial, p.claim) or _stands_in(denial, p.denial)}
    return sorted(of_claim & of_denial)


def _stands_in(place: tuple[str, Span], side: Side) -> bool:
    article, span = place
    return any(article == key and span.start < at.end and at.start < span.end for key, at in side)
