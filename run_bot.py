"""The composition root: settings, then the answerer, then the application.

Telegram is the front end where the environment holds a token, the terminal where it does not.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from telegram.error import InvalidToken  # noqa: TID251 - the ban is for index/

from bot.application import AnyApplication, Collaborators, build_application
from bot.journal import configure_log
from bot.language.texts import find_phrasebook
from bot.memory.arrivals import Arrivals
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.memory.vault import KEY_VARIABLE, VaultError, make_key
from bot.scheduling.answering import AnswerService
from bot.scheduling.rebuilding import BuildStoppedError, IndexBuild, Progress, describe_progress
from bot.screen import Screen
from bot.serving import serving
from bot.settings import TOKEN_VARIABLE, BotSettings, HealthSettings, WebhookSettings, load_bot_settings
from bot.terminal import HELP, OPERATOR, TERMINAL_TOKEN, Terminal
from index.answers import Answer, NoAnswer
from index.composition import open_answerer
from index.errors import NoIndexError, OnrecordError
from index.evaluation.voting import VOTES_SET, Voted, write_voted_set
from index.settings import IndexSettings, load_index_settings
from index.store.generations import open_generation
from index.texts.addresses import hide_secrets

_LOG = logging.getLogger("run_bot")

PROJECT = Path(__file__).resolve().parent
ANSWERED, FAILED, NO_ANSWER = 0, 1, 3
"""Exit codes of --once."""

OPENING_PAUSE = 20.0
"""Seconds between two tries to open an index that could not be built here; another process may build it."""


@dataclass
class Outcomes:
    """What became of the last question."""

    exit_code: int = FAILED

    def note(self, outcome: Answer | NoAnswer | None) -> None:
        """Take note of an outcome; None is a failure."""
        if outcome is None:
            self.exit_code = FAILED
        else:
            self.exit_code = ANSWERED if isinstance(outcome, Answer) else NO_ANSWER


@click.command()
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=PROJECT / "config.toml",
    show_default="config.toml beside run_bot.py",
    help="The configuration file.",
)
@click.option(
    "--once", metavar="QUESTION", help="Answer one question in the terminal and exit: 0 answered, 3 not."
)
@click.option(
    "--votes", is_flag=True, help="Print what was voted on, as JSON lines for evaluation, and exit."
)
@click.option(
    "--votes-to",
    "sets_folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write what was called a good answer into this folder, as a set for `make eval`, and exit.",
)
@click.option("--new-key", is_flag=True, help=f"Print a new key for {KEY_VARIABLE}, and exit.")
@click.option(
    "--rotate-key", is_flag=True, help="Put a new key into the key file, encrypt all anew with it, and exit."
)
def main(
    config_file: Path,
    once: str | None,
    votes: bool,
    sets_folder: Path | None,
    new_key: bool,
    rotate_key: bool,
) -> None:
    """Run the bot: on Telegram if TELEGRAM_BOT_TOKEN is set, else here in the terminal."""
    try:
        if new_key:
            click.echo(make_key())
            return
        settings = load_bot_settings(config_file, os.environ)
        if rotate_key:
            asyncio.run(replace_key(settings))
            return
        index_settings = load_index_settings(config_file)
        if votes:
            asyncio.run(print_votes(settings))
            return
        if sets_folder is not None:
            asyncio.run(export_votes(settings, index_settings, sets_folder))
            return
        if settings.token is not None and once is None:
            token = settings.token.get_secret_value()
            configure_log(settings.log_level, token)
            asyncio.run(run_on_telegram(compose(config_file, settings, index_settings), token))
            return
        configure_log("warning", "")
        local = {
            "admins": (*settings.admins, OPERATOR),
            "token": None,
            "questions_per_person": 0,  # a script may ask as fast as it can
            "questions_per_chat": 0,
            "webhook": WebhookSettings(),
            "health": HealthSettings(),
        }
        operated = settings.model_copy(update=local)
        sys.exit(asyncio.run(run_in_terminal(compose(config_file, operated, index_settings), once)))
    except InvalidToken:
        sys.exit(f"Telegram refuses the token in {TOKEN_VARIABLE}. Copy it again from @BotFather.")
    except OnrecordError as error:
        sys.exit(hide_secrets(f"{error}"))
    except KeyboardInterrupt:
        sys.exit(130)


def compose(config_file: Path, settings: BotSettings, index_settings: IndexSettings) -> Collaborators:
    """Return what the handlers work with."""
    command = [sys.executable, "-m", "index", "build", "--json", "--config", str(config_file.resolve())]
    state = make_state(settings)
    in_terminal = settings.token is None  # which numbers its messages and updates from one at each start
    return Collaborators(
        AnswerService(lambda: open_answerer(index_settings), settings.workers),
        state,
        settings,
        IndexBuild(command, PROJECT),
        Preferences(state),
        Conversations(state, settings.follow_up_minutes, since=time.time() if in_terminal else -math.inf),
        None if in_terminal else Arrivals(state),
    )


def make_state(settings: BotSettings) -> State:
    """Return the state of a configuration, which is still to be opened."""
    return State(
        settings.data_folder, settings.retention_days, vote_days=settings.vote_days, keys=settings.keys
    )


@asynccontextmanager
async def opened(state: State) -> AsyncIterator[State]:
    """Open a state for the block."""
    try:
        await state.open()
        yield state
    finally:
        await state.close()


async def print_votes(settings: BotSettings) -> None:
    """Print every vote as `{question, quotes: [[article, start, end], ...], vote}`, one a line."""
    async with opened(make_state(settings)) as state:
        for vote in await state.list_votes():
            click.echo(json.dumps(vote, ensure_ascii=False))


async def export_votes(settings: BotSettings, index_settings: IndexSettings, folder: Path) -> None:
    """Write what was called a good answer as an evaluation set, with the articles of the live index."""
    async with opened(make_state(settings)) as state:
        votes = [
            Voted(
                vote["question"],
                tuple((*quote,) for quote in vote["quotes"] if len(quote) == 4),  # before, without words
                vote["vote"] == "up",
            )
            for vote in await state.list_votes()
        ]
    generation = open_generation(index_settings.data_folder)
    written = write_voted_set(folder, votes, generation.catalogue.articles())
    generation.close()
    target = folder / VOTES_SET
    click.echo(f"{written} questions in {target}; measure them with: make eval DATA={target}")


async def replace_key(settings: BotSettings) -> None:
    """Encrypt what is stored with a new key, which takes the old one's place in the key file.

    Raises:
        VaultError: where the key is not in the file, the present one is wrong, or the bot is running.
    """
    ring = settings.keys
    assert ring is not None, "loaded settings have a key ring"
    if ring.variable:
        raise VaultError(
            f"The key is in {KEY_VARIABLE}. Put a new one (--new-key) before it with a comma between, and "
            "restart; then take the old one out."
        )
    async with opened(make_state(settings)) as state:
        running = await Arrivals(state).count_workers()
    if running:
        raise VaultError(f"{running} process(es) serve the bot with the present key; stop them first.")
    new, old = make_key(), ring.read()
    ring.write((new, *old))  # both, until all is encrypted anew: a crash in between loses nothing
    async with opened(make_state(settings)):
        ring.write((new,))
    click.echo(f"{ring.file} holds a new key. Keep a copy apart from the data.")


async def run_on_telegram(collaborators: Collaborators, token: str) -> None:
    """Serve Telegram until a signal ends it; where there is no index yet, build one meanwhile."""
    application = build_application(collaborators, token)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C still works there
            loop.add_signal_handler(number, stopped.set)
    async with serving(application, collaborators):
        _LOG.info("serving @%s", application.bot.username)
        preparing = asyncio.create_task(prepare_in_background(collaborators))
        await stopped.wait()
        await collaborators.build.stop()
        preparing.cancel()
        with suppress(asyncio.CancelledError):
            await preparing


async def run_in_terminal(collaborators: Collaborators, once: str | None) -> int:
    """Serve the terminal until its input ends, or answer one question; return the exit code."""
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    screen = Screen(Console(highlight=False))
    if once is None:
        screen.show_note(f"No Telegram token in {TOKEN_VARIABLE}: the bot runs here in the terminal.")
        screen.show_note(HELP)
    await prepare_index(collaborators, Console(stderr=True))
    terminal, outcomes = Terminal(screen), Outcomes()
    application = build_application(
        collaborators,
        TERMINAL_TOKEN,
        request=terminal,
        updates_request=terminal,
        flood_control=False,
        observe=outcomes.note,
    )
    async with serving(application, collaborators):
        if once is not None:
            await _enter(terminal, application, once)
            return outcomes.exit_code
        async for line in read_lines(screen):
            if not await _enter(terminal, application, line):
                break
        await collaborators.build.stop()
    return 0


async def prepare_index(collaborators: Collaborators, console: Console) -> None:
    """Load the model and open the index; where there is none yet, build it and show how far it is."""
    try:
        await collaborators.service.open()
    except NoIndexError:
        phrases = find_phrasebook("en")
        with console.status("Building the index for the first time") as status:

            async def show(progress: Progress) -> None:
                status.update(
                    f"Building the index for the first time: {describe_progress(progress, phrases)}"
                )

            summary = await collaborators.build.run(show)
        for failure in summary.failures:
            line = hide_secrets(f"Not read: {failure.source}: {failure.reason}")
            console.print(line, markup=False, highlight=False)
        await collaborators.service.open()


async def prepare_in_background(collaborators: Collaborators) -> None:
    """Open the index, building the first one; where that fails, open it once somebody has built one."""
    try:
        await prepare_index(collaborators, Console(stderr=True, quiet=True))
    except BuildStoppedError:
        return
    except OnrecordError as error:
        _LOG.error("the index cannot be used: %s", error)
    while not collaborators.service.is_open:
        await asyncio.sleep(OPENING_PAUSE)
        with suppress(OnrecordError):
            await collaborators.service.open()
            _LOG.info("the index is open")


async def _enter(terminal: Terminal, application: AnyApplication, line: str) -> bool:
    """Hand a line to the bot and wait until it is dealt with; False where it ends the session."""
    going_on = await terminal.enter_line(line)
    await application.update_queue.join()
    return going_on


async def read_lines(screen: Screen) -> AsyncIterator[str]:
    """Yield the lines of standard input, each after a prompt where somebody sits in front of it.

    A daemon thread reads, so that neither a signal nor the end of the program has to wait for a line.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()
    wanted = threading.Semaphore(0)

    def read() -> None:
        while wanted.acquire():
            line = sys.stdin.readline()
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(lines.put_nowait, line)
            if not line:
                return

    threading.Thread(target=read, name="standard input", daemon=True).start()
    while True:
        screen.show_prompt("› ")
        wanted.release()
        line = await lines.get()
        if not line:
            return
        yield line


if __name__ == "__main__":
    main()
