"""The poster cut into sheets of office paper: where the cuts go, and what stands on each sheet; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from builders.poster.extents import Extent
from builders.timeline import MM

PAPERS = {"a4": (210_000, 297_000), "letter": (215_900, 279_400)}  # µm, upright
OVERLAP = 10 * MM  # at least
SIDE = 17 * MM  # from the paper's edge to the drawing: neighbours' names
HEAD = 31 * MM  # the sheet's name and map
FOOT = 34 * MM  # the rule
_STEP = 2 * MM  # between places where a cut may go
_BROKEN, _COVERED = 1000, 1  # the cost of a box that no sheet holds whole; that a flap holds
_NAME = 4  # an era's name counts as much as so many labels


@dataclass(frozen=True, slots=True)
class Tile:
    """A sheet: its name, its place in the grid, and what it shows of the poster, in µm.

    From `left` and `top` (where the sheet is cut) to `right` and `bottom`; beyond `cut_right` and
    `cut_bottom` lies the flap that the next sheet covers.
    """

    name: str
    column: int
    row: int
    left: int
    top: int
    right: int
    bottom: int
    cut_right: int
    cut_bottom: int


@dataclass(frozen=True, slots=True)
class Tiling:
    """The sheets, row by row, on paper of this size in µm."""

    width: int
    height: int
    columns: tuple[int, ...]  # where the columns begin
    rows: tuple[int, ...]
    tiles: tuple[Tile, ...]


def tiling(width: int, height: int, boxes: Sequence[Extent], paper: str) -> Tiling:
    """Return the sheets of a poster of `width` by `height`, on the paper's side that needs fewer of them.

    Cuts avoid the boxes; one that a cut does cross stands whole on the sheet before it, where that has room.
    """
    short, long = PAPERS[paper]
    upright, lying = _grid(width, height, short, long), _grid(width, height, long, short)
    (columns, rows), (w, h) = (upright, (short, long))
    if lying[0] * lying[1] < columns * rows:
        (columns, rows), (w, h) = lying, (long, short)
    window_w, window_h = w - 2 * SIDE, h - HEAD - FOOT
    across = [(box.left, box.right, _weight(box)) for box in boxes]
    down = [(box.top, box.bottom, _weight(box)) for box in boxes]
    lefts = cuts(width, columns, window_w, across)
    tops = cuts(height, rows, window_h, down)
    right_ends = _ends(lefts, width, window_w, across)
    bottom_ends = _ends(tops, height, window_h, down)
    tiles = tuple(
        Tile(
            f"{_letters(i)}{j + 1}", i, j, lefts[i], tops[j], right_ends[i], bottom_ends[j],
            lefts[i + 1] if i + 1 < columns else width, tops[j + 1] if j + 1 < rows else height,
        )
        for j in range(rows)
        for i in range(columns)
    )  # fmt: skip
    return Tiling(w, h, tuple(lefts), tuple(tops), tiles)


def _grid(width: int, height: int, paper_width: int, paper_height: int) -> tuple[int, int]:
    def count(length: int, window: int) -> int:
        return max(1, -(-(length - OVERLAP) // (window - OVERLAP)))

    return count(width, paper_width - 2 * SIDE), count(height, paper_height - HEAD - FOOT)


def _weight(box: Extent) -> int:
    if box.owner in ("title", "inset", "credit") or box.owner.startswith("legend"):
        return 0
    return _NAME if box.owner.startswith(("era", "lane")) else 1


def _letters(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else _letters(column // 26 - 1) + _letters(column % 26)


def cuts(length: int, count: int, window: int, boxes: Sequence[tuple[int, int, int]]) -> list[int]:
    """Return where each of `count` sheets begins: the cuts that cross least, found by dynamic programming.

    `boxes` are (start, end, weight). A sheet shows at most `window` from its start; of cuts that are as good,
    the most even ones are taken.
    """
    even = length / count
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, (0,))}
    for k in range(1, count):
        reached: dict[int, tuple[int, tuple[int, ...]]] = {}
        rest = (count - k) * (window - OVERLAP) + OVERLAP
        for cut in range(_STEP, length, _STEP):
            if length - cut > rest:
                continue
            crossing = [(end, weight) for start, end, weight in boxes if start < cut < end and weight]
            uneven = int(abs(cut - k * even)) // _STEP // 8
            for before, (cost, path) in best.items():
                if not 0 < cut - before <= window - OVERLAP:
                    continue
                total = (
                    cost
                    + uneven
                    + sum(
                        10 * weight * (_COVERED if end <= before + window else _BROKEN)
                        for end, weight in crossing
                    )
                )
                if cut not in reached or total < reached[cut][0]:
                    reached[cut] = (total, (*path, cut))
        best = reached
    final = {cut: entry for cut, entry in best.items() if length - cut <= window}
    return list(min(final.values())[1])


def _ends(
    starts: Sequence[int], length: int, window: int, boxes: Sequence[tuple[int, int, int]]
) -> list[int]:
    """Return where each sheet's drawing ends: past the cut by the overlap, and by what the cut crosses."""
    ends = []
    for start, cut in zip(starts, [*starts[1:], length], strict=True):
        crossed = [end for first, end, weight in boxes if weight and first < cut < end <= start + window]
        ends.append(min(length, max([cut + OVERLAP, *crossed])))
    return ends
