"""Maps in finished documents: places stand where PROJ puts them, and areas have their true ratios."""

import io
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
import yaml
from pyproj import Proj

from builders import deck, guide
from builders.deck.options import DeckOptions
from builders.guide.options import GuideOptions
from builders.outline.load import load_outline
from tests.deck_reading import read_slides
from tests.pdf_shapes import Shape, page_shapes

FILE = Path(__file__).parent / "outlines" / "voyages.yaml"
VALUES = yaml.safe_load(FILE.read_text("utf-8"))
MAPS = [block["map"] for section in VALUES["sections"] for block in section["blocks"]]
AT = {
    one["id"]: tuple(map(float, one["at"].split(",") if isinstance(one["at"], str) else one["at"]))
    for one in VALUES["places"]
}
NAMES = {one["id"]: one["name"]["en"] for one in VALUES["places"]}
PROJ = (  # of each map: by its extent, as Snyder advises
    "+proj=eqearth +lon_0=10",
    f"+proj=aea +lat_1={35 + 10 / 6} +lat_2={45 - 10 / 6} +lon_0=-3",
    f"+proj=cea +lat_ts={2.5 + 31 / 4} +lon_0=128",
    "+proj=laea +lat_0=90 +lon_0=0",
    f"+proj=aea +lat_1={58 + 14 / 6} +lat_2={72 - 14 / 6} +lon_0=188",
    "+proj=laea +lat_0=-90 +lon_0=0",
)
Box = tuple[float, float, float, float]
EACH_MAP = pytest.mark.parametrize("number", range(len(MAPS)), ids=[one["title"]["en"] for one in MAPS])


@cache
def built(builder: Any, options: Any) -> bytes:
    (artifact,) = builder.build(load_outline(FILE).outline, options(lang="en", root=FILE.parent))
    return bytes(artifact.data)


def place(number: int, at: tuple[float, ...], box: Box) -> tuple[float, float]:
    """Return where PROJ puts a place (latitude, longitude) in a map's box, which its extent fills."""
    project = Proj(f"{PROJ[number]} +R=6371007 +over +units=m")
    meridian = float(PROJ[number].split("lon_0=")[1])
    west, south, east, north = MAPS[number]["extent"]
    along, up = np.linspace(west, east, 2000), np.linspace(south, north, 2000)
    edges = [(along, south + 0 * along), (along, north + 0 * along), (west + 0 * up, up), (east + 0 * up, up)]
    longitudes, latitudes = (np.concatenate(side) for side in zip(*edges, strict=True))
    xs, ys = project(np.clip(longitudes, meridian - 180, meridian + 180), latitudes)
    wide, high = np.ptp(xs), np.ptp(ys)
    scale = min((box[2] - box[0]) / wide, (box[3] - box[1]) / high)
    middle = (xs.max() + xs.min()) / 2, (ys.max() + ys.min()) / 2
    x, y = project(meridian + (at[1] - meridian + 180) % 360 - 180, at[0])
    return (
        (box[0] + box[2]) / 2 + (x - middle[0]) * scale,
        (box[1] + box[3]) / 2 - (y - middle[1]) * scale,
    )


def list_places(number: int) -> list[str]:
    """Return the ids of the places of a map, those of its events last."""
    ids = [one["place"] for one in MAPS[number]["places"]]
    if MAPS[number].get("events") == "section":
        events = sorted(VALUES["sections"][0]["events"], key=lambda event: str(event["date"]))
        ids += [event["place"] for event in events]
    return list(dict.fromkeys(ids))


def find_drawn(number: int) -> tuple[Box, list[Shape]]:
    """Return the box of a map in the guide, and the shapes in it."""
    title = MAPS[number]["title"]["en"]
    with pikepdf.open(io.BytesIO(built(guide, GuideOptions))) as pdf:
        shapes = [one for page in page_shapes(pdf) for one in page if title in (one.figure or "")]
    ground = next(one for one in shapes if one.is_rectangle)
    return ground.path, shapes


@EACH_MAP
def test_places_stand_in_the_guide_where_proj_puts_them(number: int) -> None:
    box, shapes = find_drawn(number)
    signs = [
        one
        for one in shapes
        if one.fill and one.stroke and one.high < 8 and one.top < box[3]
        if one.stroke == "#FFFFFF" or (one.fill == "#FFFFFF" and one.width == pytest.approx(0.8))
    ]
    ids = list_places(number)
    assert len(signs) == len(ids)
    for sign, key in zip(signs, ids, strict=True):
        due = place(number, AT[key], box)
        assert np.hypot(*np.subtract(sign.middle, due)) < 0.003 * (box[2] - box[0]), key


@EACH_MAP
def test_places_stand_in_the_deck_where_proj_puts_them(number: int) -> None:
    title = MAPS[number]["title"]["en"]
    slide = next(
        slide
        for slide in read_slides(built(deck, DeckOptions))
        if slide.title == title and any(one.name == "Sea" for one in slide.shapes)
    )
    sea = next(one for one in slide.shapes if one.name == "Sea")
    box = sea.x, sea.y, sea.right, sea.bottom
    for key in list_places(number):
        (sign,) = (
            one for one in slide.shapes if one.name == NAMES[key] and one.w == one.h < 10 and not one.text
        )
        due = place(number, AT[key], box)
        middle = sign.x + sign.w / 2, sign.y + sign.h / 2
        assert np.hypot(*np.subtract(middle, due)) < 0.003 * (box[2] - box[0]), key


def measure_area(points: tuple[tuple[float, float], ...]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*points, points[0])))) / 2


def test_twenty_places_are_held_on_four_projections() -> None:
    assert len({key for number in range(len(MAPS)) for key in list_places(number)}) >= 20
    assert len({proj.split()[0] for proj in PROJ}) == 4
