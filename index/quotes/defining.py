"""Whether a sentence says who somebody is or what a thing is: "Piers Andvik, mayor of Varn, said ...".

Used by relevance, where a question asks for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Sized

from index.quotes.terms import Term

_BESIDE_NAME = 2.0
_MORE_NAME = re.compile(r"(?: [A-Z][\w’'-]+){0,2}")  # "Pellworth *Laboratories*, which"
_BEHIND = re.compile(
    r"['’]?s?,? ?\((?=[^\W\d_])|,? (?:is|was|are|were) (?:\w+ly )?(?:an?|the|one of|now)\b|"
    r", (?:an?|the|who|which|whose|one of|its|his|her|their|formerly|known as|also known as)\b|"
    r", (?!(?:and|but|or|as|in|on|at|of|for|to|by|with|from|when|while|after|before|because)\b)"
    r"(?:[a-z][\w’'-]* ){0,3}[a-z][\w’'-]* (?:of|at|for|in)\b|"
    r",? (?:stands for|refers to|means|is known as|became the|serves as)\b"
)  # "Roe, a baker", "Roe, head of sales at", "Roe is the"
_BEFORE = re.compile(
    r"(?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|in|at|to|by|from|for|with|[\w’'-]+['’]s?)|"
    r"^\W*|[“\"(,;:–—] ?) ?"
    r"(?:(?!(?:of|in|at|to|by|from|for|with|on|and|or|but|that|as|than|said|says|told|if|when|while|"
    r"who|which|where)\b)[\w’'-]+ ){0,3}(?P<noun>(?:[^\W\d_][\w’'-]+|[a-z][\w’'-]+,)) $"
)  # "the crypto fund Roe", "Race director Roe"
_OF = re.compile(r"\b(?:of|at|for|in|to|by|with) $")
_OF_OTHERS = re.compile(r",? (?:who|is|was|are|were)\b")  # "Maddox of Crestline, who": of her
_CALLED = re.compile(r"\b(?:called|named|dubbed|known as)[ “\"‘']{1,3}$")
_NO_NOUN = re.compile(
    r"(?:of|in|at|to|by|from|for|with|on|and|or|but|that|as|than|an?|the|its|his|her|their|is|was|are|were|"
    r"has|have|had|will|would|said|says|told|if|when|while|after|before|because|where|which|who|also|not|"
    r"this|these|those|any|no|every|each|some|such|both|all|most|other|another|mr|mrs|"
    r"ms|dr|yet|so|then|like|about|over|into|against|within|behind|\w+ing|\w+ed|\w+[^s]s)",
    re.IGNORECASE,
)


def rate_definition(text: str, terms: Sequence[Term], asked: Collection[str], signs: Sized) -> float:
    """Return how far a sentence explains a name, from 0 to 3: by any sign of it, and most beside the name.

    Args:
        terms: of the text.
        asked: content stems of the name.
        signs: of an explanation anywhere in the text, such as ", a".
    """
    return int(bool(signs)) + _BESIDE_NAME * int(defines(text, terms, asked))


def defines(text: str, terms: Sequence[Term], asked: Collection[str]) -> bool:
    """Whether a text tells what bears a name: in an apposition, a clause with "is", or a noun before it."""
    for at, term in enumerate(terms):
        if term.stem not in asked or (at + 1 < len(terms) and terms[at + 1].stem in asked):
            continue
        first = at
        while first and terms[first - 1].stem in asked:
            first -= 1
        before = text[: terms[first].start]
        noun = _BEFORE.search(before)
        described = noun is not None and not _NO_NOUN.fullmatch(noun["noun"].rstrip(","))
        more = _MORE_NAME.match(text, term.end)
        ends = {term.end, more.end() if more else term.end}
        behind = filter(None, (_BEHIND.match(text, end) for end in ends))
        told = any(not (_OF.search(before) and _OF_OTHERS.match(match.group())) for match in behind)
        if described or told or _CALLED.search(before):
            return True
    return False
