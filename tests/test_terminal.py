"""The terminal in Telegram's place: lines become updates, messages are printed, and it is the same bot."""

from __future__ import annotations

import io
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console

from bot.application import build_application
from bot.screen import Screen
from bot.serving import serving
from bot.settings import BotSettings
from bot.terminal import HELP, OPERATOR, TERMINAL_TOKEN, Terminal
from tests.fakes import CLAIM, FakeAnswerer
from tests.stage import UNLIMITED, compose_collaborators


class Session:
    """A terminal session: lines go in, what was printed since comes out."""

    def __init__(self, terminal, application, output):
        self.terminal, self.application, self.output = terminal, application, output

    async def enter(self, line):
        before = len(self.output.getvalue())
        self.going_on = await self.terminal.enter_line(line)
        await self.application.update_queue.join()
        return self.output.getvalue()[before:]


@asynccontextmanager
async def at_terminal(folder, **console):
    output = io.StringIO()
    terminal = Terminal(Screen(Console(file=output, highlight=False, **console)))
    settings = BotSettings(admins=(OPERATOR,), base=folder, **UNLIMITED)  # as run_bot.py has it
    answerer = FakeAnswerer()
    collaborators = compose_collaborators(folder, settings, lambda: answerer)
    application = build_application(
        collaborators, TERMINAL_TOKEN, request=terminal, updates_request=terminal, flood_control=False
    )
    async with serving(application, collaborators):
        yield Session(terminal, application, output)


async def test_question_is_answered_with_bars_links_and_numbered_buttons(tmp_path):
    """An answer is printed as it reads on Telegram, without an escape code where no terminal is."""
    async with at_terminal(tmp_path) as session:
        printed = await session.enter("Is the bridge lost?")
    assert printed == (
        "⚖ Disputed · 2 independent reports · 8–9 Feb 2023\n"
        "\n"
        "A fireman, to the Harbour Agency — claim [1]\n"
        "▏ “The bridge is lost,” a fireman told the Harbour Agency.\n"
        "\n"
        "Ilse Brandt, the mayor — denial [1]\n"
        "▏ The mayor, Ilse Brandt, denied that the bridge had fallen.\n"
        "\n"
        "As reported [2]\n"
        "▏ Repairs will take three months, engineers said 😀.\n"
        "\n"
        "[1] Ann Reed · The Courier · 8 Feb 2023, 11:44 UTC · “Bridge at Varn closed after the storm” "
        "<https://courier.example/varn-bridge>\n"
        "[2] outlet not stated · 9 Feb 2023 · “Varn: two versions”\n"
        "(1) Context  (2) More  (3) Other side  (4) Copy quote  (5) 👍  (6) 👎\n"
        "\n"
    )


async def test_numbers_press_buttons(tmp_path):
    """A number alone presses that button of the last message; one too high says how many there are."""
    async with at_terminal(tmp_path) as session:
        await session.enter("Is the bridge lost?")
        context = await session.enter("1")
        assert context.startswith("(edited)\nAround the quote\n")
        assert "▏ The bridge at Varn was closed on Monday. “The bridge is lost,” a fireman" in context
        assert "(1) ‹  (2) 1/3  (3) ›  (4) Back  (5) Copy link" in context
        assert "Around the quote" in await session.enter("3")
        assert "⚖ Disputed" in await session.enter("4")
        assert await session.enter("5") == "• Noted: a good answer. Thank you.\n"
        assert await session.enter("4") == f"Copied: {CLAIM.text}\n"
        assert await session.enter("77") == "There is no button 77; the last is 6.\n"


async def test_number_without_buttons_goes_to_the_bot(tmp_path):
    """Where there is no button to press, a number goes to the bot like any other text."""
    async with at_terminal(tmp_path) as session:
        assert (await session.enter("42")).startswith("I answer questions about reported events.")


async def test_buttons_that_are_gone_cannot_be_pressed(tmp_path):
    """Where a message lost its buttons, a number presses none of them any more."""
    async with at_terminal(tmp_path) as session:
        await session.enter("Is the bridge lost?")
        await session.enter("/forgetme")
        assert "Nothing was deleted" in await session.enter("2")
        assert "I answer questions about reported events." in await session.enter("1")
        assert "That is: 1 answer and 1 question" in await session.enter("/forgetme")


async def test_group_needs_an_address_and_topics_keep_apart(tmp_path):
    """In the group only /ask, a mention and a reply are answered, each in the topic where it was written."""
    async with at_terminal(tmp_path) as session:
        assert await session.enter("/as group") == "You write as operator in the group.\n"
        assert await session.enter("Is the bridge lost?") == ""
        assert (await session.enter("/ask Is the bridge lost?")).startswith("— group, in reply to message")
        assert "three months" in await session.enter("@onrecord_bot How long will repairs take?")
        assert "⚖ Disputed" in await session.enter("> Is the bridge lost?")
        await session.enter("/as topic Bridges")
        assert (await session.enter("/ask How long will repairs take?")).startswith("— group, topic Bridges")
        assert "private chat" in await session.enter("/as private")
        assert (await session.enter("Is the bridge lost?")).startswith("⚖ Disputed")


async def test_operator_is_an_admin_and_others_are_not(tmp_path):
    """The operator may see the status; somebody else at the same terminal may not."""
    async with at_terminal(tmp_path) as session:
        assert (await session.enter("/status")).startswith("State\n")
        await session.enter("/as Ben")
        assert await session.enter("/status") == "Only an admin of this bot can do that.\n\n"
        await session.enter("/as operator")
        assert (await session.enter("/status")).startswith("State\n")


async def test_quit_blank_lines_and_help(tmp_path):
    """/quit ends the session, a blank line does nothing, and /as alone explains the terminal."""
    async with at_terminal(tmp_path) as session:
        assert await session.enter("   ") == ""
        assert session.going_on
        assert await session.enter("/as") == f"{HELP}\n"
        assert await session.enter("/quit") == ""
        assert not session.going_on


async def test_colours_and_wrapping_on_a_real_terminal(tmp_path):
    """On a terminal quotes are wrapped behind their bar, and bold and links are escape codes."""
    async with at_terminal(tmp_path, force_terminal=True, width=40, color_system="standard") as session:
        printed = await session.enter("Is the bridge lost?")
    quoted = [line for line in printed.splitlines() if "▏" in line]
    assert len(quoted) >= 5
    assert "\x1b[1m" in printed
    assert "\x1b]8;" in printed


async def test_every_line_gets_its_own_reply_in_order(tmp_path):
    """Lines entered one after another are answered one after another, as a script expects."""
    async with at_terminal(tmp_path) as session:
        replies = [await session.enter(f"/ask Who won race {number}?") for number in range(5)]
    assert all(reply.startswith("Nothing in the reports") for reply in replies)


async def test_a_picture_is_written_to_a_file_and_its_words_are_there(tmp_path, monkeypatch):
    """The terminal says where the file of a chart is, prints its caption, and offers the words."""
    monkeypatch.setattr("bot.terminal.mkdtemp", lambda prefix: str(tmp_path))
    async with at_terminal(tmp_path) as session:
        printed = await session.enter("/timeline Is the bridge lost?")
        words = await session.enter("1")
    note, *caption = printed.splitlines()
    file = Path(note.removeprefix("[picture: ").removesuffix("]"))
    assert file.parent == tmp_path
    assert file.read_bytes().startswith(b"\x89PNG")
    assert caption[:2] == ["Is the bridge lost?", "2 independent reports · 8–9 Feb 2023"]
    assert caption[-2] == "(1) In words"
    assert "All reports, in order of time" in words
