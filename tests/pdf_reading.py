"""A small independent reader of tagged PDFs: the words of the structure tree, in its order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf


@dataclass(slots=True)
class Element:
    """A structure element: its tag, attributes by name, words, and children."""

    tag: str
    dictionary: Any
    text: str = ""
    kids: list["Element"] = field(default_factory=list)
    pdf: Any = None  # keeps the document open

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def words(self) -> str:
        """All words below, in reading order, soft hyphens taken out."""
        return re.sub(r"\s+", " ", self._all().replace("\u00ad", "")).strip()

    def _all(self) -> str:
        return self.text if not self.kids else "".join(_spaced(kid) for kid in self.kids)


INLINE = {"Link", "Span", "Reference", "Words"}


def _spaced(element: Element) -> str:
    text = element._all()
    return text if element.tag in INLINE else f" {text} "


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """Return an open document."""
    return pikepdf.open(BytesIO(data))


def tree(data: bytes) -> Element:
    """Return the document's structure tree; words are children of tag 'Words' where they stand."""
    pdf = open_pdf(data)
    texts = [_marked_text(page) for page in pdf.pages]
    number = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}

    def grow(node: Any, page: Any) -> Element:
        element = Element(str(node.S)[1:], node, pdf=pdf)
        page = node.get("/Pg", page)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                element.kids.append(Element("Words", None, texts[number[page.objgen]].get(kid, "")))
            elif kid.get("/Type") == "/MCR":
                element.kids.append(
                    Element("Words", None, texts[number[kid.Pg.objgen]].get(int(kid.MCID), ""))
                )
            elif kid.get("/Type") != "/OBJR":
                element.kids.append(grow(kid, page))
        return element

    return grow(pdf.Root.StructTreeRoot.K, None)


def parent_tree_errors(data: bytes) -> list[str]:
    """Return where the parent tree does not lead back to the element that holds a page's content."""
    pdf = open_pdf(data)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    entries = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    pages = {page.obj.objgen: page for page in pdf.pages}
    errors: list[str] = []

    def look(node: Any, page: Any) -> None:
        page = node.get("/Pg", page)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            marked = kid if isinstance(kid, int) else kid.MCID if kid.get("/Type") == "/MCR" else None
            own = page if isinstance(kid, int) or "/Pg" not in kid else kid.Pg
            if marked is not None:
                entry: Any = entries.get(int(pages[own.objgen].StructParents), [])
                if int(marked) >= len(entry) or entry[int(marked)].objgen != node.objgen:
                    errors.append(f"{node.S} {marked}")
            elif kid.get("/Type") == "/OBJR":
                entry = entries.get(int(kid.Obj.get("/StructParent", -1)))
                if entry is None or entry.objgen != node.objgen:
                    errors.append(f"{node.S} link")
            else:
                look(kid, page)

    look(pdf.Root.StructTreeRoot.K, None)
    return errors


def landing(pdf: pikepdf.Pdf, link: Any) -> Any:
    """Return the page that an internal link leads to, by the name of a place."""
    names = pdf.Root.Names.Dests.Names
    places = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    return places[str(link.Dest)][0]


def page_words(data: bytes) -> list[str]:
    """Return each page's text as pdfium extracts it."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def _marked_text(page: Any) -> dict[int, str]:
    """Return the words of each marked-content id of a page."""
    fonts = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    out: dict[int, str] = {}
    stack: list[int | None] = []
    codes: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "BDC":
            attributes = operands[1]
            stack.append(
                int(attributes.MCID)
                if isinstance(attributes, pikepdf.Dictionary) and "/MCID" in attributes
                else None
            )
        elif name == "BMC":
            stack.append(None)
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            codes = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            mcid = next((m for m in reversed(stack) if m is not None), None)
            strings = operands[0] if name == "TJ" else operands
            shown = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
            pairs = zip(shown[::2], shown[1::2], strict=True)  # codes of two bytes: Identity-H
            text = "".join(codes.get(high << 8 | low, "\ufffd") for high, low in pairs)
            if mcid is not None:
                out[mcid] = out.get(mcid, "") + text
    return out


def _to_unicode(font: Any) -> dict[int, str]:
    content = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]{4,})>", content)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}
