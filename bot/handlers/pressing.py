"""Presses of buttons: the message shows another view of its answer, or a vote is kept.

The handler table sends callback queries here; every one of them is answered.
"""

from __future__ import annotations

from telegram import CallbackQuery, Update
from telegram.constants import CallbackQueryLimit
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.handlers.opening import write_link
from bot.handlers.views import list_views, make_answer_keyboard, opening_view, render_view
from bot.language.texts import Phrasebook
from bot.memory.keeping import KeptAnswer
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.buttons import make_keyboard
from bot.messages.presses import Press, View, Vote, read_press
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import edit_message

_LATE = ("query is too old", "query_id_invalid", "query id is invalid")


class Pressing:
    """Answers presses of buttons."""

    def __init__(self, service: AnswerService, state: State, preferences: Preferences) -> None:
        self._service = service
        self._state = state
        self._preferences = preferences

    async def answer_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the pressed button says."""
        query = update.callback_query
        if query is None:
            return
        phrases = self._preferences.phrases_at(query)
        press = read_press(query.data or "")
        if press is None:
            await answer_query(query, phrases.say("view.outdated"), alert=True)
            return
        kept = await self._state.find_answer(press.token)
        if kept is None:
            await answer_query(query, phrases.say("view.gone"), alert=True)
        elif isinstance(press.action, Vote):
            noted = await cast_vote(self._state, kept, query.from_user.id, press.action, phrases)
            await answer_query(query, noted)
        elif press.action not in (opening_view(kept), *list_views(kept)):
            await answer_query(query, phrases.say("view.outdated"), alert=True)
        else:
            note = await self._show(query, kept, press, press.action, phrases)
            await answer_query(query, note, alert=note is not None)

    async def _show(
        self, query: CallbackQuery, kept: KeptAnswer, press: Press, view: View, phrases: Phrasebook
    ) -> str | None:
        """Edit the message into a view; return what to tell where that cannot be."""
        pages = await render_view(kept, view, self._service, phrases)
        message = query.message
        if not pages:
            return phrases.say("view.quotes_gone")
        if message is None:
            return phrases.say("view.gone")
        if view is View.ANSWER:  # of an answer in several messages, the buttons are under the last
            page, keyboard = len(pages) - 1, make_answer_keyboard(kept, phrases)
        else:
            page = min(press.page, len(pages) - 1)
            at = Press(view, press.token, page)
            link = write_link(query.get_bot().username, kept, at, len(pages))
            keyboard = make_keyboard(at, len(pages), list_views(kept), phrases, link=link)
        done = await edit_message(query.get_bot(), message.chat.id, message.message_id, pages[page], keyboard)
        return None if done else phrases.say("view.gone")


async def cast_vote(state: State, kept: KeptAnswer, voter: int, vote: Vote, phrases: Phrasebook) -> str:
    """Keep a vote, or take the same one back, and return what to say of it."""
    if not await state.cast_vote(kept, voter, vote):
        return phrases.say("vote.taken_back")
    return phrases.say("vote.up" if vote is Vote.UP else "vote.down")


async def answer_query(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a callback query, so that the button stops spinning; one that is too old needs no answer."""
    if text is not None:
        text = text[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as error:
        if not came_too_late(error):
            raise


def came_too_late(refusal: BadRequest) -> bool:
    """Whether Telegram has given up on a query, so that nobody waits for the answer any more."""
    return any(words in refusal.message.lower() for words in _LATE)
