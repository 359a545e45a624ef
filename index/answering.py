"""A question to an answer: the read side from end to end, over whatever generation is live.

Completes the question from its conversation and parses it; finding searches, quotes and weighs. Timelines,
digests of news and what somebody said are read from the same archive.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain

from index.answers import Answer, Dates, NoAnswer, Question, Quote, Reason, Surroundings
from index.archive import Archive
from index.crossing import is_told_foreign
from index.datatypes import IndexStatus, OutletSummary
from index.days import find_news
from index.embedding import Embedder, ScorePairs
from index.errors import NotFoundError
from index.events.novelty import Contents, News, list_contents
from index.finding import Explanation, find_answer
from index.questions.casing import restore_capitals
from index.questions.date_ranges import write_year
from index.questions.followups import complete_question
from index.questions.framing import is_all_frame, mark_question, unframe_question
from index.questions.overviews import asks_for_anything
from index.questions.phrasal import read_plainly
from index.questions.question import parse_question
from index.questions.referring import refers_to_nothing
from index.questions.replacing import Context
from index.questions.spelling import correct_spelling
from index.questions.turns import Turn
from index.questions.wording import is_chat, split_lead
from index.quotes.terms import content_stems, split_terms
from index.settings import IndexSettings
from index.speech.sayings import find_statements, quote_statements, suggest_names
from index.status import make_status
from index.store.generations import Generation, live_generation, open_generation
from index.telling import read_topic, tell_news
from index.timeline import Timeline, trace_timeline

_ABOUT_TOPIC = (
    ("topic",),
    ("question word",),
)  # ways by which a question goes on with its conversation's topic

_YEARS_BACK = 5  # in which "in October" is looked for where the last one is not reported on


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
        self._archive = Archive(generation, settings.attribution.shown)
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
            if live is None or live == self._archive.generation.manifest.generation:
                return False
            generation = open_generation(self._settings.data_folder, self._embedder.identity)
            self._archive = Archive(generation, self._settings.attribution.shown)
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
        return self._explain(self._archive, text, now or datetime.now(UTC), turns, about)

    def _explain(
        self, archive: Archive, text: str, now: datetime, turns: Sequence[Turn] = (), about: str | None = None
    ) -> Explanation:
        question = self._understand(archive, text, now, turns, about)
        if not archive.generation.manifest.passages:
            return Explanation(NoAnswer(question, Reason.EMPTY_INDEX))
        if not question.anything:
            if not _asks_something(question) or (is_all_frame(text) and not turns):
                return Explanation(NoAnswer(question, Reason.NOT_A_QUESTION))
            alone = not turns and about is None
            if refers_to_nothing(question, alone=alone) and not archive.holds_one_story():
                return Explanation(NoAnswer(question, Reason.NOTHING_MEANT))
        found = self._find(archive, question, now)
        if isinstance(found.answer, NoAnswer) and found.answer.reason is Reason.NOTHING_IN_DATES:
            found = self._find_in_earlier_year(archive, question, now) or found
        if isinstance(found.answer, NoAnswer) and turns and about is None:
            return self._find_alone(archive, question, text, now) or found
        return found

    def _find_alone(
        self, archive: Archive, completed: Question, text: str, now: datetime
    ) -> Explanation | None:
        """Return the answer of a question without its conversation, where that was only put behind it.

        "What did Torpress say about the families?" may follow up a talk of the lock, or be of another story.
        None where it has no sure answer, or says of itself that it follows up.
        """
        question = self._understand(archive, text, now, (), None)
        if question.anything or not completed.text.casefold().startswith(f"{question.text.casefold()} ("):
            return None
        if refers_to_nothing(question, alone=True):
            return None
        found = self._find(archive, question, now)
        return found if isinstance(found.answer, Answer) and found.answer.sure else None

    def _find(self, archive: Archive, question: Question, now: datetime) -> Explanation:
        if question.anything:
            return find_news(question, archive, self._settings.answers, now.date())
        return find_answer(question, archive, self._embedder, self._settings, self._cross_encoder)

    def _find_in_earlier_year(
        self, archive: Archive, question: Question, now: datetime
    ) -> Explanation | None:
        """Return the answer of the last year of which "in October" has one; None where it names a year."""
        dates = question.dates or Dates(None, None)
        end = dates.last or dates.first
        if end is None:
            return None
        context = self._know_names(archive, now)
        newest = context.newest or now.date()
        for year in range(end.year - 1, end.year - 1 - _YEARS_BACK, -1):
            if dates.last is None and (year + 1, end.month, end.day) <= newest.timetuple()[:3]:
                return None  # "after 10 June" of a year with later reports is not of the year before
            dated = write_year(question.understood, year, now)
            if dated is None:
                return None
            read = replace(self._read(archive, dated, context), asked=question.asked)
            found = self._find(archive, read, now)
            if isinstance(found.answer, Answer) and found.answer.sure:
                return found
        return None

    def _understand(
        self, archive: Archive, text: str, now: datetime, turns: Sequence[Turn], about: str | None
    ) -> Question:
        """Return a question completed from its conversation, with the outlets and dates that it names."""
        context = self._know_names(archive, now)
        bare = self._put_right(archive, text, context.outlets)
        completion = complete_question(bare, turns, context, about=about)
        read = partial(self._read, archive, context=context)
        if completion.ways[:1] in _ABOUT_TOPIC and _is_news_again(read(bare), read(turns[-1].question)):
            completion = replace(completion, text=bare)
        plain = read_plainly(completion.text, archive.catalogue.count_passages_with)
        return replace(self._read(archive, plain, context), asked=text)

    def _read(self, archive: Archive, text: str, context: Context) -> Question:
        """Return a complete question with the outlets and dates that it names."""
        question = parse_question(text, context.now, context.outlets, context.aliases or {}, context.newest)
        # A medium that the texts quote ("told TASS") is asked for as a source, not as an outlet.
        unknown = [n for n in question.unknown_outlets if not archive.catalogue.count_passages_with(n)]
        anything = question.anything and len(unknown) == len(question.unknown_outlets)
        return replace(question, unknown_outlets=tuple(unknown), anything=anything)

    def _know_names(self, archive: Archive, now: datetime) -> Context:
        """Return what names and dates are recognised by: the outlets held, and the newest report's day."""
        held = archive.catalogue.outlets()
        newest = max((one.newest.day for one in held if one.newest), default=None)
        outlets = tuple(one.outlet for one in held if one.outlet)
        return Context(now, outlets, self._settings.aliases, newest)

    def _put_right(self, archive: Archive, text: str, outlets: Sequence[str]) -> str:
        """Return the question in a text without what frames it, spelt as the reports spell its words."""
        named = (*outlets, *chain.from_iterable(self._settings.aliases.values()))
        vocabulary = archive.vocabulary(named)
        return mark_question(
            restore_capitals(correct_spelling(unframe_question(text), vocabulary), vocabulary)
        )

    def timeline(self, text: str, *, now: datetime | None = None) -> Timeline | NoAnswer:
        """Return the timeline of the reports on a topic, or the typed reason why there are none.

        Args:
            text: names the topic; read as a question is, with the outlets and dates that it names.
            now: as `answer` takes it.
        """
        archive = self._archive
        explanation = self._explain(archive, text, now or datetime.now(UTC))
        answer = explanation.answer
        if isinstance(answer, NoAnswer):
            return answer
        asked = archive.ask_nothing()
        return trace_timeline(
            answer.question,
            explanation.topic,
            archive.catalogue,
            lambda article, sentence: archive.quote_sentence(article, sentence, asked),
            sure=answer.sure,
        )

    def contents(self) -> Contents:
        """Return what the generation in use holds, by marks; reads every article."""
        generation = self._archive.generation
        return list_contents(generation.catalogue, generation.manifest.generation)

    def report_news(self, topic: str, news: News, *, now: datetime | None = None) -> Answer | None:
        """Return the news on a topic with their other sides, each quote verified; None where there are none.

        Args:
            topic: read as a question is, with the outlets and dates that it names.
            news: of the generation in use; NotFoundError is raised where another one has become live.

        `Answer.reports` counts the new reports on the topic, `confidence` is the chance that they are.
        """
        archive = self._archive
        live = archive.generation.manifest.generation
        if live != news.generation:
            raise NotFoundError(f"the news is of generation {news.generation}, live is {live}; look anew")
        outlets = tuple(summary.outlet for summary in archive.catalogue.outlets() if summary.outlet)
        text = self._put_right(archive, topic, outlets)
        question = parse_question(text, now or datetime.now(UTC), outlets, self._settings.aliases, None)
        reader = read_topic(
            question, archive.generation, self._embedder, archive.source, archive.least_attribution
        )
        told = tell_news(reader, news)
        if told is None:
            return None
        quotes = archive.show_both_sides(told.quotes, reader.asked, 2 * len(told.quotes))
        disputed = any(quote.side is not None for quote in quotes)
        return Answer(question, quotes, told.chance, disputed, told.reports) if quotes else None

    def quotes_of(self, name: str, limit: int) -> tuple[Quote, ...]:
        """Return what a speaker is reported to have said, newest report first, each quote verified.

        Args:
            name: data of any length and script; see `sayings.match_namings` for whom it matches.
            limit: quotes of the speaker, at most; the other side of each disputed one comes on top.

        Only statements sure enough to be shown count; copies of a report count once. () for nobody.
        """
        archive = self._archive
        asked = archive.ask_nothing()
        said = find_statements(name, archive.catalogue, archive.least_attribution)
        quotes = quote_statements(said, archive.source, asked, limit)
        return archive.show_both_sides(quotes, asked, 2 * limit)

    def suggest_names(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return names of quoted speakers that are close to one that `quotes_of` finds nothing for."""
        archive = self._archive
        return suggest_names(name, archive.catalogue.namings(archive.least_attribution), limit)

    def understands(self, text: str) -> bool:
        """Whether a question is in a language that the reports or, where it spans several, the model know."""
        across = self._settings.embedding.spans_languages
        return across or not is_told_foreign(text, self._archive.catalogue)

    def status(self) -> IndexStatus:
        """Return what the generation in use holds."""
        generation = self._archive.generation
        return make_status(generation.manifest, generation.catalogue)

    def outlets(self) -> tuple[OutletSummary, ...]:
        """Return what is held of each outlet, most articles first."""
        return self._archive.catalogue.outlets()

    def verify(self, quote: Quote) -> bool:
        """Whether the quote equals its slice of the article's text, read again from the database."""
        return self._archive.verify(quote)

    def names_of(self, article: str) -> frozenset[str]:
        """Return what an article may be called by: its id, URL and source; raise NotFoundError."""
        return self._archive.names_of(article)

    def count_reports(self, quotes: Sequence[Quote]) -> int:
        """Return how many independent reports stand behind quotes."""
        return self._archive.count_reports(quotes)

    def context(self, article: str, start: int, end: int) -> Surroundings:
        """Return the paragraphs around a span of an article; raise NotFoundError if it is gone."""
        return self._archive.surroundings(article, start, end)


def _asks_something(question: Question) -> bool:
    """Return whether a question has a word to look for, and is no "thank you"."""
    if is_chat(question.text) or asks_for_anything(question.text):
        return False
    return bool(content_stems(split_terms(question.text)))


def _is_news_again(question: Question, last: Question) -> bool:
    """Return whether a question for the news is of no topic, in a conversation on one.

    It names days or an outlet itself, and no "and" leads into it; or the question before was for the news.
    """
    led = split_lead(question.text)[1]
    return question.anything and (last.anything or (not led and bool(question.dates or question.outlets)))
