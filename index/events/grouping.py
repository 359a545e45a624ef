"""Articles among each other, at build time: copies of one report, stories of one event, and disputes in them.

The last step of a build before its vectors are written. Disputes are looked for anew only in stories that
gained, lost or changed an article.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from index.datatypes import Article, Dispute, Story
from index.embedding import Vectors
from index.events.disputes import Embed, find_disputes
from index.events.duplicates import find_carriers
from index.events.stories import group_stories
from index.gathering import OnProgress
from index.settings import StorySettings
from index.store.drafting import Draft


def group_articles(
    draft: Draft,
    vectors: Vectors,
    stale: Collection[str],
    settings: StorySettings,
    embed: Embed,
    on_progress: OnProgress,
) -> None:
    """Find and store the copies, stories and disputes among all articles of a draft.

    Args:
        vectors: (passages, d) unit rows, in the order of `Draft.passage_rows`.
        stale: ids of the articles that are new or changed.
        embed: gives unit rows for sentences.
    """
    articles = list(draft.articles())
    reports = find_carriers(articles, settings.copied)
    stories = group_stories(articles, _average_passages(articles, draft, vectors), reports, settings.likeness)
    unchanged = _keep_unchanged(stories, draft.stories(), stale)
    kept = [dispute for dispute in draft.disputes() if dispute.claim_article in unchanged]
    draft.set_reports({carrier: report.original for report in reports for carrier in report.carriers})
    draft.set_stories({article: story.id for story in stories for article in story.articles})
    by_id = {article.id: article for article in articles}
    found: list[Dispute] = []
    for done, story in enumerate(stories, 1):
        if story.id not in unchanged:
            members = [by_id[article] for article in story.articles]
            statements = [statement for article in members for statement in draft.statements(article.id)]
            found += find_disputes(members, statements, embed)
        on_progress("grouping", done, len(stories))
    draft.set_disputes([*kept, *found])


def _average_passages(articles: Sequence[Article], draft: Draft, vectors: Vectors) -> Vectors:
    """Return (articles, d) unit rows: the direction of the mean of each article's passages."""
    rows: dict[str, list[int]] = {article.id: [] for article in articles}
    for row, (_, _, article_id) in enumerate(draft.passage_rows()):
        rows[article_id].append(row)
    means = np.zeros((len(articles), vectors.shape[1]), dtype=np.float32)
    for place, article in enumerate(articles):
        if rows[article.id]:
            mean = vectors[rows[article.id]].mean(axis=0)
            means[place] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return means


def _keep_unchanged(
    stories: Sequence[Story], before: dict[str, frozenset[str]], stale: Collection[str]
) -> frozenset[str]:
    """Return the members of the stories that have the members that they had, none of them changed."""
    kept: set[str] = set()
    for story in stories:
        if before.get(story.id) == frozenset(story.articles) and not any(a in stale for a in story.articles):
            kept.update(story.articles)
    return frozenset(kept)
