"""Folds of questions that share no article: what is learned is judged on articles that it never saw.

Used by the learning of the ranking and of the confidence. Nearly every passage that answers one question
answers several, so a split by question would let the training see the answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations

_ROUNDS = 20  # of moving articles between folds; a handful suffices


def split_articles(uses: Sequence[Collection[str]], folds: int) -> dict[str, int]:
    """Return the fold of each article, so that few questions use articles of two folds.

    `uses` holds the articles of each question. Articles are joined in the order of how often they are
    used together (as in Kruskal's algorithm), while the joined ones serve at most twice a fold's share of
    the questions; the groups then fill the folds, largest first. Last, each article moves to the fold
    that it is used with most often, as long as folds stay below twice their share, until none wants to.
    """
    together = Counter(pair for articles in uses for pair in combinations(sorted(set(articles)), 2))
    group = {article: article for articles in uses for article in articles}
    load = Counter(article for articles in uses for article in sorted(set(articles))[:1])
    most = 2 * sum(load.values()) / folds

    def root(article: str) -> str:
        while group[article] != article:
            article = group[article]
        return article

    for (first, second), _ in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        a, b = root(first), root(second)
        if a != b and load[a] + load[b] <= most:
            group[b] = a
            load[a] += load.pop(b, 0)
    filled = [0] * folds
    fold_of: dict[str, int] = {}
    roots = {root(article) for article in group}
    for article in sorted(roots, key=lambda article: (-load[article], article)):
        fold_of[article] = min(range(folds), key=lambda fold: (filled[fold], fold))
        filled[fold_of[article]] += load[article]
    return _settle({article: fold_of[root(article)] for article in group}, uses, folds)


def _settle(fold_of: dict[str, int], uses: Sequence[Collection[str]], folds: int) -> dict[str, int]:
    """Return the folds after every article has moved to where it is used most, a bounded number of times."""
    partners: dict[str, Counter[str]] = {article: Counter() for article in fold_of}
    load = Counter(article for articles in uses for article in articles)
    for articles in uses:
        for article in articles:
            partners[article].update(other for other in articles if other != article)
    filled = Counter(fold_of[article] for articles in uses for article in articles)
    most = 2 * sum(filled.values()) / folds
    for _ in range(_ROUNDS):
        moved = False
        for article in sorted(fold_of):
            pull = Counter[int]()
            for other, count in partners[article].items():
                pull[fold_of[other]] += count
            here = fold_of[article]
            best = max(pull, key=lambda fold: (pull[fold], fold == here, -fold), default=here)
            if best != here and pull[best] > pull[here] and filled[best] + load[article] <= most:
                fold_of[article] = best
                filled[best] += load[article]
                filled[here] -= load[article]
                moved = True
        if not moved:
            break
    return fold_of


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
