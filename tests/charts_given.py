"""The charts of a deck beside the charts of its outline."""

from collections.abc import Iterator
from typing import Any

from tests.chart_reading import Chart, read_charts
from tests.deck_reading import Template, find_slides, read_deck
from tests.outline_facts import find_blocks, plain_text

HUES = ("8A671A", "16305F", "2B6A38", "632A5A")  # of the sections, in the shipped theme


def pair_charts(
    name: str, lang: str, template: Template | None = None
) -> Iterator[tuple[int, dict[str, Any], list[Chart]]]:
    """Yield each chart of the outline, its section's index, and the charts that show it."""
    slides = read_deck(name, lang, template)
    found = 0
    for index, block in find_blocks(name, "chart"):
        shown = read_charts(find_slides(slides, plain_text(block["chart"]["title"], lang)))
        assert shown
        found += len(shown)
        yield index, block["chart"], shown
    assert found == len(read_charts(slides)), "no chart that the outline has not"


def split_rows(chart: dict[str, Any], shown: list[Chart]) -> Iterator[tuple[Chart, list[dict[str, Any]]]]:
    """Yield each chart with the rows of the outline that it must show."""
    first = 0
    for one in shown:
        count = len(one.series[0].values.cached)
        yield one, chart["rows"][first : first + count]
        first += count
    assert first == len(chart["rows"]), "no row is lost"


def read_values(row: dict[str, Any]) -> list[float | None]:
    """Return the values of a row; None where one is not known."""
    return [None if cell == "" else float(cell) for cell in row["cells"]]


def read_ends(cell: Any) -> list[str]:
    """Return the one number of a cell, the two of a range, or none."""
    return cell if isinstance(cell, list) else [cell] if cell else []
