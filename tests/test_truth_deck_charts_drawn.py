"""Charts as LibreOffice draws them: as long and as high as their values, the emphasised in their hue."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chart_reading import Bar, Chart, open_pages, read_painted_areas
from tests.charts_given import HUES, pair_charts, split_rows
from tests.deck_reading import build_deck
from tests.outline_facts import find_span


@pytest.fixture(scope="module")
def drawn(
    need_program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], list[list[Bar]]]:
    """Let one run of LibreOffice draw the decks; return what gives the painted areas of each slide."""
    soffice, folder = need_program("soffice"), tmp_path_factory.mktemp("charts")
    names = ("athens", "longitude")
    for name in names:
        (folder / f"{name}.pptx").write_bytes(build_deck(name).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.pptx") for name in names]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)

    def areas(name: str) -> list[list[Bar]]:
        return [read_painted_areas(page) for page in open_pages(Path(folder / f"{name}.pdf"))]

    return areas


def find_marks(areas: list[list[Bar]], chart: Chart, least: float) -> list[Bar]:
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
    for _, chart, shown in pair_charts(name, "en"):
        if chart["kind"] not in ("bar", "range"):
            continue
        scales = set()
        for one, rows in split_rows(chart, shown):
            known = [cell for row in rows for cell in row["cells"] if cell]
            bars = find_marks(areas, one, 8)
            ends = [
                (0.0, float(cell)) if isinstance(cell, str) else tuple(map(float, cell)) for cell in known
            ]
            spans = [(min(pair), max(pair)) for pair in ends]
            if any(low < 0 < high for low, high in spans):
                bars = join_touching(bars)
            assert len(bars) == len(spans)
            longest = max(range(len(spans)), key=lambda i: spans[i][1] - spans[i][0])
            scale = bars[longest].w / (spans[longest][1] - spans[longest][0])
            zero = bars[longest].x - spans[longest][0] * scale
            for bar, (low, high) in zip(bars, spans, strict=True):
                assert bar.x == pytest.approx(zero + low * scale, abs=1.0)
                assert bar.x + bar.w == pytest.approx(zero + high * scale, abs=1.0)
            scales.add(round(scale, 1))
        assert len(scales) == 1


def join_touching(bars: list[Bar]) -> list[Bar]:
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
    for index, chart, shown in pair_charts(name, "en"):
        if chart["kind"] != "line":
            continue
        (one,) = shown
        points = sorted(
            (bar for bar in find_marks(areas, one, 7) if bar.colour == HUES[index] and bar.w < 18),
            key=lambda bar: bar.x,
        )
        first = [(sum(find_span(row["head"])) / 2, float(row["cells"][0])) for row in chart["rows"]]
        assert len(points) == len(first)
        a, z = (
            max(range(len(first)), key=lambda i: first[i][1]),
            min(range(len(first)), key=lambda i: first[i][1]),
        )
        at = [(point.x + point.w / 2, point.y + point.h / 2) for point in points]
        up = (at[z][1] - at[a][1]) / (first[a][1] - first[z][1])
        along = (at[-1][0] - at[0][0]) / (first[-1][0] - first[0][0])
        for (x, y), (day, value) in zip(at, first, strict=True):
            assert y == pytest.approx(at[a][1] + (first[a][1] - value) * up, abs=0.7)
            assert x == pytest.approx(at[0][0] + (day - first[0][0]) * along, abs=0.7)
        loud = [row.get("emphasis") == "true" for row in chart["rows"]]
        assert [point.w > 12 for point in points] == loud, "what is emphasised has a larger mark"
        assert one.measure and one.measure.high
        high = up * one.measure.high
        assert 0.7 * one.shape.h < high <= one.shape.h, "the axis fills its frame"


@pytest.mark.parametrize("name", ["athens", "longitude"])
def test_emphasis_is_drawn_in_the_sections_colour(name: str, drawn: Callable[[str], list[list[Bar]]]) -> None:
    areas = drawn(name)
    for index, chart, shown in pair_charts(name, "en"):
        if chart["kind"] not in ("bar", "range") or not any("emphasis" in row for row in chart["rows"]):
            continue
        for one, rows in split_rows(chart, shown):
            known = [row for row in rows if row["cells"][0] != ""]
            solid = [bar.colour == HUES[index] for bar in find_marks(areas, one, 8)]
            assert solid == [row.get("emphasis") == "true" for row in known]
