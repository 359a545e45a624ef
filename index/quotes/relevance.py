"""How well a sentence answers a question: named features and their weighted sum.

Stands between retrieval, which finds passages, and quoting, which chooses among their sentences.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.datatypes import Label
from index.quotes.answer_types import (
    NAMING_TYPES,
    AnswerType,
    find_head,
    find_inquiry_verb,
    find_names,
    find_stances,
    find_subject,
    seeks_speaker,
)
from index.quotes.arrangement import holds_verb, measure_lead, measure_nearness, share_in_order
from index.quotes.defining import rate_definition
from index.quotes.fitness import find_fitting
from index.quotes.likeness import AskedWords
from index.quotes.sought import Sought, read_sought
from index.quotes.terms import Rarity, Term, content_stems, split_terms, stem_words

Column = NDArray[np.float32]

WEIGHTS = "relevance.json"
"""Written by `python -m index.evaluation.train_quoting`; names the data and its licence."""

COUNTING = frozenset({AnswerType.NUMBER, AnswerType.AMOUNT, AnswerType.AGE, AnswerType.DURATION})
"""Types that a number answers."""

_NAMED = frozenset({AnswerType.PERSON, AnswerType.PLACE})
_STOP_WEIGHT = 3.0  # of a word without matter among a question's terms, beside the rarity of others, in nats
_BORROWED = 0.8  # how well a word is met, at least, that stands in the headline or in the claim denied here
_LATE_BASE, _LATE_SLOPE = 0.45, 0.4  # of the line that ties `late` to `likeness` over SQuAD's sentences
_SHORT = 6  # words; a shorter "sentence" is a heading, a greeting or a fragment
_ASIDE = 0.5  # share of the credit for being the wanted speaker's words where a yes or a no is asked for
_YES_OR_NO = re.compile(r"\W*(?:did|does|do|has|have|had|is|was|are|were|will|can)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"^\W*(?:(?:but|and|also|however|then|so),? )?"
    r"(?:he|she|they|it|his|her|their|its|this|these|that|those)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:sa(?:id|ys)|told|tells|according to|call(?:ed|s)|den(?:ied|ies)|claim(?:ed|s)|announced|"
    r"warn(?:ed|s)|added|stated|argue[sd])\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?<=\?) \(.+\)$", re.DOTALL)
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|can|could|"
    r"will|would)\b",
    re.IGNORECASE,
)
_NEWS = 2.0
_ENDED = re.compile(r"""[.!?…:;][”"'’»)\]]*\s*$""")
_COUNTED = re.compile(
    r"\b(?:which|what|who are the) (\d+|two|three|four|five|six|seven|eight|nine|ten)\s", re.IGNORECASE
)  # "which *five* settlements": a sentence that lists them need not count them
_FOCUS = re.compile(
    r"\b(?:what|which|how many|how much|whose)\s+((?:[\w'’-]+\s+){0,2}?[\w'’-]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, or one part of it, prepared to be held against sentences.

    Attributes:
        weights: its content stems and how rare each is, in nats.
        term_shares: (w,), each term's share of the weight of all; a stop word counts as a rather common one.
        stems: the stems of all its words.
        own: those of what it asks, without what stands in brackets behind it.
        names: the stems of the names in it.
        pairs: neighbouring content stems.
        focus: the stems of the noun beside the interrogative ("which *settlements*").
        subject: the content stems of whom it asks to hear ("what did *the mayor* say"); empty if of nobody.
        stances: the labels of statements that it asks for ("who *denied*"); empty if of none.
        seeks_speaker: whether it asks who said something.
        overview: whether it asks for an overview.
        latest: whether it asks for the newest reports.
    """

    text: str
    terms: tuple[Term, ...]
    weights: Mapping[str, float]
    term_shares: Column
    stems: frozenset[str]
    own: frozenset[str]
    names: frozenset[str]
    kind: AnswerType
    sought: Sought
    pairs: frozenset[tuple[str, str]]
    focus: frozenset[str]
    subject: frozenset[str]
    stances: frozenset[Label]
    seeks_speaker: bool
    words: AskedWords
    overview: bool
    latest: bool

    def share(self, held: frozenset[str]) -> float:
        """Return the share of the question's weight that stands in `held`, in [0, 1]."""
        total = sum(self.weights.values())
        return sum(self.weights[stem] for stem in self.weights if stem in held) / total if total else 0.0

    def weigh_met(self, met: Column | None, likeness: float, borrowed: frozenset[str] = frozenset()) -> float:
        """Return how well the terms are met, weighed by rarity; those in `borrowed` as if they stood there.

        Late interaction (MaxSim) after Khattab and Zaharia, "ColBERT", 2020. Where tokens have no vectors,
        `likeness`, the same over word vectors without context, stands in, brought to their scale.
        """
        if met is None or not len(met):
            return _LATE_BASE + _LATE_SLOPE * likeness
        if not borrowed.isdisjoint(self.stems):
            lent = [_BORROWED if term.stem in borrowed else -1.0 for term in self.terms]
            met = np.maximum(met, np.array(lent, dtype=np.float32))
        return float(self.term_shares @ met)

    def find_least_met(self, met: Column | None, likeness: float) -> float:
        """Return how well the content word is met that is met the least; as `weigh_met` without vectors."""
        if met is None or not len(met):
            return _LATE_BASE + _LATE_SLOPE * likeness
        weighty = (
            cosine
            for term, cosine in zip(self.terms, met.tolist(), strict=True)
            if not term.stop and self.weights.get(term.stem)
        )
        return float(min([1.0, *weighty]))


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence where it stands.

    Attributes:
        before: the sentence before it, "" at the beginning.
        start: code points of the article before it.
        speakers: stems of the names, roles and mentions of those whose words it holds.
        labels: how those words were said.
        borrowed: stems of words that it is read with, though others say them.
        chance: log-odds that its passage holds what is asked for, as ranked.
        recency: of its report among those on the matter, in [0, 1]: 1 for the newest, halving with age.
        asking: whether it belongs to what an interviewer asks.
    """

    text: str
    before: str
    title: str
    start: int
    speakers: frozenset[str] = frozenset()
    labels: frozenset[Label] = frozenset()
    borrowed: frozenset[str] = frozenset()
    chance: float = 0.0
    recency: float = 0.0
    asking: bool = False


def prepare_question(
    text: str,
    rarity: Rarity,
    ignored: frozenset[str] = frozenset(),
    *,
    overview: bool = False,
    latest: bool = False,
) -> AskedQuestion:
    """Return a question's words with their weights, names and what it asks for.

    `ignored` are stems that say where to look and not what for (the outlets that a question names); they
    weigh nothing unless the question has no other words. What stands in brackets behind a question says what
    it is about, and not what it asks for: "What did they use? (why did they leave)" asks for no reason.
    """
    terms = split_terms(text)
    head = _read_head(text)
    ignored |= stem_words(" ".join([*_COUNTED.findall(head), find_inquiry_verb(head)]))
    weights = rarity.weigh_terms(text, terms)
    weights = {stem: weight for stem, weight in weights.items() if stem not in ignored} or weights
    content = [term.stem for term in terms if not term.stop]
    focus = _FOCUS.search(head)
    stems = frozenset(term.stem for term in terms)
    names = frozenset(
        term.stem
        for span in find_names(text)
        for term in terms
        if span.start <= term.start < span.end and not term.stop
    )
    sought = read_sought(head, stems, names)
    return AskedQuestion(
        text=text,
        terms=terms,
        weights=weights,
        term_shares=_share_weight(terms, weights),
        stems=stems,
        own=stem_words(head),
        names=names,
        kind=sought.kind,
        sought=sought,
        pairs=frozenset(pairwise(content)),
        focus=frozenset(
            term.stem
            for term in terms
            if focus and focus.start(1) <= term.start < focus.end(1) and not term.stop
        ),
        subject=frozenset(content_stems(split_terms(find_head(find_subject(head))))),
        stances=find_stances(head),
        seeks_speaker=seeks_speaker(head),
        words=AskedWords(weights),
        overview=overview,
        latest=latest,
    )


def measure_relevance(
    asked: AskedQuestion, place: Place, met: Column | None = None, met_before: Column | None = None
) -> dict[str, float]:
    """Return the named features of a sentence for a question; each is 0 where it does not apply.

    `met` and `met_before` are (w,), how well each of the question's terms is met by the tokens here and in
    the sentence before, as cosines; None where tokens have no vectors, or nothing stands before.

    `coverage`: share of the question's weight whose words the sentence holds. `likeness`: the same,
    crediting words of like meaning. `late`: the same, by the likeness of tokens in their context.
    `before_late`, `title_late`: what the sentence before and the headline add to `late`. `chance`: of its
    passage. `missing`: weight of the rarest word that it lacks. `names`: share of the question's names.
    `pairs`: share of its neighbouring words that are neighbours here. `before`, `around`: share of its
    weight lacking here and held by the sentence before, and by that one where this begins with a pronoun.
    `sign`: a sign of the asked type. `fit_name`, `fit_number`, `fit_date`: how well the best candidate is
    of what is asked for, a person for *who* and tonnes for *how heavy*; where it is asked who said
    something, a speaker here. `near`, `count_near`: how near the candidate stands to the matched words.
    `focus`: the noun asked for. `speech`: reporting words where a question asks what was said. `pronoun`: a
    name of the question owned by a pronoun here. `asks`: a question itself, unless its asker is to be
    heard, or what leads to one. `heading`: without an end, as headings and captions are. `fragment`: short
    and without what may be a verb. `order`: matched words in the question's order. `length`, `short`,
    `early`: its length, and how early it stands. `definition`: an explanation of the name asked about.
    `said_by`: share of the wanted speaker's words among those of the speakers here. `stance`: words said
    here as the question asks for. `attributed`: a speaker here where the question asks who said something.
    `lead`: how far it tells its report in one sentence, where the question asks for an overview. `recent`:
    how new its report is, where the newest are asked for; counts twice where any news answers.
    """
    terms = split_terms(place.text)
    held = stem_words(place.text)
    before = stem_words(place.before) - held
    opens_with_pronoun = bool(_PRONOUN.match(place.text))
    candidates = find_fitting(asked.sought, place.text)
    defined = asked.kind is AnswerType.DEFINITION
    explained = rate_definition(place.text, terms, asked.weights, candidates) if defined else 0.0
    names_answer = asked.kind in NAMING_TYPES
    heard = asked.kind is AnswerType.SPEECH and not asked.subject.isdisjoint(place.speakers)
    coverage = asked.share(held)
    near = measure_nearness(asked.weights, terms, candidates) if names_answer else 0.0
    fit = max((found.fit for found in candidates), default=0.0)
    if asked.seeks_speaker:  # whoever said it answers, by name or not
        fit = float(bool(place.speakers))
    names = _share_names(asked, held)
    likeness = asked.words.cover(held)
    late = asked.weigh_met(met, likeness, place.borrowed)
    with_before = asked.weigh_met(
        met if met is None or met_before is None else np.maximum(met, met_before), likeness, place.borrowed
    )
    with_title = asked.weigh_met(met, likeness, place.borrowed | stem_words(place.title))
    return {
        "coverage": coverage,
        "likeness": likeness,
        "late": late,
        "before_late": with_before - late,
        "title_late": with_title - late,
        "chance": place.chance,
        "missing": max((weight for stem, weight in asked.weights.items() if stem not in held), default=0.0)
        / 10,
        "names": names,
        "pairs": len(asked.pairs & set(pairwise(term.stem for term in terms if not term.stop)))
        / max(1, len(asked.pairs)),
        "before": asked.share(before),
        "around": asked.share(before) if opens_with_pronoun else 0.0,
        "sign": float(bool(candidates) and not names_answer),
        "near": near,
        "fit_name": fit if asked.kind in _NAMED else 0.0,
        "fit_number": fit if asked.kind in COUNTING else 0.0,
        "fit_date": fit if asked.kind is AnswerType.DATE else 0.0,
        "count_near": near if asked.kind in COUNTING else 0.0,
        "focus": len(asked.focus & held) / max(1, len(asked.focus)),
        "speech": (0.3 + names) * (asked.kind is AnswerType.SPEECH and bool(_SAYING.search(place.text))),
        "pronoun": _share_names(asked, before) if opens_with_pronoun else 0.0,
        "asks": float(place.asking or (not heard and place.text.rstrip("”\"'’» ").endswith("?"))),
        "heading": float(not _ENDED.search(place.text)),
        "fragment": float(len(terms) < _SHORT and not holds_verb(place.text)),
        "order": share_in_order(asked.terms, asked.weights, terms),
        "length": math.log1p(len(terms)) / 4,
        "short": float(len(terms) < _SHORT),
        "early": -math.log1p(place.start / 150) / 4,
        "definition": coverage * explained,
        "said_by": len(asked.subject & place.speakers)
        / max(1, len(asked.subject))
        * (_ASIDE if _YES_OR_NO.match(asked.text) else 1.0),
        "stance": float(bool(asked.stances & place.labels)),
        "attributed": float(asked.seeks_speaker and bool(place.speakers)),
        "lead": measure_lead(place.start, len(terms)) if asked.overview else 0.0,
        "recent": place.recency * (_NEWS if asked.overview else 1.0) if asked.latest else 0.0,
    }


def score_relevance(features: Mapping[str, float]) -> float:
    """Return the weighted sum; differences are log odds that one sentence rather than another answers."""
    weights = load_weights()
    return sum(weights[name] * value for name, value in features.items() if name in weights)


def list_contributions(features: Mapping[str, float]) -> dict[str, float]:
    """Return what each feature adds to the score, in log-odds; what adds nothing is left out."""
    weights = load_weights()
    gains = {name: weights.get(name, 0.0) * value for name, value in features.items()}
    return {name: gain for name, gain in gains.items() if gain}


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each feature."""
    weights: dict[str, float] = json.loads(
        files("index.quotes").joinpath(WEIGHTS).read_text(encoding="utf-8")
    )["weights"]
    return weights


def _read_head(text: str) -> str:
    """Return a question without what stands in brackets behind it, if it asks something by itself."""
    head = _ABOUT.sub("", text)
    return head if _ASKING.search(head) else text


def _share_weight(terms: Sequence[Term], weights: Mapping[str, float]) -> Column:
    counted = [_STOP_WEIGHT if term.stop else weights.get(term.stem, 0.0) for term in terms]
    return np.array(counted, dtype=np.float32) / (sum(counted) or 1.0)


def _share_names(asked: AskedQuestion, held: frozenset[str]) -> float:
    total = sum(asked.weights.get(stem, 0.0) for stem in asked.names)
    return sum(asked.weights.get(stem, 0.0) for stem in asked.names & held) / total if total else 0.0
