"""The names, words, numbers and years of a text, by which reports of one event are told from its look-alikes.

Serves the grouping into stories, the finding of copies and the pairing of disputes; needs no parser.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from index.texts.stems import stem_word

_TABLE = Path(__file__).with_suffix(".toml")
_WORD = re.compile(r"[^\W\d_](?:[\w’']*\w)?")
_ONE = re.compile(r"\b(?:one|an?)[\s-]+$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Particulars:
    """How often each kind of term stands in a text; words are stems in lower case.

    Attributes:
        names: words written with a capital, other than those that the text also writes without.
        words: all words but the commonest, names included.
        numbers: values, whether in figures or words; years are left out.
        years: four-digit years from 1900 to 2099.
    """

    names: Counter[str]
    words: Counter[str]
    numbers: Counter[float]
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: its value and where it stands, as half-open offsets into that text."""

    value: float
    start: int
    end: int


@cache
def _read_table() -> tuple[frozenset[str], dict[str, int], dict[str, int]]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return frozenset(table["common"].split()), table["numbers"], table["magnitudes"]


@cache
def _count_pattern() -> re.Pattern[str]:
    """Return the pattern of figures and of words of quantity; a word is one only by itself."""
    _, units, magnitudes = _read_table()
    words = "|".join(sorted((*units, *magnitudes), key=len, reverse=True))
    return re.compile(rf"\d+(?:[.,]\d+)*|(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Return whether a word, in any case, is too common to tell one event from another."""
    return word.casefold().replace("’", "'") in _read_table()[0]


def list_terms(text: str) -> frozenset[str]:
    """Return the stems of the words of `text`, all but the commonest."""
    words = _WORD.findall(text)
    return frozenset(stem_word(word) for word in words if len(word) > 1 and not is_common(word))


def parse_figures(text: str) -> float:
    """Return the value of figures as newspapers print them: "1,200.5", "80", "3.5"."""
    if _GROUPED.match(text):
        return float(text.replace(",", ""))
    return float(re.sub(r"[.,](?=.*[.,])", "", text).replace(",", "."))


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of `text` in order, in figures or in words ("twenty-five", "3 million").

    "One" and "a" are numbers only before a magnitude: "one hundred and twenty".
    """
    _, units, magnitudes = _read_table()
    value: float | None = None
    start = end = 0
    for match in _count_pattern().finditer(text):
        token = match.group()
        word = token.casefold()
        between = text[end : match.start()].strip(" -\u2011") if value is not None else ""
        if value is not None and not between and word in magnitudes:
            value, end = value * magnitudes[word], match.end()
            continue
        found = parse_figures(token) if token[0].isdecimal() else units.get(word)
        opening = _ONE.search(text, 0, match.start()) if found is None else None
        if opening is not None:
            found = magnitudes[word]
        if found is None:
            continue
        if value is not None and not token[0].isdecimal() and _adds(value, between, found, text[start:end]):
            value, end = value + found, match.end()
            continue
        if value is not None:
            yield Quantity(value, start, end)
        value, start, end = float(found), opening.start() if opening else match.start(), match.end()
    if value is not None:
        yield Quantity(value, start, end)


def _adds(value: float, between: str, found: float, before: str) -> bool:
    """Return whether a number in words goes on with the one before it."""
    if not between and found < 10 and 20 <= value < 100:
        return True  # "twenty-five"
    hundreds = value % 100 == 0 and found < 100 and not before[0].isdecimal()
    return hundreds and between == "and"  # "one hundred and twenty"


def is_year(text: str, quantity: Quantity) -> bool:
    """Return whether a number of `text` is written like a year: four figures, 1900 to 2099."""
    written = text[quantity.start : quantity.end]
    return len(written) == 4 and written.isdecimal() and quantity.value in _YEARS


def extract_particulars(text: str) -> Particulars:
    """Return the particulars of a text of any length, in time linear in it."""
    names: Counter[str] = Counter()
    words: Counter[str] = Counter()
    plain: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < 2 or is_common(word):
            continue
        stem = stem_word(word)
        words[stem] += 1
        if word[0].isupper():
            names[stem] += 1
        else:
            plain.add(stem)
    numbers: Counter[float] = Counter()
    years: set[int] = set()
    for quantity in find_quantities(text):
        if is_year(text, quantity):
            years.add(int(quantity.value))
        else:
            numbers[quantity.value] += 1
    for stem in plain & names.keys():
        del names[stem]
    return Particulars(names, words, numbers, frozenset(years))
