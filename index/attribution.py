"""Statements: what was said, the words that report it, and who said it.

Runs at build time on every article; `index.disputes` and answering read what it makes. Quotations are found by
their marks, cues and speakers by rules over the parser's trees (`index.quotations`, `narration`, `reports`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.assignment import assign_quotations, read_colon
from index.attribution_confidence import KEPT, weigh_report
from index.cues import CueTable, load_cues
from index.datatypes import Article, Label, Span, Statement
from index.narration import Narration, read_paragraphs
from index.parsing import Parser
from index.quotations import DOUBLE_MARKS, find_quotations, split_paragraphs
from index.reports import Report, find_reports

ATTRIBUTION_VERSION = 1
"""Raised whenever the same text would be attributed otherwise; part of the manifest."""

_NAME_COLON = re.compile(r"(?:^|[.!?—–-]\s+)((?:[A-Z][\w.'’-]*\s?){1,5}):$")


@dataclass(slots=True)
class Draft:
    """A statement being made, in offsets of the text."""

    report: Report
    spans: list[Span]
    cue: Span | None
    speaker: Span | None
    label: Label
    quotations: frozenset[int] = frozenset()
    confidence: float = 0.0
    parent: Draft | None = None

    @property
    def pattern(self) -> str:
        return self.report.pattern


def attribute(article: Article, parser: Parser) -> tuple[Statement, ...]:
    """Return the statements of an article, in the order of their contents."""
    return attribute_text(article.text, parser, article.id)


def attribute_text(text: str, parser: Parser, article: str = "") -> tuple[Statement, ...]:
    """Return the statements of a text as given; offsets are into `text`, which is not normalised."""
    drafts = draft_statements(text, parser)
    return tuple(_make_statement(draft, article) for draft in drafts)


def draft_statements(text: str, parser: Parser) -> list[Draft]:
    """Return the statements of a text before confidence and owners are settled."""
    cues = load_cues()
    paragraphs = split_paragraphs(text)
    quotations = find_quotations(text, paragraphs)
    drafts: list[Draft] = []
    previous = None
    for narration in read_paragraphs(text, paragraphs, quotations, parser, cues):
        drafts.extend(_attribute_paragraph(text, narration, cues, drafts, previous))
        previous = narration
    kept = []
    for draft in drafts:
        draft.parent = _find_parent(draft, drafts)
        quoted = any(set(text[span.start : span.end]) & set(DOUBLE_MARKS) for span in draft.spans)
        draft.confidence = weigh_report(draft.report, quoted=quoted, nested=draft.parent is not None)
        if draft.confidence >= KEPT:
            kept.append(draft)
    return kept


def _find_parent(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the narrowest statement whose content holds the cue of this one."""
    if draft.cue is None:
        return None
    holders = [
        (span.end - span.start, position)
        for position, other in enumerate(drafts)
        if other is not draft
        for span in other.spans
        if span.start <= draft.cue.start and draft.cue.end <= span.end
    ]
    return drafts[min(holders)[1]] if holders else None


def _make_statement(draft: Draft, article: str) -> Statement:
    return Statement(
        article=article,
        content=tuple(draft.spans),
        cue=draft.cue,
        speaker=draft.speaker,
        label=draft.label,
        confidence=draft.confidence,
    )


def _attribute_paragraph(
    text: str, narration: Narration, cues: CueTable, before: Sequence[Draft], previous: Narration | None
) -> list[Draft]:
    reports = assign_quotations(text, narration, find_reports(narration, cues), cues)
    drafts = [draft for report in reports if (draft := _draft_report(text, narration, report)) is not None]
    first = narration.quotations[0] if narration.quotations else None
    if (
        first is not None
        and first.start == narration.start
        and not any(0 in draft.quotations for draft in drafts)
    ):
        span = Span(first.start, first.end)
        colon = _read_colon_above(text, previous)
        if first.continues and before:
            before[-1].spans.append(span)
        elif colon is not None:
            colon.spans.append(span)
            drafts.append(colon)
    return sorted(drafts, key=lambda draft: draft.spans[0])


def _read_colon_above(text: str, previous: Narration | None) -> Draft | None:
    """Return the statement that the paragraph above opens with a colon at its end, still without content."""
    if previous is None or previous.words[-1] != ":":
        return None
    report = read_colon(previous, len(previous.words) - 1)
    if report is None:
        return None
    return Draft(report, [], _span_cue(previous, report), _span_speaker(previous, report), report.label)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _draft_report(text: str, narration: Narration, report: Report) -> Draft | None:
    spans = _span_words(text, narration, report.content)
    if not spans:
        return None
    quotations = frozenset(narration.quotation[word] for word in report.content) - {-1}
    speaker = _span_speaker(narration, report)
    return Draft(report, spans, _span_cue(narration, report), speaker, report.label, quotations)


def _span_cue(narration: Narration, report: Report) -> Span:
    return Span(narration.spans[report.cue[0]].start, narration.spans[report.cue[-1]].end)


def _span_speaker(narration: Narration, report: Report) -> Span | None:
    if not report.speaker:
        return None
    return Span(narration.spans[report.speaker[0]].start, narration.spans[report.speaker[-1]].end)


def _span_words(text: str, narration: Narration, words: Sequence[int]) -> list[Span]:
    """Return the spans of runs of words; a quotation that is touched belongs to them whole."""
    spans: list[Span] = []
    run: list[int] = []
    previous = -2
    for word in words:
        if word != previous + 1 and run:
            spans.extend(_span_run(text, narration, run))
            run = []
        run.append(word)
        previous = word
    if run:
        spans.extend(_span_run(text, narration, run))
    return merge_spans(spans)


def _span_run(text: str, narration: Narration, run: list[int]) -> list[Span]:
    run = list(run)
    while (
        run
        and narration.words[run[-1]]
        in (",", ".", ";", ":", "-", "--", "–", "—", "?", "!", "and", "but", "or")
        and narration.quotation[run[-1]] < 0
    ):
        run.pop()
    while (
        run
        and narration.words[run[0]] in (",", ".", ";", ":", "-", "--", "–", "—", "and", "but")
        and narration.quotation[run[0]] < 0
    ):
        run.pop(0)
    if not run:
        return []
    start, end = narration.spans[run[0]].start, narration.spans[run[-1]].end
    for number in {narration.quotation[word] for word in run} - {-1}:
        quotation = narration.quotations[number]
        start, end = min(start, quotation.start), max(end, quotation.end)
    return [Span(start, end)]
