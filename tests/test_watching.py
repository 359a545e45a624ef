"""/watch and /watches: taking a watch, refusing it kindly, listing, stopping, bringing back."""

from __future__ import annotations

from tests.fakes import FakeAnswerer, refuse_to_open
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP, OWNER
from tests.test_choosing import change, choose


async def test_watch_says_what_will_happen_and_how_to_stop(tmp_path):
    """A watch is confirmed with when it tells and with a button that stops it."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/watch Varn bridge")
    assert call.text == (
        "Watching “Varn bridge”\n"
        "When a new report or a new dispute on it comes in, I tell you here, with quotes. What is already "
        "there is not told. Alerts come after each refresh of the index, at any hour. /watches shows and "
        "stops what I watch, /settings changes the hours."
    )
    assert call.covered("bold") == ["Watching “Varn bridge”"]
    assert [button["text"] for button in call.buttons] == ["Stop watching"]


async def test_watch_without_a_topic_is_explained(tmp_path):
    """No topic, or one of no meaning, is answered with an example, and nothing is watched."""
    async with on_stage(tmp_path) as stage:
        for text in ("/watch", "/watch   ", "/watch the", "/watch ???"):
            (call,) = await stage.write(text)
            assert call.text.startswith("What shall I watch?")
        assert await stage.collaborators.watches.count() == 0


async def test_topic_that_is_too_long_is_declined(tmp_path):
    """A topic is a few words; a longer one is declined with its length."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/watch " + "bridge " * 30)
    assert call.text.startswith("That is 209 characters long; a topic can have 200.")


async def test_duplicate_is_refused_kindly(tmp_path):
    """The same topic in the same place, however it is written, is watched once; elsewhere it is another."""
    async with on_stage(tmp_path) as stage:
        await stage.write("/watch Varn bridge")
        (call,) = await stage.write("/watch varn  BRIDGE?")
        assert call.text.startswith("I am watching “varn BRIDGE?” here already.")
        for thread in (7, 8):
            (added,) = await stage.write(
                "/watch Varn bridge", chat=GROUP, message_thread_id=thread, is_topic_message=True
            )
            assert added.text.startswith("Watching")
        assert await stage.collaborators.watches.count() == 3


async def test_limit_of_a_chat(tmp_path):
    """A chat has so many watches and no more; another chat is not affected."""
    async with on_stage(tmp_path, watches_per_chat=2) as stage:
        await stage.write("/watch bridge")
        await stage.write("/watch flood")
        (full,) = await stage.write("/watch harvest")
        assert full.text.startswith("I am watching 2 topics here")
        (other,) = await stage.write("/watch harvest", person=BEN)
        assert other.text.startswith("Watching")


async def test_nothing_is_watched_while_there_is_no_index(tmp_path):
    """Without an index there is nothing to compare with: the watch is declined, not told all of it later."""
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        (call,) = await stage.write("/watch Varn bridge")
        assert call.text.startswith("There is no index yet")
        assert await stage.collaborators.watches.count() == 0


async def test_list_stop_and_undo_in_place(tmp_path):
    """Each watch has a button; a press stops it in the same message, and Undo brings it back there."""
    async with on_stage(tmp_path) as stage:
        await stage.write("/watch Varn bridge")
        await stage.write("/watch harvest")
        (listed,) = await stage.write("/watches")
        assert listed.text.startswith(
            "What I watch here\n1. Varn bridge · nothing told yet\n2. harvest · nothing told yet"
        )
        edit, done = await stage.press(listed, "Stop 1: Varn bridge")
        assert (edit.method, done.method) == ("editMessageText", "answerCallbackQuery")
        assert "1. harvest" in edit.text
        assert "No longer watching “Varn bridge”." in edit.text
        assert [button["text"] for button in edit.buttons] == ["Stop 1: harvest", "Undo"]
        assert await stage.collaborators.watches.count() == 1
        again, _ = await stage.press(edit, "Undo")
        assert again.text == listed.text
        assert again.buttons == listed.buttons


async def test_stop_and_undo_under_the_confirmation(tmp_path):
    """The button under the confirmation stops the watch in place, and Undo takes that back."""
    async with on_stage(tmp_path) as stage:
        (added,) = await stage.write("/watch Varn bridge")
        stopped, _ = await stage.press(added, "Stop watching")
        assert stopped.text == "No longer watching “Varn bridge”."
        back, _ = await stage.press(stopped, "Undo")
        assert back.text == added.text
        assert await stage.collaborators.watches.count() == 1


async def test_button_of_a_watch_that_is_gone(tmp_path):
    """A second press, a press after Undo has lapsed, and nonsense are answered kindly and change nothing."""
    now = [1_000_000.0]
    async with on_stage(tmp_path, wall_clock=lambda: now[0]) as stage:
        (added,) = await stage.write("/watch Varn bridge")
        stopped, _ = await stage.press(added, "Stop watching")
        (twice,) = await stage.press(added, "Stop watching")
        assert twice.values["text"] == "That is no longer watched here."
        now[0] += 3601
        await stage.check_alerts()
        (late,) = await stage.press(stopped, "Undo")
        assert late.values["text"] == "That is no longer watched here."
        for data in ("1:q:s", "1:q:x:o:abc", "1:q:s:z:abc"):
            (done,) = await stage.press_data(added, data)
            assert done.values["text"].startswith("This button is from before an update.")


async def test_list_of_as_many_as_there_can_be_is_one_message(tmp_path):
    """Twenty long topics are listed whole in one message, in the wordiest language, each with its button."""
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.change(GROUP, language="uk")
        for number in range(20):
            words = f"{number} withdrawal from the border town of Brennica " * 4
            await stage.write(f"/watch {words[:190]}", chat=GROUP)
        (listed,) = await stage.write("/watches", chat=GROUP, message_thread_id=7, is_topic_message=True)
    assert len(listed.buttons) == 20
    assert "20. 19 withdrawal" in listed.text


async def test_empty_list_has_an_example(tmp_path):
    """Where nothing is watched, /watches says how to begin."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/watches")
    assert call.text == "I watch nothing here. /watch with a topic begins: /watch election recount"
    assert call.buttons == []


async def test_watches_of_another_topic_of_the_group_are_told_apart(tmp_path):
    """The list is that of the chat; what belongs to another forum topic says so."""
    async with on_stage(tmp_path) as stage:
        here = {"chat": GROUP, "message_thread_id": 7, "is_topic_message": True}
        await stage.write("/watch Varn bridge", **here)
        await stage.write("/watch harvest", chat=GROUP)
        (listed,) = await stage.write("/watches", **here)
    assert "1. Varn bridge · nothing told yet" in listed.text
    assert "2. harvest · in another topic of this group" in listed.text
    assert listed.values["message_thread_id"] == 7


async def test_list_in_a_reply_thread_is_of_no_other_topic(tmp_path):
    """Where a group has no topics, the number of a reply thread is not taken for one after a press."""
    async with on_stage(tmp_path) as stage:
        for topic in ("Varn bridge", "harvest"):
            await stage.write(f"/watch {topic}", chat=GROUP)
        (listed,) = await stage.write("/watches", chat=GROUP)
        message = stage.request.describe(listed, stage.request.next_message) | {"message_thread_id": 55}
        await stage.put(
            {
                "callback_query": {
                    "id": "1",
                    "from": {"id": ANN, "is_bot": False, "first_name": "Somebody"},
                    "message": message,
                    "chat_instance": "1",
                    "data": listed.buttons[0]["callback_data"],
                }
            }
        )
        await stage.application.update_queue.join()
        edit = stage.request.calls[-2]
    assert "1. harvest · nothing told yet" in edit.text
    assert "in another topic" not in edit.text


async def test_group_of_admins_only(tmp_path):
    """Where only admins may ask, only they may begin and stop a watch."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Who may ask")
        refused = (await stage.write("/watch Varn bridge", chat=GROUP))[-1]
        assert refused.text == "In this group only admins may ask me."
        added = (await stage.write("/watch Varn bridge", chat=GROUP, person=OWNER))[-1]
        pressed = await stage.press(added, "Stop watching", person=ANN)
        assert pressed[-1].values["text"] == "In this group only admins may start and stop watching."
        assert await stage.collaborators.watches.count() == 1
        edit = [c for c in await stage.press(added, "Stop watching", person=OWNER) if "text" in c.values]
        assert edit[0].text == "No longer watching “Varn bridge”."


async def test_removal_deletes_and_migration_carries_over(tmp_path):
    """A group's watches move with it to its supergroup, and go when the bot is put out."""
    old = -100200
    async with on_stage(tmp_path) as stage:
        await stage.write("/watch Varn bridge", chat=old)
        await stage.put({"message": stage.compose("", chat=GROUP) | {"migrate_from_chat_id": old}})
        await stage.put({"message": stage.compose("", chat=old) | {"migrate_to_chat_id": GROUP}})
        await stage.application.update_queue.join()
        watches = stage.collaborators.watches
        assert await watches.list_chat(old) == ()
        assert [watch.chat for watch in await watches.list_chat(GROUP)] == [GROUP]
        await stage.put(change("member", "kicked"))
        await stage.application.update_queue.join()
        assert await watches.count() == 0


async def test_forget_me_deletes_the_watches_of_a_private_chat(tmp_path):
    """/forgetme deletes what a person watches in private, and leaves the group its own."""
    async with on_stage(tmp_path) as stage:
        await stage.write("/watch Varn bridge")
        await stage.write("/watch Varn bridge", chat=GROUP)
        done = await stage.forget()
        assert "1 watched topic" in done.text
        assert await stage.collaborators.watches.count() == 1
        (privacy,) = await stage.write("/privacy")
        assert "What you have me watch" in privacy.text


async def test_topics_and_chats_are_not_stored_in_plain(tmp_path):
    """The bot's files hold neither the topic, nor the number of the chat, nor who began the watch."""
    person, answerer = 987654321012, FakeAnswerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        await stage.write("/watch zanzibar smugglers", person=person)
    for path in tmp_path.glob("bot.*"):
        content = path.read_bytes()
        assert b"zanzibar" not in content
        assert str(person).encode() not in content
