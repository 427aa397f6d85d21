"""The presentation's own parts: its list of slides in sections, its size, its properties."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from builders.deck.geometry import Page
from builders.deck.inks import emu
from builders.deck.notes import PAGE
from builders.deck.package import CORE_PROPERTIES, KINDS, OFFICE, Package, Part, parsed, serialized
from builders.deck.slides import Deck
from builders.deck.xml import HEAD, MAIN, NAMESPACES, NOT_XML, P, escaped

if TYPE_CHECKING:
    from lxml import etree

FIRST_SLIDE_ID = 256  # ECMA-376, 19.7.13
FIRST_MASTER_ID = 2147483648  # ECMA-376, 19.7.10
_R = OFFICE[:-1]
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # the extension that lists sections (MS-PPTX, 2.6.1.7)
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
_APP = f"{OFFICE}extended-properties"
_TABLE_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # what PowerPoint gives a new table

Section = tuple[str, str, Sequence[int]]  # name, GUID, the indices of its slides


def begun(page: Page, text_styles: str) -> Package:
    """Return a package with a presentation that has neither master nor slides yet."""
    package = Package()
    part = package.begin(
        f'{HEAD}<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0">'
        f'<p:sldSz cx="{emu(page.w)}" cy="{emu(page.h)}"/>'
        f'<p:notesSz cx="{emu(PAGE[0])}" cy="{emu(PAGE[1])}"/>'
        f"<p:defaultTextStyle>{text_styles}</p:defaultTextStyle></p:presentation>"
    )
    for kind, name, root in (
        ("presentation settings", "presProps", "presentationPr"),
        ("view settings", "viewProps", "viewPr"),
    ):
        part.relate(f"{OFFICE}{name}", package.add(kind, f"{HEAD}<p:{root} {NAMESPACES}/>"))
    styles = f'{HEAD}<a:tblStyleLst xmlns:a="{MAIN}" def="{_TABLE_STYLE}"/>'
    part.relate(f"{OFFICE}tableStyles", package.add("table styles", styles))
    return package


def emptied(package: Package) -> None:
    """Drop a template's slides, its thumbnail, and what the presentation says of its slides."""
    part = package.document
    root = parsed(part)
    for entry in root.findall(f"{P}sldIdLst/{P}sldId"):
        part.rels.pop(entry.get(f"{{{_R}}}id", ""), None)
    for name in ("sldIdLst", "custShowLst", "extLst"):
        for element in root.findall(f"{P}{name}"):
            root.remove(element)
    part.content = serialized(root)
    package.root.forget(_THUMBNAIL)


def listed(
    package: Package, masters: Sequence[Part], slides: Sequence[Part], sections: Sequence[Section]
) -> None:
    """Enter masters (our own, where there is none yet, and that of notes), slides and sections."""
    from lxml import etree

    part = package.document
    root = parsed(part)
    place = root.find(f"{P}sldMasterIdLst")
    lists: list[etree._Element] = []
    for master in masters:
        of_notes = master.kind == KINDS["notes master"][1]
        name = "notesMaster" if of_notes else "sldMaster"
        entries = etree.Element(f"{P}{name}IdLst")
        entry = etree.SubElement(entries, f"{P}{name}Id")
        if not of_notes:
            entry.set("id", str(FIRST_MASTER_ID))
        entry.set(f"{{{_R}}}id", part.relate(f"{OFFICE}{'notes' if of_notes else 'slide'}Master", master))
        lists.append(entries)
    entries = etree.Element(f"{P}sldIdLst")
    for number, slide in enumerate(slides):
        entry = etree.SubElement(entries, f"{P}sldId", id=str(FIRST_SLIDE_ID + number))
        entry.set(f"{{{_R}}}id", part.relate(f"{OFFICE}slide", slide))
    for element in lists:
        if place is None:
            root.insert(0, element)
        else:
            place.addnext(element)
        place = element
    _before_slides(root).addnext(entries)
    root.append(_section_list(sections))
    part.content = serialized(root)


def _before_slides(root: "etree._Element") -> "etree._Element":
    """Return the list behind which the schema wants the list of slides."""
    lists = [root.find(f"{P}{name}") for name in ("handoutMasterIdLst", "notesMasterIdLst", "sldMasterIdLst")]
    return next(element for element in lists if element is not None)


def _section_list(sections: Sequence[Section]) -> "etree._Element":
    from lxml import etree

    extensions = etree.Element(f"{P}extLst")
    extension = etree.SubElement(extensions, f"{P}ext", uri=_SECTIONS)
    lines = etree.SubElement(extension, f"{{{_P14}}}sectionLst", nsmap={"p14": _P14})
    for name, guid, indices in sections:
        section = etree.SubElement(lines, f"{{{_P14}}}section", name=name.translate(NOT_XML), id=guid)
        ids = etree.SubElement(section, f"{{{_P14}}}sldIdLst")
        for index in indices:
            etree.SubElement(ids, f"{{{_P14}}}sldId", id=str(FIRST_SLIDE_ID + index))
    return extensions


def described(package: Package, deck: Deck, moment: datetime) -> None:
    """Give the package the deck's title, author and language; its dates are `moment`."""
    title, subject, author = (_property(text) for text in (deck.title, deck.subject, deck.author))
    when = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        f"<dc:language>{deck.lang}</dc:language></cp:coreProperties>"
    )
    app = (
        f'{HEAD}<Properties xmlns="{_R.replace("relationships", "extended-properties")}">'
        f"<Application>Temario</Application><Slides>{len(deck.slides)}</Slides>"
        f"<Notes>{len(deck.slides)}</Notes></Properties>"
    )
    package.root.forget(CORE_PROPERTIES, _APP)
    package.root.relate(CORE_PROPERTIES, package.add("properties", core))
    package.root.relate(_APP, package.add("program", app))


def _property(text: str) -> str:
    """Return a text as a document's property: at most 255 characters that XML can hold."""
    return escaped(text.translate(NOT_XML)[:255].strip())
