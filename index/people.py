"""The table of words about people and institutions, read from people.toml.

`index.cast` sorts names by it, `index.chains` tells media by it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The words of people.toml, in lower case but for the names of media."""

    titles: dict[str, str]
    nouns: dict[str, str]
    given: dict[str, str]
    institutions: frozenset[str]
    media_names: frozenset[str]
    media_words: frozenset[str]
    anonymous: frozenset[str]
    reports: frozenset[str]
    accepted: frozenset[str]


@cache
def load_people(path: Path = _FILE) -> PeopleTable:
    """Return the table of words about people; a word listed for both pronouns stands for neither."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    def sort_by_pronoun(name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for pronoun, words in table[name].items():
            for word in words.split():
                found[word] = "either" if word in found else pronoun
        return found

    return PeopleTable(
        titles=sort_by_pronoun("titles"),
        nouns=sort_by_pronoun("nouns"),
        given=sort_by_pronoun("given"),
        institutions=frozenset(table["institutions"]["words"].split()),
        media_names=frozenset(table["media"]["names"].split()),
        media_words=frozenset(table["media"]["words"].split()),
        anonymous=frozenset(table["anonymous"]["words"].split()),
        reports=frozenset(table["reports"]["words"].split()),
        accepted=frozenset(table["reports"]["accepted"].split()),
    )
