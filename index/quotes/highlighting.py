"""Which words of a quote answer the question: a name for *who*, a number for *how many*, a date for *when*.

Used by quoting on every chosen quote. Modest on purpose: where the words cannot be told, nothing is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.datatypes import Span
from index.quotes.answer_types import NAMING_TYPES, AnswerType
from index.quotes.fitness import find_fitting
from index.quotes.relevance import AskedQuestion
from index.quotes.terms import split_terms

_LEAST_FIT = 0.4  # of words that are marked
_ALONE = 0.5  # pull, in nats, of what stands beside none of the question's words
_NEARNESS = 20.0  # characters between a candidate and a matched word that halve the word's pull


def find_highlights(asked: AskedQuestion, text: str, core: Span) -> tuple[Span, ...]:
    """Return the words of `text` that answer, as half-open offsets into it, in order and disjoint.

    `core` is the part of `text` that was chosen for the question; what was added around it is never marked.
    """
    if asked.kind not in NAMING_TYPES:
        return ()
    fitting = [
        found
        for found in find_fitting(asked.sought, text)
        if core.start <= found.span.start and found.span.end <= core.end and found.fit >= _LEAST_FIT
    ]
    if not fitting:
        return ()
    candidates = [found.span for found in fitting]
    terms = [term for term in split_terms(text) if term.stem in asked.weights]
    pulls = [
        sum(
            asked.weights[term.stem] / (1 + _distance(span, term.start, term.end) / _NEARNESS)
            for term in terms
            if not span.start <= term.start < span.end
        )
        for span in candidates
    ]
    best = max(range(len(candidates)), key=lambda i: (fitting[i].fit * (_ALONE + pulls[i]), -i))
    chosen = [candidates[best]]
    if asked.kind in (AnswerType.PERSON, AnswerType.PLACE):
        chosen = _take_list(text, candidates, best)
    return tuple(sorted(chosen))


def _distance(span: Span, start: int, end: int) -> int:
    return max(0, start - span.end, span.start - end)


def _take_list(text: str, candidates: Sequence[Span], best: int) -> list[Span]:
    """Return the candidate with those joined to it by commas and "and" alone: a list answers as a whole."""
    groups = [[candidates[0]]]
    for before, after in pairwise(candidates):
        if text[before.end : after.start].strip(" ,") in {"", "and", "or"} and after.start - before.end <= 6:
            groups[-1].append(after)
        else:
            groups.append([after])
    return next(group for group in groups if candidates[best] in group)
