"""A finished .pptx as python-pptx and an XML parser read it: slides, shapes in points, colours, notes."""

import colorsys
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from lxml import etree
from pptx import Presentation

from builders.build.builder import Artifact
from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.load import load_outline
from tests.outline_facts import OUTLINES, squeeze

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
EMU = 12700  # a point

Template = Callable[[], bytes]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Fill:
    """How an area is painted: a colour, and a pattern's name over its ground where there is one."""

    colour: str  # RRGGBB
    pattern: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Shape:
    """A shape where it stands on its slide, in points; a group's members stand as they are drawn."""

    kind: str  # text, rect, ellipse, line, picture, chart, table, group
    name: str
    alt: str
    x: float
    y: float
    w: float
    h: float
    paragraphs: tuple[str, ...]
    bold: tuple[bool, ...]  # of each paragraph: all of its letters
    fill: Fill | None
    line: Fill | None
    dash: bool
    flipped: bool  # a line that rises to the right
    holder: str  # the placeholder's type, or nothing
    source: Any

    @property
    def text(self) -> str:
        return squeeze(" ".join(self.paragraphs))

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def middle(self) -> float:
        return self.x + self.w / 2


@dataclass(frozen=True)
class Slide:
    """A slide as it is read: its number from 1, and the PowerPoint section that it belongs to."""

    number: int
    title: str
    section: str
    layout: str
    shapes: tuple[Shape, ...]  # groups and, after each, its members
    furniture: tuple[Shape, ...]  # of its layout, or of the master if the layout shows that
    ground: str | None  # the background's colour, its own, the layout's or the master's
    notes: tuple[str, ...]
    source: Any

    @property
    def words(self) -> str:
        """All that the slide shows in words, charts and tables included."""
        out = [shape.text for shape in self.shapes]
        for shape in self.shapes:
            if shape.kind == "table":
                out += [cell.text for row in shape.source.table.rows for cell in row.cells]
            if shape.kind == "chart":
                out += shape.source.chart._chartSpace.itertext()
        return squeeze(" ".join(out))

    def of(self, kind: str) -> list[Shape]:
        """Return the shapes of a kind."""
        return [shape for shape in self.shapes if shape.kind == kind]


@cache
def build_deck(name: str, lang: str = "en", template: Template | None = None, **wishes: Any) -> Artifact:
    """Return the deck of an outline of tests/outlines; built once a session."""
    options = DeckOptions(lang=lang, root=OUTLINES, template=template() if template else None, **wishes)
    (artifact,) = build(load_outline(OUTLINES / f"{name}.yaml").outline, options)
    return artifact


@cache
def read_deck(
    name: str, lang: str = "en", template: Template | None = None, **wishes: Any
) -> tuple[Slide, ...]:
    """Return the slides of a deck that is built once a session."""
    return read_slides(build_deck(name, lang, template, **wishes).data)


def read_slides(deck: bytes) -> tuple[Slide, ...]:
    """Return the slides of a .pptx."""
    presentation = Presentation(io.BytesIO(deck))
    sections = {
        int(entry.get("id")): section.get("name")
        for section in presentation.element.iter(f"{P14}section")
        for entry in section.iter(f"{P14}sldId")
    }
    return tuple(
        _slide(number, slide, sections.get(slide.slide_id, ""))
        for number, slide in enumerate(presentation.slides, 1)
    )


def _slide(number: int, slide: Any, section: str) -> Slide:
    scheme = _scheme(slide)
    layout = slide.slide_layout
    parts = [layout] if layout.element.get("showMasterSp") == "0" else [layout, layout.slide_master]
    furniture = [shape for part in parts for shape in part.shapes if not shape.is_placeholder]
    grounds = [part.element.find(f"{P}cSld/{P}bg") for part in (slide, layout, layout.slide_master)]
    colours = [
        node
        for found in grounds
        if found is not None
        for node in found.iter()
        if node.tag in (f"{A}srgbClr", f"{A}schemeClr")
    ]
    return Slide(
        number,
        squeeze(slide.shapes.title.text_frame.text),
        section,
        layout.name,
        tuple(_shapes(slide.shapes, scheme, (0.0, 0.0, 1.0, 1.0))),
        tuple(_shapes(furniture, scheme, (0.0, 0.0, 1.0, 1.0))),
        _colour(colours[0], scheme) if colours else None,
        tuple(map(squeeze, slide.notes_slide.notes_text_frame.text.split("\n"))),
        slide,
    )


@cache
def _theme(content: bytes) -> Mapping[str, str]:
    scheme = next(etree.fromstring(content).iter(f"{A}clrScheme"))
    return {entry.tag[len(A) :]: entry[0].get("lastClr") or entry[0].get("val") for entry in scheme}


def _scheme(slide: Any) -> Mapping[str, str]:
    """Return what the names of colours mean on a slide."""
    master = slide.slide_layout.slide_master
    look = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    colours = _theme(look.blob)
    mapped = master.element.find(f"{P}clrMap").attrib
    return {**colours, **{name: colours[other] for name, other in mapped.items()}}


def _colour(node: Any, scheme: Mapping[str, str]) -> str:
    """Return a colour's RRGGBB, with its luminance as its element changes it (ECMA-376, 20.1.2.3.20)."""
    known = node.get("val") if node.tag == f"{A}srgbClr" else scheme[node.get("val")]
    changes = {child.tag[len(A) :]: int(child.get("val")) / 100000 for child in node}
    if not changes:
        return known
    h, light, s = colorsys.rgb_to_hls(*(int(known[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    light = light * changes.get("lumMod", 1.0) + changes.get("lumOff", 0.0)
    rgb = colorsys.hls_to_rgb(h, min(1.0, light), s)
    return "".join(f"{round(part * 255):02X}" for part in rgb)


def read_fill(parent: Any, scheme: Mapping[str, str]) -> Fill | None:
    """Return the fill among an element's children; None where it has none."""
    if parent is None:
        return None
    for child in parent:
        if child.tag == f"{A}solidFill":
            return Fill(_colour(child[0], scheme))
        if child.tag == f"{A}pattFill":
            front, back = (_colour(child.find(f"{A}{tag}")[0], scheme) for tag in ("fgClr", "bgClr"))
            return Fill(front, child.get("prst"), back)
    return None


def read_scheme(slide: Slide) -> Mapping[str, str]:
    """Return what the names of colours mean on a slide."""
    return _scheme(slide.source)


def _shapes(
    shapes: Any, scheme: Mapping[str, str], place: tuple[float, float, float, float]
) -> Iterator[Shape]:
    for shape in shapes:
        made = _shape(shape, scheme, place)
        yield made
        if made.kind == "group":
            frame = shape._element.find(f"{P}grpSpPr/{A}xfrm")
            off, ext = frame.find(f"{A}chOff"), frame.find(f"{A}chExt")
            zoom = [
                made_size / (int(ext.get(name)) / EMU) if int(ext.get(name)) else 1.0
                for made_size, name in ((made.w, "cx"), (made.h, "cy"))
            ]
            left, top = int(off.get("x")) / EMU, int(off.get("y")) / EMU
            inner = (made.x - left * zoom[0], made.y - top * zoom[1], zoom[0], zoom[1])
            yield from _shapes(shape.shapes, scheme, inner)


def _shape(shape: Any, scheme: Mapping[str, str], place: tuple[float, float, float, float]) -> Shape:
    dx, dy, zx, zy = place
    own = shape._element.find(f"{P}spPr")
    line = None if own is None else own.find(f"{A}ln")
    named = next(shape._element.iter(f"{P}cNvPr"))
    frame = next(shape._element.iter(f"{A}xfrm", f"{P}xfrm"), etree.Element("none"))
    lines = shape.text_frame.paragraphs if shape.has_text_frame else ()
    return Shape(
        _kind(shape),
        shape.name,
        squeeze(named.get("descr", "")),
        dx + zx * shape.left / EMU,
        dy + zy * shape.top / EMU,
        zx * shape.width / EMU,
        zy * shape.height / EMU,
        tuple(squeeze(one.text) for one in lines),
        tuple(bool(one.runs) and all(run.font.bold for run in one.runs) for one in lines),
        read_fill(own, scheme),
        read_fill(line, scheme),
        line is not None and line.find(f"{A}prstDash") is not None,
        "1" in (frame.get("flipV"), frame.get("flipH")),
        str(shape.placeholder_format.type).split(" ")[0] if shape.is_placeholder else "",
        shape,
    )


def _kind(shape: Any) -> str:
    if shape.has_chart:
        return "chart"
    if shape.has_table:
        return "table"
    tag = etree.QName(shape._element).localname
    if tag in ("grpSp", "pic", "cxnSp"):
        return {"grpSp": "group", "pic": "picture", "cxnSp": "line"}[tag]
    form = shape._element.find(f"{P}spPr/{A}prstGeom")
    preset = "" if form is None else form.get("prst")
    if shape.is_placeholder or shape._element.find(f"{P}nvSpPr/{P}cNvSpPr").get("txBox") == "1":
        return "text"
    return {"line": "line", "ellipse": "ellipse"}.get(preset, "rect")


def find_notes(slide: Slide, heading: str, headings: Sequence[str]) -> list[str]:
    """Return the paragraphs under one of the headings of a slide's notes."""
    lines = list(slide.notes)
    if heading not in lines:
        return []
    after = lines[lines.index(heading) + 1 :]
    end = next((place for place, line in enumerate(after) if line in headings), len(after))
    return after[:end]


def find_slides(slides: Sequence[Slide], title: str) -> list[Slide]:
    """Return the slides with a title, and those that continue it: “title (2/3)”."""
    return [slide for slide in slides if slide.title.split(" (")[0] == title]


def take_single(found: Sequence[Found]) -> Found:
    """Return the only one that was found."""
    assert len(found) == 1, found
    return found[0]
