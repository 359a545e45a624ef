"""The table of cues, read from cues.toml: which words report speech, what they take, and how they label it.

`speech.reports` looks up each word of a parsed paragraph here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.datatypes import Label

_FILE = Path(__file__).with_name("cues.toml")
_VOWELS = "aeiou"
_NEED_QUOTATION = frozenset({"quote", "act", "clause"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that reports, a verb or a noun.

    Attributes:
        verb: its base form.
        frames: what it takes: "say", "tell", "ask", "urge", "call", "matter", "object", "act", "quote",
            "clause"; of a noun "that", "to", "for".
        label: how it reports.
    """

    verb: str
    frames: frozenset[str]
    label: Label


@dataclass(frozen=True, slots=True)
class CueTable:
    """The words that report speech, by their lower-case form.

    Attributes:
        verbs: English verbs in all their forms.
        adverbs: those that set the label of any verb.
        foreign: forms of "say" in other languages.
        telling: English forms that report without a quotation beside them, "according" too.
        ambiguous: those that may do so, and may be nouns: "report", "claims".
        noun_leads: words behind which they are nouns.
        nouns: nouns that report what their possessor said, in the singular and the plural.
        pairs: pairs of words that may report together: "puts it", "holds that".
        views: nouns for what somebody thinks: "in her view".
        figures: nouns for what can be put at a figure: "put the crowd at 2,000".
        perceived: verbs that report a clause with a finite verb only: not "found them dead".
        inquirers: nouns for whoever reports whatever they find: "the court found him liable".
    """

    verbs: dict[str, Cue]
    adverbs: dict[str, Label] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    noun_leads: frozenset[str] = frozenset()
    nouns: dict[str, Cue] = field(default_factory=dict)
    pairs: frozenset[tuple[str, ...]] = frozenset()
    views: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    perceived: frozenset[str] = frozenset()
    inquirers: frozenset[str] = frozenset()

    def find_verb(self, word: str) -> Cue | None:
        """Return the cue of a word in any of its forms, or None."""
        return self.verbs.get(word.lower())


def inflect_verb(verb: str) -> tuple[str, ...]:
    """Return the forms of a regular English verb: base, -s, -ed, -ing."""
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb, verb + "es", verb + "ed", verb + "ing"
    return verb, verb + "s", verb + "ed", verb + "ing"


@cache
def load_cues(path: Path = _FILE) -> CueTable:
    """Return the table of cues; each listing of a verb adds a frame, the first but "stated" the label."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    frames: dict[str, set[str]] = {}
    labels: dict[str, Label] = {}
    for group in table["verbs"]:
        for verb in group["words"].split():
            frames.setdefault(verb, set()).add(group["frame"])
            if labels.get(verb, Label.STATED) is Label.STATED:
                labels[verb] = Label(group["label"])
    irregular: dict[str, str] = table["irregular"]
    verbs: dict[str, Cue] = {}
    for verb, kinds in frames.items():
        cue = Cue(verb, frozenset(kinds), labels[verb])
        forms = (verb, *irregular[verb].split()) if verb in irregular else inflect_verb(verb)
        for form in forms:
            verbs.setdefault(form, cue)
    adverbs = {word: Label(label) for word, label in table["adverbs"].items()}
    foreign = frozenset(word for words in table["foreign"].values() for word in words.split())
    telling = {form for form, cue in verbs.items() if cue.frames - _NEED_QUOTATION}
    ambiguous = {form for form in telling if form in inflect_verb(verbs[form].verb)[:2]}
    return CueTable(
        verbs,
        adverbs,
        foreign,
        telling=frozenset(telling - ambiguous | {"according"}),
        ambiguous=frozenset(ambiguous),
        noun_leads=frozenset(table["nouns"]["leads"].split()),
        nouns=_read_nouns(table["saying"]),
        pairs=frozenset(tuple(pair.split()) for pair in table["phrases"]["pairs"]),
        views=frozenset(table["phrases"]["views"].split()),
        figures=frozenset(table["phrases"]["figures"].split()),
        perceived=frozenset(table["phrases"]["perceived"].split()),
        inquirers=frozenset(table["phrases"]["inquirers"].split()),
    )


def _read_nouns(groups: Iterable[Mapping[str, str]]) -> dict[str, Cue]:
    frames: dict[str, set[str]] = {}
    labels: dict[str, Label] = {}
    for group in groups:
        for noun in group["words"].split():
            frames.setdefault(noun, set()).add(group["takes"])
            labels.setdefault(noun, Label(group["label"]))
    cues = {noun: Cue(noun, frozenset(kinds), labels[noun]) for noun, kinds in frames.items()}
    return {form: cue for noun, cue in cues.items() for form in inflect_verb(noun)[:2]}
