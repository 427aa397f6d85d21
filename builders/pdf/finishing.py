"""What ReportLab has no words for, added to its file by pikepdf: fonts, named places, the structure tree, and
what the document says of itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from builders.pdf import metadata
from builders.pdf.fonts import DocumentFonts
from builders.pdf.structure_tree import DrawnContent, write_structure_tree
from builders.text.tree import Node

Place = tuple[int, float, float]  # page (0-based), and the point that a window's upper left corner shows


@dataclass(slots=True)
class Destinations:
    """The places of a document by their names, and for each page which of them its links lead to, in their
    order; None for an address.
    """

    places: dict[str, Place] = field(default_factory=dict)
    links: dict[int, list[str | None]] = field(default_factory=dict)


def finish(
    drawing: bytes,
    about: metadata.About,
    root: Node,
    drawn: DrawnContent,
    fonts: DocumentFonts,
    destinations: Destinations,
) -> bytes:
    """Return the file that ReportLab wrote with all that it lacks."""
    with pikepdf.open(BytesIO(drawing)) as pdf:
        _bind_fonts(pdf, fonts)
        _name_destinations(pdf, destinations)
        if about.accessible:
            write_structure_tree(pdf, root, drawn)
        metadata.describe(pdf, about)
        out = BytesIO()
        pdf.save(
            out,
            force_version="1.7",
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return out.getvalue()


def _bind_fonts(pdf: pikepdf.Pdf, fonts: DocumentFonts) -> None:
    """Put a document's fonts among the resources of its pages and forms.

    All of ReportLab's pages and forms share one dictionary of fonts. It has the one that each page's content
    names before anything is drawn, which is not embedded: the first of ours takes its place.
    """
    embedded = fonts.embed(pdf)
    first = next(iter(embedded.values()))
    for shared in {page.Resources.Font.objgen: page.Resources.Font for page in pdf.pages}.values():
        for name in list(shared.keys()):
            shared[name] = first
        for name, font in embedded.items():
            shared[name] = font


def _name_destinations(pdf: pikepdf.Pdf, destinations: Destinations) -> None:
    """Let links lead to places by their names (ISO 32000-1, 12.3.2.3)."""
    pages = [page.obj for page in pdf.pages]
    targets: set[str] = set()
    for number, names in destinations.links.items():
        for link, name in zip(pages[number].Annots, names, strict=True):
            if name is not None:
                link.Dest = String(name)
                targets.add(name)
    if targets:
        pdf.Root.Names = Dictionary(Dests=_name_tree(pdf, _explicit(pages, destinations.places, targets)))


def _explicit(
    pages: Sequence[pikepdf.Object], places: Mapping[str, Place], names: Iterable[str]
) -> dict[str, Array]:
    return {
        name: Array([pages[page], Name.XYZ, round(x, 2), round(y, 2), None])
        for name, (page, x, y) in ((name, places[name]) for name in names)
    }


def _name_tree(pdf: pikepdf.Pdf, values: Mapping[str, pikepdf.Object]) -> pikepdf.Object:
    """Return a name tree of one leaf (ISO 32000-1, 7.9.6)."""
    names = sorted((bytes(String(name)), name) for name in values)
    return pdf.make_indirect(
        Dictionary(Names=Array(chain.from_iterable((String(name), values[name]) for _, name in names)))
    )
