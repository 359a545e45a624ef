"""Where one person's words end and another's begin: "…, noting …", "…, while Doe said …", "…; Doe said …".

The parser joins such clauses into one. `speech.attribution` asks for the reports of a paragraph's verbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.speech.narration import Narration
from index.speech.reports import SpeechReport, sort_report

_COMMAS = (",", "-", "--", "–", "—")
_LINKS = frozenset({"and", "but", "while", "whereas"})


def part_reports(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Return a paragraph's reports, each without the words that another of them begins."""
    return _part_sentences(narration, _part_contrasts(narration, _part_joined(narration, list(reports))))


def _part_joined(narration: Narration, reports: list[SpeechReport]) -> list[SpeechReport]:
    """Part ", noting …", "before noting …" and "and said …" from the clause that they go on from."""
    for position, later in enumerate(reports):
        cut = _find_cut(narration, later)
        if cut is None or not later.content or min(later.content) < later.cue[0]:
            continue
        for above in range(position - 1, -1, -1):
            earlier = reports[above]
            inside = later.verb in earlier.content and min(earlier.content) > earlier.verb
            if inside and earlier.frames & {"say", "tell", "ask", "urge", "call", "object"}:
                kept = tuple(word for word in earlier.content if word < cut)
                if kept:
                    reports[above] = replace(earlier, content=kept)
                    reports[position] = sort_report(narration, replace(later, speaker=earlier.speaker))
                break
    return reports


def _find_cut(narration: Narration, later: SpeechReport) -> int | None:
    """Return where the words of a cue that goes on from an earlier one begin, or None where it does not."""
    first, tag = later.cue[0], narration.tags[later.verb]
    before = narration.lower[first - 1] if first else ""
    if tag == "VBG":
        if before in (*_COMMAS, "and", "but", "while"):
            return first - 1
        if before in ("before", "after") and later.frames & {"say", "tell"}:
            return first - 1
        return None
    if before in ("and", "but", "then") and tag in ("VBD", "VBZ", "VBP", "VBN"):
        return first - 1
    return None


def _part_contrasts(narration: Narration, reports: list[SpeechReport]) -> list[SpeechReport]:
    """Part "…, while Doe said …" and "…; Doe said …" from what Roe said before it."""
    for later in reports:
        quoting = any(number in narration.folded for number in narration.quotation[later.verb :])
        first = _find_break(narration, later)
        if not (later.content or quoting) or not first:
            continue
        for place, earlier in enumerate(reports):
            inside = later.verb in earlier.content and earlier.verb < first
            kept = tuple(
                word
                for word in earlier.content
                if word < first or (word < later.speaker[0] and narration.quotation[word] >= 0)
            )
            if earlier is not later and inside and any(map(narration.is_verb, kept)):
                reports[place] = replace(earlier, content=kept)
    return reports


def _find_break(narration: Narration, report: SpeechReport) -> int:
    """Return the mark before a report's speaker where somebody else's words end, 0 where none stands."""
    last = report.speaker[0] - 1 if report.speaker else 0
    linked = last > 0 and narration.lower[last] in _LINKS
    mark = last - 1 if linked else last
    if mark < 1:
        return 0
    contrasts = narration.words[mark] == "," and narration.lower[last] in ("while", "whereas")
    return mark if contrasts or _is_semicolon(narration, mark) else 0


def _is_semicolon(narration: Narration, word: int) -> bool:
    return narration.words[word] == ";" and narration.quotation[word] < 0


def _part_sentences(narration: Narration, reports: list[SpeechReport]) -> list[SpeechReport]:
    """Leave what somebody said before a semicolon out of what another says behind it."""
    parted = []
    for report in reports:
        marks = [word for word in range(report.verb) if _is_semicolon(narration, word)]
        mark = marks[-1] if marks else 0
        told = any(
            each.verb < mark
            and each.speaker
            and each.form == "finite"
            and not {each.verb, *each.content}.isdisjoint(report.content)
            for each in reports
            if each is not report
        )
        kept = tuple(word for word in report.content if word > mark) if told else report.content
        parted.append(report if kept == report.content else replace(report, content=kept))
    return parted
