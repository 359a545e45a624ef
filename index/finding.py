"""From a question as understood to its answer, explained: search, rank, quote, weigh, and answer or decline.

Answering completes and parses the question first. There are two ways to find: by words and vectors, and, for
a question in another language than the reports, by vectors alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import numpy as np

from index.answers import Answer, Hit, NoAnswer, Question, Quote, Reason
from index.archive import Archive
from index.crossing import ForeignQuestion, ask_in_english, narrow_hits, read_foreign, search_by_vectors
from index.embedding import Embedder, ScorePairs
from index.errors import CorruptIndexError
from index.quotes.candidates import Source, find_matter
from index.quotes.confidence import (
    estimate_confidence,
    explain_absence,
    find_related,
    measure_evidence,
)
from index.quotes.disputing import disputes_matter
from index.quotes.heard_matter import MatterHeard, measure_matter_heard
from index.quotes.hearing import hears_wanted
from index.quotes.quoting import HITS_READ, Selection, select_quotes
from index.quotes.relevance import prepare_question
from index.quotes.restrictions import (
    fits_dates,
    fits_outlets,
    keep_to_matter,
    list_matter_stems,
    list_outlet_stems,
    names_all,
)
from index.quotes.stating import meets_premises, states_asked
from index.quotes.terms import Rarity, stem_words
from index.search.ranking import Ranking, rank
from index.search.retrieval import retrieve
from index.settings import IndexSettings
from index.timeline import Topic, find_topic, has_course

_LATEST_READ = 8  # passages that are read where the latest is asked for
_LATEST_EACH = 2  # of one report
_OPENINGS = 6  # reports whose beginnings are read for an overview
_BEFORE = 200  # code points before a quote that say whom an age in it is of, or what it is about
_LEAST_HEARD = 0.4  # of what somebody is asked about, the share that their words must meet
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question, and why it is no answer, if it is none."""

    ranking: Ranking
    selection: Selection
    evidence: Mapping[str, float]
    confidence: float
    absence: NoAnswer | None
    beside: bool = False  # whether it may be beside what is asked, whatever the confidence


def find_answer(
    question: Question,
    archive: Archive,
    embedder: Embedder,
    settings: IndexSettings,
    cross_encoder: ScorePairs | None = None,
) -> Explanation:
    """Return the answer to a question, or the typed reason why there is none, with what led to it.

    Raises CorruptIndexError where not one quote equals its article's text.
    """
    foreign = None
    if settings.embedding.spans_languages:
        foreign = read_foreign(question, archive.generation, embedder)
    if foreign is None:
        found = _find_by_words(question, archive, embedder, settings, cross_encoder)
    else:
        found = _find_by_vectors(question, foreign, archive, embedder, settings)
    if found.absence is not None:
        return Explanation(found.absence, found.ranking, found.selection, found.evidence)
    asked, most = found.selection.asked[0], settings.answers.max_quotes + 1
    quotes = archive.show_both_sides(found.selection.quotes, asked, most)
    if not quotes:
        raise CorruptIndexError("no quote equals its article's text any more; run `python -m index build`")
    topic = find_topic(found.ranking, question, archive.catalogue)
    matters = list_matters(question, found.selection, foreign=foreign is not None)
    answer = Answer(
        question,
        quotes,
        found.confidence,
        disputed=disputes_matter(quotes, found.selection.quotes, matters),
        reports=archive.count_reports(quotes),
        sure=found.confidence >= settings.answers.sure and not found.beside,
        hits=found.ranking.hits,
        has_timeline=has_course(topic),
    )
    return Explanation(answer, found.ranking, found.selection, found.evidence, topic)


def list_matters(question: Question, selection: Selection, *, foreign: bool) -> list[frozenset[str]]:
    """Return the stems of what each part of a question is about, as `disputes_matter` takes them.

    The words of a foreign question stand in no report, so that none can tell what a dispute is about.
    """
    if foreign:
        return [frozenset()]
    return [list_matter_stems(question, part) for part in selection.asked]


def _find_by_words(
    question: Question,
    archive: Archive,
    embedder: Embedder,
    settings: IndexSettings,
    cross_encoder: ScorePairs | None,
) -> _Found:
    generation, limits = archive.generation, settings.answers
    candidates = retrieve(
        question,
        archive.catalogue,
        generation.vectors,
        embedder,
        settings.retrieval,
        generation.details,
    )
    ranking = rank(candidates, archive.catalogue, cross_encoder=cross_encoder)
    allowed, hits = _choose_allowed(question, ranking, archive)
    quotable = (*hits, *ranking.hits)
    sources = {article: archive.source(article) for article in _list_articles(quotable)}
    rarity = archive.rarity()
    openings = _find_openings(hits, archive) if question.overview else ()
    selection = select_quotes(
        question,
        (*hits, *openings),
        sources,
        rarity,
        interaction=candidates.interaction,
        max_quotes=limits.max_quotes,
        least_attribution=archive.least_attribution,
        hits_read=len(hits) + len(openings) if openings else None,
    )
    evidence = measure_evidence(
        question,
        hits,
        sources,
        selection,
        rarity,
        [float(candidates.dense[0, row]) for row in allowed],
        [float(candidates.sentence_dense[0, row]) for row in allowed],
    )
    confidence = estimate_confidence(evidence)
    on_it = keep_to_matter(question, rarity, _stem_reports(quotable, sources), _list_articles(hits))
    quoted = (sources[quote.citation.article].article for quote in selection.quotes)
    on_it = on_it and (confidence >= limits.sure or names_all(question, quoted))
    heard = _measure_matter_heard(question, selection, sources)
    on_it = on_it and heard.around >= _LEAST_HEARD and _states_asked(question, selection, sources)
    absence = None
    if confidence < limits.threshold or not selection.quotes or not on_it:
        reason = explain_absence(question, quotable, sources, rarity)
        nearest = selection.quotes
        alternatives: tuple[str, ...] = ()
        if reason is Reason.OUTLET_HAS_NOTHING:
            others = _find_others(question, ranking, sources, rarity)
            alternatives = _list_outlets(others, sources)
            nearest = select_quotes(
                question,
                others,
                sources,
                rarity,
                interaction=candidates.interaction,
                max_quotes=limits.max_quotes,
                least_attribution=archive.least_attribution,
            ).quotes
        offered = archive.keep_verified(nearest) if reason in _OFFERS_NEAREST else ()
        absence = NoAnswer(question, reason, confidence, offered, alternatives, ranking.hits)
    supposed = len(selection.asked) == 1 and not meets_premises(selection.asked[0], selection.quotes)
    beside = heard.within < _LEAST_HEARD or supposed
    return _Found(ranking, selection, evidence, confidence, absence, beside)


def _find_by_vectors(
    question: Question,
    foreign: ForeignQuestion,
    archive: Archive,
    embedder: Embedder,
    settings: IndexSettings,
) -> _Found:
    generation, limits = archive.generation, settings.answers
    searched = search_by_vectors(settings.retrieval)
    candidates = retrieve(question, archive.catalogue, generation.vectors, embedder, searched)
    ranking = rank(candidates, archive.catalogue, foreign.ranking)
    allowed, hits = _choose_allowed(question, ranking, archive)
    sources = {article: archive.source(article) for article in _list_articles(hits)}
    cosines = [float(candidates.dense[0, row]) for row in allowed]
    sentences, likeness = narrow_hits(foreign, hits, cosines, sources, embedder)
    selection = select_quotes(
        ask_in_english(question),
        sentences,
        sources,
        archive.rarity(),
        cosines=likeness,
        max_quotes=limits.max_quotes,
        least_attribution=archive.least_attribution,
    )
    confidence = hits[0].score if hits else 0.0
    absence = None
    if confidence < limits.threshold or not selection.quotes:
        absence = NoAnswer(question, Reason.NOTHING_ON_THIS, confidence, hits=ranking.hits)
    return _Found(ranking, selection, {"foreign": 1.0, "chance": confidence}, confidence, absence)


def _choose_allowed(
    question: Question, ranking: Ranking, archive: Archive
) -> tuple[list[int], tuple[Hit, ...]]:
    """Return the best candidates of the outlets and days that the question names, as rows and as hits."""

    def fits(row: int) -> bool:
        passage = ranking.passages[row]
        article = archive.catalogue.article(passage.article)
        return fits_outlets(question, article) and fits_dates(question.dates, article, passage.text)

    chances = 1 / (1 + np.exp(-ranking.scores))
    fitting = filter(fits, ranking.order)
    allowed = [*(fitting if question.latest else islice(fitting, HITS_READ))]
    hits = tuple(Hit(ranking.passages[row], float(chances[row])) for row in allowed)
    if not question.latest:
        return allowed, hits
    places = _keep_newest(hits, question, archive)
    return [allowed[place] for place in places], tuple(hits[place] for place in places)


def _keep_newest(hits: Sequence[Hit], question: Question, archive: Archive) -> list[int]:
    """Return the places of the hits to read for the latest: those of the newest reports on the matter.

    Where so few are on it that all can be read, nothing is left out for its age.
    """
    sources = {article: archive.source(article) for article in _list_articles(hits)}
    asked = prepare_question(question.text, archive.rarity(), list_outlet_stems(question))
    matter = find_matter(asked, hits, sources)
    places: dict[str, list[int]] = {}
    for place, hit in enumerate(hits):
        if hit.passage.article in matter:
            places.setdefault(hit.passage.article, []).append(place)
    if sum(map(len, places.values())) <= _LATEST_READ:
        return [*range(min(len(hits), HITS_READ))]

    def day(article: str) -> date:
        published = sources[article].article.published
        return published.day if published else date.min

    newest = sorted(places, key=day, reverse=True)
    kept = islice((place for article in newest for place in places[article][:_LATEST_EACH]), _LATEST_READ)
    return sorted(kept)


def _find_openings(hits: Sequence[Hit], archive: Archive) -> tuple[Hit, ...]:
    """Return the first passages of the best reports that are not among the hits: they hold the leads."""
    held = {hit.passage.id for hit in hits}
    best = {hit.passage.article: hit.score for hit in reversed(hits)}
    openings = (archive.catalogue.passages_of(article)[0] for article in _list_articles(hits)[:_OPENINGS])
    return tuple(Hit(passage, best[passage.article]) for passage in openings if passage.id not in held)


def _list_articles(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.passage.article for hit in hits))


def _states_asked(question: Question, selection: Selection, sources: Mapping[str, Source]) -> bool:
    """Whether the quotes hold what a question of one part asks for: a number, a name, somebody's words.

    An outlet that a question names says things without being a speaker.
    """
    if len(selection.asked) > 1:
        return True
    asked, quotes = selection.asked[0], selection.quotes
    quoted = [sources[quote.citation.article] for quote in quotes]
    before = _list_leads(quotes, sources)
    says_itself = bool(question.outlets or question.unknown_outlets)
    return states_asked(asked, quotes, before) and (says_itself or hears_wanted(asked, quotes, quoted))


def _measure_matter_heard(
    question: Question, selection: Selection, sources: Mapping[str, Source]
) -> MatterHeard:
    if len(selection.asked) > 1:
        return MatterHeard()
    before = _list_leads(selection.quotes, sources)
    return measure_matter_heard(question, selection.asked[0], selection.quotes, before)


def _list_leads(quotes: Sequence[Quote], sources: Mapping[str, Source]) -> list[str]:
    """Return what stands right before each quote in its report."""
    texts = (sources[quote.citation.article].article.text for quote in quotes)
    return [
        text[max(0, quote.start - _BEFORE) : quote.start] for quote, text in zip(quotes, texts, strict=True)
    ]


def _find_others(
    question: Question, ranking: Ranking, sources: Mapping[str, Source], rarity: Rarity
) -> tuple[Hit, ...]:
    """Return the passages on the subject, of the days asked about, by outlets that were not asked for."""
    related = find_related(question, ranking.hits, sources, rarity)
    reports = ((hit, sources[hit.passage.article].article) for hit in related)
    return tuple(
        hit
        for hit, report in reports
        if report.outlet not in question.outlets and fits_dates(question.dates, report, hit.passage.text)
    )


def _list_outlets(hits: Iterable[Hit], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Return the outlets of the hits, in order, each once."""
    outlets = (sources[hit.passage.article].article.outlet for hit in hits)
    return tuple(dict.fromkeys(outlet for outlet in outlets if outlet))


def _stem_reports(hits: Sequence[Hit], sources: Mapping[str, Source]) -> dict[str, frozenset[str]]:
    """Return by article the stems of its headline and of those of its passages that were found."""
    held: dict[str, frozenset[str]] = {}
    for hit in hits:
        article = hit.passage.article
        known = held.get(article) or stem_words(sources[article].article.title)
        held[article] = known | stem_words(hit.passage.text)
    return held
