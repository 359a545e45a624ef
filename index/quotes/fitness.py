"""How well words of the kind that a question asks for fit it: tonnes for *how heavy*, a person for *who*.

Between the patterns of answer_types, which find names, numbers and dates, and relevance and highlighting,
which ask how well the best of them would answer. Surface patterns only, from fitness.toml.
"""

from __future__ import annotations

import re

from index.datatypes import Span
from index.quotes.answer_types import NAMING_TYPES, AnswerType, find_candidates
from index.quotes.quantities import fit_numbers
from index.quotes.sought import LIKELY, LOW, MIDDLING, QUANTITIES, UNLIKELY, Fitting, Sought, load_patterns
from index.quotes.terms import STOP_WORDS
from index.texts.stems import stem_word

_BESIDE = 28  # code points before a name in which what it is may stand
_LENGTH_BEFORE = re.compile(r"\b(?:for|last(?:ed|s)?|took|takes?|within|over|than|about|to|of) $")
_CLOCK = re.compile(r"\d[:.]?\d* ?[ap]\.?m|\d:\d|noon|midnight|past|o[’']clock")


def find_fitting(sought: Sought, text: str) -> tuple[Fitting, ...]:
    """Return the words of `text` that may answer, in order, none of them half a word."""
    kind = sought.kind
    spans = find_candidates(kind, text, sought.known)
    if kind not in NAMING_TYPES:
        return tuple(Fitting(span, 1.0) for span in spans)
    if kind in QUANTITIES:
        return fit_numbers(sought, text, spans)
    if kind in (AnswerType.PERSON, AnswerType.PLACE):
        fitting = [Fitting(span, fit) for span in spans if (fit := _fit_name(sought, text, span)) > 0]
        fitting += _find_places(sought, text) if kind is AnswerType.PLACE else []
        return tuple(sorted(fitting))
    if kind is AnswerType.DURATION:
        spans = tuple(sorted({*spans, *_find_ends(text)}))
    return tuple(Fitting(span, fit) for span in spans if (fit := _fit_time(sought, text, span)) > 0)


def _fit_name(sought: Sought, text: str, span: Span) -> float:
    """Return how well a name is one of a person, or of a place, by what stands in it and beside it."""
    tables = load_patterns().names
    name = text[span.start : span.end]
    before, after = text[max(0, span.start - _BESIDE) : span.start], text[span.end : span.end + 14]
    last = stem_word(re.sub(r"['’]s?$", "", name.split(" ")[-1]))
    if last in sought.names:  # "Attorney General Merrick Garland" where he is asked about
        return 0.0
    if after.startswith(")") and before.endswith("("):
        return UNLIKELY
    lone = " " not in name
    following = re.match(r" ([a-z]+)", after)
    adjective = lone and tables["adjective"].search(name) and following and following[1] not in STOP_WORDS
    titled = tables["titled"].search(before) or (
        not lone and tables["titled"].search(name.split(" ")[0] + " ")
    )
    titled = titled or tables["aged"].match(after)
    owner = tables["owner"].search(name)
    located = tables["locative"].search(before)
    if sought.kind is AnswerType.PLACE:
        if tables["place"].search(name) or (located and not titled):
            return 1.0
        if titled or (lone and name.isupper()):
            return UNLIKELY
        if tables["listed"].match(text[span.end : span.end + 30]) or (
            sought.country and (owner or adjective)
        ):
            return LIKELY
        return LOW if owner or adjective or tables["body"].search(name) else MIDDLING
    quoted = "“" in before or '"' in before
    if quoted and tables["quoted_before"].search(before) and tables["quoted_after"].search(text[span.end :]):
        return UNLIKELY  # a title
    if tables["told"].search(before):
        return UNLIKELY  # who was told is not who told
    if sought.body:
        return LOW if titled else 1.0 if tables["body"].search(name) else MIDDLING
    if adjective and tables["folk"].match(text[span.end : span.end + 30]):
        return MIDDLING
    if adjective or (owner and "whose" not in sought.known):
        return UNLIKELY
    if titled:
        return 1.0
    if located or tables["place"].search(name):
        return LOW
    if tables["body"].search(name):
        return MIDDLING
    if lone and name.isupper() and len(name) > 1:
        return LOW
    if tables["beside"].match(after) or tables["acts"].match(after):
        return LIKELY
    return MIDDLING if lone else LIKELY


def _find_places(sought: Sought, text: str) -> list[Fitting]:
    """Return what tells where without a name: "in the old tram depot", unless the question says it."""
    found = []
    for match in load_patterns().places.finditer(text):
        start = match.start() + match.group().index(" ") + 1
        words = {stem_word(word) for word in match.group().lower().split()[2:]}
        if not words <= sought.known:
            found.append(Fitting(Span(start, match.end()), MIDDLING))
    return found


def _fit_time(sought: Sought, text: str, span: Span) -> float:
    tables = load_patterns().ends
    before, after = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 14]
    if sought.kind is AnswerType.DURATION:
        if text[span.start : span.end].lower() == "a second":
            return 0.0
        if tables["passed"].match(after):
            return UNLIKELY
        if tables["before"].search(before):
            if re.match(r"['’]s\b", after):
                return 0.0
            return 1.0 if sought.ends else MIDDLING
        return 1.0 if _LENGTH_BEFORE.search(before) else LIKELY
    if sought.kind is AnswerType.DATE and sought.clock:
        return 1.0 if _CLOCK.search(text[span.start : span.end]) else LOW
    return 1.0


def _find_ends(text: str) -> tuple[Span, ...]:
    """Return the dates up to which something lasts: "until 20 May"."""
    before = load_patterns().ends["before"]
    return tuple(
        span
        for span in find_candidates(AnswerType.DATE, text)
        if before.search(text[max(0, span.start - 24) : span.start])
    )
