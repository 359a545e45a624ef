"""Words are folded as SQLite folds them."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.words import split_words


@pytest.fixture(scope="module")
def folded():
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table words using fts5(t, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("create virtual table seen using fts5vocab(words, instance)")

    def fold(text):
        connection.execute("delete from words")
        connection.execute("insert into words values (?)", (text,))
        return [row[0] for row in connection.execute("select term from seen order by offset")]

    yield fold
    connection.close()


LETTERS = "abzÁéñçÿßøłžİЁёЙйЖщѳґїΆςΣω漢字かな0123456789٣½"
MARKS = " .,’'\"“”«»-_–/()&@#\n\t😀"


@given(st.text(alphabet=LETTERS + MARKS, max_size=60))
def test_words_are_those_of_the_index(folded, text):
    """Over the scripts of news, the words are exactly those that the full-text index holds."""
    assert split_words(text) == folded(text)


@given(st.text(max_size=100))
def test_any_text_has_words(text):
    """No text makes it fail, and folding folded words changes nothing."""
    words = split_words(text)
    assert split_words(" ".join(words)) == words
