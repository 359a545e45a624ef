"""The composition root: front end by token, first build, exit codes, standard input, the log."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys

import pytest
from click.testing import CliRunner
from rich.console import Console

import run_bot
from bot.application import build_application
from bot.memory.vault import Vault
from bot.scheduling.answering import AnswerService
from bot.scheduling.rebuilding import IndexBuild
from bot.settings import BotSettings
from index.answers import NoAnswer, Reason
from index.errors import NoIndexError
from tests.fakes import DISPUTED, FakeAnswerer, ask_about
from tests.stage import on_stage
from tests.telegram_checks import TOKEN, RecordingRequest


@pytest.fixture
def config(tmp_path, monkeypatch):
    """A configuration, a fake answerer behind it, and no token."""
    monkeypatch.delenv(run_bot.TOKEN_VARIABLE, raising=False)
    monkeypatch.setattr(run_bot, "open_answerer", lambda settings: FakeAnswerer())
    monkeypatch.setattr(run_bot, "configure_log", lambda level, secret: None)
    path = tmp_path / "config.toml"
    path.write_text("[index]\n[bot]\n")
    return path


def run(*arguments, lines=""):
    return CliRunner().invoke(run_bot.main, [str(argument) for argument in arguments], input=lines)


@pytest.mark.parametrize(
    ("question", "code", "words"),
    [
        ("Is the bridge lost?", 0, "⚖ Disputed"),
        ("Who won the regatta?", 3, "Nothing in the reports"),
    ],
)
def test_once_answers_and_exits(config, question, code, words):
    """--once prints one answer without a banner, and its exit code tells whether there was one."""
    result = run("--config", config, "--once", question)
    assert result.exit_code == code
    assert result.stdout.startswith(words)


def test_once_fails_with_code_1(config, monkeypatch):
    """An error behind --once is an apology on the screen and exit code 1."""
    broken = FakeAnswerer()
    broken.failure = RuntimeError("disk gone")
    monkeypatch.setattr(run_bot, "open_answerer", lambda settings: broken)
    result = run("--config", config, "--once", "Is the bridge lost?")
    assert result.exit_code == 1
    assert "Sorry" in result.stdout


def test_without_a_token_a_script_talks_to_the_terminal(config):
    """Without a token the terminal says so, answers each line in turn, and prints no prompt to a script."""
    result = run("--config", config, lines="Is the bridge lost?\n1\n\n/privacy\n")
    assert result.exit_code == 0
    words = ("No Telegram token", "⚖ Disputed", "Around the quote", "What I keep")
    places = [result.stdout.index(part) for part in words]
    assert places == sorted(places)
    assert not any(line.startswith("› ") for line in result.stdout.splitlines())
    assert "\x1b" not in result.stdout


def test_a_wrong_setting_is_shown_without_its_secrets(config):
    """A feed where a list of them belongs is named, its password is not."""
    config.write_text('[index]\nsources = "https://ann:pw@a.example/feed"\n')
    assert "index.sources = 'https://…@a.example/feed'" in run("--config", config).output


def test_unusable_configuration_is_one_line(config):
    """A wrong key is reported by name, without a traceback."""
    config.write_text("[bot]\ncolour = 'red'\n")
    result = run("--config", config)
    assert result.exit_code == 1
    assert "bot.colour" in result.output
    assert "Traceback" not in result.output


def test_first_run_builds_the_index(config, monkeypatch):
    """Where there is no index yet, the terminal builds one before the first question."""
    built = config.parent / "built"

    def open_answerer(settings):
        if not built.exists():
            raise NoIndexError("nothing yet")
        return FakeAnswerer()

    summary = {"summary": {"generation": 1, "failures": [{"source": "a.html", "reason": "is empty"}]}}
    script = f"import pathlib; pathlib.Path({str(built)!r}).touch(); print({json.dumps(summary)!r})"
    monkeypatch.setattr(run_bot, "open_answerer", open_answerer)
    monkeypatch.setattr(
        run_bot, "IndexBuild", lambda command, folder: IndexBuild([sys.executable, "-c", script])
    )
    result = run("--config", config, "--once", "Is the bridge lost?")
    assert result.exit_code == 0
    assert "Not read: a.html: is empty" in result.stderr
    assert result.stdout.startswith("⚖ Disputed")


def test_votes_are_exported_as_json_lines(config):
    """--votes prints each vote with its question and quotes, and nothing about the person."""
    run("--config", config, lines="Is the bridge lost?\n5\n")
    (line,) = run("--config", config, "--votes").stdout.splitlines()
    spans = [[quote.citation.article, quote.start, quote.end, quote.text] for quote in DISPUTED.quotes[:3]]
    assert json.loads(line) == {"question": "Is the bridge lost?", "quotes": spans, "vote": "up"}


def test_new_key_prints_a_key(config):
    """--new-key prints a key that the bot takes, another one each time."""
    first, second = (run("--config", config, "--new-key").stdout.strip() for _ in range(2))
    assert first != second
    assert Vault([first]).unseal(Vault([first]).seal("x")) == "x"


def test_a_key_is_replaced(config, tmp_path):
    """--rotate-key puts a new key into the key file, under which everything is there; the old one is gone."""
    run("--config", config, lines="Is the bridge lost?\n5\n")
    file = tmp_path / "onrecord.key"
    old = file.read_text()
    result = run("--config", config, "--rotate-key")
    assert result.exit_code == 0
    assert "holds a new key" in result.stdout
    assert file.read_text() != old
    assert len(file.read_text().split()) == 1
    assert "Is the bridge lost?" in run("--config", config, "--votes").stdout
    file.write_text(old)
    refused = run("--config", config, "--votes")
    assert refused.exit_code == 1
    assert "Put the right key back" in refused.output


def test_a_key_is_not_replaced_under_a_running_bot(config, tmp_path, monkeypatch):
    """While a process serves with the present key, or where the key is in the environment, it is told how."""
    run("--config", config, lines="/help\n")
    key = (tmp_path / "onrecord.key").read_text()

    async def count_one(self):
        return 1

    monkeypatch.setattr(run_bot.Arrivals, "count_workers", count_one)
    assert "stop them first" in run("--config", config, "--rotate-key").output
    assert (tmp_path / "onrecord.key").read_text() == key
    monkeypatch.setenv("ONRECORD_KEY", key)
    assert "--new-key" in run("--config", config, "--rotate-key").output


async def test_askers_are_told_while_the_first_index_is_built(tmp_path):
    """While the first build runs, a question is told how far it is."""
    gate = tmp_path / "gate"
    script = (
        "import json, pathlib, time\n"
        "print(json.dumps({'stage': 'embedding', 'done': 3, 'total': 9}), flush=True)\n"
        f"while not pathlib.Path({str(gate)!r}).exists(): time.sleep(0.01)\n"
        "print(json.dumps({'summary': {'generation': 1}}))\n"
    )
    build = IndexBuild([sys.executable, "-c", script])
    answerer = FakeAnswerer()

    def open_answerer():
        if not gate.exists():
            raise NoIndexError("nothing yet")
        return answerer

    async with on_stage(tmp_path, open_answerer=open_answerer, build=build) as stage:
        quiet = Console(file=io.StringIO(), quiet=True)
        preparing = stage.application.create_task(run_bot.prepare_index(stage.collaborators, quiet))
        await stage.settle(lambda: build.progress is not None)
        (call,) = await stage.write("Is the bridge lost?")
        assert call.text == (
            "The index is being built just now (Embedding passages: 3 of 9). Please ask again in a moment."
        )
        gate.touch()
        await preparing
        (call,) = await stage.write("Is the bridge lost?")
        assert call.text.startswith("⚖ Disputed")


async def test_an_index_that_another_process_builds_is_opened(tmp_path, monkeypatch, caplog):
    """Where the first build is somebody else's, the bot opens what that has built, by itself."""
    monkeypatch.setattr(run_bot, "OPENING_PAUSE", 0.01)
    built = tmp_path / "built"

    def open_answerer():
        if not built.exists():
            raise NoIndexError("nothing yet")
        return FakeAnswerer()

    async with on_stage(tmp_path, open_answerer=open_answerer, build=IndexBuild(["false"])) as stage:
        preparing = asyncio.create_task(run_bot.prepare_in_background(stage.collaborators))
        await asyncio.sleep(0.2)
        assert not preparing.done()
        assert "the index cannot be used" in caplog.text
        built.touch()
        await asyncio.wait_for(preparing, 10)
        assert stage.collaborators.service.is_open


def test_outcomes_have_codes():
    """Answered is 0, no answer is 3, a failure is 1."""
    outcomes = run_bot.Outcomes()
    assert outcomes.exit_code == 1
    for outcome, code in ((DISPUTED, 0), (NoAnswer(ask_about("?"), Reason.NOTHING_ON_THIS), 3), (None, 1)):
        outcomes.note(outcome)
        assert outcomes.exit_code == code


async def test_failing_refresh_goes_on_with_the_present_generation(caplog):
    """A new generation that cannot be opened is logged, and the old one answers."""

    class Damaged(FakeAnswerer):
        def refresh(self):
            raise NoIndexError("vectors.faiss is missing")

    service = AnswerService(Damaged, 1)
    assert await service.answer("Is the bridge lost?") == DISPUTED
    service.close()
    assert "cannot be opened" in caplog.text


async def test_signal_ends_the_service(tmp_path, monkeypatch):
    """On Telegram the bot serves until a signal comes, then finishes what is under way and closes."""
    request = RecordingRequest()
    monkeypatch.setattr(run_bot, "open_answerer", lambda settings: FakeAnswerer())

    def build_recording(collaborators, token):
        return build_application(collaborators, token, request=request, updates_request=request)

    monkeypatch.setattr(run_bot, "build_application", build_recording)
    settings = BotSettings(base=tmp_path)
    service = asyncio.create_task(
        run_bot.run_on_telegram(run_bot.compose(tmp_path / "config.toml", settings, None), TOKEN)
    )
    while not any(call.method == "setMyShortDescription" for call in request.calls):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert not service.done()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(service, 10)
