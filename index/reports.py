"""Reports of speech in a parsed paragraph: for each cue, who speaks and which words are what was said.

`index.narration` makes the trees that are read here; `index.attribution` turns reports into statements.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.cues import Cue, CueTable
from index.datatypes import Label
from index.narration import Narration

_CLAUSES = ("ccomp",)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_DOCUMENTS = frozenset(
    "statement release letter email e-mail memo tweet post report note message filing op-ed column article".split()
)
_PLAIN_WORDS = frozenset(",;:.-–—")


@dataclass(frozen=True, slots=True)
class Report:
    """One cue with what it governs, by positions of words in the narration.

    Attributes:
        pattern: the construction that was recognised; confidence is looked up by it.
        verb: the position of the cue's head.
        cue: the words of the cue, in order.
        speaker: the words of the mention, in order; empty where nobody is named.
        content: the words of what was said, in order; may be empty until a quotation is assigned.
    """

    pattern: str
    verb: int
    cue: tuple[int, ...]
    speaker: tuple[int, ...]
    content: tuple[int, ...]
    label: Label
    frames: frozenset[str]


def find_reports(narration: Narration, cues: CueTable) -> list[Report]:
    """Return the reports of a paragraph in the order of their cues."""
    found = []
    for word, lower in enumerate(narration.lower):
        if word_is_folded(narration, word):
            continue
        cue = cues.find_verb(lower)
        if cue is not None and narration.is_verb(word):
            found.append(_read_verb(narration, word, cue, cues))
        elif lower == "according":
            report = _read_according(narration, word)
            if report is not None:
                found.append(report)
    return found


def word_is_folded(narration: Narration, word: int) -> bool:
    """Whether a word is part of a stand-in for a quotation."""
    return narration.quotation[word] in narration.folded


def _read_verb(narration: Narration, verb: int, cue: Cue, cues: CueTable) -> Report:
    words, label = _gather_cue(narration, verb, cue, cues)
    content, pattern = _find_content(narration, verb, cue)
    subject = find_subject(narration, verb)
    speaker: tuple[int, ...] = ()
    if subject is not None:
        speaker = tuple(word for word in trim_mention(narration, subject) if word not in content)
    return Report(pattern, verb, words, speaker, tuple(content), label, cue.frames)


def _gather_cue(narration: Narration, verb: int, cue: Cue, cues: CueTable) -> tuple[tuple[int, ...], Label]:
    """Return the cue's words (auxiliaries, negation, adverbs, particle beside the verb) and its label."""
    label = cue.label
    words = {verb}
    for child in narration.children[verb]:
        relation = narration.relations[child]
        if relation in ("aux", "auxpass", "neg", "prt") or (relation == "advmod" and child < verb):
            words.add(child)
            adverb = cues.adverbs.get(narration.lower[child])
            if adverb is not None:
                label = adverb
            if relation == "neg":
                label = Label.STATED
    first = verb
    while first - 1 in words:
        first -= 1
    last = verb
    while last + 1 in words:
        last += 1
    return tuple(range(first, last + 1)), label


def find_subject(narration: Narration, verb: int) -> int | None:
    """Return the head of the phrase that names who does `verb`, or None."""
    seen = set()
    while verb not in seen:
        seen.add(verb)
        passive = False
        for child in narration.children[verb]:
            relation = narration.relations[child]
            if relation == "nsubj":
                return child
            passive = passive or relation in ("nsubjpass", "auxpass")
        if passive:
            return _find_agent(narration, verb)
        head, relation = narration.heads[verb], narration.relations[verb]
        if relation == "acl":
            governor = narration.heads[head]
            if narration.lower[head] in _DOCUMENTS and narration.relations[head] in ("dobj", "pobj"):
                verb = governor
                continue
            return head if narration.tags[verb] == "VBG" else None
        if relation == "pcomp":
            head = narration.heads[head]
        if relation in ("conj", "advcl", "xcomp", "pcomp", "ccomp", "dep") and head != verb:
            if relation == "ccomp" and narration.tags[verb] not in ("VBG", "VB"):
                return None
            verb = head
            continue
        return None
    return None


def _find_agent(narration: Narration, verb: int) -> int | None:
    for child in narration.children[verb]:
        if narration.relations[child] == "agent":
            for grandchild in narration.children[child]:
                if narration.relations[grandchild] == "pobj":
                    return grandchild
    return None


def trim_mention(narration: Narration, head: int) -> list[int]:
    """Return the words of the noun phrase at `head`: no relative clause, nothing after a break."""
    dropped: set[int] = set()
    for child in narration.children[head]:
        relation = narration.relations[child]
        if child > head and (
            relation in ("relcl", "acl", "advcl", "ccomp", "parataxis", "dep", "punct")
            or (relation == "appos" and len(narration.subtree(child)) > 6)
        ):
            dropped.update(narration.subtree(child))
    words = [
        word
        for word in narration.subtree(head)
        if word not in dropped and not word_is_folded(narration, word)
    ]
    if head not in words:
        return [head]
    first = last = words.index(head)
    while first > 0 and words[first - 1] == words[first] - 1:
        first -= 1
    while last + 1 < len(words) and words[last + 1] == words[last] + 1:
        last += 1
    kept = words[first : last + 1]
    while len(kept) > 1 and narration.words[kept[-1]] in _PLAIN_WORDS:
        kept.pop()
    while len(kept) > 1 and (
        narration.words[kept[0]] in _PLAIN_WORDS or narration.relations[kept[0]] in ("cc", "advmod")
    ):
        if kept[0] == head:
            break
        kept.pop(0)
    return kept


def _find_content(narration: Narration, verb: int, cue: Cue) -> tuple[list[int], str]:
    """Return the words that the cue reports, and the name of the construction."""
    content: set[int] = set()
    pattern = "none"
    for child in narration.children[verb]:
        if narration.relations[child] in _CLAUSES:
            content.update(narration.subtree(child))
            pattern = "clause-before" if child < verb else "clause"
    if (
        not content
        and narration.relations[verb] in ("parataxis", "ccomp")
        and cue.frames & {"say", "tell", "quote"}
    ):
        head = narration.heads[verb]
        between = narration.words[min(head, verb) : max(head, verb)]
        if narration.relations[verb] == "parataxis" or ("," in between and head < verb):
            content = set(narration.subtree(head)) - set(narration.subtree(verb))
            pattern = "parenthesis"
    if not content:
        for child in narration.children[verb]:
            relation = narration.relations[child]
            if relation == "xcomp" and cue.frames & {"urge", "ask", "deny"} and child > verb:
                content.update(narration.subtree(child))
                pattern = "request"
    if not content and "call" in cue.frames:
        for child in narration.children[verb]:
            relation = narration.relations[child]
            if child > verb and relation in ("dobj", "oprd", "attr", "prep", "ccomp", "xcomp", "acomp"):
                content.update(narration.subtree(child))
        pattern = "naming"
    if not content and cue.frames & {"object"}:
        for child in narration.children[verb]:
            if child > verb and narration.relations[child] in ("dobj", "prep", "xcomp"):
                content.update(narration.subtree(child))
        pattern = "object"
    return sorted(content), pattern


def _read_according(narration: Narration, word: int) -> Report | None:
    """Read "according to X": X speaks, and the clause that the phrase stands in is what X said."""
    to = next((child for child in narration.children[word] if narration.lower[child] == "to"), None)
    if to is None:
        return None
    noun = next((child for child in narration.children[to] if narration.relations[child] == "pobj"), None)
    if noun is None:
        return None
    own = set(narration.subtree(word))
    content = [each for each in narration.subtree(narration.heads[word]) if each not in own]
    return Report(
        "according", word, (word, to), tuple(trim_mention(narration, noun)), tuple(content), Label.STATED,
        frozenset({"say"}),
    )  # fmt: skip
