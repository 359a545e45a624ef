"""Abstention and quoting are measured on, and learned from, a small set of questions."""

import gzip
import json

import numpy as np
import pytest

from index.evaluation.abstention import (
    Hidden,
    Judged,
    find_holders,
    find_rarest,
    judge_given,
    judge_questions,
    judge_unnamed,
    measure_auroc,
    measure_calibration,
    measure_risk,
    score_abstention,
)
from index.evaluation.data import build_set, read_questions
from index.evaluation.hiding import hide_articles, hide_passages
from index.evaluation.quoting import evaluate_given, evaluate_quoting
from index.evaluation.train_confidence import (
    FEATURES,
    cross_validate,
    estimate,
    fit_logistic,
    learn_confidence,
)
from index.evaluation.train_quoting import HAND_SET, SentenceLesson, fit_listwise, learn_sentences
from index.quotes import confidence, relevance
from index.quotes.terms import Rarity
from index.settings import IndexSettings

from .embedders import CountingEmbedder

TOWNS = ("Varn", "Esk", "Holm", "Brae", "Tarn", "Wick")


def article(town):
    text = (
        f"The bridge at {town} was shut on Monday after the storm.\n\n"
        f"The mayor of {town} denied that anybody was hurt.\n\n"
        f"{len(town) + 40} workers from {town} will mend it."
    )
    return {
        "id": town.lower(), "title": f"{town} bridge shut", "outlet": "Courier", "author": None,
        "published_at": "2023-10-01", "url": None, "text": text,
    }  # fmt: skip


def question(town):
    quote = f"The mayor of {town} denied that anybody was hurt."
    return {
        "id": town, "question": f"Who denied that anybody was hurt in {town}?", "kind": "plain",
        "answerable": True, "answers": [], "evidence": [{"article": town.lower(), "quote": quote}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    for name, records in (("articles", map(article, TOWNS)), ("questions", map(question, TOWNS))):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in records)
    return folder


@pytest.fixture(scope="module")
def generation(folder, tmp_path_factory):
    return build_set(folder, tmp_path_factory.mktemp("work"), IndexSettings(), CountingEmbedder())


@pytest.fixture(scope="module")
def questions(folder):
    return read_questions(folder / "questions.jsonl.gz")


def test_hidden_articles_are_found_by_no_search(generation):
    """Neither words nor vectors reach them, and the index counts without them."""
    partial = hide_articles(generation, {"varn"})
    table = partial.catalogue.passage_table()
    hidden = {passage.id for passage in generation.catalogue.passages_of("varn")}
    assert hidden
    assert not hidden & set(table.ids.tolist())
    assert not hidden & set(partial.catalogue.find_word("bridge").ids.tolist())
    assert partial.catalogue.count_passages() == generation.catalogue.count_passages() - len(hidden)
    asked = CountingEmbedder().embed_questions(["Varn bridge"])
    assert not hidden & set(partial.vectors.search(asked, 100).ids[0].tolist())
    assert set(generation.catalogue.find_word("bridge").ids.tolist()) & hidden


def test_hidden_passages_leave_the_rest_of_their_article(generation):
    """Searches find the passages beside them, and no other article loses any."""
    whole = generation.catalogue.passage_table()
    hidden, *_ = (passage.id for passage in generation.catalogue.passages_of("varn"))
    partial = hide_passages(generation, {hidden})
    assert partial.catalogue.passage_table().ids.tolist() == [n for n in whole.ids.tolist() if n != hidden]
    asked = CountingEmbedder().embed_questions(["Varn bridge"])
    assert hidden not in partial.vectors.search(asked, 100).ids[0].tolist()


def test_the_passages_that_answer_are_those_that_hold_the_evidence(generation, questions):
    """Of the question's own articles: what another article happens to say alike is left."""
    for asked in questions:
        (quote,), (article,) = ({getattr(e, key) for e in asked.evidence} for key in ("quote", "article"))
        held = {p.id for p in generation.catalogue.passages_of(article) if quote in p.text}
        assert held
        assert find_holders(generation, asked) == held


def test_a_question_is_right_as_asked_and_wrong_with_its_article_taken_out(generation, questions):
    """The same words, with an answer and without, be the whole article hidden or only what answers."""
    judged = list(judge_questions(generation, questions, CountingEmbedder(), IndexSettings()))
    assert [item.hidden for item in judged] == [Hidden.NOTHING, Hidden.ARTICLES, Hidden.PASSAGES] * len(TOWNS)
    assert all(item.right and item.answerable for item in judged if not item.taken)
    assert not any(item.right or item.answerable for item in judged if item.taken)
    score = score_abstention(judged)
    assert score.questions == len(TOWNS)
    assert score.auroc > 0.9
    assert score.near is not None
    assert score.near.auroc > 0.9


def test_an_index_that_does_not_know_the_name_has_no_answer(generation, questions):
    """All that holds the rarest name of a question goes with its articles; nothing is right without them."""
    assert find_rarest("Who denied that anybody was hurt in Varn?", Rarity(6, lambda word: 1)) == "Varn"
    assert find_rarest("who was it?", Rarity(6, lambda word: 1)) == ""
    judged = list(judge_unnamed(generation, questions, CountingEmbedder(), IndexSettings()))
    assert [item.number for item in judged] == list(range(len(TOWNS)))
    assert all(item.taken and not item.right and not item.answerable for item in judged)


def test_a_given_article_is_the_only_one_read(generation, questions):
    """What squad2 asks for: one paragraph, and nothing else."""
    judged = list(judge_given(generation, questions[:1], CountingEmbedder(), IndexSettings()))
    assert [(item.right, item.taken) for item in judged] == [(True, False)]


def test_quotes_are_measured_against_the_evidence(generation, questions):
    """The sentence is there to be found, with the article given or not."""
    given = evaluate_given(generation, questions, CountingEmbedder())
    found = evaluate_quoting(generation, questions, CountingEmbedder(), IndexSettings())
    assert (given.questions, given.first, found.first_three) == (len(TOWNS), 1.0, 1.0)


def test_auroc_is_the_share_of_pairs_in_order():
    """Of four pairs three are in order."""
    assert measure_auroc(np.array([0.9, 0.4]), np.array([0.5, 0.1])) == 0.75
    assert measure_auroc(np.array([0.5]), np.array([0.5])) == 0.5
    assert measure_auroc(np.array([]), np.array([0.5])) == 0.5


def test_risk_is_the_share_of_wrong_ones_among_the_most_confident():
    """Of the surer half, one of two is wrong."""
    confidence, right = np.array([0.9, 0.8, 0.3, 0.1]), np.array([True, False, True, True])
    assert measure_risk(confidence, right, 0.5) == 0.5
    assert measure_risk(confidence, right, 1.0) == 0.25


def test_calibration_error_is_the_gap_between_confidence_and_truth():
    """Always .8 sure and right in half of the cases: off by .3."""
    assert measure_calibration(np.full(100, 0.8), np.arange(100) % 2 == 0) == pytest.approx(0.3)


def test_the_listwise_fit_learns_which_feature_tells():
    """The second feature marks the answer, the first is noise."""
    rng = np.random.default_rng(0)
    lessons = []
    for _ in range(60):
        labels = np.arange(5) == rng.integers(5)
        lessons.append(
            SentenceLesson(np.stack([rng.normal(size=5), labels + rng.normal(size=5) / 4], 1), labels)
        )
    weights = fit_listwise(lessons)
    assert weights[1] > 2 > abs(weights[0])


def test_the_logistic_fit_recovers_its_rate():
    """Without a telling feature it answers with the share of right ones."""
    values = np.zeros((200, 1))
    weights, bias = fit_logistic(values, np.arange(200) % 4 == 0)
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.25, abs=0.01)
    assert weights[0] == pytest.approx(0, abs=1e-6)


def test_sentence_weights_are_learned_for_every_feature(generation, questions):
    """What the command writes is what is read."""
    learned = learn_sentences(generation, questions, CountingEmbedder(), IndexSettings())
    assert set(learned) == set(relevance.load_weights())
    assert learned["early"] == HAND_SET["early"]


def test_confidence_is_learned_for_the_features_of_each_table(generation, questions):
    """The tables that are read weigh what the command learns, and each feature that is measured."""
    judged = list(judge_questions(generation, questions, CountingEmbedder(), IndexSettings()))
    names = FEATURES["one"]
    assert set(learn_confidence(judged, names)) == {"bias", *names}
    assert set().union(*FEATURES.values()) == set(judged[0].evidence) - {"several", "stance"}
    shipped = {name: set(table) for name, table in confidence.load_weights().items()}
    assert shipped == {name: {"bias", *names} for name, names in FEATURES.items()}


def judge(number, right, hidden=Hidden.NOTHING, **evidence):
    return Judged(number, frozenset({str(number)}), right, right, hidden, False, evidence, 0.0)


def make_lessons(count=200):
    """A telling feature, one that falls with the answer, and as many questions with an answer as without."""
    rng = np.random.default_rng(1)
    judged = []
    for number in range(count):
        right = number % 2 == 0
        noise, other = rng.normal(size=2) / 2
        hidden = Hidden.NOTHING if right else (Hidden.ARTICLES, Hidden.PASSAGES)[number % 4 == 1]
        judged.append(judge(number, right, hidden, late=right + noise, spread=other - right))
    return judged


def test_scale_and_bias_are_those_of_as_many_with_an_answer_as_without():
    """Questions without the passages that answer weigh, and do not make the others less sure."""
    judged = make_lessons()
    table = learn_confidence(judged, ("late", "spread"))
    assert table["late"] > 0 > table["spread"]
    level = [item for item in judged if item.hidden is not Hidden.PASSAGES]
    sure = [estimate(table, item.evidence) for item in level]
    assert np.mean(sure) == pytest.approx(np.mean([item.right for item in level]), abs=0.01)


def test_folds_judge_every_question_by_weights_learned_without_its_articles():
    """A telling feature is found in each fold; no question is lost whose articles lie in one."""
    judged = make_lessons()
    held = cross_validate(judged, ("late", "spread"))
    assert sorted(item.number for item in held) == list(range(len(judged)))
    assert score_abstention(held).auroc > 0.9
    assert estimate({"bias": 1.0}, {}) == 0.0
