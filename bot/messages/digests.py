"""Digests: what is new on a watched topic, as one message, and the buttons that stop a watch.

Alerting sends them, the views behind their buttons lead back to them, watching takes the presses.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.texts import Phrasebook
from bot.messages.citing import clip_line
from bot.messages.composing import Message
from bot.messages.pairing import choose_shown
from bot.messages.presses import VERSION
from bot.messages.rendering import render_quotes
from index.answers import Answer, Quote

STOP, UNDO = "s", "u"
"""What a button does to a watch."""

ALONE, LISTED, UNDER_DIGEST = "o", "l", "d"
"""Where the button stands: under one watch, in the list, or under a digest, whose kept answer it names."""

TOPIC_CHARACTERS = 120
"""Characters of a topic that are shown; also on a button."""


def write_watch_press(action: str, where: str, token: str) -> str:
    """Return the callback data of a button that stops a watch or brings it back, at most 64 bytes."""
    return f"{VERSION}:q:{action}:{where}:{token}"


def render_digest(digest: Answer, shown: Sequence[Quote], phrases: Phrasebook) -> tuple[Message, ...]:
    """Return a digest with some of its quotes, as messages.

    Args:
        digest: `reports` is the number of new reports on the topic, which the question names.
        shown: of its quotes.
    """
    head = phrases.say("digest.head", topic=clip_line(digest.question.text, TOPIC_CHARACTERS))
    counts = []
    if digest.reports:
        counts.append(phrases.count("digest.reports", digest.reports))
    disputes = len({quote.pair for quote in digest.quotes if quote.pair is not None})
    if disputes:
        counts.append(phrases.count("digest.disputes", disputes))
    text = "\n".join((head, " · ".join(counts)))
    return render_quotes(text, shown, digest.quotes, phrases, disputed=bool(disputes))


def fit_digest(digest: Answer, limit: int, phrases: Phrasebook) -> tuple[Message, int]:
    """Return a digest as one message, and how many quotes it shows; fewer than `limit` where more do not fit.

    Where one quote alone takes more than a message, the message is its first.
    """
    for count in range(limit, 1, -1):
        messages = render_digest(digest, choose_shown(digest, count), phrases)
        if len(messages) == 1:
            return messages[0], count
    return render_digest(digest, choose_shown(digest, 1), phrases)[0], 1
