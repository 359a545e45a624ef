"""Names that run from right to left stay in their place within a line of the bot's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.language.texts import find_phrasebook
from bot.messages.directions import isolate
from bot.messages.rendering import render_answer
from index.answers import Answer, Citation, Quote
from index.datatypes import Moment
from tests.fakes import ask_about
from tests.telegram_checks import check_with_tdlib

WORDS = "أُغلق الجسر بعد العاصفة، قال المسؤول."
CITATION = Citation("a", "الجسر مغلق", "صحيفة الميناء", "آن", Moment(date(2023, 2, 8)), "https://x.example/a")
QUOTE = Quote(CITATION, 0, len(WORDS), WORDS, 1.0, speaker="المسؤول", role="ناطق", chain=("وكالة",))


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_left_to_right_texts_are_left_alone(text):
    """A text in which nothing runs from right to left gets no mark."""
    assert isolate(text) == text


def test_each_name_of_a_line_is_isolated_and_the_quote_is_not():
    """Speaker, role, chain, author, outlet and headline are each isolated; the quote keeps its characters."""
    (message,) = render_answer(Answer(ask_about("الجسر؟"), (QUOTE,), 0.9), find_phrasebook("en"))
    for name in ("المسؤول", "ناطق", "وكالة", "آن", "صحيفة الميناء", "الجسر مغلق"):
        assert f"\u2068{name}\u2069" in message.text
    assert f"\n{WORDS}\n" in message.text
    assert message.text.count("\u2068") == message.text.count("\u2069") == 6
    check_with_tdlib(message.text, [entity.to_dict() for entity in message.entities])


def test_long_words_are_cut_and_stay_isolated():
    """A name of one endless word is shortened within its marks, so that no line runs away."""
    citation = replace(CITATION, outlet="ه" * 500, title="W" * 5000)
    (message,) = render_answer(
        Answer(ask_about("x"), (replace(QUOTE, citation=citation),), 0.9), find_phrasebook("en")
    )
    assert f"\u2068{'ه' * 159}…\u2069" in message.text
    assert max(len(line) for line in message.text.splitlines()) < 1000
