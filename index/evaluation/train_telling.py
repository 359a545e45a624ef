"""Fits the weights of index/telling.py: `python -m index.evaluation.train_telling docs/sample`.

FOLDER holds `watches.jsonl` and `stories.json` beside the articles that they name, as the sample does. Its
reports are short, so long ones are made of them as well: several of one story, with a paragraph of another
somewhere in the later half, which must not count. Prints the weights; they are copied by hand.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.building import build_index
from index.composition import make_builder
from index.datatypes import Article
from index.embedding import Embedder
from index.evaluation.commands import EvaluationCommand, config_option, folder_argument
from index.evaluation.labelled import read_groups
from index.evaluation.telling import WATCHES_FILE, Watched, find_story, read_watched
from index.questions.question import parse_question
from index.quotes.candidates import Source
from index.quotes.terms import stem_words
from index.settings import IndexSettings
from index.store.generations import Generation, open_generation
from index.telling import read_topic

FITTED = "w"
"""Beginning of the ids of the topics that the weights are fitted on; the others are kept for measuring."""

Floats = NDArray[np.float64]

_JOINED = 4  # reports in a long one
_EACH = 4  # long reports for each two stories
_LEAST_PARAGRAPH = 150  # characters
_SEED = 7


def join_reports(stories: Mapping[str, Sequence[Article]]) -> list[dict[str, str]]:
    """Return long reports as JSON lines' records, whose id begins with the story that they are on."""
    chosen = random.Random(_SEED)  # noqa: S311 - a draw that comes out the same each time
    records = []
    for story, own in stories.items():
        for other, foreign in stories.items():
            if story == other or len(own) < 2 or len(foreign) < 2:
                continue
            for number in range(_EACH):
                reports = chosen.sample(list(own), min(_JOINED, len(own)))
                paragraphs = [text for report in reports for text in report.text.split("\n\n")]
                aside = chosen.choice(list(foreign)).text.split("\n\n")
                aside = [text for text in aside if len(text) >= _LEAST_PARAGRAPH] or aside
                paragraphs.insert(chosen.randint(len(paragraphs) // 2, len(paragraphs)), chosen.choice(aside))
                key = f"{story}/{other}/{number}"
                records.append({"id": key, "title": reports[0].title, "text": "\n\n".join(paragraphs)})
    return records


def collect_figures(
    watched: Sequence[Watched], truth: Mapping[str, str | None], generation: Generation, embedder: Embedder
) -> tuple[Floats, Floats]:
    """Return the (n, 4) figures of topics and articles, and (n,) 1.0 where the article is on the topic.

    Articles that lack the names of a topic are left out, as they are when news is told.
    """
    catalogue = generation.catalogue
    figures, labels = [], []
    for one in watched:
        question = parse_question(one.topic, datetime.now(UTC), (), {}, None)
        reader = read_topic(question, generation, embedder, _refuse, 1.0)
        for article in catalogue.articles():
            if not reader.holds_names(stem_words(article.title) | stem_words(article.text)):
                continue
            figures.append(reader.measure_article(article, catalogue.passages_of(article.id)))
            labels.append(one.story is not None and truth[article.id] == one.story)
    return np.array(figures, dtype=np.float64), np.array(labels, dtype=np.float64)


def fit_weights(figures: Floats, labels: Floats) -> Floats:
    """Return (5,) weights and bias of a logistic regression with a small ridge on the weights."""
    signs, width = np.where(labels > 0, 1.0, -1.0), figures.shape[1]
    values = np.hstack([figures, np.ones((len(figures), 1))])

    def loss(theta: Floats) -> tuple[float, Floats]:
        margin = signs * (values @ theta)
        slope = -signs / (1 + np.exp(np.clip(margin, -50, 50)))
        ridge = np.append(theta[:width], 0.0)
        return float(np.logaddexp(0, -margin).sum() + ridge @ ridge / 2), values.T @ slope + ridge

    return np.asarray(minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B").x)


def _refuse(article: str) -> Source:
    raise AssertionError(f"nothing is quoted from {article} here")


@click.command(cls=EvaluationCommand)
@folder_argument
@config_option
def main(folder: Path, settings: IndexSettings) -> None:
    """Fit the weights on the topics of FOLDER and print them."""
    stories = read_groups(folder).stories
    story_of = {name: story for story, names in stories.items() for name in names}
    watched = read_watched(folder / WATCHES_FILE, beginning=FITTED)
    with tempfile.TemporaryDirectory() as work:
        settings = settings.model_copy(update={"data": Path(work) / "data"})
        builder = make_builder(settings, lambda stage, done, total: None)
        build_index(builder)
        articles = list(open_generation(settings.data_folder).catalogue.articles())
        truth = {article.id: find_story(article, story_of) for article in articles}
        by_story = {story: [one for one in articles if truth[one.id] == story] for story in stories}
        joined = join_reports(by_story)
        lines = Path(work) / "joined.jsonl"
        lines.write_text("".join(f"{json.dumps(record)}\n" for record in joined), encoding="utf-8")
        longer = settings.model_copy(update={"sources": (*settings.sources, str(lines))})
        build_index(make_builder(longer, lambda stage, done, total: None))
        truth |= {record["id"]: record["id"].partition("/")[0] for record in joined}
        generation = open_generation(settings.data_folder)
        figures, labels = collect_figures(watched, truth, generation, builder.embedder)
        generation.close()
    weights = fit_weights(figures, labels)
    click.echo(f"{len(watched)} topics, {len(truth)} reports, {int(labels.sum())} of {len(labels)} on topic")
    click.echo("nearest, opening, match, nearness, bias: " + ", ".join(f"{value:.1f}" for value in weights))


if __name__ == "__main__":
    main()
