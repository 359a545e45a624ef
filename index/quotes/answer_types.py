"""What kind of words a question asks for, and where a text holds such words.

Used by quoting (a sentence that holds a name answers *who* better), by highlighting and by confidence.
Surface patterns only, from answer_types.toml: they run over every candidate sentence of every question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from index.datatypes import Label, Span
from index.quotes.terms import STOP_WORDS
from index.texts.stems import stem_word


class AnswerType(StrEnum):
    """What a question asks for; OTHER where its words do not tell."""

    PERSON = "person"
    NUMBER = "number"
    AMOUNT = "amount"
    DURATION = "duration"
    AGE = "age"
    DATE = "date"
    PLACE = "place"
    REASON = "reason"
    SPEECH = "speech"
    DEFINITION = "definition"
    OTHER = "other"


NAMING_TYPES = frozenset(
    {
        AnswerType.PERSON,
        AnswerType.PLACE,
        AnswerType.NUMBER,
        AnswerType.AMOUNT,
        AnswerType.DURATION,
        AnswerType.AGE,
        AnswerType.DATE,
    }
)
"""Types whose candidates are themselves the words that answer, not only a sign of an answer."""

_NAMED = frozenset({AnswerType.PERSON, AnswerType.PLACE})
_COUNTS = frozenset({AnswerType.NUMBER, AnswerType.AMOUNT})
_CASED = frozenset({"name", "date"})  # tables in which a capital letter carries the meaning
_WORD = re.compile(r"[^\W_]+(?:[.,][^\W_]+)*")
_NOUN_ENDS = re.compile(r",|\s(?:of|for|from|in|at|with|whose|who|that|on|to|when|and)\s", re.IGNORECASE)
_OWNER_ENDS = re.compile(r"['’]s?\s+(?=\w)")
_OWNING = re.compile(r"['’]s?$")
_NOT_A_NAME = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december however meanwhile earlier later yesterday today now first last still since
following despite mr mrs ms dr
"""
_NOT_NAMES = frozenset(_NOT_A_NAME.split())


@dataclass(frozen=True, slots=True)
class _Tables:
    asked: tuple[tuple[AnswerType, re.Pattern[str]], ...]
    found: Mapping[str, re.Pattern[str]]
    stances: Mapping[Label, re.Pattern[str]]
    speakers: Mapping[str, re.Pattern[str]]


def find_answer_type(question: str) -> AnswerType:
    """Return what a question asks for, by its interrogative and the noun beside it."""
    return next((kind for kind, pattern in _tables().asked if pattern.search(question)), AnswerType.OTHER)


def find_stances(question: str) -> frozenset[Label]:
    """Return the labels of the statements that a question asks for ("who *denied* ..."); often none."""
    return frozenset(label for label, pattern in _tables().stances.items() if pattern.search(question))


def find_subject(question: str) -> str:
    """Return the words of a question that say whose words are wanted ("did *the mayor* say"), else ""."""
    match = _tables().speakers["subject"].search(question)
    return next((group for group in match.groups() if group), "") if match else ""


def find_head(phrase: str) -> str:
    """Return the words of a noun phrase that say who it is: "the mayor" of "Ostrand's mayor in the hall"."""
    return _OWNER_ENDS.split(_NOUN_ENDS.split(f"{phrase} ")[0].strip())[-1]


def find_inquiry_verb(question: str) -> str:
    """Return the verb of "what did the inquiry *find*?", which asks as "say" does, or ""."""
    match = _tables().speakers["inquired"].search(question)
    return match.group(1) if match else ""


def seeks_speaker(question: str) -> bool:
    """Return whether a question asks who said something."""
    return bool(_tables().speakers["sought"].search(question))


def find_names(text: str) -> Iterator[Span]:
    """Yield runs of capitalised words that are likely names; not a lone word that opens a sentence."""
    for match in _tables().found["name"].finditer(text):
        words = match.group().split(" ")
        start = match.start()
        while words and (_bare(words[0]) in STOP_WORDS or _bare(words[0]) in _NOT_NAMES):
            start += len(words[0]) + 1
            words = words[1:]
        if not words:
            continue
        opens = not re.search(r"\w", text[:start]) or re.search(r"[.!?“\"«]\s*$", text[:start])
        if opens and len(words) == 1 and not words[0].isupper() and start == match.start():
            continue
        yield Span(start, match.end())


def _bare(word: str) -> str:
    """Return a word in lower case without a possessive ending."""
    return _OWNING.sub("", word.lower())


def find_candidates(kind: AnswerType, text: str, known: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Return the spans of `text` that are of a type, in order; half-open offsets into `text`.

    A span all of whose words' stems are in `known` (the question's own words) answers nothing and is left
    out. Returns () for OTHER.
    """
    if kind is AnswerType.OTHER:
        return ()
    if kind in _NAMED:
        spans = list(find_names(text))
    else:
        spans = [Span(*match.span()) for match in _tables().found[kind.value].finditer(text)]
    if kind in _COUNTS:
        dates = [match.span() for match in _tables().found["date"].finditer(text)]
        spans = [
            span for span in spans if not any(span.start < end and start < span.end for start, end in dates)
        ]
    if kind not in NAMING_TYPES:
        return tuple(spans)
    return tuple(span for span in spans if not _is_known(text[span.start : span.end], known))


def _is_known(candidate: str, known: frozenset[str]) -> bool:
    stems = {stem_word(word) for word in _WORD.findall(candidate) if word.lower() not in STOP_WORDS}
    return bool(stems) and stems <= known


@cache
def _tables() -> _Tables:
    """Return the compiled patterns."""
    data: dict[str, Any] = tomllib.loads(
        files("index.quotes").joinpath("answer_types.toml").read_text(encoding="utf-8")
    )
    pieces: dict[str, str] = {}
    for name, alternatives in data["pieces"].items():
        pieces[name] = _join(alternatives, pieces)
    asked = tuple(
        (AnswerType(entry["type"]), re.compile(_join(entry["patterns"], pieces), re.IGNORECASE))
        for entry in data["asked"]
    )
    found = {
        name: re.compile(_join(alternatives, pieces), 0 if name in _CASED else re.IGNORECASE)
        for name, alternatives in data["found"].items()
    }
    stances = {
        Label(name): re.compile(_join(patterns, pieces), re.IGNORECASE)
        for name, patterns in data["stances"].items()
    }
    speakers = {
        name: re.compile(_join(patterns, pieces), re.IGNORECASE)
        for name, patterns in data["speakers"].items()
    }
    return _Tables(asked, found, stances, speakers)


def _join(alternatives: list[str], pieces: Mapping[str, str]) -> str:
    """Return one group of alternatives with the pieces that they name put in."""
    filled = [re.sub(r"<(\w+)>", lambda match: pieces[match.group(1)], entry) for entry in alternatives]
    return f"(?:{'|'.join(filled)})"
