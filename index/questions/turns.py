"""Turns of a conversation: what was asked and what answered it, as far as a later question may refer to it.

The bot keeps them and hands them back with the next question; followups.py completes that from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.answers import Answer, NoAnswer, Quote
from index.questions.lexicons import load_persons

QUOTES_READ = 3
"""Quotes of an answer that a later question can refer to."""

_MAX_NAMES = 12
_WHO = re.compile(r"\W*(?:and |so |but )?who\b", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*)+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody whom an answer quotes.

    Attributes:
        name: name or description, from the report ("Ilse Brandt", "a fireman").
        role: what the report says the speaker is, or "".
        pronoun: "he", "she" or "they" where the report's words tell, else "".
    """

    name: str
    role: str = ""
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what a later one may take from it; its dates and outlets stand in its words.

    Attributes:
        question: as it was understood, itself completed where it was a follow-up; "" where there was none.
        names: names in the question.
        speakers: of the first quotes, best first, each once.
        mentioned: full names in the first quotes.
        headlines: headlines of the first quotes, or the words that a reply is about.
        answered: whether the reports answered it.
        sure: whether they did so without a word of doubt.
        told: full names that answer a question for who, in bold in the first quote.
    """

    question: str
    names: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    mentioned: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    answered: bool = True
    sure: bool = True
    told: tuple[str, ...] = ()


def make_turn(result: Answer | NoAnswer) -> Turn:
    """Return the turn of a question and its outcome."""
    quotes = result.quotes[:QUOTES_READ] if isinstance(result, Answer) else ()
    return Turn(
        question=result.question.understood,
        names=result.question.people,
        speakers=tuple(dict.fromkeys(_name_speakers(quotes))),
        mentioned=find_full_names(" ".join(quote.text for quote in quotes)),
        headlines=tuple(dict.fromkeys(quote.citation.title for quote in quotes)),
        answered=isinstance(result, Answer),
        sure=isinstance(result, Answer) and result.sure,
        told=_list_told(result.question.understood, quotes),
    )


def turn_about(text: str) -> Turn:
    """Return the turn that words without a question make: a message that somebody replies to."""
    return Turn(question="", mentioned=find_full_names(text), headlines=(text,))


def pronoun_of(name: str, role: str = "", mention: str = "") -> str:
    """Return the pronoun that stands for a speaker where the words tell: "he", "she", "they", else ""."""
    persons = load_persons()
    mentioned = mention.lower()
    if mentioned in {"he", "she", "they"}:
        return mentioned
    words = {word.lower() for word in _WORDS.findall(f"{name} {role}")}
    own = {word.lower() for word in _WORDS.findall(name)}
    if words & persons.masculine:
        return "he"
    if words & persons.feminine:
        return "she"
    if own & persons.groups:
        return "they"
    first = name.split(" ", maxsplit=1)[0]
    if first.islower() or name == first:  # a surname alone, or a description
        return ""
    return "he" if first.lower() in persons.men else "she" if first.lower() in persons.women else ""


def find_full_names(text: str) -> tuple[str, ...]:
    """Return runs of two or more capitalised words, each once, at most twelve."""
    found: list[str] = []
    for match in _RUN.finditer(text):
        for capital, words in groupby(match.group().split(" "), key=lambda word: word[0].isupper()):
            run = [re.sub(r"['’]s$", "", word) for word in words]
            if capital and len(run) > 1:
                found.append(" ".join(run))
    return tuple(dict.fromkeys(found))[:_MAX_NAMES]


def _list_told(question: str, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the full names that answer a question for who: those in bold in the first quote."""
    if not quotes or not _WHO.match(question):
        return ()
    first = quotes[0]
    bold = (first.text[slice(*span)] for span in first.highlights)
    return tuple(name for words in bold for name in find_full_names(words) if name == words)


def _name_speakers(quotes: Sequence[Quote]) -> Iterator[Speaker]:
    for quote in quotes:
        if quote.speaker:
            role = quote.role or ""
            yield Speaker(quote.speaker, role, pronoun_of(quote.speaker, role, quote.mention or ""))
