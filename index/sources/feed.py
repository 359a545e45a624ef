"""Reads RSS and Atom feeds: every entry that carries text is an article of the outlet the feed names.

One of the readers that `index.sources` chooses from; yields raw articles for cleaning.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from index.datatypes import Failure, Moment, RawArticle
from index.settings import ReadingSettings
from index.sources.html import PARSER_FAULTS, plain_paragraphs
from index.texts.cleaning import canonical_url
from index.texts.dates import parse_moment
from index.texts.normalising import clean_line

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FEED_WORDS = re.compile(
    r"\s*[-|–—:]?\s*\b(?:(?:rss|atom)(?:\s+feed)?|(?:news\s+)?feed|(?:latest|all)\s+(?:news|posts|stories))\s*$",
    re.IGNORECASE,
)

_LEAST_GUID = 12  # characters; a shorter one, such as "4711", is only one of its own feed's


def read_feed(text: str, source: str, settings: ReadingSettings) -> Iterator[RawArticle | Failure]:
    """Yield an article for each entry with text, and a failure for each without, or for what is no feed.

    Args:
        text: decoded XML.
        source: the feed's path or URL.
        settings: the zone of times without one.
    """
    try:
        # The text is decoded already, so the encoding that its declaration names no longer holds.
        feed = feedparser.parse(
            io.BytesIO(_DECLARATION.sub("", text).encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except PARSER_FAULTS as error:
        yield Failure(source, f"is not a feed that can be read: {error}")
        return
    if not feed.entries:
        fault = feed.get("bozo_exception")
        yield Failure(
            source, f"malformed feed: {fault}" if feed.bozo and fault else _explain_no_entries(feed)
        )
        return
    outlet = name_feed(_plain(feed.feed.get("title")))
    home = _join_link(source, feed.feed.get("link")) or source
    for number, entry in enumerate(feed.entries, start=1):
        yield _read_entry(entry, number, outlet, home, source, settings)


def name_feed(title: str | None) -> str | None:
    """Return a feed's own title without words that only say that it is a feed, or None."""
    return _FEED_WORDS.sub("", title).strip(" -|–—:") or title if title else None


def _read_entry(
    entry: Any, number: int, outlet: str | None, home: str, source: str, settings: ReadingSettings
) -> RawArticle | Failure:
    """Return the article of an entry; its fullest text is its content, else its summary.

    Relative links are taken from `home`. An entry without guid and link is told by its number.
    """
    texts = [plain_paragraphs(content.get("value") or "") for content in entry.get("content", ())]
    texts.append(plain_paragraphs(entry.get("summary") or ""))
    text = max(texts, key=len)
    title = _plain(entry.get("title"))
    if not any(map(str.isalnum, text)):
        return Failure(source, f"entry {number} ({title or 'untitled'}): holds no text")
    carried = entry.get("source")
    outlet = (_plain(carried.get("title")) if isinstance(carried, dict) else None) or outlet
    if title and outlet and text.endswith(outlet) and _words(text) <= _words(f"{title} {outlet}"):
        return Failure(source, f"entry {number} ({title}): holds no text but its headline")
    guid, link = clean_line(entry.get("id") or ""), _join_link(home, entry.get("link"))
    if entry.get("link") == guid and not canonical_url(guid):
        link = None  # feedparser takes any guid for the address
    if canonical_url(guid):
        # An address is no name of its own: the same report saved as a page must have the same identity.
        guid, link = "", link or guid
    elif guid and len(guid) < _LEAST_GUID:
        guid = f"{urlsplit(home).hostname or outlet or ''}/{guid}"
    return RawArticle(
        source=source if guid or link else f"{source}#{number}",
        text=text,
        key=guid or None,
        title=title,
        outlet=outlet,
        author=_name_authors(entry),
        published=_read_moment(entry, settings.timezone),
        url=link,
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _join_link(home: str, link: Any) -> str | None:
    """Return a link as an http(s) URL, taken from `home` where it is relative; None where it is none."""
    try:
        joined = urljoin(home, clean_line(link)) if link else None
    except ValueError:
        return None
    return joined if canonical_url(joined) else None


def _name_authors(entry: Any) -> str | None:
    names = [_plain(author.get("name")) for author in entry.get("authors", ()) if isinstance(author, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name)) or _plain(entry.get("author"))


def _read_moment(entry: Any, zone: str) -> Moment | None:
    """Return when an entry was published, or, where it says only that, when it was last changed."""
    for name in ("published", "created", "updated"):
        written = entry.get(name)
        if isinstance(written, str) and (moment := parse_moment(written, zone)):
            return moment
        parsed = entry.get(f"{name}_parsed")
        if parsed and isinstance(written, str) and any(character.isalpha() for character in written):
            try:
                return Moment.at(datetime.fromtimestamp(timegm(parsed), UTC))
            except (ValueError, TypeError, OverflowError):
                continue
    return None


def _plain(value: Any) -> str | None:
    return clean_line(plain_paragraphs(value)) or None if isinstance(value, str) else None


def _explain_no_entries(feed: Any) -> str:
    return "the feed has no entries" if feed.get("version") else "is no RSS or Atom feed"
