"""/who NAME: what somebody is reported to have said, newest first, in pages under one message.

The handler table sends the command here; the answer service finds the quotes.
"""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.handlers.addressing import asker_of, read_question
from bot.handlers.asking import Asking
from bot.handlers.opening import make_list_keyboard
from bot.handlers.views import render_view
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.presses import View
from bot.messages.sayings import explain_nobody
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import place_of, reply, send_messages
from bot.sending.signs import show_typing
from bot.settings import BotSettings
from index.answers import Answer, Question
from index.errors import NoIndexError

MAX_QUOTES = 40
"""Quotes of one speaker that are listed, at most."""

_AROUND = " \"'“”„‘’«»?"  # what people put around a name


class Listing:
    """Lists what somebody is reported to have said."""

    def __init__(
        self,
        service: AnswerService,
        state: State,
        settings: BotSettings,
        asking: Asking,
        preferences: Preferences,
    ) -> None:
        self._service = service
        self._state = state
        self._settings = settings
        self._asking = asking
        self._preferences = preferences

    async def list_sayings(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/who: list a speaker's quotes, or say that there are none and name the closest speakers."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        name = read_question(message).strip(_AROUND)
        if not await self._asking.admit(message, name, phrases, "who.empty"):
            return
        try:
            async with show_typing(message.get_bot(), place_of(message), phrases.say("ask.working")):
                quotes = await self._service.quotes_of(name, MAX_QUOTES)
                close = () if quotes else await self._service.suggest_names(name)
        except NoIndexError:
            await reply(message, self._asking.explain_missing_index(phrases))
            return
        if not quotes:
            outlets = [summary.outlet for summary in await self._service.outlets()]
            await reply(message, explain_nobody(name, close, outlets, phrases))
            return
        disputed = any(quote.side is not None for quote in quotes)
        listed = Answer(Question(name, name), quotes, 1.0, disputed=disputed)
        size = self._preferences.of(message.chat.id).quotes or self._settings.shown_quotes
        kept = await self._state.keep_answer(asker_of(message), listed, size, View.SAID)
        pages = await render_view(kept, View.SAID, self._service, phrases)
        if not pages:
            await reply(message, phrases.say("view.quotes_gone"))
            return
        bot = message.get_bot()
        keyboard = make_list_keyboard(bot.username, kept, len(pages), phrases)
        await send_messages(bot, place_of(message), pages[:1], keyboard)
