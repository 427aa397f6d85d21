"""The deck's charts are the outline's numbers: in the chart, in its workbook, in its labels and as drawn."""

import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.chart_reading import Bar, Chart, cells_at, charts_on, open_pages, painted_areas, visible_extents
from tests.deck_reading import Template, built, read, titled
from tests.outline_facts import blocks, span, text
from tests.test_deck_template import plain

HUES = ("8A671A", "16305F", "2B6A38", "632A5A")  # of the sections, in the shipped theme
DECKS: list[tuple[str, str, Template | None]] = [
    ("athens", "en", None),
    ("longitude", "en", None),
    ("longitude", "es", None),
    ("longitude", "en", plain),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "template"), DECKS, ids=[f"{n}-{lang}{'-template' if t else ''}" for n, lang, t in DECKS]
)
MOST_SLICES = 4
UNKNOWN = {"en": "no figure", "es": "sin datos"}


def given(
    name: str, lang: str, template: Template | None = None
) -> Iterator[tuple[int, dict[str, Any], list[Chart]]]:
    """Yield each chart of the outline, its section's index, and the charts that show it."""
    slides = read(name, lang, template)
    found = 0
    for index, block in blocks(name, "chart"):
        shown = charts_on(titled(slides, text(block["chart"]["title"], lang)))
        assert shown
        found += len(shown)
        yield index, block["chart"], shown
    assert found == len(charts_on(slides)), "no chart that the outline has not"


def parts(chart: dict[str, Any], shown: list[Chart]) -> Iterator[tuple[Chart, list[dict[str, Any]]]]:
    """Yield each chart with the rows of the outline that it must show."""
    first = 0
    for one in shown:
        count = len(one.series[0].values.cached)
        yield one, chart["rows"][first : first + count]
        first += count
    assert first == len(chart["rows"]), "no row is lost"


def numbers(row: dict[str, Any]) -> list[float | None]:
    return [None if cell == "" else float(cell) for cell in row["cells"]]


@each_deck
def test_a_charts_values_are_the_outlines_row_by_row(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in given(name, lang, template):
        for one, rows in parts(chart, shown):
            if chart["kind"] != "line":
                assert [str(head) for head in one.heads] == [text(row["head"], lang) for row in rows]
            if chart["kind"] == "range":
                due = [tuple(map(float, row["cells"][0])) for row in rows]
                assert [visible_extents(one, i) for i in range(len(rows))] == due
                continue
            assert len(one.series) == len(rows[0]["cells"])
            for column, series in enumerate(one.series):
                assert list(series.values.cached) == [numbers(row)[column] for row in rows]
                if "columns" in chart:
                    assert series.name.cached == (text(chart["columns"][column], lang),)


@each_deck
def test_a_chart_is_of_the_kind_that_the_outline_asks_for(
    name: str, lang: str, template: Template | None
) -> None:
    for _, chart, shown in given(name, lang, template):
        for one in shown:
            kind = chart["kind"]
            small = len(chart["rows"]) <= MOST_SLICES
            if kind == "share" and small and template is None:
                assert one.kind == "pie"
            elif kind == "line":
                assert one.kind == "scatter"
            elif kind != "share":
                assert (one.kind, one.lying, one.stacked) == ("bar", True, kind == "range")


@each_deck
def test_a_workbook_holds_what_its_chart_remembers(name: str, lang: str, template: Template | None) -> None:
    for _, _, shown in given(name, lang, template):
        for one in shown:
            for series in one.series:
                for part in (series.name, series.heads, series.at, series.values):
                    if part:
                        assert cells_at(one, part.cells) == pytest.approx(part.cached), part.cells


@each_deck
def test_a_workbook_holds_the_outlines_own_numbers(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in given(name, lang, template):
        for one, rows in parts(chart, shown):
            if chart["kind"] == "range":
                due = [tuple(map(float, row["cells"][0])) for row in rows]
                got = [
                    tuple(one.workbook[f"{column}{i}"] for column in "BC") for i in range(2, len(rows) + 2)
                ]
                assert got == due


@each_deck
def test_bars_begin_at_zero(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in given(name, lang, template):
        for one, rows in parts(chart, shown):
            if one.kind != "bar":
                continue
            assert one.measure and one.categories
            assert not one.measure.reversed
            assert not one.measure.logarithmic
            assert one.categories.reversed, "the first row stands on top"
            flat = [float(end) for row in rows for cell in row["cells"] for end in _flat(cell)]
            low, high = one.measure.low, one.measure.high
            assert low is not None and high is not None
            assert low <= min(0.0, *flat)
            assert high >= max(0.0, *flat)
            if min(flat) >= 0:
                assert low == 0


def _flat(cell: Any) -> list[str]:
    return cell if isinstance(cell, list) else [cell] if cell else []


@each_deck
def test_the_bars_of_a_chart_that_goes_on_have_one_scale(
    name: str, lang: str, template: Template | None
) -> None:
    several = [shown for _, _, shown in given(name, lang, template) if len(shown) > 1]
    assert several or name == "athens"
    for shown in several:
        assert len({one.measure and (one.measure.low, one.measure.high) for one in shown}) == 1


@each_deck
def test_what_is_emphasised_is_solid_and_nothing_else(
    name: str, lang: str, template: Template | None
) -> None:
    found = 0
    for index, chart, shown in given(name, lang, template):
        if not any("emphasis" in row for row in chart["rows"]) or chart["kind"] == "line":
            continue
        for one, rows in parts(chart, shown):
            visible = next(series for series in one.series if series.fill or series.points)
            fills = [visible.fill_at(i) for i in range(len(rows))]
            loud = {fill for fill, row in zip(fills, rows, strict=True) if row.get("emphasis") == "true"}
            quiet = {fill for fill, row in zip(fills, rows, strict=True) if row.get("emphasis") != "true"}
            found += len(loud)
            assert not loud & quiet
            assert all(fill and (fill.pattern or fill.colour != HUES[index]) for fill in quiet)
            if template is None:
                assert all(fill and (fill.colour, fill.pattern) == (HUES[index], "") for fill in loud)
    assert found


LABELS: dict[str, list[list[str]]] = {
    "en": [
        ["−12.5 s", "4 s", "25 s"],
        ["Offered: 10,000", "15,000", "20,000"],
        ["Paid: 2,500", "18,750.5"],
        ["20–120 miles", "30–60 miles", "10–15.5 miles"],
    ],
    "es": [
        ["−12,5 s", "4 s", "25 s"],
        ["Ofrecido: 10 000", "15 000", "20 000"],
        ["Pagado: 2500", "18 750,5"],
        ["20–120 millas", "30–60 millas", "10–15,5 millas"],
    ],
}


@pytest.mark.parametrize("lang", LABELS)
def test_labels_are_written_as_the_languages_readers_write_numbers(lang: str) -> None:
    labels = [
        [" ".join(label.split()) for _, label in sorted(series.labels.items())]
        for _, _, shown in given("longitude", lang)
        for one in shown
        for series in one.series
    ]
    for due in LABELS[lang]:
        assert any([one for one in got if one in due] == due for got in labels), due


@each_deck
def test_a_label_tells_the_value_of_its_own_mark(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in given(name, lang, template):
        for one, rows in parts(chart, shown):
            for column, series in enumerate(one.series):
                for i, label in series.labels.items():
                    cell = rows[i]["cells"][0 if chart["kind"] == "range" else column]
                    told = label.rsplit("\n", 1)[-1].rsplit(": ", 1)[-1]
                    if cell == "":
                        assert told == UNKNOWN[lang]
                        continue
                    digits = ["".join(filter(str.isdigit, end)) for end in _flat(cell)]
                    assert "".join(filter(str.isdigit, told)) == "".join(digits)
                    if one.kind == "pie":
                        assert "".join(label.split("\n")[:-1]) == str(one.heads[i])


@each_deck
def test_every_value_of_a_bar_a_share_or_a_range_has_its_label(
    name: str, lang: str, template: Template | None
) -> None:
    for _, chart, shown in given(name, lang, template):
        for one, rows in parts(chart, shown):
            known = sum(cell != "" for row in rows for cell in row["cells"])
            labels = [label for series in one.series for label in series.labels.values()]
            assert len([label for label in labels if UNKNOWN[lang] not in label]) == known


@each_deck
def test_a_lines_points_stand_at_their_dates(name: str, lang: str, template: Template | None) -> None:
    lines = [entry for entry in given(name, lang, template) if entry[1]["kind"] == "line"]
    assert lines
    for _, chart, (one,) in lines:
        (at,) = {series.at.cached for series in one.series if series.at}
        days = [sum(span(row["head"])) / 2 for row in chart["rows"]]
        years = [float(str(value)) for value in at]
        for (x0, x1), (d0, d1) in zip(pairwise(years), pairwise(days), strict=True):
            assert x1 - x0 == pytest.approx((d1 - d0) / 365.2425, abs=0.01)
        assert one.categories and one.categories.low is not None and one.categories.high is not None
        assert one.categories.low <= min(years) < max(years) <= one.categories.high
        assert not one.categories.reversed
        assert one.measure and one.measure.low == 0 and not one.measure.reversed
        for x, row in zip(years, chart["rows"], strict=True):
            year = int(row["head"][:5]) if row["head"].startswith("-") else int(row["head"][:4])
            # before Christ the axis counts as readers do: -476 is 477 BC, between its marks 477 and 476
            shown = year - 1 if year < 1 else year
            assert shown <= x < shown + 1
        before = {"en": "BC", "es": "a. C."}[lang]
        assert (before in one.categories.format.replace("\xa0", " ")) == (min(years) < 0)


@each_deck
def test_alt_text_tells_the_finding_and_every_number(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in given(name, lang, template):
        for one in shown:
            assert text(chart["title"], lang) in one.shape.alt
            assert text(chart["measure"], lang) in one.shape.alt
            labels = [
                label.rsplit("\n", 1)[-1].rsplit(": ", 1)[-1]
                for other in shown
                for series in other.series
                for label in series.labels.values()
            ]
            told = one.shape.alt.replace("\xa0", " ")
            assert all(" ".join(label.split()) in told for label in labels)
            if chart["kind"] != "line":
                assert all(f"{text(row['head'], lang)}: " in told for row in chart["rows"])


@pytest.mark.parametrize(("name", "lang"), [("athens", "en"), ("longitude", "en"), ("longitude", "es")])
def test_a_chart_prints_its_measure_and_its_source(name: str, lang: str) -> None:
    authors = {"kagan2003": "Kagan 2003", "gould1923": "Gould 1923"}
    for _, chart, shown in given(name, lang):
        for one in shown:
            assert text(chart["measure"], lang) in one.slide.words
            if "source" in chart:
                key = chart["source"].removeprefix("@").split(",")[0]
                assert authors[key] in one.slide.words


@pytest.fixture(scope="module")
def drawn(
    need_program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], list[list[Bar]]]:
    """Let one run of LibreOffice draw the decks; return what gives the painted areas of each slide."""
    soffice, folder = need_program("soffice"), tmp_path_factory.mktemp("charts")
    names = ("athens", "longitude")
    for name in names:
        (folder / f"{name}.pptx").write_bytes(built(name).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.pptx") for name in names]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)

    def areas(name: str) -> list[list[Bar]]:
        return [painted_areas(page) for page in open_pages(Path(folder / f"{name}.pdf"))]

    return areas


def marks(areas: list[list[Bar]], chart: Chart, least: float) -> list[Bar]:
    """Return what is painted inside a chart's frame, in the order of the rows."""
    frame = chart.shape
    inside = [
        bar
        for bar in areas[chart.slide.number - 1]
        if frame.x - 1 <= bar.x <= frame.right + 1
        and frame.y - 1 <= bar.y
        and bar.y + bar.h <= frame.bottom + 1
        and bar.h > least
    ]
    return sorted(inside, key=lambda bar: (bar.y, bar.x))


@pytest.mark.parametrize("name", ["athens", "longitude"])
def test_bars_are_drawn_as_long_as_their_values(name: str, drawn: Callable[[str], list[list[Bar]]]) -> None:
    areas = drawn(name)
    for _, chart, shown in given(name, "en"):
        if chart["kind"] not in ("bar", "range"):
            continue
        scales = set()
        for one, rows in parts(chart, shown):
            known = [cell for row in rows for cell in row["cells"] if cell]
            bars = marks(areas, one, 8)
            ends = [
                (0.0, float(cell)) if isinstance(cell, str) else tuple(map(float, cell)) for cell in known
            ]
            spans = [(min(pair), max(pair)) for pair in ends]
            if any(low < 0 < high for low, high in spans):
                bars = joined(bars)
            assert len(bars) == len(spans)
            longest = max(range(len(spans)), key=lambda i: spans[i][1] - spans[i][0])
            scale = bars[longest].w / (spans[longest][1] - spans[longest][0])
            zero = bars[longest].x - spans[longest][0] * scale
            for bar, (low, high) in zip(bars, spans, strict=True):
                assert bar.x == pytest.approx(zero + low * scale, abs=1.0)
                assert bar.x + bar.w == pytest.approx(zero + high * scale, abs=1.0)
            scales.add(round(scale, 1))
        assert len(scales) == 1


def joined(bars: list[Bar]) -> list[Bar]:
    """Return bars with those that touch end to end in one row as one."""
    out: list[Bar] = []
    for bar in bars:
        last = out.pop() if out and abs(out[-1].y - bar.y) < 1 else None
        out.append(Bar(min(last.x, bar.x), bar.y, last.w + bar.w, bar.h, bar.colour) if last else bar)
    return out


@pytest.mark.parametrize("name", ["athens", "longitude"])
def test_a_lines_marks_are_drawn_as_high_as_their_values(
    name: str, drawn: Callable[[str], list[list[Bar]]]
) -> None:
    areas = drawn(name)
    for index, chart, shown in given(name, "en"):
        if chart["kind"] != "line":
            continue
        (one,) = shown
        points = sorted(
            (bar for bar in marks(areas, one, 7) if bar.colour == HUES[index] and bar.w < 12),
            key=lambda bar: bar.x,
        )
        first = [(sum(span(row["head"])) / 2, float(row["cells"][0])) for row in chart["rows"]]
        assert len(points) == len(first)
        a, z = (
            max(range(len(first)), key=lambda i: first[i][1]),
            min(range(len(first)), key=lambda i: first[i][1]),
        )
        up = (points[z].y - points[a].y) / (first[a][1] - first[z][1])
        along = (points[-1].x - points[0].x) / (first[-1][0] - first[0][0])
        for point, (day, value) in zip(points, first, strict=True):
            assert point.y == pytest.approx(points[a].y + (first[a][1] - value) * up, abs=0.7)
            assert point.x == pytest.approx(points[0].x + (day - first[0][0]) * along, abs=0.7)
        assert one.measure and one.measure.high
        high = up * one.measure.high
        assert 0.7 * one.shape.h < high <= one.shape.h, "the axis fills its frame"


@pytest.mark.parametrize("name", ["athens", "longitude"])
def test_emphasis_is_drawn_in_the_sections_colour(name: str, drawn: Callable[[str], list[list[Bar]]]) -> None:
    areas = drawn(name)
    for index, chart, shown in given(name, "en"):
        if chart["kind"] not in ("bar", "range") or not any("emphasis" in row for row in chart["rows"]):
            continue
        for one, rows in parts(chart, shown):
            known = [row for row in rows if row["cells"][0] != ""]
            solid = [bar.colour == HUES[index] for bar in marks(areas, one, 8)]
            assert solid == [row.get("emphasis") == "true" for row in known]
