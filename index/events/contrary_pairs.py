"""Pairing of sentences of opposed content: other numbers for one thing, a fact and its negation.

Part of `events.disputes`. What numbers and words oppose is told by `events.contraries`; here their
sentences are found in a story, and held apart by who says them and by what they are about.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from index.datatypes import DisputeKind
from index.events.contraries import may_oppose, negates, oppose_quantified, oppose_words, read_words
from index.events.counts import list_events, oppose_measures
from index.events.denial_rules import Reference
from index.events.retelling import Pair, Retelling
from index.events.utterances import Utterance, name_stems, share_party

_SAME_COUNT = 0.45  # cosine of two sentences that count one thing
_SAME_EVENT = 0.15  # the same, where what is counted is a kind of event: the injured, the dead
_SAME_TOLL = 0.6  # the same, where no text says that the count is disputed ...
_SAME_TERMS = 0.6  # ... and the share of the terms of the shorter that both hold
_OPPOSED = 0.62  # cosine of two sentences, one of which negates the other
_OPPOSED_ALL = 0.45  # the same, where one says of all what the other denies of some
_SHARED_AT_ALL = 2  # words that two sentences share before they are held against each other
_PLAIN = 0.9  # confidence of two counts of one thing, at most
_MOST_COUNTS = 200  # sentences that count one thing, held against each other
_MOST_WORDS = 45  # a longer sentence says too many things to be held against one
_BESIDE = 3  # sentences before a bare number among which what it counts is looked for
_BARE = 0.72  # confidence that such a number is another count of that
_BARE_FIGURE = re.compile(
    r"\b(?:puts?|ga?ve|gives) (?:the|its|that|their|his|her) (?:own |total |real |actual |true )*"
    r"(?:figure|number|total|toll|count|tally|turnout|crowd)s? (?:\w+ ){0,2}?(?:at|as) |"
    r"\b(?:sa(?:id|ys)|insist(?:s|ed)|maintain(?:s|ed)|thought|reckoned) (?:that )?"
    r"(?:it|there|they|the figure|the number) (?:was|were|had been) (?:only |just |nearer |closer to )?"
    r"(?=[\w,-]+(?: \w+)?(?:[.,;]|$| not | and ))",
    re.IGNORECASE,
)
_TICKER_LINES = 5
_TICKER_LINE = re.compile(r"^\W*\d{1,2}[:.]\d{2}\b|^\s*[•●▪■►*]", re.MULTILINE)
# Words by which a number is said to be one of several that are given.
_CONTESTED = re.compile(
    r"\b(?:own (?:figure|number|count|estimate|tally)|admit(?:s|ted)|insist(?:s|ed)?|claim(?:s|ed)|"
    r"disput(?:es|ed)|puts? (?:the|its) \w+ at|sp(?:eaks?|oke) of|"
    r"(?:not|no more than|only) (?:\w+ ){1,3}but|"
    r"(?:whether|if) (?:it|that|this|the \w+) (?:was|were|is|are)(?: not|n['’]t))\b",
    re.IGNORECASE,
)


def pair_contraries(story: Retelling) -> list[Pair]:
    """Pair the sentences of a story that cannot both be right, by their numbers or their words."""
    return [*_pair_numbers(story), *_pair_figures(story), *_pair_words(story)]


def _pair_figures(story: Retelling) -> Iterator[Pair]:
    """Pair another side's bare number ("put the figure at 38", "said it was nine") with what it counts."""
    for sentence in story.sentences:
        match = _BARE_FIGURE.search(sentence.text)
        if match is None or not sentence.party or not sentence.numbers:
            continue
        for back in range(1, _BESIDE + 1):
            before = story.neighbour(sentence, -back)
            if before is None:
                break
            counts = bool(before.measures) and before.claims and not before.past
            if counts and before.party and not share_party(before, sentence):
                if sentence.numbers.isdisjoint(before.numbers):
                    yield Pair(before.number, sentence.number, DisputeKind.CONTRARY, _BARE)
                break


def _pair_numbers(story: Retelling) -> Iterator[Pair]:
    counting: dict[str, list[Utterance]] = defaultdict(list)
    for sentence in _list_comparable(story):
        for kind in sorted({measure.kind for measure in sentence.measures}):
            counting[kind].append(sentence)
    for kind, group in counting.items():
        is_event = kind in list_events()
        contested = [_is_contested(story, sentence) for sentence in group[:_MOST_COUNTS]]
        for (one, ours), (two, theirs) in combinations(zip(group, contested, strict=False), 2):
            if not oppose_measures(one.measures, two.measures) or not _are_apart(one, two):
                continue
            if not is_event and not ((ours or theirs) and one.party and two.party and one.terms & two.terms):
                continue
            least = _SAME_EVENT if is_event else _SAME_COUNT
            if not any(contested):
                # Tolls rise from hour to hour, and the next bomb has another one.
                shared = len(one.terms & two.terms) / max(1, min(len(one.terms), len(two.terms)))
                if not name_stems(one.core) & name_stems(two.core) or shared < _SAME_TERMS:
                    continue
                least = _SAME_TOLL
            likeness = story.compare(one, two)
            if likeness >= least:
                surety = min(_PLAIN, 0.56 + 0.4 * (likeness - least))
                yield Pair(one.number, two.number, DisputeKind.CONTRARY, surety)


def _is_contested(story: Retelling, sentence: Utterance) -> bool:
    """Return whether a count is told as one of several: in its own words, or by a denial beside it."""
    if _CONTESTED.search(sentence.text):
        return True
    near = (story.neighbour(sentence, steps) for steps in (-1, 0, 1))
    denials = (each.denial for each in near if each is not None and each.denial is not None)
    return any(denial.reference is Reference.AMOUNT or bool(denial.correction) for denial in denials)


def _pair_words(story: Retelling) -> Iterator[Pair]:
    saying: dict[str, list[Utterance]] = defaultdict(list)  # reports take words from each other
    for sentence in _list_comparable(story):
        if sentence.party and len(sentence.core.split()) <= _MOST_WORDS:
            saying[sentence.core].append(sentence)
    for core, other, least in _list_opposed(saying):
        for one, two in product(saying[core], saying[other]):
            if not _are_apart(one, two):
                continue
            likeness = story.compare(one, two)
            if likeness >= least:
                first, second = sorted((one.number, two.number))
                surety = min(0.9, 0.54 + 0.5 * (likeness - least))
                yield Pair(first, second, DisputeKind.CONTRARY, surety)


def _list_opposed(cores: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Yield the texts that oppose each other in words, either way round, and how alike they must be."""
    holding: dict[str, list[str]] = defaultdict(list)
    for core in cores:
        for stem in read_words(core).plain:
            holding[stem].append(core)
    for core in filter(may_oppose, cores):
        shared = Counter(other for stem in read_words(core).plain for other in holding[stem])
        for other in sorted(shared):
            if shared[other] < _SHARED_AT_ALL or (negates(core) and negates(other)):
                continue
            if oppose_quantified(core, other):
                yield core, other, _OPPOSED_ALL
            elif oppose_words(core, other):
                yield core, other, _OPPOSED


def _list_comparable(story: Retelling) -> list[Utterance]:
    """Return the claims about the story's own time; reports that tick from matter to matter have none."""
    ticking = {
        row
        for row, article in enumerate(story.articles)
        if len(_TICKER_LINE.findall(article.text)) >= _TICKER_LINES
    }
    return [each for each in story.sentences if each.claims and not each.past and each.article not in ticking]


def _are_apart(one: Utterance, two: Utterance) -> bool:
    """Return whether two claims are of two sides, and of one thing as far as names tell.

    Within one article both must name who says it: a reporter does not dispute himself.
    """
    if one.twin == two.twin or (one.article == two.article and not (one.party and two.party)):
        return False
    if one.names - two.names and two.names - one.names:
        return False  # another town, another team
    return not share_party(one, two)
