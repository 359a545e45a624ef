"""Sentences of opposed content: other numbers for one thing, a fact and its negation, opposite words.

Serves `events.disputes`, which knows who published what when; here two sentences are all there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from index.events.denials import load_table
from index.events.particulars import find_quantities, is_common, is_year, stem_word

_WORD = re.compile(r"[^\W\d_][\w’']*")
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|no one|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_HEDGED = re.compile(r"\b(?:if|whether|should|would|could|might|may|until|unless)\b|\?", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\b(?:at least|(?<!no )more than|over|no fewer than|no less than|upwards of)\W+$", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:at most|up to|fewer than|less than|under|no more than|nearly|almost)\W+$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|over|more than)\W+$", re.IGNORECASE
)
_AFTER = 60  # characters behind a number in which its noun is looked for
_BEFORE = 70
_REACH = 4  # words that a negation reaches forward
_ROUNDING = 0.1  # share by which "about" may be off
_DATE_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)\w*\.?\W+$|\b(?:number|no|chapter|article|page|"
    r"section|route|at|aged|age)\W+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and what it counts.

    Attributes:
        kind: what is counted, as a kind of event ("hurt", "dead") or the stem of the noun ("lorry").
        value: the number.
        least, most: whether it is given as a bound ("at least 40", "up to 40").
        loose: whether it is given as rounded ("about 400").
    """

    kind: str
    value: float
    least: bool
    most: bool
    loose: bool


def find_measures(sentence: str) -> tuple[Measure, ...]:
    """Return the counted numbers of a sentence; ages, years, times, shares and dates are left out."""
    kinds, counting = _load_measures(), _load_counting()
    found = []
    for quantity in find_quantities(sentence):
        before = sentence[max(0, quantity.start - _BEFORE) : quantity.start]
        after = re.split(r"[.;:!?]", sentence[quantity.end : quantity.end + _AFTER], maxsplit=1)[0]
        following = [word.casefold() for word in _WORD.findall(after)]
        if is_year(sentence, quantity) or after.startswith(("%", ":", "-year", "-page")):
            continue
        if (following and stem_word(following[0]) in counting.uncounted) or _DATE_BEFORE.search(before):
            continue
        near = following[:8]
        earlier = [word.casefold() for word in _WORD.findall(before)][-8:]
        stems = [stem_word(word) for word in (*near, *reversed(earlier))]
        kind = next((kinds[stem] for stem in stems if stem in kinds), None)
        noun = next((word for word in near[:3] if not is_common(word)), None)
        if kind is None:
            if noun is None or len(noun) < 3 or not counting.persons.isdisjoint(near[:2]):
                continue
            kind = stem_word(noun)
        elif noun in counting.parts:
            kind = f"{kind} {noun}"  # seven children among the injured are not another count of the injured
        found.append(
            Measure(
                kind, quantity.value, bool(_AT_LEAST.search(before)), bool(_AT_MOST.search(before)),
                bool(_ABOUT.search(before)),
            )
        )  # fmt: skip
    return tuple(found)


def oppose_measures(ours: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Return whether the numbers of two sentences for one thing cannot both be right."""
    return any(
        all(not _agree(one, two) for one in ours if one.kind == kind for two in theirs if two.kind == kind)
        for kind in {one.kind for one in ours} & {two.kind for two in theirs}
    )


def may_oppose(text: str) -> bool:
    """Return whether a text negates something or holds a word that has an opposite."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return negates(text) or not words.isdisjoint(_load_opposed_words())


def oppose_words(one: str, two: str) -> bool:
    """Return whether one sentence negates what the other states, or says its opposite, of one thing."""
    left, right = read_words(one), read_words(two)
    shared = left.plain & right.plain
    if left.hedged or right.hedged or not shared:
        return False
    negated = (left.negated & right.plain - right.negated) | (right.negated & left.plain - left.negated)
    opposed = {pair for pair in _load_opposites() if (pair[0] in left.plain and pair[1] in right.plain)}
    common = len(shared) / max(1, min(len(left.plain), len(right.plain)))
    if negated and common >= 0.5 and len(shared) >= 2:
        return True
    return bool(opposed) and not left.negated and not right.negated and common >= 0.5 and len(shared) >= 3


def negates(text: str) -> bool:
    """Return whether a text says that something is not so."""
    return bool(_NEGATION.search(text))


@dataclass(frozen=True, slots=True)
class Words:
    """The stems of a sentence that carry meaning, those that a negation reaches, and whether it is hedged."""

    plain: frozenset[str]
    negated: frozenset[str]
    hedged: bool


@lru_cache(maxsize=8192)
def read_words(sentence: str) -> Words:
    """Return the stems by which a sentence is held against another."""
    stems = []
    for match in re.finditer(r"[\w’']+", sentence):
        word = match.group()
        stems.append("not" if _NEGATION.fullmatch(word) or word.casefold().endswith(("n't", "n’t")) else word)
    plain, negated = set(), set()
    reach = 0
    for word in stems:
        if word == "not":
            reach = _REACH
            continue
        if is_common(word) and word.casefold() not in _load_opposed_words():
            reach = max(0, reach - 1) if reach else 0
            continue
        stem = stem_word(word)
        plain.add(stem)
        if reach:
            negated.add(stem)
            reach -= 1
    return Words(frozenset(plain), frozenset(negated), bool(_HEDGED.search(sentence)))


def _agree(one: Measure, two: Measure) -> bool:
    low, high = sorted((one, two), key=lambda measure: measure.value)
    if low.value == high.value or low.least or high.most:
        return True
    return (low.loose or high.loose) and high.value - low.value <= _ROUNDING * high.value


def list_events() -> frozenset[str]:
    """Return the kinds of events that are counted: sentences of one story that count one mean the same."""
    return frozenset(_load_measures().values())


@dataclass(frozen=True, slots=True)
class _Counting:
    persons: frozenset[str]
    parts: frozenset[str]
    uncounted: frozenset[str]  # stems


@cache
def _load_counting() -> _Counting:
    table = load_table()["counting"]
    return _Counting(
        frozenset(table["persons"].split()),
        frozenset(table["parts"].split()),
        frozenset(map(stem_word, table["uncounted"].split())),
    )


@cache
def _load_measures() -> dict[str, str]:
    table = load_table()["measures"]
    return {stem_word(word): group["kind"] for group in table for word in group["words"].split()}


@cache
def _load_opposites() -> frozenset[tuple[str, str]]:
    pairs = [(stem_word(one), stem_word(two)) for one, two in load_table()["opposites"]["pairs"]]
    return frozenset({*pairs, *((two, one) for one, two in pairs)})


@cache
def _load_opposed_words() -> frozenset[str]:
    return frozenset(word for pair in load_table()["opposites"]["pairs"] for word in pair)
