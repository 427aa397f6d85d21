"""The guide's bars, ranges and shares: lengths keep the values' ratios, each value beside its own bar."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from tests.drawn_charts import GUIDES, NEAR, Row, charts, is_emphasised, solid, written
from tests.drawn_guides import WHITE, Guide, Leaf, read_guide, within
from tests.drawn_patterns import pattern_of
from tests.drawn_time import Scale
from tests.pdf_shapes import Shape, rectangles
from tests.pdf_words import Words


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*GUIDES[request.param])


def zero_line(figure: Sequence[Shape]) -> Shape:
    """Return the axis that bars stand on: the longest upright line in the text's colour, painted last."""
    return max((s for s in figure if s.is_upright), key=lambda line: (line.high, figure.index(line)))


def bars_of(guide: Guide, number: int, figure: Sequence[Shape]) -> list[Shape]:
    """Return the bars of a figure, from top to bottom."""
    found: dict[tuple[int, int], Shape] = {}
    for shape in rectangles(figure, guide.hue(number), "pattern"):
        if shape.wide > 1:
            found[round(shape.top), round(shape.left)] = shape
    return sorted(found.values(), key=lambda bar: (bar.top, bar.left))


def head_of(guide: Guide, page: Leaf, figure: Sequence[Shape], row: Row) -> Words:
    """Return a row's head, left of the axis; where shares are numbered, without its number."""
    head = guide.say(row["head"])
    left = zero_line(figure)
    (found,) = [
        words
        for words in page.words
        if words.text.endswith(head) and words.right < left.left and left.top < words.baseline < left.bottom
        and words.text.removesuffix(head).strip().isdecimal() | (words.text == head)
    ]  # fmt: skip
    return found


def rows_drawn(
    guide: Guide, number: int, chart: dict[str, Any], part: int = -1
) -> tuple[Leaf, list[Shape], list[tuple[Row, Words, list[Shape]]]]:
    """Return a chart's page and figure, and each row with its head and the bars at the head's height."""
    page, figures = guide.drawn(number, chart)
    figure = figures[part]
    bars = bars_of(guide, number, figure)
    heads = [head_of(guide, page, figure, row) for row in chart["rows"]]
    middles = [head.baseline - head.size * 0.34 for head in heads]
    edges = [zero_line(figure).top, *((a + b) / 2 for a, b in pairwise(middles)), zero_line(figure).bottom]
    found = []
    for row, head, top, bottom in zip(chart["rows"], heads, edges, edges[1:], strict=False):
        found.append((row, head, [bar for bar in bars if top - 1 < bar.middle[1] < bottom + 1]))
    assert sum(len(own) for _, _, own in found) == len(bars), "each bar belongs to one row"
    return page, figure, found


def beside(page: Leaf, x: float, y: float) -> tuple[str, bool]:
    """Return what is written from just behind a place, at its height, and whether it begins in bold."""
    line = sorted(
        (w for w in page.words if w.left > x and abs(w.baseline - w.size * 0.34 - y) < 1.5),
        key=lambda w: w.left,
    )
    assert line and 2 < line[0].left - x < 9, (x, y, line)
    text, last = line[0].text, line[0]
    for words in line[1:]:
        if words.left - last.right < 12:
            text, last = f"{text} {words.text}", words
    return text, line[0].bold


def told_of(guide: Guide, chart: dict[str, Any], row: Row) -> list[str]:
    """Return what must be written beside the bars of a row: the value, and of several series the name."""
    unit, names = guide.say(chart.get("unit", "")), chart.get("columns", [])
    texts = [(value, written(value, unit)) for value in row["cells"]]
    if len(names) > 1:
        texts = [(value, f"{text} {name}") for (value, text), name in zip(texts, names, strict=True)]
    return [text for value, text in texts if value not in ("", "0")]


def test_bars_are_as_long_as_their_values_and_start_from_the_axis(guide: Guide) -> None:
    for number, chart in charts(guide, "bar", "share"):
        _, figure, rows = rows_drawn(guide, number, chart)
        zero = zero_line(figure).left
        known = [(0.0, zero)]
        for row, _, bars in rows:
            values = [float(value) for value in row["cells"] if value not in ("", "0")]
            assert len(bars) == len(values)
            for value, bar in zip(values, bars, strict=True):
                start, end = (bar.left, bar.right) if value > 0 else (bar.right, bar.left)
                assert start == pytest.approx(zero, abs=NEAR)
                known.append((value, end))
        assert Scale.through(known, NEAR).points > 0, "more is further to the right"


def test_ranges_reach_from_their_low_to_their_high_value(guide: Guide) -> None:
    for number, chart in charts(guide, "range"):
        _, figure, rows = rows_drawn(guide, number, chart)
        known = [(0.0, zero_line(figure).left)]
        for row, _, (bar,) in rows:
            low, high = map(float, row["cells"][0])
            known += [(low, bar.left), (high, bar.right)]
        assert Scale.through(known, NEAR).points > 0, "more is further to the right"


def test_each_value_is_written_beside_its_own_bar(guide: Guide) -> None:
    for number, chart in charts(guide, "bar", "share", "range"):
        page, _, rows = rows_drawn(guide, number, chart)
        for row, _, bars in rows:
            told = [beside(page, bar.right, bar.middle[1])[0] for bar in bars]
            assert told == told_of(guide, chart, row)


@pytest.mark.parametrize("name", ["study", "large print", "grey, letter"])
def test_nothing_and_unknown_have_no_bar_but_are_told_at_the_axis(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    number, chart = guide.charts("bar")[0]
    page, figure, rows = rows_drawn(guide, number, chart)
    found = []
    for row, head, bars in rows:
        if row["cells"][0] in ("", "0"):
            assert bars == []
            found.append(beside(page, zero_line(figure).left, head.baseline - head.size * 0.34))
    assert found == [("no data", False), ("0 k£", False)]


def test_the_emphasised_row_alone_is_filled_and_bold(guide: Guide) -> None:
    found = 0
    for number, chart in charts(guide, "bar", "share", "range"):
        page, _, rows = rows_drawn(guide, number, chart)
        several = len(chart.get("columns", ())) > 1
        for row, head, bars in rows:
            found += is_emphasised(row)
            assert head.bold == is_emphasised(row), row
            for bar in bars:
                assert beside(page, bar.right, bar.middle[1])[1] == is_emphasised(row)
                assert several or solid(bar) == is_emphasised(row)
                assert several or not solid(bar) or bar.fill == guide.hue(number)
    assert found


@pytest.mark.parametrize("name", ["study", "large print", "grey, letter"])
def test_series_follow_each_other_in_a_row_each_named_and_in_its_own_pattern(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    ((number, chart),) = [(n, c) for n, c in guide.charts("bar") if len(c.get("columns", ())) > 1]
    page, _, rows = rows_drawn(guide, number, chart)
    patterns: dict[str, set[str]] = {}
    for row, _, bars in rows:
        series = [column for column, value in zip(chart["columns"], row["cells"], strict=True) if value != ""]
        for column, bar in zip(series, bars, strict=True):
            assert beside(page, bar.right, bar.middle[1])[0].endswith(f" {column}")
            if bar.wide > 20:
                box = (bar.left + 1, bar.top + 1, min(bar.right, bar.left + 40) - 1, bar.bottom - 1)
                patterns.setdefault(column, set()).add(pattern_of(guide.picture(page, box)))
    assert [len(found) for found in patterns.values()] == [1, 1, 1]
    assert len({*map(tuple, patterns.values())}) == 3, "told apart without colour"


def test_a_share_is_as_wide_as_its_part_of_the_whole_and_bears_its_name_or_number(guide: Guide) -> None:
    for number, chart in charts(guide, "share"):
        page, (whole, _) = guide.drawn(number, chart)
        parts = sorted(rectangles(whole, guide.hue(number)), key=lambda part: part.left)
        values = [float(row["cells"][0]) for row in chart["rows"]]
        assert len(parts) == len(values)
        for one, other in pairwise(parts):
            assert one.right == pytest.approx(other.left, abs=NEAR)
        full = parts[-1].right - parts[0].left
        for place, (row, value, part) in enumerate(zip(chart["rows"], values, parts, strict=True), 1):
            assert part.wide == pytest.approx(full * value / sum(values), abs=NEAR)
            assert solid(part) == is_emphasised(row)
            inside = [w for w in page.words if within(w, part.box)]
            head = guide.say(row["head"])
            assert [w.text for w in inside] in ([head], [f"{place} {head}"], [str(place)], [])
            assert {w.colour for w in inside} <= (
                {WHITE} if solid(part) else {w.colour for w in inside} - {WHITE}
            )


@pytest.mark.parametrize("name", ["study", "large print", "grey, letter"])
def test_numbers_in_a_share_are_those_of_its_row(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    number, chart = guide.charts("share")[0]
    page, (whole, table) = guide.drawn(number, chart)
    parts = sorted(rectangles(whole, guide.hue(number)), key=lambda part: part.left)
    for place, (row, part) in enumerate(zip(chart["rows"], parts, strict=True), 1):
        head = head_of(guide, page, table, row)
        before = [w.text for w in page.words if abs(w.baseline - head.baseline) < 0.1 and w.left < head.left]
        assert head.text.startswith(f"{place} ") or before == [str(place)]
        inside = [w.text for w in page.words if within(w, part.box)]
        assert not inside or inside[0].split()[0] == str(place)
