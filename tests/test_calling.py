"""Views by their words: what a button shows is shown to whoever writes what stands on it."""

from __future__ import annotations

import pytest

from bot.handlers.calling import PROMISED
from bot.language.texts import PHRASEBOOKS
from tests.fakes import CLAIM, DENIAL, REPAIRS, UNHURT
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("context", CLAIM.text),
        ("Context 2", DENIAL.text),
        ("context, 3.", REPAIRS.text),
        ("context 99", REPAIRS.text),
        ("more", UNHURT.text),
        ("Other side?", DENIAL.text),
    ],
)
async def test_words_of_a_button_show_its_view(tmp_path, words, shown):
    """In a private chat the words show the view of the last answer, in a message with the view's buttons."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?")
        (view,) = await stage.write(words)
        assert stage.answerer.asked == ["Is the bridge lost?"]
    assert view.method == "sendMessage"
    assert shown in view.covered("bold") + view.covered("blockquote")
    assert "Back" in [button["text"] for button in view.buttons]


@pytest.mark.parametrize("language", sorted(PHRASEBOOKS))
def test_help_names_the_words_that_stand_on_the_buttons(language):
    """In every language, the words that /help offers instead of a press are those on the buttons."""
    phrases = PHRASEBOOKS[language]
    words = phrases.say("help.words").partition(": ")[2].rstrip(".").split(", ")
    labels = [phrases.say(f"button.{name}").casefold() for name in PROMISED]
    assert words == labels


async def test_vote_can_be_written(tmp_path):
    """A thumb that is written votes on the last answer, and the same again takes the vote back."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?")
        (noted,) = await stage.write("👍")
        assert (await stage.state.count()).up == 1
        (back,) = await stage.write("👍")
        assert (await stage.state.count()).up == 0
    assert (noted.text, back.text) == ("Noted: a good answer. Thank you.", "Taken back.")


@pytest.mark.parametrize("command", ["/who Ilse Brandt", "/timeline Is the bridge lost?"])
async def test_what_has_no_thumbs_is_not_voted_on(tmp_path, command):
    """A list of somebody's words and a chart have no thumbs below them, so a thumb is no vote on them."""
    async with on_stage(tmp_path) as stage:
        (listed,) = await stage.write(command)
        assert "👍" not in [button["text"] for button in listed.buttons]
        await stage.write("👍")
        assert (await stage.state.count()).up == 0


async def test_view_that_an_answer_has_not_is_said_to_be_missing(tmp_path):
    """Words that /help promises are no question after an answer; before any they are, and others always."""
    async with on_stage(tmp_path) as stage:
        await stage.write("context")
        await stage.write("How long will repairs take?")
        (other,) = await stage.write("other side")
        (more,) = await stage.write("More.")
        await stage.write("Nearest reports")
        await stage.write("more on the ferry")
        asked = ["context", "How long will repairs take?", "Nearest reports", "more on the ferry"]
        assert stage.answerer.asked == asked
    assert (other.text, more.text) == ("That answer has no “Other side”.", "That answer has no “More”.")


async def test_in_a_group_only_a_reply_says_which_answer(tmp_path):
    """In a group the answer that is replied to is meant; without a reply, nobody's last answer is shown."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?", person=BEN)
        (unsaid,) = await stage.write("/ask context", chat=GROUP, person=BEN)
        assert CLAIM.text not in unsaid.text
        (answer,) = await stage.write("/ask Is the bridge lost?", chat=GROUP, person=ANN)
        replied = stage.request.describe(answer, stage.request.next_message)
        (view,) = await stage.write("more", chat=GROUP, person=BEN, reply_to_message=replied)
    assert view.covered("blockquote") == [UNHURT.text]
    assert view.values["reply_parameters"]["message_id"] == stage.next_message


async def test_changed_quotes_are_not_shown(tmp_path):
    """A view of which no quote equals its text any more says so."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?")
        stage.answerer.articles.clear()
        (view,) = await stage.write("context")
    assert view.text == "These quotes are no longer in the index. Please ask again."
