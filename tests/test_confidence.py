"""How sure an answer is, and why there is none."""

from datetime import date

import pytest

from index.answers import Citation, Dates, Hit, Question, Reason
from index.datatypes import Article, Moment, Passage
from index.quotes.candidates import Source
from index.quotes.confidence import estimate_confidence, explain_absence, load_weights, measure_evidence
from index.quotes.quoting import select_quotes
from index.quotes.terms import Rarity

RARITY = Rarity(500, lambda word: 400 if word.lower() in {"the", "said"} else 2)
TEXTS = (
    ("a", "The Courier", "Over 30 towns came under fire, the army said. The bridge at Sellmar is shut."),
    ("b", "The Lantern", "Rain fell on the market square. Stalls closed early."),
    ("c", "The Lantern", "A choir sang in the old chapel. Nobody minded the rain."),
)
SOURCES = {
    key: Source(
        Article(key, "Report", text, f"{key}.txt", outlet, published=Moment(date(2023, 2, 8))),
        Citation(key, "Report", outlet, None, None, None),
    )
    for key, outlet, text in TEXTS
}
HITS = [Hit(Passage(i, key, 0, len(text), text), 0.8 - i / 4) for i, (key, _, text) in enumerate(TEXTS)]


def weigh(question, hits=HITS, cosines=(0.7, 0.2, 0.1), **given):
    asked = Question(question, question, **given)
    cosines = list(cosines[: len(hits)])
    selection = select_quotes(asked, hits, SOURCES, RARITY)
    return measure_evidence(asked, hits, SOURCES, selection, RARITY, cosines)


def explain(question, hits=HITS, **given):
    return explain_absence(Question(question, question, **given), hits, SOURCES, RARITY)


def test_every_feature_has_a_weight():
    """A feature that is measured and not weighed by either table, or the reverse, is a mistake."""
    measured = set(weigh("How many towns came under fire?")) - {"several", "stance"}
    assert set().union(*load_weights().values()) - {"bias"} == measured


def test_a_question_that_is_answered_gets_more_confidence_than_one_that_is_not():
    """The right sentence, its words and its vectors raise it; unrelated reports lower it."""
    answered = estimate_confidence(weigh("How many towns came under fire?"))
    unanswered = estimate_confidence(weigh("Who won the regatta at Orth?", cosines=(0.2, 0.1, 0.1)))
    assert answered > 0.5 > unanswered


def test_nothing_found_is_no_evidence_and_no_confidence():
    """Zero, not a guess."""
    assert weigh("Who left?", hits=[]) == {}
    assert estimate_confidence({}) == 0.0


def test_confidence_is_a_probability_for_any_evidence():
    """Extreme figures neither overflow nor leave [0, 1]."""
    for several, weights in enumerate(load_weights().values()):
        for size in (1e6, -1e6):
            assert 0 <= estimate_confidence(dict.fromkeys(weights, size) | {"several": float(several)}) <= 1


def test_the_wording_of_a_question_is_no_evidence():
    """Stop words and politeness change nothing."""
    assert weigh("How many towns came under fire?").keys() == weigh("Please, how many?").keys()
    plain, polite = weigh("towns under fire army"), weigh("the towns, which were under fire, and the army?")
    for name in ("together", "together_names", "rest"):
        assert abs(plain[name] - polite[name]) < 1e-9, name


def test_that_a_report_is_new_is_no_evidence():
    """The latest is as sure as what there is on it at all, though a report comes first that tells less."""
    older, newer = (
        "Over 30 towns came under fire, the army said.",
        "Towns came under fire that army said fell.",
    )
    sources = {
        key: Source(
            Article(key, "Report", text, f"{key}.txt", key, published=Moment(date(2023, 2, day))),
            Citation(key, "Report", key, None, None, None),
            story="fire",
        )
        for key, text, day in (("a", older, 1), ("b", newer, 8))
    }
    hits = [
        Hit(Passage(n, key, 0, len(text), text), 0.5)
        for n, (key, text) in enumerate((("a", older), ("b", newer)))
    ]
    firsts, evidence = [], []
    for latest in (False, True):
        asked = Question("Over 30 towns under fire", "", overview=True, latest=latest)
        selection = select_quotes(asked, hits, sources, RARITY)
        firsts.append(selection.candidates[0].article)
        evidence.append(measure_evidence(asked, hits, sources, selection, RARITY, [0.5, 0.5]))
    assert firsts == ["a", "b"]
    assert evidence[0] == pytest.approx(evidence[1])


def test_reports_on_something_else_are_nothing_on_this():
    """No passage holds half of what is asked."""
    assert explain("Who won the regatta at Orth?") is Reason.NOTHING_ON_THIS
    assert explain("Who left?", hits=[]) is Reason.NOTHING_ON_THIS


def test_related_reports_that_do_not_state_it_are_named_so():
    """The subject is there, the answer is not; and whoever is asked about may be all of the subject."""
    assert explain("Is the Sellmar bridge safe?") is Reason.NOT_STATED
    fine = "What fine has Sellmar been given by judges?"
    assert explain(fine, people=("Sellmar",)) is Reason.NOT_STATED
    assert explain("Who won the last regatta held in Sellmar?", people=("Sellmar",)) is Reason.NOTHING_ON_THIS


def test_an_outlet_without_a_report_on_the_subject_has_nothing():
    """Others have: they can be offered."""
    asked = "What did The Lantern write on the Sellmar bridge?"
    assert explain(asked, outlets=("The Lantern",)) is Reason.OUTLET_HAS_NOTHING
    assert explain(asked, outlets=("The Courier", "The Lantern")) is Reason.NOT_STATED
    assert explain(asked, unknown_outlets=("The Lantern",)) is Reason.OUTLET_HAS_NOTHING


def test_reports_from_other_days_are_nothing_in_those_dates():
    """The subject is reported on, outside the days asked about."""
    may = Dates(date(2023, 5, 1), date(2023, 5, 31), published=True)
    assert explain("Is the Sellmar bridge safe?", dates=may) is Reason.NOTHING_IN_DATES
    february = Dates(date(2023, 2, 1), date(2023, 2, 28))
    assert explain("Is the Sellmar bridge safe?", dates=february) is Reason.NOT_STATED
