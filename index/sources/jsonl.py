"""Reads JSON lines: one article an object, `{id?, title, outlet, author, published_at, url, text}`.

One of the readers that `index.sources` chooses from; yields raw articles for cleaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from index.datatypes import Failure, Moment, RawArticle
from index.settings import ReadingSettings
from index.sources.html import drop_markup
from index.texts.cleaning import canonical_url
from index.texts.dates import parse_moment

_LAST_SECOND = 253_402_300_799  # the end of the year 9999
_FIRST_MILLISECOND = 100_000_000_000  # what counts seconds is smaller, until the year 5138


def read_jsonl(text: str, source: str, settings: ReadingSettings) -> Iterator[RawArticle | Failure]:
    """Yield an article, or a failure that names the line, for each line that is not blank.

    A record with neither `id` nor http(s) `url` is told from its neighbours by its line: its source is
    `path#line`.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            yield Failure(source, f"line {number}: not JSON: {error.msg} at column {error.colno}")
        except (ValueError, RecursionError) as error:
            yield Failure(source, f"line {number}: not JSON that can be read: {error}")
        else:
            yield _read_record(record, number, source, settings)


def _read_record(record: Any, number: int, source: str, settings: ReadingSettings) -> RawArticle | Failure:
    if not isinstance(record, dict):
        return Failure(source, f"line {number}: expected an object, found {type(record).__name__}")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        found = "nothing" if text in (None, "") else type(text).__name__
        return Failure(source, f'line {number}: expected article text under "text", found {found}')
    key, url = _read_string(record.get("id")), _read_string(record.get("url"))
    return RawArticle(
        source=source if key or canonical_url(url) else f"{source}#{number}",
        text=drop_markup(text),
        key=key,
        title=drop_markup(_read_string(record.get("title")) or "") or None,
        outlet=_read_string(record.get("outlet")),
        author=_read_author(record.get("author")),
        published=_read_moment(record.get("published_at"), settings.timezone),
        url=url,
    )


def _read_string(value: Any) -> str | None:
    """Return a string or number as a string; None for blanks and for everything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _read_author(value: Any) -> str | None:
    names = value if isinstance(value, list) else [value]
    return ", ".join(name for item in names if (name := _read_string(item))) or None


def _read_moment(value: Any, zone: str) -> Moment | None:
    """Return the moment of a date as written, or of seconds or milliseconds since 1970."""
    if isinstance(value, str):
        return parse_moment(value, zone)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 < value < _LAST_SECOND * 1000:
        return None
    seconds = value / 1000 if value >= _FIRST_MILLISECOND else value
    return Moment.at(datetime.fromtimestamp(seconds, UTC))
