"""Measures retrieval: whether the ten best passages hold the words that answer.

Part of the evaluation command; the passages are those of the product, the questions those of a set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from index.answers import Question
from index.embedding import Embedder
from index.evaluation.data import AskedQuestion, Evidence, squeeze
from index.evaluation.metrics import RankingScore, score_rankings
from index.questions.question import parse_question
from index.search.postings import PassageTable
from index.search.ranking import RankingModel, rank
from index.search.retrieval import Candidates, retrieve
from index.settings import IndexSettings
from index.store.generations import Generation


@dataclass(frozen=True, slots=True)
class Located:
    """A question with the ids of the passages that hold each piece of its evidence."""

    asked: AskedQuestion
    holders: tuple[frozenset[int], ...]


def evaluate_retrieval(
    generation: Generation,
    questions: Sequence[AskedQuestion],
    embedder: Embedder,
    settings: IndexSettings,
    model: RankingModel | None = None,
) -> RankingScore:
    """Return the scores over the answerable questions; `model` is the shipped ranking if None."""
    located = locate_questions(generation, questions)
    ranked = []
    for item in located:
        candidates = find_candidates(item.asked.text, generation, embedder, settings)
        hits = rank(candidates, generation.catalogue, model).hits
        ranked.append([hit.passage.id for hit in hits])
    return score_rankings(ranked, [item.holders for item in located])


def locate_questions(generation: Generation, questions: Sequence[AskedQuestion]) -> tuple[Located, ...]:
    """Return the answerable questions with the passages that hold their evidence, white space removed.

    A passage of any article counts that holds a quote. Where the set says at which offset an answer stands,
    only the passage counts that lies nearest to there.
    """
    catalogue = generation.catalogue
    squeezed = {
        passage.id: squeeze(passage.text)
        for article in catalogue.articles()
        for passage in catalogue.passages_of(article.id)
    }
    found: dict[str, frozenset[int]] = {}
    located = []
    for asked in questions:
        if not asked.answerable:
            continue
        pieces = []
        for item in asked.evidence:
            if item.start is not None:
                pieces.append(_locate_offset(generation, item))
                continue
            quote = squeeze(item.quote)
            if quote not in found:
                found[quote] = frozenset(number for number, text in squeezed.items() if quote in text)
            pieces.append(found[quote])
        located.append(Located(asked, tuple(pieces)))
    return tuple(located)


def _locate_offset(generation: Generation, item: Evidence) -> frozenset[int]:
    quote = squeeze(item.quote)
    passages = [p for p in generation.catalogue.passages_of(item.article) if quote in squeeze(p.text)]
    if not passages:
        return frozenset()
    nearest = min(passages, key=lambda p: abs((p.start + p.end) / 2 - (item.start or 0)))
    return frozenset({nearest.id})


def find_candidates(
    text: str, generation: Generation, embedder: Embedder, settings: IndexSettings
) -> Candidates:
    """Return the candidates for a question asked on the day after the newest report."""
    question = read_question(text, generation)
    return retrieve(
        question,
        generation.catalogue,
        generation.vectors,
        embedder,
        settings.retrieval,
        generation.details,
    )


def read_question(text: str, generation: Generation) -> Question:
    """Return a question as understood, asked at noon of the day of the newest report."""
    newest = max((o.newest.day for o in generation.catalogue.outlets() if o.newest), default=None)
    now = datetime.combine(newest, time(12), UTC) if newest else datetime.now(UTC)
    names = generation.catalogue.passage_table().outlet_names
    return parse_question(text, now, names, {}, newest)


def list_articles(table: PassageTable, holders: Sequence[frozenset[int]]) -> Iterator[str]:
    """Yield the ids of the articles that hold any of the evidence."""
    places = {int(number): place for place, number in enumerate(table.ids)}
    for held in holders:
        for number in held:
            yield table.article_ids[table.articles[places[number]]]
