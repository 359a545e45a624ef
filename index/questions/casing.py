"""A question typed in one case, with the capitals that its names have in the reports.

Answering does this after spelling and before a question is completed and parsed: what is a name is told from
its capital, and people type without one, or in capitals throughout.
"""

from __future__ import annotations

import re

from index.questions.spelling import Vocabulary, is_common

_LONGEST = 600  # code points of a question that is looked through
_SHORTEST = 3  # letters of a name that is told by itself
_WORD = re.compile(r"(?<![\w@/#.&’'-])[^\W\d_]+(?![\w@/]|[.&]\w)")


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
    held = [vocabulary.is_name(match.group()) and not is_common(match.group()) for match in words]
    named = {at for at, match in enumerate(words) if held[at] and len(match.group()) >= _SHORTEST}
    for at in sorted(named):
        for first, second in ((at - 1, at), (at, at + 1)):
            if (
                first >= 0
                and second < len(words)
                and _stand_together(lower, words, first, second, vocabulary)
            ):
                named |= {first, second}
    for at in named:
        start = words[at].start()
        lower = lower[:start] + lower[start].upper() + lower[start + 1 :]
    return lower


def _stand_together(
    text: str, words: list[re.Match[str]], first: int, second: int, vocabulary: Vocabulary
) -> bool:
    """Return whether two neighbouring words of a question stand so in the reports, with capitals."""
    one, other = words[first], words[second]
    if text[one.end() : other.start()] != " ":
        return False
    phrase = f"{one.group().capitalize()} {other.group().capitalize()}"
    known = one.group() if not is_common(one.group()) else other.group()
    return any(phrase in passage for passage in vocabulary.texts_with(known))
