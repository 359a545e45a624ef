"""Turns the bytes of a file into text, or says why they are none.

Every reader's first step; no byte sequence raises anything but SourceError.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from index.errors import EmptySourceError, SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "utf-8",
    "us-ascii": "utf-8",
}
"""What browsers read these labels as (WHATWG Encoding Standard): a superset that holds curly quotes."""

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,120}encoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Bytes that Windows-1252 typography uses in English: ellipsis, quotes, bullet, dashes, euro, (c), fractions.
_TYPOGRAPHIC = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xae\xb0\xb7\xbd")
_WESTERN = _TYPOGRAPHIC | frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœ¿¡«»".encode("cp1252")
)
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"  # in Windows-1252
_OTHER_SCRIPT = re.compile(r"\w*[\u0370-\u0fff][\w\u0300-\u0fff]*")  # a word with a letter beyond Latin
_LATIN = re.compile(r"[A-Za-z]")
_NOT_WESTERN = re.compile(rb"[\xc0-\xff]{3}")  # in a row, as in Cyrillic, Greek or Chinese
_HUNGARIAN, _PORTUGUESE = "õ".encode("cp1252"), "ã".encode("cp1252")  # one without the other is cp1250's ő
_UNLIKELY = [
    name
    for name in IANA_SUPPORTED
    if re.fullmatch(r"mac_.+|hp_roman8|ptcp154|kz1048|cp(?!1[02]5|8?66|9[0-9]{2})\d+", name)
]
"""Of DOS, EBCDIC and old Macintosh: no page is in these, and they fit anything."""

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1a"))
_SAMPLE = 65_536
_MOST_CONTROLS = 0.02  # of the sample's bytes, before a file counts as binary
_LEAST_WHOLE = 2  # characters beyond ASCII that are UTF-8, for each torn one, before a text counts as UTF-8
_MOST_CHAOS = 0.12  # charset-normalizer's share of odd character sequences, in [0, 1]


def decode_bytes(data: bytes, source: str, declared: str | None = None) -> str:
    """Return the text of a file.

    In this order: a byte order mark, a declared charset of seven bits (by the server, or in an XML or HTML
    head), UTF-8, UTF-8 with few bytes torn, any other charset that is declared, Windows-1252 where only its
    typography and Western letters are not ASCII, then charset-normalizer's best guess where that is clean.

    Raises:
        EmptySourceError: there are no bytes, or only blanks.
        SourceError: the bytes are no text, or text in no encoding that can be told.
    """
    if not data.strip():
        raise EmptySourceError(source, "the file is empty")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, name, source)
    _refuse_binary(data, source)
    named = [name for name in (declared, _find_declared(data)) if name]
    # What is valid UTF-8 is UTF-8, whatever an old template still declares; and ASCII is no UTF-16.
    for charset in (*filter(_is_seven_bit, named), "utf-8"):
        if (text := _try_decode(data, charset)) is not None:
            return text
    if (text := _decode_torn(data)) is not None:
        return text
    for charset in named:
        if (text := _try_decode(data, charset)) is not None:
            return text
    if (text := _decode_western(data)) is not None:
        return text
    best = from_bytes(data[:_SAMPLE], cp_exclusion=_UNLIKELY).best()
    if (
        best is not None
        and best.chaos <= _MOST_CHAOS
        and (text := _try_decode(data, best.encoding)) is not None
        and not _mixes_scripts(text)
    ):
        return text
    raise SourceError(source, "its encoding cannot be told; save it as UTF-8")


def _decode_torn(data: bytes) -> str | None:
    """Return UTF-8 that was cut off or holds a few strange bytes, these as "\ufffd"; None for what is none.

    Any other charset would turn all the rest of it into other letters.
    """
    text = data.decode("utf-8", "replace").rstrip("\ufffd")
    torn = text.count("\ufffd") + 1
    whole = sum(character > "\x7f" for character in text) + 1 - torn
    return text if whole >= _LEAST_WHOLE * torn else None


def _decode_marked(data: bytes, name: str, source: str) -> str:
    text = _try_decode(data, name)
    if text is None:
        raise SourceError(
            source, f"begins as {name.removesuffix('-sig').upper()} and is not; save it as UTF-8"
        )
    if "\x00" in text:
        raise SourceError(source, "is binary, not text")
    return text


def _decode_western(data: bytes) -> str | None:
    """Return a text whose bytes beyond ASCII are typography and scattered letters of Western Europe.

    A few bytes that mean nothing in Windows-1252 are "\ufffd". None for a text that is anything else.
    """
    whole = data.translate(None, _UNDEFINED)
    torn, beyond = len(data) - len(whole), sum(byte >= 0x80 for byte in whole)
    if (
        any(byte >= 0x80 and byte not in _WESTERN for byte in set(whole))
        or _NOT_WESTERN.search(whole)
        or (_HUNGARIAN in whole and _PORTUGUESE not in whole)
        or _LEAST_WHOLE * torn > beyond
    ):
        return None
    return data.decode("cp1252", "replace")


def _mixes_scripts(text: str) -> bool:
    """Whether most words with a letter of another script hold Latin ones too, as of no language."""
    words = _OTHER_SCRIPT.findall(text)
    return 2 * sum(_LATIN.search(word) is not None for word in words) > len(words)


def _refuse_binary(data: bytes, source: str) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\x00" in sample or controls > _MOST_CONTROLS * len(sample):
        raise SourceError(source, "is binary, not text")


def _find_declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def _is_seven_bit(name: str) -> bool:
    """Whether a charset writes its letters in bytes that look like ASCII, as e-mail once wanted it."""
    return name.strip().lower().startswith(("iso-2022", "hz"))


def _try_decode(data: bytes, name: str) -> str | None:
    """Return the text, None where the name is no text encoding or the bytes are not in it."""
    try:
        return data.decode(_ALIASES.get(name.strip().lower(), name.strip()))
    except (LookupError, ValueError):
        # ValueError holds UnicodeDecodeError and a name with a null; bytes-to-bytes codecs raise LookupError.
        return None
