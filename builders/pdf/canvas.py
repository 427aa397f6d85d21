"""The tagged canvas: whatever is drawn belongs to a node of the logical tree, or is an artifact."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from builders import files
from builders.fonts import Face
from builders.pdf import icc, metadata
from builders.pdf.drawing import Drawing, fill_colour
from builders.pdf.faces import Coder, Faces
from builders.pdf.file import File
from builders.pdf.links import Bookmark, Box, Label, Link, Place, write_outline
from builders.pdf.pictures import write_picture
from builders.pdf.sheets import Gap, Sheet, references, resources
from builders.pdf.structure import Structure
from builders.text.tree import Node

_PLAIN, _ARTIFACT, _REGION = range(3)  # where in the marked content the next operator falls


class TaggedCanvas(Drawing):
    """Draws a document page by page and gives its bytes; see the package's docstring for the whole.

    Points, origin at the bottom left of the page, y upwards.
    """

    def __init__(self, root: Node, about: metadata.About) -> None:
        super().__init__()
        self.about, self.root = about, root
        self._file = File()
        self._faces = Faces(self._file)
        self._tree = Structure(self._file)
        self._pages: list[tuple[int, int]] = []  # their places, and the numbers of their objects
        self._tree_of_pages = self._file.reserve()
        self._sheet = Sheet(0, {})  # the page that is being drawn
        self._state = _PLAIN
        self._in_form = False
        self._operators: list[str] = []
        self._placed: dict[str, int] = {}  # forms and pictures on this page, or in this form
        self._links: list[Link] = []
        self._forms: dict[str, int] = {}
        self._bookmarks: list[Bookmark] = []
        self._labels: list[Label] = []
        self._places: dict[str, Place] = {}

    # -- pages ----------------------------------------------------------------------------------------------

    @contextmanager
    def sheet(
        self,
        width: float,
        height: float,
        trim: Box | None = None,
        bleed: Box | None = None,
        *,
        at: int | None = None,
    ) -> Iterator[None]:
        """Draw one page of this size in points.

        `at` is its place among the others, which may be drawn in any order (None: behind those so far).
        """
        boxes = {"Media": (0.0, 0.0, width, height), "Trim": trim, "Bleed": bleed}
        key = self._tree.key() if self.about.accessible else None
        sheet = self._sheet = Sheet(self._file.reserve(), boxes, key)
        self._placed = sheet.placed
        self._pages.append((len(self._pages) if at is None else at, sheet.number))
        yield
        sheet.contents.append(self._file.stream(self._drawn()))
        if not sheet.gaps:
            self._close(sheet)

    def leave(self) -> Gap:
        """Leave room for what is to be drawn here when more is known; `fill` draws it."""
        sheet = self._sheet
        sheet.contents += (self._file.stream(self._drawn()), self._file.reserve())
        sheet.gaps += 1
        return Gap(sheet, sheet.contents[-1])

    @contextmanager
    def fill(self, gap: Gap) -> Iterator[None]:
        """Draw what room was left for."""
        sheet = self._sheet = gap.sheet
        self._placed = sheet.placed
        yield
        self._file.stream(self._drawn(), number=gap.number)
        sheet.gaps -= 1
        if not sheet.gaps:
            self._close(sheet)

    def _close(self, sheet: Sheet) -> None:
        """Write what is to be said of a page."""
        if sheet.key is not None:
            self._tree.lead_back(sheet.key, f"[{references(sheet.owners)}]")
        self._links += sheet.links
        self._file.put(sheet.number, sheet.dictionary(self._tree_of_pages, self._faces.number))

    def _drawn(self) -> bytes:
        """Return the operators since the last time, as a whole."""
        if self._state == _ARTIFACT:
            self._operators.append("EMC")
        self._state = _PLAIN
        content = "\n".join(self._operators).encode("ascii")
        self._operators = []
        return content

    def label_pages(
        self, start: int, style: str | None = "ARABIC", first: int = 1, prefix: str | None = None
    ) -> None:
        """Number the pages from `start` (0-based) on: 'ARABIC', 'ROMAN_LOWER', or None with a prefix."""
        self._labels.append(Label(start, style, first, prefix))

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
        owners = self._sheet.owners
        number = len(owners)
        owners.append(self._tree.hold(node, (self._sheet.number, number)))
        begin = f"/{node.tag}<</MCID {number}>>BDC"
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
        self._tree.hold(parent, node)

    def settle(self, node: Node) -> None:
        """Write what the tree says of `node` and below; nothing more may be drawn under them."""
        if self.about.accessible:
            self._tree.settle(node)

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
        if self.about.accessible:
            sides = " ".join(f"{v:.2f}" for v in box)
            self._tree.describe(node, "Layout", f"/BBox[{sides}]/Placement/Block")
        with self.under(node):
            yield

    # -- text, links, marks ---------------------------------------------------------------------------------

    def coder(self, face: Face, size: float) -> Coder:
        """Return the words of `face` at `size` as this document writes them."""
        return self._faces.coder(face, size)

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
        number, key = self._file.reserve(), None
        if node is not None and self.about.accessible:
            key = self._tree.key()
            element = self._tree.hold(node, f"<</Type/OBJR/Pg {self._sheet.number} 0 R/Obj {number} 0 R>>")
            self._tree.lead_back(key, f"{element} 0 R")
        self._sheet.links.append(Link(number, target, box, contents, key))

    def mark(self, key: str, x: float, y: float) -> None:
        """Name the place (x, y) of this page for links and bookmarks."""
        if not self._in_form:
            self._places[key] = (self._sheet.number, x, y)

    def bookmark(self, title: str, key: str, level: int, closed: bool = True) -> None:
        """Add an entry to the document's outline; `key` is a place that was marked on this page."""
        if not self._in_form:
            self._bookmarks.append(Bookmark(title, self._places[key], level, closed))

    # -- forms and pictures ---------------------------------------------------------------------------------

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Iterator[None]:
        """Store a drawing under `name`, to be placed on any number of pages; it holds no tags and links."""
        outside = self._operators, self._placed, self._state, self._in_form
        self._operators, self._placed = [], {}
        self._state, self._in_form = _REGION, True
        yield
        used = resources(self._faces.number, self._placed)
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {height:.2f}]/Resources{used}"
        self._forms[name] = self._file.stream(self._drawn(), entries)
        self._operators, self._placed, self._state, self._in_form = outside

    def place(self, name: str, x: float = 0, y: float = 0, scale: float = 1) -> None:
        """Place a stored drawing with its lower left corner at (x, y)."""
        self._placed[name] = self._forms[name]
        self.put(f"q {scale:.6g} 0 0 {scale:.6g} {x:.3f} {y:.3f} cm /{name} Do Q")

    def image(
        self, content: bytes, x: float, y: float, width: float, height: float, *, grey: bool = False
    ) -> None:
        """Draw a PNG or JPEG file in a rectangle, in `grey` if asked; call it within `figure` or `under`."""
        name = f"picture-{sha256(content).hexdigest()[:16]}"
        if name not in self._forms:
            self._forms[name] = write_picture(self._file, content, grey)
        self._placed[name] = self._forms[name]
        self.put(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")

    # -- the file -------------------------------------------------------------------------------------------

    def save(self) -> bytes:
        """Write the document and return its bytes."""
        file, about, stamp = self._file, self.about, files.stamp()
        for link in self._links:
            link.write(file, self._places)
        self._faces.write()
        pages = [number for _, number in sorted(self._pages)]
        file.put(self._tree_of_pages, f"<</Type/Pages/Count {len(pages)}/Kids[{references(pages)}]>>")
        entries = [
            f"/Pages {self._tree_of_pages} 0 R/Lang({about.lang})/ViewerPreferences<</DisplayDocTitle true>>"
        ]
        if about.accessible:
            self._tree.finish(self.root)
            entries.append(f"/MarkInfo<</Marked true>>/StructTreeRoot {self._tree.number} 0 R")
        if self._bookmarks:
            order = {number: index for index, number in enumerate(pages)}
            self._bookmarks.sort(key=lambda entry: order[entry.place[0]])
            entries.append(f"/Outlines {write_outline(file, self._bookmarks)} 0 R")
        if self._labels:
            entries.append(f"/PageLabels<</Nums[{' '.join(map(str, self._labels))}]>>")
        packet = file.stream(metadata.xmp(about, stamp), "/Type/Metadata/Subtype/XML", pack=False)
        profile = file.stream(icc.srgb(), "/N 3")
        entries.append(f"/Metadata {packet} 0 R/OutputIntents[{metadata.intent(profile)}]")
        root = file.add(f"<</Type/Catalog{''.join(entries)}>>")
        return file.finish(root, file.add(metadata.information(about, stamp)))
