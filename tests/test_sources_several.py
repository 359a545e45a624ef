"""Several URLs at once: their order, their hosts, their errors, how many at a time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.building import Builder, build_index
from index.datatypes import BuildSummary
from index.errors import SilentHostError, SourceError
from index.settings import ReadingSettings, load_index_settings
from index.sources.fetching import Fetched
from index.sources.several import AHEAD, AT_ONCE, fetch_several
from index.status import read_status

from .embedders import CountingEmbedder

SETTINGS = ReadingSettings()
WAIT = 10.0  # seconds, after which a test has failed


def answer(url: str) -> Fetched:
    return Fetched(url.encode(), url, "text/plain")


def test_a_slow_host_holds_up_no_other() -> None:
    """What comes first and lasts longest is yielded first, when all others are there."""
    urls = [f"https://{number}.example/" for number in range(20)]
    rest, progress = threading.Semaphore(0), []

    def fetch_one(url: str, _: ReadingSettings) -> Fetched:
        if url == urls[0]:
            for _ in urls[1:]:
                assert rest.acquire(timeout=WAIT)
        else:
            rest.release()
        return answer(url)

    found = list(fetch_several(urls, SETTINGS, lambda *count: progress.append(count), fetch_one=fetch_one))
    assert found == [answer(url) for url in urls]
    assert progress == [(done, 20) for done in range(1, 21)]


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    """Of one host, whatever its case and port, one URL is fetched at a time; of all, eight."""
    urls = [f"https://{'A' if number % 2 else 'a'}.example:{80 + number}/" for number in range(6)]
    urls += [f"https://{number}.example/" for number in range(30)]
    lock, running, most, most_of_a = threading.Lock(), [], [0], [0]
    full = threading.Barrier(AT_ONCE)

    def fetch_one(url: str, _: ReadingSettings) -> Fetched:
        host = url.split("/")[2].split(":", maxsplit=1)[0].lower()
        with lock:
            running.append(host)
            most.append(len(running))
            most_of_a.append(running.count("a.example"))
        if url in (urls[0], *urls[6 : 6 + AT_ONCE - 1]):
            full.wait(WAIT)
        time.sleep(0.01)
        with lock:
            running.remove(host)
        return answer(url)

    assert len(list(fetch_several(urls, SETTINGS, fetch_one=fetch_one))) == len(urls)
    assert (max(most), max(most_of_a)) == (AT_ONCE, 1)


def test_what_waits_to_be_read_is_bounded() -> None:
    """While one URL lasts, no more than a bounded number of others is held ready behind it."""
    urls = [f"https://{number}.example/" for number in range(3 * AHEAD)]
    begun, lock = [], threading.Lock()
    ready, over = threading.Event(), threading.Event()

    def fetch_one(url: str, _: ReadingSettings) -> Fetched:
        with lock:
            begun.append(url)
            if len(begun) >= AHEAD:
                (ready if len(begun) == AHEAD else over).set()
        if url == urls[0]:
            assert ready.wait(WAIT)
            assert not over.wait(0.2)
        return answer(url)

    assert len(list(fetch_several(urls, SETTINGS, fetch_one=fetch_one))) == len(urls)


def test_a_host_that_is_silent_is_waited_for_once() -> None:
    """Of ten feeds of a dead host one is tried, the others say why not; a refusal stops no other feed."""
    tried = []

    def fetch_one(url: str, _: ReadingSettings) -> Fetched:
        tried.append(url)
        raise (SilentHostError if "dead" in url else SourceError)(url, "no answer within 20 seconds")

    dead, alive = ([f"https://{host}.example/{number}" for number in range(10)] for host in ("dead", "alive"))
    found = list(fetch_several(dead + alive, SETTINGS, fetch_one=fetch_one))
    assert sorted(tried) == sorted([dead[0], *alive])
    reasons = {one.source: one.reason for one in found if isinstance(one, SourceError)}
    assert list(reasons) == dead + alive
    assert {reasons[url] for url in dead[1:]} == {
        "not tried: dead.example has just not answered within 20 seconds"
    }


def test_errors_stand_in_the_place_of_their_url() -> None:
    """A source that fails is yielded as its error, a broken URL too; a defect of ours is raised."""

    def fetch_one(url: str, _: ReadingSettings) -> Fetched:
        if "dead" in url:
            raise SourceError(url, "no answer")
        if "defect" in url:
            raise KeyError(url)
        return answer(url)

    first, dead, broken = fetch_several(
        ["https://a.example/", "https://dead.example/", "https://[dead"], SETTINGS, fetch_one=fetch_one
    )
    assert first == answer("https://a.example/")
    assert isinstance(dead, SourceError)
    assert isinstance(broken, SourceError)
    assert list(fetch_several([], SETTINGS)) == []
    with pytest.raises(KeyError):
        list(fetch_several(["https://defect.example/"], SETTINGS, fetch_one=fetch_one))


class Report(BaseHTTPRequestHandler):
    """A server with a report, which answers nobody before four have asked."""

    everybody = threading.Barrier(4)

    def do_GET(self) -> None:
        self.everybody.wait(WAIT)
        found = "dead" not in self.path
        self.send_response(200 if found else 503)
        self.send_header("content-type", "text/plain")
        self.end_headers()
        host = self.headers["host"].partition(":")[0]
        self.wfile.write(f"Title: The ferry of {host}\n\nThe ferry of {host} sank.\n".encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that every name leads to."""

    def getaddrinfo(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))]

    with ThreadingHTTPServer(("127.0.0.1", 0), Report) as server:
        monkeypatch.setattr("index.sources.fetching.socket.getaddrinfo", getaddrinfo)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_build_reads_its_urls_at_once_and_in_order(tmp_path: Path, port: int) -> None:
    """Two dead sources among others, a file between them: each is named once, in the order of the sources."""
    (tmp_path / "note.txt").write_text("Title: A note\n\nThe quay was shut.\n", encoding="utf-8")
    hosts = ("a.example/dead", "b.example/x", "c.example/dead", "d.example/y")
    urls = [f"http://{host.replace('/', f':{port}/')}" for host in hosts]
    sources = [*urls[:2], "missing.txt", "note.txt", *urls[2:]]
    listed = ", ".join(f'"{source}"' for source in sources)
    (tmp_path / "config.toml").write_text(f"[index]\nsources = [{listed}]\n", encoding="utf-8")
    progress: list[tuple[str, int, int]] = []
    summary: BuildSummary = build_index(
        Builder(
            settings=load_index_settings(tmp_path / "config.toml"),
            embedder=CountingEmbedder(),
            attribute=lambda article: (),
            attribution_version="none",
            on_progress=lambda *step: progress.append(step),
        )
    )
    assert [failure.source for failure in summary.failures] == [urls[0], "missing.txt", urls[2]]
    assert "503" in summary.failures[0].reason
    assert summary.added == read_status(tmp_path / "data").articles == 3
    assert [done for stage, done, total in progress if (stage, total) == ("reading", 4)] == [1, 2, 3, 4]
