"""The bot over loopback HTTP against lo-bot-api-emulator: polling, group, reply, buttons, a full stop.

The emulator reads requests as a server does: over HTTP, field by field, and refuses what it does not know.
It speaks a dialect, so a thin request class stands between: its `getMe` lacks `username`; it refuses
`link_preview_options`, `message_thread_id` and the `button` above inline results, which are taken out on
the way; and it models neither the descriptions nor the update kinds beyond its three. It keeps no messages,
so it cannot see whether an edited message or a replied-to message exists, nor whether the bot may write;
every chat it answers with is "private". Those are seen by the recording request of the other tests.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator
from telegram.request import HTTPXRequest, RequestData

from bot.application import build_application
from bot.serving import serving
from bot.settings import BotSettings
from tests.fakes import FakeAnswerer
from tests.stage import compose_collaborators
from tests.telegram_checks import ANN, BOT, GROUP, TOKEN, make_message

REFUSED_FIELDS = ("link_preview_options", "message_thread_id", "button")
UNKNOWN_UPDATES = ("guest_message",)
UNMODELLED = {"setMyDescription", "setMyShortDescription"}


class DialectRequest(HTTPXRequest):
    """Speaks the emulator's dialect, and keeps what was sent and answered."""

    def __init__(self):
        super().__init__(connection_pool_size=16)
        self.log = []

    async def do_request(self, url, method, request_data=None, **timeouts):
        name = url.rpartition("/")[2]
        if request_data is not None:
            kept = [p for p in request_data._parameters if p.name not in REFUSED_FIELDS]
            request_data = RequestData([_leave_out_unknown(parameter) for parameter in kept])
        code, payload = await super().do_request(url, method, request_data, **timeouts)
        if name == "getMe":
            answer = json.loads(payload)
            answer["result"] |= {"username": BOT["username"], "is_bot": True, "first_name": "Onrecord"}
            payload = json.dumps(answer).encode()
        if name != "getUpdates":
            self.log.append((name, request_data.parameters if request_data else {}, code))
        return code, payload


def _leave_out_unknown(parameter):
    """Ask for the kinds of update only that the emulator knows."""
    if parameter.name != "allowed_updates":
        return parameter
    return replace(parameter, value=[kind for kind in parameter.value if kind not in UNKNOWN_UPDATES])


@asynccontextmanager
async def over_http(folder, answerer):
    """Run the bot and the emulator, both on loopback."""
    emulator = LoBotApiEmulator()
    runner = web.AppRunner(emulator.app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    settings = BotSettings(api_url=f"http://127.0.0.1:{port}", admins=(ANN,), base=folder)
    collaborators = compose_collaborators(folder, settings, lambda: answerer)
    request = DialectRequest()
    application = build_application(collaborators, TOKEN, request=request, updates_request=DialectRequest())
    try:
        async with serving(application, collaborators):
            yield emulator, request
    finally:
        await runner.cleanup()


async def wait_for(request, name, count):
    """Wait until a method has been called so many times and return those calls' fields."""
    for _ in range(500):
        found = [values for method, values, _ in request.log if method == name]
        if len(found) >= count:
            return found
        await asyncio.sleep(0.01)
    raise AssertionError(f"{name} was not called {count} times: {[entry[0] for entry in request.log]}")


async def test_private_chat_group_and_buttons_over_http(tmp_path):
    """Questions in private and in a group are polled and answered; a press edits and is answered."""
    async with over_http(tmp_path, FakeAnswerer()) as (emulator, request):
        await emulator.enqueue_update(
            {"message": make_message(ANN, ANN, "Is the bridge lost?", 5)}, token=TOKEN
        )
        (answer,) = await wait_for(request, "sendMessage", 1)
        assert answer["text"].startswith("⚖ Disputed")

        talk = make_message(GROUP, ANN, "nothing for the bot", 6)
        asked = make_message(GROUP, ANN, "@onrecord_bot Who paid for the repairs at Varn?", 7)
        for message in (talk, asked):
            await emulator.enqueue_update({"message": message}, token=TOKEN)
        _, reply = await wait_for(request, "sendMessage", 2)
        assert reply["chat_id"] == GROUP
        assert reply["reply_parameters"]["message_id"] == 7

        data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        query = {
            "id": "77",
            "from": {"id": ANN, "is_bot": False, "first_name": "Ann"},
            "message": make_message(ANN, None, answer["text"], 1) | {"from": BOT},
            "chat_instance": "1",
            "data": data,
        }
        await emulator.enqueue_update({"callback_query": query}, token=TOKEN)
        await wait_for(request, "answerCallbackQuery", 1)
        (edit,) = await wait_for(request, "editMessageText", 1)
        assert "Around the quote" in edit["text"]
    refused = {(name, code) for name, _, code in request.log if code != 200}
    assert {name for name, _ in refused} <= UNMODELLED, refused


async def test_updates_are_confirmed_and_not_answered_twice(tmp_path):
    """An answered update is confirmed by the next poll, so that no later poll brings it again."""
    async with over_http(tmp_path, FakeAnswerer()) as (emulator, request):
        await emulator.enqueue_update({"message": make_message(ANN, ANN, "/help", 5)}, token=TOKEN)
        await wait_for(request, "sendMessage", 1)
        await asyncio.sleep(0.2)
        assert len(await wait_for(request, "sendMessage", 1)) == 1
        assert emulator._update_queues.info(TOKEN)["pending_update_count"] == 0


async def test_inline_query_over_http(tmp_path):
    """An inline query is polled, and the emulator takes its cards, or that there are none."""
    async with over_http(tmp_path, FakeAnswerer()) as (emulator, request):
        for number, text in ((1, "Is the bridge lost?"), (2, "Who won the regatta?")):
            sender = {"id": ANN, "is_bot": False, "first_name": "Ann"}
            query = {"id": str(number), "from": sender, "query": text, "offset": ""}
            await emulator.enqueue_update({"inline_query": query}, token=TOKEN)
            await wait_for(request, "answerInlineQuery", number)
        cards, none = await wait_for(request, "answerInlineQuery", 2)
    assert [card["id"] for card in cards["results"]] == ["1", "2", "3"]
    assert none["results"] == []
    assert all(code == 200 for name, _, code in request.log if name == "answerInlineQuery")


async def test_a_chart_is_uploaded_over_http(tmp_path):
    """/timeline uploads its picture as a multipart form, with its caption and the button below."""
    async with over_http(tmp_path, FakeAnswerer()) as (emulator, request):
        asked = make_message(ANN, ANN, "/timeline Is the bridge lost?", 5)
        await emulator.enqueue_update({"message": asked}, token=TOKEN)
        (sent,) = await wait_for(request, "sendPhoto", 1)
        assert sent["caption"].startswith("Is the bridge lost?\n2 independent reports")
    assert [code for name, _, code in request.log if name == "sendPhoto"] == [200]
