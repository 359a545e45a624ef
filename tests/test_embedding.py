"""The packaged model is the pinned one, and turns texts into comparable unit rows."""

from pathlib import Path

import numpy as np
import pytest

import index.embedding
from index.datatypes import Span
from index.embedding import load_cross_encoder, load_embedder
from index.errors import ModelError
from index.interaction import restore_rows
from index.settings import EmbeddingSettings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def embedder():
    return load_embedder(EmbeddingSettings(), Path())


def test_rows_are_unit_vectors_in_the_order_of_the_texts(embedder):
    """Sorting by length inside is not seen outside, and every row has length one."""
    texts = ["short", "a rather longer text about a bridge " * 9, ""]
    rows = embedder.embed_passages(texts)
    assert rows.shape == (3, embedder.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    alone = np.vstack([embedder.embed_passages([text]) for text in texts])
    assert np.allclose(rows, alone, atol=1e-5)


def test_a_paraphrase_is_nearer_than_another_subject(embedder):
    """The model knows that a denial of a retreat is about a retreat."""
    question, near, far = embedder.embed_questions(
        ["Who denied the retreat?", "The mayor said the troops had not pulled out.", "The fair sold cheese."]
    )
    assert question @ near > question @ far + 0.1


def test_half_a_pair_of_surrogates_is_read_as_a_question_mark(embedder):
    """A question may come out of JSON with what UTF-8 cannot hold; nothing shifts in it."""
    broken, plain = "\ud83d who left?", "? who left?"
    assert np.array_equal(embedder.embed_questions([broken]), embedder.embed_questions([plain]))
    assert np.array_equal(embedder.read_question(broken, ()).spans, embedder.read_question(plain, ()).spans)


def test_tokens_are_counted_without_the_special_ones(embedder):
    """Two common words are two tokens; no text has none."""
    assert embedder.count_tokens(["the bridge", ""]) == [2, 0]


def test_prompts_are_part_of_the_identity():
    """Vectors made with another prompt are not comparable."""
    plain = load_embedder(EmbeddingSettings(), Path())
    prompted = load_embedder(EmbeddingSettings(query_prompt="query: "), Path())
    assert plain.identity != prompted.identity
    assert not np.allclose(plain.embed_questions(["x"]), prompted.embed_questions(["x"]))


def test_other_weights_than_the_pinned_are_refused(monkeypatch):
    """A model file whose hash differs is an error that shows both hashes."""
    monkeypatch.setattr(index.embedding, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="expected 0000"):
        load_embedder(EmbeddingSettings(), Path())


def test_a_model_that_is_not_there_is_an_error_that_helps(monkeypatch, tmp_path):
    """The message names the setting, its value and what may stand there."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"\[index.embedding\] model = 'empty'"):
        load_embedder(EmbeddingSettings(model="empty"), tmp_path)


def test_parts_are_read_in_the_context_of_their_question(embedder):
    """One pass gives the question's own vector and one for each part, near to what the part says."""
    text = "Did the mayor close the bridge, and was cheese sold at the fair?"
    cut = text.index("and was")
    rows = embedder.read_question(text, [Span(0, cut), Span(cut, len(text))]).rows
    assert rows.shape == (3, embedder.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert np.allclose(rows[0], embedder.embed_questions([text])[0], atol=1e-5)
    bridge, cheese = embedder.embed_questions(["The bridge was shut.", "The fair sold cheese."])
    assert rows[1] @ bridge > rows[1] @ cheese
    assert rows[2] @ cheese > rows[2] @ bridge


def test_a_part_without_tokens_takes_the_questions_vector(embedder):
    """Blank parts and parts beyond what the model reads are no failure."""
    text = "bridge " * 400
    rows = embedder.read_question(text, [Span(6, 7), Span(len(text) - 8, len(text))]).rows
    assert np.allclose(rows[1], rows[0])
    assert np.allclose(rows[2], rows[0])


def test_a_passage_and_its_sentences_come_of_one_pass(embedder):
    """The passage's vector is the usual one, and each sentence is near to what it says in its context."""
    title, first, second = "Varn", "The mayor closed the bridge.", "Cheese was sold at the fair."
    text = f"{title}\n{first} {second}"
    spans = [Span(5, 5 + len(first)), Span(6 + len(first), len(text))]
    rows, details = embedder.embed_details(["x", text], [[Span(0, 1)], spans])
    assert np.allclose(rows, embedder.embed_passages(["x", text]), atol=1e-5)
    assert list(details[1].starts) == [0, len(first) + 1]
    assert list(details[1].counts) == [6, 7]
    sentences = restore_rows(details[1].sentences)
    bridge, cheese = embedder.embed_questions(["The bridge was shut.", "The fair sold cheese."])
    assert sentences[0] @ bridge > sentences[0] @ cheese
    assert sentences[1] @ cheese > sentences[1] @ bridge


def test_tokens_are_met_where_they_are_spoken_of(embedder):
    """Each of a question's words is nearest to a word of the sentence that is about it."""
    text = "Bridge\nThe mayor closed the bridge. Cheese was sold at the fair."
    _, (detail,) = embedder.embed_details([text], [[Span(7, 36), Span(37, len(text))]])
    asked = embedder.read_question("Was cheese sold?", [])
    assert asked.tokens.shape == (4, 48)
    assert asked.spans.tolist() == [[0, 3], [4, 10], [11, 15], [15, 16]]
    met = restore_rows(detail.tokens) @ asked.tokens.T  # (t, 4)
    assert (met[:, 1:3].argmax(axis=0) >= detail.counts[0]).all()  # both in the second sentence


def test_a_text_beyond_the_model_has_details_of_what_is_read(embedder):
    """Sentences that the model does not reach are left out; an empty text has none."""
    text = "The bridge is shut. " * 100
    spans = [Span(20 * i, 20 * i + 19) for i in range(100)]
    _, details = embedder.embed_details([text, ""], [spans, []])
    assert 0 < len(details[0].starts) < 100
    assert details[0].counts.sum() == len(details[0].tokens) <= embedder.max_tokens
    assert len(details[1].starts) == 0


def test_a_model_that_does_not_average_gives_no_details(embedder, monkeypatch):
    """Its parts are embedded by themselves, and no token is held against another."""
    monkeypatch.setattr(embedder, "_averages", False)
    asked = embedder.read_question("the bridge", [Span(4, 10)])
    assert np.allclose(asked.rows, embedder.embed_questions(["the bridge", "bridge"]), atol=1e-6)
    assert len(asked.tokens) == 0


def test_a_cross_encoder_scores_each_text(tmp_path):
    """A CrossEncoder in a folder is loaded by its path, and gives one number a text."""
    score_pairs = load_cross_encoder(str(index.embedding._packaged_folder()), Path())
    assert score_pairs("Who?", ["The mayor.", "The fair."]).shape == (2,)
    with pytest.raises(ModelError, match=r"ranker = 'no-such-model'"):
        load_cross_encoder("no-such-model", tmp_path)
