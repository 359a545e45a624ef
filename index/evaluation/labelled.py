"""Measures disputes, stories and copies as a build stores them, over articles with labels beside them.

Part of the evaluation command; the labels are files like those of the sample corpus.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.datatypes import Article
from index.errors import SourceError
from index.evaluation.disputes import DisputeScore, evaluate_disputes
from index.evaluation.pairs import PairScore, score_pairs
from index.store.catalogue import Catalogue

DISPUTES_FILE, STORIES_FILE = "disputes.jsonl", "stories.json"


@dataclass(frozen=True, slots=True)
class LabelledScore:
    """What a build found among labelled articles.

    Attributes:
        stories: over all pairs of articles: a pair is right where both report one event.
        carriers: the same for articles that carry one text.
    """

    disputes: DisputeScore
    stories: PairScore
    carriers: PairScore


@dataclass(frozen=True, slots=True)
class Groups:
    """Labelled groups of articles, named by URL or path: of one story by its name, and of one text."""

    stories: Mapping[str, tuple[str, ...]]
    carriers: tuple[tuple[str, ...], ...]


def read_groups(folder: Path) -> Groups:
    """Return the stories and carriers of a folder of labels; raise SourceError."""
    file = folder / STORIES_FILE
    try:
        table = json.loads(_read(file))
        stories = {name: tuple(group) for name, group in table["stories"].items()}
        return Groups(stories, tuple(map(tuple, table["carriers"])))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(str(file), f"its labels cannot be read: {error!r}") from error


def evaluate_labelled(catalogue: Catalogue, folder: Path) -> LabelledScore:
    """Return the scores of what a catalogue holds against the labels in `folder`; raise SourceError.

    Labels name articles by URL or by source; those of articles that the catalogue lacks are passed over.
    """
    articles = tuple(catalogue.articles())
    ids = [article.id for article in articles]
    found = dict.fromkeys(dispute for key in ids for dispute in catalogue.disputes_of(key))
    rows = read_rows(folder / DISPUTES_FILE)
    groups = read_groups(folder)
    texts: dict[str, list[str]] = {}
    for key, original in catalogue.reports(ids).items():
        texts.setdefault(original, []).append(key)
    return LabelledScore(
        evaluate_disputes(articles, tuple(found), rows),
        score_pairs(set(catalogue.stories_of(ids).values()), _name_groups(articles, groups.stories.values())),
        score_pairs(texts.values(), _name_groups(articles, groups.carriers)),
    )


def _name_groups(articles: Iterable[Article], groups: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return the groups with the ids of their articles."""
    known = {name: article.id for article in articles for name in (article.url, article.source) if name}
    return [[known[name] for name in group if name in known] for group in groups]


def read_rows(file: Path) -> list[Any]:
    """Return the values of a file of JSON lines; raise SourceError."""
    try:
        return [json.loads(line) for line in _read(file).split("\n") if line.strip()]
    except ValueError as error:
        raise SourceError(str(file), f"its labels cannot be read: {error}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), f"cannot be read: {error}") from error
