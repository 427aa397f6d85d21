"""Dense years: the windows of time whose labels no few rows can hold, and that ask for an inset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.dates import civil, day_number
from builders.timeline.scale import Scale

MONTHS = 18  # the longest window
DOMAIN_PART = 60  # ... or this part of the whole scale, where that is longer
MOST_ROWS = 3  # a lane that needs more within a window asks for an inset
LEAST_EVENTS = 6
FILLED = 0.6  # of a row: what labels take at best
_DAYS_IN_MONTH = 30.4369  # of the mean Gregorian year


@dataclass(frozen=True, slots=True)
class Mark:
    """An event as the windows see it: its days, its lane, its label's length along the axis (µm)."""

    key: str
    first: int
    last: int
    lane: str
    along: int


@dataclass(frozen=True, slots=True)
class Window:
    """Days `first` to `last`, whole months, and the keys of the events that lie within."""

    first: int
    last: int
    keys: tuple[str, ...]


def dense(marks: Sequence[Mark], scale: Scale, reach: int, most: int = 1) -> tuple[Window, ...]:
    """Return up to `most` windows, in time order, where some lane would need more than three rows.

    A lane needs as many rows as its labels within the window are longer than the room they can use: the
    window's own length, and `reach` (µm) on both sides. Of the windows that do, the one with the most events
    is taken (the shorter, the earlier of equals), then the next beside it.
    """
    found: list[Window] = []
    left = sorted(marks, key=lambda mark: (mark.first, mark.last, mark.key))
    while len(found) < most and (window := _densest(left, scale, reach)):
        found.append(window)
        left = [mark for mark in left if mark.last < window.first or mark.first > window.last]
    return tuple(sorted(found, key=lambda w: w.first))


def _densest(marks: list[Mark], scale: Scale, reach: int) -> Window | None:
    best: tuple[int, int, int] | None = None
    chosen: Window | None = None
    for first, inside in _windows(marks, _months(scale)):
        if len(inside) < LEAST_EVENTS or _rows(inside, scale, reach) <= MOST_ROWS:
            continue
        last = _month_end(max(mark.last for mark in inside))
        rank = (-len(inside), last - first, first)
        if best is None or rank < best:
            best, chosen = rank, Window(first, last, tuple(mark.key for mark in inside))
    return chosen


def _months(scale: Scale) -> int:
    return max(MONTHS, int((scale.last + 1 - scale.first) / DOMAIN_PART / _DAYS_IN_MONTH))


def _windows(marks: list[Mark], months: int) -> Iterator[tuple[int, list[Mark]]]:
    """Give, for each month in which an event begins, the events of the window that begins there."""
    seen = -1
    for i, mark in enumerate(marks):
        year, month, _ = civil(mark.first)
        first = day_number(year, month, 1)
        if first == seen:
            continue
        seen = first
        end = day_number(year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1, 1)
        inside = []
        for other in marks[i:]:
            if other.first >= end:
                break
            if other.last < end:
                inside.append(other)
        yield first, inside


def _rows(inside: list[Mark], scale: Scale, reach: int) -> float:
    """Return how many rows the fullest lane would need."""
    length = scale.at(max(m.last for m in inside) + 1) - scale.at(min(m.first for m in inside))
    lanes: dict[str, int] = {}
    for mark in inside:
        lanes[mark.lane] = lanes.get(mark.lane, 0) + mark.along
    return max(lanes.values()) / (length + 2 * reach) / FILLED


def _month_end(day: int) -> int:
    year, month, _ = civil(day)
    return day_number(year + month // 12, month % 12 + 1, 1) - 1
