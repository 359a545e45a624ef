"""Coming and going: a short hello in a new group, cleaning up after a removal, moving with a migration.

The handler table sends changes of the bot's own membership and migration messages here.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from bot.language.texts import find_phrasebook
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.memory.watches import Watches
from bot.messages.composing import plain_message
from bot.sending.delivery import Place, send_messages

_LOG = logging.getLogger(__name__)

HELLO_PAUSE = 1.0
"""Seconds before a hello, in which it turns out whether the group is new or was a group before."""

_MOVED = 1_000  # supergroups that were groups, of which it is known

_ABSENT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


class Membership:
    """Follows the bot's own membership in chats."""

    def __init__(self, preferences: Preferences, conversations: Conversations, watches: Watches) -> None:
        self._preferences = preferences
        self._conversations = conversations
        self._watches = watches
        self._moved: deque[int] = deque(maxlen=_MOVED)

    async def follow_change(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet a group that took the bot in; forget a chat that put it out or blocked it."""
        change = update.my_chat_member
        if change is None:
            return
        was_in, is_in = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
        if not is_in:
            await self._preferences.forget(change.chat.id)
            await self._conversations.forget_chat(change.chat.id)
            await self._watches.forget_chat(change.chat.id)
            _LOG.info("removed from a chat of type %s", change.chat.type)
        elif not was_in and change.chat.type in _GROUPS:
            await asyncio.sleep(HELLO_PAUSE)
            if change.chat.id in self._moved:  # a supergroup takes in whoever was in the group
                return
            phrases = find_phrasebook(change.from_user.language_code)
            admin = change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
            seeing = admin or context.bot.bot.can_read_all_group_messages
            key = "join.hello" if seeing else "join.hello_unseen"  # to privacy mode, mentions do not come
            hello = plain_message(phrases.say(key, username=context.bot.username))
            await send_messages(context.bot, Place(change.chat.id), [hello])

    async def follow_migration(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Carry a group's choices and watches over to its supergroup; both chats tell, in either order."""
        message = update.effective_message
        if message is None:
            return
        if message.migrate_to_chat_id is not None:
            await self._move(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._move(message.migrate_from_chat_id, message.chat.id)

    async def _move(self, old: int, new: int) -> None:
        self._moved.append(new)
        await self._preferences.move(old, new)
        await self._watches.move(old, new)


def _is_in(member: ChatMember) -> bool:
    """Whether a membership is one; restrictions outlast it, so that who has left may still be restricted."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _ABSENT
