"""Inline mode: `@bot question` in any chat offers the best quotes as cards to send.

The handler table sends inline queries here; every one of them is answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.handlers.asking import UnverifiedError
from bot.handlers.pressing import came_too_late
from bot.language.texts import Phrasebook
from bot.memory.preferences import Preferences
from bot.messages.citing import clip_line
from bot.messages.pairing import complete_pairs
from bot.messages.rendering import name_card, render_card
from bot.scheduling.answering import AnswerService
from bot.scheduling.limiting import Limiter, Verdict
from bot.settings import BotSettings
from index.answers import Answer, NoAnswer, Quote, Reason
from index.errors import NoIndexError

CACHE_SECONDS = 60
"""How long Telegram may repeat an answer to the same person; a rebuild may change it."""

START_PARAMETER = "inline"
"""Of the button above the results, which opens the private chat."""

BUTTON_CHARACTERS = 64
"""Of the button above the results; documented nowhere, so kept short."""

_SHORT_REASONS = {Reason.NOT_A_QUESTION: "inline.empty", Reason.EMPTY_INDEX: "inline.not_ready"}
_QUERIES_PER_QUESTION = 5  # Telegram asks anew while somebody types


class Inlining:
    """Answers inline queries."""

    def __init__(self, service: AnswerService, settings: BotSettings, preferences: Preferences) -> None:
        self._service = service
        self._settings = settings
        self._preferences = preferences
        self._people = Limiter(settings.questions_per_person * _QUERIES_PER_QUESTION)
        self._searching: dict[int, asyncio.Task[Answer | NoAnswer]] = {}  # person -> the search under way

    async def answer_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer cards for what was typed, or say why there are none."""
        query = update.inline_query
        if query is None:
            return
        person = query.from_user
        phrases = self._preferences.phrases_for(person.id, person.language_code)
        question = " ".join(query.query.split())
        if not question:
            await answer_inline(query, phrases.say("inline.empty"))
        elif self._people.admit(person.id) is not Verdict.ADMITTED:
            await answer_inline(query, phrases.say("inline.too_many"), cache=0)
        elif len(question) > self._settings.max_question:
            await answer_inline(query, phrases.say("inline.too_long"))
        else:
            await self._offer(query, question, phrases)

    async def _offer(self, query: InlineQuery, question: str, phrases: Phrasebook) -> None:
        try:
            result = await self._search(query.from_user.id, question)
            if result is None:
                await answer_inline(query, phrases.say("inline.empty"), cache=0)
                return
            cards = await self._make_cards(result, phrases) if isinstance(result, Answer) else []
        except NoIndexError:
            await answer_inline(query, phrases.say("inline.not_ready"), cache=0)
            return
        if not isinstance(result, Answer):
            await answer_inline(query, note_reason(result.reason, phrases))
        elif cards:
            await answer_inline(query, None if result.sure else phrases.say("inline.unsure"), cards)
        else:
            await answer_inline(query, phrases.say("inline.too_large"), cache=0)

    async def _search(self, person: int, question: str) -> Answer | NoAnswer | None:
        """Return the answer to what was typed, or None where its person has typed on meanwhile.

        Telegram asks at each pause in typing and shows only the last answer, so earlier searches that still
        wait for their turn would only keep others waiting.
        """
        earlier = self._searching.get(person)
        if earlier is not None:
            earlier.cancel()
        search = asyncio.create_task(self._answer(person, question))
        self._searching[person] = search
        try:
            await asyncio.wait({search})
            return None if search.cancelled() else search.result()
        finally:
            search.cancel()
            if self._searching.get(person) is search:
                del self._searching[person]

    async def _answer(self, person: int, question: str) -> Answer | NoAnswer:
        # Joined in here, since a ticket must be entered: a task can be cancelled before it begins.
        return await self._service.answer(question, ticket=self._service.join_queue(person))

    async def _make_cards(self, answer: Answer, phrases: Phrasebook) -> list[InlineQueryResultArticle]:
        """Return a card for each quote, the sides of a dispute in one; none with a quote that fails.

        Raises:
            UnverifiedError: where no quote is left that equals its text.
        """
        cards: list[InlineQueryResultArticle] = []
        carded: set[Quote] = set()
        failed = 0
        for quote in answer.quotes:
            if quote in carded:
                continue
            group = complete_pairs((quote,), answer.quotes)
            carded.update(group)
            message = render_card(group, phrases)
            if message is None:
                continue
            if await self._service.keep_verified(group) != group:
                failed += len(group)
                continue
            title, description = name_card(quote, phrases)
            content = InputTextMessageContent(
                message.text,
                entities=message.entities,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            number = str(len(cards) + 1)
            cards.append(InlineQueryResultArticle(number, title, content, description=description))
        if failed == len(answer.quotes):
            raise UnverifiedError(f"none of {failed} quotes equals its text")
        return cards


def note_reason(reason: Reason, phrases: Phrasebook) -> str:
    """Return why there is no answer, so shortly that the button above the results shows all of it."""
    return phrases.say(_SHORT_REASONS[reason]) if reason in _SHORT_REASONS else phrases.name_reason(reason)


async def answer_inline(
    query: InlineQuery,
    note: str | None,
    cards: Sequence[InlineQueryResultArticle] = (),
    cache: int = CACHE_SECONDS,
) -> None:
    """Answer an inline query, with a note above the results; one that is too old needs no answer.

    Args:
        note: for the button above the results, which opens the private chat; shortened where it is long.
        cache: seconds for which Telegram may give the same answer to the same person.
    """
    button = None
    if note is not None:
        button = InlineQueryResultsButton(clip_line(note, BUTTON_CHARACTERS), start_parameter=START_PARAMETER)
    try:
        await query.answer(cards, cache_time=cache, is_personal=True, button=button)
    except BadRequest as error:
        if not came_too_late(error):
            raise
