"""The deck's plan to the bytes of a .pptx."""

import uuid
from collections.abc import Mapping
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.oxml import parse_xml

from builders import files
from builders.deck import accessibility, master, package
from builders.deck.chart_markup import chart_xml
from builders.deck.geometry import Page
from builders.deck.inks import Inks, emu
from builders.deck.markup import (
    HEAD,
    NAMESPACES,
    NOT_XML,
    RECTANGLE,
    TREE_HEAD,
    Pen,
    escaped,
    number_field,
    ph,
)
from builders.deck.notes_markup import notes_xml
from builders.deck.package import Binder
from builders.deck.slides import Box, Chart, Deck, Group, Item, Picture, Shape, Slide, Table
from builders.deck.template import School
from builders.deck.workbooks import workbook
from builders.locales import Locale
from builders.theme import Theme

_NAMES = uuid.UUID("a6f0b9a2-1c8e-5f5e-9a63-2f4f0f8f7d11")  # namespace of section ids (RFC 4122, version 5)
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class InaccessibleDeck(AssertionError):
    """A deck that breaks the rules of accessibility: the builder is at fault, not the outline."""


def written(deck: Deck, page: Page, theme: Theme, locale: Locale) -> bytes:
    """Return the deck as a .pptx. Raises InaccessibleDeck if it breaks a rule of accessibility.py."""
    binder = package.opened(None)
    layouts = _own_master(binder, deck, page, theme, locale.deck)
    _filled(binder, deck, page, theme, locale, layouts)
    if findings := accessibility.check(binder.presentation.presentation):
        raise InaccessibleDeck("\n".join(map(str, findings[:20])))
    return package.packed(binder.package, files.stamp())


def written_on(school: School, deck: Deck, theme: Theme, locale: Locale) -> tuple[bytes, list[str]]:
    """Return the deck on a school's template, and what is wrong with that template's colours and sizes.

    Raises InaccessibleDeck if anything else breaks a rule.
    """
    layouts = {key: layout.part for key, layout in school.layouts.items()}
    _filled(school.binder, deck, school.page, theme, locale, layouts)
    findings = accessibility.check(school.binder.presentation.presentation)
    if ours := [finding for finding in findings if finding.rule not in accessibility.OF_THE_TEMPLATE]:
        raise InaccessibleDeck("\n".join(map(str, ours[:20])))
    return package.packed(school.binder.package, files.stamp()), [str(finding) for finding in findings]


def _filled(
    binder: Binder, deck: Deck, page: Page, theme: Theme, locale: Locale, layouts: Mapping[str, Part]
) -> Binder:
    """Write slides and notes into a package that has its master."""
    notes_master = _notes_master(binder, deck, page, theme)
    face = theme.deck.face if page.own else "+mn-lt"
    feet = {key: _foot_places(part) for key, part in layouts.items()}
    made: dict[str, Part] = {}
    wanted: list[list[_Wish]] = []
    for number, slide in enumerate(deck.slides, 1):
        desk = _Desk(binder, page, theme, deck.lang, locale, feet)
        made[slide.key] = binder.add("slide", desk.slide(slide, number))
        wanted.append(desk.wishes)
    for number, (slide, wishes) in enumerate(zip(deck.slides, wanted, strict=True), 1):
        part = made[slide.key]
        notes = binder.add("notes", notes_xml(slide, number, deck.lang, locale.deck, page.w / page.h, face))
        notes.relate_to(notes_master, RT.NOTES_MASTER)
        notes.relate_to(part, RT.SLIDE)
        part.relate_to(layouts[slide.layout], RT.SLIDE_LAYOUT)
        part.relate_to(notes, RT.NOTES_SLIDE)
        for kind, target in wishes:
            goal = made[target[1:]] if isinstance(target, str) and target.startswith("#") else target
            part.relate_to(goal, kind, is_external=isinstance(goal, str))
    bounds = [section.first for section in deck.sections] + [len(deck.slides)]
    sections = [
        (section.name, f"{{{str(uuid.uuid5(_NAMES, section.key)).upper()}}}", range(start, end))
        for section, start, end in zip(deck.sections, bounds, bounds[1:], strict=False)
    ]
    package.list_slides(binder, list(made.values()), sections)
    _properties(binder, deck)
    return binder


_Wish = tuple[
    str, "Part | str"
]  # a relationship's type, and its target: a part, an address, or '#key' of a slide
_FIRST_WISH = 3  # rId1 is the layout, rId2 the notes


class _Desk:
    """Writes one slide, and notes which relationships it will need, in the order of their ids."""

    def __init__(
        self,
        binder: Binder,
        page: Page,
        theme: Theme,
        lang: str,
        locale: Locale,
        feet: Mapping[str, list[tuple[str, int]]],
    ) -> None:
        self._foot_places = feet
        self.wishes: list[_Wish] = []
        self._binder, self._page, self._theme, self._lang, self._locale = binder, page, theme, lang, locale

    def slide(self, slide: Slide, number: int) -> str:
        """Return the slide's XML."""
        layout = self._page.layouts[slide.layout]
        page = self._page
        pen = Pen(
            Inks(self._theme, slide.section), self._lang, layout.places, self._link,
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
        part = self._binder.add(
            "chart",
            chart_xml(
                chart, pen.inks, self._lang, self._locale.dates.before, self._page.zoom / self._page.scale
            ),
        )
        moment = files.stamp()
        part.relate_to(
            self._binder.add("workbook", package.repacked(workbook(chart, moment), moment)), RT.PACKAGE
        )
        content = f'<c:chart xmlns:c="{_CHART_URI}" r:id="{self._wish(RT.CHART, part)}"/>'
        return pen.graphic_frame(chart.name, chart.alt, chart.frame, chart.place, _CHART_URI, content)

    def _picture(self, pen: Pen, picture: Picture) -> str:
        name = self._wish(RT.IMAGE, self._binder.add(picture.format, picture.content))
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
            for kind, index in self._foot_places[slide.layout]
            if kind in content
        ]

    def _link(self, target: str) -> str:
        return self._wish(RT.SLIDE if target.startswith("#") else RT.HYPERLINK, target)

    def _wish(self, kind: str, target: Part | str) -> str:
        if (kind, target) not in self.wishes:
            self.wishes.append((kind, target))
        return f"rId{self.wishes.index((kind, target)) + _FIRST_WISH}"


def _foot_places(layout: Any) -> list[tuple[str, int]]:
    """Return a layout's placeholders for footer and slide number, with their indices."""
    found = layout.slide_layout.element.xpath(".//p:nvPr/p:ph[@type='ftr' or @type='sldNum']")
    return [(ph.get("type"), int(ph.get("idx", "0"))) for ph in found]


def _foot(pen: Pen, kind: str, index: int, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{pen.named(kind)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" '
        f'sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>'
        f"{content}</a:p>"
        f"</p:txBody></p:sp>"
    )


def _own_master(
    binder: Binder, deck: Deck, page: Page, theme: Theme, names: Mapping[str, str]
) -> dict[str, Part]:
    """Replace the package's master, layouts and theme by our own; return the layouts."""
    presentation = binder.presentation
    package.drop(presentation, RT.SLIDE_MASTER, RT.THEME, RT.PRINTER_SETTINGS)
    for name in [key for key, rel in binder.package._rels.items() if rel.reltype == RT.THUMBNAIL]:
        binder.package.drop_rel(name)
    binder = Binder(binder.package, frozenset())
    slide_master = binder.add("master", master.master_xml(page, theme, deck.ruler, names, deck.lang))
    layouts = {}
    for key, layout in page.layouts.items():
        part = binder.add("layout", master.layout_xml(page, layout, theme, deck.ruler, names, deck.lang))
        slide_master.relate_to(part, RT.SLIDE_LAYOUT)
        part.relate_to(slide_master, RT.SLIDE_MASTER)
        layouts[key] = part
    look = binder.add("theme", master.theme_xml(theme))
    slide_master.relate_to(look, RT.THEME)
    presentation.relate_to(look, RT.THEME)
    element = binder.root
    element.xpath("p:sldMasterIdLst/p:sldMasterId")[0].rId = presentation.relate_to(
        slide_master, RT.SLIDE_MASTER
    )
    size = element.xpath("p:sldSz")[0]
    size.attrib.clear()
    size.set("cx", str(emu(page.w)))
    size.set("cy", str(emu(page.h)))
    notes_size = element.xpath("p:notesSz")[0]
    notes_size.set("cx", str(emu(595.3)))
    notes_size.set("cy", str(emu(841.9)))
    for style in element.xpath("p:defaultTextStyle/a:defPPr/a:defRPr"):
        style.set("lang", deck.lang)
    return layouts


def _notes_master(binder: Binder, deck: Deck, page: Page, theme: Theme) -> Part:
    """Return the presentation's notes master, made if it has none."""
    presentation = binder.presentation
    for rel in presentation.rels.values():
        if rel.reltype == RT.NOTES_MASTER:
            return rel.target_part
    part = binder.add("notes master", master.notes_master_xml(deck.lang, page.w / page.h))
    part.relate_to(binder.add("theme", master.theme_xml(theme)), RT.THEME)
    name = presentation.relate_to(part, RT.NOTES_MASTER)
    listed = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{name}"/></p:notesMasterIdLst>'
    binder.root.xpath("p:sldMasterIdLst")[0].addnext(parse_xml(listed))
    return part


def _property(text: str) -> str:
    """Return a text as a document's property: at most 255 characters that XML can hold."""
    return text.translate(NOT_XML)[:255].strip()


def _properties(binder: Binder, deck: Deck) -> None:
    """Fill in the document's properties; their dates are the build's stamp."""
    moment = files.stamp().replace(tzinfo=None)
    core = binder.package.core_properties
    core.title, core.subject, core.language = _property(deck.title), _property(deck.subject), deck.lang
    core.author = _property(deck.author)
    core.created = core.modified = moment
    core.last_modified_by, core.revision = _property(deck.author), 1
    core.keywords = core.comments = core.category = ""
    for rel in binder.package.iter_rels():
        if rel.reltype == RT.EXTENDED_PROPERTIES:
            rel.target_part.blob = (
                f"{HEAD}<Properties "
                'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                f"<Application>Temario</Application><Slides>{len(deck.slides)}</Slides><Notes>"
                f"{len(deck.slides)}</Notes>"
                f"</Properties>"
            ).encode()
            return
