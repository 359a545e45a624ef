"""/who: what somebody is reported to have said, in pages; nobody of that name; any name."""

from __future__ import annotations

from dataclasses import replace

from bot.messages.presses import View
from tests.fakes import CLAIM, COURIER, DENIAL, REPAIRS, UNHURT, FakeAnswerer, refuse_to_open
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP


async def test_quotes_of_a_speaker_with_label_outlet_date_and_link(tmp_path):
    """/who lists quotes as in an answer, each with its label and source, and no button leads nowhere."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/who Ilse Brandt")
    head, *lines = call.text.split("\n")
    assert head == "What the reports quote from “Ilse Brandt”, newest first"
    assert "Ilse Brandt, the mayor — denial [1]" in lines
    assert call.covered("blockquote") == [DENIAL.text, CLAIM.text]
    assert lines[-1].startswith("[1] Ann Reed · The Courier · 8 Feb 2023, 11:44 UTC")
    assert any(e["type"] == "text_link" and e["url"].startswith(COURIER.url) for e in call.values["entities"])
    assert [button["text"] for button in call.buttons] == ["Copy link"]


async def test_pages_keep_both_sides_together(tmp_path):
    """A list over one page is paged in place, and a page holds the other side of what it shows."""
    answerer = FakeAnswerer()
    answerer.said["Ilse Brandt"] = (UNHURT, REPAIRS, DENIAL, CLAIM)
    async with on_stage(tmp_path, answerer=answerer, shown_quotes=1) as stage:
        (first,) = await stage.write("/who Ilse Brandt", chat=GROUP)
        assert first.covered("blockquote") == [UNHURT.text]
        assert [button["text"] for button in first.buttons] == ["‹", "1/3", "›", "Copy link"]
        edit, done = await stage.press(first, "‹", person=BEN)
        assert edit.covered("blockquote") == [DENIAL.text, CLAIM.text]
        assert "⚖ What is disputed stands with its other side." in edit.text
        assert done.values.get("text") is None
        token = first.buttons[0]["callback_data"].split(":")[2]
        (outdated,) = await stage.press_data(first, f"1:{View.ANSWER.value}:{token}:0")
        assert outdated.values["text"].startswith("This button is from before an update")
        link = next(button for button in first.buttons if "copy_text" in button)["copy_text"]["text"]
        (opened,) = await stage.write(f"/start {link.partition('=')[2]}")
    assert (opened.text, opened.buttons) == (first.text, first.buttons)


async def test_a_quote_that_changed_is_not_listed(tmp_path):
    """What no longer equals its text is left out, and where nothing is left that is said."""
    answerer = FakeAnswerer()
    answerer.said["Ilse Brandt"] = (UNHURT, DENIAL, CLAIM)
    answerer.articles["a1"] = replace(COURIER, text="gone")
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (call,) = await stage.write("/who Ilse Brandt")
        assert call.covered("blockquote") == [UNHURT.text]
        del answerer.articles["a2"]
        (call,) = await stage.write("/who Ilse Brandt")
    assert call.text == "These quotes are no longer in the index. Please ask again."


async def test_nobody_of_that_name(tmp_path):
    """A name that nobody quoted has is answered plainly, with close ones where there are any."""
    async with on_stage(tmp_path) as stage:
        (close,) = await stage.write("/who Ilsa  Brand")
        (none,) = await stage.write("/who " + "Ж😀<&>" * 150)
        (quoted,) = await stage.write("/who “Ilse Brandt”?")
        (long,) = await stage.write("/who " + "x" * 2000)
        (empty,) = await stage.write("/who")
    assert close.text == "The reports quote nobody called “Ilsa Brand”. They do quote Ilse Brandt."
    assert none.text.endswith("…”. A last name or an office is enough, spelt as in the reports.")
    assert len(none.text) < 260
    assert quoted.covered("blockquote") == [DENIAL.text, CLAIM.text]
    assert long.text.startswith("That is 2,000 characters long")
    assert empty.text == "Whose words? Put the name behind the command: /who the mayor"


async def test_limits_and_a_missing_index_hold_for_names_too(tmp_path):
    """/who counts as a question, and says when there is no index."""
    async with on_stage(tmp_path, questions_per_person=1) as stage:
        await stage.write("/who Ilse Brandt")
        (refused,) = await stage.write("Is the bridge lost?")
        assert refused.text.startswith("That is a lot of questions")
        assert await stage.write("/who Ilse Brandt") == []
    async with on_stage(tmp_path, open_answerer=refuse_to_open) as stage:
        (call,) = await stage.write("/who Ilse Brandt", person=ANN)
    assert call.text.startswith("There is no index yet")
