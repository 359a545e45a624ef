"""Answers behind buttons, the votes on them, and chats' choices: how they are written and read back.

The state runs these functions on its own thread. People and chats arrive here as hashes, and what they
asked, read and chose goes through the vault.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.memory.schema import Database
from bot.memory.vault import Vault
from bot.messages.pairing import choose_shown
from bot.messages.presses import View, Vote
from index.answers import Answer, NoAnswer, Quote

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
_NO_ANSWER: TypeAdapter[NoAnswer] = TypeAdapter(NoAnswer)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer behind buttons.

    Attributes:
        token: names it in callback data; cannot be guessed.
        result: without the passages that were ranked.
        shown: number of quotes that the answer shows at first.
        opens: the view that its message opens with; SAID for a list of what somebody said.
    """

    token: str
    result: Answer | NoAnswer
    shown: int
    opens: View = View.ANSWER

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All its quotes; of a "no answer", the nearest ones."""
        return self.result.quotes if isinstance(self.result, Answer) else self.result.nearest

    @property
    def first_quotes(self) -> tuple[Quote, ...]:
        """The quotes that its message shows at first; of a "no answer" none."""
        return choose_shown(self.result, self.shown) if isinstance(self.result, Answer) else ()


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How much is kept."""

    answers: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class PersonCounts:
    """How much is kept about a person, or was deleted."""

    answers: int
    votes: int


def insert_answer(database: Database, vault: Vault, asker: str, kept: KeptAnswer) -> None:
    """Keep an answer for its buttons."""
    answered = isinstance(kept.result, Answer)
    content = _ANSWER.dump_json(kept.result) if answered else _NO_ANSWER.dump_json(kept.result)  # type: ignore[arg-type]
    row = {
        "token": kept.token,
        "created": time.time(),
        "asker": asker,
        "answered": int(answered),
        "shown": kept.shown,
        "opens": kept.opens.value,
        "content": vault.seal(content.decode()),
    }
    database.table("answers").insert(row)


def read_answer(database: Database, vault: Vault, token: str) -> KeptAnswer | None:
    """Return a kept answer, or None for one that is gone."""
    query = "select answered, shown, opens, content from answers where token = ?"
    row = database.execute(query, [token]).fetchone()
    if row is None:
        return None
    answered, shown, opens, sealed = row
    content = vault.unseal(sealed)
    result = _ANSWER.validate_json(content) if answered else _NO_ANSWER.validate_json(content)
    return KeptAnswer(token, result, shown, View(opens))


def write_vote(database: Database, vault: Vault, kept: KeptAnswer, voter: str, vote: Vote) -> bool:
    """Keep a vote in place of the voter's earlier one; False where the same one is thereby taken back."""
    key = (kept.token, voter)
    earlier = database.execute("select vote from votes where token = ? and voter = ?", key).fetchone()
    if earlier is not None and earlier[0] == vote.value:
        database.table("votes").delete(key)
        return False
    spans = [[quote.citation.article, quote.start, quote.end, quote.text] for quote in kept.first_quotes]
    asker = database.execute("select asker from answers where token = ?", [kept.token]).fetchone()
    row = {
        "token": kept.token,
        "voter": voter,
        "asker": asker[0] if asker else None,
        "vote": vote.value,
        "created": time.time(),
        "question": vault.seal(kept.result.question.understood),
        "quotes": vault.seal(json.dumps(spans)),
    }
    database.table("votes").upsert(row, pk=("token", "voter"))
    return True


def read_votes(database: Database, vault: Vault) -> list[dict[str, Any]]:
    """Return every vote as `{question, quotes: [[article, start, end, words], ...], vote}`, oldest first.

    Votes of an earlier release have no words.
    """
    rows = database.execute("select question, quotes, vote from votes order by created, token, voter")
    return [
        {
            "question": vault.unseal(question),
            "quotes": json.loads(vault.unseal(quotes)),
            "vote": Vote(vote).name.lower(),
        }
        for question, quotes, vote in rows.fetchall()
    ]


def count_person(database: Database, person: str) -> PersonCounts:
    """Return how many answers and votes are kept about a person."""
    (answers,) = database.execute("select count(*) from answers where asker = ?", [person]).fetchone()
    (votes,) = database.execute("select count(*) from votes where voter = ?", [person]).fetchone()
    return PersonCounts(answers, votes)


def delete_person(database: Database, person: str) -> PersonCounts:
    """Delete the answers and votes that are kept about a person; others' votes on those answers as well.

    Those hold the person's questions, but are not counted as theirs.
    """
    answers = database.execute("delete from answers where asker = ?", [person]).rowcount
    votes = database.execute("delete from votes where voter = ?", [person]).rowcount
    database.execute("delete from votes where asker = ?", [person])
    return PersonCounts(answers, votes)


def count_rows(database: Database) -> StateCounts:
    """Return how much is kept."""
    (answers,) = database.execute("select count(*) from answers").fetchone()
    query = "select count(*) from votes where vote = ?"
    up, down = (database.execute(query, [vote.value]).fetchone()[0] for vote in (Vote.UP, Vote.DOWN))
    return StateCounts(answers, up, down)


def delete_before(database: Database, answers: float, votes: float) -> int:
    """Delete answers and votes from before two times, in seconds since 1970; return how many they were."""
    gone = database.execute("delete from answers where created < ?", [answers]).rowcount
    return int(gone + database.execute("delete from votes where created < ?", [votes]).rowcount)


def write_choices(database: Database, vault: Vault, chat: str, choices: dict[str, Any]) -> None:
    """Keep a chat's choices in place of earlier ones."""
    row = {"chat": chat, "content": vault.seal(json.dumps(choices))}
    database.table("choices").upsert(row, pk="chat")


def read_choices(database: Database, vault: Vault, chat: str) -> dict[str, Any]:
    """Return a chat's choices; an empty table where it has made none."""
    row = database.execute("select content from choices where chat = ?", [chat]).fetchone()
    return {} if row is None else dict(json.loads(vault.unseal(row[0])))


def delete_choices(database: Database, chat: str) -> bool:
    """Delete a chat's choices and say whether there were any."""
    return bool(database.execute("delete from choices where chat = ?", [chat]).rowcount > 0)


def keep_fact(database: Database, vault: Vault, name: str, value: str) -> str:
    """Keep a fact unless there is one of that name; return the one that is kept."""
    row = database.execute("select value from facts where name = ?", [name]).fetchone()
    if row is not None:
        return vault.unseal(row[0])
    database.table("facts").insert({"name": name, "value": vault.seal(value)})
    return value
