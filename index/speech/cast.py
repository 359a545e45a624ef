"""The cast of an article: every place where the reporter's own words name somebody, with roles.

`speech.owners` and `speech.settling` look up in it whom a mention means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from index.datatypes import Span
from index.speech.naming import Name, read_names
from index.speech.narration import Narration
from index.speech.people import load_people

_ROLE_BREAK = re.compile(r",|\b(?:of|for|at|in|to|on|with|from|who|and|since)\b")


@dataclass(slots=True)
class Cast:
    """Everybody that an article names.

    Attributes:
        text: the article.
        names: every mention by name, in order.
        starts: where each begins.
        shared: the mentions that end in the same word, by that word in lower case.
        roled: people by the noun at the head of their role, each name with each role once.
        bodies: institutions of two words or more by the last word, the first mention of each.
        learned: the pronoun of a last name, where one stood for it beyond doubt.
    """

    text: str
    names: list[Name]
    starts: list[int] = field(default_factory=list)
    shared: dict[str, list[Name]] = field(default_factory=dict)
    roled: dict[str, list[Name]] = field(default_factory=dict)
    bodies: dict[str, dict[tuple[str, ...], Name]] = field(default_factory=dict)
    learned: dict[str, str] = field(default_factory=dict)
    _full: dict[tuple[tuple[str, ...], str], Name | None] = field(default_factory=dict)

    def find_between(self, start: int, end: int) -> list[Name]:
        """Return the names that begin at `start` or later and end at `end` or before."""
        found = self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [name for name in found if name.span.end <= end]

    def find_pronoun(self, name: Name) -> str:
        """Return the pronoun that goes with a name, or "either" where nothing shows it."""
        if name.pronoun != "either":
            return name.pronoun
        return self.learned.get(name.words[-1].lower(), "either")

    def find_full(self, words: Sequence[str], pronoun: str = "either") -> Name | None:
        """Return the longest, then first, name that ends like `words`; None where two people share it.

        With a pronoun, names that go with another one are left out.
        """
        key = (tuple(words), pronoun)
        if key not in self._full:
            self._full[key] = self._choose_full(words, pronoun)
        return self._full[key]

    def _choose_full(self, words: Sequence[str], pronoun: str) -> Name | None:
        last = words[-1].lower()
        same = [
            name
            for name in self.shared.get(last, ())
            if pronoun == "either" or name.pronoun in (pronoun, "either")
        ]
        if len(words) > 1:
            exact = [name for name in same if name.words[-len(words) :] == tuple(words)]
            same = exact or same[:0]
        same = [name for name in same if name.is_whole] or same
        longest = max((len(name.words) for name in same), default=0)
        best = [name for name in same if len(name.words) == longest]
        if len({name.words[0] for name in best}) > 1:
            return None
        return next((name for name in best if name.role is not None), best[0]) if best else None


def read_cast(text: str, narrations: Sequence[Narration]) -> tuple[Cast, list[dict[int, int]]]:
    """Return the article's cast, and for each narration the number of every word's sentence."""
    people = load_people()
    sentences: list[dict[int, int]] = []
    count = 0
    read: list[list[Name]] = []
    for paragraph, narration in enumerate(narrations):
        numbers: dict[int, int] = {}
        roots: dict[int, int] = {}
        for word in range(len(narration.words)):
            root = narration.root(word)
            if root not in roots:
                roots[root] = count
                count += 1
            numbers[word] = roots[root]
        sentences.append(numbers)
        read.append(read_names(text, narration, numbers, paragraph, people))
    full = [name for names in read for name in names if len(name.words) > 1 and name.pronoun != "it"]
    known = {name.words[-1] for name in full} | {name.words[0] for name in full if name.pronoun != "either"}
    for paragraph, narration in enumerate(narrations):
        if _hides_name(narration, known):
            read[paragraph] = read_names(text, narration, sentences[paragraph], paragraph, people, known)
    settled = _settle_names(_part_media(text, [name for names in read for name in names]))
    cast = Cast(text, settled, [name.span.start for name in settled])
    for name in settled:
        cast.shared.setdefault(name.words[-1].lower(), []).append(name)
    _sort_names(cast)
    return cast, sentences


def _part_media(text: str, names: Sequence[Name]) -> list[Name]:
    """Return the names, a medium's before somebody's left out: Weir in "Talking to TechCrunch Weir said"."""
    media = load_people().media_names
    own = {name.words[-1] for name in names if name.words[0] not in media}
    parted = []
    for name in names:
        last = name.words[-1]
        start = name.span.end - len(last)
        glued = len(name.words) > 1 and name.words[0] in media and name.pronoun == "either"
        if glued and last in own and text[start : name.span.end] == last:
            parted.append(replace(name, words=(last,), span=Span(start, name.span.end)))
        else:
            parted.append(name)
    return parted


def _hides_name(narration: Narration, known: Collection[str]) -> bool:
    """Whether the parser took somebody's name for another word: "Spears hit back", "Will said"."""
    return any(
        word in known and not tag.startswith("NNP") and quotation < 0
        for word, tag, quotation in zip(narration.words, narration.tags, narration.quotation, strict=True)
    )


def _sort_names(cast: Cast) -> None:
    """Fill in who has which role, and the institutions by what they are."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    for name in cast.names:
        last = name.words[-1]
        if name.pronoun == "it":
            if len(name.words) > 1 and last[0].isupper():
                cast.bodies.setdefault(last.lower(), {}).setdefault(name.words, name)
        elif name.role is not None:
            role = cast.text[name.role.start : name.role.end].lower()
            if (name.words, role) not in seen:
                seen.add((name.words, role))
                cast.roled.setdefault(_find_role_head(role), []).append(name)


def _find_role_head(role: str) -> str:
    """Return the noun at the head of a role: before its first preposition or comma."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", _ROLE_BREAK.split(role, maxsplit=1)[0])
    return words[-1] if words else ""


def _settle_names(names: Sequence[Name]) -> list[Name]:
    """Return the names with what the others tell: whose given name one is, and what pronoun goes with it."""
    full: dict[str, set[tuple[str, ...]]] = {}
    lasts: set[str] = set()
    for name in names:
        if len(name.words) > 1 and name.pronoun != "it":
            full.setdefault(name.words[0].lower(), set()).add(name.words)
            lasts.add(name.words[-1].lower())
    known = [_complete_name(name, full, lasts) for name in names]
    shown: dict[tuple[str, str], set[str]] = {}
    for name in known:
        if name.pronoun != "either" and (name.pronoun != "it" or name.words[-1].lower() not in lasts):
            first = name.words[0].lower() if len(name.words) > 1 else ""
            for key in {first, ""}:
                shown.setdefault((name.words[-1].lower(), key), set()).add(name.pronoun)
    return [_agree_name(name, shown) for name in known]


def _complete_name(name: Name, full: dict[str, set[tuple[str, ...]]], lasts: set[str]) -> Name:
    """Return a name of one word that is somebody's given name with all words of the full name."""
    first = name.words[0].lower()
    if len(name.words) > 1 or name.pronoun == "it":
        return name
    if first in lasts:
        return replace(name, pronoun="either") if name.given else name
    found = full.get(first, set())
    return replace(name, words=next(iter(found))) if len({words[-1] for words in found}) == 1 else name


def _agree_name(name: Name, shown: dict[tuple[str, str], set[str]]) -> Name:
    """Return a name with the one pronoun that mentions of the same person show."""
    if name.pronoun != "either":
        return name
    last = name.words[-1].lower()
    found = shown.get((last, name.words[0].lower()), set()) if len(name.words) > 1 else set()
    if len(name.words) == 1:
        found = shown.get((last, ""), set())
    found = found - {"it"} or found
    return replace(name, pronoun=next(iter(found))) if len(found) == 1 else name
