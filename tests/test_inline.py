"""Inline mode: cards to send, reasons why there are none, and every query answered."""

from __future__ import annotations

from dataclasses import replace

from index.answers import Reason
from tests.fakes import (
    CLAIM,
    COURIER,
    DENIAL,
    NOTHING,
    REPAIRS,
    TIMES,
    UNHURT,
    FakeAnswerer,
    refuse_to_open,
)
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, Call


def contents(call):
    """Return each card's message as if it were sent, so that its entities can be read."""
    cards = (card["input_message_content"] for card in call.values["results"])
    return [Call("sendMessage", {"text": card["message_text"], **card}) for card in cards]


async def test_cards_hold_a_quote_with_its_source(tmp_path):
    """Each card is a quote with speaker, outlet, date and link; the sides of a dispute share a card."""
    async with on_stage(tmp_path) as stage:
        call = await stage.query("Is  the bridge lost?")
    assert call.method == "answerInlineQuery"
    assert call.values["is_personal"] is True
    assert 0 < call.values["cache_time"] <= 300
    quotes = [card.covered("blockquote") for card in contents(call)]
    assert quotes == [[CLAIM.text, DENIAL.text], [REPAIRS.text], [UNHURT.text]]
    first = contents(call)[0]
    assert first.text.startswith("⚖ Disputed\n\nA fireman, to the Harbour Agency — claim [1]\n")
    assert "The Courier · 8 Feb 2023, 11:44 UTC" in first.text
    assert f"“{COURIER.title}”" in first.covered("text_link")
    title = call.values["results"][0]["title"]
    assert (title, call.values["results"][0]["description"]) == ("A fireman · The Courier", CLAIM.text)
    assert call.values["results"][1]["title"] == "As reported"


async def test_no_answer_is_said_above_the_results(tmp_path):
    """Where nothing answers, where nothing is typed and where nothing is built, a button says so."""
    async with on_stage(tmp_path) as stage:
        none = await stage.query("Who won the regatta?")
        empty = await stage.query("   ")
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        missing = await stage.query("Is the bridge lost?")
    notes = [call.values["button"]["text"] for call in (none, empty, missing)]
    assert notes == [
        "Nothing in the reports answers this.",
        "Ask about reported events",
        "The index is not ready yet",
    ]
    assert none.values["results"] == empty.values["results"] == missing.values["results"] == []
    assert missing.values["cache_time"] == 0


async def test_notes_above_the_cards_say_what_they_are_worth(tmp_path):
    """A note says that cards are unsure, or that quotes are too long for one, or what to type."""
    answerer = FakeAnswerer()
    plain = answerer.answers["How long will repairs take?"]
    answerer.answers["Is it sure?"] = replace(plain, sure=False)
    answerer.articles["a2"] = replace(TIMES, text="Word " * 900)
    huge = replace(UNHURT, start=0, end=4499, text=("Word " * 900)[:-1])
    answerer.answers["Is it long?"] = replace(plain, quotes=(huge,))
    answerer.answers["hello there"] = replace(NOTHING, reason=Reason.NOT_A_QUESTION)
    async with on_stage(tmp_path, answerer=answerer) as stage:
        long = await stage.query("Is it long?")
        chat = await stage.query("hello there")
        answerer.articles["a2"] = TIMES
        unsure = await stage.query("Is it sure?")
    assert len(unsure.values["results"]) == 1
    assert unsure.values["button"]["text"] == "The nearest reports; not sure that they answer this"
    assert long.values["results"] == []
    assert long.values["button"]["text"] == "These quotes are too long for a card"
    assert chat.values["button"]["text"] == "Ask about reported events"


async def test_card_with_a_changed_quote_is_not_offered(tmp_path):
    """A card goes when one of its quotes no longer equals its text: a claim is never left alone."""
    answerer = FakeAnswerer()
    answerer.articles["a1"] = replace(COURIER, text=COURIER.text.replace("denied", "agreed"))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        call = await stage.query("Is the bridge lost?")
        assert [card.covered("blockquote") for card in contents(call)] == [[REPAIRS.text], [UNHURT.text]]
        answerer.articles.clear()
        nothing = await stage.query("Is the bridge lost?")
    assert nothing.values["results"] == []
    assert nothing.values["button"]["text"] == "Sorry, something went wrong"


async def test_failures_limits_and_long_queries_are_answered(tmp_path):
    """An error, too many queries and one that is too long get their note, and no query goes without."""
    answerer = FakeAnswerer()
    answerer.failure = RuntimeError("disk gone")
    async with on_stage(tmp_path, answerer=answerer, questions_per_person=1, max_question=50) as stage:
        failed = await stage.query("Is the bridge lost?")
        long = await stage.query("x" * 200)
        answerer.failure = None
        for _ in range(3):
            await stage.query("Is the bridge lost?")
        limited = await stage.query("Is the bridge lost?")
        other = await stage.query("Is the bridge lost?", person=BEN)
    assert failed.values["button"]["text"] == "Sorry, something went wrong"
    assert long.values["button"]["text"] == "That question is too long"
    assert limited.values["button"]["text"].startswith("Too many questions")
    assert other.values["results"]


async def test_query_that_came_too_late_is_no_error(tmp_path, caplog):
    """A query that Telegram has given up on is left alone."""
    late = (400, {"description": "Bad Request: query is too old and response timeout expired"})
    async with on_stage(tmp_path) as stage:
        stage.request.faults["answerInlineQuery"] = [late]
        await stage.query("Is the bridge lost?")
    assert "failed" not in caplog.text


async def test_sent_card_is_not_answered(tmp_path):
    """A card that somebody sends into a chat with the bot is no question to it."""
    async with on_stage(tmp_path) as stage:
        via = {"via_bot": {"id": 4242, "is_bot": True, "first_name": "Onrecord"}}
        assert await stage.write("Is the bridge lost?", **via) == []


async def test_half_typed_query_gives_way_to_the_next(tmp_path):
    """A query that still waits when its person has typed on is answered with nothing and never searched."""
    answerer = FakeAnswerer()
    sender = {"id": ANN, "is_bot": False, "first_name": "Somebody"}
    async with on_stage(tmp_path, answerer=answerer, workers=1) as stage:
        answerer.gate.clear()
        await stage.put({"message": stage.compose("Who won the regatta?", person=BEN)})
        await stage.settle(lambda: bool(answerer.asked))
        for number, typed in enumerate(("Is", "Is the", "Is the bridge lost?")):
            query = {"id": str(number), "from": sender, "query": typed, "offset": ""}
            await stage.put({"inline_query": query})
        answers = lambda: [c for c in stage.request.calls if c.method == "answerInlineQuery"]  # noqa: E731
        await stage.settle(lambda: len(answers()) == 2)
        assert [call.values["results"] for call in answers()] == [[], []]
        assert [call.values["cache_time"] for call in answers()] == [0, 0]
        answerer.gate.set()
        await stage.settle(lambda: len(answers()) == 3)
        assert answerer.asked == ["Who won the regatta?", "Is the bridge lost?"]
    assert len(answers()[-1].values["results"]) == 3


async def test_half_typed_queries_hold_nothing_up(tmp_path):
    """While an inline query is being worked on, the same person is answered in the private chat."""
    answerer = FakeAnswerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        answerer.gate.clear()
        sender = {"id": ANN, "is_bot": False, "first_name": "Somebody"}
        await stage.put({"inline_query": {"id": "7", "from": sender, "query": "Is the", "offset": ""}})
        await stage.settle(lambda: bool(answerer.asked))
        await stage.put({"message": stage.compose("/privacy")})
        await stage.settle(lambda: bool(stage.request.calls))
        assert stage.request.calls[0].text.startswith("What I keep")
        answerer.gate.set()
        await stage.settle(lambda: len(stage.request.calls) == 2)
    assert stage.request.calls[1].method == "answerInlineQuery"
