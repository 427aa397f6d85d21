"""Where a map's labels stand: no label over another, over a marker, or off the map; no leader through one.

Each label asks for a place with the ways to set it, best first. The most constrained is placed first, where
it costs least; labels that find no room are set as a letter, which a key explains, and all are placed anew.
Lengths are points, y downwards.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from builders.core.diagnostics import TemarioError

GAP = 1.5  # between labels, markers and leaders
LEADER_GAP = 2.0  # between a leader's end and its label
DISTANCES = (1.2, 2.0, 3.0, 4.5, 6.5, 9.0, 12.0, 16.0)  # heights of a line: how long leaders may be
_DIRECTIONS = [(math.cos(step * math.pi / 8), math.sin(step * math.pi / 8)) for step in range(16)]
GRID = 11  # points across and down that are tried within an area
MOST_ANCHORS = 6  # points of an area that leaders may come from
MOST_ATTEMPTS = 8

MapPoint = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
_Boxes = NDArray[np.float64]  # of shape (n, 4)
_Points = NDArray[np.float64]  # of shape (n, 2)

# Sides of a marker, best first: direction of x and y, and what it costs.
_SIDES = (
    (1.0, 0.0, 0.0), (0.7, -0.7, 0.4), (0.7, 0.7, 0.6), (-1.0, 0.0, 0.8),
    (-0.7, -0.7, 1.2), (-0.7, 0.7, 1.4), (0.0, -1.0, 1.0), (0.0, 1.0, 1.2),
)  # fmt: skip


class NoRoomOnMap(TemarioError):
    """Labels for which there is no room, not even as letters; `keys` tells which."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = tuple(keys)


@dataclass(frozen=True, slots=True)
class LabelForm:
    """One way to set a label: its lines, and their size together."""

    lines: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class WantedLabel:
    """A label that asks for a place: by points (a marker's middle, or points of a line), or within an area.

    `radius` is how far from a point its label keeps. `forms` are tried in their order, `letter` last.
    """

    key: str
    forms: tuple[LabelForm, ...]
    letter: LabelForm
    points: tuple[MapPoint, ...] = ()
    radius: float = 0.0
    area: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A label in its place; a leader runs from what it names to its box."""

    key: str
    form: LabelForm
    box: Box
    leader: tuple[MapPoint, MapPoint] | None
    lettered: bool


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What a map holds beside labels: its size, its markers' boxes, and lines with what crossing costs."""

    width: float
    height: float
    markers: tuple[Box, ...]
    lines: tuple[tuple[BaseGeometry, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    form: LabelForm
    box: Box
    leader: tuple[MapPoint, MapPoint] | None
    cost: float
    origin: MapPoint | None = None  # what the leader points at; it may start in this marker alone


def place_labels(wanted: Sequence[WantedLabel], obstacles: Obstacles) -> list[PlacedName]:
    """Return the labels in their places, in the order of `wanted`. Raises NoRoomOnMap.

    What found no room goes first the next time; if it fails again it becomes a letter, and in the end all do.
    """
    urgency: Counter[str] = Counter()
    failed: list[str] = []
    choices = [_make_choice(number, one, obstacles, False) for number, one in enumerate(wanted)]
    for attempt in range(2 * MOST_ATTEMPTS):
        placed, failed = _try_to_place(choices, urgency, obstacles)
        if not failed:
            return [placed[one.key] for one in wanted]
        yielding = {key for key in failed if urgency[key]}
        if attempt >= MOST_ATTEMPTS - 1:
            yielding = {one.key for one in wanted}
        choices = [
            _make_choice(choice.number, wanted[choice.number], obstacles, True)
            if choice.key in yielding and not choice.lettered
            else choice
            for choice in choices
        ]
        urgency.update(failed)
    raise NoRoomOnMap(failed)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A label with the places that need no leader, best first; the others are listed where none is free."""

    wanted: WantedLabel
    number: int
    near: Sequence[_Candidate]
    lettered: bool

    @property
    def key(self) -> str:
        """The label's key."""
        return self.wanted.key


def _make_choice(number: int, wanted: WantedLabel, obstacles: Obstacles, lettered: bool) -> _Choice:
    return _Choice(wanted, number, _list_candidates(wanted, obstacles, lettered, led=False), lettered)


def _try_to_place(
    choices: Sequence[_Choice], urgency: Mapping[str, int], obstacles: Obstacles
) -> tuple[dict[str, PlacedName], list[str]]:
    """Return what found a place, and the keys of what did not."""
    ground = _Ground(obstacles)
    placed: dict[str, PlacedName] = {}
    failed = []
    for one in sorted(choices, key=lambda choice: (-urgency[choice.key], len(choice.near), choice.number)):
        best = ground.find_free(one.near)
        if best is None:
            best = ground.find_free(_list_candidates(one.wanted, obstacles, one.lettered, led=True))
        if best is None:
            failed.append(one.key)
            continue
        ground.add(best)
        placed[one.key] = PlacedName(one.key, best.form, best.box, best.leader, one.lettered)
    return placed, failed


class _Ground:
    """What stands on the map so far."""

    def __init__(self, obstacles: Obstacles) -> None:
        self._boxes: list[Box] = list(obstacles.markers)
        self._leaders: list[BaseGeometry] = []

    def add(self, candidate: _Candidate) -> None:
        """Take a label's box and leader."""
        self._boxes.append(candidate.box)
        if candidate.leader:
            self._leaders.append(shapely.linestrings(candidate.leader))

    def find_free(self, candidates: Sequence[_Candidate]) -> _Candidate | None:
        """Return the first candidate that touches nothing."""
        if not candidates:
            return None
        boxes = np.array([one.box for one in candidates])
        taken = np.array(self._boxes).reshape(-1, 4)
        free: NDArray[np.bool_] = ~_do_overlap(boxes, taken, GAP).max(axis=1, initial=False)
        leaders = shapely.MultiLineString(self._leaders)
        for candidate, is_free in zip(candidates, free, strict=True):
            if is_free and not self._is_crossed(candidate, leaders, taken):
                return candidate
        return None

    @staticmethod
    def _is_crossed(candidate: _Candidate, leaders: BaseGeometry, taken: _Boxes) -> bool:
        left, top, right, bottom = candidate.box
        around = shapely.box(left - GAP, top - GAP, right + GAP, bottom + GAP)
        if shapely.intersects(around, leaders):
            return True
        if candidate.leader is None or candidate.origin is None:
            return False
        line = shapely.linestrings(candidate.leader)
        near = taken[_do_overlap(np.array([line.bounds]), taken, GAP)[0]]
        others = shapely.box(near[:, 0] - 1, near[:, 1] - 1, near[:, 2] + 1, near[:, 3] + 1)
        middles = (near[:, :2] + near[:, 2:]) / 2
        own = np.hypot(*(middles - np.array(candidate.origin)).T) < 0.01
        return bool(shapely.intersects(line, others[~own]).any() or shapely.intersects(line, leaders))


def _do_overlap(boxes: _Boxes, others: _Boxes, gap: float) -> NDArray[np.bool_]:
    """Return for each box and each of the others whether they are nearer than `gap`; shape (n, m)."""
    one, other = boxes[:, None, :], others[None, :, :]
    apart = (one[..., 2] + gap <= other[..., 0]) | (other[..., 2] + gap <= one[..., 0])
    apart |= (one[..., 3] + gap <= other[..., 1]) | (other[..., 3] + gap <= one[..., 1])
    overlap: NDArray[np.bool_] = ~apart
    return overlap


def _list_candidates(
    wanted: WantedLabel, obstacles: Obstacles, lettered: bool, *, led: bool
) -> list[_Candidate]:
    """Return where a label may stand as far as it alone is concerned, the cheapest first.

    Either the places that are `led` to by a leader, or those that need none.
    """
    forms = (wanted.letter,) if lettered else wanted.forms
    list_places = _list_led if led else _list_around if wanted.area is None else _list_inside
    found = [place for rank, form in enumerate(forms) for place in list_places(form, wanted, rank * 1.5)]
    if not found:
        return []
    boxes = np.array([one.box for one in found])
    within = (boxes[:, :2] >= 0).all(axis=1)
    within &= (boxes[:, 2] <= obstacles.width) & (boxes[:, 3] <= obstacles.height)
    costs = np.array([one.cost for one in found])
    shapes = shapely.box(*boxes.T)
    for lines, cost in obstacles.lines:
        costs += cost * shapely.intersects(lines, shapes)
    order = np.argsort(costs, kind="stable")
    return [found[i] for i in order if within[i]]


def _list_around(form: LabelForm, wanted: WantedLabel, cost: float) -> Iterator[_Candidate]:
    """Yield the places beside a label's points."""
    away = wanted.radius + GAP + 0.5
    for rank, (x, y) in enumerate(wanted.points):
        for dx, dy, side in _SIDES:
            yield _Candidate(form, _make_box(form, x, y, dx, dy, away), None, cost + rank + side)


def _list_led(form: LabelForm, wanted: WantedLabel, cost: float) -> Iterator[_Candidate]:
    """Yield the places that a leader leads to, from a label's points or from points of its area."""
    radius, line = wanted.radius, form.height / len(form.lines)
    points = wanted.points if wanted.area is None else _list_anchors(wanted.area)
    for rank, (x, y) in enumerate(points):
        for distance in DISTANCES:
            for dx, dy in _DIRECTIONS:
                box = _make_box(form, x, y, dx, dy, radius + distance * line)
                end = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
                length = math.hypot(end[0] - x, end[1] - y)
                if length <= radius + LEADER_GAP:
                    continue
                ux, uy = (end[0] - x) / length, (end[1] - y) / length
                start = x + ux * radius, y + uy * radius
                end = end[0] - ux * LEADER_GAP / 2, end[1] - uy * LEADER_GAP / 2
                yield _Candidate(form, box, (start, end), cost + rank + distance, (x, y))


def _make_box(form: LabelForm, x: float, y: float, dx: float, dy: float, away: float) -> Box:
    """Return the box that stands `away` from a point in a direction."""
    middle_x, middle_y = (
        x + dx * away + _lean(dx) * form.width / 2,
        y + dy * away + _lean(dy) * form.height / 2,
    )
    left, top = middle_x - form.width / 2, middle_y - form.height / 2
    return left, top, left + form.width, top + form.height


def _lean(share: float) -> float:
    """Return how far a box leans to a side: wholly from a third of the direction on."""
    return max(-1.0, min(1.0, share * 3))


def _list_inside(form: LabelForm, wanted: WantedLabel, cost: float) -> Iterator[_Candidate]:
    """Yield the places within an area, from its middle outwards."""
    assert wanted.area is not None
    middles = _make_grid(wanted.area)
    half = np.array([form.width / 2, form.height / 2])
    boxes = np.hstack([middles - half, middles + half])
    boxes = boxes[shapely.contains(wanted.area, shapely.box(*boxes.T))]
    reach = np.ptp(middles, axis=0).max()
    far = np.hypot(*((boxes[:, :2] + half) - middles[0]).T) / reach
    for box, away in zip(map(tuple, boxes.tolist()), far.tolist(), strict=True):
        yield _Candidate(form, box, None, cost + 3 * away)


def _list_anchors(area: BaseGeometry) -> list[MapPoint]:
    """Return points of an area that leaders may come from, its middle first."""
    points = _make_grid(area)
    inner = points[shapely.contains(area, shapely.points(points))]
    order = np.argsort(np.hypot(*(inner - points[0]).T), kind="stable")
    return [tuple(point) for point in inner[order[:: max(1, len(inner) // MOST_ANCHORS)]].tolist()]


def _make_grid(area: BaseGeometry) -> _Points:
    """Return the middle of an area, and a grid of points over its bounds."""
    left, top, right, bottom = area.bounds
    share = (np.arange(GRID) + 0.5) / GRID
    grid = np.stack(np.meshgrid(left + share * (right - left), top + share * (bottom - top)), axis=-1)
    shapely.prepare(area)
    return np.vstack([find_middle(area), grid.reshape(-1, 2)])


def find_middle(area: BaseGeometry) -> MapPoint:
    """Return a polygon's middle: its centre of gravity, or where it is broadest if that lies outside."""
    centre = shapely.centroid(area)
    if not shapely.contains(area, centre):
        centre = shapely.get_point(shapely.maximum_inscribed_circle(area), 0)
    return float(shapely.get_x(centre)), float(shapely.get_y(centre))
