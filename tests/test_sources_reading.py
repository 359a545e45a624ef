from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import sources
from index.datatypes import Failure, RawArticle
from index.errors import SourceError
from index.settings import ReadingSettings
from index.sources import KINDS, list_files, load_file, read_bytes

SETTINGS = ReadingSettings()
DATA = Path(__file__).parent / "data" / "sources"


def write(folder: Path, name: str, content: str | bytes = "The ferry sank, she said.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_all(folder: Path, limits: ReadingSettings = SETTINGS) -> list[RawArticle | Failure]:
    """Everything in the files of a folder, as a build reads them."""
    items: list[RawArticle | Failure] = []
    for path in list_files(str(folder), folder).files:
        try:
            items += read_bytes(load_file(path, limits), str(path), limits)
        except SourceError as error:
            items.append(Failure(error.source, error.reason))
    return items


def test_lists_a_folder_in_order(tmp_path: Path) -> None:
    """Subfolders are read in the order of names; hidden files, page assets and outward links are not."""
    outside = write(tmp_path, "outside/secret.txt")
    for name in (
        "in/b.txt",
        "in/a/z.html",
        "in/a/z_files/frame.html",
        "in/a/y.css",
        "in/.hidden.txt",
        "in/.git/x.txt",
        "in/c.pdf",
    ):
        write(tmp_path, name)
    (tmp_path / "in/link.txt").symlink_to(outside)
    (tmp_path / "in/inner.txt").symlink_to(tmp_path / "in/b.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in", target_is_directory=True)
    found = [path.relative_to(tmp_path / "in").as_posix() for path in list_files("in", tmp_path).files]
    assert found == ["b.txt", "c.pdf", "inner.txt", "a/z.html"]


def test_a_link_to_itself_spoils_no_folder(tmp_path: Path) -> None:
    """A link that leads round in circles is a failure by its name, and the other files are read."""
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    write(tmp_path, "good.txt")
    circle, good = read_all(tmp_path)
    assert isinstance(circle, Failure)
    assert circle.reason == "no such file"
    assert isinstance(good, RawArticle)


def test_one_file_is_a_source(tmp_path: Path) -> None:
    """A file that is named is listed, and what does not exist is an error."""
    path = write(tmp_path, "one.txt")
    assert list_files("one.txt", tmp_path).files == (path,)
    assert list_files(str(path), Path("/elsewhere")).files == (path,)
    for missing in ("two.txt", "nul\x00", "x" * 5000):
        with pytest.raises(SourceError):
            list_files(missing, tmp_path)


def test_reads_every_kind(tmp_path: Path) -> None:
    """Each extension of the table has a reader, chosen by the name in any case."""
    record = json.dumps({"id": "r", "text": "It sank."}).encode()
    write(tmp_path, "a.TXT")
    write(tmp_path, "b.md", "# Ferry\n\nThe ferry sank, she said.")
    write(tmp_path, "c.html", (DATA / "ferry.html").read_bytes())
    write(tmp_path, "d.jsonl", record)
    write(tmp_path, "e.jsonl.gz", gzip.compress(record))
    write(tmp_path, "f.rss", (DATA / "harbour.rss").read_bytes())
    items = read_all(tmp_path)
    assert sum(isinstance(item, RawArticle) for item in items) == 7
    assert [item.reason for item in items if isinstance(item, Failure)] == [
        "entry 3 (Only a headline): holds no text"
    ]


def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Empty, binary, oversized, overlong and unknown files are failures by name and reason."""
    write(tmp_path, "binary.txt", b"\x00\x01\x02")
    write(tmp_path, "empty.txt", b"")
    write(tmp_path, "good.txt")
    write(tmp_path, "large.txt", "x " * 3000)
    write(tmp_path, "long.txt", "word " * 400)
    write(tmp_path, "report.pdf", b"%PDF")
    write(tmp_path, "torn.jsonl.gz", b"not gzip")
    small = ReadingSettings(max_bytes=5000, max_characters=1000)
    items = {Path(item.source).name: item for item in read_all(tmp_path, small)}
    reasons = {name: item.reason for name, item in items.items() if isinstance(item, Failure)}
    assert set(items) - set(reasons) == {"good.txt"}
    for name, words in {
        "binary": "binary",
        "empty": "empty",
        "large": "max_bytes",
        "long": "max_characters",
    }.items():
        assert words in reasons[f"{name}.txt"]
    assert ".pdf is not read" in reasons["report.pdf"]
    assert "unpacked" in reasons["torn.jsonl.gz"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (" ", "names nothing"),
        ("feed://a.example/rss", "begin with http"),
        ("www.a.example/rss", "begin with http"),
        ("nowhere", "no such file or folder"),
        ("/", "is the whole disk"),
    ],
)
def test_what_is_no_source_is_told_why(tmp_path: Path, source: str, reason: str) -> None:
    """A blank source is not the folder of the configuration, and a mistyped address no missing file."""
    with pytest.raises(SourceError, match=reason):
        list_files(source, tmp_path)


def test_a_folder_of_far_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder named by mistake is not read for hours."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("A report.", encoding="utf-8")
    assert len(list_files(".", tmp_path).files) == 3
    monkeypatch.setattr(sources, "_MOST_FILES", 2)
    with pytest.raises(SourceError, match="holds more than 2 files: name the folder"):
        list_files(".", tmp_path)


def test_a_file_that_went_away_is_named(tmp_path: Path) -> None:
    """Between listing and loading a file may go; what is raised then says which one."""
    with pytest.raises(SourceError, match="no such file") as error:
        load_file(tmp_path / "gone.txt", SETTINGS)
    assert error.value.source == str(tmp_path / "gone.txt")


def test_packed_files_are_unpacked_within_the_limit() -> None:
    """A packed file that unfolds beyond the limit is not unpacked further."""
    bomb = gzip.compress(b" " * 10_000_000)
    (item,) = read_bytes(bomb, "a.jsonl.gz", ReadingSettings(max_bytes=100_000))
    assert isinstance(item, Failure)
    assert "max_bytes" in item.reason


def test_a_page_saved_under_the_name_of_a_text_is_a_page() -> None:
    """What begins as HTML is read as that, whatever its file is called."""
    page = b"<!DOCTYPE html><html><body><article><h1>Ferry</h1><p>It sank on Sunday, they said.</p></article>"
    (item,) = read_bytes(page, "a.txt", SETTINGS)
    assert isinstance(item, RawArticle)
    assert item.text == "It sank on Sunday, they said."
    (item,) = read_bytes(page, "https://courier.example/ferry", SETTINGS)
    assert isinstance(item, RawArticle)


def test_responses_are_read_by_media_type() -> None:
    """What a server says decides, unless the first bytes show a feed or a page."""
    feed = (DATA / "harbour.rss").read_bytes()
    page = (DATA / "ferry.html").read_bytes()
    url = "https://herald.example/news"
    assert len(list(read_bytes(feed, url, SETTINGS, media_type="text/html"))) == 3
    assert len(list(read_bytes(feed, url, SETTINGS, media_type="application/rss+xml"))) == 3
    (item,) = read_bytes(b"\x89PNG", url, SETTINGS, media_type="application/octet-stream")
    assert isinstance(item, Failure)
    (item,) = read_bytes(page, url, SETTINGS, media_type="text/plain")
    assert isinstance(item, RawArticle)
    assert item.outlet == "The Ellis Courier"


@given(st.binary(max_size=300), st.sampled_from(sorted(KINDS)))
@settings(max_examples=200, deadline=None)
def test_reading_any_bytes_never_raises(data: bytes, kind: str) -> None:
    """Whatever bytes stand behind whatever name, the answer is articles and failures."""
    name, media_type = (f"file{kind}", None) if kind.startswith(".") else ("https://x.example/a", kind)
    for item in read_bytes(data, name, SETTINGS, media_type=media_type):
        assert isinstance(item, RawArticle | Failure)
