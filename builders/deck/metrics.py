"""The advance widths of the deck's face, so that text is measured before any program lays it out.

The deck asks for Calibri. Carlito is its metric twin: the same advance widths, glyph for glyph, and the face
that LibreOffice and Google Slides put in Calibri's place. So one table of widths holds in all three programs.

`carlito.tsv` is made from the TrueType files of Debian's package fonts-crosextra-carlito, with ReportLab's
reader (run from the folder that holds carlito.tsv; the lines that begin with # are kept from the old file):

    from reportlab.pdfbase.ttfonts import TTFontFile
    faces = [TTFontFile(f"/usr/share/fonts/truetype/crosextra/Carlito-{style}.ttf").charWidths
             for style in ("Regular", "Bold", "Italic", "BoldItalic")]
    for code in sorted(set.intersection(*map(set, faces))):
        print(f"{code:X}", *(round(face[code] * 2.048) for face in faces), sep="\\t")
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

UNITS_PER_EM = 2048  # per em
LINE_HEIGHT = 1.2207  # em: (ascender 1536 + descender 512 + line gap 452) / 2048 in the face's hhea table
FALLBACK_LINE_HEIGHT = (
    1.4  # em: the tallest line of a face that stands in for a missing glyph (Segoe UI Emoji: 1.33)
)

# How wide faces run against Carlito, and no lower than their lines are high; others are taken to be wide.
_RELATIVE_WIDTHS = {
    "calibri": 1.0, "carlito": 1.0, "aptos": 1.13, "arial": 1.19, "cambria": 1.1, "candara": 1.08,
    "century gothic": 1.26, "corbel": 1.08, "garamond": 1.07, "georgia": 1.17, "gill sans mt": 1.08,
    "helvetica": 1.19, "lato": 1.13, "liberation sans": 1.19, "liberation serif": 1.07, "montserrat": 1.36,
    "open sans": 1.24, "roboto": 1.16, "segoe ui": 1.15, "source sans pro": 1.08, "tahoma": 1.13,
    "times new roman": 1.07, "trebuchet ms": 1.14, "verdana": 1.36,
}  # fmt: skip
UNKNOWN_RELATIVE_WIDTH = 1.25

_ZERO_WIDTH = frozenset(
    map(chr, (0x0009, 0x000A, 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF))
)


@dataclass(frozen=True, slots=True, eq=False)
class FaceMetrics:
    """One style of the face. `advances` is in units of 1/2048 em, by character."""

    advances: Mapping[str, int]
    known: dict[str, int]  # widths of words that were measured
    _lacking: dict[str, frozenset[str]]

    def measure_width(self, text: str) -> int:
        """Return the sum of the advances of `text` in 1/2048 em, without kerning or ligatures.

        A character that the face lacks counts as one em: another face will show it, and none is wider.
        """
        known = self.known.get(text)
        if known is None:
            known = sum(self.advances.get(character, _measure_absent(character)) for character in text)
            self.known[text] = known
        return known

    def find_lacking(self, text: str) -> frozenset[str]:
        """Return the characters of `text` that another face will have to show."""
        lacking = self._lacking.get(text)
        if lacking is None:
            lacking = frozenset(c for c in text if c not in self.advances and _measure_absent(c))
            self._lacking[text] = lacking
        return lacking


def find_relative_width(name: str) -> float | None:
    """Return how wide another face runs against Carlito, or None if it is not known."""
    return _RELATIVE_WIDTHS.get(name.casefold())


def get_face_metrics(bold: bool = False, italic: bool = False) -> FaceMetrics:
    """Return the style of Carlito that is asked for."""
    return _load_face_metrics()[bold + 2 * italic]


def _measure_absent(character: str) -> int:
    """Return the width of a character without a glyph: combining marks and joiners take no room."""
    if character in _ZERO_WIDTH or "\u0300" <= character <= "\u036f":
        return 0
    return UNITS_PER_EM


@cache
def _load_face_metrics() -> tuple[FaceMetrics, FaceMetrics, FaceMetrics, FaceMetrics]:
    columns: tuple[dict[str, int], ...] = ({}, {}, {}, {})
    for row in Path(__file__).with_name("carlito.tsv").read_text(encoding="ascii").splitlines():
        if row.startswith("#"):
            continue
        code, *widths = row.split("\t")
        for column, width in zip(columns, widths, strict=True):
            column[chr(int(code, 16))] = int(width)
    regular, bold, italic, bold_italic = (FaceMetrics(column, {}, {}) for column in columns)
    return regular, bold, italic, bold_italic
