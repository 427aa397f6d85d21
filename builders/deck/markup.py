"""Plan values to PresentationML (ECMA-376, part 1): runs, paragraphs, shapes, groups and tables as XML
text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from builders.deck.geometry import Place
from builders.deck.inks import Inks, emu
from builders.deck.lines import HANG
from builders.deck.slides import Box, Cell, Frame, Group, Paragraph, Run, Shape, Table
from builders.deck.tables import GUTTER
from builders.deck.xml import (
    BULLET,
    DECORATIVE,
    MAIN,
    RECTANGLE,
    TEXT_COLOURED_LINK,
    body_pr,
    escaped,
    ext,
    off,
    ph,
    xfrm,
    zoomed,
)

NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid"


@dataclass(slots=True)
class Pen:
    """Writes the shapes of one slide: hands out their ids and asks `link` for the relationships of links."""

    inks: Inks
    lang: str
    places: Mapping[str, Place]
    link: Callable[[str], str]
    last_id: int = 1
    zoom: float = 1.0  # a point of the plan in points of the file
    scale: float = 1.0  # a size of the plan in sizes of the file's face, before the zoom
    on_hue: bool = False  # the ground is a section's hue: links keep the text's colour
    explicit: bool = False  # say everything: a school's layouts have styles of their own

    def size(self, size: float) -> int:
        """Return a size of the plan as the file writes it, in hundredths of a point."""
        exact = size * self.zoom / self.scale * 100
        return round(exact) if self.zoom == self.scale == 1.0 else int(exact / 50) * 50

    def emu(self, points: float) -> int:
        """Return a length of the plan in English metric units."""
        return emu(points * self.zoom)

    def xfrm(self, frame: Frame, upright: bool = True) -> str:
        """Return the XML of a position and size; a line that is not upright is mirrored."""
        return xfrm(zoomed(frame, self.zoom), upright)

    def next_id(self) -> int:
        """Return the next shape id of the slide."""
        self.last_id += 1
        return self.last_id

    def named(self, name: str, alt: str = "", decorative: bool = False, link: str | None = None) -> str:
        """Return the XML of a shape's id, name, alt text and link."""
        told = f' descr="{escaped(alt)}"' if alt else ""
        inner = (self._click(link, "") if link else "") + (DECORATIVE if decorative else "")
        return f'<p:cNvPr id="{self.next_id()}" name="{escaped(name)}"{told}>{inner}</p:cNvPr>'

    def runs(
        self, runs: Sequence[Run], size: float | None, bold: bool = False, colour: str | None = None
    ) -> str:
        """Return the XML of runs; what the box already says is left out."""
        out = []
        for run in runs:
            attributes = f'lang="{run.lang or self.lang}"'
            if size is not None:
                attributes += f' sz="{self.size(size)}"'
            if run.bold or bold:
                attributes += ' b="1"'
            if run.italic:
                attributes += ' i="1"'
            tint = run.colour or colour
            inner = self.inks.fill(tint) if tint else ""
            if run.link:
                inner += self._click(
                    run.link, TEXT_COLOURED_LINK if self.on_hue or run.link.startswith("#") else ""
                )
            text = escaped(run.text)
            out.append(f'<a:r><a:rPr {attributes} dirty="0">{inner}</a:rPr><a:t>{text}</a:t></a:r>')
        return "".join(out)

    def paragraphs(self, box: Box, place: Place | None) -> str:
        """Return the XML of a box's paragraphs."""
        return "".join(self._paragraph(paragraph, box, place) for paragraph in box.paragraphs)

    def box(self, box: Box) -> str:
        """Return the XML of a box: a placeholder of the layout, or a text box of its own."""
        place = self.places.get(box.place) if box.place else None
        place = place if place and place.kind else None
        body = self.paragraphs(box, place)
        if place:
            moved = "" if place.frame == box.frame and not self.explicit else self.xfrm(box.frame)
            own = body_pr(box.anchor, "<a:normAutofit/>") if self.explicit else "<a:bodyPr/>"
            return (
                f"<p:sp><p:nvSpPr>{self.named(box.name or _name(place.key))}"
                f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{ph(place)}</p:nvPr></p:nvSpPr>'
                f"<p:spPr>{moved}</p:spPr><p:txBody>{own}<a:lstStyle/>{body}</p:txBody></p:sp>"
            )
        return (
            f'<p:sp><p:nvSpPr>{self.named(box.name or "Text")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{self.xfrm(box.frame)}{RECTANGLE}<a:noFill/></p:spPr><p:txBody>"
            f"{body_pr(box.anchor, '<a:noAutofit/>')}"
            f"<a:lstStyle/>{body}</p:txBody></p:sp>"
        )

    def shape(self, shape: Shape) -> str:
        """Return the XML of a shape."""
        outline = self.inks.line(shape.line, shape.weight, shape.dash)
        if shape.kind == "line":
            return (
                f"<p:cxnSp><p:nvCxnSpPr>{self.named(shape.name or 'Line', decorative=shape.decorative)}"
                "<p:cNvCxnSpPr/>"
                f"<p:nvPr/></p:nvCxnSpPr><p:spPr>{self.xfrm(shape.frame, not shape.flip)}<a:prstGeom "
                'prst="line"><a:avLst/></a:prstGeom>'
                f"{outline}</p:spPr></p:cxnSp>"
            )
        text = ""
        if shape.text:
            runs = self.runs((Run(shape.text, bold=True),), shape.size, colour=shape.text_colour)
            text = f'<a:pPr algn="ctr"/>{runs}'
        return (
            "<p:sp><p:nvSpPr>"
            f"{self.named(shape.name or 'Shape', decorative=shape.decorative, link=shape.link)}<p:cNvSpPr/>"
            f'<p:nvPr/></p:nvSpPr><p:spPr>{self.xfrm(shape.frame)}<a:prstGeom prst="{shape.kind}"><a:avLst/>'
            "</a:prstGeom>"
            f"{self.inks.fill(shape.fill, shape.pattern)}{outline}</p:spPr>"
            f"<p:txBody>{body_pr('ctr', '<a:noAutofit/>')}<a:lstStyle/><a:p>{text or self._blank()}</a:p>"
            "</p:txBody></p:sp>"
        )

    def group(self, group: Group) -> str:
        """Return the XML of a group; without alt text it is decorative."""
        frames = [zoomed(item.frame, self.zoom) for item in group.items]
        left, top = min(f.x for f in frames), min(f.y for f in frames)
        around = Frame(left, top, max(f.x + f.w for f in frames) - left, max(f.y + f.h for f in frames) - top)
        named = self.named(group.name, group.alt, decorative=not group.alt)
        head = f"<p:nvGrpSpPr>{named}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        place, size = off(around), ext(around)
        inner = "".join(self.box(item) if isinstance(item, Box) else self.shape(item) for item in group.items)
        return (
            f"<p:grpSp>{head}<p:grpSpPr><a:xfrm><a:off {place}/><a:ext {size}/><a:chOff {place}/>"
            f"<a:chExt {size}/></a:xfrm>"
            f"</p:grpSpPr>{inner}</p:grpSp>"
        )

    def table(self, table: Table) -> str:
        """Return the XML of a native table: rules, no style, header row and column flagged."""
        columns = "".join(f'<a:gridCol w="{self.emu(width)}"/>' for width in table.columns)
        last = len(table.rows) - 1
        rows = "".join(
            f'<a:tr h="{self.emu(high)}">{"".join(self._cell(cell, table, i, last) for cell in row)}</a:tr>'
            for i, (row, high) in enumerate(zip(table.rows, table.heights, strict=True))
        )
        content = (
            f'<a:tbl><a:tblPr firstRow="1" firstCol="1"><a:tableStyleId>{NO_TABLE_STYLE}</a:tableStyleId>'
            "</a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
        )
        return self.graphic_frame(
            table.name, table.alt, table.frame, table.place, f"{MAIN[:-4]}table", content
        )

    def graphic_frame(
        self, name: str, alt: str, frame: Frame, place: str | None, uri: str, content: str
    ) -> str:
        """Return the XML of a frame that holds a table or chart."""
        holding = self.places.get(place or "")
        holder = ph(holding) if holding and holding.kind else ""
        frame = zoomed(frame, self.zoom)
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{self.named(name, alt)}<p:cNvGraphicFramePr>"
            f'<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{holder}</p:nvPr>'
            "</p:nvGraphicFramePr>"
            f"<p:xfrm><a:off {off(frame)}/><a:ext {ext(frame)}/></p:xfrm>"
            f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _paragraph(self, paragraph: Paragraph, box: Box, place: Place | None) -> str:
        size = paragraph.points(box.size)
        own_size = None if place and size == place.size and not self.explicit else size
        bold = box.bold and not (place and place.bold)
        colour = None if place and place.colour == box.colour else box.colour
        inner = ""
        if self.explicit or box.leading != (place.leading if place else 1.0):
            inner += f'<a:lnSpc><a:spcPct val="{round(box.leading * 100000)}"/></a:lnSpc>'
        if self.explicit:
            inner += '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        inner += f'<a:spcAft><a:spcPts val="{round(paragraph.after * size * self.zoom * 100)}"/></a:spcAft>'
        attributes, bullet = self._bullet(paragraph, bool(place and place.bullet))
        if box.align != (place.align if place else "l"):
            attributes += f' algn="{box.align}"'
        end = f'<a:endParaRPr lang="{self.lang}" dirty="0"/>' if not paragraph.runs else ""
        runs = self.runs(paragraph.runs, own_size, bold, colour)
        return f"<a:p><a:pPr{attributes}>{inner}{bullet}</a:pPr>{runs}{end}</a:p>"

    def _bullet(self, paragraph: Paragraph, given: bool) -> tuple[str, str]:
        """Return a paragraph's indents and bullet; `given` tells whether the layout has bullets."""
        if paragraph.tab is not None:
            at = self.emu(paragraph.tab)
            return (
                f' marL="{at}" indent="-{at}"',
                f'<a:buNone/><a:tabLst><a:tab pos="{at}" algn="l"/></a:tabLst>',
            )
        if paragraph.bullet == "square":
            tint = f"<a:buClr>{self.inks('hue')}</a:buClr>"
            if self.explicit:
                return f' marL="{self.emu(HANG)}" indent="-{self.emu(HANG)}"', tint + BULLET
            return (
                ("", tint)
                if given
                else (f' marL="{self.emu(HANG)}" indent="-{self.emu(HANG)}"', tint + BULLET)
            )
        left = self.emu(HANG) if paragraph.bullet == "hang" else 0
        if given or left or self.explicit:
            return f' marL="{left}" indent="0"', "<a:buNone/>"
        return "", ""

    def _cell(self, cell: Cell, table: Table, row: int, last: int) -> str:
        size = table.size
        body = "".join(
            f'<a:p><a:pPr algn="{cell.align}"/>{self.runs(p.runs, size, cell.bold)}'
            + (f'<a:endParaRPr lang="{self.lang}" sz="{self.size(size)}" dirty="0"/>' if not p.runs else "")
            + "</a:p>"
            for p in cell.paragraphs
        )
        top = self._border("T", "ink", 2.25) if row == 0 else self._border("T", "ink", 1) if row == 1 else ""
        top = top or self._border("T", "rule", 0.75)
        foot = self._border("B", "ink", 1) if row in (0, last) else self._border("B", "rule", 0.75)
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{body}</a:txBody>"
            f'<a:tcPr marL="0" marR="{self.emu(GUTTER)}" '
            f'marT="{self.emu(table.padding)}" marB="{self.emu(table.padding)}">'
            '<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR>'
            f"{top}{foot}<a:noFill/></a:tcPr></a:tc>"
        )

    def _border(self, side: str, colour: str, weight: float) -> str:
        return f'<a:ln{side} w="{self.emu(weight)}">{self.inks.fill(colour)}</a:ln{side}>'

    def _click(self, link: str, extension: str) -> str:
        action = ' action="ppaction://hlinksldjump"' if link.startswith("#") else ""
        return f'<a:hlinkClick r:id="{self.link(link)}"{action}>{extension}</a:hlinkClick>'

    def _blank(self) -> str:
        return f'<a:endParaRPr lang="{self.lang}" dirty="0"/>'


def _name(key: str) -> str:
    return key.capitalize()
