"""The file: parts added by counting, not by searching, and written in one order with one timestamp.

python-pptx walks the whole package for the name of each new part, rebuilds an index for each new relationship
and scans all ids for each new slide, which makes long decks quadratic. Here parts are named by counters, and
the presentation's relationships are loaded in one go (`Part.load_rels_from_xml`). One private name is used:
`OpcPackage._rels`.
"""

import io
import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import CT_Relationships
from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.parts.slide import NotesMasterPart, SlideLayoutPart, SlideMasterPart, SlidePart

from builders.deck.markup import HEAD, escaped

FIRST_SLIDE_ID = 256  # ECMA-376, 19.7.13
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS: dict[str, tuple[str, str, type[Part]]] = {
    "slide": ("/ppt/slides/slide%d.xml", CT.PML_SLIDE, SlidePart),
    "notes": ("/ppt/notesSlides/notesSlide%d.xml", CT.PML_NOTES_SLIDE, Part),
    "chart": ("/ppt/charts/chart%d.xml", CT.DML_CHART, Part),
    "workbook": ("/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx", CT.SML_SHEET, Part),
    "master": ("/ppt/slideMasters/slideMaster%d.xml", CT.PML_SLIDE_MASTER, SlideMasterPart),
    "layout": ("/ppt/slideLayouts/slideLayout%d.xml", CT.PML_SLIDE_LAYOUT, SlideLayoutPart),
    "notes master": ("/ppt/notesMasters/notesMaster%d.xml", CT.PML_NOTES_MASTER, NotesMasterPart),
    "theme": ("/ppt/theme/theme%d.xml", CT.OFC_THEME, XmlPart),
    "png": ("/ppt/media/image%d.png", CT.PNG, Part),
    "jpeg": ("/ppt/media/image%d.jpg", CT.JPEG, Part),
}


@dataclass(slots=True)
class Binder:
    """A package that is being filled. `taken` holds the names that it came with."""

    package: Package
    taken: frozenset[str]
    _counts: dict[str, int] = field(default_factory=dict)

    @property
    def presentation(self) -> PresentationPart:
        """The presentation's part."""
        return self.package.main_document_part

    @property
    def root(self) -> etree._Element:
        """The presentation's XML element."""
        root: etree._Element = self.presentation.presentation.element
        return root

    def add(self, kind: str, content: bytes | str) -> Part:
        """Return a new part of a kind, named by the next free number."""
        name, content_type, part_class = _KINDS[kind]
        number = self._counts.get(name, 0) + 1
        while name % number in self.taken:
            number += 1
        self._counts[name] = number
        blob = content.encode() if isinstance(content, str) else content
        return part_class.load(PackURI(name % number), content_type, self.package, blob)


def opened(content: bytes | None) -> Binder:
    """Return the package of a template, or python-pptx's own for None, without its slides."""
    from pptx.api import Presentation

    presentation = Presentation(io.BytesIO(content) if content else None)
    part, root = presentation.part, presentation.element
    for slide in root.findall(f"{{{_P}}}sldIdLst/{{{_P}}}sldId"):
        part.rels.pop(slide.get(f"{{{_R}}}id"))
    for name in ("sldIdLst", "custShowLst", "extLst"):
        for element in root.findall(f"{{{_P}}}{name}"):
            root.remove(element)
    return Binder(part.package, frozenset(str(p.partname) for p in part.package.iter_parts()))


def drop(part: Part, *kinds: str) -> None:
    """Drop a part's relationships of some kinds."""
    for name in [key for key, rel in part.rels.items() if rel.reltype in kinds]:
        part.rels.pop(name)


def list_slides(
    binder: Binder, slides: Sequence[Part], sections: Sequence[tuple[str, str, Sequence[int]]]
) -> None:
    """Enter slides, in order, and sections (name, GUID, slide indices) into the presentation."""
    part = binder.presentation
    relationships = CT_Relationships.new()
    targets: dict[PackURI, Part] = {}
    greatest = 0
    for name, rel in part.rels.items():
        relationships.add_rel(name, rel.reltype, rel.target_ref, rel.is_external)
        greatest = max(greatest, int(name[3:]) if name[3:].isdigit() else 0)
        if not rel.is_external:
            targets[rel.target_part.partname] = rel.target_part
    listed = etree.Element(f"{{{_P}}}sldIdLst")
    for number, slide in enumerate(slides):
        name = f"rId{greatest + 1 + number}"
        relationships.add_rel(name, RT.SLIDE, slide.partname.relative_ref(part.partname.baseURI))
        targets[slide.partname] = slide
        entry = etree.SubElement(listed, f"{{{_P}}}sldId", id=str(FIRST_SLIDE_ID + number))
        entry.set(f"{{{_R}}}id", name)
    part.load_rels_from_xml(relationships, targets)
    _insert_slide_list(binder.root, listed)
    binder.root.append(_section_list(sections))


def _insert_slide_list(presentation: etree._Element, listed: etree._Element) -> None:
    """Put the list of slides behind the masters' lists, where the schema wants it."""
    before = [
        presentation.find(f"{{{_P}}}{name}")
        for name in ("handoutMasterIdLst", "notesMasterIdLst", "sldMasterIdLst")
    ]
    next(element for element in before if element is not None).addnext(listed)


def _section_list(sections: Sequence[tuple[str, str, Sequence[int]]]) -> etree._Element:
    p14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    extensions = etree.Element(f"{{{_P}}}extLst")
    extension = etree.SubElement(extensions, f"{{{_P}}}ext", uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}")
    listed = etree.SubElement(extension, f"{{{p14}}}sectionLst", nsmap={"p14": p14})
    for name, guid, indices in sections:
        section = etree.SubElement(listed, f"{{{p14}}}section", name=name, id=guid)
        ids = etree.SubElement(section, f"{{{p14}}}sldIdLst")
        for index in indices:
            etree.SubElement(ids, f"{{{p14}}}sldId", id=str(FIRST_SLIDE_ID + index))
    return extensions


def packed(package: Package, moment: datetime) -> bytes:
    """Return the package as bytes: content types, relationships, then the parts as they are related; one
    timestamp."""
    parts = list(package.iter_parts())
    members = [("[Content_Types].xml", _content_types(parts)), ("_rels/.rels", package._rels.xml)]
    for part in parts:
        members.append((part.partname.membername, part.blob))
        if part.rels:
            members.append((part.partname.rels_uri.membername, _relationships(part)))
    return archive(members, moment)


def _relationships(part: Part) -> bytes:
    """Return a part's relationships as XML, in the order of their ids (ISO/IEC 29500-2, 6.5.3)."""
    entries = sorted(
        part.rels.items(), key=lambda entry: (int(entry[0][3:]) if entry[0][3:].isdigit() else 0, entry[0])
    )
    base = part.partname.baseURI
    lines = []
    for name, rel in entries:
        if rel.is_external:
            target, mode = escaped(rel.target_ref), ' TargetMode="External"'
        else:
            goal = rel.target_part.partname
            target, mode = f"{_way(base, goal.baseURI)}{goal.filename}", ""
        lines.append(f'<Relationship Id="{name}" Type="{rel.reltype}" Target="{target}"{mode}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'.encode()


@lru_cache(maxsize=256)
def _way(base: str, folder: str) -> str:
    """Return the way from one folder of the package to another, with a slash at its end."""
    way = posixpath.relpath(folder, base)
    return "" if way == "." else f"{way}/"


def archive(members: Sequence[tuple[str, bytes]], moment: datetime) -> bytes:
    """Return a zip archive that depends on nothing but its arguments."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every machine
            file.writestr(entry, content)
    return out.getvalue()


def repacked(content: bytes, moment: datetime) -> bytes:
    """Return a zip archive with its members as they are, and one timestamp."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return archive([(name, file.read(name)) for name in file.namelist()], moment)


def _content_types(parts: Sequence[Part]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    defaults = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML, "png": CT.PNG, "jpg": CT.JPEG, "jpeg": CT.JPEG}
    for extension, kind in defaults.items():
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    for part in parts:
        if defaults.get(part.partname.ext.lower()) != part.content_type:
            etree.SubElement(
                root, f"{{{space}}}Override", PartName=str(part.partname), ContentType=part.content_type
            )
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
