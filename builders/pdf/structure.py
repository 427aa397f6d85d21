"""The logical tree as PDF objects: structure elements, the parent tree and the tree of ids (ISO 32000-1,
14.7).
"""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

from builders.text.tree import Node

Annotation = Any
# What an element holds, in reading order: a child, or on a page (0-based) a marked-content id or an
# annotation.
Kid = Node | tuple[int, int] | tuple[int, Annotation]
Content = dict[Node, list[Kid]]


class Element(PDFObject):  # type: ignore[misc]
    """One structure element."""

    def __init__(self, node: Node, parent: "Element | TreeRoot", structure: "Structure") -> None:
        self.node, self.parent, self.structure = node, parent, structure
        self.kids: list[Element | tuple[int, Any]] = []
        self.number = 0

    def format(self, document: Any) -> bytes:
        """Return the dictionary's bytes."""
        kids, page = self._kids()
        if page is None and self.node.tag == "Table":
            page = self._first_page()
        parts = [f"<</Type/StructElem/S/{self.node.tag}/P {self.parent.number} 0 R/K[{' '.join(kids)}]"]
        if page is not None:
            parts.append(f"/Pg {page} 0 R")
        node = self.node
        for key, value in (
            ("Alt", node.alt),
            ("ActualText", node.actual),
            ("Lang", node.lang),
            ("T", node.title),
        ):
            if value:
                parts.append(f"/{key}{text_string(value)}")
        if node.id:
            parts.append(f"/ID{text_string(node.id)}")
        attributes = self.structure.attributes.get(node, {}) | (node.attributes or {})
        if attributes:
            parts.append("/A[{}]".format("".join(f"<</O/{owner}{a}>>" for owner, a in attributes.items())))
        return "".join((*parts, ">>")).encode("ascii")

    def _kids(self) -> tuple[list[str], int | None]:
        kids: list[str] = []
        own_page: int | None = None
        pages = self.structure.page_numbers
        for kid in self.kids:
            if isinstance(kid, Element):
                kids.append(f"{kid.number} 0 R")
                continue
            page, what = pages[kid[0]], kid[1]
            if not isinstance(what, int):
                kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {what.number} 0 R>>")
                continue
            own_page = page if own_page is None else own_page
            kids.append(str(what) if own_page == page else f"<</Type/MCR/Pg {page} 0 R/MCID {what}>>")
        return kids, own_page

    def _first_page(self) -> int | None:
        stack: list[Element | tuple[int, Any]] = [self]
        while stack:
            kid = stack.pop()
            if not isinstance(kid, Element):
                return self.structure.page_numbers[kid[0]]
            stack.extend(reversed(kid.kids))
        return None


class TreeRoot(PDFObject):  # type: ignore[misc]
    """/StructTreeRoot, above the document's element."""

    def __init__(self, structure: "Structure") -> None:
        self.structure, self.number = structure, 0

    def format(self, document: Any) -> bytes:
        """Return the dictionary's bytes, parent tree and ids in place."""
        s = self.structure
        owners = [" ".join(f"{s.elements[node].number} 0 R" for node in page) for page in s.owners]
        numbers = [f"{i}[{refs}]" for i, refs in enumerate(owners)]
        numbers += [f"{len(owners) + i} {s.elements[node].number} 0 R" for i, node in enumerate(s.link_nodes)]
        ids = sorted((text_string(n.id), e.number) for n, e in s.elements.items() if n.id)
        names = "/IDTree<</Names[{}]>>".format("".join(f"{name} {number} 0 R " for name, number in ids))
        return (
            f"<</Type/StructTreeRoot/K {s.top.number} 0 R/ParentTree<</Nums[{' '.join(numbers)}]>>"
            f"/ParentTreeNextKey {len(numbers)}{names if ids else ''}>>"
        ).encode("ascii")


class Structure:
    """The tree of one document, from its root node and what was drawn under each node.

    `owners` lists for each page the nodes of its marked-content ids; `link_nodes` those of the annotations.
    """

    def __init__(
        self,
        root: Node,
        content: Content,
        owners: list[list[Node]],
        link_nodes: list[Node],
        attributes: dict[Node, dict[str, str]],
    ) -> None:
        self.owners, self.link_nodes, self.attributes = owners, link_nodes, attributes
        self.elements: dict[Node, Element] = {}
        self.page_numbers: list[int] = []
        self.root = TreeRoot(self)
        self.top = self._grown(root, self.root, content) or Element(root, self.root, self)

    def register(self, document: Any) -> None:
        """Give every element its object number in `document`."""
        document.Reference(self.root)
        self.root.number = document.objectcounter
        for element in self.elements.values():
            document.Reference(element)
            element.number = document.objectcounter

    def _grown(self, node: Node, parent: Element | TreeRoot, content: Content) -> Element | None:
        """Return the element for `node` with what holds content below it; None for an empty one."""
        element = Element(node, parent, self)
        self.elements[node] = element
        for kid in (*node.kids, *content.get(node, ())):
            if not isinstance(kid, Node):
                element.kids.append(kid)
            elif (grown := self._grown(kid, element, content)) is not None:
                element.kids.append(grown)
        if not element.kids and node.tag not in ("TD", "TH"):
            del self.elements[node]
            return None
        return element


def text_string(text: str) -> str:
    """Return a PDF text string (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
