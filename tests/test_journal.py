"""The log holds neither the token nor the words of a message."""

from __future__ import annotations

import logging
import sys

from bot.journal import RedactingFormatter, leave_out_words


def test_token_never_reaches_the_log():
    """Whatever is logged, in message or traceback, the token is taken out of it."""
    formatter = RedactingFormatter("42:secret")
    try:
        raise ValueError("https://api.telegram.org/bot42:secret/getMe")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "bot42:secret", (), sys.exc_info())
    assert "secret" not in formatter.format(record)
    assert "<token>" in formatter.format(record)


def test_secrets_of_addresses_never_reach_the_log():
    """What a build complains about is logged without the passwords and tokens of its sources."""
    record = logging.LogRecord("x", 40, "f", 1, "https://u:pw@a.example/?token=t: %s", ("no answer",), None)
    assert RedactingFormatter("").format(record).endswith("https://…@a.example/?token=…: no answer")


def test_words_of_a_message_never_reach_the_log():
    """An update that the library cannot read, and would log whole, is logged without its words."""
    words = "Something went wrong. Received data was: %r"
    record = logging.LogRecord("telegram.ext.Updater", 50, "f", 1, words, ({"text": "Is it lost?"},), None)
    assert leave_out_words(record)
    assert record.getMessage() == "Telegram sent an update that cannot be read"
    record = logging.LogRecord("telegram.ext", 40, "f", 1, "Rate limit hit after %d", (3,), None)
    assert leave_out_words(record)
    assert record.getMessage() == "Rate limit hit after 3"
