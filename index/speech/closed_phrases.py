"""Speakers before a phrase that marks close: "Roe, speaking on Harbour FM, said", "Jane Roe (Lorn), said".

The parser may take the last name in such a phrase for who speaks. `speech.word_order` asks for every cue with
a subject before it.
"""

from __future__ import annotations

from dataclasses import replace

from index.speech.narration import Narration
from index.speech.reports import SpeechReport, sort_report

_OPENING = ("VBG", "VBN", "IN")
_MENTION = ("DT", "NN", "PRP", "JJ", "CD", "POS", "HYPH")
_STOPS = frozenset({".", "!", "?", ":", ";"})
_BEFORE = frozenset({",", ".", "!", "?", ":", ";", "and", "but", "while", "as", "when", "after"})


def settle_closed(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give a cue behind a closed phrase that holds its subject the mention before that phrase."""
    end = report.cue[0] - 1
    if report.form != "finite" or not report.speaker or report.speaker[-1] >= end or end < 3:
        return report
    if narration.quotation[end] >= 0 or narration.words[end] not in (",", ")"):
        return report
    opened = _find_bracket(narration, report, end) or _find_comma(narration, report, end)
    if not opened:
        return report
    first = opened
    while first > 0 and narration.quotation[first - 1] < 0 and _belongs(narration, first - 1):
        first -= 1
    speaker = tuple(range(first, opened))
    alone = not first or narration.lower[first - 1] in _BEFORE or narration.quotation[first - 1] >= 0
    if not speaker or not alone or not narration.tags[speaker[-1]].startswith(("NN", "PRP")):
        return report
    content = tuple(word for word in report.content if not first <= word <= end)
    return sort_report(narration, replace(report, speaker=speaker, content=content))


def _find_bracket(narration: Narration, report: SpeechReport, end: int) -> int:
    """Return where the bracket opens that holds the subject and ends before a cue, 0 where none does."""
    close = end - 1 if narration.words[end] == "," else end
    if narration.words[close] != ")" or report.speaker[-1] >= close:
        return 0
    opened = next((word for word in range(close, 0, -1) if narration.words[word] == "("), 0)
    return opened if opened < report.speaker[0] else 0


def _find_comma(narration: Narration, report: SpeechReport, end: int) -> int:
    """Return where the comma stands that opens a phrase with the subject, 0 where none does."""
    if narration.words[end] != ",":
        return 0
    for word in range(report.speaker[0] - 1, 0, -1):
        if narration.words[word] in _STOPS or narration.quotation[word] >= 0:
            return 0
        if narration.words[word] == ",":
            return word if narration.tags[word + 1].startswith(_OPENING) else 0
    return 0


def _belongs(narration: Narration, word: int) -> bool:
    """Whether a word may be part of a mention: by its tag, or by its capital."""
    return narration.tags[word].startswith(_MENTION) or narration.words[word][0].isupper()
