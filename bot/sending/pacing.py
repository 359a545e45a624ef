"""Telegram's rates: messages wait for their turn, answers leave room for others, signs give way to both.

The application hands it to the bot; every call of the Bot API passes through it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


ANSWERS_PER_SECOND = 25.0
"""Of the thirty messages a second that Telegram takes, those that may be answers to questions."""

_IN_TURN: ContextVar[bool] = ContextVar("in_turn", default=False)


@contextmanager
def in_turn() -> Iterator[None]:
    """Mark what is sent in the block as answers to questions, of which many may be ready at once."""
    token = _IN_TURN.set(True)
    try:
        yield
    finally:
        _IN_TURN.reset(token)


class Pacing(AIORateLimiter):
    """Keeps to Telegram's rates, and shares them out.

    The base class counts all calls together. Then two hundred chats that ask at once make an answer wait
    behind two hundred typing signs, /help waits behind two hundred answers, and twenty questions a minute
    use up a group's rate with signs alone. Here signs have a rate of their own: one for which there is no
    room now is left out, and one that Telegram refuses is not tried again. Answers leave a part of the rate
    of messages to everything else.

    Args:
        max_retries: how often a message that Telegram refused for its rate is tried again.
    """

    def __init__(self, max_retries: int) -> None:
        super().__init__(max_retries=max_retries)
        self._signs = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1.0)
        self._answers = AsyncLimiter(ANSWERS_PER_SECOND, 1.0)

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
        if endpoint in SIGNS:
            if not self._signs.has_capacity():
                return True
            async with self._signs:
                return await callback(*args, **kwargs)
        if _IN_TURN.get():
            await self._answers.acquire()
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
