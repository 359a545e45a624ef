"""The furniture of a news page: share bars, advertisements, calls to subscribe, links to other stories.

Cleaning asks here whether a paragraph is the report's own text. A paragraph is judged as a whole, by full
match, so that a sentence that merely mentions sharing or subscribing stays.
"""

from __future__ import annotations

import re

_SHARE_WORDS = frozenset(
    [
        "share", "tweet", "post", "email", "e-mail", "mail", "print", "facebook", "twitter", "x",
        "whatsapp", "telegram", "reddit", "linkedin", "pinterest", "flipboard", "tumblr", "viber",
        "messenger", "threads", "bluesky", "copy", "link", "save", "bookmark", "on", "this", "via", "to",
        "with", "and", "or", "a", "friend", "article", "story", "page", "copied", "options", "more",
        "click", "icon",
    ]
)  # fmt: skip
_SHARE_VERBS = frozenset(
    [
        "share", "tweet", "email", "e-mail", "print", "facebook", "twitter", "copy", "click", "поділитися",
        "поделиться",
    ]
)  # fmt: skip
_LONE_HEADINGS = frozenset({"facebook", "twitter", "click", "copy"})
"""Words of a share bar that may just as well be a heading when they stand alone."""

_NETWORKS = r"""(?:
    facebook|twitter|x|instagram|threads|telegram|whatsapp|youtube|tiktok|linkedin|bluesky|viber|google\s+news
)"""
_MAILINGS = r"""(?:
    newsletters? | inbox | briefings? | podcasts? | mailing\s+list | notifications
    | (?:news|e-?mail|text|push|breaking)\s+(?:alerts?|updates)
    | (?:our|the)\s+(?:\w+\s+){0,2}(?:channel|digest|app)
)"""
_PROMOTED = r"""(?:
    read\s+(?:more|also|next|on|this) | also\s+read | see\s+(?:also|more) | keep\s+reading | further\s+reading
    | related(?:\s+\w+)? | recommended(?:\s+\w+)? | more\s+on\s+this(?:\s+story)? | more\s+(?:news|stories)
    | more\s+from\s+[\w ]{2,30} | don['’]?t\s+miss | must[\s-]reads? | you\s+(?:may|might)\s+also\s+like
    | most\s+(?:read|popular) | trending(?:\s+now)? | up\s+next
    | читайте\s+(?:також|также|ще|еще|далі|далее) | дивіться\s+також | смотрите\s+также
    | lea\s+(?:también|más) | le[er]\s+más | te\s+puede\s+interesar | (?:à\s+)?lire\s+aussi
    | lesen\s+sie\s+auch | mehr\s+zum\s+thema | leggi\s+anche
)"""
_ADVERT = r"""(?:
    advertisements? | advertising | promoted(?:\s+content)? | skip\s+(?:ad|advertisement)
    | sponsored(?:\s+(?:content|by\s.{2,40}))?
    | (?:story|article|content|report)\s+continues\s+(?:after|below)
        (?:\s+(?:this|the))?(?:\s+ad(?:vertisement)?)?
    | continue\s+reading(?:\s+(?:below|the\s+main\s+story))?
    | scroll\s+(?:down\s+)?(?:to|for)\s+\w+(?:\s+\w+){0,3}
    | реклама | publicidad | publicité | anzeige | pubblicità
)"""
_LINES: tuple[str, ...] = (
    # Advertisements, alone or several run together.
    rf"{_ADVERT}(?:\s+{_ADVERT})*",
    # "Read more: a headline", "Related", "Up next".
    rf"{_PROMOTED}(?:\s*[:|»>›→…]+.{{0,220}})?",
    # Sharing and following.
    r"""share\s+(?:this|the|our)\s+(?:story|article|post|page|report|news)
        (?:\s+(?:on|via|with)\b.{1,40} | \s*[:|•].{0,120})?""",
    rf"follow\s.{{1,80}}\son\s+{_NETWORKS}\b.{{0,80}} | (?:like|find|join|follow)\s+us\b.{{0,80}}",
    # Subscribing.
    rf"(?:sign[\s-]?up|subscribe|register|join|get\s+(?:the|our|breaking|all))\b.{{0,140}}\b{_MAILINGS}\b.{{0,60}}",
    r"(?:subscribe|sign\s+up)(?:\s+(?:now|here|today|to\s+continue(?:\s+reading)?))?",
    r"(?:підпи(?:шіться|сатися|суйтесь|суйтеся) | подпи(?:шитесь|сывайтесь|саться))\b.{0,140}",
    r"(?:suscr[íi]b(?:ete|ase) | abonnez-vous | abonnieren\s+sie)\b.{0,140}",
    r"click\s+here\s+(?:to|for)\b.{0,120}",
    # Readers' comments.
    r"\d+\s+comments? | comments?(?:\s*[:(]\s*\d+\)?)? | (?:view|show|hide|load)(?:\s+\w+)?\s+comments",
    r"(?:leave|post|add|write)\s+a\s+(?:comment|reply) | join\s+the\s+(?:conversation|discussion)",
    # The site's own machinery.
    r"(?:we|this\s+(?:web)?site|our\s+(?:web)?site)(?:\s+and\s+our\s+partners)?\s+uses?\s+cookies\b.{0,200}",
    r"accept\s+(?:all(?:\s+cookies)?|cookies) | (?:manage|cookie)\s+(?:preferences|settings|policy)",
    r"\d{1,3}\s*min(?:ute)?s?\s+read | listen\s+to\s+this\s+(?:article|story)",
    r"back\s+to\s+top | skip\s+to\s+(?:main\s+)?content",
    r"(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4}|by\b|of\b)).{0,160}",
    r".{0,60}\ball\s+rights\s+reserved\b.{0,160}",
    # Rules and ornaments.
    r"[\W_]{1,40}",
)
_APPEALS: tuple[str, ...] = (
    # "Got a story? WhatsApp us on ...", "Were you there? Send us your pictures."
    r"""[^.!?]{3,140}\?\s*(?:please\s+)?(?:
        (?:whatsapp|e-?mail|text|message|contact|write\s+to)\s+(?:us|our\s+\w+)
        | send\s+us\s+your | get\s+in\s+touch | let\s+us\s+know
    )\b.{0,160}""",
    r"""if\s+you\s+have\s+(?:an?|any)\b[^.!?]{0,80}\b(?:story|stories|tips?)\b[^.!?]{0,60},
        \s+(?:e-?mail|contact)\b.{0,160}""",
    # "Enjoyed this? Independent journalism costs money.", "Support local journalism", "Thank you for reading"
    r"""(?:enjoy(?:ed|ing)?|liked?|loved?)\s+(?:this|what\s+you|reading|our)\b[^.!?]{0,80}\?\s*
        .{0,80}\b(?:journalism|subscri|support|donat|sign\s+up|newsletter|share|click|member).{0,120}""",
    r"""(?:please\s+)?(?:consider|help(?:\s+us)?|support)\b[^.!?]{0,80}
        \b(?:our|local|independent|quality)\s+(?:\w+\s+)?(?:journalism|newsroom)\b.{0,180}""",
    r"""(?:independent|quality|good|local|our)\s+journalism
        \s+(?:costs|needs|takes|depends|is\s+not\s+free|isn['’]t\s+free)\b.{0,160}""",
    r"thank(?:s|\s+you)\s+for\s+(?:supporting\s+our\s+journalism|reading|subscribing)\b.{0,160}",
    # "What's everyone talking about? Sign up for our trending newsletter"
    rf"""[^.!?:]{{3,90}}[:?]\s*(?:sign[\s-]?up|subscribe)\s+(?:\w+\s+)?(?:for|to)\b
        [^.!?]{{0,140}}\b{_MAILINGS}\b[^.!?]{{0,80}}""",
    # Reporters' addresses, applications, affiliates.
    r"""[^.!?]{3,160}\.\s+(?:you\s+can\s+)?(?:reach|follow)\s+(?:him|her|them)\s+(?:at|on)\b
        [^!?@]{0,60}@.{0,180}""",
    r"\W{0,3}the\s+[\w ]{2,30}\s+app\s+(?:gets|brings)\s+you\b.{0,120}\bdownload\b.{0,140}",
    r".{0,160}\bwe\s+(?:may|might)\s+earn\s+an?\s+(?:\w+\s+)?commission\b.{0,140}",
    r"(?:unable\s+to\s+(?:view|see)|can['’]?t\s+(?:view|see))\s+(?:our|the)\s+\w+\?\s*click\s+here\b.{0,60}",
)
"""Of the outlet to its readers, for their news, their money or their address."""

_TOLD = re.compile(r"[“”„«»\"]|\b(?:said|says|told|asked|added|wrote|urged|according)\b", re.IGNORECASE)
"""Signs that somebody else speaks or is spoken of, so that a paragraph is no appeal of the outlet."""

_FURNITURE = tuple(re.compile(rf"(?:{line})[.!]?", re.IGNORECASE | re.VERBOSE) for line in _LINES)
_CALLS = tuple(re.compile(rf"(?:{line})[.!]?", re.IGNORECASE | re.VERBOSE) for line in _APPEALS)
_LONGEST = 300  # characters


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is a share bar, an advertisement, a call to subscribe or a link elsewhere."""
    if len(paragraph) > _LONGEST:
        return False
    if _is_share_bar(paragraph) or any(pattern.fullmatch(paragraph) for pattern in _FURNITURE):
        return True
    return not _TOLD.search(paragraph) and any(pattern.fullmatch(paragraph) for pattern in _CALLS)


def _is_share_bar(paragraph: str) -> bool:
    """Whether a paragraph is nothing but the words of share buttons: "Facebook Twitter Email Share"."""
    words = (
        paragraph.casefold().replace("(opens in new window)", " ").replace(":", " ").replace(",", " ").split()
    )
    if not words or len(words) > 20 or words[0] not in _SHARE_VERBS:
        return False
    if len(words) == 1:
        return words[0] not in _LONE_HEADINGS
    return all(word in _SHARE_WORDS for word in words)
