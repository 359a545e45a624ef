"""Names of people and bodies in a parsed paragraph, with the roles that their phrases give them.

`speech.cast` gathers those of an article.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from index.datatypes import Span
from index.speech.cues import load_cues
from index.speech.name_roles import read_role
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
_SUFFIXES = frozenset(
    {"jr", "jr.", "sr", "sr.", "ii", "iii", "kc", "qc", "obe", "cbe", "mbe", "phd", "esq", "esq."}
)
_HYPHEN = re.compile("[-‑]")
_SAINTS = frozenset({"san", "santa", "saint", "sainte", "st", "st."})
_HYPHENS = frozenset({"-", "‑"})
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
    text: str,
    narration: Narration,
    numbers: dict[int, int],
    paragraph: int,
    people: PeopleTable,
    known: Collection[str] = (),
) -> list[Name]:
    """Return the names outside quotations in a paragraph.

    Args:
        text: the article.
        narration: the paragraph.
        numbers: the sentence of each word.
        paragraph: the paragraph's number.
        people: the table of words about people.
        known: words that are names in the article, whatever the parser takes them for here.
    """
    found = []
    word = 0
    caption = len(narration.words) <= _LONG_CAPTION and _CAPTION.search(text, narration.start, narration.end)
    while word < len(narration.words):
        named = narration.tags[word].startswith("NNP") or narration.words[word] in known
        if not named or narration.quotation[word] >= 0:
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
            narration.words[word + 1] in _HYPHENS
            and narration.spans[word].end == narration.spans[word + 1].start
        ):
            return 2
    return 0


def _make_name(
    narration: Narration, first: int, last: int, numbers: dict[int, int], paragraph: int, people: PeopleTable
) -> Name | None:
    if first and _is_given(narration, first - 1, people):
        first -= 1  # a given name that was taken for another word
    start = first
    pronoun = "either"
    while start < last and (narration.lower[start] in LEADS or _is_opening_cue(narration, start)):
        start += 1
    for word in range(first, last):
        title = people.titles.get(narration.lower[word])
        if title is not None and not _is_adjective(narration, first, word, last, people):
            start = word + 1
            pronoun = title if title != "either" else pronoun
    while last - start > 1 and narration.words[start].isupper() and len(narration.words[start]) > 2:
        start += 1  # "NATO Jane Roe"
    for word in range(start + 1, last):
        before = narration.lower[word - 1]
        if before in people.given or before in _HYPHENS or before in _SAINTS:
            continue
        if narration.lower[word] in people.given:
            start = word  # "Director of Content Jane Roe"
            break
    office = None
    if first > 1 and narration.lower[first - 1] == "of":
        while last - start > 1 and narration.lower[start] in people.departments:
            start += 1  # "Minister of Culture Jane Roe"
        skipped = narration.lower[first:start]
        if skipped and people.departments.issuperset(skipped) and people.is_role(narration.words[first - 2]):
            office = Span(narration.spans[first - 2].start, narration.spans[start - 1].end)
    behind = last  # of the name as it is shown; its words end before "Jr." and "KC"
    while last > start and narration.lower[last] in _SUFFIXES:
        last -= 1
    words = tuple(_join_hyphens(narration, start, last))
    if not all(word[0].isupper() or word.lower() in _JOINERS for word in words) or len(words[-1]) < 2:
        return None
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        return None  # a headline in capitals
    head = behind
    lowers = {word.lower().rstrip(".") for word in words}
    if len(words) > 1 and words[0].lower() in people.given:
        lowers.discard(words[0].lower())  # "Bill Roe"
        lowers -= people.surnames if len(words) == 2 else set()
    if (
        lowers & people.institutions
        or lowers & people.media_words
        or words[-1] in people.media_names
        or (pronoun == "either" and lowers & people.places and words[0].lower() not in people.given)
        or (pronoun == "either" and len(words) > 1 and words[0].lower() in _SAINTS)
        or _names_thing(narration, first, start, words)
    ):
        pronoun = "it"
    elif pronoun == "either":
        pronoun = people.given.get(_HYPHEN.split(words[0].lower())[0], "either")
    role = read_role(narration, first, start, head, people) or office
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
    modal = narration.relations[top] == "aux" and narration.tags[narration.heads[top]] in ("VBD", "VBZ")
    subject = (modal or narration.relations[top] in ("nsubj", "nsubjpass")) and not any(
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


def _is_opening_cue(narration: Narration, word: int) -> bool:
    """Whether a word is a verb with a capital because its sentence begins there: "Praising Roe, she said"."""
    begins = word == 0 or narration.words[word - 1] in (".", "!", "?")
    return (
        begins
        and narration.lower[word].endswith("ing")
        and load_cues().find_verb(narration.words[word]) is not None
    )


def _is_given(narration: Narration, word: int, people: PeopleTable) -> bool:
    """Whether a word with a capital is a given name, which the parser took for something else.

    "Will Roe testified." and "her lawyer Can Roe" hold no verb before the last name.
    """
    if not narration.words[word][0].isupper() or narration.quotation[word] >= 0:
        return False
    verb = narration.tags[word].startswith(("MD", "VB"))
    if verb and narration.lower[word + 1] in people.given and _asks(narration, word):
        return False  # "Will Jane Roe go?"
    if verb and word > 0 and narration.words[word - 1].islower():
        return narration.is_noun(word - 1)
    return narration.lower[word] in people.given


def _asks(narration: Narration, word: int) -> bool:
    """Whether a word begins a question."""
    if word and narration.words[word - 1] not in (".", "!", "?"):
        return False
    ends = (each for each in narration.words[word:] if each in (".", "!", "?"))
    return next(ends, "") == "?"


def _is_adjective(narration: Narration, first: int, word: int, last: int, people: PeopleTable) -> bool:
    """Whether a word that may be a title only tells of a noun: "the General Staff", "Major Crimes Unit"."""
    if word > first or narration.lower[word] not in people.adjectives:
        return False
    if word < last and narration.lower[word + 1] in people.institutions:
        return True
    named = word < last and narration.lower[word + 1] in people.given
    return first > 0 and narration.lower[first - 1] == "the" and not named


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
        if narration.words[word] in _HYPHENS and words:
            words[-1] += "-"
            joined = True
        elif joined:
            words[-1] += narration.words[word]
            joined = False
        else:
            words.append(narration.words[word])
    return words
