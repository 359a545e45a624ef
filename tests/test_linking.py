"""Text fragments: what a browser is sent to find."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.linking import URL_LIMIT, link_to_words

PAGE = "https://courier.example/a"


def test_words_are_percent_encoded():
    """The characters with a meaning in a text directive are encoded, and so is everything beyond ASCII."""
    link = link_to_words(PAGE, ["“so-called”, A&B"])
    assert link == f"{PAGE}#:~:text=%E2%80%9Cso%2Dcalled%E2%80%9D%2C%20A%26B"


def test_long_quotes_are_named_by_their_ends():
    """A long quote, or one over several paragraphs, is named by its first and last words."""
    text = " ".join(f"w{number}" for number in range(60))
    assert link_to_words(PAGE, [text]) == (
        f"{PAGE}#:~:text=w0%20w1%20w2%20w3%20w4,w55%20w56%20w57%20w58%20w59"
    )
    assert link_to_words(PAGE, ["one two\n\nthree four"]) == f"{PAGE}#:~:text=one%20two,three%20four"


def test_several_quotes_and_an_anchor():
    """Each quote is a directive of its own, behind an anchor that the address has already."""
    assert link_to_words(f"{PAGE}#top", ["a", "b"]) == f"{PAGE}#top:~:text=a&text=b"
    assert link_to_words(f"{PAGE}#:~:text=old", ["a"]) == f"{PAGE}#:~:text=a"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://courier.example/a",
        "file:///etc/passwd",
        "courier.example/a",
        "https://",
        "https://[bad",
        "https://courier.example:99999/",
        "https://courier.example/a b",
        "https://courier.example/\u202e",
        "https://courier.example/" + "a" * URL_LIMIT,
    ],
)
def test_only_web_addresses_are_linked(url):
    """What a browser should not open, or could not, is no link at all."""
    assert link_to_words(url, ["a"]) is None


def test_too_long_a_fragment_is_left_off():
    """Where the fragment would make the address too long, the address goes without."""
    assert link_to_words(PAGE, ["é" * 90] * 10) == PAGE


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Z")), min_size=1, max_size=80))
def test_fragment_decodes_to_the_words(words):
    """Decoded, the directive is the words again; encoded, it holds no character of the directive's syntax."""
    link = link_to_words(PAGE, [words])
    directive = link.removeprefix(f"{PAGE}#:~:text=")
    assert not set("-,& #") & set(directive)
    assert unquote(directive) == words
