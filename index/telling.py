"""Which of the news is on a watched topic, and the words of each report to quote.

Follows novelty, which says what is new whatever its subject. Answering brings in the other sides, verifies
every quote, and hands the result to whoever watches.

How likely a report is on a topic is weighed by four absolute figures: how well its headline and opening match
the topic's words by meaning, how well the likest third of its passages do, and how far the nearest of their
vectors, and those of the likest third on average, stand above what in the index is unlike the topic. So what
a long report mentions once, in passing, counts for little. The weights are of a logistic regression, which
`python -m index.evaluation.train_telling` fits; `python -m index.evaluation.telling` measures what they do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from index.answers import Hit, Question, Quote
from index.datatypes import Article, Dispute, Passage, Span
from index.embedding import Embedder, Vectors
from index.events.novelty import News
from index.events.stories import describe_opening
from index.quotes.candidates import Candidate, Source
from index.quotes.disputing import SHOWN_CONFIDENCE
from index.quotes.quoting import make_quote, select_quotes
from index.quotes.relevance import AskedQuestion, prepare_question
from index.quotes.restrictions import fits_dates, fits_outlets, list_outlet_stems
from index.quotes.terms import Rarity, stem_words
from index.store.generations import Generation

TOLD = 0.85
"""Least chance that a report is on the topic, at which it is told; high, since most reports are on none."""

LIKELY = 0.2
"""The same for a report of a story most of whose other reports are on the topic."""

MAX_TOLD = 12
"""Reports that one digest quotes; it counts the others."""

OPENING_WORDS = 80
"""Words after the headline that say what a report is about; what else it mentions comes later."""

_NEAREST, _OPENING, _MATCH, _NEARNESS, _BIAS = 4.5, 4.7, 5.0, 5.2, -8.1
_WEIGHTS = (_NEAREST, _OPENING, _MATCH, _NEARNESS)
_LIKEST = 3  # one in so many passages counts
_UNLIKE = 0.1  # share of the index's passages that stand below the floor
_SHARED, _NEAR = 0.34, 0.2
_SAMPLED = 2_000  # passages that the floor is taken from
_SIBLINGS = (2, 30)  # least and most other reports of a story that are asked for support
_NAMES_HELD = 0.5  # of the topic's names, where it names any
_NAME_ENDING = 2  # letters of a name that its case may change
_SHORTEST_NAME = 4
_BESIDE = 0.5  # of the best passage's match: a disputed sentence from there on is about the topic


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the news on a topic.

    Attributes:
        quotes: one of each report, as it is told first, disputed ones before the others, then newest first.
        reports: new reports on the topic, those without a quote among them.
        chance: the greatest that one of them is on the topic, in [0, 1].
    """

    quotes: tuple[Quote, ...]
    reports: int
    chance: float


@dataclass(slots=True)
class TopicReader:
    """A topic, ready to be held against articles of one generation.

    Attributes:
        vector: (d,) unit row.
        floor: cosine of the topic with what has nothing to do with it: the tenth part of the index that is
            least like it stays below. In an index of one story alone, the median would be of the topic.
        source_of: what quoting needs to know of an article.
    """

    question: Question
    asked: AskedQuestion
    rarity: Rarity
    generation: Generation
    vector: Vectors
    floor: float
    source_of: Callable[[str], Source]
    shown: float
    _chances: dict[str, float] = field(default_factory=dict)

    def weigh_article(self, article_id: str) -> float:
        """Return the chance in [0, 1] that an article is on the topic."""
        if article_id not in self._chances:
            self._chances[article_id] = self._weigh(article_id)
        return self._chances[article_id]

    def _weigh(self, article_id: str) -> float:
        article = self.generation.catalogue.article(article_id)
        if not fits_outlets(self.question, article) or not fits_dates(
            self.question.dates, article, article.text
        ):
            return 0.0
        passages = self.generation.catalogue.passages_of(article_id)
        held = stem_words(article.title) | stem_words(article.text)
        if not passages or not self.holds_names(held):
            return 0.0
        if self.asked.share(held) < _SHARED and self.measure_cosines(passages).max() - self.floor < _NEAR:
            return 0.0  # neither by words nor by meaning: not worth a closer look, which takes long
        figures = self.measure_article(article, passages)
        odds = _BIAS + sum(weight * figure for weight, figure in zip(_WEIGHTS, figures, strict=True))
        return 1 / (1 + math.exp(-odds))

    def measure_article(
        self, article: Article, passages: Sequence[Passage]
    ) -> tuple[float, float, float, float]:
        """Return the figures that are weighed: nearest, opening, match and nearness.

        Args:
            passages: of the article, at least one.
        """
        cosines = np.sort(self.measure_cosines(passages))[::-1] - self.floor
        likest = max(1, len(passages) // _LIKEST)
        nearest, nearness = float(cosines[0]), float(cosines[:likest].mean())
        opening = self.asked.words.cover(stem_words(describe_opening(article, OPENING_WORDS)))
        matches = sorted((self.match_passage(passage) for passage in passages), reverse=True)
        return nearest, opening, sum(matches[:likest]) / likest, nearness

    def measure_cosines(self, passages: Sequence[Passage]) -> Vectors:
        """Return the (n,) cosines of the topic with passages."""
        ids = np.array([passage.id for passage in passages], dtype=np.int64)
        return np.asarray(self.generation.vectors.vectors(ids) @ self.vector, dtype=np.float32)

    def match_passage(self, passage: Passage) -> float:
        """Return how well a passage matches the topic's words by meaning, in [0, 1]."""
        return self.asked.words.cover(stem_words(passage.text))

    def holds_names(self, held: frozenset[str]) -> bool:
        """Whether enough of the topic's names are among stems, each up to its ending."""
        names = [name for name in self.asked.names if name in self.asked.weights]
        kept = [name[: max(_SHORTEST_NAME, len(name) - _NAME_ENDING)] for name in names]
        found = sum(
            name in held or any(stem.startswith(part) for stem in held)
            for name, part in zip(names, kept, strict=True)
        )
        return found >= _NAMES_HELD * len(names)


def read_topic(
    question: Question,
    generation: Generation,
    embedder: Embedder,
    source_of: Callable[[str], Source],
    shown: float,
) -> TopicReader:
    """Return a topic, ready to be held against the articles of a generation.

    Args:
        question: the topic, parsed as a question is.
        shown: least confidence of a statement whose speaker is shown.
    """
    count = generation.catalogue.count_passages_with
    # A medium that the texts quote is part of the topic, not the outlet to hear it from.
    unknown = tuple(name for name in question.unknown_outlets if not count(name))
    # "Black Friday" and "last week" are no days that news can be held against, "in May 2025" is.
    dates = question.dates if question.dates and any(map(str.isdigit, question.dates.phrase)) else None
    question = replace(question, unknown_outlets=unknown, dates=dates)
    rarity = Rarity(generation.manifest.passages, count)
    vector = embedder.embed_questions([question.text])[0]
    ids = generation.catalogue.passage_table().ids
    sample = ids[:: max(1, len(ids) // _SAMPLED)]
    cosines = generation.vectors.vectors(sample) @ vector if len(sample) else np.zeros(1, dtype=np.float32)
    floor = float(np.quantile(cosines, _UNLIKE))
    asked = prepare_question(question.text, rarity, list_outlet_stems(question))
    return TopicReader(question, asked, rarity, generation, vector, floor, source_of, shown)


def tell_news(reader: TopicReader, news: News) -> Told | None:
    """Return what is new on a topic, None where nothing is."""
    chosen = choose_reports(reader, news.reports)
    disputes = [dispute for dispute in news.disputes if _is_on_topic(reader, dispute.denial_article)]
    catalogue = reader.generation.catalogue
    quotes: dict[tuple[str, int], tuple[bool, str, Quote]] = {}
    for article in chosen:
        disputed, quote = _quote_report(reader, article)
        if quote is not None:
            published = str(catalogue.article(article).published or "")
            quotes[article, quote.start] = disputed, published, quote
    for dispute in disputes:
        quote = _quote_sentence(reader, dispute.denial_article, dispute.denial)
        published = str(catalogue.article(dispute.denial_article).published or "")
        quotes[dispute.denial_article, quote.start] = True, published, quote
    if not quotes:
        return None
    ordered = sorted(quotes.values(), key=lambda one: (one[0], one[1]), reverse=True)
    articles = [*chosen, *(dispute.denial_article for dispute in disputes)]
    chance = max(reader.weigh_article(article) for article in articles)
    return Told(tuple(quote for _, _, quote in ordered[:MAX_TOLD]), len(chosen), chance)


def choose_reports(reader: TopicReader, reports: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the article to quote of each report that is on the topic; a report is its articles' ids."""
    chosen = (_choose_article(reader, report) for report in reports)
    return tuple(article for article in chosen if article is not None)


def _choose_article(reader: TopicReader, report: Sequence[str]) -> str | None:
    """Return the article of a new report to quote, its original where that is new; None off the topic."""
    originals = reader.generation.catalogue.reports(report)
    ordered = sorted(report, key=lambda article: (originals.get(article) != article, article))
    return next((article for article in ordered if _is_on_topic(reader, article)), None)


def _is_on_topic(reader: TopicReader, article: str) -> bool:
    """Whether an article is on the topic, by its own words or with the support of its story."""
    chance = reader.weigh_article(article)
    if chance >= TOLD:
        return True
    if chance < LIKELY:
        return False
    catalogue = reader.generation.catalogue
    story = catalogue.stories_of([article]).get(article, ())
    reports = catalogue.reports(story)
    least, most = _SIBLINGS
    others = [one for one in story if reports[one] == one and reports[one] != reports[article]][:most]
    if len(others) < least:
        return False
    return 2 * sum(reader.weigh_article(one) >= TOLD for one in others) >= len(others)


def _quote_report(reader: TopicReader, article: str) -> tuple[bool, Quote | None]:
    """Return the words to quote from a new report, and whether they are disputed: what is, goes first."""
    passages = reader.generation.catalogue.passages_of(article)
    matches = [reader.match_passage(passage) for passage in passages]
    about = [
        Span(passage.start, passage.end)
        for passage, match in zip(passages, matches, strict=True)
        if match >= _BESIDE * max(matches)
    ]
    disputes = [
        dispute
        for dispute in reader.generation.catalogue.disputes_of(article)
        if dispute.confidence >= SHOWN_CONFIDENCE
        and any(place.start <= _own_side(dispute, article).start < place.end for place in about)
    ]
    if disputes:
        dispute = max(disputes, key=lambda one: (_match_dispute(reader, one), one.confidence))
        return True, _quote_sentence(reader, article, _own_side(dispute, article))
    source = reader.source_of(article)
    cosines = [float(cosine) for cosine in reader.measure_cosines(passages)]
    order = sorted(range(len(passages)), key=lambda row: (-matches[row], -cosines[row]))
    selection = select_quotes(
        reader.question,
        [Hit(passages[row], reader.weigh_article(article)) for row in order],
        {article: source},
        reader.rarity,
        cosines=[cosines[row] for row in order],
        max_quotes=1,
        least_attribution=reader.shown,
    )
    return False, next(iter(selection.quotes), None)


def _own_side(dispute: Dispute, article: str) -> Span:
    """Return the sentence that an article has in a dispute; the disputed one where it has both."""
    return dispute.claim if dispute.claim_article == article else dispute.denial


def _match_dispute(reader: TopicReader, dispute: Dispute) -> float:
    """Return how well the two sentences of a dispute together match the topic's words, in [0, 1]."""
    article = reader.generation.catalogue.article
    claim = article(dispute.claim_article).text[slice(*dispute.claim)]
    denial = article(dispute.denial_article).text[slice(*dispute.denial)]
    return reader.asked.words.cover(stem_words(claim) | stem_words(denial))


def _quote_sentence(reader: TopicReader, article: str, sentence: Span) -> Quote:
    features: Mapping[str, float] = {}
    candidate = Candidate(article, sentence, 0, 0, features, 0.0)
    return make_quote(candidate, reader.source_of(article), reader.asked, reader.shown)
