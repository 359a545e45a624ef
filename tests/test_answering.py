"""The answer service under load: turns between chats, places that are told, lookups that do not wait."""

from __future__ import annotations

import asyncio

from bot.scheduling.answering import AnswerService
from bot.sending import signs
from tests.fakes import CLAIM, FakeAnswerer
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP

QUESTION = "Is the bridge lost?"


def list_sent(stage, method="sendMessage"):
    """Return the calls of a method so far."""
    return [call for call in stage.request.calls if call.method == method]


async def test_whoever_waits_is_told_the_place(tmp_path, monkeypatch):
    """In private the draft says how many are before, once; a group is shown typing and nothing more."""
    monkeypatch.setattr(signs, "DRAFT_DELAY", 0.05)
    people = range(101, 106)
    async with on_stage(tmp_path, workers=2) as stage:
        stage.answerer.gate.clear()
        queue = stage.collaborators.service.queue
        for number, person in enumerate([*people, ANN], 1):
            place = {"chat": GROUP} if person == ANN else {}
            await stage.put({"message": stage.compose(f"/ask {QUESTION}", person=person, **place)})
            await stage.settle(lambda number=number: queue.at_work + queue.waiting == number)
        await stage.settle(lambda: len(list_sent(stage, "sendMessageDraft")) == len(people))
        stage.answerer.gate.set()
        await stage.application.update_queue.join()
    drafts = {call.values["chat_id"]: call.text for call in list_sent(stage, "sendMessageDraft")}
    assert [drafts[person] for person in (101, 102)] == ["Looking through the reports…"] * 2
    for place, person in enumerate((103, 104, 105), 1):
        assert f"You are number {place} in line" in drafts[person]
    answers = list_sent(stage)
    assert sorted(call.values["chat_id"] for call in answers) == sorted([GROUP, *people])
    assert all(call.text.startswith("⚖ Disputed") for call in answers)


async def test_fifty_questions_of_one_do_not_delay_another():
    """One's fifty questions wait, and another's is the next to be answered but one."""
    answerer = FakeAnswerer()
    service = AnswerService(lambda: answerer, 1)
    answerer.gate.clear()
    asking = [
        asyncio.create_task(service.answer(f"Ann {number}", ticket=service.join_queue(ANN)))
        for number in range(50)
    ]
    asking.append(asyncio.create_task(service.answer("Ben", ticket=service.join_queue(BEN))))
    answerer.gate.set()
    await asyncio.gather(*asking)
    assert answerer.asked.index("Ben") == 2
    service.close()


async def test_a_place_is_free_when_the_thread_is(tmp_path):
    """A question that nobody waits for any more holds its place until its thread is done, and no longer."""
    answerer = FakeAnswerer()
    service = AnswerService(lambda: answerer, 1)
    answerer.gate.clear()
    given_up = asyncio.create_task(service.answer("first"))
    while not answerer.asked:
        await asyncio.sleep(0.01)
    given_up.cancel()
    second = asyncio.create_task(service.answer("second"))
    await asyncio.sleep(0.05)
    assert given_up.cancelled()
    assert (service.queue.at_work, service.queue.waiting) == (1, 1)
    answerer.gate.set()
    await second
    await asyncio.sleep(0)
    assert (service.queue.at_work, service.queue.waiting) == (0, 0)
    service.close()


async def test_buttons_and_lists_do_not_wait_for_questions(tmp_path):
    """While every worker is at a long question, a button, /sources and /help are answered."""
    async with on_stage(tmp_path, workers=1) as stage:
        (answer,) = await stage.write(QUESTION, person=BEN)
        stage.answerer.gate.clear()
        await stage.put({"message": stage.compose(QUESTION)})
        await stage.settle(lambda: stage.collaborators.service.queue.at_work == 1)
        before = len(stage.request.calls)
        data = next(b["callback_data"] for b in answer.buttons if b["text"] == "Context")
        sender = {"id": BEN, "is_bot": False, "first_name": "Ben"}
        message = stage.request.describe(answer, 1001)
        query = {"id": "1", "from": sender, "message": message, "chat_instance": "1", "data": data}
        await stage.put({"callback_query": query})
        for command in ("/sources", "/help"):
            await stage.put({"message": stage.compose(command, person=BEN)})
        await stage.settle(lambda: len(list_sent(stage)) == 3)
        methods = [call.method for call in stage.request.calls[before:] if call.method != "sendChatAction"]
        stage.answerer.gate.set()
        await stage.application.update_queue.join()
    assert methods == ["editMessageText", "answerCallbackQuery", "sendMessage", "sendMessage"]


async def test_a_failing_question_leaves_its_place():
    """However a question ends, the next one is answered."""
    answerer = FakeAnswerer()
    service = AnswerService(lambda: answerer, 1)
    answerer.failure = RuntimeError("disk gone")
    results = await asyncio.gather(*(service.answer(QUESTION) for _ in range(3)), return_exceptions=True)
    assert [type(result) for result in results] == [RuntimeError] * 3
    answerer.failure = None
    assert (await service.answer(QUESTION)).quotes[0] == CLAIM
    assert (service.queue.waiting, service.queue.at_work) == (0, 0)
    service.close()
