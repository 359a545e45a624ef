"""The `[bot]` part of config.toml, checked, and the token, which comes from the environment only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator

from bot.memory.vault import KeyRing
from index.errors import ConfigError
from index.settings import Section, check_table, read_table

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the variable's name, not a secret


SECRET_VARIABLE = "ONRECORD_WEBHOOK_SECRET"  # noqa: S105 - the variable's name, not a secret


class WebhookSettings(Section):
    """`[bot.webhook]`.

    Attributes:
        url: the public address that Telegram sends updates to, without the path; empty for long polling.
        listen: address of this machine to listen on; the load balancer or proxy in front holds the TLS.
        port: to listen on.
        path: of the address, the same in public and here.
        max_connections: that Telegram may open at once.
    """

    url: str = Field(default="", pattern=r"^(https?://[^\s/]+(/[^\s]*[^\s/])?)?$")
    listen: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65_535)
    path: str = Field(default="/telegram", pattern=r"^/[A-Za-z0-9._~/-]+$")
    max_connections: int = Field(default=40, ge=1, le=100)


class HealthSettings(Section):
    """`[bot.health]`.

    Attributes:
        port: to listen on for `GET /health`; 0 for none.
        listen: address of this machine to listen on.
    """

    port: int = Field(default=0, ge=0, le=65_535)
    listen: str = "127.0.0.1"


class BotSettings(Section):
    """`[bot]`.

    Attributes:
        admins: Telegram user ids that may rebuild and see the status.
        api_url: base URL of a Bot API server; empty for Telegram's own.
        workers: threads that answer questions side by side.
        concurrent_updates: updates in work at once, over all chats, with the questions in the queue.
        max_question: characters of a question.
        questions_per_person: within a minute, over all chats, and five times as many inline queries, since
            one is asked at each pause in typing; 0 for no limit.
        questions_per_chat: within a minute; 0 for no limit.
        shown_quotes: quotes that an answer shows at first; the others stand behind a button.
        retention_days: days that an answer is kept for its buttons.
        vote_days: days that a vote is kept for evaluation.
        follow_up_minutes: minutes that the last questions of a conversation are kept for
            follow-ups; 0 keeps none, and then only what a message replies to is followed up.
        watches_per_chat: topics that one chat may watch; one message lists as many as that.
        refresh_minutes: minutes from one build of the index that the bot starts by itself to the next; 0 for
            none.
        retries: how often a call that Telegram's flood control refused is tried again.
        log_level: of the log on standard error.
        key_file: holds the key of what is stored, where the environment has none in ONRECORD_KEY.
        token: None where the environment holds none; then the terminal is the front end.
        webhook_secret: that Telegram sends along; None where the environment holds none, and one is made.
        keys: where the keys of what is stored are.
    """

    admins: tuple[int, ...] = ()
    api_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    workers: int = Field(default=2, ge=1, le=64)
    concurrent_updates: int = Field(default=2048, ge=1, le=65_536)
    max_question: int = Field(default=1000, ge=50, le=4096)
    questions_per_person: int = Field(default=20, ge=0)
    questions_per_chat: int = Field(default=60, ge=0)
    shown_quotes: int = Field(default=3, ge=1, le=10)
    retention_days: int = Field(default=30, ge=1, le=3650)
    vote_days: int = Field(default=365, ge=1, le=3650)
    follow_up_minutes: int = Field(default=30, ge=0, le=1440)
    watches_per_chat: int = Field(default=20, ge=1, le=20)
    refresh_minutes: int = Field(default=0, ge=0, le=10_080)
    retries: int = Field(default=3, ge=0, le=10)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    data: Path = Path("data")
    key_file: Path = Path("onrecord.key")
    webhook: WebhookSettings = WebhookSettings()
    health: HealthSettings = HealthSettings()
    token: SecretStr | None = Field(default=None, exclude=True)
    webhook_secret: SecretStr | None = Field(default=None, exclude=True, repr=False)
    keys: KeyRing | None = Field(default=None, exclude=True)
    base: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _check_webhook(self) -> BotSettings:
        """Telegram's own servers send updates over HTTPS only."""
        if self.webhook.url.startswith("http://") and not self.api_url:
            raise ValueError(
                "webhook.url must begin with https:// unless api_url names a server of one's own"
            )
        return self

    @property
    def data_folder(self) -> Path:
        """The data folder, resolved."""
        return (self.base / self.data).resolve()


def load_bot_settings(path: Path, environ: Mapping[str, str]) -> BotSettings:
    """Read and check `[bot]` of a configuration file and the token of the environment; raise ConfigError."""
    token = environ.get(TOKEN_VARIABLE, "").strip()
    table = read_table(path, "bot")
    if "token" in table:
        raise ConfigError(
            f"{path}: [bot] token must not stand in a file; put it into the variable {TOKEN_VARIABLE}"
        )
    for name in ("keys", "base", "webhook_secret"):
        if name in table:
            raise ConfigError(f"{path}: [bot] {name} is not a setting of the file")
    base = path.resolve().parent
    secret = environ.get(SECRET_VARIABLE, "").strip()
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        raise ConfigError(f"{SECRET_VARIABLE} must be 16 to 256 letters, digits, hyphens and underscores")
    table |= {"base": base, "token": token or None, "webhook_secret": secret or None}
    settings = check_table(path, "bot", table, BotSettings)
    ring = KeyRing.of((base / settings.key_file).resolve(), environ)
    return settings.model_copy(update={"keys": ring})
