"""One long conversation, written down in scripted_conversation.txt, played on three stages.

Over the recording request all of it is played, and every call passes all checks of telegram_checks. What
the other two leave out is named below, each part with the reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lines import RecordedLine, at_emulator
from tests.players import Player, TerminalPlayer, read_script
from tests.telegram_checks import BOT
from tests.test_terminal import at_terminal

STEPS = read_script(Path(__file__).parent / "scripted_conversation.txt")
PARTS = {step.part for step in STEPS}

NOT_AT_THE_TERMINAL = {
    "News on what is watched": "reports come in by the clock, for which nobody types",
    "Asking about somebody's words": "a reply typed there is one to the bot",
    "What is not text, edited, or delivered twice": "only text can be typed, and each line is one update",
    "Inline": "there is no other chat to type in",
    "Inline without cards": "there is no other chat to type in",
    "Guest mode": "there is no chat that the bot is not in",
    "Joining and leaving": "its one group has the bot from the start",
    "Migration": "its one group is a supergroup from the start",
    "A restart": "it is Telegram and the bot in one process, and both end together",
}

NOT_OVER_HTTP = {
    "News on what is watched": "reports come in by the clock, which this test does not wait for",
    "Settings of a group": "the emulator knows no getChatMember, so nobody is an admin",
    "What is not text, edited, or delivered twice": "it delivers no edits and no update twice",
    "Inline without cards": "it refuses the button above the cards, which says why there are none",
    "Guest mode": "it knows no guest messages",
    "Joining and leaving": "it knows no changes of membership",
    "Migration": "its settings need getChatMember",
    "A restart": "it keeps no messages, so that a button after it would prove nothing",
}
"""Topics are played there, but the emulator refuses the topic's number, which is taken out on the way."""


def test_script_is_long_and_varied_enough():
    """The conversation has at least sixty steps, of all kinds, and what is left out is a part of it."""
    assert len(STEPS) >= 60
    places = {step.place.split()[0] for step in STEPS}
    assert places == {"private", "group", "topic", "inline", "elsewhere", "old"}
    assert set(NOT_AT_THE_TERMINAL) | set(NOT_OVER_HTTP) <= PARTS
    assert sum(step.part not in NOT_AT_THE_TERMINAL for step in STEPS) >= 60
    assert sum(step.part not in NOT_OVER_HTTP for step in STEPS) >= 60


async def test_over_the_recording_request(tmp_path):
    """Every step gets what it wants, in the chat and the topic where it was done, or silence."""
    line = RecordedLine(tmp_path)
    await line.start()
    player = Player(line)
    try:
        for step in STEPS:
            if step.line == "!the bot is restarted":
                await line.stop()
                await line.start()
            else:
                step.check(await player.play(step))
    finally:
        await line.stop()


async def test_over_http(tmp_path):
    """The parts that the emulator models get the same over HTTP, and it refuses none of the calls."""
    async with at_emulator(tmp_path) as line:
        player = Player(line, BOT | {"id": line.application.bot.id}, has_topics=False)
        for step in STEPS:
            if step.part not in NOT_OVER_HTTP:
                step.check(await player.play(step))


async def test_at_the_terminal(tmp_path):
    """The private and the group parts, typed at the terminal, print the same replies."""
    async with at_terminal(tmp_path) as session:
        player = TerminalPlayer(session)
        for step in STEPS:
            if step.part not in NOT_AT_THE_TERMINAL:
                step.check(await player.play(step))


@pytest.mark.parametrize("said", ["", "⚖ Disputed without its end", "denial [1] before ⚖ Disputed"])
def test_checks_can_fail(said):
    """Silence, a missing part and parts in another order are each noticed."""
    step = next(step for step in STEPS if "denial [1]" in step.wanted)
    with pytest.raises(AssertionError):
        step.check(said)
