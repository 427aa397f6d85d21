"""How crowded labels are: about how many rows they need, and how high the rows can be."""

from collections.abc import Sequence

from builders.timeline.labels import LabelArea, TimelineLabel
from builders.timeline.slots import measure_shortest_box, measure_stretch

TIER = 0.88  # heights nearer to each other than this are one
FINE_TIER = 0.95  # ... of columns, where there are few of them and each is a lane's width


def estimate_rows(labels: Sequence[TimelineLabel], room: LabelArea, *, last: bool = False) -> float:
    """Return about how many rows the labels need where they are most crowded.

    Measured in windows as long as labels can be moved; `last` measures the boxes marked so.
    """
    return find_fullest_stretch(sorted(labels, key=lambda label: (label.at, label.key)), room, last)[0]


def estimate_crowding(labels: Sequence[TimelineLabel], room: LabelArea) -> dict[str, float]:
    """Return about how many rows are needed where each label stands, by key."""
    ordered = sorted(labels, key=lambda label: (label.at, label.key))
    lengths = [measure_shortest_box(label, False) + room.gap for label in ordered]
    needed: dict[str, float] = {}
    total, i, j = 0, 0, 0
    for label in ordered:
        while j < len(ordered) and ordered[j].at <= label.at + room.reach:
            total += lengths[j]
            j += 1
        while ordered[i].at < label.at - room.reach:
            total -= lengths[i]
            i += 1
        needed[label.key] = total / measure_stretch(ordered[i].at, ordered[j - 1].at, room)
    return needed


def find_fullest_stretch(
    ordered: Sequence[TimelineLabel], room: LabelArea, last: bool, cap: int = 0
) -> tuple[float, Sequence[TimelineLabel]]:
    """Return how many rows (of height `cap`, if given) the fullest stretch needs, and its labels."""
    lengths = [measure_shortest_box(label, last, cap) + room.gap for label in ordered]
    most, total, i = (0.0, 0, 0), 0, 0
    for j, label in enumerate(ordered):
        total += lengths[j]
        while label.at - ordered[i].at > 2 * room.reach:
            total -= lengths[i]
            i += 1
        most = max(most, (total / measure_stretch(ordered[i].at, label.at, room), -i, j))
    return most[0], ordered[-most[1] : most[2] + 1]


def list_row_tiers(labels: Sequence[TimelineLabel], room: LabelArea) -> list[int]:
    """Return the heights, falling, that all rows could have: each label has a box that fits the lowest."""
    boxes = [[box.across for box in label.boxes if not box.last] for label in labels]
    if not all(boxes):
        return []
    least = max(min(heights) for heights in boxes)
    ordered = sorted({h for heights in boxes for h in heights if h >= least}, reverse=room.near)
    tiers: list[int] = []
    for height in ordered:
        if not tiers or (height < tiers[-1] * TIER if room.near else tiers[-1] < height * FINE_TIER):
            tiers.append(height)
    return tiers if room.near else tiers[::-1]
