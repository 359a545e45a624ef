"""Speakers behind an opening phrase: "In a post on X, formerly Twitter, Roe wrote" is Roe's.

The parser joins such a phrase to the subject behind it, or takes its last name for one. `speech.word_order`
asks for every cue with a subject before it.
"""

from __future__ import annotations

from dataclasses import replace

from index.speech.narration import Narration
from index.speech.reports import SpeechReport, sort_report

_OPENING = ("IN", "VBG", "VBN")
_MENTION = ("DT", "NN", "PRP", "JJ", "CD", "POS", "HYPH")
_BETWEEN = ("RB", "MD", "VBZ", "VBP", "VBD")  # adverbs and auxiliaries before a cue
_STOPS = frozenset({".", "!", "?", ":", ";"})


def settle_behind_opening(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give a cue the mention between the last comma of an opening phrase and the cue."""
    cue = report.cue[0]
    if report.form != "finite" or not report.speaker or report.speaker[-1] >= cue:
        return report
    end = cue
    while end > 0 and narration.tags[end - 1].startswith(_BETWEEN):
        end -= 1
    comma = end - 1
    while comma > 0 and _belongs(narration, comma):
        comma -= 1
    speaker = tuple(range(comma + 1, end))
    if not speaker or narration.words[comma] != "," or narration.quotation[comma] >= 0:
        return report
    if report.speaker[0] > comma or not narration.is_noun(speaker[-1]):
        return report
    first = comma
    while first > 0 and narration.words[first - 1] not in _STOPS and narration.quotation[first - 1] < 0:
        first -= 1
    before = narration.tags[report.speaker[0] - 1] if report.speaker[0] > first else ""
    if not narration.tags[first].startswith(_OPENING) or not before.startswith(("IN", "RB")):
        return report
    content = tuple(word for word in report.content if word not in speaker)
    return sort_report(narration, replace(report, speaker=speaker, content=content))


def _belongs(narration: Narration, word: int) -> bool:
    return narration.quotation[word] < 0 and narration.tags[word].startswith(_MENTION)
