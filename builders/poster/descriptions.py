"""Descriptions where the labels have left room: the most important events' first, and nothing is moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builders.poster.label_text import (
    LabelSet,
    balance_lines,
    choose_description_size,
    make_label_set,
    make_label_sets,
    measure_description_leading,
)
from builders.poster.lane_events import LaneArea
from builders.poster.lanes import PlacedEvent, Strip, make_upright_box
from builders.poster.layout import PosterLayout
from builders.timeline import PlacedLabel

_DESCRIPTION_WIDTHS = (40_000, 48_000, 58_000, 70_000, 84_000)  # µm at a type scale of 1: of a description
_COLUMN_WIDTHS = (29_000, 36_000, 44_000, 52_000, 62_000)  # ... in a column
_WIDEST_UPRIGHT = 60_000  # of an upright label
_MOST_LINES = 6
_MOST_LINES_IN_COLUMN = 8


@dataclass(frozen=True, slots=True)
class _DescriptionChoice:
    """One way to add a description: how much deeper its strip gets by it, its set, its place."""

    deeper: int
    lines: int
    set: LabelSet
    placed: PlacedLabel


def add_fitting_descriptions(layout: PosterLayout, frame: LaneArea) -> PosterLayout:
    """Return the layout with the descriptions that find room beside what is there.

    The most important events come first, then those that take least of the sheet, then the earliest.
    """
    if frame.turn.upright:
        layout = _unfold_labels(layout, frame)
    strips = list(layout.strips)
    spare = [max(0, frame.depth - layout.depth)]
    described = set(layout.described)
    waiting = sorted(
        ((i, k) for i, strip in enumerate(strips) for k in range(len(strip.items))),
        key=lambda at: _make_urgency_key(strips[at[0]], strips[at[0]].items[at[1]]),
    )
    for i, k in waiting:
        item = strips[i].items[k]
        if item.set.number or item.set.description or not item.entry.description:
            continue
        room = _limit_strip_depth(i, strips, len(layout.lanes), frame, spare[0])
        way = min(
            _list_description_choices(strips[i], item, k, frame, room), key=_make_merit_key, default=None
        )
        if way:
            spare[0] -= max(0, _measure_room_taken(i, strips, len(layout.lanes), frame, way))
            strips[i] = _apply_choice(strips[i], k, way)
            described.add(item.entry.key)
    count = len(layout.lanes)
    insets = tuple(
        replace(inset, strip=strip) for inset, strip in zip(layout.insets, strips[count:], strict=True)
    )
    depth = frame.depth - spare[0] if spare[0] < frame.depth - layout.depth else layout.depth
    return replace(
        layout, lanes=tuple(strips[:count]), insets=insets, depth=depth, described=frozenset(described)
    )


def _unfold_labels(layout: PosterLayout, frame: LaneArea) -> PosterLayout:
    """Set upright lanes' labels in fewer lines, where the lanes have room left for longer ones."""
    each = max(0, frame.depth - layout.depth) // max(1, len(layout.lanes))
    lanes, used = [], 0
    for strip in layout.lanes:
        room = max(strip.depth, frame.least_lane) + each
        wider = strip
        for k, item in enumerate(strip.items):
            way = next(_list_shorter_choices(wider, item, k, room), None)
            wider = _apply_choice(wider, k, way) if way else wider
        used += max(wider.depth, frame.least_lane) - max(strip.depth, frame.least_lane)
        lanes.append(wider)
    return replace(layout, lanes=tuple(lanes), depth=layout.depth + used)


def _list_shorter_choices(
    strip: Strip, item: PlacedEvent, k: int, deepest: int
) -> Iterator[_DescriptionChoice]:
    """Give the ways to set a label in fewer lines, the fewest first."""
    s, p, m = item.set, item.placed, strip.metrics
    if s.number or s.description:
        return
    for new in make_label_sets(item.entry, s.scale, False, True, 0, True):
        if len(new.lines) >= len(s.lines) or new.width > _WIDEST_UPRIGHT * s.scale:
            continue
        box = make_upright_box(new, m)
        placed = replace(p, high=p.leader + box.after, top=p.bottom + box.across)
        if placed.top <= deepest and _is_free(placed, k, strip):
            yield _DescriptionChoice(0, 0, new, placed)


def _make_urgency_key(strip: Strip, item: PlacedEvent) -> tuple[int, int, int, str]:
    """Order by importance; then what stands furthest from the line, where room is free, then by date."""
    return -item.entry.importance, item.placed.bottom - strip.rows.depth, item.entry.first, item.entry.key


def _make_merit_key(way: _DescriptionChoice) -> tuple[int, int]:
    return way.deeper, way.lines


def _limit_strip_depth(i: int, strips: Sequence[Strip], lanes: int, frame: LaneArea, spare: int) -> int:
    """Return how deep a strip may get: a lane as deep as its name anyway, an inset as the deepest one."""
    own = strips[i].depth
    if i < lanes:
        return max(own, frame.least_lane) + spare
    return max(s.depth + s.below for s in strips[lanes:]) - strips[i].below + spare


def _measure_room_taken(
    i: int, strips: Sequence[Strip], lanes: int, frame: LaneArea, way: _DescriptionChoice
) -> int:
    """Return how much of the sheet's spare room a way takes."""
    return strips[i].depth + way.deeper - _limit_strip_depth(i, strips, lanes, frame, 0)


def _list_description_choices(
    strip: Strip, item: PlacedEvent, k: int, frame: LaneArea, deepest: int
) -> Iterator[_DescriptionChoice]:
    upright, s = frame.turn.upright, item.set
    seen: set[int] = set()
    for width in (0, *(_COLUMN_WIDTHS if upright else _DESCRIPTION_WIDTHS)):
        room = max(s.width, round(width * s.scale))
        if room in seen or room < round((_COLUMN_WIDTHS if upright else _DESCRIPTION_WIDTHS)[0] * s.scale):
            continue
        seen.add(room)
        new = make_label_set(replace(s, description=()), item.entry, upright, True, room)
        if len(new.description) > (_MOST_LINES_IN_COLUMN if upright else _MOST_LINES):
            continue
        placed = _grow_label(item, new, strip, upright)
        if placed.top <= deepest and _is_free(placed, k, strip):
            yield _DescriptionChoice(max(0, placed.top - strip.depth), len(new.description), new, placed)


def _grow_label(item: PlacedEvent, new: LabelSet, strip: Strip, upright: bool) -> PlacedLabel:
    """Return the label's place with its description: it grows away from its leader and from its line."""
    p, m = item.placed, strip.metrics
    higher, wider = len(new.description) * measure_description_leading(new.scale), new.width - item.set.width
    if upright:
        return replace(p, high=p.high + higher, top=max(p.top, p.bottom + m.text_gap + new.width + m.tail))
    top = p.bottom + new.height + m.row_gap
    if item.after:
        return replace(p, high=p.high + wider, top=top)
    return replace(p, low=p.low - wider, top=top)


def _is_free(placed: PlacedLabel, k: int, strip: Strip) -> bool:
    """Whether a label in this place meets no other label and no foreign leader."""
    room, side = strip.room, strip.room.leader_gap // 2
    if placed.low < room.low or placed.high > room.high:
        return False
    low, high = placed.low - side, placed.high + side
    for j, other in enumerate(item.placed for item in strip.items):
        if j == k:
            continue
        if other.low < high and low < other.high and other.bottom < placed.top and placed.bottom < other.top:
            return False
        if low < other.leader < high and other.top > placed.bottom:
            return False
        if other.low - side < placed.leader < other.high + side and placed.top > other.bottom:
            return False
    return True


def _apply_choice(strip: Strip, k: int, way: _DescriptionChoice) -> Strip:
    s = way.set
    if s.description:  # no line with a word or two at the end
        size = choose_description_size(s.scale)
        even = balance_lines(" ".join(s.description), len(s.description), "regular", size)
        s = replace(s, description=even)
    item = replace(strip.items[k], placed=way.placed, set=s)
    items = (*strip.items[:k], item, *strip.items[k + 1 :])
    depth = max(strip.rows.depth, way.placed.top)
    return replace(
        strip, items=items, rows=replace(strip.rows, labels=tuple(i.placed for i in items), depth=depth)
    )
