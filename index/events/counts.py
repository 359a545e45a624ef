"""Counted numbers of a sentence, and which of them cannot both be right for one thing.

Serves `events.contrary_pairs` and the rules for corrected figures; two sentences are all there is here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

from index.events.denial_rules import load_table
from index.events.particulars import Quantity, find_quantities, is_common, is_year
from index.texts.stems import stem_word

_WORD = re.compile(r"[^\W\d_][\w’']*")
_AT_LEAST = re.compile(
    r"\b(?:at least|(?<!no )more than|over|no fewer than|no less than|upwards of)\W+$", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:at most|up to|fewer than|less than|under|no more than|nearly|almost)\W+$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|over|more than)\W+$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,”\"»()–—]|[’'](?!\w)")
_ENDING = re.compile(
    r"and|but|or|while|who|which|that|to|from|in|at|on|by|for|with|when|after|before|as", re.IGNORECASE
)
_AFTER = 60  # characters behind a number in which its noun is looked for
_BEFORE = 70
_ROUNDING = 0.1  # share by which "about" may be off
_NOT = re.compile(r"\bnot\W+(?:the\W+)?$", re.IGNORECASE)
_BUT = re.compile(r"(?:[\s-]+\w+){0,3},? but\W+(?:only\W+|just\W+)?", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\W+(?:(?:about|some|around)\W+)?$", re.IGNORECASE)
_TO = re.compile(r"[^.;]{0,30}?\bto\W+(?:(?:about|some|only|just)\W+)?", re.IGNORECASE)
_SO_FAR = re.compile(r"^(?:[^.,;]{0,40}\W)?(?:since|so far|to date|until now)\b", re.IGNORECASE)
_SEEN_BY = re.compile(r"\b(?:hospitals?|clinics?|doctors|medics|paramedics|infirmary)\b", re.IGNORECASE)
_SEEN = re.compile(
    r"\b(?:seen|saw|sees|admitted|received|taken in|took in)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
_PLURAL = re.compile(r"[^siu]s$")
_PUT_AT = re.compile(r"\b(?:puts?|st(?:ands?|ood)|estimate[sd]?)\b[^.;,]{0,50} at\W+$", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)\w*\.?\W+$|\b(?:number|no|chapter|article|page|"
    r"section|route|at|aged|age)\W+$",
    re.IGNORECASE,
)

_CLOCK_BEFORE = re.compile(r"\b(?:before|after|by|until|till|past|since)\W+$", re.IGNORECASE)


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
    """Return the counted numbers of a sentence; ages, years, times, shares and dates are left out.

    Of "not four sacks but two" the two are counted, and are sacks.
    """
    found: list[Measure] = []
    denied: tuple[Quantity, Measure] | None = None  # the number behind "not", and what it would count
    for quantity in find_quantities(sentence):
        measure = _read_measure(sentence, quantity)
        if denied is not None and _BUT.fullmatch(sentence, denied[0].end, quantity.start):
            found.remove(denied[1])
            measure = replace(denied[1], value=quantity.value)
        denied = None
        if measure is not None:
            found.append(measure)
            denied = (quantity, measure) if _NOT.search(sentence, 0, quantity.start) else None
    return tuple(found)


def find_replaced(sentence: str) -> frozenset[float]:
    """Return the numbers that a sentence puts another in place of.

    That is 31 of "raised the figure from 31 to 38", and four of "not four sacks but two".
    """
    return frozenset(
        one.value
        for one, two in pairwise(find_quantities(sentence))
        if (_FROM.search(sentence, 0, one.start) and _TO.fullmatch(sentence, one.end, two.start))
        or (_NOT.search(sentence, 0, one.start) and _BUT.fullmatch(sentence, one.end, two.start))
    )


def _read_measure(sentence: str, quantity: Quantity) -> Measure | None:
    counting = _load_counting()
    before = sentence[max(0, quantity.start - _BEFORE) : quantity.start]
    after = re.split(r"[.;:!?]", sentence[quantity.end : quantity.end + _AFTER], maxsplit=1)[0]
    following = [word.casefold() for word in _WORD.findall(after)]
    around = [*following[:8], *(word.casefold() for word in reversed(_WORD.findall(before)[-8:]))]
    if is_year(sentence, quantity) or after.startswith(("%", ":", "-year", "-page")):
        return None
    if (following and stem_word(following[0]) in counting.uncounted) or (
        _DATE_BEFORE.search(before) and not _PUT_AT.search(before)
    ):
        return None
    if not following and _CLOCK_BEFORE.search(before):
        return None  # "died shortly before nine"
    if _PUT_AT.search(before):
        around = [word for word in around if word not in counting.weak]  # "the hospital put the number at 16"
    kind = _name_kind(_WORD.findall(_CLAUSE.split(after, maxsplit=1)[0]), around)
    if kind is None and following[:1] and following[0] in counting.persons and _SEEN.search(before):
        kind = "hurt" if _SEEN_BY.search(sentence) else None  # whom a hospital has seen
    if kind is None:
        return None
    least = bool(_AT_LEAST.search(before) or _SO_FAR.search(after))  # who are seen "since midnight" may grow
    return Measure(kind, quantity.value, least, bool(_AT_MOST.search(before)), bool(_ABOUT.search(before)))


def _name_kind(following: Sequence[str], around: Sequence[str]) -> str | None:
    """Return what a number counts: a kind of event, a noun's stem, or None.

    `following` are the words behind it in its clause, `around` those near it in lower case.

    Of an event people are counted ("14 people were hurt", "12 dead"); yards, dollars and points near a word
    for an event are not.
    """
    kinds, counting = _load_measures(), _load_counting()
    words = sorted(around, key=counting.weak.__contains__)  # stable: the weak ones last
    event = next((kinds[stem] for word in words if (stem := stem_word(word)) in kinds), None)
    phrase = tuple(takewhile(lambda word: not _ENDING.fullmatch(word), following[:3]))
    if phrase and stem_word(_find_head(phrase) or "") in counting.uncounted:
        return None
    counted = [word for word in phrase if not is_common(word) or word.casefold() in counting.persons]
    if counted and stem_word(counted[0]) in kinds:
        counted = (
            counted[1:] if following[1:2] == counted[1:2] else []
        )  # "missing votes", not "dead in Elmstone"
        counted = [word for word in counted if stem_word(word) not in kinds]
    head = _find_head(counted)
    noun = head.casefold() if head else None
    if event is not None and (head is None or _is_counted(head, event)):
        # Seven children among the injured are not another count of the injured.
        return f"{event} {noun}" if noun in counting.parts else event
    if noun is None or len(noun) < 3 or noun in counting.persons:
        return None
    return stem_word(noun)


def _find_head(phrase: Sequence[str]) -> str | None:
    """Return the noun of the words behind a number: "sacks" of "four grey sacks", the first plural."""
    persons = _load_counting().persons
    plural = (word for word in phrase if _PLURAL.search(word) or word.casefold() in persons)
    return next(plural, phrase[0] if phrase else None)


def _is_counted(word: str, event: str) -> bool:
    """Return whether an event counts this noun: people, or what it counts besides."""
    counting = _load_counting()
    plain = word.casefold()
    if plain in counting.persons or plain in counting.parts or plain in counting.besides.get(event, ()):
        return True
    return word.istitle() and plain.endswith(("s", "ese"))  # "Forty Velmarkers were hurt"


def oppose_measures(ours: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Return whether the numbers of two sentences for one thing cannot both be right."""
    return any(
        all(not _agree(one, two) for one in ours if one.kind == kind for two in theirs if two.kind == kind)
        for kind in {one.kind for one in ours} & {two.kind for two in theirs}
    )


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
    weak: frozenset[str]
    besides: Mapping[str, frozenset[str]]  # what a kind of event counts that are no people


@cache
def _load_counting() -> _Counting:
    table = load_table()["counting"]
    return _Counting(
        frozenset(table["persons"].split()),
        frozenset(table["parts"].split()),
        frozenset(map(stem_word, table["uncounted"].split())),
        frozenset(table["weak"].split()),
        {
            group["kind"]: frozenset(group["counts"].split())
            for group in load_table()["measures"]
            if "counts" in group
        },
    )


@cache
def _load_measures() -> dict[str, str]:
    table = load_table()["measures"]
    return {stem_word(word): group["kind"] for group in table for word in group["words"].split()}
