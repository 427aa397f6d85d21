"""A native chart as its XML and its workbook tell it, and its bars as LibreOffice draws them."""

import ctypes
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from tests.deck_reading import A, Fill, Shape, Slide, read_fill, read_scheme

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Value = float | str | None


@dataclass(frozen=True)
class Values:
    """What a reference into the workbook gives: the cells that it names, and what the chart remembers."""

    cells: str  # as Sheet1!$B$2:$B$4
    cached: tuple[Value, ...]


@dataclass(frozen=True)
class Series:
    """A series: its name, heads, places on a time axis and values, its look and its labels by point."""

    name: Values
    heads: Values | None
    at: Values | None
    values: Values
    fill: Fill | None  # None: invisible
    points: Mapping[int, Fill | None]
    labels: Mapping[int, str]

    def fill_at(self, index: int) -> Fill | None:
        """Return how a point is painted."""
        return self.points.get(index, self.fill)


@dataclass(frozen=True)
class Axis:
    """An axis: its ends as far as the file sets them, and whether it runs backwards."""

    low: float | None
    high: float | None
    reversed: bool
    format: str
    logarithmic: bool


@dataclass(frozen=True)
class Chart:
    """A chart on a slide."""

    slide: Slide
    shape: Shape
    kind: str  # bar, pie or scatter
    stacked: bool
    lying: bool
    series: tuple[Series, ...]
    categories: Axis | None
    measure: Axis | None  # of a scatter chart, the upright axis; `categories` is then the time axis
    workbook: Mapping[str, Value]

    @property
    def heads(self) -> tuple[Value, ...]:
        found = self.series[0].heads
        return found.cached if found else ()


def read_charts(slides: list[Slide] | tuple[Slide, ...]) -> list[Chart]:
    """Return the charts of slides, in their order."""
    return [read_chart(slide, shape) for slide in slides for shape in slide.of("chart")]


def read_chart(slide: Slide, shape: Shape) -> Chart:
    """Return a chart as its part and its workbook tell it."""
    part = shape.source.chart.part
    space = etree.fromstring(part.blob)
    (plot,) = (node for node in space.iter() if str(node.tag).endswith("Chart") and node.tag.startswith(C))
    kind = etree.QName(plot).localname.removesuffix("Chart")
    axes = [_axis(node) for tag in ("catAx", "valAx") for node in space.iter(f"{C}{tag}")]
    scheme = read_scheme(slide)
    return Chart(
        slide,
        shape,
        kind,
        _value(plot, "grouping") == "stacked",
        _value(plot, "barDir") == "bar",
        tuple(_series(node, scheme) for node in plot.iter(f"{C}ser")),
        axes[0] if axes else None,
        axes[1] if axes else None,
        read_workbook(part.chart_workbook.xlsx_part.blob),
    )


def _value(node: Any, tag: str) -> str | None:
    found = node.find(f"{C}{tag}")
    return None if found is None else found.get("val")


def _axis(node: Any) -> Axis:
    scaling = node.find(f"{C}scaling")
    low, high = _value(scaling, "min"), _value(scaling, "max")
    return Axis(
        float(low) if low else None,
        float(high) if high else None,
        _value(scaling, "orientation") == "maxMin",
        "" if (written := node.find(f"{C}numFmt")) is None else written.get("formatCode"),
        scaling.find(f"{C}logBase") is not None,
    )


def _series(node: Any, scheme: Mapping[str, str]) -> Series:
    points = {
        int(_value(point, "idx") or 0): read_fill(point.find(f"{C}spPr"), scheme)
        for point in node.iter(f"{C}dPt")
    }
    labels = {
        int(_value(label, "idx") or 0): "\n".join(
            "".join(run.text or "" for run in line.iter(f"{A}t")) for line in label.iter(f"{A}p")
        )
        for label in node.iter(f"{C}dLbl")
        if label.find(f"{C}tx") is not None
    }
    values = _values(node.find(f"{C}val")) or _values(node.find(f"{C}yVal"))
    name = _values(node.find(f"{C}tx"))
    assert values and name
    look = read_fill(node.find(f"{C}spPr"), scheme)
    heads, at = _values(node.find(f"{C}cat")), _values(node.find(f"{C}xVal"))
    return Series(name, heads, at, values, look, points, labels)


def _values(node: Any) -> Values | None:
    if node is None:
        return None
    (reference,) = node
    numbers = etree.QName(reference).localname == "numRef"
    (cache,) = (child for child in reference if str(child.tag).endswith("Cache"))
    known = {int(point.get("idx")): point.findtext(f"{C}v") for point in cache.iter(f"{C}pt")}
    count = int(_value(cache, "ptCount") or 0)
    cached = tuple(
        None if (value := known.get(i)) is None else float(value) if numbers else value for i in range(count)
    )
    return Values(reference.findtext(f"{C}f"), cached)


def read_workbook(content: bytes) -> Mapping[str, Value]:
    """Return the cells of a workbook's first sheet by their names, with a zip reader and an XML parser."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = [
            "".join(node.text or "" for node in item.iter(f"{SHEET}t"))
            for item in etree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells: dict[str, Value] = {}
    for cell in sheet.iter(f"{SHEET}c"):
        value = cell.findtext(f"{SHEET}v")
        if value is not None:
            cells[cell.get("r")] = texts[int(value)] if cell.get("t") == "s" else float(value)
    return cells


def read_cells(chart: Chart, reference: str) -> tuple[Value, ...]:
    """Return the workbook's cells that a reference such as Sheet1!$B$2:$B$4 names."""
    found = re.fullmatch(r"[^!]+!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?", reference)
    assert found, reference
    column, first, other, last = found.groups()
    assert other in (None, column)
    return tuple(chart.workbook.get(f"{column}{row}") for row in range(int(first), int(last or first) + 1))


def stack_extents(chart: Chart, index: int) -> tuple[float, float] | None:
    """Return from where to where a stacked bar is seen: what is above zero is stacked up, the rest down."""
    up = down = 0.0
    seen: list[float] = []
    for one in chart.series:
        value = one.values.cached[index]
        if not isinstance(value, float):
            continue
        start = up if value >= 0 else down
        if value >= 0:
            up += value
        else:
            down += value
        if one.fill_at(index) is not None and value:
            seen += [start, start + value]
    return (min(seen), max(seen)) if seen else None


@dataclass(frozen=True)
class Bar:
    """An area that LibreOffice painted, in points from the slide's top left."""

    x: float
    y: float
    w: float
    h: float
    colour: str


def read_painted_areas(page: Any) -> list[Bar]:
    """Return the areas on a page of a PDF that are painted and not stroked."""
    high = page.get_height()
    out = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=8):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        if not fill.value or stroke.value:
            continue
        parts = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetFillColor(item.raw, *parts)
        left, bottom, right, top = item.get_bounds()
        colour = "".join(f"{part.value:02X}" for part in parts[:3])
        out.append(Bar(left, high - top, right - left, top - bottom, colour))
    return out


def open_pages(path: Path) -> list[Any]:
    """Return the pages of a PDF."""
    pdf = pypdfium2.PdfDocument(path)
    return [pdf[number] for number in range(len(pdf))]
