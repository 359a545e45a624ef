import re
import zlib
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Article, Dispute, DisputeKind, Moment, Span, Statement
from index.evaluation.disputes import evaluate_disputes
from index.events.disputes import MOST_CLAIMS, Told, find_disputes, find_opposing
from index.events.particulars import is_common
from index.texts.stems import stem_word


def embed(texts):
    """Unit vectors of the stems of each text: cosines that can be worked out by hand."""
    rows = np.zeros((len(texts), 512), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in re.findall(r"\w+", text):
            if not is_common(word):
                rows[row, zlib.crc32(stem_word(word).encode()) % 512] += 1
        rows[row] /= max(1e-9, float(np.linalg.norm(rows[row])))
    return rows


def write(key, text, day=None):
    return Article(key, f"Title {key}", text, key, published=Moment(date(2024, 5, day)) if day else None)


def pair(*articles, statements=()):
    texts = {article.id: article.text for article in articles}
    return {
        (texts[d.claim_article][slice(*d.claim)], texts[d.denial_article][slice(*d.denial)], d.kind)
        for d in find_disputes([Told(articles, statements)], embed)
    }


WITHDRAWAL = (
    "The border guard has withdrawn from Brinscombe to Elmstone, sources told the Hexley Wire.\n\n"
    "“The border guard is withdrawing from Brinscombe. Its barracks stand empty,” a police source said.\n\n"
    "However, the district's deputy head, Ines Marchetti, called the reports “an information attack”.\n\n"
    "“Attempts at an offensive will of course be made,” security chief Olaf Brandt said."
)


def test_a_denial_of_the_reports_disputes_the_claims_before_it_and_no_later_statement():
    """Both claims before "called the reports “…”" are disputed, what another says after it is not."""
    claims = {claim for claim, _, _ in pair(write("a", WITHDRAWAL))}
    assert len(claims) == 2
    assert all("guard" in claim for claim in claims)
    assert {kind for _, _, kind in pair(write("a", WITHDRAWAL))} == {DisputeKind.DENIAL}


def test_a_denial_of_one_account_disputes_the_nearest_claim_only():
    """Who "rejected the account" leaves alone what was said earlier about another matter."""
    text = (
        "The market opened at nine, according to the council's log.\n\n"
        "“The barge struck the quay,” said Anna Pell, the harbour master.\n\n"
        "Ferris Lines, which owns the barge, rejected the account."
    )
    ((claim, denial, kind),) = pair(write("a", text))
    assert claim.startswith("“The barge struck")
    assert denial.startswith("Ferris Lines")
    assert kind is DisputeKind.DENIAL


def test_the_words_that_go_on_with_a_denial_dispute_too():
    """What the denier says next stands on the same side."""
    text = (
        "A neighbour said the siren had been silent.\n\n"
        "The firm denied it. The siren sounded at nine, it said in a statement."
    )
    denials = {denial for _, denial, _ in pair(write("a", text))}
    assert denials == {"The firm denied it.", "The siren sounded at nine, it said in a statement."}


def test_a_denial_reaches_the_same_claim_in_another_report():
    """A claim that another report of the story makes in its own words is disputed with it."""
    claim = write("a", "Witnesses said that soldiers looted the Brinscombe museum on Friday night.", 1)
    denial = write("b", "The army denied that soldiers had looted the Brinscombe museum.", 2)
    ((_, _, kind),) = pair(claim, denial)
    assert kind is DisputeKind.DENIAL
    (found,) = find_disputes([Told([denial, claim], ())], embed)
    assert (found.claim_article, found.denial_article) == ("a", "b")


def test_other_numbers_across_reports_are_contrary_and_a_lowered_one_a_correction():
    """Two counts are contrary; a report that lowers an earlier count corrects it."""
    first = write("a", "The Elmstone gate collapse injured 14 people, the harbour authority said.", 1)
    union = write("b", "The Elmstone gate collapse injured 17 people, the union said.", 1)
    later = write(
        "c", "The ministry lowered the number of people injured in the Elmstone gate collapse to 11.", 9
    )
    assert {kind for _, _, kind in pair(first, union)} == {DisputeKind.CONTRARY}
    ((claim, correction, kind),) = pair(first, later)
    assert kind is DisputeKind.CORRECTION
    assert "14" in claim
    assert "lowered" in correction


def test_a_report_that_corrects_itself_is_paired_with_what_puts_it_right():
    """The claim is "an earlier version said …"; the sentence after it is the correction."""
    text = (
        "The ferry runs again.\n\nAn earlier version of this article said the ferry had sunk. It ran aground."
    )
    ((claim, correction, kind),) = pair(write("a", text))
    assert claim.startswith("An earlier version")
    assert correction == "It ran aground."
    assert kind is DisputeKind.CORRECTION


def test_nobody_disputes_himself():
    """A statement by the one who denies is not what he denies, when attribution knows him."""
    text = "“The mill was safe,” said Anna Pell. Pell rejected the account."
    statement = Statement("a", (Span(1, 18),), speaker=Span(26, 35), name="Anna Pell")
    assert pair(write("a", text), statements=[statement]) == set()


def test_background_from_another_year_is_not_disputed():
    """What is told of an earlier event counts neither as a claim nor as a contrary number."""
    recent = write("a", "The Elmstone flood injured 14 people, doctors said.", 1)
    old = write("b", "In March 2019 a flood in Elmstone injured 60 people, doctors said.", 1)
    assert pair(recent, old) == set()


def test_articles_without_a_dispute_have_none():
    """Agreement, refusals of bail and empty input give nothing, and need no embedding of a lone report."""
    assert find_disputes([Told([], ())], embed) == ()
    assert pair(write("a", "Police said the road was open. A judge denied him bail.")) == set()

    def refuse(_texts):
        raise AssertionError("embedded without need")

    assert find_disputes([Told([write("a", "Police said the road was open.")], ())], refuse) == ()


def test_opposing_spans_are_found_from_either_side():
    """For a quote the other side is found, whichever side the quote stands on, the surest first."""
    sure = Dispute("a", Span(0, 10), "b", Span(5, 20), DisputeKind.DENIAL, 0.9)
    unsure = Dispute("b", Span(8, 9), "a", Span(4, 6), DisputeKind.CONTRARY, 0.6)
    assert find_opposing([unsure, sure], "a", 4, 8) == ((sure, True), (unsure, False))
    assert find_opposing([unsure, sure], "b", 19, 30) == ((sure, False),)
    assert find_opposing([unsure, sure], "a", 10, 12) == ()


def test_a_story_of_many_reports_has_few_disputes_a_sentence():
    """However many reports count otherwise, a sentence is paired with the surest two dozen."""
    said = "The Elmstone raid killed {1} people, {0} insisted."
    names = [f"Ab{one}{two}u Pell{one}{two}i" for one in "bcdfgh" for two in "klmnpr"]
    counts = [write(name, said.format(name, 40 + row), 1) for row, name in enumerate(names)]
    disputing = Counter(
        (found.denial_article, found.denial) for found in find_disputes([Told(counts, ())], embed)
    )
    assert max(disputing.values()) == MOST_CLAIMS


def test_disputes_are_scored_against_labels():
    """A pair is right where both sides overlap the labelled sentences; the rest counts as missed."""
    articles = [write("a", WITHDRAWAL)]
    sentences = WITHDRAWAL.split("\n\n")
    rows = [
        {
            "matter": "m",
            "kind": "denial",
            "claim": {"article": "a", "quote": sentences[claim]},
            "denial": {"article": "a", "quote": sentences[2]},
        }
        for claim in (0, 1)
    ]
    found = find_disputes([Told(articles, ())], embed)
    score = evaluate_disputes(articles, found, rows)
    assert (score.pairs.right, score.pairs.wrong, score.pairs.missed) == (2, 0, 0)
    assert (score.matters, score.claims, score.denials, score.false) == (1.0, 1.0, 1.0, 0.0)
    half = evaluate_disputes(articles, found, rows[:1])
    assert (half.pairs.right, half.pairs.wrong) == (1, 1)
    assert half.false == pytest.approx(0.5)


@given(st.lists(st.text(alphabet="ab denied.“”\n14People", max_size=120), max_size=3))
def test_any_texts_give_offsets_inside_them(texts):
    """No texts raise, and both sides of every dispute lie inside their articles and are not one."""
    articles = [write(str(number), text) for number, text in enumerate(texts)]
    for found in find_disputes([Told(articles, ())], embed):
        assert (found.claim_article, found.claim) != (found.denial_article, found.denial)
        for key, span in ((found.claim_article, found.claim), (found.denial_article, found.denial)):
            assert 0 <= span.start < span.end <= len(texts[int(key)])
