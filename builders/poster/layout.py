"""A layout of the poster's strips: what one attempt is made from, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders.poster.content import PosterContent, PosterEvent
from builders.poster.key import measure_key_depth
from builders.poster.lane_events import (
    LaneArea,
    StripEvents,
    estimate_needed_rows,
    measure_fixed_depth,
)
from builders.poster.lanes import (
    PlacedEvent,
    Strip,
    StripAxis,
    StripStyle,
    measure_row_height,
    place_strip,
)
from builders.poster.style import SheetSize
from builders.timeline import DRAFT, SearchEffort

MOST_EVENTS_WITH_FULL_EFFORT = 120  # events that may be placed with full effort
_CROWDED_ROWS = 3.0  # rows: from here on, a strip is worth all effort
_LEAST_SEARCH_WIDTH = 5
_LEAST_ROWS_SHARE = 0.8  # of the rows that crowding tells: what a strip needs at least
_REMEMBERED_STRIPS = 256  # strips: a process that lives on finds what has not changed


@dataclass(frozen=True, slots=True)
class Inset:
    """A stretch of the axis, magnified: its days, its strip, which holds all lanes, its frame's two ends."""

    first: int
    last: int
    strip: Strip
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PosterLayout:
    """The layout: the type's scale, a strip for each lane, the insets, and the events that the key tells.

    `depth` is what all of it takes across the axis, in µm.
    """

    scale: float
    lanes: tuple[Strip, ...]
    insets: tuple[Inset, ...]
    key: tuple[PlacedEvent, ...]
    depth: int
    described: frozenset[str]

    @property
    def strips(self) -> tuple[Strip, ...]:
        """Return all strips: the lanes', then the insets'."""
        return (*self.lanes, *(inset.strip for inset in self.insets))


@dataclass(frozen=True, slots=True)
class LayoutAttempt:
    """What an attempt at a layout is made from."""

    course: PosterContent
    size: SheetSize
    frame: LaneArea
    scale: float
    described: frozenset[str] = frozenset()
    effort: SearchEffort = DRAFT


def choose_effort(course: PosterContent) -> SearchEffort:
    """Return the effort that a course of this length is worth: fewer events, more care for each."""
    count = len(course.entries)
    return SearchEffort(
        max(_LEAST_SEARCH_WIDTH, min(32, 2400 // max(1, count))),
        thorough=count <= MOST_EVENTS_WITH_FULL_EFFORT,
    )


def lay_out_strips(
    t: LayoutAttempt, groups: Sequence[StripEvents], rows: Sequence[int], most: float = 0.0
) -> PosterLayout | None:
    """Return the layout with at most `rows[i]` rows in strip i, or None if it is deeper than `most` µm.

    Without `most` any depth will do. The fullest strips come first, so that what does not fit ends early.
    Raises NoRoomForLabels.
    """
    strips: dict[int, Strip] = {}
    for i in sorted(range(len(groups)), key=lambda i: (-estimate_needed_rows(groups[i]), i)):
        group = groups[i]
        style = replace(group.style, described=group.style.described & {e.key for e in group.entries})
        strips[i] = _place_remembered_strip(
            group.entries, group.bed, style, rows[i], _choose_strip_effort(t.effort, group)
        )
        if most and measure_strips_depth(t, groups, strips) > most:
            return None
    return _join_strips(t, groups, [strips[i] for i in range(len(groups))])


def _choose_strip_effort(whole: SearchEffort, group: StripEvents) -> SearchEffort:
    """Return the effort that a strip is worth: where labels are few, there is little to search."""
    share = min(1.0, estimate_needed_rows(group) / _CROWDED_ROWS)
    return SearchEffort(max(_LEAST_SEARCH_WIDTH, round(whole.width * share)), whole.thorough)


@lru_cache(maxsize=_REMEMBERED_STRIPS)
def _place_remembered_strip(
    entries: tuple[PosterEvent, ...], bed: StripAxis, style: StripStyle, rows: int, effort: SearchEffort
) -> Strip:
    return place_strip(entries, bed, style, rows, effort)


def _join_strips(t: LayoutAttempt, groups: Sequence[StripEvents], strips: Sequence[Strip]) -> PosterLayout:
    numbered = {item.entry.key: item for s in strips for item in s.numbered}
    key = [numbered[entry.key] for entry in t.course.entries if entry.key in numbered]
    numbers = {item.entry.key: i for i, item in enumerate(key, 1)}
    told = tuple(replace(item, number=numbers[item.entry.key]) for item in key)
    strips = [_number_items(s, numbers) for s in strips]
    depth = measure_strips_depth(t, groups, dict(enumerate(strips)))
    if not t.frame.turn.upright:
        depth += measure_key_depth(key, t.course, t.frame.key_size, t.frame.key_width)
    insets = tuple(
        Inset(c.window.first, c.window.last, s, c.start, c.end)
        for c, s in zip(groups, strips, strict=True)
        if c.window
    )
    lanes = tuple(strips[: len(strips) - len(insets)])
    return PosterLayout(t.scale, lanes, insets, told, depth, t.described)


def measure_strips_depth(t: LayoutAttempt, groups: Sequence[StripEvents], strips: dict[int, Strip]) -> int:
    """Return what the strips take across the axis; one that is not yet there, the least that it could."""
    depth = measure_fixed_depth(t.frame, groups)
    deepest = 0
    for i, group in enumerate(groups):
        if i in strips:
            own, below = strips[i].depth, strips[i].below
        else:
            own, below = (
                round(_LEAST_ROWS_SHARE * estimate_needed_rows(group) * measure_row_height(group.style)),
                0,
            )
        if group.window:
            deepest = max(deepest, own + below)
        else:
            depth += max(0, own - t.frame.least_lane) + below
    return depth + deepest


def _number_items(s: Strip, numbers: dict[str, int]) -> Strip:
    return replace(s, items=tuple(replace(i, number=numbers.get(i.entry.key, 0)) for i in s.items))
