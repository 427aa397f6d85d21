"""The proof that a placing holds: labels, markers and leaders are checked before anything is drawn."""

from collections.abc import Iterator

from builders.timeline.labels import LabelArea, LabelRows, PlacedLabel


def find_flaws(rows: LabelRows, room: LabelArea, marker: int = 0) -> tuple[str, ...]:
    """Return what is wrong with `rows`, one line each; nothing where the placing holds.

    `marker` is half the size of a marker, in µm. Checked: labels against labels, leaders and markers of
    others; leaders against leaders; order; bounds.
    """
    return (*_check_order(rows, room), *_check_bounds(rows, room, marker), *_check_meetings(rows))


def _check_order(rows: LabelRows, room: LabelArea) -> Iterator[str]:
    for one, other in zip(rows.labels, rows.labels[1:], strict=False):
        if (one.at, one.key) > (other.at, other.key) or one.leader + room.leader_gap // 2 > other.leader:
            yield f"the leaders of {one.key} and {other.key} cross or touch"


def _check_bounds(rows: LabelRows, room: LabelArea, marker: int) -> Iterator[str]:
    for label in rows.labels:
        if label.low < room.low or label.high > room.high:
            yield f"{label.key} runs out of the room"
        if label.bottom < max(room.foot, marker) or label.top > rows.depth:
            yield f"{label.key} stands on the markers or above its rows"
        if not label.low <= label.leader <= label.high:
            yield f"{label.key} has lost its leader"


def _check_meetings(rows: LabelRows) -> Iterator[str]:
    """Sweep along the axis; a leader is a box without width from the foot to its label's top."""
    open_: list[PlacedLabel] = []
    for label in sorted(rows.labels, key=lambda p: (p.low, p.key)):
        open_ = [other for other in open_ if other.high >= label.low]
        for other in open_:
            yield from _check_pair(label, other)
        open_.append(label)


def _check_pair(one: PlacedLabel, other: PlacedLabel) -> Iterator[str]:
    if one.low < other.high and other.low < one.high and one.bottom < other.top and other.bottom < one.top:
        yield f"{one.key} meets {other.key}"
    for label, foreign in ((one, other), (other, one)):
        if label.low <= foreign.leader <= label.high and foreign.top > label.bottom:
            yield f"the leader of {foreign.key} crosses {label.key}"
