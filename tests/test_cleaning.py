from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Article, Moment, RawArticle
from index.errors import EmptySourceError, SourceError
from index.settings import ReadingSettings
from index.texts.cleaning import canonical_url, clean_article, find_outlet

SETTINGS = ReadingSettings()
BASE = Path("/project")
NOW = datetime(2026, 1, 10, tzinfo=UTC)
BODY = "The ferry sank on Sunday, the harbour master said.\n\nThe owner denied it."

LINES = st.sampled_from(
    [
        "The ferry sank on Sunday, the harbour master said.",
        "“It sank,” she said.",
        "By Jane Doe",
        "8 February 2023",
        "Published: 3 March 2024 14:02",
        "Advertisement",
        "(Reuters)",
        "He left. (Reuters)",
        "Photo: A. Name/Getty Images",
        "The quay. Image: A. Name/AFP",
        "Read more: Another story",
        "A headline",
        "Share",
        "— AFP",
        "* * *",
        "Two\nlines",
        "It sank. #Ellis pic.twitter.com/aB — Name (@handle) March 3, 2024",
        "I saw it. — Name (@handle) March 3, 2024",
        "PORT ELLIS (Northwire) — It sank.",
        "© 2024 The Courier",
        "e\u0301 \u200b\u00a0x",
        "Reporting by A; editing by B",
    ]
)


def clean(
    text: str, source: str = "reports/one.txt", outlets: dict[str, str] | None = None, **fields: object
) -> Article:
    raw = RawArticle(source, text, **fields)  # type: ignore[arg-type]
    return clean_article(raw, SETTINGS, outlets or {}, BASE, NOW)


@given(
    st.lists(LINES | st.text(max_size=30), max_size=12).map("\n\n".join),
    st.sampled_from([None, "A headline"]),
)
@settings(deadline=None)
def test_cleaning_is_idempotent(text: str, title: str | None) -> None:
    """A canonical text is cleaned to itself, is NFC, and has its paragraphs parted by one blank line."""
    try:
        article = clean(text, title=title)
    except EmptySourceError:
        return
    assert clean(article.text, title=article.title).text == article.text
    assert clean(article.text).text == article.text
    assert unicodedata.is_normalized("NFC", article.text)
    assert all(line == line.strip() and line for line in article.text.split("\n\n"))


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_text_is_an_article_or_empty(text: str) -> None:
    """Whatever a reader found, cleaning yields an article or says that there is none."""
    try:
        article = clean(text)
    except EmptySourceError:
        return
    assert article.text
    assert article.title
    assert article.outlet is None
    assert article.text.encode("utf-8")


def test_takes_the_lead_into_metadata() -> None:
    """Byline, date, headline and credit leave the text and fill what was not known."""
    article = clean(
        "The ferry sinks\n\nBy Jane Doe, Reuters\n\n3 March 2024 14:02\n\nThe quay. "
        "Image: A. Name/Pixelbarn\n\n" + BODY,
        title="The ferry sinks",
    )
    assert article.text == "The quay.\n\n" + BODY
    assert (article.author, article.origin, str(article.published)) == (
        "Jane Doe",
        "Reuters",
        "2024-03-03T14:02:00Z",
    )
    assert article.credits == ("A. Name/Pixelbarn",)


def test_what_the_reader_knows_comes_first() -> None:
    """A byline does not overrule the metadata of the page."""
    published = Moment(date(2024, 3, 1))
    article = clean("By Jane Doe\n\nUpdated 3 March 2024\n\n" + BODY, author="John Roe", published=published)
    assert (article.text, article.author, article.published) == (BODY, "John Roe", published)


def test_a_chronicle_keeps_its_dates() -> None:
    """Dates that head the parts of a chronicle are its text, not its byline."""
    text = "24 February 2022\n\nThe bridge fell.\n\n3 March 2022\n\nThe ferry came."
    article = clean(text)
    assert article.text == text
    assert article.published is None


def test_furniture_goes_and_is_kept_aside() -> None:
    """Share lines and embeds are metadata; the sentences around them stay in order."""
    article = clean(
        f"Share on Facebook\n\nThe ferry sank.\n\nRead more: The owner\n\n{BODY}\n\nSign "
        f"up for our newsletter"
    )
    assert article.text == f"The ferry sank.\n\n{BODY}"
    assert article.embeds == ("Share on Facebook", "Read more: The owner", "Sign up for our newsletter")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (f"{BODY}\n\n(Reuters)", "Reuters"),
        (f"{BODY} (AFP)", "AFP"),
        (f"{BODY}\n\nSource: TASS", "TASS"),
        (f"KYIV, Feb 8 (AP) — {BODY}", "AP"),
        (f"{BODY}\n\nReporting by A; editing by B\n\n© 2024 Reuters", "Reuters"),
        (BODY, None),
        ("TASS reported that the ferry sank.\n\n“It sank,” said Reuters.", None),
    ],
)
def test_origin_is_the_agency_that_is_credited(text: str, origin: str | None) -> None:
    """A wire credit in a dateline or at the end is the origin; an agency that is merely quoted is not."""
    article = clean(text)
    assert article.origin == origin
    assert article.outlet is None
    assert clean(BODY, author="Jane Doe, Associated Press").origin == "AP"


def test_the_outlet_is_stated_or_configured_and_never_guessed() -> None:
    """The report's own outlet wins, then the longest matching path, then the domain, then none."""
    outlets = {"reports": "The Folder", "reports/east": "The East", "courier.example": "The Courier"}
    url = "https://news.courier.example/ferry"
    assert clean(BODY, outlets=outlets, outlet="The Stated").outlet == "The Stated"
    assert clean(BODY, source="reports/east/a.txt", outlets=outlets, url=url).outlet == "The East"
    assert clean(BODY, source="reports/eastern.txt", outlets=outlets).outlet == "The Folder"
    assert clean(BODY, source="/project/reports/west/a.txt", outlets=outlets).outlet == "The Folder"
    assert clean(BODY, source="elsewhere/a.txt", outlets=outlets, url=url).outlet == "The Courier"
    assert (
        clean(BODY, source="elsewhere/a.txt", outlets=outlets, url="https://notcourier.example/x").outlet
        is None
    )
    assert find_outlet("reports/feed.jsonl#3", None, {"reports/feed.jsonl": "The File"}, BASE) == "The File"
    assert find_outlet("https://courier.example/feed", None, outlets, BASE) == "The Courier"


def test_ids_come_from_key_url_or_path() -> None:
    """The source's key is the id; else the canonical URL or the path from the project gives 12 digits."""
    url = "https://courier.example/ferry"
    assert clean(BODY, key="wire-17").id == "wire-17"
    assert (
        clean(BODY, url=url).id == clean(BODY, url=f"{url}?utm_source=x&fbclid=1#top", source="other.html").id
    )
    assert clean(BODY, source="/project/reports/one.txt").id == clean(BODY).id
    assert clean(BODY).id != clean(BODY, source="reports/two.txt").id
    assert len(clean(BODY, key="two\nlines").id) == len(clean(BODY).id) == 12


def test_sources_are_named_from_the_project() -> None:
    """A path is kept relative to the folder of the configuration, a URL as it is."""
    assert clean(BODY, source="/project/reports/one.txt").source == "reports/one.txt"
    assert clean(BODY, source="/shared/one.txt").source == "../shared/one.txt"
    assert clean(BODY, source="https://courier.example/feed").source == "https://courier.example/feed"


def test_a_title_without_end_is_cut() -> None:
    """A title stands beside every passage, so that a page's text in its title would be stored as often."""
    long = "The ferry sank, the harbour master said. " * 1000
    article = clean(f"{long}\n\n{BODY}", title=long)
    assert len(article.title) <= 300
    assert article.title.endswith("The ferry…")
    assert article.text == clean(BODY, title=long).text
    assert len(clean(BODY, title="x" * 5000).title) <= 300
    assert clean(BODY, title="Word " * 50).title == ("Word " * 50).strip()


def test_untitled_reports_are_titled_by_their_opening() -> None:
    """Without a headline the first twelve words stand for it, marked as cut."""
    assert clean(BODY).title == "The ferry sank on Sunday, the harbour master said. The owner denied …"
    assert clean("It sank.").title == "It sank."


def test_the_future_is_date_unknown() -> None:
    """A date that lies ahead is not believed, and today never takes its place."""
    assert clean(BODY, published=Moment(date(2027, 1, 1))).published is None
    assert clean(BODY).published is None


def test_the_address_tells_the_day_where_nothing_else_does() -> None:
    """The page's own date comes first; a file of many reports is named after something else."""
    filed = "https://news.example/2024/03/01/ferry"
    assert clean(BODY, url=filed).published == Moment(date(2024, 3, 1))
    assert clean(BODY, url=filed, published=Moment(date(2024, 2, 9))).published == Moment(date(2024, 2, 9))
    assert clean(BODY, "reports/2024-03-01-ferry.md").published == Moment(date(2024, 3, 1))
    bare = "https://news.example/ferry"
    assert clean(BODY, "reports/2024-03-01-ferry.html", url=bare).published == Moment(date(2024, 3, 1))
    assert clean(BODY, "reports/2024-03-01-ferry.jsonl").published is None
    assert clean(BODY, url="https://news.example/2027/01/01/ferry").published is None


def test_empty_and_overlong_texts_are_reported() -> None:
    """What holds no words, or too many characters, is an error with the reason."""
    for text in ("", " \n\u200b", "By Jane Doe\n\nAdvertisement", "* * *"):
        with pytest.raises(EmptySourceError):
            clean(text)
    with pytest.raises(SourceError, match="max_characters"):
        clean_article(RawArticle("a", "x" * 1001), ReadingSettings(max_characters=1000), {}, BASE)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Courier.Example/a?utm_medium=x&id=3#top", "https://courier.example/a?id=3"),
        ("https://user:secret@courier.example/a", "https://courier.example/a"),
        ("javascript:alert(1)", None),
        ("/relative", None),
        ("https://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_urls(url: str | None, expected: str | None) -> None:
    """A URL loses what only tracks; what is no web address is none."""
    assert canonical_url(url) == expected


def test_bylines_without_end_are_stripped_in_one_pass() -> None:
    """A text of thousands of bylines and credits around two sentences is cleaned in bounded time."""
    assert clean("By Jane Doe\n\n" * 3000 + BODY + "\n\n(Reuters)" * 3000).text == BODY


def test_a_known_authors_name_above_the_text_is_no_part_of_it() -> None:
    """The page says who wrote the report; the same name on a line of its own leaves the text, others stay."""
    assert clean(f"Ada Pell\n\n{BODY}", author="Ada Pell").text == BODY
    assert clean(f"Ada Pell and Tom Reuben\n\n{BODY}", author="Ada Pell").text == BODY
    assert clean(f"Tom Reuben\n\n{BODY}", author="Ada Pell").text == f"Tom Reuben\n\n{BODY}"
    assert clean("Ada Pell", author="Ada Pell").text == "Ada Pell"
