"""The health endpoint: whether this process can answer, for load balancers and supervisors.

Serving opens it before anything else and closes it last, beside long polling as well as webhooks.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.scheduling.answering import AnswerService
from bot.settings import HealthSettings
from index.errors import NoIndexError, OnrecordError

PATH = "/health"

_PATIENCE = 2.0  # seconds that the index may take to tell its state


class Health:
    """What the endpoint tells.

    Attributes:
        serving: whether updates are taken; set when the start is over, and unset when the end begins.
        updates: how they come, "polling" or "webhook".
    """

    def __init__(self, service: AnswerService, updates: str) -> None:
        self._service = service
        self.updates = updates
        self.serving = False

    async def report(self) -> tuple[int, dict[str, Any]]:
        """Return the status code, 200 or 503, and the state of this process; no names and no texts."""
        queue = self._service.queue
        state = {"updates": self.updates, "waiting": queue.waiting, "answering": queue.at_work}
        problem, index = await self._describe_index()
        if not self.serving:
            problem = "not taking updates"
        if problem is not None:
            return 503, {"status": problem, **state, **index}
        return 200, {"status": "ok", **state, **index}

    async def _describe_index(self) -> tuple[str | None, dict[str, Any]]:
        """Return what keeps the index from answering, None for nothing, and its state where it is open."""
        if not self._service.is_open:
            return "index not open yet", {}
        try:
            status = await asyncio.wait_for(self._service.status(), _PATIENCE)
        except TimeoutError:
            return "index does not answer", {}
        except NoIndexError:
            return "no index", {}
        except OnrecordError:
            return "index unusable", {}
        age = round(time.time() - status.built.timestamp())
        return None, {"generation": status.generation, "age_seconds": age, "articles": status.articles}


class _HealthHandler(RequestHandler):
    def initialize(self, report: Callable[[], Awaitable[tuple[int, dict[str, Any]]]]) -> None:
        self._report = report

    async def get(self) -> None:
        code, state = await self._report()
        self.set_status(code)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")
        self.write(json.dumps(state))


def _log_nothing(handler: RequestHandler) -> None:
    """Health is asked for every few seconds."""


@asynccontextmanager
async def health_endpoint(health: Health, settings: HealthSettings) -> AsyncIterator[None]:
    """Answer `GET /health` while the block runs, where a port is set; raise OSError where it is taken."""
    if not settings.port:
        yield
        return
    application = Application([(PATH, _HealthHandler, {"report": health.report})], log_function=_log_nothing)
    server = HTTPServer(application)
    server.listen(settings.port, address=settings.listen)
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()
