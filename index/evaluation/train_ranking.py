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

from index.embedding import load_embedder
from index.evaluation.data import build_set, has_set, read_questions
from index.evaluation.learning import Lesson, cross_validate, fit_ranking, make_lessons
from index.evaluation.retrieval import locate_questions
from index.search.features import FEATURES
from index.search.ranking import WEIGHTS_FILE, LinearModel, RankingModel
from index.settings import load_index_settings

MAIN_SET, PLAIN_SET = "multihop_rag", "squad2"

ABOUT = (
    "Log-odds that a passage holds evidence: see index/search/features.py. Learned by `python -m "
    "index.evaluation.train_ranking` from the questions of MultiHop-RAG (Tang and Yang 2024, ODC-BY 1.0) and "
    "SQuAD 2.0 (Rajpurkar et al. 2018, CC BY-SA 4.0)."
)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--config", type=click.Path(path_type=Path), default=Path("config.toml"), show_default=True)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("data/evaluation"),
    show_default=True,
    help="Where the sets are indexed; vectors found there are used again.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=WEIGHTS_FILE, help="The file of weights to write."
)
def main(folder: Path, config: Path, work: Path, out: Path) -> None:
    """Learn the weights of the ranking from the sets in FOLDER, and print what they reach."""
    lessons = {name: read_lessons(folder, name, config, work) for name in (MAIN_SET, PLAIN_SET)}
    several, plain = lessons[MAIN_SET], lessons[PLAIN_SET]
    for name, score in zip((MAIN_SET, PLAIN_SET), cross_validate(several, plain), strict=True):
        click.echo(f"{name}, folds that share no article: {json.dumps(asdict(score))}")
    write_model(fit_ranking(several, plain), out)
    click.echo(f"written: {out}")


def read_lessons(folder: Path, name: str, config: Path, work: Path) -> tuple[Lesson, ...]:
    """Index a set and return its questions as lessons; raise ClickException if the set is not there."""
    if not has_set(folder, name):
        raise click.ClickException(f"{folder / name}: expected articles.jsonl.gz and questions.jsonl.gz")
    settings = load_index_settings(config)
    embedder = load_embedder(settings.embedding, settings.base)
    generation = build_set(folder / name, work / name, settings, embedder)
    located = locate_questions(generation, read_questions(folder / name / "questions.jsonl.gz"))
    return make_lessons(generation, located, embedder, settings)


def write_model(model: RankingModel, path: Path) -> None:
    """Write the weights as JSON, with where they come from; weights of nothing are left out."""
    table = {
        "about": ABOUT,
        "one part": _describe_linear(model.one),
        "several parts": _describe_linear(model.several),
    }
    path.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _describe_linear(model: LinearModel) -> dict[str, Any]:
    weights = {name: round(float(value), 3) for name, value in zip(FEATURES, model.weights, strict=True)}
    return {
        "bias": round(model.bias, 3),
        "weights": {name: value for name, value in weights.items() if value},
    }


if __name__ == "__main__":
    main()
