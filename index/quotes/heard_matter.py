"""Whether the words of whom a question asks to hear are on what it asks them about.

"What did the mayor say about the alarm?" is met in nearly every word by the mayor's words on something else,
beside somebody else's on the alarm. Asked once quotes are chosen, before an answer is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.answers import Question, Quote
from index.quotes.answer_types import AnswerType, find_head, find_subject
from index.quotes.likeness import AskedWords
from index.quotes.relevance import AskedQuestion
from index.quotes.restrictions import list_restricting_stems
from index.quotes.terms import content_stems, split_terms, stem_words
from index.texts.stems import stem_word

_ABOUT = re.compile(r"\b(?:about|regarding|concerning)\s+(?P<matter>[^(]+)", re.IGNORECASE)
_ON = re.compile(
    r"\bon\s+(?P<matter>[^(]+)|\b(?:say|said|says|thinks?|thought)\s+of\s+(?P<of>[^(]+)", re.IGNORECASE
)
_WHERE = re.compile(r"(?<=\w) (?:in|at|near|from|during|before|after|since) ")  # "the siren *at Varn lock*"
_MEDIUM = re.compile(r"\s*report", re.IGNORECASE)  # "did the Courier *report* about ...": all that it wrote
_COUNTS = stem_words("number figure toll total count")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?)\b",
    re.IGNORECASE,
)


class MatterHeard(NamedTuple):
    """The share of the matter's weight that the wanted one's words meet, in [0, 1], as `AskedWords.cover`.

    Attributes:
        within: that the words themselves meet.
        around: that they meet together with what stands before them in their report.
    """

    within: float = 1.0
    around: float = 1.0


def measure_matter_heard(
    question: Question, asked: AskedQuestion, quotes: Sequence[Quote], before: Sequence[str]
) -> MatterHeard:
    """Return how much of what somebody is asked about is in their words as quoted; all where nothing is.

    Words whose speaker is not known may be anybody's. Where no quote is known to be of whom the question
    asks to hear, nothing is told of what they said; whoever has others speak for it ("Varn's defence
    ministry") may have said it by one who is not known to be of it.

    Args:
        before: what stands before each quote in its report.
    """
    matter = _read_matter(question, asked)
    if not matter or not any(_is_of(asked, quote) for quote in quotes):
        return MatterHeard()
    words = AskedWords({stem: asked.weights[stem] for stem in matter})
    heard = [
        (quote.text, lead)
        for quote, lead in zip(quotes, before, strict=True)
        if _is_of(asked, quote) or (quote.speaker is None and quote.mention is None)
    ]
    within = max(words.cover(_stem_met(text, matter)) for text, _ in heard)
    around = max(words.cover(_stem_met(f"{lead} {text}", matter)) for text, lead in heard)
    return MatterHeard(within, around if any(_speaks_itself(asked, quote) for quote in quotes) else 1.0)


def _read_matter(question: Question, asked: AskedQuestion) -> frozenset[str]:
    """Return the content stems of what somebody is asked about, days and outlets aside; often none."""
    subject = find_subject(asked.text)
    if asked.kind is not AnswerType.SPEECH or not asked.subject or question.outlets:
        return frozenset()
    behind = asked.text[asked.text.find(subject) + len(subject) :]
    match = _ABOUT.search(behind) or _ON.search(behind)
    if match is None or _MEDIUM.match(behind):
        return frozenset()
    phrase = _WHERE.split(next(group for group in match.groups() if group))[0]
    stems = frozenset(content_stems(split_terms(phrase))) & asked.weights.keys()
    return stems - asked.subject - list_restricting_stems(question)


def _is_of(asked: AskedQuestion, quote: Quote) -> bool:
    called = " ".join(part for part in (quote.speaker, quote.role, quote.mention) if part)
    return not asked.subject.isdisjoint(stem_words(called))


def _speaks_itself(asked: AskedQuestion, quote: Quote) -> bool:
    """Whether the wanted one speaks in person: by a name that ends the speaker's, or an office."""
    called = (quote.speaker, quote.mention, find_head(quote.role or ""))
    return any(stem_word(part.split()[-1]) in asked.subject for part in called if part and part.split())


def _stem_met(text: str, matter: frozenset[str]) -> frozenset[str]:
    """Return the stems of a text; a text with a number in it tells of "the number of"."""
    stems = stem_words(text)
    return stems | (matter & _COUNTS) if _NUMBER.search(text) or not stems.isdisjoint(_COUNTS) else stems
