"""Text with entities, measured as Telegram measures it, and packed into messages.

Rendering composes blocks with it; delivery sends the messages that `pack_blocks` makes of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from telegram import MessageEntity
from telegram.constants import MessageLimit

TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 code units in one message."""
ENTITY_LIMIT = int(MessageLimit.MESSAGE_ENTITIES)
"""Entities that Telegram reads in one message; it drops the rest without a word."""

_JOINER = "\u200d"


def count_units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, the unit of every Telegram limit and offset."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


@dataclass(frozen=True, slots=True)
class Style:
    """What an entity does to the text it covers.

    Attributes:
        kind: a `MessageEntity` type.
        url: for text links.
        moment: for dates, aware UTC.
    """

    kind: str
    url: str | None = None
    moment: datetime | None = None


BOLD = Style(MessageEntity.BOLD)
ITALIC = Style(MessageEntity.ITALIC)
CODE = Style(MessageEntity.CODE)
PREFORMATTED = Style(MessageEntity.PRE)
QUOTE = Style(MessageEntity.BLOCKQUOTE)
FOLDED_QUOTE = Style(MessageEntity.EXPANDABLE_BLOCKQUOTE)

# Shown in the reader's own time zone and format; a client that cannot do so shows the text itself.
DATE_FORMAT = "Dt"


def link_style(url: str) -> Style:
    """Return the style of words that open a URL."""
    return Style(MessageEntity.TEXT_LINK, url=url)


def date_style(moment: datetime) -> Style:
    """Return the style of a time of day that the reader's client localises."""
    return Style(MessageEntity.DATE_TIME, moment=moment)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a message that is never cut: its text, and styles over half-open code-point ranges.

    Attributes:
        styles: (start, end, style), outer before inner.
        gap: line breaks between this block and the one before it in the same message.
    """

    text: str
    styles: tuple[tuple[int, int, Style], ...] = ()
    gap: int = 2


class Composer:
    """Collects the parts of one block."""

    def __init__(self, gap: int = 2) -> None:
        self._parts: list[str] = []
        self._styles: list[tuple[int, int, Style]] = []
        self._length = 0
        self._gap = gap

    def add(self, text: str, *styles: Style) -> Composer:
        """Append text in the given styles and return self."""
        end = self._length + len(text)
        self._styles.extend((self._length, end, style) for style in styles if text)
        self._parts.append(text)
        self._length = end
        return self

    def add_block(self, block: Block) -> Composer:
        """Append another block's text and styles, without its gap, and return self."""
        self._styles.extend(
            (start + self._length, end + self._length, style) for start, end, style in block.styles
        )
        self._parts.append(block.text)
        self._length += len(block.text)
        return self

    def build(self) -> Block:
        """Return what was collected."""
        return Block("".join(self._parts), tuple(self._styles), self._gap)


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to send: at most 4096 UTF-16 units and 100 entities.

    Attributes:
        entities: offsets and lengths in UTF-16 code units, ordered by offset, outer before inner.
    """

    text: str
    entities: tuple[MessageEntity, ...] = ()


def plain_message(text: str) -> Message:
    """Return a message without entities."""
    return Message(text)


def pack_blocks(
    blocks: Iterable[Block], limit: int = TEXT_LIMIT, *, first_limit: int | None = None
) -> tuple[Message, ...]:
    """Return the fewest messages that hold the blocks in order, each block whole.

    Args:
        blocks: each within `limit` UTF-16 units and `ENTITY_LIMIT` styles (see `split_block`);
            an empty block is left out.
        limit: UTF-16 units in one message.
        first_limit: in the first one, where it is a picture's caption; the first block must be within it.
    """
    messages: list[Message] = []
    composer, units, styles = Composer(), 0, 0
    for block in blocks:
        if not block.text.strip():
            continue
        size = count_units(block.text)
        joined = units + block.gap + size
        room = limit if messages or first_limit is None else first_limit
        if units and (joined > room or styles + len(block.styles) > ENTITY_LIMIT):
            messages.append(_make_message(composer.build()))
            composer, units, styles = Composer(), 0, 0
        if units:
            composer.add("\n" * block.gap)
            units += block.gap
        composer.add_block(block)
        units += size
        styles += len(block.styles)
    if units:
        messages.append(_make_message(composer.build()))
    return tuple(messages)


def split_block(block: Block, limit: int = TEXT_LIMIT) -> tuple[Block, ...]:
    """Return the block, or, where it is too large for one message, consecutive pieces of it.

    A piece ends after the last paragraph, sentence, word or, in a text without spaces, character that
    fits; the pieces joined are the block's text, and every style goes on in the next piece.
    """
    pieces: list[Block] = []
    start = 0
    while start < len(block.text):
        end = _find_end(block, start, limit)
        styles = tuple(
            (max(first, start) - start, min(last, end) - start, style)
            for first, last, style in block.styles
            if first < end and last > start
        )
        pieces.append(Block(block.text[start:end], styles, block.gap))
        start = end
    return tuple(pieces) or (block,)


def _find_end(block: Block, start: int, limit: int) -> int:
    """Return where the piece that begins at `start` ends."""
    end, units = start, 0
    opened = sum(1 for first, last, _ in block.styles if first < start < last)
    openings = sorted(first for first, _, _ in block.styles if first >= start)
    if len(openings) + opened > ENTITY_LIMIT:  # the style that would be one too many opens the next piece
        stop = max(openings[ENTITY_LIMIT - opened], start + 1)
    else:
        stop = len(block.text)
    while end < stop:
        units += 2 if ord(block.text[end]) > 0xFFFF else 1
        if units > limit:
            break
        end += 1
    if end == len(block.text):
        return end
    for boundary in ("\n", ". ", "? ", "! ", " "):
        found = block.text.rfind(boundary, start + 1, end)
        if found >= start + (end - start) // 2:
            return found + len(boundary)
    while end > start + 1 and (
        unicodedata.combining(block.text[end]) or _JOINER in block.text[end - 1 : end + 1]
    ):
        end -= 1  # not within a letter and its marks, nor within an emoji of several
    return end


def _make_message(block: Block) -> Message:
    """Return the block as a message: outer space trimmed, offsets turned into UTF-16 units."""
    lead = len(block.text) - len(block.text.lstrip())
    text = block.text.strip()
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    entities = []
    for raw_start, raw_end, style in block.styles:
        start, end = _trim_range(text, raw_start - lead, raw_end - lead)
        if start < end:
            entities.append(_make_entity(style, units[start], units[end] - units[start]))
    entities.sort(key=lambda entity: (entity.offset, -entity.length))
    return Message(text, tuple(entities))


def _trim_range(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range clipped to the text and freed of outer space, as Telegram would free it."""
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _make_entity(style: Style, offset: int, length: int) -> MessageEntity:
    date_format = DATE_FORMAT if style.moment else None
    return MessageEntity(
        style.kind, offset, length, url=style.url, unix_time=style.moment, date_time_format=date_format
    )
