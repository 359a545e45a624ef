"""Questions for an overview are read as their topic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.overviews import find_overview


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
        "news",
        "?!",
        "",
    ],
)
def test_a_question_for_a_fact_is_no_overview(asked):
    """Nor is one whose topic goes on with a clause, or that names none."""
    assert find_overview(asked) in ("", asked if asked == "news" else "")


@given(st.text(max_size=300))
def test_a_topic_is_a_slice_of_any_text(text):
    """Nothing is added, and nothing fails."""
    assert find_overview(text) in text
