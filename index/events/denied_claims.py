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
from index.events.contraries import agree_words, negates
from index.events.counts import list_events, oppose_measures
from index.events.denial_rules import Correction, Reference, list_pointing
from index.events.denials import Denial
from index.events.particulars import list_terms
from index.events.retelling import STEM, Pair, Retelling
from index.events.utterances import Utterance, begins_quotation, is_attested, name_stems, share_party

Claims = list[tuple[Utterance, float]]
"""Sentences, each with the share of a denial's confidence that it takes."""

_BACK = 6  # sentences before a denial among which the claim it points at is looked for
_BESIDE = 2  # sentences before it that a denial stands beside
_BACK_TO_NAMED = 40  # the same, where it names whose claim it is
_BLOCK = 4  # claims that "the reports" can cover at most
_SHARES = (1.0, 0.92, 0.85, 0.8)  # of a denial's confidence, for the nearest claim and those before it
_GOING_ON = 0.85  # the same, for the sentence that goes on with a denial
_STILL_ABOUT = 0.15  # cosine of that sentence and the claim
_SAME_MATTER = 0.42  # cosine of two sentences of one article about one matter
_SAME_POINT = 0.55  # the same, where only one claim is pointed at
_ABOUT = 0.5  # cosine of the denied words and a claim that they state ...
_ABOUT_SURE = 0.9  # ... and the least sum of it and half the share of the denied words that the claim holds
_ABOUT_NEAR = 0.35  # the same cosine, for a claim that stands just before
_ABOUT_SOLE = 0.45  # the same, where no word is shared
_COVERED = 0.2  # least share of the denied words in a claim that is worth comparing with them
_COVERED_NEAR = 0.3  # the same, from which a claim just before may be less like them
_COMPARED = 40  # claims that a denial is compared with, at most
_SAME_COUNT = 0.3  # cosine of two sentences that count one thing
_TELLING = 10  # numbers from here on are seldom the same by chance
_PLAIN = 0.9  # confidence of a denial whose cue alone says that something was claimed
_BRIEF = 4  # words; a denial of fewer says too little to be held against claims
_INHERITED = 0.85  # of the confidence of a fuller denial
_MOST_CLAIMS = 12  # of one denial
_OWNER = re.compile(
    r"((?:[A-Z][\w’-]+ ?){1,4})['’]s? |\b(?:by|from|of) (?:the )?((?:[A-Z][\w’-]+ ?){1,4})"
)  # "Carragher's comments", "the suggestions by Civic Data"
_OWN = re.compile(
    r"^\W*(?:retract|withdr|recant|walk|took back|take back|tak)\w*(?: \w+)? (?:its|his|her|their)\b",
    re.IGNORECASE,
)
_HAD_SAID = re.compile(r"\bhad (?:reported|claimed|alleged|written|said|told|announced)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“«\"][^”»\"]{3,60}(?:[”»\"]|$)")
_PRONOUN = re.compile(r"^\W*(?:he|she|they|it)\b", re.IGNORECASE)


def pair_denials(story: Retelling) -> list[Pair]:
    """Pair each denial with its claims, and with the same claims the sentences that go on with it."""
    pairs: list[Pair] = []
    running: Claims = []  # claims that the sentence before disputes
    kind = DisputeKind.DENIAL
    for sentence in story.sentences:
        denial = sentence.denial
        if denial is None and not running:
            continue
        before = story.neighbour(sentence, -1)
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
            kind = DisputeKind.CORRECTION if denial.correction else DisputeKind.DENIAL
            running = _find_claims(story, sentence, denial, running if goes_on else [])
            pairs += [
                Pair(claim.number, sentence.number, kind, denial.confidence * share)
                for claim, share in running
            ]
    return pairs


def _find_claims(story: Retelling, sentence: Utterance, denial: Denial, running: Claims) -> Claims:
    """Find what a denial is about; `running` is what the sentence that it goes on with is about."""
    if denial.correction:
        return _find_corrected(story, sentence, denial) or running
    if denial.reference is Reference.CONTENT:
        return _find_stated(story, sentence)
    if running and _PRONOUN.match(sentence.text):
        return running
    return _find_referred(story, sentence, denial.reference)


def _find_referred(story: Retelling, sentence: Utterance, reference: Reference) -> Claims:
    """Find what "the reports", "it" or "the figure" point back at: the nearest claims on one matter."""
    named = _find_named(story, sentence)
    if named:
        return list(zip(named, _SHARES, strict=False))
    found: list[Utterance] = []
    misses = 0
    about = story.find_sharing(list_terms(sentence.about) - list_pointing())
    window = range(sentence.number - _BACK, sentence.number)
    about_here = {row for row in about if row in window and story.sentences[row].article == sentence.article}
    about_here = {row for row in about_here if story.may_claim(story.sentences[row], sentence, near=True)}
    is_bare = not sentence.about  # "says otherwise", "It did not."
    least = _SAME_MATTER if reference is Reference.CLAIMS else _SAME_POINT
    for back in range(1, _BACK + 1):
        before = story.neighbour(sentence, -back)
        if before is None or misses >= 2 or len(found) >= _BLOCK or (is_bare and found):
            break
        fits = story.may_claim(before, sentence, near=back <= _BESIDE) and is_attested(before)
        if is_bare:
            fits = fits and bool(before.party) and not (negates(sentence.text) and negates(before.core))
        if about_here and not found and before.number not in about_here:
            continue  # "called the group's samples “worthless”": what stands nearer is about something else
        if reference is Reference.AMOUNT:
            fits = fits and bool(before.measures or before.numbers)
        if fits and found:
            fits = max(story.compare(before, other) for other in found) >= least
        beside = bool(found) and before.number == found[-1].number - 1 and before.claims
        if beside and reference is not Reference.AMOUNT:
            several = reference is Reference.CLAIMS
            same = not found[-1].party or (several and share_party(before, found[-1]))
            fits = fits or begins_quotation(before, found[-1]) or (same and story.goes_on(before, found[-1]))
        if fits:
            found.append(before)
        elif before.denial is None or found:
            misses += 1
    return list(zip(found, _SHARES, strict=False))


def _find_named(story: Retelling, sentence: Utterance) -> list[Utterance]:
    """Find the claim of whom the denial names ("the suggestions outlined by Civic Data"): the nearest."""
    match = _OWNER.search(sentence.about)
    names = name_stems(match.group(1) or match.group(2)) - sentence.party if match else frozenset()
    for back in range(1, _BACK_TO_NAMED + 1):
        before = story.neighbour(sentence, -back)
        if before is None or not names:
            break
        is_his = names <= (before.party | before.terms) and (back <= _BESIDE or bool(before.party))
        if is_his and story.may_claim(before, sentence):
            return [before]
    return []


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
    found: Claims = []
    compared = 0
    for row in sorted(shared, key=lambda row: (-shared[row], row)):
        covered = shared[row] / weight
        if wording and len(wording & story.sentences[row].terms) < len(wording) / 2:
            continue
        if covered < _COVERED or compared >= _COMPARED:
            break
        other = story.sentences[row]
        if not story.may_claim(other, sentence) or not agree_words(other.core, sentence.about):
            continue
        compared += 1
        likeness = story.compare_denied(sentence, other)
        surety = likeness + (0.5 if len(terms) > 1 else 0.2) * covered
        if (likeness >= _ABOUT or covered > 0.99) and surety >= _ABOUT_SURE:
            found.append((other, min(1.0, 0.8 + 0.5 * (surety - _ABOUT_SURE))))
            continue
        beside = row in near and likeness >= _ABOUT_NEAR and covered >= _COVERED_NEAR
        if beside or (row in recalled and likeness >= _ABOUT):
            found.append((other, 0.8))
    if not found and sentence.denial is not None and sentence.denial.confidence >= _PLAIN:
        return _find_nearest(story, sentence, terms)
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
    elsewhere = any(
        story.sentences[row].claims and story.sentences[row].denial is None
        for row in story.find_sharing(terms)
    )
    brief = len(sentence.about.split()) <= _BRIEF and not elsewhere
    for back in (1, 2):
        before = story.neighbour(sentence, -back)
        if before is None or before.denial is not None:
            break
        if not story.may_claim(before, sentence) or negates(before.core):
            continue
        if brief or story.compare_denied(sentence, before) >= _ABOUT_SOLE:
            return [(before, 0.7)]
    return []


def _find_corrected(story: Retelling, sentence: Utterance, denial: Denial) -> Claims:
    """Find what a correction puts right: earlier reports of the number that it names or replaces."""
    if not sentence.numbers:
        if denial.reference is Reference.CONTENT:
            return []
        if _OWN.search(sentence.text[denial.cue.start :]):
            return _find_own(story, sentence, sentence.text[: denial.cue.start])
        return _find_referred(story, sentence, denial.reference)
    telling = frozenset(value for value in sentence.numbers if value >= _TELLING)
    found: Claims = []
    for other in story.sentences[: sentence.number]:
        if not other.claims or other.past or other.denial is not None:
            continue
        old = not telling.isdisjoint(other.numbers)
        opposed = bool(other.measures) and oppose_measures(other.measures, sentence.measures)
        if not old and not opposed:
            continue
        likeness = story.compare(other, sentence)
        least = _SAME_COUNT / 2 if old or _count_one_event(other, sentence) else _SAME_COUNT
        if likeness >= least:
            found.append((other, 1.0 if old else 0.85))
    before = story.neighbour(sentence, -1)
    if not found and denial.reference is Reference.AMOUNT and before is not None and before.numbers:
        return [(before, 0.9)]  # "It gave the number as 400. The correct figure is 140."
    return found[-_MOST_CLAIMS:]


def _count_one_event(one: Utterance, two: Utterance) -> bool:
    kinds = {measure.kind for measure in one.measures} & {measure.kind for measure in two.measures}
    return not kinds.isdisjoint(list_events())


def _find_own(story: Retelling, sentence: Utterance, subject: str) -> Claims:
    """Find what somebody takes back of his own ("walked back his statement"): his nearest words before."""
    names = name_stems(subject) | sentence.party
    for back in range(1, _BACK + 1):
        before = story.neighbour(sentence, -back)
        if before is not None and before.claims and names & before.party:
            return [(before, 1.0)]
    return []
