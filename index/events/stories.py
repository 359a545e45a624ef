"""Grouping of articles that report one event into stories, look-alike events apart.

Follows the finding of copies when an index is built; what it groups is where disputes are looked for.

Two articles are alike by the cosine of their names, words and numbers, each weighted by rarity (tf-idf),
and of their embeddings; the likeness of two groups is the mean over their pairs, and groups are joined,
the likest first, while that mean stays above a threshold (average linkage: Sokal and Michener 1958).
Only articles that share rare terms are ever compared, so the work grows with the size of stories, not
with the square of the corpus. The four weights and the threshold were chosen on the even topics of ECB+
(Cybulska and Vossen 2014, CC BY 3.0). Two groups that are somewhat less alike are still joined where names
that are nearly theirs alone bind them, and their dates lie near: a follow-up opens in other words.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.datatypes import Article, Report, Story
from index.embedding import Vectors
from index.events.particulars import Particulars, extract_particulars
from index.events.shared_names import Names, count_names, find_bound

NAMES, WORDS, NUMBERS, MEANING = 0.45, 0.30, 0.15, 0.10
"""Shares of the four parts in the likeness of two articles; they add up to one."""

THRESHOLD = 0.19
"""Least mean likeness, in [0, 1], of two groups that are joined."""

FOLLOWING = 2 / 3
"""Share of the threshold that two groups need whom names of their own bind."""

LEAD_WORDS = 160
"""A report names its event in its opening words; what follows is background that other events share."""

_BACKGROUND = 200  # documents imagined behind the corpus, so that two articles alone still have rare terms
_KEY_TERMS = 40  # of each article, the rarest; sharing one makes two articles worth comparing
_COMMON_SHARE = 400  # articles that share a term beyond which it finds no candidates
_CANDIDATES = 40  # articles that each is compared with, at most
_CANDIDATE_ROWS = 2_000
_WINDOW = 30  # days between publications within which an event is still in the news
_HALF_LIFE = 60  # days beyond the window that halve the likeness
_FLOOR = 0.1  # the least that a gap in time leaves of the likeness
_OTHER_YEAR = 0.7  # what different years in two undated openings leave of it


@dataclass(frozen=True, slots=True)
class _Group:
    """Articles joined so far: sums of their vectors, from which the mean likeness of pairs follows."""

    members: tuple[int, ...]
    columns: NDArray[np.int64]  # (t,) sorted, of the terms
    values: NDArray[np.float64]  # (t,) sum of the members' weights
    meaning: NDArray[np.float64]  # (d,) sum of the members' unit rows
    first: date | None
    last: date | None
    years: frozenset[int]


def group_stories(
    articles: Sequence[Article],
    vectors: Vectors,
    reports: Sequence[Report] = (),
    threshold: float = THRESHOLD,
) -> tuple[Story, ...]:
    """Return the stories of `articles`, each article in exactly one, ordered by their first report.

    `vectors` is (n, d) float32 with one unit row for each article, in the same order: the embedding of
    title and lead, or the normalised mean of its passages. Carriers named in `reports` go where their
    original goes and weigh nothing in the grouping.
    """
    if len(vectors) != len(articles):
        raise ValueError(f"{len(articles)} articles came with {len(vectors)} vectors; one row each is needed")
    carried = {carrier: report.original for report in reports for carrier in report.carriers}
    leading = [row for row, article in enumerate(articles) if article.id not in carried]
    groups = _join_alike(
        [articles[row] for row in leading], np.asarray(vectors[leading], dtype=np.float64), threshold
    )
    members: dict[str, list[str]] = {}
    for group in groups:
        ids = [articles[leading[member]].id for member in group]
        members.update(dict.fromkeys(ids, ids))
    known = {article.id: article for article in articles}
    for carrier, original in carried.items():
        if carrier in known and original in members:
            members[original].append(carrier)
    stories = {
        id(ids): tuple(sorted(ids, key=lambda key: known[key].publication_key())) for ids in members.values()
    }
    return tuple(
        Story(id=ids[0], articles=ids)
        for ids in sorted(stories.values(), key=lambda ids: known[ids[0]].publication_key())
    )


def describe_opening(article: Article, words: int = LEAD_WORDS) -> str:
    """Return the title and the first words of an article: where a report says which event it is about."""
    pieces = article.text.split(maxsplit=words)[:words]
    title = article.title.split(" | ", maxsplit=1)[0]  # what follows a bar is the outlet or its section
    return title + "\n" + " ".join(pieces)


def _join_alike(articles: list[Article], meaning: NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Return the rows of each group, by average linkage over the pairs worth comparing."""
    if not articles:
        return []
    terms = [extract_particulars(describe_opening(article)) for article in articles]
    weighted = _weigh_terms(terms)
    groups: dict[int, _Group] = {}
    for row, article in enumerate(articles):
        begin, end = weighted.indptr[row], weighted.indptr[row + 1]
        day = article.published.day if article.published else None
        groups[row] = _Group(
            (row,),
            weighted.indices[begin:end].astype(np.int64),
            weighted.data[begin:end],
            meaning[row],
            day,
            day,
            terms[row].years,
        )
    heap: list[tuple[float, int, int]] = []
    neighbours: defaultdict[int, set[int]] = defaultdict(set)

    def consider(one: int, two: int) -> None:
        likeness = _compare(groups[one], groups[two])
        if likeness >= threshold:
            heapq.heappush(heap, (-likeness, one, two))
            neighbours[one].add(two)
            neighbours[two].add(one)

    for one, two in _find_candidates(weighted):
        consider(one, two)
    fresh = len(articles)
    while heap:
        _, one, two = heapq.heappop(heap)
        if one not in groups or two not in groups:
            continue
        groups[fresh] = _join(groups.pop(one), groups.pop(two))
        around = (neighbours.pop(one) | neighbours.pop(two)) & groups.keys()
        for other in sorted(around):
            consider(fresh, other)
        fresh += 1
    _join_follow_ups(groups, [count_names(article.text) for article in articles], threshold * FOLLOWING)
    return [sorted(group.members) for group in groups.values()]


def _join_follow_ups(groups: dict[int, _Group], names: Sequence[Names], threshold: float) -> None:
    """Join groups that names of their own bind, the likest first, until none is left; changes `groups`."""
    fresh = max(groups) + 1
    while True:
        before = fresh
        bound = find_bound({key: group.members for key, group in groups.items()}, names)
        near = [pair for pair in bound if _lie_near(groups[pair[0]], groups[pair[1]])]
        ranked = sorted((-_compare(groups[one], groups[two]), one, two) for one, two in near)
        for unlikeness, one, two in ranked:
            if -unlikeness >= threshold and one in groups and two in groups:
                groups[fresh] = _join(groups.pop(one), groups.pop(two))
                fresh += 1
        if fresh == before:
            return


def _weigh_terms(terms: Sequence[Particulars]) -> sparse.csr_array:
    """Return (n, vocabulary) tf-idf weights whose dot product is the likeness by names, words and numbers."""
    parts: list[tuple[float, Sequence[Mapping[Any, int]]]] = [
        (NAMES, [each.names for each in terms]),
        (WORDS, [each.words for each in terms]),
        (NUMBERS, [each.numbers for each in terms]),
    ]
    blocks = []
    for share, counts in parts:
        spread = Counter(term for count in counts for term in count)
        column = {term: number for number, term in enumerate(spread)}
        rows = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
        columns = np.array([column[term] for count in counts for term in count], dtype=np.int64)
        often = np.array([times for count in counts for times in count.values()], dtype=np.float64)
        documents = np.array(list(spread.values()), dtype=np.float64)
        rarity = np.log((len(counts) + _BACKGROUND + 1) / (documents + 0.5))
        weights = (1 + np.log(often)) * rarity[columns] if len(columns) else often
        norms = np.sqrt(np.bincount(rows, weights**2, minlength=len(counts)))
        weights *= np.sqrt(share) / np.maximum(norms[rows], 1e-12)
        blocks.append(sparse.csr_array((weights, (rows, columns)), shape=(len(counts), max(1, len(column)))))
    joined = sparse.csr_array(sparse.hstack(blocks, format="csr"))
    joined.sort_indices()
    return joined


def _find_candidates(weighted: sparse.csr_array) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rows, each once, that share enough of their rarest terms to be worth comparing."""
    spread = np.diff(weighted.tocsc().indptr)
    kept = weighted.copy()
    kept.data[spread[kept.indices] > _COMMON_SHARE] = 0
    for row in range(kept.shape[0]):
        weights = kept.data[kept.indptr[row] : kept.indptr[row + 1]]
        if len(weights) > _KEY_TERMS:
            weights[np.argpartition(weights, -_KEY_TERMS)[:-_KEY_TERMS]] = 0
    kept.eliminate_zeros()
    across = kept.T.tocsr()
    seen: set[tuple[int, int]] = set()
    for start in range(0, kept.shape[0], _CANDIDATE_ROWS):
        block = (kept[start : start + _CANDIDATE_ROWS] @ across).tocsr()
        for offset in range(block.shape[0]):
            begin, end = block.indptr[offset], block.indptr[offset + 1]
            order = np.argsort(-block.data[begin:end], kind="stable")[: _CANDIDATES + 1]
            for other in block.indices[begin:end][order].tolist():
                pair = (min(start + offset, other), max(start + offset, other))
                if pair[0] != pair[1] and pair not in seen:
                    seen.add(pair)
                    yield pair


def _compare(one: _Group, two: _Group) -> float:
    """Return the mean likeness of the pairs between two groups, in [0, 1], less what their dates take."""
    _, left, right = np.intersect1d(one.columns, two.columns, assume_unique=True, return_indices=True)
    shared = float(one.values[left] @ two.values[right])
    meaning = max(0.0, float(one.meaning @ two.meaning))
    mean = (shared + MEANING * meaning) / (len(one.members) * len(two.members))
    return mean * _weigh_dates(one, two)


def _weigh_dates(one: _Group, two: _Group) -> float:
    """Return what distance in time leaves of a likeness: 1 inside the window, never less than the floor."""
    if one.first and one.last and two.first and two.last:
        gap = max((two.first - one.last).days, (one.first - two.last).days) - _WINDOW
        return 1.0 if gap <= 0 else max(_FLOOR, float(0.5 ** (gap / _HALF_LIFE)))
    if one.years and two.years and not one.years & two.years:
        return _OTHER_YEAR
    return 1.0


def _lie_near(one: _Group, two: _Group) -> bool:
    """Whether both groups are dated, and no more than the window apart."""
    if not (one.first and one.last and two.first and two.last):
        return False
    return max((two.first - one.last).days, (one.first - two.last).days) <= _WINDOW


def _join(one: _Group, two: _Group) -> _Group:
    columns, place = np.unique(np.concatenate([one.columns, two.columns]), return_inverse=True)
    days = [day for day in (one.first, one.last, two.first, two.last) if day]
    return _Group(
        one.members + two.members,
        columns,
        np.bincount(place, np.concatenate([one.values, two.values])).astype(np.float64),
        one.meaning + two.meaning,
        min(days, default=None),
        max(days, default=None),
        one.years | two.years,
    )
