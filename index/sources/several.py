"""Fetches several URLs at once, so that a dead server holds up no other; polite: one at a time from a host.

What is left to fetch from a host that did not answer in time fails without another try.

Gathering reads through it all sources of a build that are URLs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

from index.errors import SilentHostError, SourceError
from index.settings import ReadingSettings
from index.sources.fetching import Fetched, fetch

AT_ONCE = 8
"""URLs that are fetched at the same time."""

AHEAD = 64
"""URLs counted from one that lasts, beyond which none is begun: what they hold waits in memory."""

Outcome = Fetched | SourceError


def fetch_several(
    urls: Sequence[str],
    settings: ReadingSettings,
    on_done: Callable[[int, int], None] = lambda done, total: None,
    *,
    fetch_one: Callable[[str, ReadingSettings], Fetched] = fetch,
) -> Iterator[Outcome]:
    """Yield what each URL holds, or why it cannot be fetched, in the order of the URLs.

    Args:
        urls: http or https, or broken ones, whose error is then yielded.
        settings: limits, for each URL on its own.
        on_done: told, between yields, how many URLs are done with, and how many there are in all.
        fetch_one: raises SourceError; whatever else it raises is raised here.
    """
    results: SimpleQueue[tuple[int, Outcome | BaseException]] = SimpleQueue()

    silent: set[str] = set()

    def run(number: int) -> None:
        host = _find_host(urls[number])
        try:
            if host in silent:
                reason = f"not tried: {host} has just not answered within {settings.timeout:g} seconds"
                raise SourceError(urls[number], reason)
            results.put((number, fetch_one(urls[number], settings)))
        except SilentHostError as error:
            silent.add(host)
            results.put((number, error))
        except BaseException as error:  # goes on in the thread that waits
            results.put((number, error))

    waiting = list(range(len(urls)))
    busy: dict[int, str] = {}
    done: dict[int, Outcome] = {}
    for number in range(len(urls)):
        while number not in done:
            for other in [one for one in waiting if one < number + AHEAD]:
                host = _find_host(urls[other])
                if len(busy) < AT_ONCE and host not in busy.values():
                    waiting.remove(other)
                    busy[other] = host
                    # A daemon: an interrupted build does not wait for a server that is silent.
                    Thread(target=run, args=(other,), name=f"fetch {host}", daemon=True).start()
            ended, outcome = results.get()
            del busy[ended]
            if not isinstance(outcome, Outcome):
                raise outcome
            done[ended] = outcome
            on_done(len(urls) - len(waiting) - len(busy), len(urls))
        yield done.pop(number)


def _find_host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
