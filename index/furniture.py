"""The furniture of a news page: share bars, calls to subscribe, links to other stories, credits, embeds.

Cleaning asks here what in a paragraph is not the report's own text. Whole paragraphs are judged by full
match only, so that a sentence that merely mentions sharing or subscribing stays.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Extracted(NamedTuple):
    """A paragraph without what was taken out of it, and that."""

    rest: str
    taken: tuple[str, ...]


_SHARE_WORDS = frozenset(
    "share tweet post email e-mail mail print facebook twitter x whatsapp telegram reddit linkedin pinterest flipboard"
    " tumblr viber messenger threads bluesky copy link save bookmark on this via to with and or a friend article story"
    " page copied options more click icon".split()
)
_SHARE_VERBS = frozenset(
    "share tweet email e-mail print facebook twitter copy click поділитися поделиться".split()
)
_NETWORKS = r"(?:facebook|twitter|x|instagram|threads|telegram|whatsapp|youtube|tiktok|linkedin|bluesky|google\s+news|viber)"
_NEWS_BY_MAIL = r"(?:newsletters?|alerts?|inbox|briefings?|podcasts?|mailing\s+list|e-?mails?|channel|digest|updates|notifications|app)"
_PROMOTED = (
    r"read\s+(?:more|also|next|on|this)|also\s+read|see\s+(?:also|more)|keep\s+reading|related(?:\s+\w+)?|more\s+on\s+this(?:\s+story)?"
    r"|recommended(?:\s+\w+)?|don['’]?t\s+miss|must[\s-]reads?|you\s+(?:may|might)\s+also\s+like|further\s+reading|most\s+(?:read|popular)"
    r"|trending(?:\s+now)?|up\s+next|more\s+(?:news|stories|from\s+[\w ]{2,30})"
    r"|читайте\s+(?:також|также|ще|еще|далі|далее)|дивіться\s+також|смотрите\s+также|lea\s+(?:también|más)|le[er]\s+más|te\s+puede\s+interesar"
    r"|lire\s+aussi|à\s+lire\s+aussi|lesen\s+sie\s+auch|mehr\s+zum\s+thema|leggi\s+anche"
)
_ADVERT = (
    r"(?:advertisements?|advertising|sponsored(?:\s+(?:content|by\s.{2,40}))?|promoted(?:\s+content)?|skip\s+(?:ad|advertisement)"
    r"|(?:story|article|content|report)\s+continues\s+(?:after|below)(?:\s+(?:this|the))?(?:\s+ad(?:vertisement)?)?"
    r"|continue\s+reading(?:\s+(?:below|the\s+main\s+story))?|scroll\s+(?:down\s+)?(?:to|for)\s+\w+(?:\s+\w+){0,3}"
    r"|реклама|publicidad|publicité|anzeige|pubblicità)"
)
_WHOLE_LINES = (
    rf"{_ADVERT}(?:\s+{_ADVERT})*",
    rf"(?:{_PROMOTED})\s*[:|»>›→…]+.{{0,220}}",
    rf"(?:{_PROMOTED})",
    rf"follow\s.{{1,80}}\son\s+{_NETWORKS}\b.{{0,80}}|(?:like|find|join|follow)\s+us\b.{{0,80}}",
    rf"(?:sign[\s-]?up|subscribe|register|join|get\s+(?:the|our|breaking|all))\b.{{0,140}}\b{_NEWS_BY_MAIL}\b.{{0,60}}",
    r"(?:subscribe|sign\s+up)(?:\s+(?:now|here|today|to\s+continue(?:\s+reading)?))?",
    r"(?:підпи(?:шіться|сатися|суйтесь|суйтеся)|подпи(?:шитесь|сывайтесь|саться)|suscr[íi]b(?:ete|ase)|abonnez-vous|abonnieren\s+sie)\b.{0,140}",
    r"click\s+here\s+(?:to|for)\b.{0,120}",
    r"\d+\s+comments?|comments?(?:\s*[:(]\s*\d+\)?)?|(?:leave|post|add|write)\s+a\s+(?:comment|reply)|(?:view|show|hide|load)(?:\s+\w+)?\s+comments"
    r"|join\s+the\s+(?:conversation|discussion)",
    r"(?:we|this\s+(?:web)?site|our\s+(?:web)?site)(?:\s+and\s+our\s+partners)?\s+uses?\s+cookies\b.{0,200}|accept\s+(?:all(?:\s+cookies)?|cookies)|(?:manage|cookie)\s+(?:preferences|settings|policy)",
    r"\d{1,3}\s*min(?:ute)?s?\s+read|listen\s+to\s+this\s+(?:article|story)|(?:back\s+to\s+top|skip\s+to\s+(?:main\s+)?content)",
    r"(?:©|\(c\)|copyright\b).{0,160}|.{0,60}\ball\s+rights\s+reserved\b.{0,160}",
    r"[\W_]{1,40}",
)
_FURNITURE = tuple(re.compile(pattern + r"[.!]?", re.IGNORECASE) for pattern in _WHOLE_LINES)
_LONGEST_FURNITURE = 300

_PHOTO_KEY = (
    r"(?:(?:file\s+)?(?:image|photo(?:graph)?|picture|pic|video|illustration|graphic|cover|screenshot)s?(?:\s+(?:credit|source|by|courtesy))*"
    r"|credits?|courtesy|copyright|фото|зображення|foto(?:graf[íi]a)?|imagen|crédit\s+photo|bild(?:quelle)?)"
)
_LIBRARY = (
    r"(?:getty(?:\s+images)?|shutterstock(?:\.com)?|istock(?:photo)?|alamy(?:\s+stock\s+photo)?|unsplash|pexels|depositphotos|wikimedia(?:\s+commons)?|flickr"
    r"|ap\s+photo|(?:afp|epa|ap|reuters|tass|ukrinform)(?=\W|$)|nurphoto|anadolu|bloomberg\s+via|zuma\s+press|usa\s+today\s+sports|imago)"
)
_CREDITS = (
    # "… Kupyansk. Image: makalex69/Shutterstock.com"
    re.compile(rf"(?:^|(?<=[\s.,;|(\[])){_PHOTO_KEY}\s*:\s*(?P<credit>[^:!?\n]{{2,90}})$", re.IGNORECASE),
    # "… the square. (Photo by A. Name/Getty Images)", "(AP Photo/A. Name)"
    re.compile(
        rf"[(\[](?P<credit>[^()\[\]]{{0,140}}?(?:(?<!\w){_LIBRARY}|photo\s+by\s|photo\s*:|image\s*:|photo/)[^()\[\]]{{0,80}})[)\]]\.?$",
        re.IGNORECASE,
    ),
    # "… the square. REUTERS/A. Name/File Photo"
    re.compile(
        r"(?:^|(?<=\s))(?P<credit>(?:REUTERS|EPA|EPA-EFE|AFP|AP|UPI|TASS)\s?/\s?[A-Z][^.!?\n]{2,60})$"
    ),
)
_CREDIT_ALONE = re.compile(
    rf"(?:{_PHOTO_KEY}\s*(?:[:/,–—-]|by\s)\s*)?[(\[]?[^.!?\n]{{0,80}}(?<!\w){_LIBRARY}[^.!?\n]{{0,40}}[)\]]?\.?|{_PHOTO_KEY}\s*(?::|by\s|via\s|/|source,)\s*[^.!?\n]{{2,80}}|(?:image\s+(?:source|caption),.{{2,160}})|file\s+(?:photo|image|picture)",
    re.IGNORECASE,
)
_CREDIT_HINT = re.compile(
    r"image|photo|picture|pic\b|credit|courtesy|getty|shutter|alamy|reuters|afp|\bap\b|epa|tass|upi|фото|foto|bild|video|graphic|illustration"
    r"|screenshot|unsplash|pexels|flickr|wikimedia|cover|зображення|imagen|copyright|imago|nurphoto|anadolu|zuma|usa today|ukrinform|istock|bloomberg|depositphotos",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 600

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_POST_DATE = rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\.?\s+[^\W\d_]{{3,12}}\.?,?\s+(?:de\s+)?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_POST_TAIL = r"(?:(?:[#@]\w+|https?://t\.co/\w+|pic\.(?:twitter|x)\.com/\w+|https?://\S+)\s*)*"
_EMBEDS = (
    # "#Tag pic.twitter.com/x — Name (@handle) February 8, 2023": the tail of a post, from its hashtags on.
    re.compile(
        rf"(?<!\S){_POST_TAIL}[-–—]{{1,2}}\s?[^()\n@]{{1,80}}\(@\w{{1,30}}\),?\s+{_POST_DATE}(?:\s+at\s+\d{{1,2}}:\d{{2}}\s?[ap]m(?:\s+[A-Z]{{2,4}})?)?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\S)(?:#\w+\s+)*pic\.(?:twitter|x)\.com/\w+", re.IGNORECASE),
    re.compile(
        r"(?:view\s+this\s+post\s+on\s+instagram\s*)?a\s+post\s+shared\s+by\s[^()\n]{0,80}\(@[\w.]{1,40}\)(?:\s+on\s.{4,60})?$",
        re.IGNORECASE,
    ),
    re.compile(r"^view\s+this\s+post\s+on\s+(?:instagram|facebook|x|threads|tiktok)\.?$", re.IGNORECASE),
    re.compile(r"(?<=[.!?…\"”’])\s*E-?mail\s+to\s+a\s+friend\s*$", re.IGNORECASE),
)
_EMBED_HINT = re.compile(r"@\w|pic\.(?:twitter|x)\.com|view this post|to a friend", re.IGNORECASE)


def is_furniture(paragraph: str) -> bool:
    """Whether a whole paragraph is a share bar, an advertisement, a call to subscribe or a link to another story."""
    if len(paragraph) > _LONGEST_FURNITURE:
        return False
    words = (
        paragraph.casefold().replace(":", " ").replace(",", " ").replace("(opens in new window)", " ").split()
    )
    if (
        words
        and len(words) <= 20
        and words[0] in _SHARE_VERBS
        and all(word in _SHARE_WORDS for word in words)
    ):
        # One word alone may be a heading ("Twitter"); "Share" and its like may not.
        return len(words) > 1 or words[0] not in {"facebook", "twitter", "click", "copy"}
    return any(pattern.fullmatch(paragraph) for pattern in _FURNITURE)


def take_embeds(paragraph: str) -> Extracted:
    """Return a paragraph without embedded posts' tails, and these; the words before a tail stay quotable."""
    if not _EMBED_HINT.search(paragraph):
        return Extracted(paragraph, ())
    taken: list[str] = []
    for pattern in _EMBEDS:
        for match in pattern.finditer(paragraph):
            taken.append(" ".join(match.group().split()))
        paragraph = pattern.sub("\n", paragraph)
    return Extracted(paragraph.strip(), tuple(taken))


def take_credit(paragraph: str) -> Extracted:
    """Return a paragraph without the image credit that it is or ends with, and the credit; captions stay."""
    if len(paragraph) > _LONGEST_CREDIT or not _CREDIT_HINT.search(paragraph):
        return Extracted(paragraph, ())
    if len(paragraph) <= 200 and _CREDIT_ALONE.fullmatch(paragraph):
        return Extracted("", (_bare_credit(paragraph),))
    for pattern in _CREDITS:
        if match := pattern.search(paragraph):
            rest = paragraph[: match.start()].rstrip(" |([–—-")
            return Extracted(rest, (_bare_credit(match["credit"]),))
    return Extracted(paragraph, ())


def _bare_credit(text: str) -> str:
    """Return a credit without its key and brackets: "makalex69/Shutterstock.com"."""
    text = re.sub(rf"^[(\[]?\s*{_PHOTO_KEY}\s*(?:[:/]|by\s|source,)\s*", "", text, flags=re.IGNORECASE)
    return text.strip(" ()[].") or text
