"""A map on the page: shapes, signs, names and the legend, as items of a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.guide.content import GuideContent
from builders.guide.page_items import (
    PageArea,
    PageCircle,
    PageItem,
    PagePolygon,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.language import formatting
from builders.maps.descriptions import Sign, list_signs
from builders.maps.map_plan import make_arrow_head
from builders.maps.model import MapLabel, MapPlan, MapRing
from builders.maps.naming import LABEL_FACES, MapFace, write_numbers
from builders.theme.theme import SectionLook, lighten_colour
from builders.typesetting.fonts import Face

PATTERNS = ("dots", "diagonal", "backslash", "horizontal", "vertical", "grid", "checks")
PATTERN_SCALE = 1.7
ARROW = 5.0  # points: the length of a route's head
DASH = (3.0, 2.0)


def choose_map_faces(course: GuideContent) -> dict[MapFace, Face]:
    """Return the faces of names on maps."""
    look = course.type
    return {
        "regular": look.small.face,
        "bold": look.small_bold.face,
        "italic": look.choose_face("sans", "italic"),
    }


@dataclass(slots=True)
class MapDrawing:
    """Draws a map with its top left corner at (x, y), in the look of a section."""

    course: GuideContent
    plan: MapPlan
    look: SectionLook

    def draw_map(self, x: float, y: float) -> Iterator[PageItem]:
        """Yield the map within its frame."""
        ink, plan = self.course.type.colours, self.plan
        yield PageRectangle(x, y, plan.width, plan.height, fill=ink.sea)
        for polygon in plan.land:
            yield PageArea(_shift(polygon, x, y), ink.white, ink.rule, 0.4)
        for border in plan.modern_borders:
            yield PagePolyline(_shift([border], x, y)[0], ink.rule, 0.35)
        for territory in plan.territories:
            rings = [_shift(polygon, x, y) for polygon in territory.polygons]
            yield from self._draw_territory(rings, territory.look, territory.emphasis, territory.approximate)
        for line in plan.lines:
            for part in line.parts:
                yield from self._draw_line(_shift([part], x, y)[0], line.kind, line.approximate)
        for marker in plan.markers:
            yield from self.draw_sign(marker.kind, x + marker.at[0], y + marker.at[1])
        for label in plan.labels:
            yield from self._draw_label(label, x, y)
        yield PageRectangle(x, y, plan.width, plan.height, stroke=ink.rule, line=0.5)

    def _draw_territory(
        self, polygons: Sequence[list[MapRing]], look: int, emphasis: bool, approximate: bool
    ) -> Iterator[PageItem]:
        hue = self.look.hue
        dash = DASH if approximate else ()
        for rings in polygons:
            if emphasis:
                yield PageArea(rings, lighten_colour(hue, 0.75), hue, 1.25, dash)
            else:
                pattern = PATTERNS[look % len(PATTERNS)]
                yield PageArea(rings, lighten_colour(hue, 0.55), None, pattern=pattern, scale=PATTERN_SCALE)
                yield PageArea(rings, None, hue, 0.75, dash)

    def _draw_line(self, points: MapRing, kind: str, approximate: bool) -> Iterator[PageItem]:
        ink = self.course.type.colours
        colour, width = {
            "border": (ink.ink, 1.0),
            "front": (self.look.hue, 2.25),
            "route": (ink.ink, 1.1),
        }[kind]
        yield PagePolyline(points, colour, width, DASH if approximate else ())
        if kind == "route":
            yield PagePolygon(make_arrow_head(points, ARROW), fill=colour)

    def draw_sign(self, kind: str, x: float, y: float) -> Iterator[PageItem]:
        """Yield the sign of a kind of place around (x, y)."""
        ink = self.course.type.colours
        half = self.course.type.small.size * 0.27
        match kind:
            case "capital":
                yield PageRectangle(x - half, y - half, 2 * half, 2 * half, ink.ink, ink.white, 0.5)
            case "city":
                yield PageCircle(x, y, half, ink.ink, ink.white, 0.5)
            case "battle":
                far = half * 1.25
                corners = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
                yield PagePolygon(corners, ink.ink, ink.white, 0.5)
            case _:
                yield PageCircle(x, y, half, ink.white, ink.ink, 0.8)

    def _draw_label(self, label: MapLabel, x: float, y: float) -> Iterator[PageItem]:
        ink, faces = self.course.type.colours, choose_map_faces(self.course)
        style = self.course.type.small
        if label.leader:
            points = [(x + a, y + b) for a, b in label.leader]
            yield PagePolyline(points, ink.ink, 0.5)
        left, top, right, bottom = label.box
        if label.plate:
            yield PageRectangle(x + left - 1, y + top, right - left + 2, bottom - top, fill=ink.white)
        face = faces["bold" if label.letter else LABEL_FACES[label.of]]
        leading = (bottom - top) / len(label.lines)
        for i, line in enumerate(label.lines):
            at = x + left
            base = y + top + i * leading + leading / 2 + style.size * 0.34
            if i == 0 and label.numbers:
                numbers = f"{write_numbers(label.numbers)} "
                yield PageText(numbers, at, base, faces["bold"], style.size, ink.ink)
                at += faces["bold"].width(numbers) * style.size / 1000
            if label.of == "territory" or label.letter:
                yield PageText(line, x + (left + right) / 2, base, face, style.size, ink.ink, align="center")
            else:
                yield PageText(line, at, base, face, style.size, ink.ink)

    # -- the legend -------------------------------------------------------------------------------------

    @property
    def legend_height(self) -> float:
        """The height of the scale bar and the signs below the map."""
        return self._count_rows() * self._pitch + 4

    @property
    def _pitch(self) -> float:
        return self.course.type.small.leading + 1

    def _count_rows(self) -> int:
        return 1 + max(row for _, _, row in self._place_signs())

    def _write_sign(self, sign: Sign) -> str:
        return self.course.locale.words["maps"][sign]

    def _place_signs(self) -> list[tuple[Sign | None, float, int]]:
        """Return the scale bar (None) and the signs with their lefts and rows."""
        look = self.course.type.small
        length, kilometres = self.plan.scale
        at, row = length + look.face.width(self._write_scale(kilometres)) * look.size / 1000 + 20, 0
        placed: list[tuple[Sign | None, float, int]] = [(None, 0.0, 0)]
        for sign in list_signs(self.plan):
            wide = 20 + look.face.width(self._write_sign(sign)) * look.size / 1000 + 12
            if at + wide - 12 > self.plan.width:
                at, row = 0.0, row + 1
            placed.append((sign, at, row))
            at += wide
        return placed

    def _write_scale(self, kilometres: int) -> str:
        locale = self.course.locale
        return locale.words["maps"]["scale"].format(n=formatting.write_number(kilometres, locale))

    def draw_legend(self, x: float, y: float) -> Iterator[PageItem]:
        """Yield the scale bar and what the signs mean, in rows below (x, y)."""
        ink, look = self.course.type.colours, self.course.type.small
        for sign, left, row in self._place_signs():
            middle = y + 4 + row * self._pitch + self._pitch / 2
            base, at = middle + look.size * 0.34, x + left
            if sign is None:
                length, kilometres = self.plan.scale
                yield PagePolyline(
                    ((at, middle - 2.5), (at, middle), (at + length, middle), (at + length, middle - 2.5)),
                    ink.ink,
                    0.75,
                )
                words = self._write_scale(kilometres)
                yield PageText(words, at + length + 5, base, look.face, look.size, ink.ink)
                continue
            yield from self._draw_sample(sign, at, middle)
            yield PageText(self._write_sign(sign), at + 20, base, look.face, look.size, ink.ink)

    def _draw_sample(self, sign: Sign, x: float, y: float) -> Iterator[PageItem]:
        ink = self.course.type.colours
        ends = ((x, y), (x + 15, y))
        match sign:
            case "border" | "front" | "route":
                yield from self._draw_line(ends, sign, False)
            case "approximate":
                yield PagePolyline(ends, ink.ink, 1.0, DASH)
            case "modern_borders":
                yield PagePolyline(ends, ink.rule, 0.35)
            case _:
                yield from self.draw_sign(sign, x + 9, y)


def _shift(rings: Sequence[MapRing], x: float, y: float) -> list[MapRing]:
    return [tuple((x + a, y + b) for a, b in ring) for ring in rings]
