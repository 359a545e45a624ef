"""Passages are slices of whole sentences that fit the model."""

from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Article
from index.settings import PassageSettings
from index.texts.chunking import chunk_article

from .test_sentences import AWKWARD


def count_words(texts):
    """A token is a word here, so that sizes can be counted by eye."""
    return [len(text.split()) for text in texts]


def chunk(text, max_tokens=16, overlap=0):
    settings = PassageSettings(max_tokens=max_tokens, overlap_sentences=overlap)
    return chunk_article(Article(id="a", title="T", text=text, source="s"), count_words, settings)


def sentence(word, count=6):
    return " ".join([word.capitalize(), *[word] * (count - 1)]) + "."


def test_a_passage_is_filled_with_whole_sentences():
    """Sentences of six tokens go into passages of sixteen two by two."""
    text = " ".join(sentence(word) for word in ("one", "two", "three", "four"))
    assert [p.text.split()[0] for p in chunk(text)] == ["One", "Three"]


def test_a_cut_prefers_the_end_of_a_paragraph():
    """Where a paragraph ends in the last half of a passage, the passage ends there."""
    first = f"{sentence('one', 4)} {sentence('two', 4)}"
    text = f"{first}\n\n{sentence('three', 4)} {sentence('four', 4)} {sentence('five', 4)}"
    assert [p.text.split()[0] for p in chunk(text, 19)] == ["One", "Three"]


def test_a_quotation_is_not_cut_off_from_its_speaker():
    """A sentence that attributes the quotation before it stays in the same passage when both fit."""
    quotation = f"“{sentence('three', 5)}” He said that on Monday morning there."
    text = f"{sentence('one', 5)} {sentence('two', 5)} {quotation}"
    assert chunk(text, 17)[-1].text.startswith("“Three")


def test_an_overlong_sentence_is_cut_at_white_space():
    """A sentence above the size becomes several passages that each fit."""
    passages = chunk(" ".join(["word"] * 50), 16)
    assert [len(p.text.split()) for p in passages] == [16, 16, 16, 2]


def test_a_script_without_spaces_is_cut_between_its_letters():
    """A sentence in which every letter is a token is cut into passages that fit."""
    article = Article(id="a", title="T", text="河" * 1500, source="s")
    passages = chunk_article(article, lambda texts: list(map(len, texts)), PassageSettings(max_tokens=200))
    assert "".join(passage.text for passage in passages) == article.text
    assert max(len(passage.text) for passage in passages) <= 200


def test_overlap_repeats_the_last_sentences():
    """With an overlap of one, a passage begins with the last sentence of the one before."""
    text = " ".join(sentence(word) for word in ("one", "two", "three"))
    assert [p.text.split()[0] for p in chunk(text, 16, 1)] == ["One", "Two"]


def test_no_text_gives_no_passages():
    """An article without a sentence gives no passages."""
    assert chunk(" \n\n ") == ()


@given(AWKWARD, st.integers(16, 40), st.integers(0, 3))
def test_passages_equal_their_slices_and_cover_every_sentence(text, size, overlap):
    """Whatever the text, passages are its slices, in order, within the size, and lose no letter."""
    passages = chunk(text, size, overlap)
    covered = set()
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert len(passage.text.split()) <= size
        covered.update(range(passage.start, passage.end))
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    assert all(i in covered for i, letter in enumerate(text) if letter.isalnum())
