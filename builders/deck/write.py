"""The deck's plan to the bytes of a .pptx."""

import uuid
from collections.abc import Mapping

from builders import files
from builders.deck import accessibility, master, presentation
from builders.deck.chart_markup import chart_xml
from builders.deck.geometry import Page
from builders.deck.inks import Inks
from builders.deck.markup import Pen
from builders.deck.notes_markup import notes_xml
from builders.deck.package import OFFICE, Package, Part, parsed
from builders.deck.slides import Box, Chart, Deck, Group, Item, Picture, Shape, Slide, Table
from builders.deck.template import School
from builders.deck.workbooks import workbook
from builders.deck.xml import HEAD, NAMESPACES, RECTANGLE, TREE_HEAD, escaped, number_field, ph
from builders.locales import Locale
from builders.theme import Theme

_NAMES = uuid.UUID("a6f0b9a2-1c8e-5f5e-9a63-2f4f0f8f7d11")  # namespace of section ids (RFC 4122, version 5)
_HOLDER = "{http://schemas.openxmlformats.org/presentationml/2006/main}ph"
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class InaccessibleDeck(AssertionError):
    """A deck that breaks the rules of accessibility: the builder is at fault, not the outline."""


def written(deck: Deck, page: Page, theme: Theme, locale: Locale) -> bytes:
    """Return the deck as a .pptx. Raises InaccessibleDeck if it breaks a rule of accessibility.py."""
    package = presentation.begun(page, master.other_style(deck.lang))
    slide_master, layouts = _own_master(package, deck, page, theme, locale.deck)
    _filled(package, deck, page, theme, locale, layouts, [slide_master])
    if findings := accessibility.check(package):
        raise InaccessibleDeck("\n".join(map(str, findings[:20])))
    return package.packed(files.stamp())


def written_on(
    school: School, deck: Deck, theme: Theme, locale: Locale
) -> tuple[bytes, list[accessibility.Finding]]:
    """Return the deck on a school's template, and what is wrong with that template's colours and sizes.

    Raises InaccessibleDeck if anything else breaks a rule.
    """
    _filled(school.package, deck, school.page, theme, locale, school.layouts, [])
    findings = accessibility.check(school.package)
    if ours := [finding for finding in findings if finding.rule not in accessibility.OF_THE_TEMPLATE]:
        raise InaccessibleDeck("\n".join(map(str, ours[:20])))
    return school.package.packed(files.stamp()), findings


def _filled(
    package: Package,
    deck: Deck,
    page: Page,
    theme: Theme,
    locale: Locale,
    layouts: Mapping[str, Part],
    masters: list[Part],
) -> None:
    """Write slides and notes into a package that has its master."""
    notes_master = package.document.related(f"{OFFICE}notesMaster")
    if notes_master is None:
        notes_master = package.add("notes master", master.notes_master_xml(deck.lang, page.w / page.h))
        notes_master.relate(f"{OFFICE}theme", package.add("theme", master.theme_xml(theme)))
        masters = [*masters, notes_master]
    face = theme.deck.face if page.own else "+mn-lt"
    feet = {key: _foot_places(part) for key, part in layouts.items()}
    made: dict[str, Part] = {}
    for slide in deck.slides:
        made[slide.key] = package.add("slide", b"")
    for number, slide in enumerate(deck.slides, 1):
        part = made[slide.key]
        notes = package.add("notes", notes_xml(slide, number, deck.lang, locale.deck, page.w / page.h, face))
        notes.relate(f"{OFFICE}notesMaster", notes_master)
        notes.relate(f"{OFFICE}slide", part)
        part.relate(f"{OFFICE}slideLayout", layouts[slide.layout])
        part.relate(f"{OFFICE}notesSlide", notes)
        desk = _Desk(package, page, theme, deck.lang, locale, feet, part, made)
        part.content = desk.slide(slide, number).encode()
    bounds = [section.first for section in deck.sections] + [len(deck.slides)]
    sections = [
        (section.name, f"{{{str(uuid.uuid5(_NAMES, section.key)).upper()}}}", range(start, end))
        for section, start, end in zip(deck.sections, bounds, bounds[1:], strict=False)
    ]
    presentation.listed(package, masters, list(made.values()), sections)
    presentation.described(package, deck, files.stamp())


class _Desk:
    """Writes one slide into its part, with the relationships that it needs."""

    def __init__(
        self,
        package: Package,
        page: Page,
        theme: Theme,
        lang: str,
        locale: Locale,
        feet: Mapping[str, list[tuple[str, int]]],
        part: Part,
        others: Mapping[str, Part],
    ) -> None:
        self._foot_places, self._part, self._others = feet, part, others
        self._related: dict[tuple[str, Part | str], str] = {}
        self._package, self._page, self._theme, self._lang, self._locale = package, page, theme, lang, locale

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
        factor = self._page.zoom / self._page.scale
        content = chart_xml(chart, pen.inks, self._lang, self._locale.dates.before, factor)
        part = self._package.add("chart", content)
        part.relate(f"{OFFICE}package", self._package.add("workbook", workbook(chart, files.stamp())))
        content = f'<c:chart xmlns:c="{_CHART_URI}" r:id="{self._name(f"{OFFICE}chart", part)}"/>'
        return pen.graphic_frame(chart.name, chart.alt, chart.frame, chart.place, _CHART_URI, content)

    def _picture(self, pen: Pen, picture: Picture) -> str:
        name = self._name(f"{OFFICE}image", self._package.add(picture.format, picture.content))
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
        if target.startswith("#"):
            return self._name(f"{OFFICE}slide", self._others[target[1:]])
        return self._name(f"{OFFICE}hyperlink", target)

    def _name(self, kind: str, target: Part | str) -> str:
        """Return the id of the slide's relationship to a target, made when it is first asked for."""
        if (kind, target) not in self._related:
            self._related[kind, target] = self._part.relate(kind, target)
        return self._related[kind, target]


def _foot_places(layout: Part) -> list[tuple[str, int]]:
    """Return a layout's placeholders for footer and slide number, with their indices."""
    holders = parsed(layout).iter("{http://schemas.openxmlformats.org/presentationml/2006/main}ph")
    return [
        (ph.get("type"), int(ph.get("idx", "0"))) for ph in holders if ph.get("type") in ("ftr", "sldNum")
    ]


def _foot(pen: Pen, kind: str, index: int, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{pen.named(kind)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" '
        f'sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>'
        f"{content}</a:p>"
        f"</p:txBody></p:sp>"
    )


def _own_master(
    package: Package, deck: Deck, page: Page, theme: Theme, names: Mapping[str, str]
) -> tuple[Part, dict[str, Part]]:
    """Add our own theme, master and layouts; return the master and the layouts."""
    slide_master = package.add("master", master.master_xml(page, theme, deck.ruler, names, deck.lang))
    layouts = {}
    for key, layout in page.layouts.items():
        part = package.add("layout", master.layout_xml(page, layout, theme, deck.ruler, names, deck.lang))
        slide_master.relate(f"{OFFICE}slideLayout", part)
        part.relate(f"{OFFICE}slideMaster", slide_master)
        layouts[key] = part
    look = package.add("theme", master.theme_xml(theme))
    slide_master.relate(f"{OFFICE}theme", look)
    package.document.relate(f"{OFFICE}theme", look)
    return slide_master, layouts
