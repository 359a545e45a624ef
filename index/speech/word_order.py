"""Speakers by word order: who stands right behind a cue that follows a quotation, or between the two.

In "“…,” said Jane Roe" and "“…,” Jane Roe said" order alone tells who speaks, whatever the parser made of the
words around the marks. `speech.assignment` asks before it gives out the quotations that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.speech.closed_phrases import settle_closed
from index.speech.closing_tags import settle_closing
from index.speech.inversions import settle_inverted
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.reports import SpeechReport, sort_report
from index.speech.speakers import DAYS, OPENING

_LEADS = ("DT", "NN", "PRP$", "JJ", "CD", "POS")  # tags of a mention's words
_NOUNS = ("NN", "DT", "CD")
_ADVERBS = ("RB", "MD")
_VERBS = ("VB", "MD", "TO")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_TIMES = DAYS | {"today", "yesterday", "that", "this", "last", "no", "so"}
_STOPS = frozenset({".", "!", "?"})
_LONG = 10  # words between a quotation and its cue
_RELATIVES = frozenset({"who", "whose"})
_JOINING = frozenset({"as", "because", "when", "while", "after", "before", "since", "although", "though"})
_ARTICLES = frozenset({"the", "a", "an"})


def settle_by_order(narration: Narration, reports: Sequence[SpeechReport]) -> list[SpeechReport]:
    """Return a paragraph's reports with the speakers that the order of words gives."""
    settled: list[SpeechReport] = []
    for report in reports:
        mended = _settle_related(narration, _settle_beside(narration, _settle_led(narration, report)))
        mended = settle_inverted(narration, settle_closed(narration, settle_closing(narration, mended)))
        mended = _settle_added(narration, mended, settled)
        if not mended.speaker:
            if narration.tags[report.verb] == "VBG":
                mended = _settle_participle(narration, mended, settled)
            elif mended.form == "finite":
                mended = _settle_bracket(narration, mended)
        settled.append(mended)
    return settled


def _settle_related(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give "a keeper who spoke on condition of anonymity to discuss the quay said" the keeper.

    So too "On Sunday, Roe, who keeps the quay, said" and "Two were hurt as Roe, who keeps the quay, said":
    whom a clause with "who" or "whose" and one verb tells more of has the verb behind that clause, and
    neither the day nor what stands in the clause.
    """
    first, cue = _find_start(narration, report.cue[0]), report.cue[0]
    who = next((word for word in range(cue - 1, first, -1) if narration.lower[word] in _RELATIVES), 0)
    if not who or not report.speaker or report.form != "finite" or narration.quotation[who] >= 0:
        return report
    inside = range(who + 1, cue)
    finite = [word for word in inside if narration.tags[word] in _FINITE]
    if len(finite) != 1 or any(narration.quotation[word] >= 0 for word in inside):
        return report
    end = who - 1 if narration.words[who - 1] == "," else who
    if not _belongs(narration, end - 1, ("NN",)):
        return report
    start = end - 1
    while start > first and narration.words[start - 1] != "," and _belongs(narration, start - 1, _LEADS):
        start -= 1
    told = report.speaker[0] - 1 in inside and narration.tags[report.speaker[0] - 1] == "VB"
    told = told and not any(narration.words[word] == "," for word in inside)
    timed = narration.lower[report.speaker[-1]] in DAYS and narration.words[cue - 1] == ","
    bounded = narration.words[who - 1] == narration.words[cue - 1] == ","
    closed = bounded and set(report.speaker) <= set(inside)
    led = bounded and narration.lower[start - 1] in _JOINING and narration.tags[end - 1].startswith("NNP")
    led = led and start > first and report.speaker[-1] < start
    if not (told or timed or closed or led):
        return report
    found = tuple(range(start, end))
    kept = tuple(word for word in report.content if word not in found)
    return sort_report(narration, replace(report, speaker=found, content=kept))


def _settle_added(narration: Narration, report: SpeechReport, before: Sequence[SpeechReport]) -> SpeechReport:
    """Give "…, adding that …" the speaker of the cue that it goes on from.

    That is the last cue of the sentence that names who speaks, where either no other verb stands between the
    two, or all that it reports stands before it: "“…,” Roe said after Doe had left, adding …".
    """
    first = report.cue[0]
    if report.pattern == "according" or narration.tags[report.verb] != "VBG":
        return report
    if first < 2 or narration.words[first - 1] != ",":
        return report
    start = _find_start(narration, first - 1)
    for earlier in reversed(before):
        if earlier.verb < start:
            break
        if earlier.form != "finite" or not earlier.speaker or not earlier.frames & {"say", "tell"}:
            continue
        gap = range(max(earlier.verb, *earlier.speaker) + 1, first - 1)
        if any(narration.quotation[word] >= 0 for word in gap):
            break
        plain = not any(narration.tags[word] in _FINITE for word in gap)
        told = earlier.content and max(earlier.content) < earlier.verb
        if plain or told:
            if set(earlier.speaker) == set(report.speaker):
                return report
            return sort_report(narration, replace(report, speaker=earlier.speaker))
        break
    return report


def _settle_participle(
    narration: Narration, report: SpeechReport, before: Sequence[SpeechReport]
) -> SpeechReport:
    """Give "…, holding signs and chanting “…”" its nearest subject, "Adding, “…”" the last speaker."""
    first = _find_start(narration, report.cue[0])
    speaker: Sequence[int] = ()
    if first == report.cue[0]:
        last = before[-1] if before else None
        if last is not None and _find_start(narration, first - 1) <= last.verb:
            speaker = last.speaker
    else:
        for word in range(report.cue[0] - 1, first - 1, -1):
            if (
                narration.relations[word] in ("nsubj", "nsubjpass")
                and narration.quotation[word] < 0
                and narration.is_noun(word)
                and narration.heads[word] < report.verb
            ):
                speaker = trim_mention(narration, word)
                break
    speaker = tuple(word for word in speaker if word not in report.content)
    return sort_report(narration, replace(report, speaker=speaker)) if speaker else report


def _settle_bracket(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give "Jane Roe, who keeps the harbour, said …" the mention at its head, which the parser lost."""
    first = _find_start(narration, report.cue[0])
    last = report.cue[0] - 1
    if last < 0 or narration.words[last] not in (",", ")") or not report.frames & {"say", "tell"}:
        return report
    while first < last and narration.tags[first] in ("CC", "RB", ","):
        first += 1
    end = first
    while end < last and narration.quotation[end] < 0 and _belongs(narration, end, _LEADS):
        end += 1
    if end == first or narration.words[end] not in (",", "("):
        return report
    behind = [word for word in report.content if word > report.verb]
    if not behind:
        stop = report.verb + 1
        while stop < len(narration.words) and narration.words[stop] not in _STOPS:
            stop += 1
        behind = list(range(report.verb + 1, stop))
    settled = replace(report, pattern="clause", speaker=tuple(range(first, end)), content=tuple(behind))
    return sort_report(narration, settled)


def _settle_led(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give a cue the whole of "said The Verge", and the guest in "Speaking on Varn Today, Jane Roe, …, said".

    The parser took the article for all of the mention, or whom the guest speaks to for who says it.
    """
    if len(report.speaker) == 1 and narration.lower[report.speaker[0]] in _ARTICLES:
        found = _read_behind(narration, report.speaker[0] - 1)
        return sort_report(narration, replace(report, speaker=tuple(found))) if len(found) > 1 else report
    first = _find_start(narration, report.cue[0])
    opens = narration.lower[first] in OPENING or narration.tags[first] == "IN"
    if not opens or not report.speaker or report.form != "finite":
        return report
    commas = [word for word in range(first, report.verb) if narration.words[word] == ","]
    if len(commas) == 1 and commas[0] in report.speaker:
        found = [word for word in report.speaker if word > commas[0]]  # "As his nominee, a source said"
    elif commas and narration.lower[first] in OPENING and report.speaker[-1] < commas[0]:
        found = _read_behind(narration, commas[0])
        found = found if narration.words[report.cue[0] - 1] == "," else []
    else:
        return report
    if not found or any(narration.tags[word] == "CC" for word in found):
        return report  # "In Varn, Orle and Sellmar": a list
    kept = tuple(word for word in report.content if word not in found)
    return sort_report(narration, replace(report, speaker=tuple(found), content=kept))


def _find_start(narration: Narration, word: int) -> int:
    """Return the first word of the sentence that a word stands in."""
    while word > 0 and narration.words[word - 1] not in _STOPS:
        word -= 1
    return word


def _settle_beside(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give a cue behind a quotation the mention between the two, or else the one right behind the cue.

    The content becomes that quotation where the parser tied the cue to none.
    """
    verb = report.verb
    if (
        not report.frames & {"say", "quote"}
        or narration.tags[verb] not in ("VBD", "VBZ", "VBP", "VBN")
        or any(word > verb for word in report.speaker)
    ):
        return report
    edge = verb - 1
    while edge > 0 and narration.quotation[edge] < 0 and verb - edge <= _LONG:
        edge -= 1
    if not _ends_quotation(narration, edge):
        return report
    if any(word > edge for word in report.speaker):
        return _cut_straddling(narration, report, edge)
    found = _read_between(narration, edge + 1, verb) or _read_behind(narration, verb)
    goes_on = bool(report.speaker) and any(word > verb for word in report.content)
    if not found or (goes_on and not (edge == verb - 1 and narration.tags[found[0]].startswith("NNP"))):
        return report
    content, pattern = set(report.content) - set(found), report.pattern
    if goes_on:
        content = {word for word in content if word <= edge}
    if not content or pattern not in ("clause-before", "clause", "parenthesis"):
        number = narration.quotation[edge]
        content = {word for word in range(edge + 1) if narration.quotation[word] == number}
        if narration.is_folded(edge):  # given out with the quotations that are left
            content, pattern = set(), "none"
        else:
            pattern = "beside"
    elif report.speaker:  # a sentence that the speaker begins in own words
        content.update(range(report.speaker[0], edge + 1))
    settled = replace(
        report, pattern=pattern, speaker=tuple(found), content=tuple(sorted(content)), cue=(verb,)
    )
    return sort_report(narration, settled)


def _cut_straddling(narration: Narration, report: SpeechReport, edge: int) -> SpeechReport:
    """Leave quoted words out of a mention that begins in them: "As well as “panic”, the mayor warned"."""
    if narration.quotation[report.speaker[0]] < 0:
        return report
    found = _read_between(narration, edge + 1, report.verb)
    return sort_report(narration, replace(report, speaker=tuple(found))) if found else report


def _ends_quotation(narration: Narration, word: int) -> bool:
    """Whether a quotation ends in a word in such a way that its sentence goes on."""
    if word < 0 or narration.quotation[word] < 0:
        return False
    behind = narration.words[word + 1]
    return narration.words[word] in (",", "?", "!") or (not narration.is_folded(word) and behind == ",")


def _read_behind(narration: Narration, verb: int) -> list[int]:
    """Return the mention right behind a cue, unless it begins a clause: "said voters would go"."""
    end = verb + 1
    while end < len(narration.words) and _belongs(narration, end, _LEADS):
        if narration.quotation[end] >= 0:
            return []
        end += 1
    words = list(range(verb + 1, end))
    while words and not _belongs(narration, words[-1], _NOUNS):
        words.pop()
    while words and narration.words[words[-1] + 1 : words[-1] + 2] == ("-",):
        words += [words[-1] + 1, words[-1] + 2]  # "the 29-year-old"
    if not words or narration.lower[words[0]] in _TIMES:
        return []
    if end < len(narration.words) and narration.tags[end].startswith(_VERBS):
        return []
    return words


def _read_between(narration: Narration, first: int, verb: int) -> list[int]:
    """Return the mention that fills the words between a quotation and its cue."""
    last = verb - 1
    while last >= first and narration.tags[last].startswith(_ADVERBS):
        last -= 1
    while first < last and narration.words[first] == ",":
        first += 1
    between = range(first, last + 1)
    if not between or not narration.tags[first].startswith((*_LEADS, "PRP")):
        return []
    if any(narration.tags[word].startswith(_VERBS) for word in between):
        return []
    head = next((word for word in between if narration.heads[word] not in between), last)
    return [word for word in trim_mention(narration, head) if word in between]


def _belongs(narration: Narration, word: int, tags: tuple[str, ...]) -> bool:
    """Whether a word has one of the tags, or a capital: a rare name may have any tag."""
    return narration.tags[word].startswith(tags) or narration.words[word][0].isupper()
