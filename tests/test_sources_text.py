from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Article, Failure, RawArticle
from index.settings import ReadingSettings
from index.sources.text import read_text
from index.texts.cleaning import clean_article

SETTINGS = ReadingSettings(timezone="Europe/Madrid")
REPORT = """ date 2024-03-03 By Ada Merrow • 03 March 2024 • 11:44

Ferry reportedly sinks off Port Ellis. Image: kelp99/Pixelbarn.com

HARBOUR media are reporting on Sunday, March 3 that the ferry has sunk off Port Ellis.

“It went down in minutes,” a source within the coastguard reportedly told the agency.

The port says two boats left. The union says three did. #Ellis pic.pics.example/aB3 — W (@w) March 3, 2024

The owner called the reports “a fairy tale”.
"""
BODY = "The ferry sank on Sunday, the harbour master of Port Ellis said.\n\nThe owner of the ferry denied it."


def read(text: str, *, markdown: bool = False) -> RawArticle:
    (item,) = read_text(text, "a.txt", SETTINGS, markdown=markdown)
    assert isinstance(item, RawArticle)
    return item


def read_clean(text: str, *, markdown: bool = False) -> Article:
    return clean_article(read(text, markdown=markdown), SETTINGS, {}, Path("/project"))


def test_reads_a_report_with_a_leading_line() -> None:
    """Date, byline, caption and post become metadata; the upper-case opening and every sentence stay."""
    article = read_clean(REPORT)
    assert article.title == "Ferry reportedly sinks off Port Ellis"
    assert article.author == "Ada Merrow"
    assert str(article.published) == "2024-03-03T10:44:00Z"
    assert article.outlet is None
    assert article.credits == ("kelp99/Pixelbarn.com",)
    assert article.embeds == ("#Ellis pic.pics.example/aB3 — W (@w) March 3, 2024",)
    assert article.text == (
        "HARBOUR media are reporting on Sunday, March 3 that the ferry has sunk off Port Ellis.\n\n"
        "“It went down in minutes,” a source within the coastguard reportedly told the agency.\n\n"
        "The port says two boats left. The union says three did.\n\n"
        "The owner called the reports “a fairy tale”."
    )


def test_reads_a_header() -> None:
    """`Key: value` lines above the text fill the fields that they name."""
    item = read(
        f"Title: Ferry sinks\nOutlet: The Courier\nBy: Ada Merrow\nDate: 3 March 2024\nTime: 11:44 GMT\n"
        f"URL: https://courier.example/ferry\nID: c-17\nTags: sea\n\n{BODY}"
    )
    assert (item.title, item.outlet, item.author, item.key) == (
        "Ferry sinks",
        "The Courier",
        "Ada Merrow",
        "c-17",
    )
    assert (str(item.published), item.url) == ("2024-03-03T11:44:00Z", "https://courier.example/ferry")
    assert item.text.strip() == BODY


def test_a_source_may_be_an_address() -> None:
    """`Source:` with a URL names no outlet."""
    item = read(f"Source: https://courier.example/ferry\n\n{BODY}")
    assert (item.outlet, item.url) == (None, "https://courier.example/ferry")


def test_reads_front_matter() -> None:
    """A fenced header may hold keys that mean nothing here; they do not end it."""
    item = read(
        f'---\ntitle: "Ferry sinks"\nlayout: post\npublished: 2024-03-03\n---\n\n{BODY}', markdown=True
    )
    assert (item.title, str(item.published), item.text.strip()) == ("Ferry sinks", "2024-03-03", BODY)


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: >-\n  Ferry sinks\n  off Ellis\nauthors:\n  - name: A\n  - "Bo"\ndate: 2024-03-03\n---',
        "---\ntitle: Ferry sinks off Ellis\nauthor: [A, 'Bo']\nseo:\n  title: Sunk\ndate: 2024-03-03\n---",
        '+++\ntitle = "Ferry sinks off Ellis"\nauthors = ["A", "Bo"]\ndate = 2024-03-03\n+++',
    ],
)
def test_reads_front_matter_that_folds_and_lists(front: str) -> None:
    """Lists and folded lines belong to their key, and nothing between the fences is text."""
    item = read(f"{front}\n\n{BODY}", markdown=True)
    assert (item.title, item.author) == ("Ferry sinks off Ellis", "A, Bo")
    assert (str(item.published), item.text.strip()) == ("2024-03-03", BODY)


def test_a_rule_without_an_end_fences_nothing() -> None:
    """A line above the text that looks like a fence is a rule where no other one follows."""
    assert BODY in read(f"---\n\n{BODY}", markdown=True).text
    item = read(f"---\nTitle: Ferry sinks\n\n{BODY}\n---\nIt is raining.")
    assert (item.title, BODY in item.text) == ("Ferry sinks", True)


def test_a_sentence_with_a_colon_is_no_header() -> None:
    """A key that is not known begins the text."""
    item = read(f"Warning: the pier is closed.\n\n{BODY}")
    assert item.text.startswith("Warning: the pier is closed.")
    assert item.title is None


def test_reads_a_headline_line() -> None:
    """A line of its own above byline and body is the headline, and leaves the text."""
    article = read_clean(f"Ferry sinks off Port Ellis\nBy Ada Merrow\nPublished: 3 March 2024\n\n{BODY}")
    assert (article.title, article.author, str(article.published)) == (
        "Ferry sinks off Port Ellis",
        "Ada Merrow",
        "2024-03-03",
    )
    assert article.text == BODY


def test_a_first_sentence_is_no_headline() -> None:
    """A text that begins with its first sentence keeps it, and is titled by its opening words."""
    article = read_clean(BODY)
    assert article.text == BODY
    assert article.title.startswith("The ferry sank on Sunday")


def test_markup_within_markdown_goes() -> None:
    """HTML between blank lines is read as such; headings and lines beside it stay what they are."""
    item = read(f"# Ferry sinks\nBy Ada Merrow\n\n<p>It rains.</p>\n\n<!-- note -->\n\n{BODY}", markdown=True)
    assert (item.title, item.author) == ("Ferry sinks", "Ada Merrow")
    assert "\n\nIt rains.\n\n" in item.text
    assert "note" not in item.text


def test_takes_markdown_off() -> None:
    """Headings, links and emphasis are marks; their words are the text."""
    article = read_clean(
        "# Ferry sinks\n\nThe **ferry** sank, [the master](https://x.example/a_(b)) "
        "said.\n\n> “It _sank_,” she said.\n"
        "\n![quay](quay.jpg)\n\n## What we know\n\nSnake_case and 2 * 3 stay.",
        markdown=True,
    )
    assert article.title == "Ferry sinks"
    assert article.text == (
        "The ferry sank, the master said.\n\n“It sank,” she said.\n\nWhat we "
        "know\n\nSnake_case and 2 * 3 stay."
    )


@given(st.text(max_size=300) | st.lists(st.sampled_from(REPORT.split("\n")), max_size=8).map("\n".join))
@settings(deadline=None)
def test_any_text_is_an_article_or_a_failure(text: str) -> None:
    """Whatever the file holds, the reader answers with one article or one failure."""
    for markdown in (False, True):
        (item,) = read_text(text, "a.txt", SETTINGS, markdown=markdown)
        assert isinstance(item, RawArticle | Failure)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('"I was wrong": the mayor speaks', '"I was wrong": the mayor speaks'),
        ('Mayor: "I was wrong"', 'Mayor: "I was wrong"'),
        ('"One" and "two"', '"One" and "two"'),
        ('"The mayor speaks"', "The mayor speaks"),
        ("'The mayor speaks'", "The mayor speaks"),
    ],
)
def test_marks_of_a_quotation_in_a_headline_stay_in_pairs(line: str, title: str) -> None:
    """Only marks around the whole value of a header, as YAML writes them, are taken off."""
    assert read(f"Title: {line}\nOutlet: The Courier\n\nThe ferry sank.").title == title
