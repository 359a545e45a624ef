"""A timeline as a chart: which marks stand where, in which row, and what is written beside them.

Between a timeline and the drawing of it; nothing here knows how a picture is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.language.texts import Phrasebook
from bot.messages.citing import TITLE_CHARACTERS, clip_line
from bot.messages.ticks import choose_ticks
from index.datatypes import Moment
from index.events.turning_points import Role
from index.timeline import TimedReport, Timeline

MAX_ROWS = 8
"""Rows of a chart; where there are more outlets, the last row is that of all the others."""

WIDTH = 1080
"""Pixels across the picture; a phone shows it at about a third of that."""

TRACK = 936
"""Pixels of the time axis, which stands in the middle."""

START = (WIDTH - TRACK) // 2
"""Pixels from the picture's left to the beginning of the time axis."""

MARK = 56
"""Pixels that a mark takes up, with a little air on both sides."""

_COUNT, _DIGIT = 20, 16  # pixels that the number of its reports takes up beside a mark of several
_MARGIN = 8  # pixels between a mark and the picture's edge
_ROLES = {
    None: "timeline.report",
    Role.CLAIM: "label.claimed",
    Role.DENIAL: "label.denied",
    Role.CORRECTION: "answer.corrects",
}
_LEAST_SPAN = timedelta(hours=12)
_NOON = time(12, tzinfo=UTC)


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
        """Pixels that it takes up, with what is written beside it."""
        beside = (_COUNT + _DIGIT * len(str(self.reports))) if self.reports > 1 else 0
        return MARK + beside + (self.label_width if self.is_labelled_beside else 0)

    @property
    def label(self) -> str:
        """The numbers of its turning points, shortly: `1`, `1,4`, `1–3`; "" where it shows none."""
        numbers = self.numbers
        if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
            return f"{numbers[0]}–{numbers[-1]}"
        return ",".join(map(str, numbers))

    @property
    def is_labelled_beside(self) -> bool:
        """Whether the label stands beside the mark, since it is too long to stand in it."""
        return len(self.label) > 2

    @property
    def label_width(self) -> int:
        """Pixels that the label takes up beside the mark."""
        return 6 + 18 * len(self.label)


@dataclass(frozen=True, slots=True)
class Group:
    """The marks of one report side by side, or of several that are too near in time to be told apart.

    Attributes:
        middle: pixels from the picture's left to the middle of the group: its reports' time, or as near to
            it as the picture's edges allow.
        marks: at most one for each role.
    """

    middle: float
    marks: tuple[Mark, ...]

    @property
    def width(self) -> int:
        """Pixels that its marks take up."""
        return sum(mark.width for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet, or all that have no row of their own.

    Attributes:
        count: how many reports it has, in words.
        groups: in order of time; no two overlap.
    """

    name: str
    count: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the time axis, in pixels from the picture's left."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class _Axis:
    """The time axis: its ends, aware UTC, first < last."""

    first: datetime
    last: datetime

    def place(self, at: datetime) -> float:
        """Return where a time stands, in pixels from the picture's left."""
        return START + TRACK * ((at - self.first) / (self.last - self.first))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a timeline, ready to be drawn.

    Attributes:
        rows: the outlet that reported first on top; at most MAX_ROWS.
        legend: the roles that occur, with their names.
        axis: what the time axis shows.
        note: what the chart leaves out, "" where that is nothing.
    """

    title: str
    subtitle: str
    rows: tuple[Row, ...]
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
    axis = _Axis(first, last)
    numbers: dict[tuple[str, Role | None], list[int]] = {}
    roles = {report.citation.article: report.roles for report in dated}
    for number, point in enumerate(timeline.points, 1):
        article = point.quote.citation.article
        if article in roles:
            role = point.role if point.role in roles[article] else next(iter(roles[article]), None)
            numbers.setdefault((article, role), []).append(number)
    rows = tuple(
        Row(
            name,
            phrases.count("sources.head", len(reports)),
            _group_marks(reports, axis, numbers),
        )
        for name, reports in _group_rows(dated, phrases).items()
    )
    occurring = {mark.role for row in rows for group in row.groups for mark in group.marks}
    undated = len(timeline.reports) - len(dated)
    return Chart(
        title=clip_line(timeline.question.text, TITLE_CHARACTERS),
        subtitle=write_extent(timeline.reports, phrases),
        rows=rows,
        ticks=tuple(Tick(axis.place(at), label) for at, label in choose_ticks(first, last, phrases)),
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


def _place(report: TimedReport) -> datetime:
    """Return where a report stands on the axis: one without a time at noon of its day."""
    published = report.citation.published
    assert isinstance(published, Moment)
    return published.instant or datetime.combine(published.day, _NOON)


def _group_rows(dated: Sequence[TimedReport], phrases: Phrasebook) -> dict[str, list[TimedReport]]:
    """Return the reports by row, in the order of their first reports, the row of the others last."""
    rows: dict[str, list[TimedReport]] = {}
    for report in sorted(dated, key=_place):
        outlet = " ".join((report.citation.outlet or "").split())
        rows.setdefault(outlet or phrases.say("source.no_outlet"), []).append(report)
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
    axis: _Axis,
    numbers: Mapping[tuple[str, Role | None], Sequence[int]],
) -> tuple[Group, ...]:
    """Return the marks of a row, whose reports are in order of time; marks that would overlap are joined."""
    parts: list[list[TimedReport]] = []
    groups: list[Group] = []
    for report in reports:
        parts.append([report])
        groups.append(_make_group(parts[-1], axis, numbers))
        while len(groups) > 1 and _overlap(groups[-2], groups[-1]):
            parts[-2:] = [[*parts[-2], *parts[-1]]]
            groups[-2:] = [_make_group(parts[-1], axis, numbers)]
    return tuple(groups)


def _make_group(
    reports: Sequence[TimedReport],
    axis: _Axis,
    numbers: Mapping[tuple[str, Role | None], Sequence[int]],
) -> Group:
    doing: dict[Role | None, list[str]] = {}
    for report in reports:
        for role in report.roles or (None,):
            doing.setdefault(role, []).append(report.citation.article)
    marks = tuple(
        Mark(
            role,
            len(doing[role]),
            tuple(sorted(number for one in doing[role] for number in numbers.get((one, role), ()))),
        )
        for role in (None, *Role)
        if role in doing
    )
    half = sum(mark.width for mark in marks) / 2 + _MARGIN
    middle = (axis.place(_place(reports[0])) + axis.place(_place(reports[-1]))) / 2
    return Group(min(max(middle, half), WIDTH - half), marks)


def _overlap(one: Group, other: Group) -> bool:
    return other.middle - one.middle < (one.width + other.width) / 2
