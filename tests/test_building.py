"""A build publishes what changed, loses nothing when a source fails, and never touches what is live."""

import errno
import json
import os
import sqlite3

import numpy as np
import pytest

from index.building import Builder, add_source, build_index, forget_named
from index.errors import (
    BuildRunningError,
    CorruptIndexError,
    DataFolderError,
    NoIndexError,
    NotFoundError,
)
from index.interaction import make_detail
from index.settings import load_index_settings
from index.sources import Fetched
from index.status import read_status
from index.store.catalogue import Catalogue
from index.store.generations import building_lock, generation_folder, live_generation, open_generation
from index.store.vectors import VectorIndex

from .embedders import CountingEmbedder

BRIDGE = """Title: Bridge shut
Date: 2025-05-03
URL: https://a.example/bridge

The bridge at Ostermoor was shut on Friday.
"""
FLOOD = """Title: Flood at Ness
Date: 2025-05-04
URL: https://a.example/flood

The river rose by a metre at Ness.
"""


@pytest.fixture
def corpus(tmp_path):
    """A folder with two reports and a configuration that reads it."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news/bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "news/flood.txt").write_text(FLOOD, encoding="utf-8")
    (tmp_path / "config.toml").write_text('[index]\nsources = ["news"]\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def embedder():
    return CountingEmbedder()


def make_builder(corpus, embedder, **changes):
    return Builder(
        **{
            "settings": load_index_settings(corpus / "config.toml"),
            "embedder": embedder,
            "attribute": lambda article: (),
            "attribution_version": "none",
            **changes,
        }
    )


def open_catalogue(corpus):
    data = corpus / "data"
    return Catalogue(generation_folder(data, live_generation(data)) / "catalogue.db")


def test_a_first_build_publishes_all_articles(corpus, embedder):
    """Two reports become two articles with as many vectors as passages."""
    summary = build_index(make_builder(corpus, embedder))
    assert (summary.generation, summary.added, summary.embedded, summary.failures) == (1, 2, 2, ())
    generation = open_generation(corpus / "data", embedder.identity)
    assert len(generation.vectors) == generation.manifest.passages == 2
    assert {a.title for a in generation.catalogue.articles()} == {"Bridge shut", "Flood at Ness"}
    assert str(read_status(corpus / "data").newest) == "2025-05-04"


def test_an_unchanged_corpus_embeds_and_publishes_nothing(corpus, embedder):
    """A second build without changes leaves the generation as it is."""
    build_index(make_builder(corpus, embedder))
    before = embedder.embedded
    summary = build_index(make_builder(corpus, embedder))
    assert (summary.generation, summary.unchanged, summary.embedded) == (1, 2, 0)
    assert embedder.embedded == before


def test_only_what_changed_is_embedded(corpus, embedder):
    """A changed, a new and a removed file are told apart, and only new text is embedded."""
    build_index(make_builder(corpus, embedder))
    (corpus / "news/bridge.txt").write_text(BRIDGE + "\nIt reopened on Monday.\n", encoding="utf-8")
    (corpus / "news/flood.txt").unlink()
    (corpus / "news/fair.txt").write_text("Title: The fair\n\nThe fair opened at noon.\n", encoding="utf-8")
    summary = build_index(make_builder(corpus, embedder))
    assert (summary.generation, summary.added, summary.changed, summary.removed) == (2, 1, 1, 1)
    assert summary.embedded == 2
    assert {a.title for a in open_catalogue(corpus).articles()} == {"Bridge shut", "The fair"}


def test_a_changed_text_is_searched_in_its_new_words(corpus, embedder):
    """Full-text search holds the new words of a changed report and no longer the old ones."""
    build_index(make_builder(corpus, embedder))
    (corpus / "news/flood.txt").write_text(FLOOD.replace("metre", "yard"), encoding="utf-8")
    build_index(make_builder(corpus, embedder))
    catalogue = open_catalogue(corpus)
    assert [len(catalogue.search_words([word], 5)) for word in ("metre", "yard")] == [0, 1]


def test_a_file_that_fails_is_named_and_its_articles_are_kept(corpus, embedder):
    """A file that has become unreadable is reported; what was read of it before is still there."""
    build_index(make_builder(corpus, embedder))
    (corpus / "news/flood.txt").write_bytes(b"\x00\x01\x02" * 50)
    summary = build_index(make_builder(corpus, embedder))
    assert [failure.source for failure in summary.failures] == ["news/flood.txt"]
    assert summary.removed == 0
    assert read_status(corpus / "data").articles == 2


def test_a_missing_folder_loses_nothing(corpus, embedder):
    """A source folder that is gone, an unmounted disk perhaps, is reported and its articles are kept."""
    build_index(make_builder(corpus, embedder))
    (corpus / "news").rename(corpus / "elsewhere")
    summary = build_index(make_builder(corpus, embedder))
    assert [failure.source for failure in summary.failures] == ["news"]
    assert read_status(corpus / "data").articles == 2


def test_a_folder_within_that_cannot_be_read_loses_nothing(corpus, embedder, monkeypatch):
    """A subfolder without permission is named, its articles are kept, and the rest is read."""
    (corpus / "news/deep/er").mkdir(parents=True)
    (corpus / "news/flood.txt").rename(corpus / "news/deep/er/flood.txt")
    build_index(make_builder(corpus, embedder))
    (corpus / "news/bridge.txt").unlink()
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("deep"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    summary = build_index(make_builder(corpus, embedder))
    assert summary.removed == 1
    assert [(failure.source, failure.reason) for failure in summary.failures] == [
        ("news/deep", "cannot be read: Permission denied")
    ]
    assert [article.title for article in open_catalogue(corpus).articles()] == ["Flood at Ness"]


def test_a_file_name_that_is_no_text_is_told_by_its_bytes(corpus, embedder):
    """A name in another encoding than UTF-8 is stored and shown with the bytes that are no character."""
    try:
        (corpus / os.fsdecode(b"news/caf\xe9.txt")).write_text(
            "The harbour was shut at noon.", encoding="utf-8"
        )
    except OSError:
        pytest.skip("this file system takes no such name")
    assert build_index(make_builder(corpus, embedder)).added == 3
    assert "news/caf\\udce9.txt" in {article.source for article in open_catalogue(corpus).articles()}
    assert build_index(make_builder(corpus, embedder)).generation == 1


def test_a_source_struck_from_the_configuration_goes(corpus, embedder):
    """Articles of a source that is no longer configured are removed."""
    build_index(make_builder(corpus, embedder))
    (corpus / "config.toml").write_text('[index]\nsources = ["news/flood.txt"]\n', encoding="utf-8")
    assert build_index(make_builder(corpus, embedder)).removed == 1


def test_an_added_source_stays_in_later_builds(corpus, embedder):
    """What was added by hand is read again by every build."""
    build_index(make_builder(corpus, embedder))
    (corpus / "extra.txt").write_text("Title: Extra\n\nAn extra report.\n", encoding="utf-8")
    assert read_status(corpus / "data").added == ()
    assert add_source(make_builder(corpus, embedder), "extra.txt").added == 1
    assert read_status(corpus / "data").added == ("extra.txt",)
    assert build_index(make_builder(corpus, embedder)).removed == 0
    assert read_status(corpus / "data").added == ("extra.txt",)
    assert read_status(corpus / "data").articles == 3


def test_an_added_feed_goes_by_the_name_it_is_shown_by(corpus, embedder, monkeypatch):
    """Status tells no password or token of it, and what status says is enough to forget it by."""
    address = "https://ann:pw@a.example/report?token=t0"
    page = Fetched(b"Title: Extra\n\nAn extra report.\n", address, "text/plain")
    monkeypatch.setattr("index.gathering.fetch_several", lambda urls, *_: iter([page] * len(urls)))
    assert add_source(make_builder(corpus, embedder), address).added == 1
    (shown,) = read_status(corpus / "data").added
    assert shown == "https://…@a.example/report?token=…"
    assert forget_named(make_builder(corpus, embedder), shown).removed == 1
    assert read_status(corpus / "data").added == ()


def test_an_empty_folder_is_named(corpus, embedder):
    """Whoever adds one learns why nothing came of it, and it is not kept."""
    (corpus / "extra").mkdir()
    (failure,) = add_source(make_builder(corpus, embedder), "extra").failures
    assert (failure.source, failure.reason) == ("extra", "the folder holds no files that can be read")
    build_index(make_builder(corpus, embedder))
    assert read_status(corpus / "data").added == ()


def test_adding_what_is_there_publishes_nothing(corpus, embedder):
    """The same source added twice, unchanged, leaves the generation as it is."""
    for _ in range(2):
        assert add_source(make_builder(corpus, embedder), "news").generation == 1
    assert build_index(make_builder(corpus, embedder)).generation == 1


def test_a_forgotten_article_stays_away_until_it_is_added_again(corpus, embedder):
    """Forgetting removes text and vectors from disk; a build does not bring them back, `add` does."""
    build_index(make_builder(corpus, embedder))
    assert forget_named(make_builder(corpus, embedder), "https://a.example/flood").removed == 1
    assert [path.name for path in (corpus / "data/generations").iterdir()] == ["000002"]
    stored = [path.read_bytes() for path in (corpus / "data").rglob("*") if path.is_file()]
    assert not any(word in data for word in (b"rose by", b"metre") for data in stored)
    assert build_index(make_builder(corpus, embedder)).added == 0
    assert add_source(make_builder(corpus, embedder), "news/flood.txt").added == 1


def test_an_added_source_can_be_forgotten_as_a_whole(corpus, embedder):
    """Its articles go, down to their words, and no build reads it again until it is added anew."""
    build_index(make_builder(corpus, embedder))
    (corpus / "extra").mkdir()
    for name in ("one", "two"):
        text = f"Title: Extra {name}\n\nThe lighthouse report number {name}.\n"
        (corpus / f"extra/{name}.txt").write_text(text, encoding="utf-8")
    assert add_source(make_builder(corpus, embedder), "extra").added == 2
    assert forget_named(make_builder(corpus, embedder), "extra").removed == 2
    stored = [path.read_bytes() for path in (corpus / "data").rglob("*") if path.is_file()]
    assert not any(b"lighthouse" in data for data in stored)
    assert build_index(make_builder(corpus, embedder)).added == 0
    with pytest.raises(NotFoundError, match="'extra'"):
        forget_named(make_builder(corpus, embedder), "extra")
    assert add_source(make_builder(corpus, embedder), "extra").added == 2


def test_older_generations_go_before_another_build_can_begin(corpus, embedder, monkeypatch):
    """Once the lock is free another process may publish; its generation must not go with the older ones."""
    build_index(make_builder(corpus, embedder))
    kept = []

    def remove(data, keep):
        kept.append(keep)
        with pytest.raises(BuildRunningError), building_lock(data):
            pass

    monkeypatch.setattr("index.building.remove_generations", remove)
    forget_named(make_builder(corpus, embedder), "news/flood.txt")
    assert kept == [{2}]


def test_forgetting_an_added_source_leaves_what_others_hold(corpus, embedder):
    """A folder added above a configured one takes only what lies beside that with it."""
    build_index(make_builder(corpus, embedder))
    (corpus / "aside.txt").write_text("Title: Aside\n\nA report that lies beside.\n", encoding="utf-8")
    add_source(make_builder(corpus, embedder), ".")
    assert forget_named(make_builder(corpus, embedder), ".").removed == 1
    assert read_status(corpus / "data").articles == 2
    assert build_index(make_builder(corpus, embedder)).generation == 3


def test_an_added_file_is_forgotten_with_its_article(corpus, embedder):
    """The path of a file names its one article and the source: neither is read again."""
    build_index(make_builder(corpus, embedder))
    (corpus / "extra.txt").write_text("Title: Extra\n\nAn extra report.\n", encoding="utf-8")
    add_source(make_builder(corpus, embedder), "extra.txt")
    assert forget_named(make_builder(corpus, embedder), "extra.txt").removed == 1
    (corpus / "extra.txt").write_text("Title: Extra\n\nWritten anew.\n", encoding="utf-8")
    assert build_index(make_builder(corpus, embedder)).added == 0
    (corpus / "extra.txt").unlink()
    assert build_index(make_builder(corpus, embedder)).failures == ()


def test_forgetting_what_is_not_there_is_an_error(corpus, embedder):
    """The message names what was asked for."""
    build_index(make_builder(corpus, embedder))
    with pytest.raises(NotFoundError, match="'nothing'"):
        forget_named(make_builder(corpus, embedder), "nothing")


def test_a_build_that_breaks_changes_nothing(corpus, embedder):
    """When embedding fails halfway, the live generation stays and no leftover is published."""
    build_index(make_builder(corpus, embedder))
    (corpus / "news/fair.txt").write_text("Title: The fair\n\nThe fair opened at noon.\n", encoding="utf-8")

    class Breaking(CountingEmbedder):
        def embed_passages(self, texts, on_progress=None):
            raise MemoryError

    with pytest.raises(MemoryError):
        build_index(make_builder(corpus, Breaking()))
    assert live_generation(corpus / "data") == 1
    assert [path.name for path in (corpus / "data/generations").iterdir()] == ["000001"]


def test_only_one_build_runs_at_a_time(corpus, embedder):
    """A second build is refused while one holds the data folder."""
    with building_lock(corpus / "data"), pytest.raises(BuildRunningError, match="another build is running"):
        build_index(make_builder(corpus, embedder))


def test_a_changed_recipe_makes_everything_anew_from_the_cache(corpus, embedder):
    """Another attribution version attributes all articles again, and embeds none."""
    build_index(make_builder(corpus, embedder))
    summary = build_index(make_builder(corpus, embedder, attribution_version="next"))
    assert (summary.generation, summary.unchanged, summary.embedded) == (2, 2, 0)


def test_another_model_embeds_everything(corpus, embedder):
    """Vectors of another model are not taken for those of this one, nor the passages that it counted."""
    build_index(make_builder(corpus, embedder))

    class Splitting(CountingEmbedder):
        identity = "counting-2"

        def count_tokens(self, texts):
            return [len(text) * 20 for text in texts]

    summary = build_index(make_builder(corpus, Splitting()))
    assert summary.embedded == summary.passages > 2


def test_a_lost_catalogue_is_a_damaged_index(corpus, embedder):
    """Where the live generation's file is gone, or torn inside, all is built anew and that is said."""
    build_index(make_builder(corpus, embedder))
    for number, damage in enumerate((b"", b"\xaa" * 40_000), 1):
        path = corpus / f"data/generations/{number:06}/catalogue.db"
        start = path.read_bytes()[:5000]
        path.unlink()
        if damage:
            path.write_bytes(start + damage)
        summary = build_index(make_builder(corpus, embedder))
        assert (summary.generation, summary.added) == (number + 1, 2)
        assert "damaged" in summary.failures[0].reason


def test_nothing_is_added_to_a_damaged_index(corpus, embedder):
    """Adding would publish what is added and nothing else, so that the error asks for a build instead."""
    build_index(make_builder(corpus, embedder))
    (corpus / "data/generations/000001/catalogue.db").write_bytes(b"nothing")
    with pytest.raises(CorruptIndexError, match="python -m index build"):
        add_source(make_builder(corpus, embedder), "news/flood.txt")
    assert live_generation(corpus / "data") == 1


def test_a_data_folder_that_cannot_be_written_is_named(corpus, embedder, monkeypatch):
    """No folder, and no room: the error says which and why; what is live stays."""
    (corpus / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(DataFolderError, match=r"data: cannot be written: .*exists"):
        build_index(make_builder(corpus, embedder))
    (corpus / "data").unlink()
    build_index(make_builder(corpus, embedder))
    (corpus / "news/flood.txt").unlink()
    faults = (OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("disk is full"))
    for fault in faults:

        def refuse(*_, fault=fault):
            raise fault

        monkeypatch.setattr(VectorIndex, "save", refuse)
        with pytest.raises(DataFolderError, match=r"cannot be written: .*(No space|full)"):
            build_index(make_builder(corpus, embedder))
    assert read_status(corpus / "data").articles == 2


def test_a_damaged_index_is_built_anew(corpus, embedder):
    """A build replaces a generation whose manifest or pointer is damaged, or whose catalogue is empty."""
    build_index(make_builder(corpus, embedder))
    for number, name in enumerate(("generations/000001/manifest.json", "live", "catalogue"), 2):
        path = corpus / "data" / name
        if name == "catalogue":
            path = corpus / f"data/generations/{number - 1:06}/catalogue.db"
        path.write_text("", encoding="utf-8")
        summary = build_index(make_builder(corpus, embedder))
        assert (summary.generation, summary.added) == (number, 2)
        assert "damaged" in summary.failures[0].reason
        open_generation(corpus / "data").close()


def test_damaged_vectors_are_written_anew_though_nothing_else_changed(corpus, embedder):
    """What cannot be opened asks for a build: it mends that without reading or embedding an article."""
    build_index(make_builder(corpus, embedder))
    for number, damage in enumerate((b"", b"torn"), 2):
        path = corpus / f"data/generations/{number - 1:06}/vectors.faiss"
        path.write_bytes(damage)
        with pytest.raises(CorruptIndexError, match="python -m index build"):
            open_generation(corpus / "data")
        summary = build_index(make_builder(corpus, embedder))
        assert (summary.generation, summary.added, summary.embedded) == (number, 0, 0)
        assert "damaged" in summary.failures[0].reason
        open_generation(corpus / "data").close()


@pytest.mark.parametrize("start", [0, 12_288], ids=["its head", "a page within"])
def test_a_damaged_cache_is_made_anew(corpus, embedder, start):
    """The cache holds nothing that cannot be embedded again: it is replaced, and that is said."""
    build_index(make_builder(corpus, embedder))
    cache = corpus / "data/cache.db"
    stored = cache.read_bytes()
    cache.write_bytes(stored[:start] + b"\xaa" * (len(stored) - start))
    (corpus / "news/fair.txt").write_text("Title: The fair\n\nThe fair opened at noon.\n", encoding="utf-8")
    summary = build_index(make_builder(corpus, embedder))
    assert (summary.added, summary.embedded) == (1, 3)
    assert "cache" in summary.failures[0].reason
    (corpus / "news/fair.txt").unlink()
    assert build_index(make_builder(corpus, embedder)).failures == ()


def test_nothing_built_yet_is_said_plainly(tmp_path):
    """Without an index the error names the command that makes one."""
    with pytest.raises(NoIndexError, match="python -m index build"):
        read_status(tmp_path)


def test_two_files_with_one_url_and_other_texts_are_reported(corpus, embedder):
    """The first text is kept and the second file is named."""
    (corpus / "news/copy.txt").write_text(BRIDGE + "\nMore.\n", encoding="utf-8")
    summary = build_index(make_builder(corpus, embedder))
    assert (summary.added, [failure.source for failure in summary.failures]) == (2, ["news/copy.txt"])


def test_a_bad_line_of_json_does_not_spoil_the_rest(corpus, embedder):
    """The line is named; the other lines become articles."""
    lines = [json.dumps({"id": "x1", "title": "One", "text": "The first report."}), "{", ""]
    (corpus / "news/more.jsonl").write_text("\n".join(lines), encoding="utf-8")
    summary = build_index(make_builder(corpus, embedder))
    assert summary.added == 3
    assert len(summary.failures) == 1


class DetailedEmbedder(CountingEmbedder):
    """Counts words as its base does, and hands over a sentence and a token of each text."""

    detail_identity = "counting-1|details"

    def embed_details(self, texts, sentences, on_progress=None):
        rows = self.embed_passages(texts, on_progress)
        details = [
            make_detail(row[None, :], np.array([spans[0]]), spans[:1], np.eye(len(row), 4, dtype=np.float32))
            for row, spans in zip(rows, sentences, strict=True)
        ]
        return rows, tuple(details)

    def read_question(self, text, parts):
        raise AssertionError("nothing is asked here")


def test_details_are_built_where_the_model_gives_them(corpus):
    """An index that was made without them is completed, each passage embedded once more and no more."""
    build_index(make_builder(corpus, CountingEmbedder()))
    assert open_generation(corpus / "data").details is None
    builder = make_builder(corpus, DetailedEmbedder())
    (corpus / "news/flood.txt").unlink()
    assert build_index(builder).embedded == 1
    generation = open_generation(corpus / "data")
    ids = generation.catalogue.passage_table().ids
    read = generation.details.read(ids)
    assert (len(ids), read.bounds.tolist(), len(read.tokens)) == (1, [0, 1], 1)
    (corpus / "news/flood.txt").write_text(FLOOD, encoding="utf-8")
    assert build_index(builder).embedded == 1
    assert len(open_generation(corpus / "data").details) == 2
