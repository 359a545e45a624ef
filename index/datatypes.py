"""The nouns of what is read and stored: articles, passages, statements, stories, disputes, how a build went.

Readers, attribution, grouping and the catalogue hand them to each other; answers.py has the read side's.
Every offset is a half-open code-point offset into `Article.text`; every collection is a tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, `0 <= start <= end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was published: a day, and the instant where the report gives a time.

    Attributes:
        day: the day as printed, or the UTC day of `instant`.
        instant: aware UTC, or None where only a day is known.
    """

    day: date
    instant: datetime | None = None

    @classmethod
    def at(cls, instant: datetime) -> Moment:
        """Return the moment of an aware datetime, converted to UTC."""
        utc = instant.astimezone(UTC)
        return cls(utc.date(), utc)

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Return the moment that `str(moment)` wrote; raise ValueError for anything else."""
        if "T" in text:
            return cls.at(datetime.fromisoformat(text))
        return cls(date.fromisoformat(text))

    def __str__(self) -> str:
        """ISO 8601: `2023-02-08`, or `2023-02-08T11:44:00Z` where a time is known."""
        if self.instant is None:
            return self.day.isoformat()
        return self.instant.isoformat(timespec="seconds").replace("+00:00", "Z")

    def __lt__(self, other: Moment) -> bool:
        return self.sort_key() < other.sort_key()

    def sort_key(self) -> datetime:
        """An aware UTC instant to order by; a moment without a time counts as the day's first instant."""
        return self.instant or datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as a reader found it, before cleaning.

    Attributes:
        source: the path or URL it was read from, as the user knows it.
        text: plain text; paragraphs are parted by blank lines. Not yet normalised.
        key: the identifier that the source itself gives (a JSON line's `id`, a feed entry's guid).
        outlet: who published it, only where the report itself says so.
    """

    source: str
    text: str
    key: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Moment | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One report as published by one outlet. Its text never changes; a changed report is a new text.

    Attributes:
        id: the source's own key, or 12 hexadecimal digits derived from the URL or path.
        title: the headline; a report without one is titled by its opening words.
        text: the quotable text: NFC, paragraphs parted by one blank line, no byline, credit or embed.
        origin: the agency that the report credits as its writer ("TASS"), where it names one.
        credits: image credits taken out of the text.
        embeds: embedded posts and share lines taken out of the text.
    """

    id: str
    title: str
    text: str
    source: str
    outlet: str | None = None
    author: str | None = None
    published: Moment | None = None
    url: str | None = None
    origin: str | None = None
    credits: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()

    def publication_key(self) -> tuple[bool, str, str]:
        """What puts articles in order of publication: undated ones last, and those of one moment by id."""
        return (self.published is None, str(self.published or ""), self.id)


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous span of an article that is embedded and retrieved.

    Attributes:
        id: the row in its generation, also its FAISS id; 0 until it is stored.
        article: `Article.id`.
        text: always equal to `Article.text[start:end]`.
    """

    id: int
    article: str
    start: int
    end: int
    text: str


class Label(StrEnum):
    """How a statement was made, taken from its cue and nothing else."""

    STATED = "stated"
    CLAIMED = "claimed"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    ALLEGED = "alleged"
    ANONYMOUS = "anonymous"
    SECOND_HAND = "second-hand"


@dataclass(frozen=True, slots=True)
class Statement:
    """A span that somebody is reported to have said.

    Attributes:
        article: `Article.id`.
        content: what was said; several spans where the cue interrupts it.
        cue: the reporting words ("said", "according to", "called"), None where there are none.
        speaker: the mention beside the content ("he", "the mayor"), None where the text names nobody.
        name: the speaker's full name or description as the article gives it elsewhere or here: a slice
            of the text, never made up; None where the owner of a mention is not certain.
        role: the slice of the text that says what the speaker is ("deputy head of ..."), or None.
        chain: through whom it came, nearest to the speaker first ("TASS"); never the outlet itself.
        label: taken from the cue.
        confidence: probability in [0, 1] that content and speaker are both right.
        parent: index, in the article's list of statements, of the statement that this one is nested in.
    """

    article: str
    content: tuple[Span, ...]
    cue: Span | None = None
    speaker: Span | None = None
    name: str | None = None
    role: str | None = None
    chain: tuple[str, ...] = ()
    label: Label = Label.STATED
    confidence: float = 0.0
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One text and the articles that carry it; counted once.

    Attributes:
        original: `Article.id` of the report nearest to the source: credited to an agency, else the earliest.
        carriers: ids of the other articles with the same text, edited or cut, in order of publication.
    """

    original: str
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report the same event.

    Attributes:
        id: `Article.id` of its first report.
        articles: ids in order of publication, undated ones last; at least one.
    """

    id: str
    articles: tuple[str, ...]


class DisputeKind(StrEnum):
    """How a text disputes a claim: by denying it, by stating the contrary, or by correcting it later."""

    DENIAL = "denial"
    CONTRARY = "contrary"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim and the words that dispute it, in one article or in two of one story.

    Attributes:
        claim: half-open offsets of the disputed sentence or statement in `claim_article`'s text.
        denial: half-open offsets, in `denial_article`'s text, of the sentence that disputes it; its cue and
            speaker are inside. For CONTRARY neither side comes first but by the order of the texts.
        confidence: probability in [0, 1] that the second disputes the first.
    """

    claim_article: str
    claim: Span
    denial_article: str
    denial: Span
    kind: DisputeKind
    confidence: float


@dataclass(frozen=True, slots=True)
class OutletSummary:
    """What the index holds of one outlet; `outlet` is None for reports that state none."""

    outlet: str | None
    articles: int
    oldest: Moment | None
    newest: Moment | None


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the live generation holds.

    Attributes:
        generation: its number, counted from 1.
        built: when it was built, aware UTC.
        newest: the latest publication among its articles.
        added: the sources that were added by hand, beside the configured ones, in their order.
    """

    articles: int
    passages: int
    statements: int
    generation: int
    model: str
    built: datetime
    oldest: Moment | None
    newest: Moment | None
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """One source that could not be read, and why, in words for the user."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build changed.

    Attributes:
        generation: the live generation afterwards.
        embedded: passages that had to be embedded; the others came from the cache.
        seconds: wall time.
    """

    generation: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = field(default=())
