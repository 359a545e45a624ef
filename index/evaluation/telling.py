"""Measures what a watch is told: half of a corpus is known, the other half comes in, every topic is asked.

A command of its own, `python -m index.evaluation.telling FOLDER`, over a built index of the corpus. The
folder holds `watches.jsonl` (rows {id, topic, story}; null where no report is on the topic) and
`stories.json` (stories, each a list of articles by URL or path).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from index.datatypes import Article
from index.embedding import Embedder, load_embedder
from index.errors import SourceError
from index.evaluation.commands import EvaluationCommand, config_option, folder_argument
from index.evaluation.labelled import read_groups, read_rows
from index.events.novelty import find_news, list_contents
from index.questions.question import parse_question
from index.quotes.candidates import Source
from index.settings import IndexSettings
from index.store.generations import Generation, open_generation
from index.telling import choose_reports, read_topic

WATCHES_FILE = "watches.jsonl"

SPLITS = 4
"""Ways to part the corpus: the older half known, the newer half, and every other report either way."""


@dataclass(frozen=True, slots=True)
class AlertScore:
    """How many reports were told, over all topics and splits.

    Attributes:
        right: told, and of the story that the topic means.
        wrong: told, and of another.
        missed: of the story, and not told.
        quiet: topics and splits that nothing should be told of, and nothing was.
        alarmed: those that something was told of all the same.
    """

    right: int
    wrong: int
    missed: int
    quiet: int
    alarmed: int

    @property
    def precision(self) -> float:
        """Share of the told reports that were right, in [0, 1]."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the reports to be told that were, in [0, 1]."""
        return self.right / max(1, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Watched:
    """A topic, and the story that it means; None where no report is on it."""

    topic: str
    story: str | None


def read_watched(file: Path, beginning: str = "") -> tuple[Watched, ...]:
    """Return the topics of a file of JSON lines whose ids begin so; raise SourceError."""
    rows = read_rows(file)
    try:
        return tuple(Watched(row["topic"], row["story"]) for row in rows if row["id"].startswith(beginning))
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError(str(file), f"its topics cannot be read: {error!r}") from error


def measure_alerts(
    watched: Sequence[Watched],
    stories: Mapping[str, Sequence[str]],
    generation: Generation,
    embedder: Embedder,
    settings: IndexSettings,
) -> AlertScore:
    """Return what each topic is told over the splits of a corpus, of which `generation` holds the whole."""
    catalogue = generation.catalogue
    contents = list_contents(catalogue, generation.manifest.generation)
    story_of = {name: story for story, names in stories.items() for name in names}
    truth = {article.id: find_story(article, story_of) for article in catalogue.articles()}
    outlets = tuple(summary.outlet for summary in catalogue.outlets() if summary.outlet)
    readers = [
        (
            one.story,
            read_topic(
                parse_question(one.topic, datetime.now(UTC), outlets, settings.aliases, None),
                generation,
                embedder,
                lambda article: Source(catalogue.article(article), catalogue.citation(article)),
                settings.attribution.shown,
            ),
        )
        for one in watched
    ]
    right = wrong = missed = quiet = alarmed = 0
    for new in _part([article.id for article in catalogue.articles()]):
        fresh = {mark for one in contents.articles if one.article in new for mark in (one.name, one.text)}
        reports = find_news(contents, fresh).reports
        for story, reader in readers:
            told = [truth[article] for article in choose_reports(reader, reports)]
            due = sum(any(truth[article] == story for article in report) for report in reports)
            hits = told.count(story) if story else 0
            right, wrong = right + hits, wrong + len(told) - hits
            if story and due:
                missed += due - hits
            elif told:
                alarmed += 1
            else:
                quiet += 1
    return AlertScore(right, wrong, missed, quiet, alarmed)


def _part(articles: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield the articles that are new in each split of all, which come oldest first."""
    half = len(articles) // 2
    for new in (articles[half:], articles[:half], articles[::2], articles[1::2]):
        yield frozenset(new)


def find_story(article: Article, story_of: Mapping[str, str]) -> str | None:
    """Return an article's story, by its URL or by its source, which may be given from another folder."""
    names = (name for name in story_of if name == article.url or article.source.endswith(name))
    return next((story_of[name] for name in names), None)


@click.command(cls=EvaluationCommand)
@folder_argument
@config_option
def main(folder: Path, settings: IndexSettings) -> None:
    """Measure what the watches of FOLDER would be told from the live index."""
    embedder = load_embedder(settings.embedding, settings.base)
    generation = open_generation(settings.data_folder, embedder.identity)
    watched, stories = read_watched(folder / WATCHES_FILE), read_groups(folder).stories
    score = measure_alerts(watched, stories, generation, embedder, settings)
    click.echo(f"{len(watched)} topics, {SPLITS} splits")
    click.echo(f"reports told: {score.right} right, {score.wrong} wrong; {score.missed} missed")
    click.echo(f"precision {score.precision:.3f}, recall {score.recall:.3f}")
    click.echo(f"with nothing to tell: {score.quiet} quiet, {score.alarmed} alarmed")


if __name__ == "__main__":
    main()
