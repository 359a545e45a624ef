"""Sentence boundaries as half-open offsets, with a quotation kept whole.

Used wherever text is cut: chunking, attribution and quoting all cut at these boundaries and no others.
"""

from __future__ import annotations

import re

import sentencex

from index.datatypes import Span

LANGUAGE = "en"
"""The rules of abbreviation that sentencex applies; its boundaries serve other scripts nearly as well."""

_INK = re.compile(r"\w|[^\w\s]")
_WITHIN_INITIALS = re.compile(r"[-–][A-Z]\.[A-Z]\.")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order: non-empty, disjoint, without outer white space.

    A sentence never crosses a blank line. A quotation of several sentences stays in one together with
    the words that introduce it, so a cut at a boundary never parts words from their speaker.
    """
    spans: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries(LANGUAGE, text):
        start, end = boundary["start_index"], boundary["end_index"]
        if spans and spans[-1].end == start and _WITHIN_INITIALS.match(text, max(0, start - 3)):
            start = spans.pop().start  # "Sen. Roe, R-S.C., said"
        piece = text[start:end]
        if not _INK.search(piece):
            continue
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        spans.append(Span(start, end))
    return tuple(spans)


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a cleaned text, which are parted by blank lines, in order."""
    spans = []
    start = 0
    for piece in text.split("\n\n"):
        if piece.strip():
            spans.append(Span(start, start + len(piece)))
        start += len(piece) + 2
    return tuple(spans)
