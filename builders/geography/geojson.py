"""Rings, lines and GeoJSON files as shapes of longitude and latitude in degrees."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from builders.core.diagnostics import TemarioError
from builders.geography.base_map import Points

MOST_BYTES = 8 * 1024 * 1024  # of a GeoJSON file
MOST_POINTS = 100_000
_NO_SHAPE = re.compile(r'("geometry"\s*:\s*)null\b')  # RFC 7946, 3.2: a feature without a place
_EMPTY = r'\1{"type": "GeometryCollection", "geometries": []}'


class GeometryFault(TemarioError):
    """A file or ring that cannot be drawn; the message says why and, behind '; ', what to do."""


def join_points(places: Sequence[tuple[float, float]]) -> Points:
    """Return places (latitude, longitude) as a path of longitudes and latitudes without a jump of 360.

    A pole is reached and left along the meridians of its neighbours.
    """
    points = [(longitude, latitude) for latitude, longitude in places]
    for i in range(len(points) - 1, -1, -1):
        if abs(points[i][1]) == 90:
            near = [*points[max(i - 1, 0) : i], *points[i + 1 : i + 2]]
            points[i : i + 1] = [(longitude, points[i][1]) for longitude, _ in near]
    path = np.array(points, dtype=float)
    path[:, 0] = np.unwrap(path[:, 0], period=360)
    return path


def make_ring(places: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the polygon that places (latitude, longitude) go round. Raises GeometryFault."""
    if len(set(places)) < 3:
        raise GeometryFault("the ring has fewer than three points; add the rest of its border")
    ring = shapely.polygons(join_points(places))
    if not shapely.is_valid(ring):
        raise GeometryFault("the ring crosses itself; give its points in their order along the border")
    return ring


def make_path(places: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Return the line from place to place (latitude, longitude). Raises GeometryFault."""
    if len(set(places)) < 2:
        raise GeometryFault("the line has fewer than two points; add where it goes")
    return shapely.linestrings(join_points(places))


def read_geojson(root: Path, file: str, kinds: Sequence[str]) -> list[BaseGeometry]:
    """Return the shapes of some kinds in a GeoJSON file below the folder `root`. Raises GeometryFault."""
    path = (root / file).resolve()
    if "\\" in file or Path(file).is_absolute() or not path.is_relative_to(root.resolve()):
        raise GeometryFault(f"'{file}' is outside the outline's folder; put the file inside it")
    try:
        if not path.is_file():
            raise GeometryFault(f"there is no file '{file}'; check the name, which counts from the folder")
        if path.stat().st_size > MOST_BYTES:
            raise GeometryFault(f"'{file}' is larger than {MOST_BYTES >> 20} MB; simplify it")
        text = _NO_SHAPE.sub(
            r'\1{"type": "GeometryCollection", "geometries": []}', path.read_text("utf-8-sig")
        )
        found = shapely.from_geojson(text)
    except OSError as error:
        raise GeometryFault(f"'{file}' cannot be read ({error.strerror or 'broken'}); check it") from None
    except (UnicodeDecodeError, shapely.errors.GEOSException):
        raise GeometryFault(f"'{file}' is not GeoJSON; export it again") from None
    shapes = [one for one in _list_parts(found) if one.geom_type in kinds and not one.is_empty]
    if not shapes:
        raise GeometryFault(f"'{file}' holds no {' or '.join(kinds)}; export the right layer")
    if sum(shapely.get_num_coordinates(one) for one in shapes) > MOST_POINTS:
        raise GeometryFault(f"'{file}' has more than {MOST_POINTS} points; simplify it")
    west, south, east, north = np.array([one.bounds for one in shapes]).T
    if not (south.min() >= -90 and north.max() <= 90 and west.min() >= -360 and east.max() <= 540):
        raise GeometryFault(f"'{file}' is not in degrees; export it as longitude and latitude (EPSG:4326)")
    return shapes


def _list_parts(shape: BaseGeometry) -> list[BaseGeometry]:
    if not hasattr(shape, "geoms"):
        return [shape]
    return [one for part in shape.geoms for one in _list_parts(part)]
