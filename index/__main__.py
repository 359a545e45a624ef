"""The command line of the index: `python -m index build | ask | status | add | forget | statements`.

It reads config.toml, composes the index's parts, and prints for people or, with --json, for machines.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from index.answer_json import describe_answer, describe_status, describe_summary
from index.answering import read_status
from index.building import Builder, add_source, build_index, forget_article
from index.composition import make_builder, open_answerer
from index.datatypes import Answer, BuildSummary, NoAnswer
from index.errors import OnrecordError
from index.gathering import OnProgress
from index.printing import print_answer, print_status, print_summary
from index.settings import IndexSettings, load_index_settings

NO_ANSWER = 3
"""Exit code of `ask` when the reports hold no answer."""

STAGES = {
    "reading": "Reading sources",
    "attributing": "Finding who said what",
    "embedding": "Embedding passages",
    "grouping": "Finding copies and disputes",
}

_config_option = click.option(
    "--config",
    "settings",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    callback=lambda context, parameter, path: load_index_settings(path),
    help="Configuration file; its [index] data names the data folder.",
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


class _Group(click.Group):
    """A group whose commands end with one line and exit code 1 on the project's own errors."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            if "--json" in sys.argv:
                _print_json({"error": str(error)})
            else:
                Console(stderr=True).print(f"Error: {error}", style="red", markup=False, highlight=False)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build an index of articles and ask it for verbatim, attributed quotes."""


@main.command()
@_config_option
@_json_option
def build(settings: IndexSettings, as_json: bool) -> None:
    """Read all sources and publish what changed as a new generation."""
    _run_build(settings, as_json, build_index)


@main.command()
@click.argument("source")
@_config_option
@_json_option
def add(settings: IndexSettings, source: str, as_json: bool) -> None:
    """Index one more file, folder or URL, now and in every later build."""
    _run_build(settings, as_json, lambda builder: add_source(builder, source))


@main.command()
@click.argument("article")
@_config_option
@_json_option
def forget(settings: IndexSettings, article: str, as_json: bool) -> None:
    """Remove an article, by its id, URL or path; `add` brings it back."""
    _run_build(settings, as_json, lambda builder: forget_article(builder, article))


@main.command()
@_config_option
@_json_option
def status(settings: IndexSettings, as_json: bool) -> None:
    """Say what is indexed and how fresh it is."""
    found = read_status(settings.data_folder)
    if as_json:
        _print_json(describe_status(found))
    else:
        print_status(found, Console())


@main.command()
@click.argument("question", required=False)
@click.option(
    "--questions",
    type=click.File("r", encoding="utf-8"),
    help='JSON lines {"id": ..., "question": ...}, answered one a line (with --json).',
)
@_config_option
@_json_option
def ask(settings: IndexSettings, question: str | None, questions: Any, as_json: bool) -> None:
    """Answer a question with quotes; exit code 3 says that the reports hold no answer."""
    if (question is None) == (questions is None):
        raise click.UsageError("give either a QUESTION or --questions FILE")
    if questions is not None:
        asked = list(_read_questions(questions))
        answerer = open_answerer(settings)
        for identifier, text in asked:
            _show(answerer.answer(text), identifier, as_json=as_json)
        return
    answer = open_answerer(settings).answer(str(question))
    _show(answer, None, as_json=as_json)
    if isinstance(answer, NoAnswer):
        sys.exit(NO_ANSWER)


def _show(answer: Answer | NoAnswer, identifier: str | None, *, as_json: bool) -> None:
    if as_json:
        _print_json(describe_answer(answer, identifier))
    else:
        print_answer(answer, Console())


def _read_questions(lines: Iterator[str]) -> Iterator[tuple[str | None, str]]:
    """Yield (id, question); raise UsageError naming the line that is not of the shape."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            identifier, question = record.get("id"), record["question"]
        except (ValueError, KeyError, AttributeError, TypeError):
            raise click.UsageError(
                f'--questions, line {number}: expected {{"id": ..., "question": "..."}}, '
                f"found {line.strip()[:60]!r}"
            ) from None
        yield None if identifier is None else str(identifier), str(question)


def _run_build(settings: IndexSettings, as_json: bool, work: Callable[[Builder], BuildSummary]) -> None:
    with _report_progress(as_json) as on_progress:
        summary = work(make_builder(settings, on_progress))
    if as_json:
        _print_json({"summary": describe_summary(summary)})
    else:
        print_summary(summary, Console())


@contextmanager
def _report_progress(as_json: bool) -> Iterator[OnProgress]:
    """Yield a callback that shows progress: as JSON lines, or as bars on standard error."""
    if as_json:
        yield lambda stage, done, total: _print_json({"stage": stage, "done": done, "total": total})
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(STAGES[stage])
            progress.update(tasks[stage], completed=done, total=total or None)

        yield show


def _print_json(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
