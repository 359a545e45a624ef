"""The application as a whole: start-up, what it asks Telegram for, errors, order."""

from __future__ import annotations

import time

import httpx
import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TimedOut

from bot import application as module
from bot import serving as serving_module
from bot.application import ALLOWED_UPDATES, build_application
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.sending import delivery
from bot.serving import serving
from bot.settings import BotSettings
from tests.fakes import FakeAnswerer
from tests.stage import on_stage
from tests.telegram_checks import ANN, TOKEN, RecordingRequest


def fail_to_connect():
    """Return the error that python-telegram-bot makes of a connection that could not be made."""
    error = NetworkError("httpx.ConnectError: no route")
    error.__cause__ = httpx.ConnectError("no route")
    return error


@pytest.fixture
def hasty(monkeypatch):
    """New tries without pauses."""
    monkeypatch.setattr(delivery, "RETRY_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(serving_module, "_LONGEST_PAUSE", 0.0)


@pytest.fixture
def new_durations(monkeypatch):
    """The library's coming type for pauses; with its present one it warns, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def test_asks_telegram_only_for_what_it_handles(tmp_path):
    """Edits and channel posts are not even asked for, and previews are off everywhere."""
    assert set(ALLOWED_UPDATES) == {
        "message",
        "callback_query",
        "inline_query",
        "guest_message",
        "my_chat_member",
    }
    async with on_stage(tmp_path) as stage:
        defaults = stage.application.bot.defaults
    assert defaults.link_preview_options.is_disabled


async def test_start_is_tried_again_without_a_connection(tmp_path, hasty):
    """A network that is down at the start is waited for; a refused token is not."""
    async with on_stage(tmp_path / "other") as stage:
        collaborators = stage.collaborators
        request = RecordingRequest()
        request.faults["getMe"] = [fail_to_connect(), TimedOut()]
        application = build_application(collaborators, TOKEN, request=request, updates_request=request)
        await serving_module._until_connected(application.initialize)
        assert application.bot.username == "onrecord_bot"
        await application.shutdown()
        request.faults["getMe"] = [(401, {"description": "Unauthorized"})]
        application = build_application(collaborators, TOKEN, request=request, updates_request=request)
        with pytest.raises(InvalidToken):
            async with serving(application, collaborators):
                pass


async def test_apology_that_cannot_be_sent_ends_there(tmp_path, caplog):
    """An error while apologising is logged and leads to nothing more."""
    answerer = FakeAnswerer()
    answerer.failure = RuntimeError("disk gone")
    async with on_stage(tmp_path, answerer=answerer) as stage:
        stage.request.faults["sendMessage"] = [TimedOut()]
        (call,) = await stage.write("Is the bridge lost?")
        assert call.text.startswith("Sorry")
        answerer.failure = None
        (next_one,) = await stage.write("Is the bridge lost?")
        assert next_one.text.startswith("⚖")
    assert "no apology could be sent" in caplog.text


async def test_press_that_came_too_late_is_no_error(tmp_path, caplog):
    """A query that Telegram has given up on is left alone."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        late = (400, {"description": "Bad Request: query is too old and response timeout expired"})
        stage.request.faults["answerCallbackQuery"] = [late]
        calls = await stage.press(answer, "Context")
    assert len(calls) == 2
    assert "failed" not in caplog.text


async def test_polling_errors_are_logged_in_a_line(tmp_path, caplog):
    """Lost polls and a second process with the same token are logged in words, and nobody is written to."""
    async with on_stage(tmp_path) as stage:
        await stage.application.process_error(None, NetworkError("down"))
        await stage.application.process_error(None, Conflict("terminated by other getUpdates request"))
        assert stage.request.calls == []
    assert "no updates from Telegram" in caplog.text
    assert "another process polls" in caplog.text
    assert "Traceback" not in caplog.text


def test_local_server_is_used_for_every_call(tmp_path):
    """`api_url` replaces Telegram's address for calls and files."""
    settings = BotSettings(api_url="http://127.0.0.1:8081/", base=tmp_path)
    request = RecordingRequest()
    collaborators = module.Collaborators(None, None, settings, None, Preferences(None), Conversations(None))
    bot = build_application(collaborators, TOKEN, request=request, updates_request=request).bot
    assert bot.base_url == f"http://127.0.0.1:8081/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:8081/file/bot{TOKEN}"


def test_flood_control_is_on_for_the_real_network(tmp_path):
    """Over Telegram's own network, refused calls are retried by the rate limiter as often as configured."""
    collaborators = module.Collaborators(
        None, None, BotSettings(base=tmp_path, retries=5), None, Preferences(None), Conversations(None)
    )
    limiter = build_application(collaborators, TOKEN).bot.rate_limiter
    assert limiter._max_retries == 5


async def test_flood_control_waits_as_long_as_telegram_asks(tmp_path, new_durations):
    """A call that Telegram refuses for its rate is made again after the pause it names, and answers once."""
    patience = (429, {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}})
    async with on_stage(tmp_path, flood_control=True) as stage:
        stage.request.faults["sendMessage"] = [patience]
        began = time.monotonic()
        calls = await stage.write("Is the bridge lost?")
        waited = time.monotonic() - began
    assert [call.text[:10] for call in calls] == ["⚖ Disputed"] * 2
    assert waited >= 1.0


async def test_flood_control_does_not_try_for_ever(tmp_path, new_durations):
    """After the configured number of tries the bot gives up, logs it, and goes on with the next update."""
    patience = (429, {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}})
    async with on_stage(tmp_path, flood_control=True, retries=0) as stage:
        stage.request.faults["sendMessage"] = [patience] * 2  # the answer, then the apology
        calls = await stage.write("Is the bridge lost?")
        assert len(calls) == 2
        (answer,) = await stage.write("Is the bridge lost?")
    assert answer.text.startswith("⚖ Disputed")


async def test_help_does_not_wait_for_hundreds_of_questions(tmp_path):
    """While three hundred chats wait for their answers, somebody else's /help is answered at once."""
    async with on_stage(tmp_path) as stage:
        stage.answerer.gate.clear()
        for chat in range(1000, 1300):
            await stage.put({"message": stage.compose("Is the bridge lost?", person=chat)})
        await stage.put({"message": stage.compose("/help", person=ANN)})

        def list_sent():
            return [call.values["chat_id"] for call in stage.request.calls if call.method == "sendMessage"]

        await stage.settle(lambda: bool(list_sent()))
        assert list_sent() == [ANN]
        stage.answerer.gate.set()
        await stage.settle(lambda: len(list_sent()) == 301, 30.0)


async def test_two_hundred_chats_at_once(tmp_path):
    """Two hundred chats that ask twice at once are each answered twice, in order."""
    async with on_stage(tmp_path) as stage:
        for question in ("Is the bridge lost?", "How long will repairs take?"):
            for chat in range(1000, 1200):
                await stage.put({"message": stage.compose(question, person=chat)})
        await stage.application.update_queue.join()
        sent = [call for call in stage.request.calls if call.method == "sendMessage"]
    assert len(sent) == 400
    for chat in range(1000, 1200):
        first, second = (call.text for call in sent if call.values["chat_id"] == chat)
        assert first.startswith("⚖ Disputed")
        assert second.startswith("1 report")
