"""What has been seen in the index, by marks, each with the round in which it was first seen.

Alerting notes the marks of each generation before it looks for news. The ledger knows articles only: nothing
in it tells of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.memory.schema import Database
from bot.memory.state import State

_ROWS = 5_000  # written in one transaction, so that nobody waits long for it


class Ledger:
    """Rounds of marks; several processes may note the same ones, the first round counts."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def note(self, marks: Iterable[str]) -> int:
        """Keep the marks that are new, as those of one more round; return the number of the latest round."""
        following = await self.latest() + 1
        unique = list(dict.fromkeys(marks))
        for start in range(0, len(unique), _ROWS):
            await self._note_some(unique[start : start + _ROWS], following)
        return await self.latest()

    async def latest(self) -> int:
        """Return the number of the latest round, 0 before the first."""

        def find(database: Database) -> int:
            return int(database.execute("select ifnull(max(round), 0) from noted").fetchone()[0])

        return await self._state.read(find)

    async def list_after(self, round_: int) -> frozenset[str]:
        """Return the marks that were first seen after a round."""

        def find(database: Database) -> frozenset[str]:
            rows = database.execute("select mark from noted where round > ?", [round_])
            return frozenset(mark for (mark,) in rows.fetchall())

        return await self._state.read(find)

    async def _note_some(self, marks: Sequence[str], round_: int) -> None:
        query = "insert or ignore into noted (mark, round) values (?, ?)"
        rows = [(mark, round_) for mark in marks]
        await self._state.run(lambda database: database.conn.executemany(query, rows).rowcount)
