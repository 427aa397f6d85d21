"""A package of parts (ISO/IEC 29500-2): parts named by counters, related by ids, written in one order.

Nothing is searched for: a part knows its relationships, a package counts its names. So a deck of thousands of
slides takes time in proportion to its slides.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from builders.deck.archive import BadArchive, archive, read
from builders.deck.xml import HEAD, escaped

if TYPE_CHECKING:
    from lxml import etree

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATIONSHIPS = f"{_PACKAGE}relationships"
_TYPES = f"{_PACKAGE}content-types"
CORE_PROPERTIES = f"{_RELATIONSHIPS}/metadata/core-properties"
_DOCUMENT = f"{OFFICE}officeDocument"
_FORMATS = "application/vnd.openxmlformats-officedocument."
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
}  # fmt: skip
PRESENTATION = f"{_FORMATS}presentationml.presentation.main+xml"
_TEMPLATE = f"{_FORMATS}presentationml.template.main+xml"
_SHOW = f"{_FORMATS}presentationml.slideshow.main+xml"
_MACROS = "application/vnd.ms-powerpoint.%s.macroEnabled.main+xml"
WITH_MACROS = frozenset(_MACROS % kind for kind in ("presentation", "template", "slideshow"))
PRESENTATIONS = frozenset((PRESENTATION, _TEMPLATE, _SHOW)) | WITH_MACROS
KINDS = {
    "presentation": ("/ppt/presentation.xml", PRESENTATION),
    "slide": ("/ppt/slides/slide%d.xml", f"{_FORMATS}presentationml.slide+xml"),
    "notes": ("/ppt/notesSlides/notesSlide%d.xml", f"{_FORMATS}presentationml.notesSlide+xml"),
    "chart": ("/ppt/charts/chart%d.xml", f"{_FORMATS}drawingml.chart+xml"),
    "workbook": ("/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx", f"{_FORMATS}spreadsheetml.sheet"),
    "master": ("/ppt/slideMasters/slideMaster%d.xml", f"{_FORMATS}presentationml.slideMaster+xml"),
    "layout": ("/ppt/slideLayouts/slideLayout%d.xml", f"{_FORMATS}presentationml.slideLayout+xml"),
    "notes master": ("/ppt/notesMasters/notesMaster%d.xml", f"{_FORMATS}presentationml.notesMaster+xml"),
    "theme": ("/ppt/theme/theme%d.xml", f"{_FORMATS}theme+xml"),
    "presentation settings": ("/ppt/presProps.xml", f"{_FORMATS}presentationml.presProps+xml"),
    "view settings": ("/ppt/viewProps.xml", f"{_FORMATS}presentationml.viewProps+xml"),
    "table styles": ("/ppt/tableStyles.xml", f"{_FORMATS}presentationml.tableStyles+xml"),
    "properties": ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    "program": ("/docProps/app.xml", f"{_FORMATS}extended-properties+xml"),
    "png": ("/ppt/media/image%d.png", "image/png"),
    "jpeg": ("/ppt/media/image%d.jpg", "image/jpeg"),
}


@dataclass(slots=True, eq=False)
class Part:
    """A part: its name in the package, content type, content, and relationships (type, target) by id.

    A target is a part, or an address outside.
    """

    name: str
    kind: str
    content: bytes
    rels: dict[str, tuple[str, "Part | str"]] = field(default_factory=dict)

    def relate(self, kind: str, target: "Part | str") -> str:
        """Return the id of a new relationship."""
        number = len(self.rels) + 1
        while f"rId{number}" in self.rels:  # a template's ids have gaps and may be of any form
            number += 1
        name = f"rId{number}"
        self.rels[name] = (kind, target)
        return name

    def related(self, kind: str) -> "Part | None":
        """Return the first part that is related by a type."""
        return next((t for k, t in self.rels.values() if k == kind and isinstance(t, Part)), None)

    def forget(self, *kinds: str) -> None:
        """Drop the relationships of some types."""
        self.rels = {name: rel for name, rel in self.rels.items() if rel[0] not in kinds}


@dataclass(slots=True)
class Package:
    """A package that is being filled. `taken` holds the names that it came with."""

    root: Part = field(default_factory=lambda: Part("/", "", b""))
    taken: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)

    @property
    def document(self) -> Part:
        """The main part. Raises BadArchive if there is none."""
        found = self.root.related(_DOCUMENT)
        if found is None:
            raise BadArchive("it has no main part")
        return found

    def begin(self, content: str) -> Part:
        """Return the main part, made from its XML."""
        part = self.add("presentation", content)
        self.root.relate(_DOCUMENT, part)
        return part

    def add(self, kind: str, content: bytes | str) -> Part:
        """Return a new part of a kind (one of KINDS), named by the next free number."""
        name, content_type = KINDS[kind]
        if "%d" in name:
            number = self._counts.get(name, 0) + 1
            while name % number in self.taken:
                number += 1
            self._counts[name] = number
            name %= number
        return Part(name, content_type, content.encode() if isinstance(content, str) else content)

    def parts(self) -> Iterator[Part]:
        """Return the parts that can be reached, each once, in the order of their relationships."""
        seen = {self.root.name}
        ahead = [iter(self.root.rels.values())]
        while ahead:
            for _, target in ahead[-1]:
                if isinstance(target, Part) and target.name not in seen:
                    seen.add(target.name)
                    yield target
                    ahead.append(iter(target.rels.values()))
                    break
            else:
                ahead.pop()

    def packed(self, moment: datetime) -> bytes:
        """Return the package as bytes: content types, relationships, parts; one timestamp."""
        parts = list(self.parts())
        members = [("[Content_Types].xml", _content_types(parts)), ("_rels/.rels", _relationships(self.root))]
        for part in parts:
            members.append((part.name[1:], part.content))
            if part.rels:
                members.append((_rels_name(part.name), _relationships(part)))
        return archive(members, moment)


def opened(content: bytes) -> Package:
    """Return a package that was read. Raises BadArchive."""
    files = {f"/{name}": member for name, member in read(content).items()}
    types = _Types(parse(files.get("/[Content_Types].xml", b"")))
    package = Package(taken=set(files))
    known: dict[str, Part] = {"/": package.root}
    todo = [package.root]
    while todo:
        part = todo.pop()
        for entry in _entries(files.get(f"/{_rels_name(part.name)}")):
            kind, target = entry.get("Type", ""), entry.get("Target", "")
            if entry.get("TargetMode") == "External":
                part.rels[entry.get("Id", "")] = (kind, target)
                continue
            name = posixpath.normpath(posixpath.join(posixpath.dirname(part.name), target))
            if name not in files:
                raise BadArchive(f"its part '{name[:60]}' is missing")
            if name not in known:
                known[name] = Part(name, types.of(name), files[name])
                todo.append(known[name])
            part.rels[entry.get("Id", "")] = (kind, known[name])
    return package


def parsed(part: Part) -> "etree._Element":
    """Return a part's XML. Raises BadArchive."""
    return parse(part.content)


def serialized(root: "etree._Element") -> bytes:
    """Return an element as a part's content."""
    from lxml import etree

    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


class _Types:
    """The content types that a package declares."""

    def __init__(self, root: "etree._Element") -> None:
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        for entry in root:
            if "Extension" in entry.attrib:
                self._defaults[entry.get("Extension", "").lower()] = entry.get("ContentType", "")
            elif "PartName" in entry.attrib:
                self._overrides[entry.get("PartName", "")] = entry.get("ContentType", "")

    def of(self, name: str) -> str:
        """Return a part's content type."""
        default = self._defaults.get(_extension(name), "application/octet-stream")
        return self._overrides.get(name, default)


def parse(content: bytes) -> "etree._Element":
    """Return the XML of some content. Raises BadArchive."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadArchive("it holds broken XML") from error
    if root.getroottree().docinfo.doctype:  # ISO/IEC 29500-2, XML usage: PowerPoint refuses it
        raise BadArchive("it holds a document type declaration")
    return root


def _entries(content: bytes | None) -> "list[etree._Element]":
    return [] if content is None else parse(content).findall(f"{{{_RELATIONSHIPS}}}Relationship")


def _extension(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower()


def _rels_name(name: str) -> str:
    folder, _, file = name[1:].rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _relationships(part: Part) -> bytes:
    """Return a part's relationships as XML (ISO/IEC 29500-2, 6.5.3)."""
    base = part.name.rpartition("/")[0] or "/"
    lines = []
    for name, (kind, goal) in part.rels.items():
        if isinstance(goal, Part):
            folder, _, file = goal.name.rpartition("/")
            target, mode = f"{_way(base, folder)}{file}", ""
        else:
            target, mode = goal, ' TargetMode="External"'
        known = f'Id="{escaped(name)}" Type="{escaped(kind)}"'
        lines.append(f'<Relationship {known} Target="{escaped(target)}"{mode}/>')
    return f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{"".join(lines)}</Relationships>'.encode()


@lru_cache(maxsize=256)
def _way(base: str, folder: str) -> str:
    """Return the way from one folder of the package to another, with a slash at its end."""
    way = posixpath.relpath(folder or "/", base)
    return "" if way == "." else f"{way}/"


def _content_types(parts: list[Part]) -> bytes:
    lines = [f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in _DEFAULTS.items()]
    lines += [
        f'<Override PartName="{escaped(part.name)}" ContentType="{escaped(part.kind)}"/>'
        for part in parts
        if _DEFAULTS.get(_extension(part.name)) != part.kind
    ]
    return f'{HEAD}<Types xmlns="{_TYPES}">{"".join(lines)}</Types>'.encode()
