"""Quotations that no parsed clause claimed: each goes to the cue, the name or the statement beside it.

`speech.reports` finds the cues first; `speech.attribution` turns what this module returns into statements.
"""

from __future__ import annotations

from dataclasses import replace

from index.datatypes import Label
from index.speech.cues import CueTable
from index.speech.joined_clauses import extend_joined
from index.speech.marked_names import DASHES, find_colon, find_heading, find_signature
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.quotations import Quotation
from index.speech.reports import SpeechReport, read_any_verb, sort_report
from index.speech.trimming import trim_contents
from index.speech.word_order import settle_by_order

_BREAKS = frozenset({".", ";", ":", "!", "?"})
_SKIPPED = DASHES | {","}
_REACH = 14
_LONG_LEAD = 14


def assign_quotations(
    text: str, narration: Narration, reports: list[SpeechReport], cues: CueTable
) -> list[SpeechReport]:
    """Return a paragraph's reports, with every quotation given to one of them where its owner is plain."""
    reports = trim_contents(narration, settle_by_order(narration, reports))
    reports = extend_joined(narration, reports, cues)
    owners: dict[int, int] = {}
    for position, report in enumerate(reports):
        for each in _list_quotations(narration, report):
            owners.setdefault(each, position)

    def give(number: int, report: SpeechReport) -> None:
        reports.append(report)
        owners[number] = len(reports) - 1

    for number in range(len(narration.quotations)):
        own = _list_words(narration, number)
        if number in owners or not own:
            continue
        if number not in narration.folded:
            led = _find_led(narration, own, reports)
            if led is not None:
                reports[led] = replace(reports[led], content=own, pattern="beside")
                owners[number] = led
                continue
            governed = _find_governed(text, narration, number, own, cues)
            if governed is not None:
                give(number, governed)
            continue
        headed = find_heading(narration, own)
        if headed is not None:
            give(number, headed)
            continue
        place = _find_neighbour(narration, own, reports)
        if place is None:
            made = (
                _find_adjacent(narration, own, cues)
                or find_signature(text, narration, number, own)
                or _find_unlisted(text, narration, number, own)
                or find_colon(narration, own)
            )
            if made is not None:
                give(number, replace(made, content=own))
                continue
            place = _find_joined(narration, number, own, reports, owners)
            cited = _find_cited(narration, reports, place) if place is not None else None
            if cited is not None:
                reports[cited] = replace(reports[cited], content=(*reports[cited].content, *own))
        if place is not None:
            report = reports[place]
            few = not report.content or report.pattern in ("matter", "object")
            pattern = "beside" if few else report.pattern
            content = own if "ask" in report.frames and few else tuple(sorted({*report.content, *own}))
            reports[place] = replace(report, content=content, pattern=pattern)
            owners[number] = place
            continue
        lead = _find_lead(narration, own)
        if lead is not None:
            give(number, replace(lead, content=own))
    return [report for report in reports if report.content]


def is_title(text: str, quotation: Quotation) -> bool:
    """Whether a quotation reads like the name of a work: every long word begins with a capital."""
    inner = text[quotation.inner.start : quotation.inner.end].strip().rstrip(",.")
    words = inner.split()
    return bool(words) and (
        all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 4)
        and words[0][0].isupper()
    )


def _list_words(narration: Narration, number: int) -> tuple[int, ...]:
    return tuple(word for word, each in enumerate(narration.quotation) if each == number)


def _list_quotations(narration: Narration, report: SpeechReport) -> set[int]:
    return {narration.quotation[word] for word in report.content} - {-1}


def _find_neighbour(narration: Narration, own: tuple[int, ...], reports: list[SpeechReport]) -> int | None:
    """Return the report whose cue stands beside a folded quotation: behind it, else before it."""
    behind = own[-1] + 1
    while behind < len(narration.words) and narration.words[behind] in _SKIPPED:
        behind += 1
    if narration.words[own[-1]] != ".":
        for position, report in enumerate(reports):
            if behind <= report.verb <= behind + 12:
                gap = range(behind, report.verb)
                if not any(narration.words[word] in _BREAKS or narration.is_folded(word) for word in gap):
                    return position
                break
    nearest = None
    for position, report in enumerate(reports):
        gap = range(report.verb + 1, own[0])
        if report.form == "passive" and "ask" in report.frames:
            continue  # "Roe laughed when she was asked: “…”": who is asked answers
        if report.verb < own[0] and not any(
            narration.words[word] in (".", "!", "?") or narration.is_folded(word) for word in gap
        ):
            nearest = position
    return nearest


def _find_led(narration: Narration, own: tuple[int, ...], reports: list[SpeechReport]) -> int | None:
    """Return the report without content whose cue leads to a few quoted words: "an email saying, “done”"."""
    before = own[0] - 1
    while before > 0 and narration.words[before] in (",", ":"):
        before -= 1
    for position, report in enumerate(reports):
        if report.cue[-1] == before and not report.content:
            return position
    return None


def _find_adjacent(narration: Narration, own: tuple[int, ...], cues: CueTable) -> SpeechReport | None:
    """Read a cue beside a quotation by word order alone, where the parse missed it: "…," the two write."""
    first = own[-1] + 1
    while first < len(narration.words) and narration.words[first] in _SKIPPED:
        first += 1
    inverted = cues.find_verb(narration.lower[first]) if first < len(narration.words) else None
    if inverted is not None and narration.words[own[-1]] != "." and narration.words[first].islower():
        for word in range(first + 1, min(first + _REACH, len(narration.words))):
            if narration.is_noun(word) and narration.relations[word] not in (
                "compound",
                "nmod",
                "amod",
                "poss",
            ):
                speaker = [each for each in trim_mention(narration, word) if each > first]
                return _make_report(narration, first, speaker, inverted.label, inverted.frames)
    for word in range(first + 1, min(first + _REACH, len(narration.words))):
        if narration.words[word] in _BREAKS or narration.is_folded(word):
            break
        cue = cues.find_verb(narration.lower[word])
        if cue is not None and narration.tags[word] != "VBG":
            speaker = list(range(first, word))
            while len(speaker) > 1 and (
                narration.words[speaker[-1]] == "," or narration.tags[speaker[-1]] == "RB"
            ):
                speaker.pop()
            if narration.words[own[-1]] != "." and not narration.tags[first].startswith(("IN", "CC", "VB")):
                return _make_report(narration, word, speaker, cue.label, cue.frames)
            break
    return None


def _make_report(
    narration: Narration, cue: int, speaker: list[int], label: Label, frames: frozenset[str]
) -> SpeechReport:
    base = read_any_verb(narration, cue, (), "adjacent")
    kept = tuple(word for word in speaker if not narration.is_folded(word))
    return replace(
        sort_report(narration, replace(base, speaker=kept)), label=label, frames=frames, form="finite"
    )


def _find_unlisted(text: str, narration: Narration, number: int, own: tuple[int, ...]) -> SpeechReport | None:
    """Return the report of a verb that the table does not list and that has a quotation for its clause."""
    if is_title(text, narration.quotations[number]):
        return None
    root = own[1] if len(own) > 1 else own[0]
    verb = narration.heads[root]
    if narration.relations[root] in ("ccomp", "dobj", "xcomp", "advcl", "dep", "oprd", "parataxis"):
        verbs = [verb]
    else:
        verbs = [
            child
            for child in narration.children[root]
            if narration.relations[child] in ("parataxis", "ccomp")
        ]
    for each in verbs:
        if not narration.is_folded(each):
            report = read_any_verb(narration, each, own, "unlisted")
            return report if report.speaker else None
    return None


def _find_joined(
    narration: Narration,
    number: int,
    own: tuple[int, ...],
    reports: list[SpeechReport],
    owners: dict[int, int],
) -> int | None:
    """Return the report that a quotation without a cue goes on with: the one of the sentence before it."""
    before = own[0] - 1
    if before >= 0:
        sentence = narration.root(before)
        beside = [
            position
            for position, report in enumerate(reports)
            if report.content and report.speaker and report.verb < own[0]
            and narration.root(report.verb) == sentence
        ]  # fmt: skip
        quoting = [each for each in beside if any(map(narration.is_folded, reports[each].content))]
        main = [each for each in beside if reports[each].verb == sentence]
        if beside:
            place = (quoting or main or beside)[-1]
            return None if _acts_another(narration, reports[place], before) else place
    return owners.get(number - 1)


def _acts_another(narration: Narration, report: SpeechReport, last: int) -> bool:
    """Whether somebody else does something behind a cue: "“…,” Roe said, and her husband cut in"."""
    return any(
        narration.relations[word] == "nsubj"
        and narration.quotation[word] < 0
        and word not in report.content
        and narration.tags[word].startswith(("NN", "DT", "CD"))
        and narration.is_verb(narration.heads[word])
        and narration.lower[narration.subtree(word)[0] - 1] in ("and", "but")
        for word in range(report.verb + 1, last)
    )


def _find_cited(narration: Narration, reports: list[SpeechReport], place: int) -> int | None:
    """Return whose quotation a report only cites: Roe's in "“…,” Roe said, according to Halyard. “…”"."""
    report = reports[place]
    inside = (
        other
        for other, each in enumerate(reports)
        if each.verb in report.content and each.speaker and any(map(narration.is_folded, each.content))
    )
    return next(inside, None) if report.pattern == "according" else None


def _find_lead(narration: Narration, own: tuple[int, ...]) -> SpeechReport | None:
    """Read a short sentence that leads to a quotation: "The mayor agreed. “…”"."""
    before = own[0] - 1
    if before < 0 or narration.words[before] != "." or narration.is_folded(before):
        return None
    first = before
    while first > 0 and narration.words[first - 1] != "." and not narration.is_folded(first - 1):
        first -= 1
    root = narration.root(first)
    if before - first > _LONG_LEAD or not narration.is_verb(root):
        return None
    report = read_any_verb(narration, root, own, "lead")
    return report if report.speaker else None


def _find_governed(
    text: str, narration: Narration, number: int, own: tuple[int, ...], cues: CueTable
) -> SpeechReport | None:
    """Return the report of the verb that governs a phrase in quotation marks, whatever verb it is."""
    head = next((word for word in own if narration.quotation[narration.heads[word]] != number), None)
    if head is None or is_title(text, narration.quotations[number]):
        return None
    child, verb = head, narration.heads[head]
    while narration.heads[verb] != verb and not narration.is_verb(verb):
        child, verb = verb, narration.heads[verb]
    at = verb
    while narration.heads[at] != at:
        above = narration.heads[at]
        if narration.relations[at] == "ccomp" and narration.is_verb(above) and above < at:
            report = read_any_verb(narration, above, tuple(narration.subtree(at)), "governed-clause")
            return report if report.speaker else None
        at = above
    if not narration.is_verb(verb) or verb > own[0] or narration.lower[verb] in _STATES:
        return None
    if narration.quotation[verb] >= 0:
        return None  # a verb of somebody's words governs none of the reporter's
    report = read_any_verb(narration, verb, tuple(narration.subtree(child)), "governed")
    cue = cues.find_verb(narration.lower[verb])
    if cue is not None:
        report = replace(report, pattern="listed", label=cue.label, frames=cue.frames)
    return report if report.speaker else None


_STATES = frozenset(
    [
        "is", "was", "are", "were", "be", "been", "being", "'s",
        "’s", "has", "had", "have", "having", "do", "did", "does",
    ]
)  # fmt: skip
