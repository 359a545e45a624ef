"""Corpora that tests ask with the real model."""

from index.building import build_index
from index.composition import make_builder, open_answerer
from index.settings import load_index_settings


def build_answerer(config, data):
    """Return an answerer over the sources of a configuration, with its settings, indexed in a folder."""
    settings = load_index_settings(config).model_copy(update={"data": data})
    build_index(make_builder(settings, lambda stage, done, total: None))
    return open_answerer(settings)
