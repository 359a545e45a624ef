"""Lines on which updates come to the bot and its calls come back: the recording request, and loopback HTTP.

Players of a scripted conversation use them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from bot.application import build_application
from bot.serving import serving
from bot.settings import BotSettings
from tests.fakes import FakeAnswerer
from tests.stage import UNLIMITED, Stage, compose_collaborators, on_stage
from tests.telegram_checks import OWNER, TOKEN, Call
from tests.test_emulator import DialectRequest

Table = dict[str, Any]


class RecordedLine:
    """The recording request: every call passes all of its checks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stage: Stage | None = None
        self._running: AbstractAsyncContextManager[Stage] | None = None

    async def start(self) -> None:
        """Start the bot, anew after a stop; the numbers of updates go on."""
        number = self._stage.next_update if self._stage is not None else 1
        self._running = on_stage(self._folder, admins=(OWNER,))
        self._stage = await self._running.__aenter__()
        self._stage.next_update = number

    async def stop(self) -> None:
        """Stop the bot."""
        assert self._running is not None
        await self._running.__aexit__(None, None, None)

    async def deliver(self, update: Table, *, again: bool = False) -> list[Call]:
        """Deliver an update and return the calls it led to."""
        assert self._stage is not None
        if again:
            self._stage.next_update -= 1
        before = len(self._stage.request.calls)
        await self._stage.put(update)
        await self._stage.application.update_queue.join()
        return self._stage.request.calls[before:]

    async def refresh(self, number: int) -> list[Call]:
        """Let a report come into the index and look for alerts, as the clock does."""
        assert self._stage is not None
        if number:
            text = f"Part {number} of the bridge at Varn was opened."
            self._stage.answerer.add(f"n{number}", f"Varn bridge, part {number}", text)
        return await self._stage.check_alerts()


class HttpLine:
    """Loopback HTTP to the emulator, which the bot polls."""

    def __init__(self, folder: Path, port: int, emulator: LoBotApiEmulator) -> None:
        settings = BotSettings(api_url=f"http://127.0.0.1:{port}", admins=(OWNER,), base=folder, **UNLIMITED)
        self.collaborators = compose_collaborators(folder, settings, FakeAnswerer)
        self.request = DialectRequest()
        self.application = build_application(
            self.collaborators, TOKEN, request=self.request, updates_request=DialectRequest()
        )
        self._emulator = emulator

    async def refresh(self, number: int) -> list[Call]:
        """Reports come in by the clock, which is not waited for here."""
        raise AssertionError("what the clock does is left out over HTTP")

    async def deliver(self, update: Table, *, again: bool = False) -> list[Call]:
        """Queue an update at the emulator and return the calls that it led to once it is dealt with."""
        before = len(self.request.log)
        await self._emulator.enqueue_update(update, token=TOKEN)
        for _ in range(1000):
            if not self._emulator._update_queues.info(TOKEN)["pending_update_count"]:
                break
            await asyncio.sleep(0.01)
        else:
            raise AssertionError("the bot never confirmed the update")
        await self.application.update_queue.join()
        refused = [(name, code) for name, _, code in self.request.log[before:] if code != 200]
        assert not refused, refused
        return [Call(name, values) for name, values, _ in self.request.log[before:]]


@asynccontextmanager
async def at_emulator(folder: Path) -> AsyncIterator[HttpLine]:
    """Run the emulator and the bot, both on loopback."""
    emulator = LoBotApiEmulator()
    runner = web.AppRunner(emulator.app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    line = HttpLine(folder, runner.addresses[0][1], emulator)
    try:
        async with serving(line.application, line.collaborators):
            yield line
    finally:
        await runner.cleanup()
