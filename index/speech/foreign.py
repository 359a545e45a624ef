"""Statements in a language that the parser does not speak: quotations with a known cue beside them.

`speech.attribution` turns here where a text does not fit its parser. Nothing is guessed: a quotation without
a cue from the table is left alone, and only a name of two words or more beside the cue is a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.datatypes import Label, Span, Statement
from index.speech.cues import CueTable
from index.speech.parsing import Parser
from index.speech.quotations import Quotation

# A quotation in a text that nobody parsed is never sure enough to be shown with a speaker.
CONFIDENCE = 0.5
_LEAST_SHARE = 0.18
_LEAST_WORDS = 25
_SAMPLE = 4000
_REACH = 160
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME = r"[^\W\d_a-zа-яіїєґß-ÿ][\w’'.-]+(?:\s+(?:de|von|van|di|del|la)\s+)?"
_STOP = re.compile(r"[.!?…]\s|\n")


def fits_parser(text: str, parser: Parser) -> bool:
    """Whether a text is in the parser's language, by the share of its function words; short texts are."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    known = parser.function_words
    if len(words) < _LEAST_WORDS or not known:
        return True
    return sum(word in known for word in words) >= _LEAST_SHARE * len(words)


def attribute_foreign(
    text: str, quotations: Sequence[Quotation], cues: CueTable, article: str
) -> tuple[Statement, ...]:
    """Return a statement for each outermost quotation with a cue of the table in its sentence."""
    found = []
    outer = [quotation for quotation in quotations if quotation.depth == 0 and quotation.closed]
    for position, quotation in enumerate(outer):
        low = outer[position - 1].end if position else 0
        high = outer[position + 1].start if position + 1 < len(outer) else len(text)
        cue = _find_cue(text, quotation, low, high, cues)
        if cue is None:
            continue
        speaker = _find_name(text, cue, low, high, quotation)
        found.append(
            Statement(
                article=article,
                content=(Span(quotation.start, quotation.end),),
                cue=cue,
                speaker=speaker,
                name=text[speaker.start : speaker.end] if speaker is not None else None,
                label=Label.STATED,
                confidence=CONFIDENCE,
            )
        )
    return tuple(found)


def _find_cue(text: str, quotation: Quotation, low: int, high: int, cues: CueTable) -> Span | None:
    """Return the nearest cue behind a quotation in its sentence, else before it."""
    behind = text[quotation.end : min(high, quotation.end + _REACH)]
    stop = _STOP.search(behind)
    for match in _WORD.finditer(behind, 0, stop.start() + 1 if stop else len(behind)):
        if match.group().lower() in cues.foreign:
            return Span(quotation.end + match.start(), quotation.end + match.end())
    start = max(low, quotation.start - _REACH)
    before = text[start : quotation.start]
    stops = [match.end() for match in _STOP.finditer(before)]
    for match in reversed(list(_WORD.finditer(before, stops[-1] if stops else 0))):
        if match.group().lower() in cues.foreign:
            return Span(start + match.start(), start + match.end())
    return None


def _find_name(text: str, cue: Span, low: int, high: int, quotation: Quotation) -> Span | None:
    """Return a name of two to four capitalised words right behind or right before a cue."""
    if cue.start >= quotation.end:
        low = max(low, quotation.end)
    else:
        high = min(high, quotation.start)
    behind = re.compile(rf"\s+((?:{_NAME}\s?){{2,4}})").match(text, cue.end, high)
    if behind is not None:
        return _trim(text, Span(behind.start(1), behind.end(1)))
    before = re.compile(rf"((?:{_NAME}\s){{2,4}})$").search(text[low : cue.start])
    if before is not None:
        return _trim(text, Span(low + before.start(1), low + before.end(1)))
    return None


def _trim(text: str, span: Span) -> Span | None:
    """Return the span without white space and stops at its end; None where one word is left."""
    kept = text[span.start : span.end].rstrip(" .\n\u00a0")
    return Span(span.start, span.start + len(kept)) if len(kept.split()) > 1 else None
