"""A timeline in words: the caption under its chart, and the whole of it for those who cannot see the chart.

Between a timeline and delivery. What is rendered depends on the arguments alone; every quote is a slice of a
stored report.
"""

from __future__ import annotations

from collections.abc import Iterator

from telegram.constants import MessageLimit

from bot.language.texts import Phrasebook
from bot.messages.charts import name_role, write_extent
from bot.messages.citing import TITLE_CHARACTERS, add_citation, add_moment, write_name
from bot.messages.composing import BOLD, ITALIC, Block, Composer, Message, link_style, pack_blocks
from bot.messages.linking import link_to_words
from bot.messages.rendering import fit_block, fold_quote
from index.events.turning_points import Turning
from index.timeline import TimedReport, Timeline, TurningPoint

CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)
"""UTF-16 code units in the caption of a picture."""


def render_caption(timeline: Timeline, phrases: Phrasebook) -> tuple[Message, ...]:
    """Return the turning points: a caption of at most 1024 UTF-16 units, and what it cannot hold."""
    return pack_blocks(_make_head(timeline, phrases, TITLE_CHARACTERS // 2), first_limit=CAPTION_LIMIT)


def render_timeline(timeline: Timeline, phrases: Phrasebook, note: str = "") -> tuple[Message, ...]:
    """Return the timeline in words: its turning points, then every report in order of time.

    Args:
        note: said first, "" for nothing.
    """
    blocks = [Composer().add(note, ITALIC).build(), *_make_head(timeline, phrases, TITLE_CHARACTERS)]
    blocks.append(Composer().add(phrases.say("timeline.all"), BOLD).build())
    blocks.extend(_make_line(report, phrases) for report in timeline.reports)
    return pack_blocks(blocks)


def _make_head(timeline: Timeline, phrases: Phrasebook, limit: int) -> Iterator[Block]:
    """Yield what the timeline is about, then its turning points with their numbers."""
    head = Composer().add(write_name(timeline.question.text, limit), BOLD).add("\n")
    head.add(write_extent(timeline.reports, phrases))
    if not timeline.sure:
        head.add("\n").add(phrases.say("timeline.unsure"), ITALIC)
    yield head.build()
    for number, point in enumerate(timeline.points, 1):
        yield from fit_block(_make_point(number, point, phrases), phrases)


def _make_point(number: int, point: TurningPoint, phrases: Phrasebook) -> Block:
    """Return a turning point: what it is, who said it, where and when, and the words."""
    quote = point.quote
    composer = Composer().add(f"{number}. {name_turning(point, phrases)}", BOLD)
    if quote.speaker is not None and quote.speaker.casefold() not in quote.text.casefold():
        composer.add(" · ").add(write_name(quote.speaker))
    url = link_to_words(quote.citation.url, [quote.text])
    outlet = quote.citation.outlet
    published_by = write_name(outlet) if outlet else phrases.say("source.no_outlet")
    composer.add(" · ").add(published_by, *([link_style(url)] if url else [])).add(" · ")
    add_moment(composer, quote.citation.published, phrases)
    return fold_quote(composer.add("\n"), quote.text)


def name_turning(point: TurningPoint, phrases: Phrasebook) -> str:
    """Return the words for why a point is one."""
    if point.turning is Turning.PEAK:
        return phrases.count("timeline.peak", point.reports)
    return phrases.say(f"timeline.{point.turning.value}")


def _make_line(report: TimedReport, phrases: Phrasebook) -> Block:
    """Return one report's line: where and when it was published, its copies, and what it does."""
    composer = Composer(gap=1).add("• ")
    add_citation(composer, report.citation, link_to_words(report.citation.url, []), phrases)
    if report.roles:
        composer.add(" — ").add(", ".join(name_role(role, phrases) for role in report.roles), ITALIC)
    return composer.build()
