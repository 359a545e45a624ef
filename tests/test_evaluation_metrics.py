"""Retrieval measures on rankings small enough to work out by hand."""

import pytest

from index.evaluation.metrics import find_first, score_rankings, share_found


def test_scores_of_two_questions():
    """Hits, reciprocal rank and recall follow their definitions."""
    ranked = [[9, 1, 8, 7, 2], [9, 8, 7, 6, 5, 3]]
    evidence = [[{1}, {2, 20}], [{3}, {4}]]
    score = score_rankings(ranked, evidence)
    assert score.questions == 2
    assert score.hits_at_4 == 0.5
    assert score.hits_at_10 == 1.0
    assert score.mrr_at_10 == pytest.approx((1 / 2 + 1 / 6) / 2)
    assert score.evidence_recall_at_10 == 0.75
    assert score.all_evidence_at_10 == 0.5


def test_nothing_counts_beyond_the_depth():
    """Rank 11 is no hit at 10."""
    ranked = [*range(100, 110), 1]
    assert find_first(ranked, [{1}]) is None
    assert share_found(ranked, [{1}]) == 0.0


def test_evidence_that_nothing_holds_is_missed():
    """A quote that no passage holds counts against recall."""
    assert share_found([1], [{1}, set()]) == 0.5
    with pytest.raises(ValueError, match="without evidence"):
        share_found([1], [])


def test_no_questions_score_nothing():
    """An empty set has zeros, not a failure."""
    assert score_rankings([], []).questions == 0
