"""Where something was published, in one line: author, outlet, date, headline, copies; and names in a line.

Rendering writes it at the foot of answers, captions in the list of a timeline.
"""

from __future__ import annotations

from bot.language.texts import Phrasebook
from bot.messages.composing import Composer, date_style, link_style
from bot.messages.directions import isolate
from index.answers import Citation
from index.datatypes import Moment

NAME_CHARACTERS = 160
TITLE_CHARACTERS = 240
NAMED_CARRIERS = 4


def add_moment(composer: Composer, moment: Moment | None, phrases: Phrasebook) -> None:
    """Append when something was published: a time as a date that the client localises, a day as text."""
    instant = moment.instant if moment is not None else None
    composer.add(phrases.write_moment(moment), *([date_style(instant)] if instant is not None else []))


def add_citation(composer: Composer, citation: Citation, url: str | None, phrases: Phrasebook) -> None:
    """Append where something was published: author, outlet, date, headline, copies."""
    if citation.author:
        composer.add(f"{write_name(citation.author)} · ")
    outlet = citation.outlet
    composer.add(write_name(outlet) if outlet else phrases.say("source.no_outlet")).add(" · ")
    add_moment(composer, citation.published, phrases)
    if citation.origin and citation.origin.casefold() not in (outlet or "").casefold():
        composer.add(" · ").add(phrases.say("source.origin", origin=write_name(citation.origin)))
    headline = phrases.say("source.headline", title=write_name(citation.title, TITLE_CHARACTERS))
    composer.add(" · ").add(headline, *([link_style(url)] if url else []))
    if citation.carriers:
        names = tuple(write_name(name) for name in citation.carriers)
        total = len(names) + 1
        listed = names if len(names) <= NAMED_CARRIERS else (*names[:NAMED_CARRIERS], "…")
        composer.add(" · ").add(phrases.say("source.carriers", n=total, outlets=", ".join(listed)))


def clip_line(text: str, limit: int) -> str:
    """Return a text in one line, shortened at a word with an ellipsis where it is over `limit` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > limit // 2 else cut}…"


def write_name(text: str, limit: int = NAME_CHARACTERS) -> str:
    """Return words of a report in one line, which stands within a line of the bot whichever way it runs."""
    return isolate(clip_line(text, limit))
