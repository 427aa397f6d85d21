"""What a map names, as shapes of longitude and latitude in degrees, and the extent that holds them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from builders.geography.base_map import Points, load_base_map
from builders.geography.geojson import make_path, make_ring, read_geojson
from builders.geography.projection import MapExtent
from builders.maps.shapes import list_edge_points
from builders.outline.map_blocks import Coordinates, Map, MapLine, Place, Territory

LEAST_WIDTH = 2.0  # degrees that a map shows, if it names one place alone


def make_territory(territory: Territory, places: Mapping[str, Place], root: Path) -> list[BaseGeometry]:
    """Return the polygons of a territory. Raises GeometryFault."""
    found = [shape for code in territory.countries for shape in load_base_map().make_country(code)]
    if territory.ring:
        found.append(make_ring(locate_points(territory.ring, places)))
    if territory.file is not None:
        found += read_geojson(root, territory.file, ("Polygon",))
    return found


def make_line(line: MapLine, places: Mapping[str, Place], root: Path) -> list[BaseGeometry]:
    """Return the parts of a line. Raises GeometryFault."""
    found = [make_path(locate_points(line.points, places))] if line.points else []
    if line.file is not None:
        found += read_geojson(root, line.file, ("LineString",))
    return found


def locate_points(points: Sequence[str | Coordinates], places: Mapping[str, Place]) -> list[Coordinates]:
    """Return points, ids of places among them, as coordinates."""
    return [places[one].at if isinstance(one, str) else one for one in points]


def find_extent(chosen: Map, shapes: Sequence[BaseGeometry], points: Points) -> tuple[MapExtent, Points]:
    """Return what a map shows, and points (longitude, latitude) that its frame holds.

    Without an `extent` of its own that is all that it names: `shapes`, and its places' `points`.
    """
    if chosen.extent:
        extent = MapExtent(*chosen.extent)
        return extent, list_edge_points(extent)
    shown = np.vstack([shapely.get_coordinates(list(shapes)), points])
    longitudes = np.sort(shown[:, 0] % 360)
    gaps = np.diff(longitudes, append=longitudes[0] + 360)
    west = longitudes[(int(gaps.argmax()) + 1) % len(longitudes)]  # east of the widest empty stretch
    shown = np.column_stack([west + (shown[:, 0] - west) % 360, shown[:, 1]])
    (left, low), (right, high) = shown.min(axis=0), shown.max(axis=0)
    if max(right - left, high - low) < LEAST_WIDTH:
        half = LEAST_WIDTH / 2
        x, y = (left + right) / 2, min(max((low + high) / 2, half - 90), 90 - half)
        shown = np.array([[x - half, y - half], [x + half, y + half]])
        (left, low), (right, high) = shown
    west = left - 360 if left > 180 else left
    shown[:, 0] += west - left
    return MapExtent(float(west), float(low), float(west + right - left), float(high)), shown
