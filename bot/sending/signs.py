"""Signs that the bot is at work: the typing sign, and in private a draft where the work takes long.

Handlers show them while they wait for an answer; pacing leaves them out where Telegram's rates are used up.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.sending.delivery import Place

_LOG = logging.getLogger(__name__)

TYPING_INTERVAL = 4.5
"""Seconds between two typing signs; Telegram shows one for five."""

DRAFT_DELAY = 1.5
"""Seconds of work after which a draft takes the typing sign's place."""

DRAFT_INTERVAL = 20.0
"""Seconds between two drafts; Telegram shows one for thirty."""


@asynccontextmanager
async def show_typing(bot: Bot, place: Place, draft: str | Callable[[], str]) -> AsyncIterator[None]:
    """Show that the bot is at work until the block is left.

    Args:
        draft: in a private chat, shown as a draft in the answer's place where the work takes long; a
            function is asked for it each time that it is shown.
    """
    task = asyncio.create_task(_keep_typing(bot, place, draft))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_typing(bot: Bot, place: Place, draft: str | Callable[[], str]) -> None:
    try:
        await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)
        await asyncio.sleep(DRAFT_DELAY)
        if place.chat > 0:  # people's chats have positive ids, groups negative ones
            await _keep_drafting(bot, place, draft)
        while True:
            await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)
            await asyncio.sleep(TYPING_INTERVAL)
    except TelegramError as error:
        _LOG.debug("no typing sign: %s", type(error).__name__)


async def _keep_drafting(bot: Bot, place: Place, draft: str | Callable[[], str]) -> None:
    """Show a draft on and on; return where Telegram takes none."""
    number = secrets.randbelow(2**31 - 1) + 1
    try:
        while True:
            text = draft if isinstance(draft, str) else draft()
            await bot.send_message_draft(place.chat, number, text, message_thread_id=place.thread)
            await asyncio.sleep(DRAFT_INTERVAL)
    except TelegramError as error:
        _LOG.debug("no draft: %s", type(error).__name__)
