"""Folds share no article, and keep articles that are used together in one fold."""

from hypothesis import given
from hypothesis import strategies as st

from index.evaluation.folds import split_articles, split_questions


def test_articles_used_together_share_a_fold():
    """Two topics fall into two folds, and no question crosses."""
    uses = [{"a", "b"}, {"b", "c"}, {"x", "y"}, {"y", "z"}]
    fold_of = split_articles(uses, 2)
    assert len({fold_of[name] for name in "abc"}) == 1
    assert fold_of["a"] != fold_of["x"]
    assert split_questions(uses, fold_of, fold_of["a"]) == ((2, 3), (0, 1))


@given(st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1, max_size=3), min_size=1, max_size=30))
def test_learning_never_sees_a_judged_article(uses):
    """Whatever is used together, no article of a judged question is learned from."""
    fold_of = split_articles(uses, 3)
    for fold in range(3):
        learned, judged = split_questions(uses, fold_of, fold)
        seen = {article for number in learned for article in uses[number]}
        assert not any(seen & uses[number] for number in judged)
