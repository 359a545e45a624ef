"""Conversations: the last questions of each person in each place, for as long as a follow-up may come.

Kept in memory only. Asking recalls turns before a question and remembers one after it; /forgetme and time
delete them.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from index.questions.turns import Turn

MAX_TURNS = 6
"""Turns kept of one conversation; older ones are forgotten."""

MAX_CONVERSATIONS = 5_000
"""Conversations kept; the one that was silent longest is forgotten first."""


class Conversing(NamedTuple):
    """Whose conversation it is: one person's, in one topic of one chat (None outside topics)."""

    chat: int
    thread: int | None
    person: int


@dataclass(frozen=True, slots=True)
class _KeptTurn:
    """A turn, the message that answered it, and when, in seconds of the clock."""

    turn: Turn
    answer: int
    at: float


@dataclass(slots=True)
class _Conversation:
    turns: deque[_KeptTurn] = field(default_factory=lambda: deque(maxlen=MAX_TURNS))


class Conversations:
    """Turns by conversation, bounded in number and in time.

    Args:
        minutes: how long a turn is kept; 0 keeps none.
        clock: seconds that never go back.
    """

    def __init__(self, minutes: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = minutes * 60.0
        self._clock = clock
        self._kept: OrderedDict[Conversing, _Conversation] = OrderedDict()

    def recall(self, who: Conversing) -> tuple[Turn, ...]:
        """Return the turns of a conversation, newest last."""
        self.purge()
        conversation = self._kept.get(who)
        return tuple(kept.turn for kept in conversation.turns) if conversation else ()

    def find_answered(self, chat: int, answer: int) -> Turn | None:
        """Return the turn that a message of the bot answered, whoever asked; None where it is forgotten."""
        self.purge()
        for who, conversation in self._kept.items():
            if who.chat == chat:
                for kept in conversation.turns:
                    if kept.answer == answer:
                        return kept.turn
        return None

    def remember(self, who: Conversing, turn: Turn, answer: int) -> None:
        """Keep a turn as its conversation's newest.

        Args:
            answer: number of the message that answered it; numbers are unique within a chat.
        """
        self.purge()
        if self._seconds <= 0:
            return
        self._kept.setdefault(who, _Conversation()).turns.append(_KeptTurn(turn, answer, self._clock()))
        self._kept.move_to_end(who)
        while len(self._kept) > MAX_CONVERSATIONS:
            self._kept.popitem(last=False)

    def forget_person(self, person: int) -> int:
        """Delete a person's conversations, wherever they were, and return the number of turns."""
        self.purge()
        gone = [who for who in self._kept if who.person == person]
        return sum(len(self._kept.pop(who).turns) for who in gone)

    def purge(self) -> None:
        """Delete the turns that are past their time."""
        limit = self._clock() - self._seconds
        for who in tuple(self._kept):  # the longest silent first
            turns = self._kept[who].turns
            while turns and turns[0].at <= limit:
                turns.popleft()
            if not turns:
                del self._kept[who]
