"""Relative clauses that report: "Roe backed a toll, which he called “a fair price”" holds two statements.

`speech.rereading` asks once the reports of a paragraph are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.speech.narration import Narration
from index.speech.reports import SpeechReport

_RELATIVES = frozenset({"which", "who", "whom"})
_LOOSE = frozenset({",", "-", "--", "–", "—"})
_FRAMES = frozenset({"say", "tell", "ask", "urge", "call", "object"})


def part_relatives(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Return the reports, the clause behind ", which she called “…”" left out of what it ends."""
    parted = list(reports)
    for later in reports:
        found = _find_clause(narration, later)
        if found is None:
            continue
        comma, head = found
        for place, earlier in enumerate(parted):
            if later.verb not in earlier.content or earlier.verb > comma:
                continue
            clause = set(narration.subtree(head))
            kept = tuple(word for word in earlier.content if word < comma)
            behind = [word for word in earlier.content if word > comma and word not in clause]
            if kept and not any(narration.words[word][0].isalnum() for word in behind):
                parted[place] = replace(earlier, content=kept)
    return parted


def _find_clause(narration: Narration, report: SpeechReport) -> tuple[int, int] | None:
    """Return the comma before, and the verb of, the relative clause that a report stands in."""
    if not report.speaker or not report.content or not report.frames & _FRAMES:
        return None
    at, seen = report.verb, 0
    while narration.heads[at] != at and seen < 20:
        if narration.relations[at] == "relcl":
            first = narration.subtree(at)[0]
            while first < report.verb and narration.lower[first] in _LOOSE:
                first += 1
            plain = first <= report.speaker[0] and narration.lower[report.speaker[0]] != "which"
            if (
                first
                and plain
                and narration.lower[first] in _RELATIVES
                and narration.words[first - 1] in _LOOSE
            ):
                return first - 1, at
            return None
        at = narration.heads[at]
        seen += 1
    return None
