"""Guest mode: a mention in a chat that the bot is not in is answered there once, and nothing is kept."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes import CLAIM, COURIER, DENIAL, REPAIRS, TIMES, UNHURT, FakeAnswerer, refuse_to_open
from tests.stage import ELSEWHERE, on_stage
from tests.telegram_checks import ANN, BEN, BOT, Call

STALE = (400, {"description": "Bad Request: query is too old and response timeout expired"})


def read_reply(calls):
    """Return the one message that answered a guest message, as if it were sent, and its buttons."""
    (call,) = calls
    assert (call.method, call.values["guest_query_id"]) == ("answerGuestQuery", "9")
    card = call.values["result"]
    content = card["input_message_content"]
    keyboard = card.get("reply_markup", {})
    return Call("sendMessage", {"text": content["message_text"], "reply_markup": keyboard, **content})


async def test_mention_is_answered_once_and_complete(tmp_path):
    """A mention gets one message with quotes, speakers and sources, both sides of a dispute in it."""
    async with on_stage(tmp_path) as stage:
        reply = read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
        assert stage.answerer.asked == ["Is the bridge lost?"]
    assert reply.text.startswith("⚖ Disputed · 2 independent reports · 8–9 Feb 2023")
    assert reply.covered("blockquote") == [CLAIM.text, DENIAL.text, REPAIRS.text]
    assert "The Courier · 8 Feb 2023, 11:44 UTC" in reply.text
    assert [button["copy_text"]["text"] for button in reply.buttons] == [CLAIM.text]


async def test_nothing_of_it_is_kept(tmp_path):
    """Neither an answer nor a conversation is kept of a guest message; the bot's file does not grow."""
    async with on_stage(tmp_path) as stage:
        await stage.summon("@onrecord_bot Is the bridge lost?")
        assert (await stage.state.count()).answers == 0
        assert await stage.collaborators.conversations.forget_person(ANN) == 0


async def test_it_says_why_it_cannot_answer(tmp_path):
    """No answer, no question, too long a question and no index are each told, in one message."""
    async with on_stage(tmp_path, max_question=50) as stage:
        nothing = read_reply(await stage.summon("@onrecord_bot Who won the regatta?"))
        empty = read_reply(await stage.summon("@onrecord_bot"))
        long = read_reply(await stage.summon(f"@onrecord_bot {'why ' * 20}"))
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        missing = read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
    assert nothing.text.startswith("Nothing in the reports answers this.\n\nNewest report: 9 Feb 2023.")
    assert nothing.buttons == []
    assert "@onrecord_bot Who denied it?" in empty.text
    assert long.text.startswith("That is 79 characters long; I can take 50.")
    assert missing.text.startswith("There is no index yet")


async def test_follow_up_is_read_from_what_it_replies_to(tmp_path):
    """A reply to the bot's guest answer is completed from its first quote, for whoever asks."""
    async with on_stage(tmp_path) as stage:
        answer = read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
        replied = stage.compose(answer.text, chat=ELSEWHERE) | {
            "from": BOT,
            "entities": answer.values["entities"],
        }
        await stage.summon("why?", person=BEN, reply_to_message=replied)
        assert stage.answerer.asked[-1] == "why?"
        assert "The bridge is lost" in stage.answerer.understood[-1]


async def test_mention_alone_asks_about_the_message_replied_to(tmp_path):
    """A mention without a question, in reply to somebody's message, asks that message."""
    async with on_stage(tmp_path) as stage:
        other = stage.compose("How long will repairs take?", chat=ELSEWHERE, person=BEN)
        reply = read_reply(await stage.summon("@onrecord_bot", reply_to_message=other))
    assert "three months" in reply.text


async def test_limit_is_shared_with_other_chats_and_told_once(tmp_path):
    """Guest questions count with a person's others; the refusal is told once, then there is silence."""
    async with on_stage(tmp_path, questions_per_person=2) as stage:
        await stage.write("Is the bridge lost?")
        read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
        refused = read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
        assert await stage.summon("@onrecord_bot Is the bridge lost?") == []
        read_reply(await stage.summon("@onrecord_bot Is the bridge lost?", person=BEN))
    assert refused.text.startswith("That is a lot of questions at once.")


async def test_only_people_are_answered(tmp_path):
    """Another bot's mention is not answered, so that two bots do not talk for ever."""
    async with on_stage(tmp_path) as stage:
        robot = {"from": {"id": 5, "is_bot": True, "first_name": "Robot"}}
        assert await stage.summon("@onrecord_bot Is the bridge lost?", **robot) == []
        via = {"via_bot": {"id": 5, "is_bot": True, "first_name": "Robot"}}
        assert await stage.summon("@onrecord_bot Is the bridge lost?", **via) == []


async def test_settings_are_the_persons_and_not_the_chats(tmp_path):
    """What another chat with the same number has chosen has no effect; what the person chose has."""
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.change(ELSEWHERE, quotes=1, admins_only=True)
        assert (
            len(read_reply(await stage.summon("@onrecord_bot Is the bridge lost?")).covered("blockquote"))
            == 3
        )
        await stage.collaborators.preferences.change(ANN, quotes=1)
        assert (
            len(read_reply(await stage.summon("@onrecord_bot Is the bridge lost?")).covered("blockquote"))
            == 2
        )


async def test_answer_is_cut_to_whole_quotes_or_declined(tmp_path):
    """Quotes that do not fit together are left out whole; where not even one fits, that is said."""
    answerer = FakeAnswerer()
    text = "Word " * 700
    answerer.articles["a2"] = replace(TIMES, text=text * 2)
    first = replace(UNHURT, start=0, end=len(text) - 1, text=text[:-1])
    second = replace(first, start=len(text), end=2 * len(text) - 1)
    plain = answerer.answers["How long will repairs take?"]
    answerer.answers["How long will repairs take?"] = replace(plain, quotes=(first, second))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        cut = read_reply(await stage.summon("@onrecord_bot How long will repairs take?"))
        answerer.articles["a2"] = replace(TIMES, text="Word " * 900)
        huge = replace(first, end=4499, text=("Word " * 900)[:-1])
        answerer.answers["How long will repairs take?"] = replace(plain, quotes=(huge,))
        declined = read_reply(await stage.summon("@onrecord_bot How long will repairs take?"))
    assert cut.covered("expandable_blockquote") == [first.text]
    assert (
        declined.text == "These quotes are too long for one message. Please ask me in private: @onrecord_bot"
    )


async def test_changed_quote_is_not_sent(tmp_path, caplog):
    """A quote that no longer equals its text is left out; where none is left there is one apology."""
    answerer = FakeAnswerer()
    answerer.articles["a1"] = replace(COURIER, text=COURIER.text.replace("denied", "agreed"))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        reply = read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
        answerer.articles.clear()
        failed = read_reply(await stage.summon("@onrecord_bot Is the bridge lost?"))
    assert DENIAL.text not in reply.text
    assert failed.text.startswith("Sorry, something went wrong")
    assert "an update failed: guest_message" in caplog.text


async def test_late_and_refused_queries_end_there(tmp_path, caplog):
    """A query that Telegram has given up on, or a chat where it may not write, is no error."""
    async with on_stage(tmp_path) as stage:
        stage.request.faults["answerGuestQuery"] = [STALE, (403, {"description": "Forbidden: not allowed"})]
        assert len(await stage.summon("@onrecord_bot Is the bridge lost?")) == 1
        assert len(await stage.summon("@onrecord_bot Is the bridge lost?")) == 1
    assert "failed" not in caplog.text
