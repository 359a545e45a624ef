"""Skimming: which sentences of an article the parser must read, chosen by words and marks alone.

A sentence is read where it can hold a statement, and where it may tell who a speaker is: a longer form of a
name, a role, somebody that "he" may stand for. `speech.narration` leaves the others out; parsing is what
attribution costs, and most sentences of news report no speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.datatypes import Span
from index.speech.cues import CueTable
from index.speech.people import load_people
from index.speech.quotations import Quotation
from index.texts.sentences import split_sentences

_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*|\d+")
_NAMES = re.compile(r"[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]*\w(?: [A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]*\w)*")
_REACH = 8
"""Sentences before a pronoun in which its owner is sought, as in `speech.owners`."""
_NAMED = 3
"""Of those, the nearest that name anybody are read."""
_LONG_PARAGRAPH = 2_500  # characters
_MENTIONS = 1
"""Sentences that are read for each name, and for each name with the word before or behind it."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or more of one paragraph, and whether the parser reads it."""

    span: Span
    read: bool


@dataclass(slots=True)
class _Sentence:
    """A sentence; `words` and `names` are those outside quotations, `names` runs of capitalised words."""

    span: Span
    paragraph: int
    words: list[str]
    names: list[list[str]]
    read: bool


def choose_pieces(
    text: str,
    paragraphs: Sequence[Span],
    quotations: Sequence[Quotation],
    cues: CueTable,
    common: frozenset[str],
) -> list[list[Piece]]:
    """Return the pieces of each paragraph, in order; those that are read are as long as can be.

    Args:
        text: the article.
        paragraphs, quotations: its paragraphs and outermost quotations.
        cues: the verbs that report.
        common: the language's function words in lower case, which are no names at a sentence's beginning.
    """
    sentences = _list_sentences(text, paragraphs, quotations, common)
    for sentence in sentences:
        sentence.read = sentence.read or _reports(sentence.words, cues) or _cites(sentence)
    _read_owners(sentences)
    pieces: list[list[Piece]] = [[] for _ in paragraphs]
    for sentence in sentences:
        inside = pieces[sentence.paragraph]
        if inside and inside[-1].read and sentence.read:
            inside[-1] = Piece(Span(inside[-1].span.start, sentence.span.end), True)
        else:
            inside.append(Piece(sentence.span, sentence.read))
    return pieces


def cut_paragraphs(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> tuple[Span, ...]:
    """Return the paragraphs, those of over 2,500 characters cut between sentences, outside quotations."""
    found: list[Span] = []
    at = 0
    for paragraph in paragraphs:
        first = at
        while at < len(quotations) and quotations[at].start < paragraph.end:
            at += 1
        if paragraph.end - paragraph.start <= _LONG_PARAGRAPH:
            found.append(paragraph)
            continue
        start = paragraph.start
        for sentence in split_outside(text, paragraph, quotations[first:at]):
            if sentence.end - start > _LONG_PARAGRAPH and sentence.start > start:
                found.append(Span(start, start + len(text[start : sentence.start].rstrip())))
                start = sentence.start
        found.append(Span(start, paragraph.end))
    return tuple(found)


def _list_sentences(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], common: frozenset[str]
) -> list[_Sentence]:
    """Return all sentences; a quotation, and the sentence that it follows or ends, is read."""
    found: list[_Sentence] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        first = at
        while at < len(quotations) and quotations[at].start < paragraph.end:
            at += 1
        inside = quotations[first:at]
        begin = len(found)
        quoted_before = False
        for span in split_outside(text, paragraph, inside):
            held = [each for each in inside if span.start <= each.start < span.end]
            own = _blank_quotations(text, span, held)
            read = bool(held) or own.rstrip().endswith(":")
            if held and held[0].start == span.start and len(found) > begin:
                found[-1].read = True
            elif quoted_before and len(found) > begin:
                read = True
            quoted_before = bool(held) and held[-1].end >= span.end
            found.append(_Sentence(span, number, _WORD.findall(own.lower()), _find_names(own, common), read))
    return found


def split_outside(text: str, paragraph: Span, quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Yield the sentences of a paragraph; none ends inside a quotation."""
    start = -1
    at = 0
    for span in split_sentences(text[paragraph.start : paragraph.end]):
        start = start if start >= 0 else paragraph.start + span.start
        end = paragraph.start + span.end
        while at < len(quotations) and quotations[at].end <= end:
            at += 1
        if at == len(quotations) or quotations[at].start >= end:
            yield Span(start, end)
            start = -1
    if start >= 0:
        yield Span(start, paragraph.end)


def _blank_quotations(text: str, span: Span, quotations: Sequence[Quotation]) -> str:
    parts = []
    at = span.start
    for each in quotations:
        parts.append(text[at : each.start])
        at = each.end
    parts.append(text[at : span.end])
    return " “” ".join(parts)


def _find_names(own: str, common: frozenset[str]) -> list[list[str]]:
    return [
        words
        for run in _NAMES.findall(own)
        if (words := [each for each in run.split() if each.lower() not in common])
    ]


def _reports(words: Sequence[str], cues: CueTable) -> bool:
    """Whether a word may be a verb that reports without a quotation."""
    before = ""
    for word in words:
        if word in cues.telling or (
            word in cues.ambiguous and before not in cues.noun_leads and not before.isdigit()
        ):
            return True
        if (before, word) in cues.pairs or (before == "s" and word in cues.views):
            return True
        before = word
    return not {"put", "puts"}.isdisjoint(words) and not cues.figures.isdisjoint(words)


def _cites(sentence: _Sentence) -> bool:
    """Whether "per" stands before a name: "…, per Halyard"."""
    if "per" not in sentence.words:
        return False
    behind = {other for word, other in pairwise(sentence.words) if word == "per"}
    return any(name[0].lower() in behind for name in sentence.names)


def _read_owners(sentences: Sequence[_Sentence]) -> None:
    """Mark what may tell who speaks: fuller names, roles, media, and whom a pronoun may stand for."""
    people = load_people()
    speaking = [sentence for sentence in sentences if sentence.read]
    wanted = {word for sentence in speaking for name in sentence.names for word in name}
    roles = {role for sentence in speaking for role in _find_roles(sentence.words)}
    near: set[int] = set()
    for number, sentence in enumerate(sentences):
        if sentence.read and ("he" in sentence.words or "she" in sentence.words):
            near.update(_look_back(sentences, number, wanted))
    seen: Counter[str] = Counter()
    for number, sentence in enumerate(sentences):
        keys = [" ".join(name) for name in sentence.names if len(name) > 1 and not wanted.isdisjoint(name)]
        if sentence.names:
            keys.extend(roles.intersection(sentence.words))
        if not people.media_words.isdisjoint(sentence.words):
            keys.extend(name[0] for name in sentence.names if name[0] in wanted)
        fresh = any(seen[key] < _MENTIONS for key in keys)
        if fresh or number in near:
            sentence.read = True
        if sentence.read:
            seen.update(keys)


def _find_roles(words: Sequence[str]) -> Iterator[str]:
    """Yield the nouns for people and bodies behind "the" or "her": whose they are is told elsewhere."""
    people = load_people()
    for position, word in enumerate(words):
        if word in _DEFINITE:
            for noun in words[position + 1 : position + 4]:
                if noun in people.persons or noun in people.bodies or people.is_role(noun):
                    yield noun


def _look_back(sentences: Sequence[_Sentence], pronoun: int, wanted: set[str]) -> Iterator[int]:
    """Yield the nearest sentences before a pronoun that name somebody."""
    named = 0
    for number in range(pronoun - 1, max(-1, pronoun - 1 - _REACH), -1):
        if _names_somebody(sentences[number], wanted):
            yield number
            named += 1
            if named == _NAMED:
                return


def _names_somebody(sentence: _Sentence, wanted: set[str]) -> bool:
    """Whether a sentence holds a name: more than the capital that it begins with."""
    return any(len(name) > 1 or name[0] in wanted for name in sentence.names) or len(sentence.names) > 1
