"""Statements: what was said, the words that report it, and who said it.

Runs at build time on every article; `index.disputes` and answering read what it makes. Quotations are found by
their marks, cues and speakers by rules over the parser's trees (`index.quotations`, `narration`, `reports`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.confidence import KEPT, weigh_report
from index.cues import CueTable, load_cues
from index.datatypes import Article, Label, Span, Statement
from index.narration import Narration, read_paragraphs
from index.parsing import Parser
from index.quotations import DOUBLE_MARKS, Quotation, find_quotations, split_paragraphs
from index.reports import Report, find_reports, read_any_verb

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
    quotations: list[Quotation] = field(default_factory=list)
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
    for narration in read_paragraphs(text, paragraphs, quotations, parser, cues):
        drafts.extend(_attribute_paragraph(text, narration, cues, drafts))
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
    text: str, narration: Narration, cues: CueTable, before: Sequence[Draft]
) -> list[Draft]:
    reports = find_reports(narration, cues)
    drafts: list[Draft] = []
    assigned: dict[int, Draft] = {}

    def keep(report: Report, quotation: Quotation | None = None) -> Draft | None:
        draft = _draft_report(text, narration, report, quotation)
        if draft is not None:
            drafts.append(draft)
            for number in {narration.quotation[word] for word in report.content} - {-1}:
                assigned.setdefault(number, draft)
        return draft

    for report in reports:
        keep(report)
    for number, quotation in enumerate(narration.quotations):
        if number in assigned:
            continue
        if number not in narration.folded:
            governed = _find_governed(text, narration, number)
            if governed is not None:
                keep(governed)
            continue
        neighbour = _find_neighbour(narration, number, reports)
        if neighbour is not None:
            known = next((each for each in drafts if each.report.verb == neighbour.verb), None)
            if known is None:
                known = keep(replace(neighbour, pattern="beside"), quotation)
            else:
                known.spans.append(Span(quotation.start, quotation.end))
            if known is not None:
                assigned[number] = known
                continue
        governed = _find_unlisted(narration, number)
        if governed is not None:
            keep(governed, quotation)
            assigned[number] = drafts[-1]
            continue
        joined = _find_joined(text, narration, number, assigned)
        if joined is not None:
            joined.spans.append(Span(quotation.start, quotation.end))
            assigned[number] = joined
            continue
        if quotation.continues and before and before[-1].spans:
            before[-1].spans.append(Span(quotation.start, quotation.end))
            assigned[number] = before[-1]
    for draft in drafts:
        draft.spans = merge_spans(draft.spans)
    return sorted(drafts, key=lambda draft: draft.spans[0])


def _find_governed(text: str, narration: Narration, number: int) -> Report | None:
    """Return the report of the verb that governs a phrase in quotation marks, whatever verb it is."""
    own = [word for word, each in enumerate(narration.quotation) if each == number]
    if not own:
        return None
    head = next((word for word in own if narration.quotation[narration.heads[word]] != number), None)
    if head is None:
        return None
    if is_title(text, narration.quotations[number]):
        return None
    child, verb = head, narration.heads[head]
    while narration.heads[verb] != verb and not narration.is_verb(verb):
        child, verb = verb, narration.heads[verb]
    at = verb
    while narration.heads[at] != at:
        if (
            narration.relations[at] == "ccomp"
            and narration.is_verb(narration.heads[at])
            and narration.heads[at] < at
        ):
            child, verb = at, narration.heads[at]
            report = read_any_verb(narration, verb, tuple(narration.subtree(child)), "governed-clause")
            return report if report.speaker else None
        at = narration.heads[at]
    if not narration.is_verb(verb) or verb > own[0]:
        return None
    report = read_any_verb(narration, verb, tuple(narration.subtree(child)), "governed")
    return report if report.speaker else None


def is_title(text: str, quotation: Quotation) -> bool:
    """Whether a quotation reads like the name of a work: every long word has a capital, no stop at its end."""
    inner = text[quotation.inner.start : quotation.inner.end].strip().rstrip(",.")
    words = inner.split()
    return (
        all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3)
        and words[0][0].isupper()
    )


def _find_unlisted(narration: Narration, number: int) -> Report | None:
    """Return the report of a verb that the table does not list and that has a quotation for its clause."""
    own = [word for word, each in enumerate(narration.quotation) if each == number]
    root = own[1] if len(own) > 1 else own[0]
    verb = narration.heads[root]
    if (
        narration.relations[root] in ("ccomp", "dobj", "xcomp", "advcl", "dep", "oprd", "parataxis")
        and narration.is_verb(verb)
        and not narration.is_folded(verb)
    ):
        report = read_any_verb(narration, verb, (), "unlisted")
        return report if report.speaker else None
    for child in narration.children[root]:
        if (
            narration.relations[child] in ("parataxis", "ccomp")
            and narration.is_verb(child)
            and not narration.is_folded(child)
        ):
            report = read_any_verb(narration, child, (), "unlisted")
            return report if report.speaker else None
    return None


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _draft_report(
    text: str, narration: Narration, report: Report, quotation: Quotation | None = None
) -> Draft | None:
    spans = (
        [Span(quotation.start, quotation.end)] if quotation else _span_words(text, narration, report.content)
    )
    if not spans:
        return None
    if quotation is None and not report.content:
        return None
    return Draft(
        report=report,
        spans=spans,
        cue=Span(narration.spans[report.cue[0]].start, narration.spans[report.cue[-1]].end),
        speaker=Span(narration.spans[report.speaker[0]].start, narration.spans[report.speaker[-1]].end)
        if report.speaker
        else None,
        label=report.label,
    )


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
        and narration.words[run[-1]] in (",", ".", ";", ":", "-", "--", "–", "—", "?", "!")
        and narration.quotation[run[-1]] < 0
    ):
        run.pop()
    while (
        run
        and narration.words[run[0]] in (",", ".", ";", ":", "-", "--", "–", "—")
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


def _find_neighbour(narration: Narration, number: int, reports: list[Report]) -> Report | None:
    """Return the report whose cue stands beside a folded quotation: behind it, else before it."""
    own = [word for word, each in enumerate(narration.quotation) if each == number]
    first, last = own[0], own[-1]
    behind = last + 1
    while behind < len(narration.words) and narration.words[behind] in (",", "-", "–", "—", "--"):
        behind += 1
    if narration.words[last] != "." or (
        behind < len(narration.words) and narration.words[behind][:1].islower()
    ):
        for report in reports:
            if behind <= report.verb <= behind + 12 and "say" in report.frames | {"say"}:
                gap = narration.words[behind : report.verb]
                if not set(gap) & {".", ";", ":"} and not any(
                    narration.is_folded(w) for w in range(behind, report.verb)
                ):
                    return report
                break
    nearest = None
    for report in reports:
        if report.verb < first and "." not in narration.words[report.verb : first]:
            if not any(narration.is_folded(w) for w in range(report.verb, first)):
                nearest = report
    return nearest


def _find_joined(text: str, narration: Narration, number: int, assigned: dict[int, Draft]) -> Draft | None:
    """Return the statement that a quotation without a cue goes on with: the one of its neighbour."""
    quotation = narration.quotations[number]
    for other in (number - 1, number + 1):
        if other in assigned and 0 <= other < len(narration.quotations):
            neighbour = narration.quotations[other]
            low, high = sorted((neighbour, quotation), key=lambda each: each.start)
            between = text[low.end : high.start]
            if other < number or not between.strip():
                return assigned[other]
    return None
