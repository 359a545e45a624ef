"""Interviews: turns of two that alternate, by labels ("Nance: …") or as questions that are paragraphs alone.

`speech.attribution` asks here for whole paragraphs: an answer is a statement of who is interviewed, a
question is nobody's. Fewer than three answers, or a third voice, make no interview.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.datatypes import Span, Statement
from index.speech.cast import Cast
from index.speech.identities import give_full
from index.speech.naming import Name
from index.speech.people import load_people

LABELLED = 0.95
UNLABELLED = 0.85
"""Confidence of an answer. In 6,160 news articles the three interviews found had labels and the right speaker
throughout; without labels order alone tells: no more is claimed than a reply needs to name anybody."""

_FEWEST = 3  # answers
_FEW_TURNS = 4  # of questions without a label, with answers that have one
_LONG_QUESTION = 300  # code points
_LONG_LEAD = 8  # paragraphs
_LABEL = re.compile(r"(?P<label>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3}) ?: +(?=\S)")
_QUESTION_MARKS = ("?", "?”", '?"', "?’")
_ANSWERS = frozenset({"a", "answer"})
_OWN = re.compile(r"\bI\b(?!\.)|\b(?:me|my|My|[Ww]e|us|our|Our)\b")
_MARKED = re.compile(r"[“\"][^”\"]*[”\"]")
_MEETING = re.compile(
    r"\b(?:met|meets|spoke|speaks|talk(?:s|ed)|told|received|sat down|sits down|interview\w*|asked"
    r"|answer(?:s|ed)?|conversation|questions|caught up|chatted|joined)\b"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of an interview.

    Attributes:
        paragraph: the whole paragraph.
        content: what is said in it, without the label.
        label: where the label stands, without the colon; None where there is none.
        answer: whether it is of who is interviewed.
    """

    paragraph: Span
    content: Span
    label: Span | None
    answer: bool


@dataclass(frozen=True, slots=True)
class Interview:
    """The turns of an interview, in order, and the paragraphs before them that hold whole sentences."""

    turns: tuple[Turn, ...]
    lead: tuple[Span, ...]


def find_interview(text: str, paragraphs: Sequence[Span]) -> Interview | None:
    """Return the interview of an article, None where it holds none or it is not plain who asks.

    Explainers in questions and answers have the form of an interview without labels, but "I" and "we" in few
    answers, and nobody whom the lead tells to have been met (`find_interviewed`).
    """
    return (
        _find_labelled(text, paragraphs)
        or _find_answered(text, paragraphs)
        or _find_unlabelled(text, paragraphs)
    )


def find_interviewed(interview: Interview, cast: Cast) -> Name | None:
    """Return who answers: whom the label names, or the one person of the lead; None where nobody is.

    Args:
        cast: of the lead.
    """
    labels = {cast.text[slice(*turn.label)] for turn in interview.turns if turn.answer and turn.label}
    if labels and not {label.lower() for label in labels} & _ANSWERS:
        words = next(iter(labels)).split()
        full = cast.find_full(words)
        given = next((name for name in cast.names if name.words[0] == words[0] and len(words) == 1), None)
        return full or given
    lead = [name for name in cast.names if len(name.words) > 1 and name.pronoun != "it"]
    people = {name.words: name for name in reversed(lead)}
    if len(people) != 1 or not any(_MEETING.search(cast.text, *span) for span in interview.lead):
        return None
    return next(iter(people.values()))


def state_answers(
    text: str, interview: Interview, person: Name | None, cast: Cast, article: str
) -> list[Statement]:
    """Return the answers as statements of who is interviewed; none where nothing names anybody.

    Args:
        person: who is interviewed, as the lead names him or her; None where the label alone does.
        cast: of the lead.
        article: its id.
    """
    identity = give_full(cast, person) if person is not None else None
    stated = []
    for turn in interview.turns:
        named = turn.label is not None and text[slice(*turn.label)].lower() not in _ANSWERS
        mention = turn.label if named else person.span if person is not None else None
        if turn.answer and mention is not None:
            name = identity.name if identity is not None else text[slice(*mention)]
            role = identity.role if identity is not None else None
            cue = _find_colon(text, turn.label) if turn.label is not None else None
            sure = UNLABELLED if cue is None else LABELLED
            stated.append(Statement(article, (turn.content,), cue, mention, name, role, confidence=sure))
    return stated


def _find_labelled(text: str, paragraphs: Sequence[Span]) -> Interview | None:
    labelled = [
        (paragraph, match)
        for paragraph in paragraphs
        if (match := _LABEL.match(text, *paragraph)) is not None
    ]
    labels = [match.group("label") for _, match in labelled]
    if len(set(labels)) != 2 or any(one == other for one, other in pairwise(labels)):
        return None
    asking = labels[0]
    asked = [
        _asks(text, paragraph)
        for (paragraph, _), label in zip(labelled, labels, strict=True)
        if label == asking
    ]
    answered = [
        _asks(text, paragraph)
        for (paragraph, _), label in zip(labelled, labels, strict=True)
        if label != asking
    ]
    often = 2 * sum(asked) > len(asked) or (3 * sum(asked) >= len(asked) and not any(answered))
    if len(answered) < _FEWEST or not often or 3 * sum(answered) > len(answered):
        return None
    turns = tuple(
        Turn(paragraph, Span(match.end(), paragraph.end), Span(*match.span("label")), label != asking)
        for (paragraph, match), label in zip(labelled, labels, strict=True)
    )
    return Interview(turns, _find_lead(text, paragraphs, turns[0]))


def _find_answered(text: str, paragraphs: Sequence[Span]) -> Interview | None:
    """Read paragraphs under somebody's full name, each right behind a question.

    One answer is enough where the question has a label too.
    """
    turns: list[Turn] = []
    names: set[str] = set()
    for above, paragraph in pairwise(paragraphs):
        match = _LABEL.match(text, *paragraph)
        if match is None or _asks(text, paragraph):
            continue
        label = match.group("label")
        if " " not in label or not _asks(text, above) or above.end - above.start > _LONG_QUESTION:
            continue
        led = _LABEL.match(text, *above)
        if label not in names and not _is_named(text, label, paragraph.start):
            continue
        names.add(label)
        asked = Span(led.end() if led else above.start, above.end)
        turns.append(Turn(above, asked, Span(*led.span("label")) if led else None, answer=False))
        turns.append(
            Turn(paragraph, Span(match.end(), paragraph.end), Span(*match.span("label")), answer=True)
        )
    asking = any(turn.label is not None for turn in turns if not turn.answer)
    if len(names) != 1 or (len(turns) < _FEW_TURNS and not asking):
        return None
    return Interview(tuple(turns), _find_lead(text, paragraphs, turns[0]))


def _is_named(text: str, label: str, start: int) -> bool:
    """Whether a label names a person: by its given name, or because the text has it above."""
    return label.split(maxsplit=1)[0].lower() in load_people().given or text.find(label, 0, start) >= 0


def _find_unlabelled(text: str, paragraphs: Sequence[Span]) -> Interview | None:
    """Read every second paragraph as a question, from the first to the last that ends as one."""
    questions = [
        place
        for place, paragraph in enumerate(paragraphs)
        if _asks(text, paragraph) and paragraph.end - paragraph.start <= _LONG_QUESTION
    ]
    if len(questions) < _FEWEST or questions[-1] + 1 >= len(paragraphs) or not questions[0]:
        return None
    first, last = questions[0], questions[-1] + 1
    if any((place - first) % 2 for place in questions) or 2 * len(questions) <= (last - first + 1) // 2:
        return None
    turns = tuple(
        Turn(paragraphs[place], paragraphs[place], None, bool((place - first) % 2))
        for place in range(first, last + 1)
    )
    long = any(
        not turn.answer and turn.paragraph.end - turn.paragraph.start > _LONG_QUESTION for turn in turns
    )
    own = [_speaks_of_self(text, turn.paragraph) for turn in turns if turn.answer]
    return (
        None if long or 2 * sum(own) < len(own) else Interview(turns, _find_lead(text, paragraphs, turns[0]))
    )


def _find_lead(text: str, paragraphs: Sequence[Span], turn: Turn) -> tuple[Span, ...]:
    """Return the paragraphs before the first turn that end as sentences do: no bylines, no headings."""
    before = (paragraph for paragraph in paragraphs if paragraph.end <= turn.paragraph.start)
    return tuple(span for span in before if text[span.end - 1] in '.!?”"’')[-_LONG_LEAD:]


def _speaks_of_self(text: str, paragraph: Span) -> bool:
    """Whether somebody says "I" or "we" outside quotation marks, as explainers do not."""
    return _OWN.search(_MARKED.sub(" ", text[slice(*paragraph)])) is not None


def _find_colon(text: str, label: Span) -> Span:
    """Return where the colon behind a label stands, the cue of what follows."""
    at = text.index(":", label.end)
    return Span(at, at + 1)


def _asks(text: str, paragraph: Span) -> bool:
    return text[slice(*paragraph)].endswith(_QUESTION_MARKS)
