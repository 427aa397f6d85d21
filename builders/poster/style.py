"""How the poster looks: the sizes of its sheets, how its measures grow with them, and its colours."""

from dataclasses import dataclass

from builders.poster.options import PosterOptions
from builders.theme.papers import PAPER_SIZES, UM_PER_MM
from builders.theme.theme import Theme

_LEAST_WALL_WIDTH = PAPER_SIZES["a2"].long  # a sheet of this width or more hangs on a wall
LEAST_POINTS = 9.0  # below A2, which is read in the hand
_BLACK, _WHITE, _PALE = "#000000", "#FFFFFF", "#9A9A9A"


@dataclass(frozen=True, slots=True)
class SheetSize:
    """A sheet: its name, width and height in µm, and its unit, the ratio of its measures to A2's."""

    name: str
    width: int
    height: int
    unit: float
    wall: bool

    def convert_mm(self, length: float) -> int:
        """Return µm on this sheet for a length in millimetres on A2."""
        return round(length * UM_PER_MM * self.unit)

    def limit_size(self, points: float) -> float:
        """Return the smallest size of type, in points: as given on a wall, in proportion in the hand."""
        return points if self.wall else max(LEAST_POINTS, round(points * self.unit, 1))

    def grow_size(self, points: float) -> float:
        """Return a size of type that grows with the sheet, and is never smaller than the smallest."""
        return max(self.limit_size(points), points * self.unit)


def make_sheet_size(name: str, portrait: bool) -> SheetSize:
    """Return the sheet called `name` (a0 to a3, tabloid)."""
    short, long = PAPER_SIZES[name]
    unit = min(long / PAPER_SIZES["a2"].long, short / PAPER_SIZES["a2"].short)
    width, height = (short, long) if portrait else (long, short)
    return SheetSize(name.capitalize(), width, height, unit, long >= _LEAST_WALL_WIDTH)


def list_units(sheet: SheetSize) -> tuple[float, ...]:
    """Return the units to try, largest first: a crowded sheet has smaller heads and signs.

    On a wall the title stays at 72 points or more, which is 0.86 of what it is on A2.
    """
    least = min(0.86, sheet.unit * 0.86)
    return sheet.unit, (sheet.unit + least) / 2, least


def compute_reading_distance(points: float) -> float:
    """Return how far off type of this size is read, in metres: 14 pt at one metre.

    An x-height of 2.4 mm under 8.3 minutes of arc, a little over what signs are designed for (DIN 1450).
    """
    return points / 14


@dataclass(frozen=True, slots=True)
class PosterColours:
    """The colours by their jobs."""

    ink: str
    ink2: str
    hair: str
    red: str
    band: str
    ground: str
    hues: tuple[str, ...]
    patterns: tuple[str, ...]

    def get_hue(self, section: int) -> str:
        """Return the hue of a section (0-based)."""
        return self.hues[section % len(self.hues)]

    def get_pattern(self, section: int) -> str:
        """Return the pattern of a section (0-based)."""
        return self.patterns[section % len(self.patterns)]


def choose_colours(theme: Theme, options: PosterOptions) -> PosterColours:
    """Return the inks: `grey` is black with grey hairlines, `proof` nothing but black and white."""
    patterns = tuple(section.pattern for section in theme.sections)
    if options.grey or options.proof:
        hair = _BLACK if options.proof else _PALE
        return PosterColours(
            _BLACK, _BLACK, hair, _BLACK, _WHITE, _WHITE, (_BLACK,) * len(patterns), patterns
        )
    p = theme.palette
    hues = tuple(section.hue for section in theme.sections)
    return PosterColours(p.ink, p.ink2, p.hair, p.red, p.band, p.white, hues, patterns)
