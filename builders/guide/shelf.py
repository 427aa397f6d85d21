"""Notes that found no room in the margin of their section: set below its text, side by side."""

from collections.abc import Sequence

from builders.guide.flow_blocks import FixedBlock
from builders.guide.geometry import PageGeometry
from builders.guide.margin_layout import NOTE_DISTANCE, MarginNote
from builders.guide.page_items import GuidePage

LEAST_GUTTER = 14.0  # between the columns of a shelf
ABOVE, BELOW = 14.5, 14.5


def make_note_rows(notes: Sequence[MarginNote], geometry: PageGeometry) -> list[FixedBlock]:
    """Return rows of notes over the full width, as many beside each other as there is room for."""
    count = max(int((geometry.full_width + LEAST_GUTTER) / (geometry.margin + LEAST_GUTTER)), 1)
    pitch = (geometry.full_width - geometry.margin) / max(count - 1, 1)
    rows = [notes[i : i + count] for i in range(0, len(notes), count)]
    blocks = [_make_row(row, pitch) for row in rows]
    blocks[0].before, blocks[-1].after = ABOVE, BELOW
    return blocks


def _make_row(notes: Sequence[MarginNote], pitch: float) -> FixedBlock:
    def draw(page: GuidePage, x: float, y: float) -> None:
        for i, note in enumerate(notes):
            note.place_on_page(page, x + i * pitch, y + note.drop)

    return FixedBlock(max(note.height for note in notes), draw, NOTE_DISTANCE, wide=True)
