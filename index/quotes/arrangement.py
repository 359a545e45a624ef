"""How the words of a sentence are arranged: near an answer, in the question's order, as a lead, with a verb.

Used by relevance, which makes features of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from index.quotes.sought import Fitting
from index.quotes.terms import STOP_WORDS, Term

_NEARNESS = 15.0  # characters between a candidate answer and a matched word that halve the word's credit
_LEAD = 200  # code points from the beginning of a report within which a sentence is a third of a lead
_LEAD_WORDS = 20
_SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W\d_]*")
_AUXILIARIES = """
am is are was were be been has have had do does did can could will would may might must shall should said say
says got get let
"""
_VERBS = frozenset(_AUXILIARIES.split())


def measure_nearness(
    weights: Mapping[str, float], terms: Sequence[Term], candidates: Sequence[Fitting]
) -> float:
    """Return the share of a question's weight that stands near the best candidate, in [0, 1].

    `weights` are of the question's stems; `candidates` count by how well they fit.
    """
    total = sum(weights.values())
    matched = [(term.start, weights[term.stem]) for term in terms if term.stem in weights]
    best = 0.0
    for (start, end), fit in candidates:
        pulls = (w / (1 + min(abs(at - start), abs(at - end)) / _NEARNESS) for at, w in matched)
        best = max(best, fit * sum(pulls))
    return min(1.0, best / total) if total else 0.0


def share_in_order(asked: Sequence[Term], wanted: Collection[str], terms: Sequence[Term]) -> float:
    """Return the longest common subsequence of content stems over the question's length, in [0, 1].

    `asked` are the question's terms, of which those in `wanted` may be met.
    """
    ours = [term.stem for term in asked if not term.stop]
    theirs = [term.stem for term in terms if term.stem in wanted]
    row = [0] * (len(theirs) + 1)
    for stem in ours:
        diagonal = 0
        for column, other in enumerate(theirs, start=1):
            diagonal, row[column] = (
                row[column],
                diagonal + 1 if stem == other else max(row[column], row[column - 1]),
            )
    return row[-1] / max(1, len(ours))


def measure_lead(start: int, words: int) -> float:
    """Return how much of a lead a sentence is, in (0, 1]: full at the beginning and of a lead's length.

    `start` is in code points of the article. What opens a news report and tells it in one sentence is long;
    what only opens it, a teaser, is short.
    """
    return math.exp(-start / _LEAD) * min(1.0, words / _LEAD_WORDS)


def holds_verb(text: str) -> bool:
    """Return whether a short sentence may hold a verb: a word in small letters that no list rules out."""
    return any(word in _VERBS or word not in STOP_WORDS for word in _SMALL.findall(text))
