"""One slide to XML: the slide itself, its notes, and what its relationships lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from builders.deck import master
from builders.deck.chart_markup import chart_xml
from builders.deck.geometry import Page
from builders.deck.inks import Inks, Shades
from builders.deck.markup import Pen
from builders.deck.notes_markup import notes_xml
from builders.deck.slides import Box, Chart, Group, Item, Picture, Shape, Slide, Table
from builders.deck.workbooks import workbook
from builders.deck.xml import HEAD, NAMESPACES, RECTANGLE, TREE_HEAD, escaped, number_field, ph
from builders.locales import Locale
from builders.theme import Theme

FIRST_TARGET = 3  # the number of the first target's relationship: the layout and the notes come before
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """A part that a slide brings along: a picture, or a chart with its workbook."""

    kind: str
    content: bytes
    workbook: bytes | None = None


Target = str | Embedded  # an address, '#key' of a slide, or a part of its own


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slide as it is written: its XML, its notes', and its targets in the order of their ids."""

    slide: bytes
    notes: bytes
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What slides are written with: `feet` has the layouts' placeholders for footer and number, by layout."""

    page: Page
    theme: Theme
    lang: str
    locale: Locale
    feet: Mapping[str, Sequence[tuple[str, int]]]
    moment: datetime
    shades: Shades

    def sheet(self, slide: Slide, number: int) -> Sheet:
        """Return the slide as it is written."""
        hand = _Hand(self)
        content = hand.slide(slide, number).encode()
        face = self.theme.deck.face if self.page.own else "+mn-lt"
        ratio = self.page.w / self.page.h
        notes = notes_xml(slide, number, self.lang, self.locale.deck, ratio, face)
        return Sheet(content, notes.encode(), tuple(hand.targets))


class _Hand:
    """Writes one slide, and notes its targets."""

    def __init__(self, desk: Desk) -> None:
        self.targets: list[Target] = []
        self._desk = desk
        self._page, self._lang = desk.page, desk.lang

    def slide(self, slide: Slide, number: int) -> str:
        """Return the slide's XML."""
        page, layout = self._page, self._page.layouts[slide.layout]
        pen = Pen(
            Inks(self._desk.theme, slide.section, self._desk.shades), self._lang, layout.places, self._target,
            zoom=page.zoom, scale=page.scale, explicit=not page.own, on_hue=layout.ground == "hue",
        )  # fmt: skip
        ground = master.background(pen.inks("hue")) if layout.ground == "hue" else ""
        shapes = [
            pen.box(slide.title),
            *(self._item(pen, item) for item in slide.items),
            *self._feet(pen, slide, number),
        ]
        return (
            f"{HEAD}<p:sld {NAMESPACES}><p:cSld>{ground}<p:spTree>"
            f"{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
            f"<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )

    def _item(self, pen: Pen, item: Item) -> str:
        if isinstance(item, Box):
            return pen.box(item)
        if isinstance(item, Shape):
            return pen.shape(item)
        if isinstance(item, Group):
            return pen.group(item)
        if isinstance(item, Table):
            return pen.table(item)
        return self._chart(pen, item) if isinstance(item, Chart) else self._picture(pen, item)

    def _chart(self, pen: Pen, chart: Chart) -> str:
        before, factor = self._desk.locale.dates.before, self._page.zoom / self._page.scale
        part = chart_xml(chart, pen.inks, self._lang, before, factor).encode()
        name = self._target(Embedded("chart", part, workbook(chart, self._desk.moment)))
        content = f'<c:chart xmlns:c="{_CHART_URI}" r:id="{name}"/>'
        return pen.graphic_frame(chart.name, chart.alt, chart.frame, chart.place, _CHART_URI, content)

    def _picture(self, pen: Pen, picture: Picture) -> str:
        name = self._target(Embedded(picture.format, picture.content))
        place = self._page.layouts["image"].places.get(picture.place or "")
        holder = ph(place) if place and place.kind else ""
        return (
            f"<p:pic><p:nvPicPr>{pen.named(picture.name, picture.alt)}<p:cNvPicPr>"
            '<a:picLocks noGrp="1" noChangeAspect="1"/>'
            f'</p:cNvPicPr><p:nvPr>{holder}</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="{name}"/>'
            "<a:stretch><a:fillRect/>"
            f"</a:stretch></p:blipFill><p:spPr>{pen.xfrm(picture.frame)}{RECTANGLE}</p:spPr></p:pic>"
        )

    def _feet(self, pen: Pen, slide: Slide, number: int) -> list[str]:
        """Return the footer and the slide number, in the layout's placeholders; a template may have none."""
        text = escaped("\t".join(slide.footer))
        lang = self._lang
        tab = ""
        if self._page.own:  # said again: LibreOffice forgets the layout's
            tab = f'<a:pPr algn="l">{master.middle_tab(self._page)}</a:pPr>'
        content = {
            "ftr": f'{tab}<a:r><a:rPr lang="{lang}" dirty="0"><a:latin typeface="+mn-lt"/></a:rPr>'
            f"<a:t>{text}</a:t></a:r>",
            "sldNum": number_field(lang, str(number)),
        }
        return [
            _foot(pen, kind, index, content[kind])
            for kind, index in self._desk.feet[slide.layout]
            if kind in content
        ]

    def _target(self, target: Target) -> str:
        """Return the id of the relationship to a target."""
        if target not in self.targets:
            self.targets.append(target)
        return f"rId{self.targets.index(target) + FIRST_TARGET}"


def _foot(pen: Pen, kind: str, index: int, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{pen.named(kind)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" '
        f'sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>'
        f"{content}</a:p>"
        f"</p:txBody></p:sp>"
    )
