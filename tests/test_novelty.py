"""What is new in a generation, and what is not: copies, edits, rebuilds, moves."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Article, Dispute, DisputeKind, Moment, Passage, Span
from index.events.novelty import Contents, MarkedArticle, find_news, list_contents
from index.store.catalogue import Catalogue
from index.store.drafting import Draft

CLAIM = "The gate was left open."
DENIAL = "The mayor denied that the gate was left open."


def make_catalogue(folder, texts, *, copies=None, disputes=()):
    """Return a catalogue of articles, by id, with copies (carrier: original) and disputes."""
    path = folder / f"{len(list(folder.iterdir()))}.db"
    draft = Draft(path)
    with draft.transaction():
        for key, text in texts.items():
            article = Article(key, f"Report {key}", text, f"n/{key}", published=Moment(date(2025, 5, 3)))
            draft.put_article(article)
            draft.put_passages(article, [Passage(0, key, 0, len(text), text)], [key.encode()])
        draft.set_reports(copies or {})
        draft.set_disputes(disputes)
    draft.close()
    return Catalogue(path)


def dispute(texts, claim, denial, confidence=0.9):
    """Return the dispute of the two sentences in two of the articles."""
    spans = [
        Span(texts[key].index(words), texts[key].index(words) + len(words))
        for key, words in ((claim, CLAIM), (denial, DENIAL))
    ]
    return Dispute(claim, spans[0], denial, spans[1], DisputeKind.DENIAL, confidence)


def news_between(folder, before, after, **fields):
    """Return what is new in a catalogue of `after` to whoever has seen one of `before`."""
    seen = set(list_contents(make_catalogue(folder, before), 1).marks())
    contents = list_contents(make_catalogue(folder, after, **fields), 2)
    return find_news(contents, set(contents.marks()) - seen)


def test_a_report_that_was_not_there_is_new(tmp_path):
    """One of two articles was there before; only the other is news, and it says of which generation."""
    news = news_between(tmp_path, {"a": CLAIM}, {"a": CLAIM, "b": "It rained."})
    assert (news.generation, news.reports, news.disputes) == (2, (("b",),), ())


def test_nothing_is_new_where_all_was_seen(tmp_path):
    """A generation that was built anew from the same articles holds no news."""
    assert not news_between(tmp_path, {"a": CLAIM, "b": DENIAL}, {"a": CLAIM, "b": DENIAL})


def test_a_copy_of_a_known_report_is_no_news(tmp_path):
    """Another outlet's carrier of a report that was there is not told; two copies of a new one are one."""
    news = news_between(
        tmp_path,
        {"a": CLAIM},
        {"a": CLAIM, "b": f"{CLAIM} So it says.", "c": "It rained.", "d": "It rained, too."},
        copies={"b": "a", "d": "c"},
    )
    assert news.reports == (("c", "d"),)


def test_a_report_that_moved_is_no_news(tmp_path):
    """The same words under another id, however spaced and punctuated, have been seen."""
    news = news_between(tmp_path, {"a": CLAIM}, {"z": "THE GATE was  left open"})
    assert not news


def test_an_edited_report_is_no_news_by_itself(tmp_path):
    """A known article with other words is no new report."""
    assert not news_between(tmp_path, {"a": CLAIM}, {"a": "The gate was found open."})


def test_a_denial_added_to_a_known_report_is_news(tmp_path):
    """A known article whose new text disputes another brings a dispute, and no report."""
    after = {"a": CLAIM, "b": f"It rained. {DENIAL}"}
    found = dispute(after, "a", "b")
    news = news_between(tmp_path, {"a": CLAIM, "b": "It rained."}, after, disputes=[found])
    assert (news.reports, news.disputes) == ((), (found,))


def test_a_dispute_that_a_better_rule_finds_in_old_texts_is_no_news(tmp_path):
    """Where no text has changed, a dispute that was not found before is not told."""
    texts = {"a": CLAIM, "b": DENIAL}
    assert not news_between(tmp_path, texts, texts, disputes=[dispute(texts, "a", "b")])


def test_a_dispute_of_a_new_report_goes_with_the_report(tmp_path):
    """A new article that denies an old one is one new report, not also a new dispute."""
    after = {"a": CLAIM, "b": DENIAL}
    news = news_between(tmp_path, {"a": CLAIM}, after, disputes=[dispute(after, "a", "b")])
    assert (news.reports, news.disputes) == ((("b",),), ())


def test_an_edit_beside_a_known_dispute_does_not_repeat_it(tmp_path):
    """A disputing article that is changed elsewhere, or in the disputed words only, has told its dispute."""
    texts = {"a": CLAIM, "b": DENIAL}
    seen = set(list_contents(make_catalogue(tmp_path, texts, disputes=[dispute(texts, "a", "b")]), 1).marks())
    after = {"a": CLAIM, "b": f"{DENIAL} He said no more."}
    contents = list_contents(make_catalogue(tmp_path, after, disputes=[dispute(after, "a", "b")]), 2)
    assert not find_news(contents, set(contents.marks()) - seen)


def test_a_dispute_too_unsure_to_be_shown_is_not_marked(tmp_path):
    """What an answer would not show as disputed is no news either."""
    texts = {"a": CLAIM, "b": DENIAL}
    catalogue = make_catalogue(tmp_path, texts, disputes=[dispute(texts, "a", "b", confidence=0.4)])
    assert list_contents(catalogue, 1).disputes == ()


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_news_is_what_was_not_seen(before, after):
    """Over articles of different words, the news is exactly the difference."""
    contents = Contents(1, tuple(MarkedArticle(key, key, f"n{key}", f"t{key}") for key in sorted(after)))
    seen = {f"{kind}{key}" for key in before for kind in "nt"}
    news = find_news(contents, set(contents.marks()) - seen)
    assert {article for report in news.reports for article in report} == after - before
