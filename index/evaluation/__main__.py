"""The evaluation command: `python -m index.evaluation FOLDER` measures every set that it finds there.

Prints one table and, with `--json FILE`, keeps the figures.
"""

from __future__ import annotations

import json
import time
from importlib.metadata import version
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from index.evaluation.commands import command_over_sets
from index.evaluation.data import QUESTIONS_FILE
from index.evaluation.measures import MEASURES, Figure, Measure
from index.evaluation.workbench import Workbench
from index.settings import IndexSettings

LIBRARIES = ("torch", "sentence-transformers", "faiss-cpu", "spacy", "sentencex")


@command_over_sets
@click.option("--only", multiple=True, help="Measure only what has this in its name; may be repeated.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the figures to this file.")
def main(
    folder: Path, settings: IndexSettings, work: Path, only: tuple[str, ...], json_file: Path | None
) -> None:
    """Measure every evaluation set found in FOLDER, and say what is not there."""
    console = Console()
    wanted = ""
    if (folder / QUESTIONS_FILE).is_file():  # one set's own folder
        folder, wanted = folder.parent, folder.name
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    console.print(f"{folder}; {versions}", style="dim", soft_wrap=True)
    figures: dict[str, list[Figure]] = {}
    with Console(stderr=True).status("") as status:

        def report(stage: str, done: int, total: int) -> None:
            status.update(f"{measure.name}: {stage} {done:,}{f' of {total:,}' if total else ''}")

        bench = Workbench(folder, work, settings, report)
        for measure in choose_measures(folder, wanted, only, console):
            started = time.monotonic()
            report("starting", 0, 0)
            figures[measure.name] = list(measure.run(bench))
            console.print(f"{measure.name}: {time.monotonic() - started:.0f} s", style="dim")
    console.print(f"model {bench.embedder.identity}", style="dim", soft_wrap=True)
    console.print(make_table(figures))
    if json_file:
        json_file.write_text(to_json(figures), encoding="utf-8")


def choose_measures(folder: Path, wanted: str, only: tuple[str, ...], console: Console) -> list[Measure]:
    """Return the measures whose files are there, and print which are passed over.

    Args:
        wanted: the one set to measure; "" for every one.
        only: parts of names, of which a measure's must hold one; () for every measure.
    """
    chosen: list[Measure] = []
    passed_over: list[Measure] = []
    for measure in MEASURES:
        if wanted and wanted not in measure.name.split():
            continue
        if only and not any(word in measure.name for word in only):
            continue
        whole = all((folder / name).exists() for name in measure.needs)
        (chosen if whole else passed_over).append(measure)
    if passed_over:
        names = ", ".join(measure.name for measure in passed_over)
        console.print(
            f"Passed over, their files are not in {folder}: {names}", style="yellow", soft_wrap=True
        )
    return chosen


def make_table(figures: dict[str, list[Figure]]) -> Table:
    """Return the figures as a table, with their goals and whether they are reached."""
    table = Table(title="Onrecord, measured")
    for heading in ("measure", "figure"):
        table.add_column(heading)
    for heading in ("value", "goal", ""):
        table.add_column(heading, justify="right")
    marks = {True: "✓", False: "✗", None: ""}
    for name, rows in figures.items():
        for place, row in enumerate(rows):
            value = (
                f"{row.value:.0f}" if row.value > 1 and row.value == int(row.value) else f"{row.value:.3f}"
            )
            goal = "" if row.goal is None else f"{'≥' if row.rising else '≤'} {row.goal:g}"
            table.add_row("" if place else name, row.name, value, goal, marks[row.is_reached])
        table.add_section()
    return table


def to_json(figures: dict[str, list[Figure]]) -> str:
    """Return the figures as JSON: measure, figure, value and goal."""
    rows = {
        name: {row.name: {"value": row.value, "goal": row.goal, "reached": row.is_reached} for row in rows}
        for name, rows in figures.items()
    }
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
