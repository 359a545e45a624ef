"""What is no question is answered in a line and searched for in no report."""

import pytest

from bot.language.remarks import Remark, _load_remarks, find_remark
from tests.stage import on_stage
from tests.telegram_checks import BOT, GROUP


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Stop!", Remark.STOP),
        ("стоп", Remark.STOP),
        ("Thanks 🙏", Remark.COURTESY),
        ("¡Muchas  gracias!", Remark.COURTESY),
        ("Are you sure??", Remark.DOUBT),
        ("Is that true about the bridge?", None),
        ("Who are you?", Remark.HELP),
        ("42", Remark.NUMBER),
        ("[1]", Remark.NUMBER),
        ("12,000.", Remark.NUMBER),
        ("2025", None),
        ("12.05", None),
        ("43 people", None),
        ("stop the leak", None),
        ("thanks, and who denied it?", None),
        ("why?", None),
        ("👍", None),
        ("", None),
    ],
)
def test_remarks_are_told_from_questions(text, remark):
    """Marks and emoji around the words are no matter; a year, a date and a follow-up are questions."""
    assert find_remark(text) is remark


def test_no_words_are_listed_twice():
    """Each line of the table can be met: small letters, no marks around."""
    table = _load_remarks()
    assert [words for words, kind in table.items() if find_remark(words.upper()) is not kind] == []


async def test_a_remark_is_no_topic_to_watch(tmp_path):
    """With "stop", /watch shows what there is to stop; neither that nor a lone number is watched."""
    async with on_stage(tmp_path) as stage:
        await stage.write("/watch bridge")
        (listed,) = await stage.write("/watch stop")
        (asked,) = await stage.write("/watch 42")
        (after,) = await stage.write("/watches")
    assert listed.text.startswith("What I watch here")
    assert asked.text.startswith("What shall I watch?")
    assert after.text == listed.text


async def test_a_remark_is_answered_in_a_line(tmp_path):
    """In private and where the bot is addressed in a group; the conversation goes on behind it."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?")
        asked = list(stage.answerer.asked)
        for text in ("thanks", "7"):
            (line,) = await stage.write(text)
            assert line.text.startswith("I answer questions about reported events.")
        (stopped,) = await stage.write("STOP")
        assert "/watches shows that and stops it." in stopped.text
        (doubted,) = await stage.write("are you sure?")
        assert doubted.text.startswith("I only quote what reports say, word for word")
        own = {"reply_to_message": stage.compose("an answer", chat=GROUP) | {"from": BOT}}
        (line,) = await stage.write("ok", chat=GROUP, **own)
        assert line.text.startswith("I answer questions")
        assert stage.answerer.asked == asked
        (shown,) = await stage.write("context")
    assert shown.text.startswith("Around the quote"), "words of buttons come first"
