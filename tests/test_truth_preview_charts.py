"""The preview's charts as they are seen stand for the outline's values."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import atan2, pi
from typing import Any

import pytest

from tests.drawn_slides import COURSES, NEAR, Slides, read_slides, written
from tests.drawn_time import Scale, day_of, days_of, year_written
from tests.svg_reading import Mark, Text

Row = dict[str, Any]
RIGHT = 917.0  # points: the slide's margin


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest) -> Slides:
    return read_slides(request.param)


def axis_of(marks: Sequence[Mark]) -> Mark:
    return max((m for m in marks if m.is_upright), key=lambda m: m.bottom - m.top)


def head_of(course: Slides, axis: Mark, texts: Sequence[Text], row: Row) -> Text:
    """Return the head of a row: of one that is folded, its first line."""
    head = course.say(row["head"])
    (found,) = [
        t for t in texts if t.anchor == "end" and head.startswith(t.words) and t.x < axis.left and not t.bold
    ]
    return found


def rows_drawn(
    course: Slides, hue: str, chart: dict[str, Any], marks: Sequence[Mark], texts: Sequence[Text]
) -> list[tuple[Row, Text, list[Mark]]]:
    """Return the rows of a chart with their heads and the bars at the head's height."""
    axis = axis_of(marks)
    heads = [head_of(course, axis, texts, row) for row in chart["rows"]]
    edges = [axis.top, *((a.middle + b.middle) / 2 for a, b in pairwise(heads)), axis.bottom]
    bars = sorted((m for m in marks if m.kind == "rect" and m.stroke == hue and m.wide), key=lambda m: m.top)
    rows = [
        (row, head, [bar for bar in bars if top < bar.middle[1] < bottom])
        for row, head, top, bottom in zip(chart["rows"], heads, edges, edges[1:], strict=False)
    ]
    assert sum(len(own) for _, _, own in rows) == len(bars), "each bar belongs to one row"
    return rows


def bar_charts(course: Slides) -> Iterator[tuple[str, dict[str, Any], list[Mark], list[Text]]]:
    """Yield the charts that are drawn as bars: shares too, where they are many."""
    for hue, chart, marks, texts in course.charts("bar", "share"):
        if not any(mark.kind == "path" for mark in marks):
            yield hue, chart, marks, texts


def test_bars_are_as_long_as_their_values_and_start_from_the_axis(course: Slides) -> None:
    for hue, chart, marks, texts in bar_charts(course):
        zero = axis_of(marks).left
        known = [(0.0, zero)]
        for row, _, bars in rows_drawn(course, hue, chart, marks, texts):
            values = [float(value) for value in row["cells"] if value not in ("", "0")]
            assert len(bars) == len(values)
            for value, bar in zip(values, bars, strict=True):
                start, end = (bar.left, bar.right) if value > 0 else (bar.right, bar.left)
                assert start == pytest.approx(zero, abs=NEAR)
                known.append((value, end))
        assert Scale.through(known, NEAR).points > 0


def test_ranges_reach_from_their_low_to_their_high_value(course: Slides) -> None:
    for hue, chart, marks, texts in course.charts("range"):
        known = [(0.0, axis_of(marks).left)]
        for row, _, (bar,) in rows_drawn(course, hue, chart, marks, texts):
            known += zip(map(float, row["cells"][0]), (bar.left, bar.right), strict=True)
        assert Scale.through(known, NEAR).points > 0


def test_each_value_is_written_at_the_end_of_its_own_bar(course: Slides) -> None:
    for hue, chart, marks, texts in [*bar_charts(course), *course.charts("range")]:
        unit, names = course.say(chart.get("unit", "")), chart.get("columns", [])
        told = set()
        for row, _, bars in rows_drawn(course, hue, chart, marks, texts):
            values = [(i, value) for i, value in enumerate(row["cells"]) if value not in ("", "0")]
            for (series, value), bar in zip(values, bars, strict=True):
                below = not isinstance(value, list) and float(value) < 0
                (words,) = [
                    t for t in texts
                    if t.bold and abs(t.middle - bar.middle[1]) < 1 and (t.anchor == "end") == below
                    and 0 < (bar.left - t.x if below else t.x - bar.right) < 8
                ]  # fmt: skip
                due = written(value, unit, course.lang)
                if len(names) > 1 and series not in told:  # a series is named where it first stands
                    due = f"{names[series]}: {due}"
                told.add(series)
                assert words.words == due


def test_no_bar_or_value_runs_into_the_rows_heads(course: Slides) -> None:
    for hue, chart, marks, texts in [*bar_charts(course), *course.charts("range")]:
        for _, head, bars in rows_drawn(course, hue, chart, marks, texts):
            assert all(head.x < bar.left and bar.right < RIGHT for bar in bars)
            ends = [t for t in texts if t.bold and t.anchor == "end" and abs(t.middle - head.middle) < 60]
            assert all(t.x - len(t.words) * t.size * 0.4 > head.x for t in ends)


def test_the_emphasised_row_alone_is_filled(course: Slides) -> None:
    found = 0
    for hue, chart, marks, texts in [*bar_charts(course), *course.charts("range")]:
        if len(chart.get("columns", ())) > 1:
            continue
        rows = rows_drawn(course, hue, chart, marks, texts)
        some = any(row.get("emphasis") == "true" for row, _, _ in rows)
        for row, _, bars in rows:
            emphasised = row.get("emphasis") == "true" or not some
            found += row.get("emphasis") == "true"
            assert {bar.fill for bar in bars} <= {hue if emphasised else "#FFFFFF"}
    assert found


def test_a_chart_that_goes_on_keeps_its_scale_and_its_emphasis() -> None:
    course = read_slides("longitude", "en")
    blocks = [block for section in course.source["sections"] for block in section["blocks"]]
    (chart,) = [b["chart"] for b in blocks if "chart" in b and len(b["chart"]["rows"]) == 14]
    rows = list(chart["rows"])
    known, axes = [], set()
    for marks, texts in course.chart_parts(chart, 2):
        axes.add(axis_of(marks).left)
        for bar in sorted((m for m in marks if m.kind == "rect" and m.wide > 20), key=lambda m: m.top):
            row = rows.pop(0)
            (head,) = [t for t in texts if t.words == course.say(row["head"])]
            assert abs(head.middle - bar.middle[1]) < 2
            known.append((float(row["cells"][0]), bar.right))
            assert (bar.fill == bar.stroke) == (row.get("emphasis") == "true")
    assert not rows and len(axes) == 1
    assert Scale.through(known, NEAR).points > 0


def test_series_are_told_apart_by_their_fill() -> None:
    course = read_slides("cables")
    ((hue, chart, marks, texts),) = [c for c in bar_charts(course) if len(c[1].get("columns", ())) > 1]
    fills: dict[int, set[str]] = {}
    for row, _, bars in rows_drawn(course, hue, chart, marks, texts):
        series = [i for i, value in enumerate(row["cells"]) if value != ""]
        for i, bar in zip(series, bars, strict=True):
            fills.setdefault(i, set()).add(bar.fill)
    assert [len(found) for found in fills.values()] == [1, 1, 1]
    assert len(set.union(*fills.values())) == 3


def test_slices_are_as_large_as_their_shares_clockwise_from_the_top(course: Slides) -> None:
    found = 0
    for hue, chart, marks, texts in course.charts("share"):
        slices = [mark for mark in marks if mark.kind == "path"]
        if not slices:
            continue
        found += 1
        centre = slices[0].points[0]
        values = [float(row["cells"][0]) for row in chart["rows"]]
        turn = 0.0
        for row, value, part in zip(chart["rows"], values, slices, strict=True):
            after = turn + 2 * pi * value / sum(values)
            assert part.points[0] == centre
            start, end = (clockwise(centre, point) for point in part.points[1:3])
            assert start == pytest.approx(turn % (2 * pi), abs=0.005)
            assert (
                end == pytest.approx(after % (2 * pi), abs=0.005)
                or 2 * pi - after < 0.001 > min(end, 2 * pi - end) - 0.005
            )
            assert (part.fill == hue) == (row.get("emphasis") == "true")
            label = next(t for t in texts if course.say(row["head"]).startswith(t.words))
            below = [t for t in texts if abs(t.x - label.x) < 0.1 and 0 < t.baseline - label.baseline < 60]
            unit = course.say(chart.get("unit", ""))
            assert written(row["cells"][0], unit, course.lang) in below[-1].words
            away = clockwise(centre, (label.x, (label.middle + below[-1].middle) / 2))
            assert turn < away < after
            turn = after
    assert found


def clockwise(centre: tuple[float, float], point: tuple[float, float]) -> float:
    """Return the angle of a point, clockwise from the top."""
    return atan2(point[0] - centre[0], centre[1] - point[1]) % (2 * pi)


def line_scales(marks: Sequence[Mark], texts: Sequence[Text]) -> tuple[Scale, Scale]:
    """Return the scales of a line chart, as the years below its axis and the numbers beside it give them."""
    years, values = [], []
    for text in texts:
        if text.anchor == "middle" and not text.bold and (year := year_written(text.words)) is not None:
            ticks = [
                m for m in marks if m.is_upright and abs(m.left - text.x) < NEAR and m.bottom < text.baseline
            ]
            years += [(year, tick.left) for tick in ticks]
        elif text.anchor == "end" and not text.bold:
            (rule,) = {m.top for m in marks if m.is_level and abs(m.top - text.middle) < 1}
            values.append((float(text.words), rule))
    return Scale.through(years, 0.5), Scale.through(values, NEAR)


def test_lines_stand_at_their_dates_and_as_high_as_their_values(course: Slides) -> None:
    for _, chart, marks, texts in course.charts("line"):
        across, up = line_scales(marks, texts)
        assert across.points > 0 > up.points
        drawn = [m for m in marks if m.kind in ("rect", "circle") and m.wide < 16]
        drawn += [m for m in marks if m.kind == "path"]
        due = []
        for series in range(max(len(row["cells"]) for row in chart["rows"])):
            for row in chart["rows"]:
                if row["cells"][series] != "":
                    middle = sum(days_of(row["head"])) / 2
                    due.append((across.at(as_year(middle)), up.at(float(row["cells"][series]))))
        assert len(drawn) == len(due)
        places = [mark.middle for mark in drawn]
        for place in due:
            near = min(places, key=lambda p: abs(p[0] - place[0]) + abs(p[1] - place[1]))
            assert near == pytest.approx(place, abs=0.6)
        corners = {point for m in marks if m.kind == "polyline" for point in m.points}
        assert all(min(abs(x - a) + abs(y - b) for a, b in due) < 1.2 for x, y in corners)


def as_year(day: float) -> float:
    """Return a day as a year and its part, as on an axis whose years are alike."""
    year = next(y for y in range(-3000, 3000) if day_of(y) <= day < day_of(y + 1))
    return year + (day - day_of(year)) / (day_of(year + 1) - day_of(year))


def test_each_value_of_a_line_stands_at_its_own_mark(course: Slides) -> None:
    for _, chart, marks, texts in course.charts("line"):
        if len(chart.get("columns", ())) > 1:
            continue
        drawn = sorted((m for m in marks if m.kind == "rect" and m.wide < 16), key=lambda m: m.left)
        for row, mark in zip(chart["rows"], drawn, strict=True):
            words = written(row["cells"][0], course.say(chart.get("unit", "")), course.lang)
            (told,) = [t for t in texts if t.words == words and t.bold]
            shift = {"start": 30, "end": -30, "middle": 0}[told.anchor]
            nearest = min(
                drawn, key=lambda m: abs(m.middle[0] - told.x - shift / 3) + abs(m.middle[1] - told.middle)
            )
            assert nearest is mark
            assert (mark.wide > 12) == (row.get("emphasis") == "true"), "the emphasised mark is larger"


def test_a_line_breaks_where_a_value_is_unknown() -> None:
    (chart,) = [c for c in read_slides("cables").charts("line") if len(c[1].get("columns", ())) > 1]
    lines = [len(mark.points) for mark in chart[2] if mark.kind == "polyline"]
    assert sorted(lines) == [1, 2, 4, 4]  # the western route's second value is unknown
