"""/watch and /watches: a chat says what it wants to be told of, sees what that is, and stops it by a button.

The handler table sends the commands and the presses here; alerting tells what is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.handlers.addressing import read_question
from bot.handlers.alerting import Alerting
from bot.handlers.asking import Asking
from bot.handlers.choosing import is_group_admin
from bot.handlers.pressing import answer_query
from bot.language.remarks import Remark, find_remark
from bot.language.texts import Phrasebook
from bot.memory.preferences import Preferences
from bot.memory.quiet_hours import describe_alerts
from bot.memory.state import State
from bot.memory.watches import Refusal, Watch, Watches
from bot.messages.citing import clip_line
from bot.messages.composing import BOLD, Block, Composer, pack_blocks, plain_message
from bot.messages.composing import Message as ComposedMessage
from bot.messages.digests import ALONE, LISTED, STOP, TOPIC_CHARACTERS, UNDER_DIGEST, UNDO, write_watch_press
from bot.messages.presses import VERSION
from bot.sending.delivery import edit_message, place_of, reply, send_messages
from bot.sending.signs import show_typing
from bot.settings import BotSettings
from index.datatypes import Moment
from index.errors import NoIndexError
from index.quotes.terms import content_stems, split_terms

WATCH_PATTERN = rf"^{VERSION}:q:"
"""Of callback data that belong to watches."""

MAX_TOPIC = 200
"""Characters of a topic."""

_BUTTON_CHARACTERS = 40
_LINE_CHARACTERS = 80  # of a topic in the list, which is one message


class Watching:
    """Takes watches, lists them and stops them."""

    def __init__(
        self,
        watches: Watches,
        alerting: Alerting,
        state: State,
        settings: BotSettings,
        asking: Asking,
        preferences: Preferences,
    ) -> None:
        self._watches = watches
        self._alerting = alerting
        self._state = state
        self._settings = settings
        self._asking = asking
        self._preferences = preferences

    async def watch(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/watch TOPIC: tell this place from now on what is new on a topic."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        topic = read_question(message)
        if not await self._asking.admit(message, topic, phrases, "watch.empty"):
            return
        remark = find_remark(topic)
        if remark is Remark.STOP:  # what to stop is there to choose
            await self.list_watches(update, context)
        elif len(topic) > MAX_TOPIC:
            await reply(message, phrases.say_too_long("watch.too_long", len(topic), MAX_TOPIC))
        elif remark or not content_stems(split_terms(topic)):
            await reply(message, phrases.say("watch.empty"))
        else:
            await self._add(message, topic, phrases)

    async def list_watches(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/watches: what this chat watches, with a button to stop each."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        place = place_of(message)
        text, keyboard = self._render_list(
            await self._watches.list_chat(message.chat.id), place.chat, place.thread, phrases
        )
        await send_messages(message.get_bot(), place, [text], keyboard)

    async def take_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A press: stop a watch, or bring it back; the message says so in place."""
        query = update.callback_query
        if query is None:
            return
        message = query.message
        phrases = self._preferences.phrases_at(query)
        parts = (query.data or "").split(":")
        if message is None or len(parts) != 5 or parts[3] not in (ALONE, LISTED, UNDER_DIGEST):
            await answer_query(query, phrases.say("view.outdated"), alert=True)
            return
        action, where, token = parts[2], parts[3], parts[4]
        chosen = self._preferences.of(message.chat.id)
        if chosen.admins_only and not await is_group_admin(query.get_bot(), message.chat, query.from_user.id):
            await answer_query(query, phrases.say("watch.group_admins"), alert=True)
        elif action == STOP and where == UNDER_DIGEST:
            await self._stop_digest(query, token, phrases)
        elif action == STOP:
            watch = await self._watches.stop(message.chat.id, token)
            await self._show(query, watch, where, phrases, stopped=True)
        elif action == UNDO:
            watch = await self._watches.restore(message.chat.id, token)
            await self._show(query, watch, where, phrases, stopped=False)
        else:
            await answer_query(query, phrases.say("view.outdated"), alert=True)

    async def _add(self, message: Message, topic: str, phrases: Phrasebook) -> None:
        place = place_of(message)
        try:
            async with show_typing(message.get_bot(), place, phrases.say("ask.working")):
                seen = await self._alerting.observe()
        except NoIndexError:
            await reply(message, self._asking.explain_missing_index(phrases))
            return
        language = (message.from_user.language_code if message.from_user else None) or ""
        limit = self._settings.watches_per_chat
        added = await self._watches.add(
            place.chat, place.thread, topic, language=language, seen=seen, limit=limit
        )
        if added is Refusal.FULL:
            await reply(message, phrases.say("watch.full", limit=limit))
        elif isinstance(added, Refusal):
            await reply(message, phrases.say("watch.known", topic=_clip(topic)))
        else:
            text, keyboard = self._render_watch(added, phrases)
            await send_messages(message.get_bot(), place, [text], keyboard)

    async def _show(
        self, query: CallbackQuery, watch: Watch | None, where: str, phrases: Phrasebook, *, stopped: bool
    ) -> None:
        """Edit the pressed message to the state of things."""
        message = query.message
        assert message is not None
        chat = message.chat.id
        if where == LISTED:
            thread = place_of(message).thread if isinstance(message, Message) else None
            rest = await self._watches.list_chat(chat)
            text, keyboard = self._render_list(rest, chat, thread, phrases, undo=watch if stopped else None)
        elif watch is None:
            await answer_query(query, phrases.say("watch.gone"), alert=True)
            return
        elif stopped:
            text = plain_message(phrases.say("watch.stopped", topic=_clip(watch.topic)))
            keyboard = InlineKeyboardMarkup([[_undo_button(watch, where, phrases)]])
        else:
            text, keyboard = self._render_watch(watch, phrases)
        await edit_message(query.get_bot(), chat, message.message_id, text, keyboard)
        await answer_query(query, None if watch else phrases.say("watch.gone"))

    async def _stop_digest(self, query: CallbackQuery, token: str, phrases: Phrasebook) -> None:
        """Stop the watch that a digest was sent for; the digest itself stays."""
        message = query.message
        kept = await self._state.find_answer(token)
        watch = None
        if kept is not None and isinstance(message, Message):
            place = place_of(message)
            topic = kept.result.question.asked
            found = await self._watches.find(place.chat, place.thread, topic)
            watch = await self._watches.stop(place.chat, found.token) if found else None
        key = "watch.stopped_here" if watch else "watch.gone"
        topic = _clip(watch.topic) if watch else ""
        await answer_query(query, phrases.say(key, topic=topic), alert=True)

    def _render_watch(
        self, watch: Watch, phrases: Phrasebook
    ) -> tuple[ComposedMessage, InlineKeyboardMarkup]:
        """Return what a watch will do, and the button that stops it."""
        when = describe_alerts(self._preferences.of(watch.chat), phrases)
        text = Composer().add(phrases.say("watch.added", topic=_clip(watch.topic)), BOLD).add("\n")
        text.add(phrases.say("watch.how", when=when))
        button = InlineKeyboardButton(
            phrases.say("button.stop_watch"), callback_data=write_watch_press(STOP, ALONE, watch.token)
        )
        return pack_blocks([text.build()])[0], InlineKeyboardMarkup([[button]])

    def _render_list(
        self,
        watches: Sequence[Watch],
        chat: int,
        thread: int | None,
        phrases: Phrasebook,
        *,
        undo: Watch | None = None,
    ) -> tuple[ComposedMessage, InlineKeyboardMarkup | None]:
        """Return the list of a chat's watches with a button for each, and one for what was just stopped."""
        rows = []
        blocks = []
        if watches:
            blocks.append(Composer().add(phrases.say("watches.head"), BOLD).build())
            for number, watch in enumerate(watches, 1):
                blocks.append(Block(self._describe(number, watch, thread, phrases), gap=1))
                label = phrases.say(
                    "button.stop_one", n=number, topic=clip_line(watch.topic, _BUTTON_CHARACTERS)
                )
                data = write_watch_press(STOP, LISTED, watch.token)
                rows.append([InlineKeyboardButton(label, callback_data=data)])
            blocks.append(Block(describe_alerts(self._preferences.of(chat), phrases)))
        else:
            blocks.append(Block(phrases.say("watches.none")))
        if undo is not None:
            blocks.append(Block(phrases.say("watch.stopped", topic=_clip(undo.topic))))
            rows.append([_undo_button(undo, LISTED, phrases)])
        return pack_blocks(blocks)[0], InlineKeyboardMarkup(rows) if rows else None

    def _describe(self, number: int, watch: Watch, thread: int | None, phrases: Phrasebook) -> str:
        line = f"{number}. {clip_line(watch.topic, _LINE_CHARACTERS)}"
        if watch.thread != thread:
            line = f"{line} · {phrases.say('watches.elsewhere')}"
        if not watch.told:
            return f"{line} · {phrases.say('watches.untold')}"
        told = phrases.write_day(Moment.at(_moment(watch.told)).day)
        return f"{line} · {phrases.say('watches.told', day=told)}"


def _undo_button(watch: Watch, where: str, phrases: Phrasebook) -> InlineKeyboardButton:
    data = write_watch_press(UNDO, where, watch.token)
    return InlineKeyboardButton(phrases.say("button.undo"), callback_data=data)


def _clip(topic: str) -> str:
    return clip_line(topic, TOPIC_CHARACTERS)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
