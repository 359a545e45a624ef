"""Which passages are read for a question: for the latest, those of the newest reports on the matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.answering import Answerer
from index.answers import Reason
from index.building import build_index
from index.quotes.terms import stem_words

from .test_days import write_reports

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
WORKS = [
    "riveters",
    "painters",
    "divers",
    "welders",
    "masons",
    "surveyors",
    "glaziers",
    "plumbers",
    "roofers",
]
LONG = " ".join(
    f"The bridge at Ostermoor has pier {pier}, of granite and old iron, said Tove Lind." for pier in range(60)
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory):
    """Nine reports on a bridge, a day apart, the newest of many passages, and a newer one of a fair."""
    reports = {
        work: (
            f"{work.title()} at Ostermoor bridge",
            f"The {work.title()} Post",
            f"2025-05-{day:02}",
            f"The bridge at Ostermoor was given to {work}. {LONG if work == 'roofers' else ''}",
        )
        for day, work in enumerate(WORKS, 1)
    }
    reports["fair"] = (
        "Apple fair in Lund",
        "The Fair",
        "2025-05-30",
        "The apple fair in Lund has a brass band.",
    )
    builder = write_reports(tmp_path_factory.mktemp("finding"), reports)
    build_index(builder)
    return Answerer.open(builder.settings, builder.embedder)


def test_the_latest_reads_the_newest_reports(answerer):
    """Two passages of each, as far as eight go: one long report leaves room for those before it."""
    explanation = answerer.explain("latest on the bridge at Ostermoor", now=NOW)
    read = {one.article for one in explanation.selection.candidates}
    ranked = {passage.article for passage in explanation.ranking.passages}
    assert len(ranked) == len(WORKS) + 1
    assert {
        answerer.names_of(article) & {f"https://a.example/{work}" for work in WORKS} for article in read
    } == {frozenset({f"https://a.example/{work}"}) for work in WORKS[2:]}
    first = answerer.answer("latest on the bridge at Ostermoor", now=NOW).quotes[0]
    assert first.citation.title == "Roofers at Ostermoor bridge"


def test_whatever_is_newer_on_another_matter_is_not_the_latest(answerer):
    """The newest report of all is not told where it is on something else."""
    quotes = answerer.answer("latest on the bridge at Ostermoor", now=NOW).quotes
    assert "The Fair" not in [quote.citation.outlet for quote in quotes]


def test_an_overview_that_wants_no_latest_reads_what_ranks_best(answerer):
    """Age is no reason there."""
    explanation = answerer.explain("What happened at the bridge at Ostermoor?", now=NOW)
    assert not explanation.answer.question.latest
    assert {one.features["recent"] for one in explanation.selection.candidates} == {0.0}


@pytest.mark.parametrize(
    ("asked", "others"),
    [
        (
            "What did The Fair report about granite at Ostermoor bridge?",
            {f"The {w.title()} Post" for w in WORKS},
        ),
        ("What did The Fair report about granite at Ostermoor bridge in 2019?", set()),
    ],
)
def test_an_outlet_that_has_nothing_is_not_among_those_that_report(answerer, asked, others):
    """Offered are reports on the matter, of the days asked about, and only by outlets not asked for."""
    none = answerer.answer(asked, now=NOW)
    assert none.reason is Reason.OUTLET_HAS_NOTHING
    assert "The Fair" in none.question.outlets
    assert set(none.alternatives) <= others
    assert bool(none.alternatives) == bool(others)
    assert {quote.citation.outlet for quote in none.nearest} <= set(none.alternatives)
    assert bool(none.nearest) == bool(others)


@pytest.mark.parametrize(
    "asked",
    [
        "How old is Tove Lind?",
        "How heavy is the bridge at Ostermoor?",
        "How long is the bridge at Ostermoor?",
    ],
)
def test_quotes_without_what_is_asked_for_are_no_answer(answerer, asked):
    """The subject is reported, what is asked about it is not: the nearest quotes are offered only."""
    none = answerer.answer(asked, now=NOW)
    assert none.reason is Reason.NOT_STATED
    assert none.nearest


def test_a_report_of_the_day_need_not_repeat_the_day(answerer):
    """Where the reports that are read are all of the day asked about, its words weigh nothing."""
    day = answerer.explain("Was the bridge at Ostermoor given to painters on 2 May 2025?", now=NOW)
    assert day.selection.asked[0].weights.keys().isdisjoint(stem_words("2 May 2025"))
    assert day.answer.quotes[0].citation.outlet == "The Painters Post"
    plain = answerer.explain("Was the bridge at Ostermoor given to painters?", now=NOW)
    assert day.selection.asked[0].weights.keys() == plain.selection.asked[0].weights.keys()
