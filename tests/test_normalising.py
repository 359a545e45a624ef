from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.texts.normalising import normalise_text, split_into_paragraphs

AWKWARD = st.text(
    st.sampled_from(
        "aé\u0301e "
        "\u00a0\t\n\r\u2028\u200b\u200c\u200d\u200e\u200f\u202e\u2066\ufeff\u00ad\x00\ud800К\u212a👩🚀ن“”’—."
    )
    | st.characters(),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\u00a0\u202f b\t c", "a b c"),
        ("zero\u200bwidth\ufeff and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("bell\x07 null\x00 lone\ud800", "bell null lone"),
        ("“It’s ‘fine’ – or — not…”", "“It’s ‘fine’ – or — not…”"),
        ("👩\u200d🚀 lifts off", "👩\u200d🚀 lifts off"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("in\u200dvisible", "invisible"),
        ("latin\u200f only", "latin only"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("abc\u202edef\u202c", "abcdef"),
    ],
)
def test_normalises_what_nobody_sees(text: str, expected: str) -> None:
    """Line ends, spaces and invisible characters are unified; letters, quotes and dashes stay."""
    assert normalise_text(text) == expected


@given(AWKWARD)
@settings(deadline=None)
def test_normal_text_is_a_fixed_point(text: str) -> None:
    """Normalised text is NFC, can be stored as UTF-8, and stays as it is when normalised again."""
    normal = normalise_text(text)
    assert normalise_text(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)
    normal.encode("utf-8")  # raises for lone surrogates
    assert "  " not in normal
    assert not set("\r\t\x00\u200b\ufeff\u202e\u2028") & set(normal)


def test_joins_hard_wrapped_lines() -> None:
    """Lines that end only because the width was used up are one paragraph."""
    wrapped = (
        "The harbour master said on Sunday that\nthe ferry had sunk within a quarter of "
        "an\nhour.\n\nHe gave no cause."
    )
    assert split_into_paragraphs(wrapped) == [
        "The harbour master said on Sunday that the ferry had sunk within a quarter of an hour.",
        "He gave no cause.",
    ]


def test_keeps_lines_that_are_paragraphs() -> None:
    """Lines that end early are paragraphs of their own, blank line or not."""
    text = (
        "The ferry sank on Sunday.\nNobody was hurt, the owner of the ferry told reporters at the pier.\nWhy?"
    )
    assert split_into_paragraphs(text) == text.split("\n")
