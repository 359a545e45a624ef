"""What an index holds: how much, of which days, built when and with which model.

The answerer tells it of the generation that it answers from, the command line of the live one.
"""

from __future__ import annotations

from pathlib import Path

from index.datatypes import IndexStatus
from index.store.catalogue import Catalogue
from index.store.generations import Manifest, open_catalogue, read_manifest
from index.texts.addresses import hide_secrets


def make_status(manifest: Manifest, catalogue: Catalogue) -> IndexStatus:
    """Return what a generation holds; addresses of sources without their secrets."""
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
        added=tuple(map(hide_secrets, catalogue.added_sources())),
    )


def read_status(data: Path) -> IndexStatus:
    """Return what the live generation holds, without loading a model; raise StoredIndexError's kinds."""
    with open_catalogue(data) as catalogue:
        return make_status(read_manifest(data), catalogue)
