"""Who said what a quote holds: the statement that a sentence belongs to, put on its quote.

Used by quoting once a quote's extent is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.answers import Quote
from index.datatypes import Label, Span, Statement
from index.speech.cues import load_cues

_OWNER = re.compile(r"^(?:its|his|her|their|our|my|whose)\s+", re.IGNORECASE)
"""Whose role it is, which only the report's sentence tells: "its director"."""

PRONOUNS = frozenset(["i", "we", "you", "he", "she", "it", "they", "who"])
"""Mentions that tell of nobody who it is."""


def find_statement(statements: Sequence[Statement], sentence: Span) -> Statement | None:
    """Return the statement with the most content in a sentence, the outer one of nested equals.

    Where that is a medium's that only passes on what somebody says, it is theirs.
    Where the same speaker says something else there in a telling way ("denied that ..., saying ..."), that
    cue and label stand for both.
    """
    best, most = None, 0
    held = []
    for statement in statements:
        shared = sum(
            max(0, min(span.end, sentence.end) - max(span.start, sentence.start))
            for span in statement.content
        )
        if shared:
            held.append((shared, statement))
        if shared > most:
            best, most = statement, shared
    if best is None:
        return None
    passed_on = [(amount, one) for amount, one in held if best.name in one.chain and 2 * amount > most]
    if passed_on:  # "Roe said: “…,” Halyard reported" is said by Roe
        return max(passed_on, key=lambda each: each[0])[1]
    if best.label is not Label.STATED:
        return best
    telling = next(
        (
            one
            for _, one in held
            if one.label is not Label.STATED and (one.speaker, one.name) == (best.speaker, best.name)
        ),
        best,
    )
    return replace(best, cue=telling.cue, label=telling.label)


def attribute_quote(quote: Quote, statement: Statement, text: str) -> Quote:
    """Return the quote with who said it, as far as the statement tells; a pronoun alone tells nobody."""
    mention = text[statement.speaker.start : statement.speaker.end] if statement.speaker else None
    speaker = statement.name or (mention if mention and mention.lower() not in PRONOUNS else None)
    return replace(
        quote,
        speaker=speaker,
        role=_OWNER.sub("", statement.role) if statement.role else None,
        mention=mention if speaker and mention != speaker else None,
        cue=text[statement.cue.start : statement.cue.end] if statement.cue else None,
        label=statement.label,
        chain=statement.chain,
        told=bool(statement.chain) and _tells(text, statement.cue),
    )


def _tells(text: str, cue: Span | None) -> bool:
    """Whether a cue says that something was told to somebody: "told TASS", not "said in"."""
    words = text[cue.start : cue.end].split() if cue else ()
    found = (load_cues().find_verb(word) for word in words)
    return any(verb is not None and "tell" in verb.frames for verb in found)
