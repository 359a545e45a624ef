"""Learns the weights of the ranking anew: `python -m index.evaluation.train_ranking FOLDER`.

FOLDER holds evaluation sets. Reads multihop_rag (ODC-BY 1.0) and squad2 (CC BY-SA 4.0), whose licences let
what is learned from them be shipped with attribution; docs/decisions tells what came of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from index.evaluation.commands import command_over_sets
from index.evaluation.data import MAIN_SET, PLAIN_SET
from index.evaluation.learning import Lesson, cross_validate, fit_ranking, make_lessons
from index.evaluation.retrieval import locate_questions
from index.evaluation.weights import round_weights, write_weights
from index.evaluation.workbench import Workbench
from index.search.features import FEATURES
from index.search.ranking import WEIGHTS_FILE, LinearModel
from index.settings import IndexSettings

ABOUT = (
    "Log-odds that a passage holds evidence: see index/search/features.py. Learned by `python -m "
    "index.evaluation.train_ranking` from the questions of MultiHop-RAG (Tang and Yang 2024, ODC-BY 1.0) and "
    "SQuAD 2.0 (Rajpurkar et al. 2018, CC BY-SA 4.0)."
)


@command_over_sets
@click.option(
    "--out", type=click.Path(path_type=Path), default=WEIGHTS_FILE, help="The file of weights to write."
)
def main(folder: Path, settings: IndexSettings, work: Path, out: Path) -> None:
    """Learn the weights of the ranking from the sets in FOLDER, and print what they reach."""
    bench = Workbench(folder, work, settings)
    several, plain = (read_lessons(bench, name) for name in (MAIN_SET, PLAIN_SET))
    for name, score in zip((MAIN_SET, PLAIN_SET), cross_validate(several, plain), strict=True):
        click.echo(f"{name}, folds that share no article: {json.dumps(asdict(score))}")
    model = fit_ranking(several, plain)
    tables = {"one part": _describe_linear(model.one), "several parts": _describe_linear(model.several)}
    write_weights(out, ABOUT, tables)


def read_lessons(bench: Workbench, name: str) -> tuple[Lesson, ...]:
    """Return the questions of a set as lessons; raise SourceError if the set cannot be read."""
    generation = bench.index(name)
    located = locate_questions(generation, bench.questions(name))
    return make_lessons(generation, located, bench.embedder, bench.settings)


def _describe_linear(model: LinearModel) -> dict[str, Any]:
    """Return the weights of a model, those of nothing left out."""
    weights = round_weights(dict(zip(FEATURES, model.weights, strict=True)))
    return {
        "bias": round(model.bias, 3),
        "weights": {name: value for name, value in weights.items() if value},
    }


if __name__ == "__main__":
    main()
