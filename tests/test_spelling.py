"""Misspelt words of a question are put right by the words of the reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.spelling import correct_spelling, make_vocabulary

REPORTS = (
    "the outer gate of the Kestrel Lock broke and Mayor Calloran denied that harbour pilots were warned",
    "ballots were counted again in Lindover after a supporter of Ostade confirmed an irregularity",
    "the colour of the river changed behind the chemical works at Quillby",
)


def find_reports(word):
    """The places of the reports that hold a word."""
    return [place for place, report in enumerate(REPORTS) if word in report.lower().split()]


WORDS = {word: len(find_reports(word)) for report in REPORTS for word in report.lower().split()}
VOCABULARY = make_vocabulary(
    WORDS,
    ["The Tidewater Daily", "Torpress"],
    find_reports,
    lambda word: [REPORTS[place] for place in find_reports(word)],
)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("who broke the kestral lock?", "who broke the kestrel lock?"),
        ("Did Callroan say why the gate broke?", "Did Calloran say why the gate broke?"),
        ("Were ballots lost in Lindovver?", "Were ballots lost in Lindover?"),
        ("WHO BROKE THE KESTRAL LOCK?", "WHO BROKE THE KESTREL LOCK?"),
        ("What did the Tidewatr Daily report?", "What did the Tidewater Daily report?"),
        ("What did Torrpess write about Quillby?", "What did Torpress write about Quillby?"),
        ("was there an iregularty in the count", "was there an irregularity in the count"),
        ("wat did the mayor say", "what did the mayor say"),
        ("hwo many pilots were warned", "how many pilots were warned"),
        ("Wen was it?", "When was it?"),
        ("what color was the river", "what colour was the river"),
        ("what is the prosecutor lookking into", "what is the prosecutor looking into"),
        ("Ostad’s lead?", "Ostade’s lead?"),
    ],
)
def test_a_misspelt_word_is_the_nearest_that_is_held(asked, meant):
    """One edit away, two in a long word; in the case that it was written in."""
    assert correct_spelling(asked, VOCABULARY) == meant


@pytest.mark.parametrize(
    "asked",
    [
        "who broke the gate?",
        "Who is Martin Lindstrom?",
        "What did Kestrin say about Quillby?",
        "was the accordion player hurt",
        "who is the chairwoman of the deckhands",
        "what did “Kestral Lock” mean",
        "what does www.kestral.example say about @lindovr",
        "didnt the mayor know",
        "was the white boat seen",
        "Кто открыл ворота в Линдовре?",
        "¿Quién negó la retirada de Lindovr?",
        "xqzt brlk vmwp grnf hjkl",
        "gat",
        "",
    ],
)
def test_other_words_stay(asked):
    """English words, unknown names, what stands in quotation marks, addresses, other languages."""
    assert correct_spelling(asked, VOCABULARY) == asked


def test_a_name_is_put_right_only_by_a_name_of_the_matter():
    """One that no report on the rest of the question holds is somebody else's."""
    assert correct_spelling("Is Calloren the mayor?", VOCABULARY) == "Is Calloran the mayor?"
    assert (
        correct_spelling("Did Calloren swim in the river?", VOCABULARY) == "Did Calloren swim in the river?"
    )
    assert correct_spelling("Is Ballotz the mayor?", VOCABULARY) == "Is Ballotz the mayor?"


@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=12).map(" ".join))
def test_words_of_the_reports_stay(asked):
    """Whatever their order."""
    assert correct_spelling(asked, VOCABULARY) == asked


@given(st.text(max_size=200))
def test_any_text_is_read(asked):
    """Nothing fails, and only runs of letters change."""
    meant = correct_spelling(asked, VOCABULARY)
    assert [c for c in meant if not c.isalpha()] == [c for c in asked if not c.isalpha()]
