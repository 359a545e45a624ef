"""Pairing of each denial with the claims that it is about, and of the words that go on with it.

Part of `events.disputes`. What a denial disputes is found by what its words point back at ("the reports"),
by the words of the claim that it repeats ("denied that its vessel touched the gate"), or by the number
that it puts right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from index.datatypes import DisputeKind
from index.events.corrected_claims import find_corrected
from index.events.denial_rules import Correction, Reference
from index.events.denials import Denial
from index.events.particulars import list_terms
from index.events.referred_claims import CHARGES, RETOLD, find_accusation, find_charge, find_referred
from index.events.retelling import STEM, Claims, Pair, Retelling
from index.events.stated_claims import find_stated
from index.events.utterances import Utterance, share_party

_GOING_ON = 0.85  # share of a denial's confidence, for the sentence that goes on with it
_STILL_ABOUT = 0.15  # cosine of that sentence and the claim
_BLOCK = 3  # sentences of one side before "gave a different account" that it may be held against
_TAKEN_BACK = 0.85  # confidence that "He did not vote" puts "We wrote that he voted" right
_COUNTERED = 0.82  # confidence that the quotation behind it is that account
_DIFFERS = re.compile(r"\b(?:different|conflicting|contradictory|disagree)", re.IGNORECASE)
_MARKS = ("“", "«", '"', "‘")
_INHERITED = 0.85  # of the confidence of a fuller denial
_PRONOUN = re.compile(r"^\W*(?:he|she|they|it)\b", re.IGNORECASE)


def pair_denials(story: Retelling) -> list[Pair]:
    """Pair each denial with its claims, and with the same claims the sentences that go on with it."""
    pairs: list[Pair] = []
    running: Claims = []  # claims that the sentence before disputes
    kind = DisputeKind.DENIAL
    for sentence in story.sentences:
        denial = sentence.denial
        before = story.neighbour(sentence, -1)
        if denial is None and before is not None and _takes_back(before, sentence):
            pairs.append(Pair(before.number, sentence.number, DisputeKind.CORRECTION, _TAKEN_BACK))
        if denial is None and not running:
            continue
        goes_on = bool(running) and before is not None and story.goes_on(before, sentence)
        if denial is None:
            running = [
                (claim, share * _GOING_ON)
                for claim, share in running
                if goes_on and story.compare(claim, sentence) >= _STILL_ABOUT
            ]
            pairs += [Pair(claim.number, sentence.number, kind, 0.9 * share) for claim, share in running]
        elif denial.correction is Correction.ITSELF:
            after, running = story.neighbour(sentence, 1), []
            if after is not None:
                right = Pair(sentence.number, after.number, DisputeKind.CORRECTION, denial.confidence)
                pairs.append(right)
        else:
            running = _find_claims(story, sentence, denial, running if goes_on else [])
            if running and _DIFFERS.search(sentence.text[slice(*denial.cue)]):
                running, told = _find_countered(story, sentence, running)
                pairs += told
            retold = not sentence.party and any(RETOLD.search(claim.text) for claim, _ in running)
            corrects = bool(denial.correction) or retold
            kind = DisputeKind.CORRECTION if corrects else DisputeKind.DENIAL
            pairs += [
                Pair(claim.number, sentence.number, kind, denial.confidence * share)
                for claim, share in running
            ]
    return pairs


def _takes_back(before: Utterance, sentence: Utterance) -> bool:
    """Whether a report puts right what the same hand reported: "We wrote that he voted. He did not vote"."""
    return bool(RETOLD.search(before.text) and _PRONOUN.match(sentence.text)) and sentence.negates


def _find_claims(story: Retelling, sentence: Utterance, denial: Denial, running: Claims) -> Claims:
    """Find what a denial is about; `running` is what the sentence that it goes on with is about."""
    if denial.correction:
        return find_corrected(story, sentence, denial) or running
    if denial.reference is Reference.ACCUSATION:
        return find_accusation(story, sentence)
    if denial.reference is Reference.CONTENT:
        return find_stated(story, sentence)
    if running and _PRONOUN.match(sentence.text):
        return running
    found = find_referred(story, sentence, denial.reference)
    return found or (find_charge(story, sentence) if CHARGES.match(sentence.about) else [])


def _find_countered(story: Retelling, sentence: Utterance, found: Claims) -> tuple[Claims, list[Pair]]:
    """Find what "gave a different account" counters: of one side's words just before, those most like it.

    The other account is the quotation behind that sentence; it is paired with them as well.
    """
    account = story.neighbour(sentence, 1)
    if account is None or not account.text.startswith(_MARKS):
        return found, []
    claims = [found[0][0]]
    while (before := story.neighbour(claims[-1], -1)) is not None and len(claims) < _BLOCK:
        if not before.claims or not share_party(before, claims[-1]):
            break
        claims.append(before)
    best = max(claims, key=lambda claim: (story.compare(claim, account), claim.number))
    surety = min(_COUNTERED, found[0][1])
    return [(best, found[0][1])], [Pair(best.number, account.number, DisputeKind.DENIAL, surety)]


def find_inherited(story: Retelling, pairs: Sequence[Pair]) -> list[Pair]:
    """Pair a denial that names its matter in a word ("the withdrawal") as the story's fuller denials are.

    A fuller denial says the same words and more, and what it denies has been found.
    """
    claims: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.kind is DisputeKind.DENIAL and story.sentences[pair.denial].about:
            claims[pair.denial].append(pair)
    inherited: list[Pair] = []
    for sentence in story.sentences:
        denial = sentence.denial
        if denial is None or denial.reference is not Reference.CONTENT or sentence.number in claims:
            continue
        stems = {term[:STEM] for term in list_terms(sentence.about)}
        for row, found in claims.items():
            fuller = story.sentences[row]
            if stems and stems <= {term[:STEM] for term in list_terms(fuller.about)}:
                inherited += [
                    Pair(pair.claim, sentence.number, pair.kind, _INHERITED * pair.confidence)
                    for pair in found
                    if story.may_claim(story.sentences[pair.claim], sentence)
                ]
    return inherited
