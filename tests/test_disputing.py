"""The other side is shown with a disputed quote, once, and whichever of the two was found."""

from dataclasses import replace

import pytest

from index.answers import Citation, Quote
from index.datatypes import Dispute, DisputeKind, Span
from index.quotes.disputing import answers_too, disputes_matter, show_both_sides
from index.quotes.relevance import prepare_question
from index.quotes.terms import Rarity

CLAIM = Dispute("a", Span(0, 10), "b", Span(50, 60), DisputeKind.DENIAL, 0.9)
WEAK = Dispute("a", Span(0, 10), "c", Span(0, 10), DisputeKind.DENIAL, 0.2)
CORRECTION = Dispute("c", Span(0, 10), "d", Span(0, 10), DisputeKind.CORRECTION, 0.8)
WIDENED = Dispute("f", Span(0, 5), "f", Span(6, 10), DisputeKind.CORRECTION, 0.9)
COPIED = Dispute("g", Span(0, 10), "h", Span(50, 60), DisputeKind.DENIAL, 0.9)
INSIDE = Dispute("e", Span(0, 5), "e", Span(6, 10), DisputeKind.DENIAL, 0.9)


def quote(article, start, end, score=1.0):
    return Quote(Citation(article, "T", None, None, None, None), start, end, "x" * (end - start), score)


def show(*quotes, most=4, leads=True):
    disputes = (CLAIM, WEAK, CORRECTION, WIDENED, COPIED, INSIDE)

    def disputes_of(article):
        return [d for d in disputes if article in {d.claim_article, d.denial_article}]

    def make_quote(article, span):
        start = 0 if article == "f" else span.start  # "It is open." is quoted with what stands before it
        return quote(article, start, span.end)

    shown = show_both_sides(quotes, disputes_of, lambda article: article, make_quote, most, lambda _: leads)
    return [(q.citation.article, q.start, q.side, q.pair, q.corrects) for q in shown]


def test_a_claim_brings_its_denial():
    """The denial follows the claim, though retrieval did not rank it."""
    assert show(quote("a", 0, 20)) == [("a", 0, 0, 0, False), ("b", 50, 1, 0, False)]


def test_a_denial_brings_its_claim():
    """What was found stands first, and its side is the denial's."""
    assert show(quote("b", 40, 60)) == [("b", 40, 1, 0, False), ("a", 0, 0, 0, False)]


def test_both_found_are_shown_once():
    """A counterpart that was found as well is taken as it is and not repeated."""
    assert show(quote("a", 0, 20), quote("z", 0, 9), quote("b", 50, 70)) == [
        ("a", 0, 0, 0, False),
        ("b", 50, 1, 0, False),
        ("z", 0, None, None, False),
    ]


def test_the_same_denial_is_shown_once():
    """Two claims that copies of one text deny have one other side; their words are all that differs."""
    assert show(quote("a", 0, 20), quote("g", 0, 20)) == [
        ("a", 0, 0, 0, False),
        ("b", 50, 1, 0, False),
        ("g", 0, 0, 0, False),
    ]


def test_a_correction_stands_first_and_says_so():
    """The later report goes before the one that it corrects, unless it is beside what is asked."""
    assert show(quote("c", 0, 10)) == [("d", 0, 1, 0, True), ("c", 0, 0, 0, False)]
    assert show(quote("c", 0, 10), leads=False) == [("c", 0, 0, 0, False), ("d", 0, 1, 0, True)]


def test_a_quote_that_holds_both_sides_needs_no_other():
    """Claim and denial within one quote are not doubled, and it is disputed by itself."""
    assert show(quote("e", 0, 10)) == [("e", 0, 1, None, False)]


def test_an_other_side_that_holds_both_stands_alone():
    """Where the other side cannot be quoted without the claim, the claim is not shown twice."""
    assert show(quote("f", 0, 5)) == [("f", 0, 1, None, True)]


def test_the_last_disputed_quote_keeps_its_other_side():
    """The limit never cuts a claim off from its denial."""
    assert len(show(quote("z", 0, 9), quote("a", 0, 20), most=2)) == 3


def test_an_answer_is_disputed_where_its_matter_is():
    """By a pair that holds a word of what is asked and is nearly the best; any pair meets names alone."""
    lock = replace(quote("a", 0, 10, score=9.0), text="The lock was closed")
    claim = replace(quote("b", 0, 10, score=8.0), text="The alarm was off", side=0, pair=0)
    denial = replace(quote("c", 0, 10, score=0.0), text="The harbour denied it", side=1, pair=0)
    chosen, shown = (lock, claim), (lock, claim, denial)
    assert disputes_matter(shown, chosen, [frozenset({"alarm"})])
    assert disputes_matter(shown, chosen, [frozenset({"resign"}), frozenset({"alarm"})])
    assert disputes_matter(shown, chosen, [frozenset()])
    assert not disputes_matter(shown, chosen, [frozenset({"lock"})])
    assert not disputes_matter((lock,), chosen, [frozenset()])
    far = replace(claim, score=5.0)
    assert not disputes_matter((lock, far, denial), (lock, far), [frozenset({"alarm"})])
    whole = replace(claim, text="The alarm was off, he said. Nonsense, said the harbour.", side=1, pair=None)
    assert disputes_matter((lock, whole), (lock, whole), [frozenset({"alarm"})])
    assert not disputes_matter((lock, whole), (lock, whole), [frozenset({"lock"})])


@pytest.mark.parametrize(
    ("question", "text", "speaker", "too"),
    [
        ("How many guards left?", "The correct figure is 140.", None, True),
        ("How long did it leak?", "The mayor put it right.", None, False),
        ("What did Tarn say about the leak?", "The leak hurt 38.", "Tarn", True),
        ("What did Tarn say about the leak?", "The leak hurt 38.", "the clinic", False),
        ("Was the order forged?", "The order was no forgery.", None, True),
        ("Was the order forged?", "It is blue.", None, False),
    ],
)
def test_a_correction_leads_where_it_tells_of_what_is_asked(question, text, speaker, too):
    """By a number where one is asked for, by its speaker, or by a word; of an overview it is a detail."""
    rarity = Rarity(100, lambda _: 2)
    correction = replace(quote("d", 0, 1), text=text, speaker=speaker)
    assert answers_too(prepare_question(question, rarity), correction) is too
    assert not answers_too(prepare_question(question, rarity, overview=True), correction)
