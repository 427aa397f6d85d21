"""Where things stand on the pages of a finished PDF: words, folios and drawn shapes, as PDFium sees them.

All places are in points from the top left corner of the page, y downwards. Nothing here depends on how a
document codes its fonts, nests its forms or orders its streams.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium

FOLIO = re.compile(r"[ivxlc]+|\d+")
HEAD = 60.0  # points from the top edge: running heads stand above
SPACE = 1.2  # ems that part two phrases on one line
SOFT_HYPHENS = {0x02, 0xAD}  # PDFium gives U+0002 for a hyphen that parts a word at a line's end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Return whether a point lies inside, or outside by `slack` points at most."""
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack

    def meets(self, other: "Box") -> bool:
        """Return whether two rectangles have an area in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def enclosing(boxes: Sequence[Box]) -> Box:
    """Return the smallest rectangle around all of `boxes` (one at least)."""
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Character:
    """A drawn character; `baseline` is its y, `mcid` the number of its marked content (None: an artifact)."""

    text: str
    box: Box
    baseline: float
    size: float  # points, as drawn
    angle: float  # radians
    font: str  # PostScript name without the subset's tag
    colour: Colour
    mcid: int | None


@dataclass(frozen=True, slots=True)
class Word:
    """Characters between spaces, on one line."""

    text: str
    box: Box
    baseline: float
    size: float
    angle: float
    font: str
    colour: Colour
    mcid: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path: its corners and end points, how it is filled and stroked; `mcid` as of characters."""

    points: tuple[tuple[float, float], ...]
    box: Box
    curved: bool
    fill: Colour | None
    stroke: Colour | None
    line: float  # width of the stroke in points
    dashed: bool
    mcid: int | None


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """One page as it is seen: `index` from 0; `characters` has the spaces between words too."""

    index: int
    width: float
    height: float
    characters: tuple[Character, ...]
    words: tuple[Word, ...]
    shapes: tuple[Shape, ...]

    @property
    def text(self) -> str:
        """All words in their order, a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def folio(self) -> str:
        """The page's number as printed: what stands alone at the outer edge of the running head's line."""
        head = [w for w in self.words if w.box.bottom < HEAD and not w.angle]
        phrases = phrases_of(head)
        alone = [p for p in phrases if FOLIO.fullmatch(p.text)]
        assert len(alone) <= 1, f"page {self.index + 1} has several folios: {[p.text for p in alone]}"
        return alone[0].text if alone else ""

    def find(self, text: str) -> Box:
        """Return the place of words that stand once on the page, on one line or on several."""
        places = self.find_all(text)
        assert len(places) == 1, f"{text!r} stands {len(places)} times on page {self.index + 1}"
        return places[0]

    def find_all(self, text: str) -> list[Box]:
        """Return the places of words, wherever they stand one after the other on the page."""
        want = text.split()
        return [
            enclosing([w.box for w in self.words[i : i + len(want)]])
            for i in range(len(self.words) - len(want) + 1)
            if [w.text for w in self.words[i : i + len(want)]] == want
        ]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side on one line, without a wide gap between them."""

    text: str
    box: Box
    baseline: float
    words: tuple[Word, ...]


def phrases_of(words: Sequence[Word]) -> list[Phrase]:
    """Return words of one direction put together into phrases, from top to bottom, then left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.baseline, w.box.left)):
        if lines and abs(lines[-1][-1].baseline - word.baseline) < 0.5:
            lines[-1].append(word)
        else:
            lines.append([word])
    groups: list[list[Word]] = []
    for line in lines:
        line.sort(key=lambda w: w.box.left)
        for i, word in enumerate(line):
            if i and word.box.left - line[i - 1].box.right < SPACE * word.size:
                groups[-1].append(word)
            else:
                groups.append([word])
    return [
        Phrase(" ".join(w.text for w in g), enclosing([w.box for w in g]), g[0].baseline, tuple(g))
        for g in groups
    ]


@cache
def read_pages(document: bytes) -> tuple[PageGeometry, ...]:
    """Return what stands on each page of a PDF, where."""
    pdf = pypdfium2.PdfDocument(document)
    try:
        return tuple(_read_page(pdf[i], i) for i in range(len(pdf)))
    finally:
        pdf.close()


def _read_page(page: pypdfium2.PdfPage, index: int) -> PageGeometry:
    width, height = page.get_size()
    characters = tuple(_with_spaces(list(_characters(page, height))))
    words = tuple(_words(characters))
    return PageGeometry(
        index,
        width,
        height,
        characters,
        words,
        tuple(_shapes(page, height)),
    )


def _characters(page: pypdfium2.PdfPage, height: float) -> Iterator[Character]:
    """Yield a page's characters in PDFium's order, the spaces that it finds between words among them."""
    text = page.get_textpage()
    colour = [ctypes.c_uint() for _ in range(4)]
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = pdfium.FS_MATRIX()
    name = ctypes.create_string_buffer(200)
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        pdfium.FPDFText_GetFillColor(text, i, *colour)
        length = pdfium.FPDFText_GetFontInfo(text, i, name, 200, None)
        font = name.raw[: max(length - 1, 0)].decode("utf-8", "replace")
        scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        object_ = pdfium.FPDFText_GetTextObject(text, i)
        yield Character(
            "\u00ad" if code in SOFT_HYPHENS else chr(code),
            Box(left.value, height - top.value, right.value, height - bottom.value),
            height - y.value,
            pdfium.FPDFText_GetFontSize(text, i) * scale,
            max(pdfium.FPDFText_GetCharAngle(text, i), 0.0),
            re.sub(r"^[A-Z]{6}\+", "", font),
            (colour[0].value, colour[1].value, colour[2].value),
            _mcid(object_) if object_ else None,
        )


def _with_spaces(characters: list[Character]) -> Iterator[Character]:
    """Yield characters, each space that PDFium has put between two of one mark as a part of that mark."""
    mark: int | None = None
    for i, character in enumerate(characters):
        if character.text.isspace() and character.mcid is None:
            following = next((c.mcid for c in characters[i:] if not c.text.isspace()), None)
            yield replace(character, mcid=mark if mark == following else None)
        else:
            mark = character.mcid
            yield character


def _mcid(object_: object) -> int | None:
    number = pdfium.FPDFPageObj_GetMarkedContentID(object_)
    return number if number >= 0 else None


def _words(characters: Sequence[Character]) -> Iterator[Word]:
    """Yield the characters between spaces and ends of lines as words."""
    held: list[Character] = []
    for character in characters:
        if held and (character.text.isspace() or _parted(held[-1], character)):
            yield _word(held)
            held = []
        if not character.text.isspace():
            held.append(character)
    if held:
        yield _word(held)


def _parted(last: Character, following: Character) -> bool:
    """Return whether two characters stand on lines of their own (a raised figure does not)."""
    return not following.angle and abs(last.baseline - following.baseline) > 0.5 * last.size


def _word(characters: Sequence[Character]) -> Word:
    first = characters[0]
    return Word(
        "".join(c.text for c in characters),
        enclosing([c.box for c in characters]),
        first.baseline,
        first.size,
        first.angle,
        first.font,
        first.colour,
        first.mcid,
    )


Matrix = tuple[float, float, float, float, float, float]


def _shapes(page: pypdfium2.PdfPage, height: float) -> Iterator[Shape]:
    """Yield a page's paths, those in forms too, in the order in which they are drawn."""
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _paths(pdfium.FPDFPage_GetObject(page, i), height, (1, 0, 0, 1, 0, 0))


def _paths(object_: object, height: float, outer: Matrix) -> Iterator[Shape]:
    kind = pdfium.FPDFPageObj_GetType(object_)
    if kind not in (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH):
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(object_, own)
    matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        for i in range(pdfium.FPDFFormObj_CountObjects(object_)):
            yield from _paths(pdfium.FPDFFormObj_GetObject(object_, i), height, matrix)
        return
    points, curved = [], False
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(pdfium.FPDFPath_CountSegments(object_)):
        segment = pdfium.FPDFPath_GetPathSegment(object_, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        curved |= pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO
        a, b, c, d, e, f = matrix
        points.append((a * x.value + c * y.value + e, height - (b * x.value + d * y.value + f)))
    if not points:
        return
    mode, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    pdfium.FPDFPath_GetDrawMode(object_, mode, stroked)
    pdfium.FPDFPageObj_GetStrokeWidth(object_, width)
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    yield Shape(
        tuple(points),
        Box(min(xs), min(ys), max(xs), max(ys)),
        curved,
        _colour(object_, pdfium.FPDFPageObj_GetFillColor) if mode.value else None,
        _colour(object_, pdfium.FPDFPageObj_GetStrokeColor) if stroked.value else None,
        width.value * scale,
        pdfium.FPDFPageObj_GetDashCount(object_) > 0,
        _mcid(object_),
    )


def _times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix of `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _colour(object_: object, read: object) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    read(object_, red, green, blue, alpha)  # type: ignore[operator]
    return red.value, green.value, blue.value
