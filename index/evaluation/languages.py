"""Measures retrieval across languages: whether the first passage is of the article that answers.

Part of the evaluation command. Questions in one language meet articles in another: once by the vectors alone,
and once as the product searches and ranks, with all that it does about words that mean nothing there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.answers import Hit, Question
from index.crossing import read_foreign, search_by_vectors
from index.embedding import Embedder, OnProgress, TokenEmbedder, Vectors
from index.evaluation.data import AskedQuestion
from index.evaluation.retrieval import find_candidates
from index.search.ranking import rank
from index.settings import IndexSettings
from index.store.generations import Generation


@dataclass(frozen=True, slots=True)
class LanguageScore:
    """Shares of questions, each in [0, 1].

    Attributes:
        questions: how many were asked.
        dense: the nearest passage by cosine is of the article that answers (Hits@1).
        ranked: the first hit, as the product ranks them, is.
    """

    questions: int
    dense: float
    ranked: float


class PreparedEmbedder:
    """An `Embedder` that has embedded some questions at once; it embeds any other when it is asked."""

    def __init__(self, embedder: Embedder, questions: Sequence[str]) -> None:
        self._embedder = embedder
        self.identity, self.dimension = embedder.identity, embedder.dimension
        self.max_tokens = embedder.max_tokens
        self._rows: Mapping[str, Vectors] = dict(
            zip(questions, embedder.embed_questions(questions), strict=True)
        )

    def embed_passages(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Return (n, dimension) unit rows."""
        return self._embedder.embed_passages(texts, on_progress)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) unit rows."""
        if any(text not in self._rows for text in texts):
            return self._embedder.embed_questions(texts)
        return np.stack([self._rows[text] for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token counts."""
        return self._embedder.count_tokens(texts)


def evaluate_languages(
    generation: Generation, questions: Sequence[AskedQuestion], embedder: Embedder, settings: IndexSettings
) -> LanguageScore:
    """Return the scores over the answerable questions; any article that holds evidence is right."""
    asked = [question for question in questions if question.answerable]
    if not asked:
        return LanguageScore(0, 0.0, 0.0)
    prepared = PreparedEmbedder(embedder, list(dict.fromkeys(question.text for question in asked)))
    searching = embedder if isinstance(embedder, TokenEmbedder) else prepared
    nearest = ranked = 0
    for question in asked:
        wanted = {item.article for item in question.evidence}
        found = generation.vectors.search(prepared.embed_questions([question.text]), 1)
        (passage,) = generation.catalogue.passages([int(found.ids[0, 0])])
        nearest += passage.article in wanted
        hits = _rank_as_shipped(question.text, generation, searching, settings)
        ranked += bool(hits) and hits[0].passage.article in wanted
    return LanguageScore(len(asked), nearest / len(asked), ranked / len(asked))


def _rank_as_shipped(
    text: str, generation: Generation, embedder: Embedder, settings: IndexSettings
) -> tuple[Hit, ...]:
    across = settings.embedding.spans_languages
    foreign = read_foreign(Question(text, text), generation, embedder) if across else None
    if foreign is None:
        return rank(find_candidates(text, generation, embedder, settings), generation.catalogue).hits
    searched = settings.model_copy(update={"retrieval": search_by_vectors(settings.retrieval)})
    candidates = find_candidates(text, generation, embedder, searched)
    return rank(candidates, generation.catalogue, foreign.ranking).hits
