"""How well numbers answer *how many*, *how much* or *how heavy*: by their units and by what they count.

Called by fitness for questions that ask for a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.datatypes import Span
from index.quotes.likeness import compare_stems
from index.quotes.sought import BARE, LIKELY, LOW, MIDDLING, UNLIKELY, Fitting, Sought, load_patterns
from index.quotes.terms import STOP_WORDS
from index.texts.stems import stem_word

_OTHER_THING = 0.35  # how well a number fits that counts something else; what is like the counted fits better
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HALF_BEFORE = re.compile(r"[^\W_]$|\d[.,:]$")
_JOINED = re.compile(r"\b(?:to|and|or|not|than|from|of|by|at) $")
_SUFFIX = re.compile(r"(?:st|nd|rd|th|m|bn|k|km|kg|g|cm|mm|mph|kph|ft|lbs?|lb|s)\b")
_SIGNED = {"money": re.compile(r"[$€£¥]"), "percent": re.compile(r"%|per ?cent")}


def fit_numbers(sought: Sought, text: str, spans: Sequence[Span]) -> tuple[Fitting, ...]:
    """Return the numbers among `spans` that may answer, with their units; none of them half a word."""
    kinds = []
    for span in spans:
        whole = _end_word(text, span)
        if whole is not None:
            kinds.append(_read_unit(text, whole))
    among = any(units & sought.best for _, units, _ in kinds if BARE not in units)
    found = []
    for span, units, beside in kinds:
        fit = max(_fit_unit(sought, unit) for unit in units)
        if BARE in units:
            joined = _JOINED.search(text[max(0, span.start - 12) : span.start])
            if among and joined and not beside:  # "from 2.4 million marks to 900,000"
                fit = max(fit, LIKELY)
            fit *= _fit_count(sought, text, span, beside)
        if fit > 0:
            found.append(Fitting(span, fit))
    return tuple(found)


def _fit_unit(sought: Sought, unit: str) -> float:
    if not sought.fits:
        return 1.0 if unit == BARE else MIDDLING
    if unit in sought.best:
        return 1.0
    return 0.0 if unit not in sought.fits else LOW if unit == BARE else MIDDLING


def _fit_count(sought: Sought, text: str, span: Span, beside: Sequence[str]) -> float:
    """Return how well a number without a unit counts what is counted, by the words that follow it."""
    tables = load_patterns()
    before = text[max(0, span.start - 20) : span.start]
    number = text[span.start : span.end].lower()
    if tables.bare["idle_before"].search(before) and (number == "one" or number.isdigit()):
        return 0.0
    if tables.bare["idle"].search(number):
        return LOW
    if not beside and tables.bare["pointing"].search(before):
        return UNLIKELY  # "switch between the two"
    if not sought.counted:
        return 1.0
    if not beside:
        return LIKELY
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
    behind = {unit: found.end() for unit, one in load_patterns().units.items() if (found := one.match(tail))}
    inside = {unit for unit, sign in _SIGNED.items() if sign.search(own)} | _read_last_words(own)
    if inside:
        return span, frozenset(inside), ()
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
    return span, frozenset({BARE}), tuple(beside[:3])


def _read_last_words(own: str) -> set[str]:
    """Return the kinds of unit that a number's own words end in: "100 billion dollars" is of money."""
    starts = [space.end() for space in re.finditer(r"\s", own)]
    units = load_patterns().units.items()
    return {unit for unit, one in units if any(one.fullmatch(own, start) for start in starts)}


def _end_word(text: str, span: Span) -> Span | None:
    """Return a number with the letters that belong to it ("40km"); None where it is half a word ("22pm")."""
    start, end = span
    said = re.match(r"[^\W\d_]+ ", text[start:end])
    if said and load_patterns().bare["phrasal"].search(text[max(0, start - 14) : start]):
        start += said.end()  # "handed over 9,412" is not more than 9,412
    if _HALF_BEFORE.search(text[max(0, start - 2) : start]):
        return None
    if end < len(text) and text[end].isalnum():
        suffix = _SUFFIX.match(text, end)
        if suffix is None or suffix.group() in ("st", "nd", "rd", "th"):
            return None
        end = suffix.end()
    return Span(start, end)
