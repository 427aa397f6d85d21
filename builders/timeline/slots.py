"""The slots that a search chooses from, and what it makes of them.

A slot is one box of a label in one row. `list_slots` gives every box in every row that it fits, and where a
crowd pushes it; `choose_best` picks one of the choices that the search found.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from builders.timeline.beam import Found, SearchSpace, Slot
from builders.timeline.labels import LabelArea, SearchEffort, TimelineLabel
from builders.timeline.spacing import space_in_order

FILLED = 0.6  # of a row's length: what labels take at best, since leaders stand in their way
_GIVING_WAY = 120_000  # µm: what a number in the place of words costs, for each step of rank, squared
_HEIGHT = 8  # what a µm of height counts, against a µm of cost
_SECOND_LOOK = {False: 4, True: 10}  # by thoroughness

Chosen = list[Slot]  # a slot for each label, in the order of their dates


def measure_shortest_box(label: TimelineLabel, last: bool, cap: int = 0) -> int:
    """Return the length of a label's shortest box (of those that a row of height `cap` holds, if given)."""
    lengths = [
        box.before + box.after for box in label.boxes if box.last == last and (not cap or box.across <= cap)
    ]
    return min(lengths, default=0)


def measure_stretch(first: int, last: int, room: LabelArea) -> float:
    """Return how many µm of one row serve labels whose markers stand from `first` to `last`."""
    return FILLED * (min(last + 2 * room.reach, room.high) - max(first - 2 * room.reach, room.low))


def list_slots(
    labels: Sequence[TimelineLabel],
    room: LabelArea,
    caps: tuple[int, ...],
    gone: Collection[int] | None = None,
) -> list[tuple[Slot, ...]]:
    """Return the slots of each label, for rows as high as `caps` (µm, the nearest to the axis first).

    In a crowd, each label aims at where isotonic regression alone would push it. Without `gone`, labels have
    boxes of words alone; else boxes of numbers too, and the labels whose indices are in `gone` have those
    alone.
    """
    out = gone or ()
    shares = [measure_shortest_box(label, i in out) // (2 * len(caps)) for i, label in enumerate(labels)]
    gaps = [
        room.leader_gap + one + other
        if i in out or i + 1 in out
        else max(room.leader_gap, (one + other) // 2)
        for i, (one, other) in enumerate(pairwise(shares))
    ]
    aims = space_in_order([label.at for label in labels], gaps, room.low, room.high)
    found = []
    for i, (label, aim) in enumerate(zip(labels, aims, strict=True)):
        words = () if i in out else _list_label_slots(label, aim, room, caps, last=False)
        numbers = () if gone is None else _list_label_slots(label, aim, room, caps, last=True)
        found.append(
            (*words, *(numbers or (() if words else _list_label_slots(label, aim, room, caps, last=False))))
        )
    return found


def _list_label_slots(
    label: TimelineLabel, aim: int, room: LabelArea, caps: tuple[int, ...], last: bool
) -> tuple[Slot, ...]:
    price = _GIVING_WAY * label.rank * label.rank if last else 0
    found = []
    for index, box in enumerate(label.boxes):
        if box.last != last:
            continue
        reach = _measure_reach(box.before + box.after, room, last)
        for row, cap in enumerate(caps):
            if box.across <= cap:
                cost = box.cost + row * room.leader_gap + price
                found.append(Slot(index, row, box.before, box.after, box.across, cost, label.at, aim, reach))
    return tuple(found)


def _measure_reach(length: int, room: LabelArea, last: bool) -> int:
    if last:
        return 3 * room.reach
    return min(room.reach, length * 3 // 2) if room.near else room.reach


def make_search_space(room: LabelArea, rows: int, effort: SearchEffort) -> SearchSpace:
    """Return what bounds the search: `rows` rows within the area, and how many states it carries along."""
    look = _SECOND_LOOK[effort.thorough]
    return SearchSpace(rows, room.low, room.high, room.gap, room.leader_gap, effort.width, look)


def choose_best(slots: Sequence[Sequence[Slot]], choices: Sequence[Found]) -> Chosen | None:
    """Return the slots of the choice that costs least; None without choices.

    A µm of the rows' height costs as much as eight of the search's own cost, which are in µm too. `slots` are
    each label's; a choice has an index into each of them.
    """
    rated = []
    for k, (cost, choice) in enumerate(choices):
        chosen = [own[at] for own, at in zip(slots, choice, strict=True)]
        rated.append((_HEIGHT * measure_depth(chosen) + cost, k, chosen))
    return min(rated)[2] if rated else None


def measure_depth(chosen: Sequence[Slot]) -> int:
    """Return the height in µm of all used rows together."""
    return sum(measure_row_heights(chosen).values())


def measure_row_heights(chosen: Sequence[Slot]) -> dict[int, int]:
    """Return the height in µm of each row that is used, by its number, the nearest to the axis first."""
    heights: dict[int, int] = {}
    for slot in chosen:
        heights[slot.row] = max(heights.get(slot.row, 0), slot.across)
    return dict(sorted(heights.items()))
