"""Dense years: the windows of time whose labels no few rows can hold, and that ask for an inset."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.language.dates import compute_civil_date, compute_day_number
from builders.timeline.scale import Scale

MONTHS = 18  # the longest window
DOMAIN_PART = 60  # ... or this part of the whole scale, where that is longer
MOST_ROWS = 3.0  # a lane that needs more within a window asks for an inset
LEAST_EVENTS = 6
FILLED = 0.6  # of a row: what labels take at best
_SLACK = 400  # days: so much longer a window may be for another event or two
_DAYS_IN_MONTH = 30.4369  # of the mean Gregorian year


@dataclass(frozen=True, slots=True)
class EventMark:
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


def find_dense_windows(
    marks: Sequence[EventMark], scale: Scale, reach: int, most: int = 1, rows: float = MOST_ROWS
) -> tuple[Window, ...]:
    """Return up to `most` windows, in time order, where some lane would need more than so many rows.

    A lane needs as many rows as its labels within the window are longer than the room they can use: the
    window's own length, and `reach` (µm) on both sides. Of the windows that do, the one that magnifies most
    events furthest is taken (the earlier of equals), then the next beside it.
    """
    found: list[Window] = []
    left = sorted(marks, key=lambda mark: (mark.first, mark.last, mark.key))
    while len(found) < most and (window := _find_densest(left, scale, reach, rows)):
        found.append(window)
        left = [mark for mark in left if mark.last < window.first or mark.first > window.last]
    return tuple(sorted(found, key=lambda w: w.first))


def _find_densest(marks: list[EventMark], scale: Scale, reach: int, rows: float) -> Window | None:
    best: tuple[float, int] | None = None
    chosen: Window | None = None
    for first, inside in _list_windows(marks, _count_months(scale)):
        lanes: dict[str, int] = {}
        fullest, low = 0, scale.last
        for count, mark in enumerate(inside, 1):
            low = min(low, mark.first)
            lanes[mark.lane] = lanes.get(mark.lane, 0) + mark.along
            fullest = max(fullest, lanes[mark.lane])
            if count < LEAST_EVENTS or (count < len(inside) and inside[count].last == mark.last):
                continue
            last = _find_month_end(mark.last)
            rank = (-count * count / (last - first + _SLACK), first)
            room = scale.place_day(mark.last + 1) - scale.place_day(low) + 2 * reach
            if (best is None or rank < best) and fullest > rows * FILLED * room:
                best, chosen = rank, Window(first, last, tuple(m.key for m in inside[:count]))
    return chosen


def _count_months(scale: Scale) -> int:
    return max(MONTHS, int((scale.last + 1 - scale.first) / DOMAIN_PART / _DAYS_IN_MONTH))


def _list_windows(marks: list[EventMark], months: int) -> Iterator[tuple[int, list[EventMark]]]:
    """Give, for each month in which an event begins, the events of the window there, by their ends."""
    seen = -1
    for i, mark in enumerate(marks):
        year, month, _ = compute_civil_date(mark.first)
        first = compute_day_number(year, month, 1)
        if first == seen:
            continue
        seen = first
        end = compute_day_number(year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1, 1)
        inside = []
        for other in marks[i:]:
            if other.first >= end:
                break
            if other.last < end:
                inside.append(other)
        yield first, sorted(inside, key=lambda mark: (mark.last, mark.first, mark.key))


def _find_month_end(day: int) -> int:
    year, month, _ = compute_civil_date(day)
    return compute_day_number(year + month // 12, month % 12 + 1, 1) - 1
