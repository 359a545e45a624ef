"""A question's words are held against the tokens of sentences, and each finds its nearest."""

import numpy as np
import pytest

from index.datatypes import Span
from index.interaction import Details, QuestionVectors, make_detail, make_interaction

ASKED = QuestionVectors(
    rows=np.zeros((1, 2), np.float32),
    tokens=np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32),
    spans=np.array([[0, 3], [4, 6], [6, 9]]),
)
"""Three tokens of "who shutting": the second word has two."""

HELD = Details(
    bounds=np.array([0, 2, 2, 3]),
    firsts=np.array([0, 2, 3]),
    starts=np.array([0, 30, 0], np.int32),
    sentences=np.zeros((3, 2), np.float32),
    tokens=np.array([[1, 0], [0.8, 0.6], [0, 1], [-1, 0]], np.float32),
)
"""Three passages, of two sentences, none, and one."""

IDS = np.array([7, 8, 9])
WORDS = [Span(0, 3), Span(4, 9)]


def match(offset=0):
    return make_interaction(ASKED, IDS, HELD).match_words(WORDS, offset)


def test_each_word_is_met_by_the_nearest_token():
    """A word of several tokens is met by their mean; a passage by its best sentence."""
    found = match()
    assert found.met == pytest.approx(np.array([[1, (0.6 + 0.96) / 2], [0, 0.9], [-1, -0.3]]), abs=1e-6)
    assert found.of_passage(7) == pytest.approx([1, 0.9])
    assert found.of_passage(8) is None
    assert found.of_passage(1) is None


def test_a_sentence_is_found_by_where_it_begins():
    """A range without a beginning is of the sentence that stands there."""
    found = match()
    assert found.of_sentence(7, 0, 25) == pytest.approx([1, 0.78])
    assert found.of_sentence(7, 30, 60) == pytest.approx([0, 0.9])
    assert found.of_sentence(7, 40, 60) == pytest.approx([0, 0.9])
    assert found.of_sentence(7, 0, 60) == pytest.approx([1, 0.9])
    assert found.of_sentence(8, 0, 60) is None


def test_words_beyond_what_the_model_read_cannot_be_told():
    """A word without a token makes no match; an offset moves the words to their part."""
    assert make_interaction(ASKED, IDS, HELD).match_words([Span(20, 24)]) is None
    moved = make_interaction(ASKED, IDS, HELD).match_words([Span(0, 5)], offset=4)
    assert moved.met[:, 0] == pytest.approx([0.78, 0.9, -0.3])


def test_without_token_vectors_there_is_no_interaction():
    """Neither without details, nor for a model that gives no tokens, nor over nothing."""
    assert make_interaction(ASKED, IDS, None) is None
    assert make_interaction(ASKED._replace(tokens=np.zeros((0, 2), np.float32)), IDS, HELD) is None
    assert make_interaction(ASKED, IDS, HELD._replace(tokens=np.zeros((4, 0), np.float32))) is None


def test_a_detail_holds_each_sentence_with_a_token():
    """Special tokens belong to no sentence, and one that was not read is left out."""
    tokens = np.array([[9, 9], [1, 0], [0, 1], [0, 2], [9, 9]], np.float32)
    offsets = np.array([[0, 0], [5, 8], [9, 12], [13, 14], [0, 0]])
    detail = make_detail(
        tokens, offsets, [Span(5, 8), Span(9, 14), Span(15, 20)], np.eye(2, dtype=np.float32)
    )
    assert detail.starts.tolist() == [0, 4]
    assert detail.counts.tolist() == [1, 2]
    assert detail.sentences.tolist() == [[127, 0], [0, 127]]
    assert detail.tokens.tolist() == [[127, 0], [0, 127], [0, 127]]
