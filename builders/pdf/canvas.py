"""The tagged canvas: whatever is drawn belongs to a node of the logical tree, or is an artifact."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from builders import files
from builders.fonts import Face, face
from builders.pdf import icc, metadata
from builders.pdf.drawing import Drawing, fill_colour
from builders.pdf.faces import Coder, embedded
from builders.pdf.objects import LineEnds, Link, sane_epoch
from builders.pdf.structure import Content, Structure, with_objects
from builders.text.tree import Node

Box = tuple[float, float, float, float]  # left, bottom, right, top
_PLAIN, _ARTIFACT, _REGION = range(3)  # where in the marked content the next operator falls


class TaggedCanvas(Drawing):
    """Draws a document page by page and gives its bytes; see the package's docstring for the whole.

    Points, origin at the bottom left of the page, y upwards.
    """

    def __init__(self, root: Node, about: metadata.About, first_face: Face | None = None) -> None:
        super().__init__()
        self.about, self.root = about, root
        self._first = embedded(first_face or face("sans"))
        self._file = BytesIO()
        with sane_epoch():
            self._canvas = Canvas(
                self._file,
                pageCompression=1,
                invariant=1,
                pdfVersion=(1, 7),
                lang=about.lang,
                initialFontName=self._first.fontName,
            )
        self._document = self._canvas._doc
        self._document.encrypt = LineEnds()
        self._coders: dict[tuple[Face, float], Coder] = {}
        self._state = _PLAIN
        self._in_form = False
        self._operators: list[str] = []
        self._content: Content = {}
        self._owners: list[list[Node]] = []
        self._page_owners: list[Node] = []
        self._page_links: list[Link] = []
        self._links: list[Link] = []
        self._link_nodes: list[Node] = []
        self._attributes: dict[Node, dict[str, str]] = {}
        self.places: dict[str, tuple[int, float, float]] = {}  # key: page (0-based), x, y
        self.page_numbers: list[int] = []
        self.page_height = 0.0

    # -- pages ----------------------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page that is being drawn, 0-based."""
        return len(self._owners)

    @contextmanager
    def sheet(
        self, width: float, height: float, trim: Box | None = None, bleed: Box | None = None
    ) -> Iterator[None]:
        """Draw one page of this size in points."""
        self._canvas.setPageSize((width, height))
        self.page_height = height
        self._canvas.setTrimBox(trim)
        self._canvas.setBleedBox(bleed)
        yield
        self._flush()
        self._canvas.showPage()
        page = self._document.Pages.pages[-1]
        self._document.Reference(page)
        self.page_numbers.append(self._document.idToObjectNumberAndVersion[page.__InternalName__][0])
        if self.about.accessible:
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = self.page, pdfdoc.PDFName("S")
        if self._page_links:
            page.Annots = pdfdoc.PDFArray([self._reference(link) for link in self._page_links])
        self._owners.append(self._page_owners)
        self._page_owners, self._page_links = [], []

    def _reference(self, link: Link) -> Any:
        reference = self._document.Reference(link)
        link.number = self._document.objectcounter
        return reference

    def label_pages(
        self, start: int, style: str | None = "ARABIC", first: int = 1, prefix: str | None = None
    ) -> None:
        """Number the pages from `start` (0-based) on: 'ARABIC', 'ROMAN_LOWER', or None with a prefix."""
        self._canvas.addPageLabel(start, style, first, prefix)

    # -- whose content --------------------------------------------------------------------------------------

    def put(self, operators: str) -> None:
        """Take operators that paint: part of the open region, else an artifact."""
        if self._state == _PLAIN:
            self._operators.append("/Artifact BMC")
            self._state = _ARTIFACT
        self._operators.append(operators)

    def raw(self, operators: str) -> None:
        """Take operators that paint nothing."""
        self._operators.append(operators)

    def content(self, node: Node | None, operators: str) -> None:
        """Take operators that paint `node`'s content; None is an artifact. Within a region they are the
        region's.
        """
        if node is None or self._state == _REGION or not self.about.accessible:
            self.put(operators)
        else:
            self._operators += (self.opener(node), operators, "EMC")

    def opener(self, node: Node) -> str:
        """Return the operator that begins content of `node`, for who writes 'EMC' at its end."""
        own = self._page_owners
        content = self._content.get(node)
        if content is None:
            content = self._content[node] = []
        content.append((len(self._owners), len(own)))
        own.append(node)
        begin = f"/{node.tag}<</MCID {len(own) - 1}>>BDC"
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
        node.parent = parent
        self._content.setdefault(parent, []).append(node)

    @contextmanager
    def under(self, node: Node) -> Iterator[None]:
        """Draw everything as one stretch of `node`'s content."""
        if not self.tags:
            yield
            return
        self._operators.append(self.opener(node))
        self._state = _REGION
        yield
        self._operators.append("EMC")
        self._state = _PLAIN

    @contextmanager
    def figure(self, node: Node, box: Box) -> Iterator[None]:
        """Draw a Figure (give it `alt`); `box` is its extent on the page."""
        sides = " ".join(f"{v:.2f}" for v in box)
        self._attributes[node] = {"Layout": f"/BBox[{sides}]/Placement/Block"}
        with self.under(node):
            yield

    # -- text, links, marks ---------------------------------------------------------------------------------

    def coder(self, face: Face, size: float) -> Coder:
        """Return the words of `face` at `size` as this document writes them."""
        coder = self._coders.get((face, size))
        if coder is None:
            coder = self._coders[face, size] = Coder(face, size, self._document)
        return coder

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

        `align` is 'left', 'right' or 'center' of x; `tracking` is added after each character, in points;
        `turned` runs it upwards. Without a node it is an artifact.
        """
        width = face.width(text) * size / 1000 + tracking * len(text)
        shift = {"left": 0.0, "right": -width, "center": -width / 2}[align]
        place = f"0 1 -1 0 {x:.2f} {y + shift:.2f} Tm" if turned else f"1 0 0 1 {x + shift:.2f} {y:.2f} Tm"
        coder = self.coder(face, size)
        words = " ".join(map(coder.__getitem__, text.split(" "))) + " "  # labels side by side stay apart
        track, untrack = (f"{tracking:g} Tc ", " 0 Tc") if tracking else ("", "")
        self.content(node, f"BT {coder.font} {fill_colour(colour)} {track}{place} [({words})] TJ{untrack} ET")
        return width

    def link(self, node: Node | None, target: str, box: Box, contents: str) -> None:
        """Make `box` a link to '#key' or an address; `node` is the Link element, `contents` says where it
        leads.
        """
        if self._in_form:
            return
        link = Link(target, box, contents, self)
        self._page_links.append(link)
        if node is not None and self.about.accessible:
            link.key = len(self._links)  # counted on from the pages when the file is written
            self._links.append(link)
            self._link_nodes.append(node)
            self._content.setdefault(node, []).append((len(self._owners), link))

    def mark(self, key: str, x: float, y: float) -> None:
        """Name the place (x, y) of this page for links and bookmarks."""
        if not self._in_form:
            self.places[key] = (self.page, x, y)

    def bookmark(self, title: str, key: str, level: int, closed: bool = True) -> None:
        """Add an entry to the document's outline; `key` is a place that was marked on this page."""
        if self._in_form:
            return
        _, x, y = self.places[key]
        self._canvas.bookmarkPage(key, "XYZ", left=x, top=y)
        self._canvas.addOutlineEntry(title, key, level, closed)

    # -- forms and pictures ---------------------------------------------------------------------------------

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Iterator[None]:
        """Store a drawing under `name`, to be placed on any number of pages; it holds no tags and links.

        Forms may place others, but not be stored within another.
        """
        self._flush()
        self._canvas.beginForm(name, 0, 0, width, height)
        self._state, self._in_form = _REGION, True
        yield
        self._flush()
        self._in_form = False
        self._canvas.endForm()

    def place(self, name: str, x: float = 0, y: float = 0, scale: float = 1) -> None:
        """Place a stored drawing with its lower left corner at (x, y)."""
        self.put(f"q {scale:.6g} 0 0 {scale:.6g} {x:.3f} {y:.3f} cm")
        self._hand_over()
        self._canvas.doForm(name)
        self.raw("Q")

    def image(self, picture: Any, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture (ReportLab's ImageReader) in a rectangle; call it within `figure` or `under`."""
        self.put("q")
        self._hand_over()
        self._canvas.drawImage(picture, x, y, width, height)
        self.raw("Q")

    def _hand_over(self) -> None:
        if self._operators:
            self._canvas.addLiteral("\n".join(self._operators))
            self._operators = []

    def _flush(self) -> None:
        if self._state == _ARTIFACT:
            self._operators.append("EMC")
        self._state = _PLAIN
        self._hand_over()

    # -- the file -------------------------------------------------------------------------------------------

    def save(self) -> bytes:
        """Write the document and return its bytes."""
        document, canvas, about = self._document, self._canvas, self.about
        stamp = files.stamp()
        canvas.setTitle(about.title)
        canvas.setAuthor(about.author)
        canvas.setSubject(about.subject)
        canvas.setCreator("Temario")
        canvas.setProducer(metadata.PRODUCER)
        canvas.setDateFormatter(lambda *_: stamp.strftime("D:%Y%m%d%H%M%S+00'00'"))
        canvas.setViewerPreference("DisplayDocTitle", "true")
        structure = self._write_tree() if about.accessible else None
        packet = metadata.xmp(about, stamp)
        canvas.setCatalogEntry("Metadata", pdfdoc.XMP(creator=lambda _: packet))
        self._write_intent()
        document.signature.update(packet)
        canvas.save()
        data = self._file.getvalue()
        return with_objects(data, structure) if structure else data

    def _write_tree(self) -> Structure:
        structure = Structure(
            self.root, self._content, self._owners, self._link_nodes, self._attributes, self.page_numbers
        )
        self._document.Reference(structure.root)
        structure.root.number = self._document.objectcounter
        for link in self._links:
            link.key += len(self._owners)
        self._canvas.setCatalogEntry("StructTreeRoot", structure.root)
        self._canvas.setCatalogEntry("MarkInfo", {"Marked": "true"})
        return structure

    def _write_intent(self) -> None:
        profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), icc.srgb(), [pdfdoc.PDFZCompress])
        intent = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("OutputIntent"),
                "S": pdfdoc.PDFName("GTS_PDFA1"),
                "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
                "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
                "DestOutputProfile": self._document.Reference(profile),
            }
        )
        catalog = self._document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = pdfdoc.PDFArray([intent])
