"""What the words are that would answer a question: tonnes, guards that are counted, a person, a time of day.

Read once a question, for fitness and quantities, which hold the words of sentences against it. Surface
patterns only, from fitness.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from index.datatypes import Span
from index.quotes.answer_types import AnswerType, find_answer_type
from index.quotes.terms import STOP_WORDS
from index.texts.stems import stem_word

BARE = "bare"
LIKELY, MIDDLING, LOW, UNLIKELY = 0.8, 0.5, 0.3, 0.15
"""How well words fit that are not plainly fit."""
QUANTITIES = frozenset({AnswerType.NUMBER, AnswerType.AMOUNT})
_HOW_MANY = re.compile(r"\bhow many\s+((?:[\w'’-]+\s+){0,3}[\w'’-]+)", re.IGNORECASE)
_HEADS = re.compile(r"\b(?:population|death toll)\b", re.IGNORECASE)


class Fitting(NamedTuple):
    """Words that may answer.

    Attributes:
        span: half-open offsets into the text.
        fit: how well they are of what is asked for, in (0, 1].
    """

    span: Span
    fit: float


@dataclass(frozen=True, slots=True)
class Sought:
    """What the words that answer a question are.

    Attributes:
        kind: what the question asks for.
        best: the kinds of numbers that answer; "bare" for one without a unit.
        fits: those that may answer as well.
        counted: stems of what the question counts ("how many *guards*").
        known: stems of the question's words, which answer nothing.
        names: stems of its names.
        ends: whether a day that ends something answers ("how long will ...?").
        clock: whether it asks for a time of day.
        body: whether it asks for a group of people, such as a team or a company.
        country: whether it asks for a country, which an adjective or an owner names as well.
    """

    kind: AnswerType
    best: frozenset[str] = frozenset()
    fits: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ends: bool = False
    clock: bool = False
    body: bool = False
    country: bool = False


@dataclass(frozen=True, slots=True)
class _Measure:
    asked: re.Pattern[str]
    best: frozenset[str]
    fits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns of fitness.toml."""

    units: Mapping[str, re.Pattern[str]]
    measures: tuple[_Measure, ...]
    ends: Mapping[str, re.Pattern[str]]
    bare: Mapping[str, re.Pattern[str]]
    people: frozenset[str]
    names: Mapping[str, re.Pattern[str]]
    places: re.Pattern[str]


def read_sought(question: str, known: frozenset[str], names: frozenset[str]) -> Sought:
    """Return what the words are that would answer a question.

    `known` are the stems of all its words and `names` those of its names.
    """
    kind = find_answer_type(question)
    tables = load_patterns()
    best = fits = counted = frozenset[str]()
    if kind in QUANTITIES:
        measure = next((one for one in tables.measures if one.asked.search(question)), None)
        if measure is not None:
            best, fits = measure.best, measure.fits
        counted = _find_counted(question)
        units = {unit for unit, pattern in tables.units.items() if any(map(pattern.match, counted))}
        if units and measure is not None and measure.best == {BARE}:
            best = fits = frozenset(units)
    return Sought(
        kind=kind,
        best=best,
        fits=fits,
        counted=frozenset(map(stem_word, counted)),
        known=known,
        names=names,
        ends=bool(tables.ends["asked"].search(question)),
        clock=bool(tables.ends["clock"].search(question)),
        body=bool(tables.names["asks_body"].search(question)),
        country=bool(tables.names["asks_country"].search(question)),
    )


def _find_counted(question: str) -> frozenset[str]:
    """Return the words that "how many" counts, as written; those that count people for a population."""
    match = _HOW_MANY.search(question)
    if match is None:
        return load_patterns().people if _HEADS.search(question) else frozenset()
    counted: list[str] = []
    for word in match.group(1).lower().split():
        if word in STOP_WORDS:
            break
        counted.append(word)
    found = frozenset(counted[:3])
    return found | load_patterns().people if "people" in found or not found else found


@cache
def load_patterns() -> Patterns:
    """Return the compiled patterns."""
    data: dict[str, Any] = tomllib.loads(
        files("index.quotes").joinpath("fitness.toml").read_text(encoding="utf-8")
    )
    return Patterns(
        units={name: _compile(patterns) for name, patterns in data["units"].items()},
        measures=tuple(
            _Measure(_compile(entry["asked"]), frozenset(entry["best"]), frozenset(entry["fits"]))
            for entry in data["measures"]
        ),
        ends={name: _compile(patterns) for name, patterns in data["ends"].items()},
        bare={name: _compile(patterns) for name, patterns in data["bare"].items() if name != "people"},
        people=frozenset(data["bare"]["people"]),
        names={name: _compile(patterns, re.NOFLAG) for name, patterns in data["names"].items()},
        places=_compile(data["places"]["found"], re.NOFLAG),
    )


def _compile(patterns: Sequence[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)})", flags)
