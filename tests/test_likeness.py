"""Words of like meaning."""

from index.quotes.likeness import AskedWords, load_table
from index.quotes.terms import stem_words
from index.texts.stems import stem_word


def test_a_word_of_like_meaning_counts_more_than_an_unrelated_one_and_less_than_itself():
    """A synonym comes near; a word of another matter does not."""
    asked = AskedWords({stem_word("killed"): 5.0})
    same, alike, other = (asked.cover(stem_words(text)) for text in ("killed", "murdered", "paint"))
    assert same == 1.0 > alike > other + 0.1


def test_unknown_words_match_themselves_only():
    """A name outside the table is matched by its stem and by nothing else."""
    asked = AskedWords({"kanashevych": 7.0, "deny": 3.0})
    assert asked.cover({"kanashevych"}) >= 0.7
    assert AskedWords({"kanashevych": 7.0}).cover({"mayor", "deny"}) == 0.0


def test_nothing_asked_is_nothing_covered():
    """A question without words covers nothing, and fails on nothing."""
    assert AskedWords({}).cover({"mayor"}) == 0.0
    assert AskedWords({"mayor": 1.0}).cover(()) == 0.0


def test_the_table_holds_unit_rows():
    """A dot product of two rows is their cosine."""
    table = load_table()
    assert table.vectors.shape == (len(table.rows), 64)
    assert abs(float(table.vectors[100] @ table.vectors[100]) - 1) < 1e-5
