"""How often the quotes hold the words that answer, given the right article and over all articles of a set.

One of the measures of `python -m index.evaluation`; quotes are chosen exactly as an answer's are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.answers import Hit, Question, Quote
from index.datatypes import Passage
from index.embedding import Embedder, TokenEmbedder
from index.evaluation.data import AskedQuestion, squeeze
from index.evaluation.retrieval import find_candidates, read_question
from index.interaction import Interaction, make_interaction
from index.quotes.candidates import Source
from index.quotes.quoting import Selection, select_quotes
from index.quotes.terms import Rarity
from index.search.ranking import rank
from index.settings import IndexSettings
from index.store.generations import Generation

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class QuotingScore:
    """Means over the answerable questions, each in [0, 1].

    Attributes:
        first: share of questions whose first quote holds an answer of the set, white space and case aside.
        first_three: the same of any of the first three quotes.
        length: mean length of the first quote in code points.
    """

    questions: int
    first: float
    first_three: float
    length: float


def evaluate_given(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder
) -> QuotingScore:
    """Return the score where the article that holds the answer is given, and the whole of it is read."""
    rarity = make_rarity(generation)

    def choose(asked: AskedQuestion) -> Selection:
        article = generation.catalogue.article(asked.evidence[0].article)
        whole = Hit(Passage(0, article.id, 0, len(article.text), article.text), 1.0)
        sources = read_sources(generation, [article.id])
        return select_quotes(
            Question(asked.text, asked.text),
            [whole],
            sources,
            rarity,
            interaction=interact_whole(generation, article.id, asked.text, embedder),
            max_quotes=_SHOWN,
            hits_read=1,
        )

    return _score((asked, choose(asked).quotes) for asked in questions if asked.answerable)


def evaluate_quoting(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> QuotingScore:
    """Return the score over all articles of the set: retrieved, ranked and quoted as an answer is."""
    rarity = make_rarity(generation)

    def choose(asked: AskedQuestion) -> Selection:
        candidates = find_candidates(asked.text, generation, embedder, settings)
        ranking = rank(candidates, generation.catalogue)
        sources = read_sources(generation, {hit.passage.article for hit in ranking.hits})
        question = read_question(asked.text, generation)
        return select_quotes(question, ranking.hits, sources, rarity, interaction=candidates.interaction)

    return _score((asked, choose(asked).quotes) for asked in questions if asked.answerable)


def interact_whole(generation: Generation, article: str, text: str, embedder: Embedder) -> Interaction | None:
    """Return how a question's tokens are met in an article as one passage, of number 0."""
    if generation.details is None or not isinstance(embedder, TokenEmbedder):
        return None
    passages = generation.catalogue.passages_of(article)
    ids = np.array([passage.id for passage in passages], dtype=np.int64)
    details = generation.details.read(ids)
    begins = np.repeat([passage.start for passage in passages], np.diff(details.bounds))
    whole = details._replace(
        bounds=np.array([0, len(details.starts)]), starts=(details.starts + begins).astype(np.int32)
    )
    return make_interaction(embedder.read_question(text, ()), np.zeros(1, dtype=np.int64), whole)


def holds_answer(quote: Quote, asked: AskedQuestion) -> bool:
    """Return whether a quote holds, in the right article, words of the set that answer."""
    text = squeeze(quote.text).lower()
    return any(
        quote.citation.article == item.article and squeeze(item.quote).lower() in text
        for item in asked.evidence
        if item.quote
    )


def make_rarity(generation: Generation) -> Rarity:
    """Return how rare words are in an index."""
    catalogue = generation.catalogue
    return Rarity(catalogue.count_passages(), catalogue.count_passages_with)


def read_sources(generation: Generation, articles: Iterable[str]) -> dict[str, Source]:
    """Return articles with their citations and statements, as quoting needs them."""
    catalogue = generation.catalogue
    return {
        article: Source(
            catalogue.article(article), catalogue.citation(article), catalogue.statements_of(article)
        )
        for article in articles
    }


def _score(answers: Iterable[tuple[AskedQuestion, Sequence[Quote]]]) -> QuotingScore:
    count = first = first_three = length = 0
    for asked, quotes in answers:
        held = [holds_answer(quote, asked) for quote in quotes[:_SHOWN]]
        count += 1
        first += held[:1] == [True]
        first_three += any(held)
        length += len(quotes[0].text) if quotes else 0
    if not count:
        return QuotingScore(0, 0.0, 0.0, 0.0)
    return QuotingScore(count, first / count, first_three / count, length / count)
