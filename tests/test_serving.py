"""Serving: addresses that cannot be had, webhooks that are refused, and an end that leaves nothing undone."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace

import httpx
import pytest
from telegram.error import NetworkError

from bot.application import build_application
from bot.memory.arrivals import Arrivals
from bot.serving import serving
from bot.settings import BotSettings
from index.errors import ConfigError
from tests.api_server import find_port
from tests.fakes import FakeAnswerer
from tests.stage import compose_collaborators
from tests.telegram_checks import ANN, TOKEN, RecordingRequest, make_message

PUBLIC = "https://bot.example"


def compose(folder, answerer, **tables):
    """Return a bot that takes updates by webhook, and its recording request."""
    settings = BotSettings.model_validate({"base": folder, **tables})
    collaborators = compose_collaborators(folder, settings, lambda: answerer)
    collaborators = replace(collaborators, arrivals=Arrivals(collaborators.state))
    request = RecordingRequest()
    application = build_application(
        collaborators, TOKEN, request=request, updates_request=request, flood_control=False
    )
    return application, collaborators, request


async def post(port, secret, number, text):
    """Deliver a message as Telegram does and return the status code."""
    update = {"update_id": number, "message": make_message(ANN, ANN, text, number)}
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with httpx.AsyncClient() as client:
        return (
            await client.post(f"http://127.0.0.1:{port}/telegram", json=update, headers=headers)
        ).status_code


async def test_a_webhook_is_set_and_listened_to(tmp_path):
    """The webhook has the address, the secret, the kinds of update and the connections of the settings."""
    webhook = {"url": PUBLIC, "port": find_port(), "max_connections": 7}
    application, collaborators, request = compose(
        tmp_path, FakeAnswerer(), webhook=webhook, webhook_secret="of-our-own"
    )
    async with serving(application, collaborators):
        (call,) = [call for call in request.calls if call.method == "setWebhook"]
        assert call.values["url"] == f"{PUBLIC}/telegram"
        assert call.values["secret_token"] == "of-our-own"
        assert call.values["max_connections"] == 7
        assert "callback_query" in call.values["allowed_updates"]
        assert not call.values.get("drop_pending_updates")
        assert await post(webhook["port"], "of-our-own", 1, "Is the bridge lost?") == 200
        assert await post(webhook["port"], "not-ours", 2, "Is the bridge lost?") == 403
        assert await post(webhook["port"], "of-our-own", 1, "Is the bridge lost?") == 200
        await application.update_queue.join()
        sent = [call.text[:10] for call in request.calls if call.method == "sendMessage"]
    assert sent == ["⚖ Disputed"]
    assert not [call for call in request.calls if call.method == "deleteWebhook"]


async def test_the_end_finishes_what_was_taken(tmp_path):
    """Every update that was acknowledged before the end is answered before the process is gone."""
    answerer = FakeAnswerer()
    webhook = {"url": PUBLIC, "port": find_port()}
    application, collaborators, request = compose(
        tmp_path, answerer, webhook=webhook, webhook_secret="of-our-own"
    )
    answerer.gate.clear()
    async with serving(application, collaborators):
        for number in range(1, 6):
            assert await post(webhook["port"], "of-our-own", number, "Is the bridge lost?") == 200
        asyncio.get_running_loop().call_later(0.2, answerer.gate.set)
    sent = [call for call in request.calls if call.method == "sendMessage"]
    assert len(sent) == 5
    with pytest.raises(httpx.ConnectError):
        await post(webhook["port"], "of-our-own", 6, "Is the bridge lost?")


# Tornado leaves a socket that could not be bound to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("table", ["webhook", "health"])
async def test_an_address_that_is_taken_is_named(tmp_path, table):
    """Where another program listens already, the start ends with the address and the reason."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        tables = {"webhook": {"url": PUBLIC, "port": port if table == "webhook" else find_port()}}
        if table == "health":
            tables["health"] = {"port": port}
        application, collaborators, _ = compose(tmp_path, FakeAnswerer(), **tables)
        with pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1:{port}"):
            async with serving(application, collaborators):
                pass


async def test_a_webhook_that_telegram_refuses_is_named(tmp_path, monkeypatch):
    """An address that Telegram does not take ends the start with its words; a lost connection does not."""
    monkeypatch.setattr("bot.serving._LONGEST_PAUSE", 0.0)
    webhook = {"url": PUBLIC, "port": find_port()}
    application, collaborators, request = compose(tmp_path, FakeAnswerer(), webhook=webhook)
    request.faults["setWebhook"] = [
        NetworkError("down"),
        (400, {"description": "Bad Request: bad webhook: IP address is reserved"}),
    ]
    with pytest.raises(ConfigError, match=r"(?i)ip address is reserved"):
        async with serving(application, collaborators):
            pass
