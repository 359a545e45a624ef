"""Buttons under an answer: views, votes, and buttons that came too late."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.memory.state import State
from tests.fakes import CLAIM, COURIER, DENIAL, REPAIRS, TIMES, UNHURT, FakeAnswerer
from tests.stage import on_stage
from tests.telegram_checks import BEN


async def test_views_are_edited_in_place_and_lead_back(tmp_path):
    """Context, More and Other side replace the message's text, and Back brings the answer again."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        number = stage.request.next_message
        seen = {}
        for label in ("Context", "More", "Other side"):
            edit, done = await stage.press(answer, label)
            assert (edit.method, edit.values["message_id"]) == ("editMessageText", number)
            assert (done.method, done.values.get("text")) == ("answerCallbackQuery", None)
            seen[label] = edit
        back, _ = await stage.press(seen["Context"], "Back")
    assert CLAIM.text in seen["Context"].covered("bold")
    assert seen["Context"].covered("blockquote") == [COURIER.text]
    assert seen["More"].covered("blockquote") == [UNHURT.text]
    assert seen["Other side"].covered("blockquote") == [DENIAL.text]
    assert back.text == answer.text
    assert back.buttons == answer.buttons


async def test_dispute_behind_more_is_told_there(tmp_path):
    """Where only quotes behind More are disputed, More says so, and the answer itself does not."""
    answerer = FakeAnswerer()
    disputed = answerer.answers["Is the bridge lost?"]
    answerer.answers["Is the bridge lost?"] = replace(disputed, quotes=(REPAIRS, UNHURT, CLAIM, DENIAL))
    async with on_stage(tmp_path, answerer=answerer, shown_quotes=2) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        more, _ = await stage.press(answer, "More")
        back, _ = await stage.press(more, "Back")
    assert answer.text.startswith("1 report")
    assert "Other side" not in [button["text"] for button in answer.buttons]
    assert more.text.startswith(
        "⚖ Disputed · More from the reports\n\nA fireman, to the Harbour Agency — claim [2]"
    )
    assert more.covered("blockquote") == [CLAIM.text, DENIAL.text]
    assert back.text == answer.text


async def test_context_pages_go_round(tmp_path):
    """Each shown quote is a page of the context, and the arrows go round."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        page, _ = await stage.press(answer, "Context")
        bold = [page.covered("bold")]
        for _ in range(3):
            page, _ = await stage.press(page, "›")
            bold.append(page.covered("bold"))
        assert bold[0] == bold[3] == [CLAIM.text]
        assert len({words[0] for words in bold}) == 3
        before, _ = await stage.press(page, "‹")
        assert before.covered("bold") == bold[2]


async def test_buttons_survive_a_restart(tmp_path):
    """A button of an answer from before a restart works as before."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
    async with on_stage(tmp_path) as stage:
        edit, _ = await stage.press(answer, "Context")
        assert CLAIM.text in edit.covered("bold")


async def test_view_of_a_rebuilt_index_leaves_out_what_is_gone(tmp_path):
    """After a rebuild, quotes of a changed article are left out, and where none is left that is said."""
    answerer = FakeAnswerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        answerer.articles["a1"] = replace(COURIER, text="Corrected: the bridge stands.")
        edit, _ = await stage.press(answer, "Context")
        assert edit.covered("bold") == ["Repairs will take three months, engineers said 😀."]
        del answerer.articles["a2"]
        (done,) = await stage.press(answer, "Context")
    assert done.values["text"] == "These quotes are no longer in the index. Please ask again."


async def test_outdated_and_unknown_buttons_are_answered_kindly(tmp_path):
    """A button of another version, of a deleted answer, or of nonsense is answered and edits nothing."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        (token,) = {
            button["callback_data"].split(":")[2] for button in answer.buttons if "callback_data" in button
        }
        for data in (
            "0:c:abc:0",
            "1:z:abc:0",
            "1:c:abc",
            "nonsense",
            "1:c::0",
            "1:c:abc:99999",
            f"1:n:{token}:0",
        ):
            (done,) = await stage.press_data(answer, data)
            assert done.values["text"] == "This button is from before an update. Please ask again."
        (done,) = await stage.press_data(answer, "1:c:gone:0")
        assert done.values["text"] == "That answer is no longer kept. Please ask again."


async def test_page_beyond_the_end_is_the_last(tmp_path):
    """A page that no longer exists shows the last one."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        data = next(b["callback_data"] for b in answer.buttons if b["text"] == "Context")
        edit, _ = await stage.press_data(answer, data[:-1] + "9")
        assert "Repairs" in edit.covered("bold")[0]


async def test_votes_count_once_and_can_be_taken_back(tmp_path):
    """A person has one vote on an answer: another replaces it, the same takes it back."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        (noted,) = await stage.press(answer, "👍")
        await stage.press(answer, "👎")
        await stage.press(answer, "👎", person=BEN)
        assert (await stage.state.count()).up == 0
        assert (await stage.state.count()).down == 2
        (back,) = await stage.press(answer, "👎", person=BEN)
        assert (await stage.state.count()).down == 1
    assert noted.values["text"] == "Noted: a good answer. Thank you."
    assert back.values["text"] == "Taken back."


async def test_a_vote_is_on_all_that_was_shown(tmp_path):
    """A vote keeps every quote that the reader saw, the other side of a dispute among them."""
    async with on_stage(tmp_path, shown_quotes=1) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        await stage.press(answer, "👍")
        (vote,) = await stage.state.list_votes()
    assert (
        [words for *_, words in vote["quotes"]] == answer.covered("blockquote") == [CLAIM.text, DENIAL.text]
    )


async def test_state_holds_no_id_and_no_name(tmp_path):
    """The bot's files hold neither a user's id nor a name, not even in deleted pages."""
    person = 987654321012
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?", person=person)
        await stage.press(answer, "👍", person=person)
    for path in tmp_path.glob("bot.*"):
        content = path.read_bytes()
        assert str(person).encode() not in content
        assert b"Somebody" not in content


async def test_old_answers_are_deleted_in_time(tmp_path, monkeypatch):
    """Answers past their days are deleted; votes stay until they are past theirs."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        await stage.press(answer, "👍")
    now = time.time()
    for days, kept in ((29, (1, 1)), (31, (0, 1)), (364, (0, 1)), (366, (0, 0))):
        monkeypatch.setattr("bot.memory.state.time.time", lambda days=days: now + days * 86_400.0)
        state = State(tmp_path, 30, vote_days=365)
        await state.open()
        counts = await state.count()
        await state.close()
        assert (counts.answers, counts.up) == kept


async def test_long_quote_has_no_copy_button(tmp_path):
    """A quote that a copy button cannot hold goes without one."""
    answerer = FakeAnswerer()
    answerer.articles["a2"] = replace(TIMES, text="word " * 80)
    long = replace(UNHURT, start=0, end=399, text=("word " * 80)[:399])
    plain = answerer.answers["How long will repairs take?"]
    answerer.answers["How long will repairs take?"] = replace(plain, quotes=(long,))
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (call,) = await stage.write("How long will repairs take?")
    assert [button["text"] for button in call.buttons] == ["Context", "👍", "👎"]
