"""What is new in a generation: reports that were not there before, and disputes that known reports now hold.

Reads a generation's catalogue and leaves short marks of what it holds. Whoever watches keeps the marks that
it has seen; what comes back without its marks having been seen is news. Marks do not depend on a generation,
so nothing is news again because an index was built anew, moved, or rebuilt with another recipe.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from index.datatypes import Dispute, Span
from index.quotes.disputing import SHOWN_CONFIDENCE
from index.store.catalogue import Catalogue

_MARK_BYTES = 10  # of a hash; two of a million things share a mark with a chance of one in a trillion
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article and its marks.

    Attributes:
        report: id of the report that it carries; copies share one.
        name: mark of its id.
        text: mark of its words, whatever the spaces, the punctuation and the case.
    """

    article: str
    report: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MarkedDispute:
    """A dispute and its marks.

    Attributes:
        denial: mark of the disputing words, wherever they stand.
        claim: mark of the disputed words between these two articles.
    """

    dispute: Dispute
    denial: str
    claim: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation holds, by marks."""

    generation: int
    articles: tuple[MarkedArticle, ...] = ()
    disputes: tuple[MarkedDispute, ...] = ()

    def marks(self) -> Iterator[str]:
        """Yield every mark; copies and repeated words yield theirs again."""
        for article in self.articles:
            yield from (article.name, article.text)
        for dispute in self.disputes:
            yield from (dispute.denial, dispute.claim)


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a generation.

    Attributes:
        reports: for each report none of whose copies was known, the ids of its articles.
        disputes: those that a known report has come to hold, since its text was changed or a copy of it
            says more.
    """

    generation: int
    reports: tuple[tuple[str, ...], ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.disputes)


def list_contents(catalogue: Catalogue, generation: int) -> Contents:
    """Return what a generation holds; disputes too unsure to be shown are left out."""
    texts = {article.id: _mark("text", *_words(article.text)) for article in catalogue.articles()}
    reports = catalogue.reports(texts)
    articles = tuple(
        MarkedArticle(article, reports.get(article, article), _mark("article", article), text)
        for article, text in texts.items()
    )
    disputes = tuple(
        _mark_dispute(dispute, catalogue)
        for article in texts
        for dispute in catalogue.disputes_of(article)
        if dispute.denial_article == article and dispute.confidence >= SHOWN_CONFIDENCE
    )
    return Contents(generation, articles, disputes)


def find_news(contents: Contents, fresh: Collection[str]) -> News:
    """Return what is new in a generation.

    Args:
        fresh: marks of the generation that had not been seen at the time from which things are news.

    A report is new if neither any of its articles nor any of their texts had been seen. A dispute in a known
    report is new if one of the two articles is new or has a new text, the disputing words had not been seen
    to dispute anything, and the disputed words had not been disputed between these two articles: a sentence
    that was merely edited is not news.
    """
    groups: dict[str, list[MarkedArticle]] = {}
    for marked in contents.articles:
        groups.setdefault(marked.report, []).append(marked)
    new = {
        report: tuple(marked.article for marked in group)
        for report, group in groups.items()
        if all(marked.name in fresh and marked.text in fresh for marked in group)
    }
    told = {article for group in new.values() for article in group}
    altered = {marked.article for marked in contents.articles if marked.text in fresh} - told
    disputes = tuple(
        marked.dispute
        for marked in contents.disputes
        if marked.denial in fresh
        and marked.claim in fresh
        and altered & {marked.dispute.claim_article, marked.dispute.denial_article}
        and not told & {marked.dispute.claim_article, marked.dispute.denial_article}
    )
    return News(contents.generation, tuple(new.values()), disputes)


def _mark_dispute(dispute: Dispute, catalogue: Catalogue) -> MarkedDispute:
    claim = _read_words(catalogue, dispute.claim_article, dispute.claim)
    denial = _read_words(catalogue, dispute.denial_article, dispute.denial)
    between = sorted((dispute.claim_article, dispute.denial_article))
    return MarkedDispute(dispute, _mark("denial", *denial), _mark("claim", *between, *claim))


def _read_words(catalogue: Catalogue, article: str, span: Span) -> list[str]:
    return _words(catalogue.slice_text(article, *span) or "")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _mark(*parts: str) -> str:
    return blake2b("\x00".join(parts).encode(), digest_size=_MARK_BYTES).hexdigest()
