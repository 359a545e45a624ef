"""Reports by set phrases: "in Roe’s view, …", "police put the crowd at 2,000".

`speech.attribution` adds them to what `speech.reports` reads at verbs; the nouns are in the table of cues.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.datatypes import Label
from index.speech.cues import CueTable
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.reports import SpeechReport, sort_report
from index.speech.speakers import find_subject

_SAY = frozenset({"say"})
_SUMS = ("CD", "$")


def find_phrase_reports(narration: Narration, cues: CueTable) -> list[SpeechReport]:
    """Return the reports of a paragraph's set phrases, in order."""
    found = []
    for word, lower in enumerate(narration.lower):
        if narration.quotation[word] >= 0:
            continue
        report = None
        if lower in cues.views:
            report = _read_view(narration, word)
        elif lower in ("put", "puts"):
            report = _read_figure(narration, word, cues)
        if report is not None:
            found.append(sort_report(narration, report))
    return found


def _read_view(narration: Narration, noun: int) -> SpeechReport | None:
    """Read "in Roe’s view, the tunnel is …": whose view it is speaks, and what the clause around it says."""
    preposition = narration.heads[noun]
    if narration.lower[preposition] != "in" or narration.relations[noun] != "pobj":
        return None
    owner = next((each for each in narration.children[noun] if narration.relations[each] == "poss"), None)
    verb = narration.heads[preposition]
    if owner is None or not narration.tags[owner].startswith("NN") or not narration.is_verb(verb):
        return None
    phrase = set(narration.subtree(preposition))
    content = cut_behind(
        narration, max(phrase), [each for each in narration.subtree(verb) if each not in phrase]
    )
    speaker = tuple(word for word in trim_mention(narration, owner) if narration.tags[word] != "POS")
    return SpeechReport("according", noun, (noun,), speaker, content, Label.STATED, _SAY)


def cut_behind(narration: Narration, last: int, words: Sequence[int]) -> tuple[int, ...]:
    """Return what a phrase that ends in `last` leads to: a quotation right behind it, else all the words."""
    after = last + 2 if narration.words[last + 1 : last + 2] == (",",) else last + 1
    quoted = narration.quotation[after : after + 1] not in ((), (-1,))
    return tuple(word for word in words if not quoted or word >= after)


def _read_figure(narration: Narration, verb: int, cues: CueTable) -> SpeechReport | None:
    """Read "police put the crowd at 2,000": who puts it there says both the thing and its figure."""
    below = [child for child in narration.subtree(verb) if child > verb]
    thing = next((word for word in below if narration.lower[word] in cues.figures), None)
    at = next((word for word in below if narration.lower[word] == "at" and thing and word > thing), None)
    if thing is None or at is None:
        return None
    told = narration.subtree(at)
    if not any(narration.tags[word].startswith(_SUMS) for word in told):
        return None
    subject = find_subject(narration, verb)
    if subject is None:
        return None
    content = tuple(range(verb + 1, max(told) + 1))
    speaker = tuple(trim_mention(narration, subject))
    return SpeechReport("clause", verb, (verb,), speaker, content, Label.STATED, _SAY)
