"""What a chat has chosen: how many quotes, who may ask, whether a question mark is enough.

Kept in the state. Before an update is handled, the choices of its chat are read into memory, where filters
and handlers find them; another process's change is seen with the next update.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from telegram import CallbackQuery, Message

from bot.language.texts import Phrasebook, find_phrasebook
from bot.memory.state import State


@dataclass(frozen=True, slots=True)
class ChatPreferences:
    """One chat's choices.

    Attributes:
        quotes: quotes that an answer shows at first; 0 follows the configuration.
        open_questions: whether, in a group, a message that ends in a question mark is a question to the bot.
        admins_only: whether, in a group, only its admins may ask.
        language: of the interface; empty follows the person.
        alert_hours: least hours between two alerts of one watch; 0 for one after each refresh.
        quiet_hours: hours in which no alert is sent, as `22-7`; empty for none.
        utc_offset: minutes that the chat's clocks are ahead of UTC, for its quiet hours.
    """

    quotes: int = 0
    open_questions: bool = False
    admins_only: bool = False
    language: str = ""
    alert_hours: int = 0
    quiet_hours: str = ""
    utc_offset: int = 0


DEFAULT = ChatPreferences()

REMEMBERED = 20_000
"""Chats whose choices stay in memory, those of the latest updates; more than can be at work at once."""


class Preferences:
    """The choices of all chats; a chat that has chosen nothing is not kept."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._chats: OrderedDict[int, ChatPreferences] = OrderedDict()

    async def prepare(self, *chats: int) -> None:
        """Bring the choices of chats into memory, as they are now; `of` then returns them."""
        for chat, table in (await self._state.find_choices(*chats)).items():
            self._chats[chat] = _read(table)
            self._chats.move_to_end(chat)
        while len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)

    def of(self, chat: int) -> ChatPreferences:
        """Return a chat's choices; those of a chat that was not prepared are the defaults."""
        return self._chats.get(chat, DEFAULT)

    def phrases_for(self, chat: int | None, language: str | None) -> Phrasebook:
        """Return the phrasebook that a chat has chosen, else that of a language code, else English."""
        chosen = self.of(chat).language if chat is not None else ""
        return find_phrasebook(chosen or language)

    def phrases_of(self, message: Message) -> Phrasebook:
        """Return the phrasebook in which to answer a message."""
        return self.phrases_for(
            message.chat.id, message.from_user.language_code if message.from_user else None
        )

    def phrases_at(self, query: CallbackQuery) -> Phrasebook:
        """Return the phrasebook in which to answer a press."""
        chat = query.message.chat.id if query.message is not None else None
        return self.phrases_for(chat, query.from_user.language_code)

    async def change(self, chat: int, **choices: Any) -> ChatPreferences:
        """Keep some choices of a chat and return all of them."""
        changed = replace(await self._find(chat), **choices)
        if changed == DEFAULT:
            await self.forget(chat)
        else:
            await self._state.keep_chat(chat, asdict(changed))
            await self.prepare(chat)
        return changed

    async def has_chosen(self, chat: int) -> bool:
        """Whether a chat has chosen anything."""
        return await self._find(chat) != DEFAULT

    async def forget(self, chat: int) -> bool:
        """Delete a chat's choices and say whether there were any."""
        gone = await self._state.forget_chat(chat)
        await self.prepare(chat)
        return gone

    async def move(self, old: int, new: int) -> None:
        """Carry a group's choices over to the supergroup that it became; a second call changes nothing."""
        chosen = await self._find(old)
        if chosen != DEFAULT:
            await self.change(new, **asdict(chosen))
            await self.forget(old)

    async def _find(self, chat: int) -> ChatPreferences:
        return _read((await self._state.find_choices(chat))[chat])


def _read(table: dict[str, Any]) -> ChatPreferences:
    """Return kept choices; what another release kept under an unknown name is left out."""
    known = {field.name for field in fields(ChatPreferences)}
    return ChatPreferences(**{name: value for name, value in table.items() if name in known})
