"""Sizes of paper, and how its units turn into one another: the one place for both."""

from typing import NamedTuple

UM_PER_MM = 1000  # µm in a millimetre
UM_PER_POINT = 25400 / 72  # µm in a point (1/72 inch)
POINTS_PER_MM = 72 / 25.4  # points in a millimetre
EMU_PER_POINT = 12700  # English metric units (ECMA-376: 914,400 an inch) in a point


class PaperSize(NamedTuple):
    """The sides of a paper, in µm."""

    short: int
    long: int

    @property
    def short_mm(self) -> float:
        """The shorter side in millimetres."""
        return self.short / UM_PER_MM

    @property
    def long_mm(self) -> float:
        """The longer side in millimetres."""
        return self.long / UM_PER_MM


PAPER_SIZES = {  # ISO 216; ANSI/ASME Y14.1
    "a0": PaperSize(841_000, 1_189_000),
    "a1": PaperSize(594_000, 841_000),
    "a2": PaperSize(420_000, 594_000),
    "a3": PaperSize(297_000, 420_000),
    "a4": PaperSize(210_000, 297_000),
    "letter": PaperSize(215_900, 279_400),
    "tabloid": PaperSize(279_400, 431_800),
}
OFFICE_PAPERS = ("a4", "letter")  # what a school's printer holds: the guide's pages, the poster's sheets
POSTER_PAPERS = ("a0", "a1", "a2", "a3", "tabloid")
