"""Which way time runs on the sheet: across a landscape one, down an upright one, and the lanes with it."""

from dataclasses import dataclass

from builders.poster.marks import Point


@dataclass(frozen=True, slots=True)
class Turn:
    """Maps what runs along the axis and what lies across it to the sheet, both in µm from its upper left.

    Time runs from left to right, and labels stand above their line; `upright`, it runs from top to bottom,
    and labels stand right of their line. What lies across is counted from the top, or from the left.
    """

    upright: bool = False

    @property
    def away(self) -> int:
        """Return the direction from a line to its labels."""
        return 1 if self.upright else -1

    def at(self, along: int, across: int) -> Point:
        """Return a point of the sheet."""
        return (across, along) if self.upright else (along, across)

    def box(self, start: int, end: int, near: int, far: int) -> tuple[Point, ...]:
        """Return the corners of what runs from `start` to `end`, and lies from `near` to `far`."""
        return self.at(start, near), self.at(end, near), self.at(end, far), self.at(start, far)


LYING = Turn()
