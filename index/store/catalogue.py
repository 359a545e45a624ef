"""One generation's articles, passages and statements, as questions read them.

Written by building (see drafting.py), never changed afterwards; retrieval, quoting and answering read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from index.answers import Citation
from index.datatypes import Article, Dispute, OutletSummary, Passage, Statement
from index.errors import NotFoundError
from index.search.postings import (
    POSTINGS_TABLE,
    WORDS_TABLE,
    Postings,
    count_words,
    read_passage_table,
    read_postings,
)
from index.store.database import ReadOnlyDatabase
from index.store.listings import Filter, Listing, read_days, read_listings
from index.store.rows import (
    ARTICLE_COLUMNS,
    DISPUTE_COLUMNS,
    STATEMENT_COLUMNS,
    to_article,
    to_dispute,
    to_moment,
    to_statement,
)

_START, _END = "json_extract(speaker, '$[0]')", "json_extract(speaker, '$[1]')"
_MENTION = f"ifnull(substr(text, {_START} + 1, {_END} - {_START}), '')"
_SAID = "from statements join articles on articles.id = article where parent is null and confidence >= ?"

T = TypeVar("T")

TITLE_WEIGHT = 0.4
"""Weight of a word in the headline beside one in the passage, in BM25."""

_VARIABLES_PER_QUERY = 500


class Catalogue:
    """The read side of one generation's SQLite file; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._database = ReadOnlyDatabase(path, [POSTINGS_TABLE, WORDS_TABLE])
        self.passage_table = cache(partial(read_passage_table, self._database))
        self.count_passages_with = lru_cache(maxsize=10_000)(self._count_passages_with)
        self.article = lru_cache(maxsize=2_000)(self._article)
        self.outlets = cache(self._outlets)
        self.find_word = lru_cache(maxsize=500)(self._find_word)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # Articles

    def _article(self, article_id: str) -> Article:
        """Return an article by its id; raise NotFoundError."""
        rows = self._database.rows(f"select {ARTICLE_COLUMNS} from articles where id = ?", [article_id])
        if not rows:
            raise NotFoundError(
                f"no article {article_id!r} in the index; `python -m index status` counts what is there"
            )
        return to_article(rows[0])

    def articles(self) -> Iterator[Article]:
        """Yield every article, oldest publication first, undated ones last."""
        ids = self._database.rows("select id from articles order by published is null, published, id")
        for (article_id,) in ids:
            yield self._article(article_id)

    def find_article(self, name: str) -> str:
        """Return the id of the one article that goes by an id, its beginning, a URL or a source.

        Raises NotFoundError where none does, or several do and none exactly.
        """
        rows = self._database.rows(
            "select id from articles where id = ?1 or url = ?1 or source = ?1 "
            "or (length(?1) >= 4 and substr(id, 1, length(?1)) = ?1) order by id = ?1 desc, id",
            [name],
        )
        found = [row[0] for row in rows]
        if not found:
            raise NotFoundError(f"no article goes by {name!r}; give its id, URL or path as `ask` shows it")
        if len(found) > 1 and found[0] != name:
            raise NotFoundError(f"{name!r} fits {len(found)} articles ({', '.join(found[:5])}); give one id")
        return str(found[0])

    def added_sources(self) -> tuple[str, ...]:
        """Return the sources that were added by hand, beside the configured ones."""
        return tuple(row[0] for row in self._database.rows("select source from added order by rowid"))

    def slice_text(self, article_id: str, start: int, end: int) -> str | None:
        """Read `text[start:end]` of an article from the file, uncached; None if there is no such article."""
        rows = self._database.rows("select text from articles where id = ?", [article_id])
        return rows[0][0][start:end] if rows else None

    def citation(self, article_id: str) -> Citation:
        """Return where an article was published, with the outlets that carry copies; raise NotFoundError."""
        article = self.article(article_id)
        rows = self._database.rows(
            "select distinct other.outlet from articles as this "
            "join articles as other on other.report = this.report "
            "where this.id = ?1 and other.id <> ?1 and other.outlet is not null order by other.outlet",
            [article_id],
        )
        carriers = tuple(row[0] for row in rows if row[0] != article.outlet)
        return Citation(
            article=article.id,
            title=article.title,
            outlet=article.outlet,
            author=article.author,
            published=article.published,
            url=article.url,
            carriers=carriers,
            origin=article.origin,
        )

    def reports(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Return for each article the id of the report that it carries; copies share one."""
        return {
            row[0]: row[1]
            for chunk in _slices(sorted(set(article_ids)))
            for row in self._database.rows(
                f"select id, report from articles where id in ({_marks(chunk)})", chunk
            )
        }

    def stories_of(self, article_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return for each article the ids of all articles of its story, itself among them."""
        members: dict[str, list[str]] = {}
        for chunk in _slices(sorted(set(article_ids))):
            for article, other in self._database.rows(
                "select this.id, other.id from articles as this join articles as other "
                "on other.id = this.id or other.story = this.story "
                f"where this.id in ({_marks(chunk)}) order by other.id",
                chunk,
            ):
                members.setdefault(article, []).append(other)
        return {article: tuple(others) for article, others in members.items()}

    def listings(self, only: Filter, most: int) -> tuple[Listing, ...]:
        """Return the first `most` articles that a filter lets through, newest first, undated ones last."""
        return read_listings(self._database, only, most)

    def days(self, only: Filter) -> tuple[date, date] | None:
        """Return the first and the last day of what a filter lets through; None where nothing has a date."""
        return read_days(self._database, only)

    def _outlets(self) -> tuple[OutletSummary, ...]:
        """Return what is held of each outlet, most articles first."""
        rows = self._database.rows(
            "select outlet, count(*), min(published), max(published) from articles group by outlet "
            "order by count(*) desc, outlet"
        )
        return tuple(OutletSummary(row[0], row[1], to_moment(row[2]), to_moment(row[3])) for row in rows)

    # Passages

    def passages(self, ids: Sequence[int]) -> tuple[Passage, ...]:
        """Return the passages in the order of `ids`; raise NotFoundError if one is missing."""
        found: dict[int, Passage] = {}
        for chunk in _slices(list(dict.fromkeys(int(i) for i in ids))):
            rows = self._database.rows(
                f'select id, article, start, "end", text from passages where id in ({_marks(chunk)})',
                chunk,
            )
            found.update((row[0], Passage(*row)) for row in rows)
        missing = [i for i in ids if int(i) not in found]
        if missing:
            raise NotFoundError(f"no passage {missing[0]} in this generation; run `python -m index build`")
        return tuple(found[int(i)] for i in ids)

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """Return an article's passages in the order of its text."""
        rows = self._database.rows(
            'select id, article, start, "end", text from passages where article = ? order by start',
            [article_id],
        )
        return tuple(Passage(*row) for row in rows)

    def count_passages(self) -> int:
        """Return the number of passages."""
        return int(self._database.rows("select count(*) from passages")[0][0])

    def _find_word(self, word: str) -> Postings:
        """Return where one folded word (see words.py) stands."""
        return read_postings(self._database, word)

    def count_words(self) -> dict[str, int]:
        """Return how many passages hold each folded word."""
        return count_words(self._database)

    def search_words(
        self, terms: Sequence[str], k: int, only: Filter | None = None
    ) -> tuple[tuple[int, float], ...]:
        """Return (passage id, BM25 score) of the k best passages that hold any of the terms, best first.

        Terms are data, never query syntax: each is matched as one quoted string. Scores are positive,
        larger is better, and comparable within one call only. Okapi BM25 as SQLite's FTS5 computes it.
        """
        expression = " OR ".join(_quote_term(term) for term in dict.fromkeys(terms) if _quote_term(term))
        if not expression:
            return ()
        clause, parameters = (only or Filter()).write_conditions()
        rows = self._database.rows(
            f"select passages.id, -bm25(passages_fts, {TITLE_WEIGHT}, 1.0) as score from passages_fts "
            "join passages on passages.id = passages_fts.rowid "
            "join articles on articles.id = passages.article "
            f"where passages_fts match ? {clause} order by score desc, passages.id limit ?",
            [expression, *parameters, k],
        )
        return tuple((row[0], row[1]) for row in rows)

    def _count_passages_with(self, term: str) -> int:
        """Return the number of passages that hold a term, headline included."""
        quoted = _quote_term(term)
        if not quoted:
            return 0
        rows = self._database.rows("select count(*) from passages_fts where passages_fts match ?", [quoted])
        return int(rows[0][0])

    # Statements

    def statements_of(self, article_id: str) -> tuple[Statement, ...]:
        """Return an article's statements in the order of its text."""
        rows = self._database.rows(
            f"select {STATEMENT_COLUMNS} from statements where article = ? order by position", [article_id]
        )
        return tuple(map(to_statement, rows))

    def namings(self, least: float) -> dict[tuple[str, str], int]:
        """Count the statements of at least a confidence by their speaker's name and mention, "" for none."""
        query = f"select ifnull(name, ''), {_MENTION}, count(*) {_SAID} group by 1, 2"
        return {(row[0], row[1]): row[2] for row in self._database.rows(query, [least])}

    def statements_by(self, namings: Sequence[tuple[str, str]], least: float) -> tuple[Statement, ...]:
        """Return the outer statements of those so named, newest report first, undated ones last."""
        marks = ",".join(["(?, ?)"] * len(namings)) or "(null, null)"
        rows = self._database.rows(
            f"select {STATEMENT_COLUMNS} {_SAID} and (ifnull(name, ''), {_MENTION}) in (values {marks}) "
            "order by published is null, published desc, articles.id, position",
            [least, *(text for naming in namings for text in naming)],
        )
        return tuple(map(to_statement, rows))

    def disputes_of(self, article_id: str) -> tuple[Dispute, ...]:
        """Return the disputes that an article has a side in, the surest first."""
        rows = self._database.rows(
            f"select {DISPUTE_COLUMNS} from disputes where claim_article = ?1 or denial_article = ?1 "
            "order by confidence desc, id",
            [article_id],
        )
        return tuple(map(to_dispute, rows))


def _quote_term(term: str) -> str:
    """Return a term as an FTS5 string; "" for one without a letter or digit, which FTS5 would refuse."""
    cleaned = term.replace("\x00", " ").replace('"', '""').strip()
    return f'"{cleaned}"' if any(letter.isalnum() for letter in cleaned) else ""


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


def _slices(values: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(values), _VARIABLES_PER_QUERY):
        yield values[start : start + _VARIABLES_PER_QUERY]
