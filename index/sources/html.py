"""Reads pages as saved from a browser: trafilatura finds the text, the page's own metadata says whose it is.

One of the readers that `index.sources` chooses from; yields one raw article for cleaning. The outlet is what
the page states of itself in JSON-LD, OpenGraph or meta tags, never a title's suffix and never the domain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin

import lxml.etree
import lxml.html
import trafilatura

from index.datatypes import Failure, RawArticle
from index.settings import ReadingSettings
from index.sources.gates import explain_gate
from index.sources.metadata import PageMetadata, read_metadata
from index.texts.embeds import holds_post
from index.texts.furniture import is_furniture
from index.texts.normalising import clean_line, unescape_entities

# What third-party parsers may raise on bytes that are hardly HTML; everything else is a defect of ours.
PARSER_FAULTS = (
    lxml.etree.LxmlError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
)

_POST_CLASS = re.compile(r"twitter-|instagram-media|tiktok-embed|bluesky-embed|fb-post|mastodon-embed")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "figcaption", "head"})
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div", "dl", "dt",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
    ]
)  # fmt: skip
"""Elements that browsers show as blocks of their own, and breaks: words on either side do not touch."""

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_BLOCK_TAG = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|article)>|<br\s*/?>|<p>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</(?:a|b|i|em|strong|span|u|q)>|<!--.*?-->", re.IGNORECASE)
_OPENING = frozenset("\"'“„«‹‘")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?", re.IGNORECASE)
_ENTRIES = frozenset({"article", "div", "li", "section"})
_LONGEST_TEASER = 200  # characters
_SENTENCE_ENDS = (*'.!?…"”’»)',)
_WRITER = re.compile(r"author|byline|writer|credit", re.IGNORECASE)
_PROSE = 2  # paragraphs of sentences beside a line, from which it stands in a report
_MASTHEAD = re.compile(r"\s+[|–—·•-]\s+[^|–—·•]{2,60}$")


def read_html(text: str, source: str, settings: ReadingSettings) -> Iterator[RawArticle | Failure]:
    """Yield the article of a page, or the failure to find one; paragraphs are parted by blank lines.

    Embedded posts, captions, navigation, banners and readers' comments stay out.

    Args:
        text: decoded HTML.
        source: the page's path or URL.
        settings: the zone of printed times.
    """
    try:
        tree = trafilatura.load_html(text)
        if tree is None:
            yield Failure(source, "is not HTML that can be read")
            return
        page = read_metadata(tree, settings.timezone)
        heading = _read_heading(tree)
        _flatten_posts(tree)
        _write_marks(tree)
        _drop_teasers(tree)
        _open_tables(tree)
        _open_entries(tree)
        document = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, with_metadata=False
        )
    except PARSER_FAULTS as error:
        yield Failure(source, f"is not HTML that can be read: {error}")
        return
    paragraphs = _split_lines(document.text or "" if document is not None else "")
    title = _choose_title(page, heading)
    while len(paragraphs) > 1 and clean_line(paragraphs[0]) in {title, heading, page.title}:
        del paragraphs[0]
    if not any(any(map(str.isalnum, paragraph)) for paragraph in paragraphs):
        yield Failure(source, "no article text in the HTML")
        return
    gate = explain_gate(title or "", paragraphs)
    if gate:
        yield Failure(source, gate)
        return
    address = source if source.startswith(("http://", "https://")) else None
    yield RawArticle(
        source=source,
        text="\n\n".join(paragraphs),
        title=title,
        outlet=page.outlet,
        author=page.author,
        published=page.published,
        url=_choose_address(page.url, address),
    )


def plain_paragraphs(fragment: str) -> str:
    """Return an HTML fragment, such as a feed's, as plain text; paragraphs are parted by blank lines."""
    if "<" not in fragment and "&" not in fragment:
        return fragment
    try:
        root = lxml.html.fragment_fromstring(fragment, create_parent="div")
        _flatten_posts(root)
        _write_marks(root)
        _drop_teasers(root)
        pieces: list[str] = []
        for event, node in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            hidden = not isinstance(node.tag, str) or node.tag in _HIDDEN
            if event == "start":
                pieces.append("\n\n" if not hidden and node.tag in _BLOCKS else "")
                pieces.append("" if hidden else node.text or "")
            elif event == "end" or hidden:
                pieces.append("\n\n" if not hidden and node.tag in _BLOCKS else "")
                pieces.append(node.tail or "" if node is not root else "")
    except PARSER_FAULTS:
        return ""
    lines = (" ".join(line.split()) for line in "".join(_join_lines(pieces)).split("\n\n"))
    return "\n\n".join(line for line in lines if line)


def drop_markup(text: str) -> str:
    """Return a text that may hold HTML, as exports of newsrooms' databases do, as plain text."""
    if "<" not in text and "&" not in text:
        return text
    pieces = []
    for block in _BLANK_LINES.split(text):
        if _BLOCK_TAG.search(block):
            pieces.append(plain_paragraphs(block))
        elif _INLINE_TAG.search(block):
            pieces.append("\n".join(plain_paragraphs(line) for line in block.split("\n")))
        else:
            pieces.append(unescape_entities(block))
    return "\n\n".join(pieces)


def _flatten_posts(tree: lxml.html.HtmlElement) -> None:
    """Make each embedded post one paragraph, signature included, for cleaning to judge; drop the unsigned."""
    for quote in tree.xpath("//blockquote"):
        for block in quote.iter("p", "br", "div"):
            block.tail = f" {block.tail or ''}"
        words = clean_line(quote.text_content())
        if holds_post(words):
            tail = quote.tail
            quote.clear()
            quote.tag, quote.text, quote.tail = "p", words, tail
        elif _POST_CLASS.search(quote.get("class") or "") and quote.getparent() is not None:
            quote.drop_tree()


def _write_marks(tree: lxml.html.HtmlElement) -> None:
    """Write the marks that browsers show around `q`, and take out what a report has struck."""
    for struck in tree.xpath(".//del | .//s | .//strike"):
        struck.drop_tree()
    for quote in tree.xpath(".//q"):
        before = quote.xpath("string(preceding-sibling::node()[1][self::text()])").rstrip()
        if before[-1:] not in _OPENING and quote.text_content().lstrip()[:1] not in _OPENING:
            opening, closing = "‘’" if quote.xpath("ancestor::q") else "“”"
            quote.text = f"{opening}{quote.text or ''}"
            if len(quote):
                quote[-1].tail = f"{quote[-1].tail or ''}{closing}"
            else:
                quote.text += closing
    for quote in tree.xpath(".//q"):
        quote.tag = "span"


def _drop_teasers(tree: lxml.html.HtmlElement) -> None:
    """Take out the lines between a report's paragraphs that are links: "Read more: Ten ways to go".

    A sentence that is linked as a whole ends as one and stays, and so does who wrote the report.
    """
    prose: dict[lxml.html.HtmlElement, int] = {}  # paragraphs of sentences in an element
    for line in tree.xpath(".//p[.//a] | .//li[.//a] | .//*[self::div or self::section][.//a][not(.//p)]"):
        block = line.getparent() if line.tag == "li" else line
        parent = block.getparent() if block is not None else None
        if parent is None:
            continue
        words = clean_line(line.text_content())
        if not 0 < len(words) <= _LONGEST_TEASER:
            continue
        unlinked = clean_line(" ".join(line.xpath(".//text()[not(ancestor::a)]")))
        if unlinked and not is_furniture(unlinked):
            continue
        if words[-1] in _SENTENCE_ENDS or _WRITER.search(line.get("class") or "") or line.xpath(".//time"):
            continue
        if parent not in prose:
            prose[parent] = sum(
                clean_line(p.text_content())[-1:] in _SENTENCE_ENDS for p in parent.xpath("./p")
            )
        if prose[parent] >= _PROSE:
            line.drop_tree()


def _open_tables(tree: lxml.html.HtmlElement) -> None:
    """Make blocks of the tables by which old pages are laid out; figures stay in theirs."""
    laid_out = set(tree.xpath("//table[.//table or .//h1 or .//td[count(.//p) > 1 or count(.//br) > 3]]"))
    parts = [
        part
        for part in tree.iter("tbody", "tr", "td", "th")
        if next(part.iterancestors("table"), None) in laid_out
    ]
    for part in (*laid_out, *parts):
        part.tag = "div"


def _open_entries(tree: lxml.html.HtmlElement) -> None:
    """Make one text of a live blog, whose entries bear a class that trafilatura takes for a report's body.

    It would read the first entry whole and of the others no heading and no time. An entry is a block in an
    `article` with paragraphs and a time by itself, beside others of its class.
    """
    alike: defaultdict[tuple[lxml.html.HtmlElement, str], list[lxml.html.HtmlElement]] = defaultdict(list)
    for block in tree.xpath("//article//*[@class][.//p]"):
        if block.tag in _ENTRIES:
            alike[block.getparent(), block.get("class")].append(block)
    for blocks in alike.values():
        clocks = [_find_clocks(block) for block in blocks]
        if sum(map(bool, clocks)) < 2:
            continue
        for block, times in zip(blocks, clocks, strict=True):
            del block.attrib["class"]
            for time in times:
                time.tag = "p"


def _find_clocks(block: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the elements of a block, outside its paragraphs, that hold a time of day and nothing else."""
    return [
        element
        for element in block.xpath(
            "./span | ./time | ./div[not(*)] | ./header/span | ./header/time | ./a/time"
        )
        if _CLOCK.fullmatch(clean_line(element.text_content()))
    ]


def _join_lines(pieces: list[str]) -> Iterator[str]:
    """Yield pieces of text with the line breaks of the source, which mean nothing in HTML, as spaces."""
    for piece in pieces:
        yield piece if piece == "\n\n" else piece.replace("\r", " ").replace("\n", " ")


def _split_lines(text: str) -> list[str]:
    """Return trafilatura's lines, each a paragraph, without the marks that it puts before items of lists."""
    lines = (line.strip() for line in text.split("\n"))
    return [line.removeprefix("- ") for line in lines if line]


def _choose_address(stated: str | None, address: str | None) -> str | None:
    """Return the address that a page states, else the one that it was fetched from."""
    try:
        return urljoin(address or "", stated) if stated else address
    except ValueError:
        return address


def _read_heading(tree: lxml.html.HtmlElement) -> str | None:
    headings = tree.xpath("//article//h1") or tree.xpath("//h1")
    return clean_line(headings[0].text_content()) or None if headings else None


def _choose_title(page: PageMetadata, heading: str | None) -> str | None:
    """Return the headline: the metadata's without the outlet's name behind it, else the page's heading."""
    title = page.title
    if title and page.outlet:
        match = _MASTHEAD.search(title)
        if match and page.outlet.casefold() in match.group().casefold():
            title = title[: match.start()]
    if page.titled_by_head and heading:
        # The head's <title> is no more than a heading with the name of the site around it.
        return heading
    return title or heading
