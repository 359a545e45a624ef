"""What Telegram shows of the bot: menus and descriptions in every language, and what it refuses of them."""

from __future__ import annotations

import pytest

from bot.handlers.introducing import EVERYONE_COMMANDS
from bot.handlers.menus import set_menus
from bot.language.texts import LANGUAGES, find_phrasebook
from tests.stage import on_stage
from tests.telegram_checks import ADMIN


def by_language(calls, method):
    """Return the calls of a method by their language; None is the one for every other."""
    return {call.values.get("language_code"): call.values for call in calls if call.method == method}


async def test_each_scope_has_its_menu_in_each_language(tmp_path):
    """English goes to everybody, the other languages to whoever uses Telegram in them."""
    async with on_stage(tmp_path) as stage:
        await set_menus(stage.application.bot, [ADMIN])
        calls = stage.request.calls
    menus = [call.values for call in calls if call.method == "setMyCommands"]
    for scope in ("all_private_chats", "all_group_chats", "chat"):
        chosen = [menu for menu in menus if menu["scope"]["type"] == scope]
        assert [menu.get("language_code") for menu in chosen] == [None, *LANGUAGES[1:]]
        for menu, language in zip(chosen, LANGUAGES, strict=True):
            told = {command["command"]: command["description"] for command in menu["commands"]}
            assert told["privacy"] == find_phrasebook(language).say("command.privacy")
    for method, key in (("setMyDescription", "long"), ("setMyShortDescription", "short")):
        said = by_language(calls, method)
        assert set(said) == {None, *LANGUAGES[1:]}
        for language in LANGUAGES[1:]:
            text = find_phrasebook(language).say(f"describe.{key}")
            assert text in said[language].values()


async def test_each_scope_has_its_commands(tmp_path):
    """Groups are offered /ask, private chats are not, admins see theirs."""
    async with on_stage(tmp_path) as stage:
        await set_menus(stage.application.bot, [ADMIN])
        calls = [call for call in stage.request.calls if call.method == "setMyCommands"]
    menus = {
        call.values["scope"]["type"]: [command["command"] for command in call.values["commands"]]
        for call in calls
    }
    assert menus["all_group_chats"] == list(EVERYONE_COMMANDS)
    assert "ask" not in menus["all_private_chats"]
    assert menus["chat"][-3:] == ["rebuild", "status", "why"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [(400, "Bad Request: chat not found"), (404, "Not Found")],  # an admin who never wrote; an old server
)
async def test_a_refused_menu_keeps_no_other_back(tmp_path, caplog, code, reason):
    """A refused menu is logged by its name, and all others are set."""
    async with on_stage(tmp_path) as stage:
        stage.request.faults["setMyCommands"] = [(code, {"description": reason})]
        await set_menus(stage.application.bot, [ADMIN])
        count = len(stage.request.calls)
    assert count == 5 * len(LANGUAGES)
    assert "the menu of private chats (en) could not be set: " in caplog.text
    assert reason.removeprefix("Bad Request: ").casefold() in caplog.text.casefold()


@pytest.mark.parametrize("flood_control", [False, True])
async def test_patience_that_is_asked_for_is_not_waited_out(tmp_path, caplog, monkeypatch, flood_control):
    """Where Telegram asks for an hour, the rest is left to the next start, and messages go out at once."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with on_stage(tmp_path, flood_control=flood_control) as stage:
        patience = (429, {"description": "Too Many Requests", "parameters": {"retry_after": 3600}})
        stage.request.faults["setMyDescription"] = [patience]
        await set_menus(stage.application.bot, [ADMIN])
        assert [call.method for call in stage.request.calls] == ["setMyDescription"]
        (answer,) = await stage.write("/help")
    assert answer.text
    assert "the description (en) could not be set" in caplog.text
