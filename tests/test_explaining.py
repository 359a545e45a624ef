"""/why: for admins, in reply to an answer, within one message."""

from __future__ import annotations

from bot.handlers.explaining import render_explanation
from bot.language.texts import PHRASEBOOKS
from bot.messages.composing import TEXT_LIMIT, count_units
from tests.fakes import FakeAnswerer
from tests.stage import on_stage
from tests.telegram_checks import ADMIN, ANN, GROUP, make_message


def reply_to(stage, call):
    """Return the fields of a reply to a message of the bot."""
    return {"reply_to_message": stage.request.describe(call, stage.request.next_message)}


async def test_admin_gets_the_explanation_of_an_answer(tmp_path):
    """The question of the replied answer is asked again; its buttons name it, even after a restart."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("/ask Is the bridge lost?", chat=GROUP)
        fields = reply_to(stage, answer)
    answerer = FakeAnswerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (why,) = await stage.write("/why", chat=GROUP, person=ADMIN, **fields)
    assert answerer.asked == ["Is the bridge lost?"]
    assert why.covered("bold") == ["Why this answer"]
    (lines,) = why.covered("pre")
    assert "asked: Is the bridge lost?" in lines
    assert "Confidence 0.900: covered +1.00" in lines


async def test_no_answer_is_explained_from_the_conversation(tmp_path):
    """A reply without buttons is known by the conversation for as long as that is kept."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Who won the regatta?", person=ADMIN)
        fields = reply_to(stage, answer)
        (why,) = await stage.write("/why", person=ADMIN, **fields)
        assert "Not answered: nothing-on-this" in why.covered("pre")[0]
        await stage.collaborators.conversations.forget_person(ADMIN)
        (gone,) = await stage.write("/why", person=ADMIN, **fields)
    assert gone.text.startswith("I know no question that this message answers.")


async def test_everybody_else_is_refused(tmp_path):
    """Only admins may; and only in reply to the bot's answer."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        (refused,) = await stage.write("/why", person=ANN, **reply_to(stage, answer))
        (alone,) = await stage.write("/why", person=ADMIN)
        other = {"reply_to_message": make_message(ADMIN, ADMIN, "Is the bridge lost?")}
        (foreign,) = await stage.write("/why", person=ADMIN, **other)
        (listed,) = await stage.write("/who Ilse Brandt", person=ADMIN)
        (unasked,) = await stage.write("/why", person=ADMIN, **reply_to(stage, listed))
    assert refused.text == "Only an admin of this bot can do that."
    assert alone.text == foreign.text == "Send /why in reply to one of my answers."
    assert unasked.text.startswith("I know no question that this message answers.")


def test_long_explanation_is_cut_at_a_line():
    """What does not fit in one message is left out by whole lines, and the message says so."""
    message = render_explanation(["😀" * 150 for _ in range(40)], PHRASEBOOKS["en"])
    assert count_units(message.text) <= TEXT_LIMIT
    assert message.text.endswith(f"{'😀' * 150}\n(the rest does not fit)")
    whole = render_explanation(["one", "", "two"], PHRASEBOOKS["en"])
    assert whole.text == "Why this answer\none\n\ntwo"
