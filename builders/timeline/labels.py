"""What is placed along an axis, and where: labels with their boxes, the room they have, the rows they form.

A lane is a line; `along` runs with it and `across` away from it. A leader rises from the marker, bends once
within `foot`, and runs straight on along the edge of its label. Labels of one row share a height; leaders to
higher rows take room in the lower ones. All lengths are whole micrometres.
"""

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
