"""Measures whose a pronoun or role is ("he said"), against owners labelled by hand.

Part of the evaluation command; the labels beside this module are offsets alone, and hold for the articles of
the set `multihop_rag` (Tang and Yang, COLM 2024), which must be given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.datatypes import Span, Statement
from index.evaluation.data import read_lines
from index.speech.attribution import attribute_text
from index.speech.parsing import Parser
from index.speech.people import load_people

LABELS_FILE = Path(__file__).with_name("pronoun_owners.json")
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class OwnerLabel:
    """Whose one mention is, as somebody read it.

    Attributes:
        article: id of the article.
        mention: the pronoun or role beside a quotation, half-open offsets into the article's text.
        owner: where the text names its owner most fully; None where the text names nobody.
        aside: whether it belongs to the part that rules are never tuned on.
    """

    article: str
    mention: Span
    owner: Span | None
    aside: bool


@dataclass(frozen=True, slots=True)
class OwnerScore:
    """How often owners were named right.

    Attributes:
        labels: mentions whose owner the text names.
        accuracy: share of them given the right name, in [0, 1].
        coverage: share of them given any name; a description ("a source") is none.
        wrong: share of all mentions, those of nobody named too, that were given the name of somebody else.
        shown_wrong: the same, of mentions that are sure enough to be shown.
    """

    labels: int
    accuracy: float
    coverage: float
    wrong: float
    shown_wrong: float


def read_labels() -> tuple[OwnerLabel, ...]:
    """Return the labels that ship, a list of {article, mention, owner, aside}."""
    rows = json.loads(LABELS_FILE.read_text(encoding="utf-8"))
    return tuple(
        OwnerLabel(
            row["article"], Span(*row["mention"]), Span(*row["owner"]) if row["owner"] else None, row["aside"]
        )
        for row in rows
    )


def evaluate_owners(
    articles: Path, labels: Iterable[OwnerLabel], parser: Parser, least_confidence: float
) -> OwnerScore:
    """Return how well owners are found in the articles of a file; raise SourceError if it cannot be read."""
    wanted: dict[str, list[OwnerLabel]] = {}
    for label in labels:
        wanted.setdefault(label.article, []).append(label)
    answers: list[tuple[str | None, str | None, bool]] = []
    for row in read_lines(articles):
        if str(row["id"]) in wanted:
            answers.extend(_answer_labels(row, wanted[str(row["id"])], parser, least_confidence))
    return score_answers(answers)


def score_answers(answers: Sequence[tuple[str | None, str | None, bool]]) -> OwnerScore:
    """Return the shares of answers, each (the right name or None, the name given or None, whether shown)."""
    named = [(right, given) for right, given, _ in answers if right is not None]
    hits = sum(given is not None and is_same_person(right, given) for right, given in named)
    shown = [(right, given) for right, given, sure in answers if sure]
    return OwnerScore(
        labels=len(named),
        accuracy=_share(hits, len(named)),
        coverage=_share(sum(given is not None and is_name(given) for _, given in named), len(named)),
        wrong=_share(sum(is_wrong(right, given) for right, given, _ in answers), len(answers)),
        shown_wrong=_share(sum(is_wrong(right, given) for right, given in shown), len(shown)),
    )


def is_same_person(right: str, given: str) -> bool:
    """Whether two names of one article stand for one person: the words of one are among the other's."""
    one, other = _split_name(right), _split_name(given)
    return bool(one and other) and (one <= other or other <= one)


def is_name(given: str) -> bool:
    """Whether what was given is a name: "Jane Roe", not "a source" nor "The clerk of Sellmar"."""
    return given[:1].isupper() and given.split(maxsplit=1)[0].lower() not in _ARTICLES


def is_wrong(right: str | None, given: str | None) -> bool:
    """Whether a name was given that is not the right one; a description ("a source") names nobody."""
    if given is None or not is_name(given):
        return False
    return right is None or not is_same_person(right, given)


def _answer_labels(
    row: Mapping[str, Any], labels: Sequence[OwnerLabel], parser: Parser, least_confidence: float
) -> Iterable[tuple[str | None, str | None, bool]]:
    text = str(row["text"])
    statements = attribute_text(text, parser, str(row["id"]), row.get("outlet"))
    for label in labels:
        found = _find_statement(statements, label.mention)
        right = text[slice(*label.owner)] if label.owner is not None else None
        if found is None:
            yield right, None, False
        else:
            yield right, found.name, found.confidence >= least_confidence


def _find_statement(statements: Sequence[Statement], mention: Span) -> Statement | None:
    """Return the surest statement whose speaker is the mention, those with a name first."""
    speaking = [
        each
        for each in statements
        if each.speaker is not None and each.speaker.start < mention.end and mention.start < each.speaker.end
    ]
    return max(speaking, key=lambda each: (each.name is not None, each.confidence), default=None)


def _split_name(name: str) -> set[str]:
    words = {word.strip(".,’'").lower() for word in name.replace("’s", "").split()}
    return words - _ARTICLES - set(load_people().titles)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
