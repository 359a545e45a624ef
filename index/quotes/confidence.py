"""How likely it is that the quotes answer the question, and, where it is not, why there is no answer.

Follows quoting, precedes answering. The features are absolute figures about what was found, never about how
the question is worded; a logistic regression over them, learned on whether the right passage is among the
first four, gives a probability that can be read as one (`confidence.json` says what it was learned on).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from operator import attrgetter

import numpy as np

from index.answers import Hit, Question, Reason
from index.quotes.answer_types import NAMING_TYPES
from index.quotes.candidates import Source
from index.quotes.quoting import Selection
from index.quotes.relevance import AskedQuestion, prepare_question, score_relevance
from index.quotes.restrictions import is_within, list_restricting_stems
from index.quotes.terms import Rarity, split_terms, stem_words

WEIGHTS = "confidence.json"

HITS_WEIGHED = 10
"""Passages that the evidence is taken from."""

_FIRST = 4  # hits whose passages may be behind an answer
_REST_UNKNOWN, _NEAREST_REST_UNKNOWN = 0.4, 0.15
"""Stand for the distance from later hits where there are none: between those of right and wrong answers."""
_NEUTRAL = 0.7  # stands for a share of outlets or dates where the question names none
_CLEAR_MARGIN = 3.0  # log odds; a margin above it says no more
_ON_THE_SUBJECT = 0.5  # share of a question's words and names from which a passage is about it


_STANCE_GAIN = 2.5
"""Log-odds for words that were said as the question asks for, "who denied ...?" say, about its matter. Set by
hand: no set that weights may be learned from asks such questions."""


def measure_evidence(
    question: Question,
    hits: Sequence[Hit],
    sources: Mapping[str, Source],
    selection: Selection,
    rarity: Rarity,
    cosines: Sequence[float],
    sentence_cosines: Sequence[float] = (),
) -> dict[str, float]:
    """Return the named features of what was found; {} where nothing was.

    Args:
        hits: ranked passages, those that `selection` was made from first.
        cosines: of the question with each hit's passage, in the order of the hits.
        sentence_cosines: the same with each hit's nearest sentence; `cosines` stand in where it is empty.

    `several`: whether the question has several parts, which have weights of their own.
    Of the best sentence: `late`, `least`, `likeness`, `coverage`, `missing`, `names`, `pairs`, `order`,
    `relevance`, and `lacks`, 1 where a name, number or date is asked for and it holds none; `margin` over the
    next sentence. Of the parts of the question: `parts` and `weakest_part`, mean and least of their best
    likeness. Of the passages: `first`, coverage by the first; `passage`, `passage_like`, greatest coverage
    and likeness by one of the first four; `together`, `together_pairs`, `together_names`, by the four
    together; `rest`, how far the best coverage stands above the later hits' mean. Of the ranking: `chance`,
    the log-odds of the first hit, and `chances`, of any of the first four. Of the tokens: `passage_late`,
    `passage_least`, how well the words are met in the best sentence's passage, and the word met the least;
    `together_late`, `together_least`, in the first four together; `unmet_here`, `unmet`, the weight of the
    rarest word that is badly met there, and not held. Of the vectors: `nearest_sentence`, the greatest cosine
    of a sentence; `cosine` of the first, `nearest`, the greatest, `nearest_rest`, its distance from the later
    hits' mean, `agreement`, how early the nearest was ranked. `outlets`, `outlets_like`, `dates`: how far
    named outlets and dates are among the hits.
    """
    if not selection.candidates or not hits or len(cosines) < len(hits):
        return {}
    # That a report is new tells nothing of whether it answers.
    by_matter = sorted(selection.candidates, key=attrgetter("matter"), reverse=True)
    selection = replace(selection, candidates=tuple(by_matter))
    hits, cosines = hits[:HITS_WEIGHED], tuple(cosines[:HITS_WEIGHED])
    asked = prepare_question(question.text, rarity, list_restricting_stems(question))
    held = [_stems(hit, sources) for hit in hits]
    covers = [asked.share(stems) for stems in held]
    likes = [asked.words.cover(stems) for stems in held]
    together = frozenset().union(*held[:_FIRST])
    pairs = frozenset().union(*(_pairs(hit) for hit in hits[:_FIRST]))
    nearest = max(cosines)
    return {
        "several": float(len(selection.asked) > 1),
        **_weigh_sentences(selection, asked),
        "first": covers[0],
        "passage": max(covers[:_FIRST]),
        "passage_like": max(likes[:_FIRST]),
        "together": asked.share(together),
        "together_pairs": _share_pairs(asked, pairs, together),
        "together_names": _share_names(asked, together),
        "rest": max(covers) - _mean(covers[_FIRST:]) if covers[_FIRST:] else _REST_UNKNOWN,
        "chance": _log_odds(hits[0].score),
        "chances": _log_odds(1 - math.prod(1 - hit.score for hit in hits[:_FIRST])),
        **_weigh_tokens(selection, hits, held),
        "nearest_sentence": max((sentence_cosines or cosines)[:_FIRST]),
        "cosine": cosines[0],
        "nearest": nearest,
        "nearest_rest": nearest - _mean(cosines[_FIRST:]) if cosines[_FIRST:] else _NEAREST_REST_UNKNOWN,
        "agreement": 1 / (1 + cosines.index(nearest)),
        **_weigh_restrictions(question, hits, sources, likes),
    }


def estimate_confidence(evidence: Mapping[str, float]) -> float:
    """Return the probability in [0, 1] that the quotes answer the question; 0 without evidence."""
    if not evidence:
        return 0.0
    weights = load_weights()["several" if evidence["several"] else "one"]
    log_odds = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    log_odds += _STANCE_GAIN * evidence.get("stance", 0.0)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def explain_absence(
    question: Question, hits: Sequence[Hit], sources: Mapping[str, Source], rarity: Rarity
) -> Reason:
    """Return why there is no answer, the narrowest reason that holds.

    Args:
        hits: ranked passages without regard to outlet and dates, with those of the named outlets among them.

    A passage is on the subject where it holds, with its headline, half of the question's weight in words and
    half of its names. None is: nothing on this. Some are, none from the outlets that the question names: the
    outlet has nothing. None from its days: nothing in those dates. Else related reports do not state it.
    """
    asked = prepare_question(question.text, rarity, list_restricting_stems(question))
    related = [hit for hit in hits if _is_related(asked, hit, sources)]
    if not related:
        return Reason.NOTHING_ON_THIS
    named = [hit for hit in related if sources[hit.passage.article].article.outlet in question.outlets]
    if (question.outlets or question.unknown_outlets) and not named:
        return Reason.OUTLET_HAS_NOTHING
    dates = question.dates
    if dates and not any(is_within(dates, sources[hit.passage.article].article) for hit in named or related):
        return Reason.NOTHING_IN_DATES
    return Reason.NOT_STATED


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of the features, and the bias, for questions of "one" part and of "several".

    One passage can hold all that a plain question asks for, and never all of a question of several parts.
    """
    tables: dict[str, dict[str, float]] = json.loads(
        files("index.quotes").joinpath(WEIGHTS).read_text(encoding="utf-8")
    )["weights"]
    return tables


def _weigh_sentences(selection: Selection, asked: AskedQuestion) -> dict[str, float]:
    candidates = selection.candidates
    best = candidates[0]
    second = candidates[1].matter if len(candidates) > 1 else -math.inf
    parts = [
        max((c.features["likeness"] for c in candidates if c.part == part), default=0.0)
        for part in range(len(selection.asked))
    ]
    kind = selection.asked[best.part].kind
    return {
        **{
            name: best.features[name]
            for name in ("late", "least", "likeness", "coverage", "missing", "names", "pairs", "order")
        },
        "stance": best.features["stance"] * best.features["likeness"],
        "relevance": score_relevance({**best.features, "recent": 0.0}) / 10,
        "lacks": float(kind in NAMING_TYPES and not best.features["answer"]),
        "margin": min(_CLEAR_MARGIN, best.matter - second),
        "parts": _mean(parts),
        "weakest_part": min(parts),
    }


def _weigh_tokens(
    selection: Selection, hits: Sequence[Hit], held: Sequence[frozenset[str]]
) -> dict[str, float]:
    """Return how well the words of the question's parts are met by the tokens of what was found."""
    best = selection.candidates[0]
    here = best.rank if best.rank < len(hits) else 0
    late, least, unmet = [], [], []
    passage_late = passage_least = unmet_here = 0.0
    together = frozenset().union(*held[:_FIRST])
    matches = selection.matches or (None,) * len(selection.asked)
    for number, (asked, match) in enumerate(zip(selection.asked, matches, strict=True)):
        met = [match.of_passage(hit.passage.id) if match else None for hit in hits]
        known = [found for found in met[:_FIRST] if found is not None]
        all_met = np.max(known, axis=0) if known else None
        mean, worst = asked.weigh_met(all_met, asked.words.cover(together))
        late.append(mean)
        least.append(worst)
        unmet.append(asked.weigh_unmet(all_met, together))
        if number == best.part:
            passage_late, passage_least = asked.weigh_met(met[here], asked.words.cover(held[here]))
            unmet_here = asked.weigh_unmet(met[here], held[here])
    return {
        "passage_late": passage_late,
        "passage_least": passage_least,
        "unmet_here": unmet_here,
        "together_late": _mean(late),
        "together_least": min(least),
        "unmet": max(unmet),
    }


def _weigh_restrictions(
    question: Question, hits: Sequence[Hit], sources: Mapping[str, Source], likes: Sequence[float]
) -> dict[str, float]:
    """Return how far the outlets and dates that the question gives, or a part of it, are among the hits."""
    outlets = [sources[hit.passage.article].article.outlet for hit in hits]
    fits = [
        max((like for like, outlet in zip(likes, outlets, strict=True) if outlet == name), default=0.0)
        for name in question.outlets
    ]
    dates = {part.dates for part in question.parts if part.dates} | (
        {question.dates} if question.dates else set()
    )
    met = [any(is_within(range_, sources[hit.passage.article].article) for hit in hits) for range_ in dates]
    return {
        "outlets": _mean([float(fit > 0) for fit in fits], default=_NEUTRAL),
        "outlets_like": _mean(fits, default=max(likes[:_FIRST])),
        "dates": _mean([float(fit) for fit in met], default=_NEUTRAL),
    }


def _is_related(asked: AskedQuestion, hit: Hit, sources: Mapping[str, Source]) -> bool:
    held = _stems(hit, sources)
    return asked.share(held) >= _ON_THE_SUBJECT and _share_names(asked, held) >= _ON_THE_SUBJECT


def _log_odds(chance: float) -> float:
    """Return the log-odds of a probability, kept within ±7."""
    chance = min(max(chance, 1e-3), 1 - 1e-3)
    return math.log(chance / (1 - chance))


def _share_names(asked: AskedQuestion, held: frozenset[str]) -> float:
    """Return the share of the question's names that are held, 1 where it has none."""
    names = {stem for stem in asked.names if stem in asked.weights}
    return len(names & held) / len(names) if names else 1.0


def _stems(hit: Hit, sources: Mapping[str, Source]) -> frozenset[str]:
    """Return the stems of a passage and its headline."""
    return stem_words(hit.passage.text) | stem_words(sources[hit.passage.article].article.title)


def _pairs(hit: Hit) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(term.stem for term in split_terms(hit.passage.text) if not term.stop))


def _share_pairs(asked: AskedQuestion, pairs: frozenset[tuple[str, str]], held: frozenset[str]) -> float:
    """Return the share of the question's neighbouring words that are neighbours, or its only word's."""
    return len(asked.pairs & pairs) / len(asked.pairs) if asked.pairs else asked.share(held)


def _mean(values: Sequence[float], default: float = 0.0) -> float:
    return sum(values) / len(values) if values else default
