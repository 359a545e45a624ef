"""From articles to checked messages: the real index and model and the whole bot; only Telegram is faked.

Every outgoing call goes through the three checkers of telegram_checks; what they cannot see is said there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.scheduling.rebuilding import IndexBuild, ignore_progress
from index.answers import NoAnswer, Reason
from index.composition import open_answerer
from index.events.turning_points import Role
from index.questions.turns import make_turn
from index.settings import load_index_settings
from tests.stage import on_stage
from tests.telegram_checks import ADMIN, GROUP

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "docs" / "sample" / "articles"
QUESTIONS = ROOT / "docs" / "sample" / "questions.jsonl"

NEW_ARTICLE = """\
Title: Ferry to Odderholm stops for the winter
Outlet: The Quay Notes
Date: 2025-11-03

The ferry to Odderholm will not sail between December and March, the harbour master, Tove Lind, said.

“Eleven passengers a day do not pay for the fuel,” Lind said.
"""


def write_config(folder, sources):
    """Write a configuration of its own data folder."""
    shutil.copytree(ARTICLES, folder / "articles")
    path = folder / "config.toml"
    listed = ", ".join(f'"{source}"' for source in sources)
    # When to answer is measured elsewhere; here nearly everything is, so that there is much to check.
    path.write_text(
        f'[index]\nsources = [{listed}]\ndata = "data"\n'
        '[index.answers]\nthreshold = 0.05\n[bot]\ndata = "data"\n',
        encoding="utf-8",
    )
    return path


def build_of(config):
    """Return the build that the bot runs for a configuration."""
    return IndexBuild([sys.executable, "-m", "index", "build", "--json", "--config", str(config)], ROOT)


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """A configuration whose sources are the sample articles."""
    return write_config(tmp_path_factory.mktemp("sample"), ["articles"])


@asynccontextmanager
async def real_bot(config, tmp_path):
    """The bot over a recording request, with the real index of a configuration."""
    settings = load_index_settings(config)
    build = build_of(config)
    if not (settings.data_folder / "live").exists():
        await build.run(ignore_progress)
    answerer = open_answerer(settings)
    async with on_stage(tmp_path, open_answerer=lambda: answerer, build=build) as stage:
        yield stage, answerer


def run_script(config, lines, *arguments):
    """Run run_bot.py as a script does: without a token, lines on standard input."""
    environment = {name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"}
    return subprocess.run(
        [sys.executable, str(ROOT / "run_bot.py"), "--config", str(config), *arguments],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env=environment,
        check=False,
    )


def test_first_run_in_the_terminal(tmp_path):
    """Without a token and without an index, a script gets the index built and its questions answered."""
    config = write_config(tmp_path, ["articles/halyard", "articles/evening-lantern"])
    result = run_script(config, ["Who says the dredger rammed the gate?", "1", "/sources"])
    assert result.returncode == 0, result.stderr
    assert "The dredger struck the gate." in result.stdout
    assert "▏ " in result.stdout
    assert "Around the quote" in result.stdout
    assert "Halyard News Agency" in result.stdout
    assert "Traceback" not in result.stderr
    once = run_script(config, [], "--once", "Who says the dredger rammed the gate?")
    assert once.returncode == 0
    assert "The dredger struck the gate." in once.stdout
    assert run_script(config, [], "--once", "What is the capital of Peru?").returncode == 3


async def test_sample_questions_lead_to_messages_that_telegram_accepts(config, tmp_path):
    """Whatever every fourth sample question leads to passes all checkers, behind the buttons too."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[::4]]
    quoted = 0
    async with real_bot(config, tmp_path) as (stage, _):
        for question in questions:
            calls = await stage.write(question)
            assert calls
            for call in calls:
                assert not call.text.startswith("Sorry"), question
                quoted += len(call.covered("blockquote"))
            for button in ("Context", "More", "Other side", "Nearest reports"):
                if any(one["text"] == button for one in calls[-1].buttons):
                    edit, _ = await stage.press(calls[-1], button)
                    assert edit.method == "editMessageText"
    assert quoted > len(questions) // 2


async def test_an_overview_is_given_in_the_words_that_open_the_reports(config, tmp_path):
    """However it is asked for, it quotes the leads of several outlets, and is of its topic and day."""
    async with real_bot(config, tmp_path) as (stage, answerer):
        for question in ("What happened in Lindover?", "any news from lindover", "Lindover"):
            (reply,) = await stage.write(question)
            assert reply.text.startswith("⚖ Disputed"), question
            quotes = answerer.answer(question).quotes
            assert all("Lindover" in quote.text for quote in quotes[:3])
            assert len({quote.citation.outlet for quote in quotes}) >= 3
        assert isinstance(answerer.answer("What happened in Lindover in 2019?"), NoAnswer)
        assert isinstance(answerer.answer("What happened in Odderholm?"), NoAnswer)


async def test_an_overview_of_nothing_is_of_the_newest_day(config, tmp_path):
    """The day is said; after a topic the same words are of that, in capitals too; "tell me more" is none."""
    async with real_bot(config, tmp_path) as (stage, answerer):
        (news,) = await stage.write("Any news?")
        assert news.text.startswith("Taken to mean: Any news? (5 August 2025)\n⚖ Disputed")
        declined = answerer.answer("Tell me more")
        assert isinstance(declined, NoAnswer)
        assert declined.reason is Reason.NOT_A_QUESTION
        first = answerer.answer("WHAT HAPPENED IN LINDOVER?")
        assert first.quotes[0].text == answerer.answer("What happened in Lindover?").quotes[0].text
        anew = answerer.answer("Any news?", turns=[make_turn(first)])
        assert (anew.question.text, anew.question.overview) == ("Lindover", True)


async def test_a_question_of_another_story_is_not_dragged_back(config, tmp_path):
    """Where that leaves it without an answer it is asked alone; "why?" and "who denied it?" follow up."""
    async with real_bot(config, tmp_path) as (_, answerer):
        turns = [make_turn(answerer.answer("How many people were hurt when the lock gate broke?"))]
        answer = answerer.answer("what did Torpress say about the families?", turns=turns)
        assert "families of gendarmes" in answer.quotes[0].text
        assert "lock" not in answer.question.text
        for text in ("why?", "who denied it?"):
            assert "lock" in answerer.answer(text, turns=turns).question.text


async def test_a_day_is_told_by_what_was_published_then(config, tmp_path):
    """By the lead of each story; a day without reports offers the nearest; an outlet's newest come first."""
    async with real_bot(config, tmp_path) as (stage, answerer):
        (told,) = answerer.answer("news of 8 May").quotes
        assert (told.citation.outlet, str(told.citation.published.day)) == (
            "The Tidewater Daily",
            "2025-05-08",
        )
        assert told.text.startswith("Divers found the body of Edvin Raske")
        (none,) = await stage.write("What happened yesterday?")
        edit, _ = await stage.press(none, "Nearest reports")
        assert "The regional health office has raised" in edit.text
        days = [
            quote.citation.published.day
            for quote in answerer.answer("What's the latest from Torpress?").quotes
            if quote.citation.outlet == "Torpress"
        ]
        assert len(days) > 1
        assert days == sorted(days, reverse=True)


async def test_the_latest_is_of_the_newest_report(config, tmp_path):
    """The same topic without the word opens with an older one."""
    async with real_bot(config, tmp_path) as (_, answerer):
        newest = answerer.answer("What is the latest on the withdrawal from Brennica?").quotes[0]
        first = answerer.answer("What happened in Brennica in May?").quotes[0]
        assert newest.citation.published.day > first.citation.published.day
        # Of one outlet too, though its newest report on it is not its likeliest.
        court = answerer.answer("the latest on the recount from the Tidewater Daily").quotes[0]
        assert (court.citation.outlet, court.citation.published.day.month) == ("The Tidewater Daily", 6)
        assert court.citation.published.day.day == 28
        # Nor where older reports of other stories are found between.
        for text, day in (
            ("latest on the leak from the Courier", "2025-08-05"),
            ("the latest on the lock from the Tidewater Daily", "2025-05-08"),
            ("latest on the recount", "2025-06-28"),
            ("latest on the recount from the Weekly Bellwether", "2025-06-16"),
        ):
            assert str(answerer.answer(text).quotes[0].citation.published.day) == day, text


async def test_who_lists_a_speaker_of_the_sample(config, tmp_path):
    """/who finds a speaker by a part of the name, newest report first, and every page passes all checkers."""
    async with real_bot(config, tmp_path) as (stage, answerer):
        quotes = answerer.quotes_of("Marta Quenell", 40)
        (page,) = await stage.write("/who quenell")
        assert page.text.count("Marta Quenell") >= 2
        shown = page.covered("blockquote")
        while any(button["text"] == "›" for button in page.buttons) and len(shown) < len(quotes):
            page, _ = await stage.press(page, "›")
            shown += page.covered("blockquote")
        assert set(shown) == {quote.text for quote in quotes}
        assert len(shown) >= 3
        own = [quote for quote in quotes if quote.speaker == "Marta Quenell"]
        moments = [quote.citation.published for quote in own if quote.citation.published]
        assert moments == sorted(moments, reverse=True)
        assert answerer.quotes_of("Marta Quenell", 1)[0] == quotes[0]
        (close,) = await stage.write("/who Ruben Ostad")
    assert close.text == "The reports quote nobody called “Ruben Ostad”. They do quote Ruben Ostade."


async def test_why_and_inline_with_the_real_index(config, tmp_path):
    """An admin's /why shows passages and features in one message, and an inline query offers cards."""
    async with real_bot(config, tmp_path) as (stage, _):
        answer = (await stage.write("Who says the dredger rammed the gate?", person=ADMIN))[-1]
        replied = stage.request.describe(answer, stage.request.next_message)
        (why,) = await stage.write("/why", person=ADMIN, reply_to_message=replied)
        cards = (await stage.query("Who says the dredger rammed the gate?")).values["results"]
    lines = why.covered("pre")[0].splitlines()
    assert "Passages: the best 3 of" in "\n".join(lines)
    assert any(line.startswith("Confidence 0.") for line in lines)
    assert any(
        "The dredger struck the gate." in card["input_message_content"]["message_text"] for card in cards
    )


async def test_an_overview_is_explained_as_it_was_asked(config, tmp_path):
    """/why asks the whole question again: its topic alone would be another one."""
    async with real_bot(config, tmp_path) as (stage, _):
        answer = (await stage.write("What happened in May in Brennica?", person=ADMIN))[-1]
        replied = stage.request.describe(answer, stage.request.next_message)
        (why,) = await stage.write("/why", person=ADMIN, reply_to_message=replied)
    lines = why.covered("pre")[0].splitlines()
    assert any("asked" in line and "What happened in May in Brennica?" in line for line in lines)
    assert any("searched for" in line and line.endswith("Brennica") for line in lines)


async def test_group_topic_and_reply_with_the_real_index(config, tmp_path):
    """In a topic of a group, a mention is answered there, as a reply, with a quote and its source."""
    async with real_bot(config, tmp_path) as (stage, _):
        (call,) = await stage.write(
            "@onrecord_bot Who says the dredger rammed the gate?",
            chat=GROUP,
            message_thread_id=7,
            is_topic_message=True,
        )
    assert call.values["message_thread_id"] == 7
    assert call.values["reply_parameters"]["message_id"] == stage.next_message
    assert "The dredger struck the gate." in call.text


async def test_rebuild_brings_a_new_article_without_a_restart(config, tmp_path):
    """An article that was added is answered from after /rebuild, by the bot that was running all along."""
    question = "Why will the ferry to Odderholm not sail?"
    async with real_bot(config, tmp_path) as (stage, _):
        before = (await stage.write(question))[-1]
        assert "Odderholm" not in before.text
        (config.parent / "articles" / "ferry.txt").write_text(NEW_ARTICLE, encoding="utf-8")
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: "generation 2" in stage.request.calls[-1].text, 120.0)
        assert "added 1 · changed 0 · removed 0" in stage.request.calls[-1].text
        after = (await stage.write(question))[-1]
        assert "The Quay Notes" in after.text
        assert "“Ferry to Odderholm stops for the winter”" in after.text


@pytest.mark.parametrize(
    "topic", ["the lock gate at Port Sellmar", "Brennica withdrawal", "Lindover recount", "Quillby spill"]
)
async def test_timelines_of_the_sample(topic, config, tmp_path):
    """Each story's timeline has a chart of its reports, turning points, and printed words."""
    async with real_bot(config, tmp_path) as (stage, answerer):
        chart, *rest = await stage.write(f"/timeline {topic}", chat=GROUP)
        (answer,) = await stage.write(f"/ask {topic}", chat=GROUP)
        timeline = answerer.timeline(topic)
    assert chart.method == "sendPhoto"
    assert len(rest) <= 1
    assert "Timeline" in [button["text"] for button in answer.buttons]
    assert len(timeline.reports) >= 5
    assert len({report.citation.outlet for report in timeline.reports}) >= 4
    assert 3 <= len(timeline.points) <= 10
    assert {role for report in timeline.reports for role in report.roles} >= {Role.CLAIM, Role.DENIAL}
    quoted = [quote for call in (chart, *rest) for quote in call.covered("blockquote")]
    assert quoted == [point.quote.text for point in timeline.points]
    assert all(answerer.verify(point.quote) for point in timeline.points)
