"""Bylines: the lines around a report that say who wrote it, when, and for whom.

The text reader and cleaning both read them here: what a line holds becomes metadata, and the line itself
leaves the quotable text. A line that holds anything else is not a byline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.datatypes import Moment
from index.texts.agencies import find_closing_agency, is_name, name_agency
from index.texts.dates import FoundMoment, find_moments, find_time_spans

_MAX_LINE = 240
_STAFF_CREDIT = re.compile(
    r"[(\[]?(?:additional\s+)?(?:reporting|writing|editing|compiled|edited|written)(?:\s+and\s+\w+)?\s+by\s.{2,230}"
    r"|[(\[]?contribut(?:ing|ors?)(?:\s+by\s|\s*:\s*).{2,230}",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written|story|words|text|reported|posted|published)\s+)?(?:by|por|par|von)\b:?\s+(?P<name>.+)"
    r"|(?:author|byline|автор|автори|авторы|autor|autora|auteur)s?\s*:\s*(?P<labelled>.+)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"""
    \b(?:first\s|originally\s|last\s)?(?:published|posted|updated?|modified|created|dated?|issued|filed|upd)\b
        \s*(?:on|at)?\s*:?
    | \b(?:опубликовано|обновлено|опубліковано|оновлено|publicado|actualizado)\b\s*:?
    | \b(?:publié|veröffentlicht|aktualisiert)\b\s*:?
    | \b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?
    | \d{1,3}\s?min(?:ute)?s?\s+read | \b(?:local\s+time|uhr|hrs|год\.?|года|г\.|р\.)(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UPDATE_LABEL = re.compile(
    r"\b(?:updated?|modified|upd|обновлено|оновлено|actualizado|aktualisiert)\b", re.IGNORECASE
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:published|posted|issued|filed|опубликовано|опубліковано|publicado|publié|veröffentlicht)\b",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*(?:[|•·∙●►/–—\x00]|\s-\s|-{2,})\s*")
_LOOSE_END = re.compile(r"[\s,]+(?:on|at|en|el|am|le)$", re.IGNORECASE)
_ROLE = re.compile(
    r",\s+(?:[\w-]+\s){0,3}(?:correspondent|reporter|editor|writer|analyst|journalist|columnist|contributor)s?$"
    r"|\s+(?:in|at|for|of|from)\s+(?-i:[^\W\d_a-z]).*$",
    re.IGNORECASE,
)
_NAMES_PARTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")
_STAFF = re.compile(
    r"(?:our|the|a|staff|special|news)?\s*(?:own\s+)?"
    r"(?:staff|correspondents?|reporters?|writers?|editors?|newsroom|desk|agencies|web\s+desk)"
    r"(?:\s+(?:report|reporters?|writers?))?",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"null", "none", "nan", "n/a", "unknown", "undefined", "anonymous", "admin", "administrator", "guest"}
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line around a report says of it.

    Attributes:
        published: the first publication where the line also gives an update.
        agency: the agency that it credits, by the name that is shown.
        bare: whether it holds nothing but a date without any label, as headings in a chronicle do.
    """

    author: str | None = None
    published: Moment | None = None
    agency: str | None = None
    bare: bool = False


def parse_byline(line: str, zone: str = "UTC", now: datetime | None = None) -> Byline | None:
    """Return what a byline or date line says, or None where the line is anything else.

    A byline is made of dates, times, labels ("Published", "4 min read"), "By" and names, agencies, and
    short names of places or sections beside them; one other word makes it a sentence.
    """
    if not line or len(line) > _MAX_LINE:
        return None
    found = find_moments(line, zone, now=now)
    rest = list(line)
    for start, end in (*(item.date_span for item in found), *find_time_spans(line)):
        rest[start:end] = ["\x00", *[""] * (end - start - 1)]
    undated = "".join(rest)
    residue = _LABEL.sub("\x00", undated)
    author = agency = None
    signed = False
    for raw_segment in _SEPARATORS.split(residue):
        segment = _LOOSE_END.sub("", raw_segment.strip(" ,;:.()[]"))
        if not segment or segment.casefold() in {"on", "at", "by", "the"}:
            continue
        if by := _BY.fullmatch(segment):
            name, credited = _split_credit(by["name"] or by["labelled"])
            if name is None:
                return None
            author, agency = author or name or None, agency or credited
            signed = True
        elif credited := name_agency(segment):
            agency = agency or credited
        elif not is_name(segment) or len(segment.split()) > 5 or len(segment) > 50:
            return None
    labelled = residue != undated
    if not (found or signed or (agency and _names_only_agency(residue))):
        return None
    return Byline(author, _choose_moment(line, found), agency, bare=not (labelled or signed or agency))


def parse_credit_line(line: str, signed: str | None = None) -> Byline | None:
    """Return what a closing line such as "(Reuters)" or "Reporting by A; editing by B" credits, or None."""
    if not line or len(line) > _MAX_LINE:
        return None
    if _STAFF_CREDIT.fullmatch(line):
        return Byline()
    agency = find_closing_agency(line, signed)
    return Byline(agency=agency) if agency else None


def is_signature(line: str, author: str | None) -> bool:
    """Whether a line is nothing but the names of a report's authors, one of which is known."""
    if not author or len(line) > _MAX_LINE or not is_name(line):
        return False
    names = {name.strip().casefold() for name in _NAMES_PARTED.split(line)}
    return line.casefold() == author.casefold() or not names.isdisjoint(
        name.strip().casefold() for name in _NAMES_PARTED.split(author)
    )


def clean_author(author: str | None) -> str | None:
    """Return an author without "By", role and place; None for staff, agencies, links and nobody."""
    if not author or "://" in author or "@" in author or not any(map(str.isalpha, author)):
        return None
    text = " ".join(author.split())
    by = _BY.fullmatch(text)
    name, _ = _split_credit((by["name"] or by["labelled"]) if by else text, strict=False)
    return None if not name or name.casefold() in _NOBODY else name


def _split_credit(text: str, *, strict: bool = True) -> tuple[str | None, str | None]:
    """Return (name, agency) of the words after "By": name is None where they are no names, "" for staff."""
    text = text.strip(" ,;:.|")
    if agency := name_agency(text):
        return "", agency
    if _STAFF.fullmatch(text):
        return "", None
    agency = None
    head, comma, tail = text.rpartition(",")
    if comma and (agency := name_agency(tail)):
        text = head.strip()
    else:
        text, agency = _split_agency(text)
    text = _ROLE.sub("", text).strip(" ,")
    if strict and not is_name(text):
        return None, agency
    return text, agency


def _split_agency(text: str) -> tuple[str, str | None]:
    """Return the words before an agency that ends a text, "JANE DOE Associated Press", and the agency."""
    words = text.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        if agency := name_agency(" ".join(words[-count:])):
            return " ".join(words[:-count]).strip(" ,-–—"), agency
    return text, None


def _choose_moment(line: str, found: Sequence[FoundMoment]) -> Moment | None:
    """Return the date of publication among a line's dates: as labelled, else the first that is no update."""
    if not found:
        return None
    ranked = []
    for number, item in enumerate(found):
        before = line[found[number - 1].date_span.end if number else 0 : item.date_span.start]
        labels = (bool(_PUBLISHED_LABEL.search(before)), not _UPDATE_LABEL.search(before))
        ranked.append(((*labels, -number), item.moment))
    (_, no_update, _), chosen = max(ranked, key=lambda entry: entry[0])
    if chosen.instant is None:
        # The same day may stand there twice, once with a time: "date 2023-02-08 … 08 February 2023 • 11:44".
        timed = [
            moment
            for (_, original, _), moment in ranked
            if moment.instant and original >= no_update and abs((moment.day - chosen.day).days) <= 1
        ]
        return timed[0] if timed else chosen
    return chosen


def _names_only_agency(residue: str) -> bool:
    return all(
        not (segment := raw.strip(" ,;:.()[]")) or name_agency(segment) for raw in _SEPARATORS.split(residue)
    )
