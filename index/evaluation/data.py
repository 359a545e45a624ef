"""Evaluation sets as they lie in a folder, and an index built of one set's articles.

Shared by the measures: every set has `articles.jsonl.gz` and files of questions beside it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.building import Attribute, Builder, build_index
from index.embedding import Embedder
from index.errors import SourceError
from index.gathering import OnProgress
from index.settings import IndexSettings, StorySettings
from index.store.generations import Generation, open_generation

ARTICLES_FILE = "articles.jsonl.gz"
QUESTIONS_FILE = "questions.jsonl.gz"

MAIN_SET, PLAIN_SET = "multihop_rag", "squad2"
"""Sets of questions of several parts, and of plain ones, that weights are learned from."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer a question.

    Attributes:
        article: the id of the article that holds them.
        quote: the words, as the article has them but for white space; "" where nothing answers.
        start: their offset in the article's text as the set gives it, or None.
    """

    article: str
    quote: str
    start: int | None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of an evaluation set.

    Attributes:
        answerable: whether the set's articles answer it.
        answers: short answers.
        evidence: empty where nothing answers it.
    """

    id: str
    text: str
    kind: str
    answerable: bool
    answers: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a gzipped file of JSON lines; raise SourceError."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise SourceError(str(path), f"is not a gzipped file of JSON lines: {error}") from error


def read_questions(path: Path) -> tuple[AskedQuestion, ...]:
    """Return the questions of a file; raise SourceError if a record lacks a field."""
    try:
        return tuple(
            AskedQuestion(
                id=record["id"],
                text=record["question"],
                kind=record["kind"],
                answerable=record["answerable"],
                answers=tuple(record["answers"]),
                evidence=tuple(
                    Evidence(item["article"], item["quote"], item.get("start")) for item in record["evidence"]
                ),
            )
            for record in read_lines(path)
        )
    except (KeyError, TypeError) as error:
        raise SourceError(str(path), f"a record lacks {error}") from error


def build_set(
    folder: Path,
    work: Path,
    settings: IndexSettings,
    embedder: Embedder,
    attribute: Attribute = lambda _: (),
    without: frozenset[str] = frozenset(),
    *,
    on_progress: OnProgress = lambda stage, done, total: None,
) -> Generation:
    """Return an index of a set's articles, built as the product builds one, with `settings`.

    Args:
        folder: the set's folder.
        work: where the index is put; vectors that are already there are used again.
        attribute: finds statements; by default none, which retrieval does not need.
        without: ids of articles that are left out.

    Copies, stories and disputes are not looked for, which takes minutes and which neither retrieval nor the
    choice of sentences needs.

    Raises SourceError where the set gives no article: figures over an empty index would be zeros, not news.
    """
    work = work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    source = work / "articles.jsonl"
    with source.open("w", encoding="utf-8") as out:
        for record in read_lines(folder / ARTICLES_FILE):
            if record["id"] not in without:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    changed = settings.model_copy(
        update={
            "sources": (str(source),),
            "data": work / "data",
            "outlets": {},
            "base": work,
            "stories": StorySettings(copied=1.0, likeness=1.0),
        }
    )
    summary = build_index(Builder(changed, embedder, attribute, "evaluation", on_progress))
    if not summary.passages:
        reasons = "; ".join(f"{failure.source}: {failure.reason}" for failure in summary.failures)
        raise SourceError(str(folder / ARTICLES_FILE), f"gives nothing to index: {reasons or 'no articles'}")
    return open_generation(changed.data_folder, embedder.identity)


def squeeze(text: str) -> str:
    """Return the text without white space, as quotes are compared."""
    return "".join(text.split())
