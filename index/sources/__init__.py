"""Finds and reads reports: folders, files, feeds and pages become raw articles, or failures with a reason.

The first step of a build. Finding (`list_files`), loading (`load_file`, `fetch`) and reading (`read_bytes`)
are apart, so that a build can skip what it has already read by the hash of its bytes.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from index.datatypes import Failure, RawArticle
from index.errors import SourceError
from index.settings import ReadingSettings
from index.sources.decoding import decode_bytes
from index.sources.feed import read_feed
from index.sources.fetching import Fetched, is_url
from index.sources.html import read_html
from index.sources.records import read_json, read_jsonl
from index.sources.several import fetch_several
from index.sources.text import read_text

__all__ = [
    "Fetched",
    "Listing",
    "fetch_several",
    "is_url",
    "list_files",
    "load_file",
    "read_bytes",
]

Reading = Iterator[RawArticle | Failure]


def _read_markdown(text: str, source: str, settings: ReadingSettings) -> Reading:
    return read_text(text, source, settings, markdown=True)


TEXT_READERS: dict[str, Callable[[str, str, ReadingSettings], Reading]] = {
    "text": read_text,
    "markdown": _read_markdown,
    "html": read_html,
    "json": read_json,
    "jsonl": read_jsonl,
    "feed": read_feed,
}

KINDS: dict[str, str] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonl.gz": "jsonl",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
    "text/plain": "text", "text/markdown": "markdown", "text/html": "html", "application/xhtml+xml": "html",
    "application/json": "json", "application/feed+json": "json",
    "application/jsonl": "jsonl", "application/x-ndjson": "jsonl", "application/x-jsonlines": "jsonl",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": "feed", "text/xml": "feed",
}  # fmt: skip
"""A file's extension or a server's media type to the kind of its reader."""

IGNORED = frozenset(
    [
        ".css", ".js", ".map", ".mjs", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif",
        ".ico", ".bmp", ".tif", ".tiff", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4",
        ".m4a", ".webm", ".ogg", ".wav", ".mov", ".download",
    ]
)  # fmt: skip
"""Extensions of what lies beside saved pages; in a folder such files are passed over without a word."""


_PAGE_STARTS, _FEED_MARKS = (b"<!doctype html", b"<html"), (b"<rss", b"<feed", b"<rdf:rdf")
_MOST_FILES = 200_000
"""Files of a folder of reports; what holds more is likely a disk, named by mistake."""


class Listing(NamedTuple):
    """The files of a source, and its folders that cannot be looked into."""

    files: tuple[Path, ...]
    failures: tuple[Failure, ...] = ()


def list_files(source: str, base: Path) -> Listing:
    """Return the files of a folder in the order of their names, subfolders included, or the one file.

    Hidden files and folders, what browsers save beside a page, and links that lead out of the folder are
    passed over. Raises SourceError where there is no such file or folder, it cannot be read, or it is a whole
    disk.
    """
    try:
        if not source.strip():
            raise SourceError(source, "names nothing: give a file, a folder or an http or https address")
        root = base / Path(source).expanduser()
        if root.is_file():
            return Listing((root,))
        if not root.is_dir():
            raise SourceError(source, _explain_missing(source))
        inside = root.resolve()
        if inside == inside.parent:
            raise SourceError(source, "is the whole disk: name the folder that holds the reports")
        found: list[Path] = []
        faults: list[OSError] = []
        for folder, subfolders, files in os.walk(root, onerror=faults.append):
            pages = {Path(name).stem for name in files if _extension(name) in {".html", ".htm"}}
            subfolders[:] = sorted(
                name for name in subfolders if name[0] != "." and not _is_page_folder(name, pages)
            )
            for name in sorted(files):
                path = Path(folder, name)
                if (
                    name[0] != "."
                    and _extension(name) not in IGNORED
                    and Path(os.path.realpath(path)).is_relative_to(inside)  # no error at links in circles
                ):
                    found.append(path)
            if len(found) > _MOST_FILES:
                raise SourceError(
                    source, f"holds more than {_MOST_FILES:,} files: name the folder that holds the reports"
                )
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(source, f"cannot be read: {error}") from error
    failures = [Failure(str(fault.filename), f"cannot be read: {fault.strerror}") for fault in faults]
    if any(Path(failure.source) == root for failure in failures):
        raise SourceError(source, failures[0].reason)
    return Listing(tuple(found), tuple(failures))


def _explain_missing(source: str) -> str:
    """Return why nothing is found by a name, which may have been meant for an address."""
    if "://" in source or source.lower().startswith("www."):
        return "is no address that is fetched: those begin with http:// or https://"
    return "no such file or folder"


def load_file(path: Path, settings: ReadingSettings) -> bytes:
    """Return a file's bytes; raise SourceError where it is no readable file of a known kind, or too large."""
    if _extension(path.name) not in KINDS:
        raise SourceError(str(path), _explain_kind(_extension(path.name)))
    try:
        if not path.is_file():
            raise SourceError(str(path), "no such file")
        size = path.stat().st_size
        if size > settings.max_bytes:
            raise SourceError(str(path), _explain_size(f"{size:,} bytes", settings))
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read: {error.strerror or error}") from error


def read_bytes(
    data: bytes,
    source: str,
    settings: ReadingSettings,
    *,
    media_type: str | None = None,
    charset: str | None = None,
) -> Reading:
    """Yield the articles in the bytes of one file or response; whatever the bytes are, nothing is raised.

    Args:
        data: the bytes as stored or sent.
        source: the path or URL that they came from; without a media type its extension tells their kind.
        settings: limits and defaults.
        media_type: what a server says they are.
        charset: the encoding that a server says they are in.
    """
    try:
        kind = _find_kind(data, source, media_type)
        if len(data) > settings.max_bytes:
            raise SourceError(source, _explain_size(f"{len(data):,} bytes", settings))
        if source.endswith(".gz"):
            data = _unpack(data, source, settings)
        text = decode_bytes(data, source, charset)
        for item in TEXT_READERS[kind](text, source, settings):
            yield _limit_length(item, settings)
    except SourceError as error:
        yield Failure(error.source, error.reason)


def _find_kind(data: bytes, source: str, media_type: str | None) -> str:
    """Return the kind of reader: by media type or extension, or what the first bytes show."""
    path = urlsplit(source).path if is_url(source) else source
    extension = _extension(PurePosixPath(path).name)
    kind = KINDS.get((media_type or "").lower()) or KINDS.get(extension)
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    sent = media_type or is_url(source)
    if (kind == "text" or (sent and kind in {None, "feed"})) and start.startswith(_PAGE_STARTS):
        return "html"
    if sent and kind in {None, "text", "html", "feed"} and any(mark in start for mark in _FEED_MARKS):
        return "feed"
    if kind is None:
        raise SourceError(source, _explain_kind(media_type or extension))
    return kind


def _extension(name: str) -> str:
    """Return a file's extension in lower case, ".jsonl.gz" as one."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    return ".jsonl.gz" if suffixes[-2:] == [".jsonl", ".gz"] else (suffixes[-1] if suffixes else "")


def _is_page_folder(name: str, pages: set[str]) -> bool:
    """Whether a folder holds what a browser saved beside a page: "Report_files" beside "Report.html"."""
    return any(
        name.removesuffix(ending) in pages
        for ending in ("_files", "-Dateien", ".files", "_archivos")
        if name.endswith(ending)
    )


def _unpack(data: bytes, source: str, settings: ReadingSettings) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(settings.max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(source, f"cannot be unpacked: {error}") from error
    if len(unpacked) > settings.max_bytes:
        raise SourceError(source, _explain_size("larger once unpacked", settings))
    return unpacked


def _limit_length(item: RawArticle | Failure, settings: ReadingSettings) -> RawArticle | Failure:
    if isinstance(item, RawArticle) and len(item.text) > settings.max_characters:
        reason = (
            f"{len(item.text):,} characters in one article; at most {settings.max_characters:,} are read"
            " (max_characters in [index.reading])"
        )
        return Failure(item.source, reason)
    return item


def _explain_kind(found: str) -> str:
    known = ", ".join(sorted(name for name in KINDS if name.startswith(".")))
    return f"{found or 'a file without an extension'} is not read; known are {known}"


def _explain_size(found: str, settings: ReadingSettings) -> str:
    return f"{found}; at most {settings.max_bytes:,} bytes are read (max_bytes in [index.reading])"
