"""Words of a PDF page with their places, fonts and colours, as PDFium reads them.

Places are in points from the page's left and top.
"""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on one line without a gap wider than a space: from `left` to `right`, on a `baseline`."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    colour: str

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def bold(self) -> bool:
        """Whether the font is heavier than the regular one."""
        return any(weight in self.font for weight in ("Semibold", "SemiBold", "Bold", "Black"))


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    colour: str
    spaced: bool  # whether a space stands before it


def page_words(data: bytes) -> list[list[Words]]:
    """Return the words of each page; a run ends where font or colour changes, or a gap is wide."""
    with pypdfium2.PdfDocument(data) as document:
        return [_joined(_letters(page)) for page in document]


def _letters(page: Any) -> list[_Letter]:
    text = page.get_textpage()
    height = page.get_height()
    out: list[_Letter] = []
    spaced = False
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text.raw, index) == 1:
            spaced = spaced or letter.isspace()
            continue
        left, _, right, _ = text.get_charbox(index, loose=True)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        size = float(pdfium.FPDFText_GetFontSize(text.raw, index))
        colour, font = _colour(text, index), _font(text, index)
        out.append(_Letter(letter, left, right, height - y.value, size, font, colour, spaced))
        spaced = False
    return out


def _font(text: Any, index: int) -> str:
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text.raw, index, None, 0, flags)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(text.raw, index, buffer, length, flags)
    return buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode()


def _colour(text: Any, index: int) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text.raw, index, red, green, blue, alpha)
    return f"#{red.value:02X}{green.value:02X}{blue.value:02X}"


def _joined(letters: list[_Letter]) -> list[Words]:
    out: list[Words] = []
    run: list[_Letter] = []
    for letter in letters:
        if run:
            last = run[-1]
            same = (last.font, last.colour, last.size) == (letter.font, letter.colour, letter.size)
            gap = letter.left - last.right
            near = -letter.size < gap < 0.6 * letter.size  # the letters of a ligature share its box
            if not (same and near and abs(last.baseline - letter.baseline) < 0.1):
                out.append(_words(run))
                run = []
        run.append(letter)
    return [*out, _words(run)] if run else out


def _words(run: list[_Letter]) -> Words:
    first = run[0]
    text = first.text + "".join((" " if letter.spaced else "") + letter.text for letter in run[1:])
    return Words(text, first.left, run[-1].right, first.baseline, first.size, first.font, first.colour)
