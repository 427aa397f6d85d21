"""What ReportLab has no words for, added to its file by pikepdf: fonts, links, the structure tree, and what
the document says of itself.
"""

from io import BytesIO

import pikepdf
from pikepdf import Array, Name

from builders.pdf import metadata
from builders.pdf.fonts import DocumentFonts
from builders.pdf.links import Links, write_links
from builders.pdf.structure_tree import DrawnContent, write_structure_tree
from builders.typesetting.logical_tree import Node


def finish(
    drawing: bytes,
    about: metadata.About,
    root: Node,
    drawn: DrawnContent,
    fonts: DocumentFonts,
    links: Links,
) -> bytes:
    """Return the file that ReportLab wrote with all that it lacks."""
    with pikepdf.open(BytesIO(drawing)) as pdf:
        _keep_streams_packed(pdf)
        _bind_fonts(pdf, fonts)
        write_links(pdf, links)
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


def _keep_streams_packed(pdf: pikepdf.Pdf) -> None:
    """Name the filter of each stream: qpdf packs a stream again whose filters are a list, as ReportLab writes
    them, though there be one alone.
    """
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream):
            filters = stream.get(Name.Filter)
            if isinstance(filters, Array) and len(filters) == 1:
                stream.Filter = filters[0]


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
