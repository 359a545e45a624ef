"""Names that nearly only two groups of articles hold, which bind a follow-up to its story.

Serves the grouping into stories, once the articles that are alike are joined. An interview opens with other
words than the first report, and yet shares with it the names that no other report holds. In a small index few
reports hold a name, and it tells much; a season's players, who stand in every second report, bind nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.events.particulars import is_common

BINDING = 3
"""Names that nearly nobody else holds, at least, by which two groups are bound."""

_NEARLY_ALL = 0.75  # of the articles that hold a name, for it to be the two groups' own
_OWN = 0.8  # of the names that both groups hold, those that are their own
_HOLDING = 1 / 3  # of a group's articles, for a name to be the group's
_COVERED = 0.3  # of the names in the smaller group, as often as they stand there, those that the larger holds

_STORY = 2  # articles; two lone reports that share many names are as often of one season as of one event

_WORD = re.compile(r"[^\W\d_](?:[\w-]*\w)?")
_INSIDE = re.compile(r"[\w,;] \Z")
_SHORTEST = 3  # characters

Names = Counter[str]
"""How often each name, and each two side by side ("harvest table"), stand in an article; in lower case."""


def count_names(text: str) -> Names:
    """Return how often each name stands in a text of any length, in time linear in it.

    A name is a word that has a capital inside a sentence and stands nowhere in the text without one.
    """
    capitals: Counter[str] = Counter()
    inside: set[str] = set()
    plain: set[str] = set()
    before, end = "", 0
    for match in _WORD.finditer(text):
        word = match.group()
        name = word.casefold()
        if len(word) < _SHORTEST or is_common(word):
            continue
        if not word[0].isupper():
            plain.update(name.split())
            continue
        capitals[name] += 1
        if _INSIDE.search(text, max(0, match.start() - 2), match.start()):
            inside.update(name.split())
            if before and text[end : match.start()] == " ":
                capitals[f"{before} {name}"] += 1
        before, end = name, match.end()
    known = inside - plain
    return Counter({name: times for name, times in capitals.items() if known.issuperset(name.split())})


def find_bound(groups: Mapping[int, Sequence[int]], names: Sequence[Names]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of groups, smaller key first and each once, that names of their own bind.

    Args:
        groups: the rows of each group's articles.
        names: of each article, by row.
    """
    holders = {key: Counter(name for row in rows for name in names[row]) for key, rows in groups.items()}
    spread: Counter[str] = Counter()
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for key, held in holders.items():
        spread.update(held)
        for name in _list_own(held, len(groups[key])):
            holding[name].append(key)
    binding: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for name, keys in holding.items():
        for pair in _list_owners(name, keys, holders, spread[name]):
            binding[pair].update(name.split())  # whose "harvest table" it is, his are both words
    for (one, two), own in sorted(binding.items()):
        smaller, larger = sorted((one, two), key=lambda key: (len(groups[key]), -key))
        if len(own) < BINDING or len(groups[larger]) < _STORY:
            continue
        left, right = (_list_own(holders[key], len(groups[key])) for key in (one, two))
        shared = [name for name in left & right if " " not in name]
        if len(own) >= _OWN * len(shared) and _covers(
            holders[larger], [names[row] for row in groups[smaller]]
        ):
            yield one, two


def _list_own(held: Names, articles: int) -> frozenset[str]:
    """Return the names that enough of a group's articles hold."""
    return frozenset(name for name, count in held.items() if count >= _HOLDING * articles)


def _list_owners(
    name: str, keys: Sequence[int], holders: Mapping[int, Names], spread: int
) -> Iterator[tuple[int, int]]:
    """Yield the pairs among the groups of a name that nearly all the articles with that name are in."""
    ranked = sorted(keys, key=lambda key: (-holders[key][name], key))
    for place, one in enumerate(ranked):
        for two in ranked[place + 1 :]:
            if holders[one][name] + holders[two][name] < _NEARLY_ALL * spread:
                break
            yield min(one, two), max(one, two)
        if 2 * holders[one][name] < _NEARLY_ALL * spread:
            return


def _covers(held: Names, names: Sequence[Names]) -> bool:
    """Whether a group holds enough of what other articles name, so that they are not about somebody else."""
    mentions: Counter[str] = Counter()
    for each in names:
        mentions.update(each)
    single = {name: times for name, times in mentions.items() if " " not in name}
    return sum(times for name, times in single.items() if name in held) >= _COVERED * sum(single.values())
