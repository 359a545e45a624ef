"""/forgetme: it says what is kept and asks, and only whoever asked may press; what it leaves."""

from __future__ import annotations

import pytest

from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP, OWNER
from tests.test_choosing import choose, count_choosing_chats
from tests.test_introducing import TOLD

ASKED = (
    "Shall I delete what I keep about you? That is: 1 answer, 1 vote and 1 question of our conversation. "
    "It cannot be brought back. The buttons under those answers then stop working."
)


@pytest.mark.parametrize("place", [{}, {"chat": GROUP}])
async def test_it_asks_first(tmp_path, place):
    """It says what would be deleted; nobody else can press, and keeping deletes nothing."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("/ask Is the bridge lost?", **place)
        await stage.press(answer, "👍")
        (asked,) = await stage.write("/forgetme", **place)
        assert asked.text == ASKED
        assert [button["text"] for button in asked.buttons] == ["Delete it", "Keep it"]
        for label in ("Delete it", "Keep it"):
            refused = await stage.press(asked, label, person=BEN)
            assert "editMessageText" not in [call.method for call in refused]
            assert refused[-1].values["text"] == "Only whoever sent /forgetme can press this."
        kept, noted = await stage.press(asked, "Keep it")
        assert (await stage.state.count()).answers == 1
    assert (kept.text, kept.buttons) == ("Nothing was deleted. /privacy says what I keep.", [])
    assert noted.method == "answerCallbackQuery"


async def test_it_tells_of_buttons_only_where_answers_are_kept(tmp_path):
    """Where nothing but settings would be deleted, no buttons would stop working."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Quotes", chat=ANN, person=ANN)
        (asked,) = await stage.write("/forgetme")
    assert asked.text.endswith("That is: your settings. It cannot be brought back.")


async def test_its_buttons_work_after_a_restart_and_say_so_when_pressed_again(tmp_path):
    """What was asked before a restart can be answered after it, and deletes what there is by then."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?")
        (asked,) = await stage.write("/forgetme")
        assert "That is: 1 answer" in asked.text
        await stage.write("Is the bridge lost?")
    async with on_stage(tmp_path) as stage:
        done, _ = await stage.press(asked, "Delete it")
        assert done.text.startswith("Deleted: 2 answers")
        again, _ = await stage.press(asked, "Delete it")
        assert again.text == "There was nothing to delete: I keep nothing about you."


async def test_buttons_of_another_version_are_outdated(tmp_path):
    """What cannot be read deletes nothing and says so."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        for data in ("1:f:", "1:f:d", "1:f:x:y", "1:f:d:y:z"):
            (done,) = await stage.press_data(answer, data)
            assert done.values["text"].startswith("This button is from before an update.")
        assert (await stage.state.count()).answers == 1


async def test_who_writes_as_a_channel_is_not_asked(tmp_path):
    """No press could come from a channel, so that what is kept in its name is deleted at once."""
    channel = {"id": -1004, "type": "channel", "title": "Channel"}
    robot = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    by_channel = {"chat": GROUP, "from": robot, "sender_chat": channel}
    async with on_stage(tmp_path) as stage:
        await stage.write("/ask Is the bridge lost?", **by_channel)
        (done,) = await stage.write("/forgetme", **by_channel)
    assert done.text.startswith("Deleted: 1 answer")


async def test_watches_that_were_stopped_go_without_asking(tmp_path):
    """A stopped watch, kept for Undo alone, is nothing to ask about, and is gone all the same."""
    async with on_stage(tmp_path) as stage:
        (watch,) = await stage.write("/watch Varn bridge")
        await stage.press(watch, "Stop watching")
        (done,) = await stage.write("/forgetme")
        rows = await stage.state.read(lambda database: database.execute("select * from watches").fetchall())
    assert done.text == "There was nothing to delete: I keep nothing about you."
    assert rows == []


async def test_forget_me_leaves_nothing_of_a_person(tmp_path):
    """After /forgetme no row of any table is a person's, wherever they asked; another's are all there."""
    async with on_stage(tmp_path) as stage:
        for person in (ANN, BEN):
            (answer,) = await stage.write("Is the bridge lost?", person=person)
            await stage.press(answer, "👍", person=person)
            await stage.write("and who denied it?", person=person)
            await stage.write("/ask Is the bridge lost?", chat=GROUP, person=person)
            await stage.write("/who Ilse Brandt", person=person)
            await stage.write("/watch Varn bridge", person=person)
            (menu,) = await stage.write("/settings", person=person)
            await stage.press(menu, "Quotes in an answer: 3", person=person)
        done = await stage.forget()
        rows = {
            table: await stage.state.read(
                lambda database, table=table: database.execute(f"select * from {table}").fetchall()
            )
            for table in TOLD.keys() - {"arrivals"}
        }
        names = {person: stage.state.hash_number(person) for person in (ANN, BEN)}
    assert done.text == (
        "Deleted: 3 answers, 1 vote, 1 watched topic, 3 questions of our conversation and your settings. "
        "I keep nothing else about you."
    )
    for table, kept in rows.items():
        assert not [row for row in kept if names[ANN] in row], table
        assert [row for row in kept if names[BEN] in row], table


async def test_forget_me_deletes_and_says_what(tmp_path):
    """/forgetme deletes a person's answers and votes and nobody else's; a second time there is nothing."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        await stage.write("Is the bridge lost?", person=BEN)
        await stage.press(answer, "👍")
        done = await stage.forget()
        assert done.text == (
            "Deleted: 1 answer, 1 vote and 1 question of our conversation. I keep nothing else about you."
        )
        counts = await stage.state.count()
        assert (counts.answers, counts.up) == (1, 0)
        (gone,) = await stage.press(answer, "Context")
        assert gone.values["text"] == "That answer is no longer kept. Please ask again."
        (again,) = await stage.write("/forgetme", person=ANN)
    assert again.text == "There was nothing to delete: I keep nothing about you."


async def test_forget_me_takes_the_question_out_of_others_votes(tmp_path):
    """A vote holds the question it is about: the votes of others on one's answers go as well."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("/ask Is the bridge lost?", chat=GROUP, person=ANN)
        await stage.press(answer, "👍", person=BEN)
        assert len(await stage.state.list_votes()) == 1
        done = await stage.forget()
        assert done.text == (
            "Deleted: 1 answer and 1 question of our conversation. I keep nothing else about you."
        )
        assert await stage.state.list_votes() == []


async def test_forget_me_of_an_anonymous_admin(tmp_path):
    """What was asked in the group's name is deleted in its name; what the group chose and watches stays."""
    group = {"id": GROUP, "type": "supergroup", "title": "Group"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    by_group = {"chat": GROUP, "from": anonymous, "sender_chat": group}
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Quotes")
        await stage.write("/watch Varn bridge", **by_group)
        await stage.write("/ask Is the bridge lost?", **by_group)
        (asked,) = await stage.write("/forgetme", **by_group)
        for person in (ANN, BEN):
            refused = await stage.press(asked, "Delete it", person=person)
            assert refused[-1].values["text"] == "Only whoever sent /forgetme can press this."
        done = next(
            call
            for call in await stage.press(asked, "Delete it", person=OWNER)
            if call.method == "editMessageText"
        )
        assert done.text == (
            "Deleted: 1 answer and 1 question of our conversation. I keep nothing else about you."
        )
        assert (await stage.state.count()).answers == 0
        assert await count_choosing_chats(stage) == 1
        assert await stage.collaborators.watches.count() == 1
        (nothing,) = await stage.write("/forgetme", **by_group)
    assert nothing.text.startswith("There was nothing to delete")
