"""Candidates become hits by a sum of weighted features that can be told apart."""

import json

import numpy as np
import pytest

from index.errors import CorruptIndexError
from index.search.features import FEATURES, compute_features
from index.search.ranking import MAX_HITS, WEIGHTS_FILE, LinearModel, RankingModel, load_model, rank

from .test_retrieval import ask, build


def only(**weights):
    model = LinearModel(np.array([weights.get(name, 0.0) for name in FEATURES], dtype=np.float32), 0.0)
    return RankingModel(model, model)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return build(tmp_path_factory.mktemp("ranking"))


def describe(text, index):
    catalogue, found = ask(text, index)
    table = catalogue.passage_table()
    passages = catalogue.passages(found.ids)
    titles = [table.titles[table.articles[place]] for place in found.places]
    features = compute_features(found, passages, titles)
    return {passage.article: features.describe(row) for row, passage in enumerate(passages)}


def test_features_are_shares_that_can_be_counted(index):
    """Coverage, names and numbers are what a reader would count."""
    rows = describe("Did the mayor of Varn say that 40 workers shut the bridge?", index)
    assert rows["c1"]["names"] == 1.0  # the headline and the text say Varn
    assert rows["l1"]["cover"] > rows["l2"]["cover"] == 0.0
    assert rows["c1"]["numbers"] == 0.0
    assert rows["l1"]["title_cover"] > 0
    assert max(row["rank"] for row in rows.values()) == 1.0


def test_a_feature_that_finds_all_words_is_one(index):
    """A passage that holds every word of the question is covered, in one sentence as well."""
    row = describe("bridge shut storm", index)["c1"]
    assert row["cover"] == pytest.approx(1.0)
    assert row["sentence_cover"] == pytest.approx(1.0)


def test_words_spread_over_sentences_cover_less_of_each(tmp_path):
    """The best sentence covers less than the passage where the words stand in two sentences."""
    rows = [("a", "P", "News", "The bridge was shut. The storm had passed.", None)]
    row = describe("bridge storm", build(tmp_path, rows))["a"]
    assert row["cover"] == pytest.approx(1.0)
    assert row["sentence_cover"] == pytest.approx(0.5)


def test_all_features_stay_in_range(index):
    """No feature leaves [0, 1], but cosines, which may be negative."""
    for row in describe("Did Lantern say on 2 October 2023 that the mayor denied it?", index).values():
        assert set(row) == set(FEATURES)
        assert all(-1 <= value <= 1.0001 for value in row.values())


def test_hits_come_best_first(index):
    """Hits descend by the model's score, which is a probability."""
    catalogue, found = ask("Who denied that the bridge had fallen?", index)
    hits = rank(found, catalogue, only(sentence_cover=4.0)).hits
    assert hits[0].passage.article == "l1"
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_at_most_ten_hits(tmp_path):
    """Ten hits are enough for any answer; the order holds all candidates."""
    rows = [(f"a{n}", "P", "Bridge", f"The bridge {n} was shut.", None) for n in range(15)]
    catalogue, found = ask("Which bridge was shut?", build(tmp_path, rows), candidates=15)
    ranking = rank(found, catalogue)
    assert len(ranking.hits) == MAX_HITS
    assert sorted(ranking.order) == list(range(15))


def test_the_shipped_model_finds_both_sides(index):
    """The shipped weights put the report and the denial, each from its outlet, before the rest."""
    catalogue, found = ask(
        "Did the Courier report that the bridge at Varn was shut, while Lantern said the mayor denied it?",
        index,
    )
    hits = rank(found, catalogue).hits
    assert {hit.passage.article for hit in hits[:2]} == {"c1", "l1"}


def test_an_explanation_adds_up(index):
    """Contributions and the bias sum to the score, and say which part a passage answers."""
    catalogue, found = ask(
        "Did the Courier report that the bridge at Varn was shut, while Lantern said the mayor denied it?",
        index,
    )
    ranking = rank(found, catalogue)
    explained = ranking.explain()
    for candidate in explained:
        total = sum(candidate.contributions.values()) + ranking.model.bias
        assert total == pytest.approx(candidate.score, abs=0.02)
    assert {candidate.passage.article: candidate.part for candidate in explained}["l1"] == 1
    assert [candidate.chosen for candidate in explained] == list(range(len(explained)))


def test_a_cross_encoder_has_the_last_word(index):
    """Where a scorer of pairs is given, its order is that of the hits."""
    catalogue, found = ask("Who denied that the bridge had fallen?", index)
    asked = []

    def shortest_first(question, texts):
        asked.append(question)
        return np.array([-len(text) for text in texts], dtype=np.float32)

    hits = rank(found, catalogue, cross_encoder=shortest_first).hits
    lengths = [len(hit.passage.text) for hit in hits]
    assert lengths == sorted(lengths)
    assert asked == ["Who denied that the bridge had fallen?"]


def test_no_candidates_give_no_hits(tmp_path):
    """An empty index ranks to nothing."""
    catalogue, found = ask("Who?", build(tmp_path, ()))
    assert rank(found, catalogue).hits == ()


def test_weights_that_do_not_fit_are_refused(tmp_path, monkeypatch):
    """A file of weights for other features is an error that names them and the command."""
    table = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    table["one part"]["weights"]["length"] = 1.0
    other = tmp_path / "ranking.json"
    other.write_text(json.dumps(table), encoding="utf-8")
    monkeypatch.setattr("index.search.ranking.WEIGHTS_FILE", other)
    load_model.cache_clear()
    with pytest.raises(CorruptIndexError, match=r"length.*train_ranking"):
        load_model()
    load_model.cache_clear()
