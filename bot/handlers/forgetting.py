"""/forgetme: says what is kept about a person, asks, and deletes it on a press of whoever asked.

The handler table sends the command and the presses here. A button names whom it is for by their hash, so
that it works after a restart, and for nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.handlers.addressing import asker_of
from bot.handlers.choosing import is_group_admin
from bot.handlers.pressing import answer_query
from bot.language.texts import Phrasebook
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.memory.watches import Watches
from bot.messages.composing import plain_message
from bot.messages.presses import VERSION
from bot.sending.delivery import edit_message, place_of, reply, send_messages

FORGET_PATTERN = rf"^{VERSION}:f:"
"""Of callback data that belong to /forgetme."""

DELETE, KEEP = "d", "k"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept about somebody, or was."""

    answers: int
    votes: int
    watches: int
    turns: int
    settings: bool

    def describe(self, phrases: Phrasebook) -> str:
        """Return it in words; nothing where there is nothing."""
        names = ("answers", "votes", "watches", "turns")
        counts = {name: getattr(self, name) for name in names}
        parts = [phrases.count(f"forget.{name}", n) for name, n in counts.items() if n]
        if self.settings:
            parts.append(phrases.say("forget.settings"))
        return phrases.join_names(tuple(parts))


class Forgetting:
    """Asks before it deletes what is kept about a person."""

    def __init__(
        self, state: State, preferences: Preferences, conversations: Conversations, watches: Watches
    ) -> None:
        self._state = state
        self._preferences = preferences
        self._conversations = conversations
        self._watches = watches

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/forgetme: say what would be deleted, with a button that deletes it and one that does not."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        asker = asker_of(message)
        in_a_name = message.sender_chat is not None  # of the group, by an anonymous admin, or of a channel
        kept = await self._count(asker, with_chat=not in_a_name)
        what = kept.describe(phrases)
        if not what or (in_a_name and asker != message.chat.id):
            # Who writes as a channel could not be told by a press; watches that were stopped are not counted.
            gone = await self._delete(asker, with_chat=not in_a_name)
            await reply(message, _say_deleted(gone, phrases))
            return
        labels = {DELETE: "button.forget", KEEP: "button.keep"}
        name = self._state.hash_number(asker)
        row = [
            InlineKeyboardButton(phrases.say(label), callback_data=f"{VERSION}:f:{action}:{name}")
            for action, label in labels.items()
        ]
        parts = [phrases.say("forget.ask", what=what)]
        parts += [phrases.say("forget.buttons")] if kept.answers else []
        asked = plain_message(" ".join(parts))
        await send_messages(message.get_bot(), place_of(message), [asked], InlineKeyboardMarkup([row]))

    async def take_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A press: delete or keep, where it is by whoever asked; the message says so in place."""
        query = update.callback_query
        if query is None:
            return
        phrases = self._preferences.phrases_at(query)
        _, _, action, *names = (query.data or "").split(":")
        if query.message is None or action not in (DELETE, KEEP) or len(names) != 1:
            await answer_query(query, phrases.say("view.outdated"), alert=True)
            return
        asker = await self._find_asker(query, names[0])
        if asker is None:
            await answer_query(query, phrases.say("forget.others"), alert=True)
            return
        text = phrases.say("forget.kept")
        if action == DELETE:
            text = _say_deleted(await self._delete(asker, with_chat=asker == query.from_user.id), phrases)
        chat, number = query.message.chat.id, query.message.message_id
        edited = await edit_message(query.get_bot(), chat, number, plain_message(text))
        await answer_query(query, None if edited else text, alert=not edited)

    async def _find_asker(self, query: CallbackQuery, name: str) -> int | None:
        """Return whom a button is for where the presser is that person, or an admin of that group."""
        person = query.from_user.id
        if name == self._state.hash_number(person):
            return person
        chat = query.message.chat if query.message is not None else None
        if chat is None or chat.type == ChatType.PRIVATE or name != self._state.hash_number(chat.id):
            return None
        return chat.id if await is_group_admin(query.get_bot(), chat, person) else None

    async def _count(self, asker: int, *, with_chat: bool) -> _Kept:
        """Return what is kept; `with_chat`, also of the private chat, whose number is the person's.

        What a group has chosen and watches is not one admin's to delete.
        """
        counts = await self._state.count_person(asker)
        turns = await self._conversations.count_person(asker)
        watches = len(await self._watches.list_chat(asker)) if with_chat else 0
        chosen = with_chat and await self._preferences.has_chosen(asker)
        return _Kept(counts.answers, counts.votes, watches, turns, chosen)

    async def _delete(self, asker: int, *, with_chat: bool) -> _Kept:
        """Delete what `_count` counts, and return what it was."""
        counts = await self._state.forget_person(asker)
        turns = await self._conversations.forget_person(asker)
        watches = await self._watches.forget_chat(asker) if with_chat else 0
        chosen = with_chat and await self._preferences.forget(asker)
        return _Kept(counts.answers, counts.votes, watches, turns, chosen)


def _say_deleted(gone: _Kept, phrases: Phrasebook) -> str:
    what = gone.describe(phrases)
    return phrases.say("forget.done", what=what) if what else phrases.say("forget.nothing")
