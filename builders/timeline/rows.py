"""Labels into rows along an axis: none meets another label or its leader, their order is that of the dates.

Rows are tried from the lowest total height upward until no label stands further from its date than it may.
For a number of rows, a beam search in the order of the dates chooses each label's box (its width and its side
of the leader) and row; then the positions that the choice allows are solved for exactly (positions.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from builders.timeline.beam import Found, Slot, Space, search, search_giving_way
from builders.timeline.labels import FULL, Box, Effort, Label, Placed, Room, Rows, TooFull
from builders.timeline.positions import Need, apart, in_order

_FILLED = 0.6  # of a row's length: what labels take at best, since leaders stand in their way
_HEIGHT = 8  # what a µm of height counts, against a µm of cost
_BETTER = 2  # solutions that a thorough search compares
_WIDE = 40  # states carried along where a narrower search has failed
_TIER = 0.88  # heights nearer to each other than this are one

_Slots = tuple[Slot, ...]


def place(labels: Sequence[Label], room: Room, effort: Effort = FULL) -> Rows:
    """Place labels in as low rows as keep each within reach; ties break by (date, key). Raises TooFull.

    A label may stand up to one and a half times its own length from its date, and never further than
    `room.reach`. Boxes marked `last` are used only when `room.rows` rows are too few.
    """
    ordered = sorted(labels, key=lambda label: (label.at, label.key))
    if not ordered:
        return Rows((), (), 0)
    best: Rows | None = None
    found = 0
    for caps in _candidates(ordered, room, effort):
        if best and sum(caps) * _TIER * _TIER > best.depth:
            break
        solved = _solved(ordered, room, caps, effort)
        if not solved:
            continue
        if not effort.thorough:
            return solved
        solved = _lowered(ordered, room, caps, solved, effort)
        best = min(best or solved, solved, key=lambda rows: rows.depth)
        found += 1
        if found == _BETTER:
            break
    best = best or _closer(ordered, room, effort)
    if best:
        return best
    if not any(box.last for label in ordered for box in label.boxes):
        raise TooFull(tuple(label.key for label in _fullest(ordered, room, last=False)[1]))
    return _giving_way(ordered, room, effort)


def _closer(labels: list[Label], room: Room, effort: Effort) -> Rows | None:
    """Place labels in as many rows as there may be, their leaders closer together."""
    tight = replace(room, leader_gap=room.leader_gap // 2)
    tiers = _tiers(labels)
    wide = replace(effort, width=max(effort.width, _WIDE))
    return _solved(labels, tight, (tiers[0],) * room.rows, wide) if tiers and room.rows else None


def rows_needed(labels: Sequence[Label], room: Room, *, last: bool = False) -> float:
    """Return about how many rows the labels need where they are most crowded.

    Measured in windows as long as labels can be moved; `last` measures the boxes marked so.
    """
    return _fullest(sorted(labels, key=lambda label: (label.at, label.key)), room, last)[0]


def _fullest(ordered: list[Label], room: Room, last: bool) -> tuple[float, list[Label]]:
    """Return how many rows the fullest stretch needs, and its labels."""
    lengths = [_shortest(label, last) for label in ordered]
    most, total, i = (0.0, 0, 0), 0, 0
    for j, label in enumerate(ordered):
        total += lengths[j] + room.gap
        while label.at - ordered[i].at > 2 * room.reach:
            total -= lengths[i] + room.gap
            i += 1
        most = max(most, (total / _stretch(ordered[i].at, label.at, room), -i, j))
    return most[0], ordered[-most[1] : most[2] + 1]


def _shortest(label: Label, last: bool) -> int:
    return min((box.before + box.after for box in label.boxes if box.last == last), default=0)


def _stretch(first: int, last: int, room: Room) -> float:
    """Return what one row offers to labels whose markers stand from `first` to `last`."""
    return _FILLED * (min(last + 2 * room.reach, room.high) - max(first - 2 * room.reach, room.low))


def _candidates(labels: list[Label], room: Room, effort: Effort) -> list[tuple[int, ...]]:
    """Return the heights that rows may be tried with (nearest row first), the lowest total first."""
    tiers = _tiers(labels)
    least = max(1, int(rows_needed(labels, room) * 0.7))
    counts = range(least, room.rows + 1)
    if not effort.thorough and len(tiers) > 1:
        tiers = tiers[:-1][-1:]
    sizes = sorted((count * cap, count, cap) for count in counts for cap in tiers)
    return [(cap,) * count for _, count, cap in sizes]


def _tiers(labels: list[Label]) -> list[int]:
    """Return the heights, falling, that all rows could have: each label has a box that fits the lowest."""
    boxes = [[box.across for box in label.boxes if not box.last] for label in labels]
    if not all(boxes):
        return []
    least = max(min(heights) for heights in boxes)
    tiers: list[int] = []
    for height in sorted({h for heights in boxes for h in heights if h >= least}, reverse=True):
        if not tiers or height < tiers[-1] * _TIER:
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
        for height in (h for h in heights if h < used * _TIER):
            lower = (*caps[:row], height, *caps[row + 1 :])
            if (other := _solved(labels, room, lower, effort)) and other.depth < best.depth:
                best, caps = other, lower
                break
    return best


def _space(room: Room, rows: int, effort: Effort) -> Space:
    return Space(rows, room.low, room.high, room.gap, room.leader_gap, effort.width)


def _giving_way(labels: list[Label], room: Room, effort: Effort) -> Rows:
    """Place labels of which some give way to a smaller box; leaders stand closer then."""
    room = replace(room, leader_gap=room.leader_gap // 2)
    if not room.rows + room.spare:
        raise TooFull(tuple(label.key for label in labels))
    gone = _hopeless(labels, room)
    low = max((box.across for label in labels for box in label.boxes if box.last), default=0)
    caps = (low,) * room.spare + (max(box.across for label in labels for box in label.boxes),) * room.rows
    slots = _all_slots(labels, room, caps, last=False)
    spare = _all_slots(labels, room, caps, last=True)
    slots = [() if i in gone else own for i, own in enumerate(slots)]
    ranks = [label.rank for label in labels]
    choices, given = search_giving_way(slots, spare, ranks, _space(room, len(caps), effort))
    if not choices:
        raise TooFull(tuple(labels[i].key for i in given))
    final = [spare[i] if i in given else slots[i] for i in range(len(labels))]
    found = _best(labels, final, choices, room)
    if not found:
        raise TooFull(tuple(label.key for label in labels))
    return found


def _hopeless(labels: list[Label], room: Room) -> set[int]:
    """Return the labels, of the lowest rank first, that have no room even if all rows were well filled."""
    gone: set[int] = set()
    total, i = 0, 0
    lengths = [_shortest(label, False) + room.gap for label in labels]
    able = {i for i, label in enumerate(labels) if any(box.last for box in label.boxes)}
    spare = [0 if room.spare else _shortest(label, True) + room.gap for label in labels]
    for j, label in enumerate(labels):
        total += lengths[j]
        while label.at - labels[i].at > 2 * room.reach:
            total -= spare[i] if i in gone else lengths[i]
            i += 1
        words = (k for k in range(i, j + 1) if k in able and k not in gone)
        for k in sorted(words, key=lambda k: (labels[k].rank, -k)):
            if total <= room.rows * _stretch(labels[i].at, label.at, room):
                break
            gone.add(k)
            total += spare[k] - lengths[k]
    return gone


def _best(labels: list[Label], slots: list[_Slots], choices: list[Found], room: Room) -> Rows | None:
    """Return the rows of the best choice: height counts most."""
    if not choices:
        return None
    chosen = [[slots[i][k] for i, k in enumerate(choice)] for _, choice in choices]
    best = min(
        range(len(choices)), key=lambda i: (_HEIGHT * sum(_heights(chosen[i]).values()) + choices[i][0], i)
    )
    return _positioned(labels, chosen[best], room)


def _heights(chosen: Sequence[Slot]) -> dict[int, int]:
    """Return the height of each row that is used, nearest first."""
    heights: dict[int, int] = {}
    for slot in chosen:
        heights[slot.row] = max(heights.get(slot.row, 0), slot.across)
    return dict(sorted(heights.items()))


def _all_slots(labels: list[Label], room: Room, caps: tuple[int, ...], last: bool) -> list[_Slots]:
    """Return each label's slots. A crowd aims at where isotonic regression alone would push it apart."""
    shares = [_shortest(label, last) // (2 * len(caps)) for label in labels]
    least = room.leader_gap
    gaps = [
        least + one + other if last else max(least, (one + other) // 2) for one, other in pairwise(shares)
    ]
    aims = in_order([label.at for label in labels], gaps, room.low, room.high)
    return [_slots(label, aim, room, caps, last) for label, aim in zip(labels, aims, strict=True)]


def _slots(label: Label, aim: int, room: Room, caps: tuple[int, ...], last: bool) -> _Slots:
    return tuple(
        Slot(
            index, row, box.before, box.after, box.across, box.cost + row * room.leader_gap,
            label.at, aim, _reach(box, room),
        )
        for index, box in enumerate(label.boxes)
        if box.last == last
        for row, cap in enumerate(caps)
        if box.across <= cap
    )  # fmt: skip


def _reach(box: Box, room: Room) -> int:
    return 3 * room.reach if box.last else min(room.reach, (box.before + box.after) * 3 // 2)


def _positioned(labels: list[Label], chosen: Sequence[Slot], room: Room) -> Rows | None:
    lows = [max(room.low + s.before, s.at - s.reach) for s in chosen]
    highs = [min(room.high - s.after, s.at + s.reach) for s in chosen]
    places = apart([s.at for s in chosen], lows, highs, _needs(chosen, room))
    if places is None:
        return None
    by_row = _heights(chosen)
    used, heights = list(by_row), list(by_row.values())
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
    """Return the distances that leaders must keep: from each label to the last earlier one of each row."""
    found: list[Need] = []
    latest: dict[int, int] = {}
    for j, slot in enumerate(chosen):
        if j:
            found.append(Need(j - 1, j, room.leader_gap))
        for row, i in latest.items():
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
