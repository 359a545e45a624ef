from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Failure, RawArticle
from index.settings import ReadingSettings
from index.sources.feed import name_feed, read_feed

SETTINGS = ReadingSettings()
HARBOUR = (Path(__file__).parent / "data" / "sources" / "harbour.rss").read_text(encoding="utf-8")
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Weekly</title>
<entry><id>tag:weekly.example,2024:1</id><title type="html">One &amp;amp; two</title>
<link rel="alternate" href="https://weekly.example/1"/><author><name>Ada Merrow</name></author>
<author><name>John Roe</name></author><updated>2024-03-04T10:00:00Z</updated>
<published>2024-03-03T11:44:00+02:00</published>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>It sank.</p><p>She said so.</p></div></content></entry>
<entry><id>https://weekly.example/2</id><title>Second</title><updated>2024-03-05</updated><summary>Short.</summary></entry>
</feed>"""


def test_reads_rss() -> None:
    """Entries carry the fullest text, link, guid, author and date; the channel's title is the outlet."""
    first, second, third = read_feed(HARBOUR, "harbour.rss", SETTINGS)
    assert isinstance(first, RawArticle)
    assert (
        first.text
        == "The ferry Maud sank on Sunday, the harbour master said.\n\nThe owner denied it & blamed the tide."
    )
    assert (first.title, first.outlet, first.author) == ("Ferry Maud sinks", "Harbour Herald", "Ada Merrow")
    assert (first.key, str(first.published)) == ("herald.example/herald-17", "2024-03-03T09:44:00Z")
    assert first.url == "https://herald.example/maud?utm_source=rss"
    assert isinstance(second, RawArticle)
    assert (second.outlet, second.key, second.url) == ("Northwire", None, "https://herald.example/old")
    assert second.published is None
    assert isinstance(third, Failure)
    assert "Only a headline" in third.reason


def test_reads_atom() -> None:
    """Atom's authors, content and publication are read; an update stands in where nothing else is dated."""
    first, second = read_feed(ATOM, "weekly.atom", SETTINGS)
    assert isinstance(first, RawArticle)
    assert (first.title, first.author, first.outlet) == ("One & two", "Ada Merrow, John Roe", "The Weekly")
    assert (first.key, first.url) == ("tag:weekly.example,2024:1", "https://weekly.example/1")
    assert (first.text, str(first.published)) == ("It sank.\n\nShe said so.", "2024-03-03T09:44:00Z")
    assert isinstance(second, RawArticle)
    assert (second.key, second.url, str(second.published)) == (None, "https://weekly.example/2", "2024-03-05")


RELATIVE = """<rss version="2.0"><channel><title>The Courier</title>%s
<item><title>One</title><link>/one</link><description>It sank.</description></item>
<item><title>Two</title><link>two?p=1</link><description>It rose.</description></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("home", "source", "urls"),
    [
        (
            "<link>https://courier.example/</link>",
            "a.xml",
            ["https://courier.example/one", "https://courier.example/two?p=1"],
        ),
        ("", "https://b.example/feed/", ["https://b.example/one", "https://b.example/feed/two?p=1"]),
        ("<link>http://[bad</link>", "a.xml", [None, None]),
        ("", "a.xml", [None, None]),
    ],
    ids=["channel", "address", "broken", "nothing"],
)
def test_relative_links_are_taken_from_the_feed(home: str, source: str, urls: list[str | None]) -> None:
    """A link without a host is one of the feed's own site; without that, entries are told by number."""
    items = list(read_feed(RELATIVE % home, source, SETTINGS))
    assert [item.url for item in items if isinstance(item, RawArticle)] == urls
    assert len({item.source if item.url is None else item.url for item in items}) == 2  # type: ignore[union-attr]
    unlinked = RELATIVE.replace("<link>/one</link>", "") % home
    assert next(read_feed(unlinked, source, SETTINGS)).url is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><item>",
        "no xml at all",
        "<html><body>page</body></html>",
        "<rss version='2.0'><channel><title>Empty</title></channel></rss>",
        "<urlset><url/></urlset>",
    ],
)
def test_what_is_no_feed_is_a_failure(text: str) -> None:
    """Broken XML, other XML and an empty feed are reported."""
    (item,) = read_feed(text, "a.xml", SETTINGS)
    assert isinstance(item, Failure)


ENTRY = "<item><title>%s</title><guid isPermaLink='false'>4711</guid><description>%s</description></item>"


def test_a_short_guid_is_one_of_its_own_feed() -> None:
    """Two sites number their reports alike; an address is made of none of these numbers."""
    keys = set()
    for host in ("a.example", "b.example"):
        channel = f"<rss version='2.0'><channel><link>https://{host}/</link>{ENTRY % ('One', 'It sank.')}"
        (item,) = read_feed(
            f"{channel}</channel></rss>".replace(" isPermaLink='false'", ""), "a.xml", SETTINGS
        )
        assert isinstance(item, RawArticle)
        assert item.url is None
        keys.add(item.key)
    assert keys == {"a.example/4711", "b.example/4711"}


def test_an_entry_that_repeats_its_headline_holds_no_text() -> None:
    """Some feeds of headlines write headline and outlet once more where a text should be."""
    entries = ENTRY % ("Ferry sinks", "Ferry sinks <b>Courier</b>") + ENTRY % ("It sank.", "It sank.")
    text = f"<rss version='2.0'><channel><title>Courier</title>{entries}</channel></rss>"
    item, other = read_feed(text, "a.xml", SETTINGS)
    assert isinstance(other, RawArticle)
    assert isinstance(item, Failure)
    assert "but its headline" in item.reason


def test_entities_neither_explode_nor_reach_out() -> None:
    """A document type's entities are not expanded from files, nor without bound."""
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    )
    text += "<rss version='2.0'><channel><item><title>&f;</title>"
    text += "<description>Text &e11; and &f;</description></item></channel></rss>"
    for item in read_feed(text, "a.xml", SETTINGS):
        assert isinstance(item, Failure) or (
            len(item.text) < 1000 and "root:" not in f"{item.text}{item.title}"
        )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Courier", "The Courier"),
        ("The Courier - RSS Feed", "The Courier"),
        ("The Courier | Latest news", "The Courier"),
        ("Feed", "Feed"),
        ("", None),
        (None, None),
    ],
)
def test_names_feeds(title: str | None, name: str | None) -> None:
    """Words that only say that a feed is a feed are no part of the outlet's name."""
    assert name_feed(title) == name


PIECES = st.sampled_from(
    [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<description>",
        "</description>",
        "<pubDate>",
        "Sun, 03 Mar 2024",
        "</pubDate>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<content type='html'>",
        "&lt;p&gt;",
        "<![CDATA[",
        "]]>",
        "<guid>",
        "<link href='x'/>",
        "<author>",
        "&e;",
        "<!DOCTYPE r [",
        "\x00",
        "\ud800",
        "<?xml version='1.0'?>",
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_feed_is_articles_or_failures(text: str) -> None:
    """However broken the XML, the reader answers with articles and failures, at least one of them."""
    items = list(read_feed(text, "a.xml", SETTINGS))
    assert items
    assert all(isinstance(item, RawArticle | Failure) for item in items)
