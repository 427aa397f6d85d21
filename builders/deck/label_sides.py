"""On which side of its point a line chart's label stands: where it meets no line, no point and no other
label."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["t", "b", "l", "r"]

ORDER: tuple[Side, ...] = ("t", "r", "b", "l")  # best first, where several are free
OFF = 8.0  # pt between a point and its label
STEPS = 12  # places along a stretch of line at which it is looked for under a label
_ON_LINE, _ON_LABEL, _OUTSIDE = 3.0, 40.0, 60.0  # what a meeting costs


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the chart, in points from the plot's lower left corner, and its label's width."""

    x: float
    y: float
    wide: float


@dataclass(frozen=True, slots=True)
class _Rect:
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.bottom < y < self.top

    def meets(self, other: "_Rect") -> bool:
        return (
            self.left < other.right and other.left < self.right
            and self.bottom < other.top and other.bottom < self.top
        )  # fmt: skip


def sides(spots: Sequence[Spot], size: float, width: float, high: float) -> list[Side]:
    """Return each label's side, chosen one after another. `width` and `high` are the plot's, in points."""
    path = _path(spots)
    taken: list[_Rect] = []
    out: list[Side] = []
    for number, spot in enumerate(spots):
        others = [other for i, other in enumerate(spots) if i != number]
        best = min(ORDER, key=lambda side: _cost(_rect(spot, side, size), path, others, taken, width, high))
        taken.append(_rect(spot, best, size))
        out.append(best)
    return out


def _rect(spot: Spot, side: Side, size: float) -> _Rect:
    x, y, half, tall = spot.x, spot.y, spot.wide / 2, size * 1.2
    if side == "t":
        return _Rect(x - half, y + OFF, x + half, y + OFF + tall)
    if side == "b":
        return _Rect(x - half, y - OFF - tall, x + half, y - OFF)
    left = x + OFF * 1.8 if side == "r" else x - OFF * 1.8 - spot.wide
    return _Rect(left, y - tall / 2, left + spot.wide, y + tall / 2)


def _cost(
    rect: _Rect,
    path: Sequence[tuple[float, float]],
    others: Sequence[Spot],
    taken: Sequence[_Rect],
    width: float,
    high: float,
) -> float:
    cost = _ON_LINE * sum(rect.holds(x, y) for x, y in path)
    cost += _ON_LABEL * sum(rect.meets(other) for other in taken)
    cost += _ON_LABEL * sum(rect.holds(other.x, other.y) for other in others)
    cost += _OUTSIDE * (rect.left < 0 or rect.bottom < 0)
    return cost + _OUTSIDE * (rect.right > width + 12 or rect.top > high + 24)


def _path(spots: Sequence[Spot]) -> list[tuple[float, float]]:
    """Return places along the line."""
    out = []
    for one, other in itertools.pairwise(spots):
        for step in range(STEPS + 1):
            part = step / STEPS
            out.append((one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part))
    return out
