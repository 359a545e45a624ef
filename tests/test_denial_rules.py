import pytest

from index.events.denial_rules import list_pointing, load_rules, load_table
from index.texts.stems import stem_word


def test_every_phrase_names_words_that_its_matches_hold():
    """A group of phrases lists words in lower case, so that a sentence without them need not be searched."""
    rules = load_rules()
    for phrase in (*rules.sayings, *rules.corrections):
        assert phrase.holds
        assert all(word == word.casefold() for word in phrase.holds)
        assert phrase.holds <= rules.watched


WATCHED = ["denied", "refutes", "rejecting", "pushed", "labelled", "otherwise", "wrongly"]


@pytest.mark.parametrize("word", WATCHED)
def test_words_that_dispute_are_watched(word):
    """Each form of a disputing verb, of the verb of a phrase and a word of each saying is watched for."""
    assert word in load_rules().watched


def test_the_table_has_no_word_twice():
    """No verb is strong and weak, and no name both praises and blames."""
    verbs, names = load_table()["verbs"], load_table()["names"]
    assert not set(verbs["strong"].split()) & set(verbs["weak"].split())
    assert not set(names["true"].split()) & set(names["false"].split())


def test_words_that_point_at_a_claim_do_not_say_which():
    """The stems of "report", "figure" and "it" point; that of "ferry" says what is claimed."""
    assert {stem_word(word) for word in ("reports", "figure", "it")} <= list_pointing()
    assert stem_word("ferry") not in list_pointing()
