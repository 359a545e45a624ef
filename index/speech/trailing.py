"""Cues behind what they report: "…, critics argue." against "…, a guard asked people to …", which is none.

`speech.attribution` asks before it weighs how sure a report is.
"""

from __future__ import annotations

from index.speech.narration import Narration
from index.speech.reports import SpeechReport
from index.speech.speakers import DAYS

_OBJECTS = ("dobj", "xcomp", "ccomp", "oprd", "acomp", "prt", "attr")
_WHEN = frozenset(
    {"on", "in", "at", "during", "after", "late", "early", "last", "this", "today", "yesterday"}
)
_ENDS = frozenset({".", ",", ";", "!", "?"})


def trails(narration: Narration, report: SpeechReport) -> bool:
    """Whether mention and cue follow a comma and what was said, and no more than a time or a place them."""
    first, last = _find_edges(report)
    if not _follows(report, first) or narration.words[first - 1] != "," or acts(narration, report):
        return False
    behind = narration.lower[last + 1] if last + 1 < len(narration.words) else "."
    return behind in _ENDS | _WHEN | DAYS


def acts(narration: Narration, report: SpeechReport) -> bool:
    """Whether a verb behind what it seems to report has an object, or follows a colon or a dash."""
    first, last = _find_edges(report)
    if not _follows(report, first) or report.frames & {"tell"}:
        return False
    if narration.words[first - 1] in (":", ";", "-", "--", "–", "—"):
        return True
    return any(
        child > last and narration.relations[child] in _OBJECTS and narration.lower[child] not in DAYS
        for child in narration.children[report.verb]
    )


def _find_edges(report: SpeechReport) -> tuple[int, int]:
    words = (*report.speaker, *report.cue)
    return min(words), max(words)


def _follows(report: SpeechReport, first: int) -> bool:
    behind = bool(report.speaker) and bool(report.content) and max(report.content) < first
    return behind and report.pattern == "clause-before" and report.form == "finite" and first > 1
