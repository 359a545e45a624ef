"""Transcripts of broadcasts: turns of several people under their names in capitals ("STROOM (on tape): …").

`speech.attribution` asks here where a text is no interview of two. Whoever presents or reports speaks for
the programme: those turns stay the reporter's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.datatypes import Span, Statement
from index.speech.people import load_people

TRANSCRIBED = 0.95
"""Confidence of a turn: its label says who speaks."""

_MADE = 0.3  # confidence of a speaker whom only a label made
_FEWEST = 4  # turns
_FEWEST_NAMES, _MOST_NAMES = 2, 12
_TURNS_EACH = 1.5  # on the average
_SHORTEST = 3  # letters of a last name
_MOST_WORDS = 4  # of a name
_ASKING = 0.25  # share of the turns of whoever asks that are questions
_LABEL = re.compile(
    r"(?P<name>[^\W\d_a-z][^\s:,()]*(?: [^\W\d_a-z][^\s:,()]*){0,3})(?P<what>, [^:()\n]{2,80})?"
    r"(?: ?\([^)\n]{2,40}\))? ?: +(?=\S)"
)
_PRESENTING = re.compile(
    r"\b(?:presenter|presented by|host|hosted by|anchor|moderator|correspondent|reporter|interviewer)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    ["q", "a", "question", "answer", "update", "correction", "note", "watch", "read", "more", "live"]
)
_NEAR = 40  # code points before a name in which the text says that its owner presents


@dataclass(frozen=True, slots=True)
class Speech:
    """One labelled paragraph of a transcript.

    Attributes:
        paragraph: the whole paragraph.
        content: what is said in it.
        label: the name in its label.
        presents: whether it is of who presents or reports.
    """

    paragraph: Span
    content: Span
    label: Span
    presents: bool


def find_transcript(text: str, paragraphs: Sequence[Span]) -> tuple[Speech, ...]:
    """Return the turns of a transcript in order; () where most paragraphs are under nobody's name."""
    labelled = [
        (paragraph, match)
        for paragraph in paragraphs
        if (match := _LABEL.match(text, *paragraph)) is not None and _names(match["name"])
    ]
    last_names = Counter(_last(match["name"]) for _, match in labelled)
    few = len(labelled) < _FEWEST or len(last_names) < _FEWEST_NAMES or 2 * len(labelled) < len(paragraphs)
    if few or len(last_names) > _MOST_NAMES or len(labelled) < _TURNS_EACH * len(last_names):
        return ()  # lists of teams have headings in capitals too
    asked = Counter(
        _last(match["name"]) for paragraph, match in labelled if text[slice(*paragraph)].endswith("?")
    )
    asking = {name for name, count in asked.most_common(1) if count >= _ASKING * last_names[name]}
    presenting = asking | {
        _last(match["name"]) for _, match in labelled if match["what"] and _PRESENTING.search(match["what"])
    }
    presenting |= {name for name in last_names if _is_presenter(text, name)}
    return tuple(
        Speech(
            paragraph,
            Span(match.end(), paragraph.end),
            Span(*match.span("name")),
            _last(match["name"]) in presenting,
        )
        for paragraph, match in labelled
    )


def state_speeches(text: str, speeches: Sequence[Speech], article: str) -> list[Statement]:
    """Return the turns of those who do not present as statements of them, under the fullest name given."""
    stated = []
    for speech in speeches:
        if not speech.presents:
            colon = text.rindex(":", speech.label.end, speech.content.start)
            name = _find_full(text, text[slice(*speech.label)], speeches)
            stated.append(
                Statement(
                    article,
                    (speech.content,),
                    Span(colon, colon + 1),
                    speech.label,
                    name,
                    confidence=TRANSCRIBED,
                )
            )
    return stated


def disown_labels(told: Sequence[Statement], text: str, speeches: Sequence[Speech]) -> tuple[Statement, ...]:
    """Return statements without those speakers whom only a label of a transcript made.

    A presenter does not own the pronouns of his report, and a label is nobody's words.
    """
    labels = [speech.label for speech in speeches]
    starts = {speech.label.start: speech.content.start for speech in speeches}
    presenters = {_last(text[slice(*speech.label)]) for speech in speeches if speech.presents}

    def is_made(one: Statement) -> bool:
        named = one.name is not None and _last(one.name) in presenters
        pointed = one.speaker is not None and text[slice(*one.speaker)] != one.name
        return (named and pointed) or any(span in labels for span in one.content)

    def cut(one: Statement) -> Statement:
        spans = tuple(Span(starts.get(span.start, span.start), span.end) for span in one.content)
        return one if spans == one.content else replace(one, content=spans)

    return tuple(
        replace(one, name=None, role=None, confidence=min(one.confidence, _MADE))
        if is_made(one)
        else cut(one)
        for one in told
    )


def _names(label: str) -> bool:
    words = label.split()
    named = label.isupper() and len(words) <= _MOST_WORDS and len(words[-1]) >= _SHORTEST
    return named and _NO_NAME.isdisjoint(label.lower().split())


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower()


def _is_presenter(text: str, name: str) -> bool:
    """Whether the text says outside the labels that somebody presents ("our reporter Femi Larch")."""
    return any(
        _PRESENTING.search(text, max(0, match.start() - _NEAR), match.start())
        for match in re.finditer(rf"\b{re.escape(name.capitalize())}\b", text)
    )


def _find_full(text: str, label: str, speeches: Sequence[Speech]) -> str:
    """Return the name that the text gives whom a label names, as it writes it, else the fullest label."""
    last = label.rsplit(maxsplit=1)[-1]
    people = load_people()
    written = rf"((?:[^\W\d_a-z][\w’'-]+ ){{1,3}}){re.escape(last.title())}\b"
    for match in re.finditer(written, text):
        given = [word for word in match.group(1).split() if word.lower() not in people.titles]
        while given and given[0].lower() not in people.given and len(given) > 1:
            given.pop(0)
        full = " ".join([*given, last.title()])
        if given and not given[0].isupper() and full in match.group():
            return full
    labels = (text[slice(*speech.label)] for speech in speeches)
    return max((one for one in labels if one.split()[-1] == last), key=len)
