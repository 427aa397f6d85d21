"""The tagged canvas: ReportLab's, on which whatever is drawn belongs to a node of the logical tree, or is an
artifact. What ReportLab has no words for is added to its file in the end (finishing.py).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from builders.pdf.drawing import ShapeCanvas, fill_colour, flatten_picture
from builders.pdf.finishing import finish
from builders.pdf.fonts import DocumentFonts, Encoder
from builders.pdf.links import Box, Link, Links
from builders.pdf.metadata import About
from builders.pdf.structure_tree import DrawnContent
from builders.typesetting.fonts import Face, face
from builders.typesetting.logical_tree import Node

rl_config.useA85 = 0  # bytes as they are
_PLAIN, _ARTIFACT, _REGION = range(3)  # where in the marked content the next operator falls


class TaggedCanvas(ShapeCanvas):
    """Draws a document page by page; see the package's docstring for the whole.

    Points, origin at the bottom left of the page, y upwards.
    """

    def __init__(self, root: Node, about: About) -> None:
        self.about, self.root = about, root
        with _without_epoch():
            self._canvas = Canvas(BytesIO(), lang=about.lang, invariant=1, pageCompression=1)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._fonts = DocumentFonts()
        self._fonts.use(face("sans"))
        self._drawn = DrawnContent()
        self._links = Links()
        self._state = _PLAIN
        self._in_form = False
        self._contents = 0  # of this page that belong to nodes
        self._page = 0

    # -- pages ----------------------------------------------------------------------------------------------

    @contextmanager
    def sheet(
        self, width: float, height: float, trim: Box | None = None, bleed: Box | None = None
    ) -> Iterator[None]:
        """Draw one page of this size in points."""
        self._canvas.setPageSize((width, height))
        self._canvas.setTrimBox(trim)
        self._canvas.setBleedBox(bleed)
        self._contents = 0
        yield
        if self._state == _ARTIFACT:
            self.raw("EMC")
        self._state = _PLAIN
        self._canvas.showPage()
        self._page += 1

    def label_pages(self, start: int, style: str = "ARABIC", first: int = 1) -> None:
        """Number the pages from `start` (0-based) on: 'ARABIC' or 'ROMAN_LOWER'."""
        self._canvas.addPageLabel(start, style, first)

    # -- whose content --------------------------------------------------------------------------------------

    def put(self, operators: str) -> None:
        """Take operators that paint: part of the open region, else an artifact."""
        if self._state == _PLAIN:
            self.raw("/Artifact BMC")
            self._state = _ARTIFACT
        self.raw(operators)

    def raw(self, operators: str) -> None:
        """Take operators that paint nothing."""
        self._canvas.addLiteral(operators)

    def content(self, node: Node | None, operators: str) -> None:
        """Take operators that paint `node`'s content; None is an artifact. Within a region they are the
        region's.
        """
        if node is None or not self.tags:
            self.put(operators)
        else:
            self.raw(f"{self.opener(node)} {operators} EMC")

    def opener(self, node: Node) -> str:
        """Return the operator that begins content of `node`, for who writes 'EMC' at its end."""
        self._drawn.add(node, (self._page, self._contents))
        begin = f"/{node.tag}<</MCID {self._contents}>>BDC"
        self._contents += 1
        if self._state == _ARTIFACT:
            self._state = _PLAIN
            return "EMC " + begin
        return begin

    @property
    def tags(self) -> bool:
        """Whether text is tagged here: false within a region and in a document without a tree."""
        return self._state != _REGION and self.about.accessible

    def adopt(self, node: Node, parent: Node) -> None:
        """Make `node` the next thing that `parent` holds; once is enough however often it is drawn."""
        self._drawn.add(parent, node)

    @contextmanager
    def under(self, node: Node) -> Iterator[None]:
        """Draw everything as one stretch of `node`'s content."""
        if not self.tags:
            yield
            return
        self.raw(self.opener(node))
        self._state = _REGION
        yield
        self.raw("EMC")
        self._state = _PLAIN

    @contextmanager
    def figure(self, node: Node, box: Box) -> Iterator[None]:
        """Draw a Figure (give it `alt`); `box` is its extent on the page."""
        self._drawn.add_box(node, box)
        with self.under(node):
            yield

    # -- text, links, marks ---------------------------------------------------------------------------------

    def encoder(self, face: Face, size: float) -> Encoder:
        """Return what writes the words of `face` at `size` points."""
        return self._fonts.encoder(face, size)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        colour: str,
        node: Node | None = None,
        align: str = "left",
        tracking: float = 0,
        turned: bool = False,
    ) -> float:
        """Put one line of text on the baseline at (x, y) and return its width in points.

        `align` is 'left', 'right' or 'center' of x; `tracking` is added after each letter, in points;
        `turned` runs it upwards. Without a node it is an artifact.
        """
        encoder, words = self.encoder(face, size), text.split(" ")
        width, track, untrack = face.width(text) * size / 1000, "", ""
        if tracking:
            letters = sum(len(run.glyphs) for word in words for run in face.shapes[word]) + len(words) - 1
            width, track, untrack = width + tracking * letters, f"{tracking:g} Tc ", " 0 Tc"
        shift = {"left": 0.0, "right": -width, "center": -width / 2}[align]
        place = f"0 1 -1 0 {x:.2f} {y + shift:.2f} Tm" if turned else f"1 0 0 1 {x + shift:.2f} {y:.2f} Tm"
        array = encoder.array(words, end=True)  # the space keeps labels side by side apart
        look = f"{encoder.font} {fill_colour(colour)}"
        self.content(node, f"BT {look} {track}{place} {array} TJ{untrack} ET")
        return width

    def link(self, node: Node | None, target: str, box: Box, contents: str) -> None:
        """Make `box` a link to '#key' or an address; `node` is the Link element, `contents` says where it
        leads.
        """
        if self._in_form:
            return
        number = self._links.add(self._page, Link(box, target, contents))
        if node is not None and self.about.accessible:
            self._drawn.add(node, (self._page, ~number))

    def mark(self, key: str, x: float, y: float) -> None:
        """Name the place (x, y) of this page for links and bookmarks."""
        if not self._in_form:
            self._links.places[key] = (self._page, x, y)

    def bookmark(self, title: str, key: str, level: int, closed: bool = True) -> None:
        """Add an entry to the document's outline; `key` is a place that was marked on this page."""
        if not self._in_form:
            _, x, y = self._links.places[key]
            self._canvas.bookmarkPage(key, "XYZ", left=x, top=y)
            self._canvas.addOutlineEntry(title, key, level, closed)

    # -- forms and pictures ---------------------------------------------------------------------------------

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Iterator[None]:
        """Store a drawing under `name`, to be placed on any number of pages; it holds no tags and links."""
        outside = self._state, self._in_form
        self._canvas.beginForm(name, 0, 0, width, height)
        self._state, self._in_form = _REGION, True
        yield
        self._canvas.endForm()
        self._state, self._in_form = outside

    def has_form(self, name: str) -> bool:
        """Whether a drawing is stored under `name`."""
        return bool(self._canvas.hasForm(name))

    def place(self, name: str, x: float = 0, y: float = 0, scale: float = 1) -> None:
        """Place a stored drawing with its lower left corner at (x, y)."""
        self.put(f"q {scale:.6g} 0 0 {scale:.6g} {x:.3f} {y:.3f} cm")
        self._canvas.doForm(name)
        self.raw("Q")

    def image(
        self, content: bytes, x: float, y: float, width: float, height: float, *, grey: bool = False
    ) -> None:
        """Draw a PNG or JPEG file in a rectangle, in `grey` if asked; call it within `figure` or `under`."""
        self._canvas.drawImage(flatten_picture(content, grey), x, y, width, height)

    # -- what came of it ------------------------------------------------------------------------------------

    def save(self) -> bytes:
        """Return the document's bytes; nothing more can be drawn. A document has a page at least."""
        if not self._page:
            raise ValueError("a PDF without a page cannot be opened; make no artifact instead")
        drawing = self._canvas.getpdfdata()
        del self._canvas  # which holds all that was drawn once more
        return finish(drawing, self.about, self.root, self._drawn, self._fonts, self._links)


@contextmanager
def _without_epoch() -> Iterator[None]:
    """Keep SOURCE_DATE_EPOCH from ReportLab, which reads it even so and fails where it is no number."""
    epoch = os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        yield
    finally:
        if epoch is not None:
            os.environ["SOURCE_DATE_EPOCH"] = epoch
