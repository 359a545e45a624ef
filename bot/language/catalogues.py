"""The translations of what the bot says: one gettext catalogue a language, in `bot/language/locales/`.

A phrasebook asks here for a text's translation; `python -m bot.language.translating` writes the catalogues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE: Final = "en"
"""The language that the keys' own texts are in."""

LANGUAGES: Final = (SOURCE, "es", "uk", "ru")
"""Of the interface, in the order of the menu."""

_ONE, _OTHER = ".one", ".other"


@dataclass(frozen=True, slots=True)
class Entry:
    """An English text that is to be translated.

    Attributes:
        key: under which handlers ask for it; the message's context in a catalogue.
        text: the English text, for one thing where it depends on a number.
        plural: the English text for several things; None where it depends on no number.
    """

    key: str
    text: str
    plural: str | None = None


def list_entries(texts: Mapping[str, str]) -> Iterator[Entry]:
    """Yield what is to be translated; `key.one` and `key.other` are one entry, called `key`."""
    for key, text in texts.items():
        if key.endswith(_ONE) and f"{key.removesuffix(_ONE)}{_OTHER}" in texts:
            stem = key.removesuffix(_ONE)
            yield Entry(stem, text, texts[f"{stem}{_OTHER}"])
        elif not (key.endswith(_OTHER) and f"{key.removesuffix(_OTHER)}{_ONE}" in texts):
            yield Entry(key, text)


@cache
def load_translations(language: str) -> NullTranslations:
    """Return a language's translations; what is missing, or marked as out of date, stays English."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def read_catalogue(language: str) -> Catalog:
    """Return a language's catalogue as its file has it."""
    file = files("bot.language").joinpath("locales", f"{language}.po")
    return read_po(BytesIO(file.read_bytes()), locale=language, abort_invalid=True)
