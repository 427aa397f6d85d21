"""The pages around the poster's parts: the assembly map, and each sheet's name, marks, neighbours, rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from builders.poster.inks import Inks, inks
from builders.poster.marks import Line, Mark, Shape, Words, box
from builders.poster.options import PosterOptions
from builders.poster.plan import Poster
from builders.poster.setting import width, wrapped
from builders.poster.tiles import HEAD, SIDE, Tile, Tiling
from builders.timeline import MM, POINT

_CROP = round(0.25 * POINT)
_DASH = (round(4 * POINT), round(3 * POINT))
_RULE = 100 * MM


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the sheets: its marks, and the drawing's window (left, top, right, bottom)."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    window: tuple[int, int, int, int]
    scale: float = 1.0
    over: tuple[Mark, ...] = ()  # drawn over the drawing, as part of its figure


def map_page(planned: Poster, tiles: Tiling, options: PosterOptions) -> Page:
    """Return the first sheet: how the others go together."""
    ink = inks(options.theme, options)
    short, long = sorted((tiles.width, tiles.height))
    room = short - 44 * MM
    scale = min(room / planned.size.width, 130 * MM / planned.size.height)
    left, top = 22 * MM, 48 * MM
    right, bottom = left + round(planned.size.width * scale), top + round(planned.size.height * scale)
    marks = (*_map_head(planned, tiles, ink, options), *_steps(planned, tiles, ink, bottom + 16 * MM, short))
    over = tuple(_map_grid(tiles, ink, left, top, scale))
    marks += tuple(_ruler(planned, ink, left, long - 28 * MM, 5.0))
    return Page(short, long, marks, (left, top, right, bottom), scale, over)


def _map_head(planned: Poster, tiles: Tiling, ink: Inks, options: PosterOptions) -> Iterator[Mark]:
    words = planned.course.locale.words["poster"]
    yield Shape(box(22 * MM, 0, 5 * MM, 14 * MM), ink.red)
    yield Words(22 * MM, 30 * MM, words["map"], "black", 28, ink.ink, owner="H1")
    text = words["map_of"].format(
        title=planned.course.title, size=planned.size.name,
        sheets=planned.course.locale.count("sheets", len(tiles.tiles)), paper=_paper(options),
        width=planned.size.width // MM, height=planned.size.height // MM,
    )  # fmt: skip
    room = min(tiles.width, tiles.height) - 44 * MM
    for i, line in enumerate(wrapped(text, room, "regular", 12)):
        yield Words(22 * MM, 38 * MM + i * 5200, line, "regular", 12, ink.ink2, owner="P:map")


def _paper(options: PosterOptions) -> str:
    return {"a4": "A4", "letter": "Letter"}[options.paper]


def _map_grid(tiles: Tiling, ink: Inks, left: int, top: int, scale: float) -> Iterator[Mark]:
    thick = round(1.2 * POINT)
    for tile in tiles.tiles:
        x, y = left + round(tile.left * scale), top + round(tile.top * scale)
        wide, high = round((tile.cut_right - tile.left) * scale), round((tile.cut_bottom - tile.top) * scale)
        yield Shape(box(x, y, wide, high), None, ink.ink, thick)
        size = min(18.0, wide / POINT / 3.2, high / POINT / 2)
        w, h = round(size * 2.4 * POINT), round(size * 1.5 * POINT)
        x, y = x + (wide - w) // 2, y + (high - h) // 2
        yield Shape(box(x, y, w, h), ink.ground, ink.ink, thick)
        yield Words(x + w // 2, y + round(h * 0.74), tile.name, "black", size, ink.ink, "center")


def _steps(planned: Poster, tiles: Tiling, ink: Inks, top: int, page: int) -> Iterator[Mark]:
    words = planned.course.locale.words["poster"]
    y = top
    for i in range(1, 5):
        if i == 4 and len(tiles.rows) == 1:
            break
        yield Words(22 * MM, y + 500, str(i), "black", 20, ink.red, owner=f"P:step{i}")
        yield Words(34 * MM, y - 800, words[f"step_{i}"], "bold", 13, ink.ink, owner=f"P:step{i}")
        text = words[f"step_{i}_how"].format(n=len(tiles.tiles), last=tiles.tiles[-1].name[0])
        for k, line in enumerate(wrapped(text, page - 56 * MM, "regular", 11)):
            yield Words(34 * MM, y + 5 * MM + k * 5 * MM, line, "regular", 11, ink.ink, owner=f"P:step{i}")
        y += 19 * MM


def _ruler(planned: Poster, ink: Inks, x: int, y: int, tall: float) -> Iterator[Mark]:
    """A rule of exactly 100 mm: whoever measures it knows whether the printer kept the scale."""
    thick = round(0.8 * POINT)
    yield Line(((x, y), (x + _RULE, y)), ink.ink, thick)
    for mm in range(101):
        length = tall if mm % 50 == 0 else tall * 0.8 if mm % 10 == 0 else tall * 0.4
        at = x + mm * MM
        yield Line(((at, y), (at, y - round(length * MM))), ink.ink, thick if mm % 10 == 0 else thick // 2)
    words = planned.course.locale.words["poster"]
    yield Words(x + _RULE + 6 * MM, y, words["rule"], "semibold", 10, ink.ink, owner="P:rule")


def sheet_page(planned: Poster, tiles: Tiling, tile: Tile, options: PosterOptions) -> Page:
    """Return what stands around one part of the poster."""
    ink = inks(options.theme, options)
    left, top = SIDE, HEAD
    right, bottom = left + tile.right - tile.left, top + tile.bottom - tile.top
    cut_right, cut_bottom = left + tile.cut_right - tile.left, top + tile.cut_bottom - tile.top
    window = (left, top, right, bottom)
    marks = (
        *_sheet_head(planned, tiles, tile, ink),
        *_crop(left, top, cut_right, cut_bottom, ink),
        *_flaps(planned, tiles, tile, ink, window, cut_right, cut_bottom),
        *_neighbours(tiles, tile, ink, window),
        *_ruler(planned, ink, left, tiles.height - 12 * MM, 3.0),
    )
    return Page(tiles.width, tiles.height, marks, window)


def _sheet_head(planned: Poster, tiles: Tiling, tile: Tile, ink: Inks) -> Iterator[Mark]:
    words = planned.course.locale.words["poster"]
    yield Words(SIDE, 18 * MM, tile.name, "black", 34, ink.ink, owner="H2")
    x = SIDE + width(tile.name, "black", 34) + 7 * MM
    number = tiles.tiles.index(tile) + 1
    text = words["sheet"].format(
        n=number, all=len(tiles.tiles), column=tile.name.rstrip("0123456789"), row=tile.row + 1
    )
    yield Words(x, 13 * MM, text, "bold", 11, ink.ink, owner="H2")
    yield Words(x, 18 * MM, planned.course.title, "regular", 11, ink.ink2, owner="P:title")
    yield from _mini_map(tiles, tile, ink)


def _mini_map(tiles: Tiling, tile: Tile, ink: Inks) -> Iterator[Mark]:
    count, rows = len(tiles.columns), len(tiles.rows)
    cell = min(15 * MM // rows, 40 * MM // count, 10 * MM)
    wide = min(cell, 8 * MM) if tiles.height > tiles.width else cell
    x, y = tiles.width - SIDE - wide * count, 6 * MM
    for other in tiles.tiles:
        fill = ink.ink if other is tile else None
        corner = box(x + other.column * wide, y + other.row * cell, wide, cell)
        yield Shape(corner, fill, ink.ink, round(0.75 * POINT))


def _crop(left: int, top: int, right: int, bottom: int, ink: Inks) -> Iterator[Mark]:
    """Marks at the four corners, outside the window: where to cut, and where the next sheets begin."""
    off, long = 2 * MM, 5 * MM
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((top, -1), (bottom, 1)):
            yield Line(((x + out * off, y), (x + out * (off + long), y)), ink.ink, _CROP)
            yield Line(((x, y + up * off), (x, y + up * (off + long))), ink.ink, _CROP)


def _flaps(
    planned: Poster,
    tiles: Tiling,
    tile: Tile,
    ink: Inks,
    window: tuple[int, int, int, int],
    right: int,
    bottom: int,
) -> Iterator[Mark]:
    words = planned.course.locale.words["poster"]
    thick = round(0.9 * POINT)
    if tile.column + 1 < len(tiles.columns):
        yield Line(((right, window[1]), (right, window[3])), ink.ink, thick, _DASH)
        name = _neighbour(tiles, tile, 1, 0)
        text = words["flap"].format(sheet=name)
        y = window[3] - 12 * MM
        yield Words(window[2] + 4 * MM, y, text, "semibold", 8, ink.ink, turned=True)
    if tile.row + 1 < len(tiles.rows):
        yield Line(((window[0], bottom), (window[2], bottom)), ink.ink, thick, _DASH)
        text = words["flap"].format(sheet=_neighbour(tiles, tile, 0, 1))
        yield Words(window[0] + 8 * MM, window[3] + 5 * MM, text, "semibold", 8, ink.ink)


def _neighbour(tiles: Tiling, tile: Tile, right: int, down: int) -> str:
    column, row = tile.column + right, tile.row + down
    found = [t.name for t in tiles.tiles if (t.column, t.row) == (column, row)]
    return found[0] if found else ""


def _neighbours(tiles: Tiling, tile: Tile, ink: Inks, window: tuple[int, int, int, int]) -> Iterator[Mark]:
    """An arrow and a name on each side where another sheet follows."""
    left, top, right, bottom = window
    middle_x, middle_y = (left + right) // 2, (top + bottom) // 2
    places = {(-1, 0): (left - 7 * MM, middle_y), (1, 0): (right + 7 * MM, middle_y)}
    places |= {(0, -1): (middle_x, top - 5 * MM), (0, 1): (middle_x, bottom + 5 * MM)}
    for (across, down), (x, y) in places.items():
        name = _neighbour(tiles, tile, across, down)
        if not name:
            continue
        a = 2 * MM
        tip = (x + across * a, y + down * a)
        if across:
            back = ((x - across * a, y - a * 3 // 2), (x - across * a, y + a * 3 // 2))
            yield Words(x, y - 5 * MM, name, "black", 11, ink.ink, "center")
        else:
            back = ((x - a * 3 // 2, y - down * a), (x + a * 3 // 2, y - down * a))
            yield Words(x + 4 * MM, y + 1400, name, "black", 11, ink.ink)
        yield Shape((tip, *back), ink.ink)
