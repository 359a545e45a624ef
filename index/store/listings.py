"""Lists of articles by outlet and day of publication, for those who need no more of them than that.

Reached through the catalogue; the same filter restricts which passages are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.datatypes import Moment
from index.store.database import ReadOnlyDatabase
from index.store.rows import to_moment


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles, and passages of them, may be found; an empty tuple or None restricts nothing.

    Attributes:
        outlets: indexed names of outlets.
        first, last: days of publication, both included; reports without a date are left out by either.
    """

    outlets: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.outlets or self.first or self.last)

    def write_conditions(self) -> tuple[str, list[str]]:
        """Return SQL conditions on `articles`, each beginning with `and`, and their parameters."""
        clause, parameters = "", list[str]()
        if self.outlets:
            clause += f" and articles.outlet in ({','.join('?' * len(self.outlets))})"
            parameters += self.outlets
        if self.first:
            clause += " and substr(articles.published, 1, 10) >= ?"
            parameters.append(self.first.isoformat())
        if self.last:
            clause += " and substr(articles.published, 1, 10) <= ?"
            parameters.append(self.last.isoformat())
        return clause, parameters


@dataclass(frozen=True, slots=True)
class Listing:
    """An article as far as lists of reports need it.

    Attributes:
        report: id of the report that it carries; copies share one.
        story: names the story that it is of.
    """

    article: str
    report: str
    story: str
    outlet: str | None
    published: Moment | None


def read_listings(database: ReadOnlyDatabase, only: Filter, most: int) -> tuple[Listing, ...]:
    """Return the first `most` articles that a filter lets through, newest first, undated ones last."""
    clause, parameters = only.write_conditions()
    rows = database.rows(
        "select id, report, ifnull(story, id), outlet, published from articles "
        f"where 1 {clause} order by published is null, published desc, id limit ?",
        [*parameters, most],
    )
    return tuple(Listing(row[0], row[1], row[2], row[3], to_moment(row[4])) for row in rows)


def read_days(database: ReadOnlyDatabase, only: Filter) -> tuple[date, date] | None:
    """Return the first and the last day of what a filter lets through; None where nothing has a date."""
    clause, parameters = only.write_conditions()
    day = "substr(published, 1, 10)"
    query = f"select min({day}), max({day}) from articles where 1 {clause}"
    first, last = database.rows(query, parameters)[0]
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None
