"""What measuring and learning work with: evaluation sets, indexes of them, the settings and the models.

The measures share one while the command runs; each command that learns weights makes its own.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from index.datatypes import Article
from index.embedding import Embedder, load_embedder
from index.evaluation.data import (
    ARTICLES_FILE,
    QUESTIONS_FILE,
    AskedQuestion,
    build_set,
    read_lines,
    read_questions,
)
from index.gathering import OnProgress
from index.settings import IndexSettings
from index.speech.parsing import Parser, load_parser
from index.store.generations import Generation


class Workbench:
    """What measures share: the sets' folder, a folder to work in, the settings and the models."""

    def __init__(
        self,
        folder: Path,
        work: Path,
        settings: IndexSettings,
        on_progress: OnProgress = lambda stage, done, total: None,
    ) -> None:
        self.folder = folder
        self.work = work
        self.settings = settings
        self.on_progress = on_progress
        self._indexes: dict[str, Generation] = {}

    @cached_property
    def embedder(self) -> Embedder:
        """The configured embedder, loaded when first needed."""
        return load_embedder(self.settings.embedding, self.settings.base)

    @cached_property
    def parser(self) -> Parser:
        """The configured parser, loaded when first needed."""
        return load_parser(self.settings.attribution.parser)

    def index(self, name: str) -> Generation:
        """Return an index of a set's articles, built once."""
        if name not in self._indexes:
            self._indexes[name] = build_set(
                self.folder / name,
                self.work / name,
                self.settings,
                self.embedder,
                on_progress=self.on_progress,
            )
            self.on_progress("asking", 0, 0)
        return self._indexes[name]

    def questions(self, name: str) -> tuple[AskedQuestion, ...]:
        """Return a set's questions."""
        return read_questions(self.folder / name / QUESTIONS_FILE)

    def articles(self, name: str) -> list[Article]:
        """Return a set's articles as they lie there, uncleaned."""
        return [
            Article(str(row["id"]), str(row.get("title") or ""), str(row["text"]), source=name)
            for row in read_lines(self.folder / name / ARTICLES_FILE)
        ]
