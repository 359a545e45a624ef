"""The table of words about people and institutions, read from people.toml.

`speech.cast` sorts names by it, `speech.chains` tells media by it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The words of people.toml, in lower case but for the names of media."""

    titles: dict[str, str]
    adjectives: frozenset[str]
    honorifics: frozenset[str]
    nouns: dict[str, str]
    given: dict[str, str]
    institutions: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]
    media_names: frozenset[str]
    media_words: frozenset[str]
    anonymous: frozenset[str]
    reports: frozenset[str]
    accepted: frozenset[str]
    newspapers: frozenset[str]
    bodies: frozenset[str]
    persons: frozenset[str]
    indefinite: frozenset[str]
    epithets: frozenset[str]
    plain_epithets: frozenset[str]
    withheld: re.Pattern[str]
    role_endings: tuple[str, ...]
    thing_endings: tuple[str, ...]
    roles: frozenset[str]
    no_roles: frozenset[str]
    departments: frozenset[str]
    dismissive: frozenset[str]

    def is_role(self, noun: str) -> bool:
        """Whether a noun says what somebody does or is: "director", "mayor", not "September"."""
        lower = noun.lower()
        if lower in self.no_roles or (lower in self.institutions and lower not in self.titles):
            return False
        known = lower in self.roles or lower in self.titles or lower in self.nouns or lower in self.persons
        if known or lower.endswith(self.thing_endings):
            return known
        return len(lower) > 4 and lower.isalpha() and lower.endswith(self.role_endings)


@cache
def load_people(path: Path = _FILE) -> PeopleTable:
    """Return the table of words about people; a word listed for both pronouns stands for neither."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    def sort_by_pronoun(name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for pronoun, words in table[name].items():
            for word in words.split():
                found[word] = pronoun if found.get(word, pronoun) == pronoun else "either"
        return found

    return PeopleTable(
        titles=sort_by_pronoun("titles"),
        adjectives=frozenset(table["adjectives"]["words"].split()),
        honorifics=frozenset(table["honorifics"]["words"].split()),
        nouns=sort_by_pronoun("nouns"),
        given=sort_by_pronoun("given"),
        institutions=frozenset(table["institutions"]["words"].split()),
        surnames=frozenset(table["surnames"]["words"].split()),
        places=frozenset(table["places"]["words"].split()),
        media_names=frozenset(table["media"]["names"].split()),
        media_words=frozenset(table["media"]["words"].split()),
        anonymous=frozenset(table["anonymous"]["words"].split()),
        reports=frozenset(table["reports"]["words"].split()),
        accepted=frozenset(table["reports"]["accepted"].split()),
        newspapers=frozenset(table["newspapers"]["words"].split()),
        bodies=frozenset(table["bodies"]["words"].split()),
        persons=frozenset(table["persons"]["words"].split()),
        indefinite=frozenset(table["persons"]["indefinite"].split()),
        epithets=frozenset((table["epithets"]["plain"] + table["epithets"]["told"]).split()),
        plain_epithets=frozenset(table["epithets"]["plain"].split()),
        withheld=re.compile("|".join(table["withheld"]["phrases"].split("\n")[:-1]), re.IGNORECASE),
        role_endings=tuple(table["roles"]["endings"].split()),
        thing_endings=tuple(table["roles"]["things"].split()),
        roles=frozenset(table["roles"]["words"].split()),
        no_roles=frozenset(table["roles"]["except"].split()),
        departments=frozenset(table["roles"]["departments"].split()),
        dismissive=frozenset(table["dismissive"]["words"].split()),
    )
