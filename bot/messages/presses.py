"""What a press of a button says: the view or the vote, of which answer, which page.

Callback data is short and carries a version, so that a button from an older release is recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

VERSION = "1"
"""Of the callback data; raised whenever its meaning changes."""


class View(StrEnum):
    """What an answer's message shows."""

    ANSWER = "a"
    CONTEXT = "c"
    MORE = "m"
    OTHER_SIDE = "o"
    NEAREST = "n"
    SAID = "w"
    DIGEST = "g"
    TIMELINE = "t"
    TEXT = "x"


class Vote(StrEnum):
    """What a reader thinks of an answer."""

    UP = "u"
    DOWN = "d"


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        token: names the answer.
        page: counted from 0.
    """

    action: View | Vote
    token: str
    page: int = 0


_ACTIONS: dict[str, View | Vote] = {action.value: action for action in (*View, *Vote)}


def write_press(press: Press) -> str:
    """Return the callback data of a button, at most 64 bytes."""
    return f"{VERSION}:{press.action.value}:{press.token}:{press.page}"


def read_press(data: str) -> Press | None:
    """Return what a button says, or None for one that this release does not know."""
    version, *rest = data.split(":")
    if version != VERSION or len(rest) != 3:
        return None
    action, token, page = rest
    if action not in _ACTIONS or not token or not page.isdecimal() or len(page) > 3:
        return None
    return Press(_ACTIONS[action], token, int(page))
