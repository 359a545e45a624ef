"""An answerer whose every answer is written down in the test, over a few articles of its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from index.answering import Explanation
from index.answers import Answer, Citation, NoAnswer, Question, Quote, Reason, Surroundings
from index.datatypes import Article, IndexStatus, Label, Moment, OutletSummary, Span
from index.errors import NoIndexError, NotFoundError
from index.events.novelty import Contents, MarkedArticle, News
from index.questions.followups import complete_question
from index.questions.replacing import Context
from index.questions.turns import Turn
from index.timeline import TimedReport, Timeline

COURIER = Article(
    id="a1",
    title="Bridge at Varn closed after the storm",
    text=(
        "The bridge at Varn was closed on Monday. "
        "“The bridge is lost,” a fireman told the Harbour Agency.\n\n"
        "The mayor, Ilse Brandt, denied that the bridge had fallen."
    ),
    source="docs/courier.txt",
    outlet="The Courier",
    author="Ann Reed",
    published=Moment.at(datetime(2023, 2, 8, 11, 44, tzinfo=UTC)),
    url="https://courier.example/varn-bridge",
)
TIMES = Article(
    id="a2",
    title="Varn: two versions",
    text="Repairs will take three months, engineers said 😀. Nobody was hurt.",
    source="docs/times.txt",
    published=Moment(date(2023, 2, 9)),
)


def ask_about(text: str) -> Question:
    """Return a question that was understood as it was asked."""
    return Question(text, text)


def quote_words(article: Article, words: str, **fields: object) -> Quote:
    """Return a quote of words that stand in an article."""
    start = article.text.index(words)
    citation = Citation(
        article.id, article.title, article.outlet, article.author, article.published, article.url
    )
    quote = Quote(citation, start, start + len(words), words, 1.0)
    return replace(quote, **fields)  # type: ignore[arg-type]


CLAIM = quote_words(
    COURIER,
    "“The bridge is lost,” a fireman told the Harbour Agency.",
    highlights=(Span(5, 19),),
    speaker="a fireman",
    chain=("the Harbour Agency",),
    told=True,
    label=Label.CLAIMED,
    side=0,
    pair=0,
)
DENIAL = quote_words(
    COURIER,
    "The mayor, Ilse Brandt, denied that the bridge had fallen.",
    highlights=(Span(11, 22),),
    speaker="Ilse Brandt",
    role="The mayor",
    label=Label.DENIED,
    side=1,
    pair=0,
)
REPAIRS = quote_words(TIMES, "Repairs will take three months, engineers said 😀.", highlights=(Span(18, 30),))
UNHURT = quote_words(TIMES, "Nobody was hurt.")

DISPUTED = Answer(
    ask_about("Is the bridge lost?"), (CLAIM, DENIAL, REPAIRS, UNHURT), 0.9, disputed=True, reports=2
)
PLAIN = Answer(ask_about("How long will repairs take?"), (REPAIRS,), 0.8)
NEAREST = NoAnswer(ask_about("Who paid for the repairs at Varn?"), Reason.NOT_STATED, 0.2, nearest=(UNHURT,))
NOTHING = NoAnswer(ask_about("anything else"), Reason.NOTHING_ON_THIS)

STATUS = IndexStatus(
    articles=2,
    passages=3,
    statements=2,
    generation=1,
    model="fake",
    built=datetime(2023, 2, 10, 6, 0, tzinfo=UTC),
    oldest=COURIER.published,
    newest=TIMES.published,
)


class FakeAnswerer:
    """Knows four questions and answers every other with "nothing on this".

    Attributes:
        articles: what the database holds; a test may change a text behind a quote's back.
        gate: closed, it holds every answer until it is opened.
        asked: the questions, in the order in which they were begun.
        foreign: questions in a language that the reports are not in.
        understood: the same, completed from the turns before them.
        timelines: by topic.
        topics: those whose news was asked for.
    """

    def __init__(self) -> None:
        self.articles = {article.id: article for article in (COURIER, TIMES)}
        self.answers: dict[str, Answer | NoAnswer] = {
            result.question.text: result for result in (DISPUTED, PLAIN, NEAREST)
        }
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[str] = []
        self.understood: list[str] = []
        self.foreign: set[str] = set()
        self.failure: Exception | None = None
        self.newer = False
        self.topics: list[str] = []
        self.timelines: dict[str, Timeline | NoAnswer] = {}
        self.current = STATUS
        self.said: dict[str, tuple[Quote, ...]] = {"Ilse Brandt": (DENIAL, CLAIM), "Brandt": (DENIAL, CLAIM)}

    def answer(
        self,
        text: str,
        *,
        now: datetime | None = None,
        turns: Sequence[Turn] = (),
        about: str | None = None,
    ) -> Answer | NoAnswer:
        self.asked.append(text)
        assert self.gate.wait(10), "the test never opened the gate"
        if self.failure is not None:
            raise self.failure
        full = complete_question(text, turns, Context(STATUS.built), about=about).text
        self.understood.append(full)
        result = self.answers.get(full, NOTHING)
        return replace(result, question=replace(result.question, text=full, asked=text))

    def explain(
        self,
        text: str,
        *,
        now: datetime | None = None,
        turns: Sequence[Turn] = (),
        about: str | None = None,
    ) -> Explanation:
        return Explanation(self.answer(text), evidence={"covered": 1.0})

    def timeline(self, text: str, *, now: datetime | None = None) -> Timeline | NoAnswer:
        """Return a timeline that a test wrote down, or the answer's reports without turning points."""
        self.asked.append(text)
        if text in self.timelines:
            return self.timelines[text]
        result = self.answers.get(text, NOTHING)
        if isinstance(result, NoAnswer):
            return replace(result, question=ask_about(text))
        cited = {quote.citation.article: quote.citation for quote in result.quotes}
        return Timeline(result.question, tuple(TimedReport(citation) for citation in cited.values()))

    def quotes_of(self, name: str, limit: int) -> tuple[Quote, ...]:
        return self.said.get(name, ())[:limit]

    def suggest_names(self, name: str, limit: int = 3) -> tuple[str, ...]:
        return ("Ilse Brandt",) if name.startswith("Ils") else ()

    def understands(self, text: str) -> bool:
        return text not in self.foreign

    def context(self, article_id: str, start: int, end: int) -> Surroundings:
        if article_id not in self.articles:
            raise NotFoundError(f"no article {article_id}")
        text = self.articles[article_id].text
        return Surroundings(text[:start], text[start:end], text[end:])

    def count_reports(self, quotes: Sequence[Quote]) -> int:
        return len({quote.citation.article for quote in quotes})

    def verify(self, quote: Quote) -> bool:
        article = self.articles.get(quote.citation.article)
        return article is not None and article.text[quote.start : quote.end] == quote.text

    def contents(self) -> Contents:
        marked = (
            MarkedArticle(key, key, f"name {key}", f"text {one.text}") for key, one in self.articles.items()
        )
        return Contents(self.current.generation, tuple(marked))

    def report_news(self, topic: str, news: News) -> Answer | None:
        """Take a report to be on a topic where its headline holds the topic's first word."""
        self.topics.append(topic)
        if self.failure is not None:
            raise self.failure
        word = topic.partition(" ")[0]
        new = [self.articles[key] for (key, *_) in news.reports if word in self.articles[key].title]
        quotes: list[Quote] = []
        for article in new:
            first = quote_words(article, article.text.partition(".")[0] + ".")
            quotes += (CLAIM, DENIAL) if article.text == COURIER.text else (first,)
        disputed = COURIER in new
        return Answer(ask_about(topic), tuple(quotes), 0.9, disputed, len(new)) if new else None

    def add(self, key: str, title: str, text: str) -> None:
        """Hold one more article, in one more generation."""
        self.articles[key] = Article(key, title, text, f"docs/{key}.txt", outlet="The Courier")
        self.newer = True

    def outlets(self) -> tuple[OutletSummary, ...]:
        return tuple(
            OutletSummary(article.outlet, 1, article.published, article.published)
            for article in self.articles.values()
        )

    def status(self) -> IndexStatus:
        return self.current

    def refresh(self) -> bool:
        changed, self.newer = self.newer, False
        if changed:
            self.current = replace(self.current, generation=self.current.generation + 1)
        return changed


def refuse_to_open() -> FakeAnswerer:
    """Stand for an index that has not been built."""
    raise NoIndexError("nothing has been built yet")
