"""A Bot API server on loopback: takes calls over HTTP, checks and records them, and hands out updates."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from telegram.request import RequestData

from tests.telegram_checks import Call, RecordingRequest


@dataclass
class ApiServer:
    """What a bot called, and what it is to be told.

    Attributes:
        url: base URL of the server.
        webhook: what the bot set last; empty where it takes updates by polling.
        confirmed: number of the next update that is wanted, by getUpdates.
    """

    recorder: RecordingRequest = field(default_factory=RecordingRequest)
    url: str = ""
    webhook: dict[str, Any] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    confirmed: int = 0

    def list_calls(self, method: str) -> list[Call]:
        """Return the calls of one method, in order."""
        return [call for call in self.recorder.calls if call.method == method]

    async def wait_for(self, method: str, count: int, seconds: float = 20.0) -> list[Call]:
        """Wait until a method has been called so often, and return its calls."""
        for _ in range(int(seconds * 50)):
            if len(self.list_calls(method)) >= count:
                break
            await asyncio.sleep(0.02)
        return self.list_calls(method)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call."""
        method, form = request.match_info["method"], await request.post()
        values = {name: _read_value(str(value)) for name, value in form.items()}
        if method == "setWebhook":
            self.webhook = values
        elif method == "deleteWebhook":
            self.webhook = {}
        elif method == "getUpdates":
            return await self._give_updates(values)
        code, payload = await self.recorder.do_request(method, "POST", _FormData(values))
        return web.Response(body=payload, status=code, content_type="application/json")

    async def _give_updates(self, values: dict[str, Any]) -> web.Response:
        if self.webhook:
            problem = "Conflict: can't use getUpdates method while webhook is active"
            return web.json_response({"ok": False, "error_code": 409, "description": problem}, status=409)
        self.confirmed = max(self.confirmed, int(values.get("offset", 0)))
        waiting = [update for update in self.updates if update["update_id"] >= self.confirmed]
        if not waiting:
            await asyncio.sleep(0.05)
        return web.json_response({"ok": True, "result": waiting})


class _FormData(RequestData):
    """Parameters as they came over the wire."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__([])
        self._values = values

    @property
    def parameters(self) -> dict[str, Any]:
        """The values by name."""
        return self._values


def _read_value(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


@asynccontextmanager
async def api_server() -> AsyncIterator[ApiServer]:
    """Run a server for the block."""
    server = ApiServer()
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", server.handle)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    try:
        yield server
    finally:
        await runner.cleanup()


def find_port() -> int:
    """Return a port of loopback that nothing listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
