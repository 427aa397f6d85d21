"""The plan of a map: everything placed, before anything is drawn; one for guide, deck and worksheet."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from builders.core.diagnostics import Fault, OutlineFaults
from builders.geography.base_map import Points, load_base_map
from builders.geography.geojson import GeometryFault
from builders.geography.projection import choose_projection
from builders.maps.contents import find_extent, make_line, make_territory
from builders.maps.labels import Box, MapPoint, NoRoomOnMap, Obstacles, place_labels
from builders.maps.model import (
    MapCourse,
    MapMarker,
    MapPlan,
    MapPolygon,
    MapRing,
    MapTerritory,
    NumberedEvent,
)
from builders.maps.naming import MARKER_RADIUS, MapLook, MapNames
from builders.maps.shapes import MapFrame, make_frame, place_lines, place_polygons
from builders.outline.map_blocks import Map, MapPlace, MarkerKind, Place
from builders.outline.model import Event, Outline

MARGIN, LOCATOR_MARGIN = 0.06, 0.2  # around what a map names, of its larger side
SMALL_ISLAND = 1.0  # points: smaller land is left out
COAST_COST, LINE_COST = 1.5, 4.0  # of a label across a coast or border, and across a line
LAND_POINTS, BORDER_POINTS = 3.0, 1.0  # times the most of a territory: for all land, all borders
BORDER_DETAIL = 2.0  # how much coarser modern borders may be than the rest


def plan_map(outline: Outline, section: int, block: int, lang: str, root: Path, look: MapLook) -> MapPlan:
    """Return the plan of the map that is a block (0-based) of a section, its texts in `lang`.

    Its files lie below `root`. Raises OutlineFaults where a file cannot be read or its names have no room.
    """
    chosen = outline.sections[section].blocks[block].map
    assert chosen is not None
    path = ("sections", section, "blocks", block, "map")
    try:
        return _plan(outline, section, chosen, lang, root, look)
    except GeometryFault as fault:
        message, _, advice = str(fault).partition("; ")
        raise OutlineFaults([Fault(message, advice, path)]) from None
    except NoRoomOnMap as full:
        message = f"the map has no room for {len(full.keys)} of its names"
        raise OutlineFaults([Fault(message, "name fewer, or show a smaller extent", path)]) from None


def plan_locator(outline: Outline, section: int, lang: str, root: Path, look: MapLook) -> MapPlan | None:
    """Return the plan of a map of the places of a section's events; None where it has none, or no room."""
    places = dict.fromkeys(event.place for event in outline.sections[section].events if event.place)
    if not places:
        return None
    marked = tuple(MapPlace(place=key, kind="city") for key in places)
    chosen = Map.model_construct(places=marked, modern_borders=True)
    try:
        plan = _plan(outline, section, chosen, lang, root, look, LOCATOR_MARGIN)
    except NoRoomOnMap:
        return None
    return None if plan.key else plan


def _plan(
    outline: Outline, section: int, chosen: Map, lang: str, root: Path, look: MapLook, margin: float = MARGIN
) -> MapPlan:
    places = {place.id: place for place in outline.places}
    areas = [make_territory(one, places, root) for one in chosen.territories]
    lines = [make_line(one, places, root) for one in chosen.lines]
    events = list_events(outline, section, chosen)
    kinds = _choose_markers(chosen, events)
    points = np.array([places[key].at for key in kinds]).reshape(-1, 2)[:, ::-1]
    extent, shown = find_extent(chosen, [shape for group in (*areas, *lines) for shape in group], points)
    frame = make_frame(
        choose_projection(extent),
        shown,
        look.width,
        look.least_height,
        look.most_height,
        0.0 if chosen.extent else margin,
    )
    return _MapPlanner(frame, MapNames(look, chosen, lang, places)).plan(areas, lines, kinds, events)


def list_maps(outline: Outline) -> Iterator[tuple[int, int, Map]]:
    """Yield the maps of an outline with the indices of their sections and blocks."""
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            if block.map:
                yield i, j, block.map


def list_events(outline: Outline, section: int, chosen: Map) -> list[Event]:
    """Return the events that a map tells, in order of time."""
    if chosen.events is None:
        return []
    if chosen.events == "section":
        found = [event for event in outline.sections[section].events if event.place]
    else:
        by_id = {event.id: event for one in outline.sections for event in one.events}
        found = [by_id[key] for key in chosen.events]
    return sorted(found, key=lambda event: (event.date.first, event.date.last))


def _choose_markers(chosen: Map, events: Sequence[Event]) -> dict[str, MarkerKind]:
    """Return the ids of the places that a map shows, with the kinds of their markers."""
    kinds: dict[str, MarkerKind] = {one.place: one.kind for one in chosen.places}
    for event in events:
        if event.place:
            kinds.setdefault(event.place, "site")
    return kinds


@dataclass(frozen=True, slots=True)
class _MapPlanner:
    frame: MapFrame
    names: MapNames

    @property
    def look(self) -> MapLook:
        return self.names.look

    @property
    def chosen(self) -> Map:
        return self.names.chosen

    @property
    def places(self) -> Mapping[str, Place]:
        return self.names.places

    def plan(
        self,
        areas: Sequence[Sequence[BaseGeometry]],
        lines: Sequence[Sequence[BaseGeometry]],
        kinds: Mapping[str, MarkerKind],
        events: Sequence[Event],
    ) -> MapPlan:
        """Return the plan; `areas` and `lines` are the shapes of the map's territories and lines."""
        frame, detail, base = self.frame, self.look.detail, load_base_map()
        land = place_polygons(frame, base.land, detail, dissolve=frame.projection.is_polar)
        most = self.look.most_points
        fine = [one for one in land if shapely.area(one) >= SMALL_ISLAND or len(land) == 1]
        land = self._limit(fine, LAND_POINTS * most)
        drawn_areas = [self._limit(place_polygons(frame, shapes, detail), most) for shapes in areas]
        drawn_lines = [place_lines(frame, shapes, detail) for shapes in lines]
        borders = []
        if self.chosen.modern_borders:
            borders = place_lines(frame, base.borders, detail * BORDER_DETAIL)
            borders = self._limit(borders, BORDER_POINTS * most)
        markers = self._make_markers(kinds, events)
        drawn_lines = self._end_routes_at_markers(drawn_lines, [marker for _, marker in markers])
        wanted = [
            *self.names.want_places(markers),
            *self.names.want_lines(drawn_lines),
            *self.names.want_territories(drawn_areas),
        ]
        edges = [shapely.boundary(shape) for group in (land, *drawn_areas) for shape in group]
        obstacles = Obstacles(
            frame.width,
            frame.height,
            tuple(self._make_marker_box(marker.at) for _, marker in markers),
            (
                (_join_lines([*edges, *borders]), COAST_COST),
                (_join_lines([part for group in drawn_lines for part in group]), LINE_COST),
            ),
        )
        shapes = [shape for group in (edges, borders, *drawn_lines, *drawn_areas) for shape in group]
        labels, key = self.names.make_labels(
            place_labels(wanted, obstacles), dict(markers), shapely.GeometryCollection(shapes)
        )
        return MapPlan(
            frame.width,
            frame.height,
            tuple(_make_polygon(one) for part in land for one in self._limit([part], most)),
            tuple(map(_make_ring, borders)),
            self._make_territories(drawn_areas),
            self._make_lines(drawn_lines),
            tuple(marker for _, marker in markers),
            labels,
            key,
            tuple(
                NumberedEvent(number, event, self.names.write(self.places[event.place].name))
                for number, event in enumerate(events, 1)
                if event.place
            ),
            self._choose_scale(),
        )

    def _limit(self, shapes: Sequence[BaseGeometry], most: float) -> list[BaseGeometry]:
        """Return polygons or lines of `most` points together: coarser, and without the smallest polygons."""
        kept, detail = list(shapes), self.look.detail
        while sum(map(shapely.get_num_coordinates, kept)) > max(most, 5 * len(kept)):
            detail *= 1.4
            simpler = shapely.simplify(kept, detail)
            largest = int(shapely.area(simpler).argmax())
            kept = [
                one
                for i, one in enumerate(simpler)
                if i == largest or one.geom_type == "LineString" or one.area > 12 * detail * detail
            ]
        return kept

    # -- what is drawn ----------------------------------------------------------------------------------

    def _make_territories(self, drawn: Sequence[Sequence[BaseGeometry]]) -> tuple[MapTerritory, ...]:
        made, looks = [], 0
        for one, shapes in zip(self.chosen.territories, drawn, strict=True):
            polygons = tuple(map(_make_polygon, shapes))
            made.append(
                MapTerritory(self.names.write(one.label), polygons, looks, one.emphasis, one.approximate)
            )
            looks += not one.emphasis
        return tuple(made)

    def _make_lines(self, drawn: Sequence[Sequence[BaseGeometry]]) -> tuple[MapCourse, ...]:
        return tuple(
            MapCourse(
                self.names.write(one.label) if one.label else "",
                one.kind,
                tuple(map(_make_ring, parts)),
                one.approximate,
            )
            for one, parts in zip(self.chosen.lines, drawn, strict=True)
        )

    def _end_routes_at_markers(
        self, drawn: Sequence[Sequence[BaseGeometry]], markers: Sequence[MapMarker]
    ) -> list[list[BaseGeometry]]:
        """Return the lines' parts; a route to a marker stops at its edge, so that its head shows."""
        near = self.look.size * MARKER_RADIUS
        ends = shapely.points([marker.at for marker in markers]) if markers else []
        found = []
        for line, parts in zip(self.chosen.lines, drawn, strict=True):
            shown = list(parts)
            if line.kind == "route":
                for i, part in enumerate(parts):
                    if part.length > 4 * near and shapely.dwithin(shapely.get_point(part, -1), ends, 1).any():
                        shown[i] = substring(part, 0, part.length - near - 1)
            found.append(shown)
        return found

    def _make_markers(
        self, kinds: Mapping[str, MarkerKind], events: Sequence[Event]
    ) -> list[tuple[str, MapMarker]]:
        """Return the markers that lie within the frame, with the ids of their places."""
        made = []
        for key, kind in kinds.items():
            place = self.places[key]
            at = np.array([[place.at[1], place.at[0]]])
            x, y = map(float, self.frame.place(at)[0])
            numbers = tuple(number for number, event in enumerate(events, 1) if event.place == key)
            if 0 <= x <= self.frame.width and 0 <= y <= self.frame.height:
                made.append((key, MapMarker(self.names.write(place.name), kind, (x, y), numbers)))
        return made

    def _make_marker_box(self, at: MapPoint) -> Box:
        radius = self.look.size * MARKER_RADIUS
        return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius

    def _choose_scale(self) -> tuple[float, int]:
        """Return a round number of kilometres whose length is a quarter of the width at most; that length."""
        most = self.frame.width / 4 / self.frame.scale
        step = 10 ** int(np.floor(np.log10(most)))
        kilometres = max(1, next(int(step * one) for one in (5, 2, 1) if step * one <= most))
        return kilometres * self.frame.scale, kilometres


def make_arrow_head(points: MapRing, length: float) -> MapRing:
    """Return the triangle at the end of a line, as long as that."""
    (x, y), behind = points[-1], points[-2]
    for point in reversed(points[:-1]):  # steps shorter than the head don't turn it
        behind = point
        if math.hypot(x - point[0], y - point[1]) >= length:
            break
    far = math.hypot(x - behind[0], y - behind[1]) or 1.0
    ux, uy = (x - behind[0]) / far, (y - behind[1]) / far
    back, half = (x - ux * length, y - uy * length), length * 0.4
    return (x, y), (back[0] - uy * half, back[1] + ux * half), (back[0] + uy * half, back[1] - ux * half)


def _join_lines(lines: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return lines as one shape that is quick to ask what crosses it."""
    parts = shapely.get_parts(list(lines)) if lines else []
    whole = shapely.MultiLineString([part for part in parts if not part.is_empty])
    shapely.prepare(whole)
    return whole


def _make_polygon(polygon: BaseGeometry) -> MapPolygon:
    return tuple(map(_make_ring, (polygon.exterior, *polygon.interiors)))


def _make_ring(line: BaseGeometry) -> MapRing:
    points: Points = shapely.get_coordinates(line)
    return tuple((round(float(x), 2), round(float(y), 2)) for x, y in points)
