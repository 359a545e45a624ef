"""Questions in private chats, groups and topics, from the update to the checked outgoing calls."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tests.fakes import DISPUTED, TIMES, FakeAnswerer, refuse_to_open
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, BOT, GROUP


async def test_private_text_is_a_question(tmp_path):
    """Any text in a private chat is answered with one message: quotes, speakers, sources, buttons."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("Is the bridge lost?")
    assert call.text.startswith("⚖ Disputed · 2 independent reports")
    assert "A fireman, to the Harbour Agency — claim [1]" in call.text
    assert call.covered("blockquote")[0] == "“The bridge is lost,” a fireman told the Harbour Agency."
    assert "reply_parameters" not in call.values
    assert [button["text"] for button in call.buttons] == [
        "Context",
        "More",
        "Other side",
        "Copy quote",
        "👍",
        "👎",
    ]


async def test_group_talk_is_not_touched(tmp_path):
    """A group's messages that are not addressed to the bot lead to no call and reach no answerer."""
    async with on_stage(tmp_path) as stage:
        other_bot = {"reply_to_message": stage.compose("I am a bot", chat=GROUP)}
        calls = [
            *await stage.write("Is the bridge lost?", chat=GROUP),
            *await stage.write("mail me at joe@onrecord_bot.example", chat=GROUP),
            *await stage.write("@onrecord_bots are great", chat=GROUP),
            *await stage.write("and you?", chat=GROUP, **other_bot),
            *await stage.write("/ask@another_bot Is the bridge lost?", chat=GROUP),
            *await stage.write("/unknown", chat=GROUP),
        ]
        assert calls == []
        assert stage.request.calls == []
        assert stage.answerer.asked == []


async def test_group_question_by_command_mention_and_reply(tmp_path):
    """/ask, a mention and a reply to the bot are answered, as replies, and the mention is no part of it."""
    async with on_stage(tmp_path) as stage:
        own = {"reply_to_message": stage.compose("an answer", chat=GROUP) | {"from": BOT}}
        for text, fields in (
            ("/ask Is the bridge lost?", {}),
            ("/ask@onrecord_bot Is the bridge lost?", {}),
            ("@Onrecord_Bot Is the bridge lost?", {}),
            ("Is the bridge lost? @onrecord_bot", {}),
            ("@onrecord_bot, Is the bridge lost?", {}),
            ("Is the bridge lost?", own),
        ):
            (call,) = await stage.write(text, chat=GROUP, **fields)
            assert call.values["reply_parameters"]["message_id"] == stage.next_message
        assert set(stage.answerer.asked) == {"Is the bridge lost?"}
        assert len(stage.answerer.asked) == 6


async def test_reply_stays_in_the_topic(tmp_path):
    """An answer goes to the topic of its question; a reply thread outside topics is not taken for one."""
    async with on_stage(tmp_path) as stage:
        (topical,) = await stage.write("/ask x", chat=GROUP, message_thread_id=7, is_topic_message=True)
        (threaded,) = await stage.write("/ask x", chat=GROUP, message_thread_id=55)
    assert topical.values["message_thread_id"] == 7
    assert "message_thread_id" not in threaded.values


async def test_first_message_of_a_topic_is_no_reply_to_its_maker(tmp_path):
    """In a topic that the bot opened, plain messages "reply" to its opening and are left alone."""
    async with on_stage(tmp_path) as stage:
        opening = stage.compose("", chat=GROUP) | {
            "from": BOT,
            "forum_topic_created": {"name": "x", "icon_color": 1},
        }
        assert await stage.write("hello", chat=GROUP, reply_to_message=opening) == []


async def test_ask_alone_asks_about_the_message_replied_to(tmp_path):
    """/ask without words, in reply to somebody's message, asks that message."""
    async with on_stage(tmp_path) as stage:
        other = stage.compose("How long will repairs take?", chat=GROUP, person=BEN)
        (call,) = await stage.write("/ask", chat=GROUP, reply_to_message=other)
        assert "three months" in call.text
        (empty,) = await stage.write("/ask", chat=GROUP)
    assert empty.text.startswith("What would you like to know?")


async def test_edited_messages_channel_posts_and_bots_are_ignored(tmp_path):
    """Edits are not answered twice; posts of channels, other bots and inline results not at all."""
    async with on_stage(tmp_path) as stage:
        question = stage.compose("/ask Is the bridge lost?", chat=GROUP)
        bot = {"id": 5, "is_bot": True, "first_name": "Other"}
        for update in (
            {"edited_message": question | {"edit_date": 1_700_000_001}},
            {"channel_post": question},
            {"message": question | {"from": bot}},
            {"message": question | {"via_bot": BOT}},
            {"message": question | {"is_automatic_forward": True}},
        ):
            await stage.put(update)
        await stage.application.update_queue.join()
        assert stage.request.calls == []


async def test_anonymous_admin_is_answered(tmp_path):
    """An admin who writes as the group is a person, though Telegram sends a bot's name with it."""
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    async with on_stage(tmp_path) as stage:
        chat = {"id": GROUP, "type": "supergroup", "title": "Group"}
        (call,) = await stage.write("/ask x", chat=GROUP, **{"from": anonymous, "sender_chat": chat})
    assert call.method == "sendMessage"


async def test_too_long_a_question_is_declined_kindly(tmp_path):
    """A question over the limit is declined with both lengths and reaches no answerer."""
    async with on_stage(tmp_path, max_question=50) as stage:
        (call,) = await stage.write("why " * 20)
        assert call.text.startswith("That is 79 characters long; I can take 50.")
        assert stage.answerer.asked == []


async def test_what_is_no_text_is_declined_in_private_only(tmp_path):
    """A photo without words gets a kind word in private and nothing in a group."""
    photo = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}], "entities": []}
    async with on_stage(tmp_path) as stage:
        message = stage.compose("") | photo
        message.pop("text")
        await stage.put({"message": message})
        await stage.put(
            {"message": message | {"chat": {"id": GROUP, "type": "supergroup", "title": "Group"}}}
        )
        await stage.application.update_queue.join()
        (call,) = stage.request.calls
    assert call.text == "I can only read text. Please write me your question."


async def test_an_album_is_met_once(tmp_path):
    """Of several photos sent together, the words of one are the question; without words one is declined."""
    photo = {"photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]}
    async with on_stage(tmp_path) as stage:
        for album, caption in (("1", "Is the bridge lost?"), ("2", None), ("3", None)):
            for number in range(4):
                message = stage.compose("") | photo | {"media_group_id": album}
                del message["text"], message["entities"]
                if caption and not number:
                    message |= {"caption": caption}
                await stage.put({"message": message})
        await stage.application.update_queue.join()
        sent = [call.text[:10] for call in stage.request.calls if call.method == "sendMessage"]
    assert sent == ["⚖ Disputed", "I can only", "I can only"]


async def test_quote_that_no_longer_matches_is_left_out(tmp_path, caplog):
    """A quote whose text has changed in the database is replaced by the next and logged as an error."""
    answerer = FakeAnswerer()
    answerer.articles["a2"] = replace(TIMES, text="Repairs will take three years. Nobody was hurt.")
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (call,) = await stage.write("Is the bridge lost?")
        assert "three months" not in call.text
        assert len(call.covered("blockquote")) == 2
        assert "left out" in call.text
        (failed,) = await stage.write("How long will repairs take?")
    assert failed.text == "Sorry, something went wrong and I could not answer. The error has been logged."
    assert any(
        "quote left out: a2" in record.message for record in caplog.records if record.levelname == "ERROR"
    )


async def test_dispute_is_never_shown_one_sided(tmp_path):
    """With room for one quote only, a disputed answer still shows both sides."""
    async with on_stage(tmp_path, shown_quotes=1) as stage:
        (call,) = await stage.write("Is the bridge lost?")
    assert call.covered("blockquote") == [quote.text for quote in DISPUTED.quotes[:2]]


async def test_error_is_logged_and_answered_with_one_apology(tmp_path, caplog):
    """A failure is logged without the question's words, and answered by one fixed apology."""
    answerer = FakeAnswerer()
    answerer.failure = RuntimeError("disk gone")
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (call,) = await stage.write("Is the secret out?")
    assert call.text == "Sorry, something went wrong and I could not answer. The error has been logged."
    assert "disk gone" in caplog.text
    assert "secret" not in caplog.text


async def test_without_an_index_the_bot_says_so(tmp_path):
    """A question while nothing has been built is told that, and not that nothing answers it."""
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        (call,) = await stage.write("Is the bridge lost?")
    assert call.text.startswith("There is no index yet")


async def test_chats_are_answered_side_by_side_and_each_in_order(tmp_path):
    """Two questions of one chat are answered in order; another chat's /help does not wait for them."""
    async with on_stage(tmp_path, workers=2) as stage:
        stage.answerer.gate.clear()
        await stage.put({"message": stage.compose("first")})
        await stage.put({"message": stage.compose("second")})
        await stage.put({"message": stage.compose("/help", person=BEN)})
        sent = lambda: [c for c in stage.request.calls if c.method == "sendMessage"]  # noqa: E731
        await stage.settle(lambda: bool(sent()))
        assert [call.values["chat_id"] for call in sent()] == [BEN]
        await stage.settle(lambda: stage.answerer.asked == ["first"])
        stage.answerer.gate.set()
        await asyncio.wait_for(stage.application.update_queue.join(), 10)
        assert stage.answerer.asked == ["first", "second"]
        assert [call.values["chat_id"] for call in sent()] == [BEN, ANN, ANN]


async def test_update_that_comes_twice_is_answered_once(tmp_path):
    """An update that Telegram delivers again, under the same number, is not answered again."""
    async with on_stage(tmp_path) as stage:
        message = stage.compose("Is the bridge lost?")
        await stage.put({"message": message})
        stage.next_update -= 1
        await stage.put({"message": message})
        await stage.application.update_queue.join()
        assert stage.answerer.asked == ["Is the bridge lost?"]
