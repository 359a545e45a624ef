"""Blocks packed into messages, and blocks that fit in none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.messages.composing import (
    BOLD,
    ENTITY_LIMIT,
    QUOTE,
    Block,
    Composer,
    count_units,
    pack_blocks,
    split_block,
)

TEXT = st.text(st.sampled_from("ab 😀é\u0301.\n"), max_size=60)


def test_units_are_utf_16():
    """A character beyond the basic plane counts as two, a combining mark as one."""
    assert count_units("a😀e\u0301") == 5


def test_entities_count_utf_16_units():
    """Offsets and lengths are in UTF-16 units of the message, whatever stands before."""
    (message,) = pack_blocks([Composer().add("😀 ").add("ß😀", BOLD).add("!").build()])
    assert message.entities == (MessageEntity("bold", 3, 3),)


def test_trimming_moves_entities():
    """Space around a message and around an entity is taken off as Telegram takes it off."""
    (message,) = pack_blocks([Composer().add("  a").add(" b ", BOLD).add(" ").build()])
    assert message.text == "a b"
    assert message.entities == (MessageEntity("bold", 2, 1),)


@given(st.lists(TEXT, max_size=12), st.integers(70, 200))
def test_packing_keeps_order_limit_and_whole_blocks(texts, limit):
    """Every block stands whole in one message, in order, and no message is over the limit."""
    messages = pack_blocks([Block(text) for text in texts], limit)
    assert all(count_units(message.text) <= limit for message in messages)
    kept = [text.strip() for text in texts if text.strip()]
    joined = "\n\n".join(message.text for message in messages)
    assert "".join(joined.split()) == "".join("".join(kept).split())
    holders = iter(messages)
    holder = next(holders, None)
    for text in kept:
        while holder is not None and text not in holder.text:
            holder = next(holders, None)
        assert holder is not None, "a block is cut, or out of order"


def test_packing_minds_the_number_of_entities():
    """Blocks whose entities would be too many together go into two messages."""
    block = Composer().add("x", *[BOLD] * 60).build()
    assert [len(message.entities) for message in pack_blocks([block, block])] == [60, 60]


@given(TEXT.filter(str.strip), st.integers(1, 20), st.integers(5, 60))
def test_splitting_loses_nothing(text, times, limit):
    """The pieces of a block joined are its text, each within the limit, and its styles go on in each."""
    block = Composer().add(text * times, QUOTE).build()
    pieces = split_block(block, limit)
    assert "".join(piece.text for piece in pieces) == block.text
    assert all(count_units(piece.text) <= limit for piece in pieces)
    assert all(piece.styles == ((0, len(piece.text), QUOTE),) for piece in pieces)


def test_splitting_minds_the_number_of_entities():
    """A block of very many entities is split so that each piece has no more than a message may have."""
    composer = Composer()
    for _ in range(250):
        composer.add("a", BOLD).add(" ")
    pieces = split_block(composer.build())
    assert sum(len(piece.styles) for piece in pieces) == 250
    assert all(len(piece.styles) <= ENTITY_LIMIT for piece in pieces)
    assert "".join(piece.text for piece in pieces) == "a " * 250


def test_splitting_prefers_paragraphs_then_sentences_then_words():
    """A piece ends where a reader would pause, if that is in its second half."""
    assert [p.text for p in split_block(Block("one two\nthree four"), 12)] == ["one two\n", "three four"]
    assert [p.text for p in split_block(Block("One two. Three four"), 12)] == ["One two. ", "Three four"]
    assert [p.text for p in split_block(Block("onetwo threefour"), 12)] == ["onetwo ", "threefour"]
    assert [p.text for p in split_block(Block("x" * 20), 12)] == ["x" * 12, "x" * 8]
