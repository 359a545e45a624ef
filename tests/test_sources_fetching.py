from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from index.errors import SilentHostError, SourceError
from index.settings import ReadingSettings
from index.sources.fetching import Fetched, fetch, is_url

SETTINGS = ReadingSettings(max_bytes=1000)
PUBLIC = "93.184.215.14"
URL = "https://courier.example/feed"


class Secret(BaseHTTPRequestHandler):
    """A server inside the network."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("location", "http://rebinding.example/")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"secret")

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(autouse=True)
def _resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names resolve from a table, without a network."""
    table = {"courier.example": PUBLIC, "inside.example": "10.0.0.7", "mixed.example": "::ffff:127.0.0.1"}

    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        address = table.get(host, host)
        if not any(character.isdigit() for character in address):
            raise socket.gaierror(-2, "Name or service not known")
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr("index.sources.fetching.socket.getaddrinfo", getaddrinfo)


def serve(answer: Callable[[httpx.Request], httpx.Response], url: str = URL) -> Fetched:
    return fetch(url, SETTINGS, transport=httpx.MockTransport(answer))


def test_fetches_with_type_and_charset() -> None:
    """The body comes with the server's media type and charset, and the address it came from in the end."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/feed":
            return httpx.Response(301, headers={"location": "/feed.xml"})
        return httpx.Response(
            200, headers={"content-type": "Application/RSS+xml; charset=windows-1251"}, content=b"<rss/>"
        )

    assert serve(answer) == Fetched(
        b"<rss/>", "https://courier.example/feed.xml", "application/rss+xml", "windows-1251"
    )


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/again", "redirects more than"),
        ("http://inside.example/", "10.0.0.7, which is not a public address"),
        ("http://127.0.0.1:8080/admin", "not a public address"),
        ("http://[::1]/", "not a public address"),
        ("http://169.254.169.254/latest", "not a public address"),
        ("http://mixed.example/", "not a public address"),
        ("file:///etc/passwd", "only http and https"),
        ("http://", "only http and https"),
        ("http://nowhere.example/", "cannot be fetched"),
    ],
)
def test_refuses_where_redirects_lead(location: str, reason: str) -> None:
    """From a public address no redirect leads to one that is not, and there are few of them."""
    with pytest.raises(SourceError, match=reason) as error:
        serve(lambda _: httpx.Response(302, headers={"location": location}))
    assert error.value.source == URL


def test_what_the_admin_gave_may_lie_in_the_own_network() -> None:
    """An address that is not public is fetched where it was given, and may lead on to another such one."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"location": "http://10.0.0.8/new"})
        return httpx.Response(200, content=b"x")

    for url in ("http://inside.example/", "http://192.168.1.4/feed", "http://mixed.example/"):
        assert serve(answer, url).data == b"x"
        assert serve(answer, f"{url.rpartition('/')[0]}/old").data == b"x"


def test_a_plain_answer_asks_for_no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a redirect makes it matter where a name leads, so that none is looked up twice without need."""
    monkeypatch.delattr("index.sources.fetching.socket.getaddrinfo")
    assert serve(lambda _: httpx.Response(200, content=b"x")).data == b"x"


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (httpx.Response(404), "404 Not Found"),
        (httpx.Response(500), "500"),
        (httpx.Response(304), "304"),
        (httpx.Response(200, content=b"x" * 1001), "larger than 1,000 bytes"),
    ],
)
def test_reports_what_went_wrong(response: httpx.Response, reason: str) -> None:
    """Statuses other than success, and bodies beyond the limit, are errors with the reason."""
    with pytest.raises(SourceError, match=reason):
        serve(lambda _: response)


def test_a_packed_body_counts_unpacked() -> None:
    """A small body that unpacks to a large one is stopped at the limit."""
    packed = gzip.compress(b"x" * 100_000)
    with pytest.raises(SourceError, match="larger than"):
        serve(lambda _: httpx.Response(200, headers={"content-encoding": "gzip"}, content=packed))


@pytest.mark.parametrize(
    "fault",
    [
        httpx.ConnectTimeout("slow"),
        httpx.ConnectError("refused"),
        httpx.RemoteProtocolError("garbage"),
        OSError("gone"),
    ],
)
def test_network_faults_are_source_errors(fault: Exception) -> None:
    """Whatever the network does, the error is the project's own."""

    def answer(_: httpx.Request) -> httpx.Response:
        raise fault

    with pytest.raises(SourceError):
        serve(answer)


@pytest.mark.parametrize("silent", [URL, "https://8.8.8.8/"])
def test_a_silent_server_is_told_from_one_that_leads_to_it(silent: str) -> None:
    """Only the server that a URL names is taken for silent, not one that redirects to a silent one."""

    def answer(request: httpx.Request) -> httpx.Response:
        if str(request.url) == silent:
            raise httpx.ConnectTimeout("slow")
        return httpx.Response(302, headers={"location": silent})

    with pytest.raises(SourceError, match="no answer within") as raised:
        serve(answer)
    assert isinstance(raised.value, SilentHostError) == (silent == URL)


@pytest.mark.parametrize(
    "url", ["http://", "https://[broken", "http://exa mple/", "http://a:99999999/", "http://\x00/"]
)
def test_broken_urls_are_source_errors(url: str) -> None:
    """What only looks like a URL is reported, not raised."""
    with pytest.raises(SourceError):
        fetch(url, SETTINGS)


def test_a_slow_body_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit is for the whole answer, not for each piece of it."""
    clock = iter(range(0, 10_000, 15))
    monkeypatch.setattr("index.sources.fetching.time.monotonic", lambda: float(next(clock)))
    with pytest.raises(SourceError, match="not complete within"):
        serve(lambda _: httpx.Response(200, content=iter([b"x"] * 50)))


def test_a_name_that_changes_its_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when checked and private when connected to yields nothing."""
    addresses = {
        "front.example": iter(["127.0.0.1", PUBLIC]),
        "rebinding.example": iter([PUBLIC, "127.0.0.1"]),
    }

    def getaddrinfo(host: str | bytes, *_: object, **__: object) -> list[tuple[object, ...]]:
        name = host.decode() if isinstance(host, bytes) else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(addresses[name]), server.server_port))]

    with ThreadingHTTPServer(("127.0.0.1", 0), Secret) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setattr("index.sources.fetching.socket.getaddrinfo", getaddrinfo)
        try:
            with pytest.raises(SourceError, match=r"127\.0\.0\.1, which is not a public address"):
                fetch("http://front.example/moved", SETTINGS)
        finally:
            server.shutdown()
            thread.join()


def test_tells_urls_from_paths() -> None:
    """Only http and https are URLs; everything else is a path."""
    assert is_url("HTTPS://courier.example/")
    assert not any(map(is_url, ("ftp://x", "file:///etc/passwd", "articles", str(Path("http")))))
