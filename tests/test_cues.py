"""The table of cues."""

import pytest

from index.datatypes import Label
from index.speech.cues import inflect_verb, load_cues


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("add", ("add", "adds", "added", "adding")),
        ("note", ("note", "notes", "noted", "noting")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("say", ("say", "says", "sayed", "saying")),
    ],
)
def test_regular_forms(verb, forms):
    """Regular spelling gives four forms."""
    assert inflect_verb(verb) == forms


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("said", Label.STATED),
        ("Claims", Label.CLAIMED),
        ("denied", Label.DENIED),
        ("rejected", Label.DENIED),
        ("confirmed", Label.CONFIRMED),
        ("alleging", Label.ALLEGED),
    ],
)
def test_labels_come_from_the_table(word, label):
    """Each cue has the label that the table gives its verb."""
    cue = load_cues().find_verb(word)
    assert cue is not None
    assert cue.label is label


def test_other_words_are_no_cues():
    """A word that the table does not list reports nothing; irregular forms replace regular ones."""
    cues = load_cues()
    assert cues.find_verb("walked") is None
    assert cues.find_verb("sayed") is None
    assert cues.find_verb("told").frames == {"tell"}
    assert cues.adverbs["reportedly"] is Label.SECOND_HAND
    assert "заявил" in cues.foreign


def test_every_frame_is_known():
    """The table uses no frame that the rules do not read."""
    frames = {frame for cue in load_cues().verbs.values() for frame in cue.frames}
    assert frames == {"say", "tell", "ask", "urge", "call", "matter", "object", "act", "quote", "clause"}
