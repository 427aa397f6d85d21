"""Labels into rows along an axis: none meets another label or its leader, their order is that of the dates.

A lane is a line; `along` runs with it and `across` away from it. A leader rises from the marker, bends once within
`foot`, and runs straight on along the edge of its label. Labels of one row share a height; leaders to higher rows
take room in the lower ones.

Rows are tried from one upward until no label stands further from its date than it may. For a number of rows, a beam
search in the order of the dates chooses each label's box (its width and its side of the leader) and row; then the
positions that the choice allows are solved for exactly (positions.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from builders.timeline.beam import Choice, Slot, Space, search, search_giving_way
from builders.timeline.positions import Need, apart, in_order


@dataclass(frozen=True, slots=True)
class Box:
    """One way to set a label: room before and after its leader, height away from the axis, all in µm.

    `cost` is what choosing it costs, in µm of height. `last` marks a box to be taken only where nothing else
    fits at any number of rows: a number instead of words.
    """

    before: int
    after: int
    across: int
    cost: int = 0
    last: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label to be placed: where its marker stands, and the ways to set it, best first.

    Where there is no room, labels of the lowest rank take their boxes marked `last`.
    """

    key: str
    at: int
    boxes: tuple[Box, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """Where labels may stand, in µm; what runs beyond `low` or `high` would leave the sheet."""

    low: int
    high: int
    rows: int  # at most
    reach: int  # how far a label may stand from its date
    gap: int  # between labels in a row
    leader_gap: int  # between leaders, and between a leader and another label
    foot: int  # height in which leaders bend, below the first row


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: the index of its box, its leader's place, and the box's four edges, in µm."""

    key: str
    box: int
    row: int
    at: int  # the marker
    leader: int
    low: int
    high: int
    bottom: int  # away from the line
    top: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels in rows: in the order of their dates, the heights of the rows (nearest first) and of all together."""

    labels: tuple[Placed, ...]
    heights: tuple[int, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to look for low rows: states carried along, and whether each row's height is lowered in turn."""

    width: int
    lower: bool


DRAFT = Effort(6, lower=False)
FULL = Effort(16, lower=True)


class TooFull(Exception):
    """Some labels found no place: their keys."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        super().__init__(", ".join(keys))


def either_side(along: int, across: int, cost: int = 0, other: int = 0, last: bool = False) -> tuple[Box, Box]:
    """Return a box after its leader and the same before it, which costs `other` more."""
    return Box(0, along, across, cost, last), Box(along, 0, across, cost + other, last)


def place(labels: Sequence[Label], room: Room, effort: Effort = FULL) -> Rows:
    """Place labels in as few rows as keep each within reach; ties break by (date, key). Raises TooFull.

    A label may stand up to one and a half times its own length from its date, and never further than `room.reach`.
    Boxes marked `last` are used only when `room.rows` rows are too few.
    """
    ordered = sorted(labels, key=lambda label: (label.at, label.key))
    if not ordered:
        return Rows((), (), 0)
    for caps in _candidates(ordered, room):
        if found := _solved(ordered, room, caps, effort):
            return _lowered(ordered, room, caps, found, effort) if effort.lower else found
    return _giving_way(ordered, room, effort)


def _candidates(labels: list[Label], room: Room) -> list[tuple[int, ...]]:
    """Return the heights that rows may be tried with (nearest row first), the lowest total first."""
    tiers = _tiers(labels)
    sizes = sorted((count * cap, count, cap) for count in range(1, room.rows + 1) for cap in tiers)
    return [(cap,) * count for _, count, cap in sizes]


def _tiers(labels: list[Label]) -> list[int]:
    """Return the heights of boxes that rows may have: each label has a box that fits the lowest."""
    boxes = [[box.across for box in label.boxes if not box.last] for label in labels]
    if not all(boxes):
        return []
    least = max(min(heights) for heights in boxes)
    tiers: list[int] = []
    for height in sorted({height for heights in boxes for height in heights if height >= least}, reverse=True):
        if not tiers or height * 100 < tiers[-1] * 88:
            tiers.append(height)
    return tiers


def _solved(labels: list[Label], room: Room, caps: tuple[int, ...], effort: Effort) -> Rows | None:
    slots = _all_slots(labels, room, caps, last=False)
    return _best(labels, slots, search(slots, _space(room, len(caps), effort)), room)


def _lowered(labels: list[Label], room: Room, caps: tuple[int, ...], found: Rows, effort: Effort) -> Rows:
    """Try to do with less height, row by row from the furthest."""
    heights = sorted({box.across for label in labels for box in label.boxes if not box.last})
    best = found
    for row in reversed(range(len(caps))):
        used = max((p.top - p.bottom for p in best.labels if p.row == row), default=0)
        for height in (h for h in heights if h * 100 < used * 88):
            lower = (*caps[:row], height, *caps[row + 1 :])
            if (other := _solved(labels, room, lower, effort)) and other.depth < best.depth:
                best, caps = other, lower
                break
    return best


def _space(room: Room, rows: int, effort: Effort) -> Space:
    return Space(rows, room.low, room.high, room.gap, room.leader_gap, effort.width)


def _giving_way(labels: list[Label], room: Room, effort: Effort) -> Rows:
    """Place labels of which some give way to a smaller box."""
    caps = (max(box.across for label in labels for box in label.boxes),) * room.rows
    slots = _all_slots(labels, room, caps, last=False)
    spare = _all_slots(labels, room, caps, last=True)
    choices, gone = search_giving_way(slots, spare, [label.rank for label in labels], _space(room, room.rows, effort))
    if not choices:
        raise TooFull(tuple(labels[i].key for i in gone))
    final = [spare[i] if i in gone else slots[i] for i in range(len(labels))]
    found = _best(labels, final, choices, room)
    if not found:
        raise TooFull(tuple(label.key for label in labels))
    return found


def _best(labels: list[Label], slots: list[tuple[Slot, ...]], choices: list[Choice], room: Room) -> Rows | None:
    best: tuple[int, Rows] | None = None
    for choice in choices:
        if found := _positioned(labels, slots, choice, room):
            score = _score(found, slots, choice, room)
            if best is None or score < best[0]:
                best = score, found
    return best[1] if best else None


def _all_slots(labels: list[Label], room: Room, caps: tuple[int, ...], last: bool) -> list[tuple[Slot, ...]]:
    """Return each label's slots. What a crowd pushes apart aims at where isotonic regression alone would put it."""
    shares = [min((b.before + b.after for b in label.boxes if b.last == last), default=0) // (2 * len(caps)) for label in labels]
    gaps = [max(room.leader_gap, (one + other) // 2) for one, other in zip(shares, shares[1:], strict=False)]
    aims = in_order([label.at for label in labels], gaps, room.low, room.high)
    return [_slots(label, aim, room, caps, last) for label, aim in zip(labels, aims, strict=True)]


def _slots(label: Label, aim: int, room: Room, caps: tuple[int, ...], last: bool) -> tuple[Slot, ...]:
    found = []
    for index, box in enumerate(label.boxes):
        if box.last != last:
            continue
        reach = room.reach if box.last else min(room.reach, (box.before + box.after) * 3 // 2)
        found += [
            Slot(index, row, box.before, box.after, box.across, box.cost + row * room.leader_gap, label.at, aim, reach)
            for row, cap in enumerate(caps)
            if box.across <= cap
        ]
    return tuple(found)


def _positioned(labels: list[Label], slots: list[tuple[Slot, ...]], choice: Choice, room: Room) -> Rows | None:
    chosen = [slots[i][k] for i, k in enumerate(choice)]
    lows = [max(room.low + s.before, s.at - s.reach) for s in chosen]
    highs = [min(room.high - s.after, s.at + s.reach) for s in chosen]
    places = apart([s.at for s in chosen], lows, highs, _needs(chosen, room))
    if places is None:
        return None
    used = sorted({s.row for s in chosen})
    heights = [max(s.across for s in chosen if s.row == row) for row in used]
    floors = {row: room.foot + sum(heights[:i]) for i, row in enumerate(used)}
    placed = tuple(
        Placed(
            label.key, s.box, used.index(s.row), s.at, leader,
            leader - s.before, leader + s.after, floors[s.row], floors[s.row] + s.across,
        )
        for label, s, leader in zip(labels, chosen, places, strict=True)
    )  # fmt: skip
    return Rows(placed, tuple(heights), room.foot + sum(heights))


def _needs(chosen: Sequence[Slot], room: Room) -> list[Need]:
    """Return the distances that the leaders must keep, from each label to the last earlier one of each row."""
    found: list[Need] = []
    latest: list[int | None] = [None] * room.rows
    for j, slot in enumerate(chosen):
        if j:
            found.append(Need(j - 1, j, room.leader_gap))
        for row, i in enumerate(latest):
            if i is None:
                continue
            other = chosen[i]
            if row == slot.row:
                gap = other.after + slot.before + room.gap
            elif row < slot.row:
                gap = other.after + room.leader_gap
            else:
                gap = slot.before + room.leader_gap
            found.append(Need(i, j, gap))
        latest[slot.row] = j
    return found


def _score(rows: Rows, slots: list[tuple[Slot, ...]], choice: Choice, room: Room) -> int:
    moved = sum((p.leader - p.at) ** 2 for p in rows.labels) // max(room.reach, 1)
    return HEIGHT * rows.depth + sum(slots[i][k].cost for i, k in enumerate(choice)) + moved


HEIGHT = 8  # what a µm of height counts, against a µm of cost

