"""Misspelt words of a question, put right by the words that the reports hold.

Answering does this to a question before it is completed and parsed; the reply says what it was taken to mean.
A word is misspelt where neither the reports nor general English know it. English questions only: forms of
other languages differ by as little as misspellings do.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from index.questions.lexicons import load_lexicons
from index.questions.wording import choose_lexicon
from index.search.words import split_words

_TABLE = Path(__file__).with_suffix(".toml")
_LONGEST = 600  # code points of a question that is looked through
_MOST_UNKNOWN = 4  # words; a text with more is in another language, or is no question
_SHORTEST = 4  # letters of a word that is put right by the reports' words
_SURE_LENGTH = 5  # letters from which any one edit will do
_LONG = 9  # letters from which two edits will do
_CHOICES = 12
_COMMON = 2_000  # times that a word stands in the subtitles behind the list of general English

# Words that are written apart: no part of an address, a handle, a name with a full stop inside, or a number.
_WORD = re.compile(r"(?<![\w@/#.&’'-])[^\W\d_]{3,}(?![\w@/]|[.&-]\w)")
_INSIDE = re.compile(r"(?<=[\w,;:] )[^\W\d_]+")
_QUOTED = re.compile(r"[\"“«„][^\"”»“]*[\"”»“]")

_fold = lru_cache(maxsize=10_000)(split_words)
"""As `split_words`, of words that texts repeat."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that an index holds.

    Attributes:
        counts: passages that hold a word, by the word as words.py folds it.
        outlets: words of the names of outlets; they are held though no report may have them.
        by_letter: the words, by their first letter.
        reports_with: returns the reports that hold a folded word, by any number of theirs.
        texts_with: returns a few passages that hold a folded word.
    """

    counts: Mapping[str, int]
    outlets: frozenset[str]
    by_letter: Mapping[str, tuple[str, ...]]
    reports_with: Callable[[str], Iterable[int]]
    texts_with: Callable[[str], Iterable[str]]

    def is_name(self, word: str) -> bool:
        """Whether a folded word mostly stands with a capital inside the sentences of the reports."""
        written = [
            match.group()[0].isupper()
            for text in self.texts_with(word)
            for match in _INSIDE.finditer(text)
            if _fold(match.group()) == [word]
        ]
        return sum(written) * 2 > len(written)


class _Table(NamedTuple):
    asking: tuple[str, ...]
    plain: frozenset[str]
    known: frozenset[str]
    joined: Mapping[str, str]
    variants: tuple[tuple[re.Pattern[str], str], ...]


def make_vocabulary(
    counts: Mapping[str, int],
    named: Iterable[str],
    reports_with: Callable[[str], Iterable[int]],
    texts_with: Callable[[str], Iterable[str]],
) -> Vocabulary:
    """Return the vocabulary of an index.

    Args:
        counts: passages that hold a folded word.
        named: outlets with their aliases.
        reports_with, texts_with: as in the vocabulary.
    """
    outlets = frozenset(word for name in named for word in split_words(name))
    held = dict.fromkeys(outlets, 1) | {word: count for word, count in counts.items() if word.isalpha()}
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for word in held.keys() | _read_table().plain:
        if len(word) >= _SHORTEST:
            grouped[word[0]].append(word)
    letters = {letter: tuple(sorted(words)) for letter, words in grouped.items()}
    return Vocabulary(held, outlets, letters, reports_with, texts_with)


def correct_spelling(text: str, vocabulary: Vocabulary) -> str:
    """Return a question with its misspelt words put right, each by the nearest word that the index holds.

    Nearest by optimal string alignment (an edit is a letter more, less, other, or two swapped): one edit, two
    in a long word, and the same first letter. Words in quotation marks stay as they are, and so does any
    text that is not English.
    """
    if len(text) > _LONGEST or choose_lexicon(text).name != "english":
        return text
    hidden = [match.span() for match in _QUOTED.finditer(text)]
    unknown = [
        match
        for match in _WORD.finditer(text)
        if not _is_known(match.group(), vocabulary)
        and not any(start <= match.start() < end for start, end in hidden)
    ]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return text
    others = _find_company(text, vocabulary)
    for match in reversed(unknown):
        better = _find_word(match.group(), match.start() > 0, vocabulary, others)
        text = text[: match.start()] + _put_case(better, match.group()) + text[match.end() :]
    return text


def _find_company(text: str, vocabulary: Vocabulary) -> frozenset[int] | None:
    """Return the reports that hold a word of the question's matter; None where it has none."""
    known = _read_table().known
    matter = [word for word in split_words(text) if word not in known and vocabulary.counts.get(word)]
    return frozenset().union(*map(vocabulary.reports_with, matter)) if matter else None


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    folded = "".join(split_words(word))
    table = _read_table()
    return folded in vocabulary.counts or folded in table.known


def _find_word(word: str, inside: bool, vocabulary: Vocabulary, company: frozenset[int] | None) -> str:
    """Return the word that a misspelt one stands for; itself where there is none.

    Args:
        inside: whether it does not begin the question, so that its capital means a name.
        company: reports on the matter of the question; a name has to stand in one of them.
    """
    table = _read_table()
    folded = "".join(split_words(word))
    if folded in table.joined:
        return table.joined[folded]
    for pattern, other in table.variants:
        variant = pattern.sub(other, folded)
        if variant != folded and vocabulary.counts.get(variant):
            return variant
    named = inside and word[0].isupper()
    asking = (one for one in table.asking if OSA.distance(folded, one) == 1 and folded[0] == one[0])
    if not named and not is_common(folded) and (found := next(asking, "")):
        return found
    if len(folded) < _SHORTEST or folded in _load_english():
        return word

    def fits(found: str) -> bool:
        if not named or found in table.plain or found in vocabulary.outlets:
            return True
        near = company is None or not company.isdisjoint(vocabulary.reports_with(found))
        return near and vocabulary.is_name(found)

    held = next(filter(fits, _list_near(folded, vocabulary)), "")
    return held or (word if word[0].isupper() else _find_common(folded))


def _list_near(word: str, vocabulary: Vocabulary) -> list[str]:
    """Return words that a folded word may be a misspelling of, the likeliest first: fewest edits."""
    most = 2 if len(word) >= _LONG else 1
    pool = vocabulary.by_letter.get(word[0], ())
    ranked = []
    for found, edits, _ in process.extract(
        word, pool, scorer=OSA.distance, score_cutoff=most, limit=_CHOICES
    ):
        replaced = len(found) == len(word) and sorted(found) != sorted(word)
        if not (replaced and len(word) < _SURE_LENGTH):
            ranked.append((edits, replaced, -vocabulary.counts.get(found, 0), found))
    return [found for *_, found in sorted(ranked)]


def _find_common(word: str) -> str:
    """Return the common English word that a folded one stands for, though no report holds it; else itself."""
    english = _load_english()
    found = english.correction(word) if len(word) >= _SURE_LENGTH else None
    return found if found and found[0] == word[0] and is_common(found) else word


def is_common(word: str) -> bool:
    """Return whether a folded word is one of those that English uses most."""
    return _load_english().word_frequency[word] >= _COMMON


@cache
def _load_english() -> SpellChecker:
    """Return general English: 160,000 words as they stand in subtitles; takes a tenth of a second."""
    return SpellChecker(language="en", distance=1)


def _put_case(word: str, like: str) -> str:
    """Return a folded word in the case of another one; one that is not folded stays as it is."""
    if word == like:
        return word
    if like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word


@cache
def _read_table() -> _Table:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    english = load_lexicons()[0]
    known = english.asking | english.plain | english.chat | frozenset(table["informal"].split())
    variants = [(a, b) for pair in table["variants"] for a, b in (pair, reversed(pair))]
    return _Table(
        tuple(table["asking"].split()),
        frozenset(table["plain"].split()),
        known | frozenset(table["plain"].split()),
        {one.replace("'", ""): one for one in table["joined"].split()},
        tuple((re.compile(rf"{a}$"), b) for a, b in variants),
    )
