"""Charts of timelines: every report has its mark, marks do not overlap, few rows and few ticks."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.texts import PHRASEBOOKS
from bot.messages.charts import MAX_ROWS, WIDTH, Mark, lay_out_chart
from index.answers import Citation, Quote
from index.datatypes import Moment
from index.events.turning_points import Role, Turning
from index.timeline import TimedReport, Timeline, TurningPoint
from tests.fakes import ask_about

ENGLISH = PHRASEBOOKS["en"]
START = datetime(2025, 5, 19, 6, 5, tzinfo=UTC)
C, D, X = Role.CLAIM, Role.DENIAL, Role.CORRECTION


def make_report(name, outlet="The Courier", days=0.0, roles=(), published=None):
    """Return a report published so many days after the first, or at a moment of its own."""
    moment = published or Moment.at(START + timedelta(days=days))
    return TimedReport(Citation(name, f"Title of {name}", outlet, None, moment, None), tuple(roles))


def make_undated(name, outlet="The Courier"):
    return TimedReport(Citation(name, f"Title of {name}", outlet, None, None, None))


def make_point(report, role=None, turning=Turning.CLAIM, text="It is so."):
    return TurningPoint(turning, Quote(report.citation, 0, len(text), text, 0.0), role)


def chart_of(*reports, points=(), topic="Brennica"):
    return lay_out_chart(Timeline(ask_about(topic), tuple(reports), tuple(points)), ENGLISH)


def marks(chart):
    """Return every mark as row, role, number of reports and numbers of points."""
    return [
        (row.name, mark.role, mark.reports, mark.numbers)
        for row in chart.rows
        for group in row.groups
        for mark in group.marks
    ]


def test_a_row_for_each_outlet_and_a_mark_for_each_thing_a_report_does():
    """Outlets stand in the order of their first reports; a report that claims and denies has two marks."""
    one, two = make_report("one", "A", roles=[C]), make_report("two", "B", 3, [C, D])
    three = make_report("three", "A", 9)
    chart = chart_of(one, two, three, points=[make_point(one, C), make_point(two, D), make_point(three)])
    assert marks(chart) == [("A", C, 1, (1,)), ("A", None, 1, (3,)), ("B", C, 1, ()), ("B", D, 1, (2,))]
    assert [row.count for row in chart.rows] == ["2 reports", "1 report"]
    assert [group.middle for row in chart.rows for group in row.groups] == [72, 1008, 384]
    assert chart.legend == ((None, "report"), (C, "claim"), (D, "denial"))
    assert chart.subtitle == "3 independent reports · 19–28 May 2025"
    assert [tick.label for tick in chart.ticks] == ["20 May", "22 May", "24 May", "26 May", "28 May"]
    assert (chart.axis, chart.note) == ("Published, UTC. The numbers are those of the text.", "")


def test_one_report_stands_in_the_middle():
    """A single report has a chart of its half day."""
    chart = chart_of(make_report("one", None, roles=[X]))
    assert marks(chart) == [("outlet not stated", X, 1, ())]
    assert chart.rows[0].groups[0].middle == WIDTH / 2
    assert [tick.label for tick in chart.ticks] == ["03:00", "06:00", "09:00", "12:00"]
    assert chart.axis == "Published, UTC"


def test_reports_of_one_day_share_a_mark_with_their_number():
    """Reports without a time stand at noon of their day; those of one outlet and day are one mark."""
    day = Moment(date(2024, 2, 29))
    reports = [make_report(name, outlet, published=day) for name, outlet in zip("abcd", "AABA", strict=True)]
    chart = chart_of(*reports, points=[make_point(reports[1])])
    assert marks(chart) == [("A", None, 3, (1,)), ("B", None, 1, ())]


def test_without_a_date_there_is_no_chart():
    """Reports without a date are counted in a note; where there are no others, there is no chart."""
    assert chart_of(make_undated("a"), make_undated("b")) is None
    chart = chart_of(make_report("one"), make_undated("a"), make_undated("b"))
    assert chart.note == "2 reports without a date are not shown"
    assert sum(reports for _, _, reports, _ in marks(chart)) == 1
    assert chart.subtitle == "3 independent reports · 19 May 2025"


def test_a_point_of_a_report_that_does_something_else_is_on_its_first_mark():
    """A plain sentence of a report that claims is numbered on the claim's mark; undated ones nowhere."""
    report, undated = make_report("one", roles=[C, D]), make_undated("none")
    chart = chart_of(report, undated, points=[make_point(report), make_point(undated)])
    assert marks(chart) == [("The Courier", C, 1, (1,)), ("The Courier", D, 1, ())]


def test_numbers_of_points():
    """Numbers are written shortly; what does not fit into a mark has room beside it."""
    shown = [Mark(C, 1, numbers) for numbers in ((), (1,), (1, 4), (2, 3, 4), (1, 3, 5))]
    assert [mark.label for mark in shown] == ["", "1", "1,4", "2–4", "1,3,5"]
    assert [mark.is_labelled_beside for mark in shown] == [False, False, True, True, True]
    assert shown[0].width == shown[1].width < shown[2].width < shown[4].width


def test_many_outlets_leave_a_row_for_the_others():
    """The outlets with most reports have rows, the others share the last one."""
    reports = [
        make_report(f"{k}-{n}", f"Outlet {k}", k + n) for k in range(12) for n in range(3 if k > 4 else 1)
    ]
    chart = chart_of(*sorted(reports, key=lambda one: one.citation.published.sort_key()))
    assert [row.name for row in chart.rows] == [*(f"Outlet {k}" for k in range(5, 12)), "5 other outlets"]
    assert chart.rows[-1].count == "5 reports"


def test_five_hundred_reports():
    """However many reports there are, each is in a mark, and no two groups of marks overlap."""
    roles = [(), (C,), (D,), (C, D), (C, D, X)]
    reports = [make_report(str(n), f"Outlet {n % 13}", n**1.4 / 9, roles[n % 5]) for n in range(500)]
    chart = chart_of(*reports)
    counts = Counter()
    for _, role, number, _ in marks(chart):
        counts[role] += number
    assert counts == {None: 100, C: 300, D: 300, X: 100}
    assert len(chart.rows) == MAX_ROWS
    check_places(chart)


def check_places(chart):
    """Check that groups stand in order within the picture, apart from each other."""
    for row in chart.rows:
        edges = [(g.middle - g.width / 2, g.middle + g.width / 2) for g in row.groups]
        assert edges[0][0] >= 0
        assert edges[-1][1] <= WIDTH
        assert all(one[1] <= other[0] + 1e-6 for one, other in pairwise(edges))


@st.composite
def timelines(draw):
    names = st.one_of(st.none(), st.text(max_size=40))
    first, last = START.replace(year=1, tzinfo=None), START.replace(year=9999, tzinfo=None)
    instants = st.datetimes(first, last, timezones=st.just(UTC))
    near = st.integers(0, 10**6).map(lambda minutes: START + timedelta(minutes=minutes))
    moments = st.one_of(
        st.none(), instants.map(Moment.at), near.map(Moment.at), near.map(lambda at: Moment(at.date()))
    )
    found = draw(
        st.lists(
            st.tuples(names, moments, st.sets(st.sampled_from(Role)).map(sorted)), min_size=1, max_size=30
        )
    )
    found.sort(key=lambda one: (one[1] is None, str(one[1])))
    reports = [
        TimedReport(Citation(str(n), "T", name, None, moment, None), tuple(roles))
        for n, (name, moment, roles) in enumerate(found)
    ]
    points = [make_point(one, next(iter(one.roles), None)) for one in reports if draw(st.booleans())]
    return Timeline(ask_about(draw(st.text(max_size=300))), tuple(reports), tuple(points))


@settings(deadline=None)
@given(timelines(), st.sampled_from(sorted(PHRASEBOOKS)))
def test_any_timeline_has_a_chart_in_which_nothing_is_lost(timeline, language):
    """For any reports and names: each dated one is marked, each of their points numbered once, few ticks."""
    chart = lay_out_chart(timeline, PHRASEBOOKS[language])
    dated = [one for one in timeline.reports if one.citation.published is not None]
    assert (chart is None) == (not dated)
    if chart is None:
        return
    assert len(chart.rows) <= MAX_ROWS
    assert len(chart.ticks) <= 5
    assert all(0 <= tick.x <= WIDTH for tick in chart.ticks)
    check_places(chart)
    found = marks(chart)
    assert sum(number for _, _, number, _ in found) == sum(max(len(one.roles), 1) for one in dated)
    numbers = sorted(number for *_, shown in found for number in shown)
    held = {one.citation.article for one in dated}
    assert numbers == [
        n for n, point in enumerate(timeline.points, 1) if point.quote.citation.article in held
    ]
