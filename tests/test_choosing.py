"""/settings, the question mark, who may ask, and a chat's life: joining, removal, migration."""

from __future__ import annotations

from inspect import signature
from itertools import permutations

import pytest
from telegram import ChatMemberRestricted

from bot.handlers import membership
from tests.stage import on_stage
from tests.telegram_checks import ANN, BOT, GROUP, OWNER, make_message


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """A hello after a short pause."""
    monkeypatch.setattr(membership, "HELLO_PAUSE", 0.05)


async def choose(stage, label, times=1, *, chat=GROUP, person=OWNER):
    """Open the menu and press the line that begins with a label."""
    (menu,) = [
        c for c in await stage.write("/settings", chat=chat, person=person) if c.method == "sendMessage"
    ]
    for _ in range(times):
        button = next(b for b in menu.buttons if b["text"].startswith(label))
        calls = await stage.press_data(menu, button["callback_data"], person=person)
        menu = next(call for call in calls if call.method == "editMessageText")
    return menu


async def count_choosing_chats(stage):
    """Return how many chats have chosen something."""
    query = "select count(*) from choices"
    return await stage.state.read(lambda database: database.execute(query).fetchone()[0])


async def test_number_of_quotes_is_chosen_by_a_chat(tmp_path):
    """A private chat chooses how many quotes it is shown, and the next answer follows."""
    async with on_stage(tmp_path) as stage:
        menu = await choose(stage, "Quotes", chat=ANN, person=ANN, times=2)
        assert [button["text"] for button in menu.buttons] == [
            "Quotes in an answer: 2",
            "Language: automatic",
            "Alerts of /watch: after each refresh",
            "Quiet hours: none",
        ]
        (answer,) = await stage.write("Is the bridge lost?")
        assert len(answer.covered("blockquote")) == 2


async def test_quiet_hours_are_set_by_the_clock(tmp_path):
    """Once there are quiet hours, the menu shows the chat's clock, which goes forward and back."""
    async with on_stage(tmp_path) as stage:
        menu = await choose(stage, "Quiet hours", chat=ANN, person=ANN)
        assert "Quiet hours: 22:00–7:00" in [button["text"] for button in menu.buttons]
        back, clock = menu.buttons[-2:]
        assert back["text"] == "‹"
        assert clock["text"].startswith("The clock here: ")
        assert clock["text"].endswith(" (UTC)")
        menu = next(c for c in await stage.press_data(menu, clock["callback_data"]) if c.buttons)
        assert menu.buttons[-1]["text"].endswith(" (UTC+1)")
        for zone in (" (UTC)", " (UTC−1)"):
            data = menu.buttons[-2]["callback_data"]
            menu = next(c for c in await stage.press_data(menu, data) if c.buttons)
            assert menu.buttons[-1]["text"].endswith(zone)
        assert stage.collaborators.preferences.of(ANN).utc_offset == -60


async def test_group_menu_is_for_its_admins(tmp_path):
    """A member is told that only admins choose; a member's press changes nothing; an admin's does."""
    async with on_stage(tmp_path) as stage:
        refused = (await stage.write("/settings", chat=GROUP))[-1]
        assert refused.text == "Only an admin of this group can change its settings."
        menu = await choose(stage, "Quotes", times=0)
        assert [button["text"].partition(":")[0] for button in menu.buttons] == [
            "Quotes in an answer",
            "Language",
            "Answer what ends in “?”",
            "Who may ask",
            "Alerts of /watch",
            "Quiet hours",
        ]
        pressed = await stage.press_data(menu, menu.buttons[0]["callback_data"], person=ANN)
        assert pressed[-1].values["show_alert"]
        assert stage.collaborators.preferences.of(GROUP).quotes == 0


async def test_admins_of_a_group_that_hides_its_members(tmp_path):
    """Where Telegram tells nothing of single members, the list of admins says who may choose."""
    hidden = (400, {"description": "Bad Request: CHAT_ADMIN_REQUIRED"})
    kicked = (403, {"description": "Forbidden: bot was kicked from the supergroup chat"})
    async with on_stage(tmp_path) as stage:
        for person, more, last in (
            (OWNER, {}, "For this group"),
            (ANN, {}, "Only an admin"),
            (OWNER, {"getChatAdministrators": [hidden]}, "Only an admin"),
            (OWNER, {"getChatAdministrators": [kicked]}, "Only an admin"),
        ):
            stage.request.faults.update({"getChatMember": [hidden], **more})
            *_, call = await stage.write("/settings", chat=GROUP, person=person)
            assert last in call.text


async def test_anonymous_admin_opens_the_menu(tmp_path):
    """An admin who writes as the group itself may choose for it."""
    async with on_stage(tmp_path) as stage:
        group = {"id": GROUP, "type": "supergroup", "title": "Group"}
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        (menu,) = await stage.write("/settings", chat=GROUP, **{"from": anonymous, "sender_chat": group})
    assert menu.buttons


async def test_question_mark_is_enough_where_switched_on(tmp_path):
    """Only where admins switched it on is a message ending in "?" a question, unless it is a reply."""
    async with on_stage(tmp_path) as stage:
        assert await stage.write("Is the bridge lost?", chat=GROUP) == []
        await choose(stage, "Answer what")
        (answer,) = await stage.write("Is the bridge lost?", chat=GROUP)
        assert answer.text.startswith("⚖ Disputed")
        assert await stage.write("The bridge is lost.", chat=GROUP) == []
        assert await stage.write("What?", chat=GROUP) == []
        to_ben = stage.compose("I was there", chat=GROUP)
        assert await stage.write("And is it lost?", chat=GROUP, reply_to_message=to_ben) == []
        await choose(stage, "Answer what")
        assert await stage.write("Is the bridge lost?", chat=GROUP) == []


async def test_who_may_ask(tmp_path):
    """Where a group reserves asking to its admins, others are told so, and admins are answered."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Who may ask")
        refused = (await stage.write("/ask Is the bridge lost?", chat=GROUP))[-1]
        answered = (await stage.write("/ask Is the bridge lost?", chat=GROUP, person=OWNER))[-1]
        assert stage.answerer.asked == ["Is the bridge lost?"]
    assert refused.text == "In this group only admins may ask me."
    assert answered.text.startswith("⚖ Disputed")


async def test_choices_survive_a_restart_and_end_with_forget_me(tmp_path):
    """Choices are kept over a restart, and /forgetme in private deletes them."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Quotes", chat=ANN, person=ANN)
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.prepare(ANN)
        assert stage.collaborators.preferences.of(ANN).quotes == 1
        done = await stage.forget()
        assert done.text.startswith("Deleted: your settings.")
        assert stage.collaborators.preferences.of(ANN).quotes == 0
        assert await count_choosing_chats(stage) == 0


async def test_menu_of_another_version_is_outdated(tmp_path):
    """A press on a line or a value that does not exist says so and changes nothing."""
    async with on_stage(tmp_path) as stage:
        menu = await choose(stage, "Quotes", times=0)
        for data in ("1:s:colour:1", "1:s:quotes:77", "1:s:quotes", "1:s:quotes:x"):
            (done,) = await stage.press_data(menu, data, person=OWNER)
            assert done.values["text"].startswith("This button is from before an update.")


def member(status):
    """Return the bot's membership in a chat."""
    more = {"until_date": 0} if status == "kicked" else {}
    status, _, inside = status.partition(":")
    if inside:
        rights = [name for name in signature(ChatMemberRestricted).parameters if name.startswith("can_")]
        more = {"until_date": 0, "is_member": inside == "in"} | dict.fromkeys(rights, False)
    return {"user": BOT, "status": status, **more}


def change(old, new, chat=GROUP):
    """Return an update about the bot's own membership."""
    message = make_message(chat, ANN, "")
    return {
        "my_chat_member": {
            "chat": message["chat"],
            "from": message["from"],
            "date": 1_700_000_000,
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
    }


@pytest.mark.parametrize("old", ["left", "kicked", "restricted:out"])
async def test_joining_says_one_short_hello(tmp_path, old):
    """A group that takes the bot in is greeted once; a change of its rights, or a private chat, is not."""
    async with on_stage(tmp_path) as stage:
        await stage.put(change(old, "member"))
        await stage.put(change("member", "restricted:in"))
        await stage.put(change("kicked", "member", chat=ANN))
        await stage.application.update_queue.join()
        (hello,) = stage.request.calls
    assert hello.values["chat_id"] == GROUP
    assert "mentioning @onrecord_bot" in hello.text


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_migration_is_no_joining(tmp_path, order):
    """A supergroup that was a group is not greeted, though Telegram tells that it took the bot in."""
    old = -100200
    async with on_stage(tmp_path) as stage:
        updates = [
            change("left", "member"),
            {"message": stage.compose("", chat=old) | {"migrate_to_chat_id": GROUP}},
            {"message": stage.compose("", chat=GROUP) | {"migrate_from_chat_id": old}},
        ]
        for number in order:
            await stage.put(updates[number])
        await stage.application.update_queue.join()
        await stage.put(change("left", "member", chat=-1009))
        await stage.settle(lambda: bool(stage.request.calls))
        assert [call.values["chat_id"] for call in stage.request.calls] == [-1009]


async def test_hello_where_it_may_not_write_is_silent(tmp_path, caplog):
    """Taken in by a group where it may not write, the bot stays silent and does not try again."""
    async with on_stage(tmp_path) as stage:
        forbidden = (400, {"description": "Bad Request: not enough rights to send text messages to the chat"})
        stage.request.faults["sendMessage"] = [forbidden]
        await stage.put(change("left", "member"))
        await stage.application.update_queue.join()
        assert len(stage.request.calls) == 1
    assert "ERROR" not in caplog.text


@pytest.mark.parametrize(
    ("old", "new"), [("member", "left"), ("member", "kicked"), ("restricted:in", "restricted:out")]
)
async def test_removal_cleans_up(tmp_path, old, new):
    """Put out of a group, the bot forgets what the group had chosen and writes nothing."""
    async with on_stage(tmp_path) as stage:
        await choose(stage, "Quotes")
        before = len(stage.request.calls)
        await stage.put(change(old, new))
        await stage.application.update_queue.join()
        assert len(stage.request.calls) == before
        assert await count_choosing_chats(stage) == 0


async def test_migration_carries_choices_over(tmp_path):
    """When a group becomes a supergroup its choices move along, whichever chat tells of it first."""
    old = -100200
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.change(old, quotes=4)
        await stage.put({"message": stage.compose("", chat=GROUP) | {"migrate_from_chat_id": old}})
        await stage.put({"message": stage.compose("", chat=old) | {"migrate_to_chat_id": GROUP}})
        await stage.application.update_queue.join()
        assert stage.request.calls == []
        assert await count_choosing_chats(stage) == 1
        await stage.collaborators.preferences.prepare(GROUP)
        assert stage.collaborators.preferences.of(GROUP).quotes == 4


async def test_answer_follows_a_migrated_group(tmp_path):
    """An answer to a group that has just become a supergroup is sent there."""
    async with on_stage(tmp_path) as stage:
        moved = {
            "description": "Bad Request: group chat was upgraded",
            "parameters": {"migrate_to_chat_id": GROUP},
        }
        stage.request.faults["sendMessage"] = [(400, moved)]
        calls = await stage.write("/ask Is the bridge lost?", chat=-100200)
    assert [call.values["chat_id"] for call in calls] == [-100200, GROUP]
