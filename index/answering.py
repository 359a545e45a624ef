"""A question to an answer: the read side from end to end.

Parses the question, retrieves and ranks passages, selects and attributes quotes, weighs whether they
answer, brings in the other side of a dispute, and verifies every quote against the database.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TypeVar

from index.catalogue import Catalogue
from index.datatypes import (
    IndexStatus,
    OutletSummary,
    Quote,
    Surroundings,
)
from index.embedding import Embedder
from index.generations import (
    CATALOGUE_FILE,
    Generation,
    Manifest,
    generation_folder,
    live_generation,
    open_generation,
    read_manifest,
)
from index.sentences import split_paragraphs
from index.settings import IndexSettings

_LOG = logging.getLogger(__name__)
ResultT = TypeVar("ResultT")

CONTEXT_CHARACTERS = 700
"""About how much text stands before and after a quote in its surroundings, to the end of a paragraph."""


class Answerer:
    """Answers from the live generation; its methods block and may be called from any thread."""

    def __init__(self, settings: IndexSettings, embedder: Embedder, generation: Generation) -> None:
        self._settings = settings
        self._embedder = embedder
        self._generation = generation
        self._switching = threading.Lock()

    @classmethod
    def open(cls, settings: IndexSettings, embedder: Embedder) -> Answerer:
        """Open the live generation; raise StoredIndexError's kinds."""
        return cls(settings, embedder, open_generation(settings.data_folder, embedder.identity))

    def refresh(self) -> bool:
        """Open the newest generation if another one has become live, and say whether one has.

        Questions under way finish on the generation that they began with.
        """
        with self._switching:
            live = live_generation(self._settings.data_folder)
            if live is None or live == self._generation.manifest.generation:
                return False
            self._generation = open_generation(self._settings.data_folder, self._embedder.identity)
            return True

    def status(self) -> IndexStatus:
        """Return what the generation in use holds."""
        return make_status(self._generation.manifest, self._generation.catalogue)

    def outlets(self) -> tuple[OutletSummary, ...]:
        """Return what is held of each outlet, most articles first."""
        return self._generation.catalogue.outlets()

    def verify(self, quote: Quote) -> bool:
        """Whether the quote equals its slice of the article's text, read again from the database."""
        found = self._generation.catalogue.slice_text(quote.citation.article, quote.start, quote.end)
        return found == quote.text

    def context(self, article_id: str, start: int, end: int) -> Surroundings:
        """Return the paragraphs around a span of an article; raise NotFoundError if it is gone."""
        text = self._generation.catalogue.article(article_id).text
        first, last = start, end
        for paragraph in split_paragraphs(text):
            if paragraph.start < start and start - paragraph.start <= CONTEXT_CHARACTERS:
                first = min(first, paragraph.start)
            if paragraph.end > end and paragraph.end - end <= CONTEXT_CHARACTERS:
                last = max(last, paragraph.end)
        return Surroundings(text[first:start], text[start:end], text[end:last])


def make_status(manifest: Manifest, catalogue: Catalogue) -> IndexStatus:
    """Return what a generation holds."""
    outlets = catalogue.outlets()
    return IndexStatus(
        articles=manifest.articles,
        passages=manifest.passages,
        statements=manifest.statements,
        generation=manifest.generation,
        model=manifest.model,
        built=manifest.built_at,
        oldest=min((o.oldest for o in outlets if o.oldest), default=None),
        newest=max((o.newest for o in outlets if o.newest), default=None),
    )


def read_status(data: Path) -> IndexStatus:
    """Return what the live generation holds, without loading a model; raise StoredIndexError's kinds."""
    manifest = read_manifest(data)
    catalogue = Catalogue(generation_folder(data, manifest.generation) / CATALOGUE_FILE)
    try:
        return make_status(manifest, catalogue)
    finally:
        catalogue.close()
