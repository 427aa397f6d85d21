"""Presentations opened and packed by python-pptx: what could do harm is refused, its quadratic searches are
replaced by counters, and equal presentations give equal bytes."""

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import PartFactory
from pptx.opc.packuri import PackURI
from pptx.oxml import register_element_cls
from pptx.oxml.presentation import CT_SlideIdList
from pptx.oxml.slide import CT_NotesSlide
from pptx.package import Package
from pptx.parts.image import Image, ImagePart
from pptx.parts.presentation import PresentationPart
from pptx.parts.slide import NotesSlidePart, SlidePart

from builders.core.diagnostics import TemarioError

COMPRESSION_LEVEL = 4  # of 9: a third of the default's time, files a twentieth larger
MOST_MEMBERS = 20_000
MOST_BYTES = 512 * 1024 * 1024  # unpacked
_STORED_ENDINGS = (".png", ".jpg", ".jpeg", ".xlsx")  # compressed already
_MACROS = re.compile(rb"application/vnd\.ms-powerpoint\.\w+\.macroEnabled\.main\+xml|vbaProject")


class UnusablePackage(TemarioError):
    """A file that cannot or should not be opened as a presentation; the message says why."""


class LinearPackage(Package):
    """A package that adds parts in constant time.

    It numbers parts by counters and knows images by their digests, where python-pptx walks through all parts
    each time.
    """

    def __init__(self, pkg_file: Any) -> None:
        super().__init__(pkg_file)
        self._counters: dict[str, int] = {}
        self._images: dict[str, ImagePart] = {}

    def next_partname(self, tmpl: str) -> PackURI:
        """Return the next free name of a pattern such as '/ppt/charts/chart%d.xml'."""
        if tmpl not in self._counters:
            number = re.compile(re.escape(tmpl).replace("%d", r"(\d+)"), re.IGNORECASE)
            found = (number.fullmatch(part.partname) for part in self.iter_parts())
            self._counters[tmpl] = max((int(match[1]) for match in found if match), default=0)
        self._counters[tmpl] += 1
        return PackURI(tmpl % self._counters[tmpl])

    def next_image_partname(self, ext: str) -> PackURI:
        """Return the next free name of an image."""
        return self.next_partname(f"/ppt/media/image%d.{ext}")

    def save(self, pkg_file: Any) -> None:
        """Save the package; of two parts with one name, as broken templates have them, one gets another."""
        taken: set[str] = set()
        for part in self.iter_parts():
            if part.partname.lower() in taken:
                part.partname = self.next_partname(re.sub(r"\d*(\.\w+)$", r"%d\1", part.partname))
            taken.add(part.partname.lower())
        super().save(pkg_file)

    def get_or_add_image_part(self, image_file: Any) -> ImagePart:
        """Return the part of an image; one that was added before is used again."""
        image = Image.from_file(image_file)
        if image.sha1 not in self._images:
            self._images[image.sha1] = ImagePart.new(self, image)
        return self._images[image.sha1]


class LinearPresentationPart(PresentationPart):
    """A presentation part that adds slides in constant time.

    Templates (.potx) and shows (.ppsx) are opened as one too, and saved as .pptx.
    """

    @property
    def content_type(self) -> str:
        """What it is saved as, whatever it was opened as."""
        return str(CT.PML_PRESENTATION_MAIN)

    def add_slide(self, slide_layout: Any) -> tuple[str, Any]:
        """Return a new slide with the id of its relationship."""
        name = self.package.next_partname("/ppt/slides/slide%d.xml")
        part = SlidePart.new(name, self.package, slide_layout.part)
        return self.rels._add_relationship(RT.SLIDE, part), part.slide


class LinearSlideIdList(CT_SlideIdList):
    """A list of slide ids in which the last is the greatest, since it was empty to begin with."""

    @property
    def _next_id(self) -> int:
        return int(self[-1].get("id")) + 1 if len(self) else 256  # ECMA-376-1, 19.2.1.33


register_element_cls("p:sldIdLst", LinearSlideIdList)
for _kind in ("presentation", "template", "slideshow"):
    for _type in (CT.PML_PRESENTATION_MAIN, CT.PML_PRES_MACRO_MAIN):
        PartFactory.part_type_for[_type.replace("presentation.", f"{_kind}.")] = LinearPresentationPart


def open_presentation(content: bytes, *, macros: bool = False) -> Any:
    """Return python-pptx's presentation from the bytes of a .pptx, .potx or .ppsx.

    Raises UnusablePackage if it is none of them, would unpack to too much, names files outside itself,
    declares a document type, or holds macros without `macros`.
    """
    _refuse_harm(content, macros)
    try:
        part = LinearPackage.open(io.BytesIO(content)).main_document_part
    except Exception as error:  # python-pptx raises whatever a broken part leads to
        raise UnusablePackage("its parts do not fit together") from error
    if not isinstance(part, PresentationPart):
        raise UnusablePackage("it is not a .pptx presentation")
    return part.presentation


def add_slides(presentation: Any, layouts: Sequence[Any]) -> list[Any]:
    """Return new slides, one for each of `layouts`, with copies of their placeholders.

    python-pptx clones the placeholders for a layout's first slide; its further slides copy that one's, which
    is faster.
    """
    slides: list[Any] = []
    first: dict[Any, Any] = {}
    for layout in layouts:
        if layout.part in first:
            name, slide = presentation.part.add_slide(layout)
            presentation.element.sldIdLst.add_sldId(name)
            slide.element.cSld.spTree.extend(deepcopy(first[layout.part][2:]))
        else:
            slide = presentation.slides.add_slide(layout)
            first[layout.part] = slide.element.cSld.spTree
        slides.append(slide)
    return slides


def add_notes(slide: Any) -> Any:
    """Return a new notes slide without shapes.

    python-pptx would clone the notes master's placeholders one by one, only for them to be replaced.
    """
    package, master = slide.part.package, slide.part.package.presentation_part.notes_master_part
    name = package.next_partname("/ppt/notesSlides/notesSlide%d.xml")
    part = NotesSlidePart(name, CT.PML_NOTES_SLIDE, package, CT_NotesSlide.new())
    part.relate_to(master, RT.NOTES_MASTER)
    part.relate_to(slide.part, RT.SLIDE)
    slide.part.relate_to(part, RT.NOTES_SLIDE)
    return part.notes_slide


def pack_presentation(presentation: Any, moment: datetime) -> bytes:
    """Return the bytes of a .pptx; equal presentations give equal bytes.

    All members are dated `moment` and packed alike on every machine; pictures and workbooks are stored as
    they are.
    """
    loose, packed = io.BytesIO(), io.BytesIO()
    presentation.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(packed, "w", compresslevel=COMPRESSION_LEVEL) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.create_system = 0  # the same on every machine
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(_STORED_ENDINGS) else zipfile.ZIP_DEFLATED
            )
            new.writestr(entry, old.read(name), compresslevel=COMPRESSION_LEVEL)
    return packed.getvalue()


def _refuse_harm(content: bytes, macros: bool) -> None:
    """Raise UnusablePackage for a file that could do harm.

    That is one that is no archive, would fill the memory, names files outside itself, declares a document
    type (forbidden by ISO/IEC 29500-2, XML usage), or holds macros without `macros`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _refuse_excess(entries)
            parts = {entry.filename: file.read(entry) for entry in entries}
    except UnusablePackage:
        raise
    except Exception as error:  # zipfile raises whatever its decompressors do
        raise UnusablePackage("it is not a whole zip archive") from error
    if not macros and _MACROS.search(parts.get("[Content_Types].xml", b"")):
        raise UnusablePackage("it holds macros")
    if any(_declares_document_type(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))):
        raise UnusablePackage("it holds a document type declaration")


def _refuse_excess(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise UnusablePackage(f"it unpacks to more than {MOST_BYTES >> 20} MB or {MOST_MEMBERS} files")
    for entry in entries:
        if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
            raise UnusablePackage(f"it has a file named '{entry.filename[:60]}', which leads outside")


def _declares_document_type(part: bytes) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return bool(etree.fromstring(part, parser).getroottree().docinfo.doctype)
    except etree.XMLSyntaxError:
        return b"<!DOCTYPE" in part  # python-pptx will tell what is broken
