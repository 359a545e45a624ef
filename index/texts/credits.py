"""Image credits: "Image: name/library", "(Photo by A. Name/Getty Images)", "REUTERS/A. Name".

Cleaning takes them out of the quotable text here; the text reader tells a caption by them.
"""

from __future__ import annotations

import re

from index.texts.embeds import Extracted

_KEY = r"""(?:
    (?:file\s+)?(?:image|photo(?:graph)?|picture)s?(?:\s+(?:credit|source|by|courtesy))*
    | (?:video|illustration|graphic|cover|screenshot)\s+(?:credit|by) | credits? | courtesy
    | фото | зображення | foto(?:graf[íi]a)? | imagen | crédit\s+photo | bild(?:quelle)?
)"""
_LIBRARY = r"""(?:
    getty(?:\s+images)? | shutterstock(?:\.com)? | istock(?:photo)? | ap\s+photo | unsplash | pexels
    | alamy(?:\s+(?:stock\s+photo|live\s+news))? | depositphotos | wikimedia(?:\s+commons)? | nurphoto
    | zuma\s+press | imago\s+images
)(?!\w)"""
_SUPPLIER = rf"""(?:
    {_LIBRARY}
    | (?:afp|epa|ap|reuters|tass|ukrinform|anadolu|flickr|imago|bloomberg|usa\s+today\s+sports)(?!\w)
)"""
_AT_END = (
    # "… Kupyansk. Image: makalex69/Shutterstock.com"; the key begins with a capital.
    re.compile(
        rf"(?:^|(?<=[\s.,;|(\[]))(?=[^\Wa-zа-яіїєґ])(?i:{_KEY})\s*:\s*(?P<credit>[^:!?\n]{{2,90}})$",
        re.VERBOSE,
    ),
    # "… the square. (Photo by A. Name/Getty Images)", "(AP Photo/A. Name)"
    re.compile(
        rf"""[(\[](?P<credit>[^()\[\]]{{0,140}}?
        (?:(?<!\w){_SUPPLIER} | photo\s+by\s | photo\s*: | image\s*: | photo/)
        [^()\[\]]{{0,80}})[)\]]\.?$""",
        re.IGNORECASE | re.VERBOSE,
    ),
    # "… the square. REUTERS/A. Name/File Photo"
    re.compile(r"(?:^|(?<=\s))(?P<credit>(?:REUTERS|EPA|EPA-EFE|AFP|AP|UPI|TASS)\s?/\s?[A-Z][^!?\n]{2,60})$"),
)
_ALONE = re.compile(
    rf"""
    [(\[]?{_KEY}\s*(?: : | / | [–—-]\s | by\s | via\s | source,)\s*[^!?\n]{{2,90}}
    | illustration\s+by\s[^.!?\n]{{2,60}}
    | [(\[]?[^.!?\n]{{0,60}}(?<!\w){_LIBRARY}[^.!?\n]{{0,40}}[)\]]?\.?
    | image\s+(?:source|caption),.{{2,160}}
    | file\s+(?:photo|image|picture) | embed\s+from\s+getty\s+images
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGN = re.compile(
    rf"""\w/\w | @\w | \bcourtesy\b | ^file\s+(?:photo|image|picture)$
    | image\s+(?:source|caption), | (?<!\w){_LIBRARY}""",
    re.IGNORECASE | re.VERBOSE,
)
_HINT = re.compile(
    r"[:)\]][^:]{0,90}$|/|source,|\bby\s"
    r"|(?:getty|images|shutterstock|alamy|photo|pictures?|image|news)\W{0,2}$",
    re.IGNORECASE,
)
_LEADING_KEY = re.compile(rf"^[(\[]?\s*{_KEY}\s*(?: [:/] | by\s | source,)\s*", re.IGNORECASE | re.VERBOSE)
_SMALL_WORDS = frozenset(
    [
        "and", "by", "for", "from", "in", "of", "on", "the", "via", "at", "de", "da", "del", "la", "le",
        "van", "von", "und", "y", "et", "и", "і", "та",
    ]
)  # fmt: skip
_LONGEST = 600  # characters of a caption with its credit
_LONGEST_ALONE = 200
_LONGEST_ENDING = 240
_MOST_WORDS = 30


def take_credit(paragraph: str) -> Extracted:
    """Return a paragraph without the image credit that it is or ends with, and the credit; captions stay."""
    if len(paragraph) > _LONGEST or not _HINT.search(ending := paragraph[-_LONGEST_ENDING:]):
        return Extracted(paragraph, ())
    if len(paragraph) <= _LONGEST_ALONE and _ALONE.fullmatch(paragraph) and _reads_as_credit(paragraph):
        return Extracted("", (_bare_credit(paragraph),))
    for pattern in _AT_END:
        if (match := pattern.search(ending)) and _reads_as_credit(match["credit"]):
            rest = paragraph[: len(paragraph) - len(ending) + match.start()].rstrip(" |([–—-")
            return Extracted(rest, (_bare_credit(match["credit"]),))
    return Extracted(paragraph, ())


def _reads_as_credit(text: str) -> bool:
    """Whether a line is made of names, as credits are, or names an account, a library or a courtesy."""
    words = _LEADING_KEY.sub("", text).strip(" ()[].").split()
    if len(words) > _MOST_WORDS:
        return False
    return _SIGN.search(text) is not None or all(
        not word[0].islower() or word.casefold() in _SMALL_WORDS for word in words
    )


def _bare_credit(text: str) -> str:
    """Return a credit without its key and brackets: "makalex69/Shutterstock.com"."""
    return _LEADING_KEY.sub("", text).strip(" ()[].") or text
