"""The health endpoint: well, starting, without an index, with an unusable one; and what it does not tell."""

from __future__ import annotations

import json
import threading

import httpx
import pytest
from tornado.httpserver import HTTPServer

from bot.health import Health, health_endpoint
from bot.scheduling.answering import AnswerService
from bot.settings import HealthSettings
from index.errors import CorruptIndexError, NoIndexError
from tests.api_server import find_port
from tests.fakes import FakeAnswerer


@pytest.fixture
def answerer():
    """An index that a test can break."""
    return FakeAnswerer()


@pytest.fixture
def service(answerer):
    """A service over it, not opened yet."""
    made = AnswerService(lambda: answerer, 2)
    yield made
    made.close()


async def test_it_is_ill_until_it_serves_and_the_index_is_open(service):
    """503 while the model loads, and until updates are taken; then 200 with generation and age."""
    health = Health(service, "polling")
    assert (await health.report())[0] == 503
    health.serving = True
    code, state = await health.report()
    assert (code, state["status"]) == (503, "index not open yet")
    await service.open()
    code, state = await health.report()
    assert (code, state["status"]) == (200, "ok")
    assert {name: state[name] for name in ("updates", "generation", "articles", "waiting", "answering")} == {
        "updates": "polling",
        "generation": 1,
        "articles": 2,
        "waiting": 0,
        "answering": 0,
    }
    assert state["age_seconds"] > 0
    health.serving = False
    code, state = await health.report()
    assert (code, state["status"]) == (503, "not taking updates")


@pytest.mark.parametrize(
    ("error", "words"), [(NoIndexError("x"), "no index"), (CorruptIndexError("x"), "index unusable")]
)
async def test_an_index_that_cannot_answer_is_ill(service, answerer, error, words):
    """An index that has become unusable is told as such."""
    await service.open()

    def fail():
        raise error

    answerer.status = fail
    health = Health(service, "webhook")
    health.serving = True
    code, state = await health.report()
    assert (code, state["status"], state["updates"]) == (503, words, "webhook")


async def test_it_counts_who_waits(service, answerer):
    """The queue's length is told while questions are at work."""
    await service.open()
    tickets = [service.join_queue(number) for number in range(5)]
    health = Health(service, "polling")
    health.serving = True
    _, state = await health.report()
    assert (state["waiting"], state["answering"]) == (3, 2)
    for ticket in tickets:
        await ticket.wait()
        service.queue.finish()
    _, state = await health.report()
    assert (state["waiting"], state["answering"]) == (0, 0)


async def test_an_index_that_hangs_is_ill(service, answerer, monkeypatch):
    """A status that does not come within the time set is told, and does not hold the endpoint up."""
    monkeypatch.setattr("bot.health._PATIENCE", 0.05)
    await service.open()
    released = threading.Event()
    known = answerer.status

    def hang():
        released.wait(10)
        return known()

    answerer.status = hang
    health = Health(service, "polling")
    health.serving = True
    code, state = await health.report()
    released.set()
    assert (code, state["status"]) == (503, "index does not answer")


async def test_over_http(service):
    """GET /health answers in JSON that is not cached; every other path is not found."""
    health = Health(service, "polling")
    settings = HealthSettings(port=find_port())
    async with health_endpoint(health, settings), httpx.AsyncClient() as client:
        base = f"http://127.0.0.1:{settings.port}"
        ill = await client.get(f"{base}/health")
        await service.open()
        health.serving = True
        well = await client.get(f"{base}/health")
        other = await client.get(f"{base}/")
        written = await client.post(f"{base}/health")
    assert (ill.status_code, well.status_code, other.status_code, written.status_code) == (503, 200, 404, 405)
    assert json.loads(well.content)["status"] == "ok"
    assert well.headers["Cache-Control"] == "no-store"


async def test_port_0_opens_nothing(service, monkeypatch):
    """Without a port there is no endpoint; with one there is one server."""
    opened = []
    monkeypatch.setattr(HTTPServer, "listen", lambda server, port, address: opened.append(port))
    for port in (0, 8123):
        async with health_endpoint(Health(service, "polling"), HealthSettings(port=port)):
            pass
    assert opened == [8123]
