"""The logical tree as PDF objects: elements, the parent tree and the tree of ids (ISO 32000-1, 14.7).

A long document has a hundred thousand elements, and ReportLab takes its time over each object: so these are
written in one go behind its own (`with_objects`), and it knows the tree's root alone.
"""

import re
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

from builders.text.tree import Node

Annotation = Any
# What an element holds, in reading order: a child, or a page (0-based) with a content id or annotation.
Kid = Node | tuple[int, int] | tuple[int, Annotation]
Content = dict[Node, list[Kid]]
_FIRST, _PARENTS, _IDS = "0000000001", "0000000002", "0000000003"  # stand for numbers not known yet


class TreeRoot(PDFObject):  # type: ignore[misc]
    """/StructTreeRoot, above the document's element; its references are put in by `with_objects`."""

    def __init__(self, structure: "Structure") -> None:
        self.structure, self.number = structure, 0

    def format(self, document: Any) -> bytes:
        """Return the dictionary's bytes."""
        return self.structure.root_dictionary(_FIRST, _PARENTS, _IDS)


class Structure:
    """The tree of one document, from its root node and what was drawn under each node.

    `owners` lists for each page the nodes of its marked-content ids; `link_nodes` those of the annotations;
    `page_numbers` are the pages' object numbers.
    """

    def __init__(
        self,
        root: Node,
        content: Content,
        owners: Sequence[Sequence[Node]],
        link_nodes: Sequence[Node],
        attributes: dict[Node, dict[str, str]],
        page_numbers: Sequence[int],
    ) -> None:
        self.owners, self.link_nodes, self.attributes = owners, link_nodes, attributes
        self.page_numbers = page_numbers
        self.root = TreeRoot(self)
        self.kids: dict[Node, list[Kid]] = {}
        self._live(root, content)
        self.kids.setdefault(root, [])
        self.nodes = list(self._ordered(root))
        self.ids = sorted((text_string(node.id), node) for node in self.nodes if node.id)

    def _live(self, node: Node, content: Content) -> bool:
        """Note what `node` holds, and below it; return whether that is anything."""
        kids: list[Kid] = []
        for kid in (*node.kids, *content.get(node, ())):
            if not isinstance(kid, Node) or self._live(kid, content):
                kids.append(kid)
        if kids or node.tag in ("TD", "TH"):
            self.kids[node] = kids
            return True
        return False

    def _ordered(self, root: Node) -> list[Node]:
        out, stack = [], [root]
        while stack:
            node = stack.pop()
            out.append(node)
            stack += [kid for kid in self.kids[node] if isinstance(kid, Node)]
        return out

    def root_dictionary(self, first: str, parents: str, ids: str) -> bytes:
        """Return the root's dictionary with these object numbers, ten digits each."""
        tail = f"/IDTree {ids} 0 R" if self.ids else ""
        keys = len(self.owners) + len(self.link_nodes)
        return (
            f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {keys}{tail}>>"
        ).encode("ascii")

    def objects(self, first: int) -> list[str]:
        """Return the elements' dictionaries, then the parent tree and the tree of ids, from `first` on."""
        numbers = {node: first + i for i, node in enumerate(self.nodes)}
        out = [self._element(node, numbers) for node in self.nodes]
        entries = [
            f"{i}[{' '.join([f'{numbers[node]} 0 R' for node in page])}]"
            for i, page in enumerate(self.owners)
        ]
        entries += [f"{len(entries) + i} {numbers[node]} 0 R" for i, node in enumerate(self.link_nodes)]
        out.append(f"<</Nums[{' '.join(entries)}]>>")
        out.append(
            "<</Names[{}]>>".format(" ".join(f"{name} {numbers[node]} 0 R" for name, node in self.ids))
        )
        return out

    def _element(self, node: Node, numbers: dict[Node, int]) -> str:
        kids: list[str] = []
        own: int | None = None
        for kid in self.kids[node]:
            if isinstance(kid, Node):
                kids.append(f"{numbers[kid]} 0 R")
                continue
            page, what = self.page_numbers[kid[0]], kid[1]
            if not isinstance(what, int):
                kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {what.number} 0 R>>")
                continue
            own = page if own is None else own
            kids.append(str(what) if own == page else f"<</Type/MCR/Pg {page} 0 R/MCID {what}>>")
        if own is None and node.tag == "Table":
            own = self._first_page(node)
        parent = numbers[node.parent] if node.parent else self.root.number
        page_key = "" if own is None else f"/Pg {own} 0 R"
        extra = self._extra(node)
        return f"<</Type/StructElem/S/{node.tag}/P {parent} 0 R{page_key}/K[{' '.join(kids)}]{extra}>>"

    def _extra(self, node: Node) -> str:
        parts = [
            f"/{key}{text_string(value)}"
            for key, value in (
                ("Alt", node.alt),
                ("ActualText", node.actual),
                ("Lang", node.lang),
                ("T", node.title),
                ("ID", node.id),
            )
            if value
        ]
        attributes = self.attributes.get(node) or node.attributes
        if attributes:
            own = {**(node.attributes or {}), **self.attributes.get(node, {})}
            parts.append("/A[{}]".format("".join(f"<</O/{owner}{words}>>" for owner, words in own.items())))
        return "".join(parts)

    def _first_page(self, node: Node) -> int | None:
        stack: list[Kid] = [node]
        while stack:
            kid = stack.pop()
            if not isinstance(kid, Node):
                return self.page_numbers[kid[0]]
            stack.extend(reversed(self.kids[kid]))
        return None


def with_objects(data: bytes, structure: Structure) -> bytes:
    """Return ReportLab's file with the structure's objects behind its own and one cross-reference table."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    table, _, trailer = data[start:].partition(b"trailer")
    entries = re.findall(rb"\d{10} \d{5} [nf]", table)
    size = len(entries)
    objects = structure.objects(size)
    first, parents, ids = (f"{n:010d}" for n in (size, size + len(objects) - 2, size + len(objects) - 1))
    known = structure.root_dictionary(_FIRST, _PARENTS, _IDS)
    head = data[:start].replace(known, structure.root_dictionary(first, parents, ids), 1)
    at = len(head)
    chunks: list[str] = []
    for number, dictionary in enumerate(objects, size):
        chunk = f"{number} 0 obj\n{dictionary}\nendobj\n"
        entries.append(b"%010d 00000 n" % at)
        chunks.append(chunk)
        at += len(chunk)
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % len(entries), trailer[: trailer.rindex(b"startxref")])
    lines = b"".join([entry + b" \n" for entry in entries])
    return b"".join(
        (
            head,
            "".join(chunks).encode("ascii"),
            b"xref\n0 %d\n" % len(entries),
            lines,
            b"trailer" + trailer,
            b"startxref\n%d\n%%%%EOF\n" % at,
        )
    )


def text_string(text: str) -> str:
    """Return a PDF text string (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
