"""The sentences that are considered: how new their reports are, on the matter that is asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Moment, Span, Statement
from index.quotes.candidates import find_matter, rank_sentences
from index.quotes.relevance import prepare_question
from tests.test_quoting import RARITY, hit, source

FIRST = date(2025, 5, 1)
ASKED = prepare_question("the lock at Varn", RARITY, latest=True)


def report(name, day=0, text="The lock at Varn is shut.", story="lock"):
    """Return a report published so many days after the first of May."""
    published = None if day is None else Moment(FIRST + timedelta(days=day))
    return source(text, name, name, title="", published=published, story=story)


def recency(*found, asked=ASKED):
    """Return how new each report is taken to be; `found` are reports with the chances of their passages."""
    sources = {one.article.id: one for one, _ in found}
    hits = [hit(one, score=chance) for one, chance in found]
    return {one.article: one.features["recent"] for one in rank_sentences((asked,), hits, sources)}


def test_newness_is_counted_in_days():
    """A day is little in a story of a month, and the half in one of four days."""
    month = recency((report("a"), 0.5), (report("b", 27), 0.5), (report("c", 28), 0.5))
    assert month == {"a": pytest.approx(0.0625), "b": pytest.approx(0.906, abs=0.001), "c": 1.0}
    days = recency((report("a"), 0.5), (report("b", 3), 0.5), (report("c", 4), 0.5))
    assert days == {"a": pytest.approx(0.0625), "b": 0.5, "c": 1.0}


def test_newness_counts_twice_where_any_news_answers():
    """For an overview it decides, for one fact it helps."""
    asked = prepare_question("the lock at Varn", RARITY, overview=True, latest=True)
    assert recency((report("a"), 0.5), (report("b", 3), 0.5), asked=asked)["b"] == 2.0


def test_other_reports_do_not_change_how_new_one_is():
    """However many older ones of other matters are found between, and whatever comes later on others."""
    found = ((report("a"), 0.5), (report("b", 20), 0.5))
    stray = "A choir sang in the chapel."
    others = [(report(f"x{day}", day, stray, f"choir {day}"), 0.4) for day in (1, 5, 9, 30)]
    alone, among = recency(*found), recency(*found, *others)
    assert alone == {"a": pytest.approx(0.0625), "b": 1.0}
    assert {name: among[name] for name in "ab"} == alone
    assert {among[one.article.id] for one, _ in others} == {0.0}


@pytest.mark.parametrize(
    ("chance", "text", "story", "on_it"),
    [
        (0.5, "The lock at Varn is shut.", "other", True),
        (0.2, "The lock at Varn is shut.", "lock", True),
        (0.15, "The lock at Varn is shut.", "other", False),
        (0.05, "The lock at Varn is shut.", "lock", False),
        (0.5, "The Post tells of a choir.", "lock", False),
    ],
)
def test_the_matter_is_what_the_best_report_tells(chance, text, story, on_it):
    """Nearly as likely, the more so from another story, and with the words that are asked for."""
    best, other = report("best"), report("other", 9, text, story)
    found = [hit(best, score=0.5), hit(other, score=chance)]
    matter = find_matter(ASKED, found, {"best": best, "other": other})
    assert matter == ({"best", "other"} if on_it else {"best"})


def test_an_outlets_name_is_no_matter():
    """What only names the outlet that is asked is not about what is asked of it."""
    asked = prepare_question("the lock from The Post", RARITY, frozenset({"post"}), latest=True)
    best, other = report("best"), report("other", 9, "The Post tells of a choir. The Post sings.")
    found = [hit(other, score=0.6), hit(best, score=0.5)]
    assert find_matter(asked, found, {"best": best, "other": other}) == {"best"}


def test_a_report_without_a_date_is_not_new():
    """Nor is there anything new where none has one, or where the newest are not asked for."""
    assert recency((report("a", None), 0.5), (report("b", 3), 0.5)) == {"a": 0.0, "b": 1.0}
    assert recency((report("a", None), 0.5)) == {"a": 0.0}
    assert recency((report("a", 1), 0.5), asked=prepare_question("the lock", RARITY)) == {"a": 0.0}


def test_newness_is_no_part_of_the_matter():
    """A candidate's score without its age is the same whether or not the newest are asked for."""
    found = [report("a"), report("b", 8)]
    sources = {one.article.id: one for one in found}
    hits = [hit(one, score=0.5) for one in found]
    new = rank_sentences((ASKED,), hits, sources)
    plain = rank_sentences((prepare_question("the lock at Varn", RARITY),), hits, sources)
    assert {one.article: one.matter for one in new} == pytest.approx(
        {one.article: one.score for one in plain}
    )
    assert new[0].article == "b"
    assert new[0].score > new[0].matter


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0.0, 1.0)), min_size=1, max_size=6))
def test_the_newest_on_the_matter_is_one(found):
    """Whatever the days and the chances, newness is in [0, 1], and 1 for the newest on the matter."""
    new = recency(*((report(str(n), day), chance) for n, (day, chance) in enumerate(found)))
    assert all(0 <= value <= 1 for value in new.values())
    days = {str(n): day for n, (day, _) in enumerate(found)}
    ones = [name for name, value in new.items() if value == 1]
    assert len({days[name] for name in ones}) == 1


@pytest.mark.parametrize(
    ("speaker", "wanted"),
    [("Lund", 1.0), ("Lund’s aide", 0.0), ("Lund’s spokeswoman", 1.0), ("the aide of Lund", 1.0)],
)
def test_whom_a_speaker_works_for_speaks_only_by_spokesmen(speaker, wanted):
    """Her aide is not Lund; her spokeswoman speaks for her."""
    text = f"The lock is safe, {speaker} said."
    said = Statement("a", (Span(0, 16),), speaker=Span(18, 18 + len(speaker)), confidence=0.9)
    one = source(text, "a", title="", statements=(said,))
    asked = prepare_question("What did Lund say about the lock?", RARITY)
    (found,) = rank_sentences((asked,), [hit(one, score=0.5)], {"a": one})
    assert found.features["said_by"] == wanted
