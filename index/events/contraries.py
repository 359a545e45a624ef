"""Sentences of opposed words: a fact and its negation, a thing and its opposite.

Serves `events.disputes`, which knows who published what when; here two sentences are all there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from index.events.denial_rules import load_table
from index.events.particulars import is_common
from index.texts.stems import stem_word

_WORD = re.compile(r"[^\W\d_][\w’']*")
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|no one|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_HEDGED = re.compile(r"\b(?:if|whether|should|would|could|might|may|until|unless)\b|\?", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:every|each|all)\b(?: (?:of )?(?:the|its|his|her|their|these|those))? ", re.IGNORECASE
)
_NOT_ONE = re.compile(
    r"\b(?:not one|not a single|none of (?:the|its|his|her|their|these|those)) ", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[,;.:()“”\"–—]")
_THING = 2  # words behind "every" among which stands what is meant
_SAID = 9  # words behind "every" among which stands what is said of it
_REACH = 4  # words that a negation reaches forward
_SHARED = 3  # words that two sentences on one thing share at least ...
_COMMON = 0.6  # ... and the share of the shorter's that those are


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
    common = len(shared) / max(1, min(len(left.plain), len(right.plain)))
    if common < _COMMON or len(shared) < _SHARED:
        return False
    return bool(negated) or (_hold_opposites(left, right) and not left.negated and not right.negated)


def oppose_quantified(one: str, two: str) -> bool:
    """Return whether one sentence says of all, or of none, what the other says of some and to the contrary.

    "Every ballot was counted" opposes "1,300 ballots were not counted": the thing that is counted out and
    what is said of it stand in both, negated in one.
    """
    left, right = read_words(one), read_words(two)
    shared = left.plain & right.plain
    if left.hedged or right.hedged or len(shared) < _COMMON * min(len(left.plain), len(right.plain)):
        return False
    return _opposes_all(one, right) or _opposes_all(two, left)


def _opposes_all(text: str, other: Words) -> bool:
    stated = other.plain - other.negated
    for pattern, denies in ((_EACH, False), (_NOT_ONE, True)):
        for match in pattern.finditer(text):
            clause = _CLAUSE_END.split(text[match.end() :], maxsplit=1)[0].split()[:_SAID]
            things = read_words(" ".join(clause[:_THING])).plain & stated
            said = read_words(" ".join(clause))
            opposed = stated if denies else other.negated
            if things and not said.negated and (said.plain - things) & opposed:
                return True
    return False


def agree_words(one: str, two: str) -> bool:
    """Return whether neither of two texts negates a word that the other states, or says its opposite."""
    left, right = read_words(one), read_words(two)
    shared = left.plain & right.plain
    if _hold_opposites(left, right):
        return False
    return not (left.negated & shared) ^ (right.negated & shared)


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


def _hold_opposites(one: Words, two: Words) -> bool:
    """Return whether a word of one sentence is the opposite of a word of the other."""
    opposites = _load_opposites()
    return any(not opposites[stem].isdisjoint(two.plain) for stem in one.plain & opposites.keys())


@cache
def _load_opposites() -> dict[str, frozenset[str]]:
    """Return the stems of the opposites of each stem that has one."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, two in load_table()["opposites"]["pairs"]:
        found[stem_word(one)].add(stem_word(two))
        found[stem_word(two)].add(stem_word(one))
    return {stem: frozenset(others) for stem, others in found.items()}


@cache
def _load_opposed_words() -> frozenset[str]:
    return frozenset(word for pair in load_table()["opposites"]["pairs"] for word in pair)
