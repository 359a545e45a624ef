"""What a conversation is about, readable behind a follow-up: "How many died? (did the lock fail)".

Used by followups.py: the words of the question before, or of its headline, searched for with the new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.datatypes import Span
from index.questions.overviews import find_overview
from index.questions.replacing import BRACKETED, MARKS, Context, find_date_spans, find_outlet_spans
from index.questions.speaking import find_speaker, find_told
from index.questions.turns import Turn
from index.questions.wording import Kind, choose_lexicon, fold_words, read_wording, split_lead

_TOPIC_WORDS = 24  # words of an earlier question or of a selection that are taken over


def describe_topic(
    turn: Turn, context: Context, *, dated: bool = False, placed: bool = False, wide: bool = False
) -> str:
    """Return what a turn is about: a question's own words, a noun phrase where it is one already.

    What was asked of an outlet is about what it told of, since who denies it does so elsewhere. A question
    that says nothing of what it is about gives its headline's words.

    Args:
        dated, placed: whether the new question names a day or an outlet itself; the old ones are left out.
        wide: whether a detail that was asked for last ("the siren? (Quillby)") is left out too.
    """
    question = turn.question
    bracketed = BRACKETED.search(question)
    if bracketed:
        detail = "" if wide else _name_detail(question[: bracketed.start()], turn)
        topic = f"{detail}; {bracketed['topic']}" if detail else bracketed["topic"]
    else:
        topic = find_overview(question) or _quote_told(question, context)
    if dated:
        topic = _cut(topic, find_date_spans(topic, context), opened=False)
    if placed:
        topic = _cut(topic, find_outlet_spans(topic, context), opened=True)
    wording = read_wording(topic, choose_lexicon(topic), led=True, names=turn.names, hidden=())
    if not wording.count(Kind.NAME) + wording.count(Kind.SUBJECT) and turn.headlines:
        said = wording.count(Kind.ASPECT) + wording.count(Kind.ROLE)
        topic = f"{topic}; {turn.headlines[0]}" if said else turn.headlines[0]
    return clip_topic(topic)


def quote_question(question: str) -> str:
    """Return a question's own words without what leads into it, its marks and what stands in brackets."""
    rest, _, lexicon = split_lead(BRACKETED.sub("", question))
    bare = rest.strip(MARKS)
    first = bare.split(" ", maxsplit=1)[0]
    opening = fold_words(first) in lexicon.asking | lexicon.plain
    return first.lower() + bare[len(first) :] if opening else bare


def clip_topic(text: str) -> str:
    """Return the first words of a text, at most 24, without marks around them."""
    return " ".join(text.strip(MARKS).split()[:_TOPIC_WORDS])


def _name_detail(head: str, turn: Turn) -> str:
    """Return a detail that was asked for by its name alone ("the siren?"), or ""."""
    wording = read_wording(head, choose_lexicon(head), led=True, names=turn.names, hidden=())
    named = wording.count(Kind.NAME) + wording.count(Kind.SUBJECT) + wording.count(Kind.ROLE)
    return quote_question(head) if named and wording.is_fragment() else ""


def _quote_told(question: str, context: Context) -> str:
    """Return a question's own words, or what it is told of where an outlet tells, or who said so is asked."""
    said = choose_lexicon(question).stances.search(quote_question(question))
    if said and said["said"] and _names_matter(said["what"]):
        return said["what"].strip()
    speaker, told = find_speaker(question), find_told(question)
    if speaker and told and any(_overlap(speaker, outlet) for outlet in find_outlet_spans(question, context)):
        return question[slice(*told)].strip(MARKS)
    return quote_question(question)


def _names_matter(text: str) -> bool:
    wording = read_wording(text, choose_lexicon(text), led=True, names=(), hidden=())
    return bool(wording.count(Kind.NAME) + wording.count(Kind.SUBJECT))


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _cut(text: str, spans: Sequence[Span], *, opened: bool) -> str:
    """Return a text without spans, and where `opened` without the words that lead up to them."""
    for start, end in sorted(spans, reverse=True):
        before = text[:start].rstrip()
        if opened:
            before = re.sub(
                r"(?:\b(?:according to|to|by|in|from|for|the)\s*)+$", "", before, flags=re.IGNORECASE
            )
        text = f"{before.rstrip()} {text[end:].lstrip()}".strip()
    return text
