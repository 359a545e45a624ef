"""Deep links: to an answer, to a quote in its article, and links that lead nowhere any more."""

from __future__ import annotations

import re

import pytest

from bot.handlers.opening import LINK_PARAMETER
from tests.fakes import CLAIM, COURIER, DENIAL, FakeAnswerer
from tests.stage import on_stage
from tests.telegram_checks import BEN, GROUP


def copied_link(call):
    """Return the parameter of the link that a message's button copies."""
    (button,) = [button for button in call.buttons if button["text"] == "Copy link"]
    link = button["copy_text"]["text"]
    found = re.fullmatch(r"https://t\.me/onrecord_bot\?start=([A-Za-z0-9_-]{1,64})", link)
    assert found is not None
    return found[1]


async def test_link_to_a_quote_opens_it_in_its_article(tmp_path):
    """The link under a page of the context opens that quote's context for whoever follows it."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("/ask Is the bridge lost?", chat=GROUP)
        page, _ = await stage.press(answer, "Context")
        (first,) = await stage.write(f"/start {copied_link(page)}", person=BEN)
        page, _ = await stage.press(page, "›")
        (second,) = await stage.write(f"/start {copied_link(page)}", person=BEN)
    assert CLAIM.text in first.covered("bold")
    assert first.covered("blockquote") == [COURIER.text]
    assert DENIAL.text in second.covered("bold")
    assert second.text == page.text
    assert first.buttons == []


async def test_link_to_an_answer_opens_it_with_its_buttons(tmp_path):
    """The link under another view opens the answer, and its buttons work there."""
    async with on_stage(tmp_path) as stage:
        (answer,) = await stage.write("/ask Is the bridge lost?", chat=GROUP)
        more, _ = await stage.press(answer, "More")
        (opened,) = await stage.write(f"/start {copied_link(more)}", person=BEN)
        edit, _ = await stage.press(opened, "Context", person=BEN)
    assert (opened.text, opened.buttons) == (answer.text, answer.buttons)
    assert edit.method == "editMessageText"


async def test_outdated_links_say_so_kindly(tmp_path):
    """A link to what was deleted, to changed quotes or of nonsense is answered; others greet as ever."""
    answerer = FakeAnswerer()
    async with on_stage(tmp_path, answerer=answerer) as stage:
        (answer,) = await stage.write("Is the bridge lost?")
        more, _ = await stage.press(answer, "More")
        parameter = copied_link(more)
        for wrong in ("q_", "q_nonsense", "q_" + "x" * 62, "q_AAAAAAAAAAAA", "q_AAAAAAAAAAAA_1"):
            (gone,) = await stage.write(f"/start {wrong}")
            assert gone.text.startswith("That link leads to an answer that is no longer kept.")
        for number in ("0", "77"):
            (none,) = await stage.write(f"/start {parameter}_{number}")
            assert none.text.startswith("These quotes are no longer in the index.")
        answerer.articles.clear()
        (changed,) = await stage.write(f"/start {parameter}")
        assert changed.text.startswith("These quotes are no longer in the index.")
        await stage.forget()
        (deleted,) = await stage.write(f"/start {parameter}")
        assert deleted.text.startswith("That link leads to")
        (greeting,) = await stage.write("/start inline")
    assert greeting.text.startswith("Ask me about reported events")


@pytest.mark.parametrize("text", ["q_AAAAAAAAAAAA_100", "q_AAAAAAAAAAA", "x_AAAAAAAAAAAA", "q_AAAAAAAAAAAA "])
def test_parameters_of_another_shape_are_none(text):
    """Only a token of twelve characters, with a number of at most two digits, is read."""
    assert LINK_PARAMETER.fullmatch(text) is None
