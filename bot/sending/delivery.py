"""Sending: messages to the place they answer, and edits, with Telegram's refusals handled.

Handlers render and then deliver; nothing else calls the methods of the Bot API that send messages.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeVar

import httpx
from telegram import Bot, InlineKeyboardMarkup, InlineQueryResult, ReplyParameters
from telegram import Message as SentMessage
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.messages.composing import Message, plain_message

ResultT = TypeVar("ResultT")

_LOG = logging.getLogger(__name__)

RETRY_PAUSES = (0.5, 2.0, 5.0)
"""Seconds before each new try after a connection that could not be made."""

# What Telegram says where the bot may not write or the place is gone: there is nobody to tell it to.
_SILENT = (
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_restricted",
    "topic_closed",
    "topic_deleted",
)
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "chat not found")
_UNCHANGED = "message is not modified"
_NO_CHAT = (
    "chat not found",
    "chat was deleted",
    "chat is deactivated",
    "user is deactivated",
    "peer_id_invalid",
)
_NO_THREAD = ("thread not found", "topic_deleted", "topic_id_invalid")
_UNCONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


# What it says of pictures: that a chat takes none, or that this one is no good.
_NO_PICTURE = ("photo", "image", "media")


class PictureRefusedError(Exception):
    """Telegram took no picture there; words may still be sent."""


class Arrival(Enum):
    """What became of a message that nobody was waiting for."""

    ARRIVED = "arrived"
    NO_CHAT = "no chat"  # blocked, put out, or the chat is gone: for good
    NO_THREAD = "no thread"  # the forum topic is gone: for good
    REFUSED = "refused"  # the topic is closed, or the right to write is missing: perhaps for now
    UNSENT = "unsent"  # no connection, or Telegram asked for patience: it surely has not arrived
    UNKNOWN = "unknown"  # the connection broke: it may have arrived


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply belongs.

    Attributes:
        thread: the forum topic, None outside topics.
        reply_to: the message that is answered, None where a reply mark would be noise.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None


def place_of(message: SentMessage) -> Place:
    """Return where an answer to a message belongs: its topic, and in groups as a reply to it."""
    # Outside topics, a supergroup numbers its reply threads in the same field; they cannot be sent to.
    thread = message.message_thread_id if message.is_topic_message else None
    reply_to = None if message.chat.type == ChatType.PRIVATE else message.message_id
    return Place(message.chat.id, thread, reply_to)


async def reply(message: SentMessage, text: str) -> SentMessage | None:
    """Answer a message with a plain text where it belongs; None where writing is refused."""
    return await send_messages(message.get_bot(), place_of(message), [plain_message(text)])


async def send_messages(
    bot: Bot, place: Place, messages: Sequence[Message], keyboard: InlineKeyboardMarkup | None = None
) -> SentMessage | None:
    """Send messages in order, the keyboard under the last; return that one, None where writing is refused."""
    sent: SentMessage | None = None
    for number, message in enumerate(messages, 1):
        markup = keyboard if number == len(messages) else None
        try:
            sent = await _try_calling(partial(_send, bot, place, message, markup))
        except ChatMigrated as moved:  # the message that was answered stayed in the old group
            place = Place(moved.new_chat_id)
            sent = await _try_calling(partial(_send, bot, place, message, markup))
        if sent is None:
            return None
    return sent


async def send_picture(
    bot: Bot, place: Place, picture: bytes, caption: Message, keyboard: InlineKeyboardMarkup | None = None
) -> SentMessage | None:
    """Send a picture; return None where writing is refused, raise PictureRefusedError where words are not."""
    try:
        return await _try_calling(lambda: _send_picture(bot, place, picture, caption, keyboard))
    except ChatMigrated as moved:
        place = Place(moved.new_chat_id)
        return await _try_calling(lambda: _send_picture(bot, place, picture, caption, keyboard))


async def send_unasked(
    bot: Bot, place: Place, message: Message, keyboard: InlineKeyboardMarkup | None = None
) -> Arrival:
    """Send a message that nobody is waiting for, and say what became of it; raise ChatMigrated."""
    try:
        await _retry_connecting(lambda: _send(bot, place, message, keyboard))
    except RetryAfter:
        return Arrival.UNSENT
    except (Forbidden, BadRequest) as error:
        refusal = _read_refusal(error)
        if refusal is None:
            raise
        return refusal
    except NetworkError as error:
        return Arrival.UNSENT if isinstance(error.__cause__, _UNCONNECTED) else Arrival.UNKNOWN
    return Arrival.ARRIVED


async def edit_message(
    bot: Bot, chat: int, number: int, message: Message, keyboard: InlineKeyboardMarkup | None = None
) -> bool:
    """Replace a message's text and keyboard; False where it is gone. An edit that changes nothing is fine."""
    try:
        await _retry_connecting(
            lambda: bot.edit_message_text(
                message.text, chat, number, entities=message.entities, reply_markup=keyboard
            )
        )
    except BadRequest as error:
        text = error.message.lower()
        if _UNCHANGED in text:
            return True
        if any(words in text for words in _GONE + _SILENT):
            return False
        raise
    except Forbidden:
        return False
    return True


async def answer_guest(bot: Bot, query: str, result: InlineQueryResult) -> None:
    """Answer a guest query, in a chat that the bot is not in; silent where it may not write there."""
    try:
        await _retry_connecting(lambda: bot.answer_guest_query(query, result))
    except Forbidden as error:
        _LOG.info("not sent, the bot may not write there: %s", error.message)


async def _send(
    bot: Bot, place: Place, message: Message, keyboard: InlineKeyboardMarkup | None
) -> SentMessage:
    return await bot.send_message(
        place.chat,
        message.text,
        entities=message.entities,
        message_thread_id=place.thread,
        reply_parameters=_mark_reply(place),
        reply_markup=keyboard,
    )


async def _send_picture(
    bot: Bot, place: Place, picture: bytes, caption: Message, keyboard: InlineKeyboardMarkup | None
) -> SentMessage:
    try:
        return await bot.send_photo(
            place.chat,
            picture,
            caption=caption.text,
            caption_entities=caption.entities,
            message_thread_id=place.thread,
            reply_parameters=_mark_reply(place),
            reply_markup=keyboard,
        )
    except (Forbidden, BadRequest) as error:
        if any(words in error.message.lower() for words in _NO_PICTURE):
            raise PictureRefusedError(error.message) from error
        raise


def _mark_reply(place: Place) -> ReplyParameters | None:
    if place.reply_to is None:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)


async def _try_calling(call: Callable[[], Awaitable[ResultT]]) -> ResultT | None:
    """Send; None where the bot was blocked, removed, or may not write."""
    try:
        return await _retry_connecting(call)
    except (Forbidden, BadRequest) as error:
        if _read_refusal(error) is None:
            raise
        _LOG.info("not sent, the bot may not write there: %s", error.message)
        return None


def _read_refusal(error: Forbidden | BadRequest) -> Arrival | None:
    """Return what a refusal says of the place, None where it is about what was sent.

    Telegram forbids (403) where the bot was put out or blocked, but also where a right is missing for now.
    """
    text = error.message.lower()
    for words, arrival in (
        (_NO_CHAT, Arrival.NO_CHAT),
        (_NO_THREAD, Arrival.NO_THREAD),
        (_SILENT, Arrival.REFUSED),
    ):
        if any(word in text for word in words):
            return arrival
    return Arrival.NO_CHAT if isinstance(error, Forbidden) else None


async def _retry_connecting(call: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Call again where no connection could be made; anything that may have arrived is never sent twice."""
    for pause in RETRY_PAUSES:
        try:
            return await call()
        except NetworkError as error:
            if not isinstance(error.__cause__, _UNCONNECTED):
                raise
            _LOG.warning("no connection to Telegram, trying again in %.1f s", pause)
            await asyncio.sleep(pause)
    return await call()
