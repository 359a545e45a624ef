"""Speakers that marks alone tell: a name behind a dash, or before the colon that opens a quotation.

`speech.assignment` asks for quotations that no cue claimed, `speech.attribution` for one that stands in
the next paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.datatypes import Label, Span
from index.speech.cues import load_cues
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.reports import SpeechReport, read_any_verb
from index.speech.speakers import find_subject

DASHES = frozenset({"-", "--", "–", "—", "―"})
"""Words that are dashes."""

_LONG_NAME = 6  # words
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_THINGS = frozenset({"it", "this", "that", "there", "what", "which"})
_NAME = re.compile(r"\s*[-–—―]{1,2}\s*((?:[A-Z][\w.’'-]*,?\s?(?:(?:of|de|van|von|the|al|bin)\s)?){1,6})")


def find_signature(text: str, narration: Narration, number: int, own: tuple[int, ...]) -> SpeechReport | None:
    """Read a name behind a dash: “…” — Jane Roe."""
    match = _NAME.match(text, narration.quotations[number].end, narration.end)
    if match is None:
        return None
    behind = text[match.end() : narration.end].lstrip()
    name = Span(match.start(1), match.start(1) + len(match.group(1).rstrip(" ,.")))
    if behind and behind[0] not in ',.(\n“"':
        return None
    speaker = tuple(
        word
        for word, span in enumerate(narration.spans)
        if narration.quotation[word] < 0 and name.start <= span.start and span.end <= name.end
    )
    dash = next(
        (word for word in range(own[-1] + 1, len(narration.words)) if narration.words[word] in DASHES), None
    )
    if not speaker or dash is None or dash > speaker[0]:
        return None
    return _make_report("dash", dash, speaker, own)


def _make_report(pattern: str, mark: int, speaker: tuple[int, ...], content: tuple[int, ...]) -> SpeechReport:
    """Return the report whose cue is a dash or a colon."""
    quoting = frozenset({"quote"})
    return SpeechReport(pattern, mark, (mark,), speaker, content, Label.STATED, quoting, "finite", "named")


def find_heading(narration: Narration, own: tuple[int, ...]) -> SpeechReport | None:
    """Read a name between a dash and the colon before a quotation: "The vote was close - Jane Roe: “…”"."""
    colon = own[0] - 1
    first = colon
    while first > 0 and (narration.words[first - 1][0].isupper() or narration.lower[first - 1] == "and"):
        first -= 1
    if (
        colon < 2
        or narration.words[colon] != ":"
        or narration.words[first - 1] not in DASHES
        or not 0 < colon - first <= _LONG_NAME
    ):
        return None
    return _make_report("dash", colon, tuple(range(first, colon)), own)


def find_colon(narration: Narration, own: tuple[int, ...]) -> SpeechReport | None:
    """Read what stands before a colon: a name, or a clause whose subject speaks."""
    if own[0] == 0 or narration.words[own[0] - 1] != ":":
        return None
    return read_colon(narration, own[0] - 1)


def read_colon(narration: Narration, colon: int) -> SpeechReport | None:
    """Return the report that a colon opens: the noun right before it speaks, else the clause's subject."""
    first = colon
    while (
        first > 0 and narration.words[first - 1] not in (".", "!", "?") and not narration.is_folded(first - 1)
    ):
        first -= 1
    words = [word for word in range(first, colon) if narration.quotation[word] < 0]
    verbs = [word for word in words if narration.is_verb(word) and narration.tags[word] not in ("VBG", "VBN")]
    if words and not verbs and len(words) <= 8:
        named = _find_headed(narration, words)
        tags = {narration.tags[word] for word in words}
        if not named and narration.tags[words[-1]].startswith("NNP") and "IN" not in tags:
            named = trim_mention(narration, words[-1])
        return _make_report("colon", colon, tuple(named), ()) if named else None
    for verb in _order_verbs(narration, verbs, colon):
        subject = find_subject(narration, verb)
        if subject is not None and first <= subject < colon:
            return replace(read_any_verb(narration, verb, (), "colon-clause"), content=())
    return None


def _order_verbs(narration: Narration, verbs: Sequence[int], colon: int) -> list[int]:
    """Return the verbs of a clause, likeliest to lead to the colon first.

    That is a cue right before it ("Roe replied:"), then the sentence's head: "When Doe left, Roe wrote:".
    """
    before, root = colon - 1, narration.root(colon)
    cued = narration.tags[before] in _FINITE and load_cues().find_verb(narration.lower[before]) is not None
    things = any(
        narration.relations[child].startswith("nsubj") and narration.lower[child] in _THINGS
        for child in narration.children[root]
    )
    first = before if cued else root if not things else -1
    return sorted(verbs, key=lambda verb: (verb != first, verb))


def _find_headed(narration: Narration, words: Sequence[int]) -> list[int]:
    """Return the name that begins a heading, "Bank of Varn: “…”", "Jane Roe, head of the port: “…”"."""
    tags = [narration.tags[word] for word in words]
    end = 0
    while tags[end : end + 1] in (["NNP"], ["NNPS"]) or (
        end and tags[end + 1 : end + 2] == ["NNP"] and _is_of(narration, words[end])
    ):
        end += 1
    behind = words[end : end + 1]
    more = not behind or narration.words[behind[0]] in (",", "(") or tags[end] == "IN"
    return list(words[:end]) if more else []


def _is_of(narration: Narration, word: int) -> bool:
    return narration.lower[word] in ("of", "for")
