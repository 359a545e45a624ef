"""The words of a text that carry meaning, reduced to stems, and how rare each is.

Used wherever a question is held against a sentence: quoting, highlighting, confidence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from index.texts.stems import stem_word

BACKGROUND_PASSAGES = 400.0
"""Weight of general English beside the corpus, in passages: a corpus of thirty articles knows too little
about which words are common, and one of ten thousand passages outvotes this."""

UNSEEN_SHARE = 0.0004
"""Share of passages that a word outside the background table is taken to stand in."""

_STOP_WORDS = """
a about according after again against all also am an and any are as at be because been before being
    between both but by can could did do does doing done during each either else even ever every few for
    from get gets got had has have having he her here hers herself him himself his how i if in into is it
    its itself just kind let like many may me might more most much must my myself neither no nor not of off
    on once one only or other our ours out over own per said same say saying says shall she should so some
    sort such than that the their theirs them themselves then there these they this those through to too
    toward towards under until up upon us very was we were what when where whether which while who whom
    whose why will with within without would yet you your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about the matter of a question."""

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")


class Term(NamedTuple):
    """A word of a text: its stem, half-open code-point offsets, and whether it is a stop word."""

    stem: str
    start: int
    end: int
    stop: bool


@lru_cache(maxsize=8_000)
def split_terms(text: str) -> tuple[Term, ...]:
    """Return the words of `text` in order."""
    terms = []
    for match in _WORD.finditer(text):
        word = match.group()
        terms.append(Term(stem_word(word), match.start(), match.end(), word.lower() in STOP_WORDS))
    return tuple(terms)


@lru_cache(maxsize=4_000)
def stem_words(text: str) -> frozenset[str]:
    """Return the stems of all words of `text`."""
    return frozenset(map(stem_word, _WORD.findall(text)))


def content_stems(terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the distinct stems of the words that are no stop words, in order of first appearance."""
    return tuple(dict.fromkeys(term.stem for term in terms if not term.stop))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare a stem is among passages: the corpus' own counts over a background of general English.

    Attributes:
        passages: number of passages in the corpus.
        count: returns the number of passages that hold a word; called with the word as written.
    """

    passages: int
    count: Callable[[str], int]

    def weigh(self, word: str) -> float:
        """Return the inverse document frequency of a word as written, in nats, > 0."""
        share = _background().get(stem_word(word), UNSEEN_SHARE)
        held = self.count(word) + BACKGROUND_PASSAGES * share
        return math.log(1.0 + (self.passages + BACKGROUND_PASSAGES - held + 0.5) / (held + 0.5))

    def weigh_terms(self, text: str, terms: Iterable[Term]) -> dict[str, float]:
        """Return the weight of each distinct content stem of `text`; of variants the commoner one counts."""
        weights: dict[str, float] = {}
        for term in terms:
            if not term.stop:
                weight = self.weigh(text[term.start : term.end])
                weights[term.stem] = min(weight, weights.get(term.stem, weight))
        return weights


@cache
def _background() -> Mapping[str, float]:
    """Return the share of passages of general English that hold a stem, for the commonest stems."""
    text = files("index.quotes").joinpath("background.json").read_text(encoding="utf-8")
    shares: dict[str, float] = json.loads(text)["shares"]
    return shares
