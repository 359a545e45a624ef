"""Embedded posts: what a tweet and its like leave behind in the text of a report.

Cleaning takes them out of the quotable text here, and the HTML reader finds here which quotations are posts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DATE = r"""(?:
    (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},?\s+\d{4}
    | \d{1,2}\.?\s+[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}
    | \d{4}-\d\d-\d\d
)(?:\s+at\s+\d{1,2}:\d\d\s?[ap]m(?:\s+[A-Z]{2,4})?)?"""
_PICTURE = r"pic(?:\.[\w-]+)+/\w+"
# "#Tag pic.twitter.com/x — Name (@handle) February 8, 2023": from the closing hashtags and links on.
_SIGNED_POST = re.compile(
    rf"""
    (?<!\S)(?:(?:[#@]\w++|https?://[^\s–—]++|{_PICTURE})\s*+)*+
        (?P<signature>[-–—]{{1,2}}\s?[^()\n@]{{1,80}}\(@\w{{1,30}}\),?\s+{_DATE})
    | (?<!\S)(?:[#]\w++\s++)*+{_PICTURE}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REMNANTS = (
    re.compile(
        r"(?:view\s+this\s+post\s+on\s+instagram\s*)?a\s+post\s+shared\s+by\s[^()\n]{0,80}\(@[\w.]{1,40}\)"
        r"(?:\s+on\s.{4,60})?$",
        re.IGNORECASE,
    ),
    re.compile(r"^view\s+this\s+post\s+on\s+(?:instagram|facebook|x|threads|tiktok)\.?$", re.IGNORECASE),
    re.compile(r"(?<=[.!?…\"”’])\s*E-?mail\s+to\s+a\s+friend\s*$", re.IGNORECASE),
)
_LONGEST = 20_000  # characters of a paragraph in which posts are looked for
_HINTS = "(@", "pic.", "this post", "to a friend"
_FINISHED = '.!?…"”’»)'
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»“]|‘[^‘’]*’")
_CHATTER = re.compile("[@#]\\w|https?://|[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_POSTER_VOICE = re.compile(r"\b(?:I|[Mm]y|me|[Ww]e|[Oo]urs?|us|[Yy]ou|[Yy]ours?)\b")


class Extracted(NamedTuple):
    """A paragraph without what was taken out of it, and that; the rest may be several lines, or empty."""

    rest: str
    taken: tuple[str, ...]


def holds_post(text: str) -> bool:
    """Whether a text holds the signature or the picture link of an embedded post."""
    return _SIGNED_POST.search(text) is not None


def take_embeds(paragraph: str) -> Extracted:
    """Return a paragraph without what embeds left in it, and that.

    Of an embedded post the hashtags, links and signature at its end go ("#Tag pic.twitter.com/x — Name
    (@handle) February 8, 2023"). What stands before them decides the rest: sentences that read as the
    report's own stay; chatter (unfinished, or with emoji, mentions or links) goes too; finished sentences
    in the first or second person are somebody's statement and stay with the signature that says whose.
    """
    lowered = paragraph.lower()
    if len(paragraph) > _LONGEST or not any(hint in lowered for hint in _HINTS):
        return Extracted(paragraph, ())
    taken: list[str] = []
    pieces: list[str] = []
    place = 0
    for match in _SIGNED_POST.finditer(paragraph):
        words, signature = paragraph[place : match.start()].strip(), match["signature"]
        if words and (words[-1] not in _FINISHED or _CHATTER.search(words)):
            taken.append(f"{words} {match.group()}")
        elif signature and _POSTER_VOICE.search(_QUOTED.sub("", words)):
            pieces.append(f"{words} {signature}")
            if beside := match.group().removesuffix(signature).strip():
                taken.append(beside)
        else:
            pieces.append(words)
            taken.append(match.group())
        place = match.end()
    rest = "\n".join([*pieces, paragraph[place:]])
    for pattern in _REMNANTS:
        taken.extend(match.group().strip() for match in pattern.finditer(rest))
        rest = pattern.sub("\n", rest)
    return Extracted(rest.strip(), tuple(taken))
