"""/timeline TOPIC, and the Timeline button under answers: a chart of the reports on a topic, and it in words.

The handler table sends the command and its buttons' presses here; the answer service traces the timeline,
charts and drawing make the picture, captions the words.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, Update
from telegram.ext import ContextTypes

from bot.handlers.addressing import asker_of, read_question
from bot.handlers.asking import Asking, converse_of, describe_wait
from bot.handlers.pressing import answer_query
from bot.handlers.views import render_view
from bot.language.texts import Phrasebook
from bot.memory.conversations import Conversations
from bot.memory.keeping import KeptAnswer
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.buttons import make_keyboard, make_text_button
from bot.messages.captions import render_caption, render_timeline
from bot.messages.charts import lay_out_chart
from bot.messages.composing import Message as ComposedMessage
from bot.messages.drawing import draw_chart
from bot.messages.presses import VERSION, Press, View, read_press
from bot.scheduling.answering import AnswerService
from bot.scheduling.limiting import Verdict
from bot.sending.delivery import (
    PictureRefusedError,
    Place,
    edit_message,
    place_of,
    reply,
    send_messages,
    send_picture,
)
from bot.sending.signs import show_typing
from index.answers import Answer, NoAnswer
from index.errors import NoIndexError
from index.questions.turns import make_turn
from index.timeline import Timeline

CHART_PATTERN = re.compile(f"{VERSION}:[{View.TIMELINE.value}{View.TEXT.value}]:")
"""Callback data of the buttons that lead to a timeline, as a chart or in words."""

PATIENCE = 60.0
"""Seconds within which a second press of one button sends nothing anew."""

_PRESSES = 1_000  # of which it is known that they sent something


class Charting:
    """Sends timelines.

    Args:
        clock: seconds that only grow.
    """

    def __init__(
        self,
        service: AnswerService,
        state: State,
        asking: Asking,
        preferences: Preferences,
        conversations: Conversations,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service = service
        self._state = state
        self._asking = asking
        self._preferences = preferences
        self._conversations = conversations
        self._clock = clock
        self._drawing = asyncio.Lock()  # matplotlib draws one picture at a time
        self._pressed: OrderedDict[tuple[int, int, View], float] = OrderedDict()

    async def show_topic(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/timeline: send the chart of a topic's reports, or say why there are none."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        topic = read_question(message) or await self._find_topic(message)
        if not await self._asking.admit(message, topic, phrases, "timeline.empty"):
            return
        bot, place = message.get_bot(), place_of(message)
        try:
            timeline = await self._trace(bot, place, topic, phrases)
        except NoIndexError:
            await reply(message, self._asking.explain_missing_index(phrases))
            return
        if isinstance(timeline, NoAnswer):
            await self._asking.send_no_answer(message, place, timeline, phrases, is_topic=True)
            return
        quotes = tuple(point.quote for point in timeline.points)
        topic_of_it = Answer(timeline.question, quotes, 1.0, sure=timeline.sure)
        kept = await self._state.keep_answer(asker_of(message), topic_of_it, len(quotes), View.TIMELINE)
        sent = await self._send(bot, place, timeline, kept, phrases)
        if sent is not None:
            await self._conversations.remember(converse_of(message), make_turn(topic_of_it), sent.message_id)

    async def _find_topic(self, message: Message) -> str:
        """Return what the message replied to has answered, or the asker's last question; "" if unknown."""
        replied = message.reply_to_message
        if replied is None:
            turns = await self._conversations.recall(converse_of(message))
            return next((turn.question for turn in reversed(turns) if turn.answered), "")
        turn = await self._conversations.find_answered(message.chat.id, replied.message_id)
        return turn.question if turn is not None else ""

    async def take_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Send an answer's timeline in reply to it, or a chart in words; turn the pages of these."""
        query = update.callback_query
        if query is None:
            return
        phrases = self._preferences.phrases_at(query)
        note = await self._follow(query, phrases)
        await answer_query(query, note, alert=note is not None)

    async def _follow(self, query: CallbackQuery, phrases: Phrasebook) -> str | None:
        """Do what a button says; return what to tell where that cannot be."""
        press = read_press(query.data or "")
        if press is None or not isinstance(press.action, View):
            return phrases.say("view.outdated")
        kept, message = await self._state.find_answer(press.token), query.message
        if kept is None or message is None:
            return phrases.say("view.gone")
        if not isinstance(kept.result, Answer) or not (
            kept.opens is View.TIMELINE or kept.result.has_timeline
        ):
            return phrases.say("view.outdated")
        if press.action is View.TEXT and isinstance(message, Message) and message.text:
            return await self._turn_page(message, kept, press, phrases)
        pressed = (message.chat.id, message.message_id, press.action)
        if self._clock() - self._pressed.get(pressed, -PATIENCE) < PATIENCE:
            return phrases.say("timeline.again")
        if self._asking.count_person(query.from_user.id) is not Verdict.ADMITTED:
            return phrases.say("ask.too_many")
        bot, place = query.get_bot(), _place_below(message)
        try:
            timeline = await self._trace(bot, place, kept.result.question.understood, phrases)
        except NoIndexError:
            return self._asking.explain_missing_index(phrases)
        if isinstance(timeline, NoAnswer):
            return phrases.say("view.quotes_gone")
        if press.action is View.TIMELINE:
            await self._send(bot, place, timeline, kept, phrases)
        else:
            await self._send_words(bot, place, render_timeline(timeline, phrases), kept, phrases)
        self._remember(pressed)
        return None

    async def _trace(self, bot: Bot, place: Place, topic: str, phrases: Phrasebook) -> Timeline | NoAnswer:
        ticket = self._service.join_queue(place.chat)
        async with show_typing(bot, place, lambda: describe_wait(ticket, phrases)):
            return await self._service.timeline(topic, ticket=ticket)

    async def _send(
        self, bot: Bot, place: Place, timeline: Timeline, kept: KeptAnswer, phrases: Phrasebook
    ) -> Message | None:
        """Send the chart with its caption; in words where there is no chart or no picture may be sent.

        Returns the last message, None where writing is refused.
        """
        chart = lay_out_chart(timeline, phrases)
        if chart is None:
            pages = render_timeline(timeline, phrases, phrases.say("timeline.no_dates"))
            return await self._send_words(bot, place, pages, kept, phrases)
        async with self._drawing:
            picture = await asyncio.to_thread(draw_chart, chart)
        caption, *rest = render_caption(timeline, phrases)
        keyboard = make_text_button(kept.token, phrases)
        try:
            sent = await send_picture(bot, place, picture, caption, None if rest else keyboard)
        except PictureRefusedError:
            pages = render_timeline(timeline, phrases, phrases.say("timeline.no_picture"))
            return await self._send_words(bot, place, pages, kept, phrases)
        if sent is None or not rest:
            return sent
        return await send_messages(bot, place, rest, keyboard)

    async def _send_words(
        self,
        bot: Bot,
        place: Place,
        pages: tuple[ComposedMessage, ...],
        kept: KeptAnswer,
        phrases: Phrasebook,
    ) -> Message | None:
        return await send_messages(bot, place, pages[:1], _make_page_keyboard(kept, 0, len(pages), phrases))

    async def _turn_page(
        self, message: Message, kept: KeptAnswer, press: Press, phrases: Phrasebook
    ) -> str | None:
        """Show a page of a timeline in words in place of what a message says."""
        try:
            pages = await render_view(kept, View.TEXT, self._service, phrases)
        except NoIndexError:
            return self._asking.explain_missing_index(phrases)
        if not pages:
            return phrases.say("view.quotes_gone")
        page = min(press.page, len(pages) - 1)
        keyboard = _make_page_keyboard(kept, page, len(pages), phrases)
        done = await edit_message(
            message.get_bot(), message.chat.id, message.message_id, pages[page], keyboard
        )
        return None if done else phrases.say("view.gone")

    def _remember(self, pressed: tuple[int, int, View]) -> None:
        self._pressed[pressed] = self._clock()
        self._pressed.move_to_end(pressed)
        while len(self._pressed) > _PRESSES:
            self._pressed.popitem(last=False)


def _make_page_keyboard(
    kept: KeptAnswer, page: int, pages: int, phrases: Phrasebook
) -> InlineKeyboardMarkup | None:
    return make_keyboard(Press(View.TEXT, kept.token, page), pages, (), phrases)


def _place_below(message: MaybeInaccessibleMessage) -> Place:
    """Return where what a button leads to belongs: in reply to its message, in the same topic."""
    thread = place_of(message).thread if isinstance(message, Message) else None
    return Place(message.chat.id, thread, message.message_id)
