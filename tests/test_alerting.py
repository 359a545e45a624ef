"""Alerts: what is told, when, how often, and what becomes of one that does not arrive."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from bot.handlers.alerting import MOST_FAILURES
from index.errors import CorruptIndexError
from tests.fakes import FakeAnswerer, refuse_to_open
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP
from tests.test_terminal import at_terminal

NOON = 1_700_049_600.0  # 2023-11-15, 12:00 UTC
HOUR = 3600.0
HERE = {"chat": GROUP, "message_thread_id": 7, "is_topic_message": True}


def unconnected():
    """Return the error of a connection that could not be made."""
    error = NetworkError("no route")
    error.__cause__ = httpx.ConnectError("no route")
    return error


def refuse(code, description, **more):
    return code, {"description": description, **more}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Connections are tried again at once; and the library's warning of a change to come stays away."""
    monkeypatch.setattr("bot.sending.delivery.RETRY_PAUSES", (0.0, 0.0))
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock():
    return [NOON]


@pytest.fixture
def answerer():
    return FakeAnswerer()


@pytest.fixture
def staged(tmp_path, answerer, clock):
    """A function that opens the stage, again and again over the same files."""
    return lambda **more: on_stage(tmp_path, answerer=answerer, wall_clock=lambda: clock[0], **more)


def add_report(answerer, number=1, text=""):
    text = text or f"Part {number} of the bridge at Varn was opened."
    answerer.add(f"n{number}", f"Varn bridge, part {number}", text)


async def test_new_report_is_told_once_in_its_place(staged, answerer):
    """After a refresh the new report comes as one message, with quote and source, to the topic that asked."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge", **HERE)
        assert await stage.check_alerts() == []
        add_report(answerer)
        (call,) = await stage.check_alerts()
        assert await stage.check_alerts() == []
    assert call.text == (
        "🔔 New on “Varn bridge”\n1 new report\n\n"
        "As reported by The Courier [1]\nPart 1 of the bridge at Varn was opened.\n\n"
        "[1] The Courier · date unknown · “Varn bridge, part 1”"
    )
    assert (call.values["chat_id"], call.values["message_thread_id"]) == (GROUP, 7)
    assert "reply_parameters" not in call.values
    assert [button["text"] for button in call.buttons][-1] == "Stop watching"


async def test_what_was_there_is_never_told(staged, answerer):
    """Reports from before the watch, a copy, and a rebuild that adds nothing, send nothing."""
    async with staged() as stage:
        await stage.write("/watch Varn")
        answerer.newer = True  # built anew from the same articles
        assert await stage.check_alerts() == []
        answerer.add("harvest", "Apples", "The harvest was poor.")
        assert await stage.check_alerts() == []


async def test_a_dispute_is_told_with_both_sides(staged, answerer):
    """A disputed report says so in its head, and shows claim and denial."""
    courier = answerer.articles.pop("a1")
    async with staged() as stage:
        await stage.write("/watch Bridge at Varn")
        answerer.articles["a1"] = courier
        answerer.newer = True
        (call,) = await stage.check_alerts()
    assert call.text.startswith("🔔 New on “Bridge at Varn”\n1 new report · ⚖ 1 dispute\n")
    assert len(call.covered("blockquote")) == 2


async def test_nothing_is_told_twice_after_a_restart(staged, answerer):
    """What was told before a restart is not told after it; what came in meanwhile is."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)
        assert len(await stage.check_alerts()) == 1
    add_report(answerer, 2)
    async with staged() as stage:
        (call,) = await stage.check_alerts()
        assert "part 2" in call.text
        assert "part 1" not in call.text
    async with staged() as stage:
        assert await stage.check_alerts() == []


async def test_crash_between_noting_and_sending_never_repeats(staged, answerer, monkeypatch):
    """A process that dies while it sends leaves an alert untold rather than told twice."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)

        async def die(*_: object) -> None:
            raise asyncio.CancelledError

        monkeypatch.setattr("bot.handlers.alerting.send_unasked", die)
        with pytest.raises(asyncio.CancelledError):
            await stage.check_alerts()
        monkeypatch.undo()
    async with staged() as stage:
        assert await stage.check_alerts() == []


async def test_two_processes_send_one_alert(staged, answerer):
    """Two bots over the same files tell a watch once between them."""
    async with staged() as one, staged() as two:
        await one.write("/watch Varn bridge")
        add_report(answerer)
        both = await asyncio.gather(one.check_alerts(), two.check_alerts())
        assert sum(map(len, both)) == 1
        assert await two.check_alerts() == []


async def test_quiet_hours_hold_alerts_back_until_they_end(staged, answerer, clock):
    """Within the chat's quiet hours, in its own time, nothing comes; after them comes one digest of all."""
    async with staged() as stage:
        await stage.collaborators.preferences.change(ANN, quiet_hours="22-7", utc_offset=120)
        (added,) = await stage.write("/watch Varn bridge")
        assert "but not in the quiet hours, 22:00–7:00 (UTC+2)" in added.text
        clock[0] = NOON + 8.5 * HOUR  # 20:30 UTC, 22:30 there
        for number in (1, 2):
            add_report(answerer, number)
            assert await stage.check_alerts() == []
        clock[0] = NOON + 16.9 * HOUR  # 6:54 there
        assert await stage.check_alerts() == []
        clock[0] = NOON + 17 * HOUR
        (call,) = await stage.check_alerts()
        assert call.text.startswith("🔔 New on “Varn bridge”\n2 new reports")
        assert len(call.covered("blockquote")) == 2


async def test_alerts_come_at_most_as_often_as_set(staged, answerer, clock):
    """A second alert of a watch waits until the hours are over; the first does not."""
    async with staged() as stage:
        await stage.collaborators.preferences.change(ANN, alert_hours=6)
        await stage.write("/watch Varn bridge")
        for number, hours, alerts in ((1, 1, 1), (2, 2, 0), (3, 6.9, 0), (3, 7, 1)):
            clock[0] = NOON + hours * HOUR
            if f"n{number}" not in answerer.articles:
                add_report(answerer, number)
            assert len(await stage.check_alerts()) == alerts, hours


@pytest.mark.parametrize(
    "fault",
    [
        refuse(403, "Forbidden: bot was blocked by the user"),
        refuse(403, "Forbidden: bot was kicked from the supergroup chat"),
        refuse(400, "Bad Request: chat not found"),
    ],
)
async def test_chat_that_is_gone_loses_its_watches(staged, answerer, fault):
    """Blocked or put out, the bot drops the watches of that chat, and others are still told."""
    async with staged() as stage:
        for topic in ("Varn bridge", "Varn: everything"):
            await stage.write(f"/watch {topic}")
        await stage.write("/watch Varn bridge", person=BEN)
        stage.request.faults["sendMessage"] = [fault]
        add_report(answerer)
        calls = await stage.check_alerts()
        assert [call.values["chat_id"] for call in calls if call.method == "sendMessage"].count(BEN) == 1
        assert await stage.collaborators.watches.list_chat(ANN) == ()
        add_report(answerer, 2)
        assert {call.values["chat_id"] for call in await stage.check_alerts()} == {BEN}


async def test_deleted_topic_drops_its_watch(staged, answerer):
    """A forum topic that was deleted is not written to elsewhere; its watch goes, the chat's others stay."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge", **HERE)
        await stage.write("/watch Apples", chat=GROUP)
        stage.request.faults["sendMessage"] = [refuse(400, "Bad Request: message thread not found")]
        add_report(answerer)
        assert len(await stage.check_alerts()) == 1
        (left,) = await stage.collaborators.watches.list_chat(GROUP)
        assert left.topic == "Apples"


@pytest.mark.parametrize(
    "closed",
    [
        refuse(400, "Bad Request: TOPIC_CLOSED"),
        refuse(400, "Bad Request: not enough rights to send text messages to the chat"),
        refuse(400, "Bad Request: CHAT_RESTRICTED"),
        refuse(403, "Forbidden: CHAT_WRITE_FORBIDDEN"),
        refuse(403, "Forbidden: CHAT_SEND_PLAIN_FORBIDDEN"),
    ],
)
async def test_closed_topic_waits_and_is_given_up_in_the_end(staged, answerer, clock, closed):
    """Where it may not write now the news waits, is told once it may, and is dropped after many tries."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge", **HERE)
        add_report(answerer)
        stage.request.faults["sendMessage"] = [closed]
        assert len(await stage.check_alerts()) == 1
        assert await stage.check_alerts() == []  # not at once again
        clock[0] += HOUR
        (told,) = await stage.check_alerts()
        assert "part 1" in told.text
        add_report(answerer, 2)
        stage.request.faults["sendMessage"] = [closed] * 20
        tried = 0
        for _ in range(20):
            tried += len(await stage.check_alerts())
            clock[0] += 48 * HOUR
        assert tried == MOST_FAILURES
        assert await stage.collaborators.watches.count() == 0


@pytest.mark.parametrize(
    "fault", [refuse(429, "Too Many Requests", parameters={"retry_after": 1}), unconnected()]
)
async def test_alert_that_surely_did_not_arrive_is_told_later(staged, answerer, clock, fault):
    """Flood control and a missing connection put an alert off; it counts as no failure of the chat."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)
        stage.request.faults["sendMessage"] = [fault] * 3
        await stage.check_alerts()
        stage.request.faults.clear()
        clock[0] += 61
        (call,) = await stage.check_alerts()
        assert "part 1" in call.text
        (watch,) = await stage.collaborators.watches.list_chat(ANN)
        assert watch.failures == 0


async def test_alert_that_may_have_arrived_is_not_repeated(staged, answerer, clock):
    """After a connection that broke while sending, nothing is sent again."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)
        stage.request.faults["sendMessage"] = [TimedOut()]
        assert len(await stage.check_alerts()) == 1
        clock[0] += HOUR
        assert await stage.check_alerts() == []


async def test_group_that_became_a_supergroup_is_followed(staged, answerer):
    """An alert to a group that has just moved goes to the supergroup, and so do the next."""
    moved = refuse(400, "Bad Request: group chat was upgraded", parameters={"migrate_to_chat_id": GROUP})
    async with staged() as stage:
        await stage.write("/watch Varn bridge", chat=-100200)
        stage.request.faults["sendMessage"] = [moved]
        add_report(answerer)
        assert [call.values["chat_id"] for call in await stage.check_alerts()] == [-100200, GROUP]
        add_report(answerer, 2)
        assert [call.values["chat_id"] for call in await stage.check_alerts()] == [GROUP]


@pytest.mark.parametrize("failure", [CorruptIndexError("broken"), KeyError("unforeseen")])
async def test_failure_of_one_watch_does_not_keep_others_waiting(staged, answerer, caplog, failure):
    """An index that fails is logged, nobody is told of it, and the news comes when it works again."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)
        answerer.failure = failure
        assert await stage.check_alerts() == []
        assert "an alert could not be made" in caplog.text
        answerer.failure = None
        assert len(await stage.check_alerts()) == 1


async def test_no_index_and_no_watch_cost_nothing(tmp_path, answerer):
    """Without a watch nothing is read, and without an index nothing fails."""
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        assert await stage.check_alerts() == []
        await stage.collaborators.watches.add(ANN, None, "Varn", language="", seen=0, limit=9)
        assert await stage.check_alerts() == []


async def test_digest_has_views_that_lead_back_to_it(staged, answerer):
    """The buttons of a digest work as those of an answer, and Back brings the digest with its Stop button."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)
        (digest,) = await stage.check_alerts()
        context, _ = await stage.press(digest, "Context")
        assert context.covered("blockquote") == ["Part 1 of the bridge at Varn was opened."]
        back, _ = await stage.press(context, "Back")
        assert (back.text, back.buttons) == (digest.text, digest.buttons)
        (done,) = await stage.press(digest, "Stop watching")
        assert done.values["text"].startswith("No longer watching “Varn bridge”.")
        assert await stage.collaborators.watches.count() == 0
        (again,) = await stage.press(digest, "Stop watching")
        assert again.values["text"] == "That is no longer watched here."


async def test_more_news_than_shown_stands_behind_more(staged, answerer):
    """A digest shows as many quotes as the chat has chosen; the others stand behind a button."""
    async with staged() as stage:
        await stage.collaborators.preferences.change(ANN, quotes=2)
        await stage.write("/watch Varn bridge")
        for number in range(5):
            add_report(answerer, number, f"Part {number} of the bridge at Varn was opened.")
        (digest,) = await stage.check_alerts()
        assert digest.text.startswith("🔔 New on “Varn bridge”\n5 new reports")
        assert len(digest.covered("blockquote")) == 2
        more, _ = await stage.press(digest, "More")
        assert len(more.covered("blockquote")) == 3


async def test_a_digest_is_one_message(staged, answerer):
    """Quotes that no message holds together are left for More, so that a digest never comes in pieces."""
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        for number in range(3):
            add_report(answerer, number, f"Part {number} " + "and on " * 300 + ".")
        (digest,) = await stage.check_alerts()
        assert 0 < len(digest.covered("expandable_blockquote")) < 3
        assert "More" in [button["text"] for button in digest.buttons]


async def test_questions_do_not_wait_for_alerts(staged, answerer):
    """While the news is worked out, a question is answered."""
    gate = asyncio.Event()
    async with staged() as stage:
        await stage.write("/watch Varn bridge")
        add_report(answerer)
        loop = asyncio.get_running_loop()
        report = answerer.report_news

        def slowly(topic, news):
            asyncio.run_coroutine_threadsafe(gate.wait(), loop).result(10)
            return report(topic, news)

        answerer.report_news = slowly
        checking = asyncio.create_task(stage.check_alerts())
        await asyncio.sleep(0.05)
        (answer,) = await stage.write("Is the bridge lost?", person=BEN)
        assert answer.text.startswith("⚖ Disputed")
        assert not checking.done()
        gate.set()
        assert "🔔" in [call.text for call in await checking if call.method == "sendMessage"][-1]


async def test_alerts_come_at_the_terminal_too(tmp_path, monkeypatch, answerer):
    """There the same job runs: after a refresh the digest is printed, without a line being typed."""
    monkeypatch.setattr("tests.test_terminal.FakeAnswerer", lambda: answerer)
    monkeypatch.setattr("bot.serving.CHECK_SECONDS", 0.05)
    async with at_terminal(tmp_path) as session:
        assert "Watching “Varn bridge”" in await session.enter("/watch Varn bridge")
        add_report(answerer)
        for _ in range(200):
            await asyncio.sleep(0.05)
            if "🔔" in session.output.getvalue():
                break
        printed = session.output.getvalue()
    assert "🔔 New on “Varn bridge”\n1 new report\n" in printed
    assert "▏ Part 1 of the bridge at Varn was opened.\n" in printed
    assert printed.count("🔔") == 1
