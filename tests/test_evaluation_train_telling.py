"""Fitting the weights of topics: long reports are joined as promised, and the fit parts the labels."""

from __future__ import annotations

import numpy as np
import pytest

from index.datatypes import Article
from index.evaluation.train_telling import fit_weights, join_reports


def make_story(name: str, reports: int) -> list[Article]:
    """Return reports of one story, of three paragraphs each."""
    texts = [[f"{name} {n} {part} " + "word " * 40 for part in "abc"] for n in range(reports)]
    return [Article(f"{name}{n}", f"{name} {n}", "\n\n".join(text), "s") for n, text in enumerate(texts)]


def test_joined_reports_hold_one_paragraph_of_another_story_late():
    """A long report is of its story but for one paragraph, which stands in its later half."""
    records = join_reports({"lock": make_story("lock", 5), "spill": make_story("spill", 5)})
    assert len(records) == len({record["id"] for record in records}) == 8
    for record in records:
        story = record["id"].partition("/")[0]
        own = [text.startswith(story) for text in record["text"].split("\n\n")]
        assert own.count(False) == 1
        assert own.index(False) >= len(own) // 2
        assert record["title"].startswith(story)


def test_joining_is_the_same_each_time_and_leaves_lone_reports_out():
    """The draw is seeded, and a story of one report neither joins nor lends."""
    stories = {"lock": make_story("lock", 3), "spill": make_story("spill", 3), "lone": make_story("lone", 1)}
    assert join_reports(stories) == join_reports(stories)
    assert not any("lone" in record["id"] for record in join_reports(stories))


def test_fit_weighs_what_parts_the_labels():
    """Of two figures the one that decides gets the weight, and the bias stands between."""
    figures = np.array([[0.1, 0.5], [0.2, 0.1], [0.8, 0.5], [0.9, 0.1]] * 20)
    labels = np.array([0.0, 0.0, 1.0, 1.0] * 20)
    first, second, bias = fit_weights(figures, labels)
    assert first > 5 * abs(second)
    assert -bias / first == pytest.approx(0.5, abs=0.1)
