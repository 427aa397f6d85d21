"""Labels into rows along an axis: none meets another label or its leader, their order is that of the dates.

Rows are tried from the lowest total height upward until no label stands further from its date than it may.
For a number of rows, a beam search in the order of the dates chooses each label's box (its width and its side
of the leader) and row; then the positions that the choice allows are solved for exactly (positions.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from builders.timeline.beam import Found, Slot, Space, search, search_giving_way
from builders.timeline.labels import FULL, Effort, Label, Placed, Room, Rows, TooFull
from builders.timeline.positions import Need, apart
from builders.timeline.slots import all_slots, shortest, stretch

_HEIGHT = 8  # what a µm of height counts, against a µm of cost
_WIDE = 40  # states carried along where a narrower search has failed
_STEPS = 3  # numbers of rows that a draft tries: what one row more does not mend, two seldom do
_TIER = 0.88  # heights nearer to each other than this are one
_FINE_TIER = 0.95  # ... of columns, where there are few of them and each is a lane's width
_SECOND_LOOK = {False: 6, True: 10}  # by thoroughness
_HOPE = 0.9  # of the rows that a stretch needs: fewer are not worth a try
_REMEMBERED = 2048  # placings: a process that lives on finds what has not changed

_Chosen = list[Slot]


def place(labels: Sequence[Label], room: Room, effort: Effort = FULL) -> Rows:
    """Place labels in as low rows as keep each within reach; ties break by (date, key). Raises TooFull.

    No label stands further than `room.reach` from its date; where the room is `near`, no further than one and
    a half times its own length either. Boxes marked `last` are used only when `room.rows` rows are too few.
    """
    found = _place(tuple(sorted(labels, key=lambda label: (label.at, label.key))), room, effort)
    if isinstance(found, tuple):
        raise TooFull(found)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _place(ordered: tuple[Label, ...], room: Room, effort: Effort) -> Rows | tuple[str, ...]:
    """Return the rows, or the keys of labels that found no place."""
    if not ordered:
        return Rows((), (), 0)
    found = _in_rows(ordered, room, effort)
    if not found:
        room = replace(room, leader_gap=room.leader_gap // 2)
        found = _closer(ordered, room, effort)
    if found:
        return _positioned(ordered, found, room)
    if not any(box.last for label in ordered for box in label.boxes):
        return tuple(label.key for label in _fullest(ordered, room, last=False)[1])
    given = _giving_way(ordered, room, effort)
    return given if isinstance(given, tuple) else _positioned(ordered, given, room)


def _in_rows(ordered: Sequence[Label], room: Room, effort: Effort) -> _Chosen | None:
    """Find places for all labels in words."""
    for caps in _candidates(ordered, room, effort):
        if solved := _solved(ordered, room, caps, effort):
            return _lowered(ordered, room, caps, solved, effort) if effort.thorough else solved
    return None


def _closer(labels: Sequence[Label], room: Room, effort: Effort) -> _Chosen | None:
    """Find places in as many rows as there may be."""
    tiers = _tiers(labels, room)
    if not tiers or not room.rows or _fullest(labels, room, last=False)[0] * _HOPE > room.rows:
        return None
    wide = replace(effort, width=max(effort.width, _WIDE)) if effort.thorough else effort
    return _solved(labels, room, (tiers[0],) * room.rows, wide)


def rows_needed(labels: Sequence[Label], room: Room, *, last: bool = False) -> float:
    """Return about how many rows the labels need where they are most crowded.

    Measured in windows as long as labels can be moved; `last` measures the boxes marked so.
    """
    return _fullest(sorted(labels, key=lambda label: (label.at, label.key)), room, last)[0]


def crowding(labels: Sequence[Label], room: Room) -> dict[str, float]:
    """Return about how many rows are needed where each label stands, by key."""
    ordered = sorted(labels, key=lambda label: (label.at, label.key))
    lengths = [shortest(label, False) + room.gap for label in ordered]
    needed: dict[str, float] = {}
    total, i, j = 0, 0, 0
    for label in ordered:
        while j < len(ordered) and ordered[j].at <= label.at + room.reach:
            total += lengths[j]
            j += 1
        while ordered[i].at < label.at - room.reach:
            total -= lengths[i]
            i += 1
        needed[label.key] = total / stretch(ordered[i].at, ordered[j - 1].at, room)
    return needed


def _fullest(ordered: Sequence[Label], room: Room, last: bool, cap: int = 0) -> tuple[float, Sequence[Label]]:
    """Return how many rows (of height `cap`, if given) the fullest stretch needs, and its labels."""
    lengths = [shortest(label, last, cap) + room.gap for label in ordered]
    most, total, i = (0.0, 0, 0), 0, 0
    for j, label in enumerate(ordered):
        total += lengths[j]
        while label.at - ordered[i].at > 2 * room.reach:
            total -= lengths[i]
            i += 1
        most = max(most, (total / stretch(ordered[i].at, label.at, room), -i, j))
    return most[0], ordered[-most[1] : most[2] + 1]


def _candidates(labels: Sequence[Label], room: Room, effort: Effort) -> list[tuple[int, ...]]:
    """Return the heights that rows may be tried with (nearest row first), the lowest total first."""
    tiers = _tiers(labels, room)
    if not effort.thorough and room.near and len(tiers) > 1:
        tiers = tiers[:-1][-1:]
    sizes = []
    for cap in tiers:
        least = max(1, int(_fullest(labels, room, False, cap)[0] * _HOPE))
        counts = range(least, room.rows + 1)
        if any(box.last for label in labels for box in label.boxes):
            counts = counts[-1:]  # rows are given to words, not saved
        elif not effort.thorough:
            counts = counts[:_STEPS]
        sizes += [(count * cap, count, cap) for count in counts]
    return [(cap,) * count for _, count, cap in sorted(sizes)]


def _tiers(labels: Sequence[Label], room: Room) -> list[int]:
    """Return the heights, falling, that all rows could have: each label has a box that fits the lowest."""
    boxes = [[box.across for box in label.boxes if not box.last] for label in labels]
    if not all(boxes):
        return []
    least = max(min(heights) for heights in boxes)
    ordered = sorted({h for heights in boxes for h in heights if h >= least}, reverse=room.near)
    tiers: list[int] = []
    for height in ordered:
        if not tiers or (height < tiers[-1] * _TIER if room.near else tiers[-1] < height * _FINE_TIER):
            tiers.append(height)
    return tiers if room.near else tiers[::-1]


def _solved(labels: Sequence[Label], room: Room, caps: tuple[int, ...], effort: Effort) -> _Chosen | None:
    slots = all_slots(labels, room, caps)
    return _best(slots, search(slots, _space(room, len(caps), effort)))


def _lowered(
    labels: Sequence[Label], room: Room, caps: tuple[int, ...], found: _Chosen, effort: Effort
) -> _Chosen:
    """Try to do with less height, row by row from the furthest."""
    heights = sorted({box.across for label in labels for box in label.boxes if not box.last})
    best = found
    for row in reversed(range(len(caps))):
        used = _heights(best).get(row, 0)
        for height in (h for h in heights if h < used * (_TIER if room.near else _FINE_TIER)):
            lower = (*caps[:row], height, *caps[row + 1 :])
            if (other := _solved(labels, room, lower, effort)) and _depth(other) < _depth(best):
                best, caps = other, lower
                break
    return best


def _space(room: Room, rows: int, effort: Effort) -> Space:
    look = _SECOND_LOOK[effort.thorough]
    return Space(rows, room.low, room.high, room.gap, room.leader_gap, effort.width, look)


_ROUNDS = 4  # in which labels of a low rank make room for those of a higher one


def _giving_way(labels: Sequence[Label], room: Room, effort: Effort) -> _Chosen | tuple[str, ...]:
    """Find places for labels of which some give way to a smaller box.

    What has no room by measure gives way first, the lowest rank first; then, by what giving way costs, what
    the search finds no place for. Where it took a label of a higher rank than a neighbour's, that neighbour
    makes room, and the search is done again.
    """
    if not room.rows + room.spare:
        return tuple(label.key for label in labels)
    gone = _hopeless(labels, room)
    numbers = [{k for k, box in enumerate(label.boxes) if box.last} for label in labels]
    ranks = [label.rank for label in labels]
    ended: set[int] = set()
    for caps in _caps_with_spare(labels, room, gone):
        best: tuple[int, _Chosen] | None = None
        out = gone
        for _ in range(_ROUNDS if effort.thorough else 1):
            slots = all_slots(labels, room, caps, out)
            choices, ended = search_giving_way(slots, numbers, ranks, _space(room, len(caps), effort))
            found = _best(slots, choices)
            if not found:
                break
            given = {i for i, slot in enumerate(found) if labels[i].boxes[slot.box].last}
            loss = sum(labels[i].rank ** 2 for i in given)
            if best is None or loss < best[0]:
                best = loss, found
            neighbours = _neighbours(labels, given, room)
            if not neighbours:
                break
            out = out | neighbours
        if best:
            return best[1]
    return tuple(labels[i].key for i in sorted(ended))


def _caps_with_spare(labels: Sequence[Label], room: Room, gone: set[int]) -> Iterator[tuple[int, ...]]:
    """Give the rows' heights with as many rows of numbers as those that gave way need, then with more."""
    low = max((box.across for label in labels for box in label.boxes if box.last), default=0)
    tiers = _tiers(labels, room)
    high = (tiers[:-1] or tiers)[-1] if room.near else max(tiers)  # low rows hold more words for their height
    needed = _fullest([labels[i] for i in sorted(gone)], room, last=True)[0] if gone else 0.0
    spare = min(room.spare, max(int(needed * 1.2 + 0.8), 0 if room.rows else 1))
    while True:
        yield (low,) * spare + (high,) * room.rows
        if spare >= room.spare:
            return
        spare = min(room.spare, spare + max(1, spare // 2))


def _neighbours(labels: Sequence[Label], given: set[int], room: Room) -> set[int]:
    """Return, for each label that gave way, the nearest of a lower rank that did not."""
    found: set[int] = set()
    for i in sorted(given, key=lambda i: (-labels[i].rank, i)):
        able = [
            k
            for k, label in enumerate(labels)
            if k not in given
            and k not in found
            and label.rank < labels[i].rank
            and abs(label.at - labels[i].at) <= room.reach
            and any(box.last for box in label.boxes)
        ]
        if able:
            found.add(min(able, key=lambda k: (labels[k].rank, abs(labels[k].at - labels[i].at), k)))
    return found


def _hopeless(labels: Sequence[Label], room: Room) -> set[int]:
    """Return the labels, of the lowest rank first, that have no room even if all rows were well filled."""
    gone: set[int] = set()
    total, i = 0, 0
    lengths = [shortest(label, False) + room.gap for label in labels]
    able = {i for i, label in enumerate(labels) if any(box.last for box in label.boxes)}
    spare = [0 if room.spare else shortest(label, True) + room.gap for label in labels]
    for j, label in enumerate(labels):
        total += lengths[j]
        while label.at - labels[i].at > 2 * room.reach:
            total -= spare[i] if i in gone else lengths[i]
            i += 1
        words = (k for k in range(i, j + 1) if k in able and k not in gone)
        for k in sorted(words, key=lambda k: (labels[k].rank, -k)):
            if total <= room.rows * stretch(labels[i].at, label.at, room):
                break
            gone.add(k)
            total += spare[k] - lengths[k]
    return gone


def _best(slots: Sequence[Sequence[Slot]], choices: Sequence[Found]) -> _Chosen | None:
    """Return the best choice: height counts most."""
    rated = []
    for k, (cost, choice) in enumerate(choices):
        chosen = [own[at] for own, at in zip(slots, choice, strict=True)]
        rated.append((_HEIGHT * _depth(chosen) + cost, k, chosen))
    return min(rated)[2] if rated else None


def _depth(chosen: Sequence[Slot]) -> int:
    return sum(_heights(chosen).values())


def _heights(chosen: Sequence[Slot]) -> dict[int, int]:
    """Return the height of each row that is used, nearest first."""
    heights: dict[int, int] = {}
    for slot in chosen:
        heights[slot.row] = max(heights.get(slot.row, 0), slot.across)
    return dict(sorted(heights.items()))


def _positioned(labels: Sequence[Label], chosen: Sequence[Slot], room: Room) -> Rows | tuple[str, ...]:
    lows = [max(room.low + s.before, s.at - s.reach) for s in chosen]
    highs = [min(room.high - s.after, s.at + s.reach) for s in chosen]
    places = apart([s.at for s in chosen], lows, highs, _needs(chosen, room))
    if places is None:  # the search keeps the same distances, so this would be its fault
        return tuple(label.key for label in labels)
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
