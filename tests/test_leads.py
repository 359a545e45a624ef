"""The sentence that tells a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Article
from index.quotes.leads import find_lead

LEAD = "The gate of the Kestrel Lock at Sellmar burst early on Tuesday."


def lead_of(text, title="Lock gate bursts at Sellmar"):
    article = Article("a", title, text, "a.txt")
    return text[slice(*find_lead(article))]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "Breaking\n\n",
        "The lock gate that bursts at Sellmar\n\n",
        "Why do lock gates burst at Sellmar?\n\n",
        "By our own reporter in the harbour\n\n",
        "What could be worse for a small port town?\n\n",
        "Sign up for our newsletter and read it every single morning.\n\n",
        "It was a morning like any other in this part of the country.\n\n",
    ],
)
def test_the_lead_holds_the_words_of_the_headline(before):
    """Headings, questions, calls to subscribe and teasers that stand before it are no leads."""
    assert lead_of(f"{before}{LEAD} Eleven people were hurt.") == LEAD


def test_what_opens_a_report_is_its_lead_unless_another_tells_more():
    """One word of the headline more is not enough to go further down."""
    opening = "A lock gate has burst, the harbour office at Sellmar said."
    more = f"{opening} The lock gate that burst at Sellmar was sixty."
    title = (
        "Lock gate bursts at Sellmar after sixty years, ferry crews wait in port overnight, minister flies in"
    )
    assert lead_of(more, title) == opening


def test_a_report_of_headings_has_a_lead_too():
    """The first that is long enough, or else the first."""
    assert (
        lead_of("Short\n\nA heading that has no end but many words")
        == "A heading that has no end but many words"
    )
    assert lead_of("Short\n\nShorter") == "Short"


@given(st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text))), st.text())
def test_any_report_has_a_lead(text, title):
    """Whatever its text and its headline are."""
    assert lead_of(text, title)
