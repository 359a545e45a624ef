"""A small set, in the shape of the public ones, is indexed, measured and learned from."""

import gzip
import json
import re
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from index.errors import SourceError
from index.evaluation.__main__ import choose_measures, make_table, to_json
from index.evaluation.data import build_set, read_questions
from index.evaluation.learning import cross_validate, fit_ranking, make_lessons
from index.evaluation.measures import MEASURES, Figure
from index.evaluation.retrieval import evaluate_retrieval, locate_questions
from index.evaluation.workbench import Workbench
from index.search.features import FEATURES
from index.settings import IndexSettings

from .embedders import CountingEmbedder

TOWNS = ("Varn", "Esk", "Holm", "Brae", "Tarn", "Wick")


def article(town):
    text = (
        f"The bridge at {town} was shut on Monday after the storm.\n\n\n\n"
        f"The mayor of {town} denied that anybody was hurt.\n\nForty workers from {town} will mend it by May."
    )
    return {
        "id": town.lower(),
        "title": f"{town} bridge shut",
        "outlet": "Courier",
        "author": None,
        "published_at": "2023-10-01",
        "url": None,
        "text": text,
    }


def question(town, *, answerable=True):
    return {
        "id": f"q-{town}",
        "question": f"Who denied that anybody was hurt in {town}?",
        "kind": "plain",
        "answerable": answerable,
        "answers": [f"The mayor of {town}"],
        "evidence": [
            {"article": town.lower(), "quote": f"The mayor of {town} denied that anybody was hurt."}
        ],
    }


def write(path, records):
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets") / "multihop_rag"
    folder.mkdir()
    write(folder / "articles.jsonl.gz", map(article, TOWNS))
    write(folder / "questions.jsonl.gz", [*map(question, TOWNS), question("Nowhere", answerable=False)])
    return folder


@pytest.fixture(scope="module")
def generation(folder, tmp_path_factory):
    return build_set(folder, tmp_path_factory.mktemp("work"), IndexSettings(), CountingEmbedder())


def test_evidence_is_located_without_white_space(folder, generation):
    """Each answerable question's quote is found in the one passage that holds it."""
    located = locate_questions(generation, read_questions(folder / "questions.jsonl.gz"))
    assert len(located) == len(TOWNS)
    assert all(len(holders) == 1 for item in located for holders in item.holders)


def test_retrieval_is_measured(folder, generation):
    """Over six towns every question finds its own town's report."""
    questions = read_questions(folder / "questions.jsonl.gz")
    score = evaluate_retrieval(generation, questions, CountingEmbedder(), IndexSettings())
    assert score.questions == len(TOWNS)
    assert score.mrr_at_10 == 1.0
    assert score.all_evidence_at_10 == 1.0


def test_articles_can_be_left_out(folder, tmp_path):
    """Evidence whose article is left out of the index is found nowhere."""
    generation = build_set(
        folder, tmp_path, IndexSettings(), CountingEmbedder(), without=frozenset({"varn", "esk"})
    )
    located = locate_questions(generation, read_questions(folder / "questions.jsonl.gz"))
    assert [len(item.holders[0]) for item in located] == [0, 0, 1, 1, 1, 1]


def test_weights_are_learned(folder, generation):
    """What is learned ranks unseen articles rightly, and prefers passages that hold the question's words."""
    located = locate_questions(generation, read_questions(folder / "questions.jsonl.gz"))
    lessons = make_lessons(generation, located, CountingEmbedder(), IndexSettings())
    _, plain = cross_validate(lessons, lessons)
    assert plain.mrr_at_10 == 1.0
    model = fit_ranking(lessons, lessons).one
    assert np.isfinite(model.weights).all()
    assert (model.weights >= 0).all()
    assert model.weights[FEATURES.index("cover")] > 0
    assert not model.weights[[name.startswith(("best_", "top_")) for name in FEATURES]].any()


def test_scores_are_brought_to_odds(folder, generation):
    """What is learned gives evidence better than even odds, and the other towns' reports worse."""
    located = locate_questions(generation, read_questions(folder / "questions.jsonl.gz"))
    lessons = make_lessons(generation, located, CountingEmbedder(), IndexSettings())
    model = fit_ranking(lessons, lessons).one
    for lesson in lessons:
        holds = np.isin(lesson.ids, list(lesson.holders[0]))
        scores = model.score(lesson.values)
        assert scores[holds].min() > 0 > scores[~holds].max()


def test_a_damaged_file_is_named(tmp_path):
    """A file that is no gzipped JSON lines, or lacks a field, is an error that names it."""
    broken = tmp_path / "questions.jsonl.gz"
    broken.write_bytes(b"not gzip")
    with pytest.raises(SourceError, match=r"questions\.jsonl\.gz"):
        read_questions(broken)
    write(broken, [{"id": 1}])
    with pytest.raises(SourceError, match="lacks 'question'"):
        read_questions(broken)


def test_measures_without_their_files_are_passed_over(folder):
    """Only what the folder holds is measured; the rest is named."""
    console = Console(record=True, width=200)
    chosen = choose_measures(folder.parent, "", (), console)
    assert {name for measure in chosen for name in measure.needs} == {
        "multihop_rag/articles.jsonl.gz",
        "multihop_rag/questions.jsonl.gz",
    }
    assert re.search("Passed over.*retrieval newsqa", console.export_text())
    assert choose_measures(folder.parent, "", ("newsqa",), console) == []


def test_figures_are_told_with_their_goals():
    """The table and the JSON say which goals are reached, in either direction."""
    figures = {"x": [Figure("recall", 0.7, 0.68), Figure("errors", 0.1, 0.05, rising=False), Figure("n", 12)]}
    assert [row["reached"] for row in json.loads(to_json(figures))["x"].values()] == [True, False, None]
    console = Console(record=True, width=100)
    console.print(make_table(figures))
    text = console.export_text()
    assert "✓" in text
    assert "✗" in text


def test_measures_have_names_of_their_own():
    """`--only` can tell the measures apart."""
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


def test_a_relative_work_folder_indexes_the_set(folder, tmp_path, monkeypatch):
    """The command's own default is relative; the articles are found and indexed all the same."""
    monkeypatch.chdir(tmp_path)
    built = build_set(folder, Path("data/evaluation/towns"), IndexSettings(), CountingEmbedder())
    assert built.catalogue.count_passages() >= len(TOWNS)


def test_a_set_without_articles_is_an_error_and_not_a_row_of_zeros(tmp_path):
    """Nothing to index is named, so that it cannot pass for a measurement."""
    write(tmp_path / "articles.jsonl.gz", [])
    with pytest.raises(SourceError, match="nothing to index"):
        build_set(tmp_path, tmp_path / "work", IndexSettings(), CountingEmbedder())


@pytest.mark.model
def test_questions_beside_their_articles_are_answered_end_to_end(tmp_path):
    """A corpus in the files of the project's sample is indexed and asked, with the figures over it."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/bridge.txt").write_text(
        "Title: Bridge closed\nOutlet: The Ferry Post\nDate: 2025-03-01\nURL: https://ferry.example/bridge\n\n"
        "The bridge at Ostrand was closed on Friday because of a crack, the mayor said.\n",
        encoding="utf-8",
    )
    asked = [("q1", "Why was the bridge at Ostrand closed?", True), ("q2", "Who won the regatta?", False)]
    rows = [
        {
            "id": number,
            "question": question,
            "answerable": answerable,
            "evidence": [{"article": "https://ferry.example/bridge", "quote": "because of a crack"}]
            if answerable
            else [],
        }
        for number, question, answerable in asked
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    chosen = choose_measures(tmp_path, "", (), Console(quiet=True))
    assert [measure.name for measure in chosen] == ["answers"]
    figures = {
        row.name: row.value for row in chosen[0].run(Workbench(tmp_path, tmp_path / "work", IndexSettings()))
    }
    assert (figures["articles"], figures["questions"]) == (1, 2)
    assert (figures["right first"], figures["no answer"]) == (1.0, 1.0)
