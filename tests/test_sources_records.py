from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from index.datatypes import Failure, RawArticle
from index.settings import ReadingSettings
from index.sources.records import read_json, read_jsonl

SETTINGS = ReadingSettings()


def read(*records: object) -> list[RawArticle | Failure]:
    return list(read_jsonl("\n".join(map(json.dumps, records)), "a.jsonl", SETTINGS))


def test_reads_records() -> None:
    """Each line is an article with the fields of its object."""
    (item,) = read(
        {
            "id": 17,
            "title": "Ferry sinks",
            "outlet": "The Courier",
            "author": ["Ada Merrow", "John Roe"],
            "text": "It sank.",
            "published_at": "2023-11-27 08:45:59.000000000Z",
            "url": "https://courier.example/ferry",
        }
    )
    assert isinstance(item, RawArticle)
    assert (item.key, item.title, item.outlet) == ("17", "Ferry sinks", "The Courier")
    assert (item.author, str(item.published)) == ("Ada Merrow, John Roe", "2023-11-27T08:45:59Z")
    assert (item.text, item.url, item.source) == ("It sank.", "https://courier.example/ferry", "a.jsonl")


def test_markup_is_no_part_of_a_text() -> None:
    """Databases of newsrooms hold HTML; its tags and entities go, its paragraphs and other lines stay."""
    items = read(
        {
            "title": "Ferry &amp; crew",
            "text": "<p>It <b>sank</b>.</p>\n<p>She said &#8220;so&#8221; &amp;\nleft.</p>",
        },
        {"text": "It <em>sank</em>.\nAT&T said so.\n\nIf x < 3, it is &lt;b&gt;."},
        {"text": "See c.example/?a=1&section=2 for R&D."},
    )
    assert [item.text for item in items if isinstance(item, RawArticle)] == [
        "It sank.\n\nShe said “so” & left.",
        "It sank.\nAT&T said so.\n\nIf x < 3, it is <b>.",
        "See c.example/?a=1&section=2 for R&D.",
    ]
    assert isinstance(items[0], RawArticle)
    assert items[0].title == "Ferry & crew"


def test_reads_dates_of_every_kind() -> None:
    """Strings, seconds and milliseconds are dates; null, nonsense and booleans are none."""
    dates = [
        "2023-02-08T11:44:00+02:00",
        "2023-02-08",
        1675849440,
        1675849440000,
        None,
        "soon",
        True,
        -5,
        1e300,
        10**400,
        [1],
    ]
    found = [item.published for item in read(*({"id": 1, "text": "x", "published_at": d} for d in dates))]  # type: ignore[union-attr]
    assert [str(moment) if moment else None for moment in found] == [
        "2023-02-08T09:44:00Z",
        "2023-02-08",
        "2023-02-08T09:44:00Z",
        "2023-02-08T09:44:00Z",
        *[None] * 7,
    ]


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    """Broken JSON, other types and missing texts are failures with their line; blank lines are nothing."""
    text = '{"text": "One."}\n{"text": \n\n[1]\n{"title": "No text"}\n{"text": 5}\n{"text": "Six."}'
    items = list(read_jsonl(text, "a.jsonl", SETTINGS))
    assert [item.text for item in items if isinstance(item, RawArticle)] == ["One.", "Six."]
    reasons = [item.reason for item in items if isinstance(item, Failure)]
    assert [reason.partition(":")[0] for reason in reasons] == ["line 2", "line 4", "line 5", "line 6"]
    assert "found list" in reasons[1]


def test_records_without_a_name_are_told_by_their_line() -> None:
    """Two records of one file that give neither id nor URL have different sources."""
    first, second = read({"text": "One."}, {"text": "Two."})
    assert (first.source, second.source) == ("a.jsonl#1", "a.jsonl#2")


def test_an_address_that_is_none_names_no_record() -> None:
    """Records that give half a URL, or a word in its place, are told by their line as well."""
    sources = [item.source for item in read(*({"text": "One.", "url": url} for url in ("/a", "n/a", "")))]
    assert sources == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]


def test_deep_nesting_is_a_failure() -> None:
    """A line that is nested beyond what can be read is reported like any other bad line."""
    (item,) = read_jsonl('{"text": ' + "[" * 100_000, "a.jsonl", SETTINGS)
    assert isinstance(item, Failure)
    (item,) = read_jsonl('{"text": "x", "id": ' + "9" * 5000 + "}", "a.jsonl", SETTINGS)
    assert isinstance(item, Failure)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["id", "title", "outlet", "author", "published_at", "url", "text"])


@given(st.dictionaries(FIELDS, JSON, max_size=7), st.text(max_size=80))
@settings(deadline=None)
def test_any_line_is_an_article_or_a_failure(record: dict[str, object], line: str) -> None:
    """Whatever the types of the fields, and whatever else stands in a line, nothing is raised."""
    for item in read_jsonl(json.dumps(record) + "\n" + line, "a.jsonl", SETTINGS):
        assert isinstance(item, RawArticle | Failure)


def read_whole(value: object) -> list[RawArticle | Failure]:
    return list(read_json(json.dumps(value), "a.json", SETTINGS))


def test_reads_what_exports_and_feeds_call_the_parts_of_an_article() -> None:
    """An array, an object that holds one, a JSON Feed, and posts as WordPress answers them."""
    url = "https://varn.example/sinks"
    exported = {"source": {"id": None, "name": "Varn Post"}, "author": "Ada Merrow", "title": "Ferry sinks"}
    exported |= {"url": url, "publishedAt": "2026-05-01T08:00:00Z", "content": "It sank."}
    feed = {"id": "7", "url": url, "title": "Ferry sinks", "content_html": "<p>It sank.</p>"}
    feed |= {"date_published": "2026-05-01T08:00:00Z", "authors": [{"name": "Ada Merrow"}]}
    post = {"id": 7, "date_gmt": "2026-05-01T08:00:00Z", "link": url, "author": 3, "outlet": "Varn Post"}
    post |= {"title": {"rendered": "Ferry sinks"}, "content": {"rendered": "<p>It sank.</p>"}}
    version = "https://jsonfeed.org/version/1.1"
    wholes: tuple[object, ...] = (
        [exported],
        {"status": "ok", "articles": [exported]},
        {"version": version, "title": "Varn Post", "items": [feed]},
        [post],
        exported,
    )
    for whole in wholes:
        (item,) = read_whole(whole)
        assert isinstance(item, RawArticle), item
        assert (item.text, item.title, item.outlet, item.url) == ("It sank.", "Ferry sinks", "Varn Post", url)
        assert str(item.published) == "2026-05-01T08:00:00Z"
        assert item.author == (None if whole == [post] else "Ada Merrow")
        assert item.key is None


def test_json_that_holds_no_articles_says_where() -> None:
    """One bad entry is named by its place, and the others are read; lines under another name are read too."""
    good, bad = read_whole([{"text": "It sank."}, {"version": 3}])
    assert isinstance(good, RawArticle)
    assert good.source == "a.json#1"
    assert isinstance(bad, Failure)
    assert "entry 2" in bad.reason
    lines = list(read_json('{"text": "It sank."}\n{"text": "It rose."}', "a.json", SETTINGS))
    assert [item.text for item in lines if isinstance(item, RawArticle)] == ["It sank.", "It rose."]
    for broken in ("", "{", "3", '"x"', "[" * 100_000):
        (item,) = read_json(broken, "a.json", SETTINGS)
        assert isinstance(item, Failure)
    (item,) = read_whole([{"text": "It sank.", "source": "https://varn.example"}])
    assert isinstance(item, RawArticle)
    assert item.outlet is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
@settings(deadline=None)
def test_any_json_is_articles_or_failures(value: object) -> None:
    """Whatever a file holds, each entry is read or named."""
    assert all(isinstance(item, RawArticle | Failure) for item in read_whole(value))
