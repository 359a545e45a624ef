"""Articles into passages: spans of whole sentences, sized in tokens of the embedding model.

Follows cleaning and precedes embedding. A passage ends at a sentence boundary; a quotation and the
sentence that attributes it share a passage whenever both fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.datatypes import Article, Passage, Span
from index.settings import PassageSettings
from index.texts.sentences import split_paragraphs, split_sentences

CHUNKER_VERSION = 3
"""Raised whenever the same text would be cut otherwise; part of the manifest."""

CountTokens = Callable[[Sequence[str]], Sequence[int]]

_OPENERS = '“«„"‹'
_CONTINUES = re.compile(
    r"(?:he|she|they|it|the (?:minister|mayor|official|spokes\w+|source|statement|president|governor)\b)"
    r"[^.]{0,40}\b(?:said|added|adding|continued|told|went on|wrote|concluded|noted|explained)\b",
    re.IGNORECASE,
)
_LETTERS_PER_CUT = 1_000


def chunk_article(
    article: Article, count_tokens: CountTokens, settings: PassageSettings
) -> tuple[Passage, ...]:
    """Cut an article into passages of at most `settings.max_tokens` model tokens.

    Every passage equals its slice of `article.text`; together the passages cover every sentence, in
    order. A sentence that alone exceeds the size is cut at white space, and only then.
    """
    units = _fit_units(article.text, count_tokens, settings.max_tokens)
    if not units:
        return ()
    sizes = count_tokens([article.text[start:end] for start, end in units])
    passages = []
    for first, last in _group_units(article.text, units, sizes, settings):
        start, end = units[first].start, units[last - 1].end
        passages.append(Passage(0, article.id, start, end, article.text[start:end]))
    return tuple(passages)


def embedded_text(title: str, passage: str) -> str:
    """Return the text whose vector stands for a passage: the headline says what the passage is about."""
    return f"{title}\n{passage}"


def _fit_units(text: str, count_tokens: CountTokens, limit: int) -> list[Span]:
    """Return the sentences, those above `limit` tokens cut at white space into pieces that fit."""
    sentences = split_sentences(text)
    if not sentences:
        return []
    sizes = count_tokens([text[start:end] for start, end in sentences])
    units: list[Span] = []
    for span, size in zip(sentences, sizes, strict=True):
        if size <= limit:
            units.append(span)
        else:
            units.extend(_cut_words(text, span, count_tokens, limit))
    return units


def _cut_words(text: str, span: Span, count_tokens: CountTokens, limit: int) -> list[Span]:
    """Cut a span at white space into pieces of at most `limit` tokens; a single longer word is cut in it."""
    words = [
        Span(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"\S+", text[slice(*span)])
    ]
    pieces = _halve_words(text, words, count_tokens, limit)
    units: list[Span] = []
    room = 0
    for piece, size in pieces:
        if units and size <= room:
            units[-1] = Span(units[-1].start, piece.end)
            room -= size
        else:
            units.append(piece)
            room = limit - size
    return units


def _halve_words(
    text: str, words: list[Span], count_tokens: CountTokens, limit: int
) -> list[tuple[Span, int]]:
    """Return words with their tokens, those above `limit` in halves, quarters and so on that fit."""
    sized: list[tuple[Span, int]] = []
    for word, size in zip(words, count_tokens([text[start:end] for start, end in words]), strict=True):
        length = word.end - word.start
        if length > 1 and (size > limit or length > _LETTERS_PER_CUT):
            middle = word.start + length // 2
            halves = [Span(word.start, middle), Span(middle, word.end)]
            sized += _halve_words(text, halves, count_tokens, limit)
        else:
            sized.append((word, size))
    return sized


def _group_units(
    text: str, units: Sequence[Span], sizes: Sequence[int], settings: PassageSettings
) -> list[tuple[int, int]]:
    """Return half-open ranges of units: as full as they get, broken where it parts the least."""
    ties = _tie_units(text, units)
    groups: list[tuple[int, int]] = []
    first = 0
    while first < len(units):
        last, used = first, 0
        while last < len(units) and (last == first or used + sizes[last] <= settings.max_tokens):
            used += sizes[last]
            last += 1
        if last < len(units):
            last = _loosest_cut(first, last, ties)
        groups.append((first, last))
        if last == len(units):
            break
        overlap = min(settings.overlap_sentences, last - first - 1)
        first = last - overlap
    return groups


def _loosest_cut(first: int, last: int, ties: Sequence[int]) -> int:
    """Return the cut in the last half of [first, last] whose tie is weakest, the latest of equals."""
    earliest = first + max(1, (last - first + 1) // 2)
    return min(range(last, earliest - 1, -1), key=lambda cut: ties[cut])


def _tie_units(text: str, units: Sequence[Span]) -> list[int]:
    """Return what a cut before each unit would part: 0 paragraphs, 1 sentences, 2 words and their speaker."""
    paragraph_starts = {span.start for span in split_paragraphs(text)}
    ties = [0]
    for before, after in pairwise(units):
        left, right = text[slice(*before)], text[slice(*after)]
        told = bool(_CONTINUES.match(right)) and any(mark in left + right for mark in _OPENERS)
        announced = right[:1] in _OPENERS and left.endswith(":")
        if told or announced:
            ties.append(2)
        else:
            ties.append(0 if after.start in paragraph_starts else 1)
    ties.append(0)
    return ties
