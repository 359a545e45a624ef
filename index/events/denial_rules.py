"""The table of denials.toml as rules: which words dispute, what they point at, what puts a report right.

Read by `events.denials`, which matches a sentence against them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from index.speech.cues import inflect_verb
from index.texts.stems import stem_word

_TABLE = Path(__file__).with_name("denials.toml")
_IRREGULAR = {
    "discount": "discounted",  # the other forms are mostly of prices
    "doubt": "doubts doubting",  # the bare form is mostly the noun, and what was doubted is mostly past
    "dub": "dub dubs dubbed dubbing",
    "label": "label labels labeled labelled labelling",
    "rebut": "rebut rebuts rebutted rebutting",
    "slam": "slam slams slammed slamming",
}


class Reference(StrEnum):
    """What the disputing words are about: one claim or several, an amount, an accusation, or their own."""

    CLAIM = "claim"
    CLAIMS = "claims"
    AMOUNT = "amount"
    ACCUSATION = "accusation"
    CONTENT = "content"


class Correction(StrEnum):
    """Where the mistake stands that a sentence puts right."""

    ITSELF = "self"
    EARLIER = "other"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that says that something is not so, or puts a report right.

    Attributes:
        place: where its matter stands: "claim", "after", "such", "context" or "accusation" of a saying; of
            a correction, see `Correction`.
        pattern: the phrase itself.
        of_claims: whether what stands before it must be something said or counted.
        holds: words of which every match holds one; a sentence without them need not be searched.
        confidence: probability in [0, 1] that a sentence with it disputes something that was said.
    """

    place: str
    pattern: re.Pattern[str]
    of_claims: bool
    holds: frozenset[str]
    confidence: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The words and phrases of the table.

    Attributes:
        strong: verbs that deny whatever follows; `weak` ones only a claim, `scornful` ones only one that is
            named; `naming` ones give it a name.
        naming_as: forms of the naming verbs that do so with "as".
        refusals: objects of "deny" that make it a refusal.
        reports, amounts, pronouns: words that point at something said or counted.
        remarks: words for what somebody said of something.
        following: words behind "that" by which it points and is no "that offer".
        things: words for what is said or shown as a whole, which can be false.
        false, true: words of a name that calls a claim wrong, or right.
        verbs, names: words of which every match of a verb, or of a naming verb, holds one.
        watched: words of which every match of any rule holds one.
    """

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    scornful: re.Pattern[str]
    naming: re.Pattern[str]
    naming_as: frozenset[str]
    refusals: frozenset[str]
    reports: frozenset[str]
    amounts: frozenset[str]
    pronouns: frozenset[str]
    remarks: frozenset[str]
    following: frozenset[str]
    things: frozenset[str]
    false: frozenset[str]
    true: frozenset[str]
    sayings: tuple[Phrase, ...]
    corrections: tuple[Phrase, ...]
    verbs: frozenset[str]
    names: frozenset[str]
    watched: frozenset[str]


@cache
def list_pointing() -> frozenset[str]:
    """Return the stems of the words that point at something said or counted and do not say which."""
    rules = load_rules()
    return frozenset(map(stem_word, rules.reports | rules.amounts | rules.pronouns))


@cache
def load_table() -> dict[str, Any]:
    """Return the table of denials.toml; `events.contraries` and `events.utterances` read words in it."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def load_rules() -> Rules:
    """Return the rules of the table, compiled once."""
    table = load_table()
    verbs, claims, names = table["verbs"], table["claims"], table["names"]
    endings = "(?:e|s|es|ed|ing)?"
    phrases = [re.escape(phrase).replace(r"\{\}", endings) for phrase in verbs["phrases"]]
    openings = [phrase.split()[0].removesuffix("{}") for phrase in verbs["phrases"]]
    strong, weak, scornful = (_list_forms(verbs[kind].split()) for kind in ("strong", "weak", "scornful"))
    naming, naming_as = (_list_forms(verbs[kind].split()) for kind in ("naming", "naming_as"))
    sayings, corrections = _read_phrases(table["sayings"]), _read_phrases(table["corrections"])
    all_verbs = frozenset(
        [
            *strong,
            *weak,
            *scornful,
            *(word + end for word in openings for end in ("", "e", "s", "es", "ed", "ing")),
        ]
    )
    all_names = frozenset([*naming, *naming_as])
    return Rules(
        strong=_compile(strong),
        weak=_compile([*weak, *phrases]),
        scornful=_compile(scornful),
        naming=_compile(all_names),
        naming_as=frozenset(naming_as),
        refusals=frozenset(table["refusals"]["words"].split()),
        reports=frozenset(claims["reports"].split()),
        amounts=frozenset(claims["amounts"].split()),
        pronouns=frozenset(claims["pronouns"].split()),
        remarks=frozenset(claims["remarks"].split()),
        following=frozenset(claims["following"].split()),
        things=frozenset(claims["things"].split()),
        false=frozenset(names["false"].split()),
        true=frozenset(names["true"].split()),
        sayings=sayings,
        corrections=corrections,
        verbs=all_verbs,
        names=all_names,
        watched=all_verbs.union(all_names, *(phrase.holds for phrase in (*sayings, *corrections))),
    )


def _read_phrases(groups: Iterable[dict[str, Any]]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(
            group["place"],
            re.compile(pattern, re.IGNORECASE),
            group.get("of_claims", False),
            frozenset(group["holds"].split()),
            group.get("confidence", 0.8),
        )
        for group in groups
        for pattern in group["patterns"]
    )


def _list_forms(verbs: Iterable[str]) -> list[str]:
    return [form for verb in verbs for form in (_IRREGULAR.get(verb, "").split() or inflect_verb(verb))]


def _compile(choices: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(choices, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
