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
from index.answers import Answer, NoAnswer
from index.building import Builder, add_source, build_index, forget_named
from index.composition import make_builder, open_answerer
from index.datatypes import BuildSummary
from index.errors import OnrecordError
from index.explaining import explain_answer
from index.gathering import OnProgress
from index.printing import print_answer, print_statements, print_status, print_summary
from index.settings import IndexSettings, load_index_settings
from index.sources import is_url
from index.speech.parsing import load_parser
from index.speech.statement_json import describe_statements
from index.status import read_status
from index.store.generations import open_catalogue
from index.texts.cleaning import place_source
from index.texts.normalising import replace_surrogates

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
        as_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            if as_json:
                _print_json({"error": str(error)})
            else:
                Console(stderr=True).print(
                    f"Error: {error}", style="red", markup=False, highlight=False, soft_wrap=True
                )
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
    """Index one more file, folder or URL, now and in every later build; exit code 1 if it cannot be read."""
    placed = _place(source, settings)
    summary = _run_build(settings, as_json, lambda builder: add_source(builder, placed))
    if any(failure.source == placed for failure in summary.failures):
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("name")
@_config_option
@_json_option
def forget(settings: IndexSettings, name: str, as_json: bool) -> None:
    """Remove an article, by its id, URL or path, or a source that was added; `add` brings it back."""
    _run_build(settings, as_json, lambda builder: forget_named(builder, _place(name, settings)))


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
    type=click.File("r", encoding="utf-8-sig"),
    help='JSON lines {"id": ..., "question": ...}, answered one a line (with --json).',
)
@click.option("--explain", is_flag=True, help="Show what led to the answer.")
@_config_option
@_json_option
def ask(settings: IndexSettings, question: str | None, questions: Any, explain: bool, as_json: bool) -> None:
    """Answer a question with quotes; exit code 3 says that the reports hold no answer."""
    if (question is None) == (questions is None):
        raise click.UsageError("give either a QUESTION or --questions FILE")
    if questions is not None:
        asked = list(_read_records(questions, "--questions", "question"))
        answerer = open_answerer(settings)
        for record in asked:
            _show(answerer.answer(record["question"]), record.get("id"), as_json=as_json)
        return
    explanation = open_answerer(settings).explain(replace_surrogates(str(question)))
    answer = explanation.answer
    _show(answer, None, as_json=as_json)
    if explain:
        click.echo("\n".join(explain_answer(explanation)), err=as_json)
    if isinstance(answer, NoAnswer):
        sys.exit(NO_ANSWER)


@main.command()
@click.argument("article", required=False)
@click.option(
    "--json",
    "file",
    type=click.File("r", encoding="utf-8-sig"),
    help='JSON lines {"id": ..., "text": ...}; their statements are printed one a line, with offsets.',
)
@_config_option
def statements(settings: IndexSettings, article: str | None, file: Any) -> None:
    """List who said what in an indexed ARTICLE, or in the texts of a JSON lines file."""
    if (article is None) == (file is None):
        raise click.UsageError("give either an ARTICLE or --json FILE")
    if file is not None:
        records = list(_read_records(file, "--json", "text", "id"))
        for record in describe_statements(records, load_parser(settings.attribution.parser)):
            _print_json(record)
        return
    with open_catalogue(settings.data_folder) as catalogue:
        found = catalogue.find_article(_place(str(article), settings))
        print_statements(catalogue.article(found), catalogue.statements_of(found), Console())


def _place(name: str, settings: IndexSettings) -> str:
    """Return a path that exists, taken from the current folder, as the index names it, else the name."""
    try:
        if is_url(name) or not name.strip() or not Path(name).exists():
            return name
    except OSError:  # too long for a path
        return name
    return place_source(str(Path(name).resolve()), settings.base.resolve())


def _show(answer: Answer | NoAnswer, identifier: Any, *, as_json: bool) -> None:
    if as_json:
        _print_json(describe_answer(answer, identifier))
    else:
        print_answer(answer, Console())


def _read_records(lines: Iterator[str], option: str, text: str, *others: str) -> Iterator[dict[str, Any]]:
    """Yield JSON objects that hold a string under `text`, and `others`.

    Raises UsageError naming the first that does not.
    """
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = None
            if not (
                isinstance(record, dict) and isinstance(record.get(text), str) and record.keys() >= {*others}
            ):
                shape = ", ".join([*(f'"{key}": ...' for key in others), f'"{text}": "..."'])
                found = line.strip()[:60]
                raise click.UsageError(
                    f"{option}, line {number}: expected a JSON object {{{shape}}}, found {found!r}"
                )
            yield record | {text: replace_surrogates(record[text])}
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{option}: is not UTF-8: {error}") from error


def _run_build(
    settings: IndexSettings, as_json: bool, work: Callable[[Builder], BuildSummary]
) -> BuildSummary:
    """Run a build, show its progress and its outcome, and return that."""
    with _report_progress(as_json) as on_progress:
        summary = work(make_builder(settings, on_progress))
    if as_json:
        _print_json({"summary": describe_summary(summary)})
    else:
        print_summary(summary, Console())
    return summary


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
    click.echo(replace_surrogates(json.dumps(record, ensure_ascii=False)))


if __name__ == "__main__":
    main()
