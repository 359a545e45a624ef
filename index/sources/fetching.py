"""Fetches a feed or page over HTTP, within limits and from public addresses only.

Used for sources that are URLs; what comes back is read like a file's bytes.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from index.errors import SourceError
from index.settings import ReadingSettings

MAX_REDIRECTS = 5
USER_AGENT = "Onrecord/0.1 (news reader; answers with quotes and links)"
_ACCEPT = (
    "application/rss+xml, application/atom+xml, text/html, application/xhtml+xml, text/plain,"
    " application/x-ndjson, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent.

    Attributes:
        url: where it came from in the end, after redirects.
        media_type: the server's Content-Type in lower case without parameters, "" where it sent none.
        charset: the encoding that the server named, if any.
    """

    data: bytes
    url: str
    media_type: str
    charset: str | None = None


def is_url(source: str) -> bool:
    """Whether a source is an http or https URL rather than a path."""
    return source.lower().startswith(("http://", "https://"))


def fetch(
    url: str,
    settings: ReadingSettings,
    *,
    allow_private: bool = False,
    transport: httpx.BaseTransport | None = None,
) -> Fetched:
    """Return what a URL holds.

    At most `MAX_REDIRECTS` redirects are followed, each checked as the first address is. The whole of it
    may take `settings.timeout` seconds and `settings.max_bytes` unpacked bytes. Proxies named in the
    environment are not used, so that the address that is checked is the one that is spoken to.

    Args:
        url: http or https.
        settings: limits.
        allow_private: whether the address may be other than public; only for what the admin configured.
        transport: what carries the requests; the network by default.

    Raises:
        SourceError: with the reason in words.
    """
    deadline = time.monotonic() + settings.timeout
    headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT}
    try:
        with httpx.Client(
            timeout=settings.timeout,
            follow_redirects=False,
            trust_env=False,
            headers=headers,
            transport=transport,
        ) as client:
            target = url
            for _ in range(MAX_REDIRECTS + 1):
                _check_address(target, url, allow_private=allow_private)
                with client.stream("GET", target) as response:
                    if not allow_private:
                        _check_peer(response, url)
                    if response.has_redirect_location:
                        target = urljoin(target, response.headers["location"])
                        continue
                    if response.status_code != httpx.codes.OK:
                        raise SourceError(
                            url,
                            f"the server answered {response.status_code} {response.reason_phrase}".strip(),
                        )
                    data = _read_body(response, url, settings, deadline)
                    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                    return Fetched(data, str(response.url), media_type, response.charset_encoding)
    except httpx.TimeoutException as error:
        raise SourceError(url, f"no answer within {settings.timeout:g} seconds") from error
    except httpx.InvalidURL as error:
        raise SourceError(url, f"is no URL: {error}") from error
    except (httpx.HTTPError, httpx.StreamError, OSError, ValueError) as error:
        raise SourceError(url, f"cannot be fetched: {error}") from error
    raise SourceError(url, f"redirects more than {MAX_REDIRECTS} times")


def _read_body(response: httpx.Response, url: str, settings: ReadingSettings, deadline: float) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > settings.max_bytes:
            raise SourceError(url, f"larger than {settings.max_bytes:,} bytes (max_bytes in [index.reading])")
        if time.monotonic() > deadline:
            raise SourceError(url, f"not complete within {settings.timeout:g} seconds")
    return bytes(body)


def _check_address(target: str, url: str, *, allow_private: bool) -> None:
    """Refuse what is not http(s), and, unless allowed, hosts of which any address is not public."""
    parts = urlsplit(target)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise SourceError(url, f"leads to {target!r}; only http and https are fetched")
    if allow_private:
        return
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    for family, _, _, _, address in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM):
        if family in {socket.AF_INET, socket.AF_INET6}:
            _refuse_private(str(address[0]), url)


def _check_peer(response: httpx.Response, url: str) -> None:
    """Refuse an answer from an address that is not public, whatever the name resolved to before."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    if peer:
        _refuse_private(str(peer[0]), url)


def _refuse_private(address: str, url: str) -> None:
    place = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address) and place.ipv4_mapped:
        place = place.ipv4_mapped
    if not place.is_global or place.is_multicast:
        raise SourceError(url, f"leads to {place}, which is not a public address")
