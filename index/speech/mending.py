"""Mended trees: readings of the parser that the order of words in news shows to be wrong.

`speech.narration` mends each tree once, before names, speakers and reports are read from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HYPHENS = frozenset({"-", "‑"})
_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


@dataclass(slots=True)
class Tree:
    """The trees of one run of sentences, one item a word; `heads` and `relations` may be changed.

    Attributes:
        tied: of each word, whether it is a hyphen that no space parts from the words beside it.
    """

    words: Sequence[str]
    tags: Sequence[str]
    relations: list[str]
    heads: list[int]
    tied: Sequence[bool]

    def list_below(self, word: int) -> list[int]:
        """Return the positions of a word and all that depends on it, in order."""
        found = []
        for at in range(len(self.words)):
            up, steps = at, 0
            while up != word and self.heads[up] != up and steps < len(self.words):
                up = self.heads[up]
                steps += 1
            if up == word:
                found.append(at)
        return found

    def is_sound(self) -> bool:
        """Whether every word hangs, over however many others, on the head of a sentence."""
        known: set[int] = set()
        for first in range(len(self.words)):
            path: list[int] = []
            word = first
            while word not in known and self.heads[word] != word:
                if len(path) > len(self.words):
                    return False
                path.append(word)
                word = self.heads[word]
            known.update(path)
        return True

    def list_children(self, word: int) -> list[int]:
        """Return the words that hang on a word, in order."""
        return [at for at, head in enumerate(self.heads) if head == word != at]


def mend_tree(tree: Tree) -> None:
    """Mend a tree in place: words with hyphens, subjects read as appositions, "for the first time that …".

    A tree that would have words without the head of a sentence above them is left as it was.
    """
    relations, heads = list(tree.relations), list(tree.heads)
    for first, last in _find_hyphened(tree):
        _unite(tree, first, last)
    for verb, tag in enumerate(tree.tags):
        if tag in _FINITE:
            _part_apposition(tree, verb)
            _return_clause(tree, verb)
    if not tree.is_sound():
        tree.relations[:], tree.heads[:] = relations, heads


def _find_hyphened(tree: Tree) -> list[tuple[int, int]]:
    """Return the first and the last part of each noun with hyphens, in order."""
    found = []
    at = 0
    while at < len(tree.words):
        last = at
        while last + 2 < len(tree.words) and tree.tied[last + 1] and not tree.tied[last + 2]:
            last += 2
        if last > at and (tree.tags[last].startswith("NN") or tree.relations[last] == "compound"):
            found.append((at, last))
        at = last + 1
    return found


def _unite(tree: Tree, first: int, last: int) -> None:
    """Give the parts of "ex-worker" or "vice-president" one head where several were read as words apart."""
    inside = range(first, last + 1)
    outside = [word for word in inside if tree.heads[word] not in inside or tree.heads[word] == word]
    if len(outside) < 2:
        return
    above = next((word for word in outside if tree.heads[word] == word), outside[0])
    if last in outside and tree.relations[above] != "conj":
        above = last
    parent, relation = tree.heads[above], tree.relations[above]
    up = parent
    while tree.heads[up] != up:
        if up in inside:
            return
        up = tree.heads[up]
    for word in range(len(tree.words)):
        if word not in inside and tree.heads[word] in inside:
            tree.heads[word] = last
    for word in inside:
        tree.heads[word] = last
        tree.relations[word] = "punct" if tree.tied[word] else "compound"
    tree.heads[last] = last if parent in inside else parent
    tree.relations[last] = relation


def _part_apposition(tree: Tree, verb: int) -> None:
    """Make "a source" the subject in "… who shelled Veshti, a source said", where it was read as Veshti's.

    An apposition, or an object, that ends right before a finite verb without a subject, with a comma ahead of
    it and none behind it, is that verb's subject.
    """
    if any(tree.relations[child].startswith(_SUBJECTS) for child in tree.list_children(verb)):
        return
    word = verb - 1
    while word > 0 and tree.tags[word] in ("RB", "MD", "VBD", "VBZ", "VBP") and tree.heads[word] == verb:
        word -= 1
    seen: set[int] = set()
    while word >= 0 and word not in seen:
        seen.add(word)
        if tree.relations[word] in ("appos", "dobj") and tree.tags[word].startswith("NN"):
            below = tree.list_below(word)
            first = below[0]
            below_verb = verb in below
            if first < 2 or tree.words[first - 1] != "," or tree.heads[word] >= first - 1 or below_verb:
                return
            if not _is_reached(tree, tree.heads[word], verb):
                return
            tree.heads[word] = verb
            tree.relations[word] = "nsubj"
            return
        word = tree.heads[word]


def _is_reached(tree: Tree, word: int, verb: int) -> bool:
    """Whether a word hangs on a clause that a verb behind it reports: "The fire started in Lorn, …  said"."""
    while tree.heads[word] != word:
        if tree.heads[word] == verb and tree.relations[word] == "ccomp":
            return True
        word = tree.heads[word]
    return False


def _return_clause(tree: Tree, verb: int) -> None:
    """Make the clause what is confirmed in "Roe confirmed for the first time that …", where "time" had it."""
    children = tree.list_children(verb)
    if any(tree.relations[child] == "ccomp" for child in children):
        return
    for word in children:
        if tree.words[word].lower() != "for" or tree.relations[word] != "prep" or word < verb:
            continue
        for noun in tree.list_children(word):
            that = noun + 1
            if tree.words[noun] != "time" or tree.words[that : that + 1] != ("that",):
                continue
            for clause in tree.list_children(noun):
                if tree.relations[clause] in ("relcl", "acl") and tree.heads[that] == clause:
                    tree.heads[clause] = verb
                    tree.relations[clause] = "ccomp"
