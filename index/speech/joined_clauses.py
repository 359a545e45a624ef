"""Clauses that go on with what was said: "says it is “a long road” but he feels that it will “end well”".

The parser joins such a clause to the cue instead of to what it reports. `speech.assignment` asks before it
gives out the quotations that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.speech.cues import CueTable
from index.speech.narration import Narration
from index.speech.reports import SpeechReport

_JOINING = frozenset({"and", "but", "or"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "there", "we", "i"})
_STOPS = frozenset({".", "!", "?", ";", ":", "(", "—", "–", "--"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def extend_joined(
    narration: Narration, reports: Sequence[SpeechReport], cues: CueTable
) -> list[SpeechReport]:
    """Return the reports, with "and that …" and "but he … “…”" behind a reported clause in its content."""
    taken = {word for report in reports for word in report.content}
    extended = []
    for report in reports:
        more = [*_find_subject_lost(narration, report), *_find_more(narration, report, taken, cues)]
        extended.append(replace(report, content=tuple(sorted({*report.content, *more}))) if more else report)
    return extended


def _find_more(narration: Narration, report: SpeechReport, taken: set[int], cues: CueTable) -> list[int]:
    if report.pattern != "clause" or not report.speaker or not report.content:
        return []
    if min(report.content) < report.verb:
        return []
    last = max(report.content)
    at = last + 1
    if at < len(narration.words) and narration.words[at] == "," and narration.quotation[at] < 0:
        at += 1
    if at + 2 >= len(narration.words) or narration.lower[at] not in _JOINING:
        return []
    end = at
    while end < len(narration.words) and not _ends(narration, end):
        end += 1
    more = list(range(last + 1, end))
    own = [word for word in more if narration.quotation[word] < 0]
    if narration.lower[at + 1] != "that" or narration.tags[at + 2].startswith(_FINITE):
        quoted = any(narration.quotation[word] >= 0 for word in more)
        goes_on = narration.lower[at + 1] in _PRONOUNS and narration.tags[at + 2].startswith(_FINITE)
        if not quoted or not goes_on:
            return []
    reported = any(cues.find_verb(narration.lower[word]) and narration.is_verb(word) for word in own)
    return [] if reported or taken.intersection(own) else more


def _ends(narration: Narration, word: int) -> bool:
    """Whether a sentence ends before a word: at a stop, or behind one that a quotation holds."""
    if narration.quotation[word] >= 0:
        return False
    after = narration.quotation[word - 1] >= 0 and narration.words[word - 1] in (".", "!", "?")
    return narration.words[word] in _STOPS or (after and narration.words[word][0].isupper())


def _find_subject_lost(narration: Narration, report: SpeechReport) -> list[int]:
    """Return the subject of a reported clause that the parser hung on its cue: "They state their goal is"."""
    if report.pattern != "clause" or not report.content or report.frames & {"tell", "ask"}:
        return []
    last, first = report.cue[-1], min(report.content)
    if first <= last + 1 or not narration.tags[first].startswith(_FINITE):
        return []
    gap = range(last + 1, first)
    if any(word in report.speaker or narration.words[word] in {",", *_STOPS} for word in gap):
        return []
    heads = [word for word in gap if narration.heads[word] not in gap]
    one = len(heads) == 1 and narration.is_noun(heads[0])
    verbs = any(narration.tags[word].startswith(("VB", "MD", "RP")) for word in gap)
    opens = narration.tags[gap[0]].startswith(("DT", "NN", "PRP", "JJ", "CD"))
    return list(gap) if opens and (one or not verbs) and (one or narration.is_noun(gap[-1])) else []
