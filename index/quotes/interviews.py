"""Where a text asks and its next paragraph answers, as interviews do, and lists of questions.

Used by candidates, which reads an answer with its question, and by extents, which completes short ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.datatypes import Span

_TURN = 4  # sentences of a paragraph that asks, at most
_UNLABELLED = 2  # the same where nobody is named who asks
_SHORT = 6  # words of an answer that goes on, with who gives it: "Nance: No."
_ASKED = re.compile(r"\?\s*$")  # what is asked in quotation marks is no interviewer's
_LABEL = re.compile(r"\W*[^\W\d_][\w .’'-]{0,30}: ")


def find_question(text: str, sentences: Sequence[Span], index: int) -> Span | None:
    """Return the paragraph that asks right before `sentences[index]`, which opens the next one; else None."""
    if not _opens(text, sentences, index) or not index or _asks(text, sentences[index]):
        return None
    if not _asks(text, sentences[index - 1]):
        return None
    first = index - 1
    while not _opens(text, sentences, first):
        first -= 1
    labelled = _LABEL.match(text, sentences[first].start)
    if index - first > (_TURN if labelled else _UNLABELLED):
        return None
    return Span(sentences[first].start, sentences[index - 1].end)


def leads_to_question(text: str, sentences: Sequence[Span], index: int) -> bool:
    """Whether a sentence belongs to a turn of an interview that asks: "Post: You were wrong. Why?"."""
    first = last = index
    while not _opens(text, sentences, first):
        first -= 1
    while last + 1 < len(sentences) and not _opens(text, sentences, last + 1):
        last += 1
    in_turn = last - first < _TURN and bool(_LABEL.match(text, sentences[first].start))
    return in_turn and _asks(text, sentences[last])


def goes_on(text: str, sentences: Sequence[Span], index: int) -> bool:
    """Whether a sentence is so short an answer that the next one of its paragraph belongs to it."""
    short = len(text[slice(*sentences[index])].split()) <= _SHORT
    if not short or index + 1 == len(sentences) or _opens(text, sentences, index + 1):
        return False
    return find_question(text, sentences, index) is not None


def _opens(text: str, sentences: Sequence[Span], index: int) -> bool:
    """Whether a sentence opens a paragraph."""
    return not index or "\n\n" in text[sentences[index - 1].end : sentences[index].start]


def _asks(text: str, sentence: Span) -> bool:
    return bool(_ASKED.search(text[slice(*sentence)]))
