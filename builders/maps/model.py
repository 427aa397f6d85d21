"""A map as a value: what is drawn on it and where. Points from the map's top left corner, y downwards."""

from dataclasses import dataclass
from typing import Literal

from builders.maps.labels import Box, MapPoint
from builders.outline.map_blocks import LineKind, MarkerKind
from builders.outline.model import Event

LabelOf = Literal["territory", "line", "place"]
MapRing = tuple[MapPoint, ...]
MapPolygon = tuple[MapRing, ...]  # its outer ring, then its holes


@dataclass(frozen=True, slots=True)
class MapTerritory:
    """An area with its name. `look` counts the areas that are not emphasised."""

    name: str
    polygons: tuple[MapPolygon, ...]
    look: int
    emphasis: bool
    approximate: bool


@dataclass(frozen=True, slots=True)
class MapCourse:
    """A border, front or route; it may be in several parts, which run in its direction."""

    name: str
    kind: LineKind
    parts: tuple[MapRing, ...]
    approximate: bool


@dataclass(frozen=True, slots=True)
class MapMarker:
    """A place; `numbers` are those of the events that happened there."""

    name: str
    kind: MarkerKind
    at: MapPoint
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MapLabel:
    """Words in their box, a line each, behind the `numbers` of the events that happened there.

    Where there was no room the line is a `letter` of the key, on a blank map a number. With a `plate`
    something is drawn below.
    """

    lines: tuple[str, ...]
    box: Box
    leader: tuple[MapPoint, MapPoint] | None
    of: LabelOf
    numbers: tuple[int, ...]
    letter: str
    plate: bool


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """An event that the map tells, with its number there."""

    number: int
    event: Event
    place: str  # its name


@dataclass(frozen=True, slots=True)
class MapPlan:
    """A whole map. `key` says what its letters stand for; `scale` is a length in points and in kilometres."""

    width: float
    height: float
    land: tuple[MapPolygon, ...]
    modern_borders: tuple[MapRing, ...]
    territories: tuple[MapTerritory, ...]
    lines: tuple[MapCourse, ...]
    markers: tuple[MapMarker, ...]
    labels: tuple[MapLabel, ...]
    key: tuple[tuple[str, str], ...]
    events: tuple[NumberedEvent, ...]
    scale: tuple[float, int]
