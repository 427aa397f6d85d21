"""The tagged canvas: whatever is drawn belongs to a node of the logical tree, or is an artifact."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256

from builders.fonts import Face
from builders.pdf.document import DOCUMENT, FIRST, FONTS, PAGES, Drawn, put_together
from builders.pdf.drawing import Drawing, fill_colour
from builders.pdf.faces import Coder, Faces
from builders.pdf.file import Stretch
from builders.pdf.links import Bookmark, Box, Label, Place, write_link
from builders.pdf.metadata import About
from builders.pdf.pictures import write_picture
from builders.pdf.sheets import Gap, Sheet, references, resources
from builders.pdf.structure import Structure
from builders.text.tree import Node

_PLAIN, _ARTIFACT, _REGION = range(3)  # where in the marked content the next operator falls


class TaggedCanvas(Drawing):
    """Draws a document, or a part of one, page by page; see the package's docstring for the whole.

    Points, origin at the bottom left of the page, y upwards. A part's objects are numbered from `first` on;
    `forms` are those of other parts that it may place.
    """

    def __init__(
        self,
        root: Node,
        about: About,
        alphabet: str = "",
        *,
        first: int = FIRST,
        forms: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__()
        self.about, self.root = about, root
        self._stretch = Stretch(first)
        self._faces = Faces(alphabet)
        self._tree = Structure(self._stretch, root, DOCUMENT)
        self._pages: list[tuple[int, int]] = []  # their places, and the numbers of their objects
        self._sheet = Sheet(0, {})  # the page that is being drawn
        self._state = _PLAIN
        self._in_form = False
        self._operators: list[str] = []
        self._placed: dict[str, int] = {}  # forms and pictures on this page, or in this form
        self.forms: dict[str, int] = dict(forms or {})
        self._bookmarks: list[Bookmark] = []
        self._labels: list[Label] = []
        self._places: dict[str, Place] = {}
        self._targets: set[str] = set()

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
        sheet = self._sheet = Sheet(self._stretch.reserve(), boxes, self.about.accessible)
        self._placed = sheet.placed
        self._pages.append((len(self._pages) if at is None else at, sheet.number))
        yield
        sheet.contents.append(self._stretch.stream(self._drawn()))
        if not sheet.gaps:
            self._close(sheet)

    def leave(self) -> Gap:
        """Leave room for what is to be drawn here when more is known; `fill` draws it."""
        sheet = self._sheet
        sheet.contents += (self._stretch.stream(self._drawn()), self._stretch.reserve())
        sheet.gaps += 1
        return Gap(sheet, sheet.contents[-1])

    @contextmanager
    def fill(self, gap: Gap) -> Iterator[None]:
        """Draw what room was left for."""
        sheet = self._sheet = gap.sheet
        self._placed = sheet.placed
        yield
        self._stretch.stream(self._drawn(), number=gap.number)
        sheet.gaps -= 1
        if not sheet.gaps:
            self._close(sheet)

    def _close(self, sheet: Sheet) -> None:
        """Write what is to be said of a page."""
        if sheet.tagged:
            self._tree.lead_back(sheet.number, f"[{references(sheet.owners)}]")
        self._stretch.put(sheet.number, sheet.dictionary(PAGES, FONTS))

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
        number, owned = self._stretch.reserve(), node is not None and self.about.accessible
        if node is not None and owned:
            element = self._tree.hold(node, f"<</Type/OBJR/Pg {self._sheet.number} 0 R/Obj {number} 0 R>>")
            self._tree.lead_back(number, f"{element} 0 R")
        if target.startswith("#"):
            self._targets.add(target[1:])
        write_link(self._stretch, number, target, box, contents, owned)
        self._sheet.links.append(number)

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
        used = resources(FONTS, self._placed)
        entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {height:.2f}]/Resources{used}"
        self.forms[name] = self._stretch.stream(self._drawn(), entries)
        self._operators, self._placed, self._state, self._in_form = outside

    def place(self, name: str, x: float = 0, y: float = 0, scale: float = 1) -> None:
        """Place a stored drawing with its lower left corner at (x, y)."""
        self._placed[name] = self.forms[name]
        self.put(f"q {scale:.6g} 0 0 {scale:.6g} {x:.3f} {y:.3f} cm /{name} Do Q")

    def image(
        self, content: bytes, x: float, y: float, width: float, height: float, *, grey: bool = False
    ) -> None:
        """Draw a PNG or JPEG file in a rectangle, in `grey` if asked; call it within `figure` or `under`."""
        name = f"picture-{sha256(content).hexdigest()[:16]}"
        if name not in self.forms:
            self.forms[name] = write_picture(self._stretch, content, grey)
        self._placed[name] = self.forms[name]
        self.put(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")

    # -- what came of it ------------------------------------------------------------------------------------

    @property
    def end(self) -> int:
        """The first number behind those of the objects so far."""
        return self._stretch.end

    def rest(self) -> None:
        """Take less memory: nothing is drawn for a while."""
        self._stretch.pack()
        self._faces.drawn()

    def drawn(self, nodes: Sequence[Node]) -> Drawn:
        """Return the part, whose own nodes below the root these are; nothing more may be drawn."""
        kids = [self._tree.settle(node) for node in nodes] if self.about.accessible else []
        self._stretch.pack()
        return Drawn(
            self._stretch,
            self._pages,
            [kid for kid in kids if kid],
            self._tree.parents,
            self._tree.ids,
            self._places,
            self._targets,
            self._bookmarks,
            self._labels,
            self._faces.drawn(),
        )

    def save(self) -> bytes:
        """Return the bytes of a document that has no other part."""
        return put_together([self.drawn(self.root.kids)], self.about, self._faces.alphabet)
