"""Questions for an overview are read as their topic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Span
from index.questions.overviews import asks_for_anything, find_overview


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("What happened in Lindover?", "Lindover"),
        ("what happened at Port Sellmar on 6 May", "Port Sellmar on 6 May"),
        ("What’s going on with the Tarnwell works?", "the Tarnwell works"),
        ("What has been happening in Brennica before 20 May?", "Brennica before 20 May"),
        ("What's the latest on the recount?", "the recount"),
        ("any news about the Kestrel Lock?", "the Kestrel Lock"),
        ("latest on Varn", "Varn"),
        ("Please tell me about the leak in Quillby.", "the leak in Quillby"),
        ("Can you summarise the recount?", "the recount"),
        ("What do we know about Varn?", "Varn"),
        ("Kestrel Lock", "Kestrel Lock"),
        ("quillby?", "quillby"),
        ("WHAT HAPPENED IN LINDOVER?", "LINDOVER"),
        ("What Happened In Lindover?", "Lindover"),
        ("KESTREL LOCK", "KESTREL LOCK"),
        ("Will Harrow", "Will Harrow"),
        ("🔥 what happened at the lock? 🔥", "the lock"),
        ("So, what happened in Varn?", "Varn"),
        ("Hi, any news on the recount?", "the recount"),
        ("Summarise the recount please", "the recount"),
        ("news from Varn since 25 May", "Varn since 25 May"),
        ("Any updates? (the spill)", "the spill"),
        ("what about Varn?", "Varn"),
        ("Great Harrow", "Great Harrow"),
        ("What's the latest? (the spill in Quillby)", "the spill in Quillby"),
    ],
)
def test_the_topic_is_what_follows_the_opening_words(asked, topic):
    """However an overview is asked for; a name alone asks for one too."""
    assert find_overview(asked) == topic


@pytest.mark.parametrize(
    "asked",
    [
        "What happened to the deckhand?",
        "What happened in Lindover after the recount was ordered?",
        "Tell me who denied the withdrawal",
        "What was known about the people treated in Quillby before 13 July?",
        "Who won the election?",
        "mayor of Lindover",
        "What happened in",
        "?!",
        "",
        "WHO DENIED THE WITHDRAWAL?",
        "Who Denied It?",
        "¿QUIÉN NEGÓ LA RETIRADA?",
        "Why? (the spill)",
        "What happened in Varn since the recount was ordered?",
    ],
)
def test_a_question_for_a_fact_is_no_overview(asked):
    """Nor is one whose topic goes on with a clause, or that names none."""
    assert find_overview(asked) == ""


@pytest.mark.parametrize(
    "asked", ["news", "Latest?", "any news?", "What's new?", "what happened?", "Tell me more!"]
)
def test_an_overview_of_nothing_is_told_by_its_words(asked):
    """A question for news that names no topic has none, and is known as such; one with a topic is not."""
    assert find_overview(asked) == ""
    assert asks_for_anything(asked)
    assert not asks_for_anything(f"{asked.rstrip('?!')} Lindover")


def test_a_day_after_since_begins_no_clause():
    """What is known to be a date bounds the topic, however it is written."""
    asked = "any news on the recount since last week?"
    assert find_overview(asked) == ""
    assert find_overview(asked, [Span(24, 39)]) == "the recount since last week"


@given(st.text(max_size=300))
def test_a_topic_is_a_slice_of_any_text(text):
    """Nothing is added, and nothing fails."""
    assert find_overview(text) in text
