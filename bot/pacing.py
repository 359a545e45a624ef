"""Telegram's rates: messages wait for their turn, and signs of waiting give way to them.

The application hands it to the bot; every call of the Bot API passes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.ext import AIORateLimiter

Result = bool | dict[str, Any] | list[dict[str, Any]]
"""What a call of the Bot API gives."""

SIGNS = frozenset({"sendChatAction", "sendMessageDraft"})
"""Methods whose calls are worth nothing once they are late."""

MENUS = frozenset({"setMyCommands", "setMyDescription", "setMyShortDescription"})
"""Methods that may wait for the next start: Telegram can ask for long patience, and every call would wait."""


class Pacing(AIORateLimiter):
    """Keeps to Telegram's rates, with one for the signs that the bot is at work apart from that of messages.

    Counted together, as the base class does, two hundred chats that ask at once make an answer wait behind
    two hundred typing signs, and twenty questions a minute use up a group's rate with signs alone. A sign
    for which there is no room now is left out, and one that Telegram refuses is not tried again.

    Args:
        max_retries: how often a message that Telegram refused for its rate is tried again.
    """

    def __init__(self, max_retries: int) -> None:
        super().__init__(max_retries=max_retries)
        self._signs = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1.0)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make a call when its rate allows it; a sign now or not at all, and a menu once."""
        if endpoint in MENUS:
            return await callback(*args, **kwargs)
        if endpoint not in SIGNS:
            return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
        if not self._signs.has_capacity():
            return True
        async with self._signs:
            return await callback(*args, **kwargs)
