from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import EmptySourceError, SourceError
from index.sources.decoding import decode_bytes

RUSSIAN = (
    "Министерство обороны сообщило, что войска покинули город. Чиновник назвал эти сообщения ложью. " * 4
)
ENGLISH = "“It sank,” she said – and the owner’s lawyer denied it…"

BULGARIAN = "Кметът каза, че мостът е затворен." * 4
WESTERN = (
    "El señor alcalde dijo que «no» habrá más reuniones en Cádiz este año.",
    "L’été où « ça » a été déclaré, le ministre est arrivé à Orléans.",
    "O ministro não falou das eleições em São Paulo.",
)
EASTERN = (
    "Premier powiedział, że „żołnierze” wyjechali z miasta w środę.",
    "A miniszterelnök azt mondta, hogy nem történt semmi az erőműben a hétvégén, és az őrök is otthon.",
)


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("naïve “quote”".encode(), None, "naïve “quote”"),
        ("naïve".encode("utf-8-sig"), None, "naïve"),
        ("naïve".encode("utf-16"), None, "naïve"),
        ("naïve".encode("utf-32"), None, "naïve"),
        (ENGLISH.encode("cp1252"), None, ENGLISH),
        (ENGLISH.encode("cp1252"), "iso-8859-1", ENGLISH),
        *((text.encode("cp1252"), "utf-8", text) for text in WESTERN),
        *((text.encode("cp1250"), None, text) for text in EASTERN),
        (BULGARIAN.encode("cp1251"), None, BULGARIAN),
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "KOI8-R", RUSSIAN),
        (
            b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"),
            None,
            '<meta charset="windows-1251">' + RUSSIAN,
        ),
        (
            b'<?xml version="1.0" encoding="cp1251"?>' + RUSSIAN.encode("cp1251"),
            None,
            '<?xml version="1.0" encoding="cp1251"?>' + RUSSIAN,
        ),
        (
            b'<?xml version="1.0" encoding="utf-16"?><rss></rss>',
            None,
            '<?xml version="1.0" encoding="utf-16"?><rss></rss>',
        ),
        (b"It sank.", "UTF-16LE", "It sank."),
        (b"It sank. \\u0041", "unicode_escape", "It sank. \\u0041"),
        ("naïve".encode(), "no-such-charset", "naïve"),
        ("naïve".encode(), "ascii", "naïve"),
        ("naïve".encode(), "cp1251", "naïve"),
        (ENGLISH.encode()[:-1], None, ENGLISH[:-1]),
        (ENGLISH.encode() + b" in a caf\xe9.", "cp1252", f"{ENGLISH} in a caf\ufffd."),
        (RUSSIAN.encode()[:1001], None, RUSSIAN.encode()[:1000].decode()),
        ("日本".encode("iso-2022-jp"), "iso-2022-jp", "日本"),
        (b"plain", "base64", "plain"),
        (b"plain", "nul\x00", "plain"),
    ],
)
def test_decodes(data: bytes, declared: str | None, expected: str) -> None:
    """Mark, UTF-8, declaration, Windows typography and detection are tried in that order."""
    assert decode_bytes(data, "a.txt", declared) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"%PDF-1.7\n\x01\x02\x03\x04\x05\x06\x07\x08", "binary"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"\xef\xbb\xbf\xff\xff", "UTF-8"),
        (bytes(range(128, 256)) * 3, "encoding"),
    ],
)
def test_says_why_it_cannot(data: bytes, reason: str) -> None:
    """Binary files and texts in no encoding that can be told are reported as such."""
    with pytest.raises(SourceError, match=reason):
        decode_bytes(data, "a.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_empty(data: bytes) -> None:
    """A file of nothing or blanks is empty, which is not the same as unreadable."""
    with pytest.raises(EmptySourceError):
        decode_bytes(data, "a.txt")


@given(
    st.binary(max_size=200),
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(["utf-8", "rot13", "hex", "utf-7", "punycode", "idna"]),
)
@settings(deadline=None)
def test_any_bytes_are_text_or_a_source_error(data: bytes, declared: str | None) -> None:
    """No bytes and no declared charset raise anything but the project's own error."""
    with suppress(SourceError):
        assert isinstance(decode_bytes(data, "a.txt", declared), str)


def test_western_text_with_torn_bytes_stays_western():
    """Bytes that mean nothing there are marked; the letters are not read as Arabic ones."""
    text = decode_bytes(
        b"The captain, J\xf6rgen Sm\xe5land, left. \x93I am tired,\x94 he said.\n\x81\n", "a.txt"
    )
    assert "Jörgen Småland" in text
    assert "“I am tired,”" in text
    assert "\ufffd" in text


def test_a_guess_that_mixes_scripts_within_words_is_refused():
    """No language does; the file is named, and how to mend it."""
    with pytest.raises(SourceError, match=r"a\.txt.*save it as UTF-8"):
        decode_bytes(b"The g\xeff\xb4d\x90 said that it was so.", "a.txt")


def test_a_foreign_word_with_a_latin_name_is_read():
    """“iPhoneы” in a Russian text is one word of many."""
    words = "Мэр Варна сказал, что iPhoneы запрещены. Это новость, сказал он."
    assert decode_bytes(words.encode("cp1251"), "a.txt") == words
