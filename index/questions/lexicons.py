"""The words by which follow-ups are told and completed, of each language: followups.toml, compiled.

Used by wording.py and by all that completes questions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("followups.toml")

_WORDLESS = ("plain", "masculine", "feminine", "common", "owned", "boundaries", "articles", "places", "opens")
"""Lists whose words carry no subject either."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words of followups.toml, compiled."""

    name: str
    chat: frozenset[str]
    asking: frozenset[str]
    plain: frozenset[str]
    aspects: frozenset[str]
    roles: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    common: frozenset[str]
    owned: frozenset[str]
    possessive: frozenset[str]
    boundaries: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    auxiliaries: frozenset[str]
    places: frozenset[str]
    topics: frozenset[str]
    opens: frozenset[str]
    lonely: frozenset[str]
    lead: re.Pattern[str]
    filler: re.Pattern[str]
    points: re.Pattern[str]
    demonstratives: re.Pattern[str]
    defines: re.Pattern[str]
    empty: re.Pattern[str]
    speaking: re.Pattern[str]
    telling: re.Pattern[str]
    agents: re.Pattern[str]
    stances: re.Pattern[str]
    whys: re.Pattern[str]
    agreement: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Persons:
    """Words in names and descriptions that tell what pronoun stands for them, English."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    titles: frozenset[str]
    groups: frozenset[str]
    anybody: frozenset[str]  # words that alone name no office: most who speak are one of them


def _compile(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)")


def _compile_start(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of one of the phrases at the beginning, with the marks around it."""
    spelled = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len)[::-1])
    return re.compile(rf"[\W_]*(?:{spelled})(?![\w'’-])[\s,.:;!…–—-]*", re.IGNORECASE)


@lru_cache(maxsize=1)
def _read_table() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_persons() -> Persons:
    """Return the words that tell persons apart."""
    return Persons(
        **{name: frozenset(str(words).split()) for name, words in _read_table()["persons"].items()}
    )


@lru_cache(maxsize=1)
def load_lexicons() -> tuple[Lexicon, ...]:
    """Return the words of every language, English first."""
    lexicons = []
    for language, table in _read_table().items():
        if language == "persons":
            continue
        sets = {name: frozenset(words.split()) for name, words in table.items() if isinstance(words, str)}
        sets["plain"] = frozenset().union(*(sets[name] for name in _WORDLESS))
        lists = {name: words for name, words in table.items() if isinstance(words, list)}
        agreement = tuple(zip(*(words.split() for words in lists.pop("agreement", ["", ""])), strict=True))
        lead, filler = _compile_start(lists.pop("leads")), _compile_start(lists.pop("fillers"))
        patterns = {name: _compile(words) for name, words in lists.items()}
        lexicons.append(Lexicon(language, lead=lead, filler=filler, agreement=agreement, **sets, **patterns))  # type: ignore[arg-type]
    return tuple(lexicons)


def names_person(noun: str) -> bool:
    """Return whether an English noun, in the singular or the plural, says what a person is: "nurses"."""
    english = load_lexicons()[0]
    one = noun.removesuffix("s")
    return noun in english.roles or one in english.roles or bool(english.agents.search(noun))
