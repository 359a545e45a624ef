"""What kinds of words a question is made of, and whether they say by themselves what it is about.

Used by followups.py alone, which completes a question that does not; the words stand in followups.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.datatypes import Span
from index.questions.lexicons import Lexicon, load_lexicons, load_persons

_WORD = re.compile(r"[^\W_]+(?:[.&’'-][^\W_]+)*")
_CLITIC = re.compile(r"(?:n't|'(?:s|re|d|ll|ve|m))$")
_OWNER = re.compile("['’](?:s )?$")  # "the minister's", "the drivers'"
_ENOUGH_SUBJECTS = 2  # words with a subject of their own that make a question complete


class Kind(Enum):
    """What a word does in a question; only names and subjects say what the question is about."""

    NAME = auto()
    SUBJECT = auto()
    ASPECT = auto()
    ROLE = auto()
    PLAIN = auto()
    HIDDEN = auto()  # part of an outlet or a date


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: lower case, half-open code-point offsets, kind."""

    text: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Wording:
    """A question without what leads into it, and its words.

    Attributes:
        text: the question without leading conjunctions and fillers.
        led: whether a conjunction or "what about" was taken off.
        names: names in it, in order, as written.
    """

    text: str
    led: bool
    lexicon: Lexicon
    words: tuple[Word, ...]
    names: tuple[str, ...]

    def count(self, kind: Kind) -> int:
        """Return the number of words of a kind."""
        return sum(word.kind is kind for word in self.words)

    def is_fragment(self) -> bool:
        """Whether it holds neither a question word nor an auxiliary ("in January", "the mayor")."""
        asking = self.lexicon.asking
        return not any(word.text in asking and word.kind is not Kind.HIDDEN for word in self.words)

    def is_bare(self) -> bool:
        """Whether it asks, and says nothing of what ("why", "how many exactly")."""
        return not self.is_fragment() and all(word.kind is Kind.PLAIN for word in self.words)

    def names_subject(self) -> bool:
        """Whether it says by itself what it is about.

        It does with a name, with somebody who belongs to somebody ("the minister's lawyer"), with two words
        that are no mere detail of any story, or with one of them that is definite ("the withdrawal"), follows
        an auxiliary ("did shares ...", though not "and were ...") or a word like "about", or whose meaning is
        asked.
        """
        subjects = self.count(Kind.SUBJECT)
        if subjects:  # "teachers strike": people that no article takes for known
            subjects += sum(
                word.kind is Kind.ROLE and bool(self.lexicon.definite) and not self._has_article(at)
                for at, word in enumerate(self.words)
            )
        if self.count(Kind.NAME) or subjects >= _ENOUGH_SUBJECTS or self._has_owner():
            return True
        where = next((i for i, word in enumerate(self.words) if word.kind is Kind.SUBJECT), None)
        if where is None:
            return False
        before = [word.text for word in self.words[:where]]
        lexicon = self.lexicon
        nearest = before[-1] if before else ""
        beyond = [text for text in before if text not in lexicon.articles][-1:]
        return (
            nearest in lexicon.definite
            or (nearest in lexicon.auxiliaries and not self.led)
            or bool(lexicon.topics.intersection(beyond))
            or bool(lexicon.defines.search(fold_words(self.text)))
        )

    def points_back(self) -> bool:
        """Whether a word points at something that the question itself does not hold."""
        return any(self.find_pointers()) or (
            not self.count(Kind.NAME) and bool(self.lexicon.demonstratives.search(self._meaningful()))
        )

    def find_pointers(self) -> tuple[Span, ...]:
        """Return where words point back: "it", "he", "there", unless the question explains them itself."""
        found = [Span(*match.span()) for match in self.lexicon.points.finditer(self._meaningful())]
        return tuple(span for span in found if not self._is_owned(span))

    def _meaningful(self) -> str:
        """Return the text in lower case, blank where a pronoun points at nothing; offsets are kept."""
        folded = fold_words(self.text)
        return self.lexicon.empty.sub(lambda match: " " * len(match.group()), folded)

    def _has_owner(self) -> bool:
        roles = [word for word in self.words if word.kind is Kind.ROLE]
        return any(_OWNER.search(self.text[word.start : word.end + 1]) for word in roles[:-1])

    def _has_article(self, at: int) -> bool:
        return at > 0 and self.words[at - 1].text in self.lexicon.articles

    def _is_owned(self, pointer: Span) -> bool:
        """Return whether an earlier noun of the question explains a pronoun.

        A pronoun that is an object needs a clause of its own for that, and a person's pronoun a person.
        """
        lexicon = self.lexicon
        at = next((i for i, word in enumerate(self.words) if word.start >= pointer.start), None)
        if at is None or self.words[at].text not in lexicon.owned:
            return False
        pronoun = self.words[at].text
        personal = pronoun in lexicon.masculine or pronoun in lexicon.feminine
        owners = [i for i in range(at) if self._is_owner(i, personal=personal)]
        if not owners:
            return False
        follower = self.words[at + 1] if at + 1 < len(self.words) else None
        if pronoun in lexicon.possessive and follower and follower.text not in lexicon.plain:
            return True
        if follower and follower.text in lexicon.auxiliaries and owners[-1] < at - 1:
            return True  # "did the pilot say he had": the pronoun begins a clause
        between = self.words[owners[0] + 1 : at]
        comma = "," in self.text[self.words[owners[0]].end : self.words[at].start]
        return comma or any(word.text in lexicon.boundaries for word in between)

    def _is_owner(self, at: int, *, personal: bool) -> bool:
        """Return whether the word at an index can be what a pronoun stands for."""
        word, before = self.words[at], self.words[at - 1].text if at else ""
        if before in self.lexicon.places:
            return False
        if personal:
            alone = word.kind is Kind.ROLE and word.text not in load_persons().groups
            return alone or word.kind is Kind.NAME
        if word.kind is Kind.SUBJECT:
            plural = word.text.endswith("s") or not self.lexicon.definite
            return plural or before in self.lexicon.articles
        return word.kind is Kind.NAME


def split_lead(text: str) -> tuple[str, bool, Lexicon]:
    """Return a text without what leads into it, whether a conjunction was taken off, and its language."""
    lexicon = choose_lexicon(text)
    rest, led = text.strip(), False
    while True:
        rest = rest.lstrip(" ¿¡")
        if match := lexicon.lead.match(rest):
            if fold_words(rest) in lexicon.lonely:
                return rest, led, lexicon
            led = True
        else:
            match = lexicon.filler.match(rest)
        if not match or not match.end():
            return rest, led, lexicon
        rest = rest[match.end() :]


def is_chat(text: str) -> bool:
    """Return whether a message asks nothing ("ok, thank you")."""
    rest, _, lexicon = split_lead(text)
    words = [_fold(word) for word in _WORD.findall(rest)]
    asks = len(words) == 1 and words[0] in lexicon.asking
    return not asks and all(word in lexicon.chat for word in words)


def read_wording(
    text: str, lexicon: Lexicon, *, led: bool, names: Sequence[str], hidden: Sequence[Span]
) -> Wording:
    """Return the words of a text by kind.

    Args:
        text: a question, or the rest of it that `split_lead` returned.
        names: runs of capitals in it; question words before a name and a capital that only begins the
            sentence are told from names here.
        hidden: where outlets and dates stand.
    """
    words = [(match, _fold(match.group())) for match in _WORD.finditer(text)]
    kept = tuple(_keep_names(text, lexicon, led, names))
    spans = [span for name in kept for span in _find_all(text, name)]
    read: list[Word] = []
    for position, (match, folded) in enumerate(words):
        follower = words[position + 1][1] if position + 1 < len(words) else ""
        kind = _choose_kind(match, folded, follower, lexicon, spans, hidden)
        read.append(Word(folded, match.start(), match.end(), kind))
    return Wording(text, led, lexicon, tuple(read), kept)


def choose_lexicon(text: str) -> Lexicon:
    """Return the words of the language that knows most words of a text; English where none knows more."""
    words = [_fold(match.group()) for match in _WORD.finditer(text)]
    lexicons = load_lexicons()

    def count_known(lexicon: Lexicon) -> int:
        return sum(word in lexicon.asking or word in lexicon.plain for word in words)

    return max(lexicons, key=count_known)  # the first of equals


def fold_words(text: str) -> str:
    """Return a text in lower case without marks at its end; offsets are those of the text."""
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lower.replace("’", "'").rstrip(" ?!.…")


def _fold(word: str) -> str:
    return _CLITIC.sub("", word.lower().replace("’", "'"))


def _choose_kind(
    match: re.Match[str],
    folded: str,
    follower: str,
    lexicon: Lexicon,
    names: Sequence[Span],
    hidden: Sequence[Span],
) -> Kind:
    start, end = match.span()
    if any(span.start < end and start < span.end for span in hidden):
        return Kind.HIDDEN
    for span in names:
        if span.start <= start and end <= span.end:
            # "any Russian reaction": the name of a detail's kind, not of a subject.
            modifies = span == (start, end) and (follower in lexicon.aspects or follower in lexicon.roles)
            return Kind.SUBJECT if modifies and match.group().isalpha() else Kind.NAME
    for words, kind in (
        (lexicon.roles, Kind.ROLE),
        (lexicon.aspects, Kind.ASPECT),
        (lexicon.plain, Kind.PLAIN),
        (lexicon.asking, Kind.PLAIN),
    ):
        if folded in words:
            return kind
    return Kind.PLAIN if folded.isdigit() else Kind.SUBJECT


def _keep_names(text: str, lexicon: Lexicon, led: bool, names: Sequence[str]) -> list[str]:
    kept = []
    known = lexicon.asking | lexicon.plain
    for run in names:
        words = run.split(" ")
        while len(words) > 1 and _fold(words[0]) in known and not words[0].isdigit():
            words.pop(0)
        name = " ".join(words)
        begins = not led and text.find(name) == text.find(next(iter(_WORD.findall(text)), ""))
        acronym = name.isupper() and len(name) > 1
        if _fold(name) not in known and (len(words) > 1 or not begins or acronym):
            kept.append(name)
    return kept


def _find_all(text: str, name: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(re.escape(name), text)]
