"""The sentences of the retrieved passages, each scored for the part of the question that it answers best.

Follows retrieval and ranking; quoting chooses among the candidates. Each keeps its features, so that a
person can be told why it was or was not chosen.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from index.answers import Citation, Hit
from index.datatypes import Article, Label, Span, Statement
from index.interaction import WordMatches
from index.quotes.interviews import find_question, leads_to_question
from index.quotes.relevance import (
    AskedQuestion,
    Place,
    load_weights,
    measure_relevance,
    score_relevance,
)
from index.quotes.terms import content_stems, split_terms, stem_words
from index.texts.datelines import skip_dateline
from index.texts.sentences import split_sentences

_COSINE_WEIGHT = 6.0  # log odds, from a cosine of 0 to 1
_LEAST_CHANCE = 1e-3  # of a passage, and its distance from certainty
LEAST_HEARD = 0.5  # confidence from which a statement counts for ranking; being shown takes more
_AGENCY = 34  # code points of an agency that stands in slashes behind a dateline's dot
_CLAIMS_READ = 4  # of those that one sentence denies
_FASTEST, _SLOWEST = 1.0, 30.0  # days in which news of a matter grows half as new
_SAME_STORY, _OTHER_STORY = 2.5, 1.5  # log-odds below the best from which a report is not on its matter
_SAME_WORDS = 0.6  # least share of what the best holds of a question's words, the same
_OWNER = re.compile(r"[\w.-]+['’]s?\s+(?=\w)")
SPEAKS_FOR_OTHERS = re.compile(r"spokes|publicist|representative|lawyer|attorney", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of an article that holds hits.

    Attributes:
        citation: as it is to be shown, with carriers where copies are known.
        report: id of the report that the article carries; copies share one. "" for an article of its own.
        story: names the story that the article is of; "" for none.
        denials: its sentences that dispute a claim, each with the claim's text, the surest first.
    """

    article: Article
    citation: Citation
    statements: tuple[Statement, ...] = ()
    report: str = ""
    denials: tuple[tuple[Span, str], ...] = ()
    story: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that was considered.

    Attributes:
        article: `Article.id`.
        sentence: half-open offsets into the article's text.
        rank: of its passage among the hits, from 0.
        part: index of the question's part that it answers best.
        features: named features of the sentence for that part.
        score: log odds; comparable within one question.
        verdict: why it was or was not chosen, for a person to read.
    """

    article: str
    sentence: Span
    rank: int
    part: int
    features: Mapping[str, float]
    score: float
    verdict: str = ""

    @property
    def matter(self) -> float:
        """The score without what it gains by being new: how well it answers, whenever that was."""
        return self.score - load_weights().get("recent", 0.0) * self.features.get("recent", 0.0)


def rank_sentences(
    asked: Sequence[AskedQuestion],
    hits: Sequence[Hit],
    sources: Mapping[str, Source],
    matches: Sequence[WordMatches | None] = (),
    cosines: Sequence[float] = (),
) -> list[Candidate]:
    """Return the sentences of the hits, best first, each scored for the part that it answers best."""
    found: dict[tuple[str, Span], Candidate] = {}
    latest = any(question.latest for question in asked)
    recency = _measure_recency(find_matter(asked[0], hits, sources), sources) if latest else {}
    for rank, hit in enumerate(hits):
        kept = sources[hit.passage.article]
        article = kept.article
        sentences, begins = split_article(article.text), _find_begins(article.text)
        for index in _list_places(sentences, hit):
            sentence, begin = sentences[index], begins[index]
            if begin >= sentence.end or (article.id, sentence) in found:
                continue
            before = sentences[index - 1] if index else Span(0, 0)
            speakers, labels = _describe_speech(kept, sentence)
            place = Place(
                text=article.text[begin : sentence.end],
                before=article.text[before.start : before.end],
                title=article.title,
                start=sentence.start,
                speakers=speakers,
                labels=labels,
                chance=_log_odds(hit.score),
                recency=recency.get(article.id, 0.0),
                asking=leads_to_question(article.text, sentences, index),
            )
            denials = _read_denials(kept, sentence, place)
            answered = find_question(article.text, sentences, index)
            candidates = []
            begun, ended = sentence.start - hit.passage.start, sentence.end - hit.passage.start
            for part, question in enumerate(asked):
                match = matches[part] if matches else None
                met = match.of_sentence(hit.passage.id, begun, ended) if match else None
                met_before = match.of_previous(hit.passage.id, begun) if match else None
                readings = [(place, met)]
                if Label.DENIED in question.stances:
                    readings += [(denial, met) for denial in denials]
                if answered is not None:
                    asking = (
                        match.of_sentence(hit.passage.id, answered.start - hit.passage.start, ended)
                        if match
                        else None
                    )
                    readings.append((_read_answer(article, answered, place), asking))
                for seen, seen_met in readings:
                    features = measure_relevance(question, seen, seen_met, met_before)
                    score = score_relevance(features) + (_COSINE_WEIGHT * cosines[rank] if cosines else 0.0)
                    candidates.append(Candidate(article.id, sentence, rank, part, features, score))
            found[article.id, sentence] = max(candidates, key=lambda candidate: candidate.score)
    return sorted(found.values(), key=lambda c: (-c.score, c.rank, c.sentence))


def find_matter(asked: AskedQuestion, hits: Sequence[Hit], sources: Mapping[str, Source]) -> frozenset[str]:
    """Return the ids of the reports that are on the same matter as the best one, however new they are.

    A report is whose best passage is nearly as likely as the best of all, less so if it is of another story,
    and holds nearly as much of what is asked: of the words that say what for, none that says where to look.
    """
    chances: dict[str, float] = {}
    covers: dict[str, float] = {}
    for hit in hits:
        article = hit.passage.article
        held = stem_words(hit.passage.text) | stem_words(sources[article].article.title)
        chances[article] = max(chances.get(article, -math.inf), _log_odds(hit.score))
        covers[article] = max(covers.get(article, 0.0), asked.words.cover(held))
    held_most = max(covers.values(), default=0.0)
    on_it = {article for article, cover in covers.items() if cover >= _SAME_WORDS * held_most}
    best = max(on_it, key=lambda article: (chances[article], article), default="")
    story = _name_story(sources, best)
    least = {True: chances.get(best, 0.0) - _SAME_STORY, False: chances.get(best, 0.0) - _OTHER_STORY}
    return frozenset(
        article for article in on_it if chances[article] >= least[_name_story(sources, article) == story]
    )


def _name_story(sources: Mapping[str, Source], article: str) -> str:
    return (sources[article].story if article in sources else "") or article


def _measure_recency(matter: Collection[str], sources: Mapping[str, Source]) -> dict[str, float]:
    """Return how new each report on the matter is, 1 for the newest; any other report is not new on it.

    How fast news of it grows old is the matter's own: half in a quarter of the time that its reports span.
    """
    days = {article: published.day for article in matter if (published := sources[article].article.published)}
    newest, oldest = max(days.values(), default=date.min), min(days.values(), default=date.min)
    half = min(max((newest - oldest).days / 4, _FASTEST), _SLOWEST)
    return {article: 0.5 ** ((newest - day).days / half) for article, day in days.items()}


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(chance / (1 - chance))


split_article = lru_cache(maxsize=500)(split_sentences)
"""As `split_sentences`; the sentences of articles that were read of late are kept."""


@lru_cache(maxsize=500)
def _find_begins(text: str) -> tuple[int, ...]:
    """Return where each sentence of an article begins, behind a dateline; its end if it is all dateline."""
    begin, begins = 0, []
    for sentence in split_article(text):
        reach = min(len(text), sentence.end + _AGENCY)
        begin = max(begin, skip_dateline(text, sentence.start, reach))
        begins.append(begin)
    return tuple(begins)


def _read_denials(source: Source, sentence: Span, place: Place) -> list[Place]:
    """Return the place as who asks for a denial sees it: with the words of each claim that it denies.

    "He called the reports an information attack" shares no word with "who denied the withdrawal?"; the
    claim does.
    """
    claims = [
        claim for span, claim in source.denials if span.start < sentence.end and sentence.start < span.end
    ]
    labels = place.labels | {Label.DENIED}
    return [
        replace(
            place,
            text=f"{claim} {Label.DENIED} {place.text}",
            labels=labels,
            borrowed=stem_words(f"{claim} {Label.DENIED}"),
        )
        for claim in claims[:_CLAIMS_READ]
    ]


def _read_answer(article: Article, question: Span, place: Place) -> Place:
    """Return the place with the question right before it: "No." answers, and says nothing of what."""
    return replace(place, text=f"{article.text[slice(*question)]} {place.text}", before="")


def _describe_speech(source: Source, sentence: Span) -> tuple[frozenset[str], frozenset[Label]]:
    """Return the stems of those whose words a sentence holds, and how they were said."""
    said = [
        statement
        for statement in source.statements
        if statement.confidence >= LEAST_HEARD
        and statement.content[0].start < sentence.end  # most stand elsewhere
        and statement.content[-1].end > sentence.start
        and any(span.start < sentence.end and sentence.start < span.end for span in statement.content)
    ]
    text = source.article.text
    words = (
        _name_speaker(word)
        for statement in said
        for word in (
            statement.name,
            statement.role,
            text[statement.speaker.start : statement.speaker.end] if statement.speaker else None,
        )
        if word
    )
    return frozenset(content_stems(split_terms(" ".join(words)))), frozenset(one.label for one in said)


def _name_speaker(mention: str) -> str:
    """Return a mention without whom its owner belongs to, but for who speaks for them."""
    return mention if SPEAKS_FOR_OTHERS.search(mention) else _OWNER.sub("", mention)


def _list_places(sentences: Sequence[Span], hit: Hit) -> list[int]:
    """Return the places of the sentences of which at least half stands in a passage."""
    passage = hit.passage
    first = bisect_right(sentences, passage.start, key=attrgetter("end"))
    last = bisect_left(sentences, passage.end, key=attrgetter("start"))
    return [
        place
        for place, (start, end) in enumerate(sentences[first:last], first)
        if 2 * (min(end, passage.end) - max(start, passage.start)) >= end - start
    ]
