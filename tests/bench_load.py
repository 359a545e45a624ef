"""Many chats at once: how long answers and /help take while everybody asks, and whether memory stays flat.

Not a test: it measures and prints. `make bench` calls `measure_load`; alone: `python -m tests.bench_load`.
The whole bot runs over the recording request with the real index of the sample articles and the real model,
flood control on as in production; only the network is missing, and the checks of each call are left out,
since they would be measured with it.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import click

from index.building import build_index
from index.composition import make_builder, open_answerer
from index.settings import IndexSettings, load_index_settings
from tests.stage import Stage, on_stage
from tests.telegram_checks import Call

ROOT = Path(__file__).parent.parent
FIRST_CHAT = 1_000
HELPER = 500_000
"""Number of the first person who asks for help; each asks once, so as to wait for nothing but the load."""
HELP_PAUSE = 0.2
"""Seconds between two requests for help."""


@dataclass
class Clock:
    """When each chat wrote what, and when it was answered with what; seconds of `time.perf_counter`."""

    asked: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    questions: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note_question(self, chat: int, text: str) -> None:
        """Take the time of a message to the bot."""
        self.asked[chat].append(time.perf_counter())
        self.questions[chat].append(text)

    def note_call(self, call: Call) -> None:
        """Take the time of a message that was sent."""
        if call.method == "sendMessage":
            chat = int(call.values["chat_id"])
            self.answered[chat].append(time.perf_counter())
            self.texts[chat].append(call.text)

    def list_waits(self, *, helped: bool) -> list[float]:
        """Return the seconds from message to answer of those who asked for help, or of all others."""
        return [
            end - start
            for chat, starts in self.asked.items()
            if (chat >= HELPER) is helped
            for start, end in zip(starts, self.answered[chat], strict=True)
        ]


def measure_load(chats: int = 200, questions: int = 2000) -> None:
    """Ask from many chats at once, print what answers and /help took, then the memory over many questions.

    Args:
        chats: that ask at the same moment, each twice.
        questions: asked in all while memory is looked at, in waves of one question a chat.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs/sample/articles", folder / "articles")
        (folder / "config.toml").write_text('[index]\nsources = ["articles"]\n', encoding="utf-8")
        settings = load_index_settings(folder / "config.toml")
        build_index(make_builder(settings, lambda *_: None))
        asyncio.run(_measure(settings, folder / "state", chats, questions))


async def _measure(settings: IndexSettings, folder: Path, chats: int, questions: int) -> None:
    answerer = open_answerer(settings)
    async with on_stage(
        folder, open_answerer=lambda: answerer, flood_control=True, checked=False, follow_up_minutes=0
    ) as stage:
        alone = {question: (await stage.write(question, person=1))[0].text for question in _read_questions()}
        asked = cycle(alone)
        await _measure_waits(stage, asked, alone, chats)
        await _measure_memory(stage, asked, chats, questions)


async def _measure_waits(stage: Stage, asked: Iterator[str], alone: Mapping[str, str], chats: int) -> None:
    """Let every chat ask twice at once and somebody else ask for help all the while.

    Args:
        alone: for each question, the answer that it got when nobody else asked.
    """
    clock = Clock()
    stage.request.listeners.append(clock.note_call)
    began = time.perf_counter()
    for _ in range(2):
        await _ask_everywhere(stage, asked, range(FIRST_CHAT, FIRST_CHAT + chats), clock)
    done = asyncio.create_task(stage.application.update_queue.join())
    helper = HELPER
    while not done.done():
        clock.note_question(helper, "/help")
        await stage.put({"message": stage.compose("/help", person=helper)})
        helper += 1
        await asyncio.sleep(HELP_PAUSE)
    await stage.application.update_queue.join()
    took = time.perf_counter() - began
    stage.request.listeners.remove(clock.note_call)
    right = sum(
        clock.texts[chat] == [alone[question] for question in clock.questions[chat]]
        for chat in range(FIRST_CHAT, FIRST_CHAT + chats)
    )
    print(
        f"{chats} chats asking twice at once: {right} got both answers, each as if alone and in order; "
        f"{2 * chats / took:.1f} answers/s"
    )
    for name, helped in (("question to answer", False), ("/help meanwhile", True)):
        print(f"{name:<19} {_describe(clock.list_waits(helped=helped))}")


async def _measure_memory(stage: Stage, asked: Iterator[str], chats: int, questions: int) -> None:
    marks = sorted({questions // 4, questions // 2, questions})
    counted = 0
    while counted < questions:
        wave = min(chats, questions - counted, *(mark - counted for mark in marks if mark > counted))
        await _ask_everywhere(stage, asked, range(FIRST_CHAT, FIRST_CHAT + wave), Clock())
        await stage.application.update_queue.join()
        stage.request.calls.clear()
        counted += wave
        if counted in marks:
            print(f"memory after {counted:>5} questions: {_read_resident():.0f} MiB")


async def _ask_everywhere(stage: Stage, asked: Iterator[str], chats: range, clock: Clock) -> None:
    for chat in chats:
        question = next(asked)
        clock.note_question(chat, question)
        await stage.put({"message": stage.compose(question, person=chat)})


def _read_questions() -> tuple[str, ...]:
    """Return the questions of the sample, each once."""
    lines = (ROOT / "docs/sample/questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(json.loads(line)["question"] for line in lines if line.strip()))


def _describe(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    p50, p95 = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    return f"p50 {p50 * 1000:6.0f} ms, p95 {p95 * 1000:6.0f} ms over {len(ordered)}"


def _read_resident() -> float:
    """Return the memory that is resident now, in MiB; on Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


@click.command()
@click.option("--chats", default=200, show_default=True, help="Chats that ask at once.")
@click.option("--questions", default=2000, show_default=True, help="Questions while memory is looked at.")
def main(chats: int, questions: int) -> None:
    """Print what answers and /help take under load, and the memory over many questions."""
    measure_load(chats, questions)


if __name__ == "__main__":
    main()
