"""What a web page says of itself: headline, outlet, author, date and address, from JSON-LD and meta tags.

The HTML reader's half that knows schema.org, OpenGraph, Dublin Core and the habits of newsrooms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import lxml.html

from index.datatypes import Moment
from index.texts.cleaning import canonical_url
from index.texts.dates import parse_moment
from index.texts.normalising import clean_line, unescape_entities

ARTICLE_TYPES = frozenset(
    [
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
        "OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle",
        "SatiricalArticle", "TechArticle", "ScholarlyArticle", "Report", "BlogPosting", "LiveBlogPosting",
        "SocialMediaPosting",
    ]
)  # fmt: skip
"""Types of schema.org that carry a report."""

META_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title",
              "citation_title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher",
               "article:publisher", "citation_journal_title", "microdata:publisher"),
    "author": ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author",
               "dc.creator", "dcterms.creator", "byl", "citation_author", "microdata:author"),
    "published": ("article:published_time", "og:article:published_time", "og:published_time",
                  "parsely-pub-date", "datepublished", "date.published", "publishdate", "pubdate",
                  "publish-date", "publication_date", "sailthru.date", "dc.date.issued", "dcterms.issued",
                  "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date", "date"),
    "url": ("og:url", "parsely-link", "twitter:url"),
}  # fmt: skip
"""Fields to the names (or properties, or itemprops) of the meta tags that state them, best first."""

_MONTH_FIRST = frozenset({"en-us", "en-ph", "en-ca"})
_DAY_FIRST = frozenset(
    [
        "fr", "de", "es", "it", "pt", "ru", "uk", "pl", "nl", "cs", "sk", "sl", "hr", "sr", "bg", "ro",
        "el", "tr", "fi", "nb", "nn", "no", "da", "ca", "et", "lv", "is", "be",
    ]
)  # fmt: skip
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
_OF_ARTICLE = (
    "//*[@itemprop='{}' and not(self::meta) and"
    " contains(ancestor::*[@itemscope][1]/@itemtype, 'Article')]"  # and not of a comment
)
_MOST_NODES = 5000  # objects of JSON-LD that are looked at in one page
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; None where it says nothing.

    Attributes:
        titled_by_head: whether the title is only that of the page's head, often with the site's name.
    """

    title: str | None
    outlet: str | None
    author: str | None
    published: Moment | None
    url: str | None
    titled_by_head: bool


def read_metadata(tree: lxml.html.HtmlElement, zone: str) -> PageMetadata:
    """Return what a parsed page says of itself: JSON-LD before meta tags, these before the body."""
    nodes = list(_read_json_ld(tree))
    meta = _read_meta_tags(tree)
    article = _choose_article(nodes, tree, meta)
    by_id = {
        node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1
    }
    day_first = _tells_day_first(tree, meta)
    title = _text(article.get("headline")) or _first(meta, "title")
    return PageMetadata(
        title=title or _text(next(iter(tree.xpath("//head/title/text()")), None)),
        outlet=_name_outlet(article, nodes, by_id) or _first(meta, "outlet", plain=True),
        author=_name_authors(article.get("author") or article.get("creator"), by_id)
        or _join_meta_authors(meta),
        published=_choose_date(article, meta, tree, zone, day_first),
        url=_choose_url(tree, meta, article),
        titled_by_head=not title,
    )


def _choose_article(
    nodes: list[dict[str, Any]], tree: lxml.html.HtmlElement, meta: dict[str, list[str]]
) -> dict[str, Any]:
    """Return the JSON-LD of the page's report: what has its headline, else the first; {} where none has one.

    Pages describe other stories, too, those that they link to.
    """
    articles = [
        node
        for node in nodes
        if _types(node) & ARTICLE_TYPES and ("datePublished" in node or "headline" in node)
    ]
    heads = [_first(meta, "title"), *tree.xpath("//head/title/text()")[:1]]
    heads += [heading.text_content() for heading in tree.xpath("//h1")[:3]]
    shown = "\n".join(clean_line(head) for head in heads if head).casefold()
    own = (node for node in articles if (name := _text(node.get("headline"))) and name.casefold() in shown)
    return next(own, articles[0] if articles else {})


def _read_json_ld(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield every object of a page's JSON-LD, outer ones first; blocks beyond mending are passed over."""
    scripts = tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    waiting: list[Any] = [_load_json(script.text or "") for script in scripts]
    seen = 0
    while waiting and seen < _MOST_NODES:
        inner: list[Any] = []
        for value in waiting:
            seen += 1
            if isinstance(value, dict):
                yield value
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        waiting = [value for value in inner if isinstance(value, dict | list)]


def _load_json(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = (
        text.removeprefix("//<![CDATA[")
        .removeprefix("<![CDATA[")
        .removesuffix("//]]>")
        .removesuffix("]]>")
        .strip(" \n\t;")
    )
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _read_meta_tags(tree: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """Return the contents of meta tags and of elements with an itemprop, by name in lower case."""
    found: dict[str, list[str]] = {}
    for tag in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            if (name := tag.get(attribute)) and (content := clean_line(tag.get("content"))):
                found.setdefault(name.strip().lower(), []).append(content)
    for tag in tree.xpath("//*[@itemprop='datePublished'][@datetime]"):
        found.setdefault("datepublished", []).append(tag.get("datetime"))
    for name in ("author", "publisher"):
        for tag in tree.xpath(_OF_ARTICLE.format(name)):
            named = tag.xpath(".//*[@itemprop='name']") or [tag]
            texts = (clean_line(item.get("content") or item.text_content()) for item in named)
            found.setdefault(f"microdata:{name}", []).extend(filter(None, texts))
    return found


def _first(meta: dict[str, list[str]], field: str, *, plain: bool = False) -> str | None:
    """Return the first value of a field; `plain` leaves out addresses, which some sites give for names."""
    for name in META_FIELDS[field]:
        for value in meta.get(name, ()):
            if value and not (plain and _is_address(value)):
                return value
    return None


def _name_outlet(
    article: dict[str, Any], nodes: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]
) -> str | None:
    """Return the publisher of the article, else of the page or site that the JSON-LD describes."""
    pages = [node for node in nodes if _types(node) & {"WebPage", "WebSite"}]
    stated = [name for node in (article, *pages) for name in _names(node.get("publisher"), by_id)]
    stated += [name for node in pages if "WebSite" in _types(node) and (name := _text(node.get("name")))]
    return next(iter(stated), None)


def _name_authors(value: Any, by_id: dict[str, dict[str, Any]]) -> str | None:
    return ", ".join(dict.fromkeys(_names(value, by_id))) or None


def _join_meta_authors(meta: dict[str, list[str]]) -> str | None:
    for name in META_FIELDS["author"]:
        if names := [value for value in meta.get(name, ()) if not _is_address(value)]:
            return ", ".join(dict.fromkeys(names))
    return None


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the names in a person, an organisation, a reference to one, a string, or a list of these."""
    for item in value if isinstance(value, list) else [value]:
        node = item
        if isinstance(item, dict) and not item.get("name") and isinstance(item.get("@id"), str):
            node = by_id.get(item["@id"], item)
        names = node.get("name") if isinstance(node, dict) else node
        for name in names if isinstance(names, list) else [names]:
            if (text := _text(name)) and not _is_address(text):
                yield text


def _choose_date(
    article: dict[str, Any],
    meta: dict[str, list[str]],
    tree: lxml.html.HtmlElement,
    zone: str,
    day_first: bool | None,
) -> Moment | None:
    """Return the date of publication: JSON-LD's, else a meta tag's, else that of the first <time>."""
    stated = [_text(article.get("datePublished")), _text(article.get("dateCreated"))]
    stated += [value for name in META_FIELDS["published"] for value in meta.get(name, ())]
    stated += tree.xpath("//time[@pubdate]/@datetime")
    stated += tree.xpath("(//article | //main)//time[@datetime][1]/@datetime")[:1]
    stated += tree.xpath("//time/@datetime")[:1]
    return next(
        (moment for text in stated if text and (moment := parse_moment(text, zone, day_first=day_first))),
        None,
    )


def _choose_url(
    tree: lxml.html.HtmlElement, meta: dict[str, list[str]], article: dict[str, Any]
) -> str | None:
    """Return the canonical address, else OpenGraph's, JSON-LD's, or the one that a browser noted.

    A relative one is taken from the first of them that is whole.
    """
    entity = article.get("mainEntityOfPage")
    candidates = [
        *tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href"),
        _first(meta, "url"),
        _text(article.get("url")),
        _text(entity.get("@id") if isinstance(entity, dict) else entity),
        *(
            match[1]
            for comment in tree.xpath("//comment()")[:20]
            if (match := _SAVED_FROM.search(comment.text or ""))
        ),
    ]
    stated = [text.strip() for text in candidates if text and text.strip() not in {"", "/", "#"}]
    home = next((text for text in stated if canonical_url(text)), "")
    try:
        return urljoin(home, stated[0]) if stated else None
    except ValueError:
        return home or None


def _tells_day_first(tree: lxml.html.HtmlElement, meta: dict[str, list[str]]) -> bool | None:
    """Return whether the page's language writes the day first in numeric dates; None where that is open."""
    stated = next(iter(tree.xpath("/html/@lang | /html/@*[local-name()='lang']")), None)
    locale = (stated or next(iter(meta.get("og:locale", ())), "")).strip().lower().replace("_", "-")
    if "-" not in locale and locale == "en":
        locale = next(iter(meta.get("og:locale", ())), locale).strip().lower().replace("_", "-")
    if locale in _MONTH_FIRST:
        return False if locale != "en-ca" else None
    if locale.startswith("en-") or locale.partition("-")[0] in _DAY_FIRST:
        return True
    return None


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type")
    return {str(item).rpartition("/")[2] for item in (value if isinstance(value, list) else [value])}


def _text(value: Any) -> str | None:
    """Return a string of JSON-LD as a line; many sites write it as HTML: "Ferry &amp; crew"."""
    return clean_line(unescape_entities(value)) or None if isinstance(value, str) else None


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "www.", "@", "//")) or ("@" in text and " " not in text)
