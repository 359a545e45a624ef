"""Continuations: a paragraph that begins with a quotation of which it names no speaker goes on with the last.

`speech.attribution` asks once the statements of the paragraphs above are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.speech.drafts import Draft, span_cue, span_speaker
from index.speech.marked_names import read_colon
from index.speech.narration import Narration

_FEW_WORDS = 5
_CLAUSES = frozenset({"clause-before", "parenthesis", "beside", "clause"})


def find_continued(
    text: str, narration: Narration, above: Sequence[Narration], before: Sequence[Draft]
) -> Draft | None:
    """Return the statement that the quotation at a paragraph's beginning belongs to, if one is plain.

    Args:
        text: the article.
        narration: a paragraph that begins with a quotation which none of its own cues took.
        above: the paragraphs before it.
        before: the statements of those, in order; a new one is returned where a colon opened none yet.
    """
    if not above:
        return None
    if narration.quotations[0].continues and before:
        return before[-1]
    colon = _read_colon_above(above)
    if colon is not None:
        return colon
    if not before or not _fills_paragraph(text, narration):
        return None
    return _find_lasting(above, before) or _find_cued(text, narration, above, before)


def _fills_paragraph(text: str, narration: Narration) -> bool:
    """Whether a paragraph is one quotation and nothing else.

    A question, or an answer to one, may be another's in a dialogue; so may a short phrase.
    """
    quotation = narration.quotations[0]
    inner = text[quotation.inner.start : quotation.inner.end].rstrip()
    return quotation.end >= narration.end and not inner.endswith("?") and len(inner.split()) >= _FEW_WORDS


def _find_lasting(above: Sequence[Narration], before: Sequence[Draft]) -> Draft | None:
    """Return the statement that ends the paragraph above with its words."""
    last = before[-1]
    end = above[-1].end
    return last if any(each.end == end == last.spans[-1].end for each in above[-1].quotations) else None


def _find_cued(
    text: str, narration: Narration, above: Sequence[Narration], before: Sequence[Draft]
) -> Draft | None:
    """Return the statement whose cue ends the paragraph above: “…,” said Jane Roe.

    None where the paragraph above quotes anybody else, or where the quotation only repeats words of the text,
    as one that is set in large letters does.
    """
    here = len(above) - 1
    quoted = [draft for draft in before if draft.place == here and draft.quotations]
    if not quoted:
        return None
    last = max(quoted, key=lambda draft: draft.report.verb)
    report, home = last.report, above[-1]
    if report.pattern not in _CLAUSES or report.mention in ("none", "thing") or report.form != "finite":
        return None
    if max(report.content) > report.verb or home.root(report.verb) != home.root(len(home.words) - 1):
        return None
    if len({text[slice(*draft.speaker)] if draft.speaker else "" for draft in quoted}) > 1:
        return None
    words = text[narration.quotations[0].inner.start : narration.quotations[0].inner.end].strip()
    return None if words.isupper() or text.count(words) > 1 else last


def _read_colon_above(above: Sequence[Narration]) -> Draft | None:
    """Return the statement that the paragraph above opens with a colon at its end, still without content."""
    if above[-1].words[-1] != ":":
        return None
    report = read_colon(above[-1], len(above[-1].words) - 1)
    if report is None:
        return None
    return Draft(
        report,
        len(above) - 1,
        [],
        span_cue(above[-1], report),
        span_speaker(above[-1], report),
        frozenset({0}),
    )
