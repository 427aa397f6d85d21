"""Where not all labels can keep their words: which of them become numbers."""

from collections.abc import Iterator, Sequence

from builders.timeline.beam import search_giving_way
from builders.timeline.dense_periods import find_fullest_stretch, list_row_tiers
from builders.timeline.labels import LabelArea, SearchEffort, TimelineLabel
from builders.timeline.slots import (
    Chosen,
    choose_best,
    list_slots,
    make_search_space,
    measure_shortest_box,
    measure_stretch,
)

_ROUNDS = 4  # in which labels of a low rank make room for those of a higher one


def place_giving_way(
    labels: Sequence[TimelineLabel], room: LabelArea, effort: SearchEffort
) -> Chosen | tuple[str, ...]:
    """Find places for labels of which some give way to a smaller box.

    What has no room by measure gives way first, the lowest rank first; then, by what giving way costs, what
    the search finds no place for. Where it took a label of a higher rank than a neighbour's, that neighbour
    makes room, and the search is done again.
    """
    if not room.rows + room.spare:
        return tuple(label.key for label in labels)
    gone = _find_hopeless(labels, room)
    numbers = [{k for k, box in enumerate(label.boxes) if box.last} for label in labels]
    ranks = [label.rank for label in labels]
    ended: set[int] = set()
    for caps in _list_caps_with_spare(labels, room, gone):
        best: tuple[int, Chosen] | None = None
        out = gone
        for _ in range(_ROUNDS if effort.thorough else 1):
            slots = list_slots(labels, room, caps, out)
            choices, ended = search_giving_way(
                slots, numbers, ranks, make_search_space(room, len(caps), effort)
            )
            found = choose_best(slots, choices)
            if not found:
                break
            given = {i for i, slot in enumerate(found) if labels[i].boxes[slot.box].last}
            loss = sum(labels[i].rank ** 2 for i in given)
            if best is None or loss < best[0]:
                best = loss, found
            neighbours = _find_lower_neighbours(labels, given, room)
            if not neighbours:
                break
            out = out | neighbours
        if best:
            return best[1]
    return tuple(labels[i].key for i in sorted(ended))


def _list_caps_with_spare(
    labels: Sequence[TimelineLabel], room: LabelArea, gone: set[int]
) -> Iterator[tuple[int, ...]]:
    """Give the rows' heights with as many rows of numbers as those that gave way need, then with more."""
    low = max((box.across for label in labels for box in label.boxes if box.last), default=0)
    tiers = list_row_tiers(labels, room)
    high = (tiers[:-1] or tiers)[-1] if room.near else max(tiers)  # low rows hold more words for their height
    needed = find_fullest_stretch([labels[i] for i in sorted(gone)], room, last=True)[0] if gone else 0.0
    spare = min(room.spare, max(int(needed * 1.2 + 0.8), 0 if room.rows else 1))
    while True:
        yield (low,) * spare + (high,) * room.rows
        if spare >= room.spare:
            return
        spare = min(room.spare, spare + max(1, spare // 2))


def _find_lower_neighbours(labels: Sequence[TimelineLabel], given: set[int], room: LabelArea) -> set[int]:
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


def _find_hopeless(labels: Sequence[TimelineLabel], room: LabelArea) -> set[int]:
    """Return the labels, of the lowest rank first, that have no room even if all rows were well filled."""
    gone: set[int] = set()
    total, i = 0, 0
    lengths = [measure_shortest_box(label, False) + room.gap for label in labels]
    able = {i for i, label in enumerate(labels) if any(box.last for box in label.boxes)}
    spare = [0 if room.spare else measure_shortest_box(label, True) + room.gap for label in labels]
    for j, label in enumerate(labels):
        total += lengths[j]
        while label.at - labels[i].at > 2 * room.reach:
            total -= spare[i] if i in gone else lengths[i]
            i += 1
        words = (k for k in range(i, j + 1) if k in able and k not in gone)
        for k in sorted(words, key=lambda k: (labels[k].rank, -k)):
            if total <= room.rows * measure_stretch(labels[i].at, label.at, room):
                break
            gone.add(k)
            total += spare[k] - lengths[k]
    return gone
