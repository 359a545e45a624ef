"""Pairing of claims with the sentences that dispute them, within an article and across those of one story.

Runs when an index is built, over the stories that changed; answers show both sides of what it finds.

A sentence disputes by its cue ("denied", "called the reports “…”", "an earlier version said"), and what it
disputes is found by what the cue refers to, by likeness (embedding and shared words), and by opposed
content. Other sentences of the story that make the same claim are disputed with it. What is not found by
one of these is not disputed: nothing here judges who is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.datatypes import Article, Dispute, Statement
from index.events.contrary_pairs import pair_contraries
from index.events.cosines import Cosines, Embed
from index.events.denied_claims import find_inherited, pair_denials
from index.events.retelling import LEAST_CONFIDENCE, Pair, Retelling
from index.events.spreading import drop_denied, join_sides, spread_pairs
from index.events.utterances import read_utterances

MOST_CLAIMS = 24
"""Claims that one sentence is stored as disputing, at most; the surest. An answer shows one or two."""


class Told(NamedTuple):
    """What disputes are looked for in: the articles of one story and what is said in them.

    Attributes:
        statements: those of the articles, in any order; may be empty. They tell whose words a sentence
            holds, so that nobody is paired with himself.
    """

    articles: Sequence[Article]
    statements: Sequence[Statement]


def find_disputes(stories: Iterable[Told], embed: Embed) -> tuple[Dispute, ...]:
    """Return the disputes of each story, in the order of its denials; the stories are embedded together.

    Both sides of a dispute are whole sentences, as half-open offsets into their articles' texts.
    Only sentences that a rule can use are embedded, each once. The rules run again with what was embedded
    until they ask for nothing new, which takes a few calls of `embed`, however many stories there are.
    """
    cosines = Cosines()
    told = [read for story in stories if (read := _read_story(story, cosines)) is not None]
    pairs: dict[int, list[Pair]] = {}
    open_ = list(range(len(told)))
    while open_:
        asking = []
        for number in open_:
            before = cosines.unknown
            pairs[number] = _pair(told[number])
            if cosines.unknown > before:
                asking.append(number)
        cosines.embed_wanted(embed)
        open_ = asking
    return tuple(
        dispute for number, story in enumerate(told) for dispute in _list_disputes(story, pairs[number])
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


def _read_story(story: Told, cosines: Cosines) -> Retelling | None:
    """Return a story to look for disputes in; None where one report disputes nothing by any word."""
    ordered = sorted(story.articles, key=lambda each: (each.published is None, str(each.published or "")))
    sentences = read_utterances(ordered, story.statements)
    if not any(sentence.denial or (len(ordered) > 1 and sentence.claims) for sentence in sentences):
        return None
    return Retelling(ordered, sentences, cosines)


def _pair(story: Retelling) -> list[Pair]:
    """Return pairs of claim and denial, with repetitions."""
    denied = pair_denials(story)
    direct = [*denied, *find_inherited(story, denied), *pair_contraries(story)]
    spread = drop_denied(story, [*direct, *spread_pairs(story, direct)])
    return [*spread, *join_sides(story, spread)]


def _list_disputes(story: Retelling, pairs: Iterable[Pair]) -> list[Dispute]:
    """Return the disputes of a story: of several findings of one pair the surest, ordered by denial."""
    found: dict[tuple[int, int], Pair] = {}
    held: Counter[int] = Counter()
    for pair in sorted(pairs, key=lambda pair: -pair.confidence):
        if pair.claim == pair.denial or pair.confidence < LEAST_CONFIDENCE:
            continue
        if (pair.denial, pair.claim) not in found and held[pair.denial] < MOST_CLAIMS:
            found[pair.denial, pair.claim] = pair
            held[pair.denial] += 1
    sentences = story.sentences
    return [
        Dispute(
            claim_article=story.articles[sentences[pair.claim].article].id,
            claim=sentences[pair.claim].span,
            denial_article=story.articles[sentences[pair.denial].article].id,
            denial=sentences[pair.denial].span,
            kind=pair.kind,
            confidence=round(pair.confidence, 3),
        )
        for _, pair in sorted(found.items())
    ]
