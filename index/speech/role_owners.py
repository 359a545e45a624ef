"""Owners of roles and epithets: whose "the mayor", "the striker" and "the board" are.

`speech.settling` asks once the speakers before are known. Where two people could be meant the answer is None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.datatypes import Span
from index.speech.cast import Cast
from index.speech.naming import Name
from index.speech.owners import KIN
from index.speech.people import load_people
from index.speech.personhood import differ, may_speak

_OWNERS = re.compile(r"[^\W\d_][\w-]*(?=['’])")
_NAMED = 6  # names before a mention that may stand in its sentence
_NEAR = 2  # sentences; so far the last speaker goes on where nobody else is named between
_ENDS = frozenset('.!?”"’»')
_COUNTS = [[count] for count in ("one", "two", "three", "four", "five", "six", "seven")]
_SMALL = frozenset(
    {"the", "this", "that", "its", "his", "her", "their", "of", "for", "at", "in", "to", "on", "s"}
)
_LESSER = frozenset(
    {"deputy", "vice", "former", "ex", "assistant", "acting", "late", "then", "future", "would-be"}
)


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


def find_epithet_owner(
    cast: Cast, mention: Span, head: str, sentence: int, paragraph: int, speakers: Sequence[tuple[int, Name]]
) -> Name | None:
    """Return whom news calls again by what they are: "the former striker", "the 62-year-old actor".

    That is the one person who spoke last or was the subject of a sentence since, two sentences back at most,
    those of the same paragraph first; None where there are two, where the sentence names somebody else before
    the mention, or where the noun is no epithet. Of "the
    coach" there may be many, so that a capital or a number must tell more; "the striker" is hardly said but
    of somebody just named. A name right behind the noun tells who it is: "the broadcaster Radio Varn".
    """
    people = load_people()
    words = cast.text[mention.start : mention.end].split()
    behind = words[words.index(head) + 1 :] if head in words else []
    told_of = behind[:1] == ["of"] and (head.lower() in KIN or head.lower() in people.titles)
    told_of = told_of and behind[1:2] not in _COUNTS  # "the mother of three"
    if told_of or (behind and behind[0][0].isupper()):
        return None  # "the wife of a sailor on the Sturgeon", "the mayor of Varn": none of those named before
    told = any(word[0].isupper() or word[0].isdigit() for word in words[1:])
    known = people.epithets | people.roles | people.titles.keys() if told else people.plain_epithets
    if head not in known or head.startswith("spokes"):
        return None
    wanted = people.nouns.get(head.lower(), "either")
    spoken = {name.words[-1].lower() for _, name in speakers}
    found: dict[str, Name] = {}
    for number, name in speakers[-1:]:
        if number >= sentence - _NEAR:
            found[name.words[-1].lower()] = name
    since = next(iter(found.values())).span.end if found else 0
    for name in reversed(
        cast.names[bisect_left(cast.starts, since) : bisect_left(cast.starts, mention.start)]
    ):
        pronoun = cast.find_pronoun(name)
        if name.sentence < sentence - _NEAR:
            break
        if name.main and pronoun != "it" and may_speak(cast, name, spoken):
            found.setdefault(name.words[-1].lower(), name)
    owners = {word.rstrip("s’'") for word in _OWNERS.findall(cast.text, *mention)}
    fitting = [
        name
        for name in found.values()
        if not differ(cast.find_pronoun(name), wanted)
        and name.words[-1] not in owners
        and not (len(name.words) == 1 and name.words[0].lower() in people.persons)  # "Witness saw it coming"
    ]
    beside = [name for name in fitting if name.paragraph == paragraph]
    fitting = beside if len(beside) == 1 else fitting
    if len(fitting) != 1 or _names_another(cast, mention.start, sentence, fitting[0]):
        return None
    return fitting[0]


def _names_another(cast: Cast, position: int, sentence: int, person: Name) -> bool:
    """Whether a sentence names somebody else before a position: "For Ada Roe, ..., the Varn native said"."""
    return any(
        name.sentence == sentence and name.words[-1] != person.words[-1] and cast.find_pronoun(name) != "it"
        for name in cast.names[: bisect_left(cast.starts, position)][-_NAMED:]
    )


def find_institution(cast: Cast, head: str) -> Name | None:
    """Return the one institution whose name ends in a noun: "the board" is the Regional Election Board."""
    people = load_people()
    if head.lower() not in people.bodies:
        return None
    found = cast.bodies.get(head.lower(), {})
    return next(iter(found.values())) if len(found) == 1 else None


def _split(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"['’]s\b", "", phrase.lower()))
