"""Earlier reports that a correction puts right: by the number that it replaces, or by whose words they are.

Part of `events.denied_claims`.
"""

from __future__ import annotations

import re

from index.events.counts import find_replaced, list_events, oppose_measures
from index.events.denial_rules import Reference
from index.events.denials import Denial
from index.events.particulars import list_terms
from index.events.referred_claims import find_referred
from index.events.retelling import Claims, Retelling
from index.events.utterances import Utterance, name_stems, share_party

_BACK = 6  # sentences before a correction among which what it takes back is looked for
_SAME_COUNT = 0.3  # cosine of two sentences that count one thing
_TELLING = 10  # numbers from here on are seldom the same by chance
_MOST_CLAIMS = 12  # of one correction
_OWN = re.compile(
    r"^\W*(?:retract|withdr|recant|walk|took back|take back|tak)\w*(?: \w+)? "
    r"(?:its|his|her|their|an? (?:earlier|previous|first|initial))\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"\W*that (?P<what>[^,;.]+)")
_OWN_MISTAKE = re.compile(
    r"\b(?:sa(?:id|ys)|admit(?:s|ted)|acknowledge[sd]|conced(?:es|ed))\b[^.;,]{0,20}? (?:it|he|she|they)\W*$|"
    r"\b(?:our|my|its|his|her|their) \w+ \w+\W*$",
    re.IGNORECASE,
)  # "the ministry said it had been mistaken", unlike "writes that this was an error"
_ITS_OWN = re.compile(
    r"\b(?:that|this|it|(?:our|my|its|his|her|their|the) (?:first|earlier|initial|previous) \w+)\W*$",
    re.IGNORECASE,
)  # "writes that this was an error", "our first statement was mistaken"
_BESIDE = 2  # sentences before "this was an error" among which the mistake stands
_NOW = re.compile(r"^\W*now\b", re.IGNORECASE)


def find_corrected(story: Retelling, sentence: Utterance, denial: Denial) -> Claims:
    """Find what a correction puts right: earlier reports of the number that it names or replaces."""
    cue = sentence.text[denial.cue.start :]
    if _NOW.match(cue):
        return _find_restated(story, sentence, name_stems(sentence.text[: denial.cue.start]))
    if denial.reference is Reference.CLAIM and _ITS_OWN.search(sentence.text[: denial.cue.start]):
        return _find_mistaken(story, sentence, sentence.text[: denial.cue.start])
    if not sentence.numbers:
        if denial.reference is Reference.CONTENT:
            return []
        if _OWN.search(cue):
            return _find_own(story, sentence, denial)
        return find_referred(story, sentence, denial.reference)
    replaced = find_replaced(sentence.text)
    telling = replaced or frozenset(value for value in sentence.numbers if value >= _TELLING)
    current = [measure for measure in sentence.measures if measure.value not in replaced]
    found: Claims = []
    for other in story.sentences[: sentence.number]:
        if not other.claims or other.past or other.denial is not None:
            continue
        old = not telling.isdisjoint(other.numbers)
        opposed = bool(other.measures) and oppose_measures(other.measures, current)
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


def _find_own(story: Retelling, sentence: Utterance, denial: Denial) -> Claims:
    """Find what somebody takes back of his own ("walked back his statement"): his nearest words before.

    Where it is told ("its statement that help had been refused"), those of his words that hold most of it.
    """
    names = name_stems(sentence.text[: denial.cue.start]) | sentence.party
    told = _THAT.match(sentence.text, denial.cue.end)
    if told is not None:
        terms = list_terms(told["what"])
        said = (each for each in story.sentences[: sentence.number] if each.claims and names & each.party)
        best = max(said, key=lambda each: (len(terms & each.terms), each.number), default=None)
        return [(best, 1.0)] if best is not None and terms & best.terms else []
    for back in range(1, _BACK + 1):
        before = story.neighbour(sentence, -back)
        if before is not None and before.claims and names & before.party:
            return [(before, 1.0)]
    return []


def _find_mistaken(story: Retelling, sentence: Utterance, lead: str) -> Claims:
    """Find what was a mistake: the claim just before; an own mistake is in no one else's words."""
    own = bool(_OWN_MISTAKE.search(lead)) and bool(sentence.party)
    for back in range(1, _BESIDE + 1):
        before = story.neighbour(sentence, -back)
        if before is None or not before.claims or before.denial is not None:
            continue
        if not (own and before.party) or share_party(before, sentence):
            return [(before, 1.0)]
    return []


def _find_restated(story: Retelling, sentence: Utterance, names: frozenset[str]) -> Claims:
    """Find the number that those of `names` gave before, which the sentence before the new one repeats."""
    before = story.neighbour(sentence, -1)
    repeated = frozenset(value for value in before.numbers if value >= _TELLING) if before else frozenset()
    found: Claims = []
    for other in story.sentences[: sentence.number]:
        if not other.claims or other.past or not names & other.party:
            continue
        if before is not None and not repeated.isdisjoint(other.numbers) and before.terms & other.terms:
            found.append((other, 1.0))
    return found[-_MOST_CLAIMS:]
