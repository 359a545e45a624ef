"""Reports by nouns: "his claim that …", "Roe’s promise to …", "the contention of the mayor that …".

`speech.attribution` adds them to what `speech.reports` reads at verbs; the nouns are in the table of cues.
"""

from __future__ import annotations

from index.speech.cues import Cue, CueTable
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.reports import SpeechReport, sort_report

_MAKERS = frozenset({"of", "by", "from"})
_CLAUSES = ("acl", "relcl", "ccomp", "advcl", "appos")


def find_noun_reports(narration: Narration, cues: CueTable) -> list[SpeechReport]:
    """Return the reports of a paragraph's nouns in order: those with a maker and words that they report."""
    found = []
    for word, lower in enumerate(narration.lower):
        cue = cues.nouns.get(lower)
        if cue is None or not narration.tags[word].startswith("NN") or narration.quotation[word] >= 0:
            continue
        content, pattern = _find_content(narration, word, cue)
        speaker = _find_maker(narration, word, content) if content else ()
        if speaker:
            report = SpeechReport(pattern, word, (word,), speaker, content, cue.label, cue.frames)
            found.append(sort_report(narration, report))
    return found


def _find_content(narration: Narration, noun: int, cue: Cue) -> tuple[tuple[int, ...], str]:
    """Return the words that tell what was said, beside a noun, and the name of the construction."""
    for child in narration.children[noun]:
        if child < noun:
            continue
        words = tuple(narration.subtree(child))
        if narration.relations[child] in _CLAUSES and _is_told(narration, child, words[0], cue):
            return words, "noun" if narration.lower[words[0]] == "that" else "noun-act"
        if "for" in cue.frames and narration.relations[child] == "prep" and narration.lower[child] == "for":
            return words, "noun-act"
    number = narration.quotation[noun - 1] if noun else -1
    if "that" in cue.frames and number >= 0 and number not in narration.folded:  # "Roe’s “dead fish” remark"
        return tuple(word for word in range(noun) if narration.quotation[word] == number), "noun"
    return (), ""


def _is_told(narration: Narration, clause: int, first: int, cue: Cue) -> bool:
    """Whether a clause begins with "that" as a conjunction, or with "to" where the noun takes it."""
    if narration.lower[first] == "that":
        return any(
            narration.relations[child] == "mark" and narration.lower[child] == "that"
            for child in narration.children[clause]
        )
    return "to" in cue.frames and narration.lower[first] == "to" and narration.tags[clause] == "VB"


def _find_maker(narration: Narration, noun: int, content: tuple[int, ...]) -> tuple[int, ...]:
    """Return the words that name whose claim it is: its possessor, or who stands behind "of" or "by"."""
    for child in narration.children[noun]:
        if narration.relations[child] == "poss":
            words = [word for word in trim_mention(narration, child) if narration.tags[word] != "POS"]
            return tuple(word for word in words if word not in content)
        if (
            narration.relations[child] == "prep"
            and narration.lower[child] in _MAKERS
            and noun < child < content[0]
        ):
            for noun_behind in narration.children[child]:
                if narration.relations[noun_behind] == "pobj":
                    return tuple(word for word in trim_mention(narration, noun_behind) if word not in content)
    return ()
