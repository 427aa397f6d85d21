"""How a table fits its slides: its type's size, its columns' widths, its rows' heights, and its cuts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builders.deck.fitting import TextArea, fit_or_shorten, list_sizes
from builders.deck.line_breaking import (
    break_lines,
    measure_height,
    measure_natural_width,
    measure_widest_word,
)
from builders.deck.metrics import FALLBACK_LINE_HEIGHT, LINE_HEIGHT
from builders.deck.model import SlideCell, SlideParagraph
from builders.deck.splitting import cut_paragraph, find_cuts_between_lines

MOST_HEAD_LINES = 4
CELL_GUTTER = 14.0  # pt, right of each cell
CELL_PADDING = 5.5  # pt, above and below
PREFERRED_LEAST_SIZE = 18.0  # pt: smaller only where a column is narrower than its longest word

CellRow = tuple[SlideCell, ...]


@dataclass(frozen=True, slots=True)
class CellGrid:
    """A table before it is placed: its header and rows."""

    header: CellRow
    rows: tuple[CellRow, ...]


def choose_column_widths(grid: CellGrid, total: float, size: float) -> tuple[float, ...] | None:
    """Return column widths in points that fill `total`, at a type's `size` in points.

    Each column gets what its widest word needs, and shares the rest by the length of its texts. None if the
    widest words alone need more than `total`.
    """
    columns = list(zip(grid.header, *grid.rows, strict=True))
    least = [max(_measure_widest_word(cell, size) for cell in column) + CELL_GUTTER for column in columns]
    wish = [
        min(max(_measure_natural_width(cell, size) for cell in column) + CELL_GUTTER, total * 0.7)
        for column in columns
    ]
    wish = [max(pair) for pair in zip(least, wish, strict=True)]
    if sum(least) > total:
        return None
    if sum(wish) <= total:
        spare = (total - sum(wish)) / len(columns)
        return tuple(width + spare for width in wish)
    return _share_width(least, wish, total)


def _share_width(least: Sequence[float], wish: Sequence[float], total: float) -> tuple[float, ...]:
    """Return widths between `least` and `wish` that add up to `total`.

    Columns that wish for less than an even share get all of it; the others share the rest in proportion to
    what they lack.
    """
    modest: set[int] = set()
    for number in sorted(range(len(wish)), key=lambda i: wish[i]):
        left = total - sum(wish[i] for i in modest)
        others = [i for i in range(len(wish)) if i not in modest and i != number]
        if (
            wish[number] > left / (len(wish) - len(modest))
            or wish[number] + sum(least[i] for i in others) > left
        ):
            break
        modest.add(number)
    rest = [i for i in range(len(wish)) if i not in modest]
    left = total - sum(wish[i] for i in modest) - sum(least[i] for i in rest)
    lack = sum(wish[i] - least[i] for i in rest) or 1.0
    return tuple(
        wish[i] if i in modest else least[i] + (wish[i] - least[i]) * left / lack for i in range(len(wish))
    )


def measure_row_height(row: CellRow, widths: Sequence[float], size: float) -> float:
    """Return a row's height in points, padding included: that of its highest cell."""
    return (
        max(_measure_cell_height(cell, width, size) for cell, width in zip(row, widths, strict=True))
        + 2 * CELL_PADDING
    )


def _measure_cell_height(cell: SlideCell, width: float, size: float) -> float:
    return measure_height(cell.paragraphs, size, width - CELL_GUTTER, cell.bold)


def _measure_widest_word(cell: SlideCell, size: float) -> float:
    return max((measure_widest_word(p, size, cell.bold) for p in cell.paragraphs), default=0.0)


def _measure_natural_width(cell: SlideCell, size: float) -> float:
    return max((measure_natural_width(p, size, cell.bold) for p in cell.paragraphs), default=0.0)


def divide_grid(
    grid: CellGrid, total: float, room: float, normal: float, least: float
) -> tuple[float, tuple[float, ...], list[list[CellRow]]]:
    """Return the size of type, the columns' widths and the rows of each slide.

    It is the largest size from `normal` down to `least` (points) that needs the fewest slides; a slide holds
    a table of `total` by `room` points.
    """
    best: tuple[float, tuple[float, ...], list[list[CellRow]]] | None = None
    for size in list_sizes(normal, least):
        widths = choose_column_widths(grid, total, size)
        if widths is None and size > least:
            continue
        if best and size < PREFERRED_LEAST_SIZE:
            break
        widths = widths or tuple(total / len(grid.header) for _ in grid.header)
        parts = _spread_rows(shorten_header(grid, widths, size), widths, size, room)
        if best is None or len(parts) < len(best[2]):
            best = size, widths, parts
    assert best is not None
    return best


def shorten_header(grid: CellGrid, widths: Sequence[float], size: float) -> CellGrid:
    """Return a grid whose heads are cut to four lines; the notes have them whole."""
    high = MOST_HEAD_LINES * size * FALLBACK_LINE_HEIGHT
    rooms = [TextArea(width - CELL_GUTTER, high, size, size, bold=True) for width in widths]
    cut = [fit_or_shorten(cell.paragraphs, room)[0] for cell, room in zip(grid.header, rooms, strict=True)]
    header = tuple(replace(cell, paragraphs=short) for cell, short in zip(grid.header, cut, strict=True))
    return replace(grid, header=header)


def _spread_rows(grid: CellGrid, widths: Sequence[float], size: float, room: float) -> list[list[CellRow]]:
    """Divide rows among as few slides as can hold them, the slides as evenly full as they can be."""
    space = room - measure_row_height(grid.header, widths, size)
    rows = [piece for row in grid.rows for piece in _cut_row(row, widths, size, space)]
    heights = [measure_row_height(row, widths, size) for row in rows]

    def packed(limit: float) -> list[list[CellRow]]:
        out: list[list[CellRow]] = []
        used = 0.0
        for row, own in zip(rows, heights, strict=True):
            if not out or used + own > limit + 0.01:
                out.append([])
                used = 0.0
            out[-1].append(row)
            used += own
        return out

    fewest = len(packed(space))
    low, high = 0.0, space
    for _ in range(7):  # to 1 % of the height
        middle = (low + high) / 2
        low, high = (low, middle) if len(packed(middle)) <= fewest else (middle, high)
    return packed(high)


def _cut_row(row: CellRow, widths: Sequence[float], size: float, space: float) -> list[CellRow]:
    """Cut a row that is higher than `space` points into several; each repeats the row's head."""
    if measure_row_height(row, widths, size) <= space:
        return [row]
    columns = [_cut_cell(cell, width, size, space) for cell, width in zip(row, widths, strict=True)]
    pieces = max(map(len, columns))
    blank = SlideCell((SlideParagraph(()),))
    head = row[0] if len(columns[0]) == 1 else None
    return [
        tuple(
            head if number == 0 and head else column[i] if i < len(column) else blank
            for number, column in enumerate(columns)
        )
        for i in range(pieces)
    ]


def _cut_cell(cell: SlideCell, width: float, size: float, space: float) -> list[SlideCell]:
    if _measure_cell_height(cell, width, size) + 2 * CELL_PADDING <= space:
        return [cell]
    (paragraph,) = cell.paragraphs
    lines = break_lines(paragraph, size, width - CELL_GUTTER, cell.bold)
    tallest = FALLBACK_LINE_HEIGHT if any(line.tall for line in lines) else LINE_HEIGHT
    most = max(1, int((space - 2 * CELL_PADDING) / (size * tallest)))
    cuts = find_cuts_between_lines(paragraph.text, [line.start for line in lines], most)
    return [replace(cell, paragraphs=(part,)) for part in cut_paragraph(paragraph, cuts)]
