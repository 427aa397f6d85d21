"""What a poster is drawn with: a list of marks at fixed places, in µm from the upper left corner."""

from dataclasses import dataclass

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
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
class Line:
    """A line through points; width and dashes in µm."""

    points: tuple[Point, ...]
    colour: str
    width: int
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed shape, filled, outlined or both."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    width: int = 0
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle, filled, outlined or both."""

    x: int
    y: int
    radius: int
    fill: str | None = None
    stroke: str | None = None
    width: int = 0


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle with a section's pattern."""

    x: int
    y: int
    width: int
    height: int
    pattern: str
    colour: str
    scale: float = 1.0


Mark = Words | Line | Shape | Ring | Patch


def box(x: int, y: int, width: int, height: int) -> tuple[Point, ...]:
    """Return a rectangle's corners from its upper left one."""
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)
