"""Votes as an evaluation set: what readers called a good answer becomes a question with its evidence.

`run_bot.py --votes-to FOLDER` writes the set, beside others or alone; the evaluation command measures it.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.datatypes import Article
from index.evaluation.data import ARTICLES_FILE, QUESTIONS_FILE

VOTES_SET = "votes"
"""Name of the set: the folder of its files."""


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote on an answer.

    Attributes:
        quotes: what the answer showed: article, half-open code-point offsets into its text, and the words.
        good: whether the reader called it a good answer.
    """

    question: str
    quotes: tuple[tuple[str, int, int, str], ...]
    good: bool


def write_voted_set(folder: Path, votes: Iterable[Voted], articles: Iterable[Article]) -> int:
    """Write the articles and the questions that were answered well; return the number of questions.

    A question counts where more readers called its answer good than bad. Its evidence is what the good
    answers showed, where the articles still hold these words; a question without any is left out, and so
    are answers that were called bad, since a vote does not say what would have been right.

    Args:
        folder: of evaluation sets; the set's own folder in it is made, its files are replaced.
        articles: of the index that is to be searched.
    """
    held = {article.id: article for article in articles}
    target = folder / VOTES_SET
    target.mkdir(parents=True, exist_ok=True)
    _write_lines(target / ARTICLES_FILE, (_describe_article(article) for article in held.values()))
    balance: Counter[str] = Counter()
    evidence: dict[str, dict[tuple[str, int, int, str], None]] = {}
    for vote in votes:
        balance[vote.question] += 1 if vote.good else -1
        if vote.good:
            holding = (quote for quote in vote.quotes if _is_held(quote, held))
            evidence.setdefault(vote.question, {}).update(dict.fromkeys(holding))
    good = [question for question, quotes in evidence.items() if quotes and balance[question] > 0]
    records = (
        {
            "id": f"{VOTES_SET}{number}",
            "question": question,
            "kind": "voted",
            "answerable": True,
            "answers": [],
            "evidence": [
                {"article": article, "quote": words, "start": start}
                for article, start, _, words in evidence[question]
            ],
        }
        for number, question in enumerate(good, 1)
    )
    _write_lines(target / QUESTIONS_FILE, records)
    return len(good)


def _is_held(quote: tuple[str, int, int, str], held: Mapping[str, Article]) -> bool:
    article, start, end, words = quote
    return article in held and held[article].text[start:end] == words


def _describe_article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published_at": str(article.published) if article.published else None,
        "url": article.url,
        "text": article.text,
    }


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
