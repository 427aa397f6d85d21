"""Which way time runs on the sheet: across a landscape one, down an upright one, and the lanes with it."""

from dataclasses import dataclass

from builders.poster.shapes import PosterPoint


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
