"""An index as it would be without some of its articles or passages, without building it anew.

Abstention is measured on it: a question has no answer whose articles are taken out, and none where only the
passages that answer are, while the rest of their articles goes on about the same people and events; it is
worded no otherwise than when it has one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.search.postings import PassageTable, Postings
from index.store.catalogue import Catalogue
from index.store.generations import Generation
from index.store.vectors import Neighbours, VectorIndex


def hide_articles(generation: Generation, articles: Collection[str]) -> Generation:
    """Return a view of an index in which searches find no passage of `articles`, nor count one."""
    whole = generation.catalogue.passage_table()
    hidden = [place for place, name in enumerate(whole.article_ids) if name in articles]
    return _keep_passages(generation, ~np.isin(whole.articles, hidden))


def hide_passages(generation: Generation, passages: Collection[int]) -> Generation:
    """Return a view of an index without some passages, by id; the others of their articles are found."""
    whole = generation.catalogue.passage_table()
    return _keep_passages(generation, ~np.isin(whole.ids, list(passages)))


def _keep_passages(generation: Generation, kept: NDArray[np.bool_]) -> Generation:
    """Return a view in which searches find the passages that `kept`, in the table's order, marks."""
    whole = generation.catalogue.passage_table()
    table = replace(
        whole,
        ids=whole.ids[kept],
        articles=whole.articles[kept],
        outlets=whole.outlets[kept],
        days=whole.days[kept],
        lengths=whole.lengths[kept],
    )
    return replace(
        generation,
        manifest=replace(generation.manifest, passages=len(table)),
        catalogue=_PartialCatalogue(generation.catalogue, table),
        vectors=_PartialIndex(generation.vectors, table.ids),
    )


class _PartialCatalogue(Catalogue):
    """A catalogue whose searches see only the passages of a table; it shares the whole one's file."""

    def __init__(self, whole: Catalogue, table: PassageTable) -> None:
        vars(self).update(vars(whole))
        self._whole = whole
        self._kept = table.ids
        self.passage_table = cache(lambda: table)
        self.count_passages_with = lru_cache(maxsize=1_000)(self._count_kept)
        self.find_word = lru_cache(maxsize=100)(self._find_kept)

    def count_passages(self) -> int:
        return len(self._kept)

    def _find_kept(self, word: str) -> Postings:
        found = self._whole.find_word(word)
        kept = np.isin(found.ids, self._kept)
        return Postings(found.ids[kept], found.in_passage[kept], found.in_title[kept])

    def _count_kept(self, term: str) -> int:
        """Return the whole's count: a handful of passages fewer changes no weight that matters."""
        return self._whole.count_passages_with(term)


class _PartialIndex(VectorIndex):
    """A vector index whose searches see only some passages."""

    def __init__(self, whole: VectorIndex, kept: NDArray[np.int64]) -> None:
        vars(self).update(vars(whole))
        self._kept = kept

    def search(self, questions: Vectors, k: int, allowed: NDArray[np.int64] | None = None) -> Neighbours:
        return super().search(
            questions, k, self._kept if allowed is None else np.intersect1d(allowed, self._kept)
        )
