"""Generations on disk: one folder each, one file that names the live one, one lock for builders.

    data/live                        the number of the live generation
    data/generations/000007/         catalogue.db, vectors.faiss, manifest.json and, where the model gives
                                     details, details.npz, sentences.i8, tokens.i8; never changed once named
    data/cache.db                    vectors and details by model and text, across generations

A build fills `000008.partial`, renames it, and replaces `live`: a reader sees the old one or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.errors import BuildRunningError, CorruptIndexError, MismatchError, NoIndexError
from index.store.catalogue import Catalogue
from index.store.details import DetailIndex
from index.store.vectors import VectorIndex

FORMAT_VERSION = 1
"""Of the files of a generation; another one cannot be read."""

CATALOGUE_FILE = "catalogue.db"
VECTORS_FILE = "vectors.faiss"
_MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and what made it.

    Attributes:
        built: aware UTC, ISO 8601.
        model: `Embedder.identity`; questions must be embedded by the same.
        metric: how FAISS compares; unit rows make the inner product a cosine.
        recipe: versions and settings of cleaning, chunking and attribution; if they differ, all is made anew.
    """

    generation: int
    built: str
    model: str
    dimension: int
    passages: int
    articles: int
    statements: int
    recipe: dict[str, Any]
    metric: str = "inner product"
    format: int = FORMAT_VERSION

    @property
    def built_at(self) -> datetime:
        """Aware UTC."""
        return datetime.fromisoformat(self.built)


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation; its parts agree with each other for as long as it is held.

    Attributes:
        details: of its passages; None where the model gives none, or an older version built it.
    """

    manifest: Manifest
    catalogue: Catalogue
    vectors: VectorIndex
    details: DetailIndex | None = None

    def close(self) -> None:
        """Close its files."""
        self.catalogue.close()


def live_generation(data: Path) -> int | None:
    """Return the number of the live generation, None if nothing has been built; raise CorruptIndexError."""
    try:
        text = (data / "live").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise CorruptIndexError(
            f"{data / 'live'}: cannot be read: {error}; run `python -m index build`"
        ) from error
    if not text.isdecimal():
        raise CorruptIndexError(
            f"{data / 'live'}: holds {text[:40]!r}, expected a number; run `python -m index build`"
        )
    return int(text)


def generation_folder(data: Path, number: int) -> Path:
    """Return the folder of a generation."""
    return data / "generations" / f"{number:06}"


def read_manifest(data: Path) -> Manifest:
    """Read the live generation's manifest; raise NoIndexError, CorruptIndexError or MismatchError."""
    number = live_generation(data)
    if number is None:
        raise NoIndexError(f"{data}: holds no index yet; run `python -m index build`")
    path = generation_folder(data, number) / _MANIFEST_FILE
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table.get("format") != FORMAT_VERSION:
            raise MismatchError(
                f"{path}: has format {table.get('format')!r}, expected {FORMAT_VERSION}; "
                "move the data folder away and run `python -m index build`"
            )
        return Manifest(**table)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CorruptIndexError(f"{path}: cannot be read: {error}; run `python -m index build`") from error


def open_generation(data: Path, model: str | None = None) -> Generation:
    """Open the live generation; raise StoredIndexError's kinds.

    With `model`, the identity of the embedder that questions will be embedded by, it must be the one that
    made the vectors.
    """
    manifest = read_manifest(data)
    if model is not None and manifest.model != model:
        raise MismatchError(
            f"{data}: the index was made with the model {manifest.model!r}, "
            f"the configuration asks for {model!r}; run `python -m index build`"
        )
    folder = generation_folder(data, manifest.generation)
    vectors = VectorIndex.open(folder / VECTORS_FILE, manifest.dimension, manifest.passages)
    return Generation(manifest, Catalogue(folder / CATALOGUE_FILE), vectors, DetailIndex.open(folder))


@contextmanager
def open_catalogue(data: Path) -> Iterator[Catalogue]:
    """Open the live generation's catalogue alone, for what needs neither vectors nor a model."""
    manifest = read_manifest(data)
    catalogue = Catalogue(generation_folder(data, manifest.generation) / CATALOGUE_FILE)
    try:
        yield catalogue
    finally:
        catalogue.close()


@contextmanager
def building_lock(data: Path) -> Iterator[None]:
    """Hold the data folder for one build; raise BuildRunningError if another holds it.

    The lock goes with its process, so a killed build leaves none behind.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "build.lock", timeout=0):
            yield
    except Timeout:
        raise BuildRunningError(
            f"{data}: another build is running; wait until it has ended and try again"
        ) from None


def start_folder(data: Path) -> Path:
    """Return an empty folder to build the next generation in; leftovers of broken builds are removed."""
    generations = data / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    for leftover in generations.glob("*.partial"):
        shutil.rmtree(leftover)
    folder = generations / f"{next_number(data):06}.partial"
    folder.mkdir()
    return folder


def next_number(data: Path) -> int:
    """Return the number after the highest that stands on disk or, as far as that can be read, was live."""
    numbers = [int(path.name) for path in (data / "generations").glob("[0-9]*") if path.name.isdecimal()]
    return max([*numbers, _read_live(data) or 0]) + 1


def _read_live(data: Path) -> int | None:
    """Return the number of the live generation; None where there is none, or its file is damaged."""
    try:
        return live_generation(data)
    except CorruptIndexError:
        return None


def publish_folder(data: Path, folder: Path, manifest: Manifest) -> None:
    """Make a finished folder the live generation, in one atomic step; older ones but the last are removed."""
    (folder / _MANIFEST_FILE).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        _sync(path)
    previous = _read_live(data)
    target = generation_folder(data, manifest.generation)
    folder.rename(target)
    _sync(target.parent)
    pointer = data / "live.partial"
    pointer.write_text(f"{manifest.generation}\n", encoding="ascii")
    _sync(pointer)
    pointer.replace(data / "live")
    _sync(data)
    remove_generations(data, keep={manifest.generation, previous})


def remove_generations(data: Path, keep: set[int | None]) -> None:
    """Remove every generation that is not to be kept; a reader that still holds one keeps reading it."""
    for path in (data / "generations").glob("[0-9]*"):
        if path.name.isdecimal() and int(path.name) not in keep:
            shutil.rmtree(path)


def _sync(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
