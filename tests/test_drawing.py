"""Pictures of charts: their marks, any text as plain text, the same bytes, nothing left in memory."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.charts import WIDTH, Chart, Group, Mark, Row, Tick
from bot.messages.drawing import draw_chart, keep_drawable, make_figure
from tests.test_charts import C, D, X, chart_of, make_point, make_report, make_undated


def drawn(figure, gid):
    """Return where the marks of a kind were drawn, in pixels."""
    return [
        tuple(points.get_offsets()[0]) for points in figure.axes[0].collections if points.get_gid() == gid
    ]


def written(figure):
    """Return the texts of a figure."""
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_mark_is_drawn_where_it_stands():
    """Each mark of a chart is one point of its kind, left to right, in its row."""
    one, two = make_report("one", "A", 0, [C]), make_report("two", "B", 9, [C, D])
    chart = chart_of(
        one, two, make_report("three", "A", 5), make_undated("none"), points=[make_point(one, C)]
    )
    figure = make_figure(chart)
    ((first, top), (second, bottom)) = drawn(figure, "claim")
    assert first == 72
    assert bottom > top
    ((denial, level),) = drawn(figure, "denial")
    assert denial == second + 56
    assert level == bottom
    ((_, plain),) = drawn(figure, "report")
    assert plain == top
    assert drawn(figure, "correction") == []
    assert len(drawn(figure, "legend")) == 3
    texts = written(figure)
    assert {"A", "B", "1", "claim", "denial", "report", "2 reports", "1 report"} <= set(texts)
    assert "1 report without a date is not shown" in texts


def test_shapes_and_colours_tell_marks_apart():
    """No two kinds of marks have one colour or one shape."""
    figure = make_figure(chart_of(make_report("one", "A", 0, [C, D, X]), make_report("two", "B", 5)))
    looks = {}
    for points in figure.axes[0].collections:
        if points.get_gid() != "legend":
            path = points.get_paths()[0].vertices
            looks[points.get_gid()] = (tuple(points.get_facecolor()[0]), path.tobytes())
    assert set(looks) == {"report", "claim", "denial", "correction"}
    assert len({colour for colour, _ in looks.values()}) == 4
    assert len({shape for _, shape in looks.values()}) == 4


def test_the_same_chart_gives_the_same_bytes():
    """A picture is a PNG of a phone's width and depends on its chart alone."""
    chart = chart_of(make_report("one", "A", 0, [C]), make_report("two", "B", 5, [D]))
    picture = draw_chart(chart)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == WIDTH
    assert draw_chart(chart) == picture
    assert draw_chart(chart_of(make_report("one", "A", 0, [D]), make_report("two", "B", 5, [C]))) != picture


HOSTILE = [
    "$x^2$ and $\\frac{1}{0}$",
    "$\\undefined{",
    "<b>&amp;</b>",
    "The Very " * 40 + "Long Name",
    "W" * 300,
    "新华社",
    "Київська правда",
    "راديو الجزيرة",
    "👩\u200d👩\u200d👧 News",
    "\u202egnp.exe",
    "a\nb\tc\x00",
    "e\u0301" * 50,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_within_the_picture(name):
    """A name is one line of plain text within the picture, whatever it holds, and begins no formula."""
    figure = make_figure(chart_of(make_report("one", name, 0, [C]), make_report("two", name, 5), topic=name))
    figure.canvas.draw()  # a glyph that the font lacks would be a warning, and a formula an error
    for text in figure.axes[0].texts:
        assert not text.get_parse_math()
        assert "\n" not in text.get_text()
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= WIDTH


def test_no_two_texts_overlap():
    """In a crowded chart no text is written over another, but for the numbers in marks."""
    rows = tuple(
        Row(
            f"The Very Long Name of Outlet {n} and Co", "1,234 reports", (Group(540, (Mark(C, 12, (1, 2)),)),)
        )
        for n in range(8)
    )
    ticks = tuple(Tick(72 + 234 * n, "28 Sept 2024") for n in range(5))
    legend = tuple((role, "a word in another language") for role in (None, C, D, X))
    chart = Chart("A long topic of many words " * 9, "a subtitle " * 20, rows, ticks, legend, "axis", "note")
    figure = make_figure(chart)
    figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in figure.axes[0].texts]
    for index, (one, box) in enumerate(boxes):
        for other, inner in boxes[index + 1 :]:
            assert not box.overlaps(inner), (one, other)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_the_font_lacks_is_a_box(text):
    """Any text becomes one line of characters that the font has."""
    line = keep_drawable(text)
    assert line
    assert line == " ".join(line.split())
    assert keep_drawable(line) == line


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5), st.text(max_size=80))
def test_any_names_can_be_drawn(names, topic):
    """No name or topic keeps a picture from being made."""
    reports = [make_report(str(n), name, n, [C]) for n, name in enumerate(names)]
    assert draw_chart(chart_of(*reports, topic=topic)).startswith(b"\x89PNG")


def test_nothing_is_left_in_memory():
    """Once a picture is made, its figure and all that belongs to it are gone, and no more objects live."""
    chart = chart_of(make_report("one", "A", 0, [C]), make_report("two", "B", 5, [D]))
    counts = []
    draw_chart(chart)
    gc.collect()  # what other tests have left
    for _ in range(6):
        draw_chart(chart)
        assert not any(type(one).__name__ == "RendererAgg" for one in gc.get_objects())  # it has the pixels
        gc.collect()
        counts.append(len(gc.get_objects()))
    assert counts[-1] - counts[2] < 50


def test_matplotlib_waits_for_the_first_picture():
    """Starting the bot does not load matplotlib, and drawing does not load pyplot."""
    code = (
        "import sys, bot.application\n"
        "assert 'matplotlib' not in sys.modules\n"
        "from tests.test_charts import chart_of, make_report\n"
        "from bot.messages.drawing import draw_chart\n"
        "draw_chart(chart_of(make_report('one')))\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
