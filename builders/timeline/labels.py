"""What is placed along an axis, and where: labels with their boxes, the room they have, the rows they form.

A lane is a line; `along` runs with it and `across` away from it. A leader rises from the marker, bends once
within `foot`, and runs straight on along the edge of its label. Labels of one row share a height; leaders to
higher rows take room in the lower ones. All lengths are whole micrometres. `find_flaws` proves a placing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builders.core.diagnostics import TemarioError


@dataclass(frozen=True, slots=True)
class LabelBox:
    """One way to set a label: room before and after its leader, and height away from the axis.

    `cost` is what choosing it costs, in µm of height. `last` marks a box to be taken only where nothing else
    fits at any number of rows: a number instead of words.
    """

    before: int
    after: int
    across: int
    cost: int = 0
    last: bool = False


def make_side_boxes(
    along: int, across: int, cost: int = 0, other: int = 0, last: bool = False
) -> tuple[LabelBox, LabelBox]:
    """Return a box after its leader and the same before it, which costs `other` more."""
    return LabelBox(0, along, across, cost, last), LabelBox(along, 0, across, cost + other, last)


@dataclass(frozen=True, slots=True)
class TimelineLabel:
    """A label to be placed: where its marker stands, and the ways to set it, best first.

    Where there is no room, labels of the lowest rank take their boxes marked `last`.
    """

    key: str
    at: int
    boxes: tuple[LabelBox, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class LabelArea:
    """Where labels may stand; what runs beyond `low` or `high` would leave the sheet."""

    low: int
    high: int
    rows: int  # at most
    reach: int  # how far a label may stand from its date
    gap: int  # between labels in a row
    leader_gap: int  # between leaders, and between a leader and another label
    foot: int  # height in which leaders bend, below the first row
    spare: int = 0  # at most so many further rows, nearest the line, for boxes marked `last`
    near: bool = True  # no label stands further from its date than one and a half times its own length


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label in its place: the index of its box, its leader's place, and the box's four edges."""

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
class LabelRows:
    """Labels in rows: in the order of their dates; the rows' heights (nearest first), and all together."""

    labels: tuple[PlacedLabel, ...]
    heights: tuple[int, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class SearchEffort:
    """How hard to look for low rows: states carried along, and whether to try to do with less height."""

    width: int
    thorough: bool


DRAFT = SearchEffort(8, thorough=False)
FULL = SearchEffort(24, thorough=True)


class NoRoomForLabels(TemarioError):
    """Some labels found no place: their keys."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        super().__init__(", ".join(keys))


def find_flaws(rows: LabelRows, room: LabelArea, marker: int = 0) -> tuple[str, ...]:
    """Return what is wrong with `rows`, one line each; nothing where the placing holds.

    `marker` is half the size of a marker, in µm. Checked: labels against labels, leaders and markers of
    others; leaders against leaders; order; bounds.
    """
    return (*_check_order(rows, room), *_check_bounds(rows, room, marker), *_check_meetings(rows))


def _check_order(rows: LabelRows, room: LabelArea) -> Iterator[str]:
    for one, other in zip(rows.labels, rows.labels[1:], strict=False):
        if one.at > other.at or one.leader + room.leader_gap // 2 > other.leader:
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
