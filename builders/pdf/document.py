"""A document put together from the parts that were drawn: what is said of them as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from builders import files
from builders.fonts import Face
from builders.pdf import file, icc, metadata
from builders.pdf.faces import write_fonts
from builders.pdf.file import Stretch
from builders.pdf.links import Bookmark, Label, Place, write_outline, write_places
from builders.pdf.sheets import references
from builders.pdf.structure import document_dictionary, root_dictionary

# The numbers of objects that parts refer to: of the tree of pages, the dictionary of fonts, the root of the
# logical tree and its topmost element. A fifth is the stream that these are written in.
PAGES, FONTS, TREE, DOCUMENT, FIRST = 1, 2, 3, 4, 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of a document that has been drawn to its end."""

    stretch: Stretch
    pages: Sequence[tuple[int, int]]  # their places in the document, and the numbers of their objects
    elements: Sequence[int]  # the topmost ones
    parents: Sequence[tuple[int, str]]  # entries of the parent tree
    ids: Sequence[tuple[str, int]]
    places: Mapping[str, Place]  # that links may lead to
    targets: set[str]  # those where its own links lead
    bookmarks: Sequence[Bookmark]
    labels: Sequence[Label]
    characters: Mapping[Face, str]  # that it draws in each


def put_together(parts: Sequence[Drawn], about: metadata.About, alphabet: str) -> bytes:
    """Return the file of a document from its parts, in the order in which they are read."""
    head, tail = Stretch(PAGES), Stretch(max(part.stretch.end for part in parts))
    for _ in range(DOCUMENT):
        head.reserve()
    pages = [number for _, number in sorted(_all(part.pages for part in parts))]
    head.put(PAGES, f"<</Type/Pages/Count {len(pages)}/Kids[{references(pages)}]>>")
    head.put(FONTS, write_fonts(tail, _characters(parts), alphabet))
    said = [f"/Pages {PAGES} 0 R/Lang({about.lang})/ViewerPreferences<</DisplayDocTitle true>>"]
    if about.accessible:
        parents, ids = sorted(_all(p.parents for p in parts)), sorted(_all(p.ids for p in parts))
        head.put(DOCUMENT, document_dictionary(TREE, _all(part.elements for part in parts)))
        head.put(TREE, root_dictionary(tail, DOCUMENT, parents, ids))
        said.append(f"/MarkInfo<</Marked true>>/StructTreeRoot {TREE} 0 R")
    said += _ways(tail, parts, pages)
    stamp = files.stamp()
    packet = tail.stream(metadata.xmp(about, stamp), "/Type/Metadata/Subtype/XML", pack=False)
    profile = tail.stream(icc.srgb(), "/N 3")
    said.append(f"/Metadata {packet} 0 R/OutputIntents[{metadata.intent(profile)}]")
    root = tail.add(f"<</Type/Catalog{''.join(said)}>>")
    information = tail.add(metadata.information(about, stamp))
    head.pack()
    tail.pack()
    stretches = sorted([part.stretch for part in parts], key=lambda stretch: stretch.first)
    return file.joined([head, *stretches, tail], root, information)


def _ways(stretch: Stretch, parts: Sequence[Drawn], pages: Sequence[int]) -> Iterator[str]:
    """Write what leads to pages, and yield what the catalog says of it: names, outline and labels."""
    places: dict[str, Place] = {}
    for part in parts:
        places.update(part.places)
    bookmarks = list(_all(part.bookmarks for part in parts))
    targets = set().union(*(part.targets for part in parts))
    if targets:
        names = write_places(stretch, {key: places[key] for key in targets})
        yield f"/Names<</Dests {names} 0 R>>"
    if bookmarks:
        order = {number: index for index, number in enumerate(pages)}
        bookmarks.sort(key=lambda bookmark: order[bookmark.place[0]])
        yield f"/Outlines {write_outline(stretch, bookmarks)} 0 R"
    labels = list(_all(part.labels for part in parts))
    if labels:
        yield f"/PageLabels<</Nums[{' '.join(map(str, labels))}]>>"


def _characters(parts: Sequence[Drawn]) -> dict[Face, set[str]]:
    """Return the characters that the parts need, by their faces."""
    characters: dict[Face, set[str]] = {}
    for part in parts:
        for face, own in part.characters.items():
            characters.setdefault(face, set()).update(own)
    return characters


_all = chain.from_iterable
