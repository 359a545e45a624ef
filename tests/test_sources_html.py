from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Failure, RawArticle
from index.settings import ReadingSettings
from index.sources.html import plain_paragraphs, read_html
from index.texts.cleaning import clean_article

SETTINGS = ReadingSettings()
FERRY = (Path(__file__).parent / "data" / "sources" / "ferry.html").read_text(encoding="utf-8")
BODY = (
    "<p>The ferry sank on Sunday, the harbour master said.</p><p>The owner denied it and blamed the tide.</p>"
)

LINKED_DATA = '<script type="application/ld+json">%s</script>'


def read(html: str, source: str = "page.html") -> RawArticle:
    (item,) = read_html(html, source, SETTINGS)
    assert isinstance(item, RawArticle), item
    return item


def read_head(head: str, lang: str = "en") -> RawArticle:
    return read(f'<html lang="{lang}"><head>{head}</head><body><article>{BODY}</article></body></html>')


def test_reads_a_saved_page() -> None:
    """The article's paragraphs are the text; banner, menu, caption, post and comments are not."""
    article = clean_article(read(FERRY), SETTINGS, {}, Path("/project"))
    assert article.text.split("\n\n") == [
        "The ferry Maud sank off Port Ellis early on Sunday, the harbour master said, "
        "and all 40 people on board were saved.",
        "“It went down in minutes,” said Nell Harrow, who was at the helm. “There was no time to ask why.”",
        "The owner, Maud Lines, denied that the ferry had been overloaded. It called the "
        "claim “an insult to the crew”.",
        "Two boats searched until noon, according to the coastguard.",
        "Nobody was hurt, the hospital said.",
        "In 2011 another ferry of the company ran aground on the same bank, and an "
        "inquiry blamed a broken lamp.",
    ]
    assert any("what a night" in embed for embed in article.embeds)


def test_reads_what_a_page_says_of_itself() -> None:
    """JSON-LD gives headline, publisher, authors and aware date, though another block of it is broken."""
    item = read(FERRY)
    assert item.title == "Ferry sinks off Port Ellis"
    assert item.outlet == "The Ellis Courier"
    assert item.author == "Ada Merrow, John Roe"
    assert str(item.published) == "2024-03-03T09:44:00Z"
    assert item.url == "https://www.courier.example/ferry-sinks"


def test_the_outlet_is_never_guessed() -> None:
    """Neither the suffix of a title nor the domain makes an outlet."""
    item = read_head(
        '<title>Ferry sinks - The Courier</title><link rel="canonical" href="https://courier.example/a">'
    )
    assert item.outlet is None
    assert item.url == "https://courier.example/a"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:site_name" content="The Courier">',
        LINKED_DATA % '{"@type": "NewsArticle", "headline": "x", "publisher": {"name": "The Courier"}}',
        LINKED_DATA % '{"@type": "NewsArticle", "headline": "x", "publisher": ["The Courier"],}',
        LINKED_DATA % '<!-- {"@type": "WebSite", "name": "The Courier"} -->',
        '<meta name="dc.publisher" content="The Courier">',
        '<meta name="publisher" content="//faces.example/c"><meta name="DC.Publisher" content="The Courier">',
    ],
)
def test_finds_the_stated_outlet(head: str) -> None:
    """Publisher and site name are read in each shape that pages state them in, mended where need be."""
    assert read_head(head).outlet == "The Courier"


@pytest.mark.parametrize(
    ("head", "lang", "expected"),
    [
        ('<meta name="date" content="03/04/2024">', "en-GB", "2024-04-03"),
        ('<meta name="date" content="03/04/2024">', "en-US", "2024-03-04"),
        ('<meta name="date" content="03/04/2024">', "en", None),
        ('<meta name="date" content="03.04.2024">', "de", "2024-04-03"),
        (
            '<meta property="article:published_time" content="2024-03-03T11:44:00-05:00">',
            "en",
            "2024-03-03T16:44:00Z",
        ),
        ('<meta property="article:modified_time" content="2024-03-03T11:44:00Z">', "en", None),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-03-03"}</script>',
            "en",
            "2024-03-03",
        ),
    ],
)
def test_dates_follow_the_language_of_the_page(head: str, lang: str, expected: str | None) -> None:
    """Numeric dates are read by the page's locale, and not at all where that leaves them open."""
    published = read_head(head, lang).published
    assert (str(published) if published else None) == expected


def test_a_page_is_told_from_the_stories_that_it_describes() -> None:
    """What has the page's headline is its report, whatever stands before it; its names are no HTML."""
    other = '{"@type": "NewsArticle", "headline": "Bridge falls", "author": "Bo Lind"}'
    own = (
        '{"@type": "NewsArticle", "headline": "Ferry &amp; crew &#8220;lost&#8221;", "creator": ["Ada"],'
        ' "url": "https://c.example/f?a=1&section=2"}'
    )
    title = "<title>Ferry &amp; crew “lost” - The Courier</title>"
    item = read_head(f"{title}{LINKED_DATA % other}{LINKED_DATA % own}")
    assert (item.title, item.author, item.url) == (
        "Ferry & crew “lost”", "Ada", "https://c.example/f?a=1&section=2",
    )  # fmt: skip
    assert read_head(f"<title>Barge</title>{LINKED_DATA % other}").title == "Bridge falls"


def test_reads_microdata_of_the_report_and_not_of_its_comments() -> None:
    """Author and publisher are read where the article's own scope names them."""
    page = (
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1>Ferry</h1>'
        '<div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">User99</b></div>'
        '<div itemprop="author" itemscope><b itemprop="name">Ada</b></div>'
        '<div itemprop="publisher" itemscope><meta itemprop="name" content="The Courier"></div>'
        f"<div>{BODY}</div></article>"
    )
    item = read(page)
    assert (item.author, item.outlet) == ("Ada", "The Courier")


def test_a_relative_address_is_taken_from_a_whole_one() -> None:
    """A saved page has no address of its own to take it from."""
    whole = '<meta property="og:url" content="https://c.example/amp/f">'
    assert read_head(f'<link rel="canonical" href="/f">{whole}').url == "https://c.example/f"


def test_reads_a_time_element() -> None:
    """Without metadata the first <time> of the article dates it."""
    html = f'<article><h1>Ferry</h1><time datetime="2024-03-03T11:44:00Z">today</time>{BODY}</article>'
    assert str(read(html).published) == "2024-03-03T11:44:00Z"


def test_a_fetched_page_knows_its_address() -> None:
    """A page without a canonical link has the address it came from; a relative link is joined to that."""
    html = f"<html><body><article>{BODY}</article></body></html>"
    assert read(html, "https://courier.example/a").url == "https://courier.example/a"
    linked = html.replace("<body>", '<head><link rel="canonical" href="/b"></head><body>')
    assert read(linked, "https://courier.example/a").url == "https://courier.example/b"


@pytest.mark.parametrize(
    "html", ["<html></html>", "<p></p>", "", "<nav><a href='/'>Home</a></nav>", "\x00", "<" * 2000]
)
def test_a_page_without_an_article_is_a_failure(html: str) -> None:
    """Where there is no article text the reader says so."""
    (item,) = read_html(html, "page.html", SETTINGS)
    assert isinstance(item, Failure)


def test_survives_depth_and_breadth() -> None:
    """Deep nesting and JSON-LD without end are read within bounds."""
    read_list = list(read_html("<div>" * 5000 + BODY, "page.html", SETTINGS))
    assert len(read_list) == 1
    nested = '<script type="application/ld+json">' + "[" * 50_000 + "</script>"
    assert read_head(nested).text.startswith("The ferry sank")


def test_fragments_become_paragraphs() -> None:
    """A feed's HTML is text whose paragraphs are parted by blank lines, without scripts and without marks."""
    html = (
        "<div>One <b>bold</b>,\n two.<p>Three<br/>four</p><script>x()</script><!-- no --> "
        "five &amp; six</div>"
    )
    assert plain_paragraphs(html) == "One bold, two.\n\nThree\n\nfour\n\nfive & six"
    assert plain_paragraphs("a plain line") == "a plain line"


def test_words_of_two_blocks_do_not_touch() -> None:
    """Lists of terms, rules and preformatted lines part paragraphs as <p> does; inline marks part nothing."""
    assert plain_paragraphs("<dl><dt>When</dt><dd>Monday</dd></dl>") == "When\n\nMonday"
    assert plain_paragraphs("One.<hr>Two.<pre>Three.</pre>Four.") == "One.\n\nTwo.\n\nThree.\n\nFour."
    assert plain_paragraphs("<main>One</main><aside>two</aside>") == "One\n\ntwo"
    assert plain_paragraphs("un<i>believ</i>able") == "unbelievable"


PIECES = st.sampled_from(
    [
        "<html>",
        "<head>",
        "<body>",
        "<article>",
        "<p>",
        "</p>",
        "<div",
        ">",
        "<script type='application/ld+json'>",
        "</script>",
        '{"@type": "NewsArticle", "headline": 5, "author": {"name": ["x", null]}, "@id": "a"}',
        '{"@graph": {"@type": [1]}}',
        "<meta property='og:site_name' content=''>",
        "<time datetime='x'>",
        "<blockquote>",
        "— N (@n) March 3, 2024",
        "&#0;",
        "<![CDATA[",
        "<!--",
        "text of a sentence. ",
        "\x00",
        "\ud800",
        "<svg><math><table>",
        "<?xml version='1.0'?>",
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_page_is_an_article_or_a_failure(html: str) -> None:
    """However broken the markup, the reader answers with one article or one failure."""
    (item,) = read_html(html, "page.html", SETTINGS)
    assert isinstance(item, RawArticle | Failure)
    assert isinstance(plain_paragraphs(html), str)


def test_a_post_within_a_post_spoils_no_page() -> None:
    """An unsigned post inside a signed one goes with it; the report around them is read."""
    inner = '<blockquote class="twitter-tweet"><p>What it replies to</p></blockquote>'
    post = f"<blockquote>It sank — Ada Merrow (@ada) February 8, 2023 {inner}</blockquote>"
    text = read(f"<html><body><article>{BODY}{post}{BODY}</article></body></html>").text
    assert text.startswith("The ferry sank")
    assert plain_paragraphs(f"{BODY}{post}").startswith("The ferry sank")


def test_an_address_that_is_none_spoils_no_page() -> None:
    """A page that states a broken canonical address has the address that it was fetched from."""
    head = '<head><link rel="canonical" href="http://[::1/ferry"></head>'
    page = f"<html>{head}<body><article>{BODY}</article></body></html>"
    assert read(page, "https://courier.example/ferry").url == "https://courier.example/ferry"


LIVE = """<html><head><title>LIVE: the count</title></head><body><article><h1>LIVE: the count</h1>
<div class="blog"><div class="post"><span class="ts">17:52</span><h3>It is over</h3><p>The motion falls by 101
votes to 98, and the benches are empty within a minute, our reporter says from the gallery.</p></div>
<div class="post"><span class="ts">5.20 pm</span><h3>The premier rises</h3><p>“I was misled,” the premier
says, holding the paper that everybody in the chamber has read by now.</p></div>
<div class="post"><time>16:05</time><h3>Doors open</h3><p>Visitors take their seats; the first of them
has stood in the rain since six in the morning.</p></div></div>
<div class="box"><p>One more story</p></div>
<div class="box"><p>Two more stories</p></div></article></body></html>"""


def test_every_entry_of_a_live_blog_keeps_its_time_and_heading() -> None:
    """Entries whose class says "post" are parts of one report, each with the lines above its paragraphs."""
    lines = read(LIVE).text.split("\n\n")
    assert [line for line in lines if len(line) < 20 and "stor" not in line] == [
        "17:52", "It is over", "5.20 pm", "The premier rises", "16:05", "Doors open",
    ]  # fmt: skip
    assert lines.index("Doors open") == lines.index("16:05") + 1
    assert lines[lines.index("The premier rises") + 1].startswith("“I was misled,”")


def test_blocks_without_times_keep_their_class() -> None:
    """Boxes of one class beside a report are no entries: what they are called still tells them from it."""
    box = '<div class="related-teaser"><p>Elsewhere: a barge sank, too, and nobody knows why.</p></div>'
    body = "".join(
        f"<p>Witness {number} said that the ferry had listed for an hour.</p>" for number in range(9)
    )
    page = f"<html><body><article><h1>Ferry</h1>{body}{box * 3}</article></body></html>"
    assert "barge" not in read(page).text


def test_quotations_keep_the_marks_that_browsers_show() -> None:
    """A `q` is written with its marks, once, within its sentence; what is struck is no longer said."""
    said = (
        "<p>The mayor said <q>we <b>know</b> of <q>a leak</q></q> and left.</p>"
        "<p>She added “<q>no more</q>” to that; <q>“Nothing”</q>, then <q>so <i>it is</i></q>.</p>"
        "<p>It carried <del>400</del> <s>or so</s> 40 people.</p>"
    )
    lines = [
        "The mayor said “we know of ‘a leak’” and left.",
        "She added “no more” to that; “Nothing”, then “so it is”.",
        "It carried 40 people.",
    ]
    text = read(f"<html><body><article><h1>Leak</h1>{BODY}{said}{BODY}</article></body></html>").text
    assert all(line in text.split("\n\n") for line in lines)
    assert plain_paragraphs(said).split("\n\n") == lines


def test_tables_that_lay_out_a_page_are_blocks() -> None:
    """Paragraphs within nested tables stay paragraphs; rows of figures stay rows."""
    words = "It lies in the harbour.<br><br>It will be raised.<br><br>The owner pays for that.<br>"
    inner = f"<table><tr><td><h1>Ferry sinks</h1>{BODY}</td></tr></table>"
    for table in (
        f"<table><tr><td><a href=/>Home</a></td><td>{inner}</td></tr></table>",
        f"<table><tbody><tr><td>{words}{words}{BODY}</td></tr></tbody></table>",
    ):
        lines = read(f"<html><body>{table}</body></html>").text.split("\n\n")
        assert any(line.startswith("The ferry sank") for line in lines)
        assert not any("|" in line for line in lines)
    figures = "<table><tr><td>2020</td><td>3</td></tr><tr><td>2021</td><td>5</td></tr></table>"
    assert (
        "| 2020 | 3 |" in read(f"<html><body><article>{BODY * 4}{figures}{BODY}</article></body></html>").text
    )


def test_links_to_other_stories_between_the_paragraphs_are_left_out() -> None:
    """A line that is a headline to click on is no report; a linked sentence and who wrote it are."""
    first, last = "The bridge fell on Monday.", "Nobody was hurt, the guard said."
    lines = (
        "<div class=promo><h4>Read more</h4><a href=/x>Six harbours, one tide</a></div>",
        "<p>Also read: <a href=/x>Six harbours, one tide</a></p>",
        "<p><b><a href=/x>Six harbours, one tide</a></b></p>",
        "<ul><li><a href=/x>Six harbours, one tide</a></li></ul>",
    )
    for line in lines:
        assert plain_paragraphs(f"<p>{first}</p>{line}<p>{last}</p>") == f"{first}\n\n{last}"
        body = f"<article><h1>Bridge falls</h1><p>{first}</p>{line}<p>{last}</p></article>"
        assert read(f"<html><body>{body}</body></html>").text == f"{first}\n\n{last}"
    for line in ("<p><a href=/x>The guard denied it.</a></p>", "<p class=byline><a href=/x>Jane Roe</a></p>"):
        assert plain_paragraphs(f"<p>{first}</p>{line}<p>{last}</p>").count("\n\n") == 2
    assert plain_paragraphs("<ul><li><a>Six harbours</a></li></ul>") == "Six harbours"
    many = f"<p>{first}</p>" + "<p><a href=/x>Six harbours</a></p>" * 5_000 + f"<p>{last}</p>"
    assert plain_paragraphs(many) == f"{first}\n\n{last}"
