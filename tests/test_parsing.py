"""The parser behind attribution."""

import pytest

from index.errors import ModelError
from index.speech.parsing import Words, load_parser


def test_words_are_slices(parser):
    """Words come with offsets, white space left out."""
    text = "She  said:\n“no”."
    assert [text[s:e] for s, e in parser.split_words(text)] == ["She", "said", ":", "“", "no", "”", "."]


def test_parse_is_a_tree(parser):
    """Each word has a tag, a relation and a head; the root is its own head."""
    words = ("The", "mayor", "said", "so", ".")
    (parse,) = parser.parse_words([Words(words, (True,) * 5, (True, False, False, False, False))])
    assert parse.words == words
    assert parse.tags[2] == "VBD"
    assert parse.relations[1] == "nsubj"
    assert parse.heads[1] == 2
    assert parse.heads[2] == 2


def test_known_sentence_starts_are_kept(parser):
    """A word that is known to begin a sentence never depends on a word before it."""
    words = ("It", "is", "so", ".", "She", "left", ".")
    starts = (True, False, False, False, True, False, False)
    (parse,) = parser.parse_words([Words(words, (True,) * 7, starts)])
    assert all(head >= 4 for head in parse.heads[4:])


def test_parser_says_what_it_is(parser):
    """The parser gives its language and the identity that is stored beside its work."""
    assert parser.language == "en"
    assert parser.identity.endswith("-3.8.0")
    assert "the" in parser.function_words


def test_a_missing_pipeline_is_a_model_error():
    """A pipeline that is not installed is named in the error, with what to do."""
    with pytest.raises(ModelError, match=r"no_such_pipeline.*Install"):
        load_parser("no_such_pipeline")
