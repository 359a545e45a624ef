"""People without a name: "a source in the harbour police", "a man who works there", "two women in the queue".

`speech.settling` asks for the words that describe a speaker whom no name stands for, and whether it is one
whose name is withheld.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.owners import PRONOUNS
from index.speech.people import PeopleTable

_WITHIN = frozenset({"in", "within", "inside", "at", "from", "of", "near"})
_LONG_PLACE = 7
_SPEAKS_FOR = "spokes"  # a spokesman, a spokesperson
_LONG = 16  # words of a description with its relative clause
_SENTENCE_ENDS = frozenset({".", "!", "?"})
_INDEFINITE = frozenset({"a", "an", "one", "another"})
_SUBJECTS = ("nsubj", "nsubjpass")
_ANYBODY = frozenset({"one", "another"})


@dataclass(frozen=True, slots=True)
class Description:
    """Who somebody is, as far as it is told.

    Attributes:
        text: a slice of the article.
        unnamed: whether the name is withheld, or only the kind of person is told.
        start: where it begins.
    """

    text: str
    unnamed: bool
    start: int = 0


@dataclass(slots=True)
class Descriptions:
    """The people that an article introduces without a name, by the noun that says what they are."""

    by_noun: dict[str, dict[str, Description]] = field(default_factory=dict)
    places: list[tuple[int, str, Description]] = field(default_factory=list)
    acting: list[tuple[str, Description]] = field(default_factory=list)

    def find_acting(self, start: int, end: int, pronoun: str) -> Description | None:
        """Return the last one between two offsets who does something and whom "he" or "she" may mean."""
        fitting = (
            each
            for shown, each in reversed(self.acting)
            if start <= each.start < end and shown in ("either", pronoun)
        )
        return next(fitting, None)

    def find_before(self, noun: str, position: int) -> Description | None:
        """Return the last one introduced with a noun before a position."""
        return next(
            (each for start, named, each in reversed(self.places) if named == noun and start < position), None
        )

    def find(self, noun: str, mention: str) -> Description | None:
        """Return who "the source" is: the one description with its noun, if it tells more."""
        found = self.by_noun.get(noun, {})
        if len(found) != 1:
            return None
        only = next(iter(found.values()))
        return only if len(only.text.split()) >= len(mention.split()) else None


def read_descriptions(text: str, narrations: Sequence[Narration], people: PeopleTable) -> Descriptions:
    """Return the people whom an article introduces with "a", "an", "one" or "another" and without a name.

    Those known by a role alone ("a coach") are among them only where the name is withheld on purpose.
    """
    found = Descriptions()
    for narration in narrations:
        for word, lower in enumerate(narration.lower):
            last = _find_kind(narration, word, people) if lower == "one" else None
            if last is not None:
                span = narration.spans[word].start, narration.spans[last].end
                found.acting.append(("either", Description(text[slice(*span)], True, span[0])))
            speaks_for = lower.startswith(_SPEAKS_FOR)
            kind = speaks_for or lower in people.persons
            if not (kind or people.is_role(lower)) or narration.quotation[word] >= 0:
                continue
            determiners = {
                narration.lower[child]
                for child in narration.children[word]
                if narration.relations[child] in ("det", "nummod")
            }
            if not determiners & _INDEFINITE:
                continue
            words = extend_source(narration, trim_mention(narration, word))
            if not _is_nameless(narration, words, word) or narration.relations[word] in ("attr", "appos"):
                continue
            told = describe_unnamed(text, narration, words, word, people)
            if narration.relations[word] in _SUBJECTS and _acts(narration, word, people):
                found.acting.append((people.nouns.get(lower, "either"), told))
            if not (kind or told.unnamed):
                continue
            found.places.append((told.start, lower, told))
            found.by_noun.setdefault(lower, {}).setdefault(told.text.lower(), told)
    return found


def _find_kind(narration: Narration, word: int, people: PeopleTable) -> int | None:
    """Return what somebody without a name who does something is one of: "One of the contestants cried"."""
    if narration.quotation[word] >= 0 or narration.relations[word] not in _SUBJECTS:
        return None
    nouns = (
        noun
        for child in narration.children[word]
        if narration.lower[child] == "of"
        for noun in narration.children[child]
    )
    kinds = (noun for noun in nouns if narration.relations[noun] == "pobj")
    return next((noun for noun in kinds if people.is_role(narration.lower[noun].removesuffix("s"))), None)


def _acts(narration: Narration, subject: int, people: PeopleTable) -> bool:
    """Whether a subject is surely a person, and its clause neither tells more of a noun nor is reported."""
    noun = narration.lower[subject]
    known = noun in people.persons or noun in people.roles or noun in people.titles or noun in people.nouns
    return known and narration.relations[narration.heads[subject]] not in ("relcl", "acl", "ccomp")


def describe_unnamed(
    text: str, narration: Narration, words: tuple[int, ...], head: int, people: PeopleTable
) -> Description:
    """Return a mention as a description, with its relative clause where that tells whom a kind means."""
    unnamed = is_unnamed(text, narration, words, head, people)
    last = words[-1]
    if unnamed and narration.lower[head] in people.persons and len(words) <= 3:
        clause = next(
            (
                child
                for child in narration.children[head]
                if narration.relations[child] == "relcl" and child > last
            ),
            None,
        )
        if clause is not None:
            inside = [word for word in narration.subtree(clause) if word > last]
            end = _find_end(narration, inside, last)
            if end is not None and end - words[0] < _LONG:
                last = end
    start = narration.spans[words[0]].start
    return Description(text[start : narration.spans[last].end], unnamed, start)


def is_unnamed(
    text: str, narration: Narration, words: tuple[int, ...], head: int, people: PeopleTable
) -> bool:
    """Whether a speaker is nameless on purpose, or known only as one of a kind.

    "A source", "two women in the queue", "an official, speaking on condition of anonymity"; not "a spokesman
    for the port", who speaks for a body, nor "officials", who may be any.
    """
    noun = narration.lower[head]
    if any(narration.lower[word] in people.anonymous and not _is_title(narration, word) for word in words):
        return True
    if not _is_nameless(narration, words, head):
        return False
    if noun in people.persons and narration.lower[words[0]] in people.indefinite:
        return True
    if len(words) == 1 and noun in _ANYBODY:
        return True
    if not (noun in people.persons or people.is_role(noun) or people.is_role(noun.removesuffix("s"))):
        return False
    first = last = head
    while first > 0 and narration.words[first - 1] not in _SENTENCE_ENDS:
        first -= 1
    while last + 1 < len(narration.words) and narration.words[last + 1] not in _SENTENCE_ENDS:
        last += 1
    own = [
        text[narration.spans[word].start : narration.spans[word].end]
        for word in range(first, last + 1)
        if narration.quotation[word] < 0
    ]
    return people.withheld.search(" ".join(own)) is not None


def _is_title(narration: Narration, word: int) -> bool:
    """Whether a noun has a capital amid its sentence: "Insider", the magazine."""
    amid = word > 0 and narration.words[word - 1] not in _SENTENCE_ENDS
    return amid and narration.tags[word] == "NNP" and narration.words[word].istitle()


def is_person(noun: str, people: PeopleTable) -> bool:
    """Whether a noun stands for one person of whom "he" or "she" may be said."""
    plural = noun.endswith("s") and noun.removesuffix("s") in people.persons
    return (
        (noun in people.persons or people.is_role(noun))
        and not plural
        and noun not in ("men", "women", "people")
    )


def is_body(narration: Narration, head: int, people: PeopleTable) -> bool:
    """Whether a noun stands for a body: "the ministry", "the Police Conduct Bureau"."""
    noun = narration.lower[head]
    return noun in people.bodies or (narration.tags[head].startswith("NN") and noun in people.institutions)


def find_described_one(narration: Narration, noun: int | None) -> int | None:
    """Return whom "He was the kind of man who …" speaks of: the subject of what a noun is said of."""
    if noun is None:
        return None
    at = noun
    while narration.relations[at] in ("pobj", "prep"):
        at = narration.heads[at]
    if narration.relations[at] != "attr":
        return noun
    subjects = [child for child in narration.children[narration.heads[at]] if child < at]
    return next(
        (
            child
            for child in subjects
            if narration.relations[child] == "nsubj"
            and (narration.lower[child] in PRONOUNS or narration.tags[child].startswith("NNP"))
        ),
        noun,
    )


def find_head(narration: Narration, words: Sequence[int]) -> int:
    """Return the word of a mention that the others hang on."""
    own = set(words)
    return next((word for word in words if narration.heads[word] not in own), words[-1])


def extend_source(narration: Narration, words: Sequence[int]) -> tuple[int, ...]:
    """Return a mention with the place behind it that the parser hung on the verb: "a source in the port"."""
    last = words[-1]
    if (
        last + 1 >= len(narration.words)
        or narration.lower[last + 1] not in _WITHIN
        or narration.tags[last][:2] != "NN"
    ):
        return tuple(words)
    place = [word for word in narration.subtree(last + 1) if narration.quotation[word] < 0]
    if len(place) < 2 or len(place) > _LONG_PLACE or place != list(range(place[0], place[-1] + 1)):
        return tuple(words)
    return (*words, *place)


def _is_nameless(narration: Narration, words: Sequence[int], head: int) -> bool:
    """Whether no name is said to be the person's: "a man called John", "the clerk, Jane Roe"."""
    if narration.tags[head].startswith("NNP"):
        return False
    return not any(
        narration.tags[word].startswith("NNP")
        and (narration.relations[word] in ("appos", "oprd") or narration.heads[word] == head)
        and narration.relations[word] not in ("compound", "nmod", "amod", "poss")
        for word in words
    )


def _find_end(narration: Narration, inside: Sequence[int], last: int) -> int | None:
    """Return the last word of a clause that follows at once, before any comma; None where it does not."""
    at = last
    for word in inside:
        plain = narration.words[word][0].isalnum() or narration.is_tied(word)
        if word != at + 1 or narration.quotation[word] >= 0 or not plain:
            break
        at = word
    while narration.tags[at] == "IN":
        at -= 1  # "who was teased over her …", of which the rest was read elsewhere
    return at if at > last + 1 else None
