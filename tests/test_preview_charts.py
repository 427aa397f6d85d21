"""Charts in the preview's slides: true to their numbers, told apart without colour, within their frame."""

from xml.etree import ElementTree

import pytest

from builders.deck.slides import Chart, Frame, Series
from builders.preview.charts import Drawing
from builders.preview.inks import Inks
from builders.theme import shipped


def marks(chart: Chart) -> tuple[list[ElementTree.Element], str]:
    """Return the rectangles of a chart as it is drawn, and its words."""
    drawing = "".join(Drawing(chart, Inks(shipped(), 0), "{year} BC").parts())
    root = ElementTree.fromstring(f"<svg>{drawing}</svg>")
    return root.findall("rect"), " ".join(root.itertext())


def test_bars_are_as_long_as_their_numbers_and_never_leave_the_chart() -> None:
    values = (10.0, 25.0, None, -5.0)
    labels = ("10 t", "25 t", "", "−5 t")
    frame = Frame(50, 100, 600, 300)
    heads = ("Salt", "Copper", "Tin", "Debt")
    chart = Chart(frame, "bar", heads, (Series("Load", values, labels),), 18, "alt", "chart", emphasis=(1,))
    bars, words = marks(chart)
    long = [float(bar.attrib["width"]) for bar in bars]
    assert [round(one / long[0], 2) for one in long] == [1, 2.5, 0.5]
    for bar in bars:
        assert float(bar.attrib["x"]) >= frame.x
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= frame.x + frame.w
    assert len({bar.attrib["fill"] for bar in bars}) == 2, "the emphasised one stands out"
    for word in (*heads, *filter(None, labels)):
        assert word in words


def test_series_are_told_apart_without_colour_and_named() -> None:
    series = tuple(Series(name, (1.0, 2.0), ("1", "2")) for name in ("Ore", "Coal", "Wood"))
    bars, words = marks(Chart(Frame(0, 0, 500, 300), "bar", ("A", "B"), series, 18, "alt", "chart"))
    fills = [bar.attrib["fill"] for bar in bars]
    assert len({*fills}) == 3 and any(fill.startswith("url(#") for fill in fills)
    assert "Ore: 1" in words and "Coal: 1" in words and "Wood: 1" in words


def test_a_line_stands_at_its_dates_and_breaks_where_a_number_is_unknown() -> None:
    series = (Series("Grain", (1.0, 2.0, None, 4.0, 3.0), ("1", "2", "", "4", "3")),)
    years = (-500.0, -490.0, -480.0, -470.0, -400.0)
    chart = Chart(Frame(0, 0, 600, 300), "line", ("",) * 5, series, 18, "alt", "chart", positions=years)
    drawing = "".join(Drawing(chart, Inks(shipped(), 0), "{year} BC").parts())
    root = ElementTree.fromstring(f"<svg>{drawing}</svg>")
    lines = [one.attrib["points"].split() for one in root.findall("polyline")]
    assert [len(points) for points in lines] == [2, 2]
    at = [float(point.split(",")[0]) for points in lines for point in points]
    assert (at[3] - at[2]) / (at[1] - at[0]) == pytest.approx(7, abs=0.05)
    assert "500 BC" in " ".join(root.itertext())
