"""Folds of questions that share no article: a ranking is judged on articles that it never learned from.

Used by the training of the ranking. Nearly every passage that answers one question answers several, so a
split by question would let the training see the answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations


def split_articles(uses: Sequence[Collection[str]], folds: int) -> dict[str, int]:
    """Return the fold of each article, so that few questions use articles of two folds.

    `uses` holds the articles of each question. Articles are joined in the order of how often they are
    used together (as in Kruskal's algorithm), while the joined ones serve at most a fold's share of
    the questions; the groups then fill the folds, largest first.
    """
    together = Counter(pair for articles in uses for pair in combinations(sorted(set(articles)), 2))
    group = {article: article for articles in uses for article in articles}
    load = Counter(article for articles in uses for article in sorted(set(articles))[:1])
    share = sum(load.values()) / folds

    def root(article: str) -> str:
        while group[article] != article:
            article = group[article]
        return article

    for (first, second), _ in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        a, b = root(first), root(second)
        if a != b and load[a] + load[b] <= share:
            group[b] = a
            load[a] += load.pop(b, 0)
    filled = [0] * folds
    fold_of: dict[str, int] = {}
    roots = {root(article) for article in group}
    for article in sorted(roots, key=lambda article: (-load[article], article)):
        fold_of[article] = min(range(folds), key=lambda fold: (filled[fold], fold))
        filled[fold_of[article]] += load[article]
    return {article: fold_of[root(article)] for article in group}


def split_questions(
    uses: Sequence[Collection[str]], fold_of: dict[str, int], fold: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the questions to learn from, without the fold's articles, and those to be judged on, only with.

    Questions that use articles of this fold and of another are in neither.
    """
    learned, judged = [], []
    for number, articles in enumerate(uses):
        inside = {fold_of[article] == fold for article in articles}
        if inside == {False}:
            learned.append(number)
        elif inside == {True}:
            judged.append(number)
    return tuple(learned), tuple(judged)
