"""The logical tree as PDF objects: elements, the parent tree and the tree of ids (ISO 32000-1, 14.7).

A long document has a hundred thousand elements: what has been drawn to its end is written at once and
forgotten.
"""

from dataclasses import dataclass, field
from itertools import chain

from builders.pdf.file import File, text_string
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
    """The tree of one document being written: which node holds what, on which page.

    Pages are named by their objects' numbers.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self.number = file.reserve()  # of the tree's root
        self._elements: dict[Node, _Element] = {}
        self._attributes: dict[Node, dict[str, str]] = {}
        self._parents: list[str] = []  # the parent tree's entries by key
        self._ids: list[tuple[str, int]] = []

    def key(self) -> int:
        """Return a key of the parent tree, for a page or a link; `lead_back` tells where it leads."""
        self._parents.append("null")
        return len(self._parents) - 1

    def lead_back(self, key: int, entry: str) -> None:
        """Say which element, or elements by content id, a key of the parent tree leads to."""
        self._parents[key] = entry

    def _element(self, node: Node) -> _Element:
        element = self._elements.get(node)
        if element is None:
            element = self._elements[node] = _Element(self._file.reserve())
        return element

    def hold(self, node: Node, kid: Kid) -> int:
        """Note that `node` holds `kid` next; return the number of its element."""
        element = self._element(node)
        element.content.append(kid)
        return element.number

    def describe(self, node: Node, owner: str, words: str) -> None:
        """Give a node attributes that are known only when it is drawn."""
        self._attributes[node] = {owner: words}

    def settle(self, node: Node) -> bool:
        """Write the elements of `node` and below, which nothing more is drawn under; take them apart.

        Return whether there is any: what holds nothing is left out.
        """
        above = self.number if node.parent is None else self._element(node.parent).number
        return self._settled(node, above) is not None

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
        self._file.put(
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
            self._ids.append((text_string(node.id), number))
        return "".join(parts)

    def finish(self, root: Node) -> None:
        """Write what is left, and the root above it."""
        if not self.settle(root):
            self._write(root, self._element(root), self.number, [], None)
        entries = " ".join([f"{key} {entry}" for key, entry in enumerate(self._parents)])
        parents = self._file.add(f"<</Nums[{entries}]>>")
        names = " ".join([f"{name} {number} 0 R" for name, number in sorted(self._ids)])
        tail = f"/IDTree {self._file.add(f'<</Names[{names}]>>')} 0 R" if names else ""
        self._file.put(
            self.number,
            f"<</Type/StructTreeRoot/K {self._elements[root].number} 0 R/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {len(self._parents)}{tail}>>",
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
