"""The details of passages come back from disk as they were written, in whatever order they are asked for."""

import numpy as np
import pytest

from index.errors import CorruptIndexError
from index.interaction import Detail, restore_rows, shrink_rows
from index.store.cache import VectorCache
from index.store.details import DetailIndex, write_details

IDS = np.array([3, 5, 9], dtype=np.int64)


def make(starts, counts, seed):
    """A detail of random bytes: 6 columns a sentence, 4 a token."""
    rng = np.random.default_rng(seed)
    return Detail(
        np.array(starts, dtype=np.int32),
        np.array(counts, dtype=np.int32),
        shrink_rows(rng.normal(size=(len(starts), 6)).astype(np.float32)),
        shrink_rows(rng.normal(size=(sum(counts), 4)).astype(np.float32)),
    )


DETAILS = (make([0, 20], [2, 3], 1), make([], [], 2), make([0], [1], 3))


@pytest.fixture
def folder(tmp_path):
    write_details(tmp_path, IDS, iter(DETAILS))
    return tmp_path


def test_details_come_back_in_the_order_asked_for(folder):
    """Passages may be asked for in any order; one without a sentence has none."""
    read = DetailIndex.open(folder).read(np.array([9, 5, 3]))
    assert read.bounds.tolist() == [0, 1, 1, 3]
    assert read.firsts.tolist() == [0, 1, 3]
    assert read.starts.tolist() == [0, 0, 20]
    assert np.allclose(read.sentences, restore_rows(np.vstack([DETAILS[2].sentences, DETAILS[0].sentences])))
    assert np.allclose(read.tokens, restore_rows(np.vstack([DETAILS[2].tokens, DETAILS[0].tokens])))


def test_rows_are_unit_vectors_close_to_what_was_stored():
    """A byte a dimension keeps a row's direction to within a hundredth."""
    rows = np.random.default_rng(4).normal(size=(20, 48)).astype(np.float32)
    kept = restore_rows(shrink_rows(rows))
    assert np.linalg.norm(kept, axis=1) == pytest.approx(np.ones(20), abs=1e-5)
    assert (kept * rows).sum(axis=1) / np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(20), abs=1e-2)
    assert np.allclose(restore_rows(shrink_rows(np.zeros((1, 3), np.float32))), 0)


def test_a_passage_that_is_not_there_is_an_error(folder):
    """Ids between and beyond the stored ones are told apart from these."""
    index = DetailIndex.open(folder)
    for number in (4, 10):
        with pytest.raises(CorruptIndexError, match="index build"):
            index.read(np.array([number]))


def test_a_generation_without_details_has_none(tmp_path):
    """An older generation is read as it is; a broken table is an error."""
    assert DetailIndex.open(tmp_path) is None
    for broken in (b"nothing", b"", b"PK\x03\x04 and no more"):
        (tmp_path / "details.npz").write_bytes(broken)
        with pytest.raises(CorruptIndexError, match=r"details\.npz"):
            DetailIndex.open(tmp_path)


def test_an_index_of_no_passages_can_be_read(tmp_path):
    """Nothing written is nothing read."""
    write_details(tmp_path, IDS[:0], iter(()))
    read = DetailIndex.open(tmp_path).read(IDS[:0])
    assert len(read.firsts) == len(read.sentences) == 0


def test_the_cache_keeps_details_beside_vectors(tmp_path):
    """A text counts as known when both are; what is no longer wanted goes."""
    cache = VectorCache(tmp_path / "cache.db")
    keys = [b"a", b"b", b"c"]
    cache.store("m", keys, np.eye(3, dtype=np.float32))
    assert cache.missing("m", keys) == []
    assert cache.missing("m", keys, detail="m d") == keys
    cache.store_details("m d", keys[:2], DETAILS[:2])
    assert cache.missing("m", keys, detail="m d") == [b"c"]
    for stored, key in zip(DETAILS, keys[:2], strict=False):
        for ours, theirs in zip(cache.find_detail("m d", key), stored, strict=True):
            assert ours.tolist() == theirs.tolist()
    cache.keep_only([b"b"])
    assert cache.missing("m", keys, detail="m d") == [b"a", b"c"]
    cache.close()
