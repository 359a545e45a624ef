"""The tables of the bot's own database, as their history: numbered functions that are never edited.

The state applies those that are missing when it opens the file; a change is a new function at the end.
A column that holds content is named in SEALED: it is written and read through the vault only.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

__all__ = ["SEALED", "Database", "migrations"]

SEALED = {
    "answers": ("content",),
    "votes": ("question", "quotes"),
    "choices": ("content",),
    "facts": ("value",),
    "turns": ("content",),
    "arrivals": ("content",),
    "watches": ("content",),
}
"""The columns of each table that are encrypted."""

migrations = Migrations("bot")


@migrations()
def m001_answers(database: Database) -> None:
    """Answers, as long as their buttons are to work."""
    database.table("answers").create(
        {"token": str, "created": float, "asker": str, "answered": int, "shown": int, "content": str},
        pk="token",
        not_null={"created", "asker", "answered", "shown", "content"},
    )
    database.table("answers").create_index(["created"])
    database.table("answers").create_index(["asker"])


@migrations()
def m002_votes(database: Database) -> None:
    """Votes, with the question and the quotes they are about."""
    database.table("votes").create(
        {"token": str, "voter": str, "vote": str, "created": float, "question": str, "quotes": str},
        pk=("token", "voter"),
        not_null={"vote", "created", "question", "quotes"},
    )
    database.table("votes").create_index(["voter"])


@migrations()
def m003_chats(database: Database) -> None:
    """What chats have chosen; here the chat's id itself is needed."""
    database.table("chats").create({"chat": int, "choices": str}, pk="chat", not_null={"choices"})


@migrations()
def m004_opens(database: Database) -> None:
    """The view that an answer's message opens with: the answer itself, or what somebody said."""
    database.table("answers").add_column("opens", str, not_null_default="a")


@migrations()
def m005_facts(database: Database) -> None:
    """Single secrets of the installation, by name."""
    database.table("facts").create({"name": str, "value": str}, pk="name", not_null={"value"})


@migrations()
def m006_choices(database: Database) -> None:
    """What chats have chosen, each chat as a hash, in place of the table that had the numbers."""
    database.table("choices").create({"chat": str, "content": str}, pk="chat", not_null={"content"})


@migrations()
def m007_arrivals(database: Database) -> None:
    """Updates that a worker has taken, for a day; and the workers, with their last sign of life."""
    database.table("arrivals").create(
        {"number": int, "chat": str, "worker": str, "at": float, "done": int},
        pk="number",
        not_null={"worker", "at", "done"},
    )
    database.table("arrivals").create_index(["chat", "done"])
    database.table("workers").create({"worker": str, "beat": float}, pk="worker", not_null={"beat"})


@migrations()
def m008_watches(database: Database) -> None:
    """What chats watch, each chat as a hash; and marks of what has been seen in the index, by round."""
    database.table("watches").create(
        {
            "token": str,
            "chat": str,
            "content": str,
            "seen": int,
            "told": float,
            "failures": int,
            "created": float,
            "stopped": float,
        },
        pk="token",
        not_null={"chat", "content", "seen", "told", "failures", "created"},
    )
    database.table("watches").create_index(["chat"])
    database.table("noted").create({"mark": str, "round": int}, pk="mark", not_null={"round"})
    database.table("noted").create_index(["round"])


@migrations()
def m009_turns(database: Database) -> None:
    """The last questions of conversations, people and chats as hashes, for the minutes of a follow-up."""
    database.table("turns").create(
        {
            "number": int,
            "chat": str,
            "thread": int,
            "person": str,
            "answer": int,
            "at": float,
            "content": str,
        },
        pk="number",
        not_null={"chat", "person", "answer", "at", "content"},
    )
    database.table("turns").create_index(["chat", "person"])
    database.table("turns").create_index(["at"])


@migrations()
def m010_unfinished(database: Database) -> None:
    """Updates themselves until they are handled, and how often that was begun."""
    database.table("arrivals").add_column("content", str)
    database.table("arrivals").add_column("tries", int, not_null_default=0)


@migrations()
def m011_begun(database: Database) -> None:
    """Whether an update is being handled, and not only waiting for its chat's turn."""
    database.table("arrivals").add_column("begun", int, not_null_default=0)


@migrations()
def m012_askers(database: Database) -> None:
    """Whose question a vote holds, so that it goes when they want to be forgotten."""
    database.table("votes").add_column("asker", str)
    database.execute("update votes set asker = (select asker from answers where answers.token = votes.token)")
    database.table("votes").create_index(["asker"])
