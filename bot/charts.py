"""A timeline as a chart: which marks stand where, in which row, and what is written beside them.

Between a timeline and the drawing of it; nothing here knows how a picture is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.rendering import TITLE_CHARACTERS, clip_line
from bot.texts import Phrasebook
from index.datatypes import Moment
from index.events.turning_points import Role
from index.timeline import TimedReport, Timeline

MAX_ROWS = 8
"""Rows of a chart; where there are more outlets, the last row is that of all the others."""

MAX_TICKS = 5

TRACK = 936
"""Pixels of the time axis, from its first mark to its last."""

MARK = 50
"""Pixels that a mark takes up, with a little air on both sides."""

COUNT = 50
"""Pixels that the number of its reports takes up beside a mark of several."""

_ROLES = {
    None: "timeline.report",
    Role.CLAIM: "label.claimed",
    Role.DENIAL: "label.denied",
    Role.CORRECTION: "answer.corrects",
}
_LEAST_SPAN = timedelta(hours=12)
_NOON = time(12, tzinfo=UTC)
_HOURS, _DAYS, _MONTHS = (1, 3, 6, 12), (1, 2, 3, 7, 14), (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 1000)


@dataclass(frozen=True, slots=True)
class Mark:
    """What one or more reports do in the story.

    Attributes:
        role: None for plain reports.
        reports: how many it stands for.
        numbers: of the turning points that it shows, from 1, ascending.
    """

    role: Role | None
    reports: int
    numbers: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """Pixels that it takes up, its number included."""
        return MARK + (COUNT if self.reports > 1 else 0)


@dataclass(frozen=True, slots=True)
class Group:
    """The marks of one report side by side, or of several that are too near in time to be told apart.

    Attributes:
        at: when the first of the reports was published, aware UTC; the middle of the group.
        marks: at most one for each role.
    """

    at: datetime
    marks: tuple[Mark, ...]

    @property
    def width(self) -> int:
        """Pixels that its marks take up."""
        return sum(mark.width for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet, or all that have no row of their own.

    Attributes:
        reports: those with a date.
        groups: in order of time; no two overlap.
    """

    name: str
    reports: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the time axis."""

    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a timeline, ready to be drawn.

    Attributes:
        rows: the outlet that reported first on top; at most MAX_ROWS.
        first, last: ends of the time axis, aware UTC, first < last.
        legend: the roles that occur, with their names.
        axis: what the time axis shows.
        note: what the chart leaves out, "" where that is nothing.
    """

    title: str
    subtitle: str
    rows: tuple[Row, ...]
    first: datetime
    last: datetime
    ticks: tuple[Tick, ...]
    legend: tuple[tuple[Role | None, str], ...]
    axis: str
    note: str = ""


def lay_out_chart(timeline: Timeline, phrases: Phrasebook) -> Chart | None:
    """Return the chart of a timeline, or None where no report has a date."""
    dated = [report for report in timeline.reports if report.citation.published is not None]
    if not dated:
        return None
    first, last = _place(dated[0]), _place(dated[0])
    for report in dated:
        first, last = min(first, _place(report)), max(last, _place(report))
    if last - first < _LEAST_SPAN:
        middle = first + (last - first) / 2
        first, last = middle - _LEAST_SPAN / 2, middle + _LEAST_SPAN / 2
    numbers: dict[tuple[str, Role | None], list[int]] = {}
    roles = {report.citation.article: report.roles for report in dated}
    for number, point in enumerate(timeline.points, 1):
        article = point.quote.citation.article
        if article in roles:
            role = point.role if point.role in roles[article] else next(iter(roles[article]), None)
            numbers.setdefault((article, role), []).append(number)
    rows = tuple(
        Row(name, len(reports), _group_marks(reports, (last - first) / TRACK, numbers))
        for name, reports in _group_rows(dated, phrases).items()
    )
    occurring = {mark.role for row in rows for group in row.groups for mark in group.marks}
    undated = len(timeline.reports) - len(dated)
    return Chart(
        title=clip_line(timeline.question.text, TITLE_CHARACTERS),
        subtitle=write_extent(timeline.reports, phrases),
        rows=rows,
        first=first,
        last=last,
        ticks=choose_ticks(first, last, phrases),
        legend=tuple((role, name_role(role, phrases)) for role in (None, *Role) if role in occurring),
        axis=phrases.say("chart.numbered" if numbers else "chart.axis"),
        note=phrases.count("chart.undated", undated) if undated else "",
    )


def name_role(role: Role | None, phrases: Phrasebook) -> str:
    """Return the word for what a report does."""
    return phrases.say(_ROLES[role])


def write_extent(reports: Sequence[TimedReport], phrases: Phrasebook) -> str:
    """Return how many reports there are, and from which days."""
    days = sorted(report.citation.published for report in reports if report.citation.published)
    extent = phrases.write_range(days[0], days[-1]) if days else phrases.write_range(None, None)
    return f"{phrases.count('answer.reports', len(reports))} · {extent}"


def choose_ticks(first: datetime, last: datetime, phrases: Phrasebook) -> tuple[Tick, ...]:
    """Return at most MAX_TICKS labelled times between two, both included: the finest round ones that fit."""

    def hour(at: datetime) -> str:
        return f"{at:%H:%M}" if at.hour else day(at)

    def day(at: datetime) -> str:
        return phrases.write_day_of_year(at.date())

    def month(at: datetime) -> str:
        return phrases.write_month(at.date())

    for steps, walk, write in (
        (_HOURS, _step_hours, hour),
        (_DAYS, _step_days, day),
        (_MONTHS, _step_months, month),
        (_YEARS, _step_years, lambda at: str(at.year)),
    ):
        for step in steps:
            found = _take(walk(first, step), first, last)
            if found is not None:
                return tuple(Tick(at, write(at)) for at in found)
    return ()


def _take(times: Iterator[datetime], first: datetime, last: datetime) -> list[datetime] | None:
    """Return the times from first to last; None where they are too many."""
    found: list[datetime] = []
    for at in times:
        if at > last:
            return found
        if at >= first:
            found.append(at)
        if len(found) > MAX_TICKS:
            return None
    return found


def _step_hours(first: datetime, step: int) -> Iterator[datetime]:
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        yield at
        at += timedelta(hours=step)


def _step_days(first: datetime, step: int) -> Iterator[datetime]:
    """Yield every day that is a multiple of `step` days; for weeks, every Monday."""
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    at -= timedelta(days=(at.toordinal() - 1) % step)
    while True:
        yield at
        at += timedelta(days=step)


def _step_months(first: datetime, step: int) -> Iterator[datetime]:
    """Yield the first days of every `step` months; at the calendar's end there is no more."""
    months = (first.year * 12 + first.month - 1) // step * step
    while months // 12 <= 9999:
        if months >= 12:
            yield datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
        months += step


def _step_years(first: datetime, step: int) -> Iterator[datetime]:
    return _step_months(first, 12 * step)


def _place(report: TimedReport) -> datetime:
    """Return where a report stands on the axis: one without a time at noon of its day."""
    published = report.citation.published
    assert isinstance(published, Moment)
    return published.instant or datetime.combine(published.day, _NOON)


def _group_rows(dated: Sequence[TimedReport], phrases: Phrasebook) -> dict[str, list[TimedReport]]:
    """Return the reports by row, in the order of their first reports, the row of the others last."""
    rows: dict[str, list[TimedReport]] = {}
    for report in sorted(dated, key=_place):
        rows.setdefault(report.citation.outlet or phrases.say("source.no_outlet"), []).append(report)
    if len(rows) <= MAX_ROWS:
        return rows
    counts = Counter({name: len(reports) for name, reports in rows.items()})
    kept = {name for name, _ in counts.most_common(MAX_ROWS - 1)}
    shown = {name: reports for name, reports in rows.items() if name in kept}
    others = [report for name, reports in rows.items() if name not in kept for report in reports]
    name = phrases.count("chart.others", len(rows) - len(kept))
    shown[name] = [*shown.get(name, ()), *sorted(others, key=_place)]
    return shown


def _group_marks(
    reports: Sequence[TimedReport],
    pixel: timedelta,
    numbers: Mapping[tuple[str, Role | None], Sequence[int]],
) -> tuple[Group, ...]:
    """Return the marks of a row; reports whose marks would overlap share theirs.

    Args:
        reports: in order of time.
        pixel: time that one pixel of the axis stands for.
    """
    parts: list[list[TimedReport]] = []
    groups: list[Group] = []
    for report in reports:
        parts.append([report])
        groups.append(_make_group(parts[-1], numbers))
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], pixel):
            parts[-2:] = [[*parts[-2], *parts[-1]]]
            groups[-2:] = [_make_group(parts[-1], numbers)]
    return tuple(groups)


def _make_group(
    reports: Sequence[TimedReport], numbers: Mapping[tuple[str, Role | None], Sequence[int]]
) -> Group:
    doing: dict[Role | None, list[str]] = {}
    for report in reports:
        for role in report.roles or (None,):
            doing.setdefault(role, []).append(report.citation.article)
    return Group(
        _place(reports[0]),
        tuple(
            Mark(
                role,
                len(doing[role]),
                tuple(sorted(number for one in doing[role] for number in numbers.get((one, role), ()))),
            )
            for role in (None, *Role)
            if role in doing
        ),
    )


def _overlap(one: Group, other: Group, pixel: timedelta) -> bool:
    return other.at - one.at < (one.width + other.width) / 2 * pixel
