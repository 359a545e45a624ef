"""Candidates for a question: dense and lexical search fused, over the whole question and each of its parts.

Follows the understanding of the question and precedes ranking. Each outlet that is named is searched on
its own as well, beside the search of everything and never instead of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.answers import Dates, Part, Question
from index.datatypes import Span
from index.embedding import Embedder, TokenEmbedder
from index.interaction import Details, Interaction, QuestionVectors, make_interaction
from index.questions.question import content_words
from index.search.lexical import score_words, table_places
from index.search.postings import PassageTable
from index.settings import RetrievalSettings
from index.store.catalogue import Catalogue
from index.store.details import DetailIndex
from index.store.vectors import VectorIndex

Column = NDArray[np.float32]

_NORM_DEPTH = 200  # a score as low as that of the passage at this rank counts as 0
_OUTLET_BONUS = 0.3  # on the fused score, in [0, 1], of a passage of an outlet that the part names
_DATE_BONUS = 0.1
_LONE_DEPTH = 3  # times as deep
_MAX_WORDS = 64  # of one query, the first that occur; a question of more is no question


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: the whole question, or a part of it, with its outlets and dates.

    Attributes:
        start: where it begins in the question's text.
    """

    text: str
    words: tuple[str, ...]
    outlets: tuple[str, ...]
    dates: Dates | None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages that are worth ranking, and how m queries scored them; n candidates, none twice.

    Attributes:
        queries: the whole question first, then its parts where there are several.
        ids: (n,) int64, passage ids.
        places: (n,) int64, their places in the passage table.
        dense: (m, n), cosine in [-1, 1].
        sentence_dense: (m, n), the same of its sentence that is nearest; `dense` where none has a vector.
        lexical: (m, n), BM25 over the greatest of any passage, in [0, 1].
        fused: (m, n), in [0, 1].
        ranks: (m, n), place among the candidates by fused score with outlets and dates weighed in; from 0.
        outlet_ranks: (n,), place among the candidates of its outlet where the question names it; else -1.
        outlet_fit: (m, n), 1 where the outlet is one that the query names, 0 where not, 0.5 if it names none.
        date_fit: (m, n), 1 where published within the query's dates, 0 where not, 0.5 if it has none.
        neighbours: (n,), the best fused score, for the whole question, of any passage of the same article.
        rarity: words of the question with their inverse document frequency.
        interaction: how the question's tokens are met in the candidates; None where tokens have no vectors.
    """

    queries: tuple[Query, ...]
    ids: NDArray[np.int64]
    places: NDArray[np.int64]
    dense: Column
    sentence_dense: Column
    lexical: Column
    fused: Column
    ranks: NDArray[np.int64]
    outlet_ranks: NDArray[np.int64]
    outlet_fit: Column
    date_fit: Column
    neighbours: Column
    rarity: Mapping[str, float]
    interaction: Interaction | None = None

    def __len__(self) -> int:
        return len(self.ids)


def retrieve(
    question: Question,
    catalogue: Catalogue,
    vectors: VectorIndex,
    embedder: Embedder,
    settings: RetrievalSettings,
    details: DetailIndex | None = None,
) -> Candidates:
    """Return the candidates for a question, in no particular order; none over an empty index.

    Dense and lexical scores of each query are brought to [0, 1] by their maximum and the score at rank
    200, weighed and summed (Bruch et al. 2023 on convex combination). The best passages by that sum, for
    each query and for each outlet that is named, are the candidates.
    """
    queries = make_queries(question)
    read = embed_queries(question, queries, embedder)
    embedded = read.rows  # (m, d)
    words = score_words(catalogue, [query.words for query in queries])
    table = catalogue.passage_table()
    if len(table) == 0:
        return _no_candidates(queries, words.rarity)
    lexical = words.scores  # (m, N)
    fused = settings.lexical_weight * _normalise(lexical)
    fused += settings.dense_weight * _scatter_dense(embedded, vectors, table)
    outlet_fit = np.stack([_fit_outlets(query, table) for query in queries])  # (m, N)
    date_fit = np.stack([_fit_dates(query, table) for query in queries])  # (m, N)
    routed = fused + _OUTLET_BONUS * outlet_fit + _DATE_BONUS * date_fit
    places = _choose_places(queries, fused, routed, table, settings.candidates)
    best_of_article = np.zeros(len(table.article_ids), dtype=np.float32)
    np.maximum.at(best_of_article, table.articles, fused[0])
    ids = table.ids[places]
    dense = embedded @ vectors.vectors(ids).T
    held = details.read(ids) if details is not None else None
    return Candidates(
        queries=queries,
        ids=ids,
        places=places,
        dense=dense,
        sentence_dense=dense if held is None else _find_nearest(embedded, held, dense),
        lexical=lexical[:, places] / np.maximum(lexical.max(axis=1, keepdims=True), 1e-6),
        fused=fused[:, places],
        ranks=_rank_rows(np.concatenate([fused[:1, places], routed[1:, places]])),
        outlet_ranks=_rank_in_outlets(fused[0, places], table.outlets[places], outlet_fit[0, places]),
        outlet_fit=outlet_fit[:, places],
        date_fit=date_fit[:, places],
        neighbours=best_of_article[table.articles[places]],
        rarity=words.rarity,
        interaction=make_interaction(read, ids, held),
    )


def make_queries(question: Question) -> tuple[Query, ...]:
    """Return what is searched for: the question and, where it has several parts, each of them."""
    whole = Part(question.text, question.outlets, question.dates)
    parts = question.parts if len(question.parts) > 1 else ()
    queries, reached = [], 0
    for part in (whole, *parts):
        start = max(0, question.text.find(part.text, reached))
        reached = 0 if part is whole else start + len(part.text)
        words = tuple(dict.fromkeys(content_words(part.text)))[:_MAX_WORDS]
        queries.append(Query(part.text, words, part.outlets or question.outlets, part.dates, start))
    return tuple(queries)


def embed_queries(question: Question, queries: Sequence[Query], embedder: Embedder) -> QuestionVectors:
    """Return the vectors of the m queries, in one pass over the question where the model can."""
    spans = [Span(query.start, query.start + len(query.text)) for query in queries[1:]]
    if isinstance(embedder, TokenEmbedder) and all(
        question.text[start:end] == query.text for (start, end), query in zip(spans, queries[1:], strict=True)
    ):
        return embedder.read_question(question.text, spans)
    rows = embedder.embed_questions([query.text for query in queries])
    return QuestionVectors(rows, np.zeros((0, 0), np.float32), np.zeros((0, 2), np.int64))


def _find_nearest(embedded: Column, held: Details, dense: Column) -> Column:
    """Return (m, n), the cosine of each query with the nearest sentence of each passage."""
    filled = np.diff(held.bounds) > 0
    out = dense.copy()
    if filled.any():
        cosines = embedded @ held.sentences.T  # (m, s)
        out[:, filled] = np.maximum.reduceat(cosines, held.bounds[:-1][filled], axis=1)
    return out


def _normalise(scores: Column) -> Column:
    """Bring each row to [0, 1]: its maximum is 1, and what ranks below the depth is 0."""
    depth = min(_NORM_DEPTH, scores.shape[1])
    low = -np.partition(-scores, depth - 1, axis=1)[:, depth - 1 : depth]
    high = scores.max(axis=1, keepdims=True)
    return np.asarray(np.clip((scores - low) / np.maximum(high - low, 1e-6), 0, 1), dtype=np.float32)


def _scatter_dense(embedded: Column, vectors: VectorIndex, table: PassageTable) -> Column:
    """Return (m, N) normalised dense scores; 0 for what dense search does not rank."""
    out = np.zeros((len(embedded), len(table)), dtype=np.float32)
    found = vectors.search(embedded, _NORM_DEPTH)
    for row, ranked, ids in zip(out, found.scores, found.ids, strict=True):
        scores = ranked[ids >= 0]
        if len(scores):
            spread = max(float(scores[0] - scores[-1]), 1e-6)
            row[table_places(table, ids[ids >= 0])] = (scores - scores[-1]) / spread
    return out


def _fit_outlets(query: Query, table: PassageTable) -> Column:
    if not query.outlets:
        return np.full(len(table), 0.5, dtype=np.float32)
    wanted = [place for place, name in enumerate(table.outlet_names) if name in query.outlets]
    return np.isin(table.outlets, wanted).astype(np.float32)


def _fit_dates(query: Query, table: PassageTable) -> Column:
    if query.dates is None:
        return np.full(len(table), 0.5, dtype=np.float32)
    first, last = query.dates.first, query.dates.last
    inside = table.days > 0
    if first:
        inside &= table.days >= first.toordinal()
    if last:
        inside &= table.days <= last.toordinal()
    return inside.astype(np.float32)


def _choose_places(
    queries: Sequence[Query], fused: Column, routed: Column, table: PassageTable, depth: int
) -> NDArray[np.int64]:
    """Return the places of the best passages by each query, and by the whole question in each outlet.

    A question of one part, that names no outlet, has one list only, which goes deeper instead.
    """
    held = [
        np.flatnonzero(table.outlets == table.outlet_names.index(name))
        for name in queries[0].outlets
        if name in table.outlet_names
    ]
    if len(queries) == 1 and not held:
        return np.sort(_top_places(routed[0], _LONE_DEPTH * depth))
    lists = [_top_places(fused[0], depth), *(_top_places(row, depth) for row in routed)]
    lists += [places[_top_places(fused[0, places], depth)] for places in held]
    return np.unique(np.concatenate(lists))


def _top_places(scores: Column, depth: int) -> NDArray[np.int64]:
    if len(scores) <= depth:
        return np.arange(len(scores))
    return np.argpartition(-scores, depth)[:depth]


def _rank_rows(scores: Column) -> NDArray[np.int64]:
    """Return each column's place, from 0, in the descending order of its row."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(scores.shape[1])[None, :], axis=1)
    return ranks


def _rank_in_outlets(scores: Column, outlets: NDArray[np.int32], fit: Column) -> NDArray[np.int64]:
    ranks = np.full(len(scores), -1, dtype=np.int64)
    for outlet in np.unique(outlets[fit == 1]):
        held = np.flatnonzero(outlets == outlet)
        ranks[held[np.argsort(-scores[held], kind="stable")]] = np.arange(len(held))
    return ranks


def _no_candidates(queries: tuple[Query, ...], rarity: Mapping[str, float]) -> Candidates:
    none, wide = np.zeros(0, dtype=np.int64), np.zeros((len(queries), 0), dtype=np.float32)
    ranks = np.zeros((len(queries), 0), dtype=np.int64)
    return Candidates(queries, none, none, wide, wide, wide, wide, ranks, none, wide, wide, wide[0], rarity)
