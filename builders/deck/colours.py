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

from builders.theme import AA_TEXT
from builders.theme import contrast as ratio

A, P = qn("a:"), qn("p:")  # before names of elements, as lxml writes them
_PROPERTIES = f"{A}rPr"
_STYLES = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "body": "bodyStyle",
    "subTitle": "bodyStyle",
    "obj": "bodyStyle",
}

_SHADES = ((100, 0), (75, 0), (60, 40), (50, 0), (40, 60), (25, 0), (20, 80), (10, 90))  # the nearest first


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks; None where it cannot be known."""

    colour: str | None
    size: float | None
    bold: bool
    capitals: bool = False
    lang: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Colours:
    """The colours of one layout: its theme's by name, and the parts that text inherits from."""

    scheme: Mapping[str, str]
    faces: Sequence[str]  # the theme's, for titles and for texts
    layout: Any
    master: Any
    _inherited: dict[tuple[str, str, int], Style] = field(default_factory=dict)
    styles: dict[Hashable, Style] = field(default_factory=dict)
    fine: set[Hashable] = field(default_factory=set)  # looks on their grounds that break no rule

    def slide_ground(self, slide: Any) -> str | None:
        """Return the background of a slide: its own, its layout's or its master's; None for a picture."""
        for part in (slide, self.layout, self.master):
            found = part.find(f"{P}cSld/{P}bg")
            if found is not None:
                return self.solid(found)
        return self.scheme.get("bg1")

    def behind(self, shape: Any, ground: str | None) -> str | None:
        """Return what lies behind a shape's text: its own fill, or the slide's ground."""
        properties = shape.find(f"{P}spPr")
        if properties is None:
            return ground
        for child in properties:
            if child.tag == f"{A}solidFill":
                return self.solid(child)
            if child.tag in (f"{A}gradFill", f"{A}pattFill", f"{A}blipFill"):
                return None
        return ground

    def voice(self, shape: Any) -> "Voice":
        """Return what tells how the runs of a shape look."""
        levels = shape.find(f"{P}txBody/{A}lstStyle")
        own = levels if levels is not None and len(levels) else None
        return Voice(self, shape, _key(_holder(shape)), own)

    def style_of(self, shape: Any, looks: Sequence[Any], level: int) -> Style:
        """Return how a run looks by its own properties, its shape's for the level, and what is inherited."""
        colour = size = bold = link = None
        for look in looks:
            if colour is None and (fill := look.find(f"{A}solidFill")) is not None:
                colour = self.solid(fill)
            size = size or look.get("sz")
            bold = bold if bold is not None else look.get("b")
            link = link if link is not None else look.find(f"{A}hlinkClick")
        inherited = self._inherited_style(shape, level)
        if link is not None and not _keeps_colour(link):
            colour = self.scheme.get("hlink")
        return Style(
            colour or inherited.colour,
            int(size) / 100 if size else inherited.size,
            bold in ("1", "true") if bold is not None else inherited.bold,
            lang=looks[0].get("lang", "") if looks else "",
            linked=link is not None,
        )

    def placeholder_style(self, shape: Any) -> Style:
        """Return how text of the first level looks in a layout's placeholder."""
        return self._inherited_style(shape, 1)

    def solid(self, fill: Any) -> str | None:
        """Return the colour of a fill as '#RRGGBB', or None if it is no plain colour."""
        for node in fill.iter(f"{A}srgbClr", f"{A}schemeClr", f"{A}sysClr"):
            base = {"srgbClr": f"#{node.get('val')}", "sysClr": f"#{node.get('lastClr', '000000')}"}.get(
                node.tag[len(A) :], self.scheme.get(node.get("val"))
            )
            return _adjusted(base, node) if base else None
        return None

    def _inherited_style(self, shape: Any, level: int) -> Style:
        """Return what text of a shape inherits; found once a placeholder."""
        holder = _holder(shape)
        key = (*_key(holder), level)
        if key not in self._inherited:
            colour = size = bold = capitals = None
            for look in self._inheritance(holder, level):
                capitals = capitals or look.get("cap")
                if colour is None and (fill := look.find(f"{A}solidFill")) is not None:
                    colour = self.solid(fill)
                size = size or look.get("sz")
                bold = bold if bold is not None else look.get("b")
            points = int(size) / 100 if size else None
            self._inherited[key] = Style(colour, points, bold in ("1", "true"), capitals == "all")
        return self._inherited[key]

    def _inheritance(self, holder: Any, level: int) -> Iterator[Any]:
        """Return what a placeholder's text inherits from layout and master, the nearest first."""
        if holder is not None:
            for source in (of_layout(self.layout, holder), of_master(self.master, holder)):
                if source is not None:
                    yield from _level_looks(source.find(f"{P}txBody/{A}lstStyle"), level)
        kind = holder.get("type", "obj") if holder is not None else ""
        styles = self.master.find(f"{P}txStyles")
        if styles is not None:
            yield from _level_looks(styles.find(f"{P}{_STYLES.get(kind, 'otherStyle')}"), level)


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """How the runs of one shape look; runs written alike in placeholders alike are looked up once."""

    colours: Colours
    shape: Any
    key: tuple[str, str]
    levels: Any  # the shape's own list styles, or None

    def look(self, paragraph: Any, run: Any) -> Hashable:
        """Return what decides how a run looks, or None if the shape has list styles of its own."""
        if self.levels is not None:
            return None
        own = run.find(_PROPERTIES)
        if own is None:
            return self.key, _level(paragraph)
        if len(own):
            return self.key, _level(paragraph), tostring(own, with_tail=False)
        return self.key, _level(paragraph), own.get("sz"), own.get("b"), own.get("lang")

    def style(self, paragraph: Any, run: Any) -> Style:
        """Return how a run looks."""
        look, level, own = self.look(paragraph, run), _level(paragraph), run.find(_PROPERTIES)
        looks = [] if own is None else [own]
        if look is None:
            return self.colours.style_of(self.shape, [*looks, *_level_looks(self.levels, level)], level)
        if (known := self.colours.styles.get(look)) is None:
            known = self.colours.styles[look] = self.colours.style_of(self.shape, looks, level)
        return known


def colours_of(layout: Any) -> Colours:
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
    return Colours(scheme, faces, layout.element, master)


@lru_cache(maxsize=4096)
def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2.1) of two colours."""
    return ratio(one, other)


def _holder(shape: Any) -> Any:
    """Return the element that ties a shape to its layout's placeholder, or None."""
    return shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")


def _key(holder: Any) -> tuple[str, str]:
    """Return what tells one placeholder of a layout from another."""
    return ("", "") if holder is None else (holder.get("type", "obj"), holder.get("idx", "0"))


def _keeps_colour(link: Any) -> bool:
    return any(node.get("val") == "tx" for node in link.iter("{*}hlinkClr"))


def _level(paragraph: Any) -> int:
    properties = paragraph.find(f"{A}pPr")
    return int(properties.get("lvl", "0")) + 1 if properties is not None else 1


def _level_looks(styles: Any, level: int) -> Iterator[Any]:
    if styles is not None and (found := styles.find(f"{A}lvl{level}pPr/{A}defRPr")) is not None:
        yield found


def of_layout(layout: Any, holder: Any) -> Any:
    """Return the layout's placeholder that a slide's inherits from: that of its index, else of its type."""
    index = holder.get("idx", "0")
    for shape in layout.iter(f"{P}sp"):
        other = next(shape.iter(f"{P}ph"), None)
        if other is not None and other.get("idx", "0") == index != "0":
            return shape
    return of_master(layout, holder)


def of_master(master: Any, holder: Any) -> Any:
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


def _adjusted(colour: str, node: Any) -> str:
    """Return a colour after the changes of luminance that its node asks for (ECMA-376, 20.1.2.3.19 to 21)."""
    times = plus = None
    for child in node:
        if child.tag == f"{A}lumMod":
            times = int(child.get("val")) / 100000
        elif child.tag == f"{A}lumOff":
            plus = int(child.get("val")) / 100000
    if times is None and plus is None:
        return colour.upper()
    return shaded(colour, 1.0 if times is None else times, plus or 0.0)


def shaded(colour: str, times: float, plus: float) -> str:
    """Return a colour with its luminance multiplied and added to."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = min(1.0, max(0.0, light * times + plus))
    return "#" + "".join(f"{round(c * 255):02X}" for c in colorsys.hls_to_rgb(hue, light, full))


def readable(colour: str, ground: str) -> tuple[int, int]:
    """Return the nearest of PowerPoint's own shades of a colour that can be read on a ground, as luminance
    times and plus in per cent; (100, 0) if none can."""
    good = (
        pair for pair in _SHADES if contrast(shaded(colour, pair[0] / 100, pair[1] / 100), ground) >= AA_TEXT
    )
    return next(good, (100, 0))
