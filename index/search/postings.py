"""What lexical search and ranking read of every passage: where words stand, and columns of a few facts.

Reached through the catalogue; the text itself stays in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.store.database import ReadOnlyDatabase

POSTINGS_TABLE = "create virtual table temp.passage_words using fts5vocab(main, passages_fts, instance)"
"""What a connection needs before `read_postings`: SQLite's own view of its full-text index."""

WORDS_TABLE = "create virtual table temp.words using fts5vocab(main, passages_fts, row)"
"""The same before `count_words`."""


class Postings(NamedTuple):
    """Where one word stands: three columns of equal length, ascending by id."""

    ids: NDArray[np.int64]
    in_passage: NDArray[np.int64]  # times
    in_title: NDArray[np.int64]  # times


@dataclass(frozen=True, slots=True)
class PassageTable:
    """A few facts of all n passages, in columns and in the order of their ids.

    Attributes:
        ids: (n,) int64, ascending.
        articles: (n,) int32, places in `article_ids` and `titles`.
        outlets: (n,) int32, places in `outlet_names`; -1 where the report states none.
        days: (n,) int32, ordinal day of publication (`date.toordinal`); 0 where unknown.
        lengths: (n,) float32, code points of headline and passage.
    """

    ids: NDArray[np.int64]
    articles: NDArray[np.int32]
    outlets: NDArray[np.int32]
    days: NDArray[np.int32]
    lengths: NDArray[np.float32]
    article_ids: tuple[str, ...]
    titles: tuple[str, ...]
    outlet_names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


def read_passage_table(database: ReadOnlyDatabase) -> PassageTable:
    """Read the columns of all passages; takes a few seconds per million."""
    articles = database.rows("select id, title, outlet, substr(published, 1, 10) from articles order by id")
    names = sorted({row[2] for row in articles if row[2] is not None})
    places = {name: place for place, name in enumerate(names)}
    codes = {row[0]: place for place, row in enumerate(articles)}
    outlets = np.array([places.get(row[2], -1) for row in articles], dtype=np.int32)
    days = np.array(
        [date.fromisoformat(row[3]).toordinal() if row[3] else 0 for row in articles], dtype=np.int32
    )
    rows = database.rows("select id, article, length(title) + length(text) from passages order by id")
    of_article = np.array([codes[row[1]] for row in rows], dtype=np.int32)
    return PassageTable(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        articles=of_article,
        outlets=outlets[of_article],
        days=days[of_article],
        lengths=np.array([row[2] for row in rows], dtype=np.float32),
        article_ids=tuple(codes),
        titles=tuple(row[1] for row in articles),
        outlet_names=tuple(names),
    )


def read_postings(database: ReadOnlyDatabase, word: str) -> Postings:
    """Read where one folded word stands; all columns are empty for a word that stands nowhere."""
    rows = database.rows(
        "select doc, sum(col = 'text'), sum(col = 'title') from passage_words where term = ? group by doc",
        [word],
    )
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Postings(columns[:, 0], columns[:, 1], columns[:, 2])


def count_words(database: ReadOnlyDatabase) -> dict[str, int]:
    """Return how many passages hold each folded word; takes a tenth of a second per 100,000 words."""
    return dict(database.rows("select term, doc from words"))
