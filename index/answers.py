"""The nouns of the read side: a question as understood, hits, quotes with their citations, and the answer.

All are frozen; what is read and stored stands in datatypes.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.datatypes import Label, Moment, Passage, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage and its score; hits are ordered by descending score."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote was published.

    Attributes:
        outlet: None where the report does not state it: say so, never guess.
        published: None where unknown: say "date unknown".
        carriers: further outlets that carry the same text; counted once.
    """

    article: str
    title: str
    outlet: str | None
    author: str | None
    published: Moment | None
    url: str | None
    carriers: tuple[str, ...] = ()
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A span chosen for an answer.

    Attributes:
        start, end: half-open offsets into the cited article's text.
        text: always equal to that slice; checked again just before it is sent.
        highlights: the words that answer, as half-open offsets into `text`, in order, not overlapping.
        speaker: who said it, only where attribution is confident: the name or description, from the text.
        mention: the speaker as written beside the quote ("he"), where it differs from `speaker`.
        cue: the reporting words as written.
        label: how it was said; None for the reporter's own words.
        chain: through whom it came, nearest to the speaker first.
        told: whether the first of these is whom it was told to ("told TASS"); else it passed it on.
        side: index of the side of a dispute that it stands on (0 or 1); None outside a dispute.
        pair: number of the dispute within the answer; the quotes of one dispute share it, and one that
            holds both sides by itself has none.
        corrects: whether it corrects the other side, by the words of the later report.
        score: what it was ranked by; comparable only within one answer.
    """

    citation: Citation
    start: int
    end: int
    text: str
    score: float
    highlights: tuple[Span, ...] = ()
    speaker: str | None = None
    role: str | None = None
    mention: str | None = None
    cue: str | None = None
    label: Label | None = None
    chain: tuple[str, ...] = ()
    told: bool = False
    side: int | None = None
    pair: int | None = None
    corrects: bool = False

    @property
    def is_titled(self) -> bool:
        """Whether the role is a title that goes before the name: "Judge", "Dr"."""
        role = self.role or ""
        return role.isalpha() and role[0].isupper() and not role.isupper()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The passage around a quote: `before + quote + after` is one slice of the article's text."""

    before: str
    quote: str
    after: str


class Reason(StrEnum):
    """Why there is no answer."""

    EMPTY_INDEX = "empty-index"
    NOT_A_QUESTION = "not-a-question"
    NOTHING_MEANT = "nothing-meant"  # "Who denied it?" with nothing before it
    NOTHING_ON_THIS = "nothing-on-this"
    NOTHING_IN_DATES = "nothing-in-those-dates"
    OUTLET_HAS_NOTHING = "outlet-has-nothing"
    NOT_STATED = "related-but-not-stated"


@dataclass(frozen=True, slots=True)
class Dates:
    """A range of days that a question asks about, both ends included; None is open.

    Attributes:
        published: True where the question bounds publication, False where it bounds the event.
        phrase: the words of the question that gave the range.
    """

    first: date | None
    last: date | None
    published: bool = False
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a question asks: a clause, with the outlets and the dates that the question gives it.

    Attributes:
        text: the clause as written.
        outlets: indexed names of the outlets that it is asked of; empty where it names none.
    """

    text: str
    outlets: tuple[str, ...] = ()
    dates: Dates | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: what was asked, completed from the conversation where it was a follow-up.
        asked: the words as the user wrote them.
        outlets: outlets of the index that the question names, by their indexed names.
        unknown_outlets: outlets that the question names and the index does not hold.
        people: names in the question.
        parts: clauses that are each retrieved and each to be covered; one part is the whole text.
        latest: whether the newest reports are wanted.
        overview: whether `text` is the topic of a question for what there is on it, in place of its words.
        complete: the whole question where it is one for an overview, else "".
        anything: whether it asks for what there is of its outlets and dates, whatever it is about.
    """

    text: str
    asked: str
    outlets: tuple[str, ...] = ()
    unknown_outlets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    dates: Dates | None = None
    parts: tuple[Part, ...] = ()
    latest: bool = False
    overview: bool = False
    complete: str = ""
    anything: bool = False

    @property
    def understood(self) -> str:
        """The whole question as it was understood, to be asked again or followed up."""
        return self.complete or self.text


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes that answer a question, best first; the sides of a dispute in the order of the texts.

    Attributes:
        quotes: at least one; every one verified against the database.
        confidence: calibrated probability in [0, 1] that the quotes answer the question.
        disputed: whether the texts dispute what is asked; `Quote.side` tells the sides of any dispute.
        reports: number of independent reports behind the quotes (copies count once).
        sure: whether the confidence reaches the level at which nothing needs to be said of it.
        hits: the passages that were ranked, best first, at most ten.
        has_timeline: whether the reports on it come from two days or more.
    """

    question: Question
    quotes: tuple[Quote, ...]
    confidence: float
    disputed: bool = False
    reports: int = 1
    sure: bool = True
    hits: tuple[Hit, ...] = ()
    has_timeline: bool = False


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The typed reason why there is none; never a disguised failure.

    Attributes:
        nearest: verified quotes from related reports, offered and not shown as an answer.
        alternatives: for OUTLET_HAS_NOTHING, outlets that do report on it.
    """

    question: Question
    reason: Reason
    confidence: float = 0.0
    nearest: tuple[Quote, ...] = ()
    alternatives: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
