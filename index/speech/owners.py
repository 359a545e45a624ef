"""Owners: whose a mention is ("he", "the mayor", "Danilov"), by the names that the article gives elsewhere.

`speech.attribution` asks once the speakers are known. Where two people could be meant the answer is None. The
order of preference follows what is known of pronouns in news (Hobbs, Lingua 1978; Lappin and Leass, CL 1994):
recency, subjects before objects, speakers before others, agreement as a filter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.datatypes import Span
from index.speech.cast import Cast, Name
from index.speech.people import load_people

PRONOUNS = {"he": "he", "she": "she", "him": "he", "her": "she", "his": "he", "hers": "she"}
# How far back an owner is sought, in sentences.
_MEMORY = 8
_MARGIN = 0.4
_NEAR = 2  # sentences; so far the last speaker goes on where nobody else is named between
_FLOOR = 0.5  # what a full name scores four sentences and one paragraph back


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
    if speakers and speakers[-1][0] >= sentence - _NEAR:
        last = speakers[-1][1]
        between = [
            name for name in cast.find_between(last.span.end, mention.start)
            if name.pronoun in (wanted, "either") and name.words[-1] != last.words[-1]
        ]  # fmt: skip
        if last.paragraph == paragraph and not between and _agrees(cast, last, wanted):
            return last
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
    best = latest[ranked[0][0]]
    if ranked[0][1] < _FLOOR or (wanted == "he" and best.pronoun == "either" and _sounds_female(cast, best)):
        return None
    return best


def _agrees(cast: Cast, name: Name, wanted: str) -> bool:
    """Whether "he" or "she" may stand for a name, by all that the article tells."""
    full = cast.find_full(name.words) or name
    if {name.pronoun, full.pronoun} - {wanted, "either"}:
        return False
    return wanted in (name.pronoun, full.pronoun) or wanted == "she" or not _sounds_female(cast, name)


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


def find_role_owner(cast: Cast, mention: str, head: str, position: int) -> Name | None:
    """Return the person whose role a mention like "the mayor" is; None if two or nobody have it.

    Args:
        cast: the article's names.
        mention: the words of the mention; those that tell more than its head must stand in the role too.
        head: the noun at its head.
        position: where the mention begins. A name given only behind it must hold an office ("the mayor"),
            since of a spokesman or an expert there may be several.
    """
    people = load_people()
    asked = {word for word in _split(mention) if word not in _SMALL}
    found: dict[str, Name] = {}
    for name in cast.roled.get(head.lower(), ()):
        if name.role is None:
            continue
        role = cast.text[name.role.start : name.role.end]
        words = set(_split(role))
        if not asked <= words or (words & _LESSER) - asked:
            continue
        known = found.get(name.words[-1].lower())
        if known is None or len(name.words) > len(known.words):
            found[name.words[-1].lower()] = known if known and known.span.start <= position else name
    if len(found) != 1:
        return None
    name = next(iter(found.values()))
    office = people.titles.get(head.lower()) == "either" and not head.lower().startswith("spokes")
    return name if name.span.start <= position or office else None


def find_institution(cast: Cast, head: str) -> Name | None:
    """Return the one institution whose name ends in a noun: "the board" is the Regional Election Board."""
    people = load_people()
    if head.lower() not in people.bodies:
        return None
    found = cast.bodies.get(head.lower(), {})
    return next(iter(found.values())) if len(found) == 1 else None


def _split(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"['’]s\b", "", phrase.lower()))


_SMALL = frozenset(
    {"the", "this", "that", "its", "his", "her", "their", "of", "for", "at", "in", "to", "on", "s"}
)
_LESSER = frozenset(
    {"deputy", "vice", "former", "ex", "assistant", "acting", "late", "then", "future", "would-be"}
)
