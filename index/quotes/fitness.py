"""How well words of the kind that a question asks for fit it: tonnes for *how heavy*, a person for *who*.

Between the patterns of answer_types, which find names, numbers and dates, and relevance and highlighting,
which ask how well the best of them would answer. Surface patterns only, from fitness.toml.
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
from index.quotes.answer_types import NAMING_TYPES, AnswerType, find_answer_type, find_candidates
from index.quotes.likeness import compare_stems
from index.quotes.terms import STOP_WORDS
from index.texts.stems import stem_word

_BARE = "bare"
_LIKELY, _MIDDLING, _LOW, _UNLIKELY = 0.8, 0.5, 0.3, 0.15  # how well words fit that are not plainly fit
_OTHER_THING = 0.35  # how well a number fits that counts something else; what is like the counted fits better
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HOW_MANY = re.compile(r"\bhow many\s+((?:[\w'’-]+\s+){0,3}[\w'’-]+)", re.IGNORECASE)
_HEADS = re.compile(r"\b(?:population|death toll)\b", re.IGNORECASE)
_HALF_BEFORE = re.compile(r"[^\W_]$|\d[.,:]$")
_LENGTH_BEFORE = re.compile(r"\b(?:for|last(?:ed|s)?|took|takes?|within|over|than|about|to|of) $")
_JOINED = re.compile(r"\b(?:to|and|or|not|than|from|of|by|at) $")
_CLOCK = re.compile(r"\d[:.]?\d* ?[ap]\.?m|\d:\d|noon|midnight|past|o[’']clock")
_SUFFIX = re.compile(r"(?:st|nd|rd|th|m|bn|k|km|kg|g|cm|mm|mph|kph|ft|lbs?|lb|s)\b")
_SIGNED = {"money": re.compile(r"[$€£¥]"), "percent": re.compile(r"%|per ?cent")}
_QUANTITIES = frozenset({AnswerType.NUMBER, AnswerType.AMOUNT})


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
    """

    kind: AnswerType
    best: frozenset[str] = frozenset()
    fits: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ends: bool = False
    clock: bool = False


@dataclass(frozen=True, slots=True)
class _Measure:
    asked: re.Pattern[str]
    best: frozenset[str]
    fits: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Tables:
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
    tables = _tables()
    best = fits = counted = frozenset[str]()
    if kind in _QUANTITIES:
        measure = next((one for one in tables.measures if one.asked.search(question)), None)
        if measure is not None:
            best, fits = measure.best, measure.fits
        counted = _find_counted(question)
        units = {unit for unit, pattern in tables.units.items() if any(map(pattern.match, counted))}
        if units and measure is not None and measure.best == {_BARE}:
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
    )


def find_fitting(sought: Sought, text: str) -> tuple[Fitting, ...]:
    """Return the words of `text` that may answer, in order, none of them half a word."""
    kind = sought.kind
    spans = find_candidates(kind, text, sought.known)
    if kind not in NAMING_TYPES:
        return tuple(Fitting(span, 1.0) for span in spans)
    if kind in _QUANTITIES:
        return _fit_numbers(sought, text, spans)
    if kind in (AnswerType.PERSON, AnswerType.PLACE):
        fitting = [Fitting(span, fit) for span in spans if (fit := _fit_name(sought, text, span)) > 0]
        fitting += _find_places(sought, text) if kind is AnswerType.PLACE else []
        return tuple(sorted(fitting))
    if kind is AnswerType.DURATION:
        spans = tuple(sorted({*spans, *_find_ends(text)}))
    return tuple(Fitting(span, fit) for span in spans if (fit := _fit_time(sought, text, span)) > 0)


def _find_counted(question: str) -> frozenset[str]:
    """Return the words that "how many" counts, as written; those that count people for a population."""
    match = _HOW_MANY.search(question)
    if match is None:
        return _tables().people if _HEADS.search(question) else frozenset()
    counted: list[str] = []
    for word in match.group(1).lower().split():
        if word in STOP_WORDS:
            break
        counted.append(word)
    found = frozenset(counted[:3])
    return found | _tables().people if "people" in found or not found else found


def _fit_numbers(sought: Sought, text: str, spans: Sequence[Span]) -> tuple[Fitting, ...]:
    kinds = []
    for span in spans:
        whole = _end_word(text, span)
        if whole is not None:
            kinds.append(_read_unit(text, whole))
    among = any(units & sought.best for _, units, _ in kinds if _BARE not in units)
    found = []
    for span, units, beside in kinds:
        fit = max(_fit_unit(sought, unit) for unit in units)
        if _BARE in units:
            joined = _JOINED.search(text[max(0, span.start - 12) : span.start])
            if among and joined and not beside:  # "from 2.4 million marks to 900,000"
                fit = max(fit, _LIKELY)
            fit *= _fit_count(sought, text, span, beside)
        if fit > 0:
            found.append(Fitting(span, fit))
    return tuple(found)


def _fit_unit(sought: Sought, unit: str) -> float:
    if not sought.fits:
        return 1.0 if unit == _BARE else _MIDDLING
    if unit in sought.best:
        return 1.0
    return 0.0 if unit not in sought.fits else _LOW if unit == _BARE else _MIDDLING


def _fit_count(sought: Sought, text: str, span: Span, beside: Sequence[str]) -> float:
    """Return how well a number without a unit counts what is counted, by the words that follow it."""
    tables = _tables()
    before = text[max(0, span.start - 20) : span.start]
    number = text[span.start : span.end].lower()
    if tables.bare["idle_before"].search(before) and (number == "one" or number.isdigit()):
        return 0.0
    if tables.bare["idle"].search(number):
        return _LOW
    if not beside and tables.bare["pointing"].search(before):
        return _UNLIKELY  # "switch between the two"
    if not sought.counted:
        return 1.0
    if not beside:
        return _LIKELY
    stems = [stem_word(word) for word in beside]
    if any(stem in sought.counted for stem in stems):
        return 1.0
    likeness = max((compare_stems(one, other) for one in stems for other in sought.counted), default=0.0)
    return _OTHER_THING + (1 - _OTHER_THING) * max(0.0, likeness)


def _read_unit(text: str, span: Span) -> tuple[Span, frozenset[str], tuple[str, ...]]:
    """Return a number with its unit, the kinds that this may be of, and the words that it counts."""
    own, after = text[span.start : span.end], text[span.end : span.end + 40]
    if re.search(r"[$€£¥]\s?$", text[max(0, span.start - 3) : span.start]):
        return span, frozenset({"money"}), ()
    tail = re.sub(r"^[-\s]", "", after)
    behind = {unit: found.end() for unit, one in _tables().units.items() if (found := one.match(tail))}
    signed = {unit for unit, sign in _SIGNED.items() if sign.search(own)}
    if signed:
        return span, frozenset(signed), ()
    if behind:
        end = span.end + len(after) - len(tail) + max(behind.values())
        return Span(span.start, end), frozenset(behind), ()
    beside: list[str] = []
    for word in re.split(r"\s+", tail)[:4]:
        bare = word.rstrip(".,;:!?)”\"'’")
        if not bare or not _WORD.fullmatch(bare) or (bare.lower() in STOP_WORDS and bare.lower() != "more"):
            break
        beside.append(bare.lower())
        if bare != word:
            break
    return span, frozenset({_BARE}), tuple(beside[:3])


def _end_word(text: str, span: Span) -> Span | None:
    """Return a number with the letters that belong to it ("40km"); None where it is half a word ("22pm")."""
    start, end = span
    said = re.match(r"[^\W\d_]+ ", text[start:end])
    if said and _tables().bare["phrasal"].search(text[max(0, start - 14) : start]):
        start += said.end()  # "handed over 9,412" is not more than 9,412
    if _HALF_BEFORE.search(text[max(0, start - 2) : start]):
        return None
    if end < len(text) and text[end].isalnum():
        suffix = _SUFFIX.match(text, end)
        if suffix is None or suffix.group() in ("st", "nd", "rd", "th"):
            return None
        end = suffix.end()
    return Span(start, end)


def _fit_name(sought: Sought, text: str, span: Span) -> float:
    """Return how well a name is one of a person, or of a place, by what stands in it and beside it."""
    tables = _tables().names
    name = text[span.start : span.end]
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 14]
    last = stem_word(re.sub(r"['’]s?$", "", name.split(" ")[-1]))
    if last in sought.names:  # "Attorney General Merrick Garland" where he is asked about
        return 0.0
    if after.startswith(")") and before.endswith("("):
        return _UNLIKELY
    lone = " " not in name
    following = re.match(r" ([a-z]+)", after)
    adjective = lone and tables["adjective"].search(name) and following and following[1] not in STOP_WORDS
    titled = tables["titled"].search(before) or tables["titled"].search(name.split(" ")[0] + " ")
    titled = titled or tables["aged"].match(after)
    owner = tables["owner"].search(name)
    located = tables["locative"].search(before)
    if sought.kind is AnswerType.PLACE:
        if tables["place"].search(name) or (located and not titled):
            return 1.0
        if titled or (lone and name.isupper()):
            return _UNLIKELY
        return _LOW if owner or adjective or tables["body"].search(name) else _MIDDLING
    if tables["quoted_before"].search(before) and tables["quoted_after"].search(text[span.end :]):
        return _UNLIKELY  # a title
    if tables["told"].search(before):
        return _UNLIKELY  # who was told is not who told
    if adjective or (owner and "whose" not in sought.known):
        return _UNLIKELY
    if titled:
        return 1.0
    if located or tables["place"].search(name):
        return _LOW
    if tables["body"].search(name):
        return _MIDDLING
    if lone and name.isupper() and len(name) > 1:
        return _LOW
    if tables["beside"].match(after) or tables["acts"].match(after):
        return _LIKELY
    return _MIDDLING if lone else _LIKELY


def _find_places(sought: Sought, text: str) -> list[Fitting]:
    """Return what tells where without a name: "in the old tram depot", unless the question says it."""
    found = []
    for match in _tables().places.finditer(text):
        start = match.start() + match.group().index(" ") + 1
        words = {stem_word(word) for word in match.group().lower().split()[2:]}
        if not words <= sought.known:
            found.append(Fitting(Span(start, match.end()), _MIDDLING))
    return found


def _fit_time(sought: Sought, text: str, span: Span) -> float:
    tables = _tables().ends
    before, after = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 14]
    if sought.kind is AnswerType.DURATION:
        if text[span.start : span.end].lower() == "a second":
            return 0.0
        if tables["passed"].match(after):
            return _UNLIKELY
        if tables["before"].search(before):
            if re.match(r"['’]s\b", after):
                return 0.0
            return 1.0 if sought.ends else _MIDDLING
        return 1.0 if _LENGTH_BEFORE.search(before) else _LIKELY
    if sought.kind is AnswerType.DATE and sought.clock:
        return 1.0 if _CLOCK.search(text[span.start : span.end]) else _LOW
    return 1.0


def _find_ends(text: str) -> tuple[Span, ...]:
    """Return the dates up to which something lasts: "until 20 May"."""
    before = _tables().ends["before"]
    return tuple(
        span
        for span in find_candidates(AnswerType.DATE, text)
        if before.search(text[max(0, span.start - 24) : span.start])
    )


@cache
def _tables() -> _Tables:
    """Return the compiled patterns."""
    data: dict[str, Any] = tomllib.loads(
        files("index.quotes").joinpath("fitness.toml").read_text(encoding="utf-8")
    )
    return _Tables(
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
