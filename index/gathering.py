"""Sources to articles: what a build finds that is new, file by file, and which files are gone.

The first step of a build. Files whose bytes are known are not read again; a source that cannot be read
loses nothing that is stored of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from index.datatypes import Article, Failure, RawArticle
from index.errors import SourceError
from index.settings import IndexSettings
from index.sources import Fetched, fetch_several, is_url, list_files, load_file, read_bytes
from index.store.drafting import Draft
from index.texts.cleaning import clean_article, place_source

OnProgress = Callable[[str, int, int], None]
"""Called with a stage's name, the steps done, and the steps in all."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file or URL whose bytes are new.

    Attributes:
        name: its path or URL, as it is stored and reported.
        source: the configured or added source that it belongs to.
        fingerprint: SHA-256 of its bytes.
    """

    name: str
    source: str
    fingerprint: str
    articles: tuple[Article, ...]


@dataclass(slots=True)
class Gathering:
    """What a build found in its sources.

    Attributes:
        documents: new or changed ones, with their articles.
        seen: names of all documents that are there, read or not.
        unreadable: sources, and folders within them, that could not even be listed.
        gone: names of stored documents that no source holds any more.
    """

    documents: list[Document] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)
    gone: tuple[str, ...] = ()
    failures: list[Failure] = field(default_factory=list)

    def lacks(self, name: str, source: str) -> bool:
        """Whether a stored document is gone from its source, and not merely out of sight."""
        hidden = source in self.unreadable or any(name.startswith(f"{it}/") for it in self.unreadable)
        return name not in self.seen and not hidden


def gather_documents(
    sources: Iterable[str], settings: IndexSettings, draft: Draft, on_progress: OnProgress, *, afresh: bool
) -> Gathering:
    """Read the sources and tell what is new against a draft.

    With `afresh`, documents with known bytes are read as well.
    """
    sources = tuple(sources)
    reader = _Reader(settings, draft, {} if afresh else draft.fingerprints(), on_progress)
    fetched = fetch_several(
        [source for source in sources if is_url(source)],
        settings.reading,
        lambda done, total: on_progress("reading", done, total),
    )
    for source in sources:
        try:
            if is_url(source):
                reader.gather_url(source, next(fetched))
            else:
                reader.gather_files(source)
        except SourceError as error:
            reader.found.unreadable.add(source)
            reader.found.failures.append(Failure(source, error.reason))
    return reader.found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one source after another; `known` are the fingerprints of documents that need no reading."""

    settings: IndexSettings
    draft: Draft
    known: Mapping[str, str]
    on_progress: OnProgress
    found: Gathering = field(default_factory=Gathering)

    def gather_files(self, source: str) -> None:
        paths, failures = list_files(source, self.settings.base)
        for failure in failures:
            folder = place_source(failure.source, self.settings.base)
            self.found.unreadable.add(folder)
            self.found.failures.append(replace(failure, source=folder))
        if not paths and not failures:
            self.found.failures.append(Failure(source, "the folder holds no files that can be read"))
        names = [place_source(str(path), self.settings.base) for path in paths]
        self.found.seen.update(names)
        for done, (path, name) in enumerate(zip(paths, names, strict=True), 1):
            try:
                data = load_file(path, self.settings.reading)
            except SourceError as error:
                self.found.failures.append(Failure(name, error.reason))
            else:
                fingerprint = hashlib.sha256(data).hexdigest()
                if self.known.get(name) != fingerprint:
                    items = read_bytes(data, str(path), self.settings.reading)
                    self._take(items, Document(name, source, fingerprint, ()), complete=True)
            self.on_progress("reading", done, len(paths))

    def gather_url(self, source: str, fetched: Fetched | SourceError) -> None:
        self.found.seen.add(source)
        if isinstance(fetched, SourceError):
            raise fetched
        fingerprint = hashlib.sha256(fetched.data).hexdigest()
        if self.known.get(source) != fingerprint:
            items = read_bytes(
                fetched.data,
                fetched.url,
                self.settings.reading,
                media_type=fetched.media_type,
                charset=fetched.charset,
            )
            self._take(items, Document(source, source, fingerprint, ()), complete=False)

    def _take(self, items: Iterable[RawArticle | Failure], document: Document, *, complete: bool) -> None:
        """Clean and keep a document's articles; a part that fails is reported, the rest is taken.

        What was read of the document before stays where a part of it fails now, or where it is not
        `complete`: a feed drops its older entries.
        """
        articles: dict[str, Article] = {}
        failures: list[Failure] = []
        for item in _clean_all(items, self.settings):
            if isinstance(item, Failure):
                failures.append(item)
            elif articles.setdefault(item.id, item) != item:
                failures.append(Failure(document.name, f"holds article {item.id} twice; the first is kept"))
        self.found.failures += failures
        if failures or not complete:
            for key in self.draft.articles_of(document.name):
                stored = self.draft.article(key)
                if key not in articles and stored is not None:
                    articles[key] = stored
        if articles:
            self.found.documents.append(replace(document, articles=tuple(articles.values())))
        elif not failures:
            self.found.failures.append(Failure(document.name, "holds no articles"))


def _clean_all(found: Iterable[RawArticle | Failure], settings: IndexSettings) -> Iterator[Article | Failure]:
    """Yield cleaned articles, and failures under the names that the user knows."""
    for item in found:
        source = place_source(item.source, settings.base)
        if isinstance(item, Failure):
            yield replace(item, source=source)
            continue
        try:
            yield clean_article(item, settings.reading, settings.outlets, settings.base)
        except SourceError as error:
            yield Failure(source, error.reason)
