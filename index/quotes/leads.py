"""The lead of a report: the sentence at its beginning that tells it in one.

Used where a report is quoted for what it is about rather than for what was asked: in timelines, and in the
news of a day.
"""

from __future__ import annotations

import re

from index.datatypes import Article, Span
from index.quotes.terms import content_stems, split_terms, stem_words
from index.texts.datelines import skip_dateline
from index.texts.sentences import split_sentences

_LEAST_WORDS = 6  # a sentence that opens a report and is shorter is a heading
_READ = 6  # sentences among which the lead is looked for
_STEP = 0.1  # share of the headline's words that is worth a place nearer to the beginning
_ENDED = re.compile(r"""[.!…][”"'’»)\]]*$""")


def find_lead(article: Article) -> Span:
    """Return the sentence that tells a report: early in it, and holding the words of its headline.

    What opens a report is often no lead but a caption, a teaser or a call to subscribe. Headings and
    questions are left aside; where all of the first sentences are that, it is the first that is long enough,
    or the very first.
    """
    sentences = split_sentences(article.text)
    long = [one for one in sentences[:_READ] if _count_words(article.text, one) >= _LEAST_WORDS]
    ended = [one for one in long if tells_something(article.text, one)]
    if ended:
        shares = [share_headline(article, one) - _STEP * place for place, one in enumerate(ended)]
        return ended[shares.index(max(shares))]
    return long[0] if long else sentences[0]


def share_headline(article: Article, sentence: Span) -> float:
    """Return the share of its headline's words that a sentence of a report holds, in [0, 1]."""
    title = article.title.split(" | ", maxsplit=1)[0]  # what follows a bar is the outlet or its section
    wanted = frozenset(content_stems(split_terms(title)))
    return len(wanted & stem_words(article.text[slice(*sentence)])) / max(1, len(wanted))


def tells_something(text: str, sentence: Span) -> bool:
    """Return whether a sentence of a text is one: no heading, caption, line of a list or question."""
    return _count_words(text, sentence) >= _LEAST_WORDS and bool(_ENDED.search(text, *sentence))


def _count_words(text: str, sentence: Span) -> int:
    return len(text[skip_dateline(text, *sentence) : sentence.end].split())
