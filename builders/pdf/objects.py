"""PDF objects that ReportLab writes otherwise: link annotations in the tree, streams with their line ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from builders.pdf.structure import text_string

if TYPE_CHECKING:
    from builders.pdf.canvas import TaggedCanvas

Box = tuple[float, float, float, float]  # left, bottom, right, top
rl_config.useA85 = 0  # streams are bytes, not letters: a quarter smaller


class _StreamBytes(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream's bytes and the line end after them, which its length does not count."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __len__(self) -> int:
        return len(self.content)

    def format(self, document: Any) -> bytes:
        return self.content + b"\r\n"  # not "\n": after a last byte "\r" that would read as two line ends


class LineEnds(pdfdoc.NoEncryption):  # type: ignore[misc]
    """Puts the line end before 'endstream' that PDF/A asks for (ISO 19005-2, 6.1.7.1).

    ReportLab passes the bytes of every stream through the document's encryption: here, none.
    """

    def encode(self, content: bytes | str) -> _StreamBytes:
        return _StreamBytes(content if isinstance(content, bytes) else content.encode("latin-1"))


class Link(pdfdoc.PDFObject):  # type: ignore[misc]
    """A link annotation (ISO 32000-1, 12.5.6.5); where it leads is looked up when the file is written."""

    def __init__(self, target: str, box: Box, contents: str, canvas: "TaggedCanvas") -> None:
        self.target, self.box, self.contents, self.canvas = target, box, contents, canvas
        self.number = self.key = 0

    def format(self, document: Any) -> bytes:
        """Return the dictionary's bytes."""
        box = " ".join(f"{v:.2f}" for v in self.box)
        head = (
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{box}]/Contents{text_string(self.contents)}"
        )
        if self.canvas.about.accessible:
            head += f"/StructParent {self.key}"
        return f"{head}{self._action()}>>".encode("ascii")

    def _action(self) -> str:
        if not self.target.startswith("#"):
            address = self.target.encode("utf-8").hex().upper()
            return f"/A<</S/URI/URI<{address}>>>"
        page, x, y = self.canvas.places[self.target[1:]]
        return f"/Dest[{self.canvas.page_numbers[page]} 0 R/XYZ {x:.2f} {y:.2f} null]"


@contextmanager
def sane_epoch() -> Iterator[None]:
    """Hide a SOURCE_DATE_EPOCH that is no number from ReportLab, which would stop at it; files.stamp()
    rules.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if text is None or (text.isascii() and text.isdigit() and len(text) <= 12):
        yield
        return
    del os.environ["SOURCE_DATE_EPOCH"]
    try:
        yield
    finally:
        os.environ["SOURCE_DATE_EPOCH"] = text
