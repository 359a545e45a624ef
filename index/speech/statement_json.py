"""Statements as JSON records, for `python -m index statements --json FILE.jsonl`.

Reads texts as they are given, without cleaning, so that every offset holds in the file that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.datatypes import Statement
from index.speech.attribution import attribute_text
from index.speech.parsing import Parser


def describe_statements(
    records: Iterable[Mapping[str, Any]], parser: Parser, *, nested: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield a record for each statement of each article.

    Args:
        records: articles with `id`, `text` and perhaps `outlet`; other keys are ignored.
        nested: also statements that stand inside another's words ("the mayor said that experts agree …").
            Without them every word is given to the one whom the reporter makes answerable for it.

    Yields:
        {doc, content, speaker, cue, label, confidence}: `content` a list of [start, end], `speaker` and `cue`
        one [start, end] or None; half-open code-point offsets into `text` as given.
    """
    for record in records:
        outlet = record.get("outlet")
        statements = attribute_text(str(record["text"]), parser, str(record["id"]), outlet)
        for statement in statements:
            if nested or statement.parent is None:
                yield _describe(statement)


def _describe(statement: Statement) -> dict[str, Any]:
    return {
        "doc": statement.article,
        "content": [list(span) for span in statement.content],
        "speaker": list(statement.speaker) if statement.speaker is not None else None,
        "cue": list(statement.cue) if statement.cue is not None else None,
        "label": statement.label.value,
        "confidence": statement.confidence,
    }
