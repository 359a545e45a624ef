"""The course of a story: the reports on a topic in order of time, and the points that turned it.

Answering traces it for a topic; the front end draws and lists it. No word is made up: a turning point is a
sentence of a report, quoted and attributed as in an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.answers import Citation, Question, Quote
from index.datatypes import Article, Span
from index.events.turning_points import Event, Role, Turning, choose_points, list_events
from index.quotes.restrictions import fits_outlets, is_within
from index.search.ranking import Ranking
from index.store.catalogue import Catalogue

ON_TOPIC = 0.5
"""Share of the best passage's chance from which an article is on the topic."""

MAIN_SHARE = 0.5
"""Share of the articles on a topic from which the best one's story alone is what the topic means."""

QuoteSentence = Callable[[str, Span], Quote]
"""Returns the attributed quote around a sentence of an article."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about.

    Attributes:
        articles: one for each report, by publication, those without a date last.
        spans: passages on the topic, by `Article.id`, where it is wider than a story; None where all that its
            reports say is on it.
    """

    articles: tuple[Article, ...] = ()
    spans: Mapping[str, Sequence[Span]] | None = None


@dataclass(frozen=True, slots=True)
class TimedReport:
    """One report of a story; its copies are named in its citation and counted with it.

    Attributes:
        roles: what it does, in the order of `Role`; () for a plain report.
    """

    citation: Citation
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A moment that turned a story.

    Attributes:
        quote: from the report that its citation names.
        role: what the quoted words do; None where they only report.
        reports: for a peak, the reports of its day; else 0.
    """

    turning: Turning
    quote: Quote
    role: Role | None = None
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Reports on a topic in order of time, and the points that turned the story.

    Attributes:
        reports: by publication, those without a date last; copies once.
        points: in the same order; a claim among them has words that dispute it beside it, if there are any.
        sure: whether these are surely the reports that were asked for.
    """

    question: Question
    reports: tuple[TimedReport, ...]
    points: tuple[TurningPoint, ...] = ()
    sure: bool = True


def find_topic(ranking: Ranking, question: Question, catalogue: Catalogue) -> Topic:
    """Return the reports on what a question is about.

    The articles whose best passage is at least half as likely as the best of all are on the topic. Where the
    best one's story holds at least half of them, the topic is that story. Else it is a wide one: the articles
    themselves, and the whole of each story of which half or more is on it. Of copies the original stands
    for all, or the first that is of the outlets and dates that the question names.
    """
    chances = 1 / (1 + np.exp(-ranking.scores))
    best: dict[str, float] = {}
    for row in ranking.order:
        best.setdefault(ranking.passages[row].article, float(chances[row]))
    if not best:
        return Topic()
    least = ON_TOPIC * max(best.values())
    found = [article for article, chance in best.items() if chance >= least]
    stories = catalogue.stories_of(found)
    shares = Counter(stories[article] for article in found)
    main = stories[next(iter(best))]
    if shares[main] >= MAIN_SHARE * len(found):
        return Topic(_choose_originals(main, question, catalogue))
    chosen = list(found)
    for story, share in shares.items():
        if share >= MAIN_SHARE * len(story):
            chosen.extend(story)
    spans: dict[str, list[Span]] = {}
    for row in ranking.order:
        passage = ranking.passages[row]
        if chances[row] >= least:
            spans.setdefault(passage.article, []).append(Span(passage.start, passage.end))
    return Topic(_choose_originals(chosen, question, catalogue), spans)


def has_course(topic: Topic) -> bool:
    """Whether reports show a story moving on: at least two, on two days or more."""
    return len({article.published.day for article in topic.articles if article.published}) > 1


def trace_timeline(
    question: Question,
    topic: Topic,
    catalogue: Catalogue,
    quote_sentence: QuoteSentence,
    *,
    sure: bool = True,
) -> Timeline:
    """Return the timeline of a topic's reports; of a wide topic only what is said on it counts."""
    articles = topic.articles
    events = [
        event for article in articles for event in list_events(article, catalogue) if _is_on(event, topic)
    ]
    roles: dict[str, set[Role | None]] = {}
    for event in events:
        roles.setdefault(event.article, set()).add(event.role)
    reports = tuple(
        TimedReport(
            catalogue.citation(article.id), tuple(role for role in Role if role in roles.get(article.id, ()))
        )
        for article in articles
    )
    points = tuple(
        TurningPoint(point.turning, quote_sentence(point.article, point.sentence), point.role, point.reports)
        for point in choose_points(articles, events)
    )
    return Timeline(question, reports, points, sure)


def _is_on(event: Event, topic: Topic) -> bool:
    """Whether a sentence is on a topic."""
    if topic.spans is None:
        return True
    sentence = event.sentence
    return any(
        span.start < sentence.end and sentence.start < span.end for span in topic.spans.get(event.article, ())
    )


def _choose_originals(
    articles: Iterable[str], question: Question, catalogue: Catalogue
) -> tuple[Article, ...]:
    """Return the articles that a question's outlets and dates allow, one for each report, by publication."""
    allowed = [
        article
        for article in map(catalogue.article, dict.fromkeys(articles))
        if fits_outlets(question, article) and (question.dates is None or is_within(question.dates, article))
    ]
    allowed.sort(key=lambda one: (one.published is None, str(one.published or ""), one.id))
    reports = catalogue.reports(article.id for article in allowed)
    chosen: dict[str, Article] = {}
    for article in allowed:
        if reports[article.id] == article.id or reports[article.id] not in chosen:
            chosen[reports[article.id]] = article
    kept = {article.id for article in chosen.values()}
    return tuple(article for article in allowed if article.id in kept)
