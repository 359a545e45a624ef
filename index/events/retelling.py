"""A story as the rules of disputing walk over it: its sentences, their neighbours, terms and likeness.

Built of `events.utterances`; every rule that pairs a claim with a denial reads a story through this.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from index.datatypes import Article, DisputeKind
from index.events.cosines import Cosines
from index.events.denials import PLAIN_DENIAL
from index.events.utterances import Utterance, continues_speech, share_party

LEAST_CONFIDENCE = 0.5
"""Disputes below this probability are not shown or stored."""

STEM = 6
"""Letters by which "withdrawal" and "withdrawn" are one word."""


_SHARING_KEPT = 64


class Pair(NamedTuple):
    """Rows of the sentences that claim and that dispute, how, and how probable that is, in [0, 1]."""

    claim: int
    denial: int
    kind: DisputeKind
    confidence: float


Claims = list[tuple[Utterance, float]]
"""Sentences, each with the share of a denial's confidence that it takes."""


class Retelling:
    """The sentences of one story, in the order of its articles."""

    def __init__(self, articles: Sequence[Article], sentences: Sequence[Utterance], cosines: Cosines) -> None:
        self.articles = articles
        self.sentences = sentences
        self._cosines = cosines
        # Reports of one event repeat each other's sentences.
        self.find_sharing = lru_cache(maxsize=_SHARING_KEPT)(self._find_sharing)

    def compare(self, one: Utterance, two: Utterance) -> float:
        """Return the cosine of what two sentences say."""
        return self._cosines.compare(one.core, two.core)

    def compare_denied(self, denial: Utterance, other: Utterance) -> float:
        """Return the cosine of the words that a denial names its matter by and what a sentence says."""
        return self._cosines.compare(denial.about, other.core)

    def neighbour(self, sentence: Utterance, steps: int) -> Utterance | None:
        """Return the sentence some steps behind or before another in its article."""
        row = sentence.number + steps
        if 0 <= row < len(self.sentences) and self.sentences[row].article == sentence.article:
            return self.sentences[row]
        return None

    def goes_on(self, sentence: Utterance, after: Utterance) -> bool:
        """Return whether the sentence after a denial is more of it."""
        between = self.articles[sentence.article].text[sentence.span.end : after.span.start]
        return continues_speech(sentence, after, "\n\n" in between)

    def may_claim(self, other: Utterance, denial: Utterance, near: bool = False) -> bool:
        """Return whether a sentence may be what another disputes: a claim, by somebody else.

        What stands just before a denial may be a denial itself, or tell of another time. A source in a
        ministry is somebody else than the ministry.
        """
        if other.number == denial.number or not other.claims:
            return False
        if share_party(other, denial) and (denial.is_unnamed or not other.is_unnamed):
            return False
        if other.denial is not None and other.denial.confidence >= PLAIN_DENIAL:
            return near and bool(other.party and denial.party)
        return near or not other.past

    def rarity(self, term: str) -> float:
        """Return how much a word tells one matter of the story from another, in nats."""
        return self._rarities.get(term) or self._rate(0)

    def share_terms(self, one: Utterance, two: Utterance) -> float:
        """Return the share, weighted by rarity in the story, of the terms of the shorter that both hold."""
        lighter = min(self._weights[one.number], self._weights[two.number])
        return sum(map(self.rarity, one.terms & two.terms)) / max(lighter, 1e-9)

    def _find_sharing(self, terms: frozenset[str]) -> Mapping[int, float]:
        """Return the rows of the sentences that hold one of `terms` or its stem, with the rarity of those.

        Those that share the rarest come first, then those that stand first.
        """
        shared: dict[int, float] = defaultdict(float)
        by_stem: dict[str, float] = defaultdict(float)
        for term in terms:
            by_stem[term[:STEM]] += self.rarity(term)
        for stem, weight in by_stem.items():
            for row in self._holding.get(stem, ()):
                shared[row] += weight
        return dict(sorted(shared.items(), key=lambda item: (-item[1], item[0])))

    def holds_copy(self, article: int, sentence: Utterance) -> bool:
        """Return whether an article has a sentence in the same words."""
        return sentence.twin in self._twins[article]

    def _rate(self, spread: int) -> float:
        """Return the rarity of a word that some of the sentences hold, in nats."""
        return math.log((len(self.sentences) + 1) / (spread + 0.5))

    @cached_property
    def _rarities(self) -> dict[str, float]:
        """The rarity of every term of the story."""
        spreads = Counter(term for sentence in self.sentences for term in sentence.terms)
        return {term: self._rate(spread) for term, spread in spreads.items()}

    @cached_property
    def _weights(self) -> list[float]:
        """The sum of the rarities of each sentence's terms."""
        return [sum(map(self.rarity, sentence.terms)) for sentence in self.sentences]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """The rows of the sentences that hold each stem, in order."""
        holding: dict[str, list[int]] = defaultdict(list)
        for sentence in self.sentences:
            for stem in {term[:STEM] for term in sentence.terms}:
                holding[stem].append(sentence.number)
        return dict(holding)

    @cached_property
    def _twins(self) -> dict[int, set[str]]:
        twins: dict[int, set[str]] = defaultdict(set)
        for sentence in self.sentences:
            twins[sentence.article].add(sentence.twin)
        return dict(twins)
