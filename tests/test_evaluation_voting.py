"""Votes as an evaluation set: which questions it holds, with which evidence, and that it can be measured."""

from __future__ import annotations

from dataclasses import replace

from index.evaluation.data import (
    ARTICLES_FILE,
    QUESTIONS_FILE,
    Evidence,
    build_set,
    read_lines,
    read_questions,
)
from index.evaluation.measures import MEASURES
from index.evaluation.retrieval import evaluate_retrieval
from index.evaluation.voting import VOTES_SET, Voted, write_voted_set
from index.settings import IndexSettings
from tests.embedders import CountingEmbedder
from tests.fakes import CLAIM, COURIER, DENIAL, REPAIRS, TIMES


def shown(*quotes):
    """Return quotes as a vote keeps them."""
    return tuple((quote.citation.article, quote.start, quote.end, quote.text) for quote in quotes)


def read_back(folder):
    """Return the questions of the set that was written."""
    return read_questions(folder / VOTES_SET / QUESTIONS_FILE)


def test_good_answers_become_questions_with_their_quotes_as_evidence(tmp_path):
    """What was called good is a question once, its evidence what all good answers to it showed."""
    votes = [
        Voted("Is the bridge lost?", shown(CLAIM, DENIAL), True),
        Voted("Is the bridge lost?", shown(DENIAL, REPAIRS), True),
        Voted("How long will repairs take?", shown(REPAIRS), True),
    ]
    assert write_voted_set(tmp_path, votes, (COURIER, TIMES)) == 2
    bridge, repairs = read_back(tmp_path)
    assert (bridge.text, bridge.answerable) == ("Is the bridge lost?", True)
    assert [item.quote for item in bridge.evidence] == [CLAIM.text, DENIAL.text, REPAIRS.text]
    assert repairs.evidence == (Evidence(TIMES.id, REPAIRS.text, REPAIRS.start),)
    articles = list(read_lines(tmp_path / VOTES_SET / ARTICLES_FILE))
    assert [article["text"] for article in articles] == [COURIER.text, TIMES.text]


def test_bad_and_balanced_votes_are_left_out(tmp_path):
    """An answer called bad as often as good, or only bad, is no evidence of anything."""
    votes = [
        Voted("Is the bridge lost?", shown(CLAIM), True),
        Voted("Is the bridge lost?", shown(CLAIM), False),
        Voted("How long will repairs take?", shown(REPAIRS), False),
    ]
    assert write_voted_set(tmp_path, votes, (COURIER, TIMES)) == 0
    assert read_back(tmp_path) == ()


def test_words_that_an_article_no_longer_holds_are_no_evidence(tmp_path):
    """After an article was changed or taken out, what was quoted from it is left out."""
    changed = replace(COURIER, text=COURIER.text.replace("denied", "agreed"))
    votes = [
        Voted("Is the bridge lost?", shown(CLAIM, DENIAL, REPAIRS), True),
        Voted("How long will repairs take?", shown(REPAIRS), True),
    ]
    assert write_voted_set(tmp_path, votes, (changed,)) == 1
    (bridge,) = read_back(tmp_path)
    assert [item.quote for item in bridge.evidence] == [CLAIM.text]


def test_the_set_can_be_measured(tmp_path):
    """The set is indexed and searched like any other, and the table of measures names it."""
    write_voted_set(tmp_path, [Voted("Is the bridge lost?", shown(CLAIM), True)], (COURIER, TIMES))
    embedder = CountingEmbedder()
    generation = build_set(tmp_path / VOTES_SET, tmp_path / "work", IndexSettings(), embedder)
    score = evaluate_retrieval(generation, read_back(tmp_path), embedder, IndexSettings())
    generation.close()
    assert score.hits_at_4 == 1.0
    assert {f"retrieval {VOTES_SET}", f"quoting {VOTES_SET}"} <= {measure.name for measure in MEASURES}
