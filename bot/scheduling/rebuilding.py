"""Rebuilding the index in its own process, and reading its progress line by line.

Administration starts it from the chat, start-up starts it where nothing has been built yet.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.language.texts import Phrasebook
from index.datatypes import BuildSummary, Failure
from index.errors import BuildRunningError, OnrecordError

_LOG = logging.getLogger(__name__)

_LINE_LIMIT = 64 * 1024 * 1024  # bytes; a summary with many failures is one long line
_TERMINATE_SECONDS = 10.0
_STDERR_LINES = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is.

    Attributes:
        stage: its name, as the build says it.
        total: 0 where unknown.
    """

    stage: str
    done: int
    total: int


class BuildStoppedError(OnrecordError):
    """The build was ended before it was done, since the bot stops; the index is as it was."""


OnProgress = Callable[[Progress], Awaitable[None]]


class IndexBuild:
    """Runs `python -m index build --json` in a process of its own, one at a time.

    Args:
        command: the program and its arguments.
        folder: where it runs; None for the present one.
    """

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        self._command = tuple(command)
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._running = False
        self._stopped = False
        self._progress: Progress | None = None

    @property
    def running(self) -> bool:
        """Whether a build that this bot started is at work."""
        return self._running

    @property
    def progress(self) -> Progress | None:
        """The last progress of the build that is at work."""
        return self._progress if self._running else None

    async def run(self, on_progress: OnProgress) -> BuildSummary:
        """Build, and return what changed; raise OnrecordError with the reason where the build failed.

        Raises BuildRunningError at once if a build is at work. A cancelled call ends the process.
        """
        if self._running:
            raise BuildRunningError("a build is already running")
        self._running, self._stopped, self._progress = True, False, None
        try:
            return await self._run(on_progress)
        finally:
            self._running, self._process = False, None

    async def stop(self) -> None:
        """End the build that is at work, if one is; its `run` then raises BuildStoppedError."""
        if self._process is not None:
            self._stopped = True
            await _end_process(self._process)

    async def _run(self, on_progress: OnProgress) -> BuildSummary:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LINE_LIMIT,
            cwd=self._folder,
        )
        self._process = process
        assert process.stdout is not None
        assert process.stderr is not None
        complaints = asyncio.create_task(_collect_lines(process.stderr))
        result: BuildSummary | str | None = None
        try:
            async for line in process.stdout:
                report = _read_report(line)
                if isinstance(report, Progress):
                    self._progress = report
                    await on_progress(report)
                elif report is not None:
                    result = report
            code = await process.wait()
            lines = await complaints
        finally:
            await _end_process(process)
            complaints.cancel()
        if isinstance(result, BuildSummary) and code == 0:
            return result
        if self._stopped:
            raise BuildStoppedError("the build was stopped")
        _LOG.error("the build ended with code %s: %s", code, "\n".join(lines))
        raise OnrecordError(result if isinstance(result, str) else f"the build ended with code {code}")


async def ignore_progress(progress: Progress) -> None:
    """Take no notice of a build's progress."""


async def build_quietly(build: IndexBuild) -> None:
    """Build, and leave what came of it to the log; nothing where a build is at work."""
    if build.running:
        return
    try:
        summary = await build.run(ignore_progress)
    except BuildRunningError:
        _LOG.info("another process builds the index just now")
    except BuildStoppedError:
        _LOG.info("the build was stopped; the index is as it was")
    except OnrecordError as error:
        _LOG.error("the index could not be refreshed: %s", error)
    else:
        _LOG.info("the index is refreshed: %d added, %d changed", summary.added, summary.changed)


async def _collect_lines(stream: asyncio.StreamReader) -> list[str]:
    """Read a stream to its end and return its last lines."""
    lines: list[str] = []
    while chunk := await stream.read(65536):
        lines = [*lines, *chunk.decode("utf-8", "replace").splitlines()][-_STDERR_LINES:]
    return lines


async def _end_process(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _TERMINATE_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()


def _read_report(line: bytes) -> Progress | BuildSummary | str | None:
    """Return what a line says: progress, the summary, or an error's text; None for any other line."""
    try:
        report: Any = json.loads(line)
    except ValueError:
        return None
    if not isinstance(report, dict):
        return None
    try:
        if "stage" in report:
            return Progress(str(report["stage"]), int(report["done"]), int(report["total"]))
        if "summary" in report:
            summary = dict(report["summary"])
            failures = tuple(Failure(str(f["source"]), str(f["reason"])) for f in summary.pop("failures", ()))
            return BuildSummary(**summary, failures=failures)
    except (KeyError, TypeError, ValueError):
        _LOG.warning("the build wrote a line that cannot be read")
        return None
    return str(report["error"]) if "error" in report else None


def describe_progress(progress: Progress | None, phrases: Phrasebook) -> str:
    """Return how far a build is, in words."""
    if progress is None:
        return phrases.say("rebuild.starting")
    return phrases.write_progress(progress.stage, progress.done, progress.total)
