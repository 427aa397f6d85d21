"""A small independent reader of what a PDF page draws: its paths with their colours, in points.

Places are in points from the page's left and top. Forms are entered with their matrices (ISO 32000-1, 8.10).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pikepdf

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Figure = tuple[int, str | None]  # a number of its own, and its alternative text
NONE: Figure = (0, None)
NEAR = 0.02  # points: less apart is the same place

_PAINTS = {  # operator: closes, fills, strokes (8.5.3)
    "S": (False, False, True),
    "s": (True, False, True),
    "f": (False, True, False),
    "F": (False, True, False),
    "f*": (False, True, False),
    "B": (False, True, True),
    "B*": (False, True, True),
    "b": (True, True, True),
    "b*": (True, True, True),
    "n": (False, False, False),
}
_COLOURS = ("g", "rg", "k", "sc", "scn", "G", "RG", "K", "SC", "SCN")


@dataclass(frozen=True)
class Shape:
    """One painted subpath: its corners and the ends of its curves, its colours ('#RRGGBB' or 'pattern').

    `width` and `dash` are the line's, in points; `figure` is its figure's alternative text, None outside of
    figures; `figure_number` tells figures of one text apart; `form` says whether it comes from a form.
    """

    points: tuple[Point, ...]
    closed: bool
    curved: bool
    fill: str | None
    stroke: str | None
    width: float
    dash: tuple[float, ...]
    figure: str | None
    figure_number: int
    form: bool

    @cached_property
    def path(self) -> Box:
        """The box around the path itself."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    @cached_property
    def box(self) -> Box:
        """The box around what is seen: a closed path's line reaches half of its width over the path."""
        out = self.width / 2 if self.stroke and self.closed else 0.0
        left, top, right, bottom = self.path
        return left - out, top - out, right + out, bottom + out

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bottom(self) -> float:
        return self.box[3]

    @property
    def wide(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def high(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> Point:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def is_rectangle(self) -> bool:
        """Whether it is an upright rectangle that encloses an area."""
        if self.curved or not self.closed or self.wide < NEAR or self.high < NEAR:
            return False
        corners = {
            (abs(x - self.path[0]) < NEAR, abs(y - self.path[1]) < NEAR)
            for x, y in self.points
            if min(abs(x - self.path[0]), abs(x - self.path[2])) < NEAR
            and min(abs(y - self.path[1]), abs(y - self.path[3])) < NEAR
        }
        return len(self.points) in (4, 5) and len(corners) == 4

    @property
    def is_circle(self) -> bool:
        """Whether it is round, and as wide as it is high."""
        return self.curved and self.closed and abs(self.wide - self.high) < 0.1

    @property
    def is_upright(self) -> bool:
        """Whether it is a line from top to bottom."""
        return self._is_line and self.path[2] - self.path[0] < NEAR < self.path[3] - self.path[1]

    @property
    def is_level(self) -> bool:
        """Whether it is a line from side to side."""
        return self._is_line and self.path[3] - self.path[1] < NEAR < self.path[2] - self.path[0]

    @property
    def _is_line(self) -> bool:
        return not self.closed and not self.curved and bool(self.stroke)

    @property
    def colour(self) -> str | None:
        """Its fill, else its line's colour."""
        return self.fill or self.stroke


@dataclass(frozen=True)
class _State:
    """The part of the graphics state that matters here (8.4)."""

    matrix: pikepdf.Matrix
    fill: str = "#000000"
    stroke: str = "#000000"
    width: float = 1.0
    dash: tuple[float, ...] = ()


def page_shapes(pdf: pikepdf.Pdf) -> list[list[Shape]]:
    """Return the shapes of each page, in the order in which they are painted."""
    figures = _figures(pdf)
    out = []
    for page in pdf.pages:
        left, _, _, top = (float(side) for side in page.mediabox)
        matrix = pikepdf.Matrix(1, 0, 0, -1, -left, top)
        known = figures.get(page.obj.objgen, {})
        out.append(list(_walk(page, page.obj.get("/Resources"), _State(matrix), known, False)))
    return out


def _figures(pdf: pikepdf.Pdf) -> dict[tuple[int, int], dict[int, Figure]]:
    """Return, of each page's object, which marked content belongs to a figure of which alternative text."""
    out: dict[tuple[int, int], dict[int, Figure]] = {}

    count = 0

    def look(node: Any, page: Any, figure: Figure) -> None:
        nonlocal count
        page = node.get("/Pg", page)
        if str(node.get("/S", "")) == "/Figure":
            count += 1
            figure = count, str(node.get("/Alt", ""))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                place = page if isinstance(kid, int) else kid.get("/Pg", page)
                number = kid if isinstance(kid, int) else int(kid.MCID)
                if figure is not NONE:
                    out.setdefault(place.objgen, {})[number] = figure
            elif kid.get("/Type") != "/OBJR":
                look(kid, page, figure)

    if "/StructTreeRoot" in pdf.Root:
        look(pdf.Root.StructTreeRoot, None, NONE)
    return out


def _walk(
    content: Any, resources: Any, state: _State, figures: Mapping[int, Figure], form: bool
) -> Iterator[Shape]:
    """Yield the shapes of a page or form."""
    states: list[_State] = []
    marks: list[Figure | None] = []
    pen = _Pen()
    for instruction in pikepdf.parse_content_stream(content):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "q":
            states.append(state)
        elif name == "Q":
            state = states.pop()
        elif name == "cm":
            state = replace(state, matrix=pikepdf.Matrix(*map(float, operands)) @ state.matrix)
        elif name in ("BDC", "BMC"):
            marks.append(_figure(operands, resources, figures) if name == "BDC" else None)
        elif name == "EMC":
            marks.pop()
        elif name == "Do":
            yield from _entered(resources.XObject[str(operands[0])], resources, state)
        elif name in _PAINTS:
            figure = next((mark for mark in reversed(marks) if mark is not None), NONE)
            yield from pen.painted(state, *_PAINTS[name], figure, form)
        elif not pen.draw(name, operands, state):
            state = _changed(state, name, operands)


def _entered(thing: Any, resources: Any, state: _State) -> Iterator[Shape]:
    if thing.get("/Subtype") == "/Form":
        matrix = pikepdf.Matrix(*map(float, thing.get("/Matrix", (1, 0, 0, 1, 0, 0))))
        inner = replace(state, matrix=matrix @ state.matrix)
        yield from _walk(thing, thing.get("/Resources", resources), inner, {}, True)


def _figure(operands: Any, resources: Any, figures: Mapping[int, Figure]) -> Figure | None:
    properties = operands[1]
    if isinstance(properties, pikepdf.Name):
        properties = resources.Properties[str(properties)]
    return figures.get(int(properties.MCID)) if "/MCID" in properties else None


def _changed(state: _State, name: str, operands: Any) -> _State:
    """Return the state after an operator that sets the line or a colour."""
    if name == "w":
        scale = abs(state.matrix.a * state.matrix.d - state.matrix.b * state.matrix.c) ** 0.5
        return replace(state, width=float(operands[0]) * scale)
    if name == "d":
        return replace(state, dash=tuple(map(float, operands[0])))
    if name in _COLOURS:
        colour = _colour(operands)
        return replace(state, stroke=colour) if name.isupper() else replace(state, fill=colour)
    return state


def _colour(operands: Any) -> str:
    """Return the colour of one, three or four components; 'pattern' for a pattern."""
    if any(isinstance(part, pikepdf.Name) for part in operands):
        return "pattern"
    parts = [float(part) for part in operands]
    if len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    elif len(parts) == 1:
        parts *= 3
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


class _Pen:
    """Collects the subpaths between two painting operators (8.5.2)."""

    def __init__(self) -> None:
        self._paths: list[tuple[list[Point], bool, bool]] = []  # corners, closed, curved

    def draw(self, name: str, operands: Any, state: _State) -> bool:
        """Add to the path; return whether the operator is one that does."""
        if name not in ("m", "l", "c", "v", "y", "h", "re"):
            return False
        numbers = [float(number) for number in operands]
        if name == "re":
            x, y, w, h = numbers
            corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
            self._paths.append(([_moved(state, corner) for corner in corners], True, False))
        elif name == "m":
            self._paths.append(([_moved(state, (numbers[0], numbers[1]))], False, False))
        elif self._paths:
            points, _, curved = self._paths.pop()
            if name == "h":
                self._paths.append((points, True, curved))
            else:
                points.append(_moved(state, (numbers[-2], numbers[-1])))
                self._paths.append((points, False, curved or name != "l"))
        return True

    def painted(
        self, state: _State, closes: bool, fills: bool, strokes: bool, figure: Figure, form: bool
    ) -> Iterator[Shape]:
        """Yield what is painted, and begin anew."""
        for points, closed, curved in self._paths if fills or strokes else ():
            yield Shape(
                tuple(points),
                closed or closes or fills,
                curved,
                state.fill if fills else None,
                state.stroke if strokes else None,
                state.width,
                state.dash,
                figure[1],
                figure[0],
                form,
            )
        self._paths = []


def _moved(state: _State, point: Point) -> Point:
    x, y = state.matrix.transform(point)
    return float(x), float(y)


def rectangles(shapes: Sequence[Shape], *colours: str) -> list[Shape]:
    """Return the upright rectangles, of some colours where given, in the order in which they are painted."""
    return [s for s in shapes if s.is_rectangle and (not colours or {s.fill, s.stroke} & {*colours})]
