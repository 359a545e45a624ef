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
from index.events.contraries import agree_words
from index.events.corrected_claims import find_corrected
from index.events.denial_rules import Correction, Reference
from index.events.denials import Denial
from index.events.particulars import list_terms
from index.events.referred_claims import RETOLD, find_accusation, find_naming, find_referred
from index.events.retelling import STEM, Claims, Pair, Retelling
from index.events.utterances import AS_REPORTED, Utterance, name_stems, share_party

_GOING_ON = 0.85  # share of a denial's confidence, for the sentence that goes on with it
_STILL_ABOUT = 0.15  # cosine of that sentence and the claim
_ABOUT = 0.5  # cosine of the denied words and a claim that they state ...
_ABOUT_SURE = 0.9  # ... and the least sum of it and half the share of the denied words that the claim holds
_ABOUT_NAMED = 0.78  # the same sum, where both hold a name, or as many words as tell a matter ...
_TELLING, _ABOUT_TELLING, _HALF = 2, 0.6, 0.45  # ... and are that much alike, and hold that share
_POINTED = 0.2  # the same cosine, where the denial points at it ("such a paper")
_ABOUT_NEAR = 0.35  # the same cosine, for a claim that stands just before
_ABOUT_OWN = 0.3  # the same, for one's own words that one did not say
_ABOUT_SOLE = 0.45  # the same, where no word is shared
_COVERED = 0.2  # least share of the denied words in a claim that is worth comparing with them
_COVERED_NEAR = 0.3  # the same, from which a claim just before may be less like them
_COMPARED = 40  # claims that a denial is compared with, at most
_PLAIN = 0.9  # confidence of a denial whose cue alone says that something was claimed
_BLOCK = 3  # sentences of one side before "gave a different account" that it may be held against
_TAKEN_BACK = 0.85  # confidence that "He did not vote" puts "We wrote that he voted" right
_COUNTERED = 0.82  # confidence that the quotation behind it is that account
_DIFFERS = re.compile(r"\b(?:different|conflicting|contradictory|disagree)", re.IGNORECASE)
_MARKS = ("“", "«", '"', "‘")
_BRIEF = 4  # words; a denial of fewer says too little to be held against claims
_INHERITED = 0.85  # of the confidence of a fuller denial
_MOST_CLAIMS = 12  # of one denial
_HAD_SAID = re.compile(r"\bhad (?:reported|claimed|alleged|written|said|told|announced)\b", re.IGNORECASE)
_UNSAID = re.compile(r"^(?:never|did|didn|have|haven)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“«\"][^”»\"]{3,60}(?:[”»\"]|$)")
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
    if denial.reference is Reference.CONTENT:
        return _find_stated(story, sentence)
    if running and _PRONOUN.match(sentence.text):
        return running
    return find_referred(story, sentence, denial.reference)


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


def _find_stated(story: Retelling, sentence: Utterance) -> Claims:
    """Find the claims whose words the denial repeats ("denied that its vessel touched the gate")."""
    terms = list_terms(sentence.about)
    weight = max(sum(story.rarity(term) for term in terms), 1e-9)
    shared = story.find_sharing(terms)
    near = {before.number for back in (1, 2, 3) if (before := story.neighbour(sentence, -back))}
    later = (story.neighbour(sentence, ahead) for ahead in (1, 2, 3))
    recalled = {after.number for after in later if after is not None and _HAD_SAID.search(after.text)}
    quoted = _QUOTED.search(sentence.about)
    wording = list_terms(quoted.group()) if quoted else frozenset()  # what is disputed may be just that
    denial = sentence.denial
    owner = name_stems(sentence.text[denial.cue.end : denial.about.start]) if denial else frozenset()
    unsaid = denial is not None and bool(_UNSAID.match(sentence.text[denial.cue.start :]))
    reported = bool(AS_REPORTED.search(sentence.text))
    found: Claims = []
    likely: Claims = []  # where no claim is plainer
    compared = 0
    for row in shared:
        covered = shared[row] / weight
        if wording and len(wording & story.sentences[row].terms) < len(wording) / 2:
            continue
        if covered < _COVERED or compared >= _COMPARED:
            break
        other = story.sentences[row]
        own = unsaid and other.claims and share_party(other, sentence) and other.article != sentence.article
        told = reported and covered > 0.99 and other.article != sentence.article
        if not (own or told or story.may_claim(other, sentence, near=row in near)) or not agree_words(
            other.core, sentence.about
        ):
            continue
        compared += 1
        likeness = story.compare_denied(sentence, other)
        if own:
            if covered > 0.99 and likeness >= _ABOUT_OWN:
                found.append((other, 1.0))
            continue
        if owner and owner & other.party and covered >= _COVERED_NEAR and likeness >= _ABOUT:
            found.append((other, 0.9))
            continue
        if told:
            found.append((other, 1.0))
            continue
        surety = likeness + (0.5 if len(terms) > 1 else 0.2) * covered
        if (likeness >= _ABOUT or covered > 0.99) and surety >= _ABOUT_SURE:
            found.append((other, min(1.0, 0.8 + 0.5 * (surety - _ABOUT_SURE))))
            continue
        named = bool(name_stems(sentence.about) & other.terms)
        telling = (
            len(terms & other.terms) >= _TELLING and min(likeness - _ABOUT_TELLING, covered - _HALF) >= 0
        )
        if not other.negates and surety >= _ABOUT_NAMED and (telling or (named and likeness >= _ABOUT)):
            likely.append((other, 0.75))
            continue
        least = _POINTED if sentence.about.startswith("such ") else _ABOUT_NEAR
        beside = row in near and likeness >= least and covered >= _COVERED_NEAR
        if beside or (row in recalled and likeness >= _ABOUT):
            found.append((other, 0.8))
    found = found or likely
    if not found and denial is not None and denial.confidence >= _PLAIN:
        return (
            find_accusation(story, sentence)
            or find_naming(story, sentence)
            or _find_nearest(story, sentence, terms)
        )
    return sorted(found, key=lambda item: -item[1])[:_MOST_CLAIMS]


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


def _find_nearest(story: Retelling, sentence: Utterance, terms: frozenset[str]) -> Claims:
    """Find the claim just before a denial that names its matter in a word or two ("any delay")."""
    others = (story.sentences[row] for row in story.find_sharing(terms))
    elsewhere = any(
        other.claims and other.denial is None and agree_words(other.core, sentence.about) for other in others
    )
    brief = len(sentence.about.split()) <= _BRIEF and not elsewhere
    for back in (1, 2):
        before = story.neighbour(sentence, -back)
        if before is None or before.denial is not None:
            break
        if not story.may_claim(before, sentence) or before.negates:
            continue
        if brief or story.compare_denied(sentence, before) >= _ABOUT_SOLE:
            return [(before, 0.7)]
    return []
