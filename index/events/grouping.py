"""Articles among each other, at build time: copies of one report, stories of one event, and disputes in them.

The last step of a build before its vectors are written. Disputes are looked for anew only in stories that
gained, lost or changed an article.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from index.datatypes import Article, Dispute, Story
from index.embedding import Vectors
from index.events.cosines import Embed
from index.events.disputes import Told, find_disputes
from index.events.duplicates import find_carriers
from index.events.stories import group_stories
from index.gathering import OnProgress
from index.settings import StorySettings
from index.store.drafting import Draft

GROUPING_VERSION = 13
"""Raised when copies, stories or disputes are found by other rules, so that an older index is made anew."""

_STORIES_AT_ONCE = 500  # whose sentences are held in memory and embedded together


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
    changed = [story for story in stories if story.id not in unchanged]
    found: list[Dispute] = []
    for start in range(0, len(changed), _STORIES_AT_ONCE):
        step = changed[start : start + _STORIES_AT_ONCE]
        found += find_disputes((_tell(story, by_id, draft) for story in step), embed)
        on_progress("grouping", start + len(step), len(changed))
    draft.set_disputes([*kept, *found])


def _tell(story: Story, by_id: Mapping[str, Article], draft: Draft) -> Told:
    """Return a story's articles with what is said in them."""
    members = [by_id[article] for article in story.articles]
    return Told(members, [statement for article in members for statement in draft.statements(article.id)])


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
