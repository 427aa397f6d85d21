"""Places exist and lie where they should; maps name what there is, and can be drawn."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from builders.core.diagnostics import Fault, Path, suggest_nearest
from builders.outline.map_blocks import Coordinates, Map, Place
from builders.outline.model import Event, Outline, Section

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    _Shapes = Generator[Fault, None, list[BaseGeometry]]

FAR_FROM_LAND = 0.7  # degrees: the base map leaves out small islands


def check_maps(outline: Outline, root: FilePath) -> Iterator[Fault]:
    """Yield a fault for each place or event that nothing is, each territory or line that cannot be drawn.

    Warnings tell of places that lie in the sea. The files of maps are looked for below the folder `root`.
    """
    maps = [
        (("sections", i, "blocks", j, "map"), section, block.map)
        for i, section in enumerate(outline.sections)
        for j, block in enumerate(section.blocks)
        if block.map
    ]
    yield from _check_event_places(outline)
    if outline.places or maps:
        yield from _check_coordinates(outline)
    for path, section, chosen in maps:
        yield from _MapCheck(outline, section, chosen, path, root).check()


def _check_event_places(outline: Outline) -> Iterator[Fault]:
    known = [place.id for place in outline.places]
    for i, section in enumerate(outline.sections):
        for j, event in enumerate(section.events):
            if event.place is not None and event.place not in known:
                yield _tell_unknown(event.place, known, "place", ("sections", i, "events", j, "place"))


def _tell_unknown(name: str, known: list[str], what: str, path: Path) -> Fault:
    where = {"place": "add it to `places`", "event": "add it to a section's `events`"}[what]
    return Fault(f"there is no {what} '{name}'", suggest_nearest(name, known) or where, path)


def _check_coordinates(outline: Outline) -> Iterator[Fault]:
    """Yield a warning for each place that lies far from all land, with the advice that fits."""
    from builders.geography.land import is_near_land

    first: dict[object, str] = {}
    for i, place in enumerate(outline.places):
        here = ("places", i, "at")
        latitude, longitude = place.at
        same = (place.at, *place.name.values())  # a town that changed its name may be there twice
        if same in first:
            message = f"'{place.id}' lies where '{first[same]}' lies"
            yield Fault(message, "correct one, or remove it", here, severity="warning")
        first.setdefault(same, place.id)
        if is_near_land(latitude, longitude, FAR_FROM_LAND):
            continue
        advice = "check its latitude and longitude"
        if abs(longitude) <= 90 and is_near_land(longitude, latitude, 0):
            advice = f"the two may be swapped: write {longitude:g}, {latitude:g}"
        yield Fault(f"'{place.id}' lies in the sea", advice, here, severity="warning")


class _MapCheck:
    """The checks of one map."""

    def __init__(self, outline: Outline, section: Section, chosen: Map, path: Path, root: FilePath) -> None:
        self.section, self.chosen, self.path, self.root = section, chosen, path, root
        self.places: Mapping[str, Place] = {place.id: place for place in outline.places}
        self.events: Mapping[str, Event] = {
            event.id: event for one in outline.sections for event in one.events
        }

    def check(self) -> Iterator[Fault]:
        """Yield everything that is wrong with the map."""
        chosen, path = self.chosen, self.path
        if not (chosen.territories or chosen.lines or chosen.places or chosen.events or chosen.extent):
            yield Fault("the map shows nothing", "name its territories, lines, places or events", path)
        yield from self._check_places()
        yield from self._check_events()
        for i, territory in enumerate(chosen.territories):
            here = (*path, "territories", i)
            if not (territory.countries or territory.ring or territory.file):
                yield Fault("the territory has no shape", "give it `countries`, a `ring` or a `file`", here)
            shapes = [
                *(yield from self._check_countries(territory.countries, (*here, "countries"))),
                *(yield from self._check_points(territory.ring, (*here, "ring"), ring=True)),
                *(yield from self._check_file(territory.file, ("Polygon",), (*here, "file"))),
            ]
            yield from self._check_shown("territory", shapes, here)
        for i, line in enumerate(chosen.lines):
            here = (*path, "lines", i)
            if not (line.points or line.file):
                yield Fault("the line goes nowhere", "give it `points` or a `file`", here)
            shapes = [
                *(yield from self._check_points(line.points, (*here, "points"), ring=False)),
                *(yield from self._check_file(line.file, ("LineString",), (*here, "file"))),
            ]
            yield from self._check_shown("line", shapes, here)

    def _check_places(self) -> Iterator[Fault]:
        met: set[str] = set()
        for i, one in enumerate(self.chosen.places):
            here = (*self.path, "places", i, "place")
            if one.place not in self.places:
                yield _tell_unknown(one.place, [*self.places], "place", here)
            elif one.place in met:
                yield Fault(f"'{one.place}' stands on this map already", "remove it", here)
            else:
                yield from self._check_place_shown(one.place, here)
            met.add(one.place)

    def _check_events(self) -> Iterator[Fault]:
        told = self.chosen.events
        here = (*self.path, "events")
        if told == "section":
            if not any(event.place for event in self.section.events):
                yield Fault("no event of this section has a `place`", "give its events places", here)
            for key in dict.fromkeys(event.place for event in self.section.events if event.place):
                yield from self._check_place_shown(key, here)
            return
        for i, key in enumerate(told or ()):
            if key not in self.events:
                yield _tell_unknown(key, [*self.events], "event", (*here, i))
            elif self.events[key].place is None:
                yield Fault(f"the event '{key}' has no `place`", "give it one", (*here, i))
            elif key in (told or ())[:i]:
                yield Fault(f"the event '{key}' is told twice", "remove it", (*here, i))
            else:
                yield from self._check_place_shown(str(self.events[key].place), (*here, i))

    def _check_place_shown(self, key: str, path: Path) -> Iterator[Fault]:
        """Yield a warning if a place, should there be such a one, lies outside the map's extent."""
        if self.chosen.extent and key in self.places:
            import shapely

            latitude, longitude = self.places[key].at
            yield from self._check_shown(f"place '{key}'", [shapely.Point(longitude, latitude)], path)

    def _check_shown(self, what: str, shapes: "Sequence[BaseGeometry]", path: Path) -> Iterator[Fault]:
        """Yield a warning if nothing of some shapes lies within the map's extent."""
        extent = self.chosen.extent
        if not extent or not shapes:
            return
        from builders.geography.shown import is_shown

        if not is_shown(shapes, *extent):
            advice = "widen the extent, or remove it"
            yield Fault(f"the {what} lies outside the map's `extent`", advice, path, severity="warning")

    # These return the shapes that can be made of what they check.

    def _check_countries(self, codes: tuple[str, ...], path: Path) -> "_Shapes":
        if not codes:
            return []
        from builders.geography.base_map import load_base_map

        known = load_base_map().codes
        for i, code in enumerate(codes):
            if code not in known:
                yield Fault(
                    f"there is no country '{code}' on the base map", _advise_on_code(code), (*path, i)
                )
        return [shape for code in codes if code in known for shape in load_base_map().make_country(code)]

    def _check_points(self, points: tuple[str | Coordinates, ...], path: Path, ring: bool) -> "_Shapes":
        from builders.geography.geojson import GeometryFault, make_path, make_ring

        unknown = [
            (i, one) for i, one in enumerate(points) if isinstance(one, str) and one not in self.places
        ]
        for i, name in unknown:
            yield _tell_unknown(name, [*self.places], "place", (*path, i))
        if unknown or not points:
            return []
        located = [self.places[one].at if isinstance(one, str) else one for one in points]
        try:
            return [(make_ring if ring else make_path)(located)]
        except GeometryFault as fault:
            message, _, advice = str(fault).partition("; ")
            yield Fault(message, advice, path)
            return []

    def _check_file(self, file: str | None, kinds: tuple[str, ...], path: Path) -> "_Shapes":
        from builders.geography.geojson import GeometryFault, read_geojson

        if file is None:
            return []
        try:
            return read_geojson(self.root, file, kinds)
        except GeometryFault as fault:
            message, _, advice = str(fault).partition("; ")
            yield Fault(message, advice, path)
            return []


def _advise_on_code(code: str) -> str:
    """Return which codes are meant by one that is no longer, or was never, a country's (CLDR's aliases)."""
    from babel.core import get_global

    meant = get_global("territory_aliases").get(code)
    if meant:
        return f"write {', '.join(meant)}"
    return "use the two letters of ISO 3166-1, such as ES for Spain"
