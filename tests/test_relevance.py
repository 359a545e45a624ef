"""How well a sentence answers a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Label
from index.quotes.answer_types import AnswerType
from index.quotes.relevance import (
    Place,
    list_contributions,
    load_weights,
    measure_relevance,
    prepare_question,
    score_relevance,
)
from index.quotes.terms import Rarity, stem_words

COMMON = {"the": 900, "said": 600, "mayor": 40, "bridge": 30}
RARITY = Rarity(1_000, lambda word: COMMON.get(word.lower(), 1))


def measure(question, sentence, before="", title="", start=0):
    return measure_relevance(prepare_question(question, RARITY), Place(sentence, before, title, start))


def score(question, sentence, **place):
    return score_relevance(measure(question, sentence, **place))


def test_every_feature_has_a_weight():
    """A feature that is measured and not weighed, or the reverse, is a mistake."""
    assert set(measure("Who left?", "Ada left.")) == set(load_weights())


def test_coverage_is_the_share_of_rare_words():
    """All of the question's words give 1, none gives 0, the rarer half gives more than half."""
    question = "Did the mayor mention Kanashevych?"
    assert measure(question, "The mayor did mention Kanashevych.")["coverage"] == 1
    assert measure(question, "It rained.")["coverage"] == 0
    assert (
        measure(question, "Kanashevych left.")["coverage"] > measure(question, "The mayor left.")["coverage"]
    )


def test_a_sentence_with_the_asked_type_is_preferred():
    """How many: the one with a number."""
    question = "How many towns came under fire?"
    assert (
        score(question, "Over 30 towns came under fire.") > score(question, "The towns came under fire.") + 1
    )


def test_of_equal_sentences_the_earlier_is_preferred():
    """News tells the main thing first."""
    sentence = "The bridge was closed on Monday."
    assert score("When was the bridge closed?", sentence) > score(
        "When was the bridge closed?", sentence, start=3_000
    )


def test_a_pronoun_takes_over_the_words_of_the_sentence_before():
    """What he said is credited with the name beside it."""
    question = "What did Danilov say about the offensive?"
    owned = measure(question, "He said it would come.", before="Danilov spoke of the offensive.")
    assert owned["around"] > 0
    assert owned["pronoun"] > 0
    assert (
        measure(question, "Nobody said it would come.", before="Danilov spoke of the offensive.")["around"]
        == 0
    )


def test_outlets_that_a_question_names_weigh_nothing():
    """The name of an outlet says where to look."""
    asked = prepare_question("What did the Courier report on Kanashevych?", RARITY, frozenset({"courier"}))
    assert "courier" not in asked.weights
    assert asked.weights


def test_a_question_of_ignored_words_alone_keeps_them():
    """An outlet alone still asks for something."""
    assert prepare_question("Courier?", RARITY, frozenset({"courier"})).weights


def test_how_many_are_to_be_named_need_not_be_said():
    """Who asks for five names weighs the names; who counts weighs the number."""
    assert stem_words("five").isdisjoint(prepare_question("Which five villages were freed?", RARITY).weights)
    assert stem_words("five") <= prepare_question("Who freed five villages?", RARITY).weights.keys()


@given(st.text(max_size=120), st.text(max_size=200), st.text(max_size=80))
def test_features_of_any_text_are_finite_and_bounded(question, sentence, before):
    """No text raises, and shares stay shares."""
    features = measure(question, sentence, before=before)
    for name in (
        "coverage",
        "likeness",
        "names",
        "pairs",
        "before",
        "around",
        "near",
        "focus",
        "order",
    ):
        assert 0 <= features[name] <= 1 + 1e-9, name


def test_the_words_of_the_wanted_speaker_are_preferred():
    """What did the mayor say? What the mayor said, not what others said of the mayor."""
    prepared = prepare_question("What did the mayor of Varn say?", RARITY)
    words = Place("He would not resign.", "", "", 0, stem_words("mayor Varn"), frozenset({Label.STATED}))
    others = Place("He would not resign.", "", "", 0, frozenset({"critic"}), frozenset({Label.STATED}))
    neighbours = Place(
        "He would not resign.", "", "", 0, stem_words("Varn hospital"), frozenset({Label.STATED})
    )
    assert measure_relevance(prepared, words)["said_by"] == 1
    assert measure_relevance(prepared, others)["said_by"] == 0
    assert measure_relevance(prepared, neighbours)["said_by"] == 0


def test_the_wanted_speaker_may_ask():
    """A question among the words of whom one asks to hear is no interviewer's."""
    asked = prepare_question("What did Ada Lund say about the lorries?", RARITY)
    heard = Place("Is that a fleet?”", "", "", 0, speakers=stem_words("Ada Lund"))
    assert measure_relevance(asked, heard)["asks"] == 0
    assert measure_relevance(asked, Place("Is that a fleet?”", "", "", 0))["asks"] == 1


def test_who_denied_asks_for_a_denial():
    """A statement labelled as a denial, with a speaker, fits; the report of the claim does not."""
    prepared = prepare_question("Who denied that the bridge was closed?", RARITY)
    denial = Place("Nothing was closed.", "", "", 0, frozenset({"voss"}), frozenset({Label.DENIED}))
    report = Place("The bridge was closed.", "", "", 0)
    assert (
        measure_relevance(prepared, denial)["stance"]
        == measure_relevance(prepared, denial)["attributed"]
        == 1
    )
    assert (
        measure_relevance(prepared, report)["stance"]
        == measure_relevance(prepared, report)["attributed"]
        == 0
    )


def test_contributions_add_up_to_the_score():
    """What an explanation shows of a sentence is all of its score."""
    features = measure("Who closed the bridge?", "Ada Reed closed the bridge.")
    gains = list_contributions(features)
    assert sum(gains.values()) == pytest.approx(score_relevance(features))
    assert all(gains.values())


def test_a_fragment_without_a_verb_is_no_answer():
    """What a splitter cut off at a dot holds a name and a month, and tells nothing."""
    question = "When did Binance start?"
    assert score(question, "In April, Binance.") < score(question, "Binance launched in June 2017.")


@pytest.mark.parametrize(
    ("question", "echo", "answer", "before"),
    [
        ("How heavy was the lock's gate?", "The lock's gate hit 11 people.", "It weighed 92 tonnes.", ""),
        (
            "Who signed the reply?",
            "The reply was one line long.",
            "It was signed by Bastian Orrel.",
            "The reply came.",
        ),
    ],
)
def test_an_echo_of_the_question_does_not_beat_the_answer(question, echo, answer, before):
    """Repeating its words is not telling what it asks for."""
    assert score(question, answer, before=before or echo) > score(question, echo)


def test_who_said_something_is_answered_by_a_speaker_without_a_name_too():
    """A source is as good as a minister."""
    prepared = prepare_question("Who said that the alarm was off?", RARITY)
    place = Place("“It was off,” a source said.", "", "", 0, frozenset({"source"}))
    assert measure_relevance(prepared, place)["fit_name"] == 1


def test_what_stands_in_brackets_asks_for_nothing():
    """A follow-up asks by its own words; a fragment asks by those of the question that it goes on with."""
    rarity = Rarity(100, lambda word: 1)
    about = "(why did the guards leave)"
    assert prepare_question(f"What did they use? {about}", rarity).kind is not AnswerType.REASON
    assert prepare_question(f"The siren? {about}", rarity).kind is AnswerType.REASON
    assert prepare_question(f"What did they use? {about}", rarity).own.isdisjoint({"guard", "leav"})
