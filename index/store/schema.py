"""The tables of a generation's catalogue, as numbered migrations; the file reads as the database's history.

A migration is never edited once released: a change is a further one. Drafting writes these tables,
the catalogue reads them.
"""

from __future__ import annotations

from index.store.database import Database, Migrations

migrations = Migrations("catalogue")


@migrations()
def m001_articles(database: Database) -> None:
    """Articles; `report` is the id of the article whose copy this is, its own where it is none."""
    database.table("articles").create(
        {
            "id": str,
            "title": str,
            "text": str,
            "source": str,
            "outlet": str,
            "author": str,
            "published": str,
            "url": str,
            "origin": str,
            "credits": str,
            "embeds": str,
            "report": str,
            "story": str,
        },
        pk="id",
        not_null={"title", "text", "source", "report"},
    )
    for column in ("source", "report", "outlet", "published", "story"):
        database.table("articles").create_index([column])


@migrations()
def m002_passages(database: Database) -> None:
    """Passages with their text beside the headline, for full-text search; `hash` is of the embedded text."""
    database.table("passages").create(
        {"id": int, "article": str, "start": int, "end": int, "title": str, "text": str, "hash": bytes},
        pk="id",
        not_null={"article", "start", "end", "text", "hash"},
        foreign_keys=[("article", "articles", "id")],
    )
    database.table("passages").create_index(["article"])
    database.table("passages").create_index(["hash"])
    database.table("passages").enable_fts(
        ["title", "text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2"
    )


@migrations()
def m003_statements(database: Database) -> None:
    """Statements in the order of their article's text; spans as JSON pairs."""
    database.table("statements").create(
        {
            "article": str,
            "position": int,
            "content": str,
            "cue": str,
            "speaker": str,
            "name": str,
            "role": str,
            "chain": str,
            "label": str,
            "confidence": float,
            "parent": int,
        },
        pk=("article", "position"),
        foreign_keys=[("article", "articles", "id")],
    )


@migrations()
def m004_sources(database: Database) -> None:
    """What was read (files by the hash of their bytes), added by hand, and forgotten on request."""
    database.table("files").create({"name": str, "source": str, "fingerprint": str}, pk="name")
    database.table("file_articles").create({"file": str, "article": str}, pk=("file", "article"))
    database.table("file_articles").create_index(["article"])
    database.table("added").create({"source": str}, pk="source")
    database.table("forgotten").create({"article": str}, pk="article")


@migrations()
def m005_disputes(database: Database) -> None:
    """Claims and the words that dispute them, by half-open offsets into the articles' texts."""
    database.table("disputes").create(
        {
            "id": int,
            "claim_article": str,
            "claim_start": int,
            "claim_end": int,
            "denial_article": str,
            "denial_start": int,
            "denial_end": int,
            "kind": str,
            "confidence": float,
        },
        pk="id",
    )
    database.table("disputes").create_index(["claim_article"])
    database.table("disputes").create_index(["denial_article"])
