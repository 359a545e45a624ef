"""The composition root of the index: settings in, a builder or an answerer out.

The command line and `run_bot.py` call it; everything else gets its collaborators as arguments.
"""

from __future__ import annotations

from functools import partial

from index.answering import Answerer
from index.building import Builder
from index.embedding import load_cross_encoder, load_embedder
from index.gathering import OnProgress
from index.settings import IndexSettings
from index.speech.attribution import ATTRIBUTION_VERSION, attribute
from index.speech.parsing import load_parser
from index.store.generations import read_manifest


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
    """Load the models and open the live generation; raise ModelError or StoredIndexError's kinds.

    Without a generation it raises NoIndexError before it loads anything.
    """
    read_manifest(settings.data_folder)
    ranker = settings.retrieval.ranker
    cross_encoder = load_cross_encoder(ranker, settings.base, settings.embedding.device) if ranker else None
    return Answerer.open(settings, load_embedder(settings.embedding, settings.base), cross_encoder)
