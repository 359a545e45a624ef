"""Measures whole answers: the right quote first, the right speaker, and the right "no answer".

The regression test runs it over the sample corpus; `make eval` over any set whose questions name articles by
id, URL or path, with every sentence that is a right first quote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.answering import Answerer
from index.answers import Answer, NoAnswer, Quote
from index.errors import SourceError
from index.evaluation.data import squeeze


@dataclass(frozen=True, slots=True)
class ExpectedQuote:
    """A right first quote.

    Attributes:
        article: by its id, URL or source.
        speaker: who says it; None where it is the report's own.
    """

    article: str
    quote: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question should be answered with.

    Attributes:
        evidence: every right first quote.
        disputed: None where the set does not say.
        reason: the typed reason for one without an answer; None where the set does not say.
    """

    id: str
    question: str
    answerable: bool
    evidence: tuple[ExpectedQuote, ...]
    disputed: bool | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question; the flags of a quote are False where there is none."""

    expected: Expected
    answer: Answer | NoAnswer
    right_first: bool
    right_anywhere: bool
    right_speaker: bool


def read_expected(file: Path) -> tuple[Expected, ...]:
    """Read JSON lines of questions; raise SourceError naming the line that is not of the shape."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                found.append(_to_expected(record))
            except (ValueError, KeyError, TypeError) as error:
                raise SourceError(str(file), f"line {number} is no question: {error!r}") from error
    return tuple(found)


def _to_expected(record: Mapping[str, Any]) -> Expected:
    return Expected(
        id=record["id"],
        question=record["question"],
        answerable=record["answerable"],
        evidence=tuple(
            ExpectedQuote(item["article"], item["quote"], item.get("speaker")) for item in record["evidence"]
        ),
        disputed=record.get("disputed"),
        reason=record.get("reason"),
    )


def ask_all(answerer: Answerer, expected: Iterable[Expected]) -> Iterator[Outcome]:
    """Ask every question and yield what became of it."""
    for question in expected:
        answer = answerer.answer(question.question)
        quotes = answer.quotes if isinstance(answer, Answer) else ()
        right = [_find_evidence(quote, question, answerer) for quote in quotes]
        first = right[0] if right else None
        yield Outcome(
            expected=question,
            answer=answer,
            right_first=first is not None,
            right_anywhere=any(item is not None for item in right),
            right_speaker=first is not None and _names_agree(quotes[0], first.speaker),
        )


def summarise_outcomes(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Return shares in [0, 1].

    `right first` and `right anywhere` of the answerable questions; `right speaker` of the first quotes that
    are right; `wrong first` of all questions that were answered; `no answer` and `right reason` of the
    unanswerable; `both sides` of the disputed questions whose answer shows a dispute with both its sides, and
    `headed` of those that are headed as disputed; `headed beside` of all answers to other questions.
    """
    done = list(outcomes)
    answerable = [o for o in done if o.expected.answerable]
    unanswerable = [o for o in done if not o.expected.answerable]
    first = [o for o in answerable if o.right_first]
    answered = [o for o in done if isinstance(o.answer, Answer)]
    disputed = [o for o in answerable if o.expected.disputed]
    others = [o for o in answered if not o.expected.disputed]
    declined = [o for o in unanswerable if isinstance(o.answer, NoAnswer)]
    return {
        "right first": _share(len(first), answerable),
        "right anywhere": _share(sum(o.right_anywhere for o in answerable), answerable),
        "right speaker": _share(sum(o.right_speaker for o in first), first),
        "wrong first": _share(sum(not o.right_first for o in answered), answered),
        "no answer": _share(len(declined), unanswerable),
        "right reason": _share(
            sum(isinstance(o.answer, NoAnswer) and o.answer.reason == o.expected.reason for o in declined),
            unanswerable,
        ),
        "both sides": _share(sum(_shows_sides(o.answer) for o in disputed), disputed),
        "headed": _share(sum(_is_headed(o.answer) for o in disputed), disputed),
        "headed beside": _share(sum(_is_headed(o.answer) for o in others), others),
    }


def _shows_sides(answer: Answer | NoAnswer) -> bool:
    return isinstance(answer, Answer) and any(quote.side is not None for quote in answer.quotes)


def _is_headed(answer: Answer | NoAnswer) -> bool:
    return isinstance(answer, Answer) and answer.disputed


def _find_evidence(quote: Quote, expected: Expected, answerer: Answerer) -> ExpectedQuote | None:
    """Return the evidence that a quote holds, white space aside, if it holds one."""
    names = answerer.names_of(quote.citation.article)
    text = squeeze(quote.text)
    for item in expected.evidence:
        if item.article in names and squeeze(item.quote) in text:
            return item
    return None


def _names_agree(quote: Quote, speaker: str | None) -> bool:
    """Whether the shown speaker and the expected one share a word, or neither is named."""
    if speaker is None or quote.speaker is None:
        return speaker is None and quote.speaker is None
    return bool(set(speaker.lower().split()) & set(quote.speaker.lower().split()) - {"the", "a", "of", "an"})


def _share(count: int, of: list[Outcome]) -> float:
    return count / len(of) if of else 0.0
