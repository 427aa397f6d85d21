"""The pages around the poster's parts: the assembly map, and each sheet's name, marks, neighbours, rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from builders.poster.label_text import measure_width, wrap_text
from builders.poster.options import PosterOptions
from builders.poster.plan import Poster
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterShape,
    PosterWords,
    list_corners,
)
from builders.poster.style import PosterColours, choose_colours
from builders.poster.tiles import HEAD_HEIGHT, SIDE_MARGIN, Tile, Tiling
from builders.timeline import UM_PER_MM, UM_PER_POINT

_CROP_WIDTH = round(0.25 * UM_PER_POINT)
_CUT_DASH = (round(4 * UM_PER_POINT), round(3 * UM_PER_POINT))
_RULER_LENGTH = 100 * UM_PER_MM


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page of the sheets: its marks, and the drawing's window (left, top, right, bottom)."""

    width: int
    height: int
    marks: tuple[PosterMark, ...]
    window: tuple[int, int, int, int]
    scale: float = 1.0
    over: tuple[PosterMark, ...] = ()  # drawn over the drawing, as part of its figure


def make_map_page(planned: Poster, tiles: Tiling, options: PosterOptions) -> SheetPage:
    """Return the first sheet: how the others go together."""
    ink = choose_colours(options.theme, options)
    short, long = sorted((tiles.width, tiles.height))
    room = short - 44 * UM_PER_MM
    scale = min(room / planned.size.width, 130 * UM_PER_MM / planned.size.height)
    left, top = 22 * UM_PER_MM, 48 * UM_PER_MM
    right, bottom = left + round(planned.size.width * scale), top + round(planned.size.height * scale)
    marks = (
        *_draw_map_head(planned, tiles, ink, options),
        *_draw_steps(planned, tiles, ink, bottom + 16 * UM_PER_MM, short),
    )
    over = tuple(_draw_map_grid(tiles, ink, left, top, scale))
    marks += tuple(_draw_ruler(planned, ink, left, long - 28 * UM_PER_MM, 5.0))
    return SheetPage(short, long, marks, (left, top, right, bottom), scale, over)


def _draw_map_head(
    planned: Poster, tiles: Tiling, ink: PosterColours, options: PosterOptions
) -> Iterator[PosterMark]:
    words = planned.course.locale.words["poster"]
    yield PosterShape(list_corners(22 * UM_PER_MM, 0, 5 * UM_PER_MM, 14 * UM_PER_MM), ink.red)
    yield PosterWords(22 * UM_PER_MM, 30 * UM_PER_MM, words["map"], "black", 28, ink.ink, owner="H1")
    text = words["map_of"].format(
        title=planned.course.title, size=planned.size.name,
        sheets=planned.course.locale.write_count("sheets", len(tiles.tiles)), paper=_name_paper(options),
        width=planned.size.width // UM_PER_MM, height=planned.size.height // UM_PER_MM,
    )  # fmt: skip
    room = min(tiles.width, tiles.height) - 44 * UM_PER_MM
    for i, line in enumerate(wrap_text(text, room, "regular", 12)):
        yield PosterWords(
            22 * UM_PER_MM, 38 * UM_PER_MM + i * 5200, line, "regular", 12, ink.ink2, owner="P:map"
        )


def _name_paper(options: PosterOptions) -> str:
    return {"a4": "A4", "letter": "Letter"}[options.paper]


def _draw_map_grid(
    tiles: Tiling, ink: PosterColours, left: int, top: int, scale: float
) -> Iterator[PosterMark]:
    thick = round(1.2 * UM_PER_POINT)
    for tile in tiles.tiles:
        x, y = left + round(tile.left * scale), top + round(tile.top * scale)
        wide, high = round((tile.cut_right - tile.left) * scale), round((tile.cut_bottom - tile.top) * scale)
        yield PosterShape(list_corners(x, y, wide, high), None, ink.ink, thick)
        size = min(18.0, wide / UM_PER_POINT / 3.2, high / UM_PER_POINT / 2)
        w, h = round(size * 2.4 * UM_PER_POINT), round(size * 1.5 * UM_PER_POINT)
        x, y = x + (wide - w) // 2, y + (high - h) // 2
        yield PosterShape(list_corners(x, y, w, h), ink.ground, ink.ink, thick)
        yield PosterWords(x + w // 2, y + round(h * 0.74), tile.name, "black", size, ink.ink, "center")


def _draw_steps(
    planned: Poster, tiles: Tiling, ink: PosterColours, top: int, page: int
) -> Iterator[PosterMark]:
    words = planned.course.locale.words["poster"]
    y = top
    for i in range(1, 5):
        if i == 4 and len(tiles.rows) == 1:
            break
        yield PosterWords(22 * UM_PER_MM, y + 500, str(i), "black", 20, ink.red, owner=f"P:step{i}")
        yield PosterWords(
            34 * UM_PER_MM, y - 800, words[f"step_{i}"], "bold", 13, ink.ink, owner=f"P:step{i}"
        )
        text = words[f"step_{i}_how"].format(n=len(tiles.tiles), last=tiles.tiles[-1].name[0])
        for k, line in enumerate(wrap_text(text, page - 56 * UM_PER_MM, "regular", 11)):
            yield PosterWords(
                34 * UM_PER_MM,
                y + 5 * UM_PER_MM + k * 5 * UM_PER_MM,
                line,
                "regular",
                11,
                ink.ink,
                owner=f"P:step{i}",
            )
        y += 19 * UM_PER_MM


def _draw_ruler(planned: Poster, ink: PosterColours, x: int, y: int, tall: float) -> Iterator[PosterMark]:
    """A rule of exactly 100 mm: whoever measures it knows whether the printer kept the scale."""
    thick = round(0.8 * UM_PER_POINT)
    yield PosterLine(((x, y), (x + _RULER_LENGTH, y)), ink.ink, thick)
    for mm in range(101):
        length = tall if mm % 50 == 0 else tall * 0.8 if mm % 10 == 0 else tall * 0.4
        at = x + mm * UM_PER_MM
        yield PosterLine(
            ((at, y), (at, y - round(length * UM_PER_MM))), ink.ink, thick if mm % 10 == 0 else thick // 2
        )
    words = planned.course.locale.words["poster"]
    yield PosterWords(
        x + _RULER_LENGTH + 6 * UM_PER_MM, y, words["rule"], "semibold", 10, ink.ink, owner="P:rule"
    )


def make_sheet_page(planned: Poster, tiles: Tiling, tile: Tile, options: PosterOptions) -> SheetPage:
    """Return what stands around one part of the poster."""
    ink = choose_colours(options.theme, options)
    left, top = SIDE_MARGIN, HEAD_HEIGHT
    right, bottom = left + tile.right - tile.left, top + tile.bottom - tile.top
    cut_right, cut_bottom = left + tile.cut_right - tile.left, top + tile.cut_bottom - tile.top
    window = (left, top, right, bottom)
    marks = (
        *_draw_sheet_head(planned, tiles, tile, ink),
        *_draw_crop_marks(left, top, cut_right, cut_bottom, ink),
        *_draw_flaps(planned, tiles, tile, ink, window, cut_right, cut_bottom),
        *_draw_neighbours(tiles, tile, ink, window),
        *_draw_ruler(planned, ink, left, tiles.height - 12 * UM_PER_MM, 3.0),
    )
    return SheetPage(tiles.width, tiles.height, marks, window)


def _draw_sheet_head(planned: Poster, tiles: Tiling, tile: Tile, ink: PosterColours) -> Iterator[PosterMark]:
    words = planned.course.locale.words["poster"]
    yield PosterWords(SIDE_MARGIN, 18 * UM_PER_MM, tile.name, "black", 34, ink.ink, owner="H2")
    x = SIDE_MARGIN + measure_width(tile.name, "black", 34) + 7 * UM_PER_MM
    number = tiles.tiles.index(tile) + 1
    text = words["sheet"].format(
        n=number, all=len(tiles.tiles), column=tile.name.rstrip("0123456789"), row=tile.row + 1
    )
    yield PosterWords(x, 13 * UM_PER_MM, text, "bold", 11, ink.ink, owner="H2")
    yield PosterWords(x, 18 * UM_PER_MM, planned.course.title, "regular", 11, ink.ink2, owner="P:title")
    yield from _draw_mini_map(tiles, tile, ink)


def _draw_mini_map(tiles: Tiling, tile: Tile, ink: PosterColours) -> Iterator[PosterMark]:
    count, rows = len(tiles.columns), len(tiles.rows)
    cell = min(15 * UM_PER_MM // rows, 40 * UM_PER_MM // count, 10 * UM_PER_MM)
    wide = min(cell, 8 * UM_PER_MM) if tiles.height > tiles.width else cell
    x, y = tiles.width - SIDE_MARGIN - wide * count, 6 * UM_PER_MM
    for other in tiles.tiles:
        fill = ink.ink if other is tile else None
        corner = list_corners(x + other.column * wide, y + other.row * cell, wide, cell)
        yield PosterShape(corner, fill, ink.ink, round(0.75 * UM_PER_POINT))


def _draw_crop_marks(
    left: int, top: int, right: int, bottom: int, ink: PosterColours
) -> Iterator[PosterMark]:
    """Marks at the four corners, outside the window: where to cut, and where the next sheets begin."""
    off, long = 2 * UM_PER_MM, 5 * UM_PER_MM
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((top, -1), (bottom, 1)):
            yield PosterLine(((x + out * off, y), (x + out * (off + long), y)), ink.ink, _CROP_WIDTH)
            yield PosterLine(((x, y + up * off), (x, y + up * (off + long))), ink.ink, _CROP_WIDTH)


def _draw_flaps(
    planned: Poster,
    tiles: Tiling,
    tile: Tile,
    ink: PosterColours,
    window: tuple[int, int, int, int],
    right: int,
    bottom: int,
) -> Iterator[PosterMark]:
    words = planned.course.locale.words["poster"]
    thick = round(0.9 * UM_PER_POINT)
    if tile.column + 1 < len(tiles.columns):
        yield PosterLine(((right, window[1]), (right, window[3])), ink.ink, thick, _CUT_DASH)
        name = _name_neighbour(tiles, tile, 1, 0)
        text = words["flap"].format(sheet=name)
        y = window[3] - 12 * UM_PER_MM
        yield PosterWords(window[2] + 4 * UM_PER_MM, y, text, "semibold", 8, ink.ink, turned=True)
    if tile.row + 1 < len(tiles.rows):
        yield PosterLine(((window[0], bottom), (window[2], bottom)), ink.ink, thick, _CUT_DASH)
        text = words["flap"].format(sheet=_name_neighbour(tiles, tile, 0, 1))
        yield PosterWords(window[0] + 8 * UM_PER_MM, window[3] + 5 * UM_PER_MM, text, "semibold", 8, ink.ink)


def _name_neighbour(tiles: Tiling, tile: Tile, right: int, down: int) -> str:
    column, row = tile.column + right, tile.row + down
    found = [t.name for t in tiles.tiles if (t.column, t.row) == (column, row)]
    return found[0] if found else ""


def _draw_neighbours(
    tiles: Tiling, tile: Tile, ink: PosterColours, window: tuple[int, int, int, int]
) -> Iterator[PosterMark]:
    """An arrow and a name on each side where another sheet follows."""
    left, top, right, bottom = window
    middle_x, middle_y = (left + right) // 2, (top + bottom) // 2
    places = {(-1, 0): (left - 7 * UM_PER_MM, middle_y), (1, 0): (right + 7 * UM_PER_MM, middle_y)}
    places |= {(0, -1): (middle_x, top - 5 * UM_PER_MM), (0, 1): (middle_x, bottom + 5 * UM_PER_MM)}
    for (across, down), (x, y) in places.items():
        name = _name_neighbour(tiles, tile, across, down)
        if not name:
            continue
        a = 2 * UM_PER_MM
        tip = (x + across * a, y + down * a)
        if across:
            back = ((x - across * a, y - a * 3 // 2), (x - across * a, y + a * 3 // 2))
            yield PosterWords(x, y - 5 * UM_PER_MM, name, "black", 11, ink.ink, "center")
        else:
            back = ((x - a * 3 // 2, y - down * a), (x + a * 3 // 2, y - down * a))
            yield PosterWords(x + 4 * UM_PER_MM, y + 1400, name, "black", 11, ink.ink)
        yield PosterShape((tip, *back), ink.ink)
