"""What questions ask for, and where texts hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Label
from index.quotes.answer_types import (
    AnswerType,
    find_answer_type,
    find_candidates,
    find_names,
    find_stances,
)
from index.quotes.terms import stem_words


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who denied the withdrawal?", AnswerType.PERSON),
        ("Which official spoke?", AnswerType.PERSON),
        ("How many towns came under fire?", AnswerType.NUMBER),
        ("How much did the repair cost?", AnswerType.AMOUNT),
        ("What does the shop charge?", AnswerType.AMOUNT),
        ("What does the man in charge of it want?", AnswerType.OTHER),
        ("How old is the pilot?", AnswerType.AGE),
        ("How long did the outage last?", AnswerType.DURATION),
        ("When were the settlements liberated?", AnswerType.DATE),
        ("Where did the ferry sink?", AnswerType.PLACE),
        ("Which settlements were liberated?", AnswerType.PLACE),
        ("Why was the bridge closed?", AnswerType.REASON),
        ("What did the mayor say about it?", AnswerType.SPEECH),
        ("What did the prisons ombudsman find?", AnswerType.SPEECH),
        ("What did the investigators find out about the cause?", AnswerType.OTHER),
        ("who's Jane Roe", AnswerType.DEFINITION),
        ("What was Alameda Research?", AnswerType.DEFINITION),
        ("What is a sag award?", AnswerType.DEFINITION),
        ("Who is Marta Quenell?", AnswerType.DEFINITION),
        ("what is a speeding ticket", AnswerType.DEFINITION),
        ("What is he accused of?", AnswerType.OTHER),
        ("What is being planned?", AnswerType.OTHER),
        ("what is the wrestler charged with", AnswerType.OTHER),
        ("Who is responsible?", AnswerType.PERSON),
        ("Who was Raske killed by?", AnswerType.PERSON),
        ("What was shot down?", AnswerType.OTHER),
        ("", AnswerType.OTHER),
    ],
)
def test_the_interrogative_tells_what_is_asked_for(question, kind):
    """Each kind of question is known by its words."""
    assert find_answer_type(question) is kind


def texts(kind, text, known=frozenset()):
    return [text[span.start : span.end] for span in find_candidates(kind, text, known)]


def test_names_are_found_and_the_first_word_of_a_sentence_is_not_one():
    """A capital letter that opens a sentence says nothing."""
    text = "Officials in Sellmar told Oleksiy Danilov. Nothing happened."
    assert [text[s.start : s.end] for s in find_names(text)] == ["Sellmar", "Oleksiy Danilov"]


def test_a_date_is_no_number():
    """The 3 of "October 3" does not answer "how many"."""
    assert texts(AnswerType.NUMBER, "On October 3 over 30 towns were hit.") == ["over 30"]
    assert texts(AnswerType.DATE, "On October 3 over 30 towns were hit.") == ["October 3"]


def test_sums_of_money_are_taken_whole():
    """Sign, digits and the word for millions belong together."""
    assert texts(AnswerType.AMOUNT, "It cost $3.5 million, he said.") == ["$3.5 million"]


def test_the_questions_own_names_answer_nothing():
    """Who met Danilov? Not Danilov."""
    text = "Yesterday Danilov met Anna Reyes."
    assert texts(AnswerType.PERSON, text, stem_words("Who met Danilov?")) == ["Anna Reyes"]


@given(st.sampled_from(list(AnswerType)), st.text(max_size=300))
def test_candidates_are_slices_in_order(kind, text):
    """Whatever the text, spans are non-empty, inside it and in order."""
    reached = 0
    for span in find_candidates(kind, text):
        assert reached <= span.start < span.end <= len(text)
        reached = span.end


@pytest.mark.parametrize(
    ("question", "denies"),
    [
        ("Who rejected the report?", True),
        ("Who dismissed it as a rumour?", True),
        ("Who denied the plan?", True),
        ("Who rejected the plan?", False),
        ("Who rejected their last peace offer?", False),
    ],
)
def test_who_rejects_an_offer_denies_nothing(question, denies):
    """A claim can be denied; a plan is refused, which is no word on what is so."""
    assert (Label.DENIED in find_stances(question)) is denies
