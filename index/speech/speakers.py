"""Speakers: the words that name who speaks, and, for a mention like "he" or "the mayor", whose they are.

`speech.reports` asks for the mention beside a cue; `speech.attribution` for its owner elsewhere.
"""

from __future__ import annotations

from index.speech.narration import Narration

DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

DOCUMENTS = frozenset(
    {
        "statement", "release", "letter", "email", "e-mail", "memo", "tweet", "post", "report", "note",
        "message",
        "filing", "op-ed", "column", "article", "interview", "speech", "video",
    }
)  # fmt: skip
"""Nouns for what is written or recorded, in which somebody speaks."""

OPENING = frozenset({"speaking", "talking", "writing", "appearing", "tweeting", "posting", "answering"})
"""Verbs that lead to who speaks: "Speaking to Halyard, Jane Roe said …"."""

_LEADING = frozenset({"after", "before", "since", "until"})
_MARKS = frozenset(",;:.-–—")
_OBJECTS = frozenset({"him", "her", "them", "us", "me", "whom"})
_INVERTED = ("dobj", "attr", "npadvmod", "oprd", "dep", "appos")


def find_subject(narration: Narration, verb: int) -> int | None:
    """Return the head of the phrase that names who does `verb`, or None."""
    own = _find_own_subject(narration, verb)
    if own is not None or is_passive(narration, verb):
        return own
    if is_main_verb(narration, verb):
        return narration.heads[verb]
    led = _find_before(narration, verb)
    if (
        led is not None
        and narration.lower[narration.heads[led]] in _LEADING
        and narration.words[verb - 1] != ","
    ):
        return led  # "said Roe after a survey for Halyard found": read as a phrase and a verb of Roe's
    seen = {verb}
    at = verb
    while True:
        head, relation = narration.heads[at], narration.relations[at]
        if head == at:
            return _find_before(narration, verb)
        if (
            at == verb
            and narration.tags[verb] == "VBN"
            and relation in ("advcl", "acl")
            and not _follows_comma(narration, verb)
        ):
            return find_agent(narration, verb)
        if relation in ("acl", "relcl"):
            found = _find_modified(narration, at)
            if found is not None:
                return found
        elif (relation == "ccomp" and narration.tags[at] not in ("VBG", "VB")) or relation not in (
            "conj",
            "advcl",
            "xcomp",
            "pcomp",
            "ccomp",
            "dep",
            "parataxis",
            "prep",
            "acomp",
        ):
            return _find_before(narration, verb)
        while not narration.is_verb(head) and narration.heads[head] != head:
            head = narration.heads[head]
        if head in seen:
            return None
        seen.add(head)
        at = head
        own = None if is_passive(narration, at) else _find_own_subject(narration, at)
        if own is not None:
            return own
        for child in narration.children[at]:
            if narration.relations[child] == "nsubjpass":
                return child


def find_antecedent(narration: Narration, verb: int) -> int | None:
    """Return the noun that the relative clause around a verb modifies: "Jane Roe, who said …"."""
    at = verb
    while narration.heads[at] != at:
        if narration.relations[at] == "relcl":
            noun = narration.heads[at]
            return noun if narration.is_noun(noun) else None
        if narration.relations[at] not in ("conj", "advcl", "xcomp"):
            return None
        at = narration.heads[at]
    return None


def _find_own_subject(narration: Narration, verb: int) -> int | None:
    """Return a verb's own subject: before it, behind it, or as the agent of a passive."""
    for child in narration.children[verb]:
        if narration.is_folded(child):
            continue
        relation = narration.relations[child]
        if relation == "nsubj":
            return _find_nearest(narration, verb, child)
        # A name that is also a modal: "Will said".
        if relation == "aux" and narration.words[child] in ("Will", "May"):
            return child
    if is_passive(narration, verb):
        return find_agent(narration, verb)
    return _find_inverted(narration, verb)


def _find_nearest(narration: Narration, verb: int, first: int) -> int:
    """Return the subject behind a colon, where a heading was read as one too: "The vote: …, Roe said"."""
    behind = [
        child
        for child in narration.children[verb]
        if first < child < verb
        and narration.relations[child] == "nsubj"
        and ":" in narration.words[first:child]
    ]
    return behind[-1] if behind else first


def is_main_verb(narration: Narration, verb: int) -> bool:
    """Whether a verb read as a participle is the sentence's own: "the campaign called the report a lie"."""
    noun = narration.heads[verb]
    return (
        narration.tags[verb] in ("VBN", "VBD")
        and narration.relations[verb] == "acl"
        and narration.heads[noun] == noun < verb
        and narration.is_noun(noun)
        and not is_passive(narration, verb)
        and find_agent(narration, verb) is None
    )


def is_passive(narration: Narration, verb: int) -> bool:
    """Whether a verb is in the passive: "was told"."""
    return any(
        narration.relations[child] in ("nsubjpass", "auxpass") and not narration.is_folded(child)
        for child in narration.children[verb]
    )


def _find_modified(narration: Narration, verb: int) -> int | None:
    """Return the noun that a clause modifies where it speaks: "a man saying …", not "a letter saying …"."""
    noun, tag = narration.heads[verb], narration.tags[verb]
    if narration.relations[verb] == "relcl":
        return noun if narration.is_noun(noun) else None
    if narration.lower[noun] in DOCUMENTS and narration.relations[noun] in ("dobj", "pobj"):
        return None
    if tag == "VBG" and narration.is_noun(noun):
        return noun
    if tag in ("VBN", "VBD") and _follows_comma(narration, verb):
        return noun
    return None


def _follows_comma(narration: Narration, verb: int) -> bool:
    return narration.heads[verb] < verb and "," in narration.words[narration.heads[verb] : verb]


def _find_before(narration: Narration, verb: int) -> int | None:
    """Return the noun right before a finite verb that the parser left without a subject."""
    if narration.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    word = verb - 1
    while word > 0 and (narration.tags[word] in ("RB", "MD", "VBZ", "VBP", "VBD", ",")):
        word -= 1
    if word < 0 or narration.is_folded(word) or not narration.tags[word].startswith(("NN", "PRP", "WP")):
        return None
    if word > 0 and narration.tags[word - 1] == "IN" and narration.lower[word] in _OBJECTS:
        return None  # "lent to us by one of them, puts"
    while narration.relations[word] == "pobj" and narration.relations[narration.heads[word]] == "prep":
        above = narration.heads[narration.heads[word]]
        if above > word or not narration.is_noun(above):
            break
        word = above  # "after a survey for Halyard found"
    return word


def _find_inverted(narration: Narration, verb: int) -> int | None:
    """Return the noun after a verb that follows a quotation at once: "…," tweeted the mayor."""
    before = verb - 1
    while before >= 0 and narration.words[before] in _MARKS and not narration.is_folded(before):
        before -= 1
    if before < 0 or not narration.is_folded(before):
        return None
    head = narration.heads[verb]
    if narration.relations[verb] in ("amod", "compound", "nmod") and head > verb and narration.is_noun(head):
        while narration.relations[head] in ("compound", "nmod") and narration.heads[head] > head:
            head = narration.heads[head]
        return head
    for child in narration.children[verb]:
        if child > verb and narration.is_noun(child) and narration.relations[child] in _INVERTED:
            return child
    return None


def find_agent(narration: Narration, verb: int) -> int | None:
    """Return the head of the phrase with "by" that names who does a verb in the passive, or None."""
    for child in narration.children[verb]:
        if narration.relations[child] == "agent" or narration.lower[child] == "by":
            for grandchild in narration.children[child]:
                if narration.relations[grandchild] == "pobj":
                    return grandchild
    return None


def find_hearers(narration: Narration, verb: int) -> list[int]:
    """Return those to whom something is said: "told Roe", "wrote to Roe"."""
    hearers = []
    for child in narration.children[verb]:
        if child < verb or narration.quotation[child] >= 0:
            continue
        if narration.relations[child] in ("dobj", "dative", "iobj"):
            hearers.append(child)
        if narration.relations[child] in ("prep", "dative") and narration.lower[child] in ("to", "with"):
            hearers += [word for word in narration.children[child] if narration.relations[word] == "pobj"]
    return hearers


def may_be_cited(narration: Narration, word: int, noun: int) -> bool:
    """Whether "per" gives who says so: a name, behind a comma, a quotation or, with a capital, a stop."""
    before = narration.words[word - 1] if word else "."
    cites = (
        before in (".", "!", "?")
        if narration.words[word] == "Per"
        else before == "," or narration.quotation[word - 1] >= 0
    )
    return cites and narration.tags[noun].startswith("NNP")
