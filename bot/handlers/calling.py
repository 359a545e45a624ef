"""Buttons called for by their words: "context", "context 2", "more", "other side", "👍".

For those who cannot press: asking looks here first. What a button shows comes as a message of its own.
"""

from __future__ import annotations

import re

from telegram import InlineKeyboardMarkup
from telegram import Message as ReceivedMessage

from bot.handlers.addressing import asker_of, is_private
from bot.handlers.opening import write_link
from bot.handlers.pressing import cast_vote
from bot.handlers.views import list_views, make_answer_keyboard, render_view
from bot.language.texts import Phrasebook
from bot.memory.keeping import KeptAnswer
from bot.memory.schema import Database
from bot.memory.state import State
from bot.messages.buttons import make_keyboard
from bot.messages.composing import Message as RenderedMessage
from bot.messages.composing import plain_message
from bot.messages.presses import Press, View, Vote, read_press
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import place_of, reply, send_messages

_CALL = re.compile(r"(?P<words>.+?)[\s.,:!?]*(?P<page>\d{1,2})?[\s.,:!?]*", re.DOTALL)
PROMISED = ("context", "more", "other_side")
"""Buttons whose words /help names: never questions once there is an answer."""

_LONGEST = 40  # characters; no button has more


class Calling:
    """Does what the buttons do, for those who write the words on them."""

    def __init__(self, service: AnswerService, state: State) -> None:
        self._service = service
        self._state = state

    async def show_called(self, message: ReceivedMessage, text: str, phrases: Phrasebook) -> bool:
        """Do what the button does whose words a text is; False where there is none: it is a question.

        The answer meant is the one that is replied to, else, in a private chat, the person's last.
        """
        if len(text) > _LONGEST:
            return False
        kept = await self._find_answer(message)
        if kept is None:
            return False
        called = _CALL.fullmatch(text)
        if called is None:
            return False
        action = _find_action(called["words"], kept, phrases)
        if action is None:
            return await _tell_missing(message, called["words"], phrases)
        keyboard: InlineKeyboardMarkup | None = None
        if isinstance(action, Vote):
            page = plain_message(await cast_vote(self._state, kept, asker_of(message), action, phrases))
        else:
            wanted = max(int(called["page"] or 1), 1)
            username = message.get_bot().username
            page, keyboard = await self._show_page(kept, action, wanted, username, phrases)
        await send_messages(message.get_bot(), place_of(message), (page,), keyboard)
        return True

    async def _show_page(
        self, kept: KeptAnswer, view: View, wanted: int, username: str, phrases: Phrasebook
    ) -> tuple[RenderedMessage, InlineKeyboardMarkup | None]:
        """Return a page of a view, counted from 1, or the last one, with the view's buttons."""
        view = View.TEXT if view is View.TIMELINE else view  # whose pages are turned; a chart has none
        pages = await render_view(kept, view, self._service, phrases)
        if not pages:
            return plain_message(phrases.say("view.quotes_gone")), None
        at = Press(view, kept.token, min(wanted, len(pages)) - 1)
        link = write_link(username, kept, at, len(pages))
        return pages[at.page], make_keyboard(at, len(pages), list_views(kept), phrases, link=link)

    async def _find_answer(self, message: ReceivedMessage) -> KeptAnswer | None:
        replied = message.reply_to_message
        if replied is not None:
            press = _read_keyboard(replied.reply_markup)
            return await self._state.find_answer(press.token) if press is not None else None
        if not is_private(message):  # elsewhere the last answer may be one that others were not shown
            return None
        person = self._state.hash_number(message.chat.id)
        query = "select token from answers where asker = ? order by created desc limit 1"

        def find(database: Database) -> tuple[str] | None:
            row: tuple[str] | None = database.execute(query, [person]).fetchone()
            return row

        row = await self._state.read(find)
        return await self._state.find_answer(row[0]) if row is not None else None


async def _tell_missing(message: ReceivedMessage, words: str, phrases: Phrasebook) -> bool:
    """Say that an answer has no such button, where /help promises it; False for any other words."""
    for name in PROMISED:
        label = phrases.say(f"button.{name}")
        if words.casefold() == label.casefold():
            await reply(message, phrases.say("view.none", button=label))
            return True
    return False


def _read_keyboard(keyboard: InlineKeyboardMarkup | None) -> Press | None:
    """Return a press of the first button of an answer's keyboard, None where there is no such keyboard."""
    for row in keyboard.inline_keyboard if keyboard is not None else ():
        for button in row:
            press = read_press(button.callback_data) if isinstance(button.callback_data, str) else None
            if press is not None:
                return press
    return None


def _find_action(words: str, kept: KeptAnswer, phrases: Phrasebook) -> View | Vote | None:
    """Return what the button under the answer does that has these words."""
    keyboard = make_answer_keyboard(kept, phrases)
    for row in keyboard.inline_keyboard if keyboard is not None else ():
        for button in row:
            if not isinstance(button.callback_data, str) or button.text.casefold() != words.casefold():
                continue
            press = read_press(button.callback_data)
            return press.action if press is not None else None
    return None
