"""The composition root of the index: settings in, a builder or an answerer out.

The command line and `run_bot.py` call it; everything else gets its collaborators as arguments.
"""

from __future__ import annotations

from functools import partial

from index.answering import Answerer
from index.attribution import ATTRIBUTION_VERSION, attribute
from index.building import Builder
from index.embedding import load_embedder
from index.gathering import OnProgress
from index.parsing import load_parser
from index.settings import IndexSettings


def make_builder(settings: IndexSettings, on_progress: OnProgress) -> Builder:
    """Load the models that building needs; raise ModelError."""
    parser = load_parser(settings.attribution.parser)
    return Builder(
        settings=settings,
        embedder=load_embedder(settings.embedding, settings.base),
        attribute=partial(attribute, parser=parser),
        attribution_version=f"{ATTRIBUTION_VERSION} {parser.identity}",
        on_progress=on_progress,
    )


def open_answerer(settings: IndexSettings) -> Answerer:
    """Load the model and open the live generation; raise ModelError or StoredIndexError's kinds."""
    return Answerer.open(settings, load_embedder(settings.embedding, settings.base))
