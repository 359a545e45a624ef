"""What one speaker is reported to have said: statements found by the speaker's name, as quotes.

Answering lists them for a name, newest report first; nothing is ranked against a question here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from index.answers import Quote
from index.datatypes import Span, Statement
from index.quotes.attributing import PRONOUNS
from index.quotes.candidates import Candidate, Source
from index.quotes.extents import MAX_LENGTH
from index.quotes.quoting import make_quote
from index.quotes.relevance import AskedQuestion
from index.search.words import split_words
from index.speech.people import load_people
from index.store.catalogue import Catalogue
from index.texts.sentences import split_sentences

_MAX_WORDS = 12  # of a name; what is longer is no name, and matches nobody
_MAX_LETTERS = 60  # of a word of a name
_ARTICLES = frozenset({"the", "a", "an"})
_ENDING = re.compile(r"(?<=\w)['’]s?(?!\w)")
_POSSESSOR = re.compile(r"\w+['’]s?(?!\w)")
_LIKENESS = 0.75  # of two words' letters, from which one may be meant for the other
_COPIED_WORDS = 4  # from which a shorter statement within a longer one of the same report is its copy

MAX_NAMINGS = 250
"""Ways of naming a speaker (name and mention) that are looked up for one name."""

Naming = tuple[str, str]
"""A speaker's name and the mention beside the statement, as written; "" where there is none."""


def find_statements(name: str, catalogue: Catalogue, least: float) -> list[Statement]:
    """Return what a speaker so named is reported to have said, newest report first, copies once.

    Args:
        name: any text; see `match_namings` for whom it matches.
        least: confidence from which a statement counts.
    """
    namings = match_namings(name, catalogue.namings(least))[:MAX_NAMINGS]
    said = catalogue.statements_by(namings, least)
    articles = {statement.article for statement in said}
    texts = {article: catalogue.article(article).text for article in articles}
    return drop_copies(said, texts, catalogue.reports(articles))


def match_namings(name: str, namings: Iterable[Naming]) -> tuple[Naming, ...]:
    """Return the namings whose name, or whose mention, holds every word of `name`, in any order.

    Case, accents on Latin letters, articles and titles ("Mr", "President") make no difference, nor does an
    initial between two names where nobody has it. Any text is taken; one without a word matches nobody.
    """
    wanted = _read_name(name)
    full = frozenset(word for word in wanted if len(word) > 1)
    held = tuple(namings)
    for words in (wanted, full) if len(full) > 1 else (wanted,):
        if found := tuple(one for one in held if words and any(_is_named(text, words) for text in one)):
            return found
    return ()


def suggest_names(name: str, namings: Mapping[Naming, int], limit: int) -> tuple[str, ...]:
    """Return at most `limit` names of the index that are close to one that it does not hold.

    First those that share most words with it, as far as these are spelled alike, then the most quoted.
    """
    wanted = _read_name(name)
    counts: dict[str, int] = {}
    for (full, mention), count in namings.items():
        counts[full or mention] = counts.get(full or mention, 0) + count
    held: dict[str, set[str]] = {}
    for text in counts:
        for word in _fold(text) - PRONOUNS - _ARTICLES:
            held.setdefault(word, set()).add(text)
    shared: dict[str, int] = {}
    for word in sorted(wanted):
        for alike in get_close_matches(word, held, n=limit, cutoff=_LIKENESS):
            for text in held[alike]:
                shared[text] = shared.get(text, 0) + 1
    best = sorted(shared, key=lambda text: (-shared[text], -counts[text], text))
    return tuple(best[:limit])


def drop_copies(
    statements: Sequence[Statement], texts: Mapping[str, str], reports: Mapping[str, str]
) -> list[Statement]:
    """Return the statements in order, each once a report: its original's before that of a carrier.

    Args:
        texts: of the articles, by `Article.id`.
        reports: id of the report that each article carries; copies share one.
    """
    ordered = sorted(
        range(len(statements)), key=lambda i: reports[statements[i].article] != statements[i].article
    )
    by_report: dict[str, list[tuple[str, frozenset[str]]]] = {}
    chosen = set()
    for index in ordered:
        statement = statements[index]
        text = texts[statement.article]
        words = frozenset(split_words(" ".join(text[span.start : span.end] for span in statement.content)))
        earlier = by_report.setdefault(reports[statement.article], [])
        if not any(article != statement.article and _is_copy(words, other) for article, other in earlier):
            earlier.append((statement.article, words))
            chosen.add(index)
    return [statements[index] for index in sorted(chosen)]


def quote_statement(statement: Statement, source: Source, asked: AskedQuestion) -> Quote:
    """Return the quote around the sentence that holds most of a statement, attributed to its speaker."""
    sentences = split_sentences(source.article.text)
    sentence = max(sentences, key=lambda one: sum(_overlap(one, span) for span in statement.content))
    candidate = Candidate(source.article.id, sentence, 0, 0, {}, 0.0)
    quote = make_quote(candidate, replace(source, statements=(statement,)), asked, 0.0)
    return replace(quote, highlights=())


def quote_statements(
    statements: Sequence[Statement], gather: Callable[[str], Source], asked: AskedQuestion, limit: int
) -> tuple[Quote, ...]:
    """Return at most `limit` quotes of statements, in order; those of one speaker that overlap are joined.

    Args:
        gather: returns what is known of an article.
        asked: as `make_quote` takes it; nothing is highlighted.
    """
    quotes: list[Quote] = []
    for statement in statements:
        source = gather(statement.article)
        quote = quote_statement(statement, source, asked)
        at = next((i for i, other in enumerate(quotes) if _is_joined(quote, other)), None)
        if at is not None:
            start, end = min(quotes[at].start, quote.start), max(quotes[at].end, quote.end)
            quotes[at] = replace(quotes[at], start=start, end=end, text=source.article.text[start:end])
        elif len(quotes) < limit:
            quotes.append(quote)
        else:
            break
    return tuple(quotes)


def _is_joined(one: Quote, other: Quote) -> bool:
    """Whether two quotes are to be one: of one speaker, overlapping, and short enough together."""
    if (one.citation.article, one.speaker) != (other.citation.article, other.speaker):
        return False
    inner, outer = sorted(
        (Span(one.start, one.end), Span(other.start, other.end)), key=lambda s: s.end - s.start
    )
    together = max(inner.end, outer.end) - min(inner.start, outer.start)
    contained = outer.start <= inner.start and inner.end <= outer.end
    return _overlap(inner, outer) > 0 and (contained or together <= MAX_LENGTH)


def _read_name(name: str) -> frozenset[str]:
    """Return the words that name somebody: without articles and titles, unless nothing else is said."""
    words = frozenset(split_words(_ENDING.sub("", name)))
    if len(words) > _MAX_WORDS or any(len(word) > _MAX_LETTERS for word in words):
        return frozenset()
    named = words - _ARTICLES
    return named - load_people().titles.keys() or named


def _is_named(text: str, wanted: frozenset[str]) -> bool:
    """Whether a text holds all the words, not only as the owner of what it names.

    A pronoun names nobody; "WHO" in capitals does.
    """
    if text.lower() in PRONOUNS and not (text.isupper() and len(text) > 1):
        return False
    return wanted <= frozenset(split_words(text)) and not wanted.isdisjoint(_fold(text))


def _fold(text: str) -> frozenset[str]:
    """Return the words of a name without owners: "director" of "the board's director"."""
    return frozenset(split_words(_POSSESSOR.sub(" ", text)))


def _is_copy(words: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((words, other), key=len)
    return shorter == longer or (len(shorter) >= _COPIED_WORDS and shorter <= longer)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
