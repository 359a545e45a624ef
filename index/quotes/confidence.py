"""How likely it is that the quotes answer the question, and, where it is not, why there is no answer.

Follows quoting, precedes answering. The features are figures about what was found, never about how the
question is worded; a logistic regression over them, learned on whether the right passage is among the first
four, gives a probability that can be read as one (`confidence.json` says what it was learned on). Features
are few: those that tell "the answer is there" from "the topic is there" in small corpora as in large ones.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from index.answers import Dates, Hit, Question, Reason
from index.interaction import WordMatches
from index.quotes.answer_types import NAMING_TYPES
from index.quotes.candidates import Candidate, Source
from index.quotes.quoting import Selection
from index.quotes.relevance import AskedQuestion, prepare_question, score_relevance
from index.quotes.restrictions import fits_dates, list_restricting_stems
from index.quotes.terms import Rarity, split_terms, stem_words

Column = NDArray[np.float32]

WEIGHTS = "confidence.json"

HITS_WEIGHED = 10
"""Passages that the evidence is taken from."""

_FIRST = 4  # hits whose passages may be behind an answer
_REST_UNKNOWN = 0.4  # stands for the distance from later hits where there are none
_NEUTRAL = 0.7  # stands for a share of outlets or dates where the question names none
_NEAR_UNASKED = 0.45  # stands for how near the asked type of answer is where none is asked for
_LATER, _READ = 4, 16  # places of the sentences that the best one is held against
_ELSEWHERE_READ = 6  # of them, those of other articles
_AHEAD_UNKNOWN = 0.12  # stands for the best one's lead where there are no others
_CLEAR_LEAD = 0.15  # a lead above it says no more: in a small corpus all else is far off, whatever is asked
_ON_THE_SUBJECT = 0.5  # share of a question's words and names from which a passage is about it
_WHERE = r"\b(?:in|at|near|from|to)"
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
    Of the best sentence: `relevance`; `matter`, how well the question's words other than its names are
    met in it, which a report on the same people does not meet; `near`, how near to the matched words a
    name, number or date stands where one is asked for; `ahead` and `ahead_elsewhere`, how far it stands
    above later sentences and above those of other articles; `stance`, whether it was said as asked. Of
    its passage: `passage_late`, how well the words are met. Of the parts of the question: `parts`, mean
    of their best likeness. Of the first four passages together: `together`, `together_pairs`,
    `together_names`, their coverage of words, neighbouring words and names; `together_least`, how well
    the word met the least is met; `spread`, how much better they meet the words than the best sentence
    does. Of all passages: `chance`, the log-odds of the first; `rest`, how far the best coverage stands
    above the later hits' mean; `nearest_sentence`, the greatest cosine of a sentence; `outlets` and
    `dates`, whether named ones are among them.
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
    together = frozenset().union(*held[:_FIRST])
    pairs = frozenset().union(*(_pairs(hit) for hit in hits[:_FIRST]))
    return {
        "several": float(len(selection.asked) > 1),
        **_weigh_sentences(selection),
        **_weigh_tokens(selection, hits, held),
        "together": asked.share(together),
        "together_pairs": _share_pairs(asked, pairs, together),
        "together_names": _share_names(asked, together),
        "rest": max(covers) - _mean(covers[_FIRST:]) if covers[_FIRST:] else _REST_UNKNOWN,
        "chance": _log_odds(hits[0].score),
        "nearest_sentence": max((sentence_cosines or cosines)[:_FIRST]),
        **_weigh_restrictions(question, hits, sources),
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

    No passage is on the subject: nothing on this, unless one knows of whom it is asked ("What fine did
    *Tarnwell* pay?"; no place that it is asked "in"). Some are, none from the outlets that it names: the
    outlet has nothing. None from its days: nothing in those dates. Else related reports do not state it.
    """
    related = find_related(question, hits, sources, rarity)
    if not related:
        return Reason.NOT_STATED if _knows_whom(question, hits, sources) else Reason.NOTHING_ON_THIS
    named = [hit for hit in related if sources[hit.passage.article].article.outlet in question.outlets]
    if (question.outlets or question.unknown_outlets) and not named:
        return Reason.OUTLET_HAS_NOTHING
    if not any(_tells_of(question.dates, hit, sources) for hit in named or related):
        return Reason.NOTHING_IN_DATES
    return Reason.NOT_STATED


def find_related(
    question: Question, hits: Sequence[Hit], sources: Mapping[str, Source], rarity: Rarity
) -> tuple[Hit, ...]:
    """Return the passages that are on the subject of a question, in order, whoever reports it and when.

    One is where it holds, with its headline, half of the question's weight in words and half of its names.
    """
    asked = prepare_question(question.text, rarity, list_restricting_stems(question))
    return tuple(hit for hit in hits if _is_related(asked, hit, sources))


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of the features, and the bias, for questions of "one" part and of "several".

    One passage can hold all that a plain question asks for, and never all of a question of several parts, so
    that each has features of its own; what a table does not name weighs nothing.
    """
    tables: dict[str, dict[str, float]] = json.loads(
        files("index.quotes").joinpath(WEIGHTS).read_text(encoding="utf-8")
    )["weights"]
    return tables


def _weigh_sentences(selection: Selection) -> dict[str, float]:
    read = selection.candidates[:_READ]
    best = read[0]
    elsewhere = [other for other in read if other.article != best.article][:_ELSEWHERE_READ]
    parts = [
        max((c.features["likeness"] for c in selection.candidates if c.part == part), default=0.0)
        for part in range(len(selection.asked))
    ]
    is_naming = selection.asked[best.part].kind in NAMING_TYPES
    return {
        "relevance": score_relevance({**best.features, "recent": 0.0}) / 10,
        "near": best.features["near"] if is_naming else _NEAR_UNASKED,
        "ahead": _measure_lead(best, read[_LATER:]),
        "ahead_elsewhere": _measure_lead(best, elsewhere),
        "stance": best.features["stance"] * best.features["likeness"],
        "parts": _mean(parts),
    }


def _measure_lead(best: Candidate, others: Sequence[Candidate]) -> float:
    """Return how much better the question's words are met in the best sentence than in others on average."""
    late = [other.features["late"] for other in others]
    return min(_CLEAR_LEAD, best.features["late"] - _mean(late)) if late else _AHEAD_UNKNOWN


def _weigh_tokens(
    selection: Selection, hits: Sequence[Hit], held: Sequence[frozenset[str]]
) -> dict[str, float]:
    """Return how well the words of the question's parts are met by the tokens of what was found."""
    best = selection.candidates[0]
    here = best.rank if best.rank < len(hits) else 0
    together = frozenset().union(*held[:_FIRST])
    matches = selection.matches or (None,) * len(selection.asked)
    least = []
    for asked, match in zip(selection.asked, matches, strict=True):
        all_met = _meet_together(match, hits[:_FIRST])
        least.append(asked.find_least_met(all_met, asked.words.cover(together)))
    asked, match = selection.asked[best.part], matches[best.part]
    passage = hits[here].passage
    met = match.of_passage(passage.id) if match else None
    sentence = None
    if match and best.rank == here:
        begun, ended = (place - passage.start for place in best.sentence)
        sentence = match.of_sentence(passage.id, begun, ended)
    all_met = _meet_together(match, hits[:_FIRST])
    spread = 0.0
    if sentence is not None and all_met is not None:
        spread = _weigh_words(asked, all_met) - _weigh_words(asked, sentence)
    matter = None if sentence is None else _weigh_words(asked, sentence, asked.names)
    return {
        "matter": matter if matter else best.features["late"],
        "passage_late": asked.weigh_met(met, asked.words.cover(held[here])),
        "together_least": min(least),
        "spread": spread,
    }


def _meet_together(match: WordMatches | None, hits: Sequence[Hit]) -> Column | None:
    """Return (w,), the best of each word over all of the hits; None where tokens have no vectors."""
    met = [match.of_passage(hit.passage.id) for hit in hits] if match else []
    known = [found for found in met if found is not None]
    return np.asarray(np.max(known, axis=0)) if known else None


def _weigh_words(asked: AskedQuestion, met: Column, without: frozenset[str] = frozenset()) -> float:
    """Return how well the content words are met, weighed by rarity; 0 where there are none."""
    weighed = [
        (asked.weights.get(term.stem, 0.0), float(cosine))
        for term, cosine in zip(asked.terms, met, strict=True)
        if not term.stop and term.stem not in without
    ]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * cosine for weight, cosine in weighed) / total if total else 0.0


def _weigh_restrictions(
    question: Question, hits: Sequence[Hit], sources: Mapping[str, Source]
) -> dict[str, float]:
    """Return the shares of the outlets and dates that the question or a part of it names among the hits."""
    outlets = {sources[hit.passage.article].article.outlet for hit in hits}
    dates = {part.dates for part in question.parts if part.dates} | (
        {question.dates} if question.dates else set()
    )
    met = [any(_tells_of(range_, hit, sources) for hit in hits) for range_ in dates]
    return {
        "outlets": _mean([float(name in outlets) for name in question.outlets], default=_NEUTRAL),
        "dates": _mean([float(fit) for fit in met], default=_NEUTRAL),
    }


def _tells_of(dates: Dates | None, hit: Hit, sources: Mapping[str, Source]) -> bool:
    """Whether a passage is known to tell of the days asked about; one of an undated report is not."""
    article = sources[hit.passage.article].article
    dated = dates is None or article.published is not None
    return dated and fits_dates(dates, article, hit.passage.text)


def _knows_whom(question: Question, hits: Sequence[Hit], sources: Mapping[str, Source]) -> bool:
    """Whether a passage names somebody whom the question names, days and outlets left aside."""
    if question.outlets or question.unknown_outlets or question.dates:
        return False
    people = [
        name for name in question.people if not re.search(rf"{_WHERE} {re.escape(name)}", question.text)
    ]
    return any(stem_words(name) <= _stems(hit, sources) for name in people for hit in hits)


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
