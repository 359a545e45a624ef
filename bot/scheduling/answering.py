"""The answerer as the bot sees it: its protocol, and a service that calls it off the event loop.

Handlers ask the service; run_bot.py hands it a function that opens the real answerer, tests hand it a fake.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from bot.scheduling.queueing import FairQueue, Ticket
from index.answers import Answer, NoAnswer, Quote, Surroundings
from index.datatypes import IndexStatus, OutletSummary
from index.errors import NotFoundError, StoredIndexError
from index.events.novelty import Contents, News
from index.explaining import explain_answer
from index.finding import Explanation
from index.questions.turns import Turn
from index.timeline import Timeline

ResultT = TypeVar("ResultT")

_LOG = logging.getLogger(__name__)


class Answerer(Protocol):
    """What the bot needs from an index; every method blocks and may be called from any thread."""

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
            turns: of the conversation that the question may follow up, newest last.
            about: words that the user selected for the question to be about.
        """

    def explain(
        self,
        text: str,
        *,
        now: datetime | None = None,
        turns: Sequence[Turn] = (),
        about: str | None = None,
    ) -> Explanation:
        """Answer a question and keep what led to the answer."""

    def timeline(self, text: str, *, now: datetime | None = None) -> Timeline | NoAnswer:
        """Return the timeline of the reports on a topic, or the typed reason why there are none."""

    def quotes_of(self, name: str, limit: int) -> tuple[Quote, ...]:
        """Return what a speaker is reported to have said, newest report first, with what disputes it."""

    def suggest_names(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return names of quoted speakers that are close to one that is not held."""

    def context(self, article_id: str, start: int, end: int) -> Surroundings:
        """Return the passage around a quote; raise NotFoundError if its article is gone."""

    def count_reports(self, quotes: Sequence[Quote]) -> int:
        """Return how many independent reports stand behind quotes."""

    def verify(self, quote: Quote) -> bool:
        """Whether the quote, read again from the database, still equals its slice of the article."""

    def understands(self, text: str) -> bool:
        """Whether a question is in a language that something can be found by."""

    def outlets(self) -> tuple[OutletSummary, ...]:
        """Return what is indexed, by outlet."""

    def status(self) -> IndexStatus:
        """Return what the live generation holds."""

    def contents(self) -> Contents:
        """Return what the live generation holds, by marks."""

    def report_news(self, topic: str, news: News) -> Answer | None:
        """Return the news on a topic, None where there are none; raise NotFoundError for stale news."""

    def refresh(self) -> bool:
        """Open the newest generation if another one has become live, and say whether one has."""


_LOOKUPS = 2  # threads for what is quickly looked up, so that it does not wait for questions


class AnswerService:
    """Calls an answerer in a few threads, opens it when first needed, and keeps it at the newest generation.

    Questions wait in a queue in which chats take turns. Every method raises NoIndexError while nothing has
    been built yet.
    """

    def __init__(self, open_answerer: Callable[[], Answerer], workers: int) -> None:
        self._open_answerer = open_answerer
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="answerer")
        self._lookups = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="lookup")
        self._background = ThreadPoolExecutor(1, thread_name_prefix="watching")  # delays no question
        self._queue = FairQueue(workers)
        self._opening = threading.Lock()
        self._answerer: Answerer | None = None

    async def open(self) -> None:
        """Load the model and open the index now, so that the first question need not wait for it."""
        await self._call(lambda answerer: None)

    @property
    def is_open(self) -> bool:
        """Whether an index has been opened."""
        return self._answerer is not None

    @property
    def queue(self) -> FairQueue:
        """The questions that wait, and those at work."""
        return self._queue

    def join_queue(self, asker: int) -> Ticket:
        """Return a place in the queue for a question of a chat or a person; it must be handed to `answer`."""
        return self._queue.join(asker)

    async def answer(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        about: str | None = None,
        *,
        ticket: Ticket | None = None,
    ) -> Answer | NoAnswer:
        """Answer a question, completed from the turns before it, from the newest generation.

        Args:
            ticket: its place in the queue; without one it joins that of all who have none.
        """
        return await self._call_in_turn(
            ticket or self._queue.join(0),
            lambda answerer: answerer.answer(question, turns=turns, about=about),
        )

    async def explain(self, question: str, candidates: int) -> tuple[str, ...]:
        """Answer a question and return the lines that explain the answer."""
        return await self._call_in_turn(
            self._queue.join(0),
            lambda answerer: tuple(explain_answer(answerer.explain(question), candidates)),
        )

    async def timeline(self, topic: str, *, ticket: Ticket | None = None) -> Timeline | NoAnswer:
        """Return the timeline of the reports on a topic, every quote verified, from the newest one live.

        Args:
            ticket: as `answer` takes it.
        """

        def trace(answerer: Answerer) -> Timeline | NoAnswer:
            found = answerer.timeline(topic)
            if isinstance(found, NoAnswer):
                return found
            verified = tuple(point for point in found.points if _check(answerer, point.quote))
            return replace(found, points=verified)

        return await self._call_in_turn(ticket or self._queue.join(0), trace)

    async def quotes_of(self, name: str, limit: int) -> tuple[Quote, ...]:
        """Return what a speaker is reported to have said, from the newest generation."""
        return await self._call(lambda answerer: answerer.quotes_of(name, limit), refresh=True)

    async def suggest_names(self, name: str) -> tuple[str, ...]:
        """Return names of quoted speakers that are close to one that is not held."""
        return await self._call(lambda answerer: answerer.suggest_names(name))

    async def understands(self, question: str) -> bool:
        """Whether a question is in a language that something can be found by."""
        return await self._call(lambda answerer: answerer.understands(question))

    async def keep_verified(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return the quotes that still equal their slices; a mismatch is logged as an error and left out."""
        return await self._call(lambda answerer: tuple(filter(lambda q: _check(answerer, q), quotes)))

    async def count_reports(self, quotes: Sequence[Quote]) -> int:
        """Return how many independent reports stand behind quotes."""
        return await self._call(lambda answerer: answerer.count_reports(quotes))

    async def context(self, quote: Quote) -> Surroundings | None:
        """Return the passage around a quote, or None where its article is no longer there."""

        def find(answerer: Answerer) -> Surroundings | None:
            try:
                return answerer.context(quote.citation.article, quote.start, quote.end)
            except NotFoundError:
                return None

        return await self._call(find)

    async def contents(self) -> Contents:
        """Return what the newest generation holds, by marks; takes a while over many articles."""
        return await self._call(lambda answerer: answerer.contents(), refresh=True, threads=self._background)

    async def report_news(self, topic: str, news: News) -> Answer | None:
        """Return the news on a topic, None where there are none; raise NotFoundError for stale news."""
        return await self._call(lambda answerer: answerer.report_news(topic, news), threads=self._background)

    async def outlets(self) -> tuple[OutletSummary, ...]:
        """Return what is indexed, by outlet."""
        return await self._call(lambda answerer: answerer.outlets(), refresh=True)

    async def status(self) -> IndexStatus:
        """Return what the newest generation holds."""
        return await self._call(lambda answerer: answerer.status(), refresh=True)

    def close(self) -> None:
        """End the threads; calls that wait for one are cancelled."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._lookups.shutdown(wait=True, cancel_futures=True)
        self._background.shutdown(wait=True, cancel_futures=True)

    async def _call_in_turn(self, ticket: Ticket, function: Callable[[Answerer], ResultT]) -> ResultT:
        """Call the newest generation once the ticket is called.

        Its place is free again when the thread is, also where nobody waits for the result any more.
        """
        await ticket.wait()
        loop = asyncio.get_running_loop()

        def make_room(_: object) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(self._queue.finish)

        try:
            work = self._threads.submit(self._work, function, refresh=True)
        except RuntimeError:  # closed meanwhile
            self._queue.finish()
            raise
        work.add_done_callback(make_room)
        return await asyncio.wrap_future(work)

    async def _call(
        self,
        function: Callable[[Answerer], ResultT],
        *,
        refresh: bool = False,
        threads: ThreadPoolExecutor | None = None,
    ) -> ResultT:
        work = partial(self._work, function, refresh=refresh)
        return await asyncio.get_running_loop().run_in_executor(threads or self._lookups, work)

    def _work(self, function: Callable[[Answerer], ResultT], *, refresh: bool) -> ResultT:
        answerer = self._open()
        if refresh:
            _refresh(answerer)
        return function(answerer)

    def _open(self) -> Answerer:
        with self._opening:
            if self._answerer is None:
                self._answerer = self._open_answerer()
            return self._answerer


def _check(answerer: Answerer, quote: Quote) -> bool:
    if answerer.verify(quote):
        return True
    _LOG.error(
        "quote left out: %s[%d:%d] no longer equals its text", quote.citation.article, quote.start, quote.end
    )
    return False


def _refresh(answerer: Answerer) -> None:
    """Go on with the present generation where the new one cannot be opened."""
    try:
        if answerer.refresh():
            _LOG.info("a new generation is live")
    except StoredIndexError:
        _LOG.exception("the newest generation cannot be opened; answering from the present one")
