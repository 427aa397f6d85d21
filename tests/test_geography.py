"""The earth: projections are those of PROJ; files are read, or told what is wrong with them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Proj

from builders.geography.base_map import load_base_map
from builders.geography.geojson import GeometryFault, make_path, make_ring, read_geojson
from builders.geography.projection import AlbersConic, EqualEarth, MapExtent, Projection, choose_projection
from builders.maps.shapes import list_edge_points, make_frame, place_polygons

SPHERE = "+R=6371007 +units=m"
CASES: list[tuple[Projection, str]] = [
    (AlbersConic(10, 43, 62), "+proj=aea +lat_1=43 +lat_2=62 +lat_0=0 +lon_0=10"),
    (AlbersConic(-60, -50, -20), "+proj=aea +lat_1=-50 +lat_2=-20 +lat_0=0 +lon_0=-60"),
    (AlbersConic(175, 30, 30.5), "+proj=aea +lat_1=30 +lat_2=30.5 +lat_0=0 +lon_0=175"),
    (AlbersConic(0, 90, 90), "+proj=laea +lat_0=90 +lon_0=0"),
    (AlbersConic(40, -90, -90), "+proj=laea +lat_0=-90 +lon_0=40"),
    (AlbersConic(-90, -20, 20), "+proj=cea +lat_ts=20 +lon_0=-90"),
    (EqualEarth(0), "+proj=eqearth +lon_0=0"),
    (EqualEarth(150), "+proj=eqearth +lon_0=150"),
]


@pytest.mark.parametrize(("projection", "proj"), CASES, ids=[proj for _, proj in CASES])
def test_a_projection_is_projs(projection: Projection, proj: str) -> None:
    turn, latitude = (
        grid.ravel() for grid in np.meshgrid(np.linspace(-179.9, 179.9, 25), np.linspace(-89, 89, 25))
    )
    longitude = projection.meridian + turn
    x, y = projection.project(longitude, latitude)
    due_x, due_y = (values / 1000 for values in Proj(f"{proj} {SPHERE}")(longitude, latitude))
    _, first_y = projection.project(np.array([projection.meridian]), np.array([10.0]))
    _, due_first = Proj(f"{proj} {SPHERE}")(projection.meridian, 10.0)
    due_y += first_y[0] - due_first / 1000  # where y is 0 is free
    far = np.hypot(due_x, due_y).max()
    assert np.abs(x - due_x).max() < 1e-6 * far
    assert np.abs(y - due_y).max() < 1e-6 * far


@pytest.mark.parametrize(
    ("extent", "kind"),
    [
        (MapExtent(-10, 35, 30, 60), AlbersConic(10, 35 + 25 / 6, 60 - 25 / 6)),
        (MapExtent(100, -10, 140, 10), AlbersConic(120, -5, 5)),
        (MapExtent(-180, 60, 180, 90), AlbersConic(0, 90, 90)),
        (MapExtent(-180, -90, 180, -60), AlbersConic(0, -90, -90)),
        (MapExtent(-170, -60, 190, 80), EqualEarth(10)),
        (MapExtent(-20, -60, 60, 40), EqualEarth(20)),
    ],
)
def test_the_projection_fits_the_extent(extent: MapExtent, kind: Projection) -> None:
    assert choose_projection(extent) == kind


SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
BOW = [[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]]
CIRCLE = [[float(np.cos(a)), float(np.sin(a))] for a in np.linspace(0, 2 * np.pi, 90_000)]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}


def collect(*geometries: Any) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def feature(geometry: Any) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": None, "geometry": geometry}],
    }


READ: dict[str, tuple[Any, int]] = {
    "with a hole": ({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, 1),
    "in a collection of collections": (collect(collect(POLYGON), collect(collect(POLYGON))), 2),
    "beside a feature without a shape": (
        {
            "type": "FeatureCollection",
            "features": [*feature(None)["features"], *feature(POLYGON)["features"]],
        },
        1,
    ),
    "that crosses itself": ({"type": "Polygon", "coordinates": [BOW]}, 1),
    "with heights": ({"type": "Polygon", "coordinates": [[[*point, 12.5] for point in SQUARE]]}, 1),
    "of 90,000 points": ({"type": "Polygon", "coordinates": [[*CIRCLE[:-1], CIRCLE[0]]]}, 1),
    "over the date line": (
        {"type": "Polygon", "coordinates": [[[170, 0], [190, 0], [190, 9], [170, 0]]]},
        1,
    ),
}


@pytest.mark.parametrize(("content", "count"), READ.values(), ids=READ)
def test_a_file_gives_its_polygons(content: Any, count: int, tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text(json.dumps(content), "utf-8")
    assert len(read_geojson(tmp_path, "a.geojson", ("Polygon",))) == count


TOO_MANY = [[i / 400_000, i % 2] for i in range(110_000)]
REFUSED: dict[str, tuple[str, str]] = {
    "words": ("hello", "is not GeoJSON"),
    "nothing": ("", "is not GeoJSON"),
    "a list": ("[1, 2]", "is not GeoJSON"),
    "another object": ('{"type": "Thing"}', "is not GeoJSON"),
    "cut off": ('{"type": "Polygon", "coordinates": [[[0, 0', "is not GeoJSON"),
    "numbers for points": ('{"type": "Polygon", "coordinates": [1, 2]}', "is not GeoJSON"),
    "an open ring": ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}', "is not GeoJSON"),
    "null": ("null", "is not GeoJSON"),
    "no shape": (json.dumps(feature(None)), "holds no Polygon"),
    "points": ('{"type": "Point", "coordinates": [1, 2]}', "holds no Polygon"),
    "metres": (
        json.dumps({"type": "Polygon", "coordinates": [[[x * 1e5, y * 1e5] for x, y in SQUARE]]}),
        "is not in degrees",
    ),
    "not a number": ('{"type": "Polygon", "coordinates": [[[NaN, 0], [1, 0], [1, 1], [NaN, 0]]]}', "is not"),
    "too many points": (
        json.dumps({"type": "Polygon", "coordinates": [[*TOO_MANY, TOO_MANY[0]]]}),
        "has more than 100000 points",
    ),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_drawn_is_told(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text(text, "utf-8")
    with pytest.raises(GeometryFault, match=told):
        read_geojson(tmp_path, "a.geojson", ("Polygon",))


@pytest.mark.parametrize(
    ("file", "told"),
    [("b.geojson", "there is no file"), ("../a.geojson", "is outside"), ("/a.geojson", "is outside"),
     ("c\\a.geojson", "is outside"), (".", "there is no file")],
)  # fmt: skip
def test_a_file_lies_in_the_folder(file: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(GeometryFault, match=told):
        read_geojson(tmp_path, file, ("Polygon",))


def test_rings_and_lines_go_over_the_date_line() -> None:
    ring = make_ring([(0, 170), (10, -170), (-10, -170)])
    assert ring.bounds == (170, -10, 190, 10)
    assert make_path([(0, -170), (0, 170)]).bounds == (-190, 0, -170, 0)


@pytest.mark.parametrize("ring", [[(0, 0), (1, 1)], [(0, 0)] * 5, [(0, 0), (4, 4), (4, 0), (0, 4)]])
def test_a_ring_goes_round_once(ring: list[tuple[float, float]]) -> None:
    with pytest.raises(GeometryFault):
        make_ring(ring)


def test_what_lies_round_a_pole_is_whole() -> None:
    mainland = max(shapely.area(one) for one in load_base_map().make_country("AQ"))
    assert mainland > 5000  # square degrees
    path = shapely.get_coordinates(make_path([(-85, 20), (-90, 0)]))
    assert set(path[:, 0]) == {20}
    frame = make_frame(AlbersConic(0, 90, 90), list_edge_points(MapExtent(-180, 55, 180, 90)), 400, 200, 400)
    land = place_polygons(frame, load_base_map().land, 0.25, dissolve=frame.projection.is_polar)
    seam = frame.place(np.array([[180.0, 65.5], [180.0, 68.0]]))  # where the data are cut, across Chukotka
    middle = shapely.LineString(seam).buffer(0.2)
    assert any(shapely.contains(one, middle) for one in land)
