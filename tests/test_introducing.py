"""What the bot says about itself: /start, /help, /sources, /privacy."""

from __future__ import annotations

import pytest

from bot.language.texts import find_phrasebook
from tests.stage import on_stage
from tests.telegram_checks import ADMIN, ANN, GROUP

TOLD = {
    "answers": "privacy.answers",
    "arrivals": "privacy.transit",
    "choices": "privacy.settings",
    "turns": "privacy.conversation",
    "votes": "privacy.votes",
    "watches": "privacy.watches",
}
"""The tables that hold something of people, each with the text of /privacy that says so."""

TELL_NOTHING = {"facts", "noted", "workers"}
"""The tables of secrets of the installation, of marks of articles, and of processes."""


async def test_start_tells_the_id_only_where_no_admin_is_set(tmp_path):
    """/start tells a user their id while there is no admin, in private only."""
    async with on_stage(tmp_path, admins=()) as stage:
        (private,) = await stage.write("/start")
        (group,) = await stage.write("/start", chat=GROUP)
    async with on_stage(tmp_path) as stage:
        (with_admin,) = await stage.write("/start")
    assert f"[bot] admins = [{ANN}]" in private.text
    assert "admins" not in group.text
    assert "admins" not in with_admin.text


async def test_help_shows_admin_commands_to_admins_in_private(tmp_path):
    """/help names every command; those of admins to admins only. An unknown command leads there."""
    async with on_stage(tmp_path) as stage:
        (everyone,) = await stage.write("/help")
        (admin,) = await stage.write("/help", person=ADMIN)
        (unknown,) = await stage.write("/nonsense")
    assert "/privacy" in everyone.text
    assert "/rebuild" not in everyone.text
    assert "/rebuild" in admin.text
    assert unknown.text == "I do not know that command. /help lists those that I know."


@pytest.mark.parametrize("word", ["help", "Help!", "¿Ayuda?", "Допомога", "помощь"])
async def test_the_word_for_help_is_no_question(tmp_path, word):
    """Whoever writes it in private or to the bot in a group gets help, in whichever language."""
    async with on_stage(tmp_path) as stage:
        (told,) = await stage.write(word)
        assert await stage.write(word, chat=GROUP) == []
        (called,) = await stage.write(f"@onrecord_bot {word}", chat=GROUP)
        assert called.text.startswith("What I can do")
        await stage.write("help wanted?")
        assert stage.answerer.asked == ["help wanted?"]
    assert told.text.startswith("What I can do")


@pytest.mark.parametrize(
    ("ability", "offer"),
    [
        ("supports_inline_queries", "In any other chat: type @onrecord_bot"),
        ("supports_guest_queries", "In a chat that I am not in"),
    ],
)
async def test_help_promises_what_is_switched_on(tmp_path, ability, offer):
    """Inline and guest mode are offered only where BotFather's settings give them."""
    async with on_stage(tmp_path) as stage:
        (told,) = await stage.write("/help")
        me = stage.application.bot.bot
        with me._unfrozen():
            setattr(me, ability, False)
        (untold,) = await stage.write("/help")
    assert offer in told.text
    assert offer not in untold.text
    assert len(untold.text) > len(told.text) - 200, "the rest stays"


async def test_sources_list_outlets_and_freshness(tmp_path):
    """/sources names each outlet with its reports and days, and says how fresh the index is."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/sources")
    assert call.text.splitlines() == [
        "2 reports",
        "The Courier: 1 report, 8 Feb 2023",
        "outlet not stated: 1 report, 9 Feb 2023",
        "",
        "Newest report: 9 Feb 2023. Index built 10 Feb 2023.",
    ]


async def test_privacy_tells_the_days(tmp_path):
    """/privacy says what is kept and for how many days."""
    async with on_stage(tmp_path, retention_days=12) as stage:
        (call,) = await stage.write("/privacy")
    assert "Deleted after 12 days." in call.text
    assert "/forgetme" in call.text


async def test_what_is_said_of_groups_is_true_whatever_they_choose(tmp_path):
    """That the rest is ignored holds until admins choose otherwise; what a group keeps is not deleted."""
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.change(GROUP, open_questions=True)
        await stage.write("/watch Varn bridge", chat=GROUP)
        (overheard,) = await stage.write("Is the bridge lost?", chat=GROUP)
        (told,) = await stage.write("/privacy", chat=GROUP)
        (helped,) = await stage.write("/help", chat=GROUP)
        forgotten = await stage.forget(chat=GROUP)
        (watches,) = await stage.write("/watches", chat=GROUP)
    assert overheard.text.startswith("⚖ Disputed")
    assert "unless a group’s admins choose in /settings that I answer what ends in “?”" in told.text
    assert "unless a group’s admins choose in /settings that I answer what ends in “?”" in helped.text
    assert forgotten.text.startswith("Deleted: 1 answer")
    assert "Varn bridge" in watches.text
    assert "What a group has chosen or watches is the group’s" in told.text


async def test_commands_answer_in_groups_and_topics(tmp_path):
    """Every public command answers in the topic where it was given."""
    topic = {"chat": GROUP, "message_thread_id": 7, "is_topic_message": True}
    async with on_stage(tmp_path) as stage:
        for command in ("/start", "/help", "/sources", "/privacy", "/forgetme", "/settings", "/ask x"):
            *_, call = await stage.write(command, **topic)
            assert call.values["message_thread_id"] == 7
            assert call.values["reply_parameters"]["message_id"] == stage.next_message


async def list_tables(state):
    """Return the names of the bot's own tables."""
    query = "select name from sqlite_master where type = 'table' and name not like '%sqlite%'"
    rows = await state.read(lambda database: database.execute(query).fetchall())
    return {name for (name,) in rows}


async def test_privacy_tells_of_every_table(tmp_path):
    """Whatever table the bot has either tells nothing of people or is told of, in so many words."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/privacy")
        assert await list_tables(stage.state) == TELL_NOTHING | TOLD.keys()
    phrases, values = find_phrasebook("en"), {"days": 30, "minutes": 30}
    assert [key for key in TOLD.values() if phrases.say(key, **values) not in call.text] == []
