"""Deep links: `https://t.me/BOT?start=q_…` opens an answer that is kept, or one of its quotes in its article.

/start hands the parameter here; the views of an answer offer the links to copy.
"""

from __future__ import annotations

import re

from telegram import InlineKeyboardMarkup
from telegram import Message as ReceivedMessage
from telegram.helpers import create_deep_linked_url

from bot.handlers.views import make_answer_keyboard, opening_view, render_view
from bot.language.texts import Phrasebook
from bot.memory.keeping import KeptAnswer
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.buttons import make_keyboard
from bot.messages.composing import Message, plain_message
from bot.messages.presses import Press, View
from bot.messages.rendering import render_context
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import place_of, send_messages
from index.answers import Answer

LINK_PARAMETER = re.compile(r"q_(?P<token>[A-Za-z0-9_-]{12})(?:_(?P<quote>\d{1,2}))?")
"""What names an answer, or its quote by a number from 1; 64 characters at most, as Telegram demands."""


def write_link(username: str, kept: KeptAnswer, at: Press, pages: int) -> str:
    """Return the link to what a view shows: to the quote of a page of the context, else to the answer.

    Args:
        pages: pages of the view; a quote whose context takes several has no page of its own.
    """
    parameter = f"q_{kept.token}"
    if at.action is View.CONTEXT and pages == len(kept.first_quotes):
        parameter += f"_{at.page + 1}"
    return create_deep_linked_url(username, parameter)


def make_list_keyboard(
    username: str, kept: KeptAnswer, pages: int, phrases: Phrasebook
) -> InlineKeyboardMarkup | None:
    """Return the keyboard under the first page of a kept list."""
    at = Press(opening_view(kept), kept.token)
    return make_keyboard(at, pages, (), phrases, link=write_link(username, kept, at, pages))


class Opening:
    """Opens what a deep link leads to."""

    def __init__(self, service: AnswerService, state: State, preferences: Preferences) -> None:
        self._service = service
        self._state = state
        self._preferences = preferences

    async def open_link(self, message: ReceivedMessage, parameter: str) -> bool:
        """Show what the parameter of a link leads to; False where it is none of these links."""
        if not parameter.startswith("q_"):
            return False
        phrases = self._preferences.phrases_of(message)
        found = LINK_PARAMETER.fullmatch(parameter)
        kept = await self._state.find_answer(found["token"]) if found else None
        pages: tuple[Message, ...] = ()
        keyboard = None
        if kept is not None and found is not None:
            number = int(found["quote"]) if found["quote"] else None
            username = message.get_bot().username
            pages, keyboard = await self._render(kept, number, username, phrases)
        if not pages:
            gone = "link.gone" if kept is None else "view.quotes_gone"
            pages, keyboard = (plain_message(phrases.say(gone)),), None
        await send_messages(message.get_bot(), place_of(message), pages, keyboard)
        return True

    async def _render(
        self, kept: KeptAnswer, number: int | None, username: str, phrases: Phrasebook
    ) -> tuple[tuple[Message, ...], InlineKeyboardMarkup | None]:
        """Return the messages and the keyboard of an answer, or of the context of its quote `number`."""
        if number is not None:
            return await self._render_quote(kept, number, phrases), None
        pages = await render_view(kept, opening_view(kept), self._service, phrases)
        if opening_view(kept) is View.ANSWER:
            return pages, make_answer_keyboard(kept, phrases)
        return pages[:1], make_list_keyboard(username, kept, len(pages), phrases)

    async def _render_quote(self, kept: KeptAnswer, number: int, phrases: Phrasebook) -> tuple[Message, ...]:
        quotes = await self._service.keep_verified(kept.first_quotes[number - 1 : number])
        around = await self._service.context(quotes[0]) if quotes else None
        if around is None:
            return ()
        disputed = isinstance(kept.result, Answer) and kept.result.disputed
        return render_context(quotes[0], around, kept.quotes, phrases, disputed=disputed)
