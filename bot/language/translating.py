"""The translators' command, `python -m bot.language.translating`: brings the catalogues up to the English.

What is new is put in untranslated, what has changed is marked, what is gone goes. The bot itself does not
need it: until a text is translated, it is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.language.catalogues import LANGUAGES, list_entries, read_catalogue
from bot.language.english import ENGLISH

FOLDER: Final = Path(__file__).with_name("locales")


def update_catalogue(old: Catalog, language: str, texts: Mapping[str, str]) -> Catalog:
    """Return a catalogue of the English texts with the translations of an old one.

    A translation made from another English text is kept and marked (fuzzy), so that it is not used.
    """
    known = {str(message.context): message for message in old if message.id}
    new = Catalog(locale=language, project="Onrecord", fuzzy=False)
    for entry in list_entries(texts):
        english = entry.text if entry.plural is None else (entry.text, entry.plural)
        before = known.get(entry.key)
        if before is None or bool(before.pluralizable) != (entry.plural is not None):
            empty = "" if entry.plural is None else ("",) * new.num_plurals
            new.add(english, empty, context=entry.key)
        else:
            flags = {"fuzzy"} if before.fuzzy or before.id != english else set()
            new.add(english, before.string, context=entry.key, flags=flags)
    return new


def write_catalogue(catalogue: Catalog) -> bytes:
    """Return a catalogue as the bytes of its file, without the dates that would change at every run."""
    out = BytesIO()
    write_po(out, catalogue, width=110, omit_header=True)
    forms = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    header = (
        "# Translations of bot/language/english.py. Renew with: python -m bot.language.translating\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {forms}\\n"\n\n'
    )
    return header.encode() + out.getvalue()


@click.command()
def main() -> None:
    """Bring every catalogue up to date with the English texts, and say what is to be translated."""
    for language in LANGUAGES[1:]:
        file = FOLDER / f"{language}.po"
        old = read_catalogue(language) if file.exists() else Catalog(locale=language)
        new = update_catalogue(old, language, ENGLISH)
        file.write_bytes(write_catalogue(new))
        open_ = [str(message.context) for message in new if message.id and _is_open(message.string)]
        marked = [str(message.context) for message in new if message.id and message.fuzzy]
        click.echo(f"{language}: {len(open_)} to translate, {len(marked)} out of date")
        for key in (*open_, *marked):
            click.echo(f"  {key}")


def _is_open(string: object) -> bool:
    return not string or (isinstance(string, tuple | list) and not all(string))


if __name__ == "__main__":
    main()
