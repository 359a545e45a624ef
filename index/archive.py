"""One generation, and what can be quoted from it: whole, attributed, with the other side, verified.

Answering and its neighbours hold one for as long as a question takes, so that all they read agrees.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache, partial

from index.answers import Quote, Surroundings
from index.datatypes import Report, Span
from index.events.duplicates import count_reports
from index.questions.spelling import Vocabulary, make_vocabulary
from index.quotes.candidates import Candidate, Source
from index.quotes.disputing import answers_too, show_both_sides
from index.quotes.quoting import make_quote
from index.quotes.relevance import AskedQuestion, prepare_question
from index.quotes.terms import Rarity
from index.search.lexical import table_places
from index.store.generations import Generation
from index.texts.sentences import split_paragraphs

_LOG = logging.getLogger(__name__)

_SOURCES_KEPT = 500  # in memory, some 30 KB each: questions come back to the same reports
_PASSAGES_READ = 10  # from which it is told whether a word is a name

CONTEXT_CHARACTERS = 700
"""About how much text stands before and after a quote in its surroundings, to the end of a paragraph."""


class Archive:
    """A generation to quote from; may be used from any thread."""

    def __init__(self, generation: Generation, least_attribution: float) -> None:
        self.generation = generation
        self.catalogue = generation.catalogue
        self.least_attribution = least_attribution
        self.vocabulary = lru_cache(maxsize=1)(self._vocabulary)
        self.source = lru_cache(maxsize=_SOURCES_KEPT)(self._source)

    def rarity(self) -> Rarity:
        """Return how rare words are among the passages."""
        return Rarity(self.generation.manifest.passages, self.catalogue.count_passages_with)

    def _vocabulary(self, named: tuple[str, ...]) -> Vocabulary:
        """Return the words of the passages, and those of the outlets that are named."""
        return make_vocabulary(self.catalogue.count_words(), named, self._reports_with, self._texts_with)

    def _reports_with(self, word: str) -> list[int]:
        """Return the articles whose passages hold a folded word, by their places in the passage table."""
        table = self.catalogue.passage_table()
        found: list[int] = table.articles[table_places(table, self.catalogue.find_word(word).ids)].tolist()
        return found

    def _texts_with(self, word: str) -> list[str]:
        """Return the first passages that hold a folded word."""
        first = self.catalogue.find_word(word).ids[:_PASSAGES_READ].tolist()
        return [passage.text for passage in self.catalogue.passages(first)]

    def ask_nothing(self) -> AskedQuestion:
        """Return a question for an overview without a word, for quotes in which nothing is marked."""
        return prepare_question("", self.rarity(), overview=True)

    def _source(self, article: str) -> Source:
        """Return what quoting needs to know of an article; raise NotFoundError."""
        denials = [
            (dispute.denial, self.catalogue.article(dispute.claim_article).text[slice(*dispute.claim)])
            for dispute in self.catalogue.disputes_of(article)
            if dispute.denial_article == article
        ]
        return Source(
            self.catalogue.article(article),
            self.catalogue.citation(article),
            self.catalogue.statements_of(article),
            self.original(article),
            tuple(denials),
            min(self.catalogue.stories_of([article]).get(article, (article,))),
        )

    def original(self, article: str) -> str:
        """Return the article whose text an article carries: itself, unless it is a copy."""
        return self.catalogue.reports([article]).get(article, article)

    def quote_sentence(self, article: str, sentence: Span, asked: AskedQuestion) -> Quote:
        """Return the attributed quote around a sentence, the words that answer `asked` marked."""
        candidate = Candidate(article, sentence, 0, 0, {}, 0.0)
        return make_quote(candidate, self.source(article), asked, self.least_attribution)

    def show_both_sides(self, quotes: Sequence[Quote], asked: AskedQuestion, most: int) -> tuple[Quote, ...]:
        """Return at most `most` quotes, each disputed one with the other side, all of them verified."""
        both = show_both_sides(
            quotes,
            self.catalogue.disputes_of,
            self.original,
            lambda article, sentence: self.quote_sentence(article, sentence, asked),
            most,
            partial(answers_too, asked),
        )
        return self.keep_verified(both)

    def keep_verified(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return the quotes that equal their slices; a mismatch is dropped and logged as an error."""
        kept = []
        for quote in quotes:
            if self.verify(quote):
                kept.append(quote)
            else:
                place = f"{quote.citation.article}[{quote.start}:{quote.end}]"
                _LOG.error("a quote does not equal %s and is not shown", place)
        return tuple(kept)

    def verify(self, quote: Quote) -> bool:
        """Whether the quote equals its slice of the article's text, read again from the database."""
        return self.catalogue.slice_text(quote.citation.article, quote.start, quote.end) == quote.text

    def holds_one_story(self) -> bool:
        """Whether all articles are of one story, so that "it" can only mean that."""
        held = self.catalogue.passage_table().article_ids[:1]
        return len(self.catalogue.stories_of(held)[held[0]]) == self.generation.manifest.articles

    def count_reports(self, quotes: Sequence[Quote]) -> int:
        """Return the number of independent reports behind quotes; copies and one agency's words are one."""
        carried: dict[str, list[str]] = {}
        for article, original in self.catalogue.reports(q.citation.article for q in quotes).items():
            carried.setdefault(original, []).append(article)
        reports = [Report(original, tuple(articles)) for original, articles in carried.items()]
        return count_reports(quotes, reports)

    def names_of(self, article: str) -> frozenset[str]:
        """Return what an article may be called by: its id, URL and source; raise NotFoundError."""
        found = self.catalogue.article(article)
        return frozenset(name for name in (found.id, found.url, found.source) if name)

    def surroundings(self, article: str, start: int, end: int) -> Surroundings:
        """Return the paragraphs around a span of an article; raise NotFoundError if it is gone."""
        text = self.catalogue.article(article).text
        first, last = start, end
        for paragraph in split_paragraphs(text):
            if paragraph.start < end and start < paragraph.end:  # its own, however long: it is cut when shown
                first, last = min(first, paragraph.start), max(last, paragraph.end)
            if paragraph.start < start and start - paragraph.start <= CONTEXT_CHARACTERS:
                first = min(first, paragraph.start)
            if paragraph.end > end and paragraph.end - end <= CONTEXT_CHARACTERS:
                last = max(last, paragraph.end)
        return Surroundings(text[first:start], text[start:end], text[end:last])
