"""Labels into rows along an axis: none meets another label or its leader, their order is that of the dates.

Rows are tried from the lowest total height upward until no label stands further from its date than it may.
For a number of rows, a beam search in the order of the dates chooses each label's box (its width and its side
of the leader) and row; then the positions that the choice allows are solved for exactly (spacing.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from builders.timeline.beam import Slot, search_slots
from builders.timeline.dense_periods import FINE_TIER, TIER, find_fullest_stretch, list_row_tiers
from builders.timeline.giving_way import place_giving_way
from builders.timeline.labels import (
    FULL,
    LabelArea,
    LabelRows,
    NoRoomForLabels,
    PlacedLabel,
    SearchEffort,
    TimelineLabel,
)
from builders.timeline.slots import (
    Chosen,
    choose_best,
    list_slots,
    make_search_space,
    measure_depth,
    measure_row_heights,
)
from builders.timeline.spacing import LeastDistance, space_apart

_WIDE = 40  # states carried along where a narrower search has failed
_STEPS = 3  # numbers of rows that a draft tries: what one row more does not mend, two seldom do
_HOPE = 0.9  # of the rows that a stretch needs: fewer are not worth a try
_REMEMBERED = 512  # placings: a process that lives on finds what has not changed


def place_labels(labels: Sequence[TimelineLabel], room: LabelArea, effort: SearchEffort = FULL) -> LabelRows:
    """Return the labels placed in the lowest rows that keep each within reach.

    They are in the order of their places on the axis; those of one place, in the order given. No label stands
    further than `room.reach` (µm) from its date; where the room is `near`, no further than one and a half
    times its own length either. Boxes marked `last` are used only when `room.rows` rows are too few. Raises
    NoRoomForLabels, with the keys of those that found no place.
    """
    found = _place_ordered_labels(tuple(sorted(labels, key=lambda label: label.at)), room, effort)
    if isinstance(found, tuple):
        raise NoRoomForLabels(found)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _place_ordered_labels(
    ordered: tuple[TimelineLabel, ...], room: LabelArea, effort: SearchEffort
) -> LabelRows | tuple[str, ...]:
    """Return the rows, or the keys of labels that found no place."""
    if not ordered:
        return LabelRows((), (), 0)
    found = _place_in_rows(ordered, room, effort)
    if not found:
        room = replace(room, leader_gap=room.leader_gap // 2)
        if not any(box.last for label in ordered for box in label.boxes):
            found = _place_closer(ordered, room, effort)
            if not found:
                return tuple(label.key for label in find_fullest_stretch(ordered, room, last=False)[1])
    if found:
        return _position_labels(ordered, found, room)
    given = place_giving_way(ordered, room, effort)
    return given if isinstance(given, tuple) else _position_labels(ordered, given, room)


def _place_in_rows(ordered: Sequence[TimelineLabel], room: LabelArea, effort: SearchEffort) -> Chosen | None:
    """Find places for all labels in words."""
    for caps in _list_row_heights(ordered, room, effort):
        if solved := _solve_rows(ordered, room, caps, effort):
            return _lower_rows(ordered, room, caps, solved, effort) if effort.thorough else solved
    return None


def _place_closer(labels: Sequence[TimelineLabel], room: LabelArea, effort: SearchEffort) -> Chosen | None:
    """Find places in as many rows as there may be."""
    tiers = list_row_tiers(labels, room)
    if not tiers or not room.rows or find_fullest_stretch(labels, room, last=False)[0] * _HOPE > room.rows:
        return None
    wide = replace(effort, width=max(effort.width, _WIDE)) if effort.thorough else effort
    return _solve_rows(labels, room, (tiers[0],) * room.rows, wide)


def _list_row_heights(
    labels: Sequence[TimelineLabel], room: LabelArea, effort: SearchEffort
) -> list[tuple[int, ...]]:
    """Return the heights that rows may be tried with (nearest row first), the lowest total first."""
    tiers = list_row_tiers(labels, room)
    if not effort.thorough and room.near and len(tiers) > 1:
        tiers = tiers[:-1][-1:]
    sizes = []
    for cap in tiers:
        least = max(1, int(find_fullest_stretch(labels, room, False, cap)[0] * _HOPE))
        counts = range(least, room.rows + 1)
        if any(box.last for label in labels for box in label.boxes):
            counts = counts[-1:]  # rows are given to words, not saved
        elif not effort.thorough:
            counts = counts[:_STEPS]
        sizes += [(count * cap, count, cap) for count in counts]
    return [(cap,) * count for _, count, cap in sorted(sizes)]


def _solve_rows(
    labels: Sequence[TimelineLabel], room: LabelArea, caps: tuple[int, ...], effort: SearchEffort
) -> Chosen | None:
    slots = list_slots(labels, room, caps)
    return choose_best(slots, search_slots(slots, make_search_space(room, len(caps), effort)))


def _lower_rows(
    labels: Sequence[TimelineLabel],
    room: LabelArea,
    caps: tuple[int, ...],
    found: Chosen,
    effort: SearchEffort,
) -> Chosen:
    """Try to do with less height, row by row from the furthest."""
    heights = sorted({box.across for label in labels for box in label.boxes if not box.last})
    best = found
    for row in reversed(range(len(caps))):
        used = measure_row_heights(best).get(row, 0)
        for height in (h for h in heights if h < used * (TIER if room.near else FINE_TIER)):
            lower = (*caps[:row], height, *caps[row + 1 :])
            if (other := _solve_rows(labels, room, lower, effort)) and measure_depth(other) < measure_depth(
                best
            ):
                best, caps = other, lower
                break
    return best


def _position_labels(
    labels: Sequence[TimelineLabel], chosen: Sequence[Slot], room: LabelArea
) -> LabelRows | tuple[str, ...]:
    lows = [max(room.low + s.before, s.at - s.reach) for s in chosen]
    highs = [min(room.high - s.after, s.at + s.reach) for s in chosen]
    places = space_apart([s.at for s in chosen], lows, highs, _list_distances(chosen, room))
    if places is None:  # the search keeps the same distances, so this would be its fault
        return tuple(label.key for label in labels)
    by_row = measure_row_heights(chosen)
    used, heights = list(by_row), list(by_row.values())
    floors = {row: room.foot + sum(heights[:i]) for i, row in enumerate(used)}
    placed = tuple(
        PlacedLabel(
            label.key, s.box, used.index(s.row), s.at, leader,
            leader - s.before, leader + s.after, floors[s.row], floors[s.row] + s.across,
        )
        for label, s, leader in zip(labels, chosen, places, strict=True)
    )  # fmt: skip
    return LabelRows(placed, tuple(heights), room.foot + sum(heights))


def _list_distances(chosen: Sequence[Slot], room: LabelArea) -> list[LeastDistance]:
    """Return the distances that leaders must keep: from each label to the last earlier one of each row."""
    found: list[LeastDistance] = []
    latest: dict[int, int] = {}
    for j, slot in enumerate(chosen):
        if j:
            found.append(LeastDistance(j - 1, j, room.leader_gap))
        for row, i in latest.items():
            other = chosen[i]
            if row == slot.row:
                gap = other.after + slot.before + room.gap
            elif row < slot.row:
                gap = other.after + room.leader_gap
            else:
                gap = slot.before + room.leader_gap
            found.append(LeastDistance(i, j, gap))
        latest[slot.row] = j
    return found
