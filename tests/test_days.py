"""The news of days and outlets: which stories are told, by whose report, in which words, and when none is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from index.answering import Answerer
from index.answers import Answer, NoAnswer, Reason
from index.building import build_index
from index.days import NAMED, NAMED_YEAR
from index.explaining import explain_answer
from index.printing import print_answer
from index.questions.turns import make_turn

from .embedders import CountingEmbedder
from .stage import on_stage
from .telegram_checks import ADMIN, GROUP
from .test_building import make_builder

LOCK = (
    "The gate of the Kestrel Lock at Port Sellmar burst on Tuesday. Harbour master Tove Lind shut the lock."
)
REPORTS = {
    "lock": ("Gate of Kestrel Lock bursts", "The Courier", "2025-05-06", LOCK),
    "copy": ("Kestrel Lock gate bursts", "Lantern", "2025-05-06T20:00:00Z", LOCK),
    "lock-2": (
        "Kestrel Lock shut after gate bursts",
        "Halyard",
        "2025-05-06T14:00:00Z",
        "Breaking.\n\nWhat now for Port Sellmar?\n\nThe Kestrel Lock at Port Sellmar was shut by "
        "harbour master Tove Lind. Its gate burst on Tuesday.",
    ),
    "fair": (
        "Apple fair opens in Lund",
        "The Courier",
        "2025-05-06T09:00:00Z",
        "Photograph: the fair\n\nThe apple fair in Lund opened with nine growers and a brass band.",
    ),
    "vote": (
        "Calder counts again",
        "Halyard",
        "2025-05-08",
        "Calder will count its council votes again, the board said. It last did so in Calder in March "
        "2022.\n\nOpened in 1975\n\nThe hall has stood there since the fire of 1975.",
    ),
    "walk": (
        "Dunes at Ness grow",
        "The Courier",
        "2025-05-12",
        "The dunes at Ness grow by a foot a year. On 7 May a walker found a cannon in the dunes. It is old.",
    ),
    "essay": ("On rivers", "The Courier", "", "Rivers are older than the towns that stand beside them."),
}
NOW = datetime(2025, 5, 14, 12, tzinfo=UTC)  # a Wednesday


def write_reports(folder, reports=REPORTS):
    """Write reports as files, with a configuration that reads them, and return a builder."""
    (folder / "news").mkdir()
    for name, (title, outlet, day, text) in reports.items():
        head = f"Title: {title}\nOutlet: {outlet}\nURL: https://a.example/{name}\n"
        head += f"Date: {day}\n" if day else ""
        (folder / f"news/{name}.txt").write_text(f"{head}\n{text}\n", encoding="utf-8")
    (folder / "config.toml").write_text('[index]\nsources = ["news"]\n', encoding="utf-8")
    return make_builder(folder, CountingEmbedder())


@pytest.fixture(scope="module")
def answerer(tmp_path_factory):
    builder = write_reports(tmp_path_factory.mktemp("days"))
    build_index(builder)
    return Answerer.open(builder.settings, builder.embedder)


def tell(answerer, text, turns=()):
    """Return the outlets and the words of what is quoted, in order."""
    result = answerer.answer(text, now=NOW, turns=turns)
    assert isinstance(result, Answer), result
    return [(quote.citation.outlet, quote.text) for quote in result.quotes]


GATE = ("The Courier", "The gate of the Kestrel Lock at Port Sellmar burst on Tuesday.")
SHUT = ("Halyard", "The Kestrel Lock at Port Sellmar was shut by harbour master Tove Lind.")
FAIR = ("The Courier", "The apple fair in Lund opened with nine growers and a brass band.")
VOTE = ("Halyard", "Calder will count its council votes again, the board said.")
DUNES = ("The Courier", "The dunes at Ness grow by a foot a year.")
RECOUNT = ("Halyard", "It last did so in Calder in March 2022.")
FIRE = ("Halyard", "The hall has stood there since the fire of 1975.")
CANNON = ("The Courier", "On 7 May a walker found a cannon in the dunes.")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("news of 6 May", [SHUT, FAIR]),
        ("What happened on 8 May?", [VOTE]),
        ("what did the Courier report on 6 May?", [FAIR, GATE]),
        ("Halyard", [VOTE, SHUT]),
        ("What's the latest from Halyard?", [VOTE, SHUT]),
        ("what happened last week?", [GATE, VOTE, FAIR, CANNON]),
        ("¿Qué pasó la semana pasada?", [GATE, VOTE, FAIR, CANNON]),
        ("what's the latest from last week?", [VOTE, GATE, FAIR, CANNON]),
        ("Что писал Halyard 8 мая?", [VOTE]),
        ("what happened before 7 May?", [SHUT, FAIR]),
        ("any news?", [DUNES]),
        ("What's new?", [DUNES]),
        ("что нового?", [DUNES]),
    ],
)
def test_a_story_is_told_once_by_a_lead(answerer, asked, told):
    """One quote a story, the most reported first, of several days its beginning; no heading is a lead."""
    assert tell(answerer, asked) == told


def test_what_happened_on_a_day_is_told_later_too(answerer):
    """Of a day without reports, a later one that names it is quoted there; asked for reports of it, none."""
    assert tell(answerer, "What happened on 7 May?") == [CANNON]
    assert isinstance(answerer.answer("What was published on 7 May?", now=NOW), NoAnswer)


@pytest.mark.parametrize(
    ("asked", "told", "confidence"),
    [
        ("What happened on 7 May?", [CANNON], NAMED),
        ("What happened on 9 May 2025?", [], 0.0),
        (
            "What happened in March 2022?",
            [RECOUNT],
            NAMED,
        ),
        (
            "What happened in 1975?",
            [FIRE],
            NAMED_YEAR,
        ),
        ("What happened in early 1975?", [], 0.0),
    ],
)
def test_what_is_only_named_is_less_sure(answerer, asked, told, confidence):
    """A later sentence that names the day or the month tells of it, one that names the year perhaps."""
    result = answerer.answer(asked, now=NOW)
    quotes = result.quotes if isinstance(result, Answer) else ()
    assert [(quote.citation.outlet, quote.text) for quote in quotes] == told
    assert result.confidence == confidence
    assert not quotes or result.sure is (confidence > 0.35)


def test_a_month_without_a_year_may_be_of_an_earlier_one(answerer):
    """Where the last March has no reports, the one before it that a report names is told, and said so."""
    answer = answerer.answer("What happened in March?", now=NOW)
    assert [quote.text for quote in answer.quotes] == [RECOUNT[1]]
    assert "March 2022" in answer.question.text
    assert answer.question.asked == "What happened in March?"
    none = answerer.answer("What happened in April?", now=NOW)
    assert none.reason is Reason.NOTHING_IN_DATES
    assert (none.question.dates.first.year, none.question.text) == (2025, "April")


def test_copies_are_one_report_with_carriers(answerer):
    """The original is quoted, the outlet of the copy is named with it, and both are one report."""
    answer = answerer.answer("what did the Courier report on 6 May?", now=NOW)
    assert answer.quotes[1].citation.carriers == ("Lantern",)
    assert answer.reports == 2
    (copied,) = answerer.answer("what did the Lantern report on 6 May?", now=NOW).quotes
    assert copied.citation.outlet == "Lantern"


def test_stories_of_one_outlet_are_reports_of_their_own(tmp_path):
    """That one agency wrote them all makes them no single report."""
    wired = {
        name: (title, "Halyard", day, f"{place} (Reuters) - {text}")
        for name, place, (title, _, day, text) in (
            ("a", "CALDER", REPORTS["vote"]),
            ("b", "NESS", REPORTS["walk"]),
        )
    }
    builder = write_reports(tmp_path, wired)
    build_index(builder)
    answer = Answerer.open(builder.settings, builder.embedder).answer("what did Halyard report?", now=NOW)
    assert {quote.citation.origin for quote in answer.quotes} == {"Reuters"}
    assert (len(answer.quotes), answer.reports) == (2, 2)


def test_the_newest_day_is_said(answerer):
    """A question of no day is taken to mean the newest held, in its own language, and can be asked again."""
    question = answerer.answer("any news?", now=NOW).question
    assert question.text == question.understood == "any news? (12 May 2025)"
    again = answerer.answer(question.understood, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert [quote.text for quote in again.quotes] == [DUNES[1]]
    assert (
        answerer.answer("¿qué hay de nuevo?", now=NOW).question.text
        == "¿qué hay de nuevo? (12 de mayo de 2025)"
    )
    assert answerer.answer("novedades", now=NOW).question.text == "novedades? (12 de mayo de 2025)"
    assert answerer.answer("что нового", now=NOW).question.text == "что нового? (12 мая 2025)"
    assert answerer.answer("news of 8 May", now=NOW).question.understood == "news of 8 May"


def test_the_newest_day_is_none_to_come(answerer):
    """What is dated after the day of asking is not the newest, unless there is nothing else."""
    assert [q.text for q in answerer.answer("any news?", now=datetime(2025, 5, 9, tzinfo=UTC)).quotes] == [
        VOTE[1]
    ]
    early = answerer.answer("any news?", now=datetime(2025, 1, 1, tzinfo=UTC))
    assert early.question.text == "any news? (6 May 2025)"


def test_days_without_reports_offer_the_nearest(answerer):
    """The reason names the days, and the nearest day's reports, of the same outlet, stand behind a button."""
    none = answerer.answer("What happened yesterday?", now=NOW)
    assert (none.reason, none.confidence) == (Reason.NOTHING_IN_DATES, 0.0)
    assert [quote.text for quote in none.nearest] == [DUNES[1]]
    assert none.question.dates.phrase == "yesterday"
    halyard = answerer.answer("What did Halyard report yesterday?", now=NOW)
    assert [quote.text for quote in halyard.nearest] == [VOTE[1]]
    before = answerer.answer("news of March 2020", now=NOW)
    assert {quote.citation.outlet for quote in before.nearest} == {"Halyard", "The Courier"}


def test_an_outlet_that_is_not_held_has_nothing(answerer):
    """It is said so, with who did publish on those days."""
    none = answerer.answer("What did the BBC report on 8 May?", now=NOW)
    assert (none.reason, none.alternatives) == (Reason.OUTLET_HAS_NOTHING, ("Halyard",))
    assert [quote.text for quote in none.nearest] == [VOTE[1]]


def test_news_is_certain_and_explained(answerer):
    """Its confidence is that of no words; an explanation says how much there was, without a ranking."""
    explanation = answerer.explain("news of 6 May", now=NOW)
    assert (explanation.answer.confidence, explanation.answer.sure) == (1.0, True)
    lines = list(explain_answer(explanation))
    assert "  topic: none: whatever was published" in lines
    assert "Confidence 1.000: reports +3.00, stories +2.00" in lines
    one = list(explain_answer(answerer.explain("What did Halyard report on 8 May?", now=NOW)))
    assert "Answered with 1 quote from 1 report" in one
    declined = answerer.explain("What happened yesterday?", now=NOW)
    assert "Not answered: nothing-in-those-dates" in list(explain_answer(declined))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("any news?", "Taken to mean: any news? (12 May 2025)"),
        ("news of 8 May", ""),
        ("What's the latest from Halyard?", ""),
        ("What happened yesterday?", "The nearest reports are of 2025-05-12."),
    ],
)
def test_the_command_line_says_which_day_it_tells_of(answerer, asked, said):
    """Where the question does not, and which is the nearest where that day has no reports."""
    console = Console(record=True, width=200, file=StringIO())
    print_answer(answerer.answer(asked, now=NOW), console)
    lines = console.export_text().splitlines()
    told = [line for line in lines if line.startswith(("Taken to mean", "The nearest"))]
    assert told == ([said] if said else [])


def test_days_have_a_timeline(answerer):
    """Where they are two or more: of the reports of the stories that are told."""
    assert answerer.answer("what happened last week?", now=NOW).has_timeline
    assert not answerer.answer("news of 6 May", now=NOW).has_timeline
    timeline = answerer.timeline("what happened last week?", now=NOW)
    assert [report.citation.title for report in timeline.reports] == [
        "Gate of Kestrel Lock bursts",
        "Apple fair opens in Lund",
        "Kestrel Lock shut after gate bursts",
        "Calder counts again",
    ]


def test_news_after_news_is_news(answerer):
    """A question for the news is of the conversation's topic, except where that was the news as well."""
    last = make_turn(answerer.answer("news of 6 May", now=NOW))
    assert tell(answerer, "any news?", [last]) == [DUNES]
    assert tell(answerer, "and on 8 May?", [last]) == [VOTE]
    topical = make_turn(answerer.answer("Who shut the Kestrel Lock?", now=NOW))
    meant = answerer.answer("any news?", now=NOW, turns=[topical]).question
    assert not meant.anything
    assert "Kestrel Lock" in meant.text


def test_undated_reports_are_news_of_no_day(tmp_path):
    """Where nothing has a date, whatever there is is told, and no day is said."""
    builder = write_reports(tmp_path, {"essay": REPORTS["essay"]})
    build_index(builder)
    answer = Answerer.open(builder.settings, builder.embedder).answer("any news?", now=NOW)
    assert [quote.text for quote in answer.quotes] == [REPORTS["essay"][3]]
    assert answer.question.text == "any news?"


def test_outlets_take_turns(tmp_path):
    """With more stories than quotes, another outlet's goes before one more of the same; the order stays."""
    subjects = [
        "Harbour dredged",
        "Tram derailed",
        "Bakery burned",
        "Bridge painted",
        "Vicar retired",
        "Owl caged",
    ]
    reports = {
        str(hour): (
            title,
            "Lantern" if hour == 0 else "The Courier",
            f"2025-05-08T{hour:02}:00:00Z",
            f"{title} by nobody that the {title.split()[0].lower()} keepers of parish {hour} could name.",
        )
        for hour, title in enumerate(subjects)
    }
    builder = write_reports(tmp_path, reports)
    build_index(builder)
    answer = Answerer.open(builder.settings, builder.embedder).answer("What's new today, 8 May?", now=NOW)
    titles = [quote.citation.title for quote in answer.quotes]
    assert titles == ["Owl caged", "Vicar retired", "Bridge painted", "Harbour dredged"]


async def test_the_bot_tells_the_news(answerer, tmp_path):
    """The day is said, days without reports offer the nearest, views and /why work, wherever it is asked."""
    async with on_stage(tmp_path, open_answerer=lambda: answerer) as stage:
        (news,) = await stage.write("any news?", person=ADMIN)
        assert news.text.startswith("Taken to mean: any news? (12 May 2025)")
        assert DUNES[1] in news.text
        fields = {"reply_to_message": stage.request.describe(news, stage.request.next_message)}
        (why,) = await stage.write("/why", person=ADMIN, **fields)
        assert "stories +1.00" in why.text
        (none,) = await stage.write("/ask what happened yesterday?", chat=GROUP)
        assert "“yesterday”" in none.text
        assert "Newest report: 12 May 2025" in none.text
        (button,) = none.buttons
        calls = await stage.press(none, button["text"])
        (nearest,) = [call for call in calls if call.method == "editMessageText"]
        assert DUNES[1] in nearest.text
        (told,) = await stage.write("/ask what happened from 6 to 8 May 2025?", chat=GROUP)
        assert "Timeline" in [button["text"] for button in told.buttons]
        calls = await stage.press(told, "Timeline")
        assert {"sendPhoto", "editMessageMedia"} & {call.method for call in calls}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dates(date(2025, 5, 1), date(2025, 5, 14)), length=st.integers(0, 9))
def test_every_range_is_told_truly(answerer, first, length):
    """Whatever the days, each quote is verified, of a story of its own, and of a report of those days."""
    last = first + timedelta(days=length)
    result = answerer.answer(f"What was published from {first} to {last}?", now=NOW)
    quotes = result.quotes if isinstance(result, Answer) else ()
    assert isinstance(result, Answer) or result.reason is Reason.NOTHING_IN_DATES
    assert all(first <= quote.citation.published.day <= last for quote in quotes)
    assert all(answerer.verify(quote) for quote in (*quotes, *getattr(result, "nearest", ())))
    assert all(one.citation.article != two.citation.article for one, two in pairwise(quotes))


def test_a_quote_in_a_long_paragraph_has_its_surroundings(tmp_path):
    """However long its own paragraph is, what stands around a quote there is its context."""
    before, after = "The water was low that day. " * 40, " The wind was from the west." * 40
    said = "The gate burst at noon."
    builder = write_reports(tmp_path, {"long": ("Gate bursts", "The Courier", "", before + said + after)})
    build_index(builder)
    answerer = Answerer.open(builder.settings, builder.embedder)
    (quote, *_) = answerer.answer("When did the gate burst?", now=NOW).quotes
    assert quote.text.startswith(said)
    shown = answerer.context(quote.citation.article, len(before), len(before) + len(said))
    assert (shown.before, shown.quote, shown.after) == (before, said, after)
