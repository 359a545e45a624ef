"""What cues took in too much of, by the parse: words behind a quotation, a cue before it, others' quotations.

`speech.assignment` asks before it gives out the quotations that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.speech.narration import Narration
from index.speech.reports import SpeechReport

_ADVERBIAL = frozenset(
    {"on", "in", "at", "over", "during", "when", "after", "before", "because", "while", "since", "as"}
)
_TRAILED = frozenset({"clause", "naming", "matter", "object", "act", "request", "listed"})
_TELLING = frozenset({"which", "who", "a", "an", "the", "another", "part", "in"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DASHES = frozenset({"-", "--", "–", "—"})


def trim_contents(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Return a paragraph's reports without what is not theirs."""
    kept = [
        _drop_apposition(
            narration,
            _drop_adverbial(narration, _drop_comment(narration, _drop_loose_words(narration, report))),
        )
        for report in reports
    ]
    own = _yield_content(narration, [_drop_hearer(narration, report) for report in kept])
    return _part_carriers(narration, [_drop_first_cue(narration, report, own) for report in own])


def _drop_hearer(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Leave out what belongs to whom it is told: "told Halyard’s “Morning Hour” that …"."""
    if not report.content or narration.lower[report.content[0]] not in _POSSESSIVE:
        return report
    that = next((word for word in report.content if narration.lower[word] == "that"), None)
    if that is None or "tell" not in report.frames or narration.quotation[that] >= 0:
        return report
    return replace(report, content=tuple(word for word in report.content if word >= that))


def _part_carriers(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Leave who passed a quotation on out of it: "Roe said: “…,” *Halyard reported*", of all before it."""
    parted = list(reports)
    for place, report in enumerate(parted):
        leads = report.verb + 1 < len(narration.words) and narration.words[report.verb + 1] == ":"
        if not leads or report.mention == "pronoun" or report.pattern != "clause":
            continue
        for at, other in enumerate(reports):
            told = {*other.cue, *other.speaker}
            if not other.speaker or not told <= set(report.content) or report.verb in other.content:
                continue
            if not other.content or max(other.content) > min(told) or report.verb > min(other.content):
                continue
            kept = tuple(word for word in report.content if word < min(told))
            before = range(min(report.speaker, default=report.verb), min(told))
            parted[place] = replace(report, content=kept)
            parted[at] = replace(other, content=tuple(before))
    return parted


def _drop_loose_words(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Keep to the quotation where its cue also took in what follows: "…," she said, blaming the weather."""
    if report.pattern not in ("clause-before", "parenthesis"):
        return report
    if not any(narration.is_folded(word) and word < report.verb for word in report.content):
        return report
    kept = tuple(word for word in report.content if word < report.verb or narration.quotation[word] >= 0)
    return replace(report, content=kept)


def _drop_comment(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Leave out the reporter's comment behind a dash: he was “glad” of the plan — a boost for the mayor."""
    if report.pattern != "clause":
        return report
    last = max((word for word in report.content if narration.quotation[word] >= 0), default=-1)
    dashes = [
        word for word in report.content
        if narration.quotation[word] < 0 and narration.words[word] in _DASHES
        and narration.spans[word].start > narration.spans[word - 1].end
    ]  # fmt: skip
    if len(dashes) != 1 or not report.verb < last < dashes[0]:  # two hold a parenthesis; the sentence goes on
        return report
    return replace(report, content=tuple(word for word in report.content if word < dashes[0]))


def _drop_adverbial(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Leave out when and where something was called a name: she called it “a lie” in a letter on Monday."""
    last = max((word for word in report.content if narration.quotation[word] >= 0), default=-1)
    if report.pattern != "naming" or not report.verb < last < len(narration.words) - 1:
        return report
    if narration.lower[last + 1] not in _ADVERBIAL and narration.words[last + 1] != ",":
        return report
    return replace(report, content=tuple(word for word in report.content if word <= last))


def _drop_apposition(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Leave out what the reporter tells of the last words quoted: he was “neutral,” a word that Doe likes."""
    last = max((word for word in report.content if narration.quotation[word] >= 0), default=-1)
    if report.pattern not in _TRAILED or not report.verb < last < len(narration.words) - 1:
        return report
    if narration.words[last] != "," or narration.is_folded(last) or narration.lower[last + 1] not in _TELLING:
        return report
    behind = [word for word in report.content if word > last]
    if any(narration.heads[word] == report.verb and narration.is_verb(word) for word in behind):
        return report  # "the show, called “Varn,” which Doe owns, will end": the sentence goes on
    return replace(report, content=tuple(word for word in report.content if word <= last))


def _drop_first_cue(
    narration: Narration, report: SpeechReport, reports: Sequence[SpeechReport]
) -> SpeechReport:
    """Leave a cue before the quotation out of what the cue behind it reports: "She said, “…,” she added".

    So too with whatever leads to it with a colon: "The mayor was glad: “…,” she said".
    """
    if report.pattern not in ("clause-before", "parenthesis"):
        return report
    folded = next((word for word in report.content if narration.is_folded(word)), -1)
    if folded > 0 and narration.words[folded - 1] == ":":
        return replace(report, content=tuple(word for word in report.content if word >= folded))
    outside = {word for word in report.content if narration.quotation[word] < 0}
    first = {
        word
        for each in reports
        if not each.content and each.verb in outside
        for word in (*each.cue, *each.speaker)
    }
    loose = [word for word in outside - first if narration.words[word][0].isalnum()]
    if not first or loose:
        return report
    return replace(report, content=tuple(word for word in report.content if word not in outside))


def _yield_content(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Give a quotation to the cue right before it: "he quipped, “…”", "Roe said as Doe yelled: “…”".

    So where the cue that took it has no speaker, or where another's cue stands before a colon.
    """
    empty = [each for each in reports if not each.content and each.speaker]
    given = list(reports)
    for place, report in enumerate(reports):
        for folded in _list_starts(narration, report):
            before = folded - 1
            while before > 0 and narration.words[before] in (",", ":"):
                before -= 1
            called = narration.words[folded - 1] == ":" and report.verb < before
            if any(each.verb == before and (called or not report.speaker) for each in empty):
                number = narration.quotation[folded]
                given[place] = replace(
                    given[place],
                    content=tuple(
                        word
                        for word in given[place].content
                        if report.speaker and narration.quotation[word] != number
                    ),
                )
    return given


def _list_starts(narration: Narration, report: SpeechReport) -> list[int]:
    """Return the first words of the folded quotations that a report took."""
    return [
        word
        for place, word in enumerate(report.content)
        if narration.is_folded(word)
        and (not place or narration.quotation[report.content[place - 1]] != narration.quotation[word])
    ]
