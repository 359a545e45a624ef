"""Drafts: statements that are being made, by words of parsed paragraphs and by offsets of the text.

`speech.attribution` makes one of each report and turns it into a statement once its speaker is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.datatypes import Span
from index.speech.narration import Narration
from index.speech.reports import SpeechReport

_EDGES = (",", ".", ";", ":", "-", "--", "–", "—", "and", "but")


@dataclass(slots=True)
class Draft:
    """A statement being made, in offsets of the text.

    Attributes:
        place: the position of the paragraph that holds its cue.
        quotations: positions of the paragraph's quotations that it takes in.
        owner: where a doubled cue names the owner of a pronoun ("he said …, Danilov said"), that mention.
    """

    report: SpeechReport
    place: int
    spans: list[Span]
    cue: Span
    speaker: Span | None
    quotations: frozenset[int] = frozenset()
    confidence: float = 0.0
    parent: Draft | None = None
    owner: tuple[int, ...] = ()

    @property
    def quoted(self) -> bool:
        """Whether it holds a quotation."""
        return bool(self.quotations)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones made one."""
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def draft_report(narration: Narration, place: int, report: SpeechReport) -> Draft | None:
    """Return what a report in the paragraph `place` makes, None where its content holds no words."""
    spans = _span_words(narration, report.content)
    if not spans:
        return None
    quotations = frozenset(narration.quotation[word] for word in report.content) - {-1}
    return Draft(
        report, place, spans, span_cue(narration, report), span_speaker(narration, report), quotations
    )


def span_cue(narration: Narration, report: SpeechReport) -> Span:
    """Return where a report's cue stands."""
    return narration.locate(report.cue)


def span_speaker(narration: Narration, report: SpeechReport) -> Span | None:
    """Return where a report's mention stands, None where nobody is named."""
    return narration.locate(report.speaker) if report.speaker else None


def _span_words(narration: Narration, words: Sequence[int]) -> list[Span]:
    """Return the spans of runs of words; a quotation that is touched belongs to them whole."""
    spans: list[Span] = []
    run: list[int] = []
    previous = -2
    for word in words:
        if word != previous + 1 and run:
            spans.extend(_span_run(narration, run))
            run = []
        run.append(word)
        previous = word
    if run:
        spans.extend(_span_run(narration, run))
    return merge_spans(spans)


def _span_run(narration: Narration, run: list[int]) -> list[Span]:
    run = list(run)
    while run and narration.words[run[-1]] in (*_EDGES, "?", "!", "or") and narration.quotation[run[-1]] < 0:
        run.pop()
    while run and narration.words[run[0]] in _EDGES and narration.quotation[run[0]] < 0:
        run.pop(0)
    if not run:
        return []
    start, end = narration.locate(run)
    for number in {narration.quotation[word] for word in run} - {-1}:
        quotation = narration.quotations[number]
        start, end = min(start, quotation.start), max(end, quotation.end)
    return [Span(start, end)]
