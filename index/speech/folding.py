"""Folding: which quotations are clauses of their own, and whether a sentence goes on behind one.

`speech.narration` puts a stand-in where the parser would trip over the marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.datatypes import Span
from index.speech.cues import CueTable
from index.speech.quotations import Quotation

_CLOSING = "'’”\"»"
_LEADERS = frozenset(
    {"that", "a", "an", "the", "of", "as", "and", "or", "her", "his", "its", "their", "our", "on"}
)
# A stop behind a word of four letters or more; "Mr." and "Sen." end no sentence.
_LEAD = 60  # characters
_STOP = re.compile(r"[.!?](?=\s|$)")
_SENTENCE_END = re.compile(r"(?<=\w{4})[.!?]|[:;“\"«„]")


def goes_on(text: str, quotation: Quotation, behind: str, cues: CueTable) -> bool:
    """Whether the reporter's sentence goes on behind a quotation."""
    if not behind:
        return False
    if behind[0].islower():
        return True
    inner = text[quotation.inner.start : quotation.inner.end].rstrip(_CLOSING + " ")
    if inner.endswith(",") or inner[-1:].isalnum():
        return True
    if _is_led(text, quotation, cues):
        return False
    if inner.endswith(("!", "?")):
        return _leads_with_cue(behind, cues, 8) or _leads_with_cue(behind, cues, 8, whole=False)
    return _leads_with_cue(behind, cues, 5)


def _is_led(text: str, quotation: Quotation, cues: CueTable) -> bool:
    """Whether a cue of the same sentence leads to a quotation: in "He asked, “Why?” Roe left" it does."""
    before = text[max(0, quotation.start - _LEAD) : quotation.start].rstrip()
    if not before.endswith((",", ":")):
        return False
    return any(cues.find_verb(word) for word in re.findall(r"\w+", _STOP.split(before)[-1]))


def _leads_with_cue(behind: str, cues: CueTable, limit: int, *, whole: bool = True) -> bool:
    """Whether text begins with a name and a reporting verb; `whole`: and nothing more in its sentence."""
    sentence = _SENTENCE_END.split(behind, maxsplit=1)[0]
    words = sentence.replace(",", " ,").split()
    for position, word in enumerate(words[:limit]):
        if position and not word.endswith("ing") and cues.find_verb(word) is not None:
            return not whole or position >= len(words) - 1
    return False


def stands_alone(
    text: str, paragraph: Span, quotations: Sequence[Quotation], number: int, folded: set[int], cues: CueTable
) -> bool:
    """Whether a quotation is a clause or more, and not a phrase inside a sentence of the reporter's."""
    quotation = quotations[number]
    inner = text[quotation.inner.start : quotation.inner.end].strip()
    before = text[paragraph.start : quotation.start].rstrip()
    behind = text[quotation.end : paragraph.end].lstrip()
    count = inner.count(" ") + 1
    opening = next((char for char in inner if char.isalnum()), "")
    capital = opening.isupper()
    bare = inner.rstrip(_CLOSING + " ")
    stop = bare[-1:] in ".!?…,—–-" or behind[:1] in (",", "") or behind[:2] == ". "
    last = before[-1:]
    words = re.findall(r"[\w’'-]+", before[-120:])
    if not quotation.closed or quotation.continues:
        return True
    if number - 1 in folded and last in ",—–-" and not capital:
        between = text[quotations[number - 1].end : quotation.start]
        if (
            not re.search(r"[.!?]\s", between)
            and text[: quotations[number - 1].inner.end].rstrip()[-1:] in ",—–-"
            and any(cues.find_verb(word) for word in re.findall(r"\w+", between))
        ):
            return True
    if not before or last in '.!?”"»;' or before.endswith("''"):
        return (stop and (count > 2 or bare[-1:] in ".!?…,")) or count > 8
    if last == ":":
        return count > 1 and (capital or stop)
    if last in ",—–-":
        if capital:
            return stop and (count > 1 or bare[-1:] in ".!?")
        return stop and count > 4 and any(cues.find_verb(word) is not None for word in words[-12:])
    word = words[-1].lower() if words else ""
    if word in _LEADERS:
        return False
    cue = cues.find_verb(word)
    if cue is not None:
        if not capital and cue.frames & {"say", "tell"} and not cue.frames & {"call", "act"}:
            return count > 3 and bare[-1:] in ".!?,"
        return capital and stop and (count > 1 or bare[-1:] in ".!?")
    return capital and stop and count > 3
