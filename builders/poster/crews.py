"""Which events stand on which line: the lanes', and those of the dense years that are pulled out of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders.dates import civil
from builders.poster.entries import Course, Entry
from builders.poster.setting import label_sets
from builders.poster.sizes import Size
from builders.poster.strips import MOST_ROWS, Bed, Style, labels_of, row_height
from builders.poster.turn import Turn
from builders.timeline import Mark, Scale, Window, dense, rows_needed

_INSETS = 3  # at most
_NARROWEST = 0.24  # of the insets' length: the shortest
_WINDOW_ROWS = 3.0  # a lane that needs more rows than this in a window asks for an inset
_WINDOW_COLUMNS = 1.2  # ... or columns


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sheet leaves to the lanes, in µm: the axis, the insets' ends, and what lies across."""

    turn: Turn
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
class Crew:
    """The events of one strip, and where they go; an inset's has a window, and its frame two ends."""

    entries: tuple[Entry, ...]
    bed: Bed
    style: Style
    window: Window | None = None
    start: int = 0
    end: int = 0


def crews_of(course: Course, size: Size, frame: Frame, style: Style) -> list[Crew]:
    """Return the events of each lane, and at the end those of each inset: as many as need least room."""
    windows = _windows(course, frame, style)
    least = 0 if frame.turn.upright else min(1, len(windows))
    tried = [_crews(course, size, frame, style, windows[:n]) for n in range(least, len(windows) + 1)]
    return min(tried, key=lambda crews: about(frame, crews, 1.0))


def most_rows(crew: Crew) -> int:
    """Return the most rows that a crew may have: what is pulled out of the lanes may be deeper than they."""
    return MOST_ROWS + 3 if crew.window else MOST_ROWS


def crowd_of(crew: Crew) -> float:
    """Return about how many rows a crew needs."""
    return _crowd(crew.entries, crew.bed, replace(crew.style, digits=0))


@lru_cache(maxsize=2048)
def _crowd(entries: tuple[Entry, ...], bed: Bed, style: Style) -> float:
    return rows_needed(*labels_of(entries, bed, style))


def about(frame: Frame, crews: Sequence[Crew], factor: float) -> float:
    """Return about how deep the layout is, if the rows are `factor` of what crowding tells."""
    depth, deepest = float(fixed_depth(frame, crews)), 0.0
    for crew in crews:
        own = factor * _rows(crowd_of(crew), frame) * row_height(crew.style)
        if crew.window:
            deepest = max(deepest, own)
        else:
            depth += max(0.0, own - frame.least_lane)
    return depth + deepest


def _rows(crowd: float, frame: Frame) -> float:
    """Return how many rows a crowd is likely to need: a column that is nearly full soon needs a second."""
    return max(1.0, 2 * crowd - 1) if frame.turn.upright else crowd


def fixed_depth(frame: Frame, crews: Sequence[Crew]) -> int:
    """Return the depth of what stands around the rows."""
    lanes = sum(crew.window is None for crew in crews)
    return lanes * (frame.least_lane + frame.lane_gap) + (frame.inset_frame if len(crews) > lanes else 0)


def _crews(course: Course, size: Size, frame: Frame, style: Style, windows: Sequence[Window]) -> list[Crew]:
    inside = {key for window in windows for key in window.keys}
    bed = Bed(frame.axis, frame.low, frame.high)
    crews = [
        Crew(tuple(e for e in course.entries if e.lane == lane and e.key not in inside), bed, style)
        for lane in range(len(course.lanes))
    ]
    ordered = sorted(windows, key=lambda w: w.first)
    for window, (start, end) in zip(ordered, _shares(ordered, size, frame), strict=True):
        entries = tuple(e for e in course.entries if e.key in window.keys)
        years = civil(window.last)[0] - civil(window.first)[0] > 2
        own = replace(style, years=years, glyph=round(4400 * style.scale))
        crews.append(Crew(entries, _inset_bed(window, start, end, size, frame), own, window, start, end))
    return crews


def _inset_bed(window: Window, start: int, end: int, size: Size, frame: Frame) -> Bed:
    if frame.turn.upright:
        low, high = start + frame.inset_head, end - size.mm(14)
        return Bed(Scale(window.first, window.last, low, high - low), low - size.mm(3), end - size.mm(3))
    low, high = start + size.mm(6), end - size.mm(18)
    return Bed(Scale(window.first, window.last, low, high - low), low - size.mm(3), end - size.mm(3))


def _shares(windows: Sequence[Window], size: Size, frame: Frame) -> list[tuple[int, int]]:
    """Return where each inset's frame begins and ends: by their events, but none too short."""
    if not windows:
        return []
    gap = size.mm(6)
    room = frame.inset_high - frame.inset_low - gap * (len(windows) - 1)
    counts = [max(len(w.keys), round(_NARROWEST * sum(len(w.keys) for w in windows))) for w in windows]
    found: list[tuple[int, int]] = []
    start, before = frame.inset_low, 0
    for count in counts:
        before += count
        end = frame.inset_low + room * before // sum(counts) + gap * len(found)
        found.append((start, end))
        start = end + gap
    return found


def _windows(course: Course, frame: Frame, style: Style) -> tuple[Window, ...]:
    """Return the dense windows, the densest first."""
    m, upright = style.metrics, frame.turn.upright
    gap = m.gap + (m.row_gap if upright else m.text_gap)
    marks = tuple(
        Mark(e.key, e.first, e.last, str(e.lane), _shortest(e, style) + gap)
        for e in course.entries
        if not e.date.open
    )
    rows = _WINDOW_COLUMNS if upright else _WINDOW_ROWS
    return _dense(marks, frame.axis, m.reach, rows)


@lru_cache(maxsize=256)
def _dense(marks: tuple[Mark, ...], axis: Scale, reach: int, rows: float) -> tuple[Window, ...]:
    found = dense(marks, axis, reach, _INSETS, rows)
    return tuple(sorted(found, key=lambda w: (-len(w.keys), w.first)))


def _shortest(entry: Entry, style: Style) -> int:
    """Return how long a label in two lines is along the axis."""
    sets = label_sets(entry, style.scale, False, True, 0, style.upright)
    if style.upright:
        return sets[min(1, len(sets) - 1)].height
    return sets[min(1, len(sets) - 1)].width
