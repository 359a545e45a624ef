"""How much of a text has to be quoted around a sentence for it to be understood and attributed.

Used by quoting once a sentence is chosen. Only whole sentences are added, and only as far as a bound allows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.datatypes import Label, Span, Statement
from index.quotes.answer_types import find_names
from index.quotes.interviews import goes_on

MAX_LENGTH = 420
"""Code points of a quote; only a single sentence that is longer by itself exceeds it."""

_LEANS_BACK = re.compile(
    r"^[\W_]*(?:(?:but|and|also|however|then|so|still|yet|instead|later|earlier|meanwhile),? )*"
    r"(?:he|she|they|it|his|her|their|its|this|these|those|that|such|both|neither|none|"
    r"the (?:man|woman|couple|pair|two|three|men|women|group|company|statement|report|claims?|decision|move|"
    r"incident|attack|suspects?|victims?|latter|former|same))\b",
    re.IGNORECASE,
)
_LEANS_BACK_INSIDE = re.compile(r"[”\"»’],? (?:he|she|they|it|the \w+) (?:said|added|told|continued|wrote)\b")
_CUE_AFTER = re.compile(
    r"^[\W_]*(?:[\w.'’-]+ ){0,6}?(?:said|says|added|told|continued|explained|wrote|according to|went on|"
    r"noted|stated|concluded|declared|insisted|argued|warned|claimed)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys)|told|added|according to|wrote|call(?:ed|s)|stated|claimed|announced)\b", re.I
)
_ABBREVIATED = re.compile(
    r"\b(?:[ap]\.m|No|St|Sgt|Lt|Col|Gen|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
_WORD = re.compile(r"\w+")
_BARE_WORDS = 4  # outside the marks of bare quoted words, at most
_MARKS = '“"«„‘'
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we"})
_OPENERS = {"“": "”", "«": "»", "„": "“"}
_SINGLE_OPENED = re.compile(r"(?<!\w)‘(?=\S)")
_SINGLE_CLOSED = re.compile(r"(?<=[^\s\w])’|(?<=\w)’(?!\w)(?<!s’(?= [a-z]))")
_AFTER_STOP = re.compile(r"(?<=[.,!?…])’")


def extend_sentence(
    text: str,
    sentences: Sequence[Span],
    index: int,
    statements: Sequence[Statement] = (),
    max_length: int = MAX_LENGTH,
) -> Span:
    """Return the span to quote around `sentences[index]`: whole sentences, at most `max_length` long.

    Added are, in this order of need: the rest of a sentence that was cut at an abbreviation; what follows a
    short answer to a question; the other half of a quotation left open; the sentence that names the speaker
    of bare quoted words, or the cue and speaker of a statement that `statements` place there; the sentence
    before one that begins with a pronoun or another word that points back. What does not fit is left out,
    later needs first.
    """
    first = last = index
    for need in (
        _join_abbreviation,
        _finish_answer,
        _close_quotation,
        _find_speaker,
        _cover_statement,
        _find_owner,
    ):
        low, high = need(text, sentences, first, last, statements)
        low, high = max(0, min(low, first)), min(len(sentences) - 1, max(high, last))
        if sentences[high].end - sentences[low].start <= max_length:
            first, last = low, high
    return Span(sentences[first].start, sentences[last].end)


def _join_abbreviation(
    text: str, sentences: Sequence[Span], first: int, last: int, _: Sequence[Statement]
) -> tuple[int, int]:
    """Join a sentence that was cut after "p.m." or the like to its other half."""
    if (
        first
        and _ABBREVIATED.search(_slice(text, sentences[first - 1]))
        and not _parted(text, sentences, first)
    ):
        first -= 1
    if last + 1 < len(sentences) and _ABBREVIATED.search(_slice(text, sentences[last])):
        last += not _parted(text, sentences, last + 1)
    return first, last


def _finish_answer(
    text: str, sentences: Sequence[Span], first: int, last: int, _: Sequence[Statement]
) -> tuple[int, int]:
    """Join a short answer to a question, "No.", to the sentence behind it."""
    return first, last + goes_on(text, sentences, last)


def _close_quotation(
    text: str, sentences: Sequence[Span], first: int, last: int, _: Sequence[Statement]
) -> tuple[int, int]:
    """Reach for the mark that closes a quotation opened here, or opens one closed here; two sentences far."""
    quoted = text[sentences[first].start : sentences[last].end]
    for opener, closer in _OPENERS.items():
        opened = quoted.count(opener) - quoted.count(closer)
        if opened > 0:
            reach = range(last + 1, min(last + 3, len(sentences)))
            return first, next((i for i in reach if closer in _slice(text, sentences[i])), last)
        if opened < 0:
            reach = range(first - 1, max(first - 3, -1), -1)
            return next((i for i in reach if opener in _slice(text, sentences[i])), first), last
    balance = _balance_single(quoted)
    if balance > 0:
        reach = range(last + 1, min(last + 3, len(sentences)))
        return first, next((i for i in reach if _balance_single(_slice(text, sentences[i])) < 0), last)
    if balance < 0:
        reach = range(first - 1, max(first - 3, -1), -1)
        return next((i for i in reach if _balance_single(_slice(text, sentences[i])) > 0), first), last
    if quoted.count('"') % 2:
        if last + 1 < len(sentences) and _slice(text, sentences[last + 1]).count('"') % 2:
            return first, last + 1
        if first and _slice(text, sentences[first - 1]).count('"') % 2:
            return first - 1, last
    return first, last


def _find_speaker(
    text: str, sentences: Sequence[Span], first: int, last: int, statements: Sequence[Statement]
) -> tuple[int, int]:
    """Reach for the neighbour that says who speaks, where the words are quoted and nobody is named.

    Where a statement knows it, none is guessed. Who speaks in the next paragraph says something else.
    """
    quoted = text[sentences[first].start : sentences[last].end]
    outside = _outside_quotes(quoted)
    if quoted[:1] not in _MARKS or _SAYS.search(outside) or len(_WORD.findall(outside)) > _BARE_WORDS:
        return first, last  # somebody is named, or “The Salt Road” is only a title at its head
    start, end = sentences[first].start, sentences[last].end
    if any(
        (one.speaker or one.cue) and any(max(start, span.start) < min(end, span.end) for span in one.content)
        for one in statements
    ):
        return first, last
    before = _slice(text, sentences[first - 1]) if first else ""
    leads = before.rstrip().endswith(":") or bool(_SAYS.search(_outside_quotes(before)))
    if leads and not _parted(text, sentences, first):
        return first - 1, last
    goes_on = last + 1 < len(sentences) and not _parted(text, sentences, last + 1)
    if goes_on and _CUE_AFTER.match(_slice(text, sentences[last + 1])):
        return first, last + 1
    return first - leads, last


def _cover_statement(
    _: str, sentences: Sequence[Span], first: int, last: int, statements: Sequence[Statement]
) -> tuple[int, int]:
    """Reach for the cue and speaker of a statement whose content stands here."""
    start, end = sentences[first].start, sentences[last].end
    low, high = start, end
    for statement in statements:
        if any(max(start, span.start) < min(end, span.end) for span in statement.content):
            for span in (statement.cue, statement.speaker):
                if span is not None:
                    low, high = min(low, span.start), max(high, span.end)
    starts = [span.start for span in sentences]
    return max(0, bisect_right(starts, low) - 1), max(last, bisect_right(starts, high - 1) - 1)


def _find_owner(
    text: str, sentences: Sequence[Span], first: int, last: int, statements: Sequence[Statement]
) -> tuple[int, int]:
    """Reach for the sentence before one that points back and names nobody; twice at most.

    No sentence in which somebody else speaks is added: the quote would begin with another's words. None is
    needed where the speaker of quoted words is known by name, and what is denied here is the other side's.
    """
    if any(one.label is Label.DENIED for one in _list_spoken(sentences[first], statements)):
        return first, last
    speakers = _list_speakers(text, sentences[first], statements)
    named = bool(speakers) and all(re.search(r"\b(?!The |An? |He\b|She\b)[A-Z]", one) for one in speakers)
    told = frozenset(one for one in speakers if one.lower() not in _PRONOUNS)
    for _step in range(2):
        quoted = text[sentences[first].start : sentences[last].end]
        outside = _outside_quotes(quoted)
        opener = quoted[:1] in _MARKS
        leans = _LEANS_BACK_INSIDE.search(quoted) if opener else _LEANS_BACK.match(outside)
        if not first or not leans or any(True for _name in find_names(outside)):
            break
        others = _list_speakers(text, sentences[first - 1], statements) - speakers
        if (opener and named) or (told and others):
            break
        first -= 1
    return first, last


def _list_speakers(text: str, sentence: Span, statements: Sequence[Statement]) -> frozenset[str]:
    """Return who speaks in a sentence: by full name where it is known, else as mentioned there."""
    return frozenset(
        one.name or (text[slice(*one.speaker)] if one.speaker else "")
        for one in _list_spoken(sentence, statements)
        if one.name or one.speaker
    )


def _list_spoken(sentence: Span, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements that a sentence holds words of."""
    for statement in statements:
        if any(max(sentence.start, span.start) < min(sentence.end, span.end) for span in statement.content):
            yield statement


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _parted(text: str, sentences: Sequence[Span], index: int) -> bool:
    """Return whether a paragraph ends before a sentence."""
    return "\n\n" in text[sentences[index - 1].end : sentences[index].start]


def _balance_single(text: str) -> int:
    """Return how many quotations in ‘single marks’ a text opens (above 0) or closes without the other mark.

    The closing mark is an apostrophe as well: one within a word closes nothing, nor one that makes an owner
    ("the workers’ pay"), nor one behind any word where no quotation is open.
    """
    opened = [(found.start(), True) for found in _SINGLE_OPENED.finditer(text)]
    closed = [(found.start(), False) for found in _SINGLE_CLOSED.finditer(text)]
    balance = 0
    for at, opens in sorted([*opened, *closed]):
        if opens:
            balance += 1
        elif balance > 0 or _AFTER_STOP.match(text, at):
            balance -= 1
    return balance


def _outside_quotes(text: str) -> str:
    """Return the text without its quoted parts."""
    return re.sub(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|(?<!\w)‘.*?(?:’(?!\w)|$)|\"[^\"]*(?:\"|$)", " ", text)
