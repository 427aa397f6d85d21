"""A slot for each label, as a search found it: how high its rows are, and which of several is best."""

from collections.abc import Sequence

from builders.timeline.beam import Found, SearchSpace, Slot
from builders.timeline.labels import LabelArea, SearchEffort

Chosen = list[Slot]

_HEIGHT = 8  # what a µm of height counts, against a µm of cost
_SECOND_LOOK = {False: 4, True: 10}  # by thoroughness


def make_search_space(room: LabelArea, rows: int, effort: SearchEffort) -> SearchSpace:
    look = _SECOND_LOOK[effort.thorough]
    return SearchSpace(rows, room.low, room.high, room.gap, room.leader_gap, effort.width, look)


def choose_best(slots: Sequence[Sequence[Slot]], choices: Sequence[Found]) -> Chosen | None:
    """Return the best choice: height counts most."""
    rated = []
    for k, (cost, choice) in enumerate(choices):
        chosen = [own[at] for own, at in zip(slots, choice, strict=True)]
        rated.append((_HEIGHT * measure_depth(chosen) + cost, k, chosen))
    return min(rated)[2] if rated else None


def measure_depth(chosen: Sequence[Slot]) -> int:
    return sum(measure_row_heights(chosen).values())


def measure_row_heights(chosen: Sequence[Slot]) -> dict[int, int]:
    """Return the height of each row that is used, nearest first."""
    heights: dict[int, int] = {}
    for slot in chosen:
        heights[slot.row] = max(heights.get(slot.row, 0), slot.across)
    return dict(sorted(heights.items()))
