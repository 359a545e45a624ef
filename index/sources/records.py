"""Reads JSON: one article an object, `{id?, title, outlet, author, published_at, url, text}`.

One of the readers that `index.sources` chooses from; yields raw articles for cleaning. The objects stand one
a line, in an array, in an object that holds one ("articles"), in a JSON Feed (jsonfeed.org/version/1.1) or in
what WordPress answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from index.datatypes import Failure, Moment, RawArticle
from index.settings import ReadingSettings
from index.sources.html import drop_markup
from index.texts.cleaning import canonical_url
from index.texts.dates import parse_moment

_FIELDS = {
    "text": ("text", "content_html", "content_text", "content", "body", "article", "full_text"),
    "key": ("id", "guid"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "site_name", "source"),
    "author": ("author", "authors", "byline"),
    "published": (
        "published_at", "publishedAt", "date_published", "datePublished", "published", "pubDate", "date_gmt",
        "date",
    ),
    "url": ("url", "link"),
}  # fmt: skip
"""What an article is made of, and the names that exports and feeds give it; the first found counts."""

_LISTS = ("articles", "items", "entries", "results", "data", "docs", "records")
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


def read_json(text: str, source: str, settings: ReadingSettings) -> Iterator[RawArticle | Failure]:
    """Yield an article, or a failure that names the entry, for each object of a JSON file.

    JSON lines under another name are read as such. A JSON Feed's title is the outlet of its items.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            yield from read_jsonl(text, source, settings)
            return
        yield Failure(source, f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}")
        return
    except (ValueError, RecursionError) as error:
        yield Failure(source, f"not JSON that can be read: {error}")
        return
    records, feed = value, None
    if isinstance(value, dict):
        listed = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        records = [value] if listed is None else listed
        feed = _read_string(value.get("title")) if "jsonfeed.org" in str(value.get("version")) else None
    if not isinstance(records, list):
        yield Failure(source, f"expected an array of articles, found {type(value).__name__}")
        return
    for number, record in enumerate(records, start=1):
        item = _read_record(record, number, source, settings, "entry")
        if isinstance(item, RawArticle):
            # The number of a row in a database is another site's as well.
            key = None if canonical_url(item.url) else item.key
            item = replace(item, outlet=item.outlet or feed, key=key)
        yield item


def _read_record(
    record: Any, number: int, source: str, settings: ReadingSettings, place: str = "line"
) -> RawArticle | Failure:
    if not isinstance(record, dict):
        return Failure(source, f"{place} {number}: expected an object, found {type(record).__name__}")
    fields = {
        name: next((_open(record[other]) for other in others if record.get(other) not in (None, "")), None)
        for name, others in _FIELDS.items()
    }
    text = fields["text"]
    if not isinstance(text, str) or not text.strip():
        found = "nothing" if text is None else type(text).__name__
        return Failure(source, f'{place} {number}: expected article text under "text", found {found}')
    key, url = _read_string(fields["key"]), _read_string(fields["url"])
    return RawArticle(
        source=source if key or canonical_url(url) else f"{source}#{number}",
        text=drop_markup(text),
        key=key,
        title=drop_markup(_read_string(fields["title"]) or "") or None,
        outlet=_read_outlet(fields["outlet"]),
        author=_read_author(fields["author"]),
        published=_read_moment(fields["published"], settings.timezone),
        url=url,
    )


def _read_string(value: Any) -> str | None:
    """Return a string or number as a string; None for blanks and for everything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _open(value: Any) -> Any:
    """Return what an object says that stands where a text or a name is expected; all else as it is.

    `{"id": "varn", "name": "Varn Post"}`, `{"rendered": "<p>It sank.</p>"}`
    """
    return value.get("rendered") or value.get("name") or value if isinstance(value, dict) else value


def _read_outlet(value: Any) -> str | None:
    """Return the name of an outlet; an address or a path is none."""
    name = _read_string(value)
    return None if name is None or "/" in name else name


def _read_author(value: Any) -> str | None:
    """Return the names of the authors; the number of one in a database is none."""
    values = value if isinstance(value, list) else [value]
    names = (_read_string(_open(each)) for each in values)
    return ", ".join(name for name in names if name and not name.isdigit()) or None


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
