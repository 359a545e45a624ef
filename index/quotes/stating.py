"""Whether quotes state the number or the name that a question asks for: an age, a sum, a count, a surname.

Follows quoting. Who knows what a report is about asks for what lies next to it, "how old is the director?",
and finds every word but the one that would answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers import Quote
from index.datatypes import Span
from index.quotes.answer_types import AnswerType, find_names
from index.quotes.arrangement import measure_nearness
from index.quotes.fitness import find_fitting
from index.quotes.relevance import COUNTING, AskedQuestion
from index.quotes.sought import Fitting
from index.quotes.terms import split_terms, stem_words

_ASKS_NAME = re.compile(r"^[^(]*\b(?:what|which)\b[^(]{0,40}\b(?:sur)?names?\b", re.IGNORECASE)


def states_asked(asked: AskedQuestion, quotes: Sequence[Quote], before: Sequence[str] = ()) -> bool:
    """Whether one of the quotes holds what a question asks for, if it is a number or a name.

    A number is of what the question asks for and stands in a quote with a word of the question, or right
    behind a text that asks with one; an age is of whom the question names. A name is any that the question
    does not hold.

    Args:
        before: what stands before each quote in its report, () for nothing.
    """
    if asked.kind in COUNTING:
        leads = before or [""] * len(quotes)
        return any(_holds_number(asked, quote, lead) for quote, lead in zip(quotes, leads, strict=True))
    if _ASKS_NAME.search(asked.text):
        return any(not _list_names(quote.text) <= asked.stems for quote in quotes)
    return True


def _holds_number(asked: AskedQuestion, quote: Quote, before: str) -> bool:
    fitting = find_fitting(asked.sought, quote.text)
    if asked.kind is AnswerType.AGE and asked.names:
        return bool(fitting) and _is_of_named(asked, quote, before)
    lead = before if before.rstrip().endswith("?") else ""  # "All twenty-three." answers what is asked there
    moved = [Fitting(Span(len(lead) + start, len(lead) + end), fit) for (start, end), fit in fitting]
    weights = {stem: weight for stem, weight in asked.weights.items() if stem in asked.own}
    return measure_nearness(weights, split_terms(lead + quote.text), moved) > 0


def _is_of_named(asked: AskedQuestion, quote: Quote, before: str) -> bool:
    """Whether a quote is of somebody whom a question names, there or, where it names nobody, before it."""
    if not asked.names.isdisjoint(stem_words(quote.text)):
        return True
    names_another = any(" " in quote.text[slice(*name)] for name in find_names(quote.text))
    return not names_another and not asked.names.isdisjoint(stem_words(f"{quote.citation.title} {before}"))


def _list_names(text: str) -> frozenset[str]:
    """Return the stems of the names in a text."""
    return frozenset().union(*(stem_words(text[slice(*name)]) for name in find_names(text)))
