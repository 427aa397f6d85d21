"""Shapes on a map: from degrees to the page, cut at the map's frame, no finer than its size can show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from builders.geography.base_map import Points
from builders.geography.projection import MapExtent, Projection

LONGEST_STRAIGHT = 1.0  # degrees: longer edges are parted, since a parallel is no straight line on a map
GRID_SIZE = 0.01  # points
WINDOW_STEP = 2.5  # degrees between the points that are tried for what a frame shows
Shapes = NDArray[np.object_]  # of shapely's geometries


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A map's frame on the plane of its projection, and its size in points.

    On the page x runs to the right and y downwards, from the frame's top left corner.
    """

    projection: Projection
    left: float  # km
    top: float
    scale: float  # points a km
    width: float  # points
    height: float

    def place(self, points: Points) -> Points:
        """Return where points (longitude, latitude) stand on the page."""
        near = points[:, 0] - 360 * np.round((points[:, 0] - self.projection.meridian) / 360.0001)
        x, y = self.projection.project(near, points[:, 1])
        return np.column_stack([(x - self.left) * self.scale, (self.top - y) * self.scale])

    @property
    def box(self) -> BaseGeometry:
        """The frame as a rectangle on the page."""
        return shapely.box(0, 0, self.width, self.height)


def make_frame(
    projection: Projection, shown: Points, width: float, least: float, most: float, margin: float = 0.0
) -> MapFrame:
    """Return the frame of `width` points that holds points (longitude, latitude), and a margin around them.

    It is as high as they ask for, but `least` to `most` points; where it is larger it shows more of the
    world. The margin is a share of the larger side.
    """
    plane = np.column_stack(projection.project(shown[:, 0], shown[:, 1]))
    (left, bottom), (right, top) = plane.min(axis=0), plane.max(axis=0)
    around = margin * max(right - left, top - bottom)
    left, right, bottom, top = left - around, right + around, bottom - around, top + around
    height = min(max(float(width * (top - bottom) / (right - left)), least), most)
    scale = min(width / (right - left), height / (top - bottom))
    left -= (width / scale - (right - left)) / 2
    top += (height / scale - (top - bottom)) / 2
    return MapFrame(projection, float(left), float(top), float(scale), width, height)


def list_edge_points(extent: MapExtent) -> Points:
    """Return points along the edges of an extent (longitude, latitude)."""
    box = shapely.box(extent.west, extent.south, extent.east, extent.north)
    points: Points = shapely.get_coordinates(shapely.segmentize(box, LONGEST_STRAIGHT))
    return points


def place_polygons(
    frame: MapFrame, polygons: Sequence[BaseGeometry], detail: float, *, dissolve: bool = True
) -> list[BaseGeometry]:
    """Return polygons (degrees) on the page, cut at the frame, without what is too small to be seen.

    `detail` is the greatest error in points. `dissolve` makes one of polygons that touch.
    """
    placed = _place_shapes(frame, polygons)
    west, north, east, south = shapely.bounds(placed).reshape(-1, 4).T
    large = (east - west > detail) | (south - north > detail)
    inside = (west >= 0) & (north >= 0) & (east <= frame.width) & (south <= frame.height)
    crossing = shapely.intersection(_mend(placed[large & ~inside]), frame.box)
    cut = shapely.get_parts(np.concatenate([_mend(placed[large & inside]), crossing]))
    if dissolve:  # edges that were cut apart, round a pole, meet but for their last digits
        grid = GRID_SIZE if frame.projection.is_polar else None
        cut = shapely.get_parts(shapely.union_all(cut, grid_size=grid))
    return _simplify(cut, "Polygon", detail)


def place_lines(frame: MapFrame, lines: Sequence[BaseGeometry], detail: float) -> list[BaseGeometry]:
    """Return lines (degrees) on the page, joined where they meet and cut at the frame."""
    whole = shapely.union_all(shapely.intersection(_place_shapes(frame, lines), frame.box))
    return _simplify(shapely.get_parts(shapely.line_merge(whole)), "LineString", detail)


def _simplify(shapes: Shapes, kind: str, detail: float) -> list[BaseGeometry]:
    """Return the shapes of a kind; where a frame only touches one, a point or an edge of it is left."""
    fine = shapely.get_parts(shapely.simplify(shapes, detail))
    return [one for one in fine if one.geom_type == kind and not one.is_empty]


def _place_shapes(frame: MapFrame, shapes: Sequence[BaseGeometry]) -> Shapes:
    cut = _cut_at_window(np.array(shapes, dtype=object), _find_window(frame))
    placed: Shapes = shapely.transform(shapely.segmentize(cut, LONGEST_STRAIGHT), frame.place)
    return placed


def _find_window(frame: MapFrame) -> MapExtent:
    """Return an extent that holds all that the frame shows, within 180 degrees of its meridian."""
    middle = frame.projection.meridian
    longitudes = middle + np.arange(-180, 180.1, WINDOW_STEP)
    grid = np.stack(np.meshgrid(longitudes, np.arange(-90, 90.1, WINDOW_STEP)), axis=-1).reshape(-1, 2)
    x, y = frame.place(grid).T
    step = WINDOW_STEP * 160 * frame.scale  # points that a step may be long; a degree is 111 km at most
    shown = (x > -step) & (x < frame.width + step) & (y > -step) & (y < frame.height + step)
    (west, south), (east, north) = grid[shown].min(axis=0), grid[shown].max(axis=0)
    return MapExtent(
        max(west - WINDOW_STEP, middle - 180),
        max(south - WINDOW_STEP, -90),
        min(east + WINDOW_STEP, middle + 180),
        min(north + WINDOW_STEP, 90),
    )


def _cut_at_window(shapes: Shapes, window: MapExtent) -> Shapes:
    """Return what of the shapes lies within a window, turned by whole circles where they need it."""
    west, south, east, north = shapely.bounds(shapes).T
    box = shapely.box(window.west, window.south, window.east, window.north)
    found = []
    for turn in (-720, -360, 0, 360, 720):
        here = (west + turn < window.east) & (east + turn > window.west)
        here &= (south < window.north) & (north > window.south)
        inside = (west + turn >= window.west) & (east + turn <= window.east)
        inside &= (south >= window.south) & (north <= window.north)
        whole, parted = (
            shapely.transform(shapes[these], lambda at, by=turn: at + np.array([by, 0]))
            for these in (here & inside, here & ~inside)
        )
        found += [whole, shapely.intersection(_mend(parted), box)]
    cut: Shapes = np.concatenate(found)
    filled: Shapes = cut[~shapely.is_empty(cut)]
    return filled


def _mend(shapes: Shapes) -> Shapes:
    """Return the shapes, those that cross themselves made whole."""
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return shapes
