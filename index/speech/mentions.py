"""Mentions: the words beside a cue that name who speaks, without what else their noun phrase holds.

`speech.reports` asks once `speech.speakers` has found the noun; so does whoever corrects it.
"""

from __future__ import annotations

import re

from index.speech.narration import Narration
from index.speech.speakers import DAYS, DOCUMENTS, find_agent, is_main_verb

_HOURS = frozenset({"morning", "afternoon", "evening", "night", "day", "week", "month", "year"})
_WHICH_HOUR = frozenset({"the", "that", "this", "last", "next", "later", "same", "following", "earlier"})
_EACH = frozenset({"both", "all", "each"})
_ARTICLES = frozenset({"the", "a", "an"})
_MARKS = frozenset(",;:.-–—")
_MODIFIERS = ("relcl", "acl", "advcl", "ccomp", "parataxis", "dep", "punct")
_LOOSE = ("cc", "advmod", "preconj")
_OPEN_ENDS = frozenset(
    {"compound", "amod", "det", "prep", "nmod", "poss", "case", "punct", "cc", "nummod", "acl", "relcl"}
)
_LONG_APPOSITION = 6
_LONG_MENTION = 14
_NEAR = 6  # words on either side of the head that are kept of a longer mention
_CLOCK = re.compile(
    r"\d{1,2}[.:]\d{2}(?:[ap]\.?m\.?)?|[ap]\.?m\.?", re.IGNORECASE
)  # heads an entry of a live blog


def _joins_name(narration: Narration, head: int, comma: int) -> bool:
    """Whether a comma parts a noun from the short name beside it: "the mayor, Jane Roe"."""
    return narration.words[comma] == "," and any(
        narration.relations[child] == "appos" and 0 < min(narration.subtree(child)) - comma <= 1
        for child in narration.children[head]
    )


def _find_second_head(narration: Narration, head: int, last: int) -> list[int]:
    """Return the name behind a noun that was read as a second subject: "the agency Torpress"."""
    behind = [
        child
        for child in narration.children[narration.heads[head]]
        if child > last and narration.relations[child] == "nsubj" == narration.relations[head]
    ]
    if not behind or not narration.tags[behind[0]].startswith("NNP"):
        return []
    words = list(range(last + 1, behind[0] + 1))
    proper = all(narration.tags[word].startswith("NNP") and narration.quotation[word] < 0 for word in words)
    return words if proper else []


def trim_mention(narration: Narration, head: int) -> list[int]:
    """Return the words of the noun phrase at `head`: no relative clause, nothing after a break."""
    dropped: set[int] = set()
    for child in narration.children[head]:
        if is_main_verb(narration, child):
            dropped.update(word for word in narration.subtree(head) if word >= child)
            continue
        if (
            narration.lower[head] in DOCUMENTS
            and narration.tags[child] == "VBN"
            and find_agent(narration, child)
        ):
            continue  # "a statement made by the army"
        if child > head and (
            (
                narration.relations[child] in _MODIFIERS
                and not _joins_name(narration, head, child)
                and not narration.is_tied(child)
            )
            or (narration.relations[child] == "appos" and len(narration.subtree(child)) > _LONG_APPOSITION)
        ):
            dropped.update(narration.subtree(child))
    words = [
        word for word in narration.subtree(head) if word not in dropped and not narration.is_folded(word)
    ]
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
    for position, word in enumerate(kept[:-1]):
        if word > head and narration.lower[word] == "on" and narration.lower[kept[position + 1]] in DAYS:
            kept = kept[:position]  # "the court in Varn on Friday": when it spoke
            break
    if narration.lower[kept[-1]] in _HOURS and kept[-1] != head:
        ends = len(kept) - 1
        while ends and narration.lower[kept[ends - 1]] in _WHICH_HOUR:
            ends -= 1
        if kept[ends] > head and narration.tags[kept[ends - 1]] != "IN":
            kept = kept[:ends]  # "the board in Varn the same evening"
    while len(kept) > 1 and narration.words[kept[-1]] in _MARKS:
        kept.pop()
    if len(kept) > _LONG_MENTION:
        kept = _shorten(narration, kept, head)
        while kept[-1] > head and narration.relations[kept[-1]] in _OPEN_ENDS:
            kept.pop()  # "groups like the National Center *for Public* Policy Research and …"
    while len(kept) > 1 and narration.words[kept[-1]] in _MARKS:
        kept.pop()
    kept.extend(_find_second_head(narration, head, kept[-1]))
    while kept[0] != head and (
        narration.words[kept[0]] in _MARKS
        or (narration.relations[kept[0]] in _LOOSE and not narration.is_tied(kept[0] + 1))
        or _CLOCK.fullmatch(narration.words[kept[0]])
    ):
        kept.pop(0)
    return _complete(narration, kept, head)


def _shorten(narration: Narration, words: list[int], head: int) -> list[int]:
    """Return the words near the head of a long mention, a name among them to its end."""
    end = head + _NEAR
    while end + 1 in words and narration.tags[end + 1].startswith("NNP") and narration.is_noun(end):
        end += 1
    return [word for word in words if head - _NEAR <= word <= end]


def _complete(narration: Narration, kept: list[int], head: int) -> list[int]:
    """Return a mention with the article before it, and without ", both nurses" behind its head."""
    for position, word in enumerate(kept[:-1]):
        if word > head and narration.words[word] == "," and narration.lower[kept[position + 1]] in _EACH:
            kept = kept[:position]
            break
    before = kept[0] - 1
    noun = narration.tags[kept[0]] in ("NN", "NNS", "JJ")
    if noun and before >= 0 and narration.lower[before] in _ARTICLES and narration.quotation[before] < 0:
        kept = [before, *kept]
    return kept
