"""Roles beside names: what the phrase around a name says that somebody is, "the mayor of Sellmar, Jane Roe".

`speech.naming` asks for the role of each name that it reads.
"""

from __future__ import annotations

from index.datatypes import Span
from index.speech.cues import load_cues
from index.speech.narration import Narration
from index.speech.people import PeopleTable
from index.speech.speakers import OPENING

_LONG_ROLE = 14  # words
_BEING = frozenset({"is", "was", "remains", "remained", "became", "becomes"})


def read_role(narration: Narration, first: int, start: int, head: int, people: PeopleTable) -> Span | None:
    """Return what a name's phrase says that somebody is: a noun phrase whose head is a role, or None.

    It stands beside the name between commas, before it, or behind "is" or "remains".
    """
    for child in () if _is_addressed(narration, head) else narration.children[head]:
        if child > head and narration.relations[child] == "appos" and _is_role(narration, child, people):
            words = _skip_quoted(narration, child)
            if words and words[0] > head:
                return narration.locate(_cut_clause(narration, words))
    if narration.relations[head] == "appos":
        noun = narration.heads[head]
        while noun < first and narration.relations[noun] == "pobj" and not _is_role(narration, noun, people):
            above = narration.heads[narration.heads[noun]]  # "the mayor of Sellmar, Jane Roe"
            if not narration.is_noun(above) or above > noun:
                break
            noun = above
        if noun < first and _is_role(narration, noun, people):
            own = set(narration.subtree(head))
            words = [word for word in narration.subtree(noun) if word < first and word not in own]
            if words:
                return narration.locate(_cut_clause(narration, words))
    ahead = [word for word in narration.subtree(head) if word < start]
    clause = next((at for at, word in enumerate(ahead) if narration.tags[word].startswith("W")), None)
    if (
        clause is not None
    ):  # "Roe - who has a son, John, and daughter Ada": of the last, no more than "daughter"
        joined = [at for at, word in enumerate(ahead) if narration.tags[word] in ("CC", ",") and at > clause]
        ahead = ahead[joined[-1] :] if joined else []
    quoted = [at for at, word in enumerate(ahead) if narration.quotation[word] >= 0]
    if quoted:  # "“Who?” asked councillor Jane Roe", read as one phrase
        ahead = ahead[quoted[-1] + 1 :]
        while ahead and load_cues().find_verb(narration.lower[ahead[0]]):
            ahead.pop(0)
    while ahead and narration.tags[ahead[0]] in ("DT", "CC", ",", "IN", "VBD"):
        ahead.pop(0)
    beside = bool(ahead) and ahead[-1] == start - 1
    while beside and ahead and narration.lower[ahead[-1]] in people.honorifics:
        ahead.pop()
    if beside and ahead and _is_kind(narration, ahead[-1], people):
        run = next((at for at in range(len(ahead) - 1, 0, -1) if ahead[at - 1] != ahead[at] - 1), 0)
        return narration.locate(ahead[run:])
    return _read_complement(narration, head, people)


def _is_addressed(narration: Narration, head: int) -> bool:
    """Whether a name is whom or where: "Speaking to Halyard, the mayor said", "In Varn, the mayor said"."""
    to = narration.heads[head]
    verb = narration.heads[to]
    if narration.relations[head] != "pobj":
        return False
    return narration.lower[to] == "in" or (narration.lower[verb] in OPENING and verb < to < head)


def _is_role(narration: Narration, word: int, people: PeopleTable) -> bool:
    """Whether a word beside a name is a role, and no name that ends like one: "Roe, *Ehrlichman*"."""
    lower = narration.lower[word]
    if not people.is_role(lower):
        return False
    in_name = narration.words[word][0].isupper() and word > 0 and narration.words[word - 1].istitle()
    return not in_name or lower in people.roles or lower in people.titles or lower in people.nouns


def _is_kind(narration: Narration, word: int, people: PeopleTable) -> bool:
    """Whether a word before a name is a role: not "the *Augustinian* Vocations", which only ends like one."""
    lower = narration.lower[word]
    if not people.is_role(lower) or narration.lower[word - 1] != "the" or not narration.words[word].istitle():
        return people.is_role(lower)
    return lower in people.roles or lower in people.titles or lower in people.nouns or lower in people.persons


def _skip_quoted(narration: Narration, noun: int) -> list[int]:
    """Return the words of a noun's phrase outside quotations, from behind one: "a “bold” *lawyer*"."""
    words = narration.subtree(noun)
    quoted = [word for word in words if word < noun and narration.quotation[word] >= 0]
    first = max(quoted, default=-1)
    return [word for word in words if word > first and narration.quotation[word] < 0]


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
            return narration.locate(_cut_clause(narration, words)) if words else None
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
    while len(words) > 1 and (
        not narration.words[words[-1]][0].isalnum() or narration.tags[words[-1]] in ("IN", "DT")
    ):
        words = words[:-1]
    return words


def cut_article(role: str) -> str:
    """Return a role without the article before it: "the mayor of Kherson" is the role "mayor of Kherson"."""
    first, _, rest = role.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else role
