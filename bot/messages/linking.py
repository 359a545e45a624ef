"""Links that open a report on the quoted words, by text fragments (WICG Scroll-to-Text-Fragment).

Rendering puts them under headlines and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

LONG_QUOTE = 100
"""Characters above which a fragment names only the first and the last words of a quote."""

EDGE_WORDS = 5
"""Words that name each end of a long quote."""

URL_LIMIT = 2048
"""Characters that a link may have; a longer one goes without its fragment."""


def link_to_words(url: str | None, quotes: Sequence[str]) -> str | None:
    """Return the URL with a text fragment for each quote, or None where the URL is not one to open.

    Only http and https URLs with a host are opened. A fragment that the URL has already is kept, since
    the directive goes behind it. A quote that spans paragraphs is named by its ends, since a browser
    matches a text only within one paragraph.
    """
    if url is None or not _can_be_opened(url):
        return None
    directives = [directive for text in quotes if (directive := _make_directive(text))]
    if not directives:
        return url
    base, _, fragment = url.partition("#")
    linked = f"{base}#{fragment.partition(':~:')[0]}:~:{'&'.join(directives)}"
    return linked if len(linked) <= URL_LIMIT else url


def _can_be_opened(url: str) -> bool:
    if len(url) > URL_LIMIT or any(character.isspace() or not character.isprintable() for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def _make_directive(text: str) -> str:
    words = text.split()
    if not words:
        return ""
    if len(text) <= LONG_QUOTE and "\n" not in text:
        return f"text={_encode(' '.join(words))}"
    if len(words) < 2 * EDGE_WORDS:
        middle = (len(words) + 1) // 2
        ends = (words[:middle], words[middle:])
    else:
        ends = (words[:EDGE_WORDS], words[-EDGE_WORDS:])
    return "text=" + ",".join(_encode(" ".join(end)) for end in ends if end)


def _encode(words: str) -> str:
    """Percent-encode; the dash, which quote() leaves alone, has a meaning inside a text directive."""
    return quote(words, safe="").replace("-", "%2D")
