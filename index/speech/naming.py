"""Names of people and bodies in a parsed paragraph, with the roles that their phrases give them.

`speech.cast` gathers those of an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.datatypes import Span
from index.speech.narration import Narration
from index.speech.people import PeopleTable

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
_CAPTION = re.compile(r"\b(?:Credit|Photograph|Photo|Image source|Image caption|Getty Images|via Getty)\b")
_LONG_CAPTION = 45  # words
_GENERATIONS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})
_BEING = frozenset({"is", "was", "remains", "remained", "became", "becomes"})
_LONG_ROLE = 14
_OBJECTS = {"him": "he", "her": "she"}


@dataclass(frozen=True, slots=True)
class Name:
    """One place where the reporter's own words name somebody.

    Attributes:
        span: the name, without title and role.
        words: its words; a given name alone has those of the full name that the article gives.
        role: what the phrase around it says the person is, or None.
        pronoun: "he", "she", "either" (a person), or "it" for an institution.
        sentence: the number of the sentence in the article.
        subject: whether it is the subject of its clause.
        main: whether it is the subject of its sentence.
        caption: whether it stands in a picture's caption, whose people "he" in the text does not mean.
        given: whether its pronoun follows from a listed given name that stands alone.
        joined: whether it stands beside another name with "and": of the two, the text says "they".
        acts_on: the pronoun of somebody else to whom the name does something: "Roe accused her".
    """

    span: Span
    words: tuple[str, ...]
    role: Span | None
    pronoun: str
    sentence: int
    paragraph: int
    subject: bool
    main: bool = False
    given: bool = False
    caption: bool = False
    joined: bool = False
    acts_on: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether all of the name's words stand in this place."""
        return self.span.end - self.span.start >= sum(map(len, self.words))


def read_names(
    text: str, narration: Narration, numbers: dict[int, int], paragraph: int, people: PeopleTable
) -> list[Name]:
    """Return the names outside quotations in a paragraph; `numbers` gives each word's sentence."""
    found = []
    word = 0
    caption = len(narration.words) <= _LONG_CAPTION and _CAPTION.search(text, narration.start, narration.end)
    while word < len(narration.words):
        if not narration.tags[word].startswith("NNP") or narration.quotation[word] >= 0:
            word += 1
            continue
        first = word
        while (step := _step_in_name(narration, word)) > 0:
            word += step
        name = _make_name(narration, first, word, numbers, paragraph, people)
        if name is not None:
            found.append(replace(name, caption=True) if caption else name)
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
    if (
        first
        and narration.words[first - 1][0].isupper()
        and narration.lower[first - 1] in people.given
        and not narration.tags[first - 1].startswith(("MD", "VB"))
    ):
        first -= 1  # a given name that was taken for another word
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
    behind = last  # of the name as it is shown; its words end before "Jr."
    while last > start and narration.lower[last] in _GENERATIONS:
        last -= 1
    words = tuple(_join_hyphens(narration, start, last))
    if not all(word[0].isupper() or word.lower() in _JOINERS for word in words) or len(words[-1]) < 2:
        return None
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        return None  # a headline in capitals
    head = behind
    lowers = {word.lower() for word in words}
    if (
        lowers & people.institutions
        or lowers & people.media_words
        or words[-1] in people.media_names
        or _names_thing(narration, first, start, words)
    ):
        pronoun = "it"
    elif pronoun == "either":
        pronoun = people.given.get(words[0].lower(), "either")
    role = _read_role(narration, first, start, head, people)
    if role is not None and pronoun == "either":
        for word in range(len(narration.words)):
            if role.start <= narration.spans[word].start and narration.spans[word].end <= role.end:
                pronoun = people.nouns.get(narration.lower[word], pronoun)
    top = head
    if narration.relations[head] in ("compound", "nmod", "amod") and (
        pronoun == "either" or people.is_role(narration.words[narration.heads[head]])
    ):
        pronoun = "it"  # "the Girls Trip star"
    while narration.relations[top] in ("appos", "conj") and narration.heads[top] != top:
        top = narration.heads[top]
    subject = narration.relations[top] in ("nsubj", "nsubjpass") and not any(
        narration.tags[word] == "WP" for word in narration.subtree(top) if word < start
    )  # "Roe - who has a son, John - slept"
    led = first > 0 and narration.lower[first - 1] in ("for", "to") and _opens(narration, first - 1, behind)
    return Name(
        span=Span(narration.spans[start].start, narration.spans[behind].end),
        words=words,
        role=role,
        pronoun=pronoun,
        sentence=numbers[first],
        paragraph=paragraph,
        subject=led or subject,
        main=led or (subject and narration.relations[narration.heads[top]] == "ROOT"),
        given=len(words) == 1 and words[0].lower() in people.given,
        joined=_is_joined(narration, head),
        acts_on=_find_object(narration, top) if subject else "",
    )


def _is_joined(narration: Narration, head: int) -> bool:
    """Whether a name is one of several that are joined by "and" or commas."""
    return any(
        narration.relations[word] == "conj"
        and narration.tags[word].startswith("NNP")
        and narration.tags[narration.heads[word]].startswith("NNP")
        for word in (head, *narration.children[head])
    )


def _find_object(narration: Narration, subject: int) -> str:
    """Return "he" or "she" where a subject does something to "him" or "her", else ""."""
    objects = [
        narration.lower[child]
        for child in narration.children[narration.heads[subject]]
        if child > subject and narration.relations[child] in ("dobj", "dative")
    ]
    return next((_OBJECTS[word] for word in objects if word in _OBJECTS), "")


def _names_thing(narration: Narration, first: int, start: int, words: Sequence[str]) -> bool:
    """Whether a name is an acronym, or has "the" before it and no title: "the Cherokee Nation"."""
    if len(words) == 1 and words[0].isupper():
        return True
    return start == first > 0 and narration.lower[start - 1] == "the"


def _opens(narration: Narration, first: int, last: int) -> bool:
    """Whether words open a sentence and a comma closes them: "For Jane Roe, …"."""
    behind = narration.words[last + 1] if last + 1 < len(narration.words) else ""
    return behind == "," and (first == 0 or narration.words[first - 1] in (".", "!", "?"))


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
    clause = next((at for at, word in enumerate(ahead) if narration.tags[word].startswith("W")), None)
    if (
        clause is not None
    ):  # "Roe - who has a son, John, and daughter Ada": of the last, no more than "daughter"
        joined = [at for at, word in enumerate(ahead) if narration.tags[word] in ("CC", ",") and at > clause]
        ahead = ahead[joined[-1] :] if joined else []
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
