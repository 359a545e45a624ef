"""News agencies: their names, and the datelines and closing lines in which reports credit them.

Bylines and cleaning read here who wrote a report for the outlet that carries it.
"""

from __future__ import annotations

import re

AGENCIES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "ANI": ("Asian News International",),
    "ANSA": (),
    "AP": ("The Associated Press", "Associated Press", "AP News"),
    "Anadolu": ("Anadolu Agency", "Anadolu Ajansı", "AA"),
    "BNS": ("Baltic News Service",),
    "Belga": (),
    "Bloomberg": ("Bloomberg News",),
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
    "TASS": ("ITAR-TASS", "TASS Russian News Agency", "State news agency TASS", "ТАСС"),
    "UNIAN": ("УНІАН", "УНИАН"),
    "UPI": ("United Press International",),
    "Ukrinform": ("Укрінформ", "Укринформ"),
    "Xinhua": ("Xinhua News Agency", "New China News Agency"),
    "Yonhap": ("Yonhap News Agency",),
}
"""News agencies by the name that is shown, with the other names they sign by."""

_KNOWN = {name.casefold(): shown for shown, others in AGENCIES.items() for name in (shown, *others)}
_SUFFIX = re.compile(r"\s+(?:news\s?agency|newswire|press\s+agency)$", re.IGNORECASE)
# An agency that the table does not know must look like one: it says so, or is one word that ends in "wire".
_AGENCY_LIKE = re.compile(
    r"[A-Z]\w*wire"
    r"|(?:[A-Z][\w&.-]*\s){1,3}(?:News\s?[Aa]gency|Newswire|Press [Aa]gency|Press Association|News Service)"
)
_DATELINE = re.compile(
    r"""
    (?P<place>[^\W\d_][^()"“”«»\n]{0,90}?)?\s*
    (?:
        \((?P<agency>[^()\n]{2,40})\)\s*(?:[-–—−―‒]{1,2}|[:.])\s
        | /(?P<slashed>[^/\n]{2,30})/\.?\s*(?:[-–—−―‒]{1,2}\s)?
    )
    """,
    re.VERBOSE,
)
_CLOSING = re.compile(
    r"(?P<source>source|агентство|джерело|источник|fuente|quelle)\s*:\s*(?P<stated>[^()\[\],]{2,40}?)\.?"
    r"|(?:[-–—]+\s*)?[(\[]?\s*(?P<agency>[^()\[\]]{2,40}?)\s*[)\]]?\.?",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*)?(?:by\s+)?(?P<agency>[^.]{2,40}?)(?:\.|,|$)",
    re.IGNORECASE,
)
_LONGEST_LINE = 240
_ENDING = re.compile(r"(?<=[.!?…\"”’»])\s+[(\[](?P<agency>[^()\[\]]{2,40})[)\]]\.?$")
_PARTICLES = frozenset(
    [
        "and", "und", "y", "et", "e", "i", "и", "і", "та", "&", "with", "de", "da", "del", "della", "di",
        "do", "dos", "la", "le", "van", "von", "der", "den", "ter", "ten", "bin", "ibn", "al", "el",
    ]
)  # fmt: skip
_CALENDAR = frozenset(
    [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
        "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "today", "yesterday", "tomorrow",
    ]
)  # fmt: skip


def name_agency(text: str) -> str | None:
    """Return the agency that a text names, by the name that is shown, or None where it names none.

    "Agence France-Presse" is AFP, "Northern News Agency" is Northern; "Northern" alone is nobody.
    """
    text = text.strip(" .,;").removeprefix("the ").removeprefix("The ")
    if known := _KNOWN.get(text.casefold()):
        return known
    name = _SUFFIX.sub("", text)
    if name != text and (known := _KNOWN.get(name.casefold())):
        return known
    return name if _AGENCY_LIKE.fullmatch(text) else None


def find_dateline_agency(paragraph: str) -> str | None:
    """Return the agency in a dateline, "KYIV, Feb 8 (Reuters) -" or "MOSCOW, February 8. /TASS/.", or None.

    A name that no table knows counts only behind a place in capitals, which no sentence begins with.
    """
    match = _DATELINE.match(paragraph)
    if not match:
        return None
    name = (match["agency"] or match["slashed"]).strip()
    if known := name_agency(name):
        return known
    place = (match["place"] or "").split(",")[0].split()
    in_capitals = bool(place) and place[0].isupper() and len(place[0]) > 2
    return name if in_capitals and is_name(name) else None


def find_closing_agency(line: str, signed: str | None = None) -> str | None:
    """Return the agency that a closing line like "(Reuters)", "Source: TASS" or "© 2023 AP" credits, or None.

    An agency that no table knows counts where the report is also `signed` by it.
    """
    if len(line) > _LONGEST_LINE:
        return None
    if (right := _COPYRIGHT.match(line)) and (agency := name_agency(right["agency"])):
        return agency
    match = _CLOSING.fullmatch(line)
    if not match:
        return None
    name = (match["stated"] or match["agency"]).strip()
    return name_agency(name) or (
        name if match["stated"] and signed and name.casefold() == signed.casefold() else None
    )


def split_ending_agency(paragraph: str) -> tuple[str, str | None]:
    """Return a closing paragraph without the agency in brackets behind its last sentence, and that agency."""
    match = _ENDING.search(paragraph[-60:])
    agency = name_agency(match["agency"]) if match else None
    if match is None or agency is None:
        return paragraph, None
    return paragraph[: max(len(paragraph) - 60, 0) + match.start()], agency


def is_name(text: str) -> bool:
    """Whether every word could belong to names: capitals, initials, particles; no digit, no weekday alone."""
    words = [word for word in re.split(r"[\s,]+", text) if word]
    if not words or len(words) > 16 or any(character.isdigit() for character in text):
        return False
    if all(word.strip(".").casefold() in _CALENDAR for word in words):
        return False
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(proper) and all(_begins_name(word) for word in proper)


def _begins_name(word: str) -> bool:
    first = word.lstrip("'’\"“(")[:1]
    return bool(first) and first.isalpha() and not first.islower()
