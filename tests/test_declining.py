"""No answer in words: each reason, what else there is, how fresh the index is, who may only have greeted."""

from __future__ import annotations

from dataclasses import replace

from bot.language.texts import PHRASEBOOKS
from bot.messages.declining import render_no_answer
from index.answers import Dates, NoAnswer, Reason
from tests.fakes import NEAREST, STATUS, ask_about
from tests.stage import on_stage

ENGLISH = PHRASEBOOKS["en"]


def test_every_reason_has_its_own_words():
    """Each reason for "no answer" reads differently, and names the dates or the outlet asked for."""
    texts = {render_no_answer(NoAnswer(ask_about("?"), reason), None, ENGLISH).text for reason in Reason}
    assert len(texts) == len(Reason)
    dated = replace(ask_about("?"), dates=Dates(None, None, phrase="last week"))
    assert "“last week”" in render_no_answer(NoAnswer(dated, Reason.NOTHING_IN_DATES), None, ENGLISH).text
    asked = replace(ask_about("?"), outlets=("The Echo",))
    none = NoAnswer(asked, Reason.OUTLET_HAS_NOTHING, alternatives=("The Courier", "The Globe"))
    assert render_no_answer(none, STATUS, ENGLISH).text.splitlines()[:2] == [
        "The Echo: nothing on this in the index.",
        "Others report on it: The Courier and The Globe.",
    ]
    itself = replace(none, alternatives=("The Echo",))
    assert "Others report" not in render_no_answer(itself, STATUS, ENGLISH).text
    assert "Newest report: 9 Feb 2023" in render_no_answer(NEAREST, STATUS, ENGLISH).text


async def test_no_answer_says_why_and_how_fresh_the_index_is(tmp_path):
    """A "no answer" gives its reason and the newest report's date, and a button for the nearest."""
    async with on_stage(tmp_path) as stage:
        (related,) = await stage.write("Who paid for the repairs at Varn?")
        (nothing,) = await stage.write("Who won the regatta?")
        assert [button["text"] for button in related.buttons] == ["Nearest reports"]
        edit, answered = await stage.press(related, "Nearest reports")
    assert nothing.text == (
        "Nothing in the reports answers this.\n\nNewest report: 9 Feb 2023. Index built 10 Feb 2023."
    )
    assert nothing.buttons == []
    assert related.text.startswith("There are related reports, but none of them states this.")
    assert edit.method == "editMessageText"
    assert edit.text.startswith("Nearest reports. None of them answers the question.")
    assert edit.covered("blockquote") == ["Nobody was hurt."]
    assert answered.method == "answerCallbackQuery"


async def test_a_question_in_another_language_is_told_so(tmp_path):
    """Where the language of a question leads to nothing, that is said, in views and to guests too."""
    async with on_stage(tmp_path) as stage:
        stage.answerer.foreign = {"Кто победил?", NEAREST.question.text}
        (nothing,) = await stage.write("Кто победил?")
        (guest,) = await stage.summon("@onrecord_bot Кто победил?")
        (related,) = await stage.write(NEAREST.question.text)
        nearest, _ = await stage.press(related, "Nearest reports")
        back, _ = await stage.press(nearest, "Back")
        (known,) = await stage.write("Who won the regatta?")
        (topic,) = await stage.write("/timeline Кто победил?")
    told = "I understand only questions in the language of the reports."
    assert nothing.text.splitlines()[0] == told
    assert "Nothing in the reports" not in nothing.text
    assert told in guest.values["result"]["input_message_content"]["message_text"]
    assert told in related.text
    assert back.text == related.text
    assert told not in known.text
    assert told not in topic.text
    none = NoAnswer(ask_about("¿?"), Reason.NOT_A_QUESTION)
    assert told not in render_no_answer(none, STATUS, ENGLISH, understood=False).text


def test_a_question_about_nothing_is_asked_back():
    """What it is about is not known, and how fresh the index is says nothing of that."""
    told = render_no_answer(NoAnswer(ask_about("Is it true?"), Reason.NOTHING_MEANT), STATUS, ENGLISH)
    assert told.text == "I cannot tell what this is about. Name a person, place or event."


async def test_a_greeting_is_told_what_to_ask(tmp_path):
    """Small talk is met with what one may ask; what may be a question is searched for."""
    async with on_stage(tmp_path) as stage:
        for text, asks in (
            ("hello", False),
            ("good morning!", False),
            ("why?", True),
            ("Who won the regatta", True),
        ):
            (call,) = await stage.write(text)
            assert call.text.startswith("Nothing in the reports answers this.\n") is asks
            assert ("Ask me something like: " in call.text) is not asks, text
