"""Bylines, datelines and agency credits: the lines around a report that say who wrote it, when, for whom.

The text reader and cleaning both read them here: what a line holds becomes metadata, and the line itself
leaves the quotable text. A line that holds anything else is not a byline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from index.datatypes import Moment
from index.dates import FoundMoment, find_moments, find_time_spans

AGENCIES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "ANI": ("Asian News International",),
    "ANSA": (),
    "AP": ("The Associated Press", "Associated Press", "AP News"),
    "Anadolu": ("Anadolu Agency", "Anadolu Ajansı"),
    "BNS": ("Baltic News Service",),
    "Belga": (),
    "Canadian Press": ("The Canadian Press",),
    "DPA": ("dpa", "Deutsche Presse-Agentur"),
    "EFE": ("Agencia EFE",),
    "Interfax": (),
    "Interfax-Ukraine": ("Інтерфакс-Україна",),
    "Kyodo": ("Kyodo News",),
    "Lusa": (),
    "PA": ("PA Media", "Press Association"),
    "PAP": (),
    "PTI": ("Press Trust of India",),
    "RIA Novosti": ("RIA", "РИА Новости"),
    "Reuters": ("Thomson Reuters",),
    "TASS": ("ITAR-TASS", "ТАСС"),
    "UNIAN": ("УНІАН", "УНИАН"),
    "UPI": ("United Press International",),
    "Ukrinform": ("Укрінформ", "Укринформ"),
    "Xinhua": ("Xinhua News Agency",),
    "Yonhap": ("Yonhap News Agency",),
}
"""News agencies by the name that is shown, with the other names they sign by."""

_AGENCY_NAMES = {name.casefold(): shown for shown, others in AGENCIES.items() for name in (shown, *others)}
# A credit of an agency that the table does not know must look like one: it says so, or ends in "wire".
_AGENCY_LIKE = re.compile(
    r"(?:[A-Z][\w&.-]*\s){0,3}(?:\w*[Ww]ire|News ?[Aa]gency|Newswire|Press [Aa]gency|Press [Aa]ssociation|News Service)"
)
_MAX_LINE = 240
_DATELINE = re.compile(
    r"""
    (?P<place>[^\W\d_][^()"“”«»\n]{0,90}?)?\s*
    (?:\((?P<agency>[^()\n]{2,40})\)\s*(?:[-–—]{1,2}|:)\s | /(?P<slashed>[^/\n]{2,30})/\.?\s*(?:[-–—]{1,2}\s)?)
    """,
    re.VERBOSE,
)
_CREDIT_LINE = re.compile(
    r"(?:[-–—]+|source:|агентство|джерело:|источник:|fuente:|quelle:)?\s*[(\[]?\s*(?P<agency>[^()\[\]]{2,40}?)\s*[)\]]?\.?",
    re.IGNORECASE,
)
_STAFF_CREDIT = re.compile(
    r"[(\[]?(?:additional\s+)?(?P<task>reporting|writing|editing|compiled|edited|written)(?:\s+and\s+\w+)?\s+by\s.{2,230}",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?:by\s+)?(?P<agency>[^.]{2,40}?)(?:\.|,|$)", re.IGNORECASE
)
_BY = re.compile(
    r"(?:(?:written|story|words|text|reported|posted|published)\s+)?(?:by|por|par|von)\b:?\s+(?P<name>.+)"
    r"|(?:author|byline|автор|автори|авторы|autor|autora|auteur)s?\s*:\s*(?P<labelled>.+)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"""
    \b(?:first\s|originally\s|last\s)?(?:published|posted|updated?|modified|created|dated?|issued|filed|upd)\b\s*(?:on|at)?\s*:?
    | \b(?:опубликовано|обновлено|опубліковано|оновлено|publicado|actualizado|publié|veröffentlicht|aktualisiert)\b\s*:?
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
    r",?\s+(?:[\w-]+\s){0,3}(?:correspondent|reporter|editor|writer|analyst|journalist|columnist|contributor)s?$"
    r"|\s+(?:in|at|for|of|from)\s+(?-i:[^\W\d_a-z]).*$",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:our|the|a|staff|special|news)?\s*(?:own\s+)?(?:staff|correspondents?|reporters?|writers?|editors?|newsroom|desk|agencies|web desk)"
    r"(?:\s+(?:report|reporters?|writers?))?",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "and und y et e i и і та & with de da del della di do dos la le van von der den ter ten bin ibn al el".split()
)
_NOBODY = frozenset(
    {"null", "none", "nan", "n/a", "unknown", "undefined", "anonymous", "admin", "administrator", "guest"}
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december today yesterday tomorrow".split()
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


def find_dateline_agency(paragraph: str) -> str | None:
    """Return the agency in a dateline such as "KYIV, Feb 8 (Reuters) -" or "MOSCOW, February 8. /TASS/.", or None."""
    match = _DATELINE.match(paragraph)
    if not match:
        return None
    name = (match["agency"] or match["slashed"]).strip()
    if known := name_agency(name):
        return known
    place = match["place"] or ""
    capitals = sum(letter.isupper() for letter in place)
    # An unknown name counts only after a place in capitals, which no sentence begins with.
    return name if match["agency"] and capitals >= 3 and is_name(name) and _begins_upper(place) else None


def parse_credit_line(line: str) -> Byline | None:
    """Return what a closing line credits: "(Reuters)", "— AFP", "Reporting by A; editing by B", "© 2023 AP"."""
    if not line or len(line) > _MAX_LINE:
        return None
    if staff := _STAFF_CREDIT.fullmatch(line):
        return Byline() if staff else None
    if (right := _COPYRIGHT.match(line)) and (agency := name_agency(right["agency"].strip())):
        return Byline(agency=agency)
    if (credit := _CREDIT_LINE.fullmatch(line)) and (agency := name_agency(credit["agency"].strip())):
        return Byline(agency=agency)
    return None


def name_agency(text: str) -> str | None:
    """Return the agency that a text names, by the name that is shown, or None where it names none."""
    text = text.strip(" .,;")
    if known := _AGENCY_NAMES.get(text.casefold()):
        return known
    return text if _AGENCY_LIKE.fullmatch(text) else None


def is_name(text: str) -> bool:
    """Whether every word could belong to names: capitals, initials, particles; no digit, no weekday alone."""
    words = [word for word in re.split(r"[\s,]+", text) if word]
    if not words or len(words) > 16 or any(character.isdigit() for character in text):
        return False
    if all(word.strip(".").casefold() in _CALENDAR for word in words):
        return False
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(proper) and all(_begins_name(word) for word in proper)


def clean_author(author: str | None) -> str | None:
    """Return an author without "By", titles of roles and places; None for staff, agencies, links and nothing."""
    if not author or "://" in author or "@" in author or not any(map(str.isalpha, author)):
        return None
    text = " ".join(author.split())
    by = _BY.fullmatch(text)
    name, _ = _split_credit((by["name"] or by["labelled"]) if by else text, strict=False)
    return None if not name or name.casefold() in _NOBODY else name


def collect_agencies(paragraphs: Sequence[str]) -> str | None:
    """Return the first agency in the datelines of the opening paragraphs, or None."""
    return next((agency for paragraph in paragraphs[:3] if (agency := find_dateline_agency(paragraph))), None)


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
        for name in sorted(_AGENCY_NAMES, key=len, reverse=True):
            if text.casefold().endswith(f" {name}"):
                text, agency = text[: -len(name)].strip(" ,-–—"), _AGENCY_NAMES[name]
                break
    text = _ROLE.sub("", text).strip(" ,")
    if strict and not is_name(text):
        return None, agency
    return text, agency


def _choose_moment(line: str, found: Sequence[FoundMoment]) -> Moment | None:
    """Return the date of publication among a line's dates: as labelled, else the first that is no update."""
    if not found:
        return None
    ranked = []
    for number, item in enumerate(found):
        before = line[found[number - 1].date_span.end if number else 0 : item.date_span.start]
        labels = (bool(_PUBLISHED_LABEL.search(before)), not _UPDATE_LABEL.search(before))
        ranked.append(((*labels, -number), item.moment))
    chosen = max(ranked, key=lambda entry: entry[0])[1]
    if chosen.instant is None:
        # The same day may stand there twice, once with its time ("date 2023-02-08 … 08 February 2023 • 11:44").
        timed = [
            item.moment
            for item in found
            if item.moment.instant and abs((item.moment.day - chosen.day).days) <= 1
        ]
        return timed[0] if timed else chosen
    return chosen


def _names_only_agency(residue: str) -> bool:
    return all(
        not (segment := raw.strip(" ,;:.()[]")) or name_agency(segment) for raw in _SEPARATORS.split(residue)
    )


def _begins_name(word: str) -> bool:
    first = word.lstrip("'’\"“(")[:1]
    return bool(first) and first.isalpha() and not first.islower()


def _begins_upper(place: str) -> bool:
    return place.split(",")[0].split()[0].isupper()
