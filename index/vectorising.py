"""The vectors of a draft's passages: out of the cache where it has them, else embedded and kept there.

A step of a build, between attribution and grouping. A build that breaks here goes on from the cache; a cache
that is damaged is no loss but of time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.datatypes import Failure, Span
from index.embedding import Embedder, TokenEmbedder, Vectors
from index.errors import CorruptIndexError
from index.gathering import OnProgress
from index.store.cache import VectorCache, discard_cache
from index.store.details import write_details
from index.store.drafting import Draft
from index.texts.chunking import embedded_text
from index.texts.sentences import split_sentences

_ROWS_PER_STEP = 2048  # embedded and then kept in the cache: a broken build resumes there


class Collected(NamedTuple):
    """The vectors of a draft's passages.

    Attributes:
        vectors: (n, d) float32, unit rows in the order of `Draft.passage_rows`.
        embedded: how many the cache lacked.
        failures: that the cache was damaged, where it was; then it has been made anew.
    """

    vectors: Vectors
    embedded: int
    failures: tuple[Failure, ...] = ()


def collect_vectors(
    embedder: Embedder, draft: Draft, cache_file: Path, folder: Path, on_progress: OnProgress
) -> Collected:
    """Embed what the cache lacks and write the details of all passages, where the model gives any.

    Args:
        cache_file: of the vector cache; made where it is not there.
        folder: of the generation in the making, for the details.
    """
    failures: tuple[Failure, ...] = ()
    while True:
        try:
            with closing(VectorCache(cache_file)) as cache:
                return Collected(*_collect(embedder, draft, cache, folder, on_progress), failures)
        except CorruptIndexError as error:
            if failures:
                raise
            failures = (Failure(str(cache_file), f"the cache of vectors is made anew: {error}"),)
            discard_cache(cache_file)


def prune_cache(cache_file: Path, keys: Iterable[bytes]) -> None:
    """Drop from the cache what is not of the texts with these hashes; all of it where it is damaged."""
    try:
        with closing(VectorCache(cache_file)) as cache:
            cache.keep_only(keys)
    except CorruptIndexError:
        discard_cache(cache_file)


def _collect(
    embedder: Embedder, draft: Draft, cache: VectorCache, folder: Path, on_progress: OnProgress
) -> tuple[Vectors, int]:
    model = embedder.identity
    detailed = embedder.detail_identity if isinstance(embedder, TokenEmbedder) else ""
    rows = draft.passage_rows()
    keys = [key for _, key, _ in rows]
    missing = cache.missing(model, keys, detail=detailed)
    for start in range(0, len(missing), _ROWS_PER_STEP):
        step = missing[start : start + _ROWS_PER_STEP]

        def report(done: int, _: int, before: int = start) -> None:
            on_progress("embedding", before + done, len(missing))

        _embed_step(embedder, draft, cache, step, report)
    vectors = np.zeros((len(keys), embedder.dimension), dtype=np.float32)  # (n, d)
    for start in range(0, len(keys), _ROWS_PER_STEP):
        step = keys[start : start + _ROWS_PER_STEP]
        found = cache.find(model, step)
        for row, key in enumerate(step, start):
            vectors[row] = found[key]
    if detailed:
        ids = np.array([number for number, _, _ in rows], dtype=np.int64)
        write_details(folder, ids, (cache.find_detail(detailed, key) for key in keys))
    return vectors, len(missing)


def _embed_step(
    embedder: Embedder,
    draft: Draft,
    cache: VectorCache,
    keys: Sequence[bytes],
    report: Callable[[int, int], None],
) -> None:
    """Embed some passages and keep what came of them in the cache."""
    parts = draft.embedded_parts(keys)
    texts = [embedded_text(*parts[key]) for key in keys]
    if not isinstance(embedder, TokenEmbedder) or not embedder.detail_identity:
        cache.store(embedder.identity, keys, embedder.embed_passages(texts, report))
        return
    sentences = []
    for title, text in (parts[key] for key in keys):
        lead = len(embedded_text(title, ""))
        sentences.append([Span(lead + start, lead + end) for start, end in split_sentences(text)])
    vectors, details = embedder.embed_details(texts, sentences, report)
    cache.store(embedder.identity, keys, vectors)
    cache.store_details(embedder.detail_identity, keys, details)
