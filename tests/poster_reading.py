"""An independent reader of drawn pages: lines of text with their places, and shapes with their colours.

All lengths are millimetres from the upper left corner of the page, sizes of type are points. Text is read by
PDFium, shapes are read from the content stream with its graphics state (ISO 32000-1, 8.4), forms entered.
"""

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

MM = 72 / 25.4  # points in a millimetre
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
_KINDS = ("black", "semibold", "bold", "regular")


@dataclass(frozen=True)
class Run:
    """Words of one face, size and colour on one baseline, next to each other."""

    text: str
    left: float
    right: float
    base: float
    size: float  # points
    face: str  # black, semibold, bold or regular
    colour: str
    turned: bool = False


@dataclass(frozen=True)
class Shape:
    """A painted path: its subpaths' corners, its fill and stroke, and in which order it came."""

    paths: tuple[tuple[Point, ...], ...]
    closed: bool
    curved: bool
    fill: str | None
    stroke: str | None
    width: float
    dash: tuple[float, ...]
    order: int
    nested: bool = False  # in a form that the page places

    @cached_property
    def box(self) -> Box:
        """What the corners and handles of the path reach."""
        xs, ys = zip(*(p for path in self.paths for p in path), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def middle(self) -> Point:
        """The middle of the box."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    @cached_property
    def segment(self) -> tuple[Point, Point] | None:
        """The two ends, where the shape is one stroked straight line."""
        if self.fill or not self.stroke or len(self.paths) != 1 or len(self.paths[0]) != 2:
            return None
        return self.paths[0][0], self.paths[0][1]


@dataclass(frozen=True)
class Drawn:
    """A page as it is drawn."""

    width: float
    height: float
    runs: tuple[Run, ...]
    shapes: tuple[Shape, ...]

    def find(self, text: str, face: str = "") -> tuple[Run, ...]:
        """Return the runs that say exactly this."""
        return tuple(r for r in self.runs if r.text == text and (not face or r.face == face))

    def colours(self) -> set[str]:
        """Return all colours that text and shapes are painted with."""
        inks = {ink for s in self.shapes for ink in (s.fill, s.stroke) if ink}
        return inks | {run.colour for run in self.runs}


@cache
def read_page(data: bytes, index: int = 0) -> Drawn:
    """Return a page as it is drawn."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[index]
        left, bottom, right, top = (float(v) for v in page.mediabox)
        walk = _Walk(top, left)
        walk.enter(page, page.Resources)
    return Drawn((right - left) / MM, (top - bottom) / MM, tuple(_runs(data, index, top)), tuple(walk.shapes))


def count_pages(data: bytes) -> int:
    """Return how many pages a document has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def render_part(data: bytes, index: int, box: Box, dpi: float) -> Image.Image:
    """Return what PDFium paints within a box of a page."""
    document = pypdfium2.PdfDocument(data)
    page = document[index]
    wide, high = page.get_size()
    left, top, right, bottom = (v * MM for v in box)
    crop = (left, high - bottom, wide - right, top)
    image: Image.Image = page.render(scale=dpi / 72, crop=crop).to_pil().convert("RGB")
    document.close()
    return image


# -- text ----------------------------------------------------------------------------------------------------


def _runs(data: bytes, index: int, height: float) -> Iterator[Run]:
    document = pypdfium2.PdfDocument(data)
    page = document[index]
    text = page.get_textpage()
    run: Run | None = None
    for i in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, i)).replace("\u00a0", " ")
        if letter in "\r\n" or pdfium.FPDFText_IsGenerated(text, i):
            continue
        one = _letter(text, i, letter, height)
        if run is not None and _follows(run, one):
            run = replace(run, text=run.text + one.text, right=one.right)
            continue
        if run is not None and run.text.strip():
            yield _stripped(run)
        run = one
    if run is not None and run.text.strip():
        yield _stripped(run)
    document.close()


def _letter(text: Any, i: int, letter: str, height: float) -> Run:
    x, y, matrix, loose = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetCharOrigin(text, i, x, y)
    pdfium.FPDFText_GetMatrix(text, i, matrix)
    pdfium.FPDFText_GetLooseCharBox(text, i, loose)
    ink = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, i, *ink)
    turned = abs(matrix.b) > abs(matrix.a)
    size = pdfium.FPDFText_GetFontSize(text, i) * (matrix.b**2 + matrix.a**2) ** 0.5
    colour = "#" + "".join(f"{channel.value:02X}" for channel in ink[:3])
    left, right, base = x.value / MM, loose.right / MM, (height - y.value) / MM
    if turned:  # read from the side: upwards
        left, right, base = y.value / MM, loose.top / MM, x.value / MM
    return Run(letter, left, right, base, size, _face(text, i), colour, turned)


def _face(text: Any, i: int) -> str:
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, i, None, 0, flags)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(text, i, name, length, flags)
    told = name.value.decode("latin-1").lower()
    return next((kind for kind in _KINDS if kind in told), "regular")


def _follows(run: Run, one: Run) -> bool:
    same = (run.face, run.colour, run.turned) == (one.face, one.colour, one.turned)
    em = run.size / MM
    near = abs(run.base - one.base) < 0.02 and -0.3 * em < one.left - run.right < 0.12 * em
    return same and near and abs(run.size - one.size) < 0.01


def _stripped(run: Run) -> Run:
    """Return the run without what stands for the space at its end."""
    spaces = len(run.text) - len(run.text.rstrip(" "))
    right = run.right - spaces * 0.2 * run.size / MM  # the sans's space is a fifth of an em
    return replace(run, text=run.text.strip(" "), right=right)


# -- shapes --------------------------------------------------------------------------------------------------

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """Return `one` followed by `other` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, k, l = other  # noqa: E741
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l


@dataclass(frozen=True)
class _State:
    matrix: _Matrix = _IDENTITY
    fill: str = "#000000"
    stroke: str = "#000000"
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass
class _Walk:
    """Walks a content stream; keeps the graphics state and what was painted."""

    top: float
    left: float
    shapes: list[Shape] = field(default_factory=list)
    state: _State = _State()
    paths: list[list[Point]] = field(default_factory=list)
    curved: bool = False
    closed: bool = False
    depth: int = 0

    def enter(self, stream: Any, resources: Any) -> None:
        """Walk a page's or a form's content."""
        stack: list[_State] = []
        for instruction in pikepdf.parse_content_stream(stream):
            name, operands = str(instruction.operator), instruction.operands
            if name == "q":
                stack.append(self.state)
            elif name == "Q":
                self.state = stack.pop()
            elif name == "Do":
                self._do(resources.XObject[str(operands[0])], resources)
            elif name in _PAINTS:
                self._paint(*_PAINTS[name])
            elif name in _COLOURS:
                self._colour(name, operands)
            else:
                self._step(name, operands)

    def _do(self, form: Any, resources: Any) -> None:
        if form.Subtype != "/Form":
            return
        before = self.state
        own = [float(v) for v in form.get("/Matrix", _IDENTITY)]
        self.state = replace(
            before, matrix=_times((own[0], own[1], own[2], own[3], own[4], own[5]), before.matrix)
        )
        self.depth += 1
        self.enter(form, form.get("/Resources", resources))
        self.depth -= 1
        self.state = before

    def _step(self, name: str, operands: Any) -> None:
        """Take an operator that changes the state or the path."""
        if name in ("cm", "w", "d"):
            if name == "d":
                self.state = replace(self.state, dash=tuple(float(v) for v in operands[0]))
                return
            v = [float(one) for one in operands]
            if name == "w":
                self.state = replace(self.state, width=v[0])
            else:
                matrix = _times((v[0], v[1], v[2], v[3], v[4], v[5]), self.state.matrix)
                self.state = replace(self.state, matrix=matrix)
        elif name in ("m", "l", "c", "v", "y", "re"):
            self._draw(name, [float(one) for one in operands])
        elif name == "h":
            self.closed = True

    def _draw(self, name: str, v: Sequence[float]) -> None:
        if name == "re":
            x, y, w, h = v
            self.paths.append([self._at(*p) for p in ((x, y), (x + w, y), (x + w, y + h), (x, y + h))])
            self.closed = True
        elif name == "m":
            self.paths.append([self._at(v[0], v[1])])
        elif name == "l":
            self.paths[-1].append(self._at(v[0], v[1]))
        else:  # a curve's end: the handles do not lie on it
            self.paths[-1].append(self._at(v[-2], v[-1]))
            self.curved = True

    def _at(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self.state.matrix
        return (a * x + c * y + e - self.left) / MM, (self.top - (b * x + d * y + f)) / MM

    def _colour(self, name: str, operands: Any) -> None:
        colour = _hex([float(v) for v in operands if not isinstance(v, pikepdf.Name)])
        if name.isupper():
            self.state = replace(self.state, stroke=colour)
        else:
            self.state = replace(self.state, fill=colour)

    def _paint(self, fill: bool, stroke: bool, close: bool) -> None:
        s = self.state
        scale = abs(s.matrix[0] * s.matrix[3] - s.matrix[1] * s.matrix[2]) ** 0.5 / MM
        paths = tuple(tuple(_open(path)) for path in self.paths if path)
        if paths and (fill or stroke):
            self.shapes.append(
                Shape(
                    paths,
                    self.closed or close,
                    self.curved,
                    s.fill if fill else None,
                    s.stroke if stroke else None,
                    s.width * scale if stroke else 0.0,
                    tuple(d * scale for d in s.dash) if stroke else (),
                    len(self.shapes),
                    self.depth > 0,
                )
            )
        self.paths, self.curved, self.closed = [], False, False


def _open(path: Sequence[Point]) -> Sequence[Point]:
    """Return a path's corners without the first one again at its end."""
    return path[:-1] if len(path) > 2 and path[0] == path[-1] else path


# operator: fills, strokes, closes
_PAINTS = {
    "f": (True, False, False), "F": (True, False, False), "f*": (True, False, False),
    "S": (False, True, False), "s": (False, True, True), "n": (False, False, False),
    "B": (True, True, False), "B*": (True, True, False), "b": (True, True, True), "b*": (True, True, True),
}  # fmt: skip
_COLOURS = {"g", "rg", "k", "sc", "scn", "G", "RG", "K", "SC", "SCN"}


def _hex(values: Sequence[float]) -> str:
    """Return a colour of one, three or four channels as '#RRGGBB'; of none (a pattern) as 'pattern'."""
    if len(values) == 1:
        values = [values[0]] * 3
    elif len(values) == 4:
        values = [(1 - v) * (1 - values[3]) for v in values[:3]]
    return "#" + "".join(f"{round(v * 255):02X}" for v in values) if values else "pattern"
