"""What a question allows to be quoted: reports of the outlets and the days that it names.

Ranking orders all candidates; answering quotes only from those that are let through here, and says so when
none is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from functools import lru_cache

from index.answers import Dates, Question
from index.datatypes import Article
from index.quotes.named_days import names_within
from index.quotes.relevance import AskedQuestion, prepare_question
from index.quotes.terms import Rarity, split_terms, stem_words
from index.search.words import split_words

AFTERMATH = timedelta(days=14)
"""How long after an event its reports may be published, when a question dates the event."""

_FRESH = timedelta(days=2)  # how long after a day a report tells of it without naming it

_PUBLISHING = stem_words("report reports write publish cover mention carry say tell")
_LEAST_LETTERS = 4  # of a word that a name is known by, and of its beginning that another form shares
_ALIKE = 0.8  # likeness, 0 to 1, of two spellings of one name
_SAME_MATTER = 0.6
"""Least share of a question's words, of what the best report holds, that reports must hold to be on it."""


def fits_outlets(question: Question, article: Article) -> bool:
    """Whether an article is by an outlet that the question names; any is if it names none."""
    if question.outlets:
        return article.outlet in question.outlets
    return not question.unknown_outlets


def fits_dates(dates: Dates | None, article: Article, passage: str) -> bool:
    """Whether a passage can tell of the days asked about: it names them, or its article is of that time.

    Where a question bounds publication, only the article's own date counts. An article without a date may
    tell of any day; one that is of later days tells of none before an end that has no beginning.
    """
    if dates is None or is_within(dates, article):
        return True
    if article.published is None or dates.published:
        return not dates.published
    if dates.first is None or dates.last is None:
        return False
    return names_within(dates.first, dates.last, passage, article.published.day)


def keep_to_matter(
    question: Question, rarity: Rarity, reports: Mapping[str, frozenset[str]], allowed: Collection[str]
) -> bool:
    """Whether what the named outlets have is about what is asked, as far as other reports are.

    Args:
        reports: the stems of each report that was found, by its id, without regard to the outlets.
        allowed: the ids of those that the question allows.

    The words count by their rarity, those that name the outlet, a date or the act of
    reporting not at all. A question that names no outlet keeps to its matter.
    """
    if not question.outlets:
        return True
    asked = prepare_question(question.text, rarity, list_restricting_stems(question) | _PUBLISHING)
    shares = {article: asked.share(stems) for article, stems in reports.items()}
    return max((shares[article] for article in allowed), default=0.0) >= _SAME_MATTER * max(shares.values())


def names_all(question: Question, reports: Iterable[Article]) -> bool:
    """Whether one of the reports names everybody and everything that a question of one part names.

    Reports that each know one name ("What did *Harpe* say about *Brennica*?") state nothing of both. A name
    is known by any of its words, in a like spelling ("Ogedei" for "Ögedei") or another form ("Europe" in
    "European"); initials and short acronyms may be written out, so that they are not asked for.
    """
    if len(question.parts) > 1:
        return True
    return any(knows_names(report, question.people) for report in reports)


def knows_names(report: Article, names: Iterable[str]) -> bool:
    """Whether a report knows all of some names, each by one of its words as `names_all` tells."""
    told = [words for name in names if (words := _list_telling_words(name))]
    return not told or all(_knows(_read_report(report.title, report.text), words) for words in told)


@lru_cache(maxsize=500)
def _read_report(title: str, text: str) -> frozenset[str]:
    return frozenset(_list_telling_words(f"{title} {text}"))


def _list_telling_words(text: str) -> list[str]:
    return [word for word in split_words(text) if len(word) >= _LEAST_LETTERS]


def _knows(known: frozenset[str], name: Iterable[str]) -> bool:
    """Whether a text's words hold one of a name's, or one much like it."""
    for word in name:
        alike = [other for other in known if other[0] == word[0]]
        begins = any(other.startswith(word[:_LEAST_LETTERS]) for other in alike)
        if word in known or begins or get_close_matches(word, alike, 1, _ALIKE):
            return True
    return False


def list_outlet_stems(question: Question) -> frozenset[str]:
    """Return the stems of the outlets that a question names: they say where to look, not what for."""
    names = " ".join((*question.outlets, *question.unknown_outlets))
    return frozenset(term.stem for term in split_terms(names))


def list_restricting_stems(question: Question) -> frozenset[str]:
    """Return the stems of the outlets and dates that a question names: they say where to look, not what for.

    A report of the day asked about seldom repeats it, so that its words tell nothing of how much is held.
    """
    phrase = question.dates.phrase if question.dates else ""
    return list_outlet_stems(question) | stem_words(phrase)


def list_matter_stems(question: Question, asked: AskedQuestion) -> frozenset[str]:
    """Return the stems that say what a question, or one part of it, is about; none for names alone."""
    stems = frozenset(asked.weights) - asked.names - list_restricting_stems(question)
    return frozenset() if stems <= _PUBLISHING else stems


def is_within(dates: Dates, article: Article) -> bool:
    """Whether an article was published in the range or, for an event of those days, soon enough after it.

    Of one day a report tells two days later only where it names that day. What is asked of the time "before
    1 July" was reported before then.
    """
    if article.published is None:
        return False
    day = article.published.day
    first, last = dates.first, dates.last
    if last is not None and first is not None and not dates.published and day > last:
        fresh = first != last or day <= last + _FRESH
        return day <= last + AFTERMATH and (fresh or names_within(last, last, article.text, day))
    return (first is None or first <= day) and (last is None or day <= last)
