"""The names on a map: what each asks for, in which forms it may be set, and how it stands in the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import shapely
from shapely.geometry.base import BaseGeometry

from builders.language import markup
from builders.language.formatting import write_letters
from builders.maps.labels import LabelForm, PlacedName, WantedLabel
from builders.maps.model import LabelOf, MapLabel, MapMarker
from builders.outline.map_blocks import Map, Place

MARKER_RADIUS = 0.32  # of the labels' size
LONG_NAME = 14  # characters: longer names may be set in two lines or three
MOST_BROKEN_WORDS = 12
MapFace = Literal["regular", "bold", "italic"]
LABEL_FACES: Mapping[LabelOf, MapFace] = {"territory": "bold", "line": "italic", "place": "regular"}


@dataclass(frozen=True, slots=True)
class MapLook:
    """What an output asks of a map: its width, the least and greatest height, its text (points).

    `measure` returns the width of a text in a face in ems; `detail` is the greatest error of shapes, and
    `most_points` the most that one territory may have. A `blank` map has numbers in place of names.
    """

    width: float
    least_height: float
    most_height: float
    size: float
    leading: float
    measure: Callable[[str, MapFace], float]
    detail: float = 0.25
    most_points: int = 100_000
    blank: bool = False


@dataclass(frozen=True, slots=True)
class MapNames:
    """The names of one map in a language, as an output sets them."""

    look: MapLook
    chosen: Map
    lang: str
    places: Mapping[str, Place]

    def write(self, text: Mapping[str, str]) -> str:
        """Return a text of the outline without markup."""
        return " ".join(markup.strip_markup(text[self.lang]).split())

    def want_places(self, markers: Sequence[tuple[str, MapMarker]]) -> Iterator[WantedLabel]:
        """Yield the names of places (by their ids), each beside its marker."""
        radius = self.look.size * MARKER_RADIUS
        for key, marker in markers:
            numbers = "" if self.look.blank else write_numbers(marker.numbers)
            forms = self._make_forms(marker.name, "regular", numbers)
            yield WantedLabel(
                f"place:{key}", forms, self._make_letter(numbers), points=(marker.at,), radius=radius
            )

    def want_lines(self, drawn: Sequence[Sequence[BaseGeometry]]) -> Iterator[WantedLabel]:
        """Yield the names of lines, each beside the longest of its parts."""
        for i, (line, parts) in enumerate(zip(self.chosen.lines, drawn, strict=True)):
            if line.label is None or not parts:
                continue
            longest = max(parts, key=shapely.length)
            at = shapely.line_interpolate_point(longest, [0.5, 0.35, 0.65, 0.2, 0.8], normalized=True)
            points = tuple((float(point.x), float(point.y)) for point in at)
            forms = self._make_forms(self.write(line.label), "italic")
            yield WantedLabel(f"line:{i}", forms, self._make_letter(), points=points, radius=1.5)

    def want_territories(self, drawn: Sequence[Sequence[BaseGeometry]]) -> Iterator[WantedLabel]:
        """Yield the names of territories, each within the largest part that no other covers."""
        for i, (territory, shapes) in enumerate(zip(self.chosen.territories, drawn, strict=True)):
            if not shapes:
                continue
            above = shapely.union_all([shape for group in drawn[i + 1 :] for shape in group])
            free = shapely.get_parts(shapely.difference(shapes, above))
            area = max((one for one in free if one.geom_type == "Polygon"), key=shapely.area, default=None)
            forms = self._make_forms(self.write(territory.label), "bold")
            yield WantedLabel(
                f"territory:{i}",
                forms,
                self._make_letter(),
                radius=1.0,
                area=area if area is not None else shapes[0],
            )

    def _make_forms(self, name: str, face: MapFace, numbers: str = "") -> tuple[LabelForm, ...]:
        """Return the ways to set a name: in a line; a long one also in two or three."""
        look = self.look
        if look.blank:
            return (self._make_letter(),)
        choices: list[tuple[str, ...]] = [(name,)]
        if len(name) > LONG_NAME:
            choices += [lines for count in (2, 3) if (lines := break_name(name, count))]
        forms = []
        for lines in choices:
            widths = [look.measure(line, face) for line in lines]
            if numbers:
                widths[0] += look.measure(f"{numbers} ", "bold")
            forms.append(LabelForm(lines, max(widths) * look.size, len(lines) * look.leading))
        return tuple(forms)

    def _make_letter(self, numbers: str = "") -> LabelForm:
        """Return the form of a name that stands in the key, as wide as any letter or number there."""
        text = f"{numbers} mm" if numbers else "mm"
        return LabelForm(("",), self.look.measure(text, "bold") * self.look.size * 0.75, self.look.leading)

    def make_labels(
        self, placed: Sequence[PlacedName], markers: Mapping[str, MapMarker], drawn: BaseGeometry
    ) -> tuple[tuple[MapLabel, ...], tuple[tuple[str, str], ...]]:
        """Return the labels as they are drawn, and the key of those that stand as letters or numbers.

        `drawn` is what may lie below them.
        """
        labels: list[MapLabel] = []
        key: list[tuple[str, str]] = []
        shapely.prepare(drawn)
        for one in placed:
            of, _, which = one.key.partition(":")
            letter, lines = "", one.form.lines
            numbers: tuple[int, ...] = ()
            if of == "place" and not self.look.blank:
                numbers = markers[which].numbers
            if one.lettered or self.look.blank:
                letter = str(len(key) + 1) if self.look.blank else write_letters(len(key))
                key.append((letter, self._find_name(of, which)))
                lines = (letter,)
            plate = bool(shapely.intersects(drawn, shapely.box(*one.box)))
            labels.append(MapLabel(lines, one.box, one.leader, cast(LabelOf, of), numbers, letter, plate))
        return tuple(labels), tuple(key)

    def _find_name(self, of: str, which: str) -> str:
        if of == "place":
            return self.write(self.places[which].name)
        if of == "territory":
            return self.write(self.chosen.territories[int(which)].label)
        label = self.chosen.lines[int(which)].label
        return self.write(label) if label else ""


def write_numbers(numbers: Sequence[int]) -> str:
    """Return the numbers of a place's events: '1, 4'."""
    return ", ".join(map(str, numbers))


def break_name(name: str, count: int) -> tuple[str, ...] | None:
    """Return a name in `count` lines, as even as can be; None where it has too few words, or too many."""
    words = name.split(" ")
    if not count <= len(words) <= MOST_BROKEN_WORDS:
        return None
    if count == 1:
        return (name,)
    found = []
    for cut in range(1, len(words) - count + 2):
        rest = break_name(" ".join(words[cut:]), count - 1)
        if rest:
            found.append((" ".join(words[:cut]), *rest))
    return min(found, key=lambda lines: max(map(len, lines)))
