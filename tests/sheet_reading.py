"""Finds on a sheet of the poster what whoever puts the sheets together finds: name, marks, arrows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.poster_reading import Box, Drawn, Shape

NAME = re.compile(r"([A-Z]+)(\d+)")
_LONG = 5.0  # mm: a crop mark


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, where to cut it, and where its drawing ends (mm of the sheet)."""

    name: str
    drawn: Drawn
    left: float
    top: float
    cut_right: float
    cut_bottom: float
    right: float
    bottom: float

    @property
    def place(self) -> tuple[int, int]:
        """Column and row, from 0, as the name says."""
        found = NAME.fullmatch(self.name)
        assert found
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return column - 1, int(found[2]) - 1

    @property
    def window(self) -> Box:
        """What it shows of the poster, flaps and all."""
        return self.left, self.top, self.right, self.bottom


def read_sheet(drawn: Drawn) -> Sheet:
    """Return a sheet by its marks."""
    name = max((r for r in drawn.runs if NAME.fullmatch(r.text) and r.base < 25), key=lambda r: r.size)
    marks = [s for s in drawn.shapes if s.segment and not s.nested and not s.dash and _is_mark(s)]
    xs = sorted({round(s.box[0], 2) for s in marks if s.box[2] - s.box[0] < 0.01})
    ys = sorted({round(s.box[1], 2) for s in marks if s.box[3] - s.box[1] < 0.01})
    (left, cut_right), (top, cut_bottom) = xs, ys
    dashed = [s for s in drawn.shapes if s.segment and not s.nested and s.dash]
    right, bottom = cut_right, cut_bottom
    for line in dashed:  # where a flap begins; it goes as far as the other one's line
        if line.box[2] - line.box[0] < 0.01:
            bottom = max(bottom, line.box[3])
        else:
            right = max(right, line.box[2])
    return Sheet(name.text, drawn, left, top, cut_right, cut_bottom, right, bottom)


def _is_mark(shape: Shape) -> bool:
    left, top, right, bottom = shape.box
    return abs(max(right - left, bottom - top) - _LONG) < 0.01


def glue_lines(sheet: Sheet) -> tuple[bool, bool]:
    """Return whether a dashed line stands at the right and at the lower cut."""
    dashed = [s.box for s in sheet.drawn.shapes if s.segment and not s.nested and s.dash]
    right = any(abs(b[0] - sheet.cut_right) < 0.01 and b[2] - b[0] < 0.01 for b in dashed)
    down = any(abs(b[1] - sheet.cut_bottom) < 0.01 and b[3] - b[1] < 0.01 for b in dashed)
    return right, down


def find_arrows(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the sheets that arrows lead to, by the direction (right, down) in which each points."""
    found = {}
    for shape in sheet.drawn.shapes:
        if shape.nested or not shape.fill or len(shape.paths[0]) != 3:
            continue
        x, y = shape.middle
        names = [r for r in sheet.drawn.runs if NAME.fullmatch(r.text) and r.size < 20 and not r.turned]
        near = min(names, key=lambda r: abs((r.left + r.right) / 2 - x) + abs(r.base - 1.3 - y))
        found[_direction(shape.paths[0])] = near.text
    return found


def _direction(points: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return where a triangle points: to the corner that faces its only level or upright side."""
    for i, (x, y) in enumerate(points):
        (a, b), (c, d) = points[i - 1], points[i - 2]
        if abs(a - c) < 0.01 and abs(x - a) > 0.1:
            return (1 if x > a else -1), 0
        if abs(b - d) < 0.01 and abs(y - b) > 0.1:
            return 0, (1 if y > b else -1)
    raise AssertionError(points)


def find_rule(drawn: Drawn) -> list[float]:
    """Return where the strokes of the rule at a sheet's foot stand, in mm from its start."""
    lines = [s for s in drawn.shapes if s.segment and not s.nested and not s.dash]
    words = next(r for r in drawn.runs if "100" in r.text and r.size < 11 and "mm" in r.text)
    level = [s for s in lines if s.box[3] - s.box[1] < 0.01 and abs(s.box[1] - words.base) < 2]
    (rule,) = [s for s in level if s.box[2] - s.box[0] > 50]
    left, y, right, _ = rule.box
    strokes = [s.box[0] - left for s in lines if s.box[2] - s.box[0] < 0.01 and abs(s.box[3] - y) < 0.01]
    return [*sorted(strokes), right - left]


def find_cells(sheet: Sheet) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return the cells (column, row) of the little map in a sheet's head, and those that are filled."""
    cells = [
        s
        for s in sheet.drawn.shapes
        if not s.nested and s.closed and s.stroke and len(s.paths[0]) == 4 and s.box[3] < sheet.top
    ]
    lefts = sorted({round(s.box[0], 1) for s in cells})
    tops = sorted({round(s.box[1], 1) for s in cells})
    places = [((lefts.index(round(s.box[0], 1)), tops.index(round(s.box[1], 1))), s.fill) for s in cells]
    return {place for place, _ in places}, {place for place, fill in places if fill}
