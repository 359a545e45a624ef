"""Which messages are the bot's: questions that are left to people, and what Telegram shows it at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.errors import CorruptIndexError
from tests.fakes import FakeAnswerer, refuse_to_open
from tests.stage import on_stage
from tests.telegram_checks import ANN, BOT, GROUP, OWNER
from tests.test_choosing import change, choose


def hide_group_messages(stage):
    """Switch privacy mode on, as BotFather does at first."""
    me = stage.application.bot.bot
    with me._unfrozen():
        me.can_read_all_group_messages = False


async def test_open_question_put_to_somebody_is_left_to_them(tmp_path):
    """Where "?" is enough, a question that mentions somebody or was forwarded is not the bot's."""
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1_700_000_000}
    named = {
        "type": "text_mention",
        "offset": 0,
        "length": 3,
        "user": {"id": 5, "is_bot": False, "first_name": "Joe"},
    }
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Answer what")
        assert await stage.write("@joe_in_varn is the bridge lost?", chat=GROUP) == []
        assert await stage.write("Joe, is the bridge lost?", chat=GROUP, entities=[named]) == []
        assert await stage.write("Is the bridge lost?", chat=GROUP, forward_origin=origin) == []
        assert len(await stage.write("Is the bridge lost?", chat=GROUP)) == 1
        assert len(await stage.write("@joe_in_varn @onrecord_bot is the bridge lost?", chat=GROUP)) == 1


async def test_open_question_without_a_sure_answer_is_left_alone(tmp_path):
    """Nobody asked the bot: no answer, an unsure one, a failure to find any and a limit are kept silent."""
    answerer = FakeAnswerer()
    answerer.answers["Is it sure?"] = replace(answerer.answers["How long will repairs take?"], sure=False)
    async with on_stage(tmp_path, answerer=answerer, max_question=50, questions_per_chat=4) as stage:
        await choose(stage, "Answer what")
        before = len(stage.request.calls)
        assert await stage.write("Who is coming to dinner?", chat=GROUP) == []
        assert await stage.write("Is it sure?", chat=GROUP) == []
        assert await stage.write("why " * 20 + "?", chat=GROUP) == []
        assert len(stage.request.calls) == before  # not even a typing sign
        assert len(await stage.write("Is the bridge lost?", chat=GROUP)) == 1
        assert len(await stage.write("How long will repairs take?", chat=GROUP)) == 1
        assert await stage.write("Is the bridge lost?", chat=GROUP) == []
        assert len(await stage.write("/ask Is the bridge lost?", chat=GROUP)) == 1
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        assert await stage.write("Is the bridge lost?", chat=GROUP) == []


async def test_small_talk_about_the_news_is_left_to_people(tmp_path):
    """Who asks a group what happened yesterday does not ask the bot, unless an outlet is named."""
    answerer = FakeAnswerer()
    plain = answerer.answers["How long will repairs take?"]
    for text, outlets in (("What happened yesterday?", ()), ("What did the Times report?", ("The Times",))):
        question = replace(plain.question, text=text, outlets=outlets, anything=True)
        answerer.answers[text] = replace(plain, question=question)
    async with on_stage(tmp_path, answerer=answerer) as stage:
        await choose(stage, "Answer what")
        assert await stage.write("What happened yesterday?", chat=GROUP) == []
        assert len(await stage.write("What did the Times report?", chat=GROUP)) == 1
        assert len(await stage.write("/ask What happened yesterday?", chat=GROUP)) == 1


async def test_failure_over_an_open_question_is_not_told(tmp_path, caplog):
    """What goes wrong over a question that nobody put to the bot is logged; only who asked it is told."""
    answerer = FakeAnswerer()
    answerer.failure = CorruptIndexError("broken")
    async with on_stage(tmp_path, answerer=answerer) as stage:
        await choose(stage, "Answer what")
        assert await stage.write("Is the bridge lost?", chat=GROUP) == []
        assert "an update failed" in caplog.text
        own = {"reply_to_message": stage.compose("an answer", chat=GROUP) | {"from": BOT}}
        for text, fields in (("/ask why?", {}), ("@onrecord_bot why?", {}), ("why?", own)):
            (apology,) = await stage.write(text, chat=GROUP, **fields)
            assert apology.text.startswith("Sorry")


async def test_failure_over_a_migration_is_not_told(tmp_path, monkeypatch, caplog):
    """A group that becomes a supergroup is not bothered with what goes wrong meanwhile."""
    async with on_stage(tmp_path) as stage:

        async def fail(old, new):
            raise RuntimeError("disk gone")

        monkeypatch.setattr(stage.collaborators.watches, "move", fail)
        message = stage.compose("", chat=GROUP)
        message.pop("text")
        await stage.put({"message": message | {"migrate_from_chat_id": -100200}})
        await stage.application.update_queue.join()
        assert stage.request.calls == []
    assert "an update failed" in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "/ask Is the bridge lost?",
        "/ask\tIs the bridge lost?",
        "/ask\nIs the bridge lost?",
        "/ask: Is the bridge lost?",
        "/ask:Is the bridge lost?",
        "/ask@onrecord_bot, Is the bridge lost?",
        "/ask — Is the\nbridge lost?",
    ],
)
async def test_question_is_all_that_stands_behind_the_command(tmp_path, text):
    """However a command is parted from the question, by a space, a line or a colon, no word of it is lost."""
    async with on_stage(tmp_path) as stage:
        await stage.write(text)
        assert stage.answerer.asked == ["Is the bridge lost?"]


@pytest.mark.parametrize(
    ("words", "chat", "asked"),
    [
        ("/ask Is the bridge lost?", ANN, True),
        ("/ask Is the bridge lost?", GROUP, True),
        ("/ASK@Onrecord_Bot Is the bridge lost?", GROUP, True),
        ("/ask@other_bot Is the bridge lost?", GROUP, False),
        ("/tell Is the bridge lost?", GROUP, False),
        ("Is the bridge lost?", GROUP, False),
    ],
)
async def test_words_of_a_picture_may_begin_with_a_command(tmp_path, words, chat, asked):
    """What stands below a picture is read, though Telegram takes no command from there; in a group, /ask."""
    photo = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}
    async with on_stage(tmp_path) as stage:
        message = stage.compose(words, chat=chat) | photo
        message |= {"caption": message.pop("text"), "caption_entities": message.pop("entities")}
        await stage.put({"message": message})
        await stage.application.update_queue.join()
        assert stage.answerer.asked == (["Is the bridge lost?"] if asked else [])


async def test_open_question_of_who_may_not_ask_is_left_alone(tmp_path):
    """Where only admins may ask, others' questions to the group are not answered with a refusal each."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Answer what")
        await choose(stage, "Who may ask")
        ours = [call.method for call in await stage.write("Is the bridge lost?", chat=GROUP)]
        assert set(ours) <= {"getChatMember"}
        *_, answer = await stage.write("Is the bridge lost?", chat=GROUP, person=OWNER)
        assert answer.text.startswith("⚖ Disputed")


async def test_follow_up_of_an_overheard_question(tmp_path):
    """An overheard question that was answered can be followed up by its person, overheard or not."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Answer what")
        await stage.write("Is the bridge lost?", chat=GROUP)
        await stage.write("/ask why?", chat=GROUP)
        assert "bridge" in stage.answerer.understood[-1]


async def test_setting_that_privacy_mode_hides_says_what_it_needs(tmp_path):
    """Choosing to answer what ends in "?" warns where Telegram does not show the bot such messages."""
    async with on_stage(tmp_path) as stage:
        menu = await choose(stage, "Answer what", times=0)
        label = next(one["text"] for one in menu.buttons if one["text"].startswith("Answer what"))
        *_, told = await stage.press(menu, label, person=OWNER)
        assert told.values.get("text") is None
        await stage.press_data(menu, "1:s:open_questions:0", person=OWNER)
        hide_group_messages(stage)
        *_, warned = await stage.press(menu, label, person=OWNER)
        assert stage.collaborators.preferences.of(GROUP).open_questions
    assert warned.values["text"].startswith("Telegram does not show me such messages yet")
    assert warned.values["show_alert"]


async def test_privacy_mode_is_not_promised_mentions(tmp_path):
    """Where mentions do not come, neither the hello nor /help offers them; an admin of a group gets them."""
    async with on_stage(tmp_path) as stage:
        hide_group_messages(stage)
        (helped,) = await stage.write("/help")
        await stage.put(change("left", "member"))
        await stage.application.update_queue.join()
        hello = stage.request.calls[-1].text
    assert "a mention of me" not in helped.text
    assert "mentioning" not in hello
    assert "/ask or in reply to me" in hello
