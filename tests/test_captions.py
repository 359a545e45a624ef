"""Timelines in words: captions within Telegram's limit, every point quoted whole, every report listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.texts import PHRASEBOOKS
from bot.messages.captions import CAPTION_LIMIT, render_caption, render_timeline
from bot.messages.composing import ENTITY_LIMIT, TEXT_LIMIT, count_units
from index.datatypes import Moment
from index.events.turning_points import Role, Turning
from index.timeline import TimedReport, Timeline, TurningPoint
from tests.fakes import CLAIM, COURIER, DENIAL, REPAIRS, ask_about
from tests.telegram_checks import check_with_tdlib
from tests.test_charts import make_report, make_undated
from tests.test_rendering import as_tables, quotes, slices

ENGLISH = PHRASEBOOKS["en"]
STORY = Timeline(
    ask_about("The bridge at Varn"),
    (
        TimedReport(replace(CLAIM.citation, carriers=("The Echo",)), (Role.CLAIM, Role.DENIAL)),
        TimedReport(REPAIRS.citation),
        make_undated("none", "The Quay"),
    ),
    (
        TurningPoint(Turning.CLAIM, CLAIM, Role.CLAIM),
        TurningPoint(Turning.FIRST_DENIAL, replace(DENIAL, speaker="A woman of that name"), Role.DENIAL),
        TurningPoint(Turning.PEAK, REPAIRS, None, 3),
    ),
)


def test_a_caption_says_what_turned_the_story_who_said_it_where_and_when():
    """Each point has its number, outlet as link, date as a date entity, and its words as a quote."""
    (caption,) = render_caption(STORY, ENGLISH)
    assert caption.text == (
        "The bridge at Varn\n"
        "3 independent reports · 8–9 Feb 2023\n\n"
        "1. Claim · The Courier · 8 Feb 2023, 11:44 UTC\n"
        f"{CLAIM.text}\n\n"
        "2. First denial · A woman of that name · The Courier · 8 Feb 2023, 11:44 UTC\n"
        f"{DENIAL.text}\n\n"
        "3. Day with most reports: 3 · outlet not stated · 9 Feb 2023\n"
        f"{REPAIRS.text}"
    )
    assert slices(caption, "blockquote") == [CLAIM.text, DENIAL.text, REPAIRS.text]
    assert slices(caption, "text_link") == ["The Courier", "The Courier"]
    assert slices(caption, "date_time") == ["8 Feb 2023, 11:44 UTC"] * 2  # a day alone stays plain
    assert slices(caption, "bold")[0] == "The bridge at Varn"
    links = [entity.url for entity in caption.entities if entity.url]
    assert all(link.startswith(f"{COURIER.url}#:~:text=") for link in links)


def test_in_words_every_report_is_listed():
    """The list has every report in order, with its copies and what it does, the undated one at the end."""
    (message,) = render_timeline(STORY, ENGLISH, note="No picture.")
    assert message.text.startswith("No picture.\n\nThe bridge at Varn\n")
    assert message.text.split("All reports, in order of time\n")[1].split("\n") == [
        "• Ann Reed · The Courier · 8 Feb 2023, 11:44 UTC · “Bridge at Varn closed after the storm” · "
        "carried by 2 outlets, also by The Echo — claim, denial",
        "• outlet not stated · 9 Feb 2023 · “Varn: two versions”",
        "• The Quay · date unknown · “Title of none”",
    ]


def test_an_unsure_timeline_says_so():
    """Where the reports may not be those that were meant, the words say so."""
    (caption,) = render_caption(replace(STORY, sure=False), ENGLISH)
    assert "The nearest reports; I am not sure that they are on this." in caption.text


def test_five_hundred_reports_in_words():
    """A long list goes over as many pages as it takes, and loses no report."""
    reports = tuple(make_report(f"r{n}", f"Outlet {n}", n / 7, [Role.DENIAL]) for n in range(500))
    pages = render_timeline(Timeline(ask_about("x"), reports), ENGLISH)
    lines = [line for page in pages for line in page.text.split("\n") if line.startswith("• ")]
    assert len(lines) == 500
    assert len(set(lines)) == 500
    assert all(count_units(page.text) <= TEXT_LIMIT for page in pages)
    assert all(len(page.entities) <= ENTITY_LIMIT for page in pages)


def test_one_day_without_times():
    """Reports of which only the day is known have it as plain text."""
    report = make_report("one", published=Moment(date(2024, 2, 29)))
    (page,) = render_timeline(Timeline(ask_about("x"), (report,)), ENGLISH)
    assert "1 report · 29 Feb 2024" in page.text
    assert slices(page, "date_time") == []


@pytest.mark.parametrize(("size", "counts"), [(300, (1, 5)), (1500, (0, 2, 2, 2)), (20, (6,))])
def test_what_a_caption_cannot_hold_goes_on_in_messages(size, counts):
    """The caption holds the first points that fit, each quote whole; few messages hold the rest."""
    text = ("a😀 " * size)[:size].strip()
    point = TurningPoint(Turning.CLAIM, replace(REPAIRS, text=text), Role.CLAIM)
    messages = render_caption(Timeline(ask_about("x" * 500), STORY.reports, (point,) * 6), ENGLISH)
    assert count_units(messages[0].text) <= CAPTION_LIMIT
    shown = [slices(one, "blockquote") + slices(one, "expandable_blockquote") for one in messages]
    assert tuple(map(len, shown)) == counts
    assert {quote for quoted in shown for quote in quoted} == {text}


@settings(deadline=None)
@given(st.lists(quotes(), max_size=8), st.sampled_from(sorted(PHRASEBOOKS)), st.booleans())
def test_any_timeline_fits_telegram_and_shows_its_quotes_whole(chosen, language, sure):
    """For any texts: the caption and what follows are within the limits, each quote one whole blockquote."""
    reports = tuple(TimedReport(quote.citation, (Role.CLAIM,)) for quote in chosen)
    points = tuple(TurningPoint(Turning.CLAIM, quote, Role.CLAIM) for quote in chosen)
    timeline = Timeline(ask_about("Any topic 😀"), reports, points, sure)
    caption, *rest = render_caption(timeline, PHRASEBOOKS[language])
    assert 1 <= count_units(caption.text) <= CAPTION_LIMIT
    for messages in ((caption, *rest), render_timeline(timeline, PHRASEBOOKS[language])):
        quoted = []
        for message in messages:
            assert 1 <= count_units(message.text) <= TEXT_LIMIT
            assert len(message.entities) <= ENTITY_LIMIT
            quoted += slices(message, "blockquote") + slices(message, "expandable_blockquote")
            check_with_tdlib(message.text, as_tables(message))
        assert sorted(quoted) == sorted(quote.text.strip() for quote in chosen)
