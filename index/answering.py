"""A question to an answer: the read side from end to end.

Parses the question, retrieves and ranks passages, selects and attributes quotes, weighs whether they
answer, brings in the other side of a dispute, and verifies every quote against the database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np

from index.crossing import (
    ForeignQuestion,
    ask_in_english,
    narrow_hits,
    read_foreign,
    search_by_vectors,
)
from index.datatypes import (
    Answer,
    Hit,
    IndexStatus,
    NoAnswer,
    OutletSummary,
    Question,
    Quote,
    Reason,
    Report,
    Span,
    Surroundings,
)
from index.embedding import Embedder, ScorePairs
from index.errors import CorruptIndexError, NotFoundError
from index.events.duplicates import count_reports
from index.events.novelty import Contents, News, list_contents
from index.questions.followups import complete_question
from index.questions.question import parse_question
from index.questions.replacing import Context
from index.questions.turns import Turn
from index.quotes.confidence import estimate_confidence, explain_absence, measure_evidence
from index.quotes.disputing import show_both_sides
from index.quotes.quoting import HITS_READ, Candidate, Selection, Source, make_quote, select_quotes
from index.quotes.relevance import AskedQuestion, prepare_question
from index.quotes.restrictions import fits_dates, fits_outlets, keep_to_matter
from index.quotes.terms import Rarity, content_stems, split_terms, stem_words
from index.search.ranking import Ranking, rank
from index.search.retrieval import retrieve
from index.settings import IndexSettings
from index.speech.sayings import find_statements, quote_statements, suggest_names
from index.status import make_status
from index.store.catalogue import Catalogue
from index.store.generations import Generation, live_generation, open_generation
from index.telling import read_topic, tell_news
from index.texts.sentences import split_paragraphs
from index.timeline import Timeline, Topic, find_topic, has_course, trace_timeline

_LOG = logging.getLogger(__name__)

CONTEXT_CHARACTERS = 700
"""About how much text stands before and after a quote in its surroundings, to the end of a paragraph."""

_OFFERS_NEAREST = frozenset({Reason.NOT_STATED, Reason.OUTLET_HAS_NOTHING, Reason.NOTHING_IN_DATES})


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with what led to it: candidates and their order, sentences and their verdicts, evidence.

    Attributes:
        evidence: named features of the confidence; empty where nothing was searched.
        topic: the reports on what is asked about; empty without an answer.
    """

    answer: Answer | NoAnswer
    ranking: Ranking | None = None
    selection: Selection | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)
    topic: Topic = field(default_factory=Topic)


class Answerer:
    """Answers from the live generation; its methods block and may be called from any thread."""

    def __init__(
        self,
        settings: IndexSettings,
        embedder: Embedder,
        generation: Generation,
        cross_encoder: ScorePairs | None = None,
    ) -> None:
        self._settings = settings
        self._embedder = embedder
        self._generation = generation
        self._cross_encoder = cross_encoder
        self._switching = threading.Lock()

    @classmethod
    def open(
        cls, settings: IndexSettings, embedder: Embedder, cross_encoder: ScorePairs | None = None
    ) -> Answerer:
        """Open the live generation; raise StoredIndexError's kinds."""
        generation = open_generation(settings.data_folder, embedder.identity)
        return cls(settings, embedder, generation, cross_encoder)

    def refresh(self) -> bool:
        """Open the newest generation if another one has become live, and say whether one has.

        Questions under way finish on the generation that they began with.
        """
        with self._switching:
            live = live_generation(self._settings.data_folder)
            if live is None or live == self._generation.manifest.generation:
                return False
            self._generation = open_generation(self._settings.data_folder, self._embedder.identity)
            return True

    def answer(
        self,
        text: str,
        *,
        now: datetime | None = None,
        turns: Sequence[Turn] = (),
        about: str | None = None,
    ) -> Answer | NoAnswer:
        """Return quotes that answer a question, or the typed reason why there are none.

        Args:
            text: the question, of any length and in any script.
            now: aware time of asking, which "last week" is resolved against; the present by default.
            turns: of the conversation that the question may follow up, newest last.
            about: words that the user selected for the question to be about.
        """
        return self.explain(text, now=now, turns=turns, about=about).answer

    def explain(
        self,
        text: str,
        *,
        now: datetime | None = None,
        turns: Sequence[Turn] = (),
        about: str | None = None,
    ) -> Explanation:
        """Answer a question and keep what led to the answer."""
        generation = self._generation
        catalogue = generation.catalogue
        held = catalogue.outlets()
        newest = max((o.newest.day for o in held if o.newest), default=None)
        now = now or datetime.now(UTC)
        outlets = tuple(summary.outlet for summary in held if summary.outlet)
        aliases = self._settings.aliases
        completion = complete_question(text, turns, Context(now, outlets, aliases, newest), about=about)
        question = parse_question(completion.text, now, outlets, aliases, newest)
        quoted = [name for name in question.unknown_outlets if catalogue.count_passages_with(name)]
        question = replace(
            question,
            asked=text,
            # A medium that the texts quote ("told TASS") is asked for as a source, not as an outlet.
            unknown_outlets=tuple(name for name in question.unknown_outlets if name not in quoted),
        )
        if not generation.manifest.passages:
            return Explanation(NoAnswer(question, Reason.EMPTY_INDEX))
        if not content_stems(split_terms(question.text)):
            return Explanation(NoAnswer(question, Reason.NOT_A_QUESTION))
        if self._settings.embedding.spans_languages:
            foreign = read_foreign(question, generation, self._embedder)
            if foreign is not None:
                return self._explain_foreign(question, foreign, generation)
        candidates = retrieve(
            question,
            catalogue,
            generation.vectors,
            self._embedder,
            self._settings.retrieval,
            generation.details,
        )
        ranking = rank(candidates, catalogue, cross_encoder=self._cross_encoder)
        allowed = _choose_allowed(question, ranking, catalogue)
        chances = 1 / (1 + np.exp(-ranking.scores))
        hits = tuple(Hit(ranking.passages[row], float(chances[row])) for row in allowed)
        cosines = [float(candidates.dense[0, row]) for row in allowed]
        quotable = (*hits, *ranking.hits)
        sources = {article: _gather_source(article, catalogue) for article in _articles(quotable)}
        rarity = Rarity(generation.manifest.passages, catalogue.count_passages_with)
        limits = self._settings.answers
        selection = select_quotes(
            question,
            hits,
            sources,
            rarity,
            interaction=candidates.interaction,
            max_quotes=limits.max_quotes,
            least_attribution=self._settings.attribution.shown,
        )
        nearest_sentences = [float(candidates.sentence_dense[0, row]) for row in allowed]
        evidence = measure_evidence(question, hits, sources, selection, rarity, cosines, nearest_sentences)
        confidence = estimate_confidence(evidence)
        answer: Answer | NoAnswer
        topic = Topic()
        kept = keep_to_matter(question, rarity, _stem_reports(quotable, sources), _articles(hits))
        if confidence < limits.threshold or not selection.quotes or not kept:
            reason = explain_absence(question, quotable, sources, rarity)
            nearest = self._verified(selection.quotes) if reason in _OFFERS_NEAREST else ()
            alternatives = _list_outlets(nearest) if reason is Reason.OUTLET_HAS_NOTHING else ()
            answer = NoAnswer(question, reason, confidence, nearest, alternatives, ranking.hits)
        else:
            most = limits.max_quotes + 1
            both = self._show_both_sides(selection.quotes, selection.asked[0], catalogue, most)
            quotes = self._verified(both)
            if not quotes:
                raise CorruptIndexError(
                    "no quote equals its article's text any more; run `python -m index build`"
                )
            topic = find_topic(ranking, question, catalogue)
            answer = Answer(
                question,
                quotes,
                confidence,
                disputed=any(quote.side is not None for quote in quotes),
                reports=_count_reports(quotes, catalogue),
                sure=confidence >= limits.sure,
                hits=ranking.hits,
                has_timeline=has_course(topic),
            )
        return Explanation(answer, ranking, selection, evidence, topic)

    def _explain_foreign(
        self, question: Question, foreign: ForeignQuestion, generation: Generation
    ) -> Explanation:
        """Answer a question in another language than the reports, by the vectors alone."""
        catalogue, limits = generation.catalogue, self._settings.answers
        searched = search_by_vectors(self._settings.retrieval)
        candidates = retrieve(question, catalogue, generation.vectors, self._embedder, searched)
        ranking = rank(candidates, catalogue, foreign.ranking)
        allowed = _choose_allowed(question, ranking, catalogue)
        chances = 1 / (1 + np.exp(-ranking.scores))
        hits = tuple(Hit(ranking.passages[row], float(chances[row])) for row in allowed)
        sources = {article: _gather_source(article, catalogue) for article in _articles(hits)}
        confidence = hits[0].score if hits else 0.0
        sentences, likeness = narrow_hits(
            foreign, hits, [float(candidates.dense[0, row]) for row in allowed], sources, self._embedder
        )
        selection = select_quotes(
            ask_in_english(question),
            sentences,
            sources,
            Rarity(generation.manifest.passages, catalogue.count_passages_with),
            cosines=likeness,
            max_quotes=limits.max_quotes,
            least_attribution=self._settings.attribution.shown,
        )
        evidence = {"foreign": 1.0, "chance": confidence}
        if confidence < limits.threshold or not selection.quotes:
            nothing = NoAnswer(question, Reason.NOTHING_ON_THIS, confidence, hits=ranking.hits)
            return Explanation(nothing, ranking, selection, evidence)
        most = limits.max_quotes + 1
        quotes = self._verified(self._show_both_sides(selection.quotes, selection.asked[0], catalogue, most))
        if not quotes:
            raise CorruptIndexError(
                "no quote equals its article's text any more; run `python -m index build`"
            )
        topic = find_topic(ranking, question, catalogue)
        answer = Answer(
            question,
            quotes,
            confidence,
            disputed=any(quote.side is not None for quote in quotes),
            reports=_count_reports(quotes, catalogue),
            sure=confidence >= limits.sure,
            hits=ranking.hits,
            has_timeline=has_course(topic),
        )
        return Explanation(answer, ranking, selection, evidence, topic)

    def timeline(self, text: str, *, now: datetime | None = None) -> Timeline | NoAnswer:
        """Return the timeline of the reports on a topic, or the typed reason why there are none.

        Args:
            text: names the topic; read as a question is, with the outlets and dates that it names.
            now: as `answer` takes it.
        """
        while True:
            generation = self._generation
            explanation = self.explain(text, now=now)
            if generation is self._generation:  # else another one went live in between
                break
        answer, catalogue = explanation.answer, generation.catalogue
        if isinstance(answer, NoAnswer):
            return answer
        asked = _prepare_nothing(generation)
        return trace_timeline(
            answer.question,
            explanation.topic,
            catalogue,
            lambda article, sentence: self._quote_sentence(article, sentence, asked, catalogue),
            sure=answer.sure,
        )

    def contents(self) -> Contents:
        """Return what the generation in use holds, by marks; reads every article."""
        generation = self._generation
        return list_contents(generation.catalogue, generation.manifest.generation)

    def report_news(self, topic: str, news: News, *, now: datetime | None = None) -> Answer | None:
        """Return the news on a topic with their other sides, each quote verified; None where there are none.

        Args:
            topic: read as a question is, with the outlets and dates that it names.
            news: of the generation in use; NotFoundError is raised where another one has become live.

        `Answer.reports` counts the new reports on the topic, `confidence` is the chance that they are.
        """
        generation = self._generation
        if generation.manifest.generation != news.generation:
            live = generation.manifest.generation
            raise NotFoundError(f"the news is of generation {news.generation}, live is {live}; look anew")
        catalogue, least = generation.catalogue, self._settings.attribution.shown
        outlets = tuple(summary.outlet for summary in catalogue.outlets() if summary.outlet)
        now = now or datetime.now(UTC)
        question = parse_question(topic, now, outlets, self._settings.aliases, None)
        reader = read_topic(
            question, generation, self._embedder, lambda a: _gather_source(a, catalogue), least
        )
        told = tell_news(reader, news)
        if told is None:
            return None
        both = self._show_both_sides(told.quotes, reader.asked, catalogue, 2 * len(told.quotes))
        quotes = self._verified(both)
        disputed = any(quote.side is not None for quote in quotes)
        return Answer(question, quotes, told.chance, disputed, told.reports) if quotes else None

    def quotes_of(self, name: str, limit: int) -> tuple[Quote, ...]:
        """Return what a speaker is reported to have said, newest report first, each quote verified.

        Args:
            name: data of any length and script; see `sayings.match_namings` for whom it matches.
            limit: quotes of the speaker, at most; the other side of each disputed one comes on top.

        Only statements sure enough to be shown count; copies of a report count once. () for nobody.
        """
        generation, least = self._generation, self._settings.attribution.shown
        catalogue, asked = generation.catalogue, _prepare_nothing(generation)
        said = find_statements(name, catalogue, least)
        quotes = quote_statements(said, lambda a: _gather_source(a, catalogue), asked, limit)
        return self._verified(self._show_both_sides(quotes, asked, catalogue, 2 * limit))

    def suggest_names(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return names of quoted speakers that are close to one that `quotes_of` finds nothing for."""
        namings = self._generation.catalogue.namings(self._settings.attribution.shown)
        return suggest_names(name, namings, limit)

    def _show_both_sides(
        self, quotes: Sequence[Quote], asked: AskedQuestion, catalogue: Catalogue, most: int
    ) -> tuple[Quote, ...]:
        """Return the quotes, each disputed one with the other side."""
        return show_both_sides(
            quotes,
            catalogue.disputes_of,
            lambda article: catalogue.reports([article]).get(article, article),
            lambda article, sentence: self._quote_sentence(article, sentence, asked, catalogue),
            most,
        )

    def _quote_sentence(
        self, article: str, sentence: Span, asked: AskedQuestion, catalogue: Catalogue
    ) -> Quote:
        """Return the attributed quote around a sentence, the words that answer `asked` marked."""
        candidate = Candidate(article, sentence, 0, 0, {}, 0.0)
        return make_quote(
            candidate, _gather_source(article, catalogue), asked, self._settings.attribution.shown
        )

    def _verified(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return the quotes that equal their slices; a mismatch is dropped and logged as an error."""
        kept = []
        for quote in quotes:
            if self.verify(quote):
                kept.append(quote)
            else:
                place = f"{quote.citation.article}[{quote.start}:{quote.end}]"
                _LOG.error("a quote does not equal %s and is not shown", place)
        return tuple(kept)

    def status(self) -> IndexStatus:
        """Return what the generation in use holds."""
        return make_status(self._generation.manifest, self._generation.catalogue)

    def outlets(self) -> tuple[OutletSummary, ...]:
        """Return what is held of each outlet, most articles first."""
        return self._generation.catalogue.outlets()

    def verify(self, quote: Quote) -> bool:
        """Whether the quote equals its slice of the article's text, read again from the database."""
        found = self._generation.catalogue.slice_text(quote.citation.article, quote.start, quote.end)
        return found == quote.text

    def names_of(self, article_id: str) -> frozenset[str]:
        """Return what an article may be called by: its id, URL and source; raise NotFoundError."""
        article = self._generation.catalogue.article(article_id)
        return frozenset(name for name in (article.id, article.url, article.source) if name)

    def context(self, article_id: str, start: int, end: int) -> Surroundings:
        """Return the paragraphs around a span of an article; raise NotFoundError if it is gone."""
        text = self._generation.catalogue.article(article_id).text
        first, last = start, end
        for paragraph in split_paragraphs(text):
            if paragraph.start < start and start - paragraph.start <= CONTEXT_CHARACTERS:
                first = min(first, paragraph.start)
            if paragraph.end > end and paragraph.end - end <= CONTEXT_CHARACTERS:
                last = max(last, paragraph.end)
        return Surroundings(text[first:start], text[start:end], text[end:last])


def _choose_allowed(question: Question, ranking: Ranking, catalogue: Catalogue) -> tuple[int, ...]:
    """Return the rows of the best candidates of the outlets and days that the question names, best first."""
    allowed = []
    for row in ranking.order:
        passage = ranking.passages[row]
        article = catalogue.article(passage.article)
        if fits_outlets(question, article) and fits_dates(question, article, passage.text):
            allowed.append(row)
        if len(allowed) == HITS_READ:
            break
    return tuple(allowed)


def _prepare_nothing(generation: Generation) -> AskedQuestion:
    """Return a question without a word, for quotes in which nothing is marked."""
    return prepare_question(
        "", Rarity(generation.manifest.passages, generation.catalogue.count_passages_with)
    )


def _articles(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.passage.article for hit in hits))


def _stem_reports(hits: Sequence[Hit], sources: Mapping[str, Source]) -> dict[str, frozenset[str]]:
    """Return by article the stems of its headline and of those of its passages that were found."""
    held: dict[str, frozenset[str]] = {}
    for hit in hits:
        article = hit.passage.article
        known = held.get(article) or stem_words(sources[article].article.title)
        held[article] = known | stem_words(hit.passage.text)
    return held


def _gather_source(article: str, catalogue: Catalogue) -> Source:
    """Return what quoting needs to know of an article."""
    denials = [
        (dispute.denial, catalogue.article(dispute.claim_article).text[slice(*dispute.claim)])
        for dispute in catalogue.disputes_of(article)
        if dispute.denial_article == article
    ]
    return Source(
        catalogue.article(article),
        catalogue.citation(article),
        catalogue.statements_of(article),
        catalogue.reports([article]).get(article, article),
        tuple(denials),
    )


def _count_reports(quotes: Sequence[Quote], catalogue: Catalogue) -> int:
    """Return the number of independent reports behind quotes; copies and one agency's words count once."""
    carried: dict[str, list[str]] = {}
    for article, original in catalogue.reports(quote.citation.article for quote in quotes).items():
        carried.setdefault(original, []).append(article)
    reports = [Report(original, tuple(articles)) for original, articles in carried.items()]
    return count_reports(quotes, reports)


def _list_outlets(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the outlets of the quotes, in order, each once."""
    return tuple(dict.fromkeys(quote.citation.outlet for quote in quotes if quote.citation.outlet))
