"""The structure tree of a document (ISO 32000-1, 14.7): elements, what leads back to them from pages and
links, elements by their ids.
"""

from collections.abc import Sequence
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

from builders.typesetting.logical_tree import Node

# What an element holds, in reading order: a child; a page with a content id, or with ~ the place of a link.
Kid = Node | tuple[int, int]


class DrawnContent:
    """What was drawn under each node, in the order of drawing, and where."""

    def __init__(self) -> None:
        self._kids: dict[Node, list[Kid]] = {}
        self._boxes: dict[Node, str] = {}

    def add(self, node: Node, kid: Kid) -> None:
        """Note what `node` holds next."""
        self._kids.setdefault(node, []).append(kid)

    def add_box(self, node: Node, box: Sequence[float]) -> None:
        """Note the extent of a figure on its page."""
        self._boxes[node] = f"/BBox[{' '.join(f'{side:.2f}' for side in box)}]/Placement/Block"

    def kids_of(self, node: Node) -> chain[Kid]:
        """Return all that a node holds: its children in the tree, then what was drawn under it."""
        return chain(node.kids, self._kids.get(node, ()))

    def attributes_of(self, node: Node) -> dict[str, str]:
        """Return a node's attributes by their owners, as PDF syntax."""
        own = node.attributes or {}
        return {**own, "Layout": self._boxes[node]} if node in self._boxes else own


def write_structure_tree(pdf: pikepdf.Pdf, root: Node, drawn: DrawnContent) -> None:
    """Add the tree below `root` to a file. Nodes that hold nothing are left out, but for cells of tables."""
    _TreeWriter(pdf, drawn).write(root)


class _TreeWriter:
    def __init__(self, pdf: pikepdf.Pdf, drawn: DrawnContent) -> None:
        self._pdf, self._drawn = pdf, drawn
        self._pages = [page.obj for page in pdf.pages]
        self._owners: list[list[Object | None]] = [[] for _ in self._pages]  # elements by content id
        self._links: list[Object] = []  # elements of links: their keys follow those of the pages
        self._ids: list[tuple[str, Object]] = []
        self._names: dict[str, Name] = {}

    def write(self, root: Node) -> None:
        pdf = self._pdf
        top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        if (document := self._element(root, top)) is not None:
            top.K = document
        numbers: list[object] = []
        for key, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            page.StructParents, page.Tabs = key, Name.S
            numbers += key, pdf.make_indirect(Array(owners))
        for key, element in enumerate(self._links, len(self._pages)):
            numbers += key, element
        top.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        top.ParentTreeNextKey = len(self._pages) + len(self._links)
        if self._ids:
            tree = NameTree.new(pdf)
            for name, element in self._ids:
                tree[name] = element
            top.IDTree = tree.obj
        pdf.Root.StructTreeRoot = top
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, node: Node, parent: Object) -> Object | None:
        """Return the element of a node, None if it holds nothing."""
        element = self._pdf.make_indirect(Dictionary({"/S": self._name(node.tag), "/P": parent}))
        kids: list[object] = []
        own: int | None = None  # the page of the element's own content
        for kid in self._drawn.kids_of(node):
            if isinstance(kid, Node):
                if (child := self._element(kid, element)) is not None:
                    kids.append(child)
                continue
            page, number = kid
            if number < 0:
                kids.append(self._link(page, ~number, element))
                continue
            owners = self._owners[page]
            owners.extend([None] * (number + 1 - len(owners)))
            owners[number] = element
            if own is None:
                own, element["/Pg"] = page, self._pages[page]
            kids.append(
                number if own == page else Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=number)
            )
        if not kids and node.tag not in ("TD", "TH"):
            return None
        element["/K"] = kids[0] if len(kids) == 1 else Array(kids)
        self._describe(node, element)
        return element

    def _name(self, tag: str) -> Name:
        """Return a tag's name, made once: a name costs as much as an element."""
        if tag not in self._names:
            self._names[tag] = Name(f"/{tag}")
        return self._names[tag]

    def _link(self, page: int, place: int, element: Object) -> Object:
        """Return the reference to a link of a page, which leads back to its element."""
        annotation = self._pages[page].Annots[place]
        annotation.StructParent = len(self._pages) + len(self._links)
        self._links.append(element)
        return Dictionary(Type=Name.OBJR, Pg=self._pages[page], Obj=annotation)

    def _describe(self, node: Node, element: Object) -> None:
        """Say of an element what there is beyond its place in the tree."""
        if attributes := self._drawn.attributes_of(node):
            element.A = Array(
                [Object.parse(f"<</O/{owner}{words}>>".encode()) for owner, words in attributes.items()]
            )
        if not node.says_more:
            return
        said = {"Alt": node.alt, "ActualText": node.actual, "Lang": node.lang, "ID": node.id}
        for key, text in said.items():
            if text:
                element[f"/{key}"] = String(text)
        if node.id:
            self._ids.append((node.id, element))
