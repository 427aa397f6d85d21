"""Texts, shapes and groups of a slide as DrawingML, read into python-pptx's element classes.

Its API knows no language of runs, no tint of bullets and no decorative shapes, and what it sets costs a
hundred times what reading it does: a timeline has two hundred shapes.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from builders.deck.colours import ThemeColours, convert_to_emu
from builders.deck.geometry import Placeholder
from builders.deck.line_breaking import HANGING_INDENT
from builders.deck.model import (
    ShapeGroup,
    SlideFrame,
    SlideFreeform,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)

BULLET = '<a:buSzPct val="70000"/><a:buFont typeface="Arial"/><a:buChar char="■"/>'  # 21.1.2.4
NO_INSETS = 'wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'  # 21.1.2.1.1
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
# [MS-ODRAWXML], adec:decorative: shapes that only decorate
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
# [MS-ODRAWXML], ahyp:hlinkClr: a link in the text's colour
_TEXT_COLOURED_LINK = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext>'
    "</a:extLst>"
)
_NAMESPACES = nsdecls("a", "p", "r", "c")
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "")  # XML 1.0, 2.2
_ESCAPES = _NOT_XML | {ord(c): f"&#{ord(c)};" for c in '&<>"\n'}
_SPECIAL = re.compile('[&<>"\x00-\x08\n-\x1f\ufffe\uffff]')


def parse_markup(xml: str) -> list[Any]:
    """Return the elements of an XML fragment as python-pptx's classes; it may use the prefixes a, p, r, c."""
    return list(parse_xml(f"<p:spTree {_NAMESPACES}>{xml}</p:spTree>"))


def replace_element(old: Any, xml: str) -> Any:
    """Replace an element by the one that `xml` holds; return the new one."""
    (new,) = parse_markup(xml)
    old.getparent().replace(old, new)
    return new


def escape_text(text: str) -> str:
    """Return text for an XML element or attribute; characters that XML cannot hold are left out."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def clean_text(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return text.translate(_NOT_XML)


def set_frame_and_text(shape: Any, frame: str, text: str) -> None:
    """Give a shape its text, and its frame unless `frame` is empty.

    `text` is the XML of a text body (19.3.1.51), which replaces what the shape had; `frame` that of an
    `a:xfrm` (20.1.7.6).
    """
    *placed, written = parse_markup(frame + text)
    shape.spPr.extend(placed)
    replaced = shape.txBody
    shape.append(written)
    if replaced is not None:
        shape.remove(replaced)


def set_alternative_text(shape: Any, text: str) -> None:
    """Set a shape's alternative text: the `descr` of its non-visual properties (19.3.1.12)."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", clean_text(text))


def number_shapes(slide: Any) -> None:
    """Number the shapes of a slide, layout or master in reading order: the ids must differ (19.3.1.12)."""
    for number, named in enumerate(slide.element.iter(qn("p:cNvPr")), 1):
        named.set("id", str(number))


def write_slide_number(lang: str, shown: str = "‹#›") -> str:
    """Return the field that shows a slide's number (21.1.2.2.4)."""
    return (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="{lang}" dirty="0"/><a:t>{shown}</a:t></a:fld>'
    )


def write_background(colour: str) -> str:
    """Return a plain background (19.3.1.1)."""
    return f"<p:bg><p:bgPr><a:solidFill>{colour}</a:solidFill><a:effectLst/></p:bgPr></p:bg>"


def write_text_body(
    content: str, properties: str = "<a:bodyPr/>", styles: str = "", tag: str = "p:txBody"
) -> str:
    """Return a body of text (21.1.2.1): its properties, its own list styles, its paragraphs."""
    return f"<{tag}>{properties}<a:lstStyle>{styles}</a:lstStyle>{content}</{tag}>"


def write_placeholder(name: str, holder: str, frame: str, text: str) -> str:
    """Return a shape that is a placeholder (19.3.1.36)."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="{escape_text(name)}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {holder}/></p:nvPr></p:nvSpPr><p:spPr>{frame}</p:spPr>{text}</p:sp>"
    )


def _count_steps(points: float) -> int:
    """Return a length within a path in twentieths of a point: a path has units of its own."""
    return round(points * 20)


@dataclass(frozen=True, slots=True)
class SlideMarkup:
    """Writes the texts and shapes of one slide as DrawingML.

    `relate` takes a link's target and returns its relationship's id; without it there are no links. With
    `explicit` everything is written out, since a school's layouts have other styles than ours; `on_hue` tells
    that the slide's ground is a section's hue, on which links keep the text's colour.
    """

    inks: ThemeColours
    lang: str
    relate: Callable[[str], str] | None = None
    zoom: float = 1.0  # a point of the plan in points of the file
    scale: float = 1.0  # a size of the plan in sizes of the file's face, before the zoom
    explicit: bool = False
    on_hue: bool = False
    face: str = ""  # said on each run, where it is not the theme's

    def convert_size(self, size: float) -> int:
        """Return a size of the plan as the file writes it, in hundredths of a point."""
        exact = size * self.zoom / self.scale * 100
        return round(exact) if self.zoom == self.scale == 1.0 else int(exact / 50) * 50

    def scale_to_emu(self, points: float) -> int:
        """Return a length of the plan in English metric units."""
        return convert_to_emu(points * self.zoom)

    def write_frame(self, frame: SlideFrame, upright: bool = True) -> str:
        """Return a position and size (20.1.7.6); a line that is not upright is mirrored."""
        turned = "" if upright else ' flipH="1"'
        place, size = self._write_corner(frame)
        return f"<a:xfrm{turned}><a:off {place}/><a:ext {size}/></a:xfrm>"

    def write_runs(
        self, runs: Sequence[SlideRun], size: float | None, bold: bool = False, colour: str | None = None
    ) -> str:
        """Return runs (21.1.2.3.8), each with its language.

        `size` in points of the plan, `bold` and `colour` hold for all runs; where size or colour is None, the
        placeholder's is inherited.
        """
        face = f'<a:latin typeface="{escape_text(self.face)}"/>' if self.face else ""
        out = []
        for run in runs:
            look = f'lang="{run.lang or self.lang}"' + (
                "" if size is None else f' sz="{self.convert_size(size)}"'
            )
            look += (' b="1"' if run.bold or bold else "") + (' i="1"' if run.italic else "")
            tint = run.colour or colour
            inner = (self.inks.write_fill(tint) if tint else "") + face
            if run.link and self.relate:
                plain = self.on_hue or run.link.startswith("#")
                inner += self._write_link(run.link, _TEXT_COLOURED_LINK if plain else "")
            out.append(
                f'<a:r><a:rPr {look} dirty="0">{inner}</a:rPr><a:t>{escape_text(run.text)}</a:t></a:r>'
            )
        return "".join(out)

    def write_text(self, box: TextBox, place: Placeholder | None = None) -> str:
        """Return a box's text body; `place` is the layout's placeholder that it fills, if any."""
        fit = "<a:normAutofit/>" if place else "<a:noAutofit/>"
        properties = f'<a:bodyPr {NO_INSETS} anchor="{box.anchor}">{fit}</a:bodyPr>'
        inherited = place is not None and not self.explicit
        content = "".join(self._write_paragraph(paragraph, box, place) for paragraph in box.paragraphs)
        return write_text_body(content, "<a:bodyPr/>" if inherited else properties)

    def write_item(self, item: TextBox | SlideShape | SlideFreeform | ShapeGroup) -> str:
        """Return the XML of a text box, a shape or a group of them."""
        match item:
            case ShapeGroup():
                return self._write_group(item)
            case TextBox():
                return self._write_text_box(item)
            case SlideFreeform():
                return self._write_freeform(item)
            case SlideShape():
                return self._write_shape(item)

    def _write_text_box(self, box: TextBox) -> str:
        return (
            f"<p:sp><p:nvSpPr>{self._write_name(box.name or 'Text')}"
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{self.write_frame(box.frame)}{RECTANGLE}{self.inks.write_fill(box.fill)}</p:spPr>{self.write_text(box)}</p:sp>"
        )

    def _write_shape(self, shape: SlideShape) -> str:
        name = shape.name or ("Line" if shape.kind == "line" else "Shape")
        named = self._write_name(name, shape.decorative, shape.link)
        frame = self.write_frame(shape.frame, not shape.flip)
        place = f'{frame}<a:prstGeom prst="{shape.kind}"><a:avLst/></a:prstGeom>'
        outline = self.inks.write_outline(shape.line, shape.weight, shape.dash)
        if shape.kind == "line":
            return (
                f"<p:cxnSp><p:nvCxnSpPr>{named}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
                f"<p:spPr>{place}{outline}</p:spPr></p:cxnSp>"
            )
        content = f'<a:endParaRPr lang="{self.lang}" dirty="0"/>'
        if shape.text:
            runs = self.write_runs((SlideRun(shape.text, bold=True),), shape.size, colour=shape.text_colour)
            content = f'<a:pPr algn="ctr"/>{runs}'
        properties = f'<a:bodyPr {NO_INSETS} anchor="ctr"><a:noAutofit/></a:bodyPr>'
        fill = self.inks.write_fill(shape.fill, shape.pattern)
        return (
            f"<p:sp><p:nvSpPr>{named}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{place}{fill}{outline}</p:spPr>"
            f"{write_text_body(f'<a:p>{content}</a:p>', properties)}</p:sp>"
        )

    def _write_freeform(self, shape: SlideFreeform) -> str:
        """Return a shape of its own geometry (20.1.9.8); its points count from its frame's corner."""
        frame = shape.frame
        size = f'w="{max(_count_steps(frame.w), 1)}" h="{max(_count_steps(frame.h), 1)}"'
        paths = "".join(self._write_path(path, frame, shape.closed) for path in shape.paths)
        fill = "" if shape.closed else ' fill="none"'
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst><a:path {size}{fill}>{paths}</a:path></a:pathLst></a:custGeom>"
        )
        look = self.inks.write_fill(shape.fill, shape.pattern)
        look += self.inks.write_outline(shape.line, shape.weight, shape.dash, shape.arrow)
        named = self._write_name(shape.name or "Shape", True)
        text = f'<a:p><a:endParaRPr lang="{self.lang}" dirty="0"/></a:p>'
        return (
            f"<p:sp><p:nvSpPr>{named}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{self.write_frame(frame)}{geometry}{look}</p:spPr>{write_text_body(text)}</p:sp>"
        )

    def _write_path(self, points: Sequence[tuple[float, float]], frame: SlideFrame, closed: bool) -> str:
        kept = points[:-1] if closed else points  # the first point of a closed path is said once
        at = [(_count_steps(x - frame.x), _count_steps(y - frame.y)) for x, y in kept]
        steps = [f'<a:pt x="{x}" y="{y}"/>' for x, y in at]
        rest = "".join(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
        return f"<a:moveTo>{steps[0]}</a:moveTo>{rest}{'<a:close/>' if closed else ''}"

    def _write_group(self, group: ShapeGroup) -> str:
        """Return a group (19.3.1.22); without alt text it is decorative."""
        frames = [item.frame for item in group.items]
        left, top = min(f.x for f in frames), min(f.y for f in frames)
        right, foot = max(f.x + f.w for f in frames), max(f.y + f.h for f in frames)
        place, size = self._write_corner(SlideFrame(left, top, right - left, foot - top))
        named = self._write_name(group.name, not group.alt, alt=group.alt)
        return (
            f"<p:grpSp><p:nvGrpSpPr>{named}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
            f"<a:off {place}/><a:ext {size}/><a:chOff {place}/><a:chExt {size}/></a:xfrm></p:grpSpPr>"
            f"{''.join(self.write_item(item) for item in group.items)}</p:grpSp>"
        )

    def _write_name(self, name: str, decorative: bool = False, link: str | None = None, alt: str = "") -> str:
        """Return what names a shape (19.3.1.12); its id is given when the slide is whole."""
        told = f' descr="{escape_text(alt)}"' if alt else ""
        inner = (self._write_link(link) if link else "") + (DECORATIVE if decorative else "")
        return f'<p:cNvPr id="0" name="{escape_text(name)}"{told}>{inner}</p:cNvPr>'

    def _write_paragraph(self, paragraph: SlideParagraph, box: TextBox, place: Placeholder | None) -> str:
        """Return a paragraph (21.1.2.2.6)."""
        size = paragraph.compute_size(box.size)
        inherited = place is not None and size == place.size and not self.explicit
        bold = box.bold and not (place and place.bold)
        colour = None if place and place.colour == box.colour else box.colour
        spacing = ""
        if self.explicit or box.leading != (place.leading if place else 1.0):
            spacing += f'<a:lnSpc><a:spcPct val="{round(box.leading * 100000)}"/></a:lnSpc>'
        if self.explicit:
            spacing += '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        after = round(paragraph.after * size * self.zoom * 100)
        spacing += f'<a:spcAft><a:spcPts val="{after}"/></a:spcAft>'
        indents, bullet = self._write_bullet(paragraph, bool(place and place.bullet))
        align = f' algn="{box.align}"' if box.align != (place.align if place else "l") else ""
        runs = self.write_runs(paragraph.runs, None if inherited else size, bold, colour)
        end = "" if runs else f'<a:endParaRPr lang="{self.lang}" dirty="0"/>'
        return f"<a:p><a:pPr{indents}{align}>{spacing}{bullet}</a:pPr>{runs}{end}</a:p>"

    def _write_bullet(self, paragraph: SlideParagraph, given: bool) -> tuple[str, str]:
        """Return a paragraph's indents and bullet; `given` tells whether the layout has bullets."""
        if paragraph.tab is not None:
            at = self.scale_to_emu(paragraph.tab)
            stop = f'<a:tabLst><a:tab pos="{at}" algn="l"/></a:tabLst>'
            return f' marL="{at}" indent="-{at}"', f"<a:buNone/>{stop}"
        hang = self.scale_to_emu(HANGING_INDENT)
        if paragraph.bullet == "square":
            tint = f"<a:buClr>{self.inks('hue')}</a:buClr>"
            if given and not self.explicit:
                return "", tint
            return f' marL="{hang}" indent="-{hang}"', tint + BULLET
        left = hang if paragraph.bullet == "hang" else 0
        if given or left or self.explicit:
            return f' marL="{left}" indent="0"', "<a:buNone/>"
        return "", ""

    def _write_link(self, link: str, extension: str = "") -> str:
        """Return a link to an address or to another slide (21.1.2.3.5)."""
        assert self.relate
        action = ' action="ppaction://hlinksldjump"' if link.startswith("#") else ""
        return f'<a:hlinkClick r:id="{self.relate(link)}"{action}>{extension}</a:hlinkClick>'

    def _write_corner(self, frame: SlideFrame) -> tuple[str, str]:
        place = f'x="{self.scale_to_emu(frame.x)}" y="{self.scale_to_emu(frame.y)}"'
        return place, f'cx="{self.scale_to_emu(frame.w)}" cy="{self.scale_to_emu(frame.h)}"'
