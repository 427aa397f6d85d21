"""The colours and sizes that text really has: its own, its paragraph's, its layout's, its master's, by the
theme.

Inheritance after ECMA-376, 19.3.1.36 and 20.1.8: run, list style of the shape, of the layout's placeholder,
of the master's placeholder, of the master's text styles.
"""

import colorsys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml.etree import fromstring, tostring
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from builders.theme.theme import AA_TEXT
from builders.theme.theme import compute_contrast as ratio

A, P = qn("a:"), qn("p:")  # before names of elements, as lxml writes them
_RUN_PROPERTIES = f"{A}rPr"
_STYLES = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "body": "bodyStyle",
    "subTitle": "bodyStyle",
    "obj": "bodyStyle",
}

_SHADES = ((100, 0), (75, 0), (60, 40), (50, 0), (40, 60), (25, 0), (20, 80), (10, 90))  # the nearest first


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run looks; None where it cannot be known."""

    colour: str | None
    size: float | None
    bold: bool
    capitals: bool = False
    lang: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class LayoutColours:
    """The colours of one layout: its theme's by name, and the parts that text inherits from."""

    scheme: Mapping[str, str]
    faces: Sequence[str]  # the theme's, for titles and for texts
    layout: Any
    master: Any
    _inherited: dict[tuple[str, str, int], RunStyle] = field(default_factory=dict)
    styles: dict[Hashable, RunStyle] = field(default_factory=dict)
    fine: set[Hashable] = field(default_factory=set)  # looks on their grounds that break no rule

    def find_slide_ground(self, slide: Any) -> str | None:
        """Return the background of a slide: its own, its layout's or its master's; None for a picture."""
        for part in (slide, self.layout, self.master):
            found = part.find(f"{P}cSld/{P}bg")
            if found is not None:
                return self.read_solid_fill(found)
        return self.scheme.get("bg1")

    def find_ground_behind(self, shape: Any, ground: str | None) -> str | None:
        """Return what lies behind a shape's text: its own fill, or the slide's ground."""
        properties = shape.find(f"{P}spPr")
        if properties is None:
            return ground
        for child in properties:
            if child.tag == f"{A}solidFill":
                return self.read_solid_fill(child)
            if child.tag in (f"{A}gradFill", f"{A}pattFill", f"{A}blipFill"):
                return None
        return ground

    def get_shape_styles(self, shape: Any) -> "ShapeStyles":
        """Return what tells how the runs of a shape look."""
        levels = shape.find(f"{P}txBody/{A}lstStyle")
        own = levels if levels is not None and len(levels) else None
        return ShapeStyles(self, shape, _make_placeholder_key(_find_placeholder_element(shape)), own)

    def resolve_style(self, shape: Any, looks: Sequence[Any], level: int) -> RunStyle:
        """Return how a run looks by its own properties, its shape's for the level, and what is inherited."""
        colour = size = bold = link = None
        for look in looks:
            if colour is None and (fill := look.find(f"{A}solidFill")) is not None:
                colour = self.read_solid_fill(fill)
            size = size or look.get("sz")
            bold = bold if bold is not None else look.get("b")
            link = link if link is not None else look.find(f"{A}hlinkClick")
        inherited = self._find_inherited_style(shape, level)
        if link is not None and not _keeps_text_colour(link):
            colour = self.scheme.get("hlink")
        return RunStyle(
            colour or inherited.colour,
            int(size) / 100 if size else inherited.size,
            bold in ("1", "true") if bold is not None else inherited.bold,
            lang=looks[0].get("lang", "") if looks else "",
            linked=link is not None,
        )

    def find_placeholder_style(self, shape: Any) -> RunStyle:
        """Return how text of the first level looks in a layout's placeholder."""
        return self._find_inherited_style(shape, 1)

    def read_solid_fill(self, fill: Any) -> str | None:
        """Return the colour of a fill as '#RRGGBB', or None if it is no plain colour."""
        for node in fill.iter(f"{A}srgbClr", f"{A}schemeClr", f"{A}sysClr"):
            base = {"srgbClr": f"#{node.get('val')}", "sysClr": f"#{node.get('lastClr', '000000')}"}.get(
                node.tag[len(A) :], self.scheme.get(node.get("val"))
            )
            return _adjust_luminance(base, node) if base else None
        return None

    def _find_inherited_style(self, shape: Any, level: int) -> RunStyle:
        """Return what text of a shape inherits; found once a placeholder."""
        holder = _find_placeholder_element(shape)
        key = (*_make_placeholder_key(holder), level)
        if key not in self._inherited:
            colour = size = bold = capitals = None
            for look in self._walk_inheritance(holder, level):
                capitals = capitals or look.get("cap")
                if colour is None and (fill := look.find(f"{A}solidFill")) is not None:
                    colour = self.read_solid_fill(fill)
                size = size or look.get("sz")
                bold = bold if bold is not None else look.get("b")
            points = int(size) / 100 if size else None
            self._inherited[key] = RunStyle(colour, points, bold in ("1", "true"), capitals == "all")
        return self._inherited[key]

    def _walk_inheritance(self, holder: Any, level: int) -> Iterator[Any]:
        """Return what a placeholder's text inherits from layout and master, the nearest first."""
        if holder is not None:
            for source in (
                find_layout_placeholder(self.layout, holder),
                find_master_placeholder(self.master, holder),
            ):
                if source is not None:
                    yield from _list_level_looks(source.find(f"{P}txBody/{A}lstStyle"), level)
        kind = holder.get("type", "obj") if holder is not None else ""
        styles = self.master.find(f"{P}txStyles")
        if styles is not None:
            yield from _list_level_looks(styles.find(f"{P}{_STYLES.get(kind, 'otherStyle')}"), level)


@dataclass(frozen=True, slots=True, eq=False)
class ShapeStyles:
    """How the runs of one shape look; runs written alike in placeholders alike are looked up once."""

    colours: LayoutColours
    shape: Any
    key: tuple[str, str]
    levels: Any  # the shape's own list styles, or None

    def make_look_key(self, paragraph: Any, run: Any) -> Hashable:
        """Return what decides how a run looks, or None if the shape has list styles of its own."""
        if self.levels is not None:
            return None
        own = run.find(_RUN_PROPERTIES)
        if own is None:
            return self.key, _get_level(paragraph)
        if len(own):
            return self.key, _get_level(paragraph), tostring(own, with_tail=False)
        return self.key, _get_level(paragraph), own.get("sz"), own.get("b"), own.get("lang")

    def find_style(self, paragraph: Any, run: Any) -> RunStyle:
        """Return how a run looks."""
        look, level, own = (
            self.make_look_key(paragraph, run),
            _get_level(paragraph),
            run.find(_RUN_PROPERTIES),
        )
        looks = [] if own is None else [own]
        if look is None:
            return self.colours.resolve_style(
                self.shape, [*looks, *_list_level_looks(self.levels, level)], level
            )
        if (known := self.colours.styles.get(look)) is None:
            known = self.colours.styles[look] = self.colours.resolve_style(self.shape, looks, level)
        return known


def read_layout_colours(layout: Any) -> LayoutColours:
    """Return the colours of one of python-pptx's slide layouts. Raises LookupError if it has no theme."""
    master = layout.slide_master.element
    look = fromstring(layout.slide_master.part.part_related_by(RT.THEME).blob)
    faces = [str(face.get("typeface")) for face in look.iterfind(f".//{A}fontScheme/*/{A}latin")]
    named: dict[str, str] = {}
    for slot in look.iter(f"{A}clrScheme"):
        for entry in slot:
            for colour in entry:
                named[entry.tag[len(A) :]] = f"#{colour.get('lastClr') or colour.get('val')}"
    mapping = next(master.iter(f"{P}clrMap"), None)
    scheme = dict(named)
    if mapping is not None:
        scheme |= {name: named[slot] for name, slot in mapping.attrib.items() if slot in named}
    return LayoutColours(scheme, faces, layout.element, master)


@lru_cache(maxsize=4096)
def get_contrast_ratio(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2.1) of two colours."""
    return ratio(one, other)


def _find_placeholder_element(shape: Any) -> Any:
    """Return the element that ties a shape to its layout's placeholder, or None."""
    return shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")


def _make_placeholder_key(holder: Any) -> tuple[str, str]:
    """Return what tells one placeholder of a layout from another."""
    return ("", "") if holder is None else (holder.get("type", "obj"), holder.get("idx", "0"))


def _keeps_text_colour(link: Any) -> bool:
    return any(node.get("val") == "tx" for node in link.iter("{*}hlinkClr"))


def _get_level(paragraph: Any) -> int:
    properties = paragraph.find(f"{A}pPr")
    return int(properties.get("lvl", "0")) + 1 if properties is not None else 1


def _list_level_looks(styles: Any, level: int) -> Iterator[Any]:
    if styles is not None and (found := styles.find(f"{A}lvl{level}pPr/{A}defRPr")) is not None:
        yield found


def find_layout_placeholder(layout: Any, holder: Any) -> Any:
    """Return the layout's placeholder that a slide's inherits from: that of its index, else of its type."""
    index = holder.get("idx", "0")
    for shape in layout.iter(f"{P}sp"):
        other = next(shape.iter(f"{P}ph"), None)
        if other is not None and other.get("idx", "0") == index != "0":
            return shape
    return find_master_placeholder(layout, holder)


def find_master_placeholder(master: Any, holder: Any) -> Any:
    """Return the master's placeholder that a layout's inherits from: that of its type, whatever its index."""
    kind = holder.get("type", "obj")
    for shape in master.iter(f"{P}sp"):
        other = next(shape.iter(f"{P}ph"), None)
        if other is None:
            continue
        theirs = other.get("type", "obj")
        if _STYLES.get(theirs, theirs) == _STYLES.get(kind, kind):
            return shape
    return None


def _adjust_luminance(colour: str, node: Any) -> str:
    """Return a colour after the changes of luminance that its node asks for (ECMA-376, 20.1.2.3.19 to 21)."""
    times = plus = None
    for child in node:
        if child.tag == f"{A}lumMod":
            times = int(child.get("val")) / 100000
        elif child.tag == f"{A}lumOff":
            plus = int(child.get("val")) / 100000
    if times is None and plus is None:
        return colour.upper()
    return shade_colour(colour, 1.0 if times is None else times, plus or 0.0)


def shade_colour(colour: str, times: float, plus: float) -> str:
    """Return a colour with its luminance multiplied and added to."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = min(1.0, max(0.0, light * times + plus))
    return "#" + "".join(f"{round(c * 255):02X}" for c in colorsys.hls_to_rgb(hue, light, full))


def find_readable_shade(colour: str, ground: str) -> tuple[int, int]:
    """Return the nearest of PowerPoint's own shades of a colour that can be read on a ground, as luminance
    times and plus in per cent; (100, 0) if none can."""
    good = (
        pair
        for pair in _SHADES
        if get_contrast_ratio(shade_colour(colour, pair[0] / 100, pair[1] / 100), ground) >= AA_TEXT
    )
    return next(good, (100, 0))
