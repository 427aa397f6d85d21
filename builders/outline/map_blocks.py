"""Places and maps: where things happened, as an outline says it.

Coordinates are written as atlases and encyclopaedias give them, latitude first: `59.94, 30.31`.
"""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, WithJsonSchema

from builders.outline.fields import (
    MOST_ITEMS,
    Cites,
    Flag,
    Identifier,
    LabelText,
    LineText,
    Model,
    PlainText,
    describe_field,
    make_choice_reader,
    make_validator,
    read_number,
)
from builders.outline.text_fields import Languages, make_field_error, quote_value

MOST_MARKS = 60  # on one map: of territories, lines and places each

Coordinates = tuple[float, float]  # latitude and longitude in degrees
Bounds = tuple[float, float, float, float]  # west, south, east and north, in degrees

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DECIMAL_COMMAS = re.compile(r"(-?[0-9]{1,3}),([0-9]+)\s*[,;]\s*(-?[0-9]{1,3}),([0-9]+)")
_SEXAGESIMAL = re.compile(r"[°º'′\"″]|[NSEWO]\b")


def _split_numbers(value: Any, due: int, like: str) -> list[float]:
    """Return the numbers of a list, or of a text that has commas between them."""
    if isinstance(value, str) and (commas := _DECIMAL_COMMAS.fullmatch(value.strip())):
        message = "{found} has decimal commas; write {a}.{b}, {c}.{d}"
        a, b, c, d = commas.groups()
        raise make_field_error(message, found=quote_value(value), a=a, b=b, c=c, d=d)
    if isinstance(value, str) and _SEXAGESIMAL.search(value):
        raise make_field_error(
            "{found} is not in decimal degrees; write it like {like}", found=quote_value(value), like=like
        )
    parts = re.split(r"\s*,\s*", value.strip()) if isinstance(value, str) else value
    if not isinstance(parts, list) or len(parts) != due:
        raise make_field_error(
            "{due} numbers are due here, not {found}; write them like {like}",
            due=due,
            found=quote_value(value),
            like=like,
        )
    return [float(read_number(str(part) if isinstance(part, str) else part)) for part in parts]


def _read_coordinates(value: Any, _: Languages) -> Coordinates:
    latitude, longitude = _split_numbers(value, 2, "59.94, 30.31")
    if abs(latitude) > 90 and abs(longitude) <= 90:
        raise make_field_error(
            "the latitude {lat} is beyond a pole; write the latitude first: {lon}, {lat}",
            lat=f"{latitude:g}",
            lon=f"{longitude:g}",
        )
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise make_field_error(
            "the coordinates lie off the globe; write latitude, longitude like 59.94, 30.31"
        )
    return latitude, longitude


def _read_point(value: Any, languages: Languages) -> str | Coordinates:
    if isinstance(value, str) and _ID.fullmatch(value) and not value.isdigit():
        return str(value)
    return _read_coordinates(value, languages)


def _read_bounds(value: Any, _: Languages) -> Bounds:
    west, south, east, north = _split_numbers(value, 4, "[20, 40, 60, 70]")
    if not (-90 <= south < north <= 90):
        message = "the map's south {south} is not below its north {north}; write [west, south, east, north]"
        raise make_field_error(message, south=f"{south:g}", north=f"{north:g}")
    if not (-180 <= west <= 180 and west < east <= west + 360):
        message = "the map's west {west} is not left of its east {east}; over the date line write {over}"
        raise make_field_error(message, west=f"{west:g}", east=f"{east:g}", over=f"{east + 360:g}")
    return west, south, east, north


def _read_country(value: Any, _: Languages) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value):
        return str(value)
    message = "{found} is not a country's code; write the two capital letters of ISO 3166-1, like {like}"
    like = value.upper() if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}", value) else "ES or UA"
    raise make_field_error(message, found=quote_value(value), like=like)


def _read_told_events(value: Any, _: Languages) -> Literal["section"] | tuple[str, ...]:
    if value == "section":
        return "section"
    if isinstance(value, list) and value:
        ids = [one for one in value if isinstance(one, str) and _ID.fullmatch(one)]
        if len(ids) == len(value):
            return tuple(map(str, ids))
    raise make_field_error("the events are not told; write `section`, or a list of their ids")


_PAIR = {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 2}
_PLACE = {"type": "string", "examples": ["59.94, 30.31"]}
CoordinatesField = Annotated[
    Coordinates,
    make_validator(_read_coordinates, lambda _: (0.0, 0.0)),
    WithJsonSchema({"anyOf": [_PLACE, _PAIR]}),
]
Point = Annotated[
    str | Coordinates,
    make_validator(_read_point, lambda _: (0.0, 0.0)),
    WithJsonSchema({"anyOf": [_PLACE, _PAIR], "examples": ["petrograd", "57.82, 28.33"]}),
]
BoundsField = Annotated[
    Bounds,
    make_validator(_read_bounds, lambda _: (-180.0, -90.0, 180.0, 90.0)),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 4, "maxItems": 4},
                {"type": "string", "examples": ["20, 40, 60, 70"]},
            ]
        }
    ),
]
CountryCode = Annotated[
    str,
    make_validator(_read_country, lambda _: "ES"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"}),
]
ToldEvents = Annotated[
    Literal["section"] | tuple[str, ...],
    make_validator(_read_told_events, lambda _: "section"),
    WithJsonSchema({"anyOf": [{"enum": ["section"]}, {"type": "array", "items": {"type": "string"}}]}),
]

LineKind = Literal["border", "front", "route"]
MarkerKind = Literal["capital", "city", "battle", "site"]
LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)
MARKER_KINDS: tuple[MarkerKind, ...] = get_args(MarkerKind)
LineKindField = Annotated[
    LineKind,
    make_validator(make_choice_reader(LINE_KINDS), lambda _: "border"),
    WithJsonSchema({"enum": [*LINE_KINDS]}),
]
MarkerKindField = Annotated[
    MarkerKind,
    make_validator(make_choice_reader(MARKER_KINDS), lambda _: "city"),
    WithJsonSchema({"enum": [*MARKER_KINDS]}),
]


class Place(Model):
    """Somewhere that events and maps speak of; linked as `[words](#id)`."""

    id: Identifier = describe_field("Name for links: small letters, digits and hyphens.")
    name: LineText = describe_field("As each language writes it, in the time of the course.")
    at: CoordinatesField = describe_field("Latitude and longitude in degrees, south and west negative.")
    original: PlainText | None = describe_field("In the script of `original_language`.", None)
    note: LineText | None = describe_field("What it is, or what it is called today.", None)


class Territory(Model):
    """An area of a map: countries, a ring of points, a file, or several of these as one."""

    label: LabelText = describe_field("Its name on the map.")
    countries: Annotated[tuple[CountryCode, ...], Field(max_length=MOST_MARKS)] = describe_field(
        "Today's countries that it is made of, by their ISO 3166-1 codes.", ()
    )
    ring: Annotated[tuple[Point, ...], Field(max_length=MOST_ITEMS)] = describe_field(
        "Its border, point by point: ids of places, or latitude and longitude.", ()
    )
    file: PlainText | None = describe_field("A GeoJSON file below the outline's folder.", None)
    emphasis: Flag = describe_field("`true` for what the title speaks of.", False)
    approximate: Flag = describe_field("`true` where its limits are not exact: they are dashed.", False)


class MapLine(Model):
    """A line of a map: a border, a front or a route, which ends in an arrow."""

    kind: LineKindField = describe_field("`border`, `front` or `route`.", "border")
    label: LabelText | None = describe_field("Its name on the map.", None)
    points: Annotated[tuple[Point, ...], Field(max_length=MOST_ITEMS)] = describe_field(
        "From point to point: ids of places, or latitude and longitude.", ()
    )
    file: PlainText | None = describe_field("A GeoJSON file below the outline's folder.", None)
    approximate: Flag = describe_field("`true` where its course is not exact: it is dashed.", False)


class MapPlace(Model):
    """A place on a map."""

    place: Identifier = describe_field("The id of one of `places`.")
    kind: MarkerKindField = describe_field("`capital`, `city`, `battle` or `site`.", "city")


class Map(Model):
    """A map to scale, on an equal-area projection, of what it names."""

    title: LineText = describe_field("States the finding.")
    extent: BoundsField | None = describe_field(
        "West, south, east and north in degrees; by default what the map names, with a margin.", None
    )
    territories: Annotated[tuple[Territory, ...], Field(max_length=MOST_MARKS)] = describe_field(
        "Areas, from the lowest to the uppermost.", ()
    )
    lines: Annotated[tuple[MapLine, ...], Field(max_length=MOST_MARKS)] = describe_field(
        "Borders, fronts and routes.", ()
    )
    places: Annotated[tuple[MapPlace, ...], Field(max_length=MOST_MARKS)] = describe_field(
        "Capitals, cities, battles and sites.", ()
    )
    events: ToldEvents | None = describe_field(
        "`section`, or ids of events: numbered at their places, in order of time.", None
    )
    modern_borders: Flag = describe_field("`true` to draw today's borders, thin; the map says so.", False)
    source: Cites | None = describe_field("Where it is from, in quotation marks.", None)
    note: LineText | None = describe_field("Printed small below.", None)
    alt: LineText | None = describe_field(
        "Said instead of the picture; written from the map by default.", None
    )
