"""A chart as a picture: a PNG for a phone, light on a dark ground, the same bytes for the same chart.

The handler of /timeline calls it in a thread of its own. matplotlib is loaded with the first picture, and
only its object-oriented side is used, so nothing is left behind from one picture to the next.

The colours are from Okabe and Ito's palette (2008), made for readers who see colours differently; shapes
tell the marks apart as well.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from bot.messages.charts import MARK, WIDTH, Chart, Group, Mark, Row
from index.events.turning_points import Role

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_DPI = 100
_EDGE = 40  # pixels between the picture's edge and what is written
_NAME, _LANE, _GAP = 64, 58, 16  # pixels: an outlet's name, its marks, and between rows
_ROW = _NAME + _LANE + _GAP
_LEGEND_LINE = 54
_BACKGROUND, _LINE = "#17212b", "#33475a"
_BRIGHT, _MUTED, _DARK = "#f2f5f7", "#a9b8c6", "#10171e"
_MISSING = "□"


@dataclass(frozen=True, slots=True)
class _Look:
    """How the marks of a role look; `size` in pixels across, `drop` the shift of a number in it."""

    shape: str
    colour: str
    size: float
    drop: float = 0.0


_LOOKS = {
    None: _Look("o", "#c8d1d9", 38),
    Role.CLAIM: _Look("^", "#f0a202", 50, 6),
    Role.DENIAL: _Look("s", "#56b4e9", 40),
    Role.CORRECTION: _Look("D", "#e78ac3", 38),
}


def draw_chart(chart: Chart) -> bytes:
    """Return the chart as a PNG of WIDTH pixels; its height depends on the rows."""
    figure = make_figure(chart)
    try:
        picture = BytesIO()
        figure.savefig(picture, format="png", dpi=_DPI, metadata={"Software": None})
        return picture.getvalue()
    finally:
        figure.clear()  # in cycles with its canvas, which holds the pixels: both are let go at once
        vars(figure.canvas).clear()


def make_figure(chart: Chart) -> Figure:
    """Return the chart as a figure; each set of marks is a collection whose gid is its role."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - costs a second and 40 MB
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(dpi=_DPI, facecolor=_BACKGROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    page = _Page(axes)
    # The height follows from what is written, and texts are measured in pixels whatever it is.
    bottom = page.draw(chart)
    figure.set_size_inches(WIDTH / _DPI, bottom / _DPI)
    axes.set_ylim(bottom, 0)
    return figure


class _Page:
    """Draws on axes whose unit is one pixel, from the top down."""

    def __init__(self, axes: Axes) -> None:
        self._axes = axes

    def draw(self, chart: Chart) -> int:
        """Draw a chart and return its height in pixels."""
        y = self._draw_title(chart.title, 66)
        self._write(_EDGE, y + 64, chart.subtitle, 34, colour=_MUTED, width=WIDTH - 2 * _EDGE)
        top = self._draw_legend(chart, y + 130) + 36
        bottom = top + _ROW * len(chart.rows)
        free = 0.0  # right of the labels so far
        for tick in chart.ticks:
            self._axes.plot([tick.x] * 2, [top, bottom + 14], color=_LINE, linewidth=1.5, zorder=0)
            label = self._write(tick.x, bottom + 42, tick.label, 32, colour=_BRIGHT, align="center")
            half = self._measure(label) / 2
            x = min(max(tick.x, half + 12), WIDTH - half - 12)
            label.set_x(x)
            if x - half < free:
                label.remove()
            else:
                free = x + half + 16
        self._axes.plot([0, WIDTH], [bottom, bottom], color=_LINE, linewidth=2, zorder=0)
        for number, row in enumerate(chart.rows):
            self._draw_row(row, top + _ROW * number)
        foot = bottom + 92
        for line in filter(None, (chart.axis, chart.note)):
            self._write(_EDGE, foot, line, 28, colour=_MUTED, width=WIDTH - 2 * _EDGE)
            foot += 42
        return foot - 6

    def _draw_title(self, title: str, y: int) -> int:
        """Write the title in one line or two, and return the last line's place."""
        room = WIDTH - 2 * _EDGE
        words = title.split(" ")
        line = self._write(_EDGE, y, title, 50, weight="bold")
        if self._measure(line) <= room:
            return y
        kept = len(words)
        while kept > 1 and self._measure(line) > room:
            kept -= 1
            line.set_text(keep_drawable(" ".join(words[:kept]), "bold"))
        if self._measure(line) > room:  # one long word
            line.remove()
            self._write(_EDGE, y, title, 50, weight="bold", width=room)
            return y
        self._write(_EDGE, y + 62, " ".join(words[kept:]), 50, weight="bold", width=room)
        return y + 62

    def _draw_legend(self, chart: Chart, y: int) -> int:
        """Draw what the marks mean, in as many lines as it takes, and return the last line's place."""
        x = float(_EDGE)
        for role, name in chart.legend:
            text = self._write(x + 44, y, name, 34)
            width = 44 + self._measure(text) + 40
            if x > _EDGE and x + width - 40 > WIDTH - _EDGE:
                x, y = float(_EDGE), y + _LEGEND_LINE
                text.set_position((x + 44, y))
            look = _LOOKS[role]
            self._scatter(x + 18, y, look, 0.8, gid="legend")
            x += width
        return y

    def _draw_row(self, row: Row, top: int) -> None:
        """Draw an outlet's name, the number of its reports, and its marks below."""
        count = self._write(WIDTH - _EDGE, top + 40, row.count, 30, colour=_MUTED, align="right")
        room = WIDTH - 2 * _EDGE - self._measure(count) - 24
        name = self._write(_EDGE, top + 40, row.name, 38, width=room)
        for text in (name, count):  # no line runs through them
            text.set_zorder(0.5)
            text.set_bbox({"facecolor": _BACKGROUND, "edgecolor": "none", "pad": 3})
        for group in row.groups:
            self._draw_group(group, top + _NAME + _LANE / 2)

    def _draw_group(self, group: Group, y: float) -> None:
        x = group.middle - group.width / 2 + MARK / 2
        for mark, following in zip_longest(group.marks, group.marks[1:]):
            if following is not None:
                self._axes.plot([x, x + mark.width], [y, y], color=_MUTED, linewidth=4, zorder=1)
            self._draw_mark(mark, x, y)
            x += mark.width

    def _draw_mark(self, mark: Mark, x: float, y: float) -> None:
        look, label = _LOOKS[mark.role], mark.label
        inside = bool(label) and not mark.is_labelled_beside
        self._scatter(x, y, look, 1.1 if inside else 1.0, gid=mark.role.value if mark.role else "report")
        right = x + MARK / 2 + 1
        if inside:
            size = 27 if len(label) == 1 else 22
            self._write(x, y + look.drop, label, size, colour=_DARK, align="center", weight="bold")
        elif label:
            self._write_beside(right, y, label, look.colour, "bold")
            right += mark.label_width
        if mark.reports > 1:
            self._write_beside(right, y, f"×{mark.reports}", _BRIGHT, "normal")

    def _write_beside(self, x: float, y: float, text: str, colour: str, weight: str) -> None:
        beside = self._write(x, y, text, 26, colour=colour, weight=weight)
        beside.set_zorder(1.5)
        beside.set_bbox({"facecolor": _BACKGROUND, "edgecolor": "none", "pad": 1})

    def _scatter(self, x: float, y: float, look: _Look, scale: float, gid: str) -> None:
        area = (look.size * scale * 72 / _DPI) ** 2  # square points
        points = self._axes.scatter(
            [x], [y], s=area, marker=look.shape, color=look.colour, edgecolors=_BACKGROUND, linewidths=2
        )
        points.set_zorder(2)
        points.set_gid(gid)

    def _write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = _BRIGHT,
        align: str = "left",
        weight: str = "normal",
        width: float | None = None,
    ) -> Text:
        """Write one line with its middle at y, cut with an ellipsis where it is wider than `width` pixels.

        Whatever the text is, it is only text: dollar signs begin no formula.
        """
        line = keep_drawable(text, weight)
        written = self._axes.text(
            x,
            y,
            line,
            fontsize=size * 72 / _DPI,
            color=colour,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            fontfamily="DejaVu Sans",
            fontweight=weight,
            parse_math=False,
            zorder=3,
        )
        if width is not None and self._measure(written) > width:
            low, high = 0, len(line)  # the longest beginning that fits
            while low < high:
                middle = (low + high + 1) // 2
                written.set_text(f"{line[:middle].rstrip()}…")
                low, high = (middle, high) if self._measure(written) <= width else (low, middle - 1)
            written.set_text(f"{line[:low].rstrip()}…")
        return written

    def _measure(self, text: Text) -> float:
        """Return a text's width in pixels."""
        return float(text.get_window_extent(dpi=_DPI).width)


def keep_drawable(text: str, weight: str = "normal") -> str:
    """Return a text in one line, with a box for every character that the font lacks."""
    held = _load_characters(weight)
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    visible = (one for one in composed if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    line = "".join(one if ord(one) in held else _MISSING for one in visible)
    return " ".join(line.split()) or _MISSING


@cache
def _load_characters(weight: str) -> frozenset[int]:
    """Return the code points that the font of a weight has."""
    from matplotlib import font_manager, ft2font  # noqa: PLC0415 - loaded with the first picture

    found: Any = font_manager.findfont(font_manager.FontProperties(family="DejaVu Sans", weight=weight))
    return frozenset(ft2font.FT2Font(found).get_charmap())
