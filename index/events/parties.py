"""Whose words a sentence holds, as stems of names and of the bodies that speak: "the port", "the police".

Serves `events.utterances`; statements tell it where there are any, else the words around a verb of saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from index.datatypes import Article, Statement
from index.events.denial_rules import load_table
from index.events.denials import Denial
from index.events.particulars import is_common
from index.texts.datelines import drop_dateline
from index.texts.stems import stem_word

_VERBS = (
    r"(?:sa(?:id|ys)|claim(?:s|ed)?|insist(?:s|ed)?|maintain(?:s|ed)|argu(?:es|ed)|add(?:s|ed)|alleg(?:es|ed)|"
    r"announc(?:es|ed)|assert(?:s|ed)|report(?:s|ed)|stat(?:es|ed)|warn(?:s|ed)|confirm(?:s|ed)|repl(?:ies|ied)|"
    r"repeated|stress(?:es|ed)|explain(?:s|ed)|accus(?:es|ed)|estimat(?:es|ed)|wrote|writes)"
)
QUOTE = re.compile(r"[“”«»\"]|(?<!\w)[‘'](?=\w)")
"""A mark that opens or closes a quotation."""

_SAID_BY = re.compile(
    rf"(?:[,”»\"’?!] ?{_VERBS}|\baccording to)\s+(?!that\b)([^,.;“”«»\"]{{2,120}}(?:, [^,.;“”«»\"]{{2,80}})?)"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;”»\"’] )([^,;“”«»\"]{{2,120}}(?:, [^,;“”«»\"]{{2,80}},)?) (?:\w+ly )?"
    rf"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?:{_VERBS}|told)\b"
)
_PUTS = re.compile(
    r"^([^,;“”«»\"]{2,80}?) (?:puts?|ga?ve|gives) (?:the|its|his|her|their) (?:[\w-]+ ){1,4}(?:at|as) "
)  # "The company put the amount at 900 litres."
_GOES_ALONG = re.compile(r",\s*(?:\w+ly )?$")
_AS_TO = re.compile(
    r"^\W*(?:as (?:to|for)|concerning|regarding|commenting on|asked about)\b.*, ", re.IGNORECASE
)  # "As to the assertions of the Estmere side, Roe"
_TOLD = re.compile(r"\b(?:told|tells)\b")
_OPENING = 10  # words at the head of a sentence that tell who does what it tells


def name_party(
    article: Article, text: str, denial: Denial | None, said: Sequence[Statement]
) -> frozenset[str]:
    """Return the stems of the names and bodies that a sentence's words come from."""
    pieces: list[str] = []
    for statement in said:
        pieces += [statement.name or "", statement.role or ""]
        if statement.speaker is not None:
            pieces.append(article.text[statement.speaker.start : statement.speaker.end])
    plain = drop_dateline(text)
    if denial is not None and denial.correction is None and text.endswith(plain):
        before = text[len(text) - len(plain) : denial.cue.start]
        before = _AS_TO.sub("", before)
        before = _TOLD.split(before, maxsplit=1)[0]  # "Vane told parliament that she had never ..."
        if _GOES_ALONG.search(before):  # "A film shows this, undermining the claim": who opens the sentence
            before = " ".join(before.split()[:_OPENING])
        if said or not QUOTE.search(before):  # else who denies stands behind the quotation that denies
            pieces.append(re.split(r"[;:“”«»\"]|, (?:who|which|while|but|and)\b", before)[-1])
    if pieces:
        return _list_names(pieces)
    told = (rule.search(plain) for rule in (_SAID_BY, _SUBJECT, _PUTS))
    return next((names for match in told if match and (names := _list_names(match.groups()))), frozenset())


def _list_names(pieces: Iterable[str]) -> frozenset[str]:
    words = [word for piece in pieces for word in re.findall(r"[^\W\d_][\w’']+", piece)]
    return frozenset(
        stem_word(word)
        for word in words
        if (word[0].isupper() and not is_common(word)) or word.casefold() in _load_bodies()
    )


def list_bodies() -> frozenset[str]:
    """Return the stems of the words for bodies that speak: "ministry", "police"."""
    return frozenset(map(stem_word, _load_bodies()))


@cache
def _load_bodies() -> frozenset[str]:
    return frozenset(load_table()["parties"]["bodies"].split())
