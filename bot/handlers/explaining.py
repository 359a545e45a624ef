"""/why, for admins: what led to an answer, in reply to it.

The question of that answer is asked again, and the first of its explanation is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.handlers.administration import is_admin
from bot.language.texts import Phrasebook
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.composing import (
    BOLD,
    ITALIC,
    PREFORMATTED,
    TEXT_LIMIT,
    Block,
    Composer,
    count_units,
    pack_blocks,
    plain_message,
)
from bot.messages.composing import Message as ComposedMessage
from bot.messages.presses import View, read_press
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import place_of, send_messages
from bot.sending.signs import show_typing
from bot.settings import BotSettings
from index.errors import NoIndexError

SHOWN_CANDIDATES = 3
"""Passages, and sentences, that an explanation shows."""


class Explaining:
    """Explains answers."""

    def __init__(
        self,
        service: AnswerService,
        state: State,
        settings: BotSettings,
        preferences: Preferences,
        conversations: Conversations,
    ) -> None:
        self._service = service
        self._state = state
        self._settings = settings
        self._preferences = preferences
        self._conversations = conversations

    async def explain(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/why: ask the question of the replied answer again and show what leads to its answer."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        place = place_of(message)
        async with show_typing(message.get_bot(), place, phrases.say("ask.working")):
            text = await self._render(message, phrases)
        await send_messages(message.get_bot(), place, [text])

    async def _render(self, message: Message, phrases: Phrasebook) -> ComposedMessage:
        if not is_admin(message, self._settings):
            return plain_message(phrases.say("admin.only"))
        replied = message.reply_to_message
        if replied is None or replied.from_user is None or replied.from_user.id != message.get_bot().id:
            return plain_message(phrases.say("why.reply"))
        question = await self._find_question(replied)
        if question is None:
            return plain_message(phrases.say("why.gone"))
        try:
            return render_explanation(await self._service.explain(question, SHOWN_CANDIDATES), phrases)
        except NoIndexError:
            return plain_message(phrases.say("ask.no_index"))

    async def _find_question(self, answer: Message) -> str | None:
        """Return what a message of the bot answered, by its buttons or by the conversation it stands in."""
        rows = answer.reply_markup.inline_keyboard if answer.reply_markup is not None else ()
        for button in (button for row in rows for button in row):
            press = read_press(button.callback_data) if isinstance(button.callback_data, str) else None
            kept = await self._state.find_answer(press.token) if press is not None else None
            if kept is not None and kept.opens is View.ANSWER:
                return kept.result.question.understood
        turn = await self._conversations.find_answered(answer.chat.id, answer.message_id)
        return turn.question if turn is not None and turn.question else None


def render_explanation(lines: Iterable[str], phrases: Phrasebook) -> ComposedMessage:
    """Return the lines of an explanation as one message, which says so where not all of them fit."""
    head, cut = f"{phrases.say('why.head')}\n", f"\n{phrases.say('why.cut')}"
    room = TEXT_LIMIT - count_units(head) - count_units(cut)
    kept: list[str] = []
    for line in lines:
        room -= count_units(line) + 1
        if room < 0:
            break
        kept.append(line)
    else:
        cut = ""
    body = Block("\n".join(kept).rstrip())
    code = Block(body.text, ((0, len(body.text), PREFORMATTED),))
    return pack_blocks([Composer().add(head, BOLD).add_block(code).add(cut, ITALIC).build()])[0]
