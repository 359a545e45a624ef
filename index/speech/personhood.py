"""Personhood: whether a name is a person's, and whether "he" or "she" may be said of one.

`speech.owners` and `speech.role_owners` ask of the names that could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from index.speech.cast import Cast
from index.speech.naming import Name
from index.speech.people import load_people


def differ(one: str, other: str) -> bool:
    """Whether two pronouns cannot be said of one person."""
    return "either" not in (one, other) and one != other


def may_speak(cast: Cast, name: Name, spoken: Collection[str]) -> bool:
    """Whether a name may be a person's: not one word of which nothing is known."""
    if cast.find_pronoun(name) != "either" or len(name.words) > 1:
        return True
    return name.words[-1].lower() in spoken or is_known_person(cast, name)


def is_like_person(cast: Cast, name: Name, spoken: Collection[str]) -> bool:
    """Whether a name goes as people's do: a given name, a role, a form of it alone, or words of its own.

    "New Rules" in an article that has "rules" too is a heading.
    """
    last = name.words[-1].lower()
    if cast.find_pronoun(name) != "either" or name.words[0].lower() in load_people().given or last in spoken:
        return True
    if any(each.role is not None or not each.is_whole or len(each.words) == 1 for each in cast.shared[last]):
        return True
    return not any(re.search(rf"\b{re.escape(word.lower())}\b", cast.text) for word in name.words)


def sounds_female(cast: Cast, name: Name) -> bool:
    """Whether an unlisted given name ends as most women's names and few men's do."""
    full = cast.find_full(name.words) or name
    return len(full.words) > 1 and full.words[0].lower().endswith(("a", "ette", "elle", "ine", "lyn"))


def is_known_person(cast: Cast, name: Name) -> bool:
    """Whether the article shows that a name is a person's: by a role, or as the subject of a sentence."""
    full = cast.find_full(name.words)
    if full is None or len(full.words) < 2 or full.pronoun == "it":
        return False
    return any(each.role is not None or each.main for each in cast.shared[name.words[-1].lower()])
