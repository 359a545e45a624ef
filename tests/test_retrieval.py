"""Retrieval finds candidates for the whole question, for its parts and in the outlets that it names."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers import Question
from index.datatypes import Article, Moment, Passage
from index.interaction import QuestionVectors
from index.questions.question import parse_question
from index.search.lexical import score_words
from index.search.retrieval import embed_queries, make_queries, retrieve
from index.settings import RetrievalSettings
from index.store.catalogue import Catalogue
from index.store.drafting import Draft
from index.store.vectors import VectorIndex

from .embedders import CountingEmbedder

NOW = datetime(2024, 1, 10, 12, tzinfo=UTC)
TEXTS = (
    (
        "c1",
        "The Courier",
        "Bridge at Varn shut",
        "The bridge at Varn was shut after the storm.",
        date(2023, 10, 1),
    ),
    ("c2", "The Courier", "Mill reopens", "The mill at Esk reopened with forty workers.", date(2023, 10, 4)),
    (
        "l1",
        "Lantern",
        "Varn bridge: a denial",
        "The mayor denied that the bridge had fallen.",
        date(2023, 10, 2),
    ),
    ("l2", "Lantern", "Football", "The harbour team won by three goals.", date(2023, 11, 2)),
    ("x1", None, "Weather", "Шторм закрыл мост в Варне. The storm passed the bridge.", None),
)


def build(folder, rows=TEXTS):
    path = folder / "catalogue.db"
    draft = Draft(path)
    with draft.transaction():
        for key, outlet, title, text, day in rows:
            article = Article(key, title, text, key, outlet, published=Moment(day) if day else None)
            draft.put_article(article)
            draft.put_passages(article, [Passage(0, key, 0, len(text), text)], [key.encode()])
        rows_ = draft.passage_rows()
    draft.close()
    catalogue = Catalogue(path)
    ids = np.array([row[0] for row in rows_], dtype=np.int64)
    texts = [passage.text for passage in catalogue.passages(ids)] if len(ids) else []
    return catalogue, VectorIndex.build(CountingEmbedder().embed_passages(texts), ids)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return build(tmp_path_factory.mktemp("retrieval"))


def ask(text, index, embedder=None, candidates=10):
    catalogue, vectors = index
    question = parse_question(text, NOW, catalogue.passage_table().outlet_names, {})
    found = retrieve(
        question, catalogue, vectors, embedder or CountingEmbedder(), RetrievalSettings(candidates=candidates)
    )
    return catalogue, found


def articles(catalogue, found):
    return [passage.article for passage in catalogue.passages(found.ids)]


def test_word_scores_are_bm25_of_text_and_headline(index):
    """A rare word scores more than a common one, and a headline's words count."""
    catalogue, _ = index
    scores = score_words(catalogue, [["bridge"], ["mayor"], ["football"], ["мост"], ["nowhere"]])
    held = (scores.scores > 0).sum(axis=1)
    assert held.tolist() == [3, 1, 1, 1, 0]
    assert scores.rarity["mayor"] > scores.rarity["bridge"] > 0
    assert scores.rarity["nowhere"] > scores.rarity["mayor"]


def test_word_scores_equal_those_of_the_full_text_index(index):
    """Where no headline holds the words, the order is that of SQLite's own BM25."""
    catalogue, _ = index
    ours = score_words(catalogue, [["storm", "mayor", "workers"]]).scores[0]
    table = catalogue.passage_table()
    theirs = [number for number, _ in catalogue.search_words(["storm", "mayor", "workers"], 10)]
    assert [int(table.ids[place]) for place in np.argsort(-ours)[: len(theirs)]] == theirs


def test_a_large_index_reads_the_rarest_words(index, monkeypatch):
    """Over the bound on postings the commonest words are left out, and their rarity is still known."""
    monkeypatch.setattr("index.search.lexical._MAX_POSTINGS", 2)
    catalogue, _ = index
    scores = score_words(catalogue, [["bridge", "mayor"]])
    assert (scores.scores > 0).sum() == 1
    assert set(scores.rarity) == {"bridge", "mayor"}


def test_all_candidates_are_scored_by_every_query(index):
    """Columns agree in length, normalised scores stay in [0, 1] and no candidate comes twice."""
    _, found = ask(
        "Did the Courier report that the bridge was shut, while Lantern said the mayor denied it?", index
    )
    assert len(found.queries) == 3
    assert len(set(found.ids.tolist())) == len(found) == len(TEXTS)
    for scores in (found.lexical, found.fused, found.outlet_fit, found.date_fit):
        assert scores.shape == (3, len(found))
        assert 0 <= scores.min() <= scores.max() <= 1 + 1e-6
    assert found.dense.shape == found.ranks.shape == (3, len(found))


def test_each_part_ranks_its_own_outlet_first(index):
    """The part that names an outlet puts that outlet's passage on this first."""
    catalogue, found = ask(
        "Did the Courier report that the bridge at Varn was shut, while Lantern said the mayor denied it?",
        index,
    )
    names = articles(catalogue, found)
    firsts = [names[int(row.argmin())] for row in found.ranks[1:]]
    assert firsts == ["c1", "l1"]


def test_a_named_outlet_is_searched_beside_everything(tmp_path):
    """A named outlet is searched though others fill the first places, which keep theirs."""
    rows = [
        (f"c{n:02}", "The Courier", "Bridge", f"The bridge {n} at Varn was shut.", None) for n in range(30)
    ]
    rows.append(("l1", "Lantern", "Goals", "The harbour team won by three goals.", None))
    catalogue, found = ask("What did Lantern say about the bridge at Varn?", build(tmp_path, rows))
    names = articles(catalogue, found)
    assert "l1" in names
    assert len(names) > 10


def test_outlet_ranks_count_within_the_outlet(index):
    """Places are told within each named outlet; other outlets have none."""
    catalogue, found = ask("What did Lantern say about the mayor?", index)
    places = dict(zip(articles(catalogue, found), found.outlet_ranks.tolist(), strict=True))
    assert places == {"l1": 0, "l2": 1, "c1": -1, "c2": -1, "x1": -1}


def test_dates_fit_the_day_of_publication(index):
    """A report published within the dates fits; one without a date does not."""
    catalogue, found = ask(
        "What was reported between 1 October 2023 and 3 October 2023 about the bridge?", index
    )
    fit = dict(zip(articles(catalogue, found), found.date_fit[0].tolist(), strict=True))
    assert fit == {"c1": 1, "l1": 1, "c2": 0, "l2": 0, "x1": 0}


def test_other_scripts_are_searched(index):
    """A question in Russian finds the Russian words."""
    catalogue, found = ask("Что закрыл шторм в Варне?", index)
    assert articles(catalogue, found)[int(found.fused[0].argmax())] == "x1"


def test_an_empty_index_has_no_candidates(tmp_path):
    """Nothing is found in an index of nothing, without failing."""
    catalogue, _ = build(tmp_path, ())
    vectors = VectorIndex.build(np.zeros((0, 64), dtype=np.float32), np.zeros(0, dtype=np.int64))
    found = retrieve(Question("Who?", "Who?"), catalogue, vectors, CountingEmbedder(), RetrievalSettings())
    assert len(found) == 0


class PartsInOne(CountingEmbedder):
    """Counts how often parts are embedded together with their question."""

    detail_identity = "parts in one"

    def embed_details(self, texts, sentences, on_progress=None):
        raise AssertionError("a question has no details")

    def read_question(self, text, parts):
        self.embedded += 1
        rows = self.embed_questions([text, *(text[start:end] for start, end in parts)])
        return QuestionVectors(rows, np.zeros((0, 0), np.float32), np.zeros((0, 2), np.int64))


def test_parts_are_embedded_with_their_question():
    """An embedder that can embeds all parts in one pass, and the spans are those of the parts."""
    text = "Did the Courier report that the bridge was shut, while Lantern said that the mayor denied it?"
    question = parse_question(text, NOW, ("The Courier", "Lantern"), {})
    embedder = PartsInOne()
    queries = make_queries(question)
    together = embed_queries(question, queries, embedder)
    assert embedder.embedded == 1
    assert np.allclose(together.rows, CountingEmbedder().embed_questions([query.text for query in queries]))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_question_is_searched_for(index, text):
    """No text makes the search fail, whatever its syntax means to SQLite."""
    _, found = ask(text, index)
    assert len(found) <= len(TEXTS)


@pytest.mark.parametrize("text", ['"', "NEAR(a b) OR *", "a AND NOT title:b", "x\x00y", "bridge" * 500])
def test_query_syntax_is_data(index, text):
    """What FTS5 takes for operators is searched for as words."""
    ask(text, index)
