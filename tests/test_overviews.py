"""Questions for an overview are read as their topic."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Span
from index.questions.overviews import asks_for_anything, asks_for_news, find_overview
from index.questions.question import parse_question

NOW = datetime(2025, 8, 6, 12, tzinfo=UTC)


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
        ("what should I know about the recount", "the recount"),
        ("What can you tell me about Varn?", "Varn"),
        ("anything new on the shooting?", "the shooting"),
        ("whats the story with the canteen", "the canteen"),
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


def read(asked):
    """Return whether a question asks for the news, as it is parsed."""
    outlets = ("The Courier", "Halyard News Agency")
    aliases = {"Halyard News Agency": ["Halyard"]}
    return parse_question(asked, NOW, outlets, aliases, NOW.date()).anything


@pytest.mark.parametrize(
    "asked",
    [
        "What happened yesterday?",
        "what's new today",
        "any news?",
        "news of 8 May",
        "What did the Courier report last week?",
        "What does the Courier write about?",
        "What's the latest from Halyard?",
        "What's new in the Courier?",
        "Yesterday’s headlines, please",
        "Show me today's top stories",
        "reports published on 8 May",
        "What was reported on 8 May?",
        "Everything from the Courier",
        "did anything happen yesterday?",
        "summarise last week",
        "what have I missed?",
        "WHAT HAPPENED YESTERDAY?",
        "yesterday",
        "8 May?",
        "Halyard",
        "the Courier last week",
        "Any news? (8 May 2025)",
        "¿Qué pasó ayer?",
        "¿qué hay de nuevo?",
        "últimas noticias",
        "¿Qué publicó el Courier la semana pasada?",
        "что нового",
        "Что случилось 8 мая?",
        "Какие новости за прошлую неделю?",
        "О чём писал Courier вчера?",
        "що нового?",
        "Що сталося вчора?",
        "новини",
    ],
)
def test_news_is_asked_for_by_days_and_outlets(asked):
    """In any language of the bot, and by a day or an outlet alone, where no topic is named."""
    assert read(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "What happened in Lindover yesterday?",
        "What happened to Halyard?",
        "Tell me about Halyard",
        "What did the Courier report about the recount?",
        "What did the mayor say yesterday?",
        "Who reported yesterday?",
        "Why did the Courier apologise last week?",
        "What was the price yesterday?",
        "What is the Courier?",
        "What did they say?",
        "tell me more",
        "everything",
        "summarise it",
        "¿Qué pasó en Quillby?",
        "Что случилось в Линдовере?",
        "новости о пересчёте",
        "hello",
        "",
    ],
)
def test_a_question_with_a_topic_asks_for_no_news(asked):
    """Nor does one for more of what was talked about."""
    assert not read(asked)


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("¿Qué pasó en Quillby?", "Quillby"),
        ("noticias sobre la fuga", "la fuga"),
        ("Что случилось в Линдовере?", "Линдовере"),
        ("Последние новости о пересчёте", "пересчёте"),
        ("Що відомо про витік?", "витік"),
        ("¿Qué pasó en Quillby cuando reventó el tanque?", ""),
    ],
)
def test_topics_are_found_in_other_languages(asked, topic):
    """The plain forms of the bot's languages."""
    assert find_overview(asked) == topic


def test_an_outlet_keeps_its_name_in_the_topic():
    """A name that is also a word is known by where it stood in the whole question."""
    question = parse_question("Any news from The Verge on Android?", NOW, ("The Verge",), {})
    assert question.outlets == ("The Verge",)
    bare = parse_question("What's the latest from The Verge?", NOW, ("The Verge",), {})
    assert (bare.outlets, bare.anything) == (("The Verge",), True)


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_news_is_told_from_any_text(text, one, other):
    """Nothing fails, wherever a date is said to stand."""
    asks_for_news(text, [Span(*sorted((min(one, len(text)), min(other, len(text)))))], [])
