"""Reads plain text and Markdown: reports with a `Key: value` header, or byline, date and caption on top.

One of the readers that `index.sources` chooses from; yields one raw article for cleaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.datatypes import Failure, Moment, RawArticle
from index.settings import ReadingSettings
from index.sources.html import drop_markup
from index.texts.bylines import parse_byline
from index.texts.credits import take_credit
from index.texts.dates import parse_moment
from index.texts.furniture import is_furniture
from index.texts.normalising import normalise_text, split_into_paragraphs

HEADER_KEYS: dict[str, str] = {
    "title": "title", "headline": "title", "заголовок": "title", "titel": "title", "título": "title",
    "outlet": "outlet", "publisher": "outlet", "publication": "outlet", "newspaper": "outlet",
    "site": "outlet", "source": "outlet", "видання": "outlet", "издание": "outlet", "medio": "outlet",
    "author": "author", "authors": "author", "by": "author", "byline": "author", "автор": "author",
    "autor": "author",
    "date": "published", "published": "published", "published at": "published", "published on": "published",
    "publication date": "published", "pubdate": "published", "дата": "published", "fecha": "published",
    "datum": "published", "time": "time",
    "url": "url", "link": "url", "canonical": "url", "permalink": "url",
    "id": "key", "guid": "key",
    "section": "", "category": "", "tags": "", "keywords": "", "language": "", "lang": "", "place": "",
    "location": "", "updated": "", "modified": "", "copyright": "", "format": "",
}  # fmt: skip
"""Keys of a header to fields of a raw article; "" is read and not kept."""

_HEADER_LINE = re.compile(r"\s*(?:\*\*)?([^\W\d_][\w -]{0,24}?)(?:\*\*)?\s*:(?:\*\*)?[ \t]*(.*)")
_FRONT_LINE = re.compile(r"([^\W\d_][\w -]{0,24}?)\s*[:=](?:[ \t]+(.*))?[ \t]*")
_FRONT_MATTER = re.compile(rf"{_FRONT_LINE.pattern}|\s.*|-\s.*|[#\]}}].*|")
_LISTED = re.compile(r"^\s*(?:-\s+)?(?:name\s*:\s*)?")
_FOLDED = re.compile(r"[|>][-+]?")
_FENCE = re.compile(r"\s*(?:-{3,}|\+{3,})\s*")
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*")
_UNDERLINE = re.compile(r"=+|-+")
_MARKDOWN = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE), ""),
)
_LONGEST_HEADLINE = 30  # words
_LEAD = 6  # paragraphs above or at the beginning of the body


@dataclass(slots=True)
class _Head:
    """What stands above the body of a report."""

    fields: dict[str, str] = field(default_factory=dict)
    author: str | None = None
    published: Moment | None = None
    headline: str | None = None
    caption: str | None = None


def read_text(
    text: str, source: str, settings: ReadingSettings, *, markdown: bool = False
) -> Iterator[RawArticle | Failure]:
    """Yield the article of one text file; a header or a lead gives title, author and date.

    The headline is the header's, else a line of its own above the body, else the caption that carries an
    image credit there. The lead stays in the text: cleaning takes it out and keeps what it credits.

    Args:
        text: decoded text of the file.
        source: its path or URL.
        settings: the zone of printed times.
        markdown: whether marks of headings, links and emphasis are to be taken off.
    """
    head = _Head()
    body = drop_markup(_split_header(text, head))
    if markdown:
        body = _strip_markdown(body, head)
    _read_lead(body, head, settings)
    if not any(map(str.isalnum, body)):
        yield Failure(source, "holds no article text")
        return
    fields = head.fields
    outlet, url = fields.get("outlet"), fields.get("url")
    if outlet and "://" in outlet:  # "Source: https://…"
        outlet, url = None, url or outlet
    printed = " ".join(filter(None, (fields.get("published"), fields.get("time"))))
    yield RawArticle(
        source=source,
        text=body,
        key=fields.get("key"),
        title=fields.get("title") or head.headline or head.caption,
        outlet=outlet,
        author=fields.get("author") or head.author,
        published=parse_moment(printed, settings.timezone) or head.published,
        url=url,
    )


def _split_header(text: str, head: _Head) -> str:
    """Fill `head.fields` from leading `Key: value` lines, fenced by "---" or not, and return the rest."""
    lines = text.lstrip("\ufeff").split("\n") if "\r" not in text else text.lstrip("\ufeff").splitlines()
    place = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    place += (fenced := place < len(lines) and bool(_FENCE.fullmatch(lines[place])))
    end = next((n for n in range(place, len(lines)) if not _FRONT_MATTER.fullmatch(lines[n])), len(lines))
    fields: dict[str, str] = {}
    if fenced and end < len(lines) and _FENCE.fullmatch(lines[end]):
        fields, place = _read_front_matter(lines[place:end]), end + 1
    else:
        while place < len(lines) and (match := _HEADER_LINE.fullmatch(lines[place])):
            name = _name_field(match[1])
            if name is None:
                break
            if name and (value := _unquote(match[2])):
                fields.setdefault(name, value)
            place += 1
    if not fields:
        return text
    head.fields = fields
    return "\n".join(lines[place:])


def _read_front_matter(lines: list[str]) -> dict[str, str]:
    """Return the fields of YAML or TOML between fences; what it folds or lists below a key is that key's."""
    found: dict[str, list[str]] = {}
    values: list[str] = []
    for line in lines:
        if match := _FRONT_LINE.fullmatch(line):
            name = _name_field(match[1]) or ""
            values = [] if name in found else found.setdefault(name, [])
            value = (match[2] or "").strip()
            listed = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
        else:
            listed = [_LISTED.sub("", line)]
        values += [part for item in listed if (part := _unquote(item)) and not _FOLDED.fullmatch(part)]
    return {
        name: (", " if name == "author" else " ").join(values)
        for name, values in found.items()
        if name and values
    }


def _name_field(key: str) -> str | None:
    """Return the field that a key of a header gives, "" where it is not kept, None for what is no key."""
    return HEADER_KEYS.get(" ".join(key.casefold().replace("_", " ").split()))


def _unquote(value: str) -> str:
    """Return a header's value without the marks around the whole of it, as YAML writes them."""
    value = value.strip()
    mark = value[:1]
    if mark in {'"', "'"} and len(value) > 1 and value.endswith(mark) and mark not in value[1:-1]:
        return value[1:-1].strip()
    return value if value.strip("\"'") else ""


def _strip_markdown(body: str, head: _Head) -> str:
    """Return Markdown as plain text; its first heading above the body is the headline."""
    for pattern, plain in _MARKDOWN:
        body = pattern.sub(plain, body)
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if heading := _HEADING.fullmatch(line.strip()):
            lines[number] = f"\n{heading[1]}\n"
            head.headline = head.headline or (heading[1] if not any(map(str.strip, lines[:number])) else None)
        elif (
            number
            and len(line.strip()) > 2
            and _UNDERLINE.fullmatch(line.strip())
            and lines[number - 1].strip()
        ):
            lines[number] = "\n"
            head.headline = head.headline or (lines[number - 1].strip() if number == 1 else None)
    return "\n".join(lines)


def _read_lead(body: str, head: _Head, settings: ReadingSettings) -> None:
    """Fill `head` from the lines above the body: bylines, dates, a headline, a caption with its credit."""
    paragraphs = split_into_paragraphs(normalise_text(body[:20_000]))
    for number, paragraph in enumerate(paragraphs[:_LEAD]):
        if byline := parse_byline(paragraph, settings.timezone):
            head.author = head.author or byline.author
            head.published = head.published or byline.published
            continue
        if is_furniture(paragraph):
            continue
        caption, credit = take_credit(paragraph)
        if credit:
            head.caption = head.caption or caption.rstrip(" .") or None
        elif (
            head.headline is None
            and head.caption is None
            and _reads_as_headline(paragraph, paragraphs[number + 1 :])
        ):
            head.headline = paragraph
        elif head.headline != paragraph:
            return


def _reads_as_headline(line: str, following: list[str]) -> bool:
    """Whether a line is short, does not end as a sentence does, and stands above something longer."""
    return (
        len(line.split()) <= _LONGEST_HEADLINE
        and line[-1] not in ".;:,…"
        and not line.endswith((".”", '."', ".»", ",”", ',"'))
        and any(len(paragraph) > len(line) for paragraph in following)
    )
