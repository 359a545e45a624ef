"""Whose words a question asks for ("What did *the health minister* say?"), and whether quotes hold them.

Asked once quotes are chosen, before an answer is given: somebody else's words on the same matter meet every
word of such a question but the one that says whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.answers import Quote
from index.datatypes import Span, Statement
from index.questions.lexicons import load_persons, names_person
from index.quotes.answer_types import AnswerType, find_head, find_names, find_subject
from index.quotes.candidates import LEAST_HEARD, SPEAKS_FOR_OTHERS, Source
from index.quotes.likeness import compare_stems
from index.quotes.relevance import AskedQuestion
from index.quotes.restrictions import knows_names
from index.quotes.terms import STOP_WORDS, content_stems, split_terms, stem_words
from index.speech.cues import load_cues
from index.texts.stems import stem_word

_ALIKE = 0.55  # cosine of two words for one office: "lawyer", "attorney"
_LEAST_BEGINNING = 5  # letters of a stem that another one may begin with
_AFTER, _BEFORE = 6, 3  # words between whoever says something and the word that reports it
_BESIDE = 60  # code points from a name in which its report may say what its owner is
_QUALIFIES = 3  # words before an office's noun that say which: "deputy health minister"
_ANY = re.compile(r"^(?:an?|any|some|every|each|many|most|other)\s", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?][”\"’']?\s")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being) $")  # "Roe is expected to ..."
_OTHERS = re.compile(r", (?!who\b)(?:[\w’'-]+ ){1,3}$")  # "of Roe, the police said"
_OBJECT = re.compile(r"\w ?$")  # "police charged Roe"
_SPEAKS_FOR = re.compile(r"\b(?:for|of) ((?!him\b|her\b|them\b).+)")  # "a spokesman for *the court*"
_DEFINITE = re.compile(r"\bthe ([^\W_]+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose words a question asks for: somebody by name, or by an office.

    Attributes:
        name: stems of the name, empty where an office is wanted.
        office: stems of what the person is, the noun last: ("health", "minister").
        place: names that say which office it is: "the mayor of *Varn*", "*Varn*'s mayor".
    """

    name: frozenset[str] = frozenset()
    office: tuple[str, ...] = ()
    place: tuple[str, ...] = ()

    def is_met_by(self, stem: str) -> bool:
        """Whether a word is of the name or, in itself or a word of like meaning, the office's noun."""
        return stem in self.name if self.name else _is_like(stem, self.office[-1])


def hears_wanted(asked: AskedQuestion, quotes: Sequence[Quote], sources: Sequence[Source]) -> bool:
    """Whether one of the quotes holds the words of whom a question asks to hear, if it asks for somebody's.

    They are a statement of whoever is so named or described, of who speaks for them, or a telling of what
    they said. Bodies and groups ("the police") speak by many names, so that they are not held to it.

    Args:
        sources: of each quote.
    """
    wanted = read_wanted(asked)
    if wanted is None:
        return True
    return any(_is_by(wanted, quote, source) for quote, source in zip(quotes, sources, strict=True))


def read_wanted(asked: AskedQuestion) -> Wanted | None:
    """Return whose words a question asks for; None where it asks for nobody's, or for many people's."""
    phrase = find_subject(asked.text).strip()
    if asked.kind is not AnswerType.SPEECH or _ANY.match(phrase):
        return None
    head = find_head(phrase)
    words = content_stems(split_terms(head))
    last = head.split()[-1].lower() if words else ""
    several = last in load_persons().groups or (
        last.endswith("s") and last[-2:] != "ss" and names_person(last)
    )
    if not words or several or (len(words) == 1 and last in load_persons().anybody):
        return None
    inner = f"the {head}"  # a lone capital that opens a text is not taken for a name
    named = [*find_names(inner)]
    if named and named[-1].end == len(inner):
        return Wanted(name=frozenset(content_stems(split_terms(inner[slice(*named[-1])]))))
    inner = f"the {phrase}"
    return Wanted(office=words, place=tuple(inner[slice(*place)] for place in find_names(inner)))


def _is_by(wanted: Wanted, quote: Quote, source: Source) -> bool:
    if not source.statements:  # nobody has looked who says what, or nobody does
        return True
    if not knows_names(source.article, wanted.place):
        return False
    text = source.article.text
    said = [
        one
        for one in source.statements
        if one.confidence >= LEAST_HEARD
        and any(span.start < quote.end and quote.start < span.end for span in one.content)
    ]
    if any(_is_speaker(wanted, one, source) or _speaks_for(wanted, one, quote, text) for one in said):
        return True
    return _tells_of(wanted, quote, [span for one in said for span in one.content])


def _is_speaker(wanted: Wanted, said: Statement, source: Source) -> bool:
    """Whether a statement's speaker is the wanted one, by all that the report calls whoever has that name.

    Somebody of a name and of no known office may hold any that the report speaks of: "the mayor" may be Roe.
    """
    text = source.article.text
    same = [one for one in source.statements if one is said or (said.name and one.name == said.name)]
    called = [part for one in same for part in (one.name, *_describe(one, text), *one.chain) if part]
    if wanted.name:
        return not wanted.name.isdisjoint(stem_words(" ".join(called)))
    beside = _read_beside(said.name, text) if said.name else ()
    if any(_holds_office(wanted.office, phrase) for phrase in (*called, *beside)):
        return True
    return said.name is not None and not any(one.role for one in same) and _speaks_of(wanted.office, text)


def _describe(said: Statement, text: str) -> tuple[str, ...]:
    """Return the role and the mention of a statement's speaker, as far as there are any."""
    mention = text[slice(*said.speaker)] if said.speaker else ""
    return tuple(part for part in (said.role, mention) if part)


def _holds_office(office: Sequence[str], phrase: str) -> bool:
    """Whether a phrase names an office: its noun, and before or behind that one of the words that say which.

    "The minister" alone may be of any matter; "the energy minister" is no minister of health.
    """
    stems = [stem_word(match.group()) for match in _WORD.finditer(phrase) if _tells(match.group())]
    for at, stem in enumerate(stems):
        if _is_like(stem, office[-1]):
            around = stems[max(0, at - _QUALIFIES) : at] + stems[at + 1 : at + 1 + _QUALIFIES]
            which = office[:-1]
            if not which or not around or any(_is_like(one, word) for one in around for word in which):
                return True
    return False


def _speaks_of(office: Sequence[str], text: str) -> bool:
    """Whether a report speaks of "the mayor", as of somebody whom it knows."""
    known = (match.group(1) for match in _DEFINITE.finditer(text))
    return any(_is_like(stem_word(noun), office[-1]) for noun in known)


def _read_beside(name: str, text: str) -> Iterator[str]:
    """Yield what stands right before and behind each place of a name, within its sentence."""
    for match in re.finditer(rf"(?<!\w){re.escape(name.rsplit(maxsplit=1)[-1])}(?!\w)", text):
        yield _SENTENCE_ENDS.split(text[max(0, match.start() - _BESIDE) : match.start()])[-1]
        yield _SENTENCE_ENDS.split(text[match.end() : match.end() + _BESIDE])[0]


def _speaks_for(wanted: Wanted, said: Statement, quote: Quote, text: str) -> bool:
    """Whether somebody speaks for whom the quote names: "Roe does not want it, his spokesman said"."""
    called = " ".join((said.name or "", *_describe(said, text)))
    if not SPEAKS_FOR_OTHERS.search(called):
        return False
    others = _SPEAKS_FOR.search(called)
    return any(map(wanted.is_met_by, stem_words(others.group(1) if others else quote.text)))


def _tells_of(wanted: Wanted, quote: Quote, heard: Sequence[Span]) -> bool:
    """Whether a quote tells in the reporter's words what the wanted one said: "Roe later apologised".

    What stands in the words of others (`heard`) does not count.
    """
    words = [*_WORD.finditer(quote.text)]
    for at, word in enumerate(words):
        place = quote.start + word.start()
        if not _tells(word.group()) or not wanted.is_met_by(stem_word(word.group())):
            continue
        if any(start <= place < end for start, end in heard):
            continue
        nearby = words[max(0, at - _QUALIFIES) : at + 1 + _QUALIFIES]
        if wanted.office and not _holds_office(wanted.office, " ".join(one.group() for one in nearby)):
            continue
        behind = words[at + 1 : at + 1 + _AFTER]
        before = words[max(0, at - _BEFORE) : at]
        if any(_reports_behind(quote.text, word.end(), cue) for cue in behind) or any(
            _reports_before(quote.text, cue, word.start()) for cue in before
        ):
            return True
    return False


def _reports_behind(text: str, end: int, cue: re.Match[str]) -> bool:
    """Whether a word behind a name reports what its owner said: "Roe later apologised"."""
    between = text[end : cue.start()]
    if cue.group().lower() not in load_cues().verbs or _SENTENCE_ENDS.search(between):
        return False
    passive = _PASSIVE.search(between) and not cue.group().endswith("ing")
    return not passive and not _OTHERS.search(between)


def _reports_before(text: str, cue: re.Match[str], start: int) -> bool:
    """Whether a word before a name reports what its owner said: "according to Roe", "“…”, said Roe"."""
    if cue.group().lower() not in load_cues().telling or _SENTENCE_ENDS.search(text[cue.end() : start]):
        return False
    return cue.group().lower() == "according" or not _OBJECT.search(text[: cue.start()])


def _tells(word: str) -> bool:
    return word.lower() not in STOP_WORDS


def _is_like(one: str, other: str) -> bool:
    """Whether two stems are one, the beginning one of the other ("chairs", "chairwoman"), or alike."""
    shorter, longer = sorted((one, other), key=len)
    begins = len(shorter) >= _LEAST_BEGINNING and longer.startswith(shorter)
    return begins or one == other or compare_stems(one, other) >= _ALIKE
