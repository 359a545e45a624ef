"""Measures attribution against statements annotated by hand: content, and content with speaker.

Part of the evaluation command; reads a folder with PART_articles.jsonl.gz and PART_attributions.jsonl.gz in
the manner of PolNeAR (Newell, Margolin and Ruths, LREC 2018). A span counts as the words that it touches.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.evaluation.data import read_lines
from index.speech.parsing import Parser
from index.speech.statement_json import describe_statements

GROUPS = ("all", "speech", "quoted", "direct", "mixed", "indirect")
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_MARKS = frozenset('"“”„«»')
_MATCH = 0.5  # least Dice coefficient of two contents that are one
_SPARE_WORDS = 8  # words that a speaker may have beyond those annotated
# Verbs of saying by their forms: PolNeAR also annotates wanting, thinking and planning.
_SAYING = frozenset(
    [
        "said", "saying", "say", "says", "statement", "told", "telling", "tell", "tells", "according",
        "quoted", "quoting", "quote", "quotes", "cited", "citing", "cite", "cites", "wrote", "written",
        "writing", "write", "writes", "recalled", "recall", "recalls", "vow", "vows", "vowed", "denied",
        "deny", "denies",
    ]
)  # fmt: skip
_REGULAR = (
    "add", "tweet", "call", "claim", "state", "argue", "note", "ask", "reply", "respond", "answer",
    "announce", "report", "warn", "declare", "insist", "explain", "accuse", "describe", "suggest",
    "acknowledge", "admit", "continue", "conclude", "promise", "pledge", "urge", "confirm", "allege",
    "assert", "contend", "joke", "complain", "comment", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """Precision, recall and their harmonic mean, all in [0, 1], with the counts behind them."""

    precision: float
    recall: float
    predicted: int
    annotated: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class AttributionScore:
    """How well statements were found, by group.

    A group is "direct" (content begins and ends with a quotation mark), "mixed" (holds one), "indirect"
    (holds none), "quoted" (direct or mixed), "speech" (quoted, or the cue is a verb of saying) or "all".

    Attributes:
        content: content found: words shared by Dice's coefficient of at least .5, one to one.
        joint: content found and the speaker right (half of the words of the shorter mention shared, at most
            eight words more than annotated), or no speaker on either side.
        sure: `joint`, counting only statements of at least the confidence asked for.
    """

    content: dict[str, Share]
    joint: dict[str, Share]
    sure: dict[str, Share]


@dataclass(frozen=True, slots=True)
class _Item:
    content: frozenset[int]
    speaker: frozenset[int]
    groups: frozenset[str]
    confidence: float


class _Words:
    """A text as a row of words."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self.text = text
        self.words = [match.group().lower() for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]

    def find(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Return the positions of the words that the spans touch."""
        return frozenset(
            position
            for start, end in spans
            for position in range(bisect_right(self.ends, start), bisect_left(self.starts, end))
        )


def evaluate_attribution(
    folder: Path, parser: Parser, part: str = "dev", *, least_confidence: float
) -> AttributionScore:
    """Return how well the statements of a part's articles are found; raise SourceError if it cannot be read.

    An article that several people annotated counts once, with the first annotator by name.
    """
    articles = {str(record["id"]): record for record in read_lines(folder / f"{part}_articles.jsonl.gz")}
    words = {name: _Words(str(record["text"])) for name, record in articles.items()}
    rows = sorted(read_lines(folder / f"{part}_attributions.jsonl.gz"), key=lambda row: str(row["annotator"]))
    gold: dict[str, list[_Item]] = defaultdict(list)
    first: dict[str, str] = {}
    for row in rows:
        name = str(row["doc"])
        if name in words and first.setdefault(name, str(row["annotator"])) == str(row["annotator"]):
            gold[name].append(_make_item(words[name], row))
    predicted: dict[str, list[_Item]] = defaultdict(list)
    for row in describe_statements(articles.values(), parser):
        predicted[row["doc"]].append(_make_item(words[row["doc"]], row))
    return score_items(words, gold, predicted, least_confidence)


def score_items(
    documents: Iterable[str],
    gold: Mapping[str, Sequence[_Item]],
    predicted: Mapping[str, Sequence[_Item]],
    least_confidence: float,
) -> AttributionScore:
    """Return the shares over all documents; those without statements count too."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for name in documents:
        annotated, found = gold.get(name, ()), predicted.get(name, ())
        _count(counts, "content", "joint", annotated, found)
        sure = [item for item in found if item.confidence >= least_confidence]
        _count(counts, "", "sure", annotated, sure)
    return AttributionScore(*(_sum_shares(counts, kind) for kind in ("content", "joint", "sure")))


def _make_item(words: _Words, row: Mapping[str, object]) -> _Item:
    content, speaker, cue = (_list_spans(row.get(key)) for key in ("content", "speaker", "cue"))
    raw = " ".join(words.text[start:end] for start, end in content).strip()
    kind = "indirect"
    if _MARKS & set(raw):
        whole = raw[0] in _MARKS and raw.rstrip(".,")[-1:] in _MARKS
        kind = "direct" if whole else "mixed"
    groups = {"all", kind}
    if kind != "indirect":
        groups |= {"quoted", "speech"}
    if any(_is_saying(words.words[position]) for position in words.find(cue)):
        groups.add("speech")
    confidence = row.get("confidence", 1.0)
    return _Item(
        words.find(content),
        words.find(speaker),
        frozenset(groups),
        float(confidence) if isinstance(confidence, float | int) else 1.0,
    )


def _list_spans(value: object) -> list[tuple[int, int]]:
    if not isinstance(value, list) or not value:
        return []
    if isinstance(value[0], int):
        return [(value[0], value[1])]
    return [(start, end) for start, end in value]


def _is_saying(word: str) -> bool:
    if word in _SAYING:
        return True
    return any(
        word
        in (
            verb, verb + "s", verb.rstrip("y") + "ies", verb + "ed", verb.rstrip("e") + "ed",
            verb.rstrip("y") + "ied", verb + "ing", verb.rstrip("e") + "ing", verb + "ted", verb + "ting",
        )
        for verb in _REGULAR
    )  # fmt: skip


def _measure_dice(left: frozenset[int], right: frozenset[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def _pair_contents(gold: Sequence[_Item], found: Sequence[_Item]) -> dict[int, int]:
    """Return the pairs (gold, found) of like content, one to one, likest first."""
    candidates = sorted(
        (-_measure_dice(one.content, other.content), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if not one.content.isdisjoint(other.content)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, i, j in candidates:
        if -likeness >= _MATCH and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _is_same_speaker(gold: frozenset[int], found: frozenset[int]) -> bool:
    if not gold and not found:
        return True
    least = min(len(gold), len(found))
    return 2 * len(gold & found) >= least > 0 and len(found) <= len(gold) + _SPARE_WORDS


def _count(
    counts: Counter[tuple[str, str, str]],
    content: str,
    joint: str,
    gold: Sequence[_Item],
    found: Sequence[_Item],
) -> None:
    pairs = _pair_contents(gold, found)
    good = {i for i, j in pairs.items() if _is_same_speaker(gold[i].speaker, found[j].speaker)}
    sides = (
        ("gold", gold, set(pairs), good),
        ("found", found, set(pairs.values()), {pairs[i] for i in good}),
    )
    for side, items, matched, right in sides:
        for position, item in enumerate(items):
            for group in item.groups:
                for kind, hit in ((content, position in matched), (joint, position in right)):
                    counts[kind, group, side] += 1
                    counts[kind, group, f"{side} hit"] += hit


def _sum_shares(counts: Counter[tuple[str, str, str]], kind: str) -> dict[str, Share]:
    def divide(group: str, side: str) -> float:
        total = counts[kind, group, side]
        return counts[kind, group, f"{side} hit"] / total if total else 0.0

    return {
        group: Share(
            divide(group, "found"),
            divide(group, "gold"),
            counts[kind, group, "found"],
            counts[kind, group, "gold"],
        )
        for group in GROUPS
    }
