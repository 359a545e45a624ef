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
from index.questions.lexicons import Lexicon
from index.questions.outlets import find_outlets
from index.questions.speaking import find_descriptions, find_speaker, find_told, is_personal
from index.questions.turns import Turn
from index.questions.wording import Wording, choose_lexicon, fold_words

BRACKETED = re.compile(r"\? \((?P<topic>.+)\)$", re.DOTALL)
"""What a completed question is about, as it stands behind its mark."""

MARKS = " ?!.…,;:"
"""Marks that a question or a piece of one may end with."""

_BEFORE_MONTH = "in "  # a month alone is known as one by what leads up to it
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LAST_WORD = re.compile(r"\w+(?=\s*$)")
_DEFINITE = ("the ", "his ", "her ", "their ", "its ")
_PLURAL = re.compile(r"(?<![sui])s$|\b(?:police|people|children|men|women)$", re.IGNORECASE)
_CLAUSES = frozenset({"that", "whether", "if"})
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


def put_name(question: str, fragment: str, wording: Wording, turn: Turn, context: Context) -> str | None:
    """Put a name or a description in the place of the one that the question has of its kind.

    A person takes the place of a person, a thing that of what is spoken of, a name also that of the only
    name. None where the question has no such place: what stands elsewhere in it is never taken for one.

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
    target = _find_target(question, fragment, wording, turn, context)
    if target is None:
        return None
    return _agree(question[: target.start], fragment, lexicon) + fragment + question[target.end :]


def _agree(before: str, fragment: str, lexicon: Lexicon) -> str:
    """Return the words before a description with their last one as its number wants: "do the police"."""
    match = _LAST_WORD.search(before)
    if match is None or not fragment.lower().startswith(_DEFINITE) or not lexicon.agreement:
        return before
    plural = bool(_PLURAL.search(fragment))
    for one, many in lexicon.agreement:
        if match.group() in (one, many):
            return before[: match.start()] + (many if plural else one) + before[match.end() :]
    return before


def _find_target(question: str, fragment: str, wording: Wording, turn: Turn, context: Context) -> Span | None:
    """Return where the question before names what a fragment replaces."""
    head = BRACKETED.sub("?", question)
    described = is_personal(wording, fragment)
    outlets = find_outlet_spans(head, context)
    if described or wording.names or _is_bare_name(fragment):
        speaker = find_speaker(head)
        if speaker and not any(speaker.start <= outlet.start < speaker.end for outlet in outlets):
            return _spare_place(head, speaker, fragment)
    if described:
        return _find_person(head, turn)
    if wording.names:
        return _find_named(head, turn)
    told = find_told(head)
    if told is None:
        return None
    bounds = [span.start for span in (*outlets, *find_date_spans(head, context)) if span.start > told.start]
    words = head[told.start : min([told.end, *bounds])].rstrip(MARKS)
    return Span(told.start, told.start + len(words)) if words else None


def _is_bare_name(fragment: str) -> bool:
    """Return whether a fragment is a word that names somebody as it stands: "and apple?", not "eggs"."""
    return fragment.isalpha() and not fragment.endswith("s") and choose_lexicon(fragment).name == "english"


def _spare_place(head: str, speaker: Span, fragment: str) -> Span:
    """Return the span without the place of "the mayor of Varn" where the fragment names none."""
    place = re.search(r" (?:of|de) [^\W\d_a-z][\w ’'-]*$", head[slice(*speaker)])
    return Span(speaker.start, speaker.start + place.start()) if place and fragment.islower() else speaker


def _find_named(head: str, turn: Turn) -> Span | None:
    """Return where a question has its one name, or the one of a person; else its one description of one."""
    spans = _place_names(head, turn)
    people = (one for one in list_people(turn) if one.likelihood >= PERHAPS)
    chosen = list(spans) if len(spans) == 1 else [one.written for one in people if one.written in spans]
    if len(chosen) == 1:
        return spans[chosen[0]]
    described = find_descriptions(head, choose_lexicon(head))
    return described[0] if not chosen and len(described) == 1 else None


def _find_person(head: str, turn: Turn) -> Span | None:
    """Return where a question speaks of who does or did something: right behind what begins a clause.

    What is done to somebody ("who shot the driver?") is not asked of the police by "and the police?".
    """
    lexicon = choose_lexicon(head)
    spans = _place_names(head, turn)
    people = (one.written for one in list_people(turn) if one.likelihood >= PERHAPS and one.written in spans)
    found = (*find_descriptions(head, lexicon), *(spans[name] for name in people))
    openers = lexicon.auxiliaries | _CLAUSES
    acting = [span for span in found if openers.intersection(head[: span.start].lower().split()[-1:])]
    return acting[0] if len(acting) == 1 else None


def _place_names(head: str, turn: Turn) -> dict[str, Span]:
    return {
        name: Span(at, at + len(name))
        for name in turn.names
        if (at := head.find(name)) >= 0 and not is_modifier(name, head)
    }


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
