"""Rates: messages wait for their turn, and signs of waiting never take a message's place."""

from __future__ import annotations

import asyncio
import time

import pytest
from telegram.error import RetryAfter

from bot.sending.pacing import Pacing, in_turn

GROUP = -1001234567890


class Server:
    """Counts the calls that come through."""

    def __init__(self, failure=None):
        self.calls = []
        self.failure = failure

    async def answer(self, method):
        self.calls.append(method)
        if self.failure is not None:
            raise self.failure
        return True


async def call(pacing, server, method, chat):
    """Make a call as the bot makes it."""
    return await pacing.process_request(server.answer, (method,), {}, method, {"chat_id": chat}, None)


@pytest.fixture
def new_durations(monkeypatch):
    """The library's coming type for pauses; with its present one it warns, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def test_message_does_not_wait_behind_signs():
    """Two hundred typing signs at once hold no message up; those for which there is no room are left out."""
    pacing, server = Pacing(3), Server()
    began = time.monotonic()
    await asyncio.gather(*(call(pacing, server, "sendChatAction", chat) for chat in range(1, 201)))
    await call(pacing, server, "sendMessage", 7)
    assert time.monotonic() - began < 3.0  # counted together it takes 5.7 s
    assert server.calls[-1] == "sendMessage"
    assert 30 <= server.calls.count("sendChatAction") < 150


async def test_quick_message_does_not_wait_behind_answers():
    """While two hundred answers wait for Telegram's rate, another message goes out at once."""
    pacing, server = Pacing(3), Server()

    async def answer(chat):
        with in_turn():
            await call(pacing, server, "sendMessage", chat)

    answers = [asyncio.create_task(answer(chat)) for chat in range(1, 201)]
    await asyncio.sleep(0.05)
    for chat in (1001, 1002, 1003):
        await asyncio.wait_for(call(pacing, server, "sendMessage", chat), 2.0)
    assert len(server.calls) < 150
    for task in answers:
        task.cancel()
    await asyncio.gather(*answers, return_exceptions=True)


async def test_signs_use_up_no_group_rate():
    """In a group, signs do not count among the twenty messages a minute."""
    pacing, server = Pacing(3), Server()
    for _ in range(25):
        await call(pacing, server, "sendChatAction", GROUP)
    await asyncio.wait_for(
        asyncio.gather(*(call(pacing, server, "sendMessage", GROUP) for _ in range(20))), 2
    )
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(call(pacing, server, "sendMessage", GROUP), 0.2)


async def test_refused_sign_is_not_tried_again(new_durations):
    """A sign that Telegram refuses for its rate is given up at once; a message is tried again."""
    pacing, server = Pacing(1), Server(RetryAfter(0))
    with pytest.raises(RetryAfter):
        await call(pacing, server, "sendChatAction", 7)
    assert server.calls == ["sendChatAction"]
    with pytest.raises(RetryAfter):
        await call(pacing, server, "sendMessage", 7)
    assert server.calls == ["sendChatAction", "sendMessage", "sendMessage"]
