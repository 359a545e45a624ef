"""Updates side by side, but one after another within a chat, and each of them once.

The application hands it every update; python-telegram-bot calls it in the order of arrival.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.memory.arrivals import LOOK_SECONDS, Arrivals, Claim
from bot.memory.preferences import Preferences
from bot.memory.vault import VaultError

_LOG = logging.getLogger(__name__)

REMEMBERED = 4096
"""Update ids that are remembered, so that one that is delivered twice is processed once."""

_WAITING = 1_000_000  # updates that may wait for their chat's turn; they hold no place meanwhile


class OrderedUpdateProcessor(BaseUpdateProcessor):
    """Processes updates of different chats concurrently and those of one chat in the order of arrival.

    An update that Telegram delivers a second time, after a lost confirmation, is left out. An update that
    waits for its chat's turn takes no place from other chats.

    Args:
        places: updates in work at once, over all chats.
        preferences: whose choices for the chat and the person are brought into memory before each update.
        arrivals: where other processes serve the same bot, or did before a restart.
        concerns: whether an update is for the bot; of others nothing is kept.
    """

    def __init__(
        self,
        places: int,
        preferences: Preferences | None = None,
        arrivals: Arrivals | None = None,
        concerns: Callable[[Update], bool] = lambda update: True,
    ) -> None:
        super().__init__(_WAITING)
        self._places = asyncio.Semaphore(places)
        self._preferences = preferences
        self._arrivals = arrivals
        self._concerns = concerns
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine once every earlier update of the same chat is done."""
        if not isinstance(update, Update):
            async with self._places:
                await coroutine
            return
        if not self._is_new(update.update_id):
            _leave_out(update, coroutine)
            return
        key = _find_key(update)
        claiming = asyncio.create_task(self._claim(update, key))  # now: other processes' updates wait for it
        while True:
            async with self._in_order(key):
                claim = await claiming
                if claim is Claim.DONE:
                    _leave_out(update, coroutine)
                    return
                if claim is Claim.MINE and await self._begin(update, key):
                    await self._handle(update, coroutine)
                    return
            # Not while holding the chat: an update behind this one may be what the other process waits for.
            await asyncio.sleep(LOOK_SECONDS)
            if claim is Claim.ELSEWHERE:
                claiming = asyncio.create_task(self._claim(update, key))

    async def _handle(self, update: Update, coroutine: Awaitable[Any]) -> None:
        try:
            async with self._places:
                await self._prepare(update)
                await coroutine
        finally:
            await self._leave(update)

    def _is_new(self, number: int) -> bool:
        if number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    @asynccontextmanager
    async def _in_order(self, key: int | None) -> AsyncIterator[None]:
        """Wait for the chat's turn in this process."""
        if key is None:
            yield
            return
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            async with lock:  # asyncio's lock wakes its waiters first come, first served
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]

    async def _claim(self, update: Update, key: int | None) -> Claim:
        """Take an update, if it is to be had, and return whose it is."""
        if self._arrivals is None:
            return Claim.MINE
        await self._prepare(update)  # what concerns the bot depends on what the chat has chosen
        if not self._concerns(update):
            return Claim.MINE
        try:
            return await self._arrivals.claim(update.update_id, key, update.to_json())
        except sqlite3.Error:  # better handled twice than not at all
            _LOG.exception("update %d could not be entered", update.update_id)
            return Claim.MINE

    async def _begin(self, update: Update, key: int | None) -> bool:
        """Whether other processes have nothing under way in the chat that goes before the update."""
        if self._arrivals is None or key is None:
            return True
        try:
            return await self._arrivals.begin(update.update_id, key)
        except sqlite3.Error:
            _LOG.exception("update %d does not wait for its turn", update.update_id)
            return True

    async def _leave(self, update: Update) -> None:
        if self._arrivals is None:
            return
        try:
            await self._arrivals.leave(update.update_id)
        except sqlite3.Error:
            _LOG.exception("update %d could not be marked as done", update.update_id)

    async def _prepare(self, update: Update) -> None:
        """Bring into memory what the chat and the person have chosen, which filters ask for."""
        if self._preferences is None:
            return
        places = {place.id for place in (update.effective_chat, update.effective_user) if place is not None}
        try:
            await self._preferences.prepare(*places)
        except (sqlite3.Error, VaultError):
            _LOG.exception("the choices of a chat cannot be read; the defaults take their place")


def _leave_out(update: Update, coroutine: Awaitable[Any]) -> None:
    _LOG.info("update %d came twice", update.update_id)
    if isinstance(coroutine, Coroutine):
        coroutine.close()


def _find_key(update: Update) -> int | None:
    """Return the chat that an update belongs to, else the person, else None.

    An inline query belongs to no chat, and its person's questions do not wait for what is half typed.
    """
    if update.inline_query is not None:
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
