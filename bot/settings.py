"""The `[bot]` part of config.toml, checked, and the token, which comes from the environment only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from index.errors import ConfigError
from index.settings import Section, check_table, read_table

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the variable's name, not a secret


class BotSettings(Section):
    """`[bot]`.

    Attributes:
        admins: Telegram user ids that may rebuild and see the status.
        api_url: base URL of a Bot API server; empty for Telegram's own.
        workers: threads that answer questions side by side.
        concurrent_updates: updates in work at once, over all chats.
        max_question: characters of a question.
        questions_per_person: within a minute, over all chats, and five times as many inline queries, since
            one is asked at each pause in typing; 0 for no limit.
        questions_per_chat: within a minute; 0 for no limit.
        shown_quotes: quotes that an answer shows at first; the others stand behind a button.
        retention_days: days that an answer is kept for its buttons.
        follow_up_minutes: minutes that the last questions of a conversation are kept in memory for
            follow-ups; 0 keeps none, and then only what a message replies to is followed up.
        retries: how often a call that Telegram's flood control refused is tried again.
        log_level: of the log on standard error.
        token: None where the environment holds none; then the terminal is the front end.
    """

    admins: tuple[int, ...] = ()
    api_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    workers: int = Field(default=2, ge=1, le=64)
    concurrent_updates: int = Field(default=256, ge=1, le=4096)
    max_question: int = Field(default=1000, ge=50, le=4096)
    questions_per_person: int = Field(default=20, ge=0)
    questions_per_chat: int = Field(default=60, ge=0)
    shown_quotes: int = Field(default=3, ge=1, le=10)
    retention_days: int = Field(default=30, ge=1, le=3650)
    follow_up_minutes: int = Field(default=30, ge=0, le=1440)
    retries: int = Field(default=3, ge=0, le=10)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    data: Path = Path("data")
    token: SecretStr | None = Field(default=None, exclude=True)
    base: Path = Field(default=Path(), exclude=True)

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
    table |= {"base": path.resolve().parent, "token": token or None}
    return check_table(path, "bot", table, BotSettings)
