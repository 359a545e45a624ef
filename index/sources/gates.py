"""Pages that stand where a report was expected: sign-in forms, errors, robot checks, lists of headlines.

Used by the reader of HTML, which returns a failure for them; what is taken for a report is stored and quoted.
The words that tell such pages stand in gates.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_LONGEST = 120  # words of a gate; a report with a notice about cookies below it has more
_SHORT = 40  # words up to which one phrase tells; a longer page has two, or one in its title
_LEAST_SENTENCE = 20  # code points; a shorter line with a mark may be a headline
_LEAST_LINES = 4  # of a list of headlines
_SENTENCE = re.compile(r"""[.!?…。！？؟۔।][)\]"'”’»]*\s*$""")


def explain_gate(title: str, paragraphs: Sequence[str]) -> str | None:
    """Return why a page is no report, in words for the user; None for what may be one.

    A gate is short and says what it is ("Sign in to continue"); in a list of headlines no line ends as a
    sentence does.
    """
    phrases = _load_phrases()
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    page = "\n".join(" ".join(line.split()) for line in (title, *paragraphs))
    said = list(dict.fromkeys(phrases.findall(page)))
    if said and words <= _LONGEST and (words <= _SHORT or len(said) > 1 or phrases.search(title)):
        return (
            f"holds no report but a page that says “{said[0]}”; open the report in a browser and save that "
            "page, or give its text as a .txt file"
        )
    if len(paragraphs) >= _LEAST_LINES and not any(map(_is_sentence, paragraphs)):
        return (
            f"holds no report but {len(paragraphs)} lines without a sentence, headlines perhaps; give the "
            "pages of the reports, or their feed"
        )
    return None


def _is_sentence(paragraph: str) -> bool:
    return len(paragraph) >= _LEAST_SENTENCE and bool(_SENTENCE.search(paragraph))


@cache
def _load_phrases() -> re.Pattern[str]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(table['phrases'])})", re.IGNORECASE)
