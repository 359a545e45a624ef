"""Words, stems and rarity."""

from hypothesis import given
from hypothesis import strategies as st

from index.quotes.terms import Rarity, content_stems, split_terms, stem_words
from index.texts.stems import stem_word


@given(st.text(max_size=200))
def test_terms_are_slices_in_order(text):
    """Every term's offsets lie in the text, in order, and give its stem."""
    reached = 0
    for term in split_terms(text):
        assert reached <= term.start < term.end <= len(text)
        assert stem_word(text[term.start : term.end]) == term.stem
        reached = term.end
    assert stem_words(text) == {term.stem for term in split_terms(text)}


def test_stop_words_are_no_content():
    """What is left of a question are the words that say what it is about."""
    assert content_stems(split_terms("Who said that the bridge was closed?")) == (
        "bridg",
        stem_word("closed"),
    )
    assert content_stems(split_terms("What happened at the mine?")) == (
        stem_word("happened"),
        stem_word("mine"),
    )


def test_a_rare_word_outweighs_a_common_one_even_in_a_tiny_corpus():
    """With thirty passages the background knows that "people" is common and a name is not."""
    rarity = Rarity(30, lambda word: 2)
    assert rarity.weigh("Kanashevych") > 1.5 * rarity.weigh("people") > 0


def test_a_large_corpus_outvotes_the_background():
    """A word that general English thinks rare weighs little where every passage holds it."""
    everywhere = Rarity(10_000, lambda word: 9_000)
    assert everywhere.weigh("Kupyansk") < 0.3


def test_of_two_forms_the_commoner_sets_the_weight():
    """A stem weighs what its most frequent form in the question weighs."""
    counts = {"bridge": 50, "bridges": 1}
    rarity = Rarity(1_000, lambda word: counts.get(word, 0))
    text = "bridge bridges"
    assert rarity.weigh_terms(text, split_terms(text)) == {stem_word("bridge"): rarity.weigh("bridge")}
