"""The commands of the evaluation: one line on what is wrong, and weights where they are asked for."""

import json

import pytest
from click.testing import CliRunner

from index.evaluation import (
    __main__ as measuring,
)
from index.evaluation import (
    telling,
    token_basis,
    train_confidence,
    train_quoting,
    train_ranking,
    train_telling,
)
from index.evaluation.commands import EvaluationCommand
from index.evaluation.weights import round_weights, write_weights

from .embedders import CountingEmbedder
from .test_evaluation_retrieval import TOWNS, article, question, write

OVER_SETS = [train_confidence, train_quoting, train_ranking]
COMMANDS = [measuring, telling, token_basis, train_telling, *OVER_SETS]


def run(module, *arguments):
    return CliRunner().invoke(module.main, [str(argument) for argument in arguments])


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[index]\nsources = []\ndata = "data"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.__name__)
def test_settings_that_are_not_there_are_named_in_one_line(module, tmp_path):
    """Every command reads the same option, and ends with the file's name and exit code 1."""
    assert isinstance(module.main, EvaluationCommand)
    folder = () if module is token_basis else (tmp_path,)
    result = run(module, *folder, "--config", tmp_path / "none.toml")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "none.toml" in result.output


@pytest.mark.parametrize("module", OVER_SETS, ids=lambda module: module.__name__)
def test_a_set_that_is_not_there_is_named_in_one_line(module, tmp_path, config, monkeypatch):
    """Learning ends with the missing file's name, before anything is written."""
    monkeypatch.setattr("index.evaluation.workbench.load_embedder", lambda *_: CountingEmbedder())
    result = run(module, tmp_path, "--config", config, "--work", tmp_path / "work")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("Error: ")
    assert "articles.jsonl.gz" in result.output


def test_labels_that_are_not_there_are_named_in_one_line(tmp_path, config):
    """The topics of watches lie beside the stories that they mean."""
    result = run(train_telling, tmp_path, "--config", config)
    assert result.exit_code == 1
    assert "stories.json" in result.output


def test_a_ranking_is_learned_and_written(tmp_path, config, monkeypatch):
    """The file that `--out` names holds both models' weights and says what they come from."""
    monkeypatch.setattr("index.evaluation.workbench.load_embedder", lambda *_: CountingEmbedder())
    for name in ("multihop_rag", "squad2"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "articles.jsonl.gz", map(article, TOWNS))
        several = [
            question(town) | {"question": f"Who was hurt in {town}, and who will mend it?"} for town in TOWNS
        ]
        write(tmp_path / name / "questions.jsonl.gz", [*map(question, TOWNS), *several])
    out = tmp_path / "weights.json"
    result = run(train_ranking, tmp_path, "--config", config, "--work", tmp_path / "work", "--out", out)
    assert result.exit_code == 0, result.output
    table = json.loads(out.read_text(encoding="utf-8"))
    assert list(table) == ["about", "one part", "several parts"]
    assert table["one part"]["weights"]["cover"] > 0


def test_weights_are_kept_with_where_they_come_from(tmp_path):
    """A table of weights is JSON of three digits that a person can read and compare."""
    path = tmp_path / "weights.json"
    write_weights(path, "From «nothing».", {"weights": round_weights({"bias": 0.12345, "cover": 2})})
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "about": "From «nothing».",
        "weights": {"bias": 0.123, "cover": 2.0},
    }
    assert "«nothing»" in path.read_text(encoding="utf-8")
