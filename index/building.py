"""A build: sources in, a new generation of the index out, switched to in one step.

The write side from end to end: gathering reads and cleans, then articles are chunked, attributed, embedded
where the cache lacks them, stored and published. Nothing that is live changes until the last step.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from index.datatypes import Article, BuildSummary, Failure, Statement
from index.embedding import Embedder
from index.errors import CorruptIndexError, DataFolderError, NotFoundError, StoredIndexError
from index.events.grouping import GROUPING_VERSION, group_articles
from index.gathering import Gathering, OnProgress, gather_documents
from index.interaction import DETAIL_VERSION
from index.settings import IndexSettings
from index.store.cache import hash_text
from index.store.database import copy_database
from index.store.drafting import Draft
from index.store.generations import (
    CATALOGUE_FILE,
    VECTORS_FILE,
    Manifest,
    building_lock,
    generation_folder,
    live_generation,
    next_number,
    open_catalogue,
    open_generation,
    publish_folder,
    read_manifest,
    remove_generations,
    start_folder,
)
from index.store.vectors import VectorIndex
from index.texts.addresses import hide_secrets
from index.texts.chunking import CHUNKER_VERSION, chunk_article, embedded_text
from index.texts.cleaning import CLEANER_VERSION, place_source
from index.vectorising import collect_vectors, prune_cache

Attribute = Callable[[Article], Sequence[Statement]]
"""Finds the statements of an article, in the order of its text."""


@dataclass(frozen=True, slots=True)
class Builder:
    """What a build needs.

    Attributes:
        attribute: finds the statements.
        attribution_version: part of the recipe; when it changes, every article is attributed anew.
    """

    settings: IndexSettings
    embedder: Embedder
    attribute: Attribute
    attribution_version: str
    on_progress: OnProgress = lambda stage, done, total: None

    def recipe(self) -> dict[str, Any]:
        """What decides how texts are cleaned, cut, attributed and grouped; another one makes all anew.

        The model is part of it: its tokens are what passages are cut by, and its vectors part the stories.
        """
        return {
            "model": self.embedder.identity,
            "cleaner": CLEANER_VERSION,
            "details": DETAIL_VERSION,
            "chunker": CHUNKER_VERSION,
            "attribution": self.attribution_version,
            "grouping": GROUPING_VERSION,
            "reading": self.settings.reading.model_dump(),
            "passages": self.settings.passages.model_dump(),
            "stories": self.settings.stories.model_dump(),
            "outlets": dict(sorted(self.settings.outlets.items())),
        }


def build_index(builder: Builder) -> BuildSummary:
    """Read all configured and added sources and publish what changed; raise OnrecordError's kinds.

    A source that fails is named in the summary, and what is stored of it is kept. A build without changes
    publishes nothing; an interrupted one leaves the live generation as it was. A damaged index is named in
    the summary as well, and replaced.
    """

    def gather(draft: Draft, *, afresh: bool) -> Gathering:
        sources = tuple(dict.fromkeys([*builder.settings.sources, *draft.added()]))
        gathering = gather_documents(sources, builder.settings, draft, builder.on_progress, afresh=afresh)
        gathering.gone = tuple(
            name for name, source in draft.files().items() if gathering.lacks(name, source)
        )
        return gathering

    return _build(builder, gather, mends=True)


def add_source(builder: Builder, source: str) -> BuildSummary:
    """Read one more source, now and in every later build, and publish its articles.

    An article that had been forgotten comes back. Nothing is added if nothing in it can be read. Raises
    CorruptIndexError where the live generation is damaged.
    """

    def gather(draft: Draft, *, afresh: bool) -> Gathering:
        gathering = gather_documents([source], builder.settings, draft, builder.on_progress, afresh=True)
        if gathering.documents and source not in builder.settings.sources:
            draft.add_source(source)
        for document in gathering.documents:
            for article in document.articles:
                draft.remember(article.id)
        return gathering

    return _build(builder, gather)


def forget_named(builder: Builder, name: str) -> BuildSummary:
    """Remove an article, by id, URL or path, or a source that was added by hand, with all its articles.

    Their texts, vectors and older generations go as well. Later builds leave them out; adding the source
    again brings them back. What a configured source holds as well stays. Raises NotFoundError.
    """
    with open_catalogue(builder.settings.data_folder) as catalogue:
        added = catalogue.added_sources()
        # As status and summaries name it, where that is enough to tell it by.
        shown = [source for source in added if hide_secrets(source) == name]
        name = shown[0] if len(shown) == 1 else name
        is_added = name in added
        try:
            article = catalogue.find_article(name)
        except NotFoundError:
            if not is_added:
                raise
            article = None

    def gather(draft: Draft, *, afresh: bool) -> Gathering:
        if article is not None:
            draft.forget(article)
        return Gathering(gone=_remove_added(draft, name, builder.settings) if is_added else ())

    return _build(builder, gather, forgets=True)


def _remove_added(draft: Draft, source: str, settings: IndexSettings) -> tuple[str, ...]:
    """Strike a source that was added by hand; return the names of the files that no other source holds."""
    draft.remove_source(source)
    others = [place_source(other, settings.base) for other in (*settings.sources, *draft.added())]
    return tuple(
        name
        for name, read_for in draft.files().items()
        if read_for == source
        and not any(other in (".", name) or name.startswith(f"{other}/") for other in others)
    )


def _build(
    builder: Builder, gather: Callable[..., Gathering], *, mends: bool = False, forgets: bool = False
) -> BuildSummary:
    """Build under the lock; where the live generation is damaged, begin from nothing if that `mends` it.

    With `forgets`, older generations go before another build can begin.
    """
    started = time.monotonic()
    data = builder.settings.data_folder
    try:
        with building_lock(data):
            folder = start_folder(data)
            try:
                summary = _build_in(builder, gather, folder, mends=mends)
                if forgets:
                    remove_generations(data, keep={summary.generation})
            finally:
                shutil.rmtree(folder, ignore_errors=True)  # gone already if it was published
    except (OSError, sqlite3.OperationalError) as error:
        raise DataFolderError(
            f"{data}: cannot be written: {error}; make room there, or name another folder in [index] data"
        ) from error
    return replace(summary, seconds=round(time.monotonic() - started, 3))


def _build_in(
    builder: Builder, gather: Callable[..., Gathering], folder: Path, *, mends: bool
) -> BuildSummary:
    data = builder.settings.data_folder
    previous, damage = _copy_live(data, folder, mends=mends)
    recipe = builder.recipe()
    afresh = previous is None or previous.recipe != recipe
    with closing(Draft(folder / CATALOGUE_FILE)) as draft:
        with draft.transaction():
            summary, stale = _apply(draft, gather(draft, afresh=afresh))
            summary = replace(summary, failures=(*damage, *summary.failures))
            if previous is not None and not afresh and not draft.is_changed:
                flaws = _find_flaws(data)
                if not flaws:
                    return replace(summary, generation=previous.generation, passages=previous.passages)
                summary = replace(summary, failures=(*flaws, *summary.failures))
            stale = draft.article_ids() if afresh else stale
            _cut_and_attribute(builder, draft, stale)
        cache_file = data / "cache.db"
        collected = collect_vectors(builder.embedder, draft, cache_file, folder, builder.on_progress)
        with draft.transaction():
            group_articles(
                draft,
                collected.vectors,
                frozenset(stale),
                builder.settings.stories,
                builder.embedder.embed_passages,
                builder.on_progress,
            )
        rows = draft.passage_rows()
        manifest = Manifest(
            generation=next_number(data),
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            model=builder.embedder.identity,
            dimension=builder.embedder.dimension,
            passages=len(rows),
            articles=draft.count("articles"),
            statements=draft.count("statements"),
            recipe=recipe,
        )
    ids = np.array([number for number, _, _ in rows], dtype=np.int64)
    VectorIndex.build(collected.vectors, ids).save(folder / VECTORS_FILE)
    publish_folder(data, folder, manifest)
    prune_cache(cache_file, (key for _, key, _ in rows))
    return replace(
        summary,
        generation=manifest.generation,
        passages=manifest.passages,
        embedded=collected.embedded,
        failures=(*summary.failures, *collected.failures),
    )


def _copy_live(data: Path, folder: Path, *, mends: bool) -> tuple[Manifest | None, tuple[Failure, ...]]:
    """Copy the live catalogue to build on; None, and what is wrong with it, where a build begins anew.

    Raises CorruptIndexError where it is damaged and the build would not mend it.
    """
    try:
        if live_generation(data) is None:
            return None, ()
        manifest = read_manifest(data)
        copy_database(generation_folder(data, manifest.generation) / CATALOGUE_FILE, folder / CATALOGUE_FILE)
    except CorruptIndexError as error:
        if not mends:
            raise CorruptIndexError(f"{error}; run `python -m index build`, then try again") from error
        (folder / CATALOGUE_FILE).unlink(missing_ok=True)
        return None, (Failure(str(data), f"the stored index was damaged and is built anew: {error}"),)
    return manifest, ()


def _find_flaws(data: Path) -> tuple[Failure, ...]:
    """Return what keeps the live generation, whose catalogue is whole, from being opened."""
    try:
        open_generation(data).close()
    except StoredIndexError as error:
        return (Failure(str(data), f"the stored vectors were damaged and are written anew: {error}"),)
    return ()


def _apply(draft: Draft, gathering: Gathering) -> tuple[BuildSummary, list[str]]:
    """Write what was gathered; return what it changed and the ids of added and changed articles."""
    forgotten = draft.forgotten()
    failures = list(gathering.failures)
    given: dict[str, Article] = {}
    added: list[str] = []
    changed: list[str] = []
    for document in gathering.documents:
        kept = []
        for article in document.articles:
            if article.id in forgotten:
                continue
            if given.setdefault(article.id, article).text != article.text:
                reason = (
                    f"holds another text for article {article.id} of {given[article.id].source}; "
                    "that one is kept"
                )
                failures.append(Failure(document.name, reason))
                continue
            kept.append(article.id)
            if given[article.id] is not article:
                continue
            stored = draft.article(article.id)
            if stored != article:
                (added if stored is None else changed).append(article.id)
                draft.put_article(article)
        draft.put_file(document.name, document.source, document.fingerprint, kept)
    for name in gathering.gone:
        draft.remove_file(name)
    removed = [key for key in {*draft.orphans(), *forgotten} if draft.article(key) is not None]
    for key in removed:
        draft.remove_article(key)
    if removed:
        draft.purge_words()
    summary = BuildSummary(
        generation=0,
        added=len(added),
        changed=len(changed),
        removed=len(removed),
        unchanged=draft.count("articles") - len(added) - len(changed),
        failures=tuple(failures),
    )
    return summary, added + changed


def _cut_and_attribute(builder: Builder, draft: Draft, ids: Sequence[str]) -> None:
    """Store the passages and statements of articles, in place of those they had."""
    for done, article_id in enumerate(ids, 1):
        article = draft.article(article_id)
        if article is not None:
            passages = chunk_article(article, builder.embedder.count_tokens, builder.settings.passages)
            keys = [hash_text(embedded_text(article.title, passage.text)) for passage in passages]
            draft.put_passages(article, passages, keys)
            draft.put_statements(article, builder.attribute(article))
        builder.on_progress("attributing", done, len(ids))
