"""The poster cut into sheets of office paper: where the cuts go, and what stands on each sheet; pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from builders.poster.label_text import Extent
from builders.theme.papers import PAPER_SIZES, UM_PER_MM

LEAST_OVERLAP = 10 * UM_PER_MM  # at least
SIDE_MARGIN = 15 * UM_PER_MM  # from the paper's edge to the drawing: neighbours' names
HEAD_HEIGHT = 31 * UM_PER_MM  # the sheet's name and map
FOOT_HEIGHT = 28 * UM_PER_MM  # the rule
_CUT_STEP = 2 * UM_PER_MM  # between places where a cut may go
_BROKEN, _COVERED = 1000, 1  # the cost of a box that no sheet holds whole; that a flap holds
_NAME_WEIGHT = 4  # an era's name counts as much as so many labels

_WeightedSpan = tuple[int, int, int]  # a box along one side: its start, its end, its weight


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


def make_tiling(width: int, height: int, boxes: Sequence[Extent], paper: str) -> Tiling:
    """Return the sheets of a poster of `width` by `height`, on the paper's side that needs fewer of them.

    Cuts avoid the boxes; one that a cut does cross stands whole on the sheet before it. Where that takes a
    column or row of sheets more, it gets it.
    """
    short, long = PAPER_SIZES[paper]
    across = [(box.left, box.right, _weigh_box(box)) for box in boxes]
    down = [(box.top, box.bottom, _weigh_box(box)) for box in boxes]
    tried = []
    for order, (w, h) in enumerate(((short, long), (long, short))):
        lefts, torn_across = _find_least_torn_cuts(width, w - 2 * SIDE_MARGIN, across)
        tops, torn_down = _find_least_torn_cuts(height, h - HEAD_HEIGHT - FOOT_HEIGHT, down)
        tried.append((torn_across + torn_down, len(lefts) * len(tops), order, w, h, lefts, tops))
    _, _, _, w, h, lefts, tops = min(tried)
    rights, bottoms = (
        _find_sheet_ends(lefts, width, w - 2 * SIDE_MARGIN, across),
        _find_sheet_ends(tops, height, h - HEAD_HEIGHT - FOOT_HEIGHT, down),
    )
    next_lefts, next_tops = [*lefts[1:], width], [*tops[1:], height]
    tiles = tuple(
        Tile(
            f"{_write_column_letters(i)}{j + 1}", i, j, lefts[i], tops[j], rights[i], bottoms[j],
            next_lefts[i], next_tops[j],
        )
        for j in range(len(tops))
        for i in range(len(lefts))
    )  # fmt: skip
    return Tiling(w, h, tuple(lefts), tuple(tops), tiles)


def _find_least_torn_cuts(length: int, window: int, boxes: Sequence[_WeightedSpan]) -> tuple[list[int], int]:
    """Return the cuts with as few sheets as can be, or one or two more where that tears fewer boxes."""
    count = max(1, -(-(length - LEAST_OVERLAP) // (window - LEAST_OVERLAP)))
    found = []
    for more in (0, 1, 2):
        starts = find_cuts(length, count + more, window, boxes)
        torn = _count_torn(starts, window, boxes)
        found.append((starts, torn))
        if not torn:
            break
    return min(found, key=lambda f: f[1])


def _count_torn(starts: Sequence[int], window: int, boxes: Sequence[_WeightedSpan]) -> int:
    """Return how many boxes stand whole on no sheet; what is longer than a sheet does not count."""
    return sum(
        not any(start <= low and high <= start + window for start in starts)
        for low, high, weight in boxes
        if weight and high - low <= window
    )


def _weigh_box(box: Extent) -> int:
    kind = box.owner.partition(":")[0]
    return {"event": 1, "era": _NAME_WEIGHT, "lane": _NAME_WEIGHT}.get(kind, 0)


def _write_column_letters(column: int) -> str:
    return (
        chr(ord("A") + column)
        if column < 26
        else _write_column_letters(column // 26 - 1) + _write_column_letters(column % 26)
    )


def find_cuts(length: int, count: int, window: int, boxes: Sequence[_WeightedSpan]) -> list[int]:
    """Return where each of `count` sheets begins: the cuts that cross least, found by dynamic programming.

    `boxes` are (start, end, weight). A sheet shows at most `window` from its start; of cuts that are as good,
    the most even ones are taken.
    """
    even = length / count
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, (0,))}
    for k in range(1, count):
        reached: dict[int, tuple[int, tuple[int, ...]]] = {}
        rest = (count - k) * (window - LEAST_OVERLAP) + LEAST_OVERLAP
        fullest = min(k * (window - LEAST_OVERLAP), length - 1)  # as far as sheets reach
        for cut in sorted({*range(_CUT_STEP, length, _CUT_STEP), fullest}):
            if length - cut > rest:
                continue
            crossed = sorted((end, weight) for start, end, weight in boxes if start < cut < end and weight)
            ends = [end for end, _ in crossed]
            weights = [0, *accumulate(weight for _, weight in crossed)]  # of the first ones, by how many
            uneven = int(abs(cut - k * even)) // _CUT_STEP // 8
            for before, (cost, path) in best.items():
                if not 0 < cut - before <= window - LEAST_OVERLAP:
                    continue
                covered = weights[bisect_right(ends, before + window)]
                total = cost + uneven + 10 * (covered * _COVERED + (weights[-1] - covered) * _BROKEN)
                if cut not in reached or total < reached[cut][0]:
                    reached[cut] = (total, (*path, cut))
        best = reached
    final = {cut: entry for cut, entry in best.items() if length - cut <= window}
    return list(min(final.values())[1])


def _find_sheet_ends(
    starts: Sequence[int], length: int, window: int, boxes: Sequence[_WeightedSpan]
) -> list[int]:
    """Return where each sheet's drawing ends: past the cut by the overlap, and by what the cut crosses."""
    ends = []
    for start, cut in zip(starts, [*starts[1:], length], strict=True):
        crossed = [end for first, end, weight in boxes if weight and first < cut < end <= start + window]
        ends.append(min(length, max([cut + LEAST_OVERLAP, *crossed])))
    return ends
