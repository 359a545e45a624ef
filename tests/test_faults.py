"""What goes wrong between the bot and Telegram: no question is lost, none answered twice, nothing crashes.

Every fault is injected into the recording request, below python-telegram-bot, so that its own handling of
errors is part of what is tested. Faults of single features are tested beside them.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from bot.application import UpdatesRequest, build_application
from bot.memory.arrivals import Arrivals, Claim
from bot.sending import delivery, signs
from bot.serving import serving
from index.answers import Answer
from tests.fakes import COURIER, FakeAnswerer, ask_about, quote_words
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP, TOKEN, RecordingRequest, make_message

QUESTION = "Is the bridge lost?"
ANSWER = "⚖ Disputed"


def refuse(code, description, **parameters):
    """Return Telegram's refusal."""
    answer = {"description": description}
    return code, answer | ({"parameters": parameters} if parameters else {})


def lose(cause):
    """Return the error that python-telegram-bot makes of a connection that failed."""
    error = NetworkError(f"httpx.{type(cause).__name__}: {cause}")
    error.__cause__ = cause
    return error


PATIENCE = refuse(429, "Too Many Requests: retry after 1", retry_after=1)
NO_ROUTE = lose(httpx.ConnectError("no route"))
NO_PLACE = lose(httpx.PoolTimeout("pool"))
BROKEN = lose(httpx.RemoteProtocolError("server disconnected"))
GATEWAY = refuse(502, "Bad Gateway")


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """New tries without pauses; the library's coming type for pauses, since its present one warns."""
    monkeypatch.setattr(delivery, "RETRY_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


def texts(calls):
    """Return the first words of what was sent."""
    return [call.text[: len(ANSWER)] for call in calls if call.method == "sendMessage"]


@pytest.mark.parametrize(
    "faults",
    [
        [PATIENCE],
        [PATIENCE] * 3,
        [NO_ROUTE],
        [NO_PLACE, NO_ROUTE],
        [NO_ROUTE, PATIENCE],
        [PATIENCE, NO_ROUTE],
    ],
)
async def test_what_surely_did_not_arrive_is_sent_again(tmp_path, faults):
    """After 429, or without a connection, the same answer is sent until it arrives, and then no more."""
    async with on_stage(tmp_path, flood_control=True) as stage:
        stage.request.faults["sendMessage"] = list(faults)
        calls = await stage.write(QUESTION)
        assert texts(calls) == [ANSWER] * (len(faults) + 1)
        assert len({call.text for call in calls}) == 1
        assert stage.answerer.asked == [QUESTION]
        assert texts(await stage.write(QUESTION)) == [ANSWER]


@pytest.mark.parametrize("fault", [TimedOut(), BROKEN, GATEWAY])
async def test_what_may_have_arrived_is_not_sent_twice(tmp_path, fault):
    """After a broken connection the answer is not sent again; its asker is told that it may be missing."""
    async with on_stage(tmp_path) as stage:
        stage.request.faults["sendMessage"] = [fault]
        calls = await stage.write(QUESTION)
        assert texts(calls)[0] == ANSWER
        assert [call.text for call in calls[1:]] == [
            "The connection to Telegram broke while I was sending. If you see no answer, ask again."
        ]
        assert texts(await stage.write(QUESTION)) == [ANSWER]


@pytest.mark.parametrize("fault", [PATIENCE, NO_ROUTE, TimedOut(), GATEWAY])
async def test_a_fault_that_does_not_end_is_given_up(tmp_path, fault):
    """However long it lasts, a question leads to a few tries, not to endless ones; then all is well again."""
    async with on_stage(tmp_path, flood_control=True, retries=1) as stage:
        stage.request.faults["sendMessage"] = [fault] * 1000
        calls = await stage.write(QUESTION)
        assert 2 <= len(calls) <= 8
        stage.request.faults.clear()
        assert texts(await stage.write(QUESTION)) == [ANSWER]


@pytest.mark.parametrize(
    "fault",
    [
        refuse(403, "Forbidden: bot was blocked by the user"),
        refuse(403, "Forbidden: bot was kicked from the supergroup chat"),
        refuse(403, "Forbidden: user is deactivated"),
        refuse(400, "Bad Request: chat not found"),
        refuse(400, "Bad Request: TOPIC_CLOSED"),
        refuse(400, "Bad Request: message thread not found"),
        refuse(400, "Bad Request: not enough rights to send text messages to the chat"),
        refuse(400, "Bad Request: have no rights to send a message"),
        refuse(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        refuse(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
        refuse(400, "Bad Request: CHAT_RESTRICTED"),
    ],
)
@pytest.mark.parametrize("chat", [ANN, GROUP])
async def test_where_it_may_not_write_it_is_silent(tmp_path, caplog, fault, chat):
    """One try, no apology, no error in the log; and the next question is answered where it may write."""
    async with on_stage(tmp_path) as stage:
        stage.request.faults["sendMessage"] = [fault]
        assert texts(await stage.write(f"/ask {QUESTION}", chat=chat)) == [ANSWER]
        assert texts(await stage.write(f"/ask {QUESTION}", chat=BEN, person=BEN)) == [ANSWER]
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


@pytest.mark.parametrize(
    ("fault", "alert"),
    [
        (refuse(400, "Bad Request: message is not modified: the same content"), None),
        (refuse(400, "Bad Request: message to edit not found"), "That answer is no longer kept"),
        (refuse(400, "Bad Request: message can't be edited"), "That answer is no longer kept"),
        (refuse(403, "Forbidden: bot was kicked from the supergroup chat"), "That answer is no longer kept"),
        (refuse(400, "Bad Request: TOPIC_CLOSED"), "That answer is no longer kept"),
        (NO_ROUTE, None),
        (TimedOut(), "Sorry, something went wrong"),
        (GATEWAY, "Sorry, something went wrong"),
    ],
)
async def test_a_press_is_always_answered(tmp_path, fault, alert):
    """Whatever becomes of the edit, the button stops spinning, with a word where there is one to say."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write(QUESTION)
        stage.request.faults["editMessageText"] = [fault]
        calls = await stage.press(answer, "Context")
        (done,) = [call for call in calls if call.method == "answerCallbackQuery"]
        assert (done.values.get("text") or "").startswith(alert or "")
        assert bool(done.values.get("text")) is bool(alert)
        assert done.values.get("show_alert", False) is bool(alert)
        assert not texts(calls)


@pytest.mark.parametrize("method", ["sendChatAction", "sendMessageDraft"])
@pytest.mark.parametrize(
    "fault",
    [PATIENCE, NO_ROUTE, TimedOut(), GATEWAY, refuse(400, "Bad Request: x"), refuse(403, "Forbidden")],
)
async def test_signs_of_waiting_that_fail_cost_nothing(tmp_path, monkeypatch, method, fault):
    """Where typing or a draft is refused, the answer comes all the same, once."""
    monkeypatch.setattr(signs, "DRAFT_DELAY", 0.0)
    async with on_stage(tmp_path) as stage:
        stage.request.faults[method] = [fault] * 50
        stage.answerer.gate.clear()
        await stage.put({"message": stage.compose(QUESTION)})
        await asyncio.sleep(0.1)
        stage.answerer.gate.set()
        await stage.application.update_queue.join()
        assert texts(stage.request.calls) == [ANSWER]


def ask_long(answerer):
    """Teach an answerer an answer that takes several messages, and return its question."""
    sentences = [f"{number} " + "was said of the bridge at Varn, " * 30 + "." for number in range(6)]
    article = replace(COURIER, id="long", text=" ".join(sentences))
    answerer.articles["long"] = article
    question = ask_about("What was said?")
    answerer.answers[question.text] = Answer(question, tuple(quote_words(article, s) for s in sentences), 0.9)
    return question.text


@pytest.mark.parametrize(
    ("fault", "sent"),
    [(refuse(403, "Forbidden: bot was blocked by the user"), 2), (NO_ROUTE, 3), (TimedOut(), 3)],
)
async def test_an_answer_in_two_messages_whose_second_fails(tmp_path, fault, sent):
    """What has arrived is not sent again; the second message is, where it surely has not."""
    answerer = FakeAnswerer()
    question = ask_long(answerer)
    async with on_stage(tmp_path, answerer=answerer, shown_quotes=6, follow_up_minutes=0) as stage:
        whole = await stage.write(question)
        assert len(whole) == 2

        def fail_once(call):
            if call.method == "sendMessage" and call.text == whole[1].text:
                stage.request.listeners.clear()
                stage.request.faults["sendMessage"] = [fault]

        stage.request.listeners.append(fail_once)
        calls = await stage.write(question)
    assert len(calls) == sent
    assert [call.text for call in calls[:2]] == [call.text for call in whole]
    assert [call.text for call in calls].count(whole[0].text) == 1


async def test_updates_out_of_order(tmp_path):
    """Later numbers before earlier ones, edits, unknown kinds, messages that cannot be seen: each is met."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write(QUESTION)
        stage.next_update = 500
        await stage.put({"message": stage.compose("How long will repairs take?")})
        stage.next_update = 300  # numbers may come in any order; none is left out for being small
        await stage.put({"message": stage.compose("/help")})
        await stage.application.update_queue.join()
        assert len([call for call in stage.request.calls if call.method == "sendMessage"]) == 3

        before = len(stage.request.calls)
        edited = stage.compose(QUESTION) | {"edit_date": 1_700_000_100}
        await stage.put({"edited_message": edited})
        await stage.put({"message_reaction_of_the_future": {}})
        await stage.put({"my_chat_member_of_the_future": {}})
        await stage.application.update_queue.join()
        assert stage.request.calls[before:] == []

        # A button under a message that Telegram no longer shows the bot.
        inaccessible = {"chat": {"id": ANN, "type": "private"}, "message_id": 7, "date": 0}
        sender = {"id": ANN, "is_bot": False, "first_name": "Ann"}
        data = answer.buttons[0]["callback_data"]
        query = {"id": "1", "from": sender, "message": inaccessible, "chat_instance": "1", "data": data}
        await stage.put({"callback_query": query})
        await stage.application.update_queue.join()
        methods = [call.method for call in stage.request.calls[before:]]
        assert methods == ["editMessageText", "answerCallbackQuery"]


async def test_the_same_press_twice_votes_once(tmp_path):
    """A press that Telegram delivers twice under one number is one vote, not a vote and its taking back."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write(QUESTION)
        await stage.press(answer, "👍")
        stage.next_update -= 1
        await stage.press(answer, "👍")
        counts = await stage.state.count()
    assert (counts.up, counts.down) == (1, 0)


class Feeding(RecordingRequest):
    """Gives updates to getUpdates until they are confirmed, with faults in between."""

    def __init__(self, updates, faults):
        super().__init__()
        self.updates, self.troubles = updates, list(faults)

    async def do_request(self, url, method, request_data=None, **timeouts):
        if not url.endswith("/getUpdates"):
            return await super().do_request(url, method, request_data, **timeouts)
        await asyncio.sleep(0.01)
        offset = int((request_data.parameters if request_data else {}).get("offset", 0))
        if self.troubles:
            trouble = self.troubles.pop(0)
            if isinstance(trouble, Exception):
                raise trouble
            code, answer = trouble
            return code, json.dumps({"ok": False, "error_code": code, **answer}).encode()
        waiting = [update for update in self.updates if update["update_id"] >= offset]
        return 200, json.dumps({"ok": True, "result": waiting}).encode()


@asynccontextmanager
async def polling(folder, request, answerer):
    """Run the bot as it runs on Telegram, by polling a request that feeds it."""
    async with on_stage(folder / "unused", answerer=answerer) as stage:
        collaborators = stage.collaborators
        application = build_application(
            collaborators, TOKEN, request=request, updates_request=request, flood_control=False
        )
        async with serving(application, collaborators):
            yield collaborators


@pytest.mark.parametrize(
    "trouble",
    [
        TimedOut(),
        NO_ROUTE,
        BROKEN,
        GATEWAY,
        refuse(409, "Conflict: terminated by other getUpdates request"),
        refuse(500, "Internal Server Error"),
    ],
)
async def test_polling_goes_on_after_any_trouble(tmp_path, trouble):
    """Whatever happens to a poll, the next one brings the updates, and each is answered once."""
    updates = [
        {"update_id": number, "message": make_message(ANN, ANN, QUESTION, number)} for number in (1, 2, 3)
    ]
    request, answerer = Feeding(updates, [trouble]), FakeAnswerer()
    async with polling(tmp_path, request, answerer):
        for _ in range(600):
            if len(texts(request.calls)) >= 3:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
    assert texts(request.calls) == [ANSWER] * 3


async def test_polling_goes_on_after_an_update_that_cannot_be_read(tmp_path, caplog):
    """Telegram gives an update until it is confirmed; one that the library cannot read keeps none waiting."""
    poll = {"id": "1", "question": "secret words"}  # the other fields are missing
    updates = [
        {"update_id": number, "message": make_message(ANN, ANN, QUESTION, number)} for number in (1, 2, 3)
    ]
    updates[1]["message"]["poll"] = poll
    request = Feeding(updates, [])
    request.parse_json_payload = UpdatesRequest.parse_json_payload
    async with polling(tmp_path, request, FakeAnswerer()) as collaborators:
        for _ in range(600):
            if len(texts(request.calls)) >= 2:
                break
            await asyncio.sleep(0.01)
        usual = build_application(collaborators, TOKEN).bot._request[0]
    assert texts(request.calls) == [ANSWER] * 2
    assert "update 2 cannot be read" in caplog.text
    assert "secret words" not in caplog.text
    assert isinstance(usual, UpdatesRequest)


async def test_updates_that_were_not_confirmed_before_a_crash(tmp_path):
    """Delivered again to a new process, an update is answered only where the old one had not done so."""
    async with on_stage(tmp_path) as stage:
        crashed = Arrivals(stage.state)
        assert await crashed.claim(1, ANN, "{}") is Claim.MINE
        await crashed.leave(1)  # and update 2 was never begun
        processor = stage.application.update_processor
        processor._arrivals = Arrivals(stage.state)
        stage.next_update = 0
        for _ in range(2):
            await stage.put({"message": stage.compose(QUESTION)})
        await stage.application.update_queue.join()
        assert texts(stage.request.calls) == [ANSWER]
