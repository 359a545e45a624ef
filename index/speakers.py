"""Speakers: the words that name who speaks, and, for a mention like "he" or "the mayor", whose they are.

`index.reports` asks for the mention beside a cue; `index.attribution` for its owner elsewhere in the article.
"""

from __future__ import annotations

from index.narration import Narration

_DOCUMENTS = frozenset(
    {
        "statement", "release", "letter", "email", "e-mail", "memo", "tweet", "post", "report", "note", "message",
        "filing", "op-ed", "column", "article", "interview", "speech", "video",
    }
)  # fmt: skip
_MARKS = frozenset(",;:.-–—")
_MODIFIERS = ("relcl", "acl", "advcl", "ccomp", "parataxis", "dep", "punct")
_LONG_APPOSITION = 6
_LONG_MENTION = 14


def find_subject(narration: Narration, verb: int) -> int | None:
    """Return the head of the phrase that names who does `verb`, or None."""
    seen = set()
    start = verb
    while verb not in seen:
        seen.add(verb)
        passive = False
        for child in narration.children[verb]:
            if narration.is_folded(child):
                continue
            if narration.relations[child] == "nsubj":
                return child
            passive = passive or narration.relations[child] in ("nsubjpass", "auxpass")
        if passive:
            agent = _find_agent(narration, verb)
            if agent is not None or verb == start:
                return agent
            return next(child for child in narration.children[verb] if narration.relations[child] in ("nsubjpass", "auxpass"))
        inverted = _find_inverted(narration, verb) if verb == start else None
        if inverted is not None:
            return inverted
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


def _find_inverted(narration: Narration, verb: int) -> int | None:
    """Return the noun after a verb that follows a quotation at once: "…," tweeted the mayor."""
    before = verb - 1
    while before >= 0 and narration.words[before] in _MARKS and not narration.is_folded(before):
        before -= 1
    if before < 0 or not narration.is_folded(before):
        return None
    for child in narration.children[verb]:
        if child > verb and narration.is_noun(child) and narration.relations[child] in ("dobj", "attr", "npadvmod", "oprd", "dep"):
            return child
    return None


def _find_agent(narration: Narration, verb: int) -> int | None:
    for child in narration.children[verb]:
        if narration.relations[child] == "agent" or narration.lower[child] == "by":
            for grandchild in narration.children[child]:
                if narration.relations[grandchild] == "pobj":
                    return grandchild
    return None


def trim_mention(narration: Narration, head: int) -> list[int]:
    """Return the words of the noun phrase at `head`: no relative clause, nothing after a break."""
    dropped: set[int] = set()
    for child in narration.children[head]:
        if child > head and (
            narration.relations[child] in _MODIFIERS
            or (narration.relations[child] == "appos" and len(narration.subtree(child)) > _LONG_APPOSITION)
        ):
            dropped.update(narration.subtree(child))
    words = [word for word in narration.subtree(head) if word not in dropped and not narration.is_folded(word)]
    if head not in words:
        return [head]
    first = last = words.index(head)
    while first > 0 and words[first - 1] == words[first] - 1:
        first -= 1
    while last + 1 < len(words) and words[last + 1] == words[last] + 1:
        last += 1
    kept = words[first : last + 1]
    for position, word in enumerate(kept):
        behind = narration.lower[kept[position + 1]] if position + 1 < len(kept) else ""
        if word > head and narration.words[word] == "," and behind in ("who", "which", "whose", "where"):
            kept = kept[:position]
            break
    if len(kept) > _LONG_MENTION:
        kept = [word for word in kept if head - 6 <= word <= head + 6]
    while len(kept) > 1 and narration.words[kept[-1]] in _MARKS:
        kept.pop()
    while kept[0] != head and (
        narration.words[kept[0]] in _MARKS or narration.relations[kept[0]] in ("cc", "advmod", "preconj")
    ):
        kept.pop(0)
    return kept
