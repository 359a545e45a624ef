"""/rebuild and /status: who may, what they show, and what happens meanwhile."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest
from telegram.error import TimedOut

from bot.handlers import administration
from bot.scheduling.rebuilding import IndexBuild
from tests.fakes import STATUS, FakeAnswerer
from tests.stage import on_stage
from tests.telegram_checks import ADMIN, ANN

SUMMARY = {
    "generation": 2,
    "added": 3,
    "changed": 1,
    "removed": 2,
    "unchanged": 40,
    "passages": 120,
    "embedded": 9,
    "seconds": 1.5,
    "failures": [{"source": "docs/broken.html", "reason": "holds no article text"}],
}


def write_build(folder, lines, *, wait_for=None, code=0):
    """Return a build whose process writes lines, waits until a file exists, writes the last one, and ends."""
    script = folder / "build.py"
    script.write_text(
        "import pathlib, sys, time\n"
        f"lines = {[json.dumps(line) for line in lines]!r}\n"
        "print(*lines[:-1], sep='\\n', flush=True)\n"
        f"path = {str(wait_for) if wait_for else None!r}\n"
        "while path and not pathlib.Path(path).exists():\n"
        "    time.sleep(0.01)\n"
        "print(lines[-1], flush=True)\n"
        f"sys.exit({code})\n"
    )
    return IndexBuild([sys.executable, str(script)])


@pytest.fixture
def impatient(monkeypatch):
    """Edits of the progress message without a pause between them."""
    monkeypatch.setattr(administration, "EDIT_INTERVAL", 0.0)


async def test_rebuild_edits_one_message_into_a_summary(tmp_path, impatient):
    """The progress message is edited in place and ends with what was added, changed, removed and failed."""
    stages = [{"stage": "reading", "done": done, "total": 2} for done in (1, 2)]
    answerer = FakeAnswerer()
    answerer.newer = True
    build = write_build(tmp_path, [*stages, {"summary": SUMMARY}])
    async with on_stage(tmp_path, answerer=answerer, build=build) as stage:
        (started,) = await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: "rebuilt" in stage.request.calls[-1].text)
        edits = [call for call in stage.request.calls if call.method == "editMessageText"]
        assert {call.values["message_id"] for call in edits} == {stage.request.next_message}
        assert answerer.current.generation == 2, "the new generation is open before the summary is sent"
    assert started.text.startswith("Rebuilding the index.")
    assert "Reading the sources: 1 of 2" in edits[0].text
    assert edits[-1].text == (
        "The index is rebuilt: generation 2.\n"
        "added 3 · changed 1 · removed 2 · unchanged 40 · failed 1\n"
        "120 passages, 9 of them embedded anew, in 1.5 s\n"
        "\n"
        "Could not be read\n"
        "docs/broken.html: holds no article text"
    )


async def test_what_failed_is_shortened_where_it_tells_least(tmp_path):
    """Of a long source the end is shown, of a long reason the beginning; what is cut is marked."""
    failure = {"source": "https://courier.example/" + "feed/" * 30, "reason": "cannot be read " * 20}
    build = write_build(tmp_path, [{"summary": {**SUMMARY, "unchanged": 12_345, "failures": [failure]}}])
    async with on_stage(tmp_path, build=build) as stage:
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: "rebuilt" in stage.request.calls[-1].text)
    text = stage.request.calls[-1].text
    source, _, reason = text.splitlines()[-1].partition(": ")
    assert "unchanged 12,345" in text
    assert source == "…" + failure["source"][-79:]
    assert reason.endswith("be read cannot…")


async def test_secrets_of_addresses_are_shown_to_no_chat(tmp_path):
    """Failures, the reason why a build failed and /status name a feed without its password and token."""
    address = "https://ann:pw@a.example/feed?token=t0"
    failure = {"source": address, "reason": f"leads to '{address}'"}
    answerer = FakeAnswerer()
    answerer.current = replace(STATUS, added=(address,))
    for end in ({"summary": {**SUMMARY, "failures": [failure]}}, {"error": f"{address}: broken"}):
        code = int("error" in end)
        build = write_build(tmp_path, [{"stage": "reading", "done": 1, "total": 1}, end], code=code)
        async with on_stage(tmp_path, answerer=answerer, build=build) as stage:
            await stage.write("/rebuild", person=ADMIN)
            await stage.settle(lambda: "a.example" in stage.request.calls[-1].text)
            await stage.write("/status", person=ADMIN)
        shown = "".join(call.text for call in stage.request.calls)
        assert "https://…@a.example/feed?token=…" in shown
        assert "pw" not in shown
        assert "t0" not in shown


async def test_progress_is_edited_at_a_humane_rate(tmp_path):
    """A build that reports a thousand steps at once leads to no edit but the last."""
    steps = [{"stage": "embedding", "done": done, "total": 1000} for done in range(1000)]
    build = write_build(tmp_path, [*steps, {"summary": SUMMARY}])
    async with on_stage(tmp_path, build=build) as stage:
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: "rebuilt" in stage.request.calls[-1].text)
        assert sum(call.method == "editMessageText" for call in stage.request.calls) == 1


async def test_second_rebuild_says_that_one_runs_and_questions_are_answered(tmp_path):
    """While a build runs, /rebuild and /status tell how far it is, and questions are answered as before."""
    gate = tmp_path / "gate"
    lines = [{"stage": "embedding", "done": 5, "total": 9}, {"summary": SUMMARY}]
    build = write_build(tmp_path, lines, wait_for=gate)
    async with on_stage(tmp_path, build=build) as stage:
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: build.progress is not None)
        (second,) = await stage.write("/rebuild", person=ADMIN)
        assert second.text == "A rebuild is already running (Embedding passages: 5 of 9)."
        (status,) = await stage.write("/status", person=ADMIN)
        assert "A rebuild is running: Embedding passages: 5 of 9" in status.text
        (answer,) = await stage.write("Is the bridge lost?", person=ADMIN)
        assert answer.text.startswith("⚖ Disputed")
        gate.touch()
        await stage.settle(lambda: not build.running and "rebuilt" in stage.request.calls[-1].text)


async def test_failed_rebuild_says_why(tmp_path):
    """A build that fails says its reason and that nothing has changed."""
    build = write_build(
        tmp_path, [{"stage": "reading", "done": 0, "total": 0}, {"error": "disk full"}], code=1
    )
    async with on_stage(tmp_path, build=build) as stage:
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: stage.request.calls[-1].method == "editMessageText")
        end = stage.request.calls[-1].text
        (again,) = await stage.write("/rebuild", person=ADMIN)
    assert end == "The rebuild failed and has changed nothing: disk full"
    assert again.text.startswith("Rebuilding the index."), "a failed build does not block the next"


async def test_crashed_build_is_a_failure(tmp_path):
    """A process that dies without a word of JSON is reported by its exit code."""
    build = IndexBuild([sys.executable, "-c", "import sys; print('oops'); sys.exit(7)"])
    async with on_stage(tmp_path, build=build) as stage:
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: stage.request.calls[-1].method == "editMessageText")
        assert stage.request.calls[-1].text.endswith("the build ended with code 7")


async def test_build_ends_when_it_is_stopped(tmp_path, caplog):
    """Stopping ends the build's process, and its message says that nothing has changed; it is no failure."""
    lines = [{"stage": "embedding", "done": 5, "total": 9}, {"summary": SUMMARY}]
    build = write_build(tmp_path, lines, wait_for=tmp_path / "never")
    async with on_stage(tmp_path, build=build) as stage:
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: build.progress is not None)
        await build.stop()
        await stage.settle(lambda: not build.running)
        await stage.settle(lambda: "was stopped and has changed nothing" in stage.request.calls[-1].text)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_lost_progress_message_is_replaced(tmp_path):
    """Where the progress message was deleted meanwhile, the summary comes as a new message."""
    build = write_build(tmp_path, [{"summary": SUMMARY}])
    async with on_stage(tmp_path, build=build) as stage:
        gone = (400, {"description": "Bad Request: message to edit not found"})
        stage.request.faults["editMessageText"] = [gone]
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: "rebuilt" in stage.request.calls[-1].text)
        assert stage.request.calls[-1].method == "sendMessage"


async def test_progress_that_cannot_be_shown_does_not_end_the_build(tmp_path, impatient):
    """Whatever becomes of the edits that tell how far a build is, it goes on, and its summary comes."""
    stages = [{"stage": "reading", "done": done, "total": 4} for done in (1, 2, 3, 4)]
    build = write_build(tmp_path, [*stages, {"summary": SUMMARY}])
    moved = {"description": "Bad Request: group chat was upgraded", "parameters": {"migrate_to_chat_id": -7}}
    async with on_stage(tmp_path, build=build) as stage:
        gone = (400, {"description": "Bad Request: message to edit not found"})
        crashed = (500, {"description": "Internal Server Error"})
        stage.request.faults["editMessageText"] = [TimedOut(), (400, moved), crashed, gone, TimedOut()]
        await stage.write("/rebuild", person=ADMIN)
        await stage.settle(lambda: not build.running and stage.request.calls[-1].method == "sendMessage")
        texts = [call.text for call in stage.request.calls if call.method == "sendMessage"]
    assert len(texts) == 2
    assert texts[1].startswith("The index is rebuilt: generation 2.")


@pytest.mark.parametrize("command", ["/rebuild", "/status"])
async def test_only_admins_may(tmp_path, command):
    """Somebody who is no admin is told so, and no build starts."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write(command, person=ANN)
        assert not stage.collaborators.build.running
    assert call.text == "Only an admin of this bot can do that."


async def test_status_lists_what_was_added_by_hand(tmp_path):
    """Sources that were added stand in /status as they are called, a line each, the first twenty of them."""
    long = "https://courier.example/" + "feed/" * 30
    awkward = "notes/<b>a & b</b>\n_new_.txt"
    answerer = FakeAnswerer()
    answerer.current = replace(STATUS, added=(awkward, long, *(f"{n}.txt" for n in range(2, 23))))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (many,) = await stage.write("/status", person=ADMIN)
        answerer.current = replace(STATUS, added=("one.txt",))
        await stage.collaborators.service.status()
        (one,) = await stage.write("/status", person=ADMIN)
    lines = many.text.splitlines()
    start = lines.index("23 sources added by hand:")
    assert lines[start + 1] == "– notes/<b>a & b</b> _new_.txt"
    assert lines[start + 2] == "– …" + long[-79:]
    assert lines[start + 20 : start + 23] == ["– 19.txt", "and 3 more", ""]
    assert "Model: fake\n1 source added by hand:\n– one.txt\n\n" in one.text


async def test_status_shows_index_and_state(tmp_path):
    """/status tells generation, sizes, model and range, and counts answers and votes."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        await stage.press(answer, "👍")
        (call,) = await stage.write("/status", person=ADMIN)
    assert call.text.splitlines() == [
        "State",
        "Index: generation 1, built 10 Feb 2023, 06:00 UTC",
        "2 articles, 3 passages, 2 statements",
        "Published 8–9 Feb 2023",
        "Model: fake",
        "",
        "Answers kept for their buttons: 1",
        "Votes: 👍 1 · 👎 0",
    ]
