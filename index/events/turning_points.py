"""The points that turned a story: first report, claim and denial, corrections, confirmation, peak, latest.

Chosen by rule from stored disputes and statements, for a timeline; each is a sentence of a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.datatypes import Article, Dispute, DisputeKind, Label, Span
from index.quotes.disputing import SHOWN_CONFIDENCE
from index.quotes.leads import find_lead
from index.store.catalogue import Catalogue
from index.texts.sentences import split_sentences

MAX_POINTS = 10
"""Turning points of a story, at most."""

_LEAST_LABELLED = 0.7  # confidence of a statement whose label counts; who said it matters less here
_PEAK = 3  # reports on one day that make it a peak
_CORRECTIONS = 2
_OPENING = 500  # code points; a report that corrects within them is a correction
_ENOUGH = 5  # points from which the least needed are left out, before disputes are completed


class Role(StrEnum):
    """What a report does in the story; it may do several things."""

    CLAIM = "claim"
    DENIAL = "denial"
    CORRECTION = "correction"


class Turning(StrEnum):
    """Why a point is one of the turning points of a story."""

    FIRST_REPORT = "first-report"
    CLAIM = "claim"
    FIRST_DENIAL = "first-denial"
    DENIAL = "denial"
    CONTRARY = "contrary"
    FIRST_CONFIRMATION = "first-confirmation"
    CORRECTION = "correction"
    PEAK = "peak"
    LATEST = "latest"


_LEAST_NEEDED = (Turning.FIRST_CONFIRMATION, Turning.PEAK, Turning.LATEST)
_LABELLED = {
    Label.CLAIMED: Role.CLAIM,
    Label.ALLEGED: Role.CLAIM,
    Label.DENIED: Role.DENIAL,
    Label.CONFIRMED: None,
}
_OTHER_SIDES = {
    DisputeKind.DENIAL: Turning.DENIAL,
    DisputeKind.CORRECTION: Turning.CORRECTION,
    DisputeKind.CONTRARY: Turning.CONTRARY,
}
_DISPUTING = {DisputeKind.DENIAL: Role.DENIAL, DisputeKind.CORRECTION: Role.CORRECTION}


@dataclass(frozen=True, slots=True)
class Event:
    """A sentence of a report that claims, denies or corrects, or that confirms.

    Attributes:
        article: `Article.id`.
        role: None where it confirms.
        dispute: None where only the label of a statement says so.
    """

    article: str
    sentence: Span
    role: Role | None
    confidence: float
    dispute: Dispute | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence that turned a story.

    Attributes:
        article: `Article.id`.
        role: what the sentence does; None where it only reports.
        reports: for a peak, the reports of its day; else 0.
    """

    turning: Turning
    article: str
    sentence: Span
    role: Role | None = None
    reports: int = 0


def choose_points(articles: Sequence[Article], events: Sequence[Event]) -> tuple[Point, ...]:
    """Return the turning points of a story in order of time, at most MAX_POINTS.

    Args:
        articles: one for each report, in order of time; those without a date turn nothing.
        events: of all articles.

    A claim among the points has words that dispute it beside it, where these reports hold any and there is
    room for them.
    """
    order = {article.id: number for number, article in enumerate(articles)}
    points = _Points(articles, events, order).choose()
    return tuple(sorted(points, key=lambda point: (order[point.article], point.sentence)))


def list_events(article: Article, catalogue: Catalogue) -> Iterator[Event]:
    """Yield what an article claims, denies, corrects and confirms; of a contrary pair, both sides claim."""
    for dispute in catalogue.disputes_of(article.id):
        if dispute.confidence < SHOWN_CONFIDENCE:
            continue
        if dispute.claim_article == article.id:
            yield Event(article.id, dispute.claim, Role.CLAIM, dispute.confidence, dispute)
        if dispute.denial_article == article.id:
            kind = _DISPUTING.get(dispute.kind, Role.CLAIM)
            yield Event(article.id, dispute.denial, kind, dispute.confidence, dispute)
    for statement in catalogue.statements_of(article.id):
        if statement.label in _LABELLED and statement.confidence >= _LEAST_LABELLED:
            sentence = _find_sentence(article, statement.content)
            yield Event(article.id, sentence, _LABELLED[statement.label], statement.confidence)


class _Points:
    """Chooses the turning points of a story by rule.

    Args:
        articles: in order of time; those without a date turn nothing.
        events: of all articles.
        order: place of each article, by `Article.id`.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        events: Sequence[Event],
        order: Mapping[str, int],
    ) -> None:
        self._dated = [article for article in articles if article.published is not None]
        self._events: dict[str, list[Event]] = {}
        for event in events:
            self._events.setdefault(event.article, []).append(event)
        self._order = order
        self._points: list[Point] = []

    def choose(self) -> list[Point]:
        """Return the points in no order; of two about one sentence, the first rule's."""
        if not self._dated:
            return []
        first = self._dated[0]
        self._add(Turning.FIRST_REPORT, first.id, find_lead(first))
        self._add_denial()
        self._add_corrections()
        self._add_confirmation()
        self._add_peak()
        self._add_lead(Turning.LATEST, self._dated[-1])
        for turning in _LEAST_NEEDED:
            if len(self._points) > _ENOUGH:
                self._points = [point for point in self._points if point.turning is not turning]
        self._complete_disputes()
        return self._points

    def _add(self, turning: Turning, article: str, sentence: Span, reports: int = 0) -> None:
        if any(point.article == article and point.sentence == sentence for point in self._points):
            return
        touching = [
            one for one in self._events.get(article, ()) if one.role and _overlap(one.sentence, sentence)
        ]
        role = max(touching, key=lambda one: one.confidence).role if touching else None
        self._points.append(Point(turning, article, sentence, role, reports))

    def _add_lead(self, turning: Turning, article: Article, reports: int = 0) -> None:
        if all(point.article != article.id for point in self._points):
            self._add(turning, article.id, find_lead(article), reports)

    def _add_denial(self) -> None:
        """Add the first denial, and the claim that it denies as it was first made."""
        for article in self._dated:
            denials = [one for one in self._events.get(article.id, ()) if one.role is Role.DENIAL]
            if denials:
                denial = max(denials, key=lambda one: (one.dispute is not None, one.confidence))
                self._add(Turning.FIRST_DENIAL, article.id, denial.sentence)
                claims = [
                    (one.dispute.claim_article, one.dispute.claim)
                    for one in denials
                    if one.dispute is not None and one.sentence == denial.sentence
                ]
                known = [claim for claim in claims if claim[0] in self._order]
                if known:
                    self._add(Turning.CLAIM, *min(known, key=lambda claim: (self._order[claim[0]], claim[1])))
                return

    def _add_corrections(self) -> None:
        """Add the first corrections of another report, or else those that stand as notes in their own."""
        found: list[Event] = []
        for article in self._dated:
            corrections = [one for one in self._events.get(article.id, ()) if one.role is Role.CORRECTION]
            if corrections:
                found.append(max(corrections, key=lambda one: (_corrects_report(one), one.confidence)))
        of_reports = [correction for correction in found if _corrects_report(correction)]
        for correction in (of_reports or found)[:_CORRECTIONS]:
            self._add(Turning.CORRECTION, correction.article, correction.sentence)

    def _add_confirmation(self) -> None:
        for article in self._dated[1:]:
            for event in self._events.get(article.id, ()):
                if event.role is None:
                    self._add(Turning.FIRST_CONFIRMATION, article.id, event.sentence)
                    return

    def _add_peak(self) -> None:
        """Add the day with most reports, by a report of it that no other point quotes."""
        days = Counter(article.published.day for article in self._dated if article.published)
        (day, most), *others = days.most_common(2)
        if most < _PEAK or (others and others[0][1] == most):
            return
        quoted = {point.article for point in self._points}
        for article in self._dated:
            if article.published and article.published.day == day and article.id not in quoted:
                self._add(Turning.PEAK, article.id, find_lead(article), most)
                return

    def _complete_disputes(self) -> None:
        """Add to each claim the first words that dispute it: no disputed claim stands alone."""
        for point in self._points:  # which grows: what disputes a claim may itself be disputed
            if len(self._points) == MAX_POINTS:
                return
            opposing = [
                (other, event.dispute.kind)
                for event in self._events.get(point.article, ())
                if event.role is Role.CLAIM and event.dispute is not None
                if _overlap(event.sentence, point.sentence)
                for other in [_find_other_side(event)]
                if other[0] in self._order
            ]
            shown = [(each.article, each.sentence) for each in self._points]
            if not opposing or any(
                article == known and _overlap(sentence, other)
                for (article, sentence), _ in opposing
                for known, other in shown
            ):
                continue
            (article, sentence), kind = min(opposing, key=lambda item: (self._order[item[0][0]], item[0][1]))
            self._add(_OTHER_SIDES[kind], article, sentence)


def _find_other_side(event: Event) -> tuple[str, Span]:
    """Return the side of an event's dispute that the event is not."""
    assert event.dispute is not None
    dispute = event.dispute
    if (event.article, event.sentence) == (dispute.claim_article, dispute.claim):
        return dispute.denial_article, dispute.denial
    return dispute.claim_article, dispute.claim


def _corrects_report(event: Event) -> bool:
    """Whether a correction puts another report right, or opens its own: not a mere note below a report."""
    if event.dispute is None:
        return False
    return event.dispute.claim_article != event.article or event.sentence.start < _OPENING


def _find_sentence(article: Article, content: Sequence[Span]) -> Span:
    """Return the sentence that holds most of a statement."""
    return max(
        split_sentences(article.text),
        key=lambda one: sum(max(0, min(one.end, part.end) - max(one.start, part.start)) for part in content),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
