"""Spreading of a dispute to the other sentences of its story that make the same claim.

Part of `events.disputes`: what disputes a claim disputes it wherever it stands.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import permutations

from index.datatypes import DisputeKind
from index.events.contraries import agree_words
from index.events.retelling import LEAST_CONFIDENCE, Pair, Retelling
from index.events.utterances import Utterance

_SAME_CLAIM = 0.62  # cosine of two sentences that make one claim ...
_SAME_TERMS = 0.35  # ... and the share, weighted by rarity, of the terms of the shorter that both hold
_SURE = 0.65  # confidence from which a pair tells what a denial is about
_JOINED = 0.9
_REPEATED = 0.95  # of the confidence of a pair whose claim quotes another report's words
_WORDING = 5  # words of a quotation from which they are nobody else's by chance
_BESIDE = 2  # sentences between a claim and a denial that answers it on the spot
_COMPARED = 40  # sentences that a claim is compared with, at most
_MOST_CLAIMS = 12  # of one denial
_QUOTED = re.compile(r"[“«\"‘]([^”»“«\"‘]{10,400}?)[”»\"’](?!\w)")


def spread_pairs(story: Retelling, pairs: Iterable[Pair]) -> list[Pair]:
    """Return what follows from `pairs`; numbers have been held against every sentence already."""
    alike: dict[int, list[tuple[float, Utterance]]] = {}
    worded: dict[str, list[Utterance]] = {}
    spread: list[Pair] = []
    for pair in pairs:
        corrected = pair.kind is DisputeKind.CORRECTION and story.sentences[pair.denial].numbers
        if pair.kind is DisputeKind.CONTRARY or corrected:
            continue
        claim, disputing = story.sentences[pair.claim], story.sentences[pair.denial]
        if pair.claim not in alike:
            alike[pair.claim] = _find_same(story, claim)
        if claim.text not in worded:
            worded[claim.text] = _find_worded(story, claim)
        same = [
            Pair(other.number, pair.denial, pair.kind, pair.confidence * likeness**0.5)
            for likeness, other in alike[pair.claim]
            if _may_spread(story, other, disputing)
        ]
        spread += same[:_MOST_CLAIMS]
        spread += [
            Pair(other.number, pair.denial, pair.kind, _REPEATED * pair.confidence)
            for other in worded[claim.text]
            if other.article != claim.article and not story.holds_copy(other.article, disputing)
        ]
    return spread


def _find_worded(story: Retelling, claim: Utterance) -> list[Utterance]:
    """Return the sentences, its own report's too, that hold words which a claim quotes.

    Who repeats them disputes himself too: "I wrote that it “lay tied up on the far side”. It did not."
    """
    wordings = [
        wording
        for quoted in _QUOTED.findall(claim.text)
        if len((wording := _spell(quoted)).split()) >= _WORDING
    ]
    rows = story.find_sharing(claim.terms) if wordings else ()
    others = (story.sentences[row] for row in sorted(rows))
    return [
        other
        for other in others
        if other.denial is None and any(f" {wording} " in f" {other.twin} " for wording in wordings)
    ]


def _spell(text: str) -> str:
    """Return the words of a text alone, as `Utterance.twin` has them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def join_sides(story: Retelling, pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of each claim with each denial of one matter.

    Two sentences that deny one claim deny the same matter: what else the one denies, the other does too. A
    pair that is found several times is given again only where it is surer than before.
    """
    sure = [pair for pair in pairs if pair.kind is DisputeKind.DENIAL and pair.confidence >= _SURE]
    by_claim: dict[int, dict[int, float]] = defaultdict(dict)
    by_denial: dict[int, dict[int, float]] = defaultdict(dict)
    for pair in sure:
        by_claim[pair.claim][pair.denial] = max(pair.confidence, by_claim[pair.claim].get(pair.denial, 0.0))
        by_denial[pair.denial][pair.claim] = by_claim[pair.claim][pair.denial]
    joined: list[Pair] = []
    linked: dict[tuple[int, int], float] = {}  # how surely two sentences deny one claim, of those seen so far
    surest: dict[tuple[int, int], float] = {}  # of a claim and a denial; what may not spread is never surer
    for denials in by_claim.values():
        for one, two in permutations(sorted(denials), 2):
            link = min(denials[one], denials[two])
            if link <= linked.get((one, two), 0.0):
                continue  # nothing new comes of it: the work would grow with the cube of a story's denials
            linked[one, two] = link
            for claim, confidence in by_denial[one].items():
                surety = _JOINED * min(confidence, link)
                if claim in by_denial[two] or surety <= surest.get((claim, two), 0.0):
                    continue
                if (claim, two) not in surest and not _may_spread(
                    story, story.sentences[claim], story.sentences[two]
                ):
                    surest[claim, two] = math.inf
                    continue
                surest[claim, two] = surety
                joined.append(Pair(claim, two, DisputeKind.DENIAL, surety))
    return joined


def drop_denied(story: Retelling, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs without those whose claim only goes on with a denial: it is on the same side.

    What is said in the course of a denial may be disputed where it stands, by whom it is said to.
    """
    denying = {
        pair.denial
        for pair in pairs
        if pair.kind is DisputeKind.DENIAL and pair.confidence >= LEAST_CONFIDENCE
    }
    denying = {row for row in denying if story.sentences[row].denial is None}
    twins = {story.sentences[row].twin for row in denying}

    def is_denied(pair: Pair) -> bool:
        beside = 0 < pair.denial - pair.claim <= _BESIDE
        return pair.kind is DisputeKind.DENIAL and not beside and story.sentences[pair.claim].twin in twins

    return [pair for pair in pairs if not is_denied(pair)]


def _may_spread(story: Retelling, claim: Utterance, denial: Utterance) -> bool:
    """Return whether a claim is another's, in a text that does not hold the denial itself."""
    if not story.may_claim(claim, denial):
        return False
    return claim.article == denial.article or not story.holds_copy(claim.article, denial)


def _find_same(story: Retelling, claim: Utterance) -> list[tuple[float, Utterance]]:
    """Return the sentences that make the same claim, each with its likeness, the likest first."""
    shared = story.find_sharing(claim.terms)
    same: list[tuple[float, Utterance]] = []
    compared = 0
    for row in shared:
        other = story.sentences[row]
        if row == claim.number or not other.claims or other.past or other.denial is not None:
            continue
        if story.share_terms(claim, other) < _SAME_TERMS or claim.negates != other.negates:
            continue
        if not agree_words(claim.core, other.core):
            continue
        compared += 1
        if compared > _COMPARED:
            break
        likeness = story.compare(claim, other)
        if likeness >= _SAME_CLAIM:
            same.append((likeness, other))
    return sorted(same, key=lambda item: (-item[0], item[1].number))
