"""The logical tree as PDF objects: elements, the parent tree and the tree of ids (ISO 32000-1, 14.7).

A long document has a hundred thousand elements: what has been drawn to its end is written at once and
forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from builders.pdf.file import Stretch, text_string
from builders.text.tree import Node

# What an element holds, in reading order: a child, a page with a content id, or a link's reference.
Kid = Node | tuple[int, int] | str


@dataclass(slots=True)
class _Element:
    """What is known of a node: its object's number, what was drawn under it, and once it has been written the
    page where anything of it stands first.
    """

    number: int
    content: list[Kid] = field(default_factory=list)
    page: int | None = None
    written: bool = False


class Structure:
    """The tree of one part of a document: which node below `root` holds what, on which page.

    `number` is that of the root's element. Pages are named by their objects' numbers, which are also the keys
    of the parent tree, that leads from a page or link back to its elements.
    """

    def __init__(self, stretch: Stretch, root: Node, number: int) -> None:
        self._stretch = stretch
        self._elements = {root: _Element(number)}
        self._attributes: dict[Node, dict[str, str]] = {}
        self.parents: list[tuple[int, str]] = []  # entries of the parent tree
        self.ids: list[tuple[str, int]] = []

    def lead_back(self, number: int, entry: str) -> None:
        """Say which element, or elements by content id, a page or link leads back to."""
        self.parents.append((number, entry))

    def _element(self, node: Node) -> _Element:
        element = self._elements.get(node)
        if element is None:
            element = self._elements[node] = _Element(self._stretch.reserve())
        return element

    def hold(self, node: Node, kid: Kid) -> int:
        """Note that `node` holds `kid` next; return the number of its element."""
        element = self._element(node)
        assert not element.written, "drawn under an element that was settled"
        element.content.append(kid)
        return element.number

    def describe(self, node: Node, owner: str, words: str) -> None:
        """Give a node attributes that are known only when it is drawn."""
        self._attributes[node] = {owner: words}

    def settle(self, node: Node) -> int | None:
        """Write the elements of `node` and below, which nothing more is drawn under; take them apart.

        Return the number of its element, None if there is none: what holds nothing is left out.
        """
        assert node.parent is not None
        element = self._settled(node, self._element(node.parent).number)
        return element.number if element else None

    def _settled(self, node: Node, above: int) -> _Element | None:
        """Settle a node below the element of the number `above`; return its own, None if it holds nothing."""
        element = self._element(node)
        if element.written:
            return element
        kids: list[str] = []
        own: int | None = None  # the page of the element's own content
        first: int | None = None
        for kid in chain(node.kids, element.content):
            if isinstance(kid, tuple):
                page, number = kid
                own = page if own is None else own
                kids.append(str(number) if own == page else f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>")
            elif isinstance(kid, str):
                kids.append(kid)
            elif below := self._settled(kid, element.number):
                kids.append(f"{below.number} 0 R")
                first = below.page if first is None else first
                del self._elements[kid]
        node.kids.clear()
        if not kids and node.tag not in ("TD", "TH"):
            del self._elements[node]
            return None
        element.content.clear()
        element.written, element.page = True, own if first is None else first
        self._write(node, element, above, kids, element.page if own is None and node.tag == "Table" else own)
        return element

    def _write(self, node: Node, element: _Element, above: int, kids: list[str], page: int | None) -> None:
        extra = self._extra(node, element.number) if node.says_more or node in self._attributes else ""
        own_page = "" if page is None else f"/Pg {page} 0 R"
        self._stretch.put(
            element.number,
            f"<</Type/StructElem/S/{node.tag}/P {above} 0 R{own_page}/K[{' '.join(kids)}]{extra}>>",
        )

    def _extra(self, node: Node, number: int) -> str:
        """Return what is said of an element beyond its place in the tree."""
        parts = [f"/{key}{text_string(text)}" for key, text in _said(node) if text]
        drawn = self._attributes.pop(node, None)
        if node.attributes or drawn:
            own = {**(node.attributes or {}), **(drawn or {})}
            parts.append("/A[{}]".format("".join(f"<</O/{owner}{words}>>" for owner, words in own.items())))
        if node.id:
            self.ids.append((text_string(node.id), number))
        return "".join(parts)


def document_dictionary(root: int, elements: Iterable[int]) -> str:
    """Return the element of the whole document, below the tree's root."""
    kids = " ".join([f"{element} 0 R" for element in elements])
    return f"<</Type/StructElem/S/Document/P {root} 0 R/K[{kids}]>>"


def root_dictionary(
    stretch: Stretch, document: int, parents: Sequence[tuple[int, str]], ids: Sequence[tuple[str, int]]
) -> str:
    """Return what the tree's root says: the document's element, what leads back, elements by their ids."""
    entries = stretch.add(f"<</Nums[{' '.join([f'{key} {entry}' for key, entry in parents])}]>>")
    names = " ".join([f"{name} {element} 0 R" for name, element in ids])
    tail = f"/IDTree {stretch.add(f'<</Names[{names}]>>')} 0 R" if names else ""
    after = max((key for key, _ in parents), default=-1) + 1
    return (
        f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree {entries} 0 R/ParentTreeNextKey {after}{tail}>>"
    )


def _said(node: Node) -> tuple[tuple[str, str | None], ...]:
    """Return a node's words by the keys of PDF."""
    return (
        ("Alt", node.alt),
        ("ActualText", node.actual),
        ("Lang", node.lang),
        ("T", node.title),
        ("ID", node.id),
    )
