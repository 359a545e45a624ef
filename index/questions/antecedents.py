"""Whom a pronoun of a follow-up stands for: the person of the turns before it who fits best.

Used by followups.py; the persons come from the questions themselves and from the quotes that answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.questions.lexicons import load_persons
from index.questions.speaking import find_descriptions, find_speaker
from index.questions.turns import Speaker, Turn, pronoun_of
from index.questions.wording import choose_lexicon

SPOKEN_OF = 3.0
"""A name in a question that is written as a person's: titled, or in two words, or a speaker's."""
STILL_SPOKEN_OF = 2.95
"""Such a name behind a completed question, which asks of somebody else by now."""
ANSWERED = 2.7
"""A name that answers the question: "Who died?"."""
SPEAKER = 2.5
"""Somebody whom the answer quotes."""
PERHAPS = 2.0
"""One capitalised word in a question, right behind an auxiliary: whoever did something."""
PASSING = 1.5
"""Two capitalised words elsewhere in a question: often a place."""
MENTIONED = 1.0
"""A full name within a quote."""

_LONGEST_NAME = 4  # words; "a person with knowledge of the inquiry" stands in no other sentence
_TOLD = 0.4  # for whom the pronoun is known to fit, before others of the same likelihood
_PLURAL = re.compile(r"(?<!s)s$")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a pronoun may stand for: as an earlier turn writes the name, and how likely.

    Attributes:
        written: the name as the question has it, "" for one of the answer alone.
    """

    name: str
    pronoun: str
    likelihood: float
    written: str = ""


def find_person(turns: Sequence[Turn], pronoun: str) -> str | None:
    """Return the name that "he", "she" or "they" stands for in a question after these turns, newest last.

    The newest turn that speaks of anybody fitting decides: first who its question is about, then who its
    answer quotes, then who is named in the quotes. Who was shown as "he" in any of the turns is no "she".
    None where nobody fits.
    """
    shown = [speaker for turn in turns for speaker in turn.speakers if speaker.pronoun]
    for turn in reversed(turns):
        known = [_recall_pronoun(one, shown) for one in list_people(turn)]
        people = [one for one in known if _fits(one, pronoun)]
        if people:
            return max(people, key=lambda one: one.likelihood + (_TOLD if one.pronoun else 0.0)).name
    return None


def list_people(turn: Turn) -> tuple[Person, ...]:
    """Return the people of a turn: those of the question in its order, the speakers, those in the quotes."""
    return tuple(_list_people(turn))


def _list_people(turn: Turn) -> Iterator[Person]:
    head = turn.question.partition("? (")[0]
    for name in turn.names:
        full, pronoun = _complete_name(name, turn)
        likelihood = _weigh_name(name, turn, known=full is not None)
        if name not in head:  # only in what a completed question is about
            likelihood = min(likelihood, STILL_SPOKEN_OF)
        if likelihood:
            yield Person(full or name, pronoun or pronoun_of(full or name), likelihood, name)
    yield from _list_described(turn)
    for name in turn.told:
        if not _is_body(name):
            yield Person(name, pronoun_of(name), ANSWERED)
    slot = find_speaker(turn.question)
    asked = f" {turn.question[slice(*slot)]}".lower() if slot else ""
    for speaker in turn.speakers:
        if len(speaker.name.split(" ")) > _LONGEST_NAME:
            continue
        told = bool(asked) and f" {speaker.name}".lower().endswith(asked)
        yield Person(speaker.name, speaker.pronoun, SPOKEN_OF if told else SPEAKER)
    for name in turn.mentioned:
        if not _is_body(name):
            yield Person(name, pronoun_of(name), MENTIONED)


def _list_described(turn: Turn) -> Iterator[Person]:
    """Yield the persons that a question describes ("the judge"), by name where the answer quotes them."""
    head = turn.question.partition("? (")[0]
    for span in find_descriptions(head, choose_lexicon(head)):
        described = head[slice(*span)]
        owner, _, own = re.sub(r" of .*", "", described).replace("’", "'").rpartition("'s ")
        for words, likelihood in ((described, SPOKEN_OF), (owner, SPEAKER)):
            role = (own if words is described else owner).lower().split(" ")[-1]
            one = bool(role) and role.islower() and not _PLURAL.search(role)
            if not one or role in load_persons().groups or not words.split(" ")[-1].islower():
                continue
            quoted = (one for one in turn.speakers if role in f"{one.name} {one.role}".lower().split())
            speaker = next(quoted, Speaker(words, "", pronoun_of(words)))
            yield Person(speaker.name, speaker.pronoun, likelihood)


def _recall_pronoun(person: Person, shown: Sequence[Speaker]) -> Person:
    """Return a person with the pronoun that a turn has for who bears the same name, in full or the last."""

    def bears(name: str) -> bool:
        longer, shorter = sorted((name, person.name), key=len, reverse=True)
        return f" {longer}".endswith(f" {shorter}")

    pronoun = next((one.pronoun for one in reversed(shown) if bears(one.name)), person.pronoun)
    return replace(person, pronoun=pronoun)


def _weigh_name(name: str, turn: Turn, *, known: bool) -> float:
    """Return how likely a name in a question is a person's; 0 for a place, a body or "Russian" officials."""
    if known:
        return SPOKEN_OF
    before, _ = _words_around(name, turn.question)
    lexicon, titles = choose_lexicon(turn.question), load_persons().titles
    if (
        _is_body(name)
        or before in lexicon.places | {"of"}
        or name.isupper()
        or is_modifier(name, turn.question)
    ):
        return 0.0
    if titles & {before, name.split(" ", maxsplit=1)[0].lower()} or before in lexicon.topics:
        return SPOKEN_OF
    if before in lexicon.auxiliaries:
        return SPOKEN_OF if " " in name else PERHAPS
    return PASSING if " " in name else 0.0


def is_modifier(name: str, question: str) -> bool:
    """Whether a name only says which body is meant: "Russian" in "Russian officials"."""
    _, after = _words_around(name, question)
    lexicon = choose_lexicon(question)
    return " " not in name and (after in lexicon.roles or after in lexicon.aspects - lexicon.asking)


def _words_around(name: str, question: str) -> tuple[str, str]:
    """Return the words before and after a name in lower case, "" where there is none."""
    before, _, after = question.partition(name)
    return (["", *_WORDS.findall(before.lower())][-1], [*_WORDS.findall(after), ""][0])


def _complete_name(name: str, turn: Turn) -> tuple[str | None, str]:
    """Return the fullest form in which the answer gives a name of the question, and its pronoun."""
    words = name.split(" ")
    bare = " ".join(words[1:] if len(words) > 1 and words[0].lower() in load_persons().titles else words)
    speakers = (*turn.speakers, *(Speaker(full) for full in turn.mentioned if not _is_body(full)))
    for speaker in speakers:
        if f" {speaker.name} ".endswith(f" {bare} "):
            return speaker.name, speaker.pronoun
    return None, ""


def _is_body(name: str) -> bool:
    """Whether a name is an organisation's."""
    groups = load_persons().groups
    return any(word.lower() in groups for word in _WORDS.findall(name))


def _fits(person: Person, pronoun: str) -> bool:
    if pronoun == "they":
        return person.pronoun == "they"
    told = person.likelihood >= (SPEAKER if " " in person.name else SPOKEN_OF)  # "Orley" may be a firm
    return person.pronoun == pronoun or (told and not person.pronoun)
