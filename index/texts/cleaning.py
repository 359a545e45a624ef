"""Makes the one canonical text of an article, and its metadata, out of what a reader found.

Everything behind this module (chunking, quoting, citing) trusts that the text is NFC, that paragraphs are
parted by one blank line, and that it never changes again: offsets are into this text for ever.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import courlan

from index.datatypes import Article, Moment, RawArticle
from index.errors import EmptySourceError, SourceError
from index.settings import ReadingSettings
from index.texts.addresses import drop_secrets
from index.texts.agencies import find_dateline_agency, name_agency, split_ending_agency
from index.texts.bylines import Byline, clean_author, is_signature, parse_byline, parse_credit_line
from index.texts.credits import take_credit
from index.texts.dates import believe_moment, find_address_date
from index.texts.embeds import take_embeds
from index.texts.furniture import is_furniture
from index.texts.normalising import INVISIBLE, clean_line, normalise_text, split_into_paragraphs

CLEANER_VERSION = 8
"""Raised whenever the same source would yield another article, so that an index knows it must be rebuilt."""

LEAD = 6
"""Paragraphs at the head of a text among which bylines and dates are looked for."""

TAIL = 4
"""Paragraphs at the end of a text among which credits of agencies and staff are looked for."""

CHRONICLE = 200
"""Paragraphs among which a second lone date is looked for before one counts as the report's."""

TITLE_WORDS = 12
"""Opening words that title a report without a headline."""

_SINGLE = frozenset({".txt", ".md", ".html", ".htm"})
_LONGEST_TITLE = 300  # characters; a title is stored and embedded with each passage of its article
_TERMINAL = " .!?…:;,-–—|\"'“”‘’«»"
_SAFE_KEY = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")


@dataclass(slots=True)
class _Findings:
    """What leaves the text on its way to becoming canonical, and the paragraphs found to be plain."""

    signed: str | None = None
    author: str | None = None
    published: Moment | None = None
    agency: str | None = None
    credits: list[str] = field(default_factory=list)
    embeds: list[str] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)

    def note_byline(self, byline: Byline) -> None:
        """Keep what a byline says where nothing was known before."""
        self.author = self.author or byline.author
        self.published = self.published or byline.published
        self.agency = self.agency or byline.agency


def clean_article(
    raw: RawArticle,
    settings: ReadingSettings,
    outlets: Mapping[str, str],
    base: Path,
    now: datetime | None = None,
) -> Article:
    """Return the article with its canonical text.

    Args:
        raw: what a reader found.
        settings: limits, and the zone of printed times.
        outlets: folders, files and domains to the outlets that publish there; relative paths are from `base`.
        base: the folder of config.toml.
        now: when the report is read, aware; the present by default. Later dates are not believed.

    Raises:
        EmptySourceError: nothing quotable is left.
        SourceError: the text is longer than `settings.max_characters`.
    """
    if len(raw.text) > settings.max_characters:
        raise SourceError(
            raw.source,
            f"{len(raw.text):,} characters; at most {settings.max_characters:,} are read"
            " (raise max_characters in [index.reading])",
        )
    title = clean_line(raw.title or "") or None
    signed = clean_author(clean_line(raw.author or ""))
    text, findings = _clean_text(raw.text, title, signed, settings.timezone, now)
    if not any(map(str.isalnum, text)):
        raise EmptySourceError(raw.source, "holds no article text")
    url = canonical_url(raw.url)
    outlet = clean_line(raw.outlet or "") or find_outlet(raw.source, url, outlets, base)
    origin = findings.agency or _find_origin(text, raw.author)
    author = signed or findings.author
    return Article(
        id=_identify(raw, url, base),
        title=_cut_title(title) if title else title_from(text),
        text=text,
        source=place_source(raw.source, base),
        outlet=outlet,
        author=None if author == origin else author,
        published=believe_moment(raw.published, now)
        or findings.published
        or believe_moment(find_address_date(url or "") or find_address_date(_name_file(raw.source)), now),
        url=url,
        origin=origin,
        credits=tuple(dict.fromkeys(findings.credits)),
        embeds=tuple(dict.fromkeys(findings.embeds)),
    )


def title_from(text: str) -> str:
    """Return the opening words of a text, with an ellipsis where more follows."""
    words = text.split(maxsplit=TITLE_WORDS)
    title = " ".join(words[:TITLE_WORDS])
    if len(title) > 120:  # a script without spaces
        return title[:60] + "…"
    return title.rstrip(" ,;:-–—") + " …" if len(words) > TITLE_WORDS else title


def _cut_title(title: str) -> str:
    """Return a headline as it is; one that is longer than any, such as a whole text, cut between words."""
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"


def canonical_url(url: str | None) -> str | None:
    """Return an http(s) URL without fragment, tracking parameters and secrets; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        host, query = parts.netloc.rpartition("@")[2], drop_secrets(parts.query)
        plain = parts._replace(netloc=host, query=query, fragment="").geturl()
        return str(courlan.normalize_url(courlan.scrub_url(plain)))
    except (ValueError, TypeError, AttributeError):
        return None


def find_outlet(source: str, url: str | None, outlets: Mapping[str, str], base: Path) -> str | None:
    """Return the outlet that the settings give a source: by the longest path, else domain, or None."""
    if not outlets:
        return None
    page = url or canonical_url(source)
    host = (urlsplit(page).hostname or "") if page else ""
    path = None if canonical_url(source) else place_source(source, base)
    matches = []
    for place, outlet in outlets.items():
        if path is not None:
            folder = place_source(place, base).rstrip("/")
            if path == folder or path.startswith((f"{folder}/", f"{folder}#")) or folder == ".":
                matches.append((1, len(folder), outlet))
        domain = place.lower().strip("/").removeprefix("www.")
        if host == domain or host.endswith(f".{domain}"):
            matches.append((0, len(domain), outlet))
    return clean_line(max(matches)[2]) or None if matches else None


def place_source(source: str, base: Path) -> str:
    r"""Return a URL as it is, and a path relative to `base` with forward slashes.

    Bytes of a path that are no UTF-8 are written out, as "\udce9": they can neither be stored nor shown.
    """
    if canonical_url(source):
        return source
    path = Path(os.path.relpath(base / source, base)).as_posix()
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _name_file(source: str) -> str:
    """Return the name of a file that holds one report; those of many are named after something else."""
    path = Path(source)
    return path.name if path.suffix.lower() in _SINGLE else ""


def _identify(raw: RawArticle, url: str | None, base: Path) -> str:
    """Return the source's own key, or 12 hexadecimal digits of the URL's or the relative path's SHA-256."""
    key = (raw.key or "").strip()
    if _SAFE_KEY.fullmatch(key) and not INVISIBLE.search(key):
        return key
    return sha256((key or url or place_source(raw.source, base)).encode("utf-8", "replace")).hexdigest()[:12]


def _clean_text(
    text: str, title: str | None, author: str | None, zone: str, now: datetime | None
) -> tuple[str, _Findings]:
    """Return the canonical text and what was taken out; passes repeat until nothing more leaves."""
    findings = _Findings(signed=author)
    paragraphs = split_into_paragraphs(normalise_text(text))
    while True:
        before = paragraphs
        # The tail first: "(Reuters)" behind the last sentence credits the report, elsewhere a picture.
        paragraphs = _strip_tail(paragraphs, findings)
        paragraphs = _strip_furniture(paragraphs, findings)
        paragraphs = _strip_title(paragraphs, title)
        paragraphs = _strip_lead(paragraphs, findings, zone, now)
        if paragraphs == before:
            return "\n\n".join(paragraphs), findings


def _strip_furniture(paragraphs: list[str], findings: _Findings) -> list[str]:
    kept: list[str] = []
    for paragraph in paragraphs:
        if paragraph in findings.plain:
            kept.append(paragraph)
            continue
        if is_furniture(paragraph):
            if any(map(str.isalnum, paragraph)):
                findings.embeds.append(paragraph)
            if byline := parse_credit_line(paragraph):
                findings.note_byline(byline)
            continue
        rest, embeds = take_embeds(paragraph)
        rest, credited = take_credit(rest)
        findings.embeds.extend(embeds)
        findings.credits.extend(credited)
        if rest == paragraph:
            findings.plain.add(paragraph)
        kept.extend(line for piece in rest.split("\n") if (line := piece.strip()))
    return kept


def _strip_title(paragraphs: list[str], title: str | None) -> list[str]:
    """Drop the headline where the text repeats it at its head, full stop or not."""
    if title and len(paragraphs) > 1 and _same_words(paragraphs[0], title):
        return paragraphs[1:]
    return paragraphs


def _strip_lead(paragraphs: list[str], findings: _Findings, zone: str, now: datetime | None) -> list[str]:
    """Drop bylines and dates among the first `LEAD` paragraphs that stay."""
    kept: list[str] = []
    chronicle: bool | None = None
    for number, paragraph in enumerate(paragraphs):
        if len(kept) == LEAD:
            return kept + paragraphs[number:]
        byline = parse_byline(paragraph, zone, now)
        if byline and byline.bare:
            if chronicle is None:
                chronicle = _reads_as_chronicle(paragraphs[:CHRONICLE], zone, now)
            byline = None if chronicle else byline
        if byline:
            findings.note_byline(byline)
        elif len(paragraphs) == 1 or not is_signature(paragraph, findings.signed):
            kept.append(paragraph)
    return kept


def _reads_as_chronicle(paragraphs: list[str], zone: str, now: datetime | None) -> bool:
    """Whether dates head several parts of a text; a report has one at its head."""
    bylines = (parse_byline(paragraph, zone, now) for paragraph in paragraphs)
    return len(list(islice((byline for byline in bylines if byline and byline.bare), 2))) == 2


def _strip_tail(paragraphs: list[str], findings: _Findings) -> list[str]:
    """Drop credits of agencies and staff among the last `TAIL` paragraphs that stay."""
    kept: list[str] = []
    for number in range(len(paragraphs) - 1, -1, -1):
        if len(kept) == TAIL:
            return paragraphs[: number + 1] + kept[::-1]
        paragraph = paragraphs[number]
        if byline := parse_credit_line(paragraph, findings.signed or findings.author):
            findings.note_byline(byline)
            continue
        if not kept:
            paragraph, agency = split_ending_agency(paragraph)
            findings.agency = findings.agency or agency
        kept.append(paragraph)
    return kept[::-1]


def _find_origin(text: str, author: str | None) -> str | None:
    """Return the agency in the author's place or in a dateline of the first three paragraphs, or None."""
    datelines = map(find_dateline_agency, text.split("\n\n", 3)[:3])
    authors = clean_line(author or "")
    return next(filter(None, map(name_agency, (authors, *authors.split(", ")))), None) or next(
        filter(None, datelines), None
    )


def _same_words(one: str, other: str) -> bool:
    """Whether two lines differ in nothing but case and closing marks, both or neither being cut off."""
    if one.endswith("…") != other.endswith("…"):
        return False
    return one.strip(_TERMINAL).casefold() == other.strip(_TERMINAL).casefold()
