"""What a speaker is reported to have said: found by name, copies once, in the words of the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers import Citation
from index.datatypes import Article, Label, Moment, Passage, Span, Statement
from index.quotes.candidates import Source
from index.quotes.relevance import prepare_question
from index.quotes.terms import Rarity
from index.speech.sayings import drop_copies, find_statements, match_namings, quote_statements, suggest_names
from index.store.catalogue import Catalogue
from index.store.drafting import Draft

from .test_sentences import AWKWARD

NAMINGS = {
    ("Ilse Brandt", "the mayor"): 5,
    ("Karl Brandt", "he"): 2,
    ("", "the mayor’s driver"): 1,
    ("Lucie Brémont", "she"): 3,
    ("Velmark’s Interior Ministry", ""): 1,
    ("Олексій Данілов", "він"): 1,
}
OLD = Article(
    "old",
    "Bridge",
    "The bridge is safe, Ilse Brandt said. Nobody was hurt. She would “swim it”, she told us.",
    "n/old",
    "Courier",
    published=Moment(date(2025, 5, 3)),
)
COPY = Article("copy", "Bridge", OLD.text, "n/copy", "Lantern", published=Moment(date(2025, 5, 2)))
NEW = Article(
    "new", "Again", "Brandt said 😀 the bridge was shut.", "n/new", None, published=Moment(date(2025, 6, 1))
)


def said(article, words, cue, *, name="Ilse Brandt", mention=None, confidence=0.9, parent=None):
    """Return a statement of words that stand in an article."""
    start, at = article.text.index(words), article.text.index(cue)
    speaker = None if mention is None else Span(article.text.index(mention), 0)
    if speaker is not None:
        speaker = Span(speaker.start, speaker.start + len(mention))
    return Statement(
        article.id,
        (Span(start, start + len(words)),),
        Span(at, at + len(cue)),
        speaker,
        name,
        label=Label.STATED,
        confidence=confidence,
        parent=parent,
    )


SAFE = said(OLD, "The bridge is safe", "said", mention="Ilse Brandt")
SWIM = said(OLD, "would “swim it”", "told", mention="She")
COPIED = said(COPY, "The bridge is safe", "said", mention="Ilse Brandt")
SHUT = said(NEW, "the bridge was shut", "said", name=None, mention="Brandt")
UNSURE = said(NEW, "the bridge", "said", confidence=0.3)
NESTED = said(OLD, "is safe", "said", parent=0)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.db"
    draft = Draft(path)
    with draft.transaction():
        for article, statements in ((OLD, (SAFE, SWIM, NESTED)), (COPY, (COPIED,)), (NEW, (SHUT, UNSURE))):
            draft.put_article(article)
            draft.put_passages(
                article, [Passage(0, article.id, 0, len(article.text), article.text)], [article.id.encode()]
            )
            draft.put_statements(article, statements)
        draft.set_reports({"copy": "old"})
    draft.close()
    return Catalogue(path)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ilse Brandt", ["Ilse Brandt"]),
        ("brandt", ["Ilse Brandt", "Karl Brandt"]),
        ("Mr. Brandt, Karl", ["Karl Brandt"]),
        ("the Mayor", ["Ilse Brandt"]),
        ("mayor driver", [""]),
        ("BREMONT", ["Lucie Brémont"]),
        ("Velmark interior ministry", ["Velmark’s Interior Ministry"]),
        ("Velmark", []),
        ("данілов", ["Олексій Данілов"]),
        ("Brand", []),
        ("", []),
        ("?!", []),
        ("Brandt " * 300 + "x " * 9_000, []),
        (" ".join(map(str, range(40))), []),
    ],
)
def test_a_name_matches_by_its_words(name, found):
    """Whole words match, in any order and case, without titles; the owner of something is not the speaker."""
    assert [naming[0] for naming in match_namings(name, NAMINGS)] == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ilse Brandt's", ["Ilse Brandt"]),
        ("Velmark’s ministry", ["Velmark’s Interior Ministry"]),
        ("Ilse M. Brandt", ["Ilse Brandt"]),
        ("M. Brandt", []),
        ("he", []),
        ("They?", []),
        ("who", ["WHO"]),
    ],
)
def test_an_ending_or_an_initial_hides_nobody(name, found):
    """A possessive ending, and an initial between two names, are passed over; a pronoun names nobody."""
    namings = {**NAMINGS, ("WHO", "WHO"): 1, ("a nurse", "who"): 1}
    assert [naming[0] for naming in match_namings(name, namings)] == found


def test_a_misspelt_name_has_close_ones():
    """Names with words spelled nearly so are suggested, those with more of them first."""
    assert suggest_names("Ilsa Brand", NAMINGS, 3) == ("Ilse Brandt", "Karl Brandt")
    assert suggest_names("Ostrander", NAMINGS, 3) == ()


@given(AWKWARD | st.text(max_size=60))
def test_any_text_is_taken_for_a_name(name):
    """No text makes the search fail, and what it finds holds a word of it."""
    assert set(match_namings(name, NAMINGS)) <= set(NAMINGS)
    assert len(suggest_names(name, NAMINGS, 2)) <= 2


def test_statements_by_a_name_are_the_sure_outer_ones_newest_first(catalogue):
    """Neither an unsure statement nor one nested in another is counted or found."""
    namings = catalogue.namings(0.85)
    assert namings == {("Ilse Brandt", "Ilse Brandt"): 2, ("Ilse Brandt", "She"): 1, ("", "Brandt"): 1}
    assert catalogue.statements_by(tuple(namings), 0.85) == (SHUT, SAFE, SWIM, COPIED)
    assert catalogue.statements_by((("", "Brandt"),), 0.85) == (SHUT,)
    assert catalogue.statements_by((), 0.85) == ()


def test_copies_are_dropped_and_the_original_stays(catalogue):
    """Of a statement in copies of one report the original's stays, wherever it stands in the order."""
    texts = {article.id: article.text for article in (OLD, COPY, NEW)}
    reports = catalogue.reports(texts)
    assert drop_copies([SHUT, COPIED, SAFE, SWIM], texts, reports) == [SHUT, SAFE, SWIM]
    assert drop_copies([COPIED], texts, reports) == [COPIED]
    assert drop_copies([SAFE, SAFE], texts, reports) == [SAFE, SAFE]
    assert find_statements("brandt", catalogue, 0.85) == [SHUT, SAFE, SWIM]
    assert find_statements("nobody", catalogue, 0.85) == []


def test_quotes_are_slices_with_their_speaker(catalogue):
    """A quote is the sentence that holds the statement, equals its slice, and names who said it."""
    asked = prepare_question("", Rarity(3, lambda word: 1))

    def gather(article):
        return Source(catalogue.article(article), catalogue.citation(article))

    quotes = quote_statements([SHUT, SAFE, SAFE, SWIM], gather, asked, 9)
    texts = {article.id: article.text for article in (OLD, COPY, NEW)}
    assert all(texts[q.citation.article][q.start : q.end] == q.text for q in quotes)
    assert [(q.speaker, q.mention, q.cue) for q in quotes] == [
        ("Brandt", None, "said"),
        ("Ilse Brandt", None, "said"),
        ("Ilse Brandt", "She", "told"),
    ]
    assert quotes[0].text == NEW.text
    assert quotes[1].citation.carriers == ("Lantern",)
    assert "Nobody" not in quotes[1].text
    assert len(quote_statements([SHUT, SAFE], gather, asked, 1)) == 1


def test_overlapping_quotes_of_one_speaker_are_joined():
    """A sentence that leans on the one before it makes one quote with it, and loses nothing."""
    text = "“The gate is sound,” Ilse Brandt said. She called the report “a tale”. Rain fell."
    article = Article("g", "Gate", text, "n/g", "Courier")
    citation = Citation("g", "Gate", "Courier", None, None, None)
    statements = [
        said(article, "“The gate is sound,”", "said", mention="Ilse Brandt"),
        said(article, "the report “a tale”", "called", mention="She"),
    ]
    asked = prepare_question("", Rarity(3, lambda word: 1))
    for order in (statements, statements[::-1]):
        (quote,) = quote_statements(order, lambda _: Source(article, citation), asked, 1)
        assert quote.text == text[quote.start : quote.end] == text[: text.index(" Rain")]
    others = [statements[0], replace(statements[1], name="Karl Brandt")]
    assert len(quote_statements(others, lambda _: Source(article, citation), asked, 9)) == 2
