"""Notes that found no room in the margin of their section: set below its text, side by side."""

from collections.abc import Sequence

from builders.guide.blocks import Fixed
from builders.guide.geometry import Geometry
from builders.guide.margin import APART, Note
from builders.guide.page import Page

LEAST_GUTTER = 14.0  # between the columns of a shelf
ABOVE, BELOW = 14.5, 14.5


def shelf(notes: Sequence[Note], geometry: Geometry) -> list[Fixed]:
    """Return rows of notes over the full width, as many beside each other as there is room for."""
    count = max(int((geometry.full + LEAST_GUTTER) / (geometry.margin + LEAST_GUTTER)), 1)
    pitch = (geometry.full - geometry.margin) / max(count - 1, 1)
    rows = [notes[i : i + count] for i in range(0, len(notes), count)]
    blocks = [_row(row, pitch) for row in rows]
    blocks[0].before, blocks[-1].after = ABOVE, BELOW
    return blocks


def _row(notes: Sequence[Note], pitch: float) -> Fixed:
    def draw(page: Page, x: float, y: float) -> None:
        for i, note in enumerate(notes):
            note.put(page, x + i * pitch, y + note.drop)

    return Fixed(max(note.height for note in notes), draw, APART, wide=True)
