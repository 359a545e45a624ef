"""What somebody is reported to have said, in pages; and what to say of a name that nobody quoted has.

Stands between the quotes of /who and delivery; the views behind its buttons render the same pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.texts import Phrasebook
from bot.messages.citing import NAME_CHARACTERS, clip_line, write_name
from bot.messages.composing import Message
from bot.messages.pairing import complete_pairs
from bot.messages.rendering import render_quotes
from index.answers import Quote

NAMED_SPEAKERS = 5
"""Speakers, or outlets, that are named where several fit a name."""

_ARTICLES = ("The ", "A ", "An ")
_SMALL_ARTICLES = ("the ", "a ", "an ")


def render_sayings(name: str, quotes: Sequence[Quote], size: int, phrases: Phrasebook) -> tuple[Message, ...]:
    """Return pages of what somebody is reported to have said, about `size` quotes on each.

    A quote that is disputed has its other side on its page. The first page names those who fit the name,
    where they are several.
    """
    head = phrases.say("who.head", name=clip_line(name, NAME_CHARACTERS))
    several = list_speakers(name, quotes)
    pages: list[Message] = []
    rest = tuple(quotes)
    while rest:
        page = complete_pairs(rest[:size], quotes)
        rest = tuple(quote for quote in rest if quote not in page)
        disputed = any(quote.side is not None for quote in page)
        lines = [head]
        if len(several) > 1 and not pages:
            lines.append(phrases.say("who.several", names=_join_some(_begin_small(several), phrases)))
        if disputed:
            lines.append(phrases.say("who.disputed"))
        pages.extend(render_quotes("\n".join(lines), page, page, phrases, disputed=disputed))
    return tuple(pages)


def list_speakers(name: str, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return the speakers whom a name fits, by their own or that of their office, in the order of the quotes.

    A name that is a part of another one ("Quenell", "Marta Quenell") is taken for the same speaker.
    """
    wanted = _split_name(name)
    speakers: dict[frozenset[str], str] = {}
    for quote in quotes:
        if quote.speaker is not None and wanted <= _split_name(f"{quote.speaker} {quote.role or ''}"):
            speakers.setdefault(_split_name(quote.speaker), quote.speaker)
    return tuple(name for words, name in speakers.items() if not any(words < other for other in speakers))


def explain_nobody(
    name: str, close: Sequence[str], outlets: Sequence[str | None], phrases: Phrasebook
) -> str:
    """Return that nobody quoted has a name, and what to try instead.

    Args:
        close: speakers of names that are close to it.
        outlets: all that are read; a name may be that of an outlet.
    """
    text = phrases.say("who.nobody", name=clip_line(name, NAME_CHARACTERS))
    wanted = _split_name(name)
    called = [outlet for outlet in outlets if outlet and wanted and wanted <= _split_name(outlet)]
    if called:
        hint = phrases.say("who.outlet", outlets=_join_some(called, phrases))
    elif close:
        hint = phrases.say("who.close", names=_join_some(_begin_small(close), phrases))
    else:
        hint = phrases.say("who.hint")
    return f"{text} {hint}"


def _split_name(name: str) -> frozenset[str]:
    return frozenset(word.strip(".,’'\"“”«»") for word in name.casefold().split()) - {"the", "a", "an", ""}


def _begin_small(names: Sequence[str]) -> list[str]:
    """Return speakers as they stand within a sentence, where one that began a sentence begins small.

    Those who have only an office come last: in "Owen Tressel, the mayor and Hester Calloran" it would be his.
    """
    small = [f"{one[0].lower()}{one[1:]}" if one.startswith(_ARTICLES) else one for one in names]
    return sorted(small, key=lambda one: one.startswith(_SMALL_ARTICLES))


def _join_some(names: Sequence[str], phrases: Phrasebook) -> str:
    written = tuple(write_name(one) for one in names)
    if len(written) > NAMED_SPEAKERS:
        return ", ".join((*written[:NAMED_SPEAKERS], "…"))
    return phrases.join_names(written)
