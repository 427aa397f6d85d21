"""The guides whose charts are read, and the outline's values as an English guide writes them."""

from typing import Any

from tests.drawn_guides import WHITE, Guide
from tests.pdf_shapes import Shape

NEAR = 0.25  # points: how exactly a value is drawn
GUIDES = {
    "study": ("cables", "en", "study", False, "a4"),
    "large print": ("cables", "en", "large-print", False, "a4"),
    "grey, letter": ("cables", "en", "study", True, "letter"),
    "another": ("athens", "en", "study", False, "a4"),
    "another, large": ("athens", "en", "large-print", False, "a4"),
}
Row = dict[str, Any]


def written(value: Any, unit: str = "") -> str:
    """Return a value as an English guide writes it."""
    if value == "":
        return "no data"
    values = value if isinstance(value, list) else [value]
    texts = [f"{float(v):,.10g}".replace("-", "−") for v in values]
    between = " to " if any(text.startswith("−") for text in texts) else "–"
    return between.join(texts) + (f" {unit}" if unit else "")


def is_emphasised(row: Row) -> bool:
    return row.get("emphasis") == "true"


def solid(shape: Shape) -> bool:
    """Whether a mark is filled with its colour."""
    return shape.fill not in (None, WHITE)


def charts(guide: Guide, *kinds: str) -> list[tuple[int, dict[str, Any]]]:
    return [found for kind in kinds for found in guide.charts(kind)]
