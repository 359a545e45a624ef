"""Learns the weights of the ranking anew: `python -m index.evaluation.train_ranking FOLDER`.

FOLDER holds evaluation sets. Reads multihop_rag (ODC-BY 1.0) and squad2 (CC BY-SA 4.0), whose licences let
what is learned from them be shipped with attribution; docs/decisions tells what came of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
import numpy as np

from index.embedding import load_embedder
from index.evaluation.data import build_set, has_set, read_questions
from index.evaluation.learning import Lesson, cross_validate, fit_model, make_lessons, weigh_lessons
from index.evaluation.retrieval import locate_questions
from index.features import FEATURES
from index.ranking import WEIGHTS_FILE, RankingModel
from index.settings import load_index_settings

MAIN_SET, PLAIN_SET = "multihop_rag", "squad2"
PLAIN_WEIGHT = 0.5
"""Of all plain questions beside all questions of several parts."""

ABOUT = (
    "Log-odds that a passage holds evidence: see index/features.py. Learned by `python -m "
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
    main_lessons, plain = lessons[MAIN_SET], lessons[PLAIN_SET]
    score = cross_validate(main_lessons, plain, PLAIN_WEIGHT)
    click.echo(f"{MAIN_SET}, folds that share no article: {json.dumps(asdict(score))}")
    score = cross_validate(plain, main_lessons, 1 / PLAIN_WEIGHT)
    click.echo(f"{PLAIN_SET}, folds that share no article: {json.dumps(asdict(score))}")
    model = fit_model([*main_lessons, *plain], weigh_lessons(main_lessons, plain, PLAIN_WEIGHT))
    write_model(model, out)
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
    """Write the weights as JSON, with where they come from."""
    weights = {
        name: round(float(value), 4) for name, value in zip(FEATURES, np.asarray(model.weights), strict=True)
    }
    table = {"about": ABOUT, "bias": round(model.bias, 4), "weights": weights}
    path.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
