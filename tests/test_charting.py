"""/timeline and the Timeline button: a chart with its caption in the right place, and the same in words."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.handlers.charting import PATIENCE
from bot.messages.presses import View
from index.timeline import Timeline
from tests.fakes import CLAIM, COURIER, DENIAL, DISPUTED, NOTHING, FakeAnswerer, ask_about, refuse_to_open
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP
from tests.test_captions import STORY
from tests.test_charts import make_point, make_report, make_undated


def make_answerer(**timelines):
    """Return an answerer that knows the story of the bridge, also behind its disputed answer."""
    answerer = FakeAnswerer()
    answerer.answers[DISPUTED.question.text] = replace(DISPUTED, has_timeline=True)
    answerer.timelines = {STORY.question.text: STORY, "Varn": STORY, **timelines}
    answerer.timelines[DISPUTED.question.text] = STORY
    return answerer


def labels(call):
    return [button["text"] for button in call.buttons]


async def test_a_topic_is_answered_with_a_chart_and_its_turning_points(tmp_path):
    """/timeline sends one picture with the points as its caption, and its button leads to all in words."""
    async with on_stage(tmp_path, answerer=make_answerer()) as stage:
        (chart,) = await stage.write("/timeline Varn")
        assert chart.method == "sendPhoto"
        assert chart.covered("blockquote") == [CLAIM.text, DENIAL.text, STORY.points[2].quote.text]
        assert labels(chart) == ["In words"]
        words, done = without_typing(await stage.press(chart, "In words", person=BEN))
        assert words.method == "sendMessage"
        assert words.values["reply_parameters"]["message_id"] == stage.request.next_message - 1
        assert "• The Quay · date unknown" in words.text
        assert labels(words) == []
        assert done.values.get("text") is None


def without_typing(calls):
    return [call for call in calls if call.method not in ("sendChatAction", "sendMessageDraft")]


async def test_the_button_under_an_answer_sends_the_chart_below_it_in_its_topic(tmp_path):
    """Timeline replies to the answer in the same topic, once; a second press says that it is there."""
    async with on_stage(tmp_path, answerer=make_answerer()) as stage:
        (answer,) = await stage.write(
            "/ask Is the bridge lost?", chat=GROUP, message_thread_id=7, is_topic_message=True
        )
        assert labels(answer)[:4] == ["Context", "More", "Other side", "Timeline"]
        chart, done = without_typing(await stage.press(answer, "Timeline"))
        assert chart.method == "sendPhoto"
        assert chart.values["message_thread_id"] == 7
        assert chart.values["reply_parameters"]["message_id"] == 1001
        assert done.values.get("text") is None
        again = without_typing(await stage.press_data(answer, press_of(answer, "Timeline")))
    assert chart.text.startswith("The bridge at Varn")
    assert [call.method for call in again] == ["sendPhoto", "answerCallbackQuery"]  # of another message


def press_of(call, label):
    return next(button["callback_data"] for button in call.buttons if button["text"] == label)


async def test_a_second_press_sends_nothing_anew_for_a_minute(tmp_path):
    """Who presses twice is told that the timeline is there; later it may be sent again."""
    now = [1000.0]
    async with on_stage(tmp_path, answerer=make_answerer()) as stage:
        charting = next(
            handler.callback.__self__
            for handler in stage.application.handlers[0]
            if getattr(handler.callback, "__name__", "") == "show_topic"
        )
        charting._clock = lambda: now[0]
        (answer,) = await stage.write("Is the bridge lost?")
        number = stage.request.next_message
        for expected in (["sendPhoto", "answerCallbackQuery"], ["answerCallbackQuery"]):
            stage.request.next_message = number
            calls = without_typing(await stage.press(answer, "Timeline"))
            assert [call.method for call in calls] == expected
        assert calls[-1].values["text"] == "That timeline is here already, a little below."
        now[0] += PATIENCE
        stage.request.next_message = number
        calls = without_typing(await stage.press(answer, "Timeline"))
    assert calls[0].method == "sendPhoto"


async def test_a_chart_is_part_of_the_conversation(tmp_path):
    """A question after a chart is completed from it; in reply to an answer, /timeline takes its question."""
    answerer = make_answerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        replied = stage.request.describe(answer, stage.request.next_message)
        (chart,) = await stage.write("/timeline", reply_to_message=replied)
        assert (chart.method, answerer.asked[-1]) == ("sendPhoto", "Is the bridge lost?")
        await stage.write("/timeline Varn")
        await stage.write("and who denied it?")
        (unknown,) = await stage.write("/timeline", reply_to_message=replied | {"message_id": 7})
    assert "Varn" in answerer.understood[-1]
    assert unknown.text.startswith("The timeline of what?")


async def test_alone_it_takes_what_was_asked_last(tmp_path):
    """As far as the reports answered it; where nothing was asked, it says how to name a topic."""
    answerer = make_answerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (empty,) = await stage.write("/timeline")
        assert empty.text.startswith("The timeline of what?")
        await stage.write("Is the bridge lost?")
        await stage.write("bananas")
        (chart,) = await stage.write("/timeline")
    assert (chart.method, answerer.asked[-1]) == ("sendPhoto", "Is the bridge lost?")


async def test_a_topic_that_no_report_is_on(tmp_path):
    """A topic of which the index has nothing is told so as a topic, and other reasons as for a question."""
    async with on_stage(tmp_path, answerer=make_answerer()) as stage:
        (none,) = await stage.write("/timeline bananas")
        (question,) = await stage.write("bananas")
        (near,) = await stage.write("/timeline Who paid for the repairs at Varn?")
        (empty,) = await stage.write("/timeline")
    assert none.text.startswith("The reports hold nothing on “bananas”.\n\nNewest report: ")
    assert question.text.startswith("Nothing in the reports answers this.\nI answer questions about")
    assert labels(near) == ["Nearest reports"]
    assert empty.text.startswith("The timeline of what?")


async def test_without_dates_it_comes_in_words(tmp_path):
    """Where no report has a date, there is no chart but the list, and it says so."""
    undated = Timeline(ask_about("Varn"), (make_undated("a"), make_undated("b")))
    async with on_stage(tmp_path, answerer=make_answerer(Varn=undated)) as stage:
        (words,) = await stage.write("/timeline Varn")
    assert words.text.startswith("None of these reports has a date, so there is no chart.")
    assert words.text.count("date unknown") == 3


async def test_where_no_picture_may_be_sent_it_comes_in_words(tmp_path):
    """A group that takes no photos gets the timeline as text; one that takes nothing gets nothing."""
    refusals = {
        (400, "Bad Request: not enough rights to send photos to the chat"): ["sendPhoto", "sendMessage"],
        (400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"): ["sendPhoto", "sendMessage"],
        (403, "Forbidden: CHAT_SEND_PHOTOS_FORBIDDEN"): ["sendPhoto", "sendMessage"],
        (400, "Bad Request: IMAGE_PROCESS_FAILED"): ["sendPhoto", "sendMessage"],
        (400, "Bad Request: TOPIC_CLOSED"): ["sendPhoto"],
    }
    async with on_stage(tmp_path, answerer=make_answerer()) as stage:
        for (code, refusal), expected in refusals.items():
            stage.request.faults["sendPhoto"] = [(code, {"description": refusal})]
            calls = await stage.write("/timeline Varn", chat=GROUP)
            assert [call.method for call in calls] == expected
            if len(calls) > 1:
                assert calls[1].text.startswith("I may not send pictures here")
        stage.request.faults["sendPhoto"] = [(403, {"description": "Forbidden: bot was kicked"})]
        assert [call.method for call in await stage.write("/timeline Varn", chat=GROUP)] == ["sendPhoto"]
        moved = {
            "description": "Bad Request: group chat was upgraded",
            "parameters": {"migrate_to_chat_id": -7},
        }
        stage.request.faults["sendPhoto"] = [(400, moved)]
        calls = await stage.write("/timeline Varn", chat=GROUP)
        assert [call.values["chat_id"] for call in calls] == [GROUP, -7]


async def test_patience_is_kept(tmp_path, monkeypatch):
    """When Telegram asks for patience, the picture is sent again after it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns of its old durations
    async with on_stage(tmp_path, answerer=make_answerer(), flood_control=True) as stage:
        wait = {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
        stage.request.faults["sendPhoto"] = [(429, wait)]
        calls = await stage.write("/timeline Varn")
    assert [call.method for call in calls] == ["sendPhoto", "sendPhoto"]


async def test_what_a_caption_cannot_hold_follows_in_one_message(tmp_path):
    """Long quotes go on in one text message, in the same place, and the button stands under it."""
    reports = tuple(make_report(f"r{n}", "The Courier", n) for n in range(6))
    text = f"It is so. {'A very long sentence goes on and on. ' * 9}".strip()
    points = tuple(make_point(report, text=text) for report in reports)
    answerer = make_answerer(Varn=Timeline(ask_about("Varn"), reports, points))
    answerer.articles |= {one.citation.article: replace(COURIER, text=text) for one in reports}
    async with on_stage(tmp_path, answerer=answerer) as stage:
        chart, rest = await stage.write("/timeline Varn", chat=GROUP)
        assert (labels(chart), labels(rest)) == ([], ["In words"])
        assert rest.values["reply_parameters"] == chart.values["reply_parameters"]
        quoted = [*chart.covered("blockquote"), *rest.covered("blockquote")]
        assert quoted == [text] * 6
        edit, _ = without_typing(await stage.press(rest, "In words"))
    assert edit.method == "editMessageText"
    assert edit.text.count("• The Courier") == 6


async def test_pages_in_words_are_turned_in_place(tmp_path):
    """A long list is read page by page in one message, also after a restart."""
    reports = tuple(make_report(f"r{n}", f"Outlet {n}", n) for n in range(120))
    answerer = make_answerer(Varn=Timeline(ask_about("Varn"), reports))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (chart,) = await stage.write("/timeline Varn")
        words, _ = without_typing(await stage.press(chart, "In words"))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        assert labels(words) == ["‹", "1/2", "›"]
        edit, _ = without_typing(await stage.press(words, "›"))
        assert (edit.method, labels(edit)[1]) == ("editMessageText", "2/2")
        assert "Outlet 119 " in edit.text
        answerer.timelines["Varn"] = NOTHING
        (gone,) = without_typing(await stage.press(edit, "›"))
        (gone_too,) = without_typing(await stage.press(chart, "In words"))
    assert gone.values["text"] == gone_too.values["text"]
    assert gone.values["text"].startswith("These quotes are no longer in the index")


async def test_pages_are_turned_however_a_timeline_was_called_for(tmp_path):
    """Written as the words of a button, or opened by a link, a timeline in words is turned in its message."""
    reports = tuple(make_report(f"r{n}", f"Outlet {n}", n) for n in range(120))
    long = Timeline(ask_about("Varn"), reports)
    answerer = make_answerer(Varn=long)
    answerer.timelines[DISPUTED.question.text] = long
    async with on_stage(tmp_path, answerer=answerer) as stage:
        await stage.write("Is the bridge lost?")
        (written,) = await stage.write("timeline")
        await stage.write("/timeline Varn")
        (in_words,) = await stage.write("in words")
        link = next(one["copy_text"]["text"] for one in in_words.buttons if "copy_text" in one)
        (opened,) = await stage.write(f"/start {link.partition('=')[2]}", person=BEN)
        for words in (written, in_words, opened):
            assert labels(words)[:3] == ["‹", "1/2", "›"]
            edit, _ = without_typing(await stage.press(words, "›"))
            assert edit.method == "editMessageText"
            assert "Outlet 119 " in edit.text


async def test_a_quote_that_changed_is_no_point(tmp_path):
    """A turning point whose words no longer equal their slice is left out."""
    answerer = make_answerer()
    answerer.articles["a1"] = replace(COURIER, text="gone")
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (chart,) = await stage.write("/timeline Varn")
    assert chart.covered("blockquote") == [STORY.points[2].quote.text]


async def test_outdated_buttons_are_answered_kindly(tmp_path):
    """A press for an answer that is gone, or that has no timeline, is told so."""
    async with on_stage(tmp_path) as stage:
        (plain,) = await stage.write("Is the bridge lost?")
        assert "Timeline" not in labels(plain)
        token = press_of(plain, "Context").split(":")[2]
        for data, told in (
            (f"1:{View.TIMELINE.value}:{token}:0", "This button is from before an update"),
            (f"1:{View.TEXT.value}:{token}:0", "This button is from before an update"),
            (f"1:{View.TIMELINE.value}:gone:0", "That answer is no longer kept"),
            (f"1:{View.TEXT.value}:x", "This button is from before an update"),
        ):
            (done,) = await stage.press_data(plain, data)
            assert done.values["text"].startswith(told)


async def test_limits_and_a_missing_index_hold_for_timelines(tmp_path):
    """A timeline counts as a question, by command and by button, and says when there is no index."""
    async with on_stage(tmp_path, answerer=make_answerer(), questions_per_person=1) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        (refused,) = await stage.press(answer, "Timeline")
        assert refused.values["text"].startswith("That is a lot of questions")
        assert await stage.write("/timeline Varn") == []
    async with on_stage(tmp_path / "none", open_answerer=refuse_to_open) as stage:
        (call,) = await stage.write("/timeline Varn", person=ANN)
    assert call.text.startswith("There is no index yet")


async def test_pictures_are_drawn_off_the_loop(tmp_path, monkeypatch):
    """While one chat's picture is being drawn, another's question is answered."""
    drawing, loop = asyncio.Event(), asyncio.get_running_loop()
    answered = asyncio.Event()

    def draw_slowly(chart):
        loop.call_soon_threadsafe(drawing.set)
        asyncio.run_coroutine_threadsafe(answered.wait(), loop).result(10)
        return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x38\x00\x00\x04\x38"

    monkeypatch.setattr("bot.handlers.charting.draw_chart", draw_slowly)
    async with on_stage(tmp_path, answerer=make_answerer()) as stage:
        await stage.put({"message": stage.compose("/timeline Varn")})
        await asyncio.wait_for(drawing.wait(), 10)
        before = len(stage.request.calls)
        await stage.put({"message": stage.compose("Is the bridge lost?", person=BEN)})
        await stage.settle(lambda: any(c.method == "sendMessage" for c in stage.request.calls[before:]))
        answered.set()
        await stage.application.update_queue.join()
    assert stage.request.calls[-1].method == "sendPhoto"
