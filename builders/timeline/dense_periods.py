"""Where labels are dense: about how many rows they need, and the windows of time that ask for an inset.

`estimate_rows`, `estimate_crowding` and `list_row_tiers` tell how many rows labels need and how high the rows
can be; `find_dense_windows` names the periods that no few rows can hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.language.dates import compute_civil_date, compute_day_number
from builders.timeline.labels import LabelArea, TimelineLabel
from builders.timeline.scale import Scale
from builders.timeline.slots import FILLED, measure_shortest_box, measure_stretch

MONTHS = 18  # the longest window
DOMAIN_PART = 60  # ... or this part of the whole scale, where that is longer
MOST_ROWS = 3.0  # a lane that needs more within a window asks for an inset
LEAST_EVENTS = 6
_SLACK = 400  # days: so much longer a window may be for another event or two
_DAYS_IN_MONTH = 30.4369  # of the mean Gregorian year
TIER = 0.88  # heights nearer to each other than this are one
FINE_TIER = 0.95  # ... of columns, where there are few of them and each is a lane's width


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
    left = sorted(marks, key=lambda mark: (mark.first, mark.last))
    while len(found) < most and (window := _find_densest(left, scale, reach, rows)):
        found.append(window)
        left = [mark for mark in left if mark.last < window.first or mark.first > window.last]
    return tuple(sorted(found, key=lambda w: w.first))


def _find_densest(marks: list[EventMark], scale: Scale, reach: int, rows: float) -> Window | None:
    best: tuple[float, int] | None = None
    chosen: Window | None = None
    for first, inside in _list_windows(marks, _count_months(scale), scale.julian):
        lanes: dict[str, int] = {}
        fullest, low = 0, scale.last
        for count, mark in enumerate(inside, 1):
            low = min(low, mark.first)
            lanes[mark.lane] = lanes.get(mark.lane, 0) + mark.along
            fullest = max(fullest, lanes[mark.lane])
            if count < LEAST_EVENTS or (count < len(inside) and inside[count].last == mark.last):
                continue
            last = _find_month_end(mark.last, scale.julian)
            rank = (-count * count / (last - first + _SLACK), first)
            room = scale.place_day(mark.last + 1) - scale.place_day(low) + 2 * reach
            if (best is None or rank < best) and fullest > rows * FILLED * room:
                best, chosen = rank, Window(first, last, tuple(m.key for m in inside[:count]))
    return chosen


def _count_months(scale: Scale) -> int:
    return max(MONTHS, int((scale.last + 1 - scale.first) / DOMAIN_PART / _DAYS_IN_MONTH))


def _list_windows(marks: list[EventMark], months: int, julian: bool) -> Iterator[tuple[int, list[EventMark]]]:
    """Give, for each month in which an event begins, the events of the window there, by their ends."""
    seen = -1
    for i, mark in enumerate(marks):
        year, month, _ = compute_civil_date(mark.first, julian=julian)
        first = compute_day_number(year, month, 1, julian=julian)
        if first == seen:
            continue
        seen = first
        ahead = month - 1 + months
        end = compute_day_number(year + ahead // 12, ahead % 12 + 1, 1, julian=julian)
        inside = []
        for other in marks[i:]:
            if other.first >= end:
                break
            if other.last < end:
                inside.append(other)
        yield first, sorted(inside, key=lambda mark: (mark.last, mark.first))


def _find_month_end(day: int, julian: bool) -> int:
    year, month, _ = compute_civil_date(day, julian=julian)
    return compute_day_number(year + month // 12, month % 12 + 1, 1, julian=julian) - 1


def estimate_rows(labels: Sequence[TimelineLabel], room: LabelArea) -> float:
    """Return about how many rows the labels need where they are most crowded.

    Measured in windows as long as labels can be moved.
    """
    return find_fullest_stretch(sorted(labels, key=lambda label: label.at), room, last=False)[0]


def estimate_crowding(labels: Sequence[TimelineLabel], room: LabelArea) -> dict[str, float]:
    """Return about how many rows are needed where each label stands, by key."""
    ordered = sorted(labels, key=lambda label: label.at)
    lengths = [measure_shortest_box(label, False) + room.gap for label in ordered]
    needed: dict[str, float] = {}
    total, i, j = 0, 0, 0
    for label in ordered:
        while j < len(ordered) and ordered[j].at <= label.at + room.reach:
            total += lengths[j]
            j += 1
        while ordered[i].at < label.at - room.reach:
            total -= lengths[i]
            i += 1
        needed[label.key] = total / measure_stretch(ordered[i].at, ordered[j - 1].at, room)
    return needed


def find_fullest_stretch(
    ordered: Sequence[TimelineLabel], room: LabelArea, last: bool, cap: int = 0
) -> tuple[float, Sequence[TimelineLabel]]:
    """Return how many rows (of height `cap`, if given) the fullest stretch needs, and its labels."""
    lengths = [measure_shortest_box(label, last, cap) + room.gap for label in ordered]
    most, total, i = (0.0, 0, 0), 0, 0
    for j, label in enumerate(ordered):
        total += lengths[j]
        while label.at - ordered[i].at > 2 * room.reach:
            total -= lengths[i]
            i += 1
        most = max(most, (total / measure_stretch(ordered[i].at, label.at, room), -i, j))
    return most[0], ordered[-most[1] : most[2] + 1]


def list_row_tiers(labels: Sequence[TimelineLabel], room: LabelArea) -> list[int]:
    """Return the heights, falling, that all rows could have: each label has a box that fits the lowest."""
    boxes = [[box.across for box in label.boxes if not box.last] for label in labels]
    if not all(boxes):
        return []
    least = max(min(heights) for heights in boxes)
    ordered = sorted({h for heights in boxes for h in heights if h >= least}, reverse=room.near)
    tiers: list[int] = []
    for height in ordered:
        if not tiers or (height < tiers[-1] * TIER if room.near else tiers[-1] < height * FINE_TIER):
            tiers.append(height)
    return tiers if room.near else tiers[::-1]
