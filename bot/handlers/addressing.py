"""Which messages are for the bot, and what they ask.

The handler table filters with it, so that in a group nothing else reaches a handler.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Message, MessageEntity
from telegram.constants import ChatID, ChatType
from telegram.ext import filters

from bot.language.remarks import Remark, find_remark
from bot.language.texts import QUESTION_MARKS
from bot.memory.preferences import Preferences

_MENTIONS = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
_AFTER_COMMAND = " \t\r\n\u00a0:,;–—-"  # what people put between a command and what it is about

# Anonymous admins and channels write through accounts that are bots on paper.
_STAND_INS = {int(ChatID.ANONYMOUS_ADMIN), int(ChatID.FAKE_CHANNEL)}


class FromPerson(filters.MessageFilter):
    """Messages that a person wrote: no other bot, no inline result, no post passed on from a channel."""

    def filter(self, message: Message) -> bool:
        """Whether a person wrote it."""
        if message.via_bot is not None or message.is_automatic_forward:
            return False
        sender = message.from_user
        return sender is not None and (not sender.is_bot or sender.id in _STAND_INS)


class ToBot(filters.MessageFilter):
    """In a group: messages that mention the bot or reply to one of its messages, and are no command."""

    def filter(self, message: Message) -> bool:
        """Whether the message is addressed to the bot."""
        return _find_command(message) is None and (_mentions_bot(message) or _replies_to_bot(message))


class AskedInCaption(filters.MessageFilter):
    """Pictures and other media whose caption begins with /ask, which no command handler reads."""

    def filter(self, message: Message) -> bool:
        """Whether the caption asks the bot, by the command alone or with the bot's name."""
        command = _find_command(message)
        if command is None or not message.caption:
            return False
        name, _, bot = message.caption[: command.length].casefold().partition("@")
        return name == "/ask" and bot in ("", message.get_bot().username.casefold())


class OpenQuestion(filters.MessageFilter):
    """Messages that end in a question mark, in groups whose admins have switched that on.

    A reply, a message that mentions somebody and one that was forwarded are left to people: the question is
    put to somebody in particular, or is not the sender's own.
    """

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences

    def filter(self, message: Message) -> bool:
        """Whether the message is a question that the group wants answered."""
        if not self._preferences.of(message.chat.id).open_questions or _find_command(message) is not None:
            return False
        if message.reply_to_message is not None and message.reply_to_message.forum_topic_created is None:
            return False
        if message.forward_origin is not None or _find_entities(message, _MENTIONS):
            return False
        text = (message.text or message.caption or "").rstrip()
        return text.endswith(QUESTION_MARKS) and len(text.split()) > 1


class HelpWord(filters.MessageFilter):
    """Messages that call for help and for nothing else, in whichever of the bot's languages."""

    def filter(self, message: Message) -> bool:
        """Whether the message asks for help."""
        return find_remark(read_question(message)) is Remark.HELP


class NoCommand(filters.MessageFilter):
    """Messages that are no command; one in a picture's caption, in private, is only words."""

    def filter(self, message: Message) -> bool:
        """Whether the message is not a command."""
        return message.text is None or _find_command(message) is None


FROM_PERSON = FromPerson()
HELP_WORD = HelpWord()
TO_BOT = ToBot()
ASKED_IN_CAPTION = AskedInCaption()
NO_COMMAND = NoCommand()


def read_question(message: Message) -> str:
    """Return what a message asks: its words without the command or the mention of the bot.

    Where nothing else is said, a reply asks about the message that it replies to, or about the part of it
    that the user selected.
    """
    text = message.text or message.caption or ""
    command = _find_command(message)
    if command is not None:
        text = text[command.length :].lstrip(_AFTER_COMMAND)
    username = re.escape(message.get_bot().username)
    question = re.sub(rf"(?<!\w)@{username}\b[,:]?", " ", text, flags=re.IGNORECASE)
    question = " ".join(question.split())
    if question or message.reply_to_message is None or _replies_to_bot(message):
        return question
    if message.quote is not None:
        return " ".join(message.quote.text.split())
    replied = message.reply_to_message
    return " ".join((replied.text or replied.caption or "").split())


def read_selection(message: Message) -> str | None:
    """Return the words of the replied message that the user selected, None where none were."""
    if message.quote is None or not message.quote.is_manual:
        return None
    return " ".join(message.quote.text.split()) or None


def read_told(message: Message) -> str | None:
    """Return what the replied message tells: a person's words, or the first quote of the bot's answer."""
    replied = message.reply_to_message
    if replied is None or (replied.text is None and replied.caption is None):
        return None
    if not _replies_to_bot(message):
        return " ".join((replied.text or replied.caption or "").split()) or None
    quotes = _find_entities(replied, (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE))
    return " ".join(next(iter(quotes.values()), "").split()) or None


def asker_of(message: Message) -> int:
    """Return who asked: the person, or the group where an anonymous admin did."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else message.chat.id


def is_private(message: Message) -> bool:
    """Whether a message was written in a private chat with the bot."""
    return message.chat.type == ChatType.PRIVATE


def awaits_reply(message: Message) -> bool:
    """Whether a message is for the bot, so that its writer looks for an answer."""
    return is_private(message) or _find_command(message) is not None or TO_BOT.filter(message)


def _find_command(message: Message) -> MessageEntity | None:
    """Return the command that a message begins with; its letters are ASCII, each one unit long."""
    entities = message.entities or message.caption_entities
    commands = (one for one in entities if one.type == MessageEntity.BOT_COMMAND and one.offset == 0)
    return next(commands, None)


def _mentions_bot(message: Message) -> bool:
    bot = message.get_bot()
    mention = f"@{bot.username}".casefold()
    for entity, text in _find_entities(message, _MENTIONS).items():
        if entity.user is not None and entity.user.id == bot.id:
            return True
        if text.casefold() == mention:
            return True
    return False


def _find_entities(message: Message, kinds: Sequence[str]) -> dict[MessageEntity, str]:
    """Return a message's entities of some kinds, each with the words that it covers."""
    if message.text:
        return message.parse_entities(list(kinds))
    return message.parse_caption_entities(list(kinds)) if message.caption else {}


def _replies_to_bot(message: Message) -> bool:
    """Whether the message replies to the bot; the first message of a topic is no reply to its maker."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.id == message.get_bot().id
