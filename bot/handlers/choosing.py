"""/settings: an inline menu in which a chat chooses, in groups by their admins only.

The handler table sends the command and the presses of the menu here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.constants import ChatID, ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import ContextTypes

from bot.handlers.pressing import answer_query
from bot.language.texts import PHRASEBOOKS, Phrasebook
from bot.memory.preferences import Preferences
from bot.memory.quiet_hours import (
    ALERT_HOURS,
    QUIET_HOURS,
    UTC_OFFSETS,
    tell_local_time,
    write_offset,
    write_quiet_hours,
)
from bot.messages.composing import BOLD, Composer, pack_blocks
from bot.messages.composing import Message as ComposedMessage
from bot.messages.presses import VERSION
from bot.sending.delivery import edit_message, place_of, reply, send_messages
from bot.settings import BotSettings

MENU_PATTERN = rf"^{VERSION}:s:"
"""Of callback data that belong to the menu."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu.

    Attributes:
        values: what a press goes through, in order and round again; the first is the default.
        both_ways: whether a second button goes through them backwards.
        needs: the choice without which this one means nothing, and is not offered.
    """

    name: str
    values: tuple[int | bool | str, ...]
    in_private: bool = True
    both_ways: bool = False
    needs: str = ""


def list_choices(private: bool) -> tuple[Choice, ...]:
    """Return the lines of the menu of a private chat or of a group."""
    choices = [Choice("quotes", (0, 1, 2, 3, 4, 5))]
    choices.append(Choice("language", ("", *PHRASEBOOKS)))
    choices.append(Choice("open_questions", (False, True), in_private=False))
    choices.append(Choice("admins_only", (False, True), in_private=False))
    choices.append(Choice("alert_hours", ALERT_HOURS))
    choices.append(Choice("quiet_hours", QUIET_HOURS))
    choices.append(Choice("utc_offset", UTC_OFFSETS, both_ways=True, needs="quiet_hours"))
    return tuple(choice for choice in choices if choice.in_private or not private)


class Choosing:
    """Shows the menu and takes the presses."""

    def __init__(self, preferences: Preferences, settings: BotSettings) -> None:
        self._preferences = preferences
        self._settings = settings

    async def show_menu(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/settings: show the menu to whoever may use it."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        if not await may_choose(message):
            await reply(message, phrases.say("settings.group_admins"))
            return
        text, keyboard = self._render(message.chat, phrases)
        await send_messages(message.get_bot(), place_of(message), [text], keyboard)

    async def take_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A press in the menu: go on to the choice's next value."""
        query = update.callback_query
        if query is None:
            return
        message = query.message
        phrases = self._preferences.phrases_at(query)
        choice, value = self._find_choice(query)
        if choice is None or message is None:
            await answer_query(query, phrases.say("view.outdated"), alert=True)
        elif not await is_group_admin(query.get_bot(), message.chat, query.from_user.id):
            await answer_query(query, phrases.say("settings.group_admins"), alert=True)
        else:
            await self._preferences.change(message.chat.id, **{choice.name: value})
            phrases = self._preferences.phrases_at(query)
            text, keyboard = self._render(message.chat, phrases)
            await edit_message(query.get_bot(), message.chat.id, message.message_id, text, keyboard)
            switched_on = choice.name == "open_questions" and bool(value)
            unseen = switched_on and not await sees_all(message)
            note = phrases.say("settings.open_questions.unseen") if unseen else None
            await answer_query(query, note, alert=unseen)

    def _find_choice(self, query: CallbackQuery) -> tuple[Choice | None, int | bool | str]:
        """Return the choice and the value that a button stands for."""
        parts = (query.data or "").split(":")
        private = query.message is not None and query.message.chat.type == ChatType.PRIVATE
        for choice in list_choices(private):
            if len(parts) == 4 and parts[2] == choice.name and parts[3].isdecimal():
                number = int(parts[3])
                if number < len(choice.values):
                    return choice, choice.values[number]
        return None, ""

    def _render(self, chat: Chat, phrases: Phrasebook) -> tuple[ComposedMessage, InlineKeyboardMarkup]:
        chosen = self._preferences.of(chat.id)
        private = chat.type == ChatType.PRIVATE
        head = "settings.private" if private else "settings.group"
        text = Composer().add(phrases.say("settings.head"), BOLD).add("\n").add(phrases.say(head)).build()
        rows = []
        for choice in list_choices(private):
            if choice.needs and not getattr(chosen, choice.needs):
                continue
            value = getattr(chosen, choice.name)
            number = choice.values.index(value) if value in choice.values else 0
            label = f"{phrases.say(f'settings.{choice.name}')}: {self._name_value(choice, value, phrases)}"
            rows.append([_make_button(label, choice, number + 1)])
            if choice.both_ways:
                rows[-1].insert(0, _make_button("‹", choice, number - 1))
        return pack_blocks([text])[0], InlineKeyboardMarkup(rows)

    def _name_value(self, choice: Choice, value: object, phrases: Phrasebook) -> str:
        if choice.name == "quotes":
            return str(value or self._settings.shown_quotes)
        if choice.name == "language":
            return PHRASEBOOKS[str(value)].name if value else phrases.say("settings.automatic")
        if choice.name == "quiet_hours":
            return write_quiet_hours(str(value)) if value else phrases.say("settings.quiet_hours.none")
        if choice.name == "utc_offset":
            offset = int(str(value))
            return f"{tell_local_time(offset, datetime.now(UTC)):%H:%M} ({write_offset(offset)})"
        if choice.name == "alert_hours":
            return phrases.say(f"settings.alert_hours.{value}")
        return phrases.say(f"settings.{choice.name}.{'on' if value else 'off'}")


def _make_button(label: str, choice: Choice, number: int) -> InlineKeyboardButton:
    """Return the button that chooses a value by its number, counted round and round."""
    data = f"{VERSION}:s:{choice.name}:{number % len(choice.values)}"
    return InlineKeyboardButton(label, callback_data=data)


async def sees_all(message: MaybeInaccessibleMessage) -> bool:
    """Whether Telegram shows the bot all messages of a group: without privacy mode, or to an admin."""
    bot = message.get_bot()
    return bool(bot.bot.can_read_all_group_messages) or await is_group_admin(bot, message.chat, bot.id)


async def may_choose(message: Message) -> bool:
    """Whether a message's writer may choose for its chat: anybody in private, in a group its admins."""
    if message.sender_chat is not None:  # the group itself speaks: an anonymous admin
        return message.sender_chat.id == message.chat.id
    if message.from_user is None:
        return False
    return await is_group_admin(message.get_bot(), message.chat, message.from_user.id)


async def is_group_admin(bot: Bot, chat: Chat, person: int) -> bool:
    """Whether a person is an admin of a group; everybody is one of their own private chat."""
    if chat.type == ChatType.PRIVATE:
        return True
    if person == ChatID.ANONYMOUS_ADMIN:
        return True
    try:
        member = await bot.get_chat_member(chat.id, person)
    except (
        BadRequest
    ):  # of a group that hides its members, all that an ordinary member is told is who leads it
        return await _is_listed_admin(bot, chat, person)
    except Forbidden:
        return False
    return member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def _is_listed_admin(bot: Bot, chat: Chat, person: int) -> bool:
    try:
        admins = await bot.get_chat_administrators(chat.id)
    except (BadRequest, Forbidden):
        return False
    return any(member.user.id == person for member in admins)
