"""Signs that the bot is at work: where they are shown, and what takes a draft's place."""

from __future__ import annotations

from bot.sending import signs
from tests.stage import on_stage
from tests.telegram_checks import ANN, GROUP


async def test_shows_typing_while_working(tmp_path):
    """The typing sign is sent before the answer, in the same place."""
    async with on_stage(tmp_path) as stage:
        await stage.write("/ask Is the bridge lost?", chat=GROUP, message_thread_id=7, is_topic_message=True)
        typing = stage.request.calls[0]
    assert (typing.method, typing.values["action"]) == ("sendChatAction", "typing")
    assert (typing.values["chat_id"], typing.values["message_thread_id"]) == (GROUP, 7)


async def test_long_work_shows_a_draft_in_private(tmp_path, monkeypatch):
    """Where an answer takes long, a private chat is shown a draft in its place, a group the typing sign."""
    monkeypatch.setattr(signs, "DRAFT_DELAY", 0.05)
    async with on_stage(tmp_path) as stage:
        stage.answerer.gate.clear()
        await stage.put({"message": stage.compose("Is the bridge lost?")})
        await stage.put({"message": stage.compose("/ask Is the bridge lost?", chat=GROUP)})
        await stage.settle(lambda: len(stage.request.calls) >= 4)
        stage.answerer.gate.set()
        await stage.application.update_queue.join()
        drafts = [call for call in stage.request.calls if call.method == "sendMessageDraft"]
        typing = [call for call in stage.request.calls if call.method == "sendChatAction"]
    assert [(call.values["chat_id"], call.text) for call in drafts] == [(ANN, "Looking through the reports…")]
    assert [call.values["chat_id"] for call in typing].count(GROUP) == 2


async def test_typing_goes_on_where_there_are_no_drafts(tmp_path, monkeypatch):
    """A server that knows no drafts is asked for one once; the typing sign is shown on and on instead."""
    monkeypatch.setattr(signs, "DRAFT_DELAY", 0.01)
    monkeypatch.setattr(signs, "TYPING_INTERVAL", 0.01)
    async with on_stage(tmp_path) as stage:
        stage.request.faults["sendMessageDraft"] = [(404, {"description": "Not Found"})]
        stage.answerer.gate.clear()
        await stage.put({"message": stage.compose("Is the bridge lost?")})
        await stage.settle(lambda: len(stage.request.calls) >= 5)
        stage.answerer.gate.set()
        await stage.application.update_queue.join()
        methods = [call.method for call in stage.request.calls]
    assert methods[:5] == ["sendChatAction", "sendMessageDraft", *["sendChatAction"] * 3]
    assert methods.count("sendMessageDraft") == 1
