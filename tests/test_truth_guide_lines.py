"""The guide's line charts: marks at their dates, as high as their values, each value at its own mark."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.drawn_charts import GUIDES, NEAR, Row, charts, is_emphasised, solid, written
from tests.drawn_guides import Guide, Leaf, read_guide
from tests.drawn_time import Scale, days_of
from tests.pdf_shapes import Shape
from tests.pdf_words import Words


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*GUIDES[request.param])


def curves(figure: Sequence[Shape], hue: str) -> list[Shape]:
    """Return the lines of a line chart, in the order of their series."""
    return [s for s in figure if not s.closed and not s.is_level and not s.is_upright and s.stroke == hue]


def squares(figure: Sequence[Shape]) -> list[Shape]:
    """Return the marks of a line chart, in the order of series and rows."""
    return [s for s in figure if s.is_rectangle and abs(s.wide - s.high) < 0.1]


def base_of(figure: Sequence[Shape]) -> Shape:
    return max((s for s in figure if s.is_level), key=lambda line: line.wide)


def known_values(chart: dict[str, Any]) -> list[tuple[int, Row, float]]:
    """Return the series, row and value of each mark that a line chart must have."""
    count = max(len(row["cells"]) for row in chart["rows"])
    return [
        (series, row, float(row["cells"][series]))
        for series in range(count)
        for row in chart["rows"]
        if row["cells"][series] != ""
    ]


def test_a_lines_marks_stand_at_their_dates_and_as_high_as_their_values(guide: Guide) -> None:
    for number, chart in charts(guide, "line"):
        _, (figure,) = guide.drawn(number, chart)
        marks, due = squares(figure), known_values(chart)
        assert len(marks) == len(due)
        dates = [
            (sum(days_of(row["head"])) / 2, mark.middle[0])
            for (_, row, _), mark in zip(due, marks, strict=True)
        ]
        values = [(value, mark.middle[1]) for (_, _, value), mark in zip(due, marks, strict=True)]
        assert Scale.through(dates, NEAR).points > 0, "time runs from left to right"
        assert Scale.through([*values, (0.0, base_of(figure).top)], NEAR).points < 0, "more is higher"
        for curve, series in zip(
            curves(figure, guide.hue(number)), {s: None for s, _, _ in due}, strict=True
        ):
            own = [m.middle for (s, _, _), m in zip(due, marks, strict=True) if s == series]
            assert [x for point in curve.points for x in point] == pytest.approx(
                [x for point in own for x in point], abs=NEAR
            )


def test_dates_stand_below_their_own_marks_on_the_axis(guide: Guide) -> None:
    told = {"1870": "1870", "1876-07": "Jul 1876", "1884": "1884", "1900-03-01": "1 Mar 1900"}
    for number, chart in charts(guide, "line"):
        page, (figure,) = guide.drawn(number, chart)
        base, marks = base_of(figure), squares(figure)
        values = {written(value) for _, _, value in known_values(chart)}
        places = {m.middle[0]: row for (_, row, _), m in zip(known_values(chart), marks, strict=True)}
        ticks = sorted(s.left for s in figure if s.is_upright and abs(s.top - base.top) < NEAR)
        assert ticks == pytest.approx(sorted({round(place, 2) for place in places}), abs=NEAR)
        foot = max([base.top, *(mark.bottom for mark in marks)])
        below = [
            w for w in page.words if w.baseline - w.size > base.top and 0 < w.baseline - w.size - foot < 32
            and base.left - 1 < w.left < base.right and not w.bold and w.text not in values
        ]  # fmt: skip
        for words in below:
            row = places[min(places, key=lambda place: abs(place - words.middle))]
            due = told.get(row["head"], row["head"])
            if row["head"].startswith("-"):
                due = f"{1 - int(row['head'])} BC"
            assert words.text == due
        assert len(below) > 1


def test_values_stand_at_their_own_marks_and_the_emphasised_one_is_bold(guide: Guide) -> None:
    for number, chart in charts(guide, "line"):
        if len(chart.get("columns", ())) > 1:
            continue
        page, (figure,) = guide.drawn(number, chart)
        marks = squares(figure)
        due = {
            written(value): (row, mark)
            for (_, row, value), mark in zip(known_values(chart), marks, strict=True)
        }
        box = [
            min(m.left for m in marks) - 40,
            min(m.top for m in marks) - 30,
            max(m.right for m in marks) + 40,
        ]
        found = set()
        for words in page.words:
            inside = (
                box[0] < words.middle < box[2] and box[1] < words.baseline < max(m.bottom for m in marks) + 20
            )
            if words.text not in due or not inside:
                continue
            row, own = due[words.text]
            middle = (words.middle, words.baseline - words.size * 0.3)
            nearest = min(
                marks, key=lambda m: (m.middle[0] - middle[0]) ** 2 + (m.middle[1] - middle[1]) ** 2
            )
            assert nearest is own
            assert words.bold == is_emphasised(row)
            found.add(words.text)
        assert found == {*due}


@pytest.mark.parametrize("name", ["study", "large print", "grey, letter"])
def test_each_line_has_its_name_at_its_end_and_its_own_dashes(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    ((number, chart),) = [(n, c) for n, c in guide.charts("line") if len(c.get("columns", ())) > 1]
    page, (figure,) = guide.drawn(number, chart)
    lines, due, marks = curves(figure, guide.hue(number)), known_values(chart), squares(figure)
    assert len({line.dash for line in lines}) == len(chart["columns"])
    ends = [line.points[-1] for line in lines]
    for column, end in zip(chart["columns"], ends, strict=True):
        (words,) = [w for w in page.words if w.text == column and 0 < w.left - end[0] < 12]
        nearest = min(ends, key=lambda other: abs(other[1] - words.baseline + words.size * 0.34))
        assert nearest == end
    for (series, row, _), mark in zip(due, marks, strict=True):
        assert series == 0 or solid(mark) == is_emphasised(row), "hollow but where the title points"


def test_the_table_below_a_line_chart_holds_each_value_under_its_date(guide: Guide) -> None:
    for number, chart in charts(guide, "line"):
        page, (figure,) = guide.drawn(number, chart)
        names, foot = chart.get("columns") or ["Value"], max(shape.bottom for shape in figure)
        rows = [w for w in page.words if w.bold and w.text in names and w.baseline > foot]
        if not rows:  # large print's table may stand on the next page
            page = guide.pages[page.index + 1]
            rows = [w for w in page.words if w.bold and w.text in names][: len(names)]
        assert [row.text for row in rows] == names
        lines = [cells_at(page, row.baseline)[1:] for row in rows]
        heads = cells_at(page, max(w.baseline for w in in_text(page) if w.baseline < rows[0].baseline - 5))
        assert len(heads) == len(chart["rows"])
        for series, cells in enumerate(lines):
            values = [row["cells"][series] for row in chart["rows"]]
            unit = guide.say(chart.get("unit", ""))
            assert [w.text for w in cells] == [written(v, unit) if v != "" else "–" for v in values]
            assert [w.right for w in cells] == pytest.approx([w.right for w in heads], abs=NEAR)


def in_text(page: Leaf) -> list[Words]:
    """Return a page's words but for those of the ruler."""
    return [words for words in page.words if page.beyond(words.middle) > 60 and words.size > 8]


def cells_at(page: Leaf, baseline: float) -> list[Words]:
    """Return the words of a line of a table, from left to right."""
    line = [words for words in in_text(page) if abs(words.baseline - baseline) < 0.1]
    return sorted(line, key=lambda words: words.left)
