"""Measures the grouping of articles into stories against labelled events and their look-alikes.

Part of the evaluation command; reads rows {id, topic, story, text} such as those of ECB+, where each
topic holds two events of one kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.datatypes import Article
from index.embedding import Embedder
from index.evaluation.pairs import PairScore, score_pairs
from index.events.stories import THRESHOLD, describe_opening, group_stories


def evaluate_stories(
    rows: Sequence[Mapping[str, object]], embedder: Embedder, threshold: float = THRESHOLD
) -> PairScore:
    """Return the score over all pairs of documents: a pair is right where both report one `story`."""
    articles = [Article(id=str(row["id"]), title="", text=str(row["text"]), source="") for row in rows]
    vectors = np.asarray(
        embedder.embed_passages([describe_opening(article).strip() for article in articles]), dtype=np.float32
    )
    stories: dict[str, list[str]] = {}
    for row in rows:
        stories.setdefault(str(row["story"]), []).append(str(row["id"]))
    found = group_stories(articles, vectors, threshold=threshold)
    return score_pairs([story.articles for story in found], stories.values())
