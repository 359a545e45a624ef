"""The translators' command: what is new goes in open, what has changed is marked, what is gone goes."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from bot.language import translating
from bot.language.catalogues import LANGUAGES, Entry, list_entries, read_catalogue
from bot.language.english import ENGLISH
from bot.language.translating import main, update_catalogue, write_catalogue

TEXTS = {
    "a.same": "Back",
    "a.changed": "Go back",
    "a.new": "New",
    "a.things.one": "{n} thing",
    "a.things.other": "{n} things",
    "a.other": "Other",
}
OLD = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgctxt "a.same"
msgid "Back"
msgstr "Назад"

msgctxt "a.changed"
msgid "Back"
msgstr "Назад"

msgctxt "a.gone"
msgid "Gone"
msgstr "Нема"
"""


def by_key(catalogue):
    """Return a catalogue's messages by key."""
    return {message.context: message for message in catalogue if message.id}


@pytest.fixture
def updated():
    return update_catalogue(read_po(BytesIO(OLD.encode()), locale="uk"), "uk", TEXTS)


def test_singular_and_plural_are_one_entry():
    """Two keys that end in "one" and "other" are one text; one such key alone is a text of its own."""
    assert list(list_entries(TEXTS))[3:] == [
        Entry("a.things", "{n} thing", "{n} things"),
        Entry("a.other", "Other"),
    ]


def test_translations_are_kept_and_marked(updated):
    """What still fits stays, what was made from another text is marked, what is new is open."""
    found = by_key(updated)
    assert list(found) == ["a.same", "a.changed", "a.new", "a.things", "a.other"]
    assert (found["a.same"].string, found["a.same"].fuzzy) == ("Назад", False)
    assert (found["a.changed"].string, found["a.changed"].fuzzy) == ("Назад", True)
    assert found["a.new"].string == ""
    assert found["a.things"].string == ("", "", "")


def test_what_is_written_is_read_again(updated):
    """A written catalogue reads as it was, and to write it again changes nothing."""
    written = write_catalogue(updated)
    read = read_po(BytesIO(written), locale="uk")
    assert {key: (m.id, m.string, m.fuzzy) for key, m in by_key(read).items()} == {
        key: (m.id, m.string, m.fuzzy) for key, m in by_key(updated).items()
    }
    assert write_catalogue(update_catalogue(read, "uk", TEXTS)) == written
    assert (read.num_plurals, read.plural_expr) == (updated.num_plurals, updated.plural_expr)


def test_command_says_what_is_open(monkeypatch, tmp_path):
    """For each language the command writes the catalogue and lists the keys that want a translator."""
    for language in LANGUAGES[1:]:
        (tmp_path / f"{language}.po").write_bytes(write_catalogue(read_catalogue(language)))
    monkeypatch.setattr(translating, "FOLDER", tmp_path)
    monkeypatch.setattr(translating, "ENGLISH", {**ENGLISH, "zz.new": "New", "button.back": "Go back"})
    result = CliRunner().invoke(main)
    assert result.exit_code == 0, result.output
    assert "  zz.new\n" in result.output
    assert "  button.back\n" in result.output
    assert 'msgctxt "zz.new"' in (tmp_path / "uk.po").read_text(encoding="utf-8")
