"""Identities: what an article tells of somebody who speaks, by a name or by a description alone.

`speech.settling` finds whose a mention is, and asks here for the full name and the role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.datatypes import Span
from index.speech.cast import Cast
from index.speech.name_roles import cut_article
from index.speech.naming import LEADS, Name
from index.speech.narration import Narration
from index.speech.people import load_people

_CUT_OFF = re.compile(
    r"(?:[-‑/]|\b[^\W\d_a-z][\w.’'-]*,? (?:and|&) |\b[^\W\d_a-z]\. )$"
)  # "KABC-*TV*", "Food and *Drug Administration*", "E. *Jean Roe*"
_NICKNAMED = re.compile(
    r"(?<![\w’'-])[^\W\d_a-z][\w’-]+ [“\"‘'][^\W\d_a-z][\w.-]*[”\"’'] $"
)  # "Jo “Red” *Roe*"
_LONG_NICKNAME = 40  # code points, with the name before it
_BESIDE_KIND = re.compile(r"\b[a-z][a-z-]+ $")  # "the state news *agency* Ulpress"
_MODIFYING = ("DT", "JJ", "NN", "PRP$")
_TELLING = frozenset({"of", "to", "for", "with", "by", "against", "about"})
_MANY = re.compile(r"(?:an|crat|er|ist)s$")  # "congressional Republicans"
_ANOTHER = re.compile(r"\b(?!(?:The|A|An|One)\b)[^\W\d_a-z][\w.’'-]*")
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){1,2}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a mention is: a person with a name, or somebody known by a description alone."""

    name: str | None = None
    role: str | None = None
    person: Name | None = None
    unnamed: bool = False


NOBODY = Identity()
"""What is known of somebody of whom nothing is known."""


def pick_head(narration: Narration, words: tuple[int, ...], inside: Sequence[Name]) -> Name | None:
    """Return the person that the mention is about: beside a role, or the one whose name is its head.

    None where its head is something else, "the ministry in Haldren" say, or where several speak, "Jane Roe
    and her husband": then the whole mention names them.
    """
    owning = {narration.spans[word].start for word in words if narration.tags[word] == "POS"}
    people = [name for name in inside if name.pronoun != "it" and name.span.end not in owning]
    people = [name for name in people if not _is_told_of(narration, words, name)]
    if _are_several(narration, words, people):
        return None
    roled = [name for name in people if name.role is not None]
    if roled:
        return roled[0]
    heads = {word for word in words if narration.heads[word] not in words}
    heads |= {
        word
        for word in words
        if narration.relations[word] == "appos" and (narration.heads[word] in heads or word == words[-1])
    }
    starts = [narration.spans[word].start for word in heads]
    return next(
        (name for name in people if any(name.span.start <= start < name.span.end for start in starts)), None
    )


def _is_told_of(narration: Narration, words: tuple[int, ...], name: Name) -> bool:
    """Whether somebody in a mention only tells whose it is: "a letter to Roe", "a friend of the singer Roe".

    Not so in "the mayor of Varn Jane Roe", where no role stands right before the name.
    """
    people = load_people()
    before = [word for word in words if narration.spans[word].end <= name.span.start]
    role = bool(before) and people.is_role(narration.lower[before[-1]])
    while role and before and narration.tags[before[-1]].startswith(_MODIFYING):
        before.pop()
    if not before or narration.lower[before[-1]] not in (_TELLING if role else ("to",)):
        return False
    above = before[-2] if len(before) > 1 else before[-1]
    noun = narration.lower[above]
    if narration.tags[above].startswith("NNP"):
        return False  # "Bank of Varn governor Jane Roe"
    return noun not in people.titles or noun.startswith("spokes")  # "the chief of staff General Roe"


def _are_several(narration: Narration, words: tuple[int, ...], people: Sequence[Name]) -> bool:
    """Whether a mention joins the person at its head to others."""
    head = next((word for word in words if narration.heads[word] not in words), words[0])
    start = narration.spans[head].start
    named = next((name.span for name in people if name.span.start <= start < name.span.end), None)
    if named is None or not any(
        narration.relations[child] == "cc" and child in words for child in narration.children[head]
    ):
        return False
    return any(
        narration.relations[child] == "conj"
        and child in words
        and narration.is_noun(child)
        and narration.spans[child].start >= named.end
        for child in narration.children[head]
    )


def _is_cut(text: str, name: Name, mention: Span) -> bool:
    """Whether a name is only a part of what a mention names: the end of it, or one of several things.

    "The Old Farmer's *Almanac*", "three in 5 *Americans*", "*Psalm* 150"; not "the singer *Roe*".
    """
    before, behind = text[mention.start : name.span.start], text[name.span.end : mention.end]
    if _CUT_OFF.search(before):
        return True
    people = load_people()
    kind = before.split()[-1].lower() if before.strip() else ""
    if kind in people.titles or kind in people.honorifics:
        return False  # "Ms *Halvey* of Open Gate"
    if name.words[0].islower() and any(letter.isupper() for letter in "".join(before.split()[-1:])):
        return True
    if kind.endswith(",") and (kind[:-1] in people.media_words or people.is_role(kind[:-1])) and not behind:
        return False  # "its state agency, *Ulpress*"
    if _BESIDE_KIND.search(before) and not _MANY.search(name.words[-1]):
        return False
    others = {word.lower() for word in _ANOTHER.findall(f"{before} {behind}")} - LEADS
    counted = any(letter.isdigit() for letter in before) or (behind[:1] == " " and behind[1:2].isdigit())
    return len(name.words) == 1 and (bool(others) or counted)


def give_full(cast: Cast, name: Name, mention: Span | None = None, pronoun: str = "either") -> Identity:
    """Return somebody with the full name and the role that the article gives.

    Args:
        cast: the article's names.
        name: one place that names the person.
        mention: the words of the mention, where they may hold more of the name.
        pronoun: what the article calls the person, "he" or "she".
    """
    full = cast.find_full(name.words, pronoun) or name
    best = full if len(full.words) > len(name.words) or not name.is_whole else name
    role = name.role or full.role
    if role is None:
        same = cast.shared[best.words[-1].lower()]
        role = next((each.role for each in same if each.words == best.words and each.role), None)
    text = cast.text
    nicknamed = _NICKNAMED.search(text, max(0, best.span.start - _LONG_NICKNAME), best.span.start)
    shown = text[nicknamed.start() if nicknamed else best.span.start : best.span.end]
    if mention is not None and best is name and role is None and _is_cut(text, name, mention):
        return Identity(cut_article(text[mention.start : mention.end]), None, name)
    if mention is not None and len(best.words) == 1 and mention.end == name.span.end:
        whole = text[mention.start : mention.end]
        plain = _CAPITALISED.fullmatch(whole) is not None
        lead = whole.split()[0]
        given = lead.lower() not in LEADS | {"the", "new"} and not lead.isupper()
        if plain and given and not any(word.lower() in load_people().titles for word in whole.split()):
            shown = whole  # a given name that was not read as one
    return Identity(shown, cut_article(text[role.start : role.end]) if role is not None else None, name)
