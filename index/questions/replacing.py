"""A date, an outlet or a name of a follow-up put in the place of the one in the question before.

Used by followups.py for fragments: "and in January?", "what about the Courier?", "and the mayor?".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from index.datatypes import Span
from index.questions.antecedents import PERHAPS, is_modifier, list_people
from index.questions.date_ranges import find_dates
from index.questions.outlets import find_outlets
from index.questions.turns import Turn
from index.questions.wording import Kind, Wording, choose_lexicon, fold_words

BRACKETED = re.compile(r"\? \((?P<topic>.+)\)$", re.DOTALL)
"""What a completed question is about, as it stands behind its mark."""

MARKS = " ?!.…,;:"
"""Marks that a question or a piece of one may end with."""

_BEFORE_MONTH = "in "  # a month alone is known as one by what leads up to it
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOVING = re.compile(r"\b(?:today|tonight|yesterday|last|this|past|next|ago|\w+day)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What names and dates are recognised by, as in `parse_question`."""

    now: datetime
    outlets: tuple[str, ...] = ()
    aliases: Mapping[str, Sequence[str]] | None = None
    newest: date | None = None


def put_date(question: str, phrase: str, context: Context) -> str:
    """Put a date in the place of the question's one date, whose year stays, else at the end."""
    old = find_date_spans(question, context)
    if len(old) != 1:
        return _insert(question, phrase)
    replaced = question[slice(*old[0])]
    year = _YEAR.search(replaced)
    if year and not _YEAR.search(phrase) and not _MOVING.search(phrase):
        phrase = f"{phrase} {year.group()}"
    if _opens(phrase) or _MOVING.search(phrase) or not _opens(replaced):
        return question[: old[0].start] + phrase + question[old[0].end :]
    opening = replaced.split()[0]  # "in March", and then "January"
    return f"{question[: old[0].start]}{opening} {phrase}{question[old[0].end :]}"


def put_outlet(question: str, named: str, lead: str, context: Context) -> str:
    """Put an outlet in the place of the question's one outlet, else at its end.

    Args:
        named: the outlet as the fragment names it.
        lead: the same with the words that lead up to it ("according to TASS").
    """
    old = find_outlet_spans(question, context)
    if len(old) == 1:
        put = question[: old[0].start] + named + question[old[0].end :]
        return re.sub(r"\b(the) the\b", r"\1", put, flags=re.IGNORECASE)
    return _insert(question, lead) if _opens(lead) else _append(question, lead)


def put_name(question: str, fragment: str, wording: Wording, turn: Turn) -> str:
    """Put a name or a description in the place of the one that the question has of its kind.

    Args:
        question: `turn.question`, or that with another date or outlet.
        fragment: the words to put there, a part of `wording`.
    """
    lexicon = choose_lexicon(question)
    opening = fold_words(fragment).split(" ")[0]
    places = [
        Span(*match.span())
        for name in turn.names
        for match in re.finditer(rf"\b(?:{'|'.join(lexicon.places)})\s+{re.escape(name)}", question)
    ]
    if opening in lexicon.places | lexicon.opens:
        if len(places) == 1 and opening in lexicon.places:
            return question[: places[0].start] + fragment + question[places[0].end :]
        return _insert(question, fragment)
    target = _find_named(question, wording, turn)
    if target is None:
        return _append(question, fragment)
    return question[: target.start] + fragment + question[target.end :]


def _find_named(question: str, wording: Wording, turn: Turn) -> Span | None:
    """Return where the question before names what a fragment replaces: its one name, or its one person."""
    head = BRACKETED.sub("?", question)
    spans = {name: head.find(name) for name in turn.names if name in head and not is_modifier(name, head)}
    people = (one for one in list_people(turn) if one.likelihood >= PERHAPS)
    personal = [one.written for one in people if one.written in spans]
    role = _find_role(head)
    for_person = bool(wording.count(Kind.ROLE)) or (bool(wording.names) and len(spans) != 1)
    chosen = personal if for_person else list(spans)
    if len(chosen) == 1:
        return Span(spans[chosen[0]], spans[chosen[0]] + len(chosen[0]))
    return role if not chosen and (for_person or not spans) else None


def _find_role(text: str) -> Span | None:
    """Return the one description of a person ("the mayor") in a question."""
    lexicon = choose_lexicon(text)
    if not lexicon.definite:
        return None
    pattern = rf"\b(?:{'|'.join(lexicon.definite)}) (?:{'|'.join(lexicon.roles)})\b"
    found = [Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def bracket_topic(question: str, topic: str) -> str:
    """Return the question with what it is about behind it."""
    return f"{question.rstrip(MARKS)}? ({topic})" if topic else question


def _append(question: str, words: str) -> str:
    """Put words before what a question is said to be about, or behind it as that."""
    words = words.strip(MARKS)
    if bracketed := BRACKETED.search(question):
        return f"{question[: bracketed.start()]}? ({words}; {bracketed['topic']})"
    return bracket_topic(question, words)


def _insert(question: str, words: str) -> str:
    """Put words at the end of a question, before its mark."""
    bracketed = BRACKETED.search(question)
    head, tail = (
        (question[: bracketed.start()], question[bracketed.start() :]) if bracketed else (question, "?")
    )
    return f"{head.rstrip(MARKS)} {words.strip(MARKS)}{tail}"


def _opens(words: str) -> bool:
    lexicon = choose_lexicon(words)
    return fold_words(words).split(" ")[0] in lexicon.opens


def find_date_spans(text: str, context: Context) -> tuple[Span, ...]:
    """Return where a text names dates, with the words that bound them; a month may be all of the text."""
    found = find_dates(text, context.now, context.newest)
    alone = () if found else find_dates(_BEFORE_MONTH + text.rstrip(MARKS), context.now, context.newest)
    if alone and alone[0].end == len(_BEFORE_MONTH) + len(text.rstrip(MARKS)) and alone[0].start == 0:
        return (Span(0, alone[0].end - len(_BEFORE_MONTH)),)
    return tuple(Span(one.start, one.end) for one in found)


def find_outlet_spans(text: str, context: Context) -> tuple[Span, ...]:
    """Return where a text names outlets."""
    found = find_outlets(text, context.outlets, context.aliases or {})
    return tuple(Span(one.start, one.end) for one in found)
