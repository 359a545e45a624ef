"""Fetches a feed or page over HTTP, within limits; from the open network nothing leads into the own one.

Used for sources that are URLs; what comes back is read like a file's bytes.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from index.errors import SilentHostError, SourceError
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
    transport: httpx.BaseTransport | None = None,
) -> Fetched:
    """Return what a URL holds.

    At most `MAX_REDIRECTS` redirects are followed. Where `url` is at a public address they may lead to none
    that is not, so that no stranger's server chooses what is read inside the admin's own network. The whole
    of it may take `settings.timeout` seconds and `settings.max_bytes` unpacked bytes. Proxies named in the
    environment are not used, so that the address that is checked is the one that is spoken to.

    Args:
        url: http or https, as the admin gave it; its own address may be any.
        settings: limits.
        transport: what carries the requests; the network by default.

    Raises:
        SilentHostError: the server that `url` names did not answer in time.
        SourceError: with the reason in words.
    """
    deadline = time.monotonic() + settings.timeout
    target, guarded = url, False
    headers = {"User-Agent": USER_AGENT, "Accept": _ACCEPT}
    try:
        with httpx.Client(
            timeout=settings.timeout,
            follow_redirects=False,
            trust_env=False,
            headers=headers,
            transport=transport,
        ) as client:
            for _ in range(MAX_REDIRECTS + 1):
                _check_form(target, url)
                if guarded:
                    _refuse_private(_resolve_host(target), url)
                with client.stream("GET", target) as response:
                    if guarded:
                        _refuse_private(_read_peer(response), url)
                    if response.has_redirect_location:
                        guarded = guarded or all(map(_is_public, _resolve_host(url)))
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
        kind = SilentHostError if target == url else SourceError  # elsewhere it is another server's silence
        raise kind(url, f"no answer within {settings.timeout:g} seconds") from error
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


def _check_form(target: str, url: str) -> None:
    """Refuse what is not http(s) or names no host; raise ValueError for a port beyond 65535."""
    parts = urlsplit(target)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise SourceError(url, f"leads to {target!r}; only http and https are fetched")


def _resolve_host(target: str) -> list[str]:
    """Return the addresses that the host of a URL goes by; raise OSError where it has none."""
    parts = urlsplit(target)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    return [
        str(address[0]) for family, _, _, _, address in found if family in {socket.AF_INET, socket.AF_INET6}
    ]


def _read_peer(response: httpx.Response) -> list[str]:
    """Return the address that answered, whatever its name resolved to before; none without a network."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    return [str(peer[0])] if peer else []


def _is_public(address: str) -> bool:
    place = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address) and place.ipv4_mapped:
        place = place.ipv4_mapped
    return place.is_global and not place.is_multicast


def _refuse_private(addresses: list[str], url: str) -> None:
    for address in addresses:
        if not _is_public(address):
            raise SourceError(url, f"leads to {address}, which is not a public address")
