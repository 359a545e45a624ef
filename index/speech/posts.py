"""Posts that a report embeds: a paragraph of somebody's words, signed "— Name (@handle) February 8, 2023".

So too a paragraph in quotation marks with "- Jane Roe, mayor of Varn" as the next. `speech.attribution` asks
here for paragraphs that are somebody's as a whole. Cleaning has taken the signature off posts that read as
reporting (`texts.embeds`); on those in the first person it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.datatypes import Span

CONFIDENCE = 0.95
"""Right in all of 28 signed paragraphs of 609 news articles, read by eye."""

_LONGEST = 1_000  # code points of a signed paragraph; a longer one holds more than a post
_POST = re.compile(
    r"(?P<content>\S.*?)\s*(?:[–—]{1,2}|-{1,2}(?![^()\n@]*(?:\s-|-\s)))"
    r"\s?(?P<name>[^\s()@–—][^()\n@–—]{0,60}?)\s?"
    r"\(@\w{1,30}\),?\s+\S[^()\n]{4,30}\b20\d\d\s*",
    re.DOTALL,
)
_MARKED = re.compile(r"“[^“”]+”|\"[^\"“”]+\"|«[^«»]+»")
_WORD = r"[^\W\d_a-z][\w.’'-]*?"
_SIGNATURE = re.compile(
    rf"[-–—]{{1,2}}\s?(?P<name>{_WORD}(?: (?:of|de|van|von|der|al|bin|{_WORD})){{0,5}}?)(?:, [^\n]{{1,100}})?"
    r"\.?"
)


class Post(NamedTuple):
    """A signed post: what it says and whose it is, as half-open offsets into the text."""

    content: Span
    name: Span


def find_posts(text: str, paragraphs: Sequence[Span]) -> tuple[Post, ...]:
    """Return the paragraphs that are signed posts, or quotations signed below, in order."""
    found = []
    for place, (start, end) in enumerate(paragraphs):
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else Span(end, end)
        signed = _SIGNATURE.fullmatch(text, *below)
        if signed and _MARKED.fullmatch(text, start, end):
            found.append(Post(Span(start, end), Span(*signed.span("name"))))
        if end - start <= _LONGEST and "(@" in text[start:end]:
            match = _POST.fullmatch(text, start, end)
            if match:
                found.append(Post(Span(*match.span("content")), Span(*match.span("name"))))
    return tuple(found)
