"""Guest mode: a mention of the bot in a chat that it is not in is answered there, once, in one message.

The handler table sends guest messages here. Nothing of them is kept: their chat's number may be that of
another chat, so neither settings nor conversations go by it, and a follow-up is read from what it replies to.
"""

from __future__ import annotations

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.handlers.addressing import asker_of, read_question, read_selection, read_told
from bot.handlers.asking import Asking, answer_remark, render_verified
from bot.handlers.pressing import came_too_late
from bot.handlers.views import explain_no_answer
from bot.language.remarks import find_remark
from bot.language.texts import Phrasebook
from bot.memory.preferences import Preferences
from bot.messages.buttons import choose_copy
from bot.messages.composing import Message as RenderedMessage
from bot.messages.composing import plain_message
from bot.scheduling.answering import AnswerService
from bot.scheduling.limiting import Verdict
from bot.sending.delivery import answer_guest
from bot.settings import BotSettings
from index.answers import Answer
from index.errors import NoIndexError
from index.questions.turns import turn_about


class Visiting:
    """Answers guest messages."""

    def __init__(
        self, service: AnswerService, settings: BotSettings, asking: Asking, preferences: Preferences
    ) -> None:
        self._service = service
        self._settings = settings
        self._asking = asking
        self._preferences = preferences

    async def answer_mention(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that mentions the bot, or say why it cannot be answered."""
        message = update.guest_message
        if message is None or message.guest_query_id is None:
            return
        phrases = self._phrases_of(message)
        verdict = self._asking.count_person(asker_of(message))
        if verdict is Verdict.REFUSED_AGAIN:  # was told; a chat of others is not the place to repeat it
            return
        keyboard: InlineKeyboardMarkup | None = None
        question = read_question(message)
        if verdict is Verdict.REFUSED:
            reply = plain_message(phrases.say("ask.too_many"))
        elif not question:
            reply = plain_message(phrases.say("guest.empty", username=context.bot.username))
        elif len(question) > self._settings.max_question:
            limit = self._settings.max_question
            reply = plain_message(phrases.say_too_long("ask.too_long", len(question), limit))
        elif remark := find_remark(question):
            reply = plain_message(answer_remark(remark, phrases))
        else:
            reply, keyboard = await self._find_reply(message, question, phrases)
        await send_as_guest(message, reply, phrases, keyboard)

    def _phrases_of(self, message: Message) -> Phrasebook:
        """Return the phrasebook of the person, who may have chosen one in private."""
        person = message.from_user
        if person is None or message.sender_chat is not None:
            return self._preferences.phrases_for(None, None)
        return self._preferences.phrases_for(person.id, person.language_code)

    async def _find_reply(
        self, message: Message, question: str, phrases: Phrasebook
    ) -> tuple[RenderedMessage, InlineKeyboardMarkup | None]:
        told, about = read_told(message), read_selection(message)
        turns = (turn_about(told),) if told and told != question else ()
        try:
            ticket = self._service.join_queue(asker_of(message))
            about = None if about == question else about
            result = await self._service.answer(question, turns, about, ticket=ticket)
            if not isinstance(result, Answer):
                return await explain_no_answer(result, self._service, phrases), None
            return await self._fit_answer(message, result, phrases)
        except NoIndexError:
            return plain_message(self._asking.explain_missing_index(phrases)), None

    async def _fit_answer(
        self, message: Message, answer: Answer, phrases: Phrasebook
    ) -> tuple[RenderedMessage, InlineKeyboardMarkup | None]:
        """Return as much of an answer as one message holds, both sides of a dispute together."""
        chosen = self._preferences.of(asker_of(message)).quotes
        for limit in range(chosen or self._settings.shown_quotes, 0, -1):
            messages, answer = await render_verified(self._service, answer, limit, phrases)
            if len(messages) == 1:
                return messages[0], _make_keyboard(answer, phrases)
        username = message.get_bot().username
        return plain_message(phrases.say("guest.too_large", username=username)), None


async def send_as_guest(
    message: Message,
    reply: RenderedMessage,
    phrases: Phrasebook,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Answer a guest message; one that Telegram has given up on needs no answer."""
    assert message.guest_query_id is not None, "a guest message has a query"
    content = InputTextMessageContent(
        reply.text, entities=reply.entities, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    result = InlineQueryResultArticle("1", phrases.say("guest.title"), content, reply_markup=keyboard)
    try:
        await answer_guest(message.get_bot(), message.guest_query_id, result)
    except BadRequest as error:
        if not came_too_late(error):
            raise


def _make_keyboard(answer: Answer, phrases: Phrasebook) -> InlineKeyboardMarkup | None:
    """Return the button that copies the first quote; others would need the answer to be kept."""
    copy = choose_copy(answer.quotes)
    if copy is None:
        return None
    button = InlineKeyboardButton(phrases.say("button.copy"), copy_text=CopyTextButton(copy))
    return InlineKeyboardMarkup([[button]])
