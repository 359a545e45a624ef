"""Web addresses without their secrets: passwords, tokens and keys are for no reader, chat or log.

Cleaning takes them out of an article's link; whatever names a source to somebody shows it through here.
"""

from __future__ import annotations

import re

HIDDEN = "…"
"""Stands where a secret was."""

_ADDRESS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<host>[^\s/?#\"'<>]*)(?P<path>[^\s?#\"'<>]*)(?P<values>[^\s\"'<>]*)(?<![:.,])",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<=[?&;#])(?P<name>[^=&;#]+)=(?P<value>[^&;#]*)")
_SEGMENT = re.compile(r"(?<=/)[^/]+")
_SECRET_NAME = re.compile(
    r"(?:.*[-_.])?(?:access|auth|api|app|user|client|private|feed|rss)?[-_]?"
    r"(?:token|key|secret|pass|passw(?:or)?d|pwd|auth|authorization|sig|signature|credentials?|jwt|sid)",
    re.IGNORECASE,
)
_SHORT_NAME = 4  # letters of a name that says too little by itself
_MARKS = re.compile(r"[^0-9a-z]+", re.IGNORECASE)
_RANDOM_CHARACTERS, _RANDOM_NUMBERS = 16, 3  # words and dates, however long, hold fewer numbers among letters


def hide_secrets(text: str) -> str:
    """Return a text with a mark for each secret of the web addresses in it.

    Secret are a name and password before the host, parameters that are named so, and parameters and parts of
    the path that look drawn by lot.
    """
    return _ADDRESS.sub(_hide_in, text)


def drop_secrets(query: str) -> str:
    """Return the query of an article's address without its secrets; a short name may name the article."""
    return "&".join(pair for pair in query.split("&") if not _is_surely_secret(*pair.partition("=")[::2]))


def _hide_in(address: re.Match[str]) -> str:
    before, at, host = address["host"].rpartition("@")
    path = _SEGMENT.sub(lambda part: HIDDEN if _looks_random(part[0]) else part[0], address["path"])
    values = _VALUE.sub(_hide_value, address["values"])
    return f"{address['scheme']}{HIDDEN if before else ''}{at}{host}{path}{values}"


def _is_surely_secret(name: str, value: str) -> bool:
    return bool(_SECRET_NAME.fullmatch(name)) and (len(name) > _SHORT_NAME or _looks_random(value))


def _hide_value(value: re.Match[str]) -> str:
    secret = _SECRET_NAME.fullmatch(value["name"]) or _looks_random(value["value"])
    return f"{value['name']}={HIDDEN if secret and value['value'] else value['value']}"


def _looks_random(text: str) -> bool:
    """Whether a text is long and mixes letters and digits as no word or date does."""
    bare = _MARKS.sub("", text)
    return len(bare) >= _RANDOM_CHARACTERS and len(re.findall(r"\d+", bare)) >= _RANDOM_NUMBERS
