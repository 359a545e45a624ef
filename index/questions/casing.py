"""A question typed in one case, with the capitals that its names have in the reports.

Answering does this after spelling and before a question is completed and parsed: what is a name is told from
its capital, and people type without one, or in capitals throughout.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from index.questions.spelling import Vocabulary, is_common

_LONGEST = 600  # code points of a question that is looked through
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
_SHORTEST = 3  # letters of a name that is told by itself
_WORD = re.compile(r"(?<![\w@/#.&’'-])[^\W\d_]+(?![\w@/]|[.&]\w)")
_JOINED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def restore_capitals(text: str, vocabulary: Vocabulary) -> str:
    """Return a question without a capital, or in capitals throughout, with those of the names in it.

    A word is a name where the reports mostly write it with a capital and English does not know it well; a
    common word is part of one where it stands so beside it ("kestrel lock"). Other questions are left.
    """
    if len(text) > _LONGEST or not (text.islower() or (text.isupper() and len(text.split()) > 1)):
        return text
    lower = text.lower()
    if len(lower) != len(text):
        return text
    words = list(_WORD.finditer(lower))
    names = {
        at
        for at, match in enumerate(words)
        if len(match.group()) >= _SHORTEST and vocabulary.is_name(match.group())
    }
    told = {at for at in names if not is_common(words[at].group())}
    named = set(told)
    for first, second in pairwise(range(len(words))):
        near = first in told or second in told or {first, second} <= names  # "taylor swift": both common
        if near and _stand_together(lower, words[first], words[second], vocabulary):
            named |= {first, second}
    for at in named - {at for at, match in enumerate(words) if match.group() in _SMALL}:
        start = words[at].start()
        joined = _JOINED.match(lower, start)
        written = _find_written((joined or words[at]).group(), words[at].group(), vocabulary)
        lower = lower[:start] + written + lower[start + len(written) :]
    return lower


def _find_written(name: str, word: str, vocabulary: Vocabulary) -> str:
    """Return a name as the reports mostly write it ("NCAA"), else with a capital at the beginning.

    Args:
        word: the first of the words that hyphens join in `name`, or the name.
    """
    texts = vocabulary.texts_with(word)
    for each in dict.fromkeys((name, word)):
        spelled = re.compile(rf"(?<![\w-]){re.escape(each)}(?!\w)", re.IGNORECASE)
        found = (match.group() for text in texts for match in spelled.finditer(text))
        forms = Counter(form for form in found if form[0].isupper() and len(form) == len(each))
        if forms:
            return forms.most_common(1)[0][0]
    return word.capitalize()


def _stand_together(text: str, one: re.Match[str], other: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Return whether two neighbouring words of a question stand so in the reports, with capitals."""
    if text[one.end() : other.start()] != " ":
        return False
    pair = (one.group(), other.group())
    phrase = " ".join(map(str.capitalize, pair))
    return any(phrase in passage for word in pair for passage in vocabulary.texts_with(word))
