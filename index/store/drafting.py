"""The write side of a generation: a SQLite file that a build fills before anybody reads it.

Building copies the live generation's file, changes the copy through this, and publishes it (generations.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.datatypes import Article, Dispute, Passage, Span, Statement
from index.store.database import open_database
from index.store.rows import (
    ARTICLE_COLUMNS,
    DISPUTE_COLUMNS,
    STATEMENT_COLUMNS,
    to_article,
    to_dispute,
    to_statement,
)
from index.store.schema import migrations


class Draft:
    """A generation in the making; belongs to the thread that opened it."""

    def __init__(self, path: Path) -> None:
        self._database = open_database(path, migrations)
        self._changes = self._database.conn.total_changes

    def close(self) -> None:
        """Fold the write-ahead log into the file, so that the file alone is the whole generation."""
        self._database.disable_wal()
        self._database.close()

    @property
    def is_changed(self) -> bool:
        """Whether anything was written since it was opened."""
        return self._database.conn.total_changes > self._changes

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all changes inside it or, if it raises, none."""
        with self._database.atomic():
            yield

    # Sources

    def fingerprints(self) -> dict[str, str]:
        """Return the hash of the bytes of every file and URL that was read, by name."""
        return {row[0]: row[1] for row in self._database.execute("select name, fingerprint from files")}

    def files(self) -> dict[str, str]:
        """Return every file and URL that was read, with the source that it was read for."""
        return dict(self._database.execute("select name, source from files order by name").fetchall())

    def articles_of(self, name: str) -> tuple[str, ...]:
        """Return the ids of the articles that a file gave."""
        rows = self._database.execute("select article from file_articles where file = ? order by 1", [name])
        return tuple(row[0] for row in rows)

    def put_file(self, name: str, source: str, fingerprint: str, articles: Sequence[str]) -> None:
        """Note that a file was read for a source and what it gave; what is noted already is no change."""
        row = self._database.execute(
            "select source, fingerprint from files where name = ?", [name]
        ).fetchone()
        if row == (source, fingerprint) and self.articles_of(name) == tuple(sorted(articles)):
            return
        self._database.table("files").upsert(
            {"name": name, "source": source, "fingerprint": fingerprint}, pk="name"
        )
        self._database.execute("delete from file_articles where file = ?", [name])
        self._database.table("file_articles").insert_all(
            ({"file": name, "article": article} for article in articles), ignore=True
        )

    def remove_file(self, name: str) -> None:
        """Strike a file that is gone; its articles are removed apart."""
        self._database.execute("delete from file_articles where file = ?", [name])
        self._database.execute("delete from files where name = ?", [name])

    def orphans(self) -> tuple[str, ...]:
        """Return the ids of the articles that no file gives any more."""
        rows = self._database.execute(
            "select id from articles where id not in (select article from file_articles) order by id"
        )
        return tuple(row[0] for row in rows)

    def added(self) -> tuple[str, ...]:
        """Return the sources that were added by hand, beside the configured ones."""
        return tuple(row[0] for row in self._database.execute("select source from added order by rowid"))

    def add_source(self, source: str) -> None:
        """Read a source in every later build as well."""
        self._database.table("added").insert({"source": source}, ignore=True)

    def remove_source(self, source: str) -> None:
        """Read a source that was added by hand no more; the files that it gave are struck apart."""
        self._database.execute("delete from added where source = ?", [source])

    def forgotten(self) -> frozenset[str]:
        """Return the ids of the articles that must not come back."""
        return frozenset(row[0] for row in self._database.execute("select article from forgotten"))

    def forget(self, article: str) -> None:
        """Keep an article from coming back."""
        self._database.table("forgotten").insert({"article": article}, ignore=True)

    def remember(self, article: str) -> None:
        """Let a forgotten article come back."""
        self._database.execute("delete from forgotten where article = ?", [article])

    # Articles

    def articles(self) -> Iterator[Article]:
        """Yield every article, by id."""
        for row in self._database.execute(f"select {ARTICLE_COLUMNS} from articles order by id").fetchall():
            yield to_article(row)

    def article_ids(self) -> list[str]:
        """Return the id of every article, in order."""
        return [row[0] for row in self._database.execute("select id from articles order by id")]

    def article(self, article: str) -> Article | None:
        """Return a stored article, None if there is none."""
        rows = self._database.execute(f"select {ARTICLE_COLUMNS} from articles where id = ?", [article])
        row = rows.fetchone()
        return None if row is None else to_article(row)

    def put_article(self, article: Article) -> None:
        """Store an article, in place of the one of the same id; its passages and statements are put apart."""
        self.remove_article(article.id)
        self._database.table("articles").insert(
            {
                "id": article.id,
                "title": article.title,
                "text": article.text,
                "source": article.source,
                "outlet": article.outlet,
                "author": article.author,
                "published": None if article.published is None else str(article.published),
                "url": article.url,
                "origin": article.origin,
                "credits": json.dumps(article.credits, ensure_ascii=False),
                "embeds": json.dumps(article.embeds, ensure_ascii=False),
                "report": article.id,
                "story": None,
            }
        )

    def remove_article(self, article: str) -> None:
        """Remove an article with its passages and statements."""
        self._database.execute("delete from statements where article = ?", [article])
        self._database.execute("delete from passages where article = ?", [article])
        self._database.execute("delete from articles where id = ?", [article])

    def purge_words(self) -> None:
        """Rewrite the full-text index, which otherwise keeps the words of removed passages for a while."""
        self._database.execute("insert into passages_fts (passages_fts) values ('optimize')")

    def put_passages(self, article: Article, passages: Sequence[Passage], hashes: Sequence[bytes]) -> None:
        """Store an article's passages in place of those it had, each with the hash of its embedded text."""
        self._database.execute("delete from passages where article = ?", [article.id])
        self._database.table("passages").insert_all(
            {
                "article": article.id,
                "start": passage.start,
                "end": passage.end,
                "title": article.title,
                "text": passage.text,
                "hash": key,
            }
            for passage, key in zip(passages, hashes, strict=True)
        )

    def embedded_parts(self, hashes: Iterable[bytes]) -> dict[bytes, tuple[str, str]]:
        """Return the headlines and texts that are embedded for passages, by their hashes."""
        return {
            key: self._database.execute(
                "select title, text from passages where hash = ? limit 1", [key]
            ).fetchone()
            for key in hashes
        }

    def passage_rows(self) -> list[tuple[int, bytes, str]]:
        """Return (passage id, hash of its embedded text, article id) of every passage, by passage id."""
        return list(self._database.execute("select id, hash, article from passages order by id"))

    def put_statements(self, article: Article, statements: Sequence[Statement]) -> None:
        """Store an article's statements, in order, in place of those it had."""
        self._database.execute("delete from statements where article = ?", [article.id])
        self._database.table("statements").insert_all(
            {
                "article": article.id,
                "position": position,
                "content": json.dumps(statement.content),
                "cue": _dump_span(statement.cue),
                "speaker": _dump_span(statement.speaker),
                "name": statement.name,
                "role": statement.role,
                "chain": json.dumps(statement.chain, ensure_ascii=False),
                "label": statement.label.value,
                "confidence": statement.confidence,
                "parent": statement.parent,
            }
            for position, statement in enumerate(statements)
        )

    def set_reports(self, reports: Mapping[str, str]) -> None:
        """Note for each article the report that it carries; articles that are left out carry their own."""
        self._database.execute("update articles set report = id")
        self._database.conn.executemany(
            "update articles set report = ? where id = ?",
            ((report, article) for article, report in reports.items()),
        )

    def set_stories(self, stories: Mapping[str, str]) -> None:
        """Note for each article the story that it belongs to."""
        self._database.execute("update articles set story = null")
        self._database.conn.executemany(
            "update articles set story = ? where id = ?",
            ((story, article) for article, story in stories.items()),
        )

    def stories(self) -> dict[str, frozenset[str]]:
        """Return the members of each story, by its id."""
        members: dict[str, set[str]] = {}
        for story, article in self._database.execute("select story, id from articles where story > ''"):
            members.setdefault(story, set()).add(article)
        return {story: frozenset(articles) for story, articles in members.items()}

    def disputes(self) -> tuple[Dispute, ...]:
        """Return all disputes."""
        rows = self._database.execute(f"select {DISPUTE_COLUMNS} from disputes order by id")
        return tuple(map(to_dispute, rows.fetchall()))

    def set_disputes(self, disputes: Iterable[Dispute]) -> None:
        """Store all disputes of the corpus, in place of the former ones."""
        self._database.execute("delete from disputes")
        self._database.table("disputes").insert_all(
            {
                "claim_article": dispute.claim_article,
                "claim_start": dispute.claim.start,
                "claim_end": dispute.claim.end,
                "denial_article": dispute.denial_article,
                "denial_start": dispute.denial.start,
                "denial_end": dispute.denial.end,
                "kind": dispute.kind.value,
                "confidence": dispute.confidence,
            }
            for dispute in disputes
        )

    def statements(self, article: str) -> tuple[Statement, ...]:
        """Return an article's statements in the order of its text."""
        rows = self._database.execute(
            f"select {STATEMENT_COLUMNS} from statements where article = ? order by position", [article]
        )
        return tuple(map(to_statement, rows.fetchall()))

    # Figures

    def count(self, table: str) -> int:
        """Return the number of rows in a table."""
        return int(self._database.table(table).count)


def _dump_span(span: Span | None) -> str | None:
    return None if span is None else json.dumps(span)
