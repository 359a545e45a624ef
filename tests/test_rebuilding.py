"""Builds that the bot starts by itself: quiet, one at a time, and never the end of the bot."""

from __future__ import annotations

import asyncio
import json
import logging
import sys

import pytest

from bot.scheduling.rebuilding import IndexBuild, build_quietly, ignore_progress
from bot.serving import schedule_alerts
from tests.stage import on_stage

SUMMARY = json.dumps({"summary": {"generation": 2, "added": 3, "changed": 1}})


def make_build(code):
    """Return a build whose process runs some lines of Python."""
    return IndexBuild([sys.executable, "-c", code])


async def test_quiet_build_says_what_changed_in_the_log_alone(caplog):
    """A refresh by the clock ends in one line of the log."""
    with caplog.at_level(logging.INFO):
        await build_quietly(make_build(f"print({SUMMARY!r})"))
    assert "the index is refreshed: 3 added, 1 changed" in caplog.text


async def test_failed_quiet_build_is_logged_and_no_more(caplog):
    """A build that fails is an error in the log, and the next may start."""
    await build_quietly(make_build('print(\'{"error": "no room"}\'); raise SystemExit(1)'))
    assert "the index could not be refreshed: no room" in caplog.text


async def test_stopped_quiet_build_is_no_error(caplog):
    """Who stops the bot stops its build, and the log says no more than that."""
    build = make_build("import time; print('{}', flush=True); time.sleep(60)")
    with caplog.at_level(logging.INFO):
        running = asyncio.create_task(build_quietly(build))
        while not build.running:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        await build.stop()
        await running
    assert [record.levelname for record in caplog.records if "build" in record.name] == ["INFO"]


async def test_quiet_build_leaves_a_running_one_alone(tmp_path):
    """While a build is at work, the clock starts no second one."""
    ran = tmp_path / "ran"
    build = make_build(f"import time; open({str(ran)!r}, 'a').write('x'); time.sleep(1); print({SUMMARY!r})")
    first = asyncio.create_task(build.run(ignore_progress))
    await asyncio.sleep(0.1)
    await build_quietly(build)
    await first
    assert ran.read_text() == "x"


@pytest.mark.parametrize(("minutes", "jobs"), [(0, 1), (30, 2)])
async def test_refresh_by_the_clock_only_where_set(tmp_path, minutes, jobs):
    """Without minutes in the settings the bot never builds by itself; with them it does, that often."""
    async with on_stage(tmp_path, refresh_minutes=minutes) as stage:
        schedule_alerts(stage.application, stage.collaborators)
        scheduled = stage.application.job_queue.jobs()
        assert len(scheduled) == jobs
        if minutes:
            assert scheduled[-1].job.trigger.interval.total_seconds() == 1800
