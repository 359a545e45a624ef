"""Updates side by side, but one after another within a chat.

The application hands it every update; python-telegram-bot calls it in the order of arrival.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_LOG = logging.getLogger(__name__)


REMEMBERED = 4096
"""Update ids that are remembered, so that one that is delivered twice is processed once."""


class OrderedUpdateProcessor(BaseUpdateProcessor):
    """Processes updates of different chats concurrently and those of one chat in the order of arrival.

    An update that Telegram delivers a second time, after a lost confirmation, is left out.
    """

    def __init__(self, max_concurrent_updates: int) -> None:
        super().__init__(max_concurrent_updates)
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}
        self._seen: deque[int] = deque(maxlen=REMEMBERED)

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine once every earlier update of the same chat is done."""
        if isinstance(update, Update):
            if update.update_id in self._seen:
                _LOG.info("update %d came twice", update.update_id)
                if isinstance(coroutine, Coroutine):
                    coroutine.close()
                return
            self._seen.append(update.update_id)
        key = _find_key(update)
        if key is None:
            await coroutine
            return
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            async with lock:  # asyncio's lock wakes its waiters first come, first served
                await coroutine
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]


def _find_key(update: object) -> int | None:
    """Return the chat that an update belongs to, else the person, else None.

    An inline query belongs to no chat, and its person's questions do not wait for what is half typed.
    """
    if not isinstance(update, Update) or update.inline_query is not None:
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
