"""A crowded stretch of an opener's axis: which labels ask for one, and the days that it enlarges."""

from collections.abc import Sequence
from dataclasses import dataclass

from builders.language.dates import Date

CROWD, FAR = 5, 90.0  # labels and points: so many, so far from their marks, are a crowd
UNITS_PER_POINT = 1000  # the timeline counts in whole thousandths


@dataclass(frozen=True, slots=True)
class MagnifiedWindow:
    """A stretch of time that is drawn larger, from `top` to `bottom`."""

    first: float
    last: float
    top: float
    bottom: float

    @classmethod
    def make_around(cls, dates: Sequence[Date], places: Sequence[int]) -> "MagnifiedWindow":
        """Return the window of events, a little wider than they are, beside their labels."""
        first, last = min(d.first for d in dates), max(d.first for d in dates) + 1
        pad = (last - first) * 0.03
        return cls(first - pad, last + pad, places[0] / UNITS_PER_POINT - 6, places[-1] / UNITS_PER_POINT + 6)

    def place_day(self, day: float) -> float:
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)


def find_crowd(wanted: Sequence[int], heights: Sequence[int], places: Sequence[int]) -> tuple[int, int]:
    """Return the labels (first, end) that stand close together and far from their marks; (0, 0): none do."""
    best = (0, 0)
    first = 0
    for i in range(len(places)):
        if i + 1 < len(places) and places[i + 1] - places[i] <= heights[i] + 1:
            continue
        apart = max(
            abs(place - want)
            for place, want in zip(places[first : i + 1], wanted[first : i + 1], strict=True)
        )
        wide = places[i] - places[first] > 2 * (wanted[i] - wanted[first])
        if (
            i + 1 - first >= CROWD
            and apart > FAR * UNITS_PER_POINT
            and wide
            and i + 1 - first > best[1] - best[0]
        ):
            best = (first, i + 1)
        first = i + 1
    return best
