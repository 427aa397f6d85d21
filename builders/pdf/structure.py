"""The logical tree as PDF objects: elements, the parent tree and the tree of ids (ISO 32000-1, 14.7).

A long document has a hundred thousand elements: what has been drawn to its end is written at once and
forgotten.
"""

from itertools import chain

from builders.pdf.file import File, text_string
from builders.text.tree import Node

# What an element holds, in reading order: a child, a page with a content id, or a link's reference.
Kid = Node | tuple[int, int] | str


class Structure:
    """The tree of one document being written: which node holds what, on which page.

    Pages are named by their objects' numbers.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self.number = file.reserve()  # of the tree's root
        self._numbers: dict[Node, int] = {}
        self._content: dict[Node, list[Kid]] = {}
        self._attributes: dict[Node, dict[str, str]] = {}
        self._parents: list[str] = []  # the parent tree's entries by key
        self._ids: list[tuple[str, int]] = []
        self._first_pages: dict[Node, int | None] = {}  # of what has been written

    def key(self) -> int:
        """Return a key of the parent tree, for a page or a link; `lead_back` tells where it leads."""
        self._parents.append("null")
        return len(self._parents) - 1

    def lead_back(self, key: int, entry: str) -> None:
        """Say which element, or elements by content id, a key of the parent tree leads to."""
        self._parents[key] = entry

    def element(self, node: Node) -> int:
        """Return the number of a node's element."""
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = self._file.reserve()
        return number

    def hold(self, node: Node, kid: Kid) -> int:
        """Note that `node` holds `kid` next; return the number of its element."""
        content = self._content.get(node)
        if content is None:
            content = self._content[node] = []
        content.append(kid)
        return self.element(node)

    def describe(self, node: Node, owner: str, words: str) -> None:
        """Give a node attributes that are known only when it is drawn."""
        self._attributes[node] = {owner: words}

    def settle(self, node: Node) -> bool:
        """Write the elements of `node` and below, which nothing more is drawn under; take them apart.

        Return whether there is any: what holds nothing is left out.
        """
        if node in self._first_pages:
            return True
        kids: list[str] = []
        own: int | None = None  # the page of the element's own content
        first: int | None = None  # the page where anything of it stands first
        for kid in chain(node.kids, self._content.pop(node, ())):
            if isinstance(kid, tuple):
                page, number = kid
                own = page if own is None else own
                kids.append(str(number) if own == page else f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>")
            elif isinstance(kid, str):
                kids.append(kid)
            elif self.settle(kid):
                kids.append(f"{self._numbers.pop(kid)} 0 R")
                page_below = self._first_pages.pop(kid)
                first = page_below if first is None else first
        node.kids.clear()
        if not kids and node.tag not in ("TD", "TH"):
            return False
        first = own if first is None else first
        self._write(node, kids, first if own is None and node.tag == "Table" else own)
        self._first_pages[node] = first
        return True

    def _write(self, node: Node, kids: list[str], page: int | None) -> None:
        number = self.element(node)
        parent = self.element(node.parent) if node.parent is not None else self.number
        extra = self._extra(node) if node.says_more or node in self._attributes else ""
        rest = f"/K[{' '.join(kids)}]{extra}>>"
        if page is not None:
            rest = f"/Pg {page} 0 R{rest}"
        self._file.put(number, f"<</Type/StructElem/S/{node.tag}/P {parent} 0 R{rest}")

    def _extra(self, node: Node) -> str:
        """Return what is said of an element beyond its place in the tree."""
        parts = [f"/{key}{text_string(text)}" for key, text in _said(node) if text]
        drawn = self._attributes.pop(node, None)
        if node.attributes or drawn:
            own = {**(node.attributes or {}), **(drawn or {})}
            parts.append("/A[{}]".format("".join(f"<</O/{owner}{words}>>" for owner, words in own.items())))
        if node.id:
            self._ids.append((text_string(node.id), self.element(node)))
        return "".join(parts)

    def finish(self, root: Node) -> None:
        """Write what is left, and the root above it."""
        if not self.settle(root):
            self._write(root, [], None)
        entries = " ".join([f"{key} {entry}" for key, entry in enumerate(self._parents)])
        parents = self._file.add(f"<</Nums[{entries}]>>")
        names = " ".join([f"{name} {number} 0 R" for name, number in sorted(self._ids)])
        tail = f"/IDTree {self._file.add(f'<</Names[{names}]>>')} 0 R" if names else ""
        self._file.put(
            self.number,
            f"<</Type/StructTreeRoot/K {self._numbers[root]} 0 R/ParentTree {parents} 0 R"
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
