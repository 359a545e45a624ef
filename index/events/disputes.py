"""Pairing of claims with the sentences that dispute them, within an article and across those of one story.

Runs when an index is built, over each story; answers show both sides of what it finds.

A sentence disputes by its cue ("denied", "called the reports “…”", "an earlier version said"), and what it
disputes is found by what the cue refers to, by likeness (embedding and shared words), and by opposed
content. Other sentences of the story that make the same claim are disputed with it. What is not found by
one of these is not disputed: nothing here judges who is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np

from index.datatypes import Article, Dispute, DisputeKind, Statement
from index.embedding import Vectors
from index.events.contraries import list_events, may_oppose, negates, oppose_measures, oppose_words
from index.events.denials import Correction, Reference
from index.events.particulars import extract_particulars
from index.events.utterances import (
    Utterance,
    begins_quotation,
    continues_speech,
    read_utterances,
    share_party,
)

Embed = Callable[[Sequence[str]], Vectors]
Claims = list[tuple[int, float]]  # rows of sentences, each with its share of the denial's confidence
Pair = tuple[int, int, DisputeKind, float]  # rows of claim and denial

LEAST_CONFIDENCE = 0.5
"""Disputes below this probability are not returned."""

_BACK = 6  # sentences before a denial among which the claim it points at is looked for
_BLOCK = 4  # claims that "the reports" can cover at most
_SHARES = (1.0, 0.92, 0.85, 0.8)  # of a denial's confidence, for the nearest claim and those before it
_GOING_ON = 0.85  # the same, for the sentence that goes on with a denial
_STILL_ABOUT = 0.15  # cosine of that sentence and the claim
_SAME_MATTER = 0.42  # cosine of two sentences of one article about one matter
_SAME_POINT = 0.55  # the same, where only one claim is pointed at
_SAME_CLAIM = 0.58  # cosine of two sentences that make one claim ...
_SAME_TERMS = 0.3  # ... and the share, weighted by rarity, of the terms of the shorter that both hold
_ABOUT = 0.5  # cosine of the denied words and a claim that they state ...
_ABOUT_SURE = 0.8  # ... and the least sum of it and half the share of the denied words that the claim holds
_ABOUT_NEAR = 0.35  # the same cosine, for a claim that stands just before
_ABOUT_SOLE = 0.45  # the same, where no word is shared
_SAME_COUNT = 0.3  # cosine of two sentences that count one thing
_SAME_EVENT = 0.15  # the same, where what is counted is a kind of event: the injured, the dead
_OPPOSED = 0.55  # cosine of two sentences, one of which negates the other
_TELLING = 10  # numbers from here on are seldom the same by chance
_STEM = 6  # letters by which "withdrawal" and "withdrawn" are one word
_BRIEF = 4  # words; a denial of fewer says too little to be held against claims
_MOST_COUNTS = 200  # sentences that count one thing, held against each other
_MOST_CLAIMS = 12  # of one denial
_PRONOUN = re.compile(r"^\W*(?:he|she|they|it)\b", re.IGNORECASE)


def find_disputes(
    articles: Sequence[Article], statements: Sequence[Statement], embed: Embed
) -> tuple[Dispute, ...]:
    """Return the disputes among the articles of one story, in the order of the denials.

    `statements` are those of the articles, in any order, and may be empty; they tell whose words a
    sentence holds, so that nobody is paired with himself. `embed` gives (n, d) float32 unit rows.
    Both sides of a dispute are whole sentences, as half-open offsets into their articles' texts.
    """
    ordered = sorted(articles, key=lambda article: (article.published is None, str(article.published or "")))
    sentences = read_utterances(ordered, statements)
    if not any(sentence.denial or (len(ordered) > 1 and sentence.claims) for sentence in sentences):
        return ()  # one report without a word of denial: not worth embedding
    found: dict[tuple[int, int], tuple[DisputeKind, float]] = {}
    for claim, denial, kind, confidence in _Story(ordered, sentences, embed).pair():
        key = (claim, denial)
        if claim != denial and confidence >= LEAST_CONFIDENCE and confidence > found.get(key, (kind, 0.0))[1]:
            found[key] = (kind, confidence)
    return tuple(
        Dispute(
            claim_article=ordered[sentences[claim].article].id,
            claim=sentences[claim].span,
            denial_article=ordered[sentences[denial].article].id,
            denial=sentences[denial].span,
            kind=kind,
            confidence=round(confidence, 3),
        )
        for (claim, denial), (kind, confidence) in sorted(found.items(), key=lambda item: item[0][::-1])
    )


def find_opposing(
    disputes: Iterable[Dispute], article: str, start: int, end: int
) -> tuple[tuple[Dispute, bool], ...]:
    """Return the disputes that touch `[start, end)` of an article, the surest first.

    Each comes with whether the span is on the claim's side: then the other side is `Dispute.denial`,
    else it is `Dispute.claim`.
    """
    touching = []
    for dispute in disputes:
        if dispute.claim_article == article and dispute.claim.start < end and start < dispute.claim.end:
            touching.append((dispute, True))
        elif dispute.denial_article == article and dispute.denial.start < end and start < dispute.denial.end:
            touching.append((dispute, False))
    return tuple(sorted(touching, key=lambda item: -item[0].confidence))


class _Story:
    """The sentences of a story, how alike they are, and the rules that pair them."""

    def __init__(self, articles: Sequence[Article], sentences: Sequence[Utterance], embed: Embed) -> None:
        self._articles = articles
        self._sentences = sentences
        denials = [sentence for sentence in sentences if sentence.denial is not None]
        spoken = [each for each in sentences if each.claims or each.denial is not None]
        rows = np.asarray(embed([*(each.core for each in spoken), *(each.about for each in denials)]))
        self._said = np.zeros(
            (len(sentences), rows.shape[1]), dtype=np.float32
        )  # (n, d); narration has no row
        self._said[[each.number for each in spoken]] = rows[: len(spoken)]
        matter = rows[len(spoken) :] @ self._said.T  # (m, n) cosines of the denied words and each sentence
        self._matter = dict(zip((each.number for each in denials), matter, strict=True))
        self._spreads = Counter(term for sentence in sentences for term in sentence.terms)
        self._twins: dict[int, set[str]] = {}  # by article; a copy holds the same dispute itself
        for sentence in sentences:
            self._twins.setdefault(sentence.article, set()).add(sentence.twin)

    def pair(self) -> list[Pair]:
        """Return pairs of claim and denial, with repetitions."""
        direct = [*self._pair_denials(), *self._pair_contraries()]
        return [*direct, *(pair for each in direct for pair in self._spread(each))]

    def _pair_denials(self) -> list[Pair]:
        """Pair each denial with its claims, and with the same claims the sentences that go on with it."""
        pairs: list[Pair] = []
        running: Claims = []  # claims that the sentence before disputes
        kind = DisputeKind.DENIAL
        for sentence in self._sentences:
            before, denial = self._neighbour(sentence, -1), sentence.denial
            goes_on = bool(running) and before is not None and self._goes_on(before, sentence)
            if denial is None:
                running = [
                    (claim, share * _GOING_ON)
                    for claim, share in running
                    if goes_on and self._compare(claim, sentence.number) >= _STILL_ABOUT
                ]
                pairs += [(claim, sentence.number, kind, 0.9 * share) for claim, share in running]
                continue
            if denial.correction is Correction.ITSELF:
                after, running = self._neighbour(sentence, 1), []
                if after is not None:
                    pairs.append((sentence.number, after.number, DisputeKind.CORRECTION, denial.confidence))
                continue
            if denial.correction is Correction.EARLIER:
                running = self._find_corrected(sentence) or (running if goes_on else [])
                kind = DisputeKind.CORRECTION
                pairs += [
                    (claim, sentence.number, kind, denial.confidence * share) for claim, share in running
                ]
                continue
            points_back = denial.reference is not Reference.CONTENT and _PRONOUN.match(sentence.text)
            if not (goes_on and points_back):
                running = self._find_claims(sentence, denial.reference)
            kind = DisputeKind.DENIAL
            pairs += [(claim, sentence.number, kind, denial.confidence * share) for claim, share in running]
        return pairs

    def _find_claims(self, sentence: Utterance, reference: Reference) -> Claims:
        if reference is Reference.CONTENT:
            return self._find_stated(sentence)
        return self._find_referred(sentence, reference)

    def _find_referred(self, sentence: Utterance, reference: Reference) -> Claims:
        """Find what "the reports", "it" or "the figure" point back at: the nearest claims on one matter."""
        found: list[int] = []
        misses = 0
        same = _SAME_MATTER if reference is Reference.CLAIMS else _SAME_POINT
        for back in range(1, _BACK + 1):
            before = self._neighbour(sentence, -back)
            if before is None or misses >= 2 or len(found) >= _BLOCK:
                break
            fits = self._may_claim(before, sentence, near=back <= 2)
            if reference is Reference.AMOUNT:
                fits = fits and bool(before.measures)
            if fits and found:
                fits = max(self._compare(before.number, other) for other in found) >= same
            fits = fits or (bool(found) and begins_quotation(before, self._sentences[found[-1]]))
            if fits:
                found.append(before.number)
            elif before.denial is None or found:
                misses += 1
        return list(zip(found, _SHARES, strict=False))

    def _find_stated(self, sentence: Utterance) -> Claims:
        """Find the claims whose words the denial repeats ("denied that its vessel touched the gate")."""
        terms = frozenset(extract_particulars(sentence.about).words)
        weight = sum(self._rarity(term) for term in terms)
        cosines = self._matter[sentence.number]
        found: Claims = []
        for other in self._sentences:
            if not self._may_claim(other, sentence) or negates(other.core) != negates(sentence.about):
                continue
            before = sentence.number - other.number if other.article == sentence.article else 0
            stems = {term[:_STEM] for term in other.terms}
            covered = sum(self._rarity(term) for term in terms if term[:_STEM] in stems) / max(weight, 1e-9)
            likeness = float(cosines[other.number])
            surety = likeness + (0.5 if len(terms) > 1 else 0.2) * covered
            if (likeness >= _ABOUT or covered > 0.99) and surety >= _ABOUT_SURE:
                found.append((other.number, min(1.0, 0.8 + 0.5 * (surety - _ABOUT_SURE))))
            elif 0 < before <= 3 and likeness >= _ABOUT_NEAR and covered >= 0.3:
                found.append((other.number, 0.8))
        if not found:
            return self._find_nearest(sentence)
        return sorted(found, key=lambda item: -item[1])[:_MOST_CLAIMS]

    def _find_corrected(self, sentence: Utterance) -> Claims:
        """Find what a correction puts right: earlier reports of the number that it names or replaces."""
        if not sentence.numbers:
            reference = sentence.denial.reference if sentence.denial else Reference.CLAIM
            return [] if reference is Reference.CONTENT else self._find_referred(sentence, reference)
        found: Claims = []
        for other in self._sentences[: sentence.number]:
            if not other.claims or other.past or other.denial is not None:
                continue
            likeness = self._compare(other.number, sentence.number)
            old = any(value >= _TELLING for value in other.numbers & sentence.numbers)
            if old and likeness >= _SAME_COUNT / 2:
                found.append((other.number, 1.0))
            elif likeness >= _SAME_COUNT and oppose_measures(other.measures, sentence.measures):
                found.append((other.number, 0.85))
        return found[-_MOST_CLAIMS:]

    def _find_nearest(self, sentence: Utterance) -> Claims:
        """Find the claim just before a denial that names its matter in a word or two ("any delay")."""
        stems = {term[:_STEM] for term in extract_particulars(sentence.about).words}
        elsewhere = any(
            stems & {term[:_STEM] for term in each.terms}
            for each in self._sentences
            if each.claims and each.denial is None
        )
        brief = len(sentence.about.split()) <= _BRIEF and not elsewhere
        for back in (1, 2):
            before = self._neighbour(sentence, -back)
            if before is None or before.denial is not None:
                break
            if not self._may_claim(before, sentence) or negates(before.core):
                continue
            if brief or self._matter[sentence.number][before.number] >= _ABOUT_SOLE:
                return [(before.number, 0.7)]
        return []

    def _pair_contraries(self) -> list[Pair]:
        """Find sentences of opposed content: other numbers for one thing, a fact and its negation."""
        pairs: list[Pair] = []
        counting: dict[str, list[Utterance]] = {}
        for sentence in self._sentences:
            for kind in sorted({measure.kind for measure in sentence.measures}):
                counting.setdefault(kind, []).append(sentence)
        for kind, group in counting.items():
            for one, two in combinations(group[:_MOST_COUNTS], 2):
                likeness = self._compare(one.number, two.number)
                least = _SAME_EVENT if kind in list_events() else _SAME_COUNT
                if likeness < least or not self._are_apart(one, two):
                    continue
                if kind not in list_events() and not (one.party and two.party and one.terms & two.terms):
                    continue
                if oppose_measures(one.measures, two.measures):
                    surety = min(0.9, 0.56 + 0.4 * (likeness - least))
                    corrects = two.denial is not None and two.denial.correction is Correction.EARLIER
                    found_as = DisputeKind.CORRECTION if corrects else DisputeKind.CONTRARY
                    pairs.append((one.number, two.number, found_as, surety))
        for one in self._sentences:
            if not may_oppose(one.core):
                continue
            likeness_to_all = self._said @ self._said[one.number]  # (n,)
            for row in np.flatnonzero(likeness_to_all >= _OPPOSED).tolist():
                two = self._sentences[row]
                if self._are_apart(one, two) and one.terms & two.terms and oppose_words(one.core, two.core):
                    first, second = sorted((one.number, row))
                    surety = min(0.9, 0.54 + 0.5 * (float(likeness_to_all[row]) - _OPPOSED))
                    pairs.append((first, second, DisputeKind.CONTRARY, surety))
        return pairs

    def _are_apart(self, one: Utterance, two: Utterance) -> bool:
        """Return whether two sentences are claims of two sides about the story's own time.

        Within one article both must name who says it: a reporter does not dispute himself.
        """
        if one.twin == two.twin or one.past or two.past or not (one.claims and two.claims):
            return False
        if one.article == two.article and not (one.party and two.party):
            return False
        return not share_party(one, two)

    def _compare(self, one: int, two: int) -> float:
        return float(self._said[one] @ self._said[two])

    def _spread(self, pair: Pair) -> list[Pair]:
        """Let what disputes a claim dispute the story's other sentences that make the same claim."""
        claim, denial, kind, confidence = pair
        if kind is DisputeKind.CONTRARY:
            return []  # the numbers and words of each sentence have been held against all others already
        first, disputing = self._sentences[claim], self._sentences[denial]
        spread: list[Pair] = []
        likeness_to_all = self._said @ self._said[claim]  # (n,)
        for row in np.argsort(-likeness_to_all, kind="stable").tolist():
            likeness = float(likeness_to_all[row])
            if likeness < _SAME_CLAIM or len(spread) >= _MOST_CLAIMS:
                break
            other = self._sentences[row]
            if row == claim or not self._may_claim(other, disputing):
                continue
            if disputing.twin in self._twins[other.article] and other.article != disputing.article:
                continue
            if self._share_terms(first, other) >= _SAME_TERMS and negates(first.core) == negates(other.core):
                spread.append((row, denial, kind, confidence * likeness**0.5))
        return spread

    def _share_terms(self, one: Utterance, two: Utterance) -> float:
        """Return the share, weighted by rarity in the story, of the terms of the shorter that both hold."""
        weights = [sum(self._rarity(term) for term in terms) for terms in (one.terms, two.terms)]
        return sum(self._rarity(term) for term in one.terms & two.terms) / max(min(weights), 1e-9)

    def _rarity(self, term: str) -> float:
        """Return how much a word tells one matter of the story from another."""
        return float(np.log((len(self._sentences) + 1) / (self._spreads.get(term, 0) + 0.5)))

    def _neighbour(self, sentence: Utterance, steps: int) -> Utterance | None:
        number = sentence.number + steps
        if 0 <= number < len(self._sentences) and self._sentences[number].article == sentence.article:
            return self._sentences[number]
        return None

    def _may_claim(self, other: Utterance, denial: Utterance, near: bool = False) -> bool:
        """Return whether a sentence may be what another disputes: a claim, by somebody else.

        What stands just before a denial may be a denial itself, or tell of another time.
        """
        if other.number == denial.number or not other.claims or share_party(other, denial):
            return False
        if other.denial is not None:
            return near and bool(other.party and denial.party)
        return near or not other.past

    def _goes_on(self, sentence: Utterance, after: Utterance) -> bool:
        """Return whether the sentence after a denial is more of it."""
        between = self._articles[sentence.article].text[sentence.span.end : after.span.start]
        return continues_speech(sentence, after, "\n\n" in between)
