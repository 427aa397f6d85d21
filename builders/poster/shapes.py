"""What a poster is drawn with, in µm from the upper left corner: marks, and the direction of time."""

from dataclasses import dataclass

PosterPoint = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PosterWords:
    """A line of text on a baseline; `owner` names what it says something about, for the tags."""

    x: int
    y: int
    text: str
    weight: str  # of the sans: regular, semibold, bold, black
    size: float  # points
    colour: str
    align: str = "left"
    owner: str = ""
    tracking: float = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class PosterLine:
    """A line through points; width and dashes in µm."""

    points: tuple[PosterPoint, ...]
    colour: str
    width: int
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PosterShape:
    """A closed shape, filled, outlined or both."""

    points: tuple[PosterPoint, ...]
    fill: str | None = None
    stroke: str | None = None
    width: int = 0
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PosterRing:
    """A circle, filled, outlined or both."""

    x: int
    y: int
    radius: int
    fill: str | None = None
    stroke: str | None = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class PosterPatch:
    """A rectangle with a section's pattern."""

    x: int
    y: int
    width: int
    height: int
    pattern: str
    colour: str
    scale: float = 1.0


PosterMark = PosterWords | PosterLine | PosterShape | PosterRing | PosterPatch


def list_corners(x: int, y: int, width: int, height: int) -> tuple[PosterPoint, ...]:
    """Return a rectangle's corners from its upper left one."""
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


@dataclass(frozen=True, slots=True)
class TimeDirection:
    """Maps what runs along the axis and what lies across it to the sheet, both in µm from its upper left.

    Time runs from left to right, and labels stand above their line; `upright`, it runs from top to bottom,
    and labels stand right of their line. What lies across is counted from the top, or from the left.
    """

    upright: bool = False

    @property
    def away(self) -> int:
        """Return the direction from a line to its labels."""
        return 1 if self.upright else -1

    def place_point(self, along: int, across: int) -> PosterPoint:
        """Return a point of the sheet."""
        return (across, along) if self.upright else (along, across)

    def list_corners(self, start: int, end: int, near: int, far: int) -> tuple[PosterPoint, ...]:
        """Return the corners of what runs from `start` to `end`, and lies from `near` to `far`."""
        return (
            self.place_point(start, near),
            self.place_point(end, near),
            self.place_point(end, far),
            self.place_point(start, far),
        )


LYING_DIRECTION = TimeDirection()
