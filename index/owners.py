"""Owners: whose a mention is ("he", "the mayor", "Danilov"), by the names that the article gives elsewhere.

`index.attribution` asks once the speakers are known. Where two people could be meant the answer is None. The
order of preference follows what is known of pronouns in news (Hobbs, Lingua 1978; Lappin and Leass, CL 1994):
recency, subjects before objects, speakers before others, agreement as a filter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from index.cast import Cast, Name
from index.datatypes import Span

PRONOUNS = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he", "hers": "she"}
# How far back an owner is sought, in sentences.
_MEMORY = 8
_MARGIN = 0.4


def cut_article(role: str) -> str:
    """Return a role without the article before it: "the mayor of Kherson" is the role "mayor of Kherson"."""
    first, _, rest = role.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else role


def find_pronoun_owner(
    cast: Cast, mention: Span, sentence: int, paragraph: int, speakers: Sequence[tuple[int, Name]]
) -> Name | None:
    """Return whom "he" or "she" stands for; None where nobody or more than one fits.

    Args:
        cast: the article's names.
        mention: the pronoun.
        sentence, paragraph: their numbers in the article.
        speakers: the named speakers of the statements before, as (sentence, name), in order.
    """
    wanted = PRONOUNS.get(cast.text[mention.start : mention.end].lower())
    if wanted is None:
        return None
    spoken = {name.words[-1].lower() for _, name in speakers}
    scores: dict[str, float] = {}
    latest: dict[str, Name] = {}
    for name in reversed(cast.names[: bisect_left(cast.starts, mention.start)]):
        if name.sentence < sentence - _MEMORY:
            break
        if name.pronoun not in (wanted, "either"):
            continue
        key = name.words[-1].lower()
        if (
            name.pronoun == "either"
            and len(name.words) == 1
            and key not in spoken
            and not _is_known_person(cast, name)
        ):
            continue
        gap = sentence - name.sentence
        score = 3.0 - 0.6 * gap - 0.4 * (paragraph - name.paragraph) + (1.5 if name.subject else 0.0)
        score += 0.7 if name.main else 0.0
        score += 0.8 if name.pronoun == wanted else 0.0
        if name.pronoun == "either":
            score -= 1.5 if len(name.words) == 1 and not _is_known_person(cast, name) else 0.0
            score -= 0.7 if wanted == "he" and _sounds_female(cast, name) else 0.0
        scores[key] = max(scores.get(key, -99.0), score)
        latest.setdefault(key, name)
    for position, (_, name) in enumerate(reversed(speakers[-3:])):
        key = name.words[-1].lower()
        if key in scores:
            scores[key] += 2.0 - 0.8 * position
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN:
        return None
    return latest[ranked[0][0]]


def _sounds_female(cast: Cast, name: Name) -> bool:
    """Whether an unlisted given name ends as most women's names and few men's do."""
    full = cast.find_full(name.words) or name
    return len(full.words) > 1 and full.words[0].lower().endswith(("a", "ette", "elle", "ine", "lyn"))


def _is_known_person(cast: Cast, name: Name) -> bool:
    """Whether the article shows that a name is a person's: by a role, or as the subject of a sentence."""
    full = cast.find_full(name.words)
    if full is None or len(full.words) < 2 or full.pronoun == "it":
        return False
    return any(each.role is not None or each.main for each in cast.shared[name.words[-1].lower()])


def find_role_owner(cast: Cast, head: str, position: int) -> Name | None:
    """Return the person whose role holds the noun of a mention like "the mayor"; None if two or nobody do."""
    found: dict[str, Name] = {}
    for name in cast.names:
        if name.role is not None and name.pronoun != "it":
            role = cast.text[name.role.start : name.role.end].lower().split()
            if head.lower() in role:
                found[name.words[-1].lower()] = name
    if len(found) == 1:
        name = next(iter(found.values()))
        return name if name.span.start <= position else None
    return None
