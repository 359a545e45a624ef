"""Where a question names who says something, and of what: "What did *the mayor* say about *the strike*?".

Used by replacing.py and topics.py: a person of a follow-up takes a person's place, a thing that of a thing.
"""

from __future__ import annotations

import re

from index.datatypes import Span
from index.questions.lexicons import Lexicon, load_persons
from index.questions.wording import Kind, Wording, choose_lexicon

_MARKS = re.compile(r"[\s?!.…,;:]*(?:\? \(.+\))?$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def find_speaker(question: str) -> Span | None:
    """Return where a question names who says something, as a whole ("the mayor of Varn"); None where not."""
    match = choose_lexicon(question).speaking.search(_drop_end(question))
    return Span(*match.span(match.lastgroup or 0)) if match else None


def find_told(question: str) -> Span | None:
    """Return where a question names what is spoken of, behind "about": to its end; None where it does not."""
    match = choose_lexicon(question).telling.search(_drop_end(question))
    return Span(*match.span("what")) if match else None


def find_descriptions(text: str, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return where a text describes persons: "the mayor of Varn", "the minister's lawyer", "his mother"."""
    if not lexicon.definite:
        return ()
    definite, roles = "|".join(lexicon.definite | lexicon.possessive), "|".join(lexicon.roles)
    capital = r"(?-i:[^\W\d_a-z])[\w’'-]*"
    owner = rf"(?:(?:{definite})\s+|{capital}(?:\s+{capital})*['’]s\s+)"
    inner = r"(?!(?:and|or|of|to|in|that)\b)[\w-]+(?:['’]s)?\s+"
    place = rf"(?:\s+of\s+(?:the\s+)?{capital})?"
    pattern = rf"\b{owner}(?:{inner}){{0,3}}?(?:{roles})(?:\s+(?:{roles}))*\b(?!['’]s){place}"
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))


def is_personal(wording: Wording, fragment: str) -> bool:
    """Return whether a fragment without a name describes a person or people ("her lawyer", "the bakers")."""
    lexicon, persons = wording.lexicon, load_persons()
    words = [word.lower() for word in _WORD.findall(fragment)]
    ends = next((at for at, word in enumerate(words) if at and word in lexicon.places | {"of"}), len(words))
    head = words[ends - 1] if words else ""
    told = any(word.text == head and word.kind is Kind.ROLE for word in wording.words)
    return told or head in persons.groups or bool(lexicon.agents.search(head))


def _drop_end(question: str) -> str:
    """Return a question without its marks and what stands in brackets behind it; offsets are kept."""
    return _MARKS.sub("", question)
