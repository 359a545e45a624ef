"""A dateline is told from the words that follow it, and only at the head of a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.texts.datelines import skip_dateline

WORDS = "The gate gave way."


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON (Reuters) - ",
        "RENO, Nev. — ",
        "PORT SELLMAR, Velmark, May 6 (Halyard) — ",
        "PORT SELLMAR (Halyard) — ",
        "HOLLIN — ",
        "HOLLIN − ",
        "HOLLIN, Velm. ― ",
        "HOLLIN, Velm.—",
        "HOLLIN, (Halyard) - ",
        "HOLLIN, 29 April (Zentra). ",
        "Elmstone (Hexley) — ",
        "MOSCOW, February 8. /TASS/. ",
        "KARVEL, 19 May. /Torpress/. ",
        "SÃO PAULO -- ",
        "КИЇВ, 8 лютого (Агенція) — ",
    ],
)
def test_datelines_are_skipped(dateline):
    """Place, day and agency in the forms that agencies use."""
    assert skip_dateline(dateline + WORDS, 0, len(dateline + WORDS)) == len(dateline)
    assert skip_dateline("Head.\n\n" + dateline + WORDS, 7, 40 + len(dateline)) == 7 + len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "RUSSIAN media outlets are reporting - again - that it rained.",
        "NATO said on Monday it would not comment (again) - as ever.",
        "THE outer gate gave way early on Tuesday — a wall of water followed.",
        "He went to LONDON (Reuters) - and back.",
        "GREEN (67A: Kermit the frog) I am a fan.",
        "The fund (Halyard). The gate gave way.",
        "A MUM told last night how she ran - with her toddler.",
    ],
)
def test_other_openings_are_left_whole(text):
    """Words in capitals at the start of a sentence are no dateline."""
    assert skip_dateline(text, 0, len(text)) == 0


def test_only_a_paragraph_has_a_dateline():
    """In the middle of a paragraph nothing is skipped."""
    text = "It rained. LONDON (Reuters) - The gate."
    assert skip_dateline(text, 11, len(text)) == 11


@given(st.text(max_size=80))
def test_it_stays_within_the_text(text):
    """Whatever the text, the result is an offset in it."""
    assert 0 <= skip_dateline(text, 0, len(text)) <= len(text)
