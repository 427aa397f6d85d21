"""What a finished PDF tells a program that reads it aloud or follows it: its structure tree with the places
of what is drawn, its links, bookmarks and page labels.

The tree is read by pikepdf, the characters by PDFium: nothing here depends on how fonts are coded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from tests.pdf_geometry import Box, Character, enclosing, read_pages


@dataclass(frozen=True, slots=True)
class Place:
    """A point of a page: the page's index from 0, and how far below its top, in points."""

    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it may be clicked, the words in that area, and where it leads inside the document.

    `place` is None for a link that leads to an address outside.
    """

    page: int
    box: Box
    words: str
    contents: str
    place: Place | None
    address: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline that viewers show beside the pages; level 0 is the topmost."""

    title: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element, or (tag '') drawn characters below one.

    `alt` and `actual` are the alternative and the actual text ('' for none), `attributes` those of all
    owners by name; `link` is the annotation that belongs to it.
    """

    tag: str
    kids: tuple["Element", ...]
    characters: tuple[tuple[int, Character], ...]  # with the index of their page
    alt: str
    actual: str
    language: str
    attributes: tuple[tuple[str, str], ...]
    link: Link | None

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *tags: str) -> list["Element"]:
        """Return the elements below of these tags, in reading order."""
        return [e for e in self.walk() if e.tag in tags and e is not self]

    def all_direct(self, *tags: str) -> list["Element"]:
        """Return the children of these tags."""
        return [e for e in self.kids if e.tag in tags]

    @property
    def words(self) -> str:
        """All drawn words below, in reading order; what stands apart on the page has a space between."""
        parts: list[str] = []
        last: tuple[int, Character] | None = None
        for leaf in (e for e in self.walk() if e.characters):
            drawn = [c for c in leaf.characters if not c[1].text.isspace()]
            if last and drawn and _stand_apart(last, drawn[0]):
                parts.append(" ")
            parts += [c.text for _, c in leaf.characters]
            last = drawn[-1] if drawn else last
        return re.sub(r"\s+", " ", re.sub("\u00ad\\s*", "", "".join(parts))).strip()

    @property
    def places(self) -> dict[int, Box]:
        """The area of what is drawn below, by page index."""
        found: dict[int, list[Box]] = {}
        for element in self.walk():
            for page, character in element.characters:
                if not character.text.isspace():
                    found.setdefault(page, []).append(character.box)
        return {page: enclosing(boxes) for page, boxes in found.items()}

    @property
    def page(self) -> int:
        """The index of the first page with something of it."""
        return min(self.places)

    @property
    def box(self) -> Box:
        """Its area on its first page."""
        return self.places[self.page]

    @property
    def links(self) -> list[Link]:
        """The links below, in reading order."""
        return [e.link for e in self.walk() if e.link]


def _stand_apart(one: tuple[int, Character], other: tuple[int, Character]) -> bool:
    """Return whether two characters, each with its page, are not neighbours in a word."""
    (page, last), (following_page, first) = one, other
    size = max(last.size, first.size)
    beside = abs(last.baseline - first.baseline) < 0.5 * size
    return page != following_page or not beside or abs(first.box.left - last.box.right) > 0.15 * size


@cache
def read_tree(document: bytes) -> Element:
    """Return the root of a PDF's structure tree."""
    with pikepdf.open(BytesIO(document)) as pdf:
        index = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        marked = [_by_mark(page.characters) for page in read_pages(document)]
        annotations = {
            annotation.objgen: link
            for annotation, link in zip(_annotations(pdf), read_links(document), strict=True)
        }

        def grow(node: Any, page: Any) -> Element:
            page = node.get("/Pg", page)
            kids: list[Element] = []
            link = None
            for kid in _listed(node.get("/K", [])):
                if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                    own = page if isinstance(kid, int) or "/Pg" not in kid else kid.Pg
                    at = index[own.objgen]
                    drawn = marked[at].get(int(kid) if isinstance(kid, int) else int(kid.MCID), [])
                    characters = tuple((at, c) for c in drawn)
                    kids.append(Element("", (), characters, "", "", "", (), None))
                elif kid.get("/Type") == "/OBJR":
                    link = annotations.get(kid.Obj.objgen)
                else:
                    kids.append(grow(kid, page))
            return Element(
                str(node.S)[1:],
                tuple(kids),
                (),
                str(node.get("/Alt", "")),
                str(node.get("/ActualText", "")),
                str(node.get("/Lang", "")),
                tuple(_attributes(node)),
                link,
            )

        (root,) = _listed(pdf.Root.StructTreeRoot.K)
        return grow(root, None)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _attributes(node: Any) -> Iterator[tuple[str, str]]:
    for owner in _listed(node.get("/A", [])):
        if isinstance(owner, pikepdf.Dictionary):
            for name, value in owner.items():
                if isinstance(value, pikepdf.Array):
                    yield name[1:], " ".join(str(v) for v in value)
                else:
                    yield name[1:], str(value)


def _by_mark(characters: tuple[Character, ...]) -> dict[int, list[Character]]:
    out: dict[int, list[Character]] = {}
    for character in characters:
        if character.mcid is not None:
            out.setdefault(character.mcid, []).append(character)
    return out


def _annotations(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from (a for a in page.get("/Annots", []) if a.Subtype == "/Link")


@cache
def read_links(document: bytes) -> tuple[Link, ...]:
    """Return a PDF's links, page by page, in the order of each page's annotations."""
    pages = read_pages(document)
    out: list[Link] = []
    with pikepdf.open(BytesIO(document)) as pdf:
        finder = _Places(pdf)
        for i, page in enumerate(pdf.pages):
            for note in (a for a in page.get("/Annots", []) if a.Subtype == "/Link"):
                x0, y0, x1, y1 = (float(v) for v in note.Rect)
                height = pages[i].height
                box = Box(min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))
                inside = [c.text for c in pages[i].characters if box.contains(*c.box.centre)]
                action: Any = note.get("/A", {})
                target = note.get("/Dest", action.get("/D"))
                out.append(
                    Link(
                        i,
                        box,
                        "".join(inside).replace("\u00a0", " ").strip(),
                        str(note.get("/Contents", "")),
                        finder.place(target) if target is not None else None,
                        str(action.get("/URI", "")),
                    )
                )
    return tuple(out)


class _Places:
    """Finds the places that destinations of a document stand for."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.index = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        self.heights = [float(page.mediabox[3]) for page in pdf.pages]
        names: Any = pdf.Root.get("/Names", {})
        tree = pikepdf.NameTree(names.Dests) if "/Dests" in names else {}
        self.named: dict[str, Any] = {str(name): place for name, place in tree.items()}

    def place(self, target: Any) -> Place:
        """Return where a destination leads: a name, or a page with a way to show it (ISO 32000-1, 12.3.2)."""
        if not isinstance(target, pikepdf.Array):
            target = self.named[str(target)]
        if isinstance(target, pikepdf.Dictionary):
            target = target.D
        page = self.index[target[0].objgen]
        place = {"/XYZ": 3, "/FitH": 2}.get(str(target[1]))
        top = float(target[place]) if place is not None else self.heights[page]
        return Place(page, self.heights[page] - top)


@cache
def read_bookmarks(document: bytes) -> tuple[Bookmark, ...]:
    """Return a PDF's bookmarks from top to bottom."""
    out: list[Bookmark] = []
    with pikepdf.open(BytesIO(document)) as pdf, pdf.open_outline() as outline:
        finder = _Places(pdf)

        def walk(items: Any, level: int) -> None:
            for item in items:
                target = item.destination if item.destination is not None else item.action.D
                out.append(Bookmark(str(item.title), level, finder.place(target)))
                walk(item.children, level + 1)

        walk(outline.root, 0)
    return tuple(out)


@cache
def read_labels(document: bytes) -> tuple[str, ...]:
    """Return the page labels that viewers show."""
    with pikepdf.open(BytesIO(document)) as pdf:
        return tuple(str(page.label) for page in pdf.pages)
