"""Alerts: after a refresh of the index, each watch is told what is new on its topic, once.

A job asks for it every few seconds. The order is what keeps an alert from being sent twice: a watch is noted
as told before it is told, so that a crash in between loses an alert and never repeats one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import ChatMigrated

from bot.handlers.views import make_answer_keyboard
from bot.memory.ledger import Ledger
from bot.memory.preferences import Preferences
from bot.memory.quiet_hours import is_quiet, is_too_soon
from bot.memory.state import State
from bot.memory.watches import Watch, Watches
from bot.messages.composing import Message
from bot.messages.digests import fit_digest
from bot.messages.presses import View
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import Arrival, Place, send_unasked
from bot.settings import BotSettings
from index.answers import Answer
from index.errors import NoIndexError, NotFoundError
from index.events.novelty import Contents, News, find_news

_LOG = logging.getLogger(__name__)

CHECK_SECONDS = 10.0
"""Between two looks whether another generation has become live, or quiet hours have ended."""

MOST_FAILURES = 8
"""Alerts in a row that a chat refuses, for instance in a closed topic, before its watch is dropped."""

_FIRST_PAUSE = 60.0  # seconds; four times as long after each further failure
_LONGEST_PAUSE = 86_400.0


@dataclass(slots=True)
class Issue:
    """What is new in one generation, worked out once for all watches that have been told equally far.

    Attributes:
        round: the ledger's, after the generation was noted.
    """

    contents: Contents
    round: int
    news: dict[int, News] = field(default_factory=dict)


class Alerting:
    """Finds and sends alerts, one watch after another.

    Args:
        clock: seconds since 1970.
    """

    def __init__(
        self,
        service: AnswerService,
        state: State,
        settings: BotSettings,
        preferences: Preferences,
        watches: Watches,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._service = service
        self._state = state
        self._settings = settings
        self._preferences = preferences
        self._watches = watches
        self._ledger = Ledger(state)
        self._clock = clock
        self._at_work = asyncio.Lock()
        self._noting = asyncio.Lock()
        self._live: tuple[int, datetime] | None = None
        self._issue: Issue | None = None
        self._pauses: dict[str, float] = {}

    async def observe(self) -> int:
        """Note what the live generation holds and return the round from which on things are news.

        Raises NoIndexError while nothing has been built yet.
        """
        return (await self._observe()).round

    async def check(self, bot: Bot) -> None:
        """Send what is new on each watch that is due; nothing while another check is at work."""
        if self._at_work.locked():
            return
        async with self._at_work:
            await self._watches.purge()
            if not await self._watches.count():
                return
            try:
                issue = await self._observe()
            except NoIndexError:
                return
            for watch in await self._watches.list_behind(issue.round):
                try:
                    await self._tell(bot, watch, issue)
                except NotFoundError:
                    return  # another generation has become live; the next check looks at that one
                except Exception:  # whatever one topic brings about, the other watches are told
                    _LOG.exception("an alert could not be made or sent")

    async def _observe(self) -> Issue:
        async with self._noting:
            while True:
                status = await self._service.status()
                live = (status.generation, status.built)
                if self._issue is not None and live == self._live:
                    return self._issue
                contents = await self._service.contents()
                if contents.generation == status.generation:  # else another one went live in between
                    round_ = await self._ledger.note(contents.marks())
                    self._issue, self._live = Issue(contents, round_), live

    async def _tell(self, bot: Bot, watch: Watch, issue: Issue) -> None:
        """Tell one watch what is new, if it may be told now."""
        await self._preferences.prepare(watch.chat)
        chosen, now = self._preferences.of(watch.chat), self._clock()
        moment = datetime.fromtimestamp(now, UTC)
        held = is_quiet(chosen, moment) or is_too_soon(chosen, watch.told, moment)
        if held or now < self._pauses.get(watch.token, 0.0):
            return
        news = await self._find_news(issue, watch.seen)
        digest = await self._service.report_news(watch.topic, news) if news else None
        if digest is None:
            await self._watches.advance(watch, issue.round, told=False)
            return
        message, keyboard = await self._compose(watch, digest)
        if await self._watches.advance(watch, issue.round, told=True):
            await self._send(bot, watch, issue.round, message, keyboard)

    async def _find_news(self, issue: Issue, seen: int) -> News:
        if seen not in issue.news:
            fresh = await self._ledger.list_after(seen)
            issue.news[seen] = await asyncio.to_thread(find_news, issue.contents, fresh)
        return issue.news[seen]

    async def _compose(self, watch: Watch, digest: Answer) -> tuple[Message, InlineKeyboardMarkup | None]:
        phrases = self._preferences.phrases_for(watch.chat, watch.language)
        limit = self._preferences.of(watch.chat).quotes or self._settings.shown_quotes
        message, shown = fit_digest(digest, limit, phrases)
        kept = await self._state.keep_answer(watch.chat, digest, shown, View.DIGEST)
        return message, make_answer_keyboard(kept, phrases)

    async def _send(
        self, bot: Bot, watch: Watch, round_: int, message: Message, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """Send a digest, and act on what becomes of it."""
        try:
            arrival = await send_unasked(bot, Place(watch.chat, watch.thread), message, keyboard)
        except ChatMigrated as moved:
            await self._preferences.move(watch.chat, moved.new_chat_id)
            await self._watches.move(watch.chat, moved.new_chat_id)
            watch = replace(watch, chat=moved.new_chat_id)
            arrival = await send_unasked(bot, Place(watch.chat, watch.thread), message, keyboard)
        _LOG.info("an alert: %s", arrival.value)
        if arrival is Arrival.NO_CHAT:
            await self._watches.forget_chat(watch.chat)
        elif arrival is Arrival.NO_THREAD or (
            arrival is Arrival.REFUSED and watch.failures + 1 >= MOST_FAILURES
        ):
            await self._watches.drop(watch)
        elif arrival in (Arrival.REFUSED, Arrival.UNSENT):
            failures = watch.failures + (arrival is Arrival.REFUSED)
            await self._watches.put_back(watch, round_, failures)
            pause = min(_FIRST_PAUSE * 4**watch.failures, _LONGEST_PAUSE)
            self._pauses[watch.token] = self._clock() + pause
        else:
            await self._watches.forgive(watch)
            self._pauses.pop(watch.token, None)
