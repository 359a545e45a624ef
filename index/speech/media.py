"""The media that an article itself shows to be such: agencies, newspapers and broadcasters of any name.

`speech.chains` asks whether a mention or a hearer is a medium; the table of people.toml knows only well-known
ones. What is learned holds for one article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.speech.cast import Cast
from index.speech.narration import Narration
from index.speech.passing_on import find_quoting
from index.speech.people import PeopleTable
from index.speech.speakers import find_agent

# "SELLMAR, May 12 (Halyard) —", "HALDREN, 19 May. /Torpress/"
_DATELINE = re.compile(r"[^\n(/]{0,60}(?:\(([A-Z][\w-]+)\) ?(?:--|[—–−―‒.-])|/([A-Z][\w-]+)/)")
_REPORTS = frozenset({"report", "reports", "reported", "reporting"})
_HEARING = frozenset({"tell", "tells", "told", "telling", "inform", "informed"})
_LONG_NAME = 8  # words
_PLAIN = frozenset(
    {"the", "a", "an", "of", "and", "for", "international", "national", "state", "world", "new"}
)


@dataclass(frozen=True, slots=True)
class MediaWords:
    """How to tell a medium in one article.

    Attributes:
        people: the table of words about media.
        learned: capitalised words that this article shows to be names of media.
    """

    people: PeopleTable
    learned: frozenset[str] = frozenset()

    def is_name(self, narration: Narration, word: int) -> bool:
        """Whether a word is the name of a medium."""
        written = narration.words[word]
        return written in self.people.media_names or written in self.learned

    def is_medium(self, narration: Narration, words: Sequence[int]) -> bool:
        """Whether a mention is a newspaper, an agency, a broadcaster."""
        return any(
            self.is_name(narration, word) or narration.lower[word] in self.people.media_words
            for word in words
        )


def learn_media(text: str, narrations: Sequence[Narration], cast: Cast, people: PeopleTable) -> MediaWords:
    """Return how to tell media in an article.

    A capitalised name is one that stands beside a word for a medium ("news agency Torpress", "Torpress, a
    broadcaster"), holds one ("Halyard News Agency": Halyard), stands in a dateline, is a usual title of a
    newspaper that was told something or reported it, does both, or cites whom it reports, being no person.
    """
    persons = {
        word
        for name in cast.names
        if name.pronoun in ("he", "she")
        or (len(name.words) > 1 and (name.role is not None and name.pronoun != "it"))
        for word in name.words
    }
    learned: set[str] = set()
    reporting: set[str] = set()
    told: set[str] = set()
    for narration in narrations:
        match = _DATELINE.match(text, narration.start, narration.end)
        if match is not None:
            learned.add(match.group(1) or match.group(2))
        for word in range(len(narration.words)):
            if narration.quotation[word] >= 0 or not narration.tags[word].startswith("NNP"):
                continue
            if _stands_beside(narration, word, people):
                learned.add(narration.words[word])
            verb = narration.lower[narration.heads[word]]
            subject = narration.relations[word] == "nsubj"
            hears = narration.relations[word] in ("dobj", "dative", "iobj") and verb in _HEARING
            if _passes_on(narration, word):
                learned.add(narration.words[word])
            titled = narration.lower[word] in people.newspapers and _has_article(narration, word)
            if subject and verb in _REPORTS:
                passes = titled or _cites(narration, narration.heads[word])
                (learned if passes else reporting).add(narration.words[word])
            elif hears:
                (learned if titled else told).add(narration.words[word])
    learned |= reporting & told - persons
    kept = {word for word in learned if word.lower() not in _PLAIN | people.media_words | people.institutions}
    return MediaWords(people, frozenset(kept - persons))


def _cites(narration: Narration, verb: int) -> bool:
    """Whether a verb's subject names its source: "Halyard reported on Monday, citing the ministry"."""
    return any(narration.lower[child] in ("citing", "quoting") for child in narration.children[verb])


def _passes_on(narration: Narration, word: int) -> bool:
    """Whether a name is who quotes: "the mayor was quoted by the Clarion as saying …"."""
    verbs = (
        verb
        for verb, lower in enumerate(narration.lower)
        if lower == "saying" and narration.tags[verb] == "VBG"
    )
    return any(
        quoting is not None and word in (find_agent(narration, quoting), find_agent(narration, verb))
        for verb in verbs
        for quoting in (find_quoting(narration, verb),)
    )


def _has_article(narration: Narration, word: int) -> bool:
    """Whether "the" begins the name that ends in a word."""
    while word > 0 and narration.tags[word - 1].startswith("NNP") and narration.lower[word - 1] != "the":
        word -= 1
    return word > 0 and narration.lower[word - 1] == "the"


def _stands_beside(narration: Narration, word: int, people: PeopleTable) -> bool:
    """Whether a name is one with a word for a medium: before it, in apposition, or inside the name."""
    size = len(narration.words)
    run = word
    while (
        run + 1 < min(size, word + _LONG_NAME)
        and narration.tags[run + 1].startswith("NNP")
        and narration.quotation[run + 1] < 0
    ):
        run += 1
    if run > word and narration.lower[run] in people.media_words and narration.words[run][0].isupper():
        return narration.words[word][0].isupper()
    if narration.tags[narration.heads[word]] and run == word:
        first = word
        while first > max(0, word - _LONG_NAME) and narration.tags[first - 1].startswith("NNP"):
            first -= 1
        before = first - 1
        if before >= 0 and narration.lower[before] == ",":
            before -= 1
            joined = narration.relations[word] == "appos" and narration.heads[word] == before
        else:
            joined = before >= 0
        if joined and narration.lower[before] in people.media_words and narration.tags[before] == "NN":
            return True
    return any(
        child > word
        and narration.relations[child] == "appos"
        and narration.lower[child] in people.media_words
        and narration.tags[child].startswith("NN")
        for child in narration.children[word]
    )
