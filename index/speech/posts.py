"""Posts that a report embeds: a paragraph of somebody's words, signed "— Name (@handle) February 8, 2023".

`speech.attribution` asks here for paragraphs that are somebody's as a whole. Cleaning has taken the signature
off posts that read as reporting (`texts.embeds`); on those in the first person it stays.
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
    r"(?P<content>\S.*?)\s*[-–—]{1,2}\s?(?P<name>[^\s()@][^()\n@]{0,60}?)\s?\(@\w{1,30}\),?\s+\S[^()\n]{4,30}\b20\d\d\s*",
    re.DOTALL,
)


class Post(NamedTuple):
    """A signed post: what it says and whose it is, as half-open offsets into the text."""

    content: Span
    name: Span


def find_posts(text: str, paragraphs: Sequence[Span]) -> tuple[Post, ...]:
    """Return the paragraphs that are signed posts, in order."""
    found = []
    for start, end in paragraphs:
        if end - start <= _LONGEST and "(@" in text[start:end]:
            match = _POST.fullmatch(text, start, end)
            if match:
                found.append(Post(Span(*match.span("content")), Span(*match.span("name"))))
    return tuple(found)
