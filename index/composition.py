"""The composition root of the index: settings in, a builder or an answerer out.

The command line and `run_bot.py` call it; everything else gets its collaborators as arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.answering import Answerer
from index.attribution import ATTRIBUTION_VERSION, attribute_articles
from index.building import Builder
from index.datatypes import Article, Statement
from index.embedding import load_embedder
from index.gathering import OnProgress
from index.parsing import load_parser
from index.settings import IndexSettings


def make_builder(settings: IndexSettings, on_progress: OnProgress) -> Builder:
    """Load the models that building needs; raise ModelError."""
    parser = load_parser(settings.attribution.parser)

    def attribute(articles: Sequence[Article]) -> Iterator[tuple[Statement, ...]]:
        return attribute_articles(articles, parser)

    return Builder(
        settings=settings,
        embedder=load_embedder(settings.embedding, settings.base),
        attribute=attribute,
        attribution_version=f"{ATTRIBUTION_VERSION} {parser.identity}",
        on_progress=on_progress,
    )


def open_answerer(settings: IndexSettings) -> Answerer:
    """Load the model and open the live generation; raise ModelError or StoredIndexError's kinds."""
    return Answerer.open(settings, load_embedder(settings.embedding, settings.base))
