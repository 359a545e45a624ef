"""Timelines: which reports belong to a topic, copies once, and what their points quote."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers import Dates, Question, Quote
from index.datatypes import Passage, Span
from index.events.turning_points import Role, Turning
from index.search.ranking import Ranking
from index.timeline import Topic, find_topic, has_course, trace_timeline
from tests.test_turning_points import CLAIMED, DENIED, PLAIN, FakeCatalogue, dispute, make_article

ASKED = Question("Brennica", "Brennica")


def rank_articles(**logits):
    """Return a ranking with one passage an article, best first."""
    passages = tuple(Passage(n, name, 0, 1, "x") for n, name in enumerate(logits, 1))
    scores = np.array(list(logits.values()), dtype=np.float32)
    order = tuple(np.argsort(-scores, kind="stable").tolist())
    return Ranking((), order, passages, scores, table=None, model=None)


def names(topic):
    return [article.id for article in topic.articles]


def test_a_story_that_most_articles_belong_to_is_the_topic():
    """All reports of the main story belong, also those that no search found; a look-alike does not."""
    held = [make_article(name, PLAIN, hours=n) for n, name in enumerate(["a", "b", "c", "alike"])]
    catalogue = FakeCatalogue(held, stories=[("a", "b", "c"), ("alike",)])
    assert names(find_topic(rank_articles(b=4.0, alike=3.0, a=2.0), ASKED, catalogue)) == ["a", "b", "c"]


def test_a_topic_of_many_stories_takes_them_all():
    """Where no story is the main one, a topic has what the search surely hit, and the stories half hit."""
    held = [make_article(name, PLAIN, hours=n) for n, name in enumerate("abcdefghi")]
    catalogue = FakeCatalogue(held, stories=[("a",), ("b", "f"), ("c", "g", "h", "i"), ("d",), ("e",)])
    topic = find_topic(rank_articles(c=4.0, b=3.5, a=3.0, d=-3.0), ASKED, catalogue)
    assert names(topic) == ["a", "b", "c", "f"]
    assert topic.spans == {name: [Span(0, 1)] for name in "abc"}


def test_of_a_wide_topic_only_what_is_said_on_it_counts():
    """A denial of something else, in a report that is on the topic elsewhere, marks nothing."""
    one, two = make_article("one", CLAIMED, DENIED), make_article("two", DENIED, hours=30)
    catalogue = FakeCatalogue(
        [one, two], [dispute(one, CLAIMED, one, DENIED), dispute(one, CLAIMED, two, DENIED)]
    )
    topic = Topic((one, two), {"one": [Span(0, len(CLAIMED))]})
    timeline = trace_timeline(ASKED, topic, catalogue, quoting(catalogue))
    assert [report.roles for report in timeline.reports] == [(Role.CLAIM,), ()]
    assert Turning.FIRST_DENIAL not in [point.turning for point in timeline.points]


def test_copies_count_once_by_their_original():
    """Of one text under several names only the original stands in the timeline, with its carriers."""
    held = [make_article(name, PLAIN, hours=n) for n, name in enumerate("abc")]
    catalogue = FakeCatalogue(held, copies={"a": "b"}, stories=[("a", "b", "c")])
    topic = find_topic(rank_articles(a=1.0), ASKED, catalogue)
    assert names(topic) == ["b", "c"]
    timeline = trace_timeline(ASKED, topic, catalogue, quoting(catalogue))
    assert [report.citation.carriers for report in timeline.reports] == [("a",), ()]


def test_outlets_and_dates_of_the_question_hold():
    """Only reports of the named outlet and days belong; a carrier stands in for an original that is not."""
    held = [make_article(n, PLAIN, hours=24 * k, outlet=n.upper()) for k, n in enumerate("abcd")]
    catalogue = FakeCatalogue(held, copies={"b": "a"}, stories=[("a", "b", "c", "d")])
    ranking = rank_articles(a=2.0)
    named = Question("?", "?", outlets=("B", "D"))
    assert names(find_topic(ranking, named, catalogue)) == ["b", "d"]
    dated = Question("?", "?", dates=Dates(date(2025, 5, 20), date(2025, 5, 21), published=True))
    assert names(find_topic(ranking, dated, catalogue)) == ["b", "c"]


def test_no_candidate_no_topic():
    """A ranking of nothing leads to no reports, and to a timeline without points."""
    assert find_topic(rank_articles(), ASKED, FakeCatalogue([])) == Topic()
    assert trace_timeline(ASKED, Topic(), FakeCatalogue([]), quoting(FakeCatalogue([]))).points == ()


def test_a_course_takes_two_days():
    """Reports of one day, or without dates, are no story that moves on."""
    day = [make_article("a", PLAIN), make_article("b", PLAIN, hours=3)]
    assert not has_course(Topic())
    assert not has_course(Topic((*day, make_article("c", PLAIN, dated=False))))
    assert has_course(Topic((*day, make_article("c", PLAIN, hours=30))))


def quoting(catalogue):
    """Return what quotes a sentence, as it stands."""

    def quote_sentence(article, sentence):
        text = catalogue.article(article).text[sentence.start : sentence.end]
        return Quote(catalogue.citation(article), sentence.start, sentence.end, text, 0.0)

    return quote_sentence


def test_reports_have_roles_and_points_have_quotes():
    """What a report claims and denies is marked on it; each point quotes its sentence."""
    one, two = make_article("one", CLAIMED, PLAIN), make_article("two", DENIED, hours=30)
    undated = make_article("none", PLAIN, dated=False)
    catalogue = FakeCatalogue([one, two, undated], [dispute(one, CLAIMED, two, DENIED)])
    timeline = trace_timeline(ASKED, Topic((one, two, undated)), catalogue, quoting(catalogue), sure=False)
    assert [report.roles for report in timeline.reports] == [(Role.CLAIM,), (Role.DENIAL,), ()]
    assert [(point.turning, point.quote.text) for point in timeline.points] == [
        (Turning.FIRST_REPORT, CLAIMED),
        (Turning.FIRST_DENIAL, DENIED),
    ]
    assert not timeline.sure


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-6, 6), min_size=1),
    st.lists(st.sampled_from("abcdefgh"), max_size=8),
    st.lists(st.integers(0, 7), min_size=8, max_size=8),
)
def test_any_topic_is_ordered_and_holds_no_report_twice(logits, copied, story_of):
    """The best article's report is always there, every report once, dated ones in order of time."""
    held = [make_article(name, PLAIN, hours=n % 3, dated=n % 4 != 3) for n, name in enumerate("abcdefgh")]
    stories = [tuple(n for n, s in zip("abcdefgh", story_of, strict=True) if s == k) for k in range(8)]
    catalogue = FakeCatalogue(held, copies=dict.fromkeys(copied, "a"), stories=stories)
    articles = find_topic(rank_articles(**logits), ASKED, catalogue).articles
    reports = [catalogue.copies.get(article.id, article.id) for article in articles]
    assert len(set(reports)) == len(reports)
    best = max(logits, key=lambda name: np.float32(logits[name]))
    assert catalogue.copies.get(best, best) in reports
    keys = [(article.published is None, str(article.published)) for article in articles]
    assert keys == sorted(keys)
