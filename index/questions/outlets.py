"""The outlets that a question names, by whatever name it uses, held or not held in the index.

Used by question.py; their search is routed to those outlets by retrieval.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_suffix(".toml")
_ACCORDING = re.compile(r"\baccording to(?: the)?$", re.IGNORECASE)
_ASKED_OF = re.compile(r"\b(?:did|does|do|has|have|had)(?: the)?$", re.IGNORECASE)
_SECTION = re.compile(r"\s+[-–—|:]\s+|:\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class OutletMention:
    """Where a question names outlets: their indexed names, or none for one that the index lacks."""

    outlets: tuple[str, ...]
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Names:
    """Indexed outlets by each name that a question may use, and the pattern that finds those names.

    Attributes:
        short: names that are no more than a piece of an outlet's: "Courier" of "The Anser Valley Courier".
    """

    outlets: Mapping[str, tuple[str, ...]]
    short: frozenset[str]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists of outlets.toml, compiled."""

    generic: frozenset[str]
    endings: tuple[str, ...]
    tails: tuple[str, ...]
    ambiguous: frozenset[str]
    reporting: re.Pattern[str]
    unheld: tuple[re.Pattern[str], ...]


def find_outlets(
    text: str, outlets: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> tuple[OutletMention, ...]:
    """Return the outlets that `text` names, in its order, with those that are not indexed.

    An outlet goes by its indexed name, its aliases, the name without "The", without a section ("BBC News -
    Technology" is also "BBC News" and "BBC") and without the ending of a domain. A name that is also a
    word ("Wired", "Time") counts only with a capital letter, or beside reporting words; the last words of a
    name ("the Courier") or its first ones ("Radio Haldren") where they report or, capitalised, follow "the".
    """
    names = _compile_names(tuple(outlets), tuple((name, tuple(others)) for name, others in aliases.items()))
    words = _load_words()
    matches = names.pattern.finditer(text) if names.pattern else ()
    found = [
        OutletMention(names.outlets[_fold(match.group())], match.group(), *match.span())
        for match in matches
        if (_is_short_name if _fold(match.group()) in names.short else _is_outlet)(match, text, words)
    ]
    unheld = (match for pattern in words.unheld for match in pattern.finditer(text))
    for match in sorted(unheld, key=lambda match: match.start(1) - match.end(1)):  # longest first
        start, end = match.span(1)
        if not any(start < other.end and other.start < end for other in found):
            found.append(OutletMention((), match.group(1), start, end))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _is_outlet(match: re.Match[str], text: str, words: _Words) -> bool:
    """Return whether a matched name is used as a name and not as a common word."""
    name = match.group()
    plain = _fold(name).removeprefix("the ")
    if plain not in words.ambiguous:
        return True
    if name[-len(plain)].isupper() and match.start() > 0:
        return True
    around = text[max(0, match.start() - 14) : match.start()] + " " + text[match.end() : match.end() + 14]
    return bool(words.reporting.search(around))


def _is_short_name(match: re.Match[str], text: str, words: _Words) -> bool:
    """Return whether a piece of a name stands for the outlet: "did the courier report", "in the Courier"."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if re.search(r"\s(?!The$)[A-Z]\w*$", before):  # "the Daily Telegraph" is not "The Sunday Telegraph"
        return False
    reports = bool(words.reporting.match(after))
    if _ACCORDING.search(before) or (reports and _ASKED_OF.search(before)):
        return True
    led = before.endswith((" the", "The")) and not after[:1].isupper()
    return match.group()[0].isupper() and (led or reports)


@lru_cache(maxsize=4)
def _compile_names(outlets: tuple[str, ...], aliases: tuple[tuple[str, tuple[str, ...]], ...]) -> _Names:
    """Return the names that questions may use; a name that several outlets share means all of them."""
    by_name: dict[str, list[str]] = {}
    table = dict(aliases)
    for outlet in outlets:
        for name in _spell_names((outlet, *table.get(outlet, ()))):
            by_name.setdefault(name, [])
            if outlet not in by_name[name]:
                by_name[name].append(outlet)
    short: set[str] = set()
    for outlet in outlets:
        for name in _shorten(outlet) - (by_name.keys() - short):
            by_name.setdefault(name, []).append(outlet)
            short.add(name)
    if not by_name:
        return _Names({}, frozenset(), None)
    spelled = "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]")
        for name in sorted(by_name, key=len, reverse=True)
    )
    pattern = re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE)
    return _Names({name: tuple(found) for name, found in by_name.items()}, frozenset(short), pattern)


def _shorten(outlet: str) -> set[str]:
    """Return the last words of an outlet's folded name, and its first ones without a tail ("News Agency")."""
    words = _load_words()
    name = _fold(outlet).removeprefix("the ")
    if not name.replace(" ", "").isalpha():
        return set()
    parts = name.split()
    forms = {" ".join(parts[first:]) for first in range(1, len(parts))}
    forms |= {name.removesuffix(f" {tail}") for tail in words.tails}
    return {form for form in forms if form not in words.generic and form not in words.tails}


def _spell_names(names: Iterable[str]) -> set[str]:
    """Return the folded forms of an outlet's names; none shorter than two letters or without a meaning."""
    words = _load_words()
    forms: set[str] = set()
    for name in names:
        whole = _fold(name)
        stems = {whole, _SECTION.split(whole)[0]}
        stems |= {stem.removeprefix("www.") for stem in stems}
        stems |= {stem.removesuffix(ending) for stem in stems for ending in words.endings}
        stems |= {stem.removeprefix("the ") for stem in stems}
        stems |= {stem.removesuffix(" news") for stem in stems}
        if "." not in whole and " " in whole:
            stems.add(whole.replace(" ", "") + ".com")
        forms |= {stem for stem in stems if len(stem) > 1 and (stem == whole or stem not in words.generic)}
    return forms


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("’", "'").split())


@lru_cache(maxsize=1)
def _load_words() -> _Words:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    nouns = "|".join(word.capitalize() for word in table["nouns"].split())
    known = "|".join(map(re.escape, table["known"]))
    endings = "|".join(map(re.escape, table["endings"].split()))
    title = r"[A-Z][\w&.’'-]*(?:\s+(?:of\s+)?(?:the\s+)?[A-Z][\w&.’'-]*){0,2}\s+"
    return _Words(
        generic=frozenset(table["generic"].split()),
        endings=tuple(table["endings"].split()),
        tails=tuple(table["tails"]),
        ambiguous=frozenset(table["ambiguous"].split()),
        reporting=re.compile(rf"\b(?:{'|'.join(table['reporting'])})\b", re.IGNORECASE),
        unheld=(
            re.compile(rf"(?<!\w)({known})(?!\w)"),
            re.compile(rf"(?<!\w)(The\s+(?:{nouns})\s+of\s+[A-Z]\w+|(?:The\s+)?{title}(?:{nouns}))(?!\w)"),
            re.compile(rf"\b(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*(?:{endings}))(?![\w.])", re.IGNORECASE),
        ),
    )
