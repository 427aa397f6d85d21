"""Links and the places that they lead to by name (ISO 32000-1, 12.3.2.3 and 12.5.6.5).

ReportLab has no words for a link to a named place, and takes a tenth of a millisecond for any.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import quote

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Box = tuple[float, float, float, float]  # left, bottom, right, top
Place = tuple[int, float, float]  # page (0-based), and what a window's upper left corner shows of it
_PRINTED = 4  # flag of an annotation (ISO 32000-1, 12.5.3)
_ADDRESS = string.ascii_letters + string.digits + string.punctuation  # what RFC 3986 leaves as it is, and '%'


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle of a page that leads to '#place' or an address; `contents` says where."""

    box: Box
    target: str
    contents: str


@dataclass(slots=True)
class Links:
    """The links of a document by their pages (0-based), in order, and its places by their names."""

    by_page: dict[int, list[Link]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def add(self, page: int, link: Link) -> int:
        """Add a link to a page; return its number there."""
        on_page = self.by_page.setdefault(page, [])
        on_page.append(link)
        return len(on_page) - 1


def write_links(pdf: pikepdf.Pdf, links: Links) -> None:
    """Add the links to a file, and the names of those places that they lead to."""
    pages = [page.obj for page in pdf.pages]
    look = {"/Subtype": Name.Link, "/F": _PRINTED, "/Border": Array([0, 0, 0])}
    for number, on_page in links.by_page.items():
        pages[number].Annots = Array([pdf.make_indirect(_annotation(link, look)) for link in on_page])
    targets = {link.target[1:] for link in chain.from_iterable(links.by_page.values()) if _is_inner(link)}
    if targets:
        tree = pikepdf.NameTree.new(pdf)
        for name in sorted(targets):
            page, x, y = links.places[name]
            tree[name] = Array([pages[page], Name.XYZ, round(x, 2), round(y, 2), None])
        pdf.Root.Names = Dictionary(Dests=tree.obj)


def _is_inner(link: Link) -> bool:
    return link.target.startswith("#")


def _annotation(link: Link, look: Mapping[str, object]) -> Dictionary:
    annotation = Dictionary(look)
    annotation.Rect = Array([round(side, 2) for side in link.box])
    annotation.Contents = String(link.contents)
    if _is_inner(link):
        annotation.Dest = String(link.target[1:])
    else:
        annotation.A = Dictionary(S=Name.URI, URI=String(quote(link.target, safe=_ADDRESS)))
    return annotation
