"""Normalises text: the characters, spaces and paragraphs that every stored text is made of.

The first step of cleaning; the text reader uses it to look at the head of a file.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARKS = re.compile("[\u200e\u200f\u061c]")
_JOINERS = re.compile("[\u200c\u200d]")
# Controls but tab and line feed, surrogates, soft hyphens, zero-width spaces, and paired direction controls,
# which a quote cut between the two of a pair would leave open.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0001]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|\w{2,31});", re.IGNORECASE)  # "&section=2" is none
_WIDEST_WRAP = 120


def normalise_text(text: str) -> str:
    r"""Return NFC text with "\\n" line ends and without characters that nobody sees; words stay as they are.

    Zero-width joiners stay between characters that they join (Persian, Indic, emoji), direction marks in
    lines of right-to-left script. Runs of spaces of any kind become one space; lines are stripped.
    """
    if text.isascii():
        return _squeeze(INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    while True:
        before = text
        text = unicodedata.normalize("NFC", INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
        if _JOINERS.search(text):
            text = _JOINERS.sub(_keep_joiner, text)
        if _MARKS.search(text):
            text = "\n".join(line if _RTL.search(line) else _MARKS.sub("", line) for line in text.split("\n"))
        text = _squeeze(text)
        if text == before:
            return text


def split_into_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a normalised text: hard-wrapped lines are joined, other lines stay apart."""
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", text.strip("\n"))]
    width = max((len(line) for block in blocks if len(block) > 1 for line in block), default=0)
    paragraphs = []
    for block in blocks:
        if len(block) > 1 and width <= _WIDEST_WRAP and _is_wrapped(block, width):
            paragraphs.append(" ".join(block))
        else:
            paragraphs.extend(block)
    return [paragraph for paragraph in paragraphs if paragraph]


def clean_line(text: str) -> str:
    """Return a headline or name as one normalised line."""
    return " ".join(normalise_text(text).split())


def unescape_entities(text: str) -> str:
    """Return a text with the characters that HTML's entities stand for."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def replace_surrogates(text: str) -> str:
    """Return text with "?" for half pairs of surrogates, which JSON may hold and UTF-8 not; offsets stay."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _squeeze(text: str) -> str:
    return "\n".join(line.strip() for line in _SPACES.sub(" ", text).split("\n")).strip("\n")


def _keep_joiner(match: re.Match[str]) -> str:
    """Keep a joiner between two characters that can join: no ASCII, no space, not the edge of the text."""
    text, place = match.string, match.start()
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    joins = all(side and not side.isascii() and not side.isspace() for side in (before, after))
    return match.group() if joins and not _JOINERS.match(before) else ""


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether every line ends only because the next one's first word would not have fitted in."""
    return all(
        len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
        for line, following in itertools.pairwise(lines)
        if following
    )
