"""What Telegram itself shows of the bot: command menus and descriptions, in every language of the interface.

Set once at each start, by serving. Telegram shows a person the menu of their app's language, else the one
without a language, which is English.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine, Iterator, Sequence
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.handlers.introducing import ADMIN_COMMANDS, EVERYONE_COMMANDS
from bot.language.catalogues import SOURCE
from bot.language.texts import PHRASEBOOKS, Phrasebook

_LOG = logging.getLogger(__name__)

_GROUPS_ONLY = frozenset({"ask"})  # in private every text is a question

Setting = tuple[str, Coroutine[Any, Any, bool]]
"""What is set, for the log, and the call that sets it."""


async def set_menus(bot: Bot, admins: Sequence[int]) -> None:
    """Set the menus, for private chats, for groups and for each admin, and the descriptions.

    What Telegram refuses is logged and left out, as the menu of an admin who has never written to the bot.
    Where it asks for patience, or cannot be reached, the rest waits for the next start.
    """
    for name, call in _list_settings(bot, admins):
        try:
            await call
        except TelegramError as error:
            _LOG.warning("%s could not be set: %s", name, error)
            if isinstance(error, RetryAfter | TimedOut) or type(error) is NetworkError:
                return


def _list_settings(bot: Bot, admins: Sequence[int]) -> Iterator[Setting]:
    """Yield the calls, one at a time: each is made to be awaited before the next."""
    private = [name for name in EVERYONE_COMMANDS if name not in _GROUPS_ONLY]
    scopes: list[tuple[str, BotCommandScope, Sequence[str]]] = [
        ("the menu of private chats", BotCommandScopeAllPrivateChats(), private),
        ("the menu of groups", BotCommandScopeAllGroupChats(), EVERYONE_COMMANDS),
        *(
            ("the menu of an admin", BotCommandScopeChat(admin), [*private, *ADMIN_COMMANDS])
            for admin in admins
        ),
    ]
    for language, phrases in PHRASEBOOKS.items():
        code = None if language == SOURCE else language
        yield (
            f"the description ({language})",
            bot.set_my_description(phrases.say("describe.long"), language_code=code),
        )
        yield (
            f"the short description ({language})",
            bot.set_my_short_description(phrases.say("describe.short"), language_code=code),
        )
        for name, scope, commands in scopes:
            described = _describe_commands(commands, phrases)
            yield f"{name} ({language})", bot.set_my_commands(described, scope, language_code=code)


def _describe_commands(names: Sequence[str], phrases: Phrasebook) -> list[BotCommand]:
    return [BotCommand(name, phrases.say(f"command.{name}")) for name in names]
