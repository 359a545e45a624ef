"""Quotations by their marks alone: where each begins and ends, in the marks of many languages.

The first step of attribution: `speech.attribution` finds the cue and the speaker of what stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from index.datatypes import Span

# Opening mark to the marks that may close it. German „x“, »x« · Polish, Romanian „x” · Swedish ”x” ·
# French, Spanish, Russian, Ukrainian «x» · English “x”, "x", ``x'' and ''x''. Editors often mix “x" and "x”.
CLOSERS = {
    "“": '”“"',
    "”": "”",
    "„": '“”„"',
    "«": "»",
    "»": "«»",
    "‹": "›",
    '"': '"”',
    "``": "''",
    "''": "''",
    "‘": "’",
    "'": "'",
}
DOUBLE_MARKS = '"“”„«»'
_MARK = re.compile(r"``|''|[\"“”„«»‹›]")
_BLOCK = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_LEFT = set(" \t\r\n\u00a0\u202f\u2009([{—–-/…")
_RIGHT = set(" \t\r\n\u00a0\u202f\u2009)]}.,;:!?—–-/…*’'\"”")
# 'x' and ‘x’: an opening one follows white space; a closing one is not an apostrophe within a word.
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–“\"]))[‘'](?=[^\s\d'’])")
_ELISIONS = re.compile(r"[‘'](?:em|til|tis|twas|cause|bout|n|round|s)\b", re.IGNORECASE)
_MAX_SINGLE = 600


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span between quotation marks, within one paragraph.

    Attributes:
        start, end: half-open offsets, both marks included.
        inner: the span between the marks.
        closed: False where the closing mark is missing and the paragraph's end stands for it.
        continues: True where the paragraph before left its quotation open and this one takes it up.
        depth: 0 for the outermost, 1 for a quotation within a quotation, and so on.
        mark: the opening mark as written.
    """

    start: int
    end: int
    inner: Span
    closed: bool = True
    continues: bool = False
    depth: int = 0
    mark: str = '"'


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int
    children: list[Quotation] = field(default_factory=list)


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Return the spans of the paragraphs, white space at both ends left out.

    Paragraphs are parted by blank lines. Every other line is a paragraph too, unless the lines look wrapped:
    at least three in a block, none longer than 100 characters.
    """
    found: list[Span] = []
    for block in _BLOCK.finditer(text):
        lines = [Span(line.start(), line.end()) for line in _LINE.finditer(text, block.start(), block.end())]
        if len(lines) > 2 and all(line.end - line.start <= 100 for line in lines):
            lines = [Span(block.start(), block.end())]
        for line in lines:
            body = text[line.start : line.end]
            start = line.start + len(body) - len(body.lstrip())
            end = line.end - len(body) + len(body.rstrip())
            if start < end:
                found.append(Span(start, end))
    return tuple(found)


def find_quotations(text: str, paragraphs: tuple[Span, ...] | None = None) -> tuple[Quotation, ...]:
    """Return every quotation of `text` in order, outer before inner.

    Never raises: a mark without a partner ends with its paragraph, or, where whole quotations follow it in
    the same paragraph, is taken for a slip and left out.
    """
    found: list[Quotation] = []
    pending: str | None = None
    for start, end in paragraphs if paragraphs is not None else split_paragraphs(text):
        inside, pending = _scan_paragraph(text, start, end, pending)
        found.extend(inside)
    return tuple(sorted(found, key=lambda quotation: (quotation.start, -quotation.end)))


def _scan_paragraph(
    text: str, start: int, end: int, pending: str | None
) -> tuple[list[Quotation], str | None]:
    """Return a paragraph's quotations, and the mark that it leaves open, if it leaves one."""
    stack: list[_Open] = []
    done: list[Quotation] = []
    continued = -1
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if pending is not None and at == start and mark in (pending, pending[0]):
            continued = at
        opens, closes = _read_sides(text, at, after, start, end)
        top = stack[-1] if stack else None
        if (
            top is not None
            and mark in CLOSERS.get(top.mark, "")
            and _is_closing(mark, top.mark, opens, closes)
        ):
            stack.pop()
            _finish(done, stack, top, Span(top.inner, at), after)
        elif _is_opening(mark, opens, text, at, bool(stack)):
            stack.append(_Open(mark, at, after))
        elif stack and any(mark in CLOSERS.get(each.mark, "") for each in stack):
            while mark not in CLOSERS.get(stack[-1].mark, ""):
                _drop(done, stack)
            top = stack.pop()
            _finish(done, stack, top, Span(top.inner, at), after)
    left_open = None
    while stack:
        top = stack[-1]
        if len(stack) == 1 and not top.children and end - top.inner > 0:
            left_open = top.mark
            stack.pop()
            done.append(Quotation(top.start, end, Span(top.inner, end), closed=False, mark=top.mark))
        else:
            _drop(done, stack)
    if continued >= 0:
        done = [replace(each, continues=each.start == continued) for each in done]
    done += _find_single(text, start, end, done)
    return done, left_open


def _read_sides(text: str, at: int, after: int, start: int, end: int) -> tuple[bool, bool]:
    """Return whether the mark looks like an opening one and like a closing one, by its neighbours."""
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    opens = (before in _LEFT or before in "‘'“\"«") and not behind.isspace()
    closes = not before.isspace() and (behind in _RIGHT or behind in "»“«")
    return opens, closes


def _is_closing(mark: str, opener: str, opens: bool, closes: bool) -> bool:
    if mark in "”»›" and opener not in "”»":
        return True
    if opener == "„":
        return True
    return closes or not opens


def _is_opening(mark: str, opens: bool, text: str, at: int, inside: bool) -> bool:
    if mark in ("“", "„", "«", "‹", "``"):
        return True
    before = text[at - 1] if at else " "
    if mark in ('"', "''"):
        return (
            (opens or not inside)
            and not (before.isalnum() and not opens)
            and (opens or before.isspace() or at == 0)
        )
    return mark in "”»" and not inside and (at == 0 or before.isspace() or before in "([")


def _finish(done: list[Quotation], stack: list[_Open], top: _Open, inner: Span, end: int) -> None:
    if not inner.end > inner.start:
        done.extend(top.children)
        return
    made = Quotation(top.start, end, inner, depth=len(stack), mark=top.mark)
    if stack:
        stack[-1].children.append(made)
    done.append(made)


def _drop(done: list[Quotation], stack: list[_Open]) -> None:
    """Take the innermost open mark for a slip: what stood inside it moves one level out."""
    top = stack.pop()
    raised = {
        id(each): replace(each, depth=max(0, each.depth - 1)) for each in done if each.start >= top.start
    }
    done[:] = [raised.get(id(each), each) for each in done]
    if stack:
        stack[-1].children.extend(top.children)


def _find_single(text: str, start: int, end: int, found: list[Quotation]) -> list[Quotation]:
    """Return quotations in single marks that stand outside all others."""
    taken = [(each.start, each.end) for each in found if each.depth == 0]
    singles: list[Quotation] = []
    at = start
    while match := _SINGLE_OPEN.search(text, at, end):
        at = match.end()
        if _ELISIONS.match(text, match.start()) or any(s <= match.start() < e for s, e in taken):
            continue
        mark = match.group()
        limit = min([end, at + _MAX_SINGLE, *(s for s, _ in taken if s >= at)])
        close = _find_single_close(text, at, limit, CLOSERS[mark])
        if close is not None:
            singles.append(Quotation(match.start(), close + 1, Span(at, close), mark=mark))
            at = close + 1
    return singles


def _find_single_close(text: str, at: int, limit: int, mark: str) -> int | None:
    """Return where a single quotation closes: after punctuation, else at a lone mark within nine words."""
    lone = None
    close = text.find(mark, at, limit)
    while close != -1:
        behind = text[close + 1] if close + 1 < len(text) else " "
        if not behind.isalnum() and not text[close - 1].isspace():
            if text[close - 1] in ".,!?…":
                return close
            if lone is None and text[close - 1] != "s":
                lone = close
        close = text.find(mark, close + 1, limit)
    if lone is not None and text.count(" ", at, lone) < 9:
        return lone
    return None
