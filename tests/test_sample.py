"""The sample corpus: its shape, and that every quote of its gold files stands in the articles."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.answers import Reason
from index.datatypes import Article, Failure, Label
from index.settings import load_index_settings
from index.sources import list_files, load_file, read_bytes
from index.texts.cleaning import clean_article

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "docs" / "sample"
REAL_OUTLETS = (
    "BBC", "CNN", "Reuters", "Associated Press", "AFP", "TASS", "Guardian", "New York Times",
    "Washington Post", "Al Jazeera", "Bloomberg", "Daily Mail", "Der Spiegel", "Le Monde", "El País",
    "Fox News", "Sky News", "Deutsche Welle", "Interfax", "Ukrinform", "Xinhua", "The Verge",
)  # fmt: skip
DATELINES = (
    re.compile(r"[A-Z ]+, (?:Velmark, )?(?P<month>[A-Z][a-z]+) (?P<day>\d+) \(Halyard\)"),
    re.compile(r"[A-Z ]+, (?P<day>\d+) (?P<month>[A-Z][a-z]+)\. /Torpress/"),
)
MONTHS = {"May": 5, "June": 6, "July": 7}


@cache
def read_articles() -> dict[str, Article]:
    """Every report of the sample by its URL, or by its path where it has none."""
    settings = load_index_settings(ROOT / "config.toml")
    articles: dict[str, Article] = {}
    raws = (
        raw
        for path in list_files("docs/sample/articles", ROOT).files
        for raw in read_bytes(load_file(path, settings.reading), str(path), settings.reading)
    )
    for raw in raws:
        assert not isinstance(raw, Failure), raw
        article = clean_article(raw, settings.reading, settings.outlets, ROOT)
        name = article.url or article.source
        assert name not in articles, name
        articles[name] = article
    return articles


def read_lines(name: str) -> list[dict[str, Any]]:
    """The records of one of the gold files."""
    return [json.loads(line) for line in (SAMPLE / name).read_text(encoding="utf-8").splitlines()]


def list_sides(pair: dict[str, Any]) -> list[dict[str, Any]]:
    """The quotes of a disputed pair, with those of the carriers."""
    sides = [pair["claim"], pair["denial"]]
    return [*sides, *(copy for side in sides for copy in side.get("carried", []))]


def test_corpus_has_the_reports_that_it_promises() -> None:
    """At least 26 reports of 150 to 450 words by at least seven outlets, each with an id of its own."""
    articles = read_articles().values()
    assert len(articles) >= 26
    assert len({article.id for article in articles}) == len(articles)
    outlets = Counter(article.outlet for article in articles)
    assert len(outlets.keys() - {None}) >= 7
    assert outlets[None] >= 1
    assert all(150 <= len(article.text.split()) <= 450 for article in articles)
    assert all(article.title and article.title not in article.text for article in articles)


def test_furniture_stays_out_of_the_quotable_text() -> None:
    """No embedded post, image credit, share line, cookie banner or link to another story is quotable."""
    furniture = re.compile(
        r"[\U0001f300-\U0001faff\u2600-\u27bf]|chirrup|cookie|Read more|Advertisement|Copy link|Photograph:"
        r"|Image:|Photo:|Lantern Pictures|Share this|All rights reserved|Ferry fares|Accordion|Published:"
        r"|© 2025|Morning Tide"
    )
    found = {name: furniture.findall(article.text) for name, article in read_articles().items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_dates_are_those_of_the_stories() -> None:
    """Every dated report is of spring or summer 2025, agrees with its dateline, and only one has no date."""
    articles = read_articles()
    undated = [name for name, article in articles.items() if article.published is None]
    assert undated == ["docs/sample/articles/clippings/anglers.txt"]
    for name, article in articles.items():
        if article.published is None:
            continue
        day = article.published.day
        assert date(2025, 5, 1) <= day <= date(2025, 8, 31), name
        for pattern in DATELINES:
            if found := pattern.match(article.text):
                assert day == date(2025, MONTHS[found["month"]], int(found["day"])), name


def test_nothing_real_is_named() -> None:
    """No real outlet is named in an article, and every URL is of a reserved domain."""
    for path in (SAMPLE / "articles").rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not [name for name in REAL_OUTLETS if re.search(rf"\b{re.escape(name)}\b", text)], path
        hosts = set(re.findall(r"https?://([\w.-]+)", text))
        standards = {"schema.org", "ogp.me", "purl.org", "www.w3.org"}
        assert all(host.endswith(".example") for host in hosts - standards), path


def test_questions_are_of_every_kind() -> None:
    """At least 50 questions have an answer and 20 have none, three or more for each reason."""
    questions = read_lines("questions.jsonl")
    assert len({question["id"] for question in questions}) == len(questions) >= 70
    assert len({question["question"] for question in questions}) == len(questions)
    reasons = Counter(question["reason"] for question in questions)
    assert reasons.pop(None) >= 50
    assert reasons.keys() == {
        Reason.NOTHING_ON_THIS, Reason.NOTHING_IN_DATES, Reason.OUTLET_HAS_NOTHING, Reason.NOT_STATED
    }  # fmt: skip
    assert min(reasons.values()) >= 3
    assert reasons.total() >= 20
    for question in questions:
        assert question["answerable"] == bool(question["evidence"]) == (question["reason"] is None)
        assert not question["answerable"] or question["speaker"] == question["evidence"][0]["speaker"]
        if not question["answerable"]:
            assert (question["answers"], question["speaker"], question["disputed"]) == ([], None, False)


def test_answers_stand_in_the_evidence() -> None:
    """Each expected answer is written in one of the quotes that are accepted, figures also as words."""
    words = {"2": "two", "4": "four", "9": "nine", "14": "fourteen", "120": "one hundred and twenty"}
    for question in read_lines("questions.jsonl"):
        told = " ".join(f"{item['speaker']} {item['quote']}" for item in question["evidence"])
        told = told.casefold().replace("’", "'").replace("\u00a0", " ")
        for answer in question["answers"]:
            assert answer.casefold() in told or words.get(answer, answer) in told, (question["id"], answer)


@pytest.mark.parametrize("name", ["questions.jsonl", "disputes.jsonl", "statements.jsonl"])
def test_quotes_are_verbatim(name: str) -> None:
    """Every quote and every speaker of the gold files is a slice of its article's cleaned text."""
    articles = read_articles()
    for record in read_lines(name):
        if name == "questions.jsonl":
            items = record["evidence"]
        elif name == "disputes.jsonl":
            items = list_sides(record)
        else:
            items = [{"article": record["article"], "quote": part} for part in record["content"]]
            items += [
                {"article": record["article"], "quote": part}
                for part in (record["cue"], record["speaker"], record["name"], *record["chain"])
                if part is not None
            ]
        assert items or not record["answerable"], record["id"]
        for item in items:
            text = articles[item["article"]].text
            assert item["quote"] in text, (record["id"], item["quote"])
            assert (item.get("speaker") or "") in text, (record["id"], item["speaker"])


def test_evidence_keeps_to_the_dates_and_outlets_asked_about() -> None:
    """A question about what stood in the papers before a day is answered from before that day only."""
    articles = read_articles()
    bounded = 0
    for question in read_lines("questions.jsonl"):
        if found := re.search(r"before (\d+) (May|June|July)\b", question["question"]):
            first = date(2025, MONTHS[found[2]], int(found[1]))
            published = [articles[item["article"]].published for item in question["evidence"]]
            assert all(moment is not None and moment.day < first for moment in published), question["id"]
            bounded += bool(published)
    assert bounded >= 3


def test_disputes_are_pairs_of_one_story() -> None:
    """Both sides of a disputed pair lie in one story, and no pair is listed twice."""
    stories = json.loads((SAMPLE / "stories.json").read_text(encoding="utf-8"))["stories"]
    seen = set()
    for pair in read_lines("disputes.jsonl"):
        claim, denial = pair["claim"], pair["denial"]
        assert {claim["article"], denial["article"]} <= set(stories[pair["story"]]), pair["id"]
        assert (claim["article"] == denial["article"]) == (pair["scope"] == "within"), pair["id"]
        assert pair["kind"] in {"denial", "contrary", "correction"}
        key = frozenset({(claim["article"], claim["quote"]), (denial["article"], denial["quote"])})
        assert len(key) == 2, pair["id"]
        assert key not in seen, pair["id"]
        seen.add(key)
    assert len(seen) >= 100


def test_statements_cover_eight_reports() -> None:
    """Statements of eight articles are listed, with the project's labels and no outlet in a chain."""
    statements = read_lines("statements.jsonl")
    assert len({statement["article"] for statement in statements}) >= 8
    assert {statement["label"] for statement in statements} <= set(Label)
    for statement in statements:
        outlet = read_articles()[statement["article"]].outlet or ""
        assert not any(through in outlet for through in statement["chain"]), statement["id"]


def test_stories_hold_every_report_once() -> None:
    """Every article is in one story, in order of publication; carriers are near in wording."""
    gold = json.loads((SAMPLE / "stories.json").read_text(encoding="utf-8"))
    articles = read_articles()
    listed = [name for names in gold["stories"].values() for name in names]
    assert sorted(listed) == sorted(articles)
    for names in gold["stories"].values():
        moments = [articles[name].published for name in names]
        days = [moment.sort_key() for moment in moments if moment is not None]
        assert days == sorted(days)
        assert None not in moments[: len(days)]
    assert max(len({articles[name].outlet for name in group}) for group in gold["carriers"]) >= 4
    for group in gold["carriers"]:
        assert any(set(group) <= set(names) for names in gold["stories"].values())
        words = [set(re.findall(r"\w+", articles[name].text)) for name in group]
        assert all(len(other & words[0]) / len(other | words[0]) > 0.75 for other in words[1:])
