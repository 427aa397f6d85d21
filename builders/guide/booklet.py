"""Imposition: pages two up on landscape sheets, in the order that makes a booklet when printed on both sides.

The sheets are turned over along their short edge, folded in the middle and stapled. An imposed print form is
PDF/A-2b alone: its reading order is the printer's, not the reader's.
"""

from dataclasses import dataclass

PAGES_PER_SHEET = 4  # pages on a folded sheet


@dataclass(frozen=True, slots=True)
class BookletSide:
    """One side of a sheet: which pages (0-based) stand left and right; None leaves a half empty."""

    left: int | None
    right: int | None


def impose_pages(count: int) -> list[BookletSide]:
    """Return the sides for `count` pages, front and back of each sheet in turn, the outermost sheet first."""
    total = -(-count // PAGES_PER_SHEET) * PAGES_PER_SHEET

    def page(number: int) -> int | None:
        return number if number < count else None

    sides = []
    for sheet in range(total // PAGES_PER_SHEET):
        outer, inner = total - 1 - 2 * sheet, 2 * sheet
        sides += [BookletSide(page(outer), page(inner)), BookletSide(page(inner + 1), page(outer - 1))]
    return sides
