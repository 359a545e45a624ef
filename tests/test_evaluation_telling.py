"""What watches are told is measured: by hand, and over the sample corpus, where it must not slip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.building import build_index
from index.composition import make_builder
from index.embedding import load_embedder
from index.evaluation.telling import AlertScore, Watched, measure_alerts, read_watched
from index.settings import load_index_settings
from index.store.generations import open_generation

from . import test_building, test_telling
from .embedders import CountingEmbedder

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "docs/sample"


def test_shares_are_of_what_was_told_and_of_what_was_due():
    """Three of four alerts right, and three of five reports told."""
    score = AlertScore(right=3, wrong=1, missed=2, quiet=4, alarmed=0)
    assert (score.precision, score.recall) == (0.75, 0.6)


def test_splits_are_told_by_their_new_half(tmp_path):
    """Over reports of two towns, each topic is told its own and no other, and a third is quiet."""
    (tmp_path / "config.toml").write_text('[index]\nsources = ["news"]\n', encoding="utf-8")
    builder = test_building.make_builder(tmp_path, CountingEmbedder())
    test_telling.write(
        tmp_path,
        {
            f"b{n}": f"The Ostermoor bridge was tested, day {n}. The bridge at Ostermoor held."
            for n in range(2)
        }
        | {f"v{n}": f"Voters in Calder chose council {n}. Turnout fell by {n} points." for n in range(6)},
    )
    build_index(builder)
    generation = open_generation(tmp_path / "data", builder.embedder.identity)
    stories = {"bridge": [f"https://a.example/b{n}" for n in range(2)]}
    stories["vote"] = [f"https://a.example/v{n}" for n in range(6)]
    watched = [Watched("Ostermoor bridge", "bridge"), Watched("snow in Lund", None)]
    score = measure_alerts(watched, stories, generation, builder.embedder, builder.settings)
    assert score.wrong == score.alarmed == 0
    assert score.right > 0
    assert score.quiet >= 4


@pytest.mark.model
def test_alerts_over_the_sample_do_not_slip(tmp_path):
    """Hardly an alert is wrong, and most reports on a topic are told, at the settings as shipped."""
    settings = load_index_settings(ROOT / "config.toml").model_copy(update={"data": tmp_path / "data"})
    build_index(make_builder(settings, lambda stage, done, total: None))
    embedder = load_embedder(settings.embedding, settings.base)
    generation = open_generation(settings.data_folder, embedder.identity)
    stories = json.loads((SAMPLE / "stories.json").read_text(encoding="utf-8"))["stories"]
    score = measure_alerts(read_watched(SAMPLE / "watches.jsonl"), stories, generation, embedder, settings)
    assert score.precision >= 0.95, score
    assert score.recall >= 0.70, score
    assert score.alarmed <= 4, score
