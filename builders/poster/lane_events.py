"""Which events stand on which line: the lanes', and those of the dense years that are pulled out of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders.poster.content import PosterContent, PosterEvent
from builders.poster.label_text import make_label_sets
from builders.poster.lanes import (
    MOST_ROWS,
    StripAxis,
    StripStyle,
    make_labels_and_area,
    measure_row_height,
)
from builders.poster.shapes import TimeDirection
from builders.poster.style import SheetSize
from builders.timeline import EventMark, Scale, Window, estimate_rows, find_dense_windows

_MOST_DAYS_WITHOUT_YEARS = 550  # days of an inset: in more, no date is told without its year
_MOST_INSETS = 3  # at most
_LEAST_INSET_SHARE = 0.24  # of the insets' length: the shortest
_WINDOW_ROWS = 3.0  # a lane that needs more rows than this in a window asks for an inset
_WINDOW_COLUMNS = 1.2  # ... or columns


@dataclass(frozen=True, slots=True)
class LaneArea:
    """What the sheet leaves to the lanes, in µm: the axis, the insets' ends, and what lies across."""

    turn: TimeDirection
    axis: Scale
    low: int  # where labels may begin and end along the axis
    high: int
    inset_low: int  # where the insets' frames begin and end
    inset_high: int
    inset_head: int  # along the axis, for words at an inset's start
    depth: int  # of all lanes and insets; lying, of the key too
    lane_gap: int  # behind each lane, beside its own depth
    least_lane: int  # that a lane's name needs
    inset_frame: int  # an inset's depth without its rows
    key_width: int
    key_size: float  # points


@dataclass(frozen=True, slots=True)
class StripEvents:
    """The events of one strip, and where they go; an inset's has a window, and its frame two ends."""

    entries: tuple[PosterEvent, ...]
    bed: StripAxis
    style: StripStyle
    window: Window | None = None
    start: int = 0
    end: int = 0


def divide_events(
    course: PosterContent, size: SheetSize, frame: LaneArea, style: StripStyle
) -> list[StripEvents]:
    """Return the events of each lane, and at the end those of each inset.

    There are as many insets as make the whole need the least room.
    """
    windows = _find_windows(course, frame, style)
    least = 0 if frame.turn.upright else min(1, len(windows))
    tried = [
        _divide_by_windows(course, size, frame, style, windows[:n]) for n in range(least, len(windows) + 1)
    ]
    return min(tried, key=lambda groups: estimate_depth(frame, groups, 1.0))


def limit_rows(group: StripEvents) -> int:
    """Return the most rows that a strip may have; an inset, outside the lanes, may be deeper than they."""
    return MOST_ROWS + 3 if group.window else MOST_ROWS


def estimate_needed_rows(group: StripEvents) -> float:
    """Return about how many rows the events of a strip need for all to be told in words."""
    return _estimate_needed_rows(group.entries, group.bed, replace(group.style, digits=0))


@lru_cache(maxsize=2048)
def _estimate_needed_rows(entries: tuple[PosterEvent, ...], bed: StripAxis, style: StripStyle) -> float:
    return estimate_rows(*make_labels_and_area(entries, bed, style))


def estimate_depth(frame: LaneArea, groups: Sequence[StripEvents], factor: float) -> float:
    """Return about how deep the layout is, if the rows are `factor` of what crowding tells."""
    depth, deepest = float(measure_fixed_depth(frame, groups)), 0.0
    for group in groups:
        own = (
            factor
            * _estimate_likely_rows(estimate_needed_rows(group), frame)
            * measure_row_height(group.style)
        )
        if group.window:
            deepest = max(deepest, own)
        else:
            depth += max(0.0, own - frame.least_lane)
    return depth + deepest


def _estimate_likely_rows(crowd: float, frame: LaneArea) -> float:
    """Return how many rows a crowd is likely to need: a column that is nearly full soon needs a second."""
    return max(1.0, 2 * crowd - 1) if frame.turn.upright else crowd


def measure_fixed_depth(frame: LaneArea, groups: Sequence[StripEvents]) -> int:
    """Return the depth of what stands around the rows."""
    lanes = sum(group.window is None for group in groups)
    return lanes * (frame.least_lane + frame.lane_gap) + (frame.inset_frame if len(groups) > lanes else 0)


def _divide_by_windows(
    course: PosterContent, size: SheetSize, frame: LaneArea, style: StripStyle, windows: Sequence[Window]
) -> list[StripEvents]:
    inside = {key for window in windows for key in window.keys}
    bed = StripAxis(frame.axis, frame.low, frame.high)
    groups = [
        StripEvents(tuple(e for e in course.entries if e.lane == lane and e.key not in inside), bed, style)
        for lane in range(len(course.lanes))
    ]
    ordered = sorted(windows, key=lambda w: w.first)
    for window, (start, end) in zip(ordered, _place_inset_frames(ordered, size, frame), strict=True):
        entries = tuple(e for e in course.entries if e.key in window.keys)
        years = window.last - window.first > _MOST_DAYS_WITHOUT_YEARS
        own = replace(style, years=years, glyph=round(4400 * style.scale))
        groups.append(
            StripEvents(entries, _make_inset_axis(window, start, end, size, frame), own, window, start, end)
        )
    return groups


def _make_inset_axis(window: Window, start: int, end: int, size: SheetSize, frame: LaneArea) -> StripAxis:
    if frame.turn.upright:
        low, high = start + frame.inset_head, end - size.convert_mm(14)
        return StripAxis(
            Scale(window.first, window.last, low, high - low, frame.axis.julian),
            low - size.convert_mm(3),
            end - size.convert_mm(3),
        )
    low, high = start + size.convert_mm(6), end - size.convert_mm(18)
    return StripAxis(
        Scale(window.first, window.last, low, high - low, frame.axis.julian),
        low - size.convert_mm(3),
        end - size.convert_mm(3),
    )


def _place_inset_frames(windows: Sequence[Window], size: SheetSize, frame: LaneArea) -> list[tuple[int, int]]:
    """Return where each inset's frame begins and ends: by their events, but none too short."""
    if not windows:
        return []
    gap = size.convert_mm(6)
    room = frame.inset_high - frame.inset_low - gap * (len(windows) - 1)
    counts = [
        max(len(w.keys), round(_LEAST_INSET_SHARE * sum(len(w.keys) for w in windows))) for w in windows
    ]
    found: list[tuple[int, int]] = []
    start, before = frame.inset_low, 0
    for count in counts:
        before += count
        end = frame.inset_low + room * before // sum(counts) + gap * len(found)
        found.append((start, end))
        start = end + gap
    return found


def _find_windows(course: PosterContent, frame: LaneArea, style: StripStyle) -> tuple[Window, ...]:
    """Return the dense windows, the densest first."""
    m, upright = style.metrics, frame.turn.upright
    gap = m.gap + (m.row_gap if upright else m.text_gap)
    marks = tuple(
        EventMark(e.key, e.first, e.last, str(e.lane), _measure_shortest_label(e, style) + gap)
        for e in course.entries
        if not e.date.open
    )
    rows = _WINDOW_COLUMNS if upright else _WINDOW_ROWS
    return _search_windows(marks, frame.axis, m.reach, rows)


@lru_cache(maxsize=256)
def _search_windows(marks: tuple[EventMark, ...], axis: Scale, reach: int, rows: float) -> tuple[Window, ...]:
    found = find_dense_windows(marks, axis, reach, _MOST_INSETS, rows)
    return tuple(sorted(found, key=lambda w: (-len(w.keys), w.first)))


def _measure_shortest_label(entry: PosterEvent, style: StripStyle) -> int:
    """Return how long a label in two lines is along the axis."""
    sets = make_label_sets(entry, style.scale, False, True, 0, style.upright)
    if style.upright:
        return sets[min(1, len(sets) - 1)].height
    return sets[min(1, len(sets) - 1)].width
