"""The log on standard error: what went wrong and when, without secrets and without the words of messages.

run_bot.py sets it up, once the settings are read.
"""

from __future__ import annotations

import logging

from index.texts.addresses import hide_secrets


class RedactingFormatter(logging.Formatter):
    """Keeps a secret, and those in addresses of sources, out of the log, tracebacks included."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """Format a record, a placeholder in the secret's place."""
        text = hide_secrets(super().format(record))
        return text.replace(self._secret, "<token>") if self._secret else text


def leave_out_words(record: logging.LogRecord) -> bool:
    """Take an update out of what a library logs about it; a filter that lets every record pass."""
    if record.name.startswith("telegram") and "Received data" in str(record.msg):
        record.msg, record.args = "Telegram sent an update that cannot be read", ()
    return True


def configure_log(level: str, secret: str) -> None:
    """Log to standard error; the libraries' own debug logs, which hold messages and tokens, stay silent."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(secret))
    handler.addFilter(leave_out_words)
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for name in ("httpx", "httpcore", "telegram", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
