"""What a chat has chosen: how many quotes, who may ask, whether a question mark is enough.

Kept in memory over the state, since filters ask on every group message; asking and the menu read it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from telegram import Message

from bot.state import State
from bot.texts import Phrasebook, find_phrasebook


@dataclass(frozen=True, slots=True)
class ChatPreferences:
    """One chat's choices.

    Attributes:
        quotes: quotes that an answer shows at first; 0 follows the configuration.
        open_questions: whether, in a group, a message that ends in a question mark is a question to the bot.
        admins_only: whether, in a group, only its admins may ask.
        language: of the interface; empty follows the person.
    """

    quotes: int = 0
    open_questions: bool = False
    admins_only: bool = False
    language: str = ""


DEFAULT = ChatPreferences()


class Preferences:
    """The choices of all chats; a chat that has chosen nothing is not kept."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._chats: dict[int, ChatPreferences] = {}

    async def load(self) -> None:
        """Read all choices; called once, after the state is open."""
        self._chats = {chat: _read(table) for chat, table in (await self._state.list_chats()).items()}

    def of(self, chat: int) -> ChatPreferences:
        """Return a chat's choices."""
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

    async def change(self, chat: int, **choices: Any) -> ChatPreferences:
        """Keep some choices of a chat and return all of them."""
        changed = replace(self.of(chat), **choices)
        if changed == DEFAULT:
            await self.forget(chat)
        else:
            self._chats[chat] = changed
            await self._state.keep_chat(chat, asdict(changed))
        return changed

    async def forget(self, chat: int) -> bool:
        """Delete a chat's choices and say whether there were any."""
        self._chats.pop(chat, None)
        return await self._state.forget_chat(chat)

    async def move(self, old: int, new: int) -> None:
        """Carry a group's choices over to the supergroup that it became; a second call changes nothing."""
        chosen = self._chats.get(old)
        if chosen is not None:
            await self.change(new, **asdict(chosen))
            await self.forget(old)


def _read(table: dict[str, Any]) -> ChatPreferences:
    """Return kept choices; what another release kept under an unknown name is left out."""
    known = {field.name for field in fields(ChatPreferences)}
    return ChatPreferences(**{name: value for name, value in table.items() if name in known})
