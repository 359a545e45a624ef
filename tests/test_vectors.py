"""The vector index finds what arithmetic says, and refuses what does not fit."""

import numpy as np
import pytest

import index.store.vectors
from index.errors import CorruptIndexError, MismatchError
from index.store.vectors import VectorIndex

ROWS = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
IDS = np.array([10, 20, 30, 40], dtype=np.int64)
QUESTION = np.array([[1, 0]], dtype=np.float32)


@pytest.fixture
def vectors():
    return VectorIndex.build(ROWS, IDS)


def test_the_nearest_come_first_with_their_cosines(vectors):
    """The order and the scores are the dot products of unit rows."""
    found = vectors.search(QUESTION, 3)
    assert found.ids.tolist() == [[10, 20, 30]]
    assert found.scores[0].tolist() == pytest.approx([1, 0.6, 0])


def test_no_padding_when_more_is_asked_than_is_there(vectors):
    """FAISS pads with the id -1; the index does not."""
    assert vectors.search(QUESTION, 9).ids.shape == (1, 4)


def test_a_restricted_search_scans_just_the_allowed(vectors):
    """Only allowed ids are found, best first, and none where none is allowed."""
    assert vectors.search(QUESTION, 9, np.array([40, 30])).ids.tolist() == [[30, 40]]
    assert vectors.search(QUESTION, 9, np.array([], dtype=np.int64)).ids.shape == (1, 0)


def test_a_question_of_another_model_is_refused(vectors):
    """Both dimensions and the command that mends it stand in the message."""
    with pytest.raises(MismatchError, match=r"3 dimensions, the index 2.*python -m index build"):
        vectors.search(np.ones((1, 3), dtype=np.float32), 1)


def test_a_repeated_id_is_refused():
    """FAISS takes a duplicate id silently; the index does not."""
    with pytest.raises(MismatchError, match="1 passage ids occur twice"):
        VectorIndex.build(ROWS, np.array([1, 2, 2, 3]))


def test_saved_and_opened_it_is_the_same(vectors, tmp_path):
    """A file gives back the same rows under the same ids."""
    vectors.save(tmp_path / "v")
    opened = VectorIndex.open(tmp_path / "v", dimension=2, count=4)
    assert np.array_equal(opened.vectors(IDS), ROWS)
    assert opened.search(QUESTION, 1).ids.tolist() == [[10]]


def test_a_damaged_or_foreign_file_is_refused(vectors, tmp_path):
    """A cut file and one of another size are errors that name the file."""
    vectors.save(tmp_path / "v")
    with pytest.raises(MismatchError, match=r"holds 4 vectors of 2 dimensions, expected 5 of 2"):
        VectorIndex.open(tmp_path / "v", dimension=2, count=5)
    (tmp_path / "v").write_bytes((tmp_path / "v").read_bytes()[:20])
    with pytest.raises(CorruptIndexError, match="cannot be read"):
        VectorIndex.open(tmp_path / "v", dimension=2, count=4)


def test_a_missing_row_is_an_error(vectors):
    """Asking for the vector of an unknown passage says that the index must be rebuilt."""
    with pytest.raises(CorruptIndexError, match="python -m index build"):
        vectors.vectors(np.array([11]))


def test_inverted_lists_find_the_same_nearest(monkeypatch):
    """Beyond the exact limit, inverted lists find nearly all that an exact scan finds."""
    monkeypatch.setattr(index.store.vectors, "EXACT_LIMIT", 1_000)
    rows = np.random.default_rng(7).normal(size=(12_000, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = np.arange(1, len(rows) + 1, dtype=np.int64)
    vectors = VectorIndex.build(rows, ids)
    exact = np.argsort(-(rows[:20] @ rows.T), axis=1)[:, :10] + 1
    found = vectors.search(rows[:20], 10).ids
    assert np.mean([len({*a} & {*b}) / 10 for a, b in zip(exact, found, strict=True)]) > 0.8
    assert np.allclose(vectors.vectors(ids[:3]), rows[:3])
