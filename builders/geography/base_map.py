"""The base map: the world's coasts and today's countries, as polygons of longitude and latitude in degrees.

`base_map.json` is written by `python3 tasks.py basemap`. It is TopoJSON's topology: countries share the arcs
of their borders, so that neighbours join without a gap.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

_FILE = Path(__file__).with_name("base_map.json")
_Rings = Sequence[Sequence[int]]  # of a polygon: arc numbers, ~n for arc n backwards
Points = NDArray[np.float64]  # of shape (n, 2): longitude and latitude, or x and y


class BaseMap:
    """Coasts and countries. Longitudes go on beyond 180 where a shape crosses the date line."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        scale, translate = np.array(content["scale"]), np.array(content["translate"])
        self._arcs: list[Points] = [
            np.cumsum(np.array(arc), axis=0) * scale + translate for arc in content["arcs"]
        ]
        self._countries: Mapping[str, Sequence[_Rings]] = content["countries"]
        self._land: Sequence[_Rings] = content["land"]

    @property
    def codes(self) -> frozenset[str]:
        """The ISO 3166-1 codes of the countries, two letters each."""
        return frozenset(self._countries)

    def make_country(self, code: str) -> list[BaseGeometry]:
        """Return a country's polygons."""
        return self._make_polygons(self._countries[code])

    @cached_property
    def land(self) -> list[BaseGeometry]:
        """All land, lakes included, as polygons."""
        return self._make_polygons(self._land)

    @cached_property
    def borders(self) -> list[BaseGeometry]:
        """The lines that two countries share."""
        uses: Counter[int] = Counter()
        for polygons in self._countries.values():
            uses.update({max(arc, ~arc) for rings in polygons for ring in rings for arc in ring})
        shared = [arc for arc, count in sorted(uses.items()) if count > 1]
        return [shapely.linestrings(_unwrap(self._arcs[arc])) for arc in shared]

    def _make_polygons(self, polygons: Sequence[_Rings]) -> list[BaseGeometry]:
        """Return polygons; rings that don't lie within the first, as Antarctica's, are polygons too."""
        made: list[BaseGeometry] = []
        for rings in map(self._make_rings, polygons):
            whole = shapely.Polygon(rings[0], rings[1:])
            apart = len(rings) > 1 and not shapely.is_valid(whole)
            made += map(shapely.Polygon, rings) if apart else [whole]
        return made

    def _make_rings(self, rings: _Rings) -> list[Points]:
        made = []
        for ring in rings:
            parts = [self._arcs[arc] if arc >= 0 else self._arcs[~arc][::-1] for arc in ring]
            made.append(_close_over_pole(_unwrap(np.concatenate([parts[0], *(p[1:] for p in parts[1:])]))))
        return made


@cache
def load_base_map() -> BaseMap:
    """Return the base map, read once."""
    return BaseMap(json.loads(_FILE.read_bytes()))


def _unwrap(points: Points) -> Points:
    """Return a line whose longitudes never jump from 180 to -180."""
    if np.ptp(points[:, 0]) < 180:
        return points
    out = points.copy()
    out[:, 0] = np.unwrap(points[:, 0], period=360)
    return out


def _close_over_pole(ring: Points) -> Points:
    """Return a ring that goes round a pole as one that has the pole's parallel for an edge."""
    if abs(ring[0, 0] - ring[-1, 0]) < 180:
        return ring
    pole = 90.0 if ring[:, 1].mean() > 0 else -90.0
    return np.vstack([ring, [[ring[-1, 0], pole], [ring[0, 0], pole], ring[0]]])
