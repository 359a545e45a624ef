"""Finding of copies: articles that carry one report, edited or cut, and the count of independent reports.

Runs when an index is built, before stories are grouped; its counts stand in every answer.

Candidates come from MinHash (Broder 1997) over word shingles and locality-sensitive hashing (Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", ch. 3), once for whole texts and once for their
openings, since a cut copy keeps its opening. Each candidate is then verified: on the names and numbers that
both hold, which tell most look-alikes apart, then on the shingles themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from datasketch import MinHash, MinHashLSH

from index.answers import Quote
from index.datatypes import Article, Report
from index.events.particulars import extract_particulars
from index.texts.agencies import name_agency

COPIED = 0.5
"""Least share, in [0, 1], of the shorter text's shingles that stand in the longer (containment: Broder 1997).
A cut copy keeps all of them, one with a fifth of its sentences rewritten three quarters."""

SHARED_FACTS = 0.65
"""Least share of the names and numbers of the shorter text that stand in the longer: the same sentences
about another town, year or team are another report."""

_SHINGLE_WORDS = 3
_OPENING_WORDS = 120
_LEAST_SHARE = 0.2  # of the longer text's length; a shorter one is an excerpt, not a copy
_LEAST_SHINGLES = 12  # below which two texts are copies only if they are equal
_LEAST_FACTS = 4  # below which names and numbers decide nothing
_PRINTS_KEPT = 64  # a print weighs ten times its text
_PERMUTATIONS = 128
_BANDS = (64, 2)  # 64 bands of 2 rows find a pair of resemblance .25 with probability .98
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")  # Chinese and Japanese write no spaces


@dataclass(frozen=True, slots=True)
class _Print:
    """What two texts are compared by.

    Attributes:
        words: the text in words, lower case, without punctuation.
        shingles: its runs of three words.
    """

    words: tuple[str, ...]
    shingles: frozenset[str]


@dataclass(frozen=True)
class _Text:
    """A text with what is light enough to be kept of it; most look-alikes are told apart by that alone."""

    text: str

    @cached_property
    def wording(self) -> int:
        """Hash of its words: other words have another one."""
        return hash(take_print(self.text).words)

    @cached_property
    def facts(self) -> frozenset[str | float]:
        """Its names and numbers; read only where another text shares its shingles."""
        found = extract_particulars(self.text)
        return frozenset({*found.names, *found.numbers, *map(float, found.years)})


def find_carriers(articles: Sequence[Article], copied: float = COPIED) -> tuple[Report, ...]:
    """Return the reports behind `articles`, each article in exactly one, ordered by their originals.

    The original is the member that credits an agency, among those or else among all the earliest, then the
    longest. A copy may be cut to a fifth of its original, retitled, re-punctuated, reworded in part or
    added to. Work grows with the number of articles, not with its square.
    """
    whole, openings = _make_lsh(), _make_lsh()
    texts: dict[str, _Text] = {}
    carriers: dict[str, list[str]] = {}
    for article in sorted(articles, key=_originality_key):
        text, print_ = _Text(article.text), take_print(article.text)
        sketch = _sketch(print_.shingles)
        opening = _sketch(_shingle(print_.words[:_OPENING_WORDS]))
        found = dict.fromkeys([*whole.query(sketch), *openings.query(opening)])
        verified = {
            original: likeness
            for original in found
            if (likeness := _measure_copy(texts[original], text, copied)) > 0
        }
        if verified:
            best = max(verified, key=lambda original: verified[original])
            carriers[best].append(article.id)
            continue
        texts[article.id] = text
        carriers[article.id] = []
        whole.insert(article.id, sketch)
        openings.insert(article.id, opening)
    order = {article.id: article.publication_key() for article in articles}
    return tuple(
        Report(original, tuple(sorted(carriers[original], key=order.__getitem__)))
        for original in sorted(carriers, key=order.__getitem__)
    )


@lru_cache(maxsize=_PRINTS_KEPT)
def take_print(text: str) -> _Print:
    """Return what a text is compared by; punctuation, case and white space leave no trace in it."""
    words = tuple(_WORD.findall(text.casefold()))
    return _Print(words, _shingle(words))


def count_reports(quotes: Sequence[Quote], reports: Sequence[Report] = ()) -> int:
    """Return how many independent reports stand behind `quotes`.

    Articles count as one where they carry one text, where they credit the same agency, and where
    everything that is quoted from them came through the same agency ("told TASS"). An article that is
    also quoted for something of its own counts by itself.
    """
    originals = {carrier: report.original for report in reports for carrier in report.carriers}
    chains: dict[str, set[str]] = {}
    credited: dict[str, str] = {}
    for quote in quotes:
        key = originals.get(quote.citation.article, quote.citation.article)
        chains.setdefault(key, set()).add(_name_origin(quote.chain[0]) if quote.chain else "")
        if quote.citation.origin:
            credited.setdefault(key, _name_origin(quote.citation.origin))
    origins = set()
    for article, through in chains.items():
        agency = credited.get(article) or (next(iter(through)) if len(through) == 1 else "")
        origins.add(("agency", agency) if agency else ("article", article))
    return len(origins)


def _name_origin(text: str) -> str:
    """Return one name, in lower case, for an origin that goes by several ("AP", "The Associated Press")."""
    return " ".join(_WORD.findall((name_agency(text) or text).casefold())).removeprefix("the ")


def _originality_key(article: Article) -> tuple[bool, bool, str, int, str]:
    return (article.origin is None, *article.publication_key()[:2], -len(article.text), article.id)


def _make_lsh() -> MinHashLSH:
    return MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS)


def _shingle(words: Sequence[str]) -> frozenset[str]:
    """Return the runs of three words; a text of fewer is one run."""
    last = max(1, len(words) - _SHINGLE_WORDS + 1)
    return frozenset(" ".join(words[start : start + _SHINGLE_WORDS]) for start in range(last))


def _sketch(shingles: Iterable[str]) -> MinHash:
    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch([shingle.encode() for shingle in shingles])
    return sketch


def _measure_copy(one: _Text, two: _Text, copied: float) -> float:
    """Return the share of the shorter text's shingles that the longer holds, 0 where they are no copies."""
    if one.wording == two.wording:
        return 1.0
    if _tell_other_facts(one.facts, two.facts):
        return 0.0
    left, right = take_print(one.text).shingles, take_print(two.text).shingles
    few, many = sorted((len(left), len(right)))
    if few < _LEAST_SHINGLES or few < _LEAST_SHARE * many:
        return 0.0
    shared = len(left & right)
    return shared / few if shared >= copied * few else 0.0


def _tell_other_facts(one: frozenset[str | float], two: frozenset[str | float]) -> bool:
    """Return whether a text has too few of the names and numbers of another to be a copy of it."""
    fewer = min(len(one), len(two))
    return fewer >= _LEAST_FACTS and len(one & two) < SHARED_FACTS * fewer
