"""Maps of every make are planned: labels apart, on the map and led to what they name; the same each time."""

import json
import random
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Geod

from builders.core.diagnostics import OutlineFaults
from builders.geography.base_map import load_base_map
from builders.maps.map_plan import plan_map
from builders.maps.model import MapPlan
from builders.maps.naming import MapFace, MapLook
from builders.outline.blocks import Block
from builders.outline.load import load_outline
from builders.outline.map_blocks import Map, Place
from builders.outline.model import Outline
from builders.outline.text_fields import Languages

OUTLINE = Path(__file__).parent / "outlines" / "voyages.yaml"
SIZES = ((300, 8), (420, 8), (480, 9), (700, 14))  # width and letters' size in points
QUICK = 30
ENGLISH = Languages(("en",))
WORDS = ("Alta", "Bay", "Cape", "Dun", "Este", "Fjord", "Gran", "Holm", "Isla", "Kap", "Los", "Monte", "Rio")
CODES = ["ES", "PT", "FR", "IT", "GR", "EG", "DZ", "LY", "TR", "SE", "NO", "PL", "BR", "AR", "CL", "PE", "IN"]
EXTENTS = [(-12, 34, 32, 60), (-85, -56, -33, 14), (60, 4, 100, 38), (-180, -60, 180, 84), (4, 54, 32, 72)]


@cache
def voyages() -> Outline:
    return load_outline(OUTLINE).outline


def measure(text: str, face: MapFace) -> float:
    return len(text) * (0.55 if face == "bold" else 0.5)


def make_look(width: float, size: float, **more: Any) -> MapLook:
    return MapLook(width, 0.42 * width, 1.1 * width, size, size * 1.15, measure, **more)


def plan(values: dict[str, Any], places: dict[str, tuple[float, float]], look: MapLook) -> MapPlan:
    """Return the plan of a map; `places` are names by latitude and longitude."""
    listed = [{"id": key, "name": {"en": key.title()}, "at": write(at)} for key, at in places.items()]
    read = json.loads(json.dumps({"places": listed, "map": {"title": {"en": "A map"}, **values}}))
    known = tuple(Place.model_validate(one, context=ENGLISH) for one in read["places"])
    chosen = Map.model_validate(read["map"], context=ENGLISH)
    section = voyages().sections[0].model_copy(update={"blocks": (Block(map=chosen),)})
    outline = voyages().model_copy(update={"places": known, "sections": (section,)})
    return plan_map(outline, 0, 0, "en", OUTLINE.parent, look)


def write(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:.4f}" for number in numbers)


def make_random(seed: int) -> tuple[dict[str, Any], dict[str, tuple[float, float]], MapLook]:
    chance = random.Random(seed)
    count = chance.randint(5, 60)
    width, size = SIZES[seed % len(SIZES)]
    west, south, east, north = EXTENTS[chance.randrange(len(EXTENTS))]
    areas = min(chance.randint(0, count // 3), len(CODES))
    routes = min(chance.randint(0, count // 6), 6)
    places = {}
    for number in range(count - areas - routes):
        name = "-".join(chance.choices(WORDS, k=chance.randint(1, 3))).lower() + f"-{number}"
        inside = (
            round(chance.uniform(south + 1, north - 1), 2),
            round(chance.uniform(west + 1, east - 1), 2),
        )
        places[name] = inside
    territories = [
        {"label": {"en": chance.choice(WORDS) + " Land"}, "countries": [code]}
        for code in chance.sample(CODES, areas)
    ]
    lines = [
        {
            "kind": chance.choice(["route", "front", "border"]),
            "label": {"en": chance.choice(WORDS).lower() + " way"},
            "points": [
                write((chance.uniform(south + 1, north - 1), chance.uniform(west + 1, east - 1)))
                for _ in range(3)
            ],
        }
        for _ in range(routes)
    ]
    values = {
        "extent": write((west, south, east, north)),
        "territories": territories,
        "lines": lines,
        "places": [{"place": name} for name in places],
    }
    return values, places, make_look(width, size, blank=seed % 10 == 9)


def assert_apart(made: MapPlan, size: float) -> None:
    """Assert that labels, markers and leaders keep off each other, and that all is on the map."""
    boxes = [shapely.box(*label.box) for label in made.labels]
    radius = size * 0.3
    markers = [
        shapely.box(x - radius, y - radius, x + radius, y + radius)
        for x, y in (marker.at for marker in made.markers)
    ]
    leaders = [shapely.LineString(label.leader) if label.leader else None for label in made.labels]
    for box in boxes:
        left, top, right, bottom = box.bounds
        assert min(left, top) >= 0 and right <= made.width and bottom <= made.height
        assert not any(box.intersects(marker) for marker in markers)
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    led = [line for line in leaders if line is not None]
    assert not any(one.intersects(other) for one, other in combinations(led, 2))
    for leader in led:
        assert not any(leader.intersects(box) for box in boxes)
        start = shapely.Point(leader.coords[0])
        assert not any(leader.intersects(m) and m.distance(start) > 1 for m in markers)


def assert_named(made: MapPlan) -> None:
    """Assert that each territory's label stands in it, is led to it, or is a letter of the key."""
    key = dict(made.key)
    seen = [one for one in made.territories if one.polygons]
    labels = [label for label in made.labels if label.of == "territory"]
    assert len(labels) == len(seen)
    for territory, label in zip(seen, labels, strict=True):
        area = shapely.union_all([shapely.Polygon(p[0], p[1:]).buffer(0.05) for p in territory.polygons])
        start = shapely.Point(label.leader[0]) if label.leader else shapely.box(*label.box)
        assert area.covers(start) or (label.leader and area.distance(start) <= 1.1), territory.name
        said = key[label.letter] if label.letter else " ".join(label.lines)
        assert said == territory.name
    assert len(made.markers) == sum(label.of == "place" for label in made.labels)


SEEDS = [pytest.param(n, marks=[] if n < QUICK else [pytest.mark.slow]) for n in range(200)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_map_has_its_labels_apart(seed: int) -> None:
    values, places, look = make_random(seed)
    count = sum(len(values[kind]) for kind in ("territories", "lines", "places"))
    try:
        made = plan(values, places, look)
    except OutlineFaults:
        assert count > 40 and look.width < 480  # what a page has room for is never refused
        return
    assert_apart(made, look.size)
    assert_named(made)
    if seed % 7 == 0:
        assert made == plan(values, places, look)


WORLD = (-180, -90, 180, 90)
HOSTILE: dict[str, tuple[dict[str, Any], dict[str, tuple[float, float]]]] = {
    code: ({"territories": [{"label": {"en": code}, "countries": [code]}]}, {})
    for code in ("RU", "FJ", "NZ", "US", "KI", "AQ")
} | {
    "the world": (
        {"extent": write(WORLD), "modern_borders": "true"},
        {"north": (90, 0), "south": (-90, 180)},
    ),
    "a tenth of a degree": ({"extent": write((2.1, 41.3, 2.2, 41.4))}, {"port": (41.35, 2.15)}),
    "a pole alone": ({}, {"pole": (90, 0)}),
    "both poles": ({}, {"north": (90, 0), "south": (-90, 0)}),
    "the date line": ({"extent": write((170, -50, 200, -10))}, {"a": (-20, 179.9), "b": (-20, -179.9)}),
    "a name of 100 letters": ({"extent": write((-10, 35, 5, 45))}, {"a" * 100: (40, -4)}),
    "sixty territories": (
        {
            "extent": write(WORLD),
            "territories": [
                {"label": {"en": f"Land {code}"}, "countries": [code]}
                for code in sorted(load_base_map().codes)[:60]
            ],
        },
        {},
    ),
}


@pytest.mark.parametrize(("values", "places"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_map_is_drawn(values: dict[str, Any], places: dict[str, tuple[float, float]]) -> None:
    values = {**values, "places": [{"place": key} for key in places]}
    for width, size in SIZES[1:]:
        made = plan(values, places, make_look(width, size))
        assert_apart(made, size)
        assert len(made.markers) == len(places)


@pytest.mark.parametrize("extent", [(-12, 34, 46, 60), (-180, -60, 180, 84), (4, 34, 150, 60)])
def test_areas_keep_their_ratios(extent: tuple[float, ...]) -> None:
    codes = ["UA", "PL", "RO", "DE", "IT"] if extent[0] < 0 else ["KZ", "MN", "UA", "TR"]
    territories = [{"label": {"en": code}, "countries": [code]} for code in codes]
    values = {"extent": write(extent), "territories": territories}
    made = plan(values, {}, make_look(1000, 8, detail=0.05))
    earth = Geod(a=6371007, b=6371007)
    due = [
        sum(abs(earth.geometry_area_perimeter(one)[0]) for one in load_base_map().make_country(code))
        for code in codes
    ]
    drawn = [sum(shapely.Polygon(p[0], p[1:]).area for p in one.polygons) for one in made.territories]
    ratios = [one / other for one, other in zip(drawn, due, strict=True)]
    assert max(ratios) < 1.01 * min(ratios), ratios
