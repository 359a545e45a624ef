"""The cast of an article: every place where the reporter's own words name somebody, with roles.

`speech.owners` and `speech.settling` look up in it whom a mention means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.datatypes import Span
from index.speech.narration import Narration
from index.speech.people import PeopleTable, load_people

_JOINERS = frozenset({"de", "van", "von", "der", "den", "bin", "al", "la", "du", "da", "del", "al-", "el"})
LEADS = frozenset(
    {
        "meanwhile",
        "however",
        "yet",
        "but",
        "and",
        "after",
        "when",
        "while",
        "although",
        "loading",
        "still",
    }
)
_BEING = frozenset({"is", "was", "remains", "remained", "became", "becomes"})
_LONG_ROLE = 14
_ROLE_BREAK = re.compile(r",|\b(?:of|for|at|in|to|on|with|from|who|and|since)\b")


@dataclass(frozen=True, slots=True)
class Name:
    """One place where the reporter's own words name somebody.

    Attributes:
        span: the name, without title and role.
        words: its words.
        role: what the phrase around it says the person is, or None.
        pronoun: "he", "she", "either" (a person), or "it" for an institution.
        sentence: the number of the sentence in the article.
        subject: whether it is the subject of its clause.
        main: whether it is the subject of its sentence.
    """

    span: Span
    words: tuple[str, ...]
    role: Span | None
    pronoun: str
    sentence: int
    paragraph: int
    subject: bool
    main: bool = False


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
    """

    text: str
    names: list[Name]
    starts: list[int] = field(default_factory=list)
    shared: dict[str, list[Name]] = field(default_factory=dict)
    roled: dict[str, list[Name]] = field(default_factory=dict)
    bodies: dict[str, dict[tuple[str, ...], Name]] = field(default_factory=dict)
    _full: dict[tuple[tuple[str, ...], str], Name | None] = field(default_factory=dict)

    def find_between(self, start: int, end: int) -> list[Name]:
        """Return the names that begin at `start` or later and end at `end` or before."""
        found = self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [name for name in found if name.span.end <= end]

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
        longest = max((len(name.words) for name in same), default=0)
        best = [name for name in same if len(name.words) == longest]
        if len({name.words[0] for name in best}) > 1:
            return None
        return next((name for name in best if name.role is not None), best[0]) if best else None


def read_cast(text: str, narrations: Sequence[Narration]) -> tuple[Cast, list[dict[int, int]]]:
    """Return the article's cast, and for each narration the number of every word's sentence."""
    people = load_people()
    names: list[Name] = []
    sentences: list[dict[int, int]] = []
    count = 0
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
        names.extend(_read_names(text, narration, numbers, paragraph, people))
    settled = _settle_pronouns(names)
    cast = Cast(text, settled, [name.span.start for name in settled])
    for name in settled:
        cast.shared.setdefault(name.words[-1].lower(), []).append(name)
    _sort_names(cast)
    return cast, sentences


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


def _read_names(
    text: str, narration: Narration, numbers: dict[int, int], paragraph: int, people: PeopleTable
) -> list[Name]:
    found = []
    word = 0
    while word < len(narration.words):
        if not narration.tags[word].startswith("NNP") or narration.quotation[word] >= 0:
            word += 1
            continue
        first = word
        while (step := _step_in_name(narration, word)) > 0:
            word += step
        name = _make_name(narration, first, word, numbers, paragraph, people)
        if name is not None:
            found.append(name)
        word += 1
    return found


def _step_in_name(narration: Narration, word: int) -> int:
    """Return how many words further a name goes on: 1, 2 over a hyphen or "de", or 0."""
    tags, size = narration.tags, len(narration.words)
    if word + 1 < size and narration.quotation[word + 1] < 0 and tags[word + 1].startswith("NNP"):
        return 1
    if word + 2 < size and narration.quotation[word + 2] < 0 and tags[word + 2].startswith("NNP"):
        if narration.lower[word + 1] in _JOINERS:
            return 2
        if (
            narration.words[word + 1] in ("-", "‑")
            and narration.spans[word].end == narration.spans[word + 1].start
        ):
            return 2
    return 0


def _make_name(
    narration: Narration, first: int, last: int, numbers: dict[int, int], paragraph: int, people: PeopleTable
) -> Name | None:
    start = first
    pronoun = "either"
    while start < last and narration.lower[start] in LEADS:
        start += 1
    for word in range(first, last):
        title = people.titles.get(narration.lower[word])
        if title is not None:
            start = word + 1
            pronoun = title if title != "either" else pronoun
    while last - start > 1 and narration.words[start].isupper() and len(narration.words[start]) > 2:
        start += 1  # "NATO Jane Roe"
    for word in range(start + 1, last):
        if narration.lower[word] in people.given and narration.lower[word - 1] not in people.given:
            start = word  # "Director of Content Jane Roe"
            break
    words = tuple(_join_hyphens(narration, start, last))
    if not all(word[0].isupper() or word.lower() in _JOINERS for word in words) or len(words[-1]) < 2:
        return None
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        return None  # a headline in capitals
    head = last
    lowers = {word.lower() for word in words}
    if lowers & people.institutions or lowers & people.media_words or words[-1] in people.media_names:
        pronoun = "it"
    elif pronoun == "either":
        pronoun = people.given.get(words[0].lower(), "either") if len(words) > 1 else "either"
    role = _read_role(narration, first, start, head, people)
    if role is not None and pronoun == "either":
        for word in range(len(narration.words)):
            if role.start <= narration.spans[word].start and narration.spans[word].end <= role.end:
                pronoun = people.nouns.get(narration.lower[word], pronoun)
    top = head
    if narration.relations[head] in ("compound", "nmod", "amod") and pronoun == "either":
        pronoun = "it"  # "the Girls Trip star"
    while narration.relations[top] in ("appos", "conj") and narration.heads[top] != top:
        top = narration.heads[top]
    return Name(
        span=Span(narration.spans[start].start, narration.spans[last].end),
        words=words,
        role=role,
        pronoun=pronoun,
        sentence=numbers[first],
        paragraph=paragraph,
        subject=narration.relations[top] in ("nsubj", "nsubjpass"),
        main=narration.relations[top] in ("nsubj", "nsubjpass")
        and narration.relations[narration.heads[top]] == "ROOT",
    )


def _join_hyphens(narration: Narration, first: int, last: int) -> list[str]:
    """Return the words of a name, "Bankman", "-", "Fried" as one."""
    words: list[str] = []
    joined = False
    for word in range(first, last + 1):
        if narration.words[word] in ("-", "‑") and words:
            words[-1] += "-"
            joined = True
        elif joined:
            words[-1] += narration.words[word]
            joined = False
        else:
            words.append(narration.words[word])
    return words


def _read_role(narration: Narration, first: int, start: int, head: int, people: PeopleTable) -> Span | None:
    """Return what a name's phrase says that somebody is: a noun phrase whose head is a role, or None.

    It stands beside the name between commas, before it, or behind "is" or "remains".
    """
    for child in narration.children[head]:
        if child > head and narration.relations[child] == "appos" and people.is_role(narration.lower[child]):
            words = [word for word in narration.subtree(child) if narration.quotation[word] < 0]
            if words and words[0] > head:
                return _join(narration, _cut_clause(narration, words))
    if narration.relations[head] == "appos":
        noun = narration.heads[head]
        while (
            noun < first and narration.relations[noun] == "pobj" and not people.is_role(narration.lower[noun])
        ):
            above = narration.heads[narration.heads[noun]]  # "the mayor of Sellmar, Jane Roe"
            if not narration.is_noun(above) or above > noun:
                break
            noun = above
        if noun < first and people.is_role(narration.lower[noun]):
            own = set(narration.subtree(head))
            words = [word for word in narration.subtree(noun) if word < first and word not in own]
            if words:
                return _join(narration, _cut_clause(narration, words))
    ahead = [word for word in narration.subtree(head) if word < start]
    while ahead and narration.tags[ahead[0]] in ("DT", "CC", ",", "IN"):
        ahead.pop(0)
    if ahead and people.is_role(narration.lower[ahead[-1]]) and ahead[-1] == start - 1:
        run = next((at for at in range(len(ahead) - 1, 0, -1) if ahead[at - 1] != ahead[at] - 1), 0)
        return _join(narration, ahead[run:])
    return _read_complement(narration, head, people)


def _read_complement(narration: Narration, head: int, people: PeopleTable) -> Span | None:
    """Return what somebody is said to be or remain: "Jane Roe is mayor of Kherson"."""
    verb = narration.heads[head]
    if narration.relations[head] != "nsubj" or narration.lower[verb] not in _BEING:
        return None
    if any(narration.relations[child] == "neg" for child in narration.children[verb]):
        return None
    for child in narration.children[verb]:
        if narration.relations[child] == "attr" and people.is_role(narration.lower[child]):
            words = [word for word in narration.subtree(child) if narration.quotation[word] < 0]
            return _join(narration, _cut_clause(narration, words)) if words else None
    return None


def _cut_clause(narration: Narration, words: list[int]) -> list[int]:
    for position, word in enumerate(words):
        if position and (
            narration.lower[word] in ("who", "which", "whose", "that") or word != words[position - 1] + 1
        ):
            words = words[:position]
            break
    if len(words) > _LONG_ROLE:
        words = words[
            : next((at for at, word in enumerate(words) if narration.words[word] == ","), len(words))
        ]
    while len(words) > 1 and not narration.words[words[-1]][0].isalnum():
        words = words[:-1]
    return words


def _join(narration: Narration, words: Sequence[int]) -> Span:
    return Span(narration.spans[words[0]].start, narration.spans[words[-1]].end)


def _settle_pronouns(names: list[Name]) -> list[Name]:
    """Give every mention of a last name the pronoun that any full or titled mention of it shows."""
    known: dict[str, set[str]] = {}
    for name in names:
        if name.pronoun != "either":
            known.setdefault(name.words[-1].lower(), set()).add(name.pronoun)
    settled = []
    for name in names:
        shown = known.get(name.words[-1].lower(), set())
        shown = shown - {"it"} or shown
        plain = name.pronoun == "either" and len(shown) == 1
        settled.append(replace(name, pronoun=next(iter(shown))) if plain else name)
    return settled
